"""What a question asks about that a paper does not speak of at all. Pure.

"Does it work for video?" names the thing that is in question. Where the abstract holds no word for it, it
says neither yes nor no. Only words of the field can tell: words that other abstracts of the library hold, but
no plain English ones, which askers use instead of the abstract's; and only where the question is for yes or no,
or for the reason of a choice between two things.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from rag.answering.refusing.foreign_names import names
from rag.library.lexical import content_terms, stems
from rag.types import Paper

_POLAR = re.compile(
    r"(?:^|[,:;.?] (?:and |but )?)(?:so )?(?:do|does|did|is|are|was|were|can|could|has|have|had|will|would) (?!not\b)(?P<claim>[^?]+)\?",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\bwhy (?:is|are|was|were|do|does|did) (?P<claim>[^?]*\b(?:prefer\w*|cho(?:se|sen|ose)|rather than|instead of|favou?r\w*|picked)\b[^?]*)\?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:according to|as (?:claimed|stated|said|described)|in|of) the (?:paper|abstract|authors?|work|study)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w-]*\w")
# "For a subject that it has never seen": told of a thing, and no part of what is in question.
_RELATIVE = re.compile(
    r"\b(?:(?:that|which|who|whom) )?(?:it|they|you|we|I|one|he|she) (?:has|have|had|is|are|was|were|did|does|do|never|can|could)\b[^,;?]*",
    re.IGNORECASE,
)
# "Does it work beyond classification?" asks for something else.
_BESIDE = re.compile(
    r"\b(?:beyond|besides|apart from|aside from|other than|in addition to) (?:[\w-]+ ){0,2}?[\w-]+(?=[,;?]|$| (?:to|for|in|on|of|and|as)\b)",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor\b")
_KNOWN = 0.999
_LAST = 5
_PREFIX = 5
_SHORT_PREFIX = 4
# Words that an asker puts for the abstract's own: they name no thing of the field.
_PLAIN_TEXT = """
    able achieve actual actually add affect again against aim alike allow alone already always another answer any anything apart apply around
    ask away bad based beat become before begin behave behind beside besides best better beyond big bigger both bring build buy
    call care carry case cause certain change check choose clear clearly close come compare compared confirm contain correct cover create
    cut deal decide depend describe detail different differ difference difficult direct drop easy easier effect either else end enough entire equal even ever every exact exist explain extra
    fail fair fall far few fewer final fine finish first fit follow forget form former free full further gain general get give go good great grow growth
    half hand handle happen hard harder harm help high higher hold huge hurt idea identical improve include increase indeed influence inside instead keep kept key kind
    know known large larger last later lead learn least leave less lesser let level like likely limit little live long longer look lose lot low lower main make many matter maybe mean merely
    method mind model more most move much must name near need never new newer next nothing now number offer often old once one only open opposite order ordinary other otherwise own part perform perhaps
    piece place plain play point poor possible prefer present problem produce prove provide purely put quality question quick quite raise rather reach read real really reason reduce rely rise grow shrink remain remove repair replace require
    rest result right role run safe same save say scale see seem separate serve set several shape share short should show side simple simply single size slight small smaller solve some something sometimes soon
    special spend stand start state stay still stop strong stronger study such suffer suffice sufficient suit support sure surpass take task tell than thing think time together too top total touch train true truly try turn two type
    typical understand until usual usually vary very want way weak well whole wide win without word work world worse worth wrong year yes yet kind sort approach technique system paper
    authors author abstract researchers report reported claim claimed mention specify state stated mentioned given used tested evaluated shown compared trained applied made done found
    spec harmful useful helpful actually purely mostly mainly entirely jointly directly explicitly automatically necessarily today common existing available publicly released
    itself themselves ourselves himself herself they
"""
_ALIKE_TEXT = """
    table tabular
    public open release available share github publicly code
    hand manual manually human
    label annotation annotate annotated supervision
    image picture photo photograph visual pixel
    video clip film frame temporal
    text language word sentence document textual linguistic
    speech spoken voice audio acoustic asr
    sound audio acoustic music
    real-time realtime fps latency speed fast faster
    fast faster speed quick efficient efficiency time acceleration
    slow slower speed time latency cost overhead
    memory storage footprint
    convolutional convolution cnn cnns convnet
    network neural net
    transformer attention vit
    proof prove theorem theory theoretical theoretically provably guarantee
    formal theory theoretical
    real-world practical practice industrial deployed
    online production deployed
    gpu hardware
    large big scale scalable
    detection detect detector
    segmentation segment mask
    classification classify classifier
    retrieval retrieve search
    recommendation recommender recommend
    animal mouse monkey
    person people human participant user
    test evaluate evaluation experiment
    noise noisy corruption
    robust robustness resilient
    finetune fine-tuning finetuning tune tuning
    retrain training retraining train
    parameter weight
    unlabelled unlabeled self-supervised unsupervised
    supervised label supervision
    multilingual language languages cross-lingual
    3d three-dimensional point shape
    medical clinical patient
    specialised specialized domain"""


def unsaid_words(question: str, papers: Sequence[Paper], *, rarity: Mapping[str, float]) -> tuple[str, ...]:
    """Return the words of the field in what a question asks to be told, that no paper has a word for.

    `rarity` is that of the ranking: what no paper of the library holds is a word of the asker's own.
    """
    match = _POLAR.search(question) or _CHOSEN.search(question)
    if not match or _ALTERNATIVE.search(match["claim"]):
        return ()
    claim = re.sub(r"\breal[ -]time\b", "realtime", _stripped(match["claim"]))
    carrying = [word for word in _WORD.findall(claim) if content_terms(word)]
    words = carrying[-_LAST:]
    text = " ".join(f"{paper.title} {paper.abstract}" for paper in papers)
    named = tuple(name.text for name in names(f"In {claim}") if _key(name.text) not in _key(text))
    if named:
        return named
    unsaid = tuple(word for word in words if _is_of_the_field(word, rarity) and not _is_said(word, text))
    is_sure = len(unsaid) > 1 or any(map(_is_telling, unsaid))
    return unsaid if is_sure else ()


def _stripped(claim: str) -> str:
    """The claim without what is only told beside it."""
    for told in (_ASIDE, _BESIDE, _RELATIVE):
        claim = told.sub(" ", claim)
    return claim


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _is_telling(word: str) -> bool:
    """One word alone may be the asker's verb; a name, or a word that others stand for, is none."""
    return word != word.lower() or any(len(_alike(term)) > 1 for term in content_terms(word))


def _is_of_the_field(word: str, rarity: Mapping[str, float]) -> bool:
    terms = content_terms(word)
    return any(
        (0.0 < rarity.get(term, 0.0) < _KNOWN or len(_alike(term)) > 1) and term not in _plain()
        for term in terms
    )


def _is_said(word: str, text: str) -> bool:
    """Tell whether the text holds the word, one that begins like it, or one that stands for it."""
    said = frozenset(stems(text))
    return all(
        not said.isdisjoint(_alike(term)) or any(_begins_alike(term, other) for other in said)
        for term in content_terms(word)
    )


def _begins_alike(one: str, other: str) -> bool:
    length = _PREFIX if min(len(one), len(other)) > _PREFIX else _SHORT_PREFIX
    return len(one) >= length and len(other) >= length and one[:length] == other[:length]


@functools.cache
def _plain() -> frozenset[str]:
    return frozenset(stems(_PLAIN_TEXT))


@functools.cache
def _alike(term: str) -> frozenset[str]:
    groups = (frozenset(stems(line)) for line in _ALIKE_TEXT.strip().splitlines())
    return frozenset({term}).union(*(group for group in groups if term in group))
