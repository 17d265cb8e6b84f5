"""What the terminal shows: answers, results and progress, drawn with rich.

Text from papers and models is never read as rich's markup, and loses control characters before it
reaches the screen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from rag.contracts import marked
from rag.library.library import IndexProgress, Library
from rag.types import (
    Answer,
    Cell,
    Comparison,
    Member,
    Paper,
    Question,
    Ranking,
    Sentence,
    Source,
    Status,
    shown_under,
)


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to `quiet_pipe`; rich would end with exit code 1."""
        raise BrokenPipeError


out = _Console(highlight=False)
err = _Console(stderr=True, highlight=False)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARKER = re.compile(r"\[\d+\](?=(?:\[\d+\])*$)")
_STATUS = {
    Status.NOT_IN_LIBRARY: "Not in this library.",
    Status.NOT_STATED: "The abstracts do not say.",
    Status.FILTER_EMPTY: "No paper passes the filter.",
    Status.NO_QUESTION: "Nothing was asked of the library.",
}
_BESIDE = 3
_TABLE_FROM = 60  # columns; on a narrower screen words would be cut, and quotes stand below each other


def plain(text: str) -> str:
    """Return text that cannot move the cursor or colour the screen."""
    return _CONTROL.sub("", text)


def notice(text: str) -> None:
    """Print one quiet line to stderr."""
    print_line(Text(plain(text), style="dim"), console=err)


def print_line(text: Text | str, *, console: Console | None = None) -> None:
    """Print one line, to stdout if None; only a terminal may wrap it: in a pipe or a file it stays one line."""
    line = text if isinstance(text, Text) else Text(plain(text))
    console = console or out
    console.print(line, soft_wrap=not console.is_terminal)


def print_indented(text: Text | str, *, by: int) -> None:
    """Print text that a terminal wraps within its margin; in a pipe or a file it stays one line."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, by), expand=False))
    else:
        print_line(Text(" " * by) + text)


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
    out.print()
    for text in (*_understood(answer.question), *answer.notices):
        notice(text)
    notice(_how(answer))


def _has_room() -> bool:
    return out.is_terminal and out.width >= _TABLE_FROM


def print_members(members: Iterable[Member]) -> None:
    """Print the papers that were found before a sweep was stopped, each with the words that show it."""
    for number, member in enumerate(members, start=1):
        line = Text(f"[{number}] ", style="cyan")
        line.append(plain(member.paper.title), style="bold")
        line.append(f"  {member.verdict.verdict.value}", style="dim")
        print_line(line)
        for evidence in member.verdict.evidence:
            print_indented(f"“{plain(evidence.quote)}”", by=4)


def print_ranking(ranking: Ranking) -> None:
    """Print search results: rank, title, and the best words of each paper."""
    for ranked in ranking.papers:
        head = Text(f"{ranked.rank:>3}  ", style="dim")
        head.append(plain(ranked.paper.title), style="bold")
        head.append(f"  {ranked.paper.id}  {ranked.score:.2f}", style="dim")
        print_line(head)
        for evidence in ranked.evidence[:1]:
            print_indented(f"“{plain(evidence.quote)}”", by=5)


def print_paper(paper: Paper) -> None:
    """Print one paper of a list: title and id."""
    line = Text(plain(paper.title))
    line.append(f"  {plain(paper.id)}", style="dim")
    print_line(line)


def print_whole_paper(paper: Paper, *, heading: str) -> None:
    """Print a paper in full, under a heading."""
    out.print()
    notice(heading)
    print_line(Text(plain(paper.title), style="bold"))
    print_line(plain(paper.abstract))


def show_progress(library: Library) -> None:
    """Build the missing vectors under a progress bar with rate and time left."""
    columns: tuple[ProgressColumn, ...] = (
        SpinnerColumn(),
        TextColumn("building vectors"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} papers"),
        _Rate(),
    )
    total = library.unindexed()
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=total, step=None)
        for step in library.index():
            bar.update(task, completed=step.done, total=step.total, step=step)


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End silently when the reader of a pipe has seen enough."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        step: IndexProgress | None = task.fields.get("step")
        if step is None or step.seconds_left is None:
            return Text("starting")
        minutes, seconds = divmod(round(step.seconds_left), 60)
        return Text(f"{step.rate:.1f} papers/s, {minutes}:{seconds:02} left")


def _print_refusal(answer: Answer) -> None:
    status = _STATUS.get(answer.status, "No answer.")
    # A notice that names the filter says as much, and more.
    told = any(notice.startswith(status.rstrip(".")) for notice in answer.notices)
    if not told:
        out.print(Text(status, style="bold"))
    if answer.missing:
        print_line(plain(answer.missing))
    if answer.sources:
        out.print("\nNearest papers:")
    for source in answer.sources:
        print_indented(plain(source.paper.title), by=2)


def _print_quotes(answer: Answer) -> None:
    from ui.leads import read_lead
    from ui.set_table import criteria_line

    by_number = {source.number: source for source in answer.sources}
    last = 0
    for sentence in answer.sentences:
        if not sentence.citations:
            if last:
                out.print()
            out.print(Text(plain(sentence.text), style="bold"))
            out.print()
            last = 0
            continue
        number = sentence.citations[0].number
        if number != last:
            if last:
                _print_silence(answer, by_number[last])
                out.print()
            print_line(_source_line(by_number[number]))
            if by_criterion := criteria_line(answer, number):
                print_line(Text(f"    {by_criterion}", style="dim"))
        led = read_lead(sentence, by_number[number])
        quote = Text(f"{plain(led)}: " if led else "", style="dim")
        quote.append(f"“{plain(sentence.text)}”", style="not dim")
        print_indented(quote, by=4)
        for citation in sentence.citations[1:]:
            print_line(
                Text("    alike in ", style="dim").append_text(_source_line(by_number[citation.number]))
            )
        last = number
    if last:
        _print_silence(answer, by_number[last])


def _print_silence(answer: Answer, source: Source) -> None:
    """Say which aspects of a comparison a paper says nothing of, below its quotes."""
    rows = answer.comparison.papers if answer.comparison else ()
    cells = (cell for row in rows if row.paper_id == source.paper.id for cell in row.cells)
    if silent := [cell.aspect for cell in cells if not cell.evidence]:
        print_line(Text(f"    {', '.join(silent)}: the abstract does not say", style="dim"))


def _print_set(answer: Answer) -> None:
    """The count, and the table of `ui.set_table`."""
    from ui.set_table import draw_set

    for sentence in answer.sentences:
        if not sentence.citations:
            out.print(Text(plain(sentence.text), style="bold"))
    for part in draw_set(answer, width=out.width):
        out.print(part)


def _print_comparison(answer: Answer, comparison: Comparison) -> None:
    """A table of aspects × papers; more papers than fit beside each other stand below each other."""
    if answer.writer != "quotes":
        prose = [s for s in answer.sentences if not s.lead]
        print_line(Text(" ").join(_sentence(sentence) for sentence in prose))
        out.print()
    sources = {source.paper.id: source for source in answer.sources}
    if len(comparison.papers) > _BESIDE:
        for row in comparison.papers:
            out.print()
            out.print(_compared_title(sources.get(row.paper_id), row.paper_id))
            _print_cells(row.cells)
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="", show_lines=False)
    table.add_column("", style="dim", no_wrap=True)
    for row in comparison.papers:
        table.add_column(_compared_title(sources.get(row.paper_id), row.paper_id), ratio=1, overflow="fold")
    for place, aspect in enumerate(comparison.aspects):
        table.add_row(aspect, *(_cell(row.cells, place) for row in comparison.papers), end_section=True)
    out.print(table)


def _print_cells(cells: Sequence[Cell]) -> None:
    table = Table(box=None, pad_edge=False, expand=True, show_header=False)
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("", ratio=1, overflow="fold")
    for place, cell in enumerate(cells):
        table.add_row(cell.aspect, _cell(cells, place))
    out.print(table)


def _compared_title(source: Source | None, paper_id: str) -> Text:
    if source is None:  # nothing of it was quoted
        return Text(plain(paper_id), style="bold")
    return Text(f"[{source.number}] ", style="cyan").append(plain(source.paper.title), style="bold not dim")


def _cell(cells: Sequence[Cell], place: int) -> Text:
    """The words of a cell; words that an earlier one of the paper showed are not printed again."""
    cell = cells[place]
    if not cell.evidence:
        return Text("the abstract does not say", style="dim")
    if cell.text:
        return Text(plain(cell.text))
    if before := shown_under(cells, place):
        return Text(f"as under {before}", style="dim")
    return Text("\n".join(f"“{plain(evidence.quote)}”" for evidence in cell.evidence))


def _print_prose(answer: Answer) -> None:
    print_line(Text(" ").join(_sentence(sentence) for sentence in answer.sentences))
    out.print()
    for source in answer.sources:
        print_line(_source_line(source))


def _sentence(sentence: Sentence) -> Text:
    text = Text(plain(marked(sentence)))
    text.highlight_regex(_MARKER, "bold cyan")
    return text


def _source_line(source: Source) -> Text:
    line = Text(f"[{source.number}] ", style="cyan")
    line.append(plain(source.paper.title), style="bold")
    verdict = source.verdict.value if source.verdict else None
    details = [d for d in (verdict, source.paper.published, source.paper.url) if d]
    line.append("".join(f"  {plain(detail)}" for detail in details), style="dim")
    return line


def _understood(question: Question) -> Iterator[str]:
    """Say what a follow-up was read as, and what a set question asks of a paper."""
    if question.text != " ".join(question.asked.split()):
        yield f"Read as: {question.text}"
    if sum(map(len, question.criteria.clauses)) > 1:
        from rag.answering.asking.criteria_line import describe

        yield f"Criteria: {describe(question.criteria)}"


def _how(answer: Answer) -> str:
    total = answer.timings_ms.get("total", 0.0)
    papers = "paper" if answer.ranking.searched == 1 else "papers"
    return f"searched {answer.ranking.searched:,} {papers}, writer {answer.writer}, {total / 1000:.1f} s"
