"""Set questions taken apart: criteria, their logic, their dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench.criteria import is_right, load_phrasings
from rag.answering.asking.criteria import read_criteria
from rag.answering.asking.criteria_line import describe
from rag.answering.asking.sorts import split_sort
from rag.answering.asking.understanding import understand
from rag.types import Criteria, Kind

_MOST = 4
_WORDS = st.sampled_from(
    [
        "which",
        "papers",
        "use",
        "local",
        "and",
        "or",
        "global",
        "features",
        ",",
        "but",
        "not",
        "without",
        "labels",
        "since",
        "2021",
        ";",
        "surveys",
        "e.g.",
        "(",
        ")",
        "that",
    ]
)


def _read(text: str) -> Criteria:
    return read_criteria(text, today=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        (
            "which papers combine local and global features?",
            "combine local features AND combine global features",
        ),
        ("zero-shot recognition but not with attributes", "zero-shot recognition AND NOT attributes"),
        ("papers on image and text retrieval", "image retrieval AND text retrieval"),
        ("which papers use images or video?", "(use images OR use video)"),
        ("papers about the signal and noise ratio", "the signal and noise ratio"),
        ("papers about Bark and Leaf", "Bark and Leaf"),
        ("papers that use “Owls: songs and maps”", "use “Owls: songs and maps”"),
        ("papers that train without labels", "train without labels"),
        ("papers on a, b, c, d, e and f", "a, b, c, d, e and f"),
        ("which surveys are there?", "surveys"),
        ("papers on brains, not only inspired by them", "brains"),
        ("Is there a survey of owl songs?", "surveys AND owl songs"),
        ("papers that release their own data set of owls", "data sets AND owls"),
        ("owl song benchmark", "benchmarks AND owl song"),
        ("papers with code on owl songs", "public code AND owl songs"),
        ("which papers on owls release their code?", "public code AND owls"),
        ("papers on owls, with code available", "public code AND owls"),
        ("papers on models trained with code", "models trained with code"),
        ("papers on bugs in source code", "bugs in source code"),
        ("which benchmarks test owls or crows?", "benchmarks AND (owls OR crows)"),
        ("papers that are tested on a data set of owls", "tested on a data set of owls"),
        ("which trials are about owls?", "owls"),
        ("which meta-analyses of owl songs", "owl songs"),
        ("are there case reports of owls?", "owls"),
    ],
)
def test_criteria_of_a_question(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


def test_authors_go_into_the_scope() -> None:
    read = _read("papers by Ada Owl since 2021 about point clouds")
    assert (describe(read), read.scope.authors, read.scope.since) == ("point clouds", ("Ada Owl",), "2021")


def test_dates_go_into_the_scope() -> None:
    read = _read("surveys since 2021 about point clouds")
    assert (describe(read), read.scope.since) == ("surveys AND point clouds", "2021")


def test_what_the_scope_holds_is_not_searched_for() -> None:
    assert _read("Papers on counting owls since 2021.").wanted == "Papers on counting owls"
    assert not _read("Papers on counting owls.").wanted


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("which papers?", "names nothing"),
        ("papers that use labels but not labels", "rules it out"),
        ("Which papers do not use attention?", "only rules something out"),
    ],
)
def test_odd_questions_say_so(question: str, said: str) -> None:
    [notice] = _read(question).notices
    assert said in notice


@given(words=st.lists(_WORDS, max_size=25))
def test_any_question_gives_at_most_four_criteria_with_words(words: list[str]) -> None:
    criteria = [criterion for clause in _read(" ".join(words)).clauses for criterion in clause]
    assert len(criteria) <= _MOST
    assert all(criterion.text.strip() for criterion in criteria)


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("name a paper about owls", "owls"),
        ("is there one paper on owls?", "owls"),
        ("suggest papers on owls, please", "owls"),
        ("papers on owls ,,, not surveys", "owls AND NOT surveys"),
        ("surveys I have", "surveys"),
        ("list my surveys", "surveys"),
        ("do you hold any surveys", "surveys"),
        ("which surveys did we save on owls?", "surveys AND owls"),
    ],
)
def test_words_that_only_ask_are_no_criterion(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("which papers do not need drums?", "without drums"),
        ("singing that doesn't rely on drums", "singing AND without drums"),
        ("methods not requiring any drums", "without drums"),
        ("owls, but do not need drums", "owls AND without drums"),
        ("papers that use owls and do not require drums", "use owls AND without drums"),
        ("papers that don't rely on maps and use drums", "without maps AND use drums"),
        ("papers on owls that need no drums", "owls AND without drums"),
        ("methods relying on no drums", "without drums"),
        ("papers with no drums or maps", "without drums AND without maps"),
        ("which methods do not need to be fed?", "NOT need to be fed"),
    ],
)
def test_what_a_paper_does_not_need_is_a_property_to_look_for(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("papers on owls that do not use maps or drums", "owls AND NOT maps AND NOT drums"),
        ("which papers on owls don't use maps?", "owls AND NOT maps"),
        ("owl papers not using maps", "owl papers AND NOT maps"),
        ("owl papers that use no maps", "owl papers AND NOT maps"),
        ("papers on owls that never make use of maps", "owls AND NOT maps"),
        ("papers on owls that don't mention drums", "owls AND NOT mention drums"),
        ("papers that do not use maps", "NOT use maps"),
        ("which surveys do not cover owls?", "surveys AND NOT cover owls"),
        ("papers on owls that do not use maps but use drums", "owls AND use drums AND NOT maps"),
        ("which papers don't use maps and don't need drums?", "without drums AND NOT use maps"),
        ("papers on owls that use no more maps than drums", "owls that use no more maps than drums"),
    ],
)
def test_what_a_paper_does_not_use_is_ruled_out(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("papers on owls that mention COCO", "owls AND mention COCO"),
        ("papers on owls, mentioning COCO or LVIS", "owls AND (mentioning COCO OR mentioning LVIS)"),
        ("papers on owls that mention COCO or with video", "owls AND (mention COCO OR with video)"),
        ("which papers mention COCO or with video", "(mention COCO OR with video)"),
        ("which papers mention COCO or LVIS or use maps?", "(mention COCO OR mention LVIS OR use maps)"),
        ("papers on video or that mention COCO", "(video OR mention COCO)"),
        (
            "papers mentioning COCO or LVIS and about owls",
            "(mentioning COCO OR mentioning LVIS) AND about owls",
        ),
        ("vision papers that use ImageNet", "vision papers AND use ImageNet"),
        ("papers on how people use ImageNet", "how people use ImageNet"),
        ("papers on birds that use drums", "birds that use drums"),
    ],
)
def test_what_can_be_looked_up_stands_apart_from_a_topic(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("papers that use owls or learn songs", "(use owls OR learn songs)"),
        (
            "papers that use owls for songs or need maps for drums",
            "(use owls for songs OR need maps for drums)",
        ),
        ("papers that detect or segment owls", "(detect owls OR segment owls)"),
        ("papers judging generated text or generated images", "(judging generated text OR generated images)"),
        ("papers that need accuracy or speed measures", "(need accuracy measures OR need speed measures)"),
    ],
)
def test_a_verb_behind_or_shares_no_words_with_what_stands_before(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


def test_our_phrasings_are_read_right() -> None:
    phrasings = [*load_phrasings("tune"), *load_phrasings("report")]
    wrong = [text for text, expected in phrasings if not is_right(text, expected)]
    assert len(wrong) <= 0.05 * len(phrasings), wrong


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("do any papers use owls?", "use owls"),
        ("hi, could you maybe tell me which papers in my library deal with owls?", "owls"),
        ("I study woods. Anything on owls?", "owls"),
        ("Owls sleep by day. Which papers doubt that?", "Owls sleep by day. Which papers doubt that"),
        ("Dear all, I study woods, not towns. I need papers on owls. Best, Ada", "owls"),
        ("papers on owls AND drums NOT songs", "owls AND drums AND NOT songs"),
        ("surveys or benchmarks on owls", "(surveys OR benchmarks) AND owls"),
        ("owls are in use or were tested", "(owls are in use OR were tested)"),
        ("which papers have listened to owls?", "have listened to owls"),
    ],
)
def test_only_what_a_paper_must_meet_is_a_criterion(question: str, criteria: str) -> None:
    assert describe(_read(question)) == criteria


@pytest.mark.parametrize("words", ["new ", "the ", "a survey of ", "any new data set "])
def test_a_question_of_many_words_for_sorts_stays_one_criterion(words: str) -> None:
    assert split_sort(words * 500) is None


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("Give me a short overview of owl papers", "owl"),
        ("help me write a literature review on owls", "owls"),
        ("could you give me a quick introduction to owls?", "owls"),
        ("summarise the literature on owls", "owls"),
        ("is there an overview of owls?", "surveys AND owls"),
        ("papers that give an overview of owls", "surveys AND owls"),
    ],
)
def test_an_overview_that_is_wanted_is_no_survey_that_is_looked_for(question: str, criteria: str) -> None:
    read = understand(question, today=date(2026, 1, 1))
    assert (read.kind, describe(read.criteria)) == (Kind.LIST, criteria)


@pytest.mark.parametrize(
    ("question", "sought"),
    [
        ("could you tell me which owls sing at night?", "which owls sing at night?"),
        ("give me an overview of SlotNet", "SlotNet"),
        ("tell me about SlotNet", "SlotNet"),
        ("what tells me that owls sing?", ""),
    ],
)
def test_the_words_that_only_ask_are_not_searched_for(question: str, sought: str) -> None:
    assert understand(question, today=date(2026, 1, 1)).sought == sought


@pytest.mark.parametrize(
    ("question", "criteria"),
    [
        ("which papers propose a dataset?", "data sets"),
        ("which papers introduce a new benchmark?", "benchmarks"),
        ("how many papers present a survey?", "surveys"),
        ("which papers propose a new dataset or benchmark?", "(data sets OR benchmarks)"),
        ("which papers are surveys or reviews of owls?", "surveys AND owls"),
        ("which papers use a dataset?", "use a dataset"),
        ("lists papers about owls", "owls"),
        ("ok, then what papers study owls", "study owls"),
        ("what evidence is there that owls sing?", "owls sing"),
        ("papers where they count owls", "count owls"),
        ("I'm after anything that counts owls", "counts owls"),
        ("show me the ones about owls instead", "owls"),
        ("papers on owls, ideally with public code", "public code AND owls"),
    ],
)
def test_no_word_of_asking_becomes_a_criterion(question: str, criteria: str) -> None:
    assert describe(understand(question, today=date(2026, 1, 1)).criteria) == criteria


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [("post-2022 papers on owls", "2023", None), ("pre-2020 owls", None, "2019")],
)
def test_a_year_behind_post_or_pre_dates_papers(question: str, since: str | None, until: str | None) -> None:
    assert (_read(question).scope.since, _read(question).scope.until) == (since, until)
