"""BM25 on tantivy: title and abstract, English stems, the title counted twice.

A second field holds the short forms that an abstract explains ("... (SAE)"), so that the papers that
can tell what one stands for are found at once.

The words of a question are analysed here and become term queries; tantivy's query syntax is never
parsed, so no question can be read as an operator. BM25 with k1 = 1.2 and b = 0.75 (Robertson and
Zaragoza 2009, "The Probabilistic Relevance Framework", section 3.4), as tantivy fixes them.
"""

from __future__ import annotations

import functools
import math
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import tantivy

from rag.errors import LibraryDamaged, LibraryUnwritable
from rag.library.abbreviations import mine_abbreviations
from rag.library.checksums import damaged, damaged_file, explains_damage
from rag.library.word_reader import WordReader
from rag.types import Paper, PaperId

Phrase = tuple[str, ...]  # stems that stand side by side

_ANALYZER = "footnote_en"
_HEAP = 32_000_000
_MOST_TERMS = 256
_BATCH = 1_000
_SOON_READ = 5_000_000  # bytes: 10 ms, some 6,000 papers
# Of n papers, a set of s costs about 1.3 µs x s to intersect with, and 2 µs x depth x n / s to pick from
# a deeper list: the list is cheaper where s² > depth x n. It is made a little longer than the share of
# the set asks for, and the set is intersected all the same if it does not fill the depth.
_MARGIN = 1.5

# Words that carry no topic. They are not searched for, though "not" and "without" are kept in text.
_STOP_TEXT = """
a about all also an and any anything are as at be been being between both but by can could did do does doing
each find for from give had has have having how i if in into is it its list me more most my no nor
not of on one only or other our out over paper papers please propose proposed show some something such than
that the their them then there these they this those through to under up us use used uses using want
was we were what when where which while who whom whose why will with would you your
"""
STOP_WORDS = frozenset(_STOP_TEXT.split())


class LexicalIndex:
    """The stored BM25 index. Writing needs the library's lock; reading does not."""

    def __init__(self, path: Path, *, rebuilding: bool = False) -> None:
        """Open the index in the folder `path`, and create it if there is none.

        Raises:
            LibraryDamaged: the index cannot be read, or, where that is soon told, is not as it was written. With
                `rebuilding` that is told of any index, and an empty one takes its place.
        """
        self.path = path
        _make_folder(path)
        try:
            self._index = self._open(most=math.inf if rebuilding else _SOON_READ)
        except LibraryDamaged:
            if not rebuilding:
                raise
            shutil.rmtree(path)
            _make_folder(path)
            self._index = self._open(most=0)
        self._index.register_tokenizer(_ANALYZER, _analyzer())
        self._reader = WordReader(self._index, path)

    @explains_damage
    def add(self, papers: Iterable[Paper]) -> None:
        """Write papers, each in place of what had its id, and make them searchable.

        Raises:
            LibraryUnwritable: they cannot be written; the index stays as it was.
        """
        with self._writing() as writer:
            for paper in papers:
                writer.delete_documents_by_term("id", paper.id)
                document = tantivy.Document(
                    id=paper.id,
                    text=[paper.title, paper.title, paper.abstract],
                    explains=_short_forms(paper),
                )
                writer.add_document(document)

    @explains_damage
    def remove(self, ids: Sequence[PaperId]) -> None:
        """Forget papers; unknown ids are no error. Raises what `add` raises."""
        with self._writing() as writer:
            for paper_id in ids:
                writer.delete_documents_by_term("id", paper_id)

    def search(self, text: str, *, depth: int, within: Set[PaperId] | None = None) -> dict[PaperId, float]:
        """Return the BM25 scores (above 0, unbounded) of the `depth` best papers, among `within` if given.

        Empty when the question has no word that carries a topic, or none occurs. The scores of a paper
        do not depend on `within`.
        """
        return self.search_terms(dict.fromkeys(content_terms(text), 1.0), depth=depth, within=within)

    def search_terms(
        self, weights: Mapping[str, float], *, depth: int, within: Set[PaperId] | None = None
    ) -> dict[PaperId, float]:
        """Return the same for stems, each with the weight of its share; the first 256 are read."""
        return self.search_phrases(
            {(term,): weight for term, weight in weights.items()}, depth=depth, within=within
        )

    def search_phrases(
        self, weights: Mapping[Phrase, float], *, depth: int, within: Set[PaperId] | None = None
    ) -> dict[PaperId, float]:
        """Return the same for phrases; a phrase counts where its stems stand side by side."""
        if not weights or (within is not None and not within):
            return {}
        schema = self._index.schema
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, _weighted(schema, phrase, weight))
                for phrase, weight in islice(weights.items(), _MOST_TERMS)
            ]
        )
        words = self._reader.now()
        if within is None:
            return words.best(query, depth)
        if len(within) ** 2 > depth * words.papers:
            deeper = round(_MARGIN * depth * words.papers / len(within))
            found = words.best(query, deeper)
            kept = {paper_id: score for paper_id, score in found.items() if paper_id in within}
            if len(kept) >= depth or len(found) < deeper:
                return dict(islice(kept.items(), depth))
        return words.best(_only(schema, query, within), depth)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the inverse document frequency of stems: above 0, highest for unknown ones.

        ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N papers, as in BM25.
        """
        return self._reader.now().rarity(terms)

    def unknown(self, terms: Iterable[str]) -> set[str]:
        """Return the stems that no paper holds."""
        words = self._reader.now()
        return {term for term in terms if not words.frequency(term)}

    def frequency(self, term: str) -> int:
        """Return the number of papers that hold a stem."""
        return self._reader.now().frequency(term)

    def explaining(self, short: str, *, depth: int) -> list[PaperId]:
        """Return at most `depth` papers that explain a short form, as it is written."""
        query = tantivy.Query.term_query(self._index.schema, "explains", short)
        return self._some(query, depth)

    def like(self, stem: str, *, errors: int, depth: int) -> list[PaperId]:
        """Return at most `depth` papers that hold a stem within `errors` (1 or 2) typing errors of this one."""
        query = tantivy.Query.fuzzy_term_query(self._index.schema, "text", stem, errors)
        return self._some(query, depth)

    def relative_rarity(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return what `rarity` gave as shares of the rarity of an unknown stem: above 0, at most 1."""
        unknown = math.log1p(2 * self._reader.now().papers + 1)
        return {stem: weight / unknown for stem, weight in weights.items()}

    def telling_terms(self, text: str, *, most: int) -> dict[str, float]:
        """Return the stems that set a text apart in this library, each with tf x idf, highest first.

        A stem that no other paper may have (it occurs once at most) tells nothing about likeness.
        """
        counts = Counter(content_terms(text))
        words = self._reader.now()
        shared = [term for term in counts if words.frequency(term) > 1]
        weights = {term: counts[term] * idf for term, idf in self.rarity(shared).items()}
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most])

    def _some(self, query: tantivy.Query, depth: int) -> list[PaperId]:
        return list(self._reader.now().best(query, depth))

    def count(self) -> int:
        """Return the number of papers in the index."""
        return self._reader.now().papers

    @explains_damage
    def clear(self) -> None:
        """Forget all papers. Raises what `add` raises."""
        with self._writing() as writer:
            writer.delete_all_documents()

    def ids(self) -> Iterator[PaperId]:
        """Yield the ids of all papers in the index."""
        words = self._reader.now()
        for offset in range(0, words.papers, _BATCH):
            yield from words.listed(offset, _BATCH)

    @explains_damage
    def _open(self, *, most: float) -> tantivy.Index:
        spoiled = damaged_file(self.path, most=most)
        if spoiled is not None:
            raise damaged(self.path, f"{spoiled.name} is not as it was written")
        return tantivy.Index(_schema(), path=str(self.path))

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """Give a writer, and commit what it was told."""
        try:
            writer = self._index.writer(_HEAP, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:  # tantivy's own word for a full disk and for missing rights
            raise LibraryUnwritable(
                f"the word index at {self.path} cannot be written ({error}); check the folder's permissions and "
                "free space; nothing is lost, go on: footnote add"
            ) from error


def _short_forms(paper: Paper) -> list[str]:
    """The short forms that title and abstract explain."""
    return [found.short for found in mine_abbreviations(f"{paper.title}. {paper.abstract}")]


def _weighted(schema: tantivy.Schema, phrase: Phrase, weight: float) -> tantivy.Query:
    if len(phrase) == 1:
        query = tantivy.Query.term_query(schema, "text", phrase[0])
    else:
        query = tantivy.Query.phrase_query(schema, "text", [*phrase])
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def _only(schema: tantivy.Schema, query: tantivy.Query, within: Set[PaperId]) -> tantivy.Query:
    """Return the query for some papers alone; that they are the ones adds nothing to their scores."""
    members = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, "id", [*within]), 0.0)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, members)])


def content_terms(text: str) -> list[str]:
    """Return the stems of the words that carry a topic, in order, repeated ones too.

    >>> content_terms("Which papers combine local and global features?")
    ['combin', 'local', 'global', 'featur']
    """
    words = (word for word in _words().analyze(text) if word not in STOP_WORDS)
    return [stem for word in words for stem in _analyzer().analyze(word)]


def stems(text: str) -> list[str]:
    """Return the stems of all words, as the index holds them."""
    return list(_analyzer().analyze(text))


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise LibraryDamaged(f"{path} is a file, where a folder belongs; move it away") from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name=_ANALYZER, index_option="position")
    builder.add_text_field("explains", stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()


@functools.cache
def _words() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()


@functools.cache
def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(80),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()
