"""Terms in English words, as books of algebra ask for them: five more than twice x.

A small grammar rather than a list of sentences: a word that turns its two sides round (more than,
less than) takes all that follows, “the sum of … and …” is one number, and what could be read in
two ways (the sum of x and 3 divided by 2) is not read at all.
"""

import re
from typing import Final

from assistant.tutor.maths.number_words import in_figures

_LONGEST: Final = 120
_DEEPEST: Final = 12
_TELLING: Final = re.compile(
    r"\b(?:twice|thrice|double|triple|doubled|tripled|halved|sum|difference|product|quotient"
    r"|increased|decreased|diminished|reduced|lessened|subtract|add|added|multiply|divide"
    r"|subtracted|(?:more|less|greater|fewer)\s+than|less|take\s+away|(?:square|cube)\s+of"
    r"|opposite|reciprocal|absolute|natural|log\s+base|number)\b"
)
"""Words without which a text is left to the other readers."""
_PLAIN: Final = re.compile(r"[^A-Za-z]*(?:[A-Za-z](?![A-Za-z])[^A-Za-z]*)*")
"""What has no word in it: 2x, x^2, (n+1)."""
_TOKEN: Final = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z]{2,})*|[^\s,]+|,")
_FOLDED: Final = (
    (r"(?:more|greater|larger|bigger)\s+than", "morethan"),
    (r"(?:less|fewer|smaller)\s+than", "lessthan"),
    (r"added\s+to", "morethan"),
    (r"subtracted\s+from|taken\s+(?:away\s+)?from", "lessthan"),
    (r"(?:increased|raised)\s+by|plus", "plus"),
    (r"(?:decreased|diminished|reduced|lessened)\s+by|take\s+away|minus|less", "minus"),
    (r"multiplied\s+by|times|\*|×", "times"),  # noqa: RUF001 - the sign itself is meant
    (r"divided\s+by|over|÷", "dividedby"),
    (r"(?:(?:a|one)\s+)?half(?:\s+of)?", "halfof"),
    (r"(?:a|one)\s+third\s+of", "thirdof"),
    (r"(?:a|one)\s+(?:quarter|fourth)\s+of", "quarterof"),
    (r"(?:the\s+)?absolute\s+value\s+of", "absof"),
    (r"(?:the\s+)?square\s+root\s+of", "rootof"),
    (r"(?:the\s+)?cube\s+root\s+of", "cubertof"),
    (r"(?:the\s+)?natural\s+log(?:arithm)?\s+of", "lnof"),
    (r"(?:the\s+)?square\s+of", "squareof"),
    (r"(?:the\s+)?cube\s+of", "cubeof"),
    (r"(?:the\s+)?(?:opposite|negative)\s+of", "negative"),
    (r"(?:the\s+)?reciprocal\s+of", "reciprocal"),
    (r"(?:the\s+)?sum\s+of", "sumof"),
    (r"(?:the\s+)?difference\s+(?:of|between)", "differenceof"),
    (r"(?:the\s+)?product\s+of", "productof"),
    (r"(?:the\s+)?quotient\s+(?:of|when)", "quotientof"),
    (r"(?:a|the|some|an\s+unknown)\s+number(?:\s+(?=[a-z]\b))?", "unknown"),
)
_FOLDS: Final = tuple(
    (re.compile(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])"), f" {word} ")
    for pattern, word in _FOLDED
)
_BEFORE: Final = {
    "twice": "2*({})", "double": "2*({})", "thrice": "3*({})", "triple": "3*({})",
    "halfof": "({})/2", "thirdof": "({})/3", "quarterof": "({})/4", "absof": "abs({})",
    "rootof": "sqrt({})", "cubertof": "cbrt({})", "lnof": "ln({})", "squareof": "({})^2",
    "cubeof": "({})^3", "negative": "-({})", "minus": "-({})", "reciprocal": "1/({})",
}  # fmt: skip
_BEHIND: Final = {
    "squared": "({})^2", "cubed": "({})^3", "doubled": "2*({})", "tripled": "3*({})",
    "halved": "({})/2",
}  # fmt: skip
_OF_ALL: Final = frozenset({"doubled", "tripled", "halved"})
_PAIRED: Final = {
    "sumof": "({}) + ({})", "differenceof": "({}) - ({})", "productof": "({})*({})",
    "quotientof": "({})/({})",
}  # fmt: skip
_TOLD: Final = {  # what is to be done, the word before its second number, and what comes of it
    "add": ("to", "({1}) + ({0})"), "subtract": ("from", "({1}) - ({0})"),
    "multiply": ("by", "({0})*({1})"), "divide": ("by", "({0})/({1})"),
}  # fmt: skip
_TURNED: Final = {"morethan": "+", "lessthan": "-"}
_SUMS: Final = {"plus": "+", "minus": "-"}
_PRODUCTS: Final = {"times": "*", "dividedby": "/"}
_EQUAL: Final = re.compile(r"\s*=\s*|\b(?:is\s+equal\s+to|equals|is\s+the\s+same\s+as|is)\s+")
_COMPARED: Final = re.compile(
    r"\bis\s+(?:(?:more|less|greater|smaller|fewer|larger)\s+than|at\s|not?\s)|[<>≤≥≠]"
)


class _Unclear(Exception):  # noqa: N818 - never seen outside
    """The words are no term, or could be two."""


def in_terms(text: str, unknown: str = "") -> str | None:
    """A term or an equation in words, in signs; None where the text is none.

    Args:
        text: As it was typed.
        unknown: What “a number” is.
    """
    plain = " ".join(text.replace("−", "-").split()).rstrip(".! ")  # noqa: RUF001 - the sign itself is meant
    if len(plain) > _LONGEST or "\\" in plain:
        return None
    plain = re.sub(r"(?<![A-Za-z])[A-Z](?=[a-z])", lambda found: found[0].lower(), plain)
    if not _TELLING.search(plain) or _COMPARED.search(plain):
        return None
    try:
        return " = ".join(_Words(side, unknown).whole() for side in _EQUAL.split(plain))
    except _Unclear:
        return None


def _parted(text: str) -> str:
    """With spaces around the signs of a sum, but none within brackets: twice (x+1) - 3."""
    parts: list[str] = []
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        before, after = text[:at].rstrip()[-2:], text[at + 1 : at + 3]
        hyphen = before.isalpha() and after.isalpha() and len(before) == len(after) > 1
        if sign in "+-" and not depth and re.search(r"[\w)\]²³]$", before) and not hyphen:
            parts.append(" plus " if sign == "+" else " minus ")
        elif not (sign == " " and depth > 0):
            parts.append(sign)
    return "".join(parts)


class _Words:
    """Reads one side.

    Args:
        text: Lower case but for the letters of unknowns.
        unknown: What “a number” is.
    """

    def __init__(self, text: str, unknown: str) -> None:
        text = _parted(text)
        for pattern, word in _FOLDS:
            text = pattern.sub(word, text)
        self._words: list[str] = _TOKEN.findall(text)
        self._unknown = unknown
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        """The side in signs.

        Raises:
            _Unclear: It is no term.
        """
        found = self._sum()
        if self._at < len(self._words) or self._words == ["unknown"]:
            raise _Unclear
        return found

    def _peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self, *words: str) -> str:
        word = self._peek()
        if word not in words:
            return ""
        self._at += 1
        return word

    def _must(self, word: str) -> None:
        if not self._take(word):
            raise _Unclear

    def _sum(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unclear
        found = self._told() or self._product(apart=True)
        while word := self._take(*_SUMS):
            found = f"{found} {_SUMS[word]} {self._product(apart=True)}"
            if self._words[self._at - 1] in _OF_ALL:
                raise _Unclear  # x plus 3 doubled: all of it?
        if self._take(","):
            found = self._behind_comma(found)
        if word := self._take(*_TURNED):
            found = f"({self._sum()}) {_TURNED[word]} ({found})"
        self._depth -= 1
        return found

    def _behind_comma(self, found: str) -> str:
        """What is done to all that stands before a comma."""
        word = self._take(*_SUMS, *_PRODUCTS)
        if self._depth > 1 or not word:
            raise _Unclear
        return f"({found}) {(_SUMS | _PRODUCTS)[word]} ({self._factor()})"

    def _told(self) -> str:
        """Subtract 3 from x; "" where nothing of the kind is told."""
        word = self._take(*_TOLD)
        if not word:
            return ""
        between, shown = _TOLD[word]
        first = self._product(apart=True)
        self._must(between)
        return shown.format(first, self._product(apart=True))

    def _product(self, *, apart: bool) -> str:
        """Factors; ``apart`` says that nothing before them could take them too."""
        paired = self._peek() in _PAIRED
        found = self._factor()
        while word := self._take(*_PRODUCTS):
            if (paired or not apart) and word == "dividedby":
                raise _Unclear  # of the whole, or of its last number?
            if paired:
                raise _Unclear
            found = f"{found}{_PRODUCTS[word]}({self._factor()})"
        return found

    def _factor(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Unclear
        if word := self._take(*_BEFORE):
            found = _BEFORE[word].format(self._factor())
        elif word := self._take(*_PAIRED):
            first = self._product(apart=False)
            self._must("and")
            found = f"({_PAIRED[word].format(first, self._second(word))})"
        else:
            found = self._atom()
        while word := self._take(*_BEHIND):
            found = _BEHIND[word].format(found)
        self._depth -= 1
        return f"({found})"

    def _second(self, word: str) -> str:
        """The second number of a pair; a product only where the pair is a sum: x and 3 times y."""
        return self._product(apart=False) if word in {"sumof", "differenceof"} else self._factor()

    def _atom(self) -> str:
        if self._take("unknown"):
            if re.fullmatch("[A-Za-z]", self._peek()):
                return self._plain()
            if not self._unknown:
                raise _Unclear
            return self._unknown
        found = self._figures() or self._plain()
        return f"({found})*{self._factor()}" if self._take("of") else found

    def _figures(self) -> str:
        """A number in words: as many words as are one."""
        end = self._at
        while end < len(self._words) and re.fullmatch("[A-Za-z-]{2,}", self._words[end]):
            end += 1
        for last in range(end, self._at, -1):
            words = " ".join(self._words[self._at : last])
            shown = in_figures(words)
            if shown != words and not re.search("[A-Za-z]", shown):
                self._at = last
                return shown
        return ""

    def _plain(self) -> str:
        words: list[str] = []
        while self._peek() and _PLAIN.fullmatch(self._peek()):
            words.append(self._peek())
            self._at += 1
        if not words:
            raise _Unclear
        return " ".join(words)
