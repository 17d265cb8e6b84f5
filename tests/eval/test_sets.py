"""A user's own set: drafts that can be asked, pools that are judged, formats that others read."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.drafting import draft_questions, shared_terms
from eval.pooling import Judgment, build_rankers, merge, pool, read_judgments, unjudged, write_judgments
from eval.qrels import resolve
from eval.reference import ReferenceQuestion, load_questions, read_question_record, write_questions
from eval.trec import read_beir, read_qrels, write_beir, write_qrels, write_run
from rag.errors import RunError, SourceError
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import Paper

_RECORD = {"id": "q1", "question": "Which join scales?", "type": "list", "relevant": {"Twin Scale Fusion": 2}}


@pytest.fixture
def question() -> ReferenceQuestion:
    """A set question about the five papers."""
    return read_question_record({**_RECORD, "mood": "kept"})


def test_a_draft_is_a_question_file_of_several_types(part: Library, tmp_path: Path) -> None:
    papers = list(part.catalogue.list())
    drafted = list(draft_questions(papers, Retriever(part, RetrievalSettings()), n=20))
    write_questions(tmp_path / "draft.jsonl", drafted)
    assert load_questions(tmp_path / "draft.jsonl") == tuple(drafted)
    assert {question.type for question in drafted} == {"list", "fact", "unanswerable"}
    assert not resolve(drafted, papers).unknown


def test_the_papers_of_a_term_hold_it(part: Library) -> None:
    terms = shared_terms(list(part.catalogue.list()), least=3, most=25)
    assert terms
    assert all(term in f"{p.title}. {p.abstract}".casefold() for term, papers in terms for p in papers)
    assert all(3 <= len(papers) <= 25 for _, papers in terms)


def test_a_tiny_library_gives_a_short_draft(shelf: Library, papers: tuple[Paper, ...]) -> None:
    drafted = list(draft_questions(papers, Retriever(shelf, RetrievalSettings()), n=40))
    assert 5 <= len(drafted) <= 40


def test_a_pool_holds_the_best_of_each_ranking_once(shelf: Library, question: ReferenceQuestion) -> None:
    rankers = build_rankers(shelf, RetrievalSettings())
    pooled = pool(question, rankers, depth=2)
    assert len(rankers) == 3
    assert 2 <= len(pooled) == len({paper.id for paper in pooled})


def test_what_was_judged_is_not_asked_again(papers: tuple[Paper, ...], question: ReferenceQuestion) -> None:
    given = [
        Judgment("q1", "patient-mamba", "Patient Mamba", 0),
        Judgment("q2", "slow-drums", "Slow Drums", 2),
    ]
    left = [paper.id for paper in unjudged(question, papers, given)]
    assert left == ["quiet-prompts", "bark-and-leaf", "slow-drums"]


def test_judgments_survive_writing_and_join_the_question(tmp_path: Path, question: ReferenceQuestion) -> None:
    given = (
        Judgment("q1", "slow-drums", "Slow Drums", 1),
        Judgment("q1", "patient-mamba", "Patient Mamba", 0),
    )
    write_judgments(tmp_path / "log", given)
    assert read_judgments(tmp_path / "log") == given
    merged = merge(question, given)
    assert merged.relevant == {"twinscalefusion": 2, "slowdrums": 1, "patientmamba": 0}
    assert merged.record["mood"] == "kept"


def test_a_damaged_judgment_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "log").write_text('{"question": "q1"}\n')
    with pytest.raises(RunError, match="no judgment"):
        read_judgments(tmp_path / "log")


def test_a_beir_folder_is_read_as_it_was_written(
    tmp_path: Path, papers: tuple[Paper, ...], question: ReferenceQuestion
) -> None:
    qrels = resolve([question], papers).qrels
    write_beir(tmp_path, papers=papers, questions=[question], qrels=qrels)
    [read] = read_beir(tmp_path)
    assert (read.id, read.question, dict(read.relevant)) == ("q1", question.question, {"twinscalefusion": 2})


def test_a_beir_folder_may_keep_its_judgments_beside_the_queries(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d1", "title": "One", "text": "t"}\n')
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "1", "text": "Which?"}\n{"_id": "2", "text": "Unjudged?"}\n'
    )
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\td1\t4\n")
    [read] = read_beir(tmp_path)
    assert dict(read.relevant) == {"one": 2}


def test_trec_files_are_read_as_they_were_written(tmp_path: Path) -> None:
    qrels, run = {"q1": {"p1": 2, "p2": 0}}, {"q1": ["p2", "p1"]}
    write_qrels(tmp_path / "qrels.txt", qrels)
    write_run(tmp_path / "run.txt", run)
    assert read_qrels(tmp_path / "qrels.txt") == qrels
    rows = [line.split() for line in (tmp_path / "run.txt").read_text().splitlines()]
    best_first = sorted(rows, key=lambda row: -float(row[4]))
    assert {q: [row[2] for row in best_first if row[0] == q] for q in run} == run


def test_a_line_that_is_no_judgment_and_a_folder_that_is_no_set_are_named(tmp_path: Path) -> None:
    (tmp_path / "qrels.txt").write_text("q1 0 p1 2\nq1 p1\n")
    with pytest.raises(SourceError, match=r"qrels\.txt:2: a judgment needs"):
        read_qrels(tmp_path / "qrels.txt")
    with pytest.raises(SourceError, match="name a BEIR folder"):
        read_beir(tmp_path)


@pytest.mark.parametrize("line", ['{"_id": "q1"}', '{"text": "Which?"}', "7"])
def test_a_query_that_lacks_a_field_is_named(
    tmp_path: Path, papers: tuple[Paper, ...], question: ReferenceQuestion, line: str
) -> None:
    write_beir(tmp_path, papers=papers, questions=[question], qrels={})
    (tmp_path / "queries.jsonl").write_text(f"{line}\n")
    with pytest.raises(
        SourceError, match=r"^queries\.jsonl:1: the field '(?:_id|text)' is missing; mend the line$"
    ):
        read_beir(tmp_path)
