"""Requests for what Footnote does not do: translate, write verse or code, draw. Told from their words. Pure.

Only a request in so many words, at the beginning: "papers that translate sketches" and "code generation" are topics, and so
is "sketch image retrieval". A summary, an overview or a list of related work is asked of the abstracts, and answered.
"""

from __future__ import annotations

import re

from rag.answering.asking.asking_words import PAPERS
from rag.answering.asking.small_talk import INVITATION

_PLEASE = (
    r"^(?:(?:please|kindly|ok|okay|now|and|then|so|hi|hello|hey|can|could|would|will|you|i want you to|i'd like you to|i need you to|help me(?: to)?|"
    r"footnote),? )*"
)
_LANGUAGES = (
    r"(?:english|german|french|spanish|italian|portuguese|dutch|russian|chinese|japanese|korean|arabic|turkish|polish|czech|swedish|greek|hebrew|"
    r"hindi|ukrainian|my (?:own )?language|(?:another|other) languages?)"
)
_ARTICLE = r"(?:(?:me|us|a|an|the|some|my|our|your) )"
_HOW = r"(?:(?:short|long|nice|funny|small|simple|little|quick|working|complete|example|sample|python|pytorch|java|matlab|latex) )*"
_SHOWN = (
    r"(?:this|that|it|these|those|them|everything|(?:the |its |their )?(?:[\w-]+ )?(?:abstracts?|titles?|answers?|summary|summaries|quotes?|results?)"
    r"|(?:the |this )(?:[\w-]+ )?(?:papers?|texts?|sentences?|list))"
)
# Behind it nothing else may stand: "translate this idea to audio" is a topic.
_ASKED_SO = r"(?=\W*$|:| (?:for me|please)\b)"
_TEXT = (
    r"(?:this|it|that|(?:this|that|my|our|the(?: following)?) (?:[\w-]+ ){0,2}(?:abstracts?|texts?|sentences?|paragraphs?|sections?|introductions?|intro|"
    r"conclusions?|drafts?|manuscripts?|essays?|e-?mails?|letters?|titles?|summary|answers?|captions?|english|grammar|writing|thesis|proposal)|the following)"
)
_PICTURE = r"(?:diagrams?|flow ?charts?|mind ?maps?|slides?|slide ?decks?|presentations?|powerpoints?|posters?|infographics?|logos?|memes?|cartoons?)"
_VERSE = (
    r"(?:poems?|poetry|verses?|haikus?|limericks?|songs?|lyrics|stor(?:y|ies)|fairy tales?|jokes?|essays?|e-?mails?|letters?|tweets?|blog ?posts?|"
    r"speech|cover letters?|cv|resume|homework|thesis|dissertation)"
)
_CODE = r"(?:code|programs?|scripts?|functions?|class(?:es)?|snippets?|implementations?|unit tests?|notebooks?|macros?)"
_NO_LINE = r"(?!conclusions?|distinctions?|comparisons?|analog|parallels?|lines?|samples?|inferences?)"
_WHOLE = r"(?=\W*$| (?:(?:of|for|about|on|in|to|that|which|explaining|showing|comparing)\b|from (?:this|these|those|the|my|it)\b))"

_TASKS = (
    (
        "translate",
        rf"translate {_SHOWN}(?:{_ASKED_SO}| of\b| (?:in)?to {_LANGUAGES}\b)|translate (?!.*\b(?:from|between)\b)(?!{_LANGUAGES}|(?:the )?(?:texts?|speech|sentences?)\b).+ (?:in)?to {_LANGUAGES}\W*$",
    ),
    (
        "write verse, stories or letters",
        rf"(?:write|compose|invent|make up) {_ARTICLE}*{_HOW}{_VERSE}{_WHOLE}",
    ),
    (
        "write code",
        rf"(?:write {_ARTICLE}*|(?:code|program|debug|fix) {_ARTICLE}+){_HOW}{_CODE}{_WHOLE}|(?:generate|give|show) me (?:some |the )?(?:python|pytorch|java|matlab|c\+\+) {_CODE}\b|"
        r"implement .+ in (?:python|pytorch|tensorflow|jax|java|matlab|c\+\+|rust|julia)\W*$",
    ),
    (
        "draw",
        rf"(?:draw|paint) {_ARTICLE}+{_NO_LINE}[\w-]+|(?:draw|paint|sketch) {_ARTICLE}*(?:[\w-]+ )?{_PICTURE}{_WHOLE}|"
        rf"(?:make|create|generate|produce|design|prepare|build) {_ARTICLE}+(?:[\w-]+ ){{0,2}}{_PICTURE}{_WHOLE}|(?:make|create|prepare) slides{_WHOLE}",
    ),
    (
        "edit texts",
        rf"(?:proofread|paraphrase|rephrase|reword|rewrite|spell-?check|correct|polish|edit) {_TEXT}{_ASKED_SO}",
    ),
)
# What another command does, or nobody.
_POINTS = r"(?:these|those|them|it|this|that|all|each|the (?:\w+ (?:one|two|three)|first|second|third|last|list|set|rest|others?|results?|papers?))\b"
_COMMANDS = (
    (
        "take papers out of a library when asked: `footnote remove` does",
        r"(?:delete|erase|wipe) (?:(?:all|every|the|my|our|this|whole|entire|of) )*(?:papers?|works|library|collection|files|everything|database)\W*$",
    ),
    (
        "keep PDFs: with each paper stands its link",
        r"(?:(?:open|download|get|give|show|send|fetch|find|i need|i want)(?: me)? )(?:the |a )?(?:pdfs?|full[- ]?texts?)(?: files?)? (?:of|for|to)\b",
    ),
    (
        'print entries of references in an answer: `footnote ask "..." --bibtex` does, or --ris',
        rf"(?:(?:give|show|get|send|print|export|i need|i want)(?: me)? )(?:the |a )?(?:bib ?tex|ris)(?: (?:entry|entries|file|references?))? (?:of|for) (?!{_POINTS})",
    ),
)
_COMPILED = tuple(
    (task, re.compile(f"{_PLEASE}(?:{words})", re.IGNORECASE)) for task, words in (*_TASKS, *_COMMANDS)
)
# What stands behind the request is the question: "help me write an essay on X: which papers should I cite?"
_QUESTION_BEHIND = re.compile(
    r"(?:[:;,.!?]|[-–—] )\s*(?:and |so )?(?:which|what|who|whose|how|where|why|is|are|do|does|did|any)\b.*\?|"
    rf"\b(?:which|what|whose) (?:[\w-]+ )?(?:{PAPERS})\b.*\?|\bwho\b.*\bpapers?\b.*\?",
    re.IGNORECASE,
)


def refuse_task(text: str) -> str:
    """Return a line that says what Footnote does, if it is asked for something else; "" if not.

    >>> refuse_task("write a poem")[:43]
    'Footnote does not write verse, stories or l'
    >>> refuse_task("papers that translate sketches"), refuse_task("code generation")
    ('', '')
    """
    if _QUESTION_BEHIND.search(text[: text.rfind("?") + 1]):
        return ""
    task = next((task for task, words in _COMPILED if words.match(text)), "")
    return f"Footnote does not {task}. {INVITATION}" if task else ""
