"""What a judge says is read wherever it stands, and shown only in the abstract's own words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.sets.judging_reply import Said, read_verdicts, show
from rag.answering.sets.locating import locate
from rag.types import Judgement, Paper, PaperId

_MEETS, _NO = Judgement.MEETS, Judgement.NO
_ABSTRACT = (
    "Twin Scale Fusion joins local features from small patches with global “views”. It reaches 87.5% recall."
)
_PAPER = Paper(PaperId("p"), "Twins", _ABSTRACT)
_TWO = (
    '{"papers": [{"id": "k7f2", "verdicts": [{"criterion": 1, "quote": "a b", "verdict": "meets"}]}, '
    '{"id": "m3xq", "verdicts": [{"criterion": 1, "quote": "", "verdict": "no"}]}]}'
)
_PIECES = st.sampled_from(
    ['{"papers": [', '{"id": "k7f2"', ', "verdicts": [', '{"criterion": 1', ', "verdict": "meets"', "}", "]}", "{", '"', "x", "\n"]
)  # fmt: skip


def _read(reply: str) -> dict[str, str]:
    said = read_verdicts(reply, ids={"k7f2", "m3xq"}, criteria=1)
    return {label: one.verdict.value for (label, _), one in said.items()}


@pytest.mark.parametrize(
    "reply",
    [
        _TWO,
        f"Here you are:\n```json\n{_TWO}\n```\nAnything else?",
        f'{{"result": {_TWO}}}',
        json.dumps(json.loads(_TWO)["papers"]),
        _TWO.replace('"criterion": 1', '"criterion": "1"').replace("meets", "Meets "),
        '{"id": "k7f2", "verdict": "meets", "quote": "a b"}\n{"id": "M3XQ", "verdict": "no"}',
        _TWO[:-2] + ', {"id": "k7',
    ],
)
def test_verdicts_are_read_wherever_they_stand(reply: str) -> None:
    assert _read(reply) == {"k7f2": "meets", "m3xq": "no"}


@pytest.mark.parametrize(
    "reply",
    [
        "k7f2: meets",
        '{"papers": [{"id": "k7f2", "verdicts": [{"criterion": 2, "verdict": "meets"}]}]}',
        '{"papers": [{"id": "k7f2", "verdicts": [{"criterion": 1, "verdict": "yes"}]}]}',
        '{"papers": [{"id": "zzzz", "verdicts": [{"criterion": 1, "verdict": "meets"}]}]}',
        '{"papers": {"k7f2": "meets"}}',
        "null",
    ],
)
def test_what_is_no_verdict_is_not_taken_for_one(reply: str) -> None:
    assert _read(reply) == {}


def test_two_verdicts_on_a_paper_are_none() -> None:
    other = json.dumps({"id": "k7f2", "verdict": "no"})
    assert _read(_TWO + other) == {"m3xq": "no"}


def test_what_is_said_of_an_invented_id_is_left_out() -> None:
    assert list(_read(_TWO.replace("m3xq", "aeio"))) == ["k7f2"]


@pytest.mark.parametrize(
    ("written", "number"), [("criterion 2", 2), ("2. drums", 2), (2.0, 2), ("2D drums", None)]
)
def test_the_number_of_a_criterion_is_read_as_models_write_it(written: object, number: int | None) -> None:
    reply = json.dumps({"papers": [{"id": "k7f2", "verdicts": [{"criterion": written, "verdict": "No."}]}]})
    assert [at for _, at in read_verdicts(reply, ids={"k7f2"}, criteria=2)] == ([number] if number else [])


@given(pieces=st.lists(_PIECES, max_size=30))
def test_any_reply_is_read_without_a_crash(pieces: list[str]) -> None:
    assert set(_read("".join(pieces))) <= {"k7f2", "m3xq"}


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("joins local features from small patches", "joins local features from small patches"),
        ("Joins  LOCAL\nfeatures from small", "joins local features from small"),
        ('patches with global "views"', "patches with global “views”."),
        ("It reaches 87.5 % recall", "It reaches 87.5% recall."),
        ("“It reaches 87.5% recall.”", "It reaches 87.5% recall."),
    ],
)  # fmt: skip
def test_a_quote_is_shown_in_the_words_of_the_abstract(quote: str, shown: str) -> None:
    [evidence] = show(Said(_MEETS, quote), _PAPER) or ()
    assert evidence.quote == shown


def test_pieces_of_a_quote_are_shown_one_by_one() -> None:
    evidence = show(Said(_MEETS, "joins local features from small ... reaches 87.5% recall of it"), _PAPER)
    assert evidence is None
    quote = "joins local features from small … It reaches 87.5% recall"
    assert [e.quote for e in show(Said(_MEETS, quote), _PAPER) or ()] == [
        "joins local features from small",
        "It reaches 87.5% recall.",
    ]


@pytest.mark.parametrize(
    "quote", ["", "…", "it", "joins local and global features", "oins local features from smal", "Twins"]
)
def test_words_that_the_abstract_has_not_show_nothing(quote: str) -> None:
    assert show(Said(_MEETS, quote), _PAPER) is None
    assert show(Said(_NO, quote), _PAPER) == ()


@given(
    text=st.text(alphabet="aB ïﬁ²’-.\n", min_size=1, max_size=60),
    ends=st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_what_is_cut_at_words_is_located(text: str, ends: tuple[int, int]) -> None:
    words = text.split()
    start, end = sorted(ends)
    quote = "  ".join(words[start:end]).upper()
    spans = locate(quote, text)
    assert bool(spans) == any(c.isalnum() for c in quote)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
