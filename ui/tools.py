"""The tools of the MCP server, which Gradio serves: ask, search, papers, with the records of `--json`.

Gradio reads the tools' descriptions out of the docstrings.
"""

from __future__ import annotations

from typing import Any

from gradio.events import api

from ui.api import answer_question, list_papers, search_papers
from ui.chat import Desk

_MOST = 100


def bind_tools(desk: Desk) -> None:
    """Add the tools to the page that is being laid out."""

    async def ask(question: str, conversation: str = "") -> dict[str, Any]:
        """Answer a question from the library of paper abstracts; each sentence cites exact words.

        Args:
            question: A question in plain words, such as "which papers combine local and global features?"
            conversation: For a follow-up: the field `conversation` of the last answer, as it is.
        """
        return await answer_question(desk, question, conversation=conversation)

    def search(query: str, k: int = 10) -> list[dict[str, Any]]:
        """Rank the papers of the library for a query, with the words that fit best.

        Args:
            query: What to look for.
            k: Number of papers, at most 100.
        """
        return search_papers(desk, query, k=max(1, min(k, _MOST)))

    def papers(words: str = "", offset: int = 0) -> dict[str, Any]:
        """List papers of the library with their abstracts, 50 at a time.

        Args:
            words: Words that a paper must hold in title, authors or abstract.
            offset: How many papers to leave out before the first.
        """
        return list_papers(desk, words, offset=max(0, offset), limit=50)

    for tool in (ask, search, papers):
        api(tool, api_name=tool.__name__)
