"""What is done with a set in a conversation: "export these", "drop the surveys", "only the ones on video". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering.asking.asking_words import opening
from rag.answering.asking.meant import (
    SHOWN_BEFORE,
    FollowUp,
    ids_of,
    last_asked,
    no_such_paper,
    on_set,
    set_question,
    too_few,
    untold,
)
from rag.answering.asking.mentions import content_words
from rag.answering.asking.pointing import CARDINALS, ORDINALS, SHORT_ORDINAL
from rag.answering.asking.references import find_reference
from rag.types import Conversation, Kind, Scope

POLITE = opening("let's", "i want to")
_THEM = r"(?:these|those|them|it|this|that|all|everything|the (?:list|set|results?|rest))"
_EXPORT = re.compile(rf"{POLITE}(?:export|save|download|print)\b", re.IGNORECASE)
DROP = re.compile(
    rf"{POLITE}(?:drop|remove|leave out|exclude|without|no more|not|skip|hide|omit|minus|except|ignore|forget(?: about)?|"
    r"take out|throw out|get rid of|all (?:but|except)(?: for)?|everything (?:but|except)|i do(?:n't| not) (?:want|need)|i(?:'m| am) not interested in|no(?= (?:surveys|reviews|benchmarks|tutorials|data ?sets)\b))\b ?(?P<what>.*)",
    re.IGNORECASE,
)
_KEEP = re.compile(
    rf"{POLITE}(?:(?:give me |show me |show |i (?:want |need )?)?(?:only|just)(?: want| need| care about)?|keep|restrict|limit|narrow|filter|focus on"
    r"|(?=(?:those|these|the ones|ones) (?:about|on|with|without|that|which|for|using|where)\b))\b"
    r"(?: ?\b(?:only|just|this|these|those|them|it|that(?= (?:down )?to\b)|down|by|to|the list)\b)*"
    r"(?: ?(?:the |those |these )?\b(?:ones?|papers|works)\b)? ?(?P<what>.*)",
    re.IGNORECASE,
)
# "Also those with text" asks for more papers; "only those with text" for fewer.
_WIDEN = re.compile(
    r"^(?:(?:and|but|ok(?:ay)?|please|then|now|can you|could you)\b[\s,]*)*(?:(?:also|add|include|plus|as well as)\b[\s,]*)+(?:(?:show|give|list|find|add|include)\b(?: me)? )?(?:also )?"
    r"(?:(?:all )?(?:those|the ones|the papers|ones|papers|works)) (?P<what>(?:about|on|with|without|that|which|for|using)\b.+)$"
    r"|^(?:and )?(?:(?:those|the ones|papers) (?=(?:about|on|with|without|that|which|for|using)\b)|(?!(?:is|are|do|does|did|has|have|can|what|which|who|how|why|it|they|th[ae]t|this|th[eo]se)\b))(?P<too>\w.*?)(?:,? (?:too|as well))\W*$",
    re.IGNORECASE,
)
_KEEP_ONES = re.compile(
    r"\b(?:keep|show me|list|give me) only (?:the ones|those)\b ?(?P<what>.*)", re.IGNORECASE
)
# "Are there any on video?", "any medical ones?": of the set; "any on video?" points at it by itself.
_ANY_OF_SET = re.compile(
    rf"{POLITE}(?:is|are) there (?:any|some)(?: ones?)? (?P<what>(?:about|on|with|without|that|which|for|using|from|in)\b.+)"
    rf"|{POLITE}(?:(?:is|are) there )?(?:any|some) (?P<ones>[\w-]+(?: [\w-]+){{0,2}}) ones?\W*$",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"{POLITE}how many(?: papers)? (?:are (?:left|remaining)|remain|is (?:that|it)(?: now)?)\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:about|on|(?:that|which) (?:are|is) (?:about|on)|(?:that|which))\s+", re.IGNORECASE)
_FILE = re.compile(
    r"\b(?:export|save|download|print|citations?|references|files?|format|list|have|need|cite|put|entry|entries|into|all|everything|top|number|no|"
    rf"{'|'.join((*ORDINALS, SHORT_ORDINAL, 'last', *CARDINALS))}|\d{{1,3}})\b",
    re.IGNORECASE,
)
_SHORT = 8
_NOTHING_TO_EXPORT = "Nothing was shown before that could be exported: ask for papers first."
_ALL = re.compile(
    rf"{POLITE}(?:(?:can i |let me |i want to )?(?:show|list|give|see|print|display)(?: me| us)? )?"
    r"(?:(?:them|these|those) all|all(?: (?:of )?(?:them|these|those|the (?:papers|others|rest)|papers|results|\d+))?|everything|every (?:one|paper)|"
    r"the (?:whole|full|entire|complete) (?:list|set))(?:,? please)?\W*",
    re.IGNORECASE,
)
_FORMATS = (
    (re.compile(r"\bbib ?tex\b|\bbib\b|\blatex\b", re.IGNORECASE), "--bibtex"),
    (re.compile(r"\bris\b|\bzotero\b|\bendnote\b|\bmendeley\b", re.IGNORECASE), "--ris"),
    (re.compile(r"\bcsv\b|\bexcel\b|\bspread ?sheet\b|\btable\b", re.IGNORECASE), "--csv"),
    (re.compile(r"\bmarkdown\b|\bmd\b", re.IGNORECASE), "--markdown"),
)


def read_command(text: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Show all, export these, drop the surveys, only the ones on video."""
    if anew := _ask_for_all(text, conversation) or _widen(text, conversation, period):
        return anew
    if _asks_export(text, shown=bool(conversation.papers)):
        return _export(text, conversation)
    if match := DROP.search(text):
        return _drop(match["what"], conversation)
    if match := _KEEP.search(text) or _KEEP_ONES.search(text):
        return _keep(match["what"], conversation, text, period=period)
    return _of_the_last(text, conversation, period) if conversation.papers else None


def _of_the_last(text: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Read what is of the set without a word for it: "how many are left?", "any on video?"."""
    asked = set_question(conversation)
    if asked and _LEFT.match(text):
        return on_set(asked, tuple(one.id for one in conversation.papers), conversation)
    match = _ANY_OF_SET.match(text) if conversation.kind is Kind.LIST else None
    return _keep(match["what"] or match["ones"], conversation, text, period=period) if match else None


def _export(text: str, conversation: Conversation) -> FollowUp:
    ids = ids_of(conversation.papers)
    if not ids:
        return untold(text, _NOTHING_TO_EXPORT)
    reference = find_reference(text, conversation)
    if reference and (none := no_such_paper(text, reference, conversation)):
        return none
    chosen = (reference.papers if reference else ()) or ids
    asked = set_question(conversation) or SHOWN_BEFORE
    few = too_few(reference, conversation) if reference else ()
    kept = on_set(asked, chosen, conversation, notices=(*few, _how_to_export(text)))
    return replace(kept, all_fit=True)


def _asks_export(text: str, *, shown: bool) -> bool:
    """Tell "export these", and after a set "bibtex please", from papers on an export."""
    if _EXPORT.search(text) and re.search(rf"\b{_THEM}\b|\bthe \w+ (?:one|paper)\b", text):
        return True
    named = [words for words, _ in _FORMATS if words.search(text)]
    bare = _FILE.sub(" ", text)
    for words in named:
        bare = words.sub(" ", bare)
    return (
        shown
        and bool(named or _EXPORT.search(text))
        and len(text.split()) <= _SHORT
        and not content_words(bare)
    )


def _ask_for_all(text: str, conversation: Conversation) -> FollowUp | None:
    """Ask again, without the number, what was answered by a part of a list: "show all"; None for anything else."""
    asked = set_question(conversation)
    if not (conversation.cut and asked and _ALL.fullmatch(text)):
        return None
    if conversation.wider:
        return on_set(asked, ids_of(conversation.wider), conversation)
    return FollowUp(asked, kind=Kind.LIST, notices=("The last question, asked again for all that fit.",))


def _how_to_export(text: str) -> str:
    """Say which command prints the set in the format that is asked for."""
    chosen = next((flag for words, flag in _FORMATS if words.search(text)), "")
    flags = chosen or "with --csv, --bibtex, --ris or --markdown"
    return f'To export these papers: footnote ask --continue "these" {flags}'


def _drop(what: str, conversation: Conversation) -> FollowUp:
    """The third one leaves the set; what is no paper of it becomes an exclusion of the question."""
    ids, wanted = ids_of(conversation.papers), set_question(conversation)
    one = re.fullmatch(r"the \w+[^s\W]", what.strip(" .?!"))  # "the overview": one paper, by its title
    numbers = "papers" if re.search(r"\d\D+\d", what) else "paper"  # "3 and 5", "3"
    put = f"{one.group()} paper" if one else f"{numbers} {what}" if what[:1].isdigit() else what
    reference = find_reference(put, conversation)
    if reference and (none := no_such_paper(what, reference, conversation)):
        return none
    if reference and (few := too_few(reference, conversation)):
        return untold(what, *few)
    if reference and reference.papers and not reference.among and len(reference.papers) < len(ids):
        left = tuple(paper_id for paper_id in ids if paper_id not in reference.papers)
        return on_set(wanted or conversation.question, left, conversation)
    excluding = f"{wanted.rstrip('?. ') or 'papers'}, but not {_bare(what)}"
    return replace(on_set(excluding, ids, conversation), sought=wanted)


def _widen(text: str, conversation: Conversation, period: Scope) -> FollowUp | None:
    """Ask for what meets the last question or something else, in the whole library; None for anything else."""
    asked = set_question(conversation)
    match = _WIDEN.match(text) if conversation.papers and asked else None
    if match is None:
        return None
    also = _ABOUT.sub("", _bare(match["what"] or match["too"]))
    wider = f"{asked.rstrip('?. ')} or {also}"
    return FollowUp(wider, scope=period, kind=Kind.LIST, notices=("The last question, widened.",))


def _keep(what: str, conversation: Conversation, text: str, *, period: Scope) -> FollowUp:
    """Of the set, the papers of a time, those named, or those on a topic."""
    ids = ids_of(conversation.papers)
    last = last_asked(conversation)
    if not _bare(what):
        return on_set(last or "papers", ids, conversation, period=period)
    reference = find_reference(text, conversation)
    if reference and (none := no_such_paper(text, reference, conversation)):
        return none
    if reference and reference.papers and (len(reference.papers) < len(ids) or reference.beyond):
        few = too_few(reference, conversation)
        return on_set(last, reference.papers, conversation, period=period, notices=few)
    return on_set(f"papers {joined(_bare(what))}", ids, conversation, period=period)


def _bare(what: str) -> str:
    return re.sub(
        r"^(?:the|all|any|those|these|everything|anything)\s+|(?:\s+(?:please|pls|out|from (?:the|this) list|papers|ones))+$",
        "",
        what.strip(" ?.!,"),
    )


def joined(what: str) -> str:
    """Return a phrase that can follow "papers": "on video", "that use code"."""
    if re.match(
        r"(?:on|about|for|with|without|that|which|who|where|using|from|in|by|of|not)\b", what, re.IGNORECASE
    ):
        return what
    return f"on {what}"
