"""A name said in passing: in whose place it stands, and when it stands in none."""

from __future__ import annotations

import pytest

from rag.answering.asking.replacing import replaced
from rag.types import Conversation, Kind


@pytest.mark.parametrize(
    ("last", "said", "read"),
    [
        ("how does OwlNet work?", "and WrenNet?", "how does WrenNet work?"),
        ("how does OwlNet work?", "what about WrenNet v2?", "how does WrenNet v2 work?"),
        ("does it need labels?", "how about WrenNet?", "does WrenNet need labels?"),
        ("which papers mention OWL-10?", "and CIFAR-100?", "which papers mention CIFAR-100?"),
        ("how many papers mention OWL-10?", "or WREN?", "how many papers mention OWL-10 or WREN?"),
        ("which papers use drums?", "and the songs of owls?", ""),
        ("which papers use drums?", "what about wind instruments?", "which papers use wind instruments?"),
        ("which papers use drums?", "and LSTMs?", "which papers use LSTMs?"),
        ("how does OwlNet work?", "and the v2?", "how does OwlNet v2 work?"),
        ("what data did the drum one use?", "and the owl one?", "what data did the owl one use?"),
        ("what did the drum paper train on?", "and the OwlBERT one?", "what did the OwlBERT one train on?"),
        ("papers on drums", "sorry, I meant owls at night", "papers on owls at night"),
        ("does size help?", "for owls I mean", "does size help for owls"),
        ("which papers hear owls?", "and federated?", ""),
    ],
)
def test_it_takes_the_place_of_the_name_before(last: str, said: str, read: str) -> None:
    assert replaced(said, Conversation(last, Kind.LIST)) == read


def test_what_was_to_be_explained_is_replaced_whole() -> None:
    asked = Conversation("what are owl songs?", Kind.FACT)
    assert replaced("no, I meant the calls of larks", asked) == "what are the calls of larks"


@pytest.mark.parametrize("said", ["and the LarkNet one?", "what about LarkNet?"])
def test_a_name_of_one_takes_the_place_of_the_name(said: str) -> None:
    asked = Conversation("how does OwlNet work", Kind.EXPLAIN)
    assert replaced(said, asked) == "how does LarkNet work"


def test_several_words_are_a_name_by_one_that_is_no_common_one() -> None:
    asked = Conversation("how does OwlNet work", Kind.EXPLAIN)
    assert replaced("and strigiform ears?", asked) == "how does strigiform ears work"
    assert not replaced("and image quality?", asked)


@pytest.mark.parametrize("said", ["and wrennet?", "no, I meant the wrennet", "wrennet I mean"])
def test_a_word_that_is_no_common_one_is_a_name_in_small_letters(said: str) -> None:
    asked = Conversation("how does OwlNet work", Kind.EXPLAIN)
    assert replaced(said, asked) == "how does wrennet work"


def test_beside_two_that_are_compared_it_is_a_third() -> None:
    pair = Conversation("compare OwlNet and WrenNet", Kind.COMPARE)
    assert replaced("and LarkNet?", pair) == "compare OwlNet and WrenNet and LarkNet"


@pytest.mark.parametrize(
    "said",
    [
        "and on WREN-10?",
        "and why?",
        "and the results?",
        "and in 2023?",
        "WrenNet",
        "and which use WrenNet?",
        "what about its data set?",
        "and practice?",
        "and the second one?",
        "I mean what is its loss?",
    ],
)
def test_what_is_no_name_alone_takes_no_place(said: str) -> None:
    assert not replaced(said, Conversation("how does OwlNet work?", Kind.EXPLAIN))


def test_of_two_names_none_is_replaced() -> None:
    asked = Conversation("what does OwlNet reach on WREN-10?", Kind.FACT)
    assert not replaced("and LarkNet?", asked)
