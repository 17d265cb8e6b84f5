"""How much do the checks catch? `python -m eval.bench.verification [PAGE...] [--scifact FOLDER]`.

True sentences are those of the abstracts and of their digests (an independent paraphrase each); false
ones are made of them by rule, with a fixed seed (`eval/mutations.py`). Without pages, the sentences of
the digests stand against the digests. Half of the papers, by a fixed rule, were used to fix rules and
thresholds (`--half tune`); the other half is reported. Shares come with n and a 95 % interval (Wilson).
`--sample polarity` prints mutations to be read by eye.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.claims import read_claims, render_claims, verify_claims
from eval.proportions import drawn_share
from eval.verification_cases import Case, generate_cases, is_reported
from rag.answering.checks.verification import check_sentence
from rag.app import read_file
from rag.sample import read_sample
from rag.sources.entry import title_key
from rag.sources.reading import read_source
from rag.types import Paper

_CLAIMS = "claims_train.jsonl"
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Checked:
    """A case, whether the paper it cites was let pass as its source, and the milliseconds it took.

    `kept` is the same with all sources of the prompt at hand: another one may have taken its place.
    """

    case: Case
    passed: bool
    kept: bool
    milliseconds: float


def main() -> None:
    """Check all cases and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--scifact", type=Path, help="folder that holds SciFact's claims_train.jsonl")
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--sample", metavar="CHANGE", help="print 40 mutations of a kind, and no figures")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    cases = _cases(arguments.pages, seed=arguments.seed, half=arguments.half)
    if arguments.sample:
        _print_sample([case for case in cases if case.change == arguments.sample])
        return
    _print_table([_check(case) for case in cases], half=arguments.half)
    if arguments.scifact:
        claims = read_claims(arguments.scifact / _CLAIMS)
        print(f"\nSciFact train, {len(claims)} pairs of claim and abstract")
        print(render_claims(verify_claims(claims)))


def _cases(pages: Sequence[Path], *, seed: int, half: str) -> list[Case]:
    digests = read_source(read_sample(), source="sample").papers
    read = {title_key(paper.title): paper for page in pages for paper in read_file(page).papers}
    papers: Iterable[Paper] = read.values() if pages else digests
    cases = generate_cases(tuple(papers), digests, seed=seed)
    return [case for case in cases if is_reported(case.paper) == (half == "report")]


def _check(case: Case) -> Checked:
    passed = check_sentence(case.text, [case.cited], question="").supported
    began = time.perf_counter()
    support = check_sentence(case.text, [case.cited], question="", shown=(*case.shown, case.cited))
    milliseconds = 1000 * (time.perf_counter() - began)
    kept = support.supported and any(paper.id == case.cited.id for paper, _ in support.evidence)
    return Checked(case, passed, kept, milliseconds)


def _print_table(checked: Sequence[Checked], *, half: str) -> None:
    groups: defaultdict[tuple[str, str], list[Checked]] = defaultdict(list)
    for one in checked:
        groups[one.case.change, one.case.origin].append(one)
        groups[one.case.change, "both"].append(one)
    print(
        f"{half} half, {len({one.case.paper.id for one in checked})} papers; share caught, or refused if true"
    )
    print(f"{'change':<24}{'sentence of':<13}{'its citation alone':<41}all sources at hand")
    for (change, origin), members in sorted(groups.items(), key=lambda item: (item[0][0] != "none", item[0])):
        alone = drawn_share(sum(not one.passed for one in members), len(members))
        shown = drawn_share(sum(not one.kept for one in members), len(members))
        print(f"{change:<24}{origin:<10}{alone:<41}{shown}")
    times = sorted(one.milliseconds for one in checked)
    middle, late = (times[int(share * (len(times) - 1))] for share in (0.5, 0.95))
    print(f"\na sentence with all sources at hand: p50 {middle:.1f} ms, p95 {late:.1f} ms, n {len(times)}")


def _print_sample(cases: Sequence[Case]) -> None:
    for case in random.Random(_SAMPLE).sample(cases, min(_SAMPLE, len(cases))):  # noqa: S311  # a sample to read
        print(f"- {case.before}\n  {case.text}\n")


if __name__ == "__main__":
    main()
