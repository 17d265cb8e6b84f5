"""The variables of the page, and of the servers that make vectors or re-rank."""

from __future__ import annotations

from collections.abc import Mapping

from rag.environment.values import api_key, number, web_address, whole_number
from rag.errors import SettingsError
from rag.settings import EmbeddingSettings, Endpoint, RerankSettings, ServerSettings, check_embeddings


def read_page(values: Mapping[str, str]) -> ServerSettings:
    """Return where the page is served, and to whom.

    Raises:
        SettingsError: a variable of it cannot be used.
    """
    return ServerSettings(
        host=values["FOOTNOTE_HOST"],
        port=whole_number(values, "FOOTNOTE_PORT", low=1, high=65_535),
        users=_users(values),
        limit=whole_number(values, "FOOTNOTE_LIMIT", low=0, high=100_000),
        root_path=_root_path(values),
        hosts=tuple(values["FOOTNOTE_ALLOWED_HOSTS"].lower().split()),
    )


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


def read_embeddings(values: Mapping[str, str]) -> EmbeddingSettings:
    """Return the model of the vectors, and the server that an `openai:` one is asked of.

    Raises:
        SettingsError: a variable of it cannot be used.
    """
    return EmbeddingSettings(
        model=check_embeddings(values["FOOTNOTE_EMBEDDINGS"], "FOOTNOTE_EMBEDDINGS"),
        server=_embeddings_server(values),
    )


def _embeddings_server(values: Mapping[str, str]) -> Endpoint:
    """The server of the vectors. A key is only ever sent to the address that it was given for."""
    like = "http://127.0.0.1:11434/v1"
    own = web_address(values, "FOOTNOTE_EMBEDDINGS_URL", like=like)
    url = own or web_address(values, "OPENAI_BASE_URL", like=like) or "https://api.openai.com/v1"
    has_own_key = own or values["FOOTNOTE_EMBEDDINGS_KEY"]
    key_variable = "FOOTNOTE_EMBEDDINGS_KEY" if has_own_key else "OPENAI_API_KEY"
    return Endpoint(
        service="embeddings",
        url=url.rstrip("/"),
        timeout=_seconds(values),
        url_variable="FOOTNOTE_EMBEDDINGS_URL" if own else "OPENAI_BASE_URL",
        key_variable=key_variable,
        key=api_key(values, key_variable),
    )


def read_rerank(values: Mapping[str, str]) -> RerankSettings:
    """Return who orders the best papers anew.

    Raises:
        SettingsError: the address or a number cannot be used.
    """
    choice = values["FOOTNOTE_RERANK"]
    depth = whole_number(values, "FOOTNOTE_RERANK_DEPTH", low=1, high=1_000)
    prefix, _, name = choice.partition(":")
    if choice in ("", "llm"):
        return RerankSettings(kind="llm" if choice else "none", name="", server=None, depth=depth)
    if prefix == "cross-encoder" and name.strip():
        return RerankSettings(kind="cross-encoder", name=name, server=None, depth=depth)
    server = Endpoint(
        service="re-ranking",
        url=web_address(
            values, "FOOTNOTE_RERANK", like="http://127.0.0.1:8080/rerank, cross-encoder:NAME or llm"
        )
        or "",
        timeout=_seconds(values),
        url_variable="FOOTNOTE_RERANK",
        key_variable="FOOTNOTE_RERANK_KEY",
        key=api_key(values, "FOOTNOTE_RERANK_KEY"),
    )
    return RerankSettings(kind="server", name=values["FOOTNOTE_RERANK_MODEL"], server=server, depth=depth)


def _seconds(values: Mapping[str, str]) -> float:
    given = {"FOOTNOTE_TIMEOUT": values["FOOTNOTE_TIMEOUT"] or "30"}
    return number(given, "FOOTNOTE_TIMEOUT", low=0.1, high=3_600)
