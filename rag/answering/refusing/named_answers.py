"""Answers that are names: companies, places, people, years. A readable table.

How each is asked for, and what in a sentence can be one: see `answer_types.py`.
"""

from __future__ import annotations

import re

from rag.answering.corpus.languages import LANGUAGES
from rag.answering.refusing.answer_types import AnswerType, asked_as, asked_by

_COMPANIES = (
    r"(?:Google|Meta|Facebook|Microsoft|Amazon|Apple|NVIDIA|Nvidia|OpenAI|IBM|Alibaba|Taobao|Tencent|"
    r"Baidu|Huawei|Samsung|Adobe|Netflix|Spotify|Pinterest|Twitter|LinkedIn|YouTube|Airbnb|Uber|Yandex|"
    r"eBay|Bayer|Bosch|Siemens|DeepMind|Anthropic|Kuaishou|ByteDance|TikTok|Snapchat|Instagram|Etsy|"
    r"Walmart|JD|Disney|Sony|Intel|Qualcomm|Salesforce|Zalando|Flipkart|Booking|Expedia|Criteo|Mozilla|"
    r"Reddit|Kaggle|Inc)"
)
PLACES = (
    r"Africa\w*|America\w*|Asia\w*|Europe\w*|Australia\w*|Canad\w+|Mexic\w+|Brazil\w*|Argentin\w+|"
    r"Chile\w*|Peru\w*|Colombia\w*|USA?|U\.S\.|United \w+|UK|Brit\w+|England|English|Scot\w+|Ireland|"
    r"Irish|Fr(?:ance|ench)|German\w*|Ital(?:y|ian)\w*|Spa(?:in|nish)|Portug\w+|Dutch|Netherlands|"
    r"Belgi\w+|Swiss|Switzerland|Austria\w*|Poland|Polish|Czech\w*|Hungar\w+|Roman\w+|Greece|Greek|"
    r"Turk\w+|Russia\w*|Ukrain\w+|Swed\w+|Norw\w+|Dan(?:ish|mark)|Denmark|Finland|Finnish|China|Chinese|"
    r"Japan\w*|Korea\w*|India\w*|Pakistan\w*|Bangladesh\w*|Nepal\w*|Vietnam\w*|Thai\w*|Indonesia\w*|"
    r"Malaysia\w*|Philippin\w+|Singapore|Taiwan\w*|Iran\w*|Iraq\w*|Israel\w*|Arab\w*|Egypt\w*|Nigeria\w*|"
    r"Kenya\w*|Ethiopia\w*|Ghana\w*|Tanzania\w*|Mongolia\w*|London|Paris|Berlin|Rome|New York|Tokyo|"
    r"Beijing|Pittsburgh|California|Texas"
)
_LANGUAGES = "|".join(LANGUAGES)
_BESIDES = r"besides?|other than|apart from|except(?: for)?|in addition to|beyond|next to|aside from"
NAMED_ANSWERS = (
    AnswerType(
        "knowledge graph",
        asked_by(r"knowledge (?:graph|base)s?|ontolog(?:y|ies)"),
        re.compile(
            "WordNet|ConceptNet|SenticNet|Wikidata|Freebase|DBpedia|UMLS|YAGO|Wikipedia|ATOMIC|Gene Ontology"
        ),
    ),
    AnswerType(
        "company or institute",
        asked_by(
            r"compan(?:y|ies)|firms?|vendors?|manufacturers?|labs?|laborator(?:y|ies)|universit(?:y|ies)|institutes?"
            r"|institutions?|organi[sz]ations?|employers?|hospitals?|clinics?"
        ),
        re.compile(
            rf"\b(?:{_COMPANIES})\b|\b(?:University|Institute|Hospital) of\b|\b(?:MIMIC|ADNI|UK Biobank|CheXpert)"
            r"|\b[A-Z]\w+ (?:University|Institute|Hospital|Clinic|Labs?|Laborator|Research|AI)\b"
        ),
    ),
    AnswerType(
        "source on the web",
        asked_by(
            r"web ?sites?|sites?|encyclop(?:a?edia)s?|repositor(?:y|ies)|newspapers?|magazines?|forums?|social networks?"
        ),
        re.compile(
            rf"\b(?:{_COMPANIES}|Wikipedia|Git[Hh]ub|Flickr|Hugging ?Face|Stack ?Overflow|CNN|BBC|Times|Weibo|Zenodo|Yelp"
            r"|IMD[bB]|[Ww]eb|[Ii]nternet)\b"
        ),
    ),
    AnswerType(
        "simulator or game",
        asked_by(r"simulators?|(?:video |computer )?games?|game engines?|render(?:ing )?engines?"),
        re.compile(
            r"\b(?:Unity|Unreal|GTA|Grand Theft|C(?:ARLA|arla)|Habitat|MuJoCo|Mujoco|Blender|Minecraft|Atari|SUNCG|SceneNet|AirSim"
            r"|Gazebo|Isaac|StarCraft|Doom|DeepMind Lab|ViZDoom|OpenAI Gym|Gym|Go|[Cc]hess|Pong|Tetris)\b"
        ),
    ),
    AnswerType(
        "disease",
        asked_by("diseases?|illness(?:es)?|disorders?"),
        re.compile(
            r"\b(?:cancer|tumou?rs?|alzheimer\w*|parkinson\w*|schizophreni\w+|autis\w+|diabet\w+|covid\S*|pneumonia|dementia"
            r"|epilep\w+|stroke|lesions?|malocclusion|depression|\w{3,}(?:itis|noma|osis|pathy|emia|plasia))\b",
            re.IGNORECASE,
        ),
    ),
    AnswerType(
        "country or place",
        asked_by(r"countr(?:y|ies)|cit(?:y|ies)|nations?|towns?|continents?|islands?|villages?"),
        re.compile(rf"\b(?:{PLACES})\b"),
    ),
    AnswerType(
        "language",
        asked_as(
            rf"^(?!.*\b(?:{_BESIDES})\s+(?:{_LANGUAGES})\b).*\b(?:which|what)\s+(?:(?!programming)\w+\s+){{0,2}}(?:languages?|scripts)\b(?! models?)"
        ),
        re.compile(
            rf"\b(?:{_LANGUAGES}|[Mm]ultilingual|[A-Z][a-z]+(?:an|ic|ese|ish) languages|\d+ (?:\w+ ){{0,2}}languages)\b"
        ),
    ),
    AnswerType(
        "further language",
        asked_as(
            rf"^(?=.*\b(?:which|what)\s+(?:\w+\s+){{0,2}}(?:languages?|scripts)\b).*\b(?:{_BESIDES})\s+(?:{_LANGUAGES})\b"
        ),
        re.compile(rf"\b(?:{_LANGUAGES})\b"),
    ),
    AnswerType(
        "animal",
        asked_by(r"animals?"),
        re.compile(
            r"\b(?:mouse|mice|rats?|monkeys?|macaques?|humans?|zebrafish|fly|flies|drosophila|birds?|ferrets?|cats?"
            r"|primates?|marmosets?|worms?|rodents?|elegans|fish|dogs?|horses?|cows?|pigs?|bats?|bees?|insects?)\b",
            re.IGNORECASE,
        ),
    ),
    AnswerType(
        "person",
        asked_by(
            r"psychologists?|authors?|artists?|researchers?|scientists?|mathematicians?|philosophers?|painters?"
            r"|composers?|inventors?|designers?|person"
        ),
        re.compile(r"et al|\b[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+\b|\b[A-Z][a-z]+['’]s?\b|\bby [A-Z][a-z]+"),
    ),
    AnswerType("year", asked_by("years?"), re.compile(r"\b(?:19|20)\d\d\b|\b\d0s\b")),
    AnswerType(
        "satellite or instrument",
        asked_by(
            r"satellites?|scanners?|cameras?|sensors?|microscopes?|telescopes?|drones?|headsets?|devices?|robots?|recorders?"
        ),
        re.compile(
            r"\b(?:sentinel|landsat|modis|worldview|scanner|camera|sensor|microscope|telescope|drone|headset|[37]t|gopro"
            r"|iphone|kinect|lidar|baxter|franka|robot|arm|phone|smartphone|tablet|jetson|raspberry|mobile|device)\b",
            re.IGNORECASE,
        ),
    ),
)
