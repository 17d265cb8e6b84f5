"""What a visitor may choose, and where a key may go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.environment.reading import read_settings
from rag.errors import SettingsError
from ui.choice import Choice, choose, read_choice

_SERVED = {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_API_KEY": "ours", "FOOTNOTE_TIMEOUT": "7"}


def test_no_choice_keeps_the_settings() -> None:
    settings = read_settings(_SERVED)
    assert choose(settings, read_choice("")) == settings


def test_a_model_and_a_key_are_used_at_the_address_that_is_served() -> None:
    chosen = choose(read_settings(_SERVED), Choice(model="small-one", key="theirs")).model
    assert (chosen.name, chosen.base_url, chosen.key) == ("small-one", _SERVED["OPENAI_BASE_URL"], "theirs")
    assert chosen.timeout == 7


def test_the_servers_key_does_not_go_to_another_address() -> None:
    chosen = choose(read_settings(_SERVED), Choice(endpoint="http://127.0.0.1:2/v1")).model
    assert (chosen.base_url, chosen.key) == ("http://127.0.0.1:2/v1", "no-key")


def test_quoting_can_be_chosen_where_a_model_is_served() -> None:
    settings = read_settings(_SERVED)
    assert settings.writer == "llm"
    assert choose(settings, Choice(writer="quotes")).writer == "quotes"


@pytest.mark.parametrize(
    "group",
    [
        {"FOOTNOTE_HOST": "10.0.0.2"},
        {"FOOTNOTE_ROOT_PATH": "/foot"},
        {"FOOTNOTE_ALLOWED_HOSTS": "papers.example"},
        {"FOOTNOTE_AUTH": "ada:scrypt.a.b"},
    ],
    ids=["network", "proxy", "names", "users"],
)
@pytest.mark.parametrize(
    "choice",
    [Choice(endpoint="http://10.0.0.1/"), Choice(model="gguf:/etc/hostname"), Choice(model=" GGUF:~/a.gguf")],
    ids=["address", "file", "file, otherwise written"],
)
def test_a_server_for_others_calls_no_address_of_theirs_and_opens_no_file(
    group: dict[str, str], choice: Choice
) -> None:
    settings = read_settings({**_SERVED, **group})
    with pytest.raises(SettingsError, match="only on the machine itself"):
        choose(settings, choice)


def test_another_model_is_asked_for_the_kind_of_a_question_no_longer_than_the_server_says() -> None:
    settings = read_settings({**_SERVED, "FOOTNOTE_KIND_SECONDS": "0"})
    assert choose(settings, Choice(model="small-one")).model.kind_seconds == 0


def test_depth_limits_the_papers_of_an_answer_and_nothing_else() -> None:
    settings = read_settings(_SERVED)
    chosen = choose(settings, Choice(depth=3))
    assert chosen.retrieval.limit == 3
    assert replace(chosen, retrieval=settings.retrieval) == settings


@pytest.mark.parametrize(
    "record",
    ["{", "[]", '{"depth": 0}', '{"depth": 100000}', '{"writer": "ghost"}', '{"key": 7, "model": "secret"}'],
)
def test_what_is_no_choice_is_refused_without_showing_it(record: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_choice(record)
    assert "secret" not in str(caught.value)


def test_a_key_is_not_shown() -> None:
    assert "theirs" not in repr(Choice(key="theirs"))


def test_an_endpoint_that_is_no_address_is_refused_in_the_words_of_the_page() -> None:
    with pytest.raises(SettingsError, match=r"^the endpoint in the settings is no web address"):
        choose(read_settings(_SERVED), Choice(endpoint="kelp"))
