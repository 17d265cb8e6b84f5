"""The JSON that other programs read: exactly these fields."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rag.answering.answerer import last_answer
from rag.app import build_answerer
from rag.contracts import answer_record, answer_text, paper_record, ranked_record
from rag.environment.reading import read_settings
from rag.library.library import Library
from rag.types import (
    Answer,
    Cell,
    ComparedPaper,
    Comparison,
    Criterion,
    CriterionVerdict,
    Judgement,
    Paper,
    Sentence,
    Theme,
    Verdict,
)

_EVIDENCE = {"start", "end", "quote"}


@pytest.fixture
def answer(shelf: Library) -> Answer:
    """An answer in quotes, with a verdict and a dropped sentence added."""
    answer = last_answer(
        build_answerer(read_settings({}), shelf).answer("Which papers combine local and global features?")
    )
    best = answer.ranking.papers[0]
    part = CriterionVerdict(Criterion("local features"), Judgement.MEETS, best.evidence)
    cell = Cell("method", best.evidence)
    return replace(
        answer,
        verdicts=(Verdict(best.paper.id, Judgement.MEETS, best.evidence, (part,)),),
        themes=(Theme("global features", (best.paper.id,)),),
        comparison=Comparison(("method",), (ComparedPaper(best.paper.id, (cell,)),)),
        dropped=(Sentence("It is so.", (), supported=False, reason="it cites no source that was shown"),),
    )


def test_fields_of_an_answer(answer: Answer) -> None:
    record = answer_record(answer)
    assert set(record) == {
        *(
            "version",
            "signals",
            "question",
            "standalone",
            "scope",
            "criteria",
            "listing",
            "kind",
            "status",
            "writer",
            "text",
            "sentences",
            "sources",
        ),
        *(
            "verdicts",
            "prompts",
            "index",
            "themes",
            "comparison",
            "ranked",
            "judged",
            "checked",
            "dropped",
            "dropped_sentences",
            "missing",
            "notices",
            "prompts",
            "index",
            "usage",
            "timings_ms",
        ),
    }


def test_fields_of_the_parts_of_an_answer(answer: Answer) -> None:
    record = answer_record(answer)
    assert set(record["scope"]) == {"since", "until", "sources", "authors", "titles", "ids"}
    assert set(record["criteria"][0][0]) == {"text", "negated"}
    assert record["listing"] == {"most": None, "order": "likeliest"}
    assert set(record["sentences"][0]) == {"text", "lead", "citations", "supported", "claims", "added"}
    assert set(record["sources"][0]) == {"number", "id", "title", "url", "verdict", "evidence"}
    assert set(record["sources"][0]["evidence"][0]) == _EVIDENCE
    assert set(record["verdicts"][0]) == {"id", "verdict", "evidence", "criteria"}
    assert set(record["verdicts"][0]["criteria"][0]) == {"text", "negated", "verdict", "evidence"}
    assert set(record["themes"][0]) == {"name", "papers"}
    assert set(record["comparison"]) == {"aspects", "papers"}
    assert set(record["comparison"]["papers"][0]["cells"][0]) == {"aspect", "text", "evidence"}
    assert set(record["ranked"][0]) == {"id", "title", "score"}
    assert set(record["judged"]) == {"papers", "of"}
    assert set(record["dropped_sentences"][0]) == {"text", "reason"}
    assert set(record["usage"]) == {"prompt_tokens", "completion_tokens", "cost"}


def test_an_answer_survives_the_way_through_json(answer: Answer) -> None:
    record = answer_record(answer)
    assert json.loads(json.dumps(record)) == record


def test_values_of_an_answer(answer: Answer) -> None:
    record = answer_record(answer)
    assert (record["version"], record["kind"], record["status"], record["writer"]) == (
        *(1, "list"),
        *("answered", "quotes"),
    )
    assert (record["judged"], record["dropped"]) == ({"papers": 5, "of": 5}, 1)
    quoted = sum(sentence["claims"] for sentence in record["sentences"])
    assert record["checked"] == {"supported": quoted, "of": quoted + 1}


def test_offsets_in_the_json_cut_the_quote_from_the_abstract(
    answer: Answer, papers: tuple[Paper, ...]
) -> None:
    abstracts = {str(paper.id): paper.abstract for paper in papers}
    for source in answer_record(answer)["sources"]:
        for piece in source["evidence"]:
            assert abstracts[source["id"]][piece["start"] : piece["end"]] == piece["quote"]


def test_fields_of_a_search_result(answer: Answer) -> None:
    record = ranked_record(answer.ranking.papers[0])
    assert set(record) == {"rank", "id", "title", "score", "relevance", "arms", "evidence"}
    assert set(record["evidence"][0]) == _EVIDENCE
    assert json.loads(json.dumps(record)) == record


def test_fields_of_a_paper(papers: tuple[Paper, ...]) -> None:
    record = paper_record(papers[0])
    assert set(record) == {"id", "title", "abstract", "authors", "published", "url", "sources"}
    assert json.loads(json.dumps(record)) == record


def test_the_text_carries_every_footnote(answer: Answer) -> None:
    text = answer_text(answer)
    cited = [
        (sentence.text, citation.number) for sentence in answer.sentences for citation in sentence.citations
    ]
    assert cited
    assert all(f"{words} [{number}]" in text for words, number in cited)


def test_the_count_and_each_quoted_paper_have_their_line(answer: Answer) -> None:
    assert len(answer_text(answer).splitlines()) == 1 + len(answer.sources)


def test_the_sentences_of_a_model_stand_on_one_line(answer: Answer) -> None:
    assert "\n" not in answer_text(replace(answer, writer="llm:small-one", verdicts=()))


def test_a_lead_stands_in_brackets_before_its_quote(answer: Answer) -> None:
    (_count, led, *_) = (replace(sentence, lead="LeafNet") for sentence in answer.sentences)
    text = answer_text(replace(answer, sentences=(led,)))
    assert text.startswith(f"(LeafNet:) {led.text} [")
