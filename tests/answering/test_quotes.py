"""The writer without a model: verbatim, numbered, in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.writing.footnotes import Footnotes
from rag.answering.writing.quotes import QuotesSettings, write_quotes
from rag.library.lexical import content_terms
from rag.library.library import Library
from rag.retrieval.retriever import Retriever
from rag.settings import RetrievalSettings
from rag.types import (
    Evidence,
    Kind,
    Paper,
    PaperId,
    Question,
    RankedPaper,
    Ranking,
    Sentence,
    SentenceReady,
    Span,
)

_QUESTION = "images and features"


def _ranking(library: Library, kind: Kind) -> Ranking:
    return Retriever(library, RetrievalSettings()).search(Question(_QUESTION, kind, _QUESTION))


def _write(library: Library, kind: Kind, settings: QuotesSettings | None = None) -> list[SentenceReady]:
    ranking = _ranking(library, kind)
    return list(write_quotes(ranking.question, ranking, Footnotes(), settings or QuotesSettings()))


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_stands_in_its_abstract(shelf: Library, papers: tuple[Paper, ...], kind: Kind) -> None:
    abstracts = {paper.id: paper.abstract for paper in papers}
    written = _write(shelf, kind)
    assert written
    for sentence in (ready.sentence for ready in written):
        (citation,) = sentence.citations
        (evidence,) = citation.evidence
        assert abstracts[citation.paper_id][evidence.start : evidence.end] == sentence.text == evidence.quote


@pytest.mark.parametrize("kind", Kind)
def test_numbers_start_at_one_and_leave_no_gap(shelf: Library, kind: Kind) -> None:
    numbers = [ready.sentence.citations[0].number for ready in _write(shelf, kind)]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


def test_a_source_comes_with_the_first_sentence_that_cites_it(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST)
    introduced = [source.number for ready in written for source in ready.sources]
    cited = [ready.sentence.citations[0].number for ready in written]
    assert introduced == list(dict.fromkeys(cited))


def test_papers_come_in_the_order_of_the_ranking(shelf: Library) -> None:
    cited = [ready.sentence.citations[0].paper_id for ready in _write(shelf, Kind.LIST)]
    ranked = [r.paper.id for r in _ranking(shelf, Kind.LIST).papers]
    assert list(dict.fromkeys(cited)) == ranked[: len(set(cited))]


def test_a_list_is_bounded(shelf: Library) -> None:
    written = _write(shelf, Kind.LIST, QuotesSettings(list_least=5, list_most=2))
    assert len({ready.sentence.citations[0].paper_id for ready in written}) == 2


def test_a_fact_is_answered_by_fewer_papers_than_a_list(shelf: Library) -> None:
    def papers_in(kind: Kind) -> int:
        return len({ready.sentence.citations[0].paper_id for ready in _write(shelf, kind)})

    assert 1 <= papers_in(Kind.FACT) < papers_in(Kind.LIST)


def test_an_empty_ranking_gives_no_sentence(shelf: Library) -> None:
    ranking = _ranking(shelf, Kind.LIST)
    empty = Ranking(ranking.question, (), searched=0, encoded=0, similarity=None, coverage=0.0)
    assert list(write_quotes(empty.question, empty, Footnotes())) == []


_LEAF = Paper(
    PaperId("leafnet"),
    "LeafNet: Telling Trees by their Leaves",
    "Trees are hard to tell apart in winter. LeafNet reads the veins of a leaf by tracing them. "
    "It reaches 91.5% accuracy on Arbor20. Experiments on Arbor20 and LEAF-5 were run for a week. "
    "Many people like trees. The code is open. Trees grow slowly. Leaves fall early.",
)
_BARK = Paper(
    PaperId("barkscan"),
    "BarkScan: Trees from Bark Alone",
    "Trees are hard to tell apart in the winter. BarkScan reads the bark of trees, by tracing its ridges, "
    "because bark does not fall. It reaches 80% accuracy.",
)


def _quoted(text: str, kind: Kind, *papers: Paper, settings: QuotesSettings | None = None) -> list[Sentence]:
    """What is quoted for a question from papers ranked as given, each with its first sentence as evidence."""
    question = Question(text, kind, text)
    ranked = tuple(
        RankedPaper(
            paper, rank, 1.0, (Evidence.cut(paper, Span(0, paper.abstract.index(".") + 1), score=0.3),)
        )
        for rank, paper in enumerate(papers, start=1)
    )
    rarity = dict.fromkeys(content_terms(text), 0.5)
    ranking = Ranking(question, ranked, len(papers), len(papers), 0.5, 0.5, rarity=rarity)
    return [
        ready.sentence for ready in write_quotes(question, ranking, Footnotes(), settings or QuotesSettings())
    ]


@pytest.mark.parametrize(
    ("text", "kind", "holds"),
    [
        ("How accurate is LeafNet?", Kind.FACT, "91.5%"),
        ("On which data sets was LeafNet tried?", Kind.FACT, "LEAF-5"),
        ("Why does BarkScan look at bark?", Kind.EXPLAIN, "because bark"),
    ],
)
def test_the_sentence_of_the_kind_that_is_asked_for_is_quoted(text: str, kind: Kind, holds: str) -> None:
    paper = _LEAF if "LeafNet" in text else _BARK
    assert any(holds in sentence.text for sentence in _quoted(text, kind, paper))


def test_a_comparison_quotes_both_papers_that_it_names() -> None:
    quoted = _quoted("LeafNet versus BarkScan: how do they tell trees?", Kind.COMPARE, _LEAF, _BARK)
    assert {citation.paper_id for sentence in quoted for citation in sentence.citations} == {
        _LEAF.id,
        _BARK.id,
    }


def test_what_two_papers_say_alike_is_quoted_once_and_cites_both() -> None:
    quoted = _quoted("LeafNet versus BarkScan: how hard is winter?", Kind.COMPARE, _LEAF, _BARK)
    (winter,) = [sentence for sentence in quoted if "winter" in sentence.text]
    assert [citation.number for citation in winter.citations] == [1, 2]
    assert [c.evidence[0].quote for c in winter.citations] == [
        p.abstract[: p.abstract.index(".") + 1] for p in (_LEAF, _BARK)
    ]


def test_a_quote_that_says_it_is_led_by_the_name_of_its_paper_outside_of_its_text() -> None:
    (score,) = _quoted("How accurate is it?", Kind.FACT, _LEAF, settings=QuotesSettings(fact=1))
    assert (score.text, score.lead) == ("It reaches 91.5% accuracy on Arbor20.", "LeafNet")


def test_a_quote_right_behind_its_neighbour_needs_no_lead() -> None:
    quoted = _quoted("How accurate is LeafNet with veins?", Kind.EXPLAIN, _LEAF)
    places = [s.citations[0].evidence[0] for s in quoted]
    follows = [places[i].start - places[i - 1].end <= 1 for i in range(1, len(places))]
    leads = [s.lead for s in quoted if s.text.startswith("It reaches")]
    assert any(follows)
    assert leads == [""]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("How accurate is LeafNet?", "It reaches 91.5%"),
        ("On which data sets was LeafNet tried?", "Experiments on Arbor20"),
        ("What is LeafNet tested on?", "Experiments on Arbor20"),
        ("What problem does LeafNet solve?", "Trees are hard to tell apart"),
        ("What is the main idea of LeafNet?", "LeafNet reads the veins"),
        ("What results does LeafNet report on Arbor20?", "It reaches 91.5%"),
        ("How many days do the experiments take?", "Experiments on Arbor20"),
    ],
)
def test_the_sentence_that_answers_stands_first_beside_two_others_at_most(text: str, first: str) -> None:
    quoted = _quoted(text, Kind.FACT, _LEAF)
    assert quoted[0].text.startswith(first)
    assert len(quoted) <= 3


def test_a_fact_is_not_filled_up_with_sentences_that_nothing_speaks_for() -> None:
    texts = {sentence.text for sentence in _quoted("How accurate is LeafNet?", Kind.FACT, _LEAF)}
    assert not texts & {"Many people like trees.", "Leaves fall early."}


def test_an_aspect_of_a_paper_is_quoted_from_that_paper_alone() -> None:
    quoted = _quoted("What is BarkScan?", Kind.FACT, _LEAF, _BARK)
    assert {citation.paper_id for sentence in quoted for citation in sentence.citations} == {_BARK.id}


def test_a_fact_fits_on_a_screen() -> None:
    long = replace(
        _LEAF,
        abstract=" ".join(
            f"Trees of kind {n} have {n} leaves " + "and more " * 40 + "there." for n in range(9)
        ),
    )
    quoted = _quoted("How many leaves have trees?", Kind.FACT, long)
    assert 1 <= sum(len(sentence.text.split()) for sentence in quoted) <= QuotesSettings().screen


def _paper(name: str, title: str, abstract: str) -> Paper:
    return Paper(PaperId(name), title, abstract)


_SILT = _paper(
    "silt",
    "Measuring Bank Slump in Rivers",
    "We study how rivers move their beds. This paper measures bank slump in twelve rivers with a new probe. "
    "Bank slump (BS) is a process in which wet banks slide into a river at once. Our method finds more of it in spring.",
)
_DREDGE = _paper(
    "dredge",
    "Dredging after Storms",
    "We present a dredger that works against bank slump and for ships. Bank slump is an important problem. "
    "It runs on little fuel, even where bank slump blocks the way.",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is bank slump?", Kind.FACT),
        ("what's a bank slump", Kind.FACT),
        ("Define bank slump.", Kind.FACT),
        ("What does “bank slump” mean?", Kind.FACT),
        ("What is meant by bank slump in rivers?", Kind.FACT),
        ("explain bank slump to me", Kind.EXPLAIN),
        ("What is BS?", Kind.FACT),
    ],
)
@pytest.mark.parametrize("papers", [(_SILT, _DREDGE), (_DREDGE, _SILT)])
def test_the_sentence_that_defines_a_term_leads(text: str, kind: Kind, papers: tuple[Paper, ...]) -> None:
    assert _quoted(text, kind, *papers)[0].text.startswith("Bank slump (BS) is a process")


@pytest.mark.parametrize(
    "text",
    ["What is the role of bank slump?", "What is bank slump measured with?", "How is bank slump found?"],
)
def test_what_is_asked_of_a_term_is_not_its_meaning(text: str) -> None:
    assert not _quoted(text, Kind.FACT, _DREDGE, _SILT)[0].text.startswith("Bank slump (BS) is")


def test_where_no_paper_defines_a_term_one_that_is_about_it_is_quoted() -> None:
    apart = _paper(
        "apart", "Banks", "The bank of a lake may slump in many ways, and then we slump a bank too."
    )
    about = _paper("about", "On Bank Slump", "We list what is known of bank slump. It was seen twice.")
    assert "We list what is known" in _quoted("what is bank slump?", Kind.FACT, apart, about)[0].text


def test_what_a_paper_calls_its_own_is_told_by_what_it_does() -> None:
    (first, *_) = _quoted("What is LeafNet?", Kind.FACT, _LEAF, _BARK)
    assert first.text.startswith("LeafNet reads")


_VIEW = "One may assume that tall kites always fly higher."
_DENIAL = "However, we show by 40 flights that tall kites fly lower."
_KITES = _paper(
    "kites", "Kites", f"Kites are old. {_VIEW} {_DENIAL} Nobody flew a kite at night in any of them."
)


@pytest.mark.parametrize("kind", [Kind.FACT, Kind.EXPLAIN])
def test_a_view_gives_its_place_to_the_sentence_that_denies_it(kind: Kind) -> None:
    said = [sentence.text for sentence in _quoted("Do tall kites always fly higher?", kind, _KITES)]
    assert _DENIAL in said
    assert _VIEW not in said


def test_a_view_stays_before_a_denial_that_says_nothing_without_it() -> None:
    paper = _paper(
        "kites",
        "Kites",
        f"Kites are old. {_VIEW} However, we challenge this belief. Nobody flew a kite at night in any of them.",
    )
    said = [sentence.text for sentence in _quoted("Do tall kites always fly higher?", Kind.FACT, paper)]
    assert said[:2] == [_VIEW, "However, we challenge this belief."]


def test_a_view_is_quoted_where_it_is_asked_for() -> None:
    said = _quoted("What do people commonly assume of tall kites?", Kind.FACT, _KITES)
    assert _VIEW in [sentence.text for sentence in said]


def _titles(sentences: list[Sentence], *papers: Paper) -> list[str]:
    """The titles of the papers that are cited, in order."""
    by_id = {paper.id: paper.title for paper in papers}
    return list(dict.fromkeys(by_id[citation.paper_id] for s in sentences for citation in s.citations))


def test_a_paper_beside_the_one_asked_for_holds_the_name_that_is_asked_about() -> None:
    other = _paper(
        "fern", "Ferns in Pots", "Ferns are told by their fronds. We told 20 ferns apart, by fronds."
    )
    same = _paper("moss", "Moss beside LeafNet", "Moss is told by its stems. LeafNet told 20 leaves apart.")
    quoted = _quoted("How does LeafNet tell leaves apart?", Kind.EXPLAIN, _LEAF, other, same)
    assert _titles(quoted, _LEAF, other, same) == [_LEAF.title, same.title]


def test_a_paper_beside_the_one_in_front_speaks_of_the_same() -> None:
    front = _paper(
        "owl", "Owls at Night", "Snowy owls hunt lemmings at night by their ears. They hear them well."
    )
    aside = _paper(
        "fox", "Foxes", "Foxes sleep through most of a night. They hunt in the morning, near a wood."
    )
    asked = "How can snowy owls find lemmings at night?"
    assert _titles(_quoted(asked, Kind.EXPLAIN, front, aside), front, aside) == [front.title]


def test_a_yes_or_no_question_is_answered_by_the_paper_whose_title_tells() -> None:
    front = _paper("owl", "Owls at Night", "Owls may hear in rain or not. We list 300 owls that hear.")
    tells = _paper(
        "deaf", "Hearing in Owls Fails in Rain", "In a storm they hear nothing. We tried it often."
    )
    quoted = _quoted("Does hearing of owls fail in rain?", Kind.FACT, front, tells)
    assert _titles(quoted, front, tells)[0] == tells.title


def test_a_paper_whose_title_the_question_says_is_found_below_those_in_front_and_stands_alone() -> None:
    others = [
        _paper(f"moth{n}", f"Moths {n}", f"Moths see a light at night well. We saw {n} moths.")
        for n in range(8)
    ]
    said = _paper("light", "Night Light: Lamps for Moths", "Moths came to 5 lamps. They see light.")
    quoted = _quoted("Which two lamps does the paper on night light try?", Kind.FACT, *others, said)
    assert _titles(quoted, *others, said) == [said.title]
