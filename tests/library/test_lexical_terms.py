"""The word index, asked for single stems: weights, typing errors, and who explains a short form."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.library.lexical import LexicalIndex
from rag.types import Paper, PaperId

_SPARSE = Paper(PaperId("sparse"), "Sparse Codes", "We train a sparse autoencoder (SAE) on owls.")
_OWLS = Paper(PaperId("owls"), "Owls at Night", "They hunt mice by ear. SAE is a word here.")
_BRIDGES = Paper(PaperId("bridges"), "Bridges in Wind", "Steel cables sway and are damped by springs.")


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    built = LexicalIndex(tmp_path / "words")
    built.add([_SPARSE, _OWLS, _BRIDGES])
    return built


def test_only_the_papers_that_explain_a_short_form_are_named(index: LexicalIndex) -> None:
    assert index.explaining("SAE", depth=10) == ["sparse"]


@pytest.mark.parametrize("short", ["sae", "SAEs", "SA", "NMT", "", "SAE OR NMT"])
def test_a_short_form_is_found_as_it_is_written_alone(index: LexicalIndex, short: str) -> None:
    assert index.explaining(short, depth=10) == []


def test_no_more_explaining_papers_than_asked_for(index: LexicalIndex) -> None:
    index.add(Paper(PaperId(str(n)), _SPARSE.title, _SPARSE.abstract) for n in range(5))
    assert len(index.explaining("SAE", depth=3)) == 3


@pytest.mark.parametrize(
    ("stem", "errors", "found"),
    [
        pytest.param("brigd", 1, ["bridges"], id="two letters changed places"),
        pytest.param("bridgg", 1, ["bridges"], id="one letter too many"),
        pytest.param("spirgn", 1, [], id="two errors"),
        pytest.param("spirgn", 2, ["bridges"], id="two errors, two allowed"),
    ],
)
def test_a_stem_is_found_within_its_typing_errors(
    index: LexicalIndex, stem: str, errors: int, found: list[str]
) -> None:
    assert index.like(stem, errors=errors, depth=10) == found


def test_unknown_stems_are_told_from_known_ones(index: LexicalIndex) -> None:
    assert index.unknown(["owl", "zebra", "cabl"]) == {"zebra"}


def test_a_weight_multiplies_the_share_of_its_stem(index: LexicalIndex) -> None:
    alone = index.search_terms({"mice": 1.0}, depth=10)[_OWLS.id]
    halved = index.search_terms({"mice": 0.5}, depth=10)[_OWLS.id]
    assert halved == pytest.approx(alone / 2)


def test_shares_add_up(index: LexicalIndex) -> None:
    one, other = (index.search_terms({stem: 1.0}, depth=10)[_OWLS.id] for stem in ("mice", "hunt"))
    both = index.search_terms({"mice": 1.0, "hunt": 0.5}, depth=10)[_OWLS.id]
    assert both == pytest.approx(one + other / 2)


def test_no_stem_finds_nothing(index: LexicalIndex) -> None:
    assert index.search_terms({}, depth=10) == {}


def test_stems_beyond_the_first_256_are_not_read(index: LexicalIndex) -> None:
    filler = {f"zzz{n}": 1.0 for n in range(256)}
    assert index.search_terms({**filler, "mice": 1.0}, depth=10) == {}
