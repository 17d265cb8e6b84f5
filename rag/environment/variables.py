"""Every environment variable of ours, with the words that `.env.example` prints for each.

`VARIABLES` is the whole list; a test keeps it and the file equal.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: its name, its default as text, and one line of help."""

    name: str
    default: str
    help: str


VARIABLES = (
    Variable("FOOTNOTE_HOME", "", "Folder of the library. Empty: the user data folder of the system."),
    Variable(
        "FOOTNOTE_WRITER", "auto", "auto, quotes (no model) or llm. auto: llm if a key, URL or file is set."
    ),
    Variable(
        "FOOTNOTE_MODEL", "gpt-4o-mini", "Model name as the server knows it, or gguf:PATH of a model file."
    ),
    Variable(
        "FOOTNOTE_TIMEOUT",
        "",
        "Seconds to wait for the model server, at each step. Empty: 30, for a file 300.",
    ),
    Variable(
        "FOOTNOTE_PROMPT", "", "File with the instructions for the model that writes. Empty: Footnote's own."
    ),
    Variable("FOOTNOTE_CONTEXT", "", "The model's context window in tokens. Empty: 8192, for a file 4096."),
    Variable(
        "FOOTNOTE_KIND_SECONDS",
        "",
        "Seconds that it has to tell what kind of answer is asked for, where it is in doubt. 0: it is not asked. Empty: 4, for a file 0.",
    ),
    Variable(
        "FOOTNOTE_PRICE_IN",
        "",
        "US dollars for a million tokens that the model reads. Empty: unknown; a model on this machine or network is free.",
    ),
    Variable("FOOTNOTE_PRICE_OUT", "", "US dollars for a million tokens that it writes."),
    Variable(
        "FOOTNOTE_BUDGET",
        "0.25",
        "US dollars that a model may cost to judge the papers of one question, unasked.",
    ),
    Variable("FOOTNOTE_MINUTES", "5", "Minutes that it may take for that, unasked."),
    Variable("FOOTNOTE_MOST_JUDGED", "20000", "Papers that it judges for one question at the very most."),
    Variable("FOOTNOTE_REQUESTS", "", "Its requests side by side. Empty: 4, for a file 1."),
    Variable("FOOTNOTE_HOST", "127.0.0.1", "Address the page is served on. Others can reach 0.0.0.0."),
    Variable("FOOTNOTE_PORT", "7860", "Port the page is served on."),
    Variable(
        "FOOTNOTE_AUTH", "", "Who may use the page: entries of `footnote password`, by spaces. Empty: all."
    ),
    Variable("FOOTNOTE_LIMIT", "0", "Questions a minute that each user may ask. 0: no limit."),
    Variable("FOOTNOTE_ROOT_PATH", "", "Path that a proxy serves the page under, e.g. /footnote"),
    Variable(
        "FOOTNOTE_ALLOWED_HOSTS",
        "",
        "Names that the page may be asked for by, by spaces. Empty: on this machine alone, its own.",
    ),
    Variable("FOOTNOTE_THREADS", "0", "Abstracts encoded side by side. 0: one a core, or 4 at a server."),
    Variable(
        "FOOTNOTE_EMBEDDINGS",
        "",
        "Model of the vectors: bundled, openai:NAME or sentence-transformers:NAME. Empty: the library's own.",
    ),
    Variable("FOOTNOTE_EMBEDDINGS_URL", "", "URL of the embeddings server. Empty: OPENAI_BASE_URL."),
    Variable(
        "FOOTNOTE_EMBEDDINGS_KEY",
        "",
        "Its key. Empty: OPENAI_API_KEY, but never for an address in FOOTNOTE_EMBEDDINGS_URL.",
    ),
    Variable(
        "FOOTNOTE_RERANK",
        "",
        "Re-ranker: the URL of a /rerank endpoint, cross-encoder:NAME or llm. Empty: none.",
    ),
    Variable("FOOTNOTE_RERANK_MODEL", "", "Model name for a /rerank server that has several."),
    Variable("FOOTNOTE_RERANK_KEY", "", "Key of the /rerank server."),
    Variable("FOOTNOTE_RERANK_DEPTH", "50", "Number of best papers that the re-ranker orders anew."),
    Variable("OPENAI_API_KEY", "", "Key of the model server. Not needed for local servers."),
    Variable("OPENAI_BASE_URL", "", "URL of an OpenAI-compatible server, e.g. http://127.0.0.1:11434/v1"),
)


def render_env_example() -> str:
    """Return the text of `.env.example`: every variable, its help, and its default.

    >>> "FOOTNOTE_PORT=7860" in render_env_example()
    True
    """
    head = "# Copy to .env and change what you need; every line may be left out.\n"
    return head + "".join(f"\n# {v.help}\n{v.name}={v.default}\n" for v in VARIABLES)
