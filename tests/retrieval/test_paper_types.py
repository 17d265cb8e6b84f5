"""What sort of paper it is, told from its words, and what sort a criterion asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.paper_types import PaperType, asked_types, is_type_alone, show_type
from rag.types import Paper, PaperId

_SURVEY, _BENCHMARK, _DATASET = PaperType.SURVEY, PaperType.BENCHMARK, PaperType.DATASET


@pytest.mark.parametrize(
    ("title", "abstract", "kind"),
    [
        ("Kelp: A Survey", "Kelp grows fast. Much is known of it.", _SURVEY),
        ("On Kelp", "Kelp grows fast. This article reviews what is known of it.", _SURVEY),
        ("KelpBench", "We introduce a benchmark of forty kelp forests.", _BENCHMARK),
        ("On Kelp", "Here we collect and annotate a large data set of kelp photos.", _DATASET),
        ("On Kelp", "Nobody had counted leaves. The dataset is publicly available.", _DATASET),
        ("On Kelp", "We offer a way of building tanks, and two data sets of kelp.", _DATASET),
        ("On Kelp", "The data set, code and models will be released.", _DATASET),
    ],
)
def test_a_paper_says_what_it_brings(title: str, abstract: str, kind: PaperType) -> None:
    shown = show_type(Paper(PaperId("k"), title, abstract), [kind])
    assert shown is not None
    assert abstract[shown.start : shown.end] == shown.quote


def test_the_words_shown_tell_of_the_papers_own_data_set_not_of_those_there_are() -> None:
    abstract = "Such data sets have been built by divers. We introduce KelpNet -- a large data set."
    shown = show_type(Paper(PaperId("k"), "KelpNet", abstract), [_DATASET])
    assert shown is not None
    assert shown.quote.startswith("We introduce")


@pytest.mark.parametrize(
    "abstract",
    [
        "We evaluate our method on three data sets and a public benchmark.",
        "We propose a net that is trained on a large corpus.",
        "Experiments on new data sets show that we survey the field faster.",
        "Peer review decides which papers are read.",
        "Nets still rely on curated training data sets that are costly.",
        "Unlike earlier work on tasks and curated data sets, our test is done in the wild.",
        "Our hope is that this inspires efforts in building larger data sets.",
        "As the data set is large, we propose to search on a part of it.",
        "It is faster than others on these data sets. A demo will be released.",
        "With a new task or a data set of another look, nets must be trained again.",
        "We propose a new dataset distillation method.",
    ],
)
def test_what_a_paper_only_uses_does_not_make_its_type(abstract: str) -> None:
    assert show_type(Paper(PaperId("k"), "Counting Kelp", abstract), list(PaperType)) is None


@pytest.mark.parametrize(
    ("text", "kinds", "alone"),
    [
        ("surveys", (_SURVEY,), True),
        ("survays", (_SURVEY,), True),
        ("survey papers", (_SURVEY,), True),
        ("a new data set", (_DATASET,), True),
        ("release a benchmark for kelp", (_BENCHMARK,), False),
        ("data sets of kelp", (_DATASET,), False),
        ("beat the best method on a benchmark", (), False),
        ("kelp", (), False),
        ("release their code", (PaperType.CODE,), True),
        ("code generation", (), False),
    ],
)
def test_what_a_criterion_asks_for(text: str, kinds: tuple[PaperType, ...], *, alone: bool) -> None:
    assert (asked_types(text), is_type_alone(text)) == (kinds, alone)


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_words_shown_stand_in_the_abstract(abstract: str, title: str) -> None:
    shown = show_type(Paper(PaperId("k"), title, abstract), list(PaperType))
    assert shown is None or abstract[shown.start : shown.end] == shown.quote
