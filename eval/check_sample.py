"""Hold the bundled digests against the abstracts: `python -m eval.check_sample PAGE...`.

Checks by rule what a rule can check: every title has a digest of 2 to 5 sentences and 45 to 110 words; no
run of nine words stands in any abstract; few five-word sequences are shared; no number stands in a digest
that is not in its abstract; figures with a unit are kept. Exit status 1 when a bound is broken. Whether a
digest is true is for readers; `docs/sample.md` says who read what.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.app import read_file
from rag.library.passages import split_passages
from rag.sample import read_sample
from rag.sources.entry import title_key
from rag.sources.reading import read_source
from rag.types import Paper

_RUN = 9
_SHARED = 5
_WORDS = range(45, 111)
_SENTENCES = range(2, 6)
_MEDIAN_SHARED = 0.08
_LEAST_KEPT = 0.8
_NUMBER = r"(?<![A-Za-z0-9_.])(?:\d[\d,]*(?:\.\d+)?|\.\d+)"
_UNIT = (
    r"\s*(?:%|percent|×|x\b|times\b|[KMBk]\b|fps|FPS|dB|ms\b|seconds?|minutes?|hours?|days?|GB|MB|points?"
    r"|million|billion|thousand|tokens|parameters|images|videos|classes|categories|languages|samples|datasets"
    r"|tasks|GPUs?|mAP|AP\b|BLEU|mIoU|FID|F1|PSNR|Hz|kbps|-?fold)"
)
_SPELLED = {
    word: float(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"half": 0.5, "both": 2, "pair": 2, "dual": 2, "twice": 2, "double": 2, "third": 3, "triple": 3, "dozen": 12,
     "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "thousand": 1000, "single": 1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules say of one digest."""

    title: str
    words: int
    sentences: int
    longest_run: int
    shared: float
    invented: frozenset[str]
    figures: frozenset[str]
    kept: frozenset[str]


def main() -> None:
    """Check all digests and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    pages = parser.parse_args().pages
    abstracts = {title_key(paper.title): paper for page in pages for paper in read_file(page).papers}
    digests = read_source(read_sample(), source="sample").papers
    missing = set(abstracts) - {title_key(paper.title) for paper in digests}
    runs = _sequences([paper.abstract for paper in abstracts.values()], _RUN)
    runs -= _sequences([paper.title for paper in abstracts.values()], _RUN)
    findings = [
        inspect(digest, abstracts[title_key(digest.title)], runs)
        for digest in digests
        if title_key(digest.title) in abstracts
    ]
    faults = [f"{title}: no digest" for title in sorted(missing)] + list(_faults(findings))
    for fault in faults:
        print(fault)
    figures = sum(len(finding.figures) for finding in findings)
    kept = sum(len(finding.kept) for finding in findings)
    print(f"digests            {len(findings)} of {len(abstracts)}")
    print(f"words, median      {statistics.median(finding.words for finding in findings):.0f}")
    print(f"shared 5-word, med {statistics.median(finding.shared for finding in findings):.1%}")
    print(f"figures kept       {kept} of {figures} ({kept / max(1, figures):.0%})")
    print(f"numbers invented   {sum(len(finding.invented) for finding in findings)}")
    sys.exit(1 if faults else 0)


def inspect(digest: Paper, original: Paper, runs: frozenset[str]) -> Finding:
    """Compare one digest with its abstract. `runs` are the nine-word sequences of all abstracts."""
    sequences = _sequences([digest.abstract], _SHARED)
    copied = _sequences([digest.abstract], _RUN) & runs
    known = _all_numbers(f"{original.title} {original.abstract}")
    figures = frozenset(_plain(match) for match in re.findall(f"({_NUMBER}){_UNIT}", original.abstract))
    return Finding(
        title=digest.title,
        words=len(digest.abstract.split()),
        sentences=len(split_passages(digest)),
        longest_run=_RUN if copied else 0,
        shared=len(sequences & _sequences([original.abstract], _SHARED)) / max(1, len(sequences)),
        invented=frozenset(_plain(n) for n in re.findall(_NUMBER, digest.abstract)) - known,
        figures=figures,
        kept=figures & _all_numbers(digest.abstract),
    )


def _faults(findings: Sequence[Finding]) -> list[str]:
    faults = []
    for finding in findings:
        if finding.words not in _WORDS:
            faults.append(f"{finding.title}: {finding.words} words")
        if finding.sentences not in _SENTENCES:
            faults.append(f"{finding.title}: {finding.sentences} sentences")
        if finding.longest_run:
            faults.append(f"{finding.title}: nine words in a row are copied")
        if finding.invented:
            faults.append(f"{finding.title}: not in the abstract: {', '.join(sorted(finding.invented))}")
    if statistics.median(finding.shared for finding in findings) >= _MEDIAN_SHARED:
        faults.append("half of the digests share too many five-word sequences")
    figures = sum(len(finding.figures) for finding in findings)
    if sum(len(finding.kept) for finding in findings) < _LEAST_KEPT * figures:
        faults.append("too few figures are kept")
    return faults


def _sequences(texts: Sequence[str], length: int) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        words = re.findall(r"[a-z0-9]+", text.lower())
        found.update(" ".join(words[i : i + length]) for i in range(len(words) - length + 1))
    return frozenset(found)


def _all_numbers(text: str) -> frozenset[str]:
    """Every number in a text, also inside words (`ViT-8`) and spelled out (`eight`)."""
    digits = {_plain(match) for match in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+|\d+", text)}
    digits |= {_plain(match) for match in re.findall(r"\d+", text)}
    spelled: Mapping[str, float] = _SPELLED
    return frozenset(
        digits | {f"{spelled[w]:g}" for w in re.findall(r"[a-z]+", text.lower()) if w in spelled}
    )


def _plain(number: str) -> str:
    return f"{float(number.replace(',', '')):g}"


if __name__ == "__main__":
    main()
