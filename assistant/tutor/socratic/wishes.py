"""What a learner wants who writes about an exercise, told by the words alone."""

import re
from enum import StrEnum
from typing import Final

from assistant.tutor.socratic.plain_words import plain_words
from assistant.tutor.socratic.small_talk import is_small_talk


class Wish(StrEnum):
    """What a message asks for."""

    ANSWER = "answer"
    """To be told the answer, in whatever dress."""
    MISTAKE = "mistake"
    """What is wrong with the last try."""
    CHECK = "check"
    """How to see whether it is right."""
    EXAMPLE = "example"
    """One that is worked out."""
    MEANING = "meaning"
    """What a word, or the exercise, means."""
    REASON = "reason"
    """Why something is so, or the idea once more."""
    NEXT = "next"
    """What to do next, or first."""
    SMALL = "small"
    """Nothing of the exercise: thanks, a greeting, anger, the weather."""
    OTHER = "other"


_THE_EXERCISE: Final = re.compile(
    r"(?:(?:this|the|that|my|these)\s+)?(?:whole\s+)?(?:questions?|exercises?|tasks?|problems?|text"
    r"|sentence|it|this|that|all(?:\s+(?:this|that|of\s+(?:it|this)))?)(?:\s+even)?"
)
_TERM: Final = r"(?P<term>[^.?!;:\n]{1,60}?)"
_END: Final = r"\s*(?:[?.!]|$)"
_MEANINGS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\bwhat\s+(?:does|do|would)\s+(?:the\s+(?:word|term|sign|symbol)s?\s+)?"
            rf"{_TERM}\s+(?:even\s+|really\s+|actually\s+)?(?:mean|do)\b"
        ),
        rf"\bwhat\s+(?:is|are)\s+(?:meant\s+by|the\s+meaning\s+of)\s+{_TERM}{_END}",
        rf"\b(?:meaning|definition)\s+of\s+{_TERM}{_END}",
        rf"\bdefine\s+{_TERM}{_END}",
        rf"\b(?:never|have\s+not)\s+heard\s+(?:of|about)\s+{_TERM}{_END}",
        rf"\b(?:forgot|forgotten)\s+what\s+{_TERM}(?:\s+(?:is|are|means?|was|were)\b|{_END})",
        (
            r"\bexplain\s+(?:to\s+me\s+)?(?:the\s+(?:word|term)\s+|what\s+(?:an?\s+)?)"
            rf"{_TERM}(?:\s+(?:is|are|means?|was)\b|{_END})"
        ),
        (
            r"\b(?:do\s+not|can\s+not)\s+(?:really\s+|quite\s+)?(?:understand|get|know|remember)\s+"
            r"(?:the\s+(?:word|term)\s+|what\s+(?:is\s+|are\s+)?(?:an?\s+)?)"
            rf"{_TERM}(?:\s+(?:is|are|means?)\b|{_END})"
        ),
        (
            r"\b(?:do\s+not|can\s+not)\s+(?:really\s+|quite\s+)?(?:understand|get)\s+"
            rf"(?P<term>(?:the|this)\s+(?:question|exercise|task|problem)){_END}"
        ),
        r"\bwhat\s+(?P<term>(?:is\s+)?this\s+(?:question|exercise|task|problem))\b",
        rf"\bwhat\s+(?:is|are|was|were)\s+{_TERM}\s+again{_END}",
        (
            r"^\W*(?:but\s+|and\s+|so\s+|sorry,?\s+|ok(?:ay)?,?\s+|wait,?\s+)?"
            rf"what\s+(?:is|are)\s+{_TERM}{_END}"
        ),
    )
)
_WANTED: Final = re.compile(
    r"\bwhat\s+(?:do|does|did)\s+(?:they|it|this|he|she|you)\s+(?:want|ask|expect)\b"
    r"(?!.*\b(?:first|next|now)\b)"
    r"|\bwhat\s+(?:am|are)\s+(?:i|we)\s+(?:supposed|meant|expected|asked)\s+to\b"
    r"|\bwhat\s+is\s+(?:being\s+)?(?:asked|wanted|the\s+question)\b"
    r"|\bwhat\s+does\s+(?:this|the)\s+(?:question|exercise|task|problem)\s+(?:even\s+|really\s+)?"
    r"(?:want|ask|say|expect)\b"
    r"|\bwhat\s+is\s+(?:this|the)\s+(?:question|exercise|task)\s+(?:asking|about|saying)\b"
    r"|\bwhat\s+(?:do|should)\s+i\s+(?:have\s+to\s+|need\s+to\s+)?(?:enter|type|put\s+in|find)\b"
)
"""Asks what the exercise as a whole is after."""
_ARTICLE: Final = re.compile(r"^(?:an?|the|this|that|these|those|by)\s+", re.IGNORECASE)
_NO_TERM: Final = re.compile(
    r"(?:i|you|we|he|she|they|it|to)\b.*|.*\b(?:steps?|hints?|first|last|next|then|now|ideas?"
    r"|reasons?|difference)\b.*|(?:the\s+)?(?:rule|formula)s?|.*\d\s*(?:[-+*/^=]|of)\s*\d.*"
    r"|(?:up|wrong|right|correct|going\s+on|left|the\s+point)\b.*",
)
"""No word with a meaning of its own: a person, a place in the exercise, a sum."""
_MOST_WORDS: Final = 5
"""Of a term: what is longer is a question of its own."""

_WORK: Final = r"(?:\w+\s+){0,2}?"
_PATTERNS: Final = (
    (
        Wish.CHECK,
        (r"\b(?:how|where|can|could|is\s+there)\b(?:\s+\w+){0,6}?\s+(?:check|test|verify|prove"
        r"|(?:make|be)\s+sure|tell\s+(?:if|whether)|(?:see|know)\s+(?:if|whether|that))\b"
        r"|\b(?:how|where)\s+(?:do|can)\s+i\s+know\b.*\bright\b|\bcheck\s+(?:it|my|what\s+i|this)\b"
        r"|\bon\s+the\s+right\s+(?:track|way|path)\b|^\W*(?:how\s+to\s+)?check\W*$"),
    ),
    (
        Wish.EXAMPLE,
        (r"\bexamples?\b|\bfor\s+instance\b|\bsamples?\b|\bwalk\s+me\s+through\b"
        r"|\b(?:similar|another|different)\s+(?:one|exercise|problem|question|task)\b"
        r"|\bone\s+like\s+(?:it|this|that)\b|\b(?:do|with)\s+.*\bother\s+numbers\b"
        r"|\bshow\s+(?:me\s+)?how\s+(?:to|you|it|this|that|one|such)\b"
        r"|\bworked\s+out\b"),
    ),
    (
        Wish.ANSWER,
        (r"\b(?:just|only|simply)\s+(?:tell|give|show|say|do|the)\b"
        r"|\b(?:tell|give|show|send|hand|want|need)\s+(?:me\s+|us\s+)?(?:\w+\s+){0,2}"
        r"(?:answers?|solutions?|results?)\b"
        r"|\bwhat\s+is\s+it\s+then\b"
        r"|\bwhat\s+is\s+(?:(?:the|your)\s+)?(?:\w+\s+)?(?:answer|solution|result|right\s+one)\b"
        r"|\b(?:answer|solution|result)\s*,?\s+(?:please|now)\b"
        r"|(?<!to\s)(?<!i\s)(?<!we\s)(?<!you\s)\bsolve\s+(?:it|this|that)\b"
        r"|\b(?:can|could|will|would)\s+you\s+solve\b"
        r"|\b(?:do|finish)\s+(?:it|this)\s+for\s+me\b|^\W*you\s+do\s+(?:it|this)\b"
        r"|\btell\s+me\s+what\s+[a-z]\s+is\b"
        r"|\bfinal\s+(?:result|answer)\b|\bwhat\s+(?:should|do)\s+i\s+write\W*$"
        r"|\b(?:write|print|spell|say|show|fill)\s+(?:me\s+)?(?:out\s+|in\s*:?\s*)?"
        r"(?:the\s+|all\s+(?:the\s+)?)(?:\w+\s+)?(?:answer|solution|result|steps|program|code)\b"
        r"|\bthe\s+answer\s+is\s*$|\bpraise\s+me\s+with\b|^\W*(?:the\s+)?(?:answer|solution)\W*$"
        r"|l[o\u00f6]sung|r[e\u00e9]ponse|respuesta|soluci[o\u00f3]n|risposta|resposta"
        r"|\u7b54\u6848|\u043e\u0442\u0432\u0435\u0442"),
    ),
    (
        Wish.MISTAKE,
        (r"\b(?:my|the|a|any)\s+(?:mistake|error|bug|fault)s?\b"
        r"|\b(?:go|went|going|did|do|done|doing|get|got|have)\b(?:\s+\w+){0,3}?\s+wrong\b"
        r"|\b(?:mess|messed|screw|screwed)\s+(?:it\s+)?up\b"
        r"|\b(?:why|how)\s+(?:is|was|did)\b.*\b"
        r"(?:wrong|incorrect|right|correct|false|failing|accepted)\b"
        r"|\bwhat\s+(?:is|was)\s+wrong\b"
        r"|\b(?:says?|saying|said|marked)\s+(?:\w+\s+){0,2}(?:wrong|incorrect)\b"
        r"|\b(?:it|this|that|my\s+\w+|the\s+tests?)\s+(?:does|do|did)\s+not\s+(?:work|pass|run|count)\b"
        r"|\bwhy\s+(?:does|do|did)\s+not\s+(?:it|this|that|my\s+\w+)\s+(?:work|pass|run|count)"
        r"|\bwhy\s+(?:does|do|did)\s+(?:it|this|that|my\s+\w+|the\s+tests?)\s+fail"),
    ),
    (
        Wish.REASON,
        (r"\bwhy\b|\bhow\s+come\b|\bexplain\b|\b(?:once\s+more|again)\b"
        r"|\breasons?\b|\bthe\s+(?:idea|rule)\b"
        r"|\bhow\s+(?:does|do)\s+(?:it|this|that|they)\s+work\b"
        r"|\b(?:do\s+not|can\s+not|did\s+not)\s+(?:really\s+|quite\s+)?(?:understand|get|follow|see)\b"
        r"(?!\s+how\s+to)"
        r"|^\W*(?:huh|what|hm+|eh|pardon|sorry\s+what)\W*\?\W*$|^\W*huh\W*$"
        r"|\bmakes?\s+no\s+sense\b|\bdoes\s+not\s+make\s+(?:any\s+)?sense\b"
        r"|\bdifferently\b|\bin\s+other\s+words\b|\b(?:simpler|easier\s+words|rephrase)\b"
        r"|\bnot\s+(?:getting|understanding|following)\b|\bwhat\s+do\s+you\s+mean\b"
        r"|\bwhat\s+is\s+the\s+point\b|\bwhich\s+(?:formula|rule)\b"),
    ),
    (
        Wish.NEXT,
        (r"\b(?:how|where|what)\s+(?:to|(?:do|does|can|could|should|shall|would|must|will)\s+"
        r"(?:i|we|you|one|they))\s+(?:\w+\s+)?"
        r"(?:begin|start|do|go\s+on|continue|try|proceed|solve|want)\b"
        r"|\bwhere\s+to\s+(?:begin|start)\b|\b(?:stuck|lost|confused)\b|\bno\s+(?:idea|clue)\b"
        r"|\bdo\s+not\s+know\b|\bwhat\s+(?:is\s+)?(?:now|next|then|else)\b"
        r"|\bwhat\s+comes\b|\bget\s+(?:started|going)\b|\b(?:next|first)\s+(?:step|thing|move)\b"
        r"|\b(?:hints?|tips?|clues?)\b|\bhelp\b|\bgive\s+up\b|\bcan\s+not\b(?!\s+i\b)"
        r"|\btoo\s+(?:hard|difficult)\b|\band\s+(?:now|then)\b|\bpush\b|\bnudge\b"
        r"|^\W*(?:go\s+on|continue|more|next|ugh+|argh+|hm+)\W*$"),
    ),
    (
        # By way of something else, and so after all else that speaks of an answer.
        Wish.ANSWER,
        (r"\b(?:the|an?|your)\s+(?:\w+\s+)?answers?\b|\bhave\s+written\b"
        r"|\bwhich\s+(?:one\s+)?is\s+(?:it|right)\b|\bmore\s+or\s+less\s+than\b"),
    ),
)  # fmt: skip
_COMPILED: Final = tuple((wish, re.compile(words)) for wish, words in _PATTERNS)
_BEFORE_MEANING: Final = frozenset({Wish.ANSWER, Wish.MISTAKE, Wish.CHECK, Wish.EXAMPLE})


def wish_of(message: str) -> Wish:
    """What a message asks for; ``OTHER`` where its words do not tell.

    Args:
        message: What the learner wrote; every text is valid.
    """
    said = plain_words(message)
    if is_small_talk(said):
        return Wish.SMALL
    found = next((wish for wish, words in _COMPILED if words.search(said)), Wish.OTHER)
    if found in _BEFORE_MEANING:
        return found
    return Wish.MEANING if _term_in(said) is not None or _WANTED.search(said) else found


def term_of(message: str) -> str:
    """The word that a learner asks the meaning of; "" where it is the exercise as a whole."""
    said = plain_words(message)
    term = _term_in(said) or ""
    return "" if _THE_EXERCISE.fullmatch(term) else _ARTICLE.sub("", term)


def _term_in(said: str) -> str | None:
    if _WANTED.search(said):
        return None
    for pattern in _MEANINGS:
        for found in pattern.finditer(said):
            term = found["term"].strip(" \"'\u201c\u201d\u2018\u2019`*,")
            if not any(map(str.isalpha, term)) or len(term.split()) > _MOST_WORDS:
                continue
            if _THE_EXERCISE.fullmatch(term) or not _NO_TERM.fullmatch(term):
                return term
    return None
