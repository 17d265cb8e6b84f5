"""An answer in the terminal: a refusal, quotes under the papers they come from, a table, or prose and its papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from rag.answering.asking.criteria_line import describe
from rag.contracts import marked
from rag.numbers import counted
from rag.types import Answer, Comparison, Question, Sentence, Source, Status
from ui import terminal
from ui.comparison_table import draw_comparison
from ui.leads import read_lead
from ui.refusals import refusal_heading
from ui.set_table import criteria_line, draw_set
from ui.signs import word
from ui.terminal import notice, plain, print_hanging, print_indented, print_line

_MARKER = re.compile(r"\[\d+\](?=(?:\[\d+\])*$)")
_TABLE_FROM = 60  # columns; on a narrower screen words would be cut, and quotes stand below each other


def print_answer(answer: Answer) -> None:
    """Print an answer: quotes under the papers they come from, or prose and then its papers."""
    if not answer.sentences:
        _print_refusal(answer)
    elif answer.comparison and _has_room():
        _print_comparison(answer, answer.comparison)
    elif answer.verdicts and _has_room():
        _print_set(answer)
    elif answer.writer == "quotes" or answer.verdicts:
        _print_quotes(answer)
    else:
        _print_prose(answer)
    terminal.out.print()
    for text in (*_understood(answer.question), *answer.notices):
        if answer.sentences or text != _reason(answer):
            notice(text)
    if answer.status is not Status.NO_QUESTION:
        notice(_how(answer))


def _has_room() -> bool:
    return terminal.out.is_terminal and terminal.out.width >= _TABLE_FROM


def _print_refusal(answer: Answer) -> None:
    print_line(Text(plain(_reason(answer)), style="bold"))
    if answer.missing:
        print_line(plain(answer.missing))
    if answer.sources:
        terminal.out.print("\nNearest papers:")
    for source in answer.sources:
        print_indented(plain(source.paper.title), by=2)


def _reason(answer: Answer) -> str:
    """Say why there is no answer; a notice that names the filter says as much, and more."""
    heading = refusal_heading(answer.status)
    return next((told for told in answer.notices if told.startswith(heading.rstrip("."))), heading)


def _print_quotes(answer: Answer) -> None:
    """Headings, and quotes under their papers; an empty line between them."""
    by_number = {source.number: source for source in answer.sources}
    for place, (number, sentences) in enumerate(_blocks(answer.sentences)):
        if place:
            terminal.out.print()
        if number:
            _print_paper(answer, by_number, number, sentences)
        else:
            print_line(Text(plain(sentences[0].text), style="bold"))


def _blocks(sentences: Iterable[Sentence]) -> Iterator[tuple[int, Sequence[Sentence]]]:
    """Yield the quotes of each paper together, with its number, and each heading alone, with 0."""
    for number, block in groupby(sentences, key=lambda s: s.citations[0].number if s.citations else 0):
        if number:
            yield number, tuple(block)
        else:
            yield from ((0, (heading,)) for heading in block)


def _print_paper(
    answer: Answer, sources: Mapping[int, Source], number: int, quotes: Iterable[Sentence]
) -> None:
    source = sources[number]
    _print_source(source)
    if by_criterion := criteria_line(answer, number):
        print_indented(Text(by_criterion, style="dim"), by=4)
    for sentence in quotes:
        led = read_lead(sentence, source)
        quote = Text(f"{plain(led)}: " if led else "", style="dim")
        quote.append(f"“{plain(sentence.text)}”", style="not dim")
        print_indented(quote, by=4)
        for citation in sentence.citations[1:]:
            _print_source(sources[citation.number], before="    alike in ")
    _print_silence(answer, source)


def _print_silence(answer: Answer, source: Source) -> None:
    """Say which aspects of a comparison a paper says nothing of, below its quotes."""
    rows = answer.comparison.papers if answer.comparison else ()
    cells = (cell for row in rows if row.paper_id == source.paper.id for cell in row.cells)
    if silent := [cell.aspect for cell in cells if not cell.evidence]:
        print_indented(Text(f"{', '.join(silent)}: the abstract does not say", style="dim"), by=4)


def _print_set(answer: Answer) -> None:
    """The count, and the table of `ui.set_table`."""
    for sentence in answer.sentences:
        if not sentence.citations:
            print_line(Text(plain(sentence.text), style="bold"))
    for part in draw_set(answer, width=terminal.out.width):
        terminal.out.print(part)


def _print_comparison(answer: Answer, comparison: Comparison) -> None:
    """What a model said of it, and the table of `ui.comparison_table`."""
    if answer.writer != "quotes":
        prose = [s for s in answer.sentences if not s.lead]
        print_line(Text(" ").join(_sentence(sentence) for sentence in prose))
        terminal.out.print()
    for part in draw_comparison(answer, comparison):
        terminal.out.print(part)


def _print_prose(answer: Answer) -> None:
    print_line(Text(" ").join(_sentence(sentence) for sentence in answer.sentences))
    terminal.out.print()
    for source in answer.sources:
        _print_source(source)


def _sentence(sentence: Sentence) -> Text:
    text = Text(plain(marked(sentence)))
    text.highlight_regex(_MARKER, "bold cyan")
    return text


def _print_source(source: Source, *, before: str = "") -> None:
    line = Text(plain(source.paper.title), style="bold")
    verdict = word(source.verdict) if source.verdict else None
    details = [d for d in (verdict, source.paper.published, source.paper.url) if d]
    line.append("".join(f"  {plain(detail)}" for detail in details), style="not bold dim")
    print_hanging(Text.assemble((before, "dim"), (f"[{source.number}] ", "cyan")), line)


def _understood(question: Question) -> Iterator[str]:
    """Say what a follow-up was read as, and what a set question asks of a paper."""
    if question.text != " ".join(question.asked.split()):
        yield f"Read as: {question.text}"
    if sum(map(len, question.criteria.clauses)) > 1:
        yield f"Criteria: {describe(question.criteria)}"


def _how(answer: Answer) -> str:
    total = answer.timings_ms.get("total", 0.0)
    return (
        f"searched {counted(answer.ranking.searched, 'paper')}, writer {answer.writer}, {total / 1000:.1f} s"
    )
