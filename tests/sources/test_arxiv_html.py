"""arXiv's pages, as its templates draw them and as browsers save them."""

from __future__ import annotations

import pytest

from rag.sources.reading import read_source
from rag.types import Paper, PaperId, Reading

# `href` and quotes as the server sends them; the second entry as Firefox saves it, formulas drawn.
_LISTED = """
<dl id='articles'><h3>New submissions (showing 2 of 2 entries)</h3>
<dt>
  <a name='item1'>[1]</a>
  <a href ="/abs/2101.00001" title="Abstract" id="2101.00001"> arXiv:2101.00001 </a>
  [<a href="/pdf/2101.00001" title="Download PDF">pdf</a>, <a href="/format/2101.00001">other</a>]
</dt>
<dd><div class='meta'>
  <div class='list-title mathjax'><span class='descriptor'>Title:</span>
    Owls &amp; Ears in $L_2$
  </div>
  <div class='list-authors'><a href="/search/cs?searchtype=author&query=Moor">Ada Moor</a>, <a href="x">Ben Heath</a></div>
  <div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 12 pages</div>
  <div class='list-subjects'><span class='descriptor'>Subjects:</span> <span class="primary-subject">Owls</span></div>
  <p class='mathjax'>
    Owls hunt by ear.<br>Code: <a href="https://owl.test/code">this https URL</a>.
  </p>
</div></dd>
<dt><a name="item2">[2]</a>
  <span class="list-identifier"><a href="https://arxiv.org/abs/hep-ex/0307015" title="Abstract">arXiv:hep-ex/0307015</a></span>
  (replaced)</dt>
<dd><div class="meta">
  <div class="list-title mathjax"><span class="descriptor">Title:</span> Mice</div>
  <div class="list-authors">(author list is unavailable)</div>
  <p class="mathjax">Mice of <span class="MathJax_Preview"></span><span class="MathJax" id="m"><span>α</span></span>
    <script type="math/tex" id="e">\\alpha</script> grams and
    <mjx-container><svg></svg><mjx-assistive-mml><math><mi>β</mi></math></mjx-assistive-mml></mjx-container> ears.</p>
</div></dd></dl>
"""
_RESULT = """
<ol class="breathe-horizontal" start="1"><li class="arxiv-result">
 <div class="is-marginless"><p class="list-title is-inline-block">
   <a href="https://arxiv.org/abs/2101.00002">arXiv:2101.00002</a>
   <span>&nbsp;[<a href="https://arxiv.org/pdf/2101.00002">pdf</a>]&nbsp;</span></p></div>
 <p class="title is-5 mathjax"> Late <span class="search-hit mathjax">Voles</span> </p>
 <p class="authors"><span class="has-text-weight-semibold">Authors:</span>
   <a href="/search/?query=Fen">Cy Fen</a>, <a href="x">Ada Moor</a></p>
 <p class="abstract mathjax"><span class="has-text-black-bis">Abstract</span>:
  <span class="abstract-short has-text-grey-dark mathjax">&hellip;<span class="search-hit">Voles</span> dig&hellip;
    <a class="is-size-7" onclick="x">&#9661; More</a></span>
  <span class="abstract-full has-text-grey-dark mathjax" style="display: none;">
    All <span class="search-hit mathjax">Voles</span> dig. Submitted 1999.
    <a class="is-size-7" onclick="x">&#9651; Less</a></span></p>
 <p class="is-size-7"><span class="has-text-weight-semibold">Submitted</span> 7 March, 2021;
   <span class="has-text-weight-semibold">v1</span> submitted 3 January, 2021;
   <span class="has-text-weight-semibold">originally announced</span> January 2021. </p>
</li></ol>
"""
_OWN = """<head><meta property="og:title" content="Owls"/>
<meta name="citation_title" content="Owls &amp; Ears"/>
<meta name="citation_author" content="Moor, Ada"/><meta name="citation_author" content="Heath, Ben"/>
<meta name="citation_date" content="2021/01/02"/><meta name="citation_online_date" content="2021/05/03"/>
<meta name="citation_arxiv_id" content="2101.00001"/>
<meta name="citation_abstract" content="Owls hunt by $ear$."/></head>
<h1 class="title mathjax"><span class="descriptor">Title:</span>Owls &amp; Ears</h1>
<blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>Owls hunt by ear,
too.</blockquote>
"""


def _read(body: str) -> Reading:
    page = f"<!DOCTYPE html>\n<!-- saved from url=(0034)https://arxiv.org/list/cs.CL/new -->\n<html>{body}</html>"
    reading = read_source(page.encode(), source="arxiv.html")
    assert reading.format == "arxiv-html"
    return reading


def test_a_listing_gives_titles_authors_abstracts_and_the_month_of_the_id() -> None:
    first, second = _read(_LISTED).papers
    assert first == Paper(
        PaperId("2101.00001"),
        "Owls & Ears in L_2",
        "Owls hunt by ear. Code: https://owl.test/code.",
        ("Ada Moor", "Ben Heath"),
        "2021-01",
        "https://arxiv.org/abs/2101.00001",
        ("arxiv.html",),
    )
    assert (second.title, second.authors, second.published) == ("Mice", (), "2003-07")
    assert second.url == "https://arxiv.org/abs/hep-ex/0307015"


def test_formulas_that_mathjax_has_drawn_are_read_once() -> None:
    _, drawn = _read(_LISTED).papers
    assert drawn.abstract == "Mice of α grams and β ears."


def test_a_listed_paper_without_an_abstract_is_named_and_the_others_stay() -> None:
    bare = _LISTED.replace("<p class='mathjax'>", "<p>")
    reading = _read(bare)
    assert [paper.title for paper in reading.papers] == ["Mice"]
    assert [str(skip) for skip in reading.skipped] == ["arxiv.html:11: no abstract for “Owls & Ears in L_2”"]


def test_a_listing_without_abstracts_says_in_one_line_which_page_to_save() -> None:
    link = '<p>See <a href="/list/cs.CL/new">new</a> changes</p>'
    reading = _read(link + _LISTED.replace("<p class", "<i class"))
    assert reading.papers == ()
    assert [str(skip) for skip in reading.skipped] == [
        "arxiv.html: an arXiv page that lists 2 papers without abstracts; "
        "save arxiv.org/list/cs.CL/new, a search, or the papers' own pages"
    ]


def test_a_search_gives_the_whole_abstract_and_the_day_of_the_first_version() -> None:
    [paper] = _read(_RESULT).papers
    assert (paper.id, paper.title, paper.authors) == ("2101.00002", "Late Voles", ("Cy Fen", "Ada Moor"))
    assert paper.abstract == "All Voles dig. Submitted 1999."
    assert (paper.published, paper.url) == ("2021-01-03", "https://arxiv.org/abs/2101.00002")


def test_a_search_whose_abstracts_are_hidden_says_how_to_show_them() -> None:
    reading = _read(_RESULT.replace("abstract-full", "hidden"))
    [complaint] = reading.skipped
    assert "choose “Show abstracts” there and save the page again" in complaint.reason


def test_a_papers_own_page_is_read_by_its_citation_tags() -> None:
    [paper] = _read(_OWN).papers
    assert (paper.id, paper.title, paper.authors) == ("2101.00001", "Owls & Ears", ("Ada Moor", "Ben Heath"))
    assert (paper.abstract, paper.published) == ("Owls hunt by ear.", "2021-01-02")


def test_an_older_page_has_its_abstract_in_the_text_alone() -> None:
    [paper] = _read(_OWN.replace("citation_abstract", "x")).papers
    assert paper.abstract == "Owls hunt by ear, too."


def test_the_page_of_a_publisher_with_the_same_tags_is_read() -> None:
    body = _OWN.replace("citation_arxiv_id", "x").replace("citation_online_date", "citation_doi")
    [paper] = _read(body.replace("2021/05/03", "10.1000/owls")).papers
    assert (paper.id, paper.url) == ("owls-ears", "https://doi.org/10.1000/owls")


@pytest.mark.parametrize("page", [_LISTED, _RESULT, _OWN], ids=["listing", "search", "own page"])
def test_a_page_cut_anywhere_gives_no_wrong_title(page: str) -> None:
    titles = {paper.title for paper in _read(page).papers}
    for length in range(0, len(page), 7):
        reading = read_source(f"<!DOCTYPE html>{page[:length]}".encode(), source="cut")
        assert reading.papers or reading.skipped
        assert {paper.title for paper in reading.papers if paper.abstract} <= titles
