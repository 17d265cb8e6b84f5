"""What a question asks for, told from its words, and whether an abstract states it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.refusing.counts import asked_counts, is_counted
from rag.answering.refusing.foreign_names import names, read_telling
from rag.answering.refusing.name_roles import Role, role
from rag.answering.refusing.presuppositions import contradicting
from rag.answering.refusing.unstated import asked_and_missing
from rag.library.lexical import content_terms
from rag.types import Paper, PaperId

_MOSSNET = Paper(
    PaperId("mossnet"),
    "MossNet: Mosses by their Texture",
    "We present MossNet, which tells mosses by texture with a Moss Attention Layer (MAL). It holds 40 classes "
    "of moss. We train it on Mosses50. Much moss comes from Norway. It takes 3 hours. Features come from a frozen "
    "RoBERTa. MossNet is robust to rain. Its cost grows with the leaves.",
)


def _missing(question: str) -> tuple[str, ...]:
    return asked_and_missing(question, [_MOSSNET], rarity=dict.fromkeys(content_terms(question), 0.3))[1]


@pytest.mark.parametrize(
    "question",
    [
        "How many kinds of moss does MossNet know, and how many classes?",
        "How many species does it tell apart?",
        "Which data set is MossNet trained on?",
        "Which language model gives the features?",
        "From which country is the moss?",
        "How long does it train?",
        "In how many hours is it trained?",
        "Which features does it use, texture or shape?",
        "Which frozen model was it, RoBERTa or GPT-2?",
        "What is MossNet?",
        "Which frozen encoder gives the features?",
        "What is the backbone of MossNet?",
        "Who told mosses apart by hand?",
        "Where were the mosses photographed?",
        "How is the texture trained?",
    ],
)
def test_a_detail_that_is_stated_is_not_missing(question: str) -> None:
    assert _missing(question) == ()


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many annotators labelled the mosses?", "number of annotators"),
        ("How many million parameters has MossNet?", "number of parameters"),
        ("How many layers does MAL have?", "number of layers"),
        ("Which company took the photographs?", "company or institute"),
        ("At which university was it written?", "company or institute"),
        ("In which year was it published?", "year"),
        ("Which knowledge graph does it use?", "knowledge graph"),
        ("How many kilometres apart were the mosses?", "distance"),
        ("How old were the mosses?", "age"),
        ("What is the price of MossNet?", "price"),
        ("What was the sample size?", "sample size"),
        ("What dose was given?", "dose"),
        ("How long was the follow-up?", "length of the follow-up"),
        ("Which adverse events were seen?", "side effect"),
        ("What is the p value?", "p-value"),
        ("What share of the mosses is told wrong?", "share in percent"),
        ("On which mosses does MossNet perform poorly?", "case of failure"),
        ("Which psychologist inspired it?", "person"),
        ("Which GPU trains MossNet?", "model of a GPU"),
        ("Where do I get the code?", "code"),
        ("does it release code?", "code"),
        ("did they share the trained weights", "code"),
        ("By what factor is the memory less?", "margin"),
        ("throughput in images/s of MossNet", "throughput"),
        ("With what exponent does the cost grow?", "exponent"),
        ("How well did the botanists agree?", "agreement figure"),
        ("How large do the weights become on disk?", "amount of memory"),
    ],
)
def test_a_detail_of_a_type_that_the_abstract_lacks_is_missing(question: str, missing: str) -> None:
    assert missing in _missing(question)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much quicker is MossNet?", "It runs at a 10X~20X faster speed."),
        ("By how much is it better?", "It is better by 3 mAP."),
        ("Where is the repo?", "Code: https://example.org/moss."),
        ("Which languages besides English does it know?", "It speaks Norwegian and English."),
        ("From which two data sets are the spores?", "We use two sets (wet moss, dry moss)."),
        ("Which three set operations does it need?", "It joins sets of moss."),
        ("How much faster is it?", "It cuts the time from hours to seconds."),
        ("How long does it take?", "We bound the time by O(log n)."),
        ("How large is the index on disk?", "The index takes 3 GB."),
        ("With what exponent does the cost grow?", "The cost grows with an exponent of 0.7."),
        ("Which three mosses are told?", "It tells three mosses: green, red and wet ones."),
        ("After how many passes does it stop?", "It stops within five epochs."),
        ("In how many systems does it run?", "It runs in five web-scale search, garden, and recommender systems."),
        ("Which languages does it read?", "It reads labels in six of the African languages."),
        ("How big is its data set?", "It is trained on 3.5M photos of wet moss."),
        ("How large is the training set?", "We collect a corpus of 12,000 spore-moss pairs."),
        ("What is the size of its corpus?", "The corpus holds hundreds of old moss recordings."),
        ("How many gardeners / wet mosses are there?", "It holds 300 wet mosses."),
        ("What are the limitations of moss metrics?", "Moss metrics are confounded by rain."),
        ("How large is the effect of rain?", "The effect is seen by night. Rain lowers the cost by 14 points."),
        ("How big was the fall in moss?", "The fall was as large by night. Mosses fell by 14 points."),
        ("How did rain change the price of moss?", "Rain lowered the price of moss."),
        ("What was the sample size?", "The moss tea was tried in 40 outpatients."),
        ("What dose was given?", "They drank 200 mg of moss a day."),
        ("Which dose of moss tea was given?", "They drank 7.5-mg cups of moss tea."),
        ("How long was the follow-up?", "They were seen again for 4.5 years."),
        ("What are the side effects?", "Moss tea was well tolerated."),
        ("Which adverse events were seen?", "Rashes were more frequent with moss tea."),
        ("What is the p value?", "Fever fell (p = .03)."),
        ("How many patients took part?", "The moss tea was tried in 40 outpatients."),
        ("How many gardeners took part?", "Half of the gardeners (n = 40) told mosses by hand."),
        ("What accuracy has it on CIFAR-10?", "CIFAR 10 is told with an accuracy of 91.5%."),
    ],
)  # fmt: skip
def test_what_gives_the_answer_in_another_form_is_not_missing(question: str, sentence: str) -> None:
    paper = replace(_MOSSNET, abstract=f"We present MossNet. {sentence}")
    assert asked_and_missing(question, [paper], rarity={})[1] == ()


def test_a_figure_or_a_name_of_something_else_is_no_answer() -> None:
    paper = replace(_MOSSNET, abstract="MossNet is right in 91% of cases. It reads English in London.")
    for question in (
        "How many gigabytes does it take?",
        "How much memory does it take?",
        "How much longer does a step take?",
        "What did it cost in GPU days?",
        "Which languages besides English does it know?",
    ):
        assert asked_and_missing(question, [paper], rarity={})[1]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is 12% better on 15 benchmarks.",
        "It runs at 95 frames per second on 640x480 images.",
        "It has 85 million parameters and reads Mosses500.",
        "It is trained within 30 minutes on three data sets.",
    ],
)
def test_a_number_of_anything_else_is_no_size_of_a_data_set(sentence: str) -> None:
    paper = replace(_MOSSNET, abstract=f"We present MossNet. {sentence}")
    asked = "How big is its data set?"
    assert asked_and_missing(asked, [paper], rarity={}) == (1, ("size of a data set",))


def test_a_place_is_no_language() -> None:
    paper = replace(_MOSSNET, abstract="We present MossNet. It is at home in Paris and in Mexico.")
    assert asked_and_missing("Which languages does it read?", [paper], rarity={}) == (1, ("language",))


def test_a_score_on_another_data_set_is_not_that_of_the_one_asked_for() -> None:
    paper = replace(
        _MOSSNET,
        abstract="We test a rather simple moss baseline on CIFAR-10 and CoRe 50. It takes the features of a frozen "
        "network for moss and nothing else at all. The accuracy of this baseline is 91% on CIFAR-10.",
    )
    assert asked_and_missing("What accuracy has it on CoRe50?", [paper], rarity={})[1] == ("accuracy figure",)


def test_a_name_counts_only_where_it_stands_for_what_is_asked() -> None:
    paper = replace(
        _MOSSNET, abstract="We tell mosses with a frozen encoder. It beats XLNet on the Mosses50 data set."
    )
    for question, missing in (
        ("Which backbone does it use?", "name of a model"),
        ("Which rival is beaten?", ""),
    ):
        assert asked_and_missing(question, [paper], rarity={})[1] == ((missing,) if missing else ())


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Ours beats XLNet on SQuAD, Mosses50 and Ferns7 data sets.", "rival data data data"),
        ("Others train models on text (e.g., GPT-3).", "example"),
        ("We use a RoBERTa encoder.", "part"),
    ],
)
def test_the_role_of_a_name_is_told_by_its_place(sentence: str, roles: str) -> None:
    assert [role(name).value.split()[0] for name in names(sentence)] == roles.split()


def test_long_names_in_a_row_come_to_an_end() -> None:
    """Parted in every way, a name of thirty capitals would take years."""
    row = "We compare OWLNET with MAEVITBASE1600EPOCHS, BARLOWTWINSRESNET50 and SIMCLRRESNET50X4, and see."
    assert [role(name) for name in names(row)] == [Role.PART] * 4


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert "country or place" in _missing("From which country besides Norway is the moss?")
    assert "data set" in _missing("Which data set besides Mosses50 is it trained on?")


def test_each_detail_of_a_question_is_told_apart() -> None:
    asked = "How many classes does MossNet have, and how many people took the photographs?"
    assert asked_and_missing(asked, [_MOSSNET], rarity={}) == (2, ("number of people",))


def test_the_paper_s_own_names_and_the_field_s_are_not_foreign() -> None:
    telling = read_telling(_MOSSNET)
    found = {name.text for span in telling.spans for name in names(span)}
    foreign = {name for name in found if name.lower() not in telling.own}
    assert foreign == {"Mosses50", "Norway", "RoBERTa"}


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("We collect 12 million image-text pairs.", True),
        ("It holds pairs of words, 12 in all.", False),
        ("It reaches 91.5% on pairs.", False),
        ("(2) Pairs are cleaned as in ResNet-50.", False),
        ("Others hold two million words.", False),
    ],
)
def test_a_count_is_a_number_close_before_its_noun(text: str, counted: bool) -> None:  # noqa: FBT001
    (count,) = asked_counts("How many pairs does it hold?")
    assert is_counted(count, [text], said=frozenset(), topic=frozenset()) is counted


def test_things_under_a_name_of_the_abstract_s_own_may_be_what_is_counted() -> None:
    (count,) = asked_counts("How many zones does the moss garden have?")
    topic = frozenset(["zone", "moss", "garden"])
    assert is_counted(count, ["The moss garden has seven beds."], said=frozenset(), topic=topic)
    assert not is_counted(count, ["Trees grow in seven beds."], said=frozenset(), topic=topic)
    assert not is_counted(count, ["The moss garden is 7 years old."], said=frozenset(), topic=topic)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why does the error of MossNet increase with more leaves?", "We find that the error of MossNet decreases with more leaves."),
        ("Why is the depth of moss determined by its texture and colour?", "We show that the depth of moss is not determined by its texture or colour."),
        ("Why is MossNet so sensitive to heavy rain?", "Our results show that MossNet is robust to heavy rain."),
        ("Why are leaf models so biased towards colour?", "We find that leaf models are unbiased in colour."),
        ("Why are mosses harder to tell than ferns?", "Results show no clear difference between mosses and ferns."),
        ("Why do leaf features suffer from compression?", "Leaf features are robust to compression of the pictures."),
        ("Why is moss told better than fern?", "Ferns are told better than mosses."),
        ("Why are mosses less vulnerable to drought?", "Mosses show a higher vulnerability to drought."),
        ("How does the linearity of the moss layer help in rain?", "The moss layer is not linear, so that it helps in rain."),
    ],
)  # fmt: skip
def test_a_finding_against_what_the_question_grants_is_returned(question: str, sentence: str) -> None:
    assert contradicting(question, ["Mosses grow slowly.", sentence]) == sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why does the error of MossNet decrease with leaves?", "We find that the error of MossNet decreases with leaves."),
        ("Why is the depth of moss not determined by texture and colour?", "We show that the depth of moss is not determined by its texture or colour."),
        ("Why does the error of earlier nets increase with leaves?", "The error of earlier nets increases with leaves. We show that the error decreases with leaves."),
        ("Why are mosses hard to tell by texture and colour?", "Existing models cannot tell mosses by texture and colour."),
        ("How does rain affect young moss cells?", "We find that young moss cells were less susceptible to frost with rain."),
        ("How many mosses increase the error with leaves?", "We find that the error decreases with leaves of mosses."),
    ],
)  # fmt: skip
def test_what_does_not_speak_against_the_question_is_let_pass(question: str, sentence: str) -> None:
    assert contradicting(question, sentence.split(". ")) == ""


def test_what_stands_in_brackets_asks_for_nothing() -> None:
    assert _missing("How many clearings does MossNet map?") == ("number of clearings",)
    assert not _missing("Where is the spread (how many clearings moss has really reached) put to use?")
