"""BibTeX of many hands: what it says of a paper, and what a broken entry costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sources.reading import read_source
from rag.types import Reading

_ZOTERO = r"""
@article{moor_owls_2021,
	title = {The {Owls} of {Troms{\o}}: 40\% by Ear},
	volume = {3},
	issn = {0000-0000},
	url = {https://owl.test/a\_b},
	doi = {10.1000/owl.1},
	abstract = {Owls hunt by ear --- at \$5 a mouse. We follow ``forty'' of them in $\mathbb{R}^2$.},
	journal = {Owl Letters},
	author = {Moor, Ada and de la Heath, Jr., Ben and {Sea, Inc.} and others},
	month = may,
	year = {2021},
	file = {Full Text:C\:\\Users\\ada\\owls.pdf:application/pdf},
}
"""
_ANTHOLOGY = r"""
@string{acl = "Association for Owls"}
@inproceedings{heath-etal-2020-mice,
    title = "Field {M}ice" # " and Others",
    author = "Heath, Ben  and
      M{\"u}ller, J{\'e}r{\^o}me  and
      Donald~E. Fen",
    month = jul # "~3",
    year = "2020",
    publisher = acl,
    url = "https://mice.test/2020.acl-main.1",
    abstract = "Mice hear them late."
}
"""
_ARXIV = """
@misc{fen2019voles, title={Voles}, author={Cy Fen}, year={2019}, eprint={1901.00001}, archivePrefix={arXiv},
      primaryClass={cs.CL}, abstract={They dig.}}
"""
_GOOD = "@article{owl, title = {Owls}, abstract = {They hunt.}}\n"


def _read(text: str) -> Reading:
    reading = read_source(text.encode(), source="refs.bib")
    assert reading.format == "bibtex"
    return reading


def _titles(reading: Reading) -> list[str]:
    return [paper.title for paper in reading.papers]


def _complaints(reading: Reading) -> list[str]:
    return [str(skip) for skip in reading.skipped]


def test_an_entry_of_zotero_is_read_whole_and_readable() -> None:
    [paper] = _read(_ZOTERO).papers
    assert paper.title == "The Owls of Tromsø: 40% by Ear"
    assert paper.abstract == "Owls hunt by ear — at $5 a mouse. We follow “forty” of them in ℝ^2."
    assert paper.authors == ("Ada Moor", "Ben de la Heath Jr.", "Sea, Inc.")
    assert (paper.published, paper.url) == ("2021-05", "https://owl.test/a_b")


def test_macros_and_joined_pieces_are_read() -> None:
    [paper] = _read(_ANTHOLOGY).papers
    assert (paper.title, paper.published) == ("Field Mice and Others", "2020-07-03")
    assert paper.authors == ("Ben Heath", "Jérôme Müller", "Donald E. Fen")


def test_an_arxiv_entry_has_its_id_and_the_link_that_goes_with_it() -> None:
    [paper] = _read(_ARXIV).papers
    assert (paper.id, paper.url) == ("1901.00001", "https://arxiv.org/abs/1901.00001")


@pytest.mark.parametrize(
    "field",
    [
        "eprint = {2101.00001v2}, eprinttype = {arxiv}",
        "doi = {10.48550/arXiv.2101.00001}",
        "journal = {arXiv preprint arXiv:2101.00001}",
        "note = {arXiv:2101.00001 [cs]}",
        "url = {http://arxiv.org/pdf/2101.00001v1}",
    ],
)
def test_an_arxiv_id_is_found_where_each_program_writes_it(field: str) -> None:
    assert _read(_GOOD.replace("}}", f"}}, {field}}}")).papers[0].id == "2101.00001"


def test_an_eprint_of_another_archive_is_no_arxiv_id() -> None:
    assert _read(_GOOD.replace("}}", "}, eprint={2101.00001}, eprinttype={hal}}")).papers[0].id == "owls"


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("date = {2021-05-03/2021-05-07}", "2021-05-03"),
        ("year = 2021, month = 5, day = 3", "2021-05-03"),
        ("year = {2021}, month = {{May}}", "2021-05"),
        ("year = {2021}, date = {2021-05}", "2021-05"),
        ("year = {in press}", None),
        ("month = may", None),
    ],
)
def test_dates_are_read_as_far_as_they_are_told(fields: str, date: str | None) -> None:
    assert _read(_GOOD.replace("}}", f"}}, {fields}}}")).papers[0].published == date


def test_a_doi_is_a_link_where_there_is_no_other() -> None:
    assert (
        _read(_GOOD.replace("}}", "}, doi = {10.1000/a_b}}")).papers[0].url == "https://doi.org/10.1000/a_b"
    )


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ("@article{bad, title = {Mice, abstract = {They flee.}}", "after “title”"),
        ("@article{bad, title = {Mice}} , abstract = {They flee.}}", "after “title”"),
        ("@article{bad, title = {Mice}, abstract = {They} flee.}}", "after “abstract”"),
        ('@article{bad, title = {Mice}, abstract = "They flee.}', "in “abstract”"),
        ("@article{bad, title = {Mice}, abstract = {They fl", "in “abstract”"),
        ("@article{bad title = {Mice}, abstract = {They flee.}}", "after its key"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n", "\n% a remark\n\n"])
def test_a_broken_entry_costs_itself_alone(broken: str, where: str, gap: str) -> None:
    reading = _read(_GOOD + gap + broken + "\n" + gap + _GOOD)
    assert _titles(reading) == ["Owls", "Owls"]
    [complaint] = _complaints(reading)
    assert complaint.startswith(f"refs.bib:{2 + gap.count(chr(10))}: the entry “")
    assert f" is broken {where}; look there for a brace, quote or comma" in complaint


def test_macros_of_macros_do_not_grow_without_end() -> None:
    doubled = "".join(f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 60))
    [paper] = _read(f"@string{{m0 = {{owl }}}}\n{doubled}@misc{{a, title = m59, abstract = m2}}").papers
    assert len(paper.title) <= 200
    assert paper.abstract == "owl owl owl owl"


def test_a_brace_that_zotero_escaped_alone_is_read() -> None:
    assert _titles(_read(r"@misc{a, title = {Owls \{ Mice}, abstract = {They hunt.}}" + "\n" + _GOOD)) == [
        "Owls { Mice",
        "Owls",
    ]


def test_a_comma_left_out_between_two_fields_is_forgiven() -> None:
    assert _titles(_read(_GOOD.replace("}, abs", "}\n abs"))) == ["Owls"]


def test_entries_on_one_line_are_parted() -> None:
    line = _GOOD.strip()
    assert _titles(_read(f"{line} {line.replace('They hunt.}', 'They')} {line}")) == ["Owls", "Owls"]


def test_entries_without_an_abstract_are_named_by_title_or_key() -> None:
    reading = _read("@misc{a, title = {Empty Nest}}\n\n@misc{b, year = 2021}\n" + _GOOD)
    assert _titles(reading) == ["Owls"]
    assert _complaints(reading) == [
        "refs.bib:1: no abstract for “Empty Nest”",
        "refs.bib:3: neither title nor abstract in the entry “b”",
    ]


def test_a_file_without_any_abstract_says_first_what_to_do() -> None:
    first, *others = _complaints(_read("@misc{a, title = {Empty Nest}}\n@misc{b, title = {Late}}"))
    assert first.startswith(
        "refs.bib: none of its 2 entries has an abstract; export them from a library that"
    )
    assert len(others) == 2


def test_the_tilde_of_an_address_is_no_tie() -> None:
    [paper] = _read(_GOOD.replace("They hunt.", "They~hunt: https://owl.test/~moor.")).papers
    assert paper.abstract == "They hunt: https://owl.test/~moor."


def test_comments_of_jabref_are_passed_over() -> None:
    written = "% Encoding: UTF-8\n\n@Comment{jabref-meta: databaseType:bibtex;}\n@preamble{{x}}\n"
    assert _complaints(_read(written + _GOOD)) == []


@given(st.data())
def test_a_cut_and_a_stroke_anywhere_cost_no_other_entry(data: st.DataObject) -> None:
    middle = data.draw(st.sampled_from([_ZOTERO, _ANTHOLOGY.partition("\n@in")[2], _ARXIV])).strip()
    middle = middle if middle.startswith("@") else f"@in{middle}"
    start = data.draw(st.integers(1, len(middle)))
    end = data.draw(st.integers(start, len(middle)))
    stroke = data.draw(st.text(st.sampled_from('{}"=,#\\ a\n'), max_size=3))
    reading = _read(f"{_GOOD}{middle[:start]}{stroke}{middle[end:]}\n{_GOOD}")
    assert [title for title in _titles(reading) if title == "Owls"] == ["Owls", "Owls"]
