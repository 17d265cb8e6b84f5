"""Settings: one small frozen record a stage, read once from the environment.

This is the only module that reads environment variables. `VARIABLES` is the whole list, with the
words that `.env.example` prints for each; a test keeps the two equal. A `.env` file in the current
folder is read too; the real environment wins.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from platformdirs import user_data_path

from rag.errors import SettingsError


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
        "Seconds that it has to tell what kind of answer is asked for, where the rules are unsure. 0: it is not asked. Empty: 4, for a file 0.",
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
# A model on this machine's own cores reads slowly: fewer sources, more patience.
_ON_A_SERVER = {
    "FOOTNOTE_TIMEOUT": "30",
    "FOOTNOTE_CONTEXT": "8192",
    "FOOTNOTE_KIND_SECONDS": "4",
    "FOOTNOTE_REQUESTS": "4",
}
_IN_THIS_PROCESS = {
    "FOOTNOTE_TIMEOUT": "300",
    "FOOTNOTE_CONTEXT": "4096",
    "FOOTNOTE_KIND_SECONDS": "0",
    "FOOTNOTE_REQUESTS": "1",
}
# Papers a request: on a server, so many that the instructions cost little beside them; in this process, so few
# that something is found soon.
_MANY_AT_ONCE, _FEW_AT_ONCE = 10, 3


_LONGEST_PROMPT = 10_000


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How the model server is reached. `timeout` in seconds, `context` in tokens.

    `file` is a model to be loaded into this process; no server is contacted then. `instructions` take the
    place of Footnote's own, if there are any. `kind_seconds` is the time to tell the kind of a question, 0 for
    not asking. The key is kept out of the representation, so that it cannot
    reach a log.
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
        return f"ModelSettings(name={self.name!r}, base_url={self.base_url!r})"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that takes JSON: its address without a last slash, and seconds to wait for a reply.

    `service` names it in messages, `url_variable` and `key_variable` are the settings to check. The
    key is kept out of the representation, so that it cannot reach a log.
    """

    service: str
    url: str
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
    """What each feature counts beside the fused score of the first ranking; see `rag.retrieval.refining`."""

    late: float = 0.6
    words: float = 0.0
    vector: float = 0.0
    neighbours: float = 0.0


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """Weights and depths of the ranking; see `rag.retrieval.fusion` and `refining` for what they mean.

    Depths are numbers of papers, passages and results; `swept` papers are judged one by one for a set
    question. `many_papers` holds for questions that many
    papers answer, `one_paper` for all others. What was measured for each: `docs/retrieval.md`.
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
    one_paper: FeatureWeights = FeatureWeights(late=0.8)
    many_papers: FeatureWeights = FeatureWeights(words=0.4, vector=0.3, neighbours=0.5)
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

    def with_embeddings(self, model: str) -> Settings:
        """Return the same settings with another model for the vectors.

        Raises:
            SettingsError: the name is not one of the three forms.
        """
        return replace(
            self, embeddings=replace(self.embeddings, model=_embeddings_model(model, "--embeddings"))
        )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Parse settings out of an environment mapping.

    Raises:
        SettingsError: a value cannot be used; the message names the variable.
    """
    values = {v.name: environment.get(v.name, "").strip() or v.default for v in VARIABLES}
    return Settings(
        home=_home(values),
        writer=_writer(values),
        model=_model(values),
        retrieval=RetrievalSettings(),
        judging=_judging(values),
        server=ServerSettings(
            host=values["FOOTNOTE_HOST"],
            port=_whole(values, "FOOTNOTE_PORT", low=1, high=65_535),
            users=_users(values),
            limit=_whole(values, "FOOTNOTE_LIMIT", low=0, high=100_000),
            root_path=_root_path(values),
            hosts=tuple(values["FOOTNOTE_ALLOWED_HOSTS"].lower().split()),
        ),
        threads=_whole(values, "FOOTNOTE_THREADS", low=0, high=256),
        embeddings=EmbeddingSettings(
            model=_embeddings_model(values["FOOTNOTE_EMBEDDINGS"], "FOOTNOTE_EMBEDDINGS"),
            server=_embeddings_server(values),
        ),
        rerank=_rerank(values),
    )


def environment_with_dotenv(folder: Path) -> dict[str, str]:
    """Return the process environment over the values of `folder/.env`, without changing either.

    Raises:
        SettingsError: the file is there and cannot be read.
    """
    path = folder / ".env"
    try:
        dotenv = {k: v for k, v in dotenv_values(path).items() if v is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read ({error}); save it as UTF-8 text") from error
    return {**dotenv, **os.environ}


def render_env_example() -> str:
    """Return the text of `.env.example`: every variable, its help, and its default.

    >>> "FOOTNOTE_PORT=7860" in render_env_example()
    True
    """
    head = "# Copy to .env and change what you need; every line may be left out.\n"
    return head + "".join(f"\n# {v.help}\n{v.name}={v.default}\n" for v in VARIABLES)


def _home(values: Mapping[str, str]) -> Path:
    if not values["FOOTNOTE_HOME"]:
        return user_data_path("footnote", appauthor=False)
    return _path(values["FOOTNOTE_HOME"], "FOOTNOTE_HOME", what="folder")


def _path(written: str, name: str, *, what: str) -> Path:
    try:
        return Path(written).expanduser()
    except RuntimeError:
        raise SettingsError(f"{name} is {written!r}, which names no user; set it to a {what}") from None


def _model(values: Mapping[str, str]) -> ModelSettings:
    file = _model_file(values)
    given = _by_place(values)
    return ModelSettings(
        name=file.stem if file else values["FOOTNOTE_MODEL"],
        file=file,
        base_url=_url(values, "OPENAI_BASE_URL", like="http://127.0.0.1:11434/v1"),
        timeout=_number(given, "FOOTNOTE_TIMEOUT", low=0.1, high=3_600),
        context=_whole(given, "FOOTNOTE_CONTEXT", low=1_500, high=10_000_000),
        _key=values["OPENAI_API_KEY"],
        instructions=_instructions(values),
        kind_seconds=_number(given, "FOOTNOTE_KIND_SECONDS", low=0, high=3_600),
    )


def _instructions(values: Mapping[str, str]) -> str:
    if not values["FOOTNOTE_PROMPT"]:
        return ""
    path = _path(values["FOOTNOTE_PROMPT"], "FOOTNOTE_PROMPT", what="file")
    try:
        written = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"FOOTNOTE_PROMPT is {path}, which cannot be read; save it as UTF-8 text"
        ) from error
    if not 0 < len(written) <= _LONGEST_PROMPT:
        raise SettingsError(f"FOOTNOTE_PROMPT is {path}; it must hold 1 to {_LONGEST_PROMPT:,} characters")
    return written


def _by_place(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values whose defaults depend on where the model is."""
    defaults = _IN_THIS_PROCESS if _model_file(values) else _ON_A_SERVER
    return {name: values[name] or default for name, default in defaults.items()}


def _judging(values: Mapping[str, str]) -> JudgingSettings:
    return JudgingSettings(
        prices=_prices(values),
        budget=_number(values, "FOOTNOTE_BUDGET", low=0, high=1_000_000),
        minutes=_number(values, "FOOTNOTE_MINUTES", low=0, high=100_000),
        most=_whole(values, "FOOTNOTE_MOST_JUDGED", low=0, high=1_000_000),
        requests=_whole(_by_place(values), "FOOTNOTE_REQUESTS", low=1, high=64),
        batch=_FEW_AT_ONCE if _model_file(values) else _MANY_AT_ONCE,
    )


def _prices(values: Mapping[str, str]) -> Prices | None:
    names = ("FOOTNOTE_PRICE_IN", "FOOTNOTE_PRICE_OUT")
    missing = [name for name in names if not values[name]]
    if len(missing) == 1:
        raise SettingsError(f"{missing[0]} is empty, and the other price is not; set both, or none")
    if missing:
        return Prices(0.0, 0.0) if _is_near(values) else None
    prompt, completion = (_number(values, name, low=0, high=100_000) for name in names)
    return Prices(prompt, completion)


def _is_near(values: Mapping[str, str]) -> bool:
    """Tell whether the model is a file, or its server is on this machine or in a private network."""
    host = urlsplit(values["OPENAI_BASE_URL"]).hostname or ""
    try:
        return bool(_model_file(values)) or ipaddress.ip_address(host).is_private
    except ValueError:  # a name
        return host == "localhost"


def _model_file(values: Mapping[str, str]) -> Path | None:
    scheme, _, path = values["FOOTNOTE_MODEL"].partition(":")
    if scheme.lower() != "gguf":
        return None
    if not path:
        raise SettingsError("FOOTNOTE_MODEL names no file; set it to gguf:PATH")
    return _path(path, "FOOTNOTE_MODEL", what="file")


def _url(values: Mapping[str, str], name: str, *, like: str) -> str | None:
    url = values[name]
    try:
        parts = urlsplit(url)
        usable = not url or (parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
    except ValueError:  # a port that is no number, say
        usable = False
    if not usable:  # it may hold a password, so it is not shown
        raise SettingsError(f"{name} is no web address; set it to one like {like}")
    return url or None


def _embeddings_model(text: str, variable: str) -> str:
    kind, _, name = text.partition(":")
    if text in ("", "bundled") or (kind in ("openai", "sentence-transformers") and name.strip()):
        return text
    raise SettingsError(
        f"{variable} is {text!r}; set it to bundled, openai:NAME or sentence-transformers:NAME"
    )


def _embeddings_server(values: Mapping[str, str]) -> Endpoint:
    """The server of the vectors. A key is only ever sent to the address that it was given for."""
    like = "http://127.0.0.1:11434/v1"
    own = _url(values, "FOOTNOTE_EMBEDDINGS_URL", like=like)
    url = own or _url(values, "OPENAI_BASE_URL", like=like) or "https://api.openai.com/v1"
    has_own_key = own or values["FOOTNOTE_EMBEDDINGS_KEY"]
    key_variable = "FOOTNOTE_EMBEDDINGS_KEY" if has_own_key else "OPENAI_API_KEY"
    return Endpoint(
        service="embeddings",
        url=url.rstrip("/"),
        timeout=_seconds(values),
        url_variable="FOOTNOTE_EMBEDDINGS_URL" if own else "OPENAI_BASE_URL",
        key_variable=key_variable,
        key=_key(values, key_variable),
    )


def _rerank(values: Mapping[str, str]) -> RerankSettings:
    choice = values["FOOTNOTE_RERANK"]
    depth = _whole(values, "FOOTNOTE_RERANK_DEPTH", low=1, high=1_000)
    prefix, _, name = choice.partition(":")
    if choice in ("", "llm"):
        return RerankSettings(kind="llm" if choice else "none", name="", server=None, depth=depth)
    if prefix == "cross-encoder" and name.strip():
        return RerankSettings(kind="cross-encoder", name=name, server=None, depth=depth)
    server = Endpoint(
        service="re-ranking",
        url=_url(values, "FOOTNOTE_RERANK", like="http://127.0.0.1:8080/rerank, cross-encoder:NAME or llm")
        or "",
        timeout=_seconds(values),
        url_variable="FOOTNOTE_RERANK",
        key_variable="FOOTNOTE_RERANK_KEY",
        key=_key(values, "FOOTNOTE_RERANK_KEY"),
    )
    return RerankSettings(kind="server", name=values["FOOTNOTE_RERANK_MODEL"], server=server, depth=depth)


def _seconds(values: Mapping[str, str]) -> float:
    given = {"FOOTNOTE_TIMEOUT": values["FOOTNOTE_TIMEOUT"] or "30"}
    return _number(given, "FOOTNOTE_TIMEOUT", low=0.1, high=3_600)


def _key(values: Mapping[str, str], name: str) -> str:
    if not (values[name].isascii() and values[name].isprintable()):
        raise SettingsError(f"{name} holds a character that no key has; copy it again")
    return values[name]


def _users(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = [entry.partition(":") for entry in values["FOOTNOTE_AUTH"].split()]
    if not all(name and hashed.startswith("scrypt.") for name, _, hashed in pairs):
        raise SettingsError("FOOTNOTE_AUTH has an entry that is none; make one with: footnote password NAME")
    return tuple((name, hashed) for name, _, hashed in pairs)


def _root_path(values: Mapping[str, str]) -> str:
    path = values["FOOTNOTE_ROOT_PATH"].rstrip("/")
    if path and not path.startswith("/"):
        raise SettingsError(f"FOOTNOTE_ROOT_PATH is {path!r}; set it to a path like /footnote")
    return path


def _writer(values: Mapping[str, str]) -> Literal["quotes", "llm"]:
    choice = values["FOOTNOTE_WRITER"].lower()
    match choice:
        case "auto":
            asked = values["OPENAI_API_KEY"] or values["OPENAI_BASE_URL"] or _model_file(values)
            return "llm" if asked else "quotes"
        case "quotes" | "llm":
            return choice
        case _:
            raise SettingsError(f"FOOTNOTE_WRITER is {choice!r}; set it to auto, quotes or llm")


def _number(values: Mapping[str, str], name: str, *, low: float, high: float) -> float:
    try:
        number = float(values[name])
    except ValueError:
        raise SettingsError(f"{name} is {values[name]!r}; set it to a number") from None
    if not low <= number <= high:
        raise SettingsError(f"{name} is {values[name]}; set it to a number from {low:g} to {high:g}")
    return number


def _whole(values: Mapping[str, str], name: str, *, low: int, high: int) -> int:
    number = _number(values, name, low=low, high=high)
    if not number.is_integer():
        raise SettingsError(f"{name} is {values[name]}; set it to a whole number")
    return int(number)
