"""Settings: one small frozen record a stage. `rag.environment` reads them from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from rag.errors import SettingsError


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How the model server is reached. `timeout` in seconds, `context` in tokens.

    `file` is a model to be loaded into this process; no server is contacted then. `instructions` take the
    place of Footnote's own, if there are any. `kind_seconds` is the time to tell the kind of a question, 0 for
    not asking. The key is kept out of the representation, so that it cannot reach a log.
    """

    name: str
    file: Path | None
    base_url: str | None
    timeout: float
    context: int
    _key: str
    instructions: str = field(default="", repr=False)
    kind_seconds: float = 0.0

    @property
    def key(self) -> str:
        """The key, or a word that satisfies the client where a local server needs none."""
        return self._key or "no-key"

    def __repr__(self) -> str:
        host = urlsplit(self.base_url).hostname if self.base_url else None  # an address may hold a password
        return f"ModelSettings(name={self.name!r}, host={host!r})"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that takes JSON: its address without a last slash, and seconds to wait for a reply.

    `service` names it in messages, `url_variable` and `key_variable` are the settings to check. The
    key, and the address that may hold a password, are kept out of the representation, so that they cannot
    reach a log.
    """

    service: str
    url: str = field(repr=False)
    timeout: float
    url_variable: str
    key_variable: str
    key: str = field(repr=False)

    @property
    def where(self) -> str:
        """The server without its path, query or credentials."""
        return f"the {self.service} server {urlsplit(self.url).hostname}"


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Which model makes the vectors; `model` is empty where the library decides.

    `server` is where a model whose name begins with `openai:` is asked for.
    """

    model: str
    server: Endpoint


@dataclass(frozen=True, slots=True)
class RerankSettings:
    """Which re-ranker orders the `depth` best papers anew.

    `name` is the model's, as the server or sentence-transformers knows it; empty if there is nothing
    to choose. `server` is there for the kind `server` alone.
    """

    kind: Literal["none", "server", "cross-encoder", "llm"]
    name: str
    server: Endpoint | None
    depth: int


@dataclass(frozen=True, slots=True)
class WordingSettings:
    """Which rules word the search; see `rag.retrieval.wording`.

    Short forms are spelled out for questions that many papers answer, and only there.
    """

    leave_out: bool = True
    mend_slips: bool = True
    spell_out: bool = True


@dataclass(frozen=True, slots=True)
class FeatureWeights:
    """What each feature counts beside the fused score of the first ranking; see `rag.retrieval.refining`.

    `related` is the weight of the thesaurus's words within that score; see `rag.retrieval.first_ranking`.
    """

    related: float = 0.0
    late: float = 0.6
    words: float = 0.0
    vector: float = 0.0
    neighbours: float = 0.0
    match: float = 0.0


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Weights and depths of the ranking; see `rag.retrieval.fusion` and `refining` for what they mean.

    Depths are numbers of papers, passages and results; `swept` papers are judged one by one for a set
    question. `many_papers` holds for questions that many papers answer, `one_paper` for all others. What was
    measured for each: `docs/retrieval.md`.
    """

    lexical_weight: float = 0.8
    paper_weight: float = 0.6
    passage_weight: float = 0.6
    lexical_depth: int = 600
    paper_depth: int = 600
    passage_depth: int = 1_500
    refined: int = 100
    swept: int = 1_000
    limit: int = 50
    one_paper: FeatureWeights = FeatureWeights(late=0.8, match=1.0)
    many_papers: FeatureWeights = FeatureWeights(related=0.8, words=0.4, vector=0.3, neighbours=0.3)
    wording: WordingSettings = WordingSettings()


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens that a model reads, and for a million that it writes."""

    prompt: float
    completion: float


@dataclass(frozen=True, slots=True)
class JudgingSettings:
    """How papers are put to a model for a set question, and what that may take unless the reader agrees to more.

    `prices` None are unknown. `budget` is in US dollars, `minutes` are minutes, both for one question;
    without prices `unpriced` papers are judged unasked. Of no question more than `most` papers are judged, whoever
    agrees. `requests` run side by side, each with `batch` papers; one that a server refuses because it is busy is
    followed by a `pause` in seconds.
    """

    prices: Prices | None
    budget: float
    minutes: float
    most: int
    requests: int
    batch: int
    unpriced: int = 1_000
    pause: float = 10.0


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the page is served, and to whom.

    `users` are pairs of a name and a hashed password, kept out of the representation; none means
    everybody. `limit` is in questions a minute for each user, 0 for none. `root_path` is empty or
    begins with a slash and ends without one. `hosts` are the names in lower case that requests may be for;
    none leaves it to where the page is served.
    """

    host: str
    port: int
    users: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    limit: int = 0
    root_path: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run. `threads` is the number of abstracts encoded side by side, 0 one a core."""

    home: Path
    writer: Literal["quotes", "llm"]
    model: ModelSettings
    retrieval: RetrievalSettings
    judging: JudgingSettings
    server: ServerSettings
    threads: int
    embeddings: EmbeddingSettings
    rerank: RerankSettings

    @property
    def writer_name(self) -> str:
        """How answers name who writes them: `quotes`, or `llm:` and the model's name."""
        return f"llm:{self.model.name}" if self.writer == "llm" else self.writer

    def with_embeddings(self, model: str) -> Settings:
        """Return the same settings with another model for the vectors.

        Raises:
            SettingsError: the name is not one of the three forms.
        """
        return replace(
            self, embeddings=replace(self.embeddings, model=check_embeddings(model, "--embeddings"))
        )


def check_embeddings(text: str, variable: str) -> str:
    """Return the name of a model for the vectors as it is.

    Raises:
        SettingsError: it is not one of the three forms; the message names the `variable`.
    """
    kind, _, name = text.partition(":")
    if text in ("", "bundled") or (kind in ("openai", "sentence-transformers") and name.strip()):
        return text
    raise SettingsError(
        f"{variable} is {text!r}; set it to bundled, openai:NAME or sentence-transformers:NAME"
    )
