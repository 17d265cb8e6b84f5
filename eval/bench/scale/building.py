"""Build a library of made-up papers, as far as it is missing, and note what it took."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from eval.bench.corpus import SyntheticEncoder, generate
from eval.bench.figures import folder_megabytes, peak_megabytes
from rag.library.encoder import Encoder
from rag.library.library import Library

Vectors = Literal["encoded", "drawn", "none"]

_CHUNK = 5_000
_STORES = {"catalogue": "catalogue.sqlite", "words": "words", "vectors": "vectors"}


@dataclass(frozen=True, slots=True)
class Part:
    """One library: its folder, its number of papers, and where its vectors come from."""

    home: Path
    size: int
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: seconds and papers summed over all runs, the peak of the largest one."""

    words_papers: int = 0
    words_seconds: float = 0.0
    vectors_papers: int = 0
    vectors_seconds: float = 0.0
    build_peak_mb: float = 0.0

    @property
    def rates(self) -> dict[str, float]:
        """Papers a second: made searchable by their words, and given vectors."""
        return {
            "words_papers_a_second": round(self.words_papers / (self.words_seconds or 1), 1),
            "vectors_papers_a_second": round(self.vectors_papers / (self.vectors_seconds or 1), 1),
        }


def open_part(part: Part) -> Library:
    """Open the library of a part, or create it."""
    encoder = SyntheticEncoder(threads=0) if part.vectors == "drawn" else Encoder(threads=0)
    return Library(part.home / "library", encoder=encoder)


def build(part: Part) -> None:
    """Add and index what is missing. Stopped anywhere, the next call goes on."""
    library = open_part(part)
    try:
        _add_words(part, library)
        if part.vectors != "none":
            _add_vectors(part, library)
    finally:
        library.close()


def noted(home: Path) -> Built:
    """Return what is known so far of how a library was built."""
    file = home / "built.json"
    return Built(**json.loads(file.read_text(encoding="ascii"))) if file.exists() else Built()


def sizes_on_disk(home: Path) -> dict[str, float]:
    """Return the MB of each store."""
    return {
        f"{name}_disk_mb": round(folder_megabytes(home / "library" / store), 2)
        for name, store in _STORES.items()
    }


def _add_words(part: Part, library: Library) -> None:
    for start in range(library.size(), part.size, _CHUNK):
        papers = list(generate(min(_CHUNK, part.size - start), start=start))
        began = time.perf_counter()
        library.add(papers)
        seconds = time.perf_counter() - began
        so_far = noted(part.home)
        built = replace(
            so_far,
            words_papers=so_far.words_papers + len(papers),
            words_seconds=so_far.words_seconds + seconds,
        )
        _note(part, built)
        _tell(part, "words", done=start + len(papers), rate=len(papers) / seconds)


def _add_vectors(part: Part, library: Library) -> None:
    before, told = noted(part.home), 0.0
    for progress in library.index():
        if progress.seconds - told < 1 and progress.done < progress.total:
            continue
        told = progress.seconds
        built = replace(
            before,
            vectors_papers=before.vectors_papers + progress.done,
            vectors_seconds=before.vectors_seconds + progress.seconds,
        )
        _note(part, built)
        _tell(part, "vectors", done=part.size - progress.total + progress.done, rate=progress.rate)


def _note(part: Part, built: Built) -> None:
    peak = max(built.build_peak_mb, round(peak_megabytes(), 1))
    record = asdict(replace(built, build_peak_mb=peak))
    (part.home / "built.json").write_text(json.dumps(record), encoding="ascii")


def _tell(part: Part, what: str, *, done: int, rate: float) -> None:
    left = (part.size - done) / rate if rate else 0.0
    print(
        f"{part.size:,}: {what} {done:,} ({done / part.size:.0%}), {rate:,.0f} papers/s, {left:,.0f} s left",
        file=sys.stderr,
        flush=True,
    )
