"""What a learner wants who writes about an exercise, told by the words alone."""

import re
from enum import StrEnum
from typing import Final


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
    OTHER = "other"


_THE_EXERCISE: Final = re.compile(
    r"(?:(?:this|the|that|my)\s+)?(?:whole\s+)?(?:question|exercise|task|problem|text|sentence|it"
    r"|this|that|all (?:this|that|of (?:it|this)))"
)
_TERM: Final = r"(?P<term>[^.?!;:\n]{1,60}?)"
_END: Final = r"\s*(?:[?.!]|$)"
_MEANINGS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\bwhat\s+(?:does|do|would)\s+(?:the\s+(?:word|term|sign|symbol)s?\s+)?"
            rf"{_TERM}\s+(?:mean|do)\b"
        ),
        rf"\bwhat\s+is\s+(?:meant\s+by|the\s+meaning\s+of)\s+{_TERM}{_END}",
        rf"\b(?:meaning|definition)\s+of\s+{_TERM}{_END}",
        rf"\bdefine\s+{_TERM}{_END}",
        (
            rf"\bexplain\s+(?:to\s+me\s+)?(?:the\s+(?:word|term)\s+|what\s+(?:an?\s+)?){_TERM}"
            rf"(?:\s+(?:is|are|means?)\b|{_END})"
        ),
        (
            r"\b(?:do\s+not|don['\u2019]?t|can(?:no|['\u2019])?t)\s+(?:really\s+|quite\s+)?"
            r"(?:understand|get|know|remember)\s+"
            r"(?:the\s+(?:word|term)\s+|what\s+(?:is\s+)?(?:an?\s+)?)"
            rf"{_TERM}(?:\s+(?:is|are|means?)\b|{_END})"
        ),
        (
            r"\b(?:do\s+not|don['\u2019]?t)\s+(?:really\s+|quite\s+)?(?:understand|get)\s+"
            rf"(?P<term>(?:the|this)\s+(?:question|exercise|task|problem)){_END}"
        ),
        rf"\bwhat(?:\s+is|\s+are|['\u2019]s)\s+{_TERM}\s+again{_END}",
        rf"^\W*(?:but\s+|and\s+|so\s+|sorry,?\s+)?what(?:\s+is|\s+are|['\u2019]s)\s+{_TERM}{_END}",
    )
)
_ARTICLE: Final = re.compile(r"^(?:an?|the|this|that|these|those|by)\s+", re.IGNORECASE)
_NO_TERM: Final = re.compile(
    r"(?:i|you|we|he|she|they|it)\b.*|.*\b(?:steps?|hints?|first|last|next)"
    r"|.*\d\s*(?:[-+*/^=]|of)\s*\d.*",
    re.IGNORECASE,
)
"""No word with a meaning of its own: a person, a place in the exercise, a sum."""
_MOST_WORDS: Final = 5
"""Of a term: what is longer is a question of its own."""

_PATTERNS: Final = (
    (
        Wish.ANSWER,
        (r"\b(?:just|only|simply)\s+(?:tell|give|show|say|the)\b"
        r"|\b(?:tell|give|show|send|hand)\s+(?:me|us)\s+(?:\w+\s+){0,2}(?:answer|solution|result)"
        r"|\bwhat(?:\s+is|['\u2019]s)\s+(?:the\s+|your\s+)?(?:\w+\s+)?"
        r"(?:answer|solution|result|right\s+one)\b"
        r"|\b(?:answer|solution|result)\s*,?\s+(?:please|now)\b|\bsolve\s+(?:it|this|that)\b"
        r"|\b(?:do|finish)\s+(?:it|this)\s+for\s+me\b|\bfinal\s+(?:result|answer)\b"
        r"|\b(?:write|print|spell|say|show|fill)\s+(?:me\s+)?(?:out\s+|in\s*:?\s*)?"
        r"(?:the\s+|all\s+(?:the\s+)?)(?:\w+\s+)?(?:answer|solution|result|steps|program|code)\b"
        r"|\bthe\s+answer\s+is\s*$|\bpraise\s+me\s+with\b"
        r"|l\u00f6sung|r\u00e9ponse|respuesta|soluci\u00f3n|risposta|resposta|\u7b54\u6848|\u043e\u0442\u0432\u0435\u0442"),
    ),
    (
        Wish.MISTAKE,
        (r"\bwhat\s+(?:did|have|do|am)\s+i\s+(?:\w+\s+){0,2}wrong"
        r"|\bwhere(?:\s+is|['\u2019]s|\s+are)\s+(?:my|the)\s+(?:mistake|error|bug|fault)s?\b"
        r"|\bwhere\s+(?:did|do)\s+i\s+go\s+wrong"
        r"|\bwhy\s+(?:is|was|isn['\u2019]?t|wasn['\u2019]?t)\s+(?:it|that|this|my\s+[\w ]+?|mine)"
        r"\s*(?:not\s+)?(?:wrong|incorrect|right|correct|false|failing|accepted)"
        r"|\bwhat(?:\s+is|['\u2019]s|\s+was)\s+wrong\b|\bwhy\s+(?:does|do|did)(?:n['\u2019]?t|\s+not)\s+"
        r"(?:it|this|that|my\s+\w+)\s+(?:work|pass|run|count)"
        r"|\bwhy\s+(?:does|do|did)\s+(?:it|this|that|my\s+\w+|the\s+tests?)\s+fail"
        r"|\b(?:find|show|explain)\s+(?:me\s+)?(?:my|the)\s+(?:mistake|error|bug)"),
    ),
    (
        Wish.CHECK,
        (r"\bhow\s+(?:do|can|could|would|should|to)\s+(?:i\s+|we\s+|you\s+)?(?:\w+\s+)?"
        r"(?:check|test|verify|prove|make\s+sure|be\s+sure|tell\s+(?:if|whether)"
        r"|(?:see|know)\s+(?:if|whether|that))\b"
        r"|\b(?:how|where)\s+(?:do|can)\s+i\s+know\b.*\bright\b|\bcheck\s+(?:it|my|what\s+i)\b"
        r"|\bon\s+the\s+right\s+(?:track|way|path)\b"),
    ),
    (
        Wish.EXAMPLE,
        (r"\bexamples?\b|\b(?:similar|another)\s+(?:one|exercise|problem|question|task)\b"
        r"|\bone\s+like\s+(?:it|this|that)\b|\bshow\s+me\s+how\s+(?:it|this|that|one|such)\b"
        r"|\bworked\s+out\b"),
    ),
    (
        Wish.REASON,
        (r"\bwhy\b|\bhow\s+come\b|\bexplain\b|\b(?:once\s+more|again)\b|\breasons?\b|\bthe\s+idea\b"
        r"|\bhow\s+(?:does|do)\s+(?:it|this|that|they)\s+work\b"
        r"|\b(?:don['\u2019]?t|do\s+not)\s+(?:understand|get)\b"),
    ),
    (
        Wish.NEXT,
        (r"\b(?:how|where|what)\s+(?:to|(?:do|does|can|could|should|shall|would|must|will)\s+"
        r"(?:i|we|you|one))\s+(?:\w+\s+)?(?:begin|start|do|go\s+on|continue|try|proceed)\b"
        r"|\bwhere\s+to\s+(?:begin|start)\b|\b(?:stuck|lost|confused)\b|\bno\s+(?:idea|clue)\b"
        r"|\bdon['\u2019]?t\s+know\b|\bwhat\s+(?:now|next|then|else)\b|\bnext\s+step\b|\bfirst\s+step\b"
        r"|\bhints?\b|\bhelp\b|\bgive\s+up\b|\bi\s+can(?:no|['\u2019])?t\b|\btoo\s+(?:hard|difficult)\b"
        r"|\band\s+now\b"),
    ),
)  # fmt: skip
_COMPILED: Final = tuple((wish, re.compile(words, re.IGNORECASE)) for wish, words in _PATTERNS)
_BEFORE_MEANING: Final = frozenset({Wish.ANSWER, Wish.MISTAKE, Wish.CHECK, Wish.EXAMPLE})


def wish_of(message: str) -> Wish:
    """What a message asks for; ``OTHER`` where its words do not tell.

    Args:
        message: What the learner wrote; every text is valid.
    """
    said = " ".join(message.split())
    found = next((wish for wish, words in _COMPILED if words.search(said)), Wish.OTHER)
    if found in _BEFORE_MEANING:
        return found
    return Wish.MEANING if _term_in(said) is not None else found


def term_of(message: str) -> str:
    """The word that a learner asks the meaning of; "" where it is the exercise as a whole."""
    term = _term_in(" ".join(message.split())) or ""
    return "" if _THE_EXERCISE.fullmatch(term.casefold()) else _ARTICLE.sub("", term)


def _term_in(said: str) -> str | None:
    for pattern in _MEANINGS:
        for found in pattern.finditer(said):
            term = found["term"].strip(" \"'\u201c\u201d\u2018\u2019`*,")
            if not any(map(str.isalpha, term)) or len(term.split()) > _MOST_WORDS:
                continue
            if _THE_EXERCISE.fullmatch(term.casefold()) or not _NO_TERM.fullmatch(term):
                return term
    return None
