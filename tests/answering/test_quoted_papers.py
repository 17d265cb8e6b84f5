"""Which papers answer beside the one in front."""

from __future__ import annotations

from rag.types import Kind, Paper, Sentence
from tests.answering.quoting import LEAF, make_paper, quote


def _titles(sentences: list[Sentence], *papers: Paper) -> list[str]:
    """The titles of the papers that are cited, in order."""
    by_id = {paper.id: paper.title for paper in papers}
    return list(dict.fromkeys(by_id[citation.paper_id] for s in sentences for citation in s.citations))


def test_a_paper_beside_the_one_asked_for_holds_the_name_that_is_asked_about() -> None:
    other = make_paper(
        "fern", "Ferns in Pots", "Ferns are told by their fronds. We told 20 ferns apart, by fronds."
    )
    same = make_paper(
        "moss", "Moss beside LeafNet", "Moss is told by its stems. LeafNet told 20 leaves apart."
    )
    quoted = quote("How does LeafNet tell leaves apart?", Kind.EXPLAIN, LEAF, other, same)
    assert _titles(quoted, LEAF, other, same) == [LEAF.title, same.title]


def test_a_paper_beside_the_one_in_front_speaks_of_the_same() -> None:
    front = make_paper(
        "owl", "Owls at Night", "Snowy owls hunt lemmings at night by their ears. They hear them well."
    )
    aside = make_paper(
        "fox", "Foxes", "Foxes sleep through most of a night. They hunt in the morning, near a wood."
    )
    asked = "How can snowy owls find lemmings at night?"
    assert _titles(quote(asked, Kind.EXPLAIN, front, aside), front, aside) == [front.title]


def test_a_yes_or_no_question_is_answered_by_the_paper_whose_title_tells() -> None:
    front = make_paper("owl", "Owls at Night", "Owls may hear in rain or not. We list 300 owls that hear.")
    tells = make_paper(
        "deaf", "Hearing in Owls Fails in Rain", "In a storm they hear nothing. We tried it often."
    )
    quoted = quote("Does hearing of owls fail in rain?", Kind.FACT, front, tells)
    assert _titles(quoted, front, tells)[0] == tells.title


def test_a_paper_whose_title_the_question_says_is_found_below_those_in_front_and_stands_alone() -> None:
    others = [
        make_paper(f"moth{n}", f"Moths {n}", f"Moths see a light at night well. We saw {n} moths.")
        for n in range(8)
    ]
    said = make_paper("light", "Night Light: Lamps for Moths", "Moths came to 5 lamps. They see light.")
    quoted = quote("Which two lamps does the paper on night light try?", Kind.FACT, *others, said)
    assert _titles(quoted, *others, said) == [said.title]
