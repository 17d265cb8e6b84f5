"""LaTeX and markup remains become readable; plain text stays as it was."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.sources.cleaning import clean

# All that may have a meaning for HTML or LaTeX, and what is invisible, the places between tag letters too; what is left
# is plain text.
_TAGS = "".join(map(chr, range(0xE0000, 0xE0080)))
_PLAIN = st.text(
    st.characters(exclude_characters=f"\\{{}}$&`{_TAGS}", exclude_categories=["Cc", "Cf", "Cs"])
).filter(lambda text: not any(lost in text for lost in ("times", "x20")))
_LATEX = st.lists(
    st.sampled_from(list("ab {}[]$%&#^_~'`\".\\"))
    | st.sampled_from(
        [r"\em", r"\frac", r"\href", r"\verb", r"\sqrt", r"\author", r"\item", r"\[", r"\)", r"\'"]
    )
    | st.sampled_from(
        [r"\begin{array}", r"\begin{tabular}{c}", r"\end{array}", r"\footnote", r"\include", "$$"]
    ),
    max_size=12,
).map("".join)


@given(_PLAIN)
@example("87.5% of A & B at $5, C# ~ 20x, 3-5 times, [untouched_name] -- “so” #1 5 < 6")
@example("Ärger, 北京, हिन्दी and naïve café")
@example("an unassigned character \U000e0000")
def test_plain_text_stays_as_it_was_but_for_white_space(text: str) -> None:
    assert clean(text) == " ".join(unicodedata.normalize("NFC", text).split())


@given(_PLAIN)
@example("It costs $5 & {sim}4% more")
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(_LATEX)
@example("{" * 5_000)
@example(r"ends in \verb")
@example(r"\colorbox{red}")
def test_broken_latex_raises_nothing(text: str) -> None:
    assert "\n" not in clean(text)


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        (r"a {\em soft} rule and \textbf{bold} words", "a soft rule and bold words"),
        (r"owls, \eg barn owls, \ie white ones \etal", "owls, e.g. barn owls, i.e. white ones et al."),
        (
            r"S\o rensen's ({\em deep} owls), \ie \method, \tau and \Phi nets",
            "Sørensen's (deep owls), i.e. method, τ and Φ nets",
        ),
        (r"V^{2} of x_{ij} in 10^{-3}", "V^2 of x_ij in 10^-3"),
        (
            r"Erd\H{o}s, na\"{\i}ve G{\"a}rtner, Poincar\'e, Ma\~nana",
            "Erdős, naïve Gärtner, Poincaré, Mañana",
        ),
        (r"Our \method beats \OwlNet{} by far", "Our method beats OwlNet by far"),
        (r"it is $O(n \log n)$ for $\alpha = 2$", "it is O(n log n) for α = 2"),
        (r"$\sim$13\% of \$5, $k$-means", "∼13% of $5, k-means"),
        (r"about 50% {\it more} & 5 % # less", "about 50% more & 5 % # less"),
        (r"``soft'' and ``hard\" labels aren't 'odd' {x}", "“soft” and “hard” labels aren't 'odd' x"),
        (r"code: {\url{https://owl.test/a_b?c=1&d=2%20#e}}", "code: https://owl.test/a_b?c=1&d=2%20#e"),
        (r"see \href{https://owl.test}{our page}.", "see our page <https://owl.test>."),
        (r"long~lines -- and \left( hy\-phens \right)", "long~lines -- and ( hyphens )"),
    ],
)
def test_latex_becomes_readable(raw: str, readable: str) -> None:
    assert clean(raw) == readable


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        ("{sim}13% and 2{pm}0.3 and {approx}7", "~13% and 2±0.3 and ≈7"),
        ("40times faster on 4times4 patches, 2-5times", "40× faster on 4×4 patches, 2-5×"),
        ("sometimes 3 times, a 4timestep run", "sometimes 3 times, a 4timestep run"),
        ("problems x2013 and distancex2014a owlx2019s", "problems – and distance—a owl’s"),
        ("a grid of 20x2013 cells", "a grid of 20x2013 cells"),
        ("mathcal{O}(n) by textbf{Owl}", "O(n) by Owl"),
    ],
)
def test_lost_backslashes_are_restored(raw: str, readable: str) -> None:
    assert clean(raw) == readable


@pytest.mark.parametrize(
    "text",
    [
        "costs $5",
        "costs $5 and $6 per unit",
        "from $5-$6, or US$7 with {x}",
        "between $1,000/day and $2,000/day",
    ],
)
def test_amounts_of_money_keep_their_sign(text: str) -> None:
    assert clean(text) == text.replace("{x}", "x")


def test_html_entities_are_decoded_once() -> None:
    assert (
        clean("A &amp; B &lt;b&gt; &#8211; &#x201C;x&#x201D; &amp;lt; &copy") == "A & B <b> – “x” &lt; &copy"
    )


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x1b",
        "\x9b",
        "\xad",
        "\u061c",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\U000e0041",
        "&#8238;",
    ],
    ids=ascii,
)
def test_invisible_marks_are_removed(mark: str) -> None:
    assert clean(f"safe{mark}ty first") == "safety first"


def test_a_text_far_longer_than_any_abstract_is_not_read_as_latex() -> None:
    text = r"{\em owl} " * 20_000
    assert clean(text) == text.strip()


def test_latex_reads_no_file_of_this_machine() -> None:
    assert "root" not in clean(r"before \input{/etc/passwd} after")


def test_the_tags_of_a_publishers_archive_are_taken_out() -> None:
    tagged = "<jats:title>Abstract</jats:title><jats:p>Owls hunt <jats:italic>by ear</jats:italic>.</jats:p>"
    assert clean(tagged) == clean(html.escape(tagged)) == "Owls hunt by ear."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"H\textsubscript{2}O, 10\textsuperscript{3}, p {\textless} 0.05", "H2O, 10^3, p < 0.05"),
        (r"It\textquoteright s \textfrac{1}{2} {\textasciicircum} \{a\}", "It’s 1/2 ^ {a}"),
        (
            r"fran{\c c}ais, entra{\^\i}ner, Erd{\H o}s, {\AA}ngstr{\"{o}}m",
            "français, entraîner, Erdős, Ångström",
        ),
    ],
)
def test_what_reference_managers_write_is_readable(written: str, read: str) -> None:
    assert clean(written) == read
