"""`footnote ask` and `footnote search`: what they print, and questions of every kind."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.ui.command_line import footnote, records
from ui.cli import app

_QUESTION = "which papers combine local and global features?"
_SAMPLE_NOTICE = "Your library is empty; this is Footnote's sample: digests of 557 papers."


@pytest.fixture(scope="module")
def answer(sample_home: Path) -> dict[str, Any]:
    """The answer to the question, from the sample."""
    return records(footnote("ask", _QUESTION, "--json", home=sample_home))[0]


def _timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "timings_ms"}


def test_an_answer_is_one_object_with_the_promised_fields(answer: dict[str, Any]) -> None:
    assert set(answer) == {
        *(
            "version",
            "question",
            "standalone",
            "scope",
            "criteria",
            "listing",
            "kind",
            "prompts",
            "index",
            "status",
            "writer",
            "text",
            "sentences",
            "sources",
        ),
        *("verdicts", "ranked", "judged", "dropped", "dropped_sentences", "notices", "usage", "timings_ms"),
        *("signals", "checked", "missing", "themes", "comparison"),
    }
    assert (answer["question"], answer["status"], answer["writer"]) == (_QUESTION, "answered", "quotes")


def test_an_empty_library_answers_from_the_sample_and_says_so(
    answer: dict[str, Any], sample_home: Path
) -> None:
    assert len(answer["sources"]) >= 10
    assert answer["judged"] == {"papers": 557, "of": 557}
    for command in (["ask", _QUESTION], ["search", "mamba"], ["papers"]):
        result = footnote(*command, home=sample_home)
        assert _SAMPLE_NOTICE in result.stderr
        assert _SAMPLE_NOTICE not in result.stdout


def test_every_sentence_quotes_the_digest_that_its_footnote_opens(
    answer: dict[str, Any], sample_home: Path
) -> None:
    papers = records(footnote("papers", "--json", home=sample_home))
    digests = {paper["id"]: paper["abstract"] for paper in papers}
    opened = {source["number"]: digests[source["id"]] for source in answer["sources"]}
    for sentence in answer["sentences"]:
        (number,) = sentence["citations"]
        assert sentence["text"] in opened[number]
    for source in answer["sources"]:
        assert source["evidence"]
        for piece in source["evidence"]:
            assert digests[source["id"]][piece["start"] : piece["end"]] == piece["quote"]


def test_the_sample_stays_out_of_the_library(answer: dict[str, Any], sample_home: Path) -> None:
    assert answer["sources"]
    info = records(footnote("info", "--json", home=sample_home))[0]
    assert (info["papers"], info["files"]) == (0, 0)


def test_a_library_with_papers_hides_the_sample(small_home: Path) -> None:
    result = footnote("ask", "which drums are separated?", "--json", home=small_home)
    assert "sample" not in result.stderr
    assert {source["id"] for source in records(result)[0]["sources"]} == {"slow-drums"}


def test_an_answer_on_screen_shows_quotes_under_their_papers(small_home: Path) -> None:
    result = footnote("ask", "how are drums separated?", home=small_home)
    first, quote, *_ = result.stdout.splitlines()
    assert first == "[1] Slow Drums"
    assert quote.strip().startswith("“Slow Drums separates the drum track")
    assert result.stderr.splitlines()[-1].startswith("searched 5 papers, writer quotes, ")


def test_a_question_that_the_library_does_not_speak_of_is_refused(small_home: Path) -> None:
    result = footnote("ask", "who won the chess championship?", home=small_home)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Not in this library.")


def test_a_dash_reads_the_question_from_standard_input(answer: dict[str, Any], sample_home: Path) -> None:
    piped = footnote("ask", "-", "--json", home=sample_home, stdin=f"{_QUESTION}\n")
    assert _timeless(records(piped)[0]) == {**_timeless(answer), "question": f"{_QUESTION}\n"}


def test_standard_input_that_is_not_utf8_is_read_as_far_as_it_can_be(small_home: Path) -> None:
    result = footnote("ask", "-", "--json", home=small_home, stdin=b"caf\xe9 drums")
    assert records(result)[0]["standalone"] == "caf\ufffd drums"


def test_search_prints_one_object_a_line_in_the_order_of_ranks(sample_home: Path) -> None:
    results = records(footnote("search", "state space models", "-k", "7", "--json", home=sample_home))
    assert [result["rank"] for result in results] == [1, 2, 3, 4, 5, 6, 7]
    promised = {"rank", "id", "title", "score", "relevance", "arms", "evidence"}
    assert all(set(result) == promised for result in results)
    assert all(set(piece) == {"start", "end", "quote"} for r in results for piece in r["evidence"])
    scores = [result["score"] for result in results]
    assert scores == sorted(scores, reverse=True)


def test_search_on_screen_gives_each_paper_one_line_and_its_words(small_home: Path) -> None:
    head, quote, *_ = footnote("search", "drum beats", "-k", "1", home=small_home).stdout.splitlines()
    assert head.split()[:4] == ["1", "Slow", "Drums", "slow-drums"]
    assert "Slow Drums separates the drum track" in quote


_QUESTIONS = {
    "empty": ("", 1),
    "white space": (" \n\t ", 1),
    "invisible": ("\x00\x1b\u200b", 1),
    "too long": ("drums " * 3334, 1),
    "long": ("drums " * 3333, 0),
    "emoji": ("🥁🥁 which drums? 👩‍🔬", 0),
    "right to left": ("אילו מאמרים על drums? \u202egnp.exe", 0),
    "sql": ("'; DROP TABLE papers; -- drums", 0),
    "html": ("<script>alert(1)</script> drums", 0),
    "query syntax": ('+title:(drums AND -id:* OR "slow', 0),
    "escape codes": ("\x1b[2J drums \x9b31m", 0),
    "undecodable": (os.fsdecode(b"caf\xe9 drums"), 0),
}  # fmt: skip


@pytest.mark.parametrize("name", _QUESTIONS)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_any_question_ends_in_an_answer_or_in_one_line(small_home: Path, command: str, name: str) -> None:
    question, code = _QUESTIONS[name]
    for flags in ([], ["--json"]):
        result = footnote(command, *flags, "--", question, home=small_home)
        assert result.exit_code == code
        assert result.exception is None or isinstance(result.exception, SystemExit)
        if code:
            (line,) = result.stderr.splitlines()
            assert line.startswith("footnote: the question ")
            assert not result.stdout
        else:
            assert "slow-drums" in result.stdout or "Slow Drums" in result.stdout


def test_json_is_utf8_whatever_the_encoding_of_the_screen(small_home: Path) -> None:
    result = CliRunner(charset="ascii").invoke(
        app, ["ask", "naïve drums", "--json"], env={"FOOTNOTE_HOME": str(small_home)}
    )
    assert json.loads(result.stdout_bytes.decode())["question"] == "naïve drums"


def test_continue_asks_of_the_papers_of_the_last_answer(sample_home: Path) -> None:
    [listed] = records(footnote("ask", _QUESTION, "--json", home=sample_home))
    [answered] = records(footnote("ask", "--continue", "the second one: why?", "--json", home=sample_home))
    assert answered["scope"]["ids"] == [listed["sources"][1]["id"]]
    assert listed["sources"][1]["title"] in answered["standalone"]


def test_without_continue_a_follow_up_is_a_question_of_its_own(sample_home: Path) -> None:
    footnote("ask", _QUESTION, home=sample_home)
    [answered] = records(footnote("ask", "of those, which use transformers?", "--json", home=sample_home))
    assert answered["scope"]["ids"] is None
    assert "Nothing was shown before" in answered["notices"][0]


def test_a_damaged_conversation_says_how_to_begin_anew(sample_home: Path) -> None:
    (sample_home / "conversation.json").write_text("{")
    result = footnote("ask", "--continue", "and the others?", home=sample_home)
    assert (result.exit_code, "ask without --continue" in result.stderr) == (1, True)


def test_the_kind_can_be_chosen(sample_home: Path) -> None:
    [answered] = records(footnote("ask", _QUESTION, "--kind", "explain", "--json", home=sample_home))
    assert answered["kind"] == "explain"
    assert footnote("ask", _QUESTION, "--kind", "poem", home=sample_home).exit_code == 2


def test_small_talk_gets_one_line_that_says_what_can_be_asked(sample_home: Path) -> None:
    result = footnote("ask", "hello", home=sample_home)
    assert result.exit_code == 0
    assert "Ask about the papers of your library" in result.stderr


def test_the_terminal_says_how_a_follow_up_was_read(sample_home: Path) -> None:
    assert "Criteria: combine local features AND" in footnote("ask", _QUESTION, home=sample_home).stderr
    result = footnote("ask", "--continue", "the first one: what data?", home=sample_home)
    assert "Read as: “" in result.stderr


def test_a_set_is_shown_again_whole(sample_home: Path) -> None:
    [listed] = records(footnote("ask", _QUESTION, "--json", home=sample_home))
    [again] = records(footnote("ask", "--continue", "drop the first one", "--json", home=sample_home))
    assert {s["id"] for s in again["sources"]} == {s["id"] for s in listed["sources"][1:]}


def test_criteria_can_be_given_in_one_line(small_home: Path) -> None:
    flags = ["--criteria", "(drums OR songs) AND NOT tuning", "--json"]
    [answered] = records(footnote("ask", "how are drums separated?", *flags, home=small_home))
    assert [[c["text"] for c in clause] for clause in answered["criteria"]] == [
        ["drums", "songs"],
        ["tuning"],
    ]
    wrong = footnote("ask", "drums", "--criteria", "(drums", home=small_home)
    assert (wrong.exit_code, wrong.stderr.count("\n")) == (1, 1)
