"""Questions that hold a cue of another kind, but ask something of one paper, of a claim, or of the library."""

from __future__ import annotations

import pytest

from rag.answering.asking.intent import read_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("does slow pruning work for owls", "fact"),
        ("can OwlNet (the small one) work with audio?", "fact"),
        ("do any papers work on owls?", "list"),
        ("does anyone work on owls?", "list"),
        ("what did the paper on owls versus wrens find?", "fact"),
        ("what does the owls vs wrens study conclude?", "fact"),
        ("what do the paper on owls and the one on wrens report?", "list"),
        ("what do we have on owls and wrens, like comparing them", "list"),
        ("which paper is the most recent?", "corpus"),
    ],
)
def test_what_is_asked_counts_more_than_a_word_in_passing(question: str, kind: str) -> None:
    assert read_kind(question).value == kind
