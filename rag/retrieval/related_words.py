"""What else abstracts on a topic say: a thesaurus of machine learning, searched by the words of the question.

A question and the abstracts that answer it may share no word. Each entry of the thesaurus names a topic as
people ask for it, and holds what abstracts on it say. The entries that are nearest to a question, by BM25, lend it
their words (Diaz and Metzler 2006, "Improving the estimation of relevance models using large external corpora",
section 3, with entries in place of documents).
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice

import tantivy

from rag.library.lexical import STOP_WORDS, Phrase, content_terms, stems

_ENTRIES = 8
_SHARPNESS = 4  # an entry that scores half as much as the best lends a sixteenth of its weight
_FADING = 0.1  # terms stand in the order of how much they tell
_NAMES_PLACE = 3  # a name tells as much as the fourth term
_SINGLE_WORDS = 0.5  # of the weight of the phrase that they stand in
_MOST_WORDS = 256  # of a text
# Words a name or term; with fewer an entry mentions them: "horse-to-zebra" is none on horses.
_LEAST_ABOUT = 0.2
# Words that ask, where they stand in an entry on how papers study things.
_ASKING = frozenset(
    stems("study studies investigate explore examine address tackle discuss look deal method approach work")
)
_REMEMBERED = 2_000
_HEAP = 15_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic: what people call it, and what abstracts on it say, the most telling first."""

    names: tuple[str, ...]
    terms: tuple[str, ...]


class Thesaurus:
    """Entries, and an index of their words in memory."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index the entries; some thousand take a tenth of a second."""
        self._entries = entries
        self._index = _index(entries)
        self._searcher = self._index.searcher()

    def related(self, text: str, *, most: int) -> dict[Phrase, float]:
        """Return up to `most` phrases and single words, as stems, that go with the topics of a text.

        Their weights are above 0, the heaviest comes first. Empty where no entry holds a word of the text.
        """
        asked = frozenset(islice(dict.fromkeys(content_terms(text)), _MOST_WORDS)) - _ASKING
        nearest = [(score, entry) for score, entry in self._nearest(asked) if _is_about(asked, entry)]
        best = max((score for score, _ in nearest), default=0.0)
        weights: dict[Phrase, float] = defaultdict(float)
        for score, entry in nearest:
            share = (score / best) ** _SHARPNESS
            for phrase, weight in _lent(entry).items():
                weights[phrase] += share * weight
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most])

    def _nearest(self, asked: frozenset[str]) -> list[tuple[float, Entry]]:
        schema = self._index.schema
        words = [tantivy.Query.term_query(schema, "text", stem) for stem in sorted(asked)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        hits = self._searcher.search(query, limit=_ENTRIES, count=False).hits
        return [(score, self._entries[self._searcher.doc(at)["place"][0]]) for score, at in hits]


def parse_thesaurus(lines: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of lines in the form `name; other name = term, term`; empty lines are passed over.

    >>> next(parse_thesaurus(["bird songs; calls of birds = spectrogram, BirdNET"]))
    Entry(names=('bird songs', 'calls of birds'), terms=('spectrogram', 'BirdNET'))
    """
    for line in lines:
        if line.strip():
            names, terms = line.split(" = ")
            yield Entry(_parts(names, ";"), _parts(terms, ","))


@functools.cache
def bundled_thesaurus() -> Thesaurus:
    """Return the thesaurus that comes with Footnote, made at the first call."""
    sheets = sorted((files("rag.retrieval") / "thesaurus").iterdir(), key=lambda sheet: sheet.name)
    lines = (line for sheet in sheets for line in sheet.read_text(encoding="utf-8").splitlines())
    return Thesaurus(tuple(parse_thesaurus(lines)))


def _is_about(asked: frozenset[str], entry: Entry) -> bool:
    """Tell whether an entry is named by the words asked for, or holds enough of them: in the mean of its names and terms."""
    parts = _weighted_parts(entry)
    names = (frozenset(part) - STOP_WORDS - _ASKING for _, part in parts[len(entry.terms) :])
    if any(name and name <= asked for name in names):
        return True
    held = sum(weight * len(asked.intersection(part)) for weight, part in parts)
    return held >= _LEAST_ABOUT * sum(weight for weight, _ in parts)


@functools.lru_cache(_REMEMBERED)
def _weighted_parts(entry: Entry) -> Sequence[tuple[float, Phrase]]:
    """The names and terms of an entry as stems; names weigh as much as the fourth term."""
    places = [
        *((place, term) for place, term in enumerate(entry.terms)),
        *((_NAMES_PLACE, name) for name in entry.names),
    ]
    return tuple((1 / (1 + _FADING * place), tuple(stems(part))) for place, part in places)


@functools.lru_cache(_REMEMBERED)
def _lent(entry: Entry) -> Mapping[Phrase, float]:
    """The phrases of an entry, and besides their single words, which count half."""
    phrases: dict[Phrase, float] = {}
    words: dict[Phrase, float] = {}
    for weight, phrase in _weighted_parts(entry):
        phrases[phrase] = max(phrases.get(phrase, 0.0), weight)
        for stem in phrase:
            if stem not in STOP_WORDS:
                words[stem,] = max(words.get((stem,), 0.0), _SINGLE_WORDS * weight)
    return {held: phrases.get(held, 0.0) + words.get(held, 0.0) for held in {**phrases, **words}}


def _index(entries: Sequence[Entry]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder().add_unsigned_field("place", stored=True)
    # Stems stand in it, as in a library's word index, with blanks between them.
    index = tantivy.Index(
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq").build()
    )
    writer = index.writer(_HEAP, 1)
    for place, entry in enumerate(entries):
        text = " ".join(stems(" . ".join((*entry.names, *entry.terms))))
        writer.add_document(tantivy.Document(place=place, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _parts(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())
