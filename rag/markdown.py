"""An answer as Markdown, to read and to paste: sentences with their footnotes, a set or a comparison as tables. Pure.

Titles, names and abstracts are foreign text: what CommonMark takes for marks in them is escaped, so that none
becomes a link, a heading or a cell of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rag.contracts import answer_text, marked
from rag.set_columns import Column, verdict_columns
from rag.types import Answer, Cell, Comparison, PaperId, Source

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!]|&(?=#?\w+;))")
_ITEM = re.compile(r"^(\d{0,9})([-+.)])(?=\s|$)")  # "- a", "1. a": what would begin a list


def write_markdown(answer: Answer) -> str:
    """The question, the sentences with their footnotes, and each paper with the words it was cited for.

    A set is a table under its count, by theme where it is long; its words stand with the papers below it. A comparison
    is a table of aspects and papers, with what the abstracts do not say.
    """
    parts = [f"## {_plain(answer.question.asked)}"]
    judged = [source for source in answer.sources if source.verdict]
    if judged:
        parts += [_plain(sentence.text) for sentence in answer.sentences if not sentence.citations]
        parts += _set_tables(answer, judged)
    elif answer.comparison:
        parts += [_comparison_prose(answer, answer.comparison), _comparison_table(answer, answer.comparison)]
    else:
        parts += [_plain(line, footnotes=True) for line in answer_text(answer).splitlines()]
    if not answer.sentences:
        parts.append(f"*{answer.status.words.capitalize()}.*")
        parts += ["Nearest papers:"] if answer.sources else []
    parts.append("\n".join(_markdown_source(source) for source in answer.sources))
    return "\n\n".join(part for part in parts if part) + "\n"


def _set_tables(answer: Answer, judged: Sequence[Source]) -> Iterator[str]:
    """A table a theme, each under its name; one table where there are no themes."""
    columns = verdict_columns(answer)
    themed = {paper for theme in answer.themes for paper in theme.papers}
    groups = [(theme.name, set(theme.papers)) for theme in answer.themes]
    groups.append(("", {source.paper.id for source in judged} - themed))
    for name, papers in groups:
        rows = [source for source in judged if source.paper.id in papers]
        if rows:
            yield f"### {_plain(name)}" if name else ""
            yield _table(rows, columns)


def _table(rows: Sequence[Source], columns: Sequence[Column]) -> str:
    headings = ("", "paper", "year", "verdict", *(_plain(column.heading) for column in columns))
    lines = [headings, ["---"] * len(headings)]
    for source in rows:
        paper = source.paper
        verdicts = (column.cells.get(paper.id, "") for column in columns)
        known = (str(source.number), _plain(paper.title), _plain((paper.published or "")[:4]))
        lines.append((*known, source.verdict.value if source.verdict else "", *verdicts))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _comparison_prose(answer: Answer, comparison: Comparison) -> str:
    """What a model says of how papers differ; what stands in a cell is left to the table."""
    rows = comparison.papers
    told = {cell.text for row in rows for cell in row.cells}
    told |= {evidence.quote for row in rows for cell in row.cells for evidence in cell.evidence}
    return " ".join(_plain(marked(s), footnotes=True) for s in answer.sentences if s.text not in told)


def _comparison_table(answer: Answer, comparison: Comparison) -> str:
    sources = {source.paper.id: source for source in answer.sources}
    titles = {ranked.paper.id: ranked.paper.title for ranked in answer.ranking.papers}
    heads = [_compared(row.paper_id, sources, titles) for row in comparison.papers]
    lines = [["", *heads], ["---"] * (len(heads) + 1)]
    for place, aspect in enumerate(comparison.aspects):
        lines.append([_plain(aspect), *(_said(row.cells[place]) for row in comparison.papers)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _compared(paper_id: PaperId, sources: Mapping[PaperId, Source], titles: Mapping[PaperId, str]) -> str:
    """The title of a compared paper with its footnote, which one that says nothing has not."""
    source = sources.get(paper_id)
    return (
        f"{_plain(source.paper.title)} [{source.number}]"
        if source
        else _plain(titles.get(paper_id, paper_id))
    )


def _said(cell: Cell) -> str:
    if not cell.evidence:
        return "*the abstract does not say*"
    return _plain(cell.text) if cell.text else " ".join(f"“{_plain(one.quote)}”" for one in cell.evidence)


def _markdown_source(source: Source) -> str:
    paper = source.paper
    title = _plain(paper.title)
    linked = f"[{title}](<{paper.url}>)" if _is_web(paper.url) else title
    details = ", ".join(_plain(part) for part in (*paper.authors[:4], paper.published or "") if part)
    quotes = "".join(f"\n    > {_plain(evidence.quote)}\n" for evidence in source.evidence)
    return f"{source.number}. {linked}{f' ({details})' if details else ''}\n{quotes}"


def _is_web(url: str | None) -> bool:
    return bool(url and re.fullmatch(r"https?://[^\s<>]+", url))


def _plain(text: str, *, footnotes: bool = False) -> str:
    """Text that Markdown shows as it stands; `[1]` at the end of a sentence may stay as it is."""
    escaped = _ITEM.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", escaped) if footnotes else escaped
