"""A part of the sample, really indexed, with the reference questions that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from eval.asking import Answers, ask_all
from eval.manifest import describe_run
from eval.qrels import resolve
from eval.reference import ReferenceQuestion, load_questions
from eval.runs import Run, begin_run, read_run_folder
from rag.app import OpenLibrary, build_answerer
from rag.environment.reading import read_settings
from rag.library.encoder import Encoder
from rag.library.library import Library
from rag.sample import SOURCE, read_sample
from rag.settings import FeatureWeights, Settings
from rag.sources.entry import title_key
from rag.sources.reading import read_source
from tests.eval.faults import Remembering

_EXTRA = 40
_EACH = 14


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that quote, in a home of their own."""
    return read_settings({"FOOTNOTE_HOME": str(tmp_path_factory.mktemp("home")), "FOOTNOTE_WRITER": "quotes"})


@pytest.fixture(scope="session")
def questions() -> tuple[ReferenceQuestion, ...]:
    """Some reference questions of the types that name few papers."""
    chosen: list[ReferenceQuestion] = []
    for kind in ("fact", "compare", "howwhy", "unanswerable"):
        chosen += islice((q for q in load_questions() if q.type == kind), _EACH)
    return tuple(chosen)


@pytest.fixture(scope="session")
def part(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, questions: Sequence[ReferenceQuestion]
) -> Iterator[Library]:
    """The digests that the questions are about, and some others, indexed."""
    digests = read_source(read_sample(), source=SOURCE, format_name="jsonl").papers
    named = {key for question in questions for key in question.relevant}
    about = [paper for paper in digests if title_key(paper.title) in named]
    others = [paper for paper in digests if title_key(paper.title) not in named]
    library = Library(tmp_path_factory.mktemp("part"), encoder=encoder)
    library.add([*about, *others[:_EXTRA]])
    list(library.index())
    yield library
    library.close()


@pytest.fixture(scope="session")
def healthy(settings: Settings, part: Library) -> Answers:
    """The real answerer, which remembers what it answered."""
    return Remembering(build_answerer(settings, part))


Asker = Callable[..., Run]


@pytest.fixture
def ask(tmp_path: Path, settings: Settings, part: Library, questions: Sequence[ReferenceQuestion]) -> Asker:
    """Make a run of the questions and read it back; give it the answerer and the folder's name."""

    def make(
        answers: Answers, name: str, *, chosen: Sequence[ReferenceQuestion] = questions, rounds: int = 1
    ) -> Run:
        folder = tmp_path / name
        opened = OpenLibrary(part, is_sample=False)
        manifest = describe_run(settings, opened, questions=chosen, rounds=rounds)
        qrels = resolve(chosen, part.catalogue.list()).qrels
        begin_run(folder, manifest, questions=chosen, qrels=qrels)
        list(ask_all(answers, chosen, folder=folder, rounds=rounds))
        return read_run_folder(folder)

    return make


@pytest.fixture
def without_dense(settings: Settings, part: Library) -> Answers:
    """The real answerer with all that searches by meaning weighed at nothing: both arms, and late interaction."""
    words = FeatureWeights(late=0.0)
    retrieval = replace(
        settings.retrieval, paper_weight=0.0, passage_weight=0.0, one_paper=words, many_papers=words
    )
    return build_answerer(replace(settings, retrieval=retrieval), part)
