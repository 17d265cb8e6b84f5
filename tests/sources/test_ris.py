"""RIS and MEDLINE: the tags that programs use, and what a lost line costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sources.reading import read_source
from rag.types import Reading

_ZOTERO = """TY  - JOUR
TI  - Owls of the Far North
AU  - Moor, Ada
AU  - Heath, Ben, Jr.
AU  - Sea,, Inc.
T2  - Owl Letters
AB  - Owls hunt by ear.
They fly
  in silence.
DA  - 2021/05/03/
PY  - 2021
DO  - 10.1000/owl.1
UR  - https://owl.test/1
Y2  - 2022/01/01/
ER  -
"""
_ENDNOTE = """Provider: Owl Press
Content: text/plain

TY  - JOUR
T1  - Field Mice
A1  - Fen, Cy
Y1  - 2020/07//
N2  - Mice hear them late.
DO  - 10.1000/mice
ER  -

"""
_PUBMED = """
PMID- 12345678
OWN - NLM
DA  - 20060811
DP  - 2006 Aug 3
TI  - Voles dig: a study of voles and
      of their tunnels.
LID - 10.1000/voles [doi]
AB  - Voles dig. AIM - we ask
      how deep.
FAU - Fen, Cy
AU  - Fen C
"""
_GOOD = "TY  - JOUR\nTI  - Owls\nAB  - They hunt.\nER  - \n"


def _read(text: str) -> Reading:
    reading = read_source(text.encode(), source="refs.ris")
    assert reading.format == "ris"
    return reading


def _titles(reading: Reading) -> list[str]:
    return [paper.title for paper in reading.papers]


def test_a_record_of_zotero_is_read_whole() -> None:
    [paper] = _read(_ZOTERO).papers
    assert (paper.title, paper.published, paper.url) == (
        "Owls of the Far North",
        "2021-05-03",
        "https://owl.test/1",
    )
    assert paper.abstract == "Owls hunt by ear. They fly in silence."
    assert paper.authors == ("Ada Moor", "Ben Heath Jr.", "Sea, Inc.")


def test_a_record_of_endnote_is_read_under_its_own_tags() -> None:
    [paper] = _read(_ENDNOTE).papers
    assert (paper.title, paper.abstract, paper.authors) == ("Field Mice", "Mice hear them late.", ("Cy Fen",))
    assert (paper.published, paper.url) == ("2020-07", "https://doi.org/10.1000/mice")


def test_a_record_of_pubmed_is_read_with_the_day_it_was_published() -> None:
    [paper] = _read(_PUBMED).papers
    assert paper.title == "Voles dig: a study of voles and of their tunnels."
    assert paper.abstract == "Voles dig. AIM - we ask how deep."
    assert (paper.authors, paper.published) == (("Cy Fen",), "2006-08-03")
    assert paper.url == "https://pubmed.ncbi.nlm.nih.gov/12345678/"


@pytest.mark.parametrize(
    "line",
    [
        "M1  - arXiv:2101.00001",
        "DO  - 10.48550/arXiv.2101.00001",
        "UR  - http://arxiv.org/abs/2101.00001v3",
        "JO  - arXiv preprint arXiv:2101.00001",
    ],
)
def test_an_arxiv_id_is_found_where_each_program_writes_it(line: str) -> None:
    assert _read(_GOOD.replace("ER", f"{line}\nER")).papers[0].id == "2101.00001"


@pytest.mark.parametrize(
    "broken",
    [
        "TY  - JOUR\nTI  - Mice\nAB  - They flee.\n",  # no ER
        "TI  - Mice\nAB  - They flee.\nER  - \n",  # no TY
        "\n\nTY - JOUR\nTI  - Mice\nAB  - They flee.\nER  -\n",
    ],
)
def test_a_record_that_lacks_its_first_or_last_line_is_read_and_costs_no_other(broken: str) -> None:
    reading = _read(_GOOD + broken + _GOOD)
    assert _titles(reading) == ["Owls", "Mice", "Owls"]
    assert reading.skipped == ()


def test_a_record_without_an_abstract_is_named_with_its_line() -> None:
    reading = _read(_GOOD + "TY  - BOOK\nTI  - Empty Nest\nER  - \n" + _GOOD)
    assert _titles(reading) == ["Owls", "Owls"]
    assert [str(skip) for skip in reading.skipped] == ["refs.ris:5: no abstract for “Empty Nest”"]


def test_a_file_that_is_cut_off_says_so_of_its_last_record() -> None:
    reading = _read(_GOOD + "TY  - JOUR\nTI  - Mice\nAB  - They fl")
    assert _titles(reading) == ["Owls"]
    assert [str(skip) for skip in reading.skipped] == [
        "refs.ris:5: the file ends within the record “Mice”; export it again"
    ]


@given(st.data())
def test_a_cut_and_a_stroke_anywhere_cost_no_other_record(data: st.DataObject) -> None:
    middle = data.draw(st.sampled_from([_ZOTERO, _ENDNOTE, _PUBMED]))
    start = data.draw(st.integers(0, len(middle)))
    end = data.draw(st.integers(start, len(middle)))
    stroke = data.draw(st.text(st.sampled_from("TYERAB -\n"), max_size=6))
    reading = _read(f"{_GOOD}{middle[:start]}{stroke}{middle[end:]}\n{_GOOD}")
    assert [title for title in _titles(reading) if title == "Owls"] == ["Owls", "Owls"]
