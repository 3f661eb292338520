"""Words around the mathematics of a line: passed over where they are known to change nothing.

"So we get 3x = 9" says 3x = 9; "3x = 9 is too small", "3x = 9 oder x = 2" and "without the 5 it
would be 3x = 9" say something else, and code cannot tell what.
"""

import re
from collections.abc import Sequence
from typing import Final

from assistant.tutor.maths.shapes import Saying
from assistant.tutor.steps.prose import relations_within
from assistant.tutor.steps.shaping import shape_of

_HARMLESS_WORDS: Final = (
    "so then we get got gets have has now next therefore thus hence finally that this it is are "
    "the an my our of to at on in from into by with and or which what gives give giving means "
    "leads leaves yields becomes equals equal obtain obtained see know find found add adds adding "
    "added subtract subtracts subtracting subtracted take taking away divide divides dividing "
    "divided multiply multiplying multiplied times move moving bring bringing both sides side "
    "each term terms like together collect collecting combine combining combined expand expanding "
    "expanded simplify simplifying simplified simplifies factor factors factoring factorise "
    "factorize factorising factorizing factored out brackets bracket distribute distributing "
    "squaring rooting square root roots reduce reducing rearrange rearranging rewrite rewriting "
    "write substitute substituting substituted insert inserting put putting plug plugging use "
    "using solve solving solved work working calculate compute computing answer answers result "
    "solution solutions value equation equations expression inequality step steps line final end "
    "check checking real number numbers since because sqrt log ln exp abs sin cos tan cot pi sum "
    "product quotient formula quadratic discriminant zero do does us me let's isolate isolating "
    "cancel cancelling canceling ans lsg first begin begins start original problem "
    "left right hand over lhs rhs"
)
_HARMLESS: Final = frozenset(_HARMLESS_WORDS.split())
_WORD: Final = re.compile(
    r"(?<![\\\w])[^\W\d_\u2080-\u2089\u00b2\u00b3\u00b9\u2070-\u2079]{2,}(?:['\u2019][a-z]+)?"
)
_READ_WORDS: Final = "or and sqrt cbrt log ln exp abs sin cos tan cot pi inf infinity oo delta"
_READ: Final = frozenset(_READ_WORDS.split())
_DONE: Final = re.compile(
    r"\b(?:add|subtract|divid|multipl|factor|tak|mov|expand|simplif|solv|combin|collect|squar|"
    r"both|from|in|into|us|substitut|insert|put)",
    re.IGNORECASE,
)
"""What is said to be done; a number behind it is no further claim."""
_REFERRED: Final = re.compile(r"(?<=[A-Za-z])\s+[(\[]\d{1,2}[)\]]")
"""An equation by its number: from (2)."""
_DENIED: Final = re.compile(
    r"\b(?:not|never|no|nor|neither|can(?:no|')t|nicht)\b|n['\u2019]t\b", re.IGNORECASE
)
"""What denies the sum beside it only: "they did not pay, so 3 + 4 = 7" says what it says."""
_DOUBTED: Final = re.compile(
    r"\b(?:wrong\w*|false|incorrect|mistaken?|errors?|oops|thought|instead|falsch|"
    r"would (?:be|give|make|mean|have been))\b",
    re.IGNORECASE,
)
_PAUSE: Final = re.compile(
    r"[,;:!]|[.](?=\s|$)|\?(?!\s*no\b)|\b(?:so|then|because|since)\b", re.IGNORECASE
)
_NEAR: Final = 4
"""Words beside a sum that may deny it."""
_WITHDRAWN: Final = re.compile(
    r"\b(?:wrong\w*|mistakes?|scratch|forget|ignore|oops|wait|start(?:ing)? (?:again|over)|"
    r"once more|(?:try|do|did) (?:it |this |that )?(?:again|over)|correct(?:ed|ion|ing)|"
    r"crossed|redo|actually|falsch|sorry)\b|^\W*again\b|\bagain\s*[,:(]"
    r"|can['\u2019]?(?:no)?t be right|not (?:right|correct|true)|"
    r"\d\s*(?:\u2260|!=|\\neq?\b)\s*[-\u2212]?\d",
    re.IGNORECASE,
)
_RELATION: Final = re.compile(r"[=<>\u2264\u2265]")
_CLAUSE: Final = re.compile(r"[,.;(]")
_SAYS: Final = re.compile(r"\d")


def denied(text: str, start: int, end: int) -> bool:
    """Whether words around a sum may take it back: "10 - 7 = 4 is wrong", "not 10 - 7 = 4".

    Args:
        text: The sentence.
        start: Where the sum begins in it.
        end: Where it ends.
    """
    if _DOUBTED.search(text) is not None or withdraws(text):
        return True
    before = _PAUSE.split(text[:start])[-1].split()[-_NEAR:]
    behind = _PAUSE.split(text[end:])[0].split()[:_NEAR]
    return (
        _DENIED.search(" ".join(before)) is not None or _DENIED.search(" ".join(behind)) is not None
    )


def withdraws(text: str) -> bool:
    """Whether a line takes back one before it: "scratch that", 17 ≠ 20."""
    return _WITHDRAWN.search(text) is not None


def told(part: str, names: frozenset[str]) -> tuple[str, ...] | None:
    """What a statement says in signs, one relation after the other.

    Args:
        part: As it was written.
        names: Unknowns of the problem: "ab" is a product of them.

    Returns:
        The statement itself where there are no words; None where its words may change what it
        says, or more is said than can be told apart.
    """
    if isinstance(shape_of(_CLAUSE.split(part, maxsplit=1)[0]), Saying):
        return None if withdraws(part) else (part,)
    words = [word.lower() for word in _WORD.findall(part)
             if not names >= set(word) and word.lower() not in _READ]  # fmt: skip
    relations = relations_within(_REFERRED.sub(" ", part) if words else part)
    if not words:
        unclear = ";" in part and len(relations) > 1 and shape_of(part) is None
    else:
        unclear = not all(word in _HARMLESS for word in words) or _says_more(part, relations)
    if unclear:
        return None
    return tuple(relations) if words and len(relations) > 1 else (part,)


def _says_more(part: str, relations: Sequence[str]) -> bool:
    """Whether there is a number behind the last relation that is not one to reckon with."""
    rest = part.rpartition(relations[-1])[2] if relations and relations[-1] in part else ""
    return _SAYS.search(rest) is not None and _DONE.search(rest) is None


def any_withdrawn(lines: Sequence[str]) -> bool:
    """Whether one of the lines takes something back."""
    return any(withdraws(line) for line in lines)
