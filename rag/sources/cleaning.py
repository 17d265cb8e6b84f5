r"""Make the LaTeX and markup remains of listing pages readable, and touch nothing else.

Listing pages strip LaTeX halfway: `{\em word}`, `\eg`, `V^{2}`, `{sim}13%`, `x2013`, `8times`.
pylatexenc reads what is still LaTeX; a short table restores what lost its backslash. Text without
such remains comes back as it was, but for white space, control and direction marks.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexMacroNode
    from pylatexenc.macrospec import LatexContextDb

# Control characters, zero-width marks, direction overrides and tag letters: invisible, and a way to deceive.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff\U000e0001\U000e0020-\U000e007f]"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Publishers' abstracts come with the tags of their archive (JATS), and a heading that says what they are.
_JATS_HEADING = re.compile(
    r"<jats:title>\s*Abstract\s*</jats:title>|</?jats:(?:p|sec|title)\b[^<>]*>", re.IGNORECASE
)
_JATS = re.compile(r"</?jats:[^<>]*>", re.IGNORECASE)
_LATEX = re.compile(r"[\\{}$]")
# What pylatexenc would take for a comment, a column, or a parameter is plain text on these pages.
_LITERAL = re.compile(r"(?<!\\)([%&#])")
# Much as Pandoc parts mathematics from money: no space inside the two signs, not a digit after both.
_DOLLARS = re.compile(
    r"(?<!\\)(?:(\$\$[^$]+\$\$|\$(?![\s\d$])[^$]*(?<!\s)\$|\$(?=\d)[^$]*(?<!\s)\$(?!\d))|\$)"
)
# pylatexenc takes ten seconds a megabyte; no abstract is a hundredth of that.
_LONGEST_LATEX = 50_000
_QUOTED = re.compile(r"``([^`']{1,200})(?:''|\")")
_LOST_FONT = re.compile(r"(?<!\\)\b(?:mathcal|mathbf|mathbb|mathrm|mathit|textbf|textit|texttt)(?=\{)")
_LOST_TIMES = re.compile(r"(?<=\d)times(?![^\W\d])")
_LOST_SYMBOLS = {"{sim}": "~", "{approx}": "≈", "{pm}": "±", "x2013": "–", "x2014": "—", "x2019": "’"}
# A dash stands between words or letters; "Linux2013" is a name.
_LOST = re.compile(r"\{(?:sim|approx|pm)\}|(?:(?<=\s)|(?<=[a-z](?=x)))x20(?:13|14|19)(?=\s|[a-z])")
_ABBREVIATIONS = {
    "ie": "i.e.", "eg": "e.g.", "etal": "et al.", "cf": "cf.", "etc": "etc.", "wrt": "w.r.t.", "vs": "vs.",
}  # fmt: skip
# What pylatexenc does not know, or reads as another sign: the circumflex as the accent U+02C6.
_UNKNOWN = {
    "textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">",
    "textbar": "|", "textquotedbl": '"', "textunderscore": "_", "textperiodcentered": "·",
    "textsuperscript": "^%s", "textsubscript": "%s", "textfrac": "%s/%s",
}  # fmt: skip
# What follows these belongs to the word: `S\o rensen`, `({\em soft} rules)`.
_EATS_SPACE = re.compile(
    r"(\\(?:em|it|bf|sc|tt|sl|rm|sf|[oOlLij]|ss|ae|AE|oe|OE|aa|AA|textquoteright))\s+(?=\w)"
)
_SILENT = ("em", "it", "bf", "sc", "tt", "sl", "rm", "sf", "left", "right", "-")


def clean(text: str) -> str:
    r"""Return `text` readable, on one line, NFC-normalised.

    >>> clean(r"gains {sim}13% with {\em hash maps}, \ie V^{2}L, 2-5times faster")
    'gains ~13% with hash maps, i.e. V^2L, 2-5× faster'
    >>> clean("50% of A & B ~ 20x  [untouched_name]")
    '50% of A & B ~ 20x [untouched_name]'
    """
    entities = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    visible = _JATS.sub("", _JATS_HEADING.sub(" ", _INVISIBLE.sub("", entities)))
    restored = _LOST.sub(lambda match: _LOST_SYMBOLS[match.group()], visible)
    restored = _LOST_FONT.sub("", _LOST_TIMES.sub("×", restored))
    restored = _QUOTED.sub("“\\1”", restored)
    is_latex = len(restored) <= _LONGEST_LATEX and _LATEX.search(restored)
    readable = _read_latex(restored) if is_latex else restored
    return " ".join(unicodedata.normalize("NFC", readable).split())


def _read_latex(text: str) -> str:
    from pylatexenc.latexwalker import LatexWalker

    escaped = _LITERAL.sub(r"\\\1", _EATS_SPACE.sub(r"\1{}", text))
    spared = _DOLLARS.sub(lambda match: match[1] or r"\$", escaped)
    walker = LatexWalker(spared, latex_context=_parsing_context(), tolerant_parsing=True)
    try:
        nodes, _, _ = walker.get_latex_nodes()
        return str(_converter().nodelist_to_text(nodes))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # A macro without its arguments, or braces without end: the text is shown as it stands.
        return text


@functools.cache
def _parsing_context() -> LatexContextDb:
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import std_macro

    # Without "specials" a tilde, a dash and a quotation mark stay what they are.
    context = get_default_latex_context_db().filter_context(keep_which=["macros", "environments"])
    arguments = {"href": "{{"} | {name: "{" * text.count("%s") for name, text in _UNKNOWN.items()}
    context.add_context_category("footnote", macros=[std_macro(*macro) for macro in arguments.items()])
    return context


@functools.cache
def _converter() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    def words(text: str) -> Callable[[LatexMacroNode], str]:
        return lambda node: text + node.macro_post_space

    macros = [MacroTextSpec(name, simplify_repl=words(text)) for name, text in _ABBREVIATIONS.items()]
    macros += [MacroTextSpec(name, simplify_repl="") for name in _SILENT]
    macros += [MacroTextSpec(name, simplify_repl=text) for name, text in _UNKNOWN.items()]
    macros += [MacroTextSpec("url", simplify_repl="%s"), MacroTextSpec("space", simplify_repl=" ")]
    context = get_default_latex_context_db()
    context.add_context_category("footnote", macros=macros, prepend=True)
    # An author's own macro keeps its name: `\method` reads "method".
    context.set_unknown_macro_spec(
        MacroTextSpec("", simplify_repl=lambda node: node.macroname + node.macro_post_space)
    )
    # A listing page lost the dollar signs: the space in "\tau and" parts two words.
    spaces = {"between-macro-and-chars": False, "between-latex-constructs": True}
    return LatexNodes2Text(
        latex_context=context, math_mode="text", keep_comments=True, strict_latex_spaces=spaces
    )
