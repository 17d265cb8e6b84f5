"""The library as a whole: catalogue, words and vectors agree, whatever is added, removed and stopped."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import PaperNotFound
from rag.library.adding import Added
from rag.library.checking import Condition
from rag.library.encoder import EncodedPaper, EncodedQuestion, Encoder
from rag.library.library import Library
from rag.library.passages import split_passages
from rag.library.schema import State
from rag.types import Paper, PaperId, Passage

_Make = Callable[..., Library]
_SOUND = Condition(
    papers=5, words_missing=0, words_orphaned=0, vectors_missing=0, vectors_orphaned=0, pending=0
)
_STRANGER = Paper(PaperId("stranger"), "A Stranger", "Nobody added this paper.")


@pytest.fixture
def batches_of_16(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make several batches of few papers."""
    monkeypatch.setattr("rag.library.building._KEPT_AT_ONCE", 16)
    monkeypatch.setattr("rag.library.building._STORED_AT_ONCE", 16)


def _passage_ids(*papers: Paper) -> set[str]:
    return {f"{one.id}#{passage.ordinal}" for one in papers for passage in split_passages(one)}


def _numbered(count: int) -> list[Paper]:
    return [Paper(PaperId(f"p{n:03}"), f"Paper {n:03}", f"It is about {n}.") for n in range(count)]


def test_papers_are_searchable_before_their_vectors_are_built(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers, indexed=False)
    assert list(library.lexical.search("drum beats", depth=1)) == ["slow-drums"]
    assert (library.size(), library.unindexed(), library.dense.count()) == (5, 5, 0)


def test_after_indexing_every_paper_and_passage_has_its_vector(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    assert sorted(library.dense.ids("papers")) == sorted(one.id for one in papers)
    assert sorted(library.dense.ids("passages")) == sorted(_passage_ids(*papers))
    assert library.check() == _SOUND


def test_adding_the_same_papers_again_leaves_nothing_to_do(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    assert library.add(papers) == Added(unchanged=5)
    assert library.unindexed() == 0
    assert list(library.index()) == []


@pytest.mark.usefixtures("batches_of_16")
def test_progress_counts_up_to_the_total(make_library: _Make) -> None:
    progress = list(make_library(*_numbered(40), indexed=False).index())
    assert [step.done for step in progress] == [16, 32, 40]
    assert {step.total for step in progress} == {40}
    assert progress[-1].seconds_left == 0


def test_an_updated_paper_is_encoded_anew(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers)
    updated = replace(papers[0], abstract="Whales sing to each other over hundreds of miles.")
    assert library.add([updated]) == Added(updated=1)
    assert list(library.lexical.search("whales", depth=1)) == [updated.id]
    assert library.unindexed() == 1
    list(library.index())
    question = library.encoder.encode_query("songs of whales")
    assert next(iter(library.dense.search_papers(question, depth=1))) == updated.id
    assert set(library.dense.ids("passages")) == _passage_ids(updated, *papers[1:])


def test_a_removed_paper_is_gone_at_once_and_its_vectors_after_indexing(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library = make_library(*papers)
    library.remove([papers[4].id])
    assert library.size() == 4
    assert library.lexical.search("drum", depth=1) == {}
    list(library.index())
    assert set(library.dense.ids("papers")) == {one.id for one in papers[:4]}
    assert set(library.dense.ids("passages")) == _passage_ids(*papers[:4])
    assert library.catalogue.count()[State.REMOVING] == 0


def test_an_unknown_id_removes_nothing(make_library: _Make, papers: tuple[Paper, ...]) -> None:
    library = make_library(*papers)
    with pytest.raises(PaperNotFound, match="'nobody'; list the ids: footnote papers"):
        library.remove([papers[0].id, PaperId("nobody")])
    assert library.check() == _SOUND


@pytest.mark.usefixtures("batches_of_16")
def test_indexing_goes_on_where_it_was_stopped(make_library: _Make) -> None:
    library = make_library(*_numbered(60), indexed=False)
    run = library.index()
    next(run)
    run.close()  # type: ignore[attr-defined]  # a generator
    left = library.unindexed()
    assert left > 0
    assert library.encodings.count() >= 16
    assert [step.done for step in library.index()][-1] == left
    assert library.check() == replace(_SOUND, papers=60)


@pytest.mark.usefixtures("batches_of_16")
def test_indexing_takes_along_what_is_added_and_removed_meanwhile(make_library: _Make) -> None:
    many = _numbered(40)
    library, other = make_library(*many, indexed=False), make_library(indexed=False)
    run = library.index()
    next(run)
    other.remove([one.id for one in many[16:]])
    other.add([_STRANGER])
    list(run)
    assert set(library.dense.ids("papers")) == {_STRANGER.id, *(one.id for one in many[:16])}
    assert library.check() == replace(_SOUND, papers=17)


@pytest.mark.usefixtures("batches_of_16")
def test_a_paper_updated_while_it_is_encoded_is_encoded_again(make_library: _Make) -> None:
    many = _numbered(20)
    library, other = make_library(*many, indexed=False), make_library(indexed=False)
    run = library.index()
    next(run)
    updated = replace(many[19], abstract="It has two long sentences now. Both of them are new to us.")
    other.add([updated])
    list(run)
    assert set(library.dense.ids("passages")) == _passage_ids(*many[:19], updated)


class _CountingEncoder(Encoder):
    """Counts the papers that it encodes."""

    encoded = 0

    def encode_paper(self, paper: Paper, passages: Sequence[Passage]) -> EncodedPaper:
        self.encoded += 1
        return super().encode_paper(paper, passages)


def test_no_text_is_encoded_twice(tmp_path: Path, papers: tuple[Paper, ...]) -> None:
    encoder = _CountingEncoder(threads=1)
    library = Library(tmp_path, encoder=encoder)
    library.add(papers)
    list(library.index())
    library.remove([papers[0].id])
    list(library.index())
    library.add([replace(papers[0], id=PaperId("again"), authors=("A. Nother",))])
    list(library.index())
    library.clear_indexes()
    list(library.index())
    library.close()
    assert encoder.encoded == len(papers)


def test_what_another_process_has_pruned_is_kept_again(
    make_library: _Make, papers: tuple[Paper, ...]
) -> None:
    library, other = make_library(*papers), make_library()
    assert len(library.encodings.get(papers)) == len(papers)  # as a search reads them
    other.remove([one.id for one in papers])
    list(other.index())
    other.encodings.prune([])
    library.add(papers)
    list(library.index())
    assert library.encodings.lacking(papers) == set()


@pytest.mark.usefixtures("batches_of_16")
def test_what_was_encoded_but_not_stored_is_not_encoded_again(tmp_path: Path) -> None:
    encoder = _CountingEncoder(threads=1)
    library = Library(tmp_path, encoder=encoder)
    library.add(_numbered(40))
    run = library.index()
    next(run)
    run.close()  # type: ignore[attr-defined]  # a generator
    before, kept, encoder.encoded = encoder.encoded, library.encodings.count(), 0
    library.close()
    assert 16 <= kept <= before
    again = Library(tmp_path, encoder=encoder)
    list(again.index())
    again.close()
    assert encoder.encoded == 40 - kept


_Step = tuple[str, int]
_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "update", "remove", "index", "stop early"]), st.integers(0, 3)),
    max_size=8,
)


@settings(max_examples=8, deadline=None)
@given(steps=_STEPS)
def test_whatever_happened_indexing_makes_the_library_sound(encoder: Encoder, steps: list[_Step]) -> None:
    expected: dict[PaperId, Paper] = {}
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), encoder=encoder)
        for turn, (what, number) in enumerate([*steps, ("index", 0)]):
            one = Paper(PaperId(f"p{number}"), f"Paper {number}", f"It is about {number}.")
            if what == "update":
                one = replace(one, abstract=f"Turn {turn} changed this whole paper. It now has two parts.")
            if what in {"add", "update"}:
                library.add([one])
                expected[one.id] = one
            elif what == "remove" and one.id in expected:
                library.remove([one.id])
                del expected[one.id]
            elif what == "index":
                list(library.index())
            elif what == "stop early":
                next(library.index(), None)
        assert {one.id: one for one in library.catalogue.list()} == expected
        assert set(library.lexical.ids()) == set(library.dense.ids("papers")) == set(expected)
        assert set(library.dense.ids("passages")) == _passage_ids(*expected.values())
        assert library.check() == replace(_SOUND, papers=len(expected))
        library.close()


class _Counting(Encoder):
    """The real encoder, which counts the questions that it reads."""

    asked = 0

    def encode_question(self, text: str) -> EncodedQuestion:
        self.asked += 1
        return super().encode_question(text)


def test_a_question_that_was_just_asked_is_not_encoded_again(tmp_path: Path) -> None:
    encoder = _Counting(threads=1)
    library = Library(tmp_path / "library", encoder=encoder)
    first = library.encode_question("rivers")
    assert library.encode_question("rivers") is first
    for number in range(20):
        library.encode_question(f"lakes {number}")
    library.encode_question("rivers")
    assert encoder.asked == 22
    library.close()
