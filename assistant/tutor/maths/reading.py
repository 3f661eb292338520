"""The reader: from what somebody typed to mathematics, or to why it is none.

Nothing is evaluated here and nothing of the text is ever run; length, depth and digits are
bounded before anything is built.
"""

import re
from dataclasses import dataclass
from typing import Final

from assistant.tutor.maths.cleaning import LONGEST, cleaned
from assistant.tutor.maths.nodes import Node, Symbol
from assistant.tutor.maths.parser import ExpressionParser
from assistant.tutor.maths.shapes import (
    Bracketed,
    Expression,
    Matrix,
    Relation,
    Saying,
    Several,
    Shape,
    Union,
)
from assistant.tutor.maths.tokens import Comma, Kind, Token, tokens_of
from assistant.tutor.maths.trouble import Trouble, Unreadable

_SAYINGS: Final = {
    Saying.NOTHING: (
        "no solution", "no solutions", "no real solution", "no real solutions", "empty set",
        "the empty set", "∅", "{}", "no answer", "⦃ ⦄", "⦃⦄", "{ }", "there is no solution",
        "there are no solutions", "x ∈ ∅", "none", "no real roots", "no roots",
    ),
    Saying.EVERYTHING: (
        "all real numbers", "all reals", "any real number", "ℝ", "all numbers", "every real number",  # noqa: RUF001 - the sign itself is meant
        "all real x", "x ∈ ℝ", "the real numbers", "real numbers", "all real values",  # noqa: RUF001 - the sign itself is meant
        "set of all real numbers", "any number", "every number",
    ),
    Saying.UNDEFINED: (
        "undefined", "not defined", "does not exist", "dne", "not a real number", "not real",
        "no real number", "is undefined",
    ),
    Saying.ENDLESS: (
        "infinitely many solutions", "infinite solutions", "infinitely many",
        "infinite number of solutions",
    ),
}  # fmt: skip
_SAID: Final = {words: saying for saying, all_words in _SAYINGS.items() for words in all_words}
_GROUPED: Final = re.compile(r"(?<![\d,])(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?![\d,])")
_POINTED: Final = re.compile(r"\d,\d")
_CHAINED: Final = re.compile(r"\d,\d+,")
_MIXED_SIGNS: Final = re.compile(r"\d\.\d{3},\d")
_NAMED_LIST: Final = re.compile(
    r"^\s*(?:[A-Z][a-z]?|[a-w]|\\vec\s*\{?\s*[a-z]\s*\}?)\s*="
    r"\s*(?=[\[({⟨⦃].*[,;].*[\])}⟩⦄][.\s]*$)"
)
_NAMED_POINT: Final = re.compile(r"^\s*[ABD-Z]\s*(?=\([^()]*[,;|][^()]*\)[.\s]*$)")
_POINT_WITH_BAR: Final = re.compile(r"^\s*\(([^|(),;]+)\|([^|(),;]+)\)$")
_SLASHED: Final = re.compile(r"/\s*(?:\d+(?:\.\d+)?|[A-Za-z]|\\?pi)\s*[A-Za-z(\\√π]")
_DERIVATIVE: Final = re.compile(r"(?:frac)?d([a-z])/?d[a-z]")
_INVERTED: Final = (("^", "-", "1"), ("^", "(", "-", "1", ")"))
_BRACKET: Final = re.compile(r"[(\[{⟨⦃]")
_RAISED: Final = re.compile(r"\^\s*(?:\([^()]*\)|\{[^{}]*\})")
"""Brackets that only hold an exponent."""
_RAISED_GROUP: Final = re.compile(r"\{[^{}]*[A-Za-z0-9)][^{}]*\}\s*\^")
_WORDS: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}(?![A-Za-z])")
_LEAD: Final = re.compile(
    r"^\s*(?:[≈=]|(?:the\s+)?(?:final\s+)?answer(?:\s+is|\s*[:=])|it\s+is|therefore|so)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as mathematics.

    Args:
        shape: What it is.
        text: The cleaned text that was read.
        remark: What the learner should know of how it was read; "" when it was plain.
        tight: Whether 1/2x was read as 1/(2x), which is not what it says. Division and a product
            without a sign go from left to right, as in school books of algebra and as in SymPy,
            WeBWorK, STACK and Wolfram Alpha.
    """

    shape: Shape
    text: str
    remark: str = ""
    tight: bool = False


def read(text: str) -> Reading | Trouble:
    """The likeliest reading of a text as mathematics; never raises, never runs long.

    Args:
        text: As it was typed: plain, LaTeX or Unicode.
    """
    found = readings(text)
    return found[0] if isinstance(found, tuple) else found


def expression(text: str) -> Node | None:
    """The tree of a text that is one expression; None where it is anything else."""
    found = read(text)
    if isinstance(found, Reading) and isinstance(found.shape, Expression):
        return found.shape.node
    return None


def readings(text: str) -> tuple[Reading, ...] | Trouble:
    """All readings of a text, the likeliest first: a comma can part a list or thousands.

    Args:
        text: As it was typed.
    """
    if len(text) > LONGEST:
        return Trouble("The answer is too long to be read.")
    plain = cleaned(text)
    if not plain or len(plain) > 2 * LONGEST:
        return Trouble("There is no answer yet." if not plain else "The answer is too long.")
    plain = _LEAD.sub("", plain).rstrip(" ,;") or plain
    plain = _NAMED_POINT.sub("", _NAMED_LIST.sub("", plain))
    plain = _POINT_WITH_BAR.sub(r"(\1, \2)", plain)
    saying = _SAID.get(" ".join(plain.lower().rstrip(".! ").split()))
    if saying is not None:
        return (Reading(saying, plain),)
    found: list[Reading] = []
    trouble = Trouble("This cannot be read as mathematics.")
    for habits in _habits(plain):
        try:
            shape = _Reader(habits).whole(plain)
        except Unreadable as error:
            trouble = Trouble(error.words)
            continue
        if all(shape != each.shape for each in found):
            found.append(Reading(shape, plain, habits.remark, habits.tight))
    return tuple(found) or trouble


@dataclass(frozen=True, slots=True)
class _Habits:
    """One way to read what can be read in several."""

    comma: Comma
    tight: bool = False
    grouped: bool = False
    remark: str = ""


def _habits(text: str) -> list[_Habits]:
    """The ways to read a text, the likeliest first."""
    first = Comma.GROUP if _GROUPED.search(text) else Comma.LIST
    found = [_Habits(first)]
    if first is Comma.GROUP:
        found.append(_Habits(Comma.LIST))
    single = not _BRACKET.search(_RAISED.sub("", text)) and not _CHAINED.search(text)
    if _POINTED.search(text) and (";" in text or single or _MIXED_SIGNS.search(text)):
        found.append(_Habits(Comma.POINT, remark="The comma was read as a decimal point."))
    if _SLASHED.search(text):
        found.append(_Habits(first, tight=True))
    if _RAISED_GROUP.search(text):
        found.append(_Habits(first, grouped=True))
    return found


class _Reader:
    """Reads a whole answer by one habit."""

    def __init__(self, habits: _Habits) -> None:
        self._habits = habits

    def whole(self, text: str) -> Shape:
        """The shape of a cleaned text.

        Raises:
            Unreadable: It is no mathematics.
        """
        return self._shape(tokens_of(text, self._habits.comma))

    def _shape(self, tokens: tuple[Token, ...]) -> Shape:
        if not tokens:
            raise Unreadable("Something is missing in the answer.")
        if tokens[0].text == "begin" and tokens[0].kind is Kind.COMMAND:
            return self._matrix(tokens)
        unions = _split(tokens, frozenset({"∪"})) or _split_at_u(tokens)  # noqa: RUF001 - the sign itself is meant
        if unions:
            return Union(tuple(self._shape(part) for part in unions))
        for joined in ("or", ";", ",", "and", "&", "∩"):
            parts = _split(tokens, frozenset({joined}))
            if parts:
                return self._several(parts, joined)
        return self._one(tokens)

    def _several(self, parts: list[tuple[Token, ...]], joined: str) -> Shape:
        if joined in {",", ";"} and not all(parts[:-1]):
            raise Unreadable("Something is missing in the list.")
        kept = [part for part in parts if part]  # “2, 3, and 5”
        if len(kept) <= 1:
            raise Unreadable("Something is missing in the list.")
        items = [self._shape(part) for part in kept]
        last = items[-1]
        if isinstance(last, Several) and last.joined in {"and", "or"} and joined == ",":
            if any(isinstance(item, Several) for item in items[:-1]):
                return Several(tuple(items), ",")
            items = [*items[:-1], *last.items]  # 2, 3 and 5
        return Several(tuple(items), {";": ",", "&": "and"}.get(joined, joined))

    def _one(self, tokens: tuple[Token, ...]) -> Shape:
        parts, signs = _relations(tokens)
        if signs:
            if signs == ("∈",) and len(parts[0]) == 1:
                return self._shape(parts[1])
            if "∈" in signs:
                raise Unreadable("“∈” stands where it cannot be read.")
            sides = tuple(
                _named_inverse(part) or _named_function(part) or self._node(part) for part in parts
            )
            return Relation(sides, signs)
        points = _points(tokens)
        if points:
            return Several(tuple(self._shape(part) for part in points), ",")
        enclosed = self._enclosed(tokens)
        return enclosed if enclosed is not None else Expression(self._node(tokens))

    def _enclosed(self, tokens: tuple[Token, ...]) -> Shape | None:
        """A set, a point, an interval; None for a bracketed expression."""
        opener, closer = tokens[0], tokens[-1]
        if opener.kind is not Kind.OPEN or closer.kind is not Kind.CLOSE:
            return None
        if _end_of_bracket(tokens) != len(tokens) - 1:
            return None
        inner = tokens[1:-1]
        if not inner:
            raise Unreadable("There is nothing between the brackets.")
        if opener.text in "{⦃" and closer.text in "}⦄":
            return self._set(inner, latex=opener.text == "{")
        parts = _split(inner, frozenset({",", ";"}))
        if not parts:
            return None
        return Bracketed(tuple(self._shape(part) for part in parts), opener.text, closer.text)

    def _set(self, inner: tuple[Token, ...], *, latex: bool) -> Shape | None:
        for index, token in enumerate(inner[:-1]):  # {x | x > 2}
            bar = token.kind is Kind.SIGN and token.text in "|:"
            if bar and index and any(each.kind is Kind.RELATION for each in inner[index:]):
                return self._shape(inner[index + 1 :])
        parts = _split(inner, frozenset({",", ";"}))
        if parts:
            return Several(tuple(self._shape(part) for part in parts), "{")
        if latex and not any(each.kind is Kind.RELATION for each in inner):
            return None if len(inner) > 1 else Several((self._shape(inner),), "{")
        return Several((self._shape(inner),), "{")

    def _matrix(self, tokens: tuple[Token, ...]) -> Matrix:
        body = _matrix_body(tokens)
        rows: list[tuple[Node, ...]] = []
        for row in _split(body, frozenset({"\\\\"})) or [body]:
            if row:
                cells = _split(row, frozenset({"&"})) or [row]
                rows.append(tuple(self._node(cell) for cell in cells))
        if not rows or len({len(row) for row in rows}) != 1:
            raise Unreadable("The rows of the matrix are not of one length.")
        return Matrix(tuple(rows))

    def _node(self, tokens: tuple[Token, ...]) -> Node:
        if not tokens:
            raise Unreadable("A side is missing.")
        if any(token.text in "ℝ∅" for token in tokens):  # noqa: RUF001 - the sign itself is meant
            raise Unreadable("A set stands where a number was expected.")
        return ExpressionParser(
            tokens, tight=self._habits.tight, grouped=self._habits.grouped
        ).whole()


def _named_inverse(tokens: tuple[Token, ...]) -> Symbol | None:
    """The side that names the inverse of a function: f^-1(x)."""
    plain = tuple(token for token in tokens if token.text not in {"{", "}"})
    texts = tuple(token.text for token in plain)
    sign = next((each for each in _INVERTED if texts[1 : len(each) + 1] == each), ())
    named = _named_function((plain[0], *plain[len(sign) + 1 :])) if sign else None
    return None if named is None else Symbol(f"{named.name[0]}^{{-1}}{named.name[1:]}")


def _named_function(tokens: tuple[Token, ...]) -> Symbol | None:
    """The side of an equation that names a function and what it is of: f(x), g{(x)}."""
    plain = [token for token in tokens if token.text not in {"{", "}"}]
    texts = [token.text for token in plain]
    derived = _DERIVATIVE.fullmatch("".join(texts))
    if derived:
        return Symbol(f"{derived[1]}'")
    strokes = [token for token in plain[1:] if token.text == "'"]
    if strokes and texts[1] == "'":
        plain = [token for token in plain if token.text != "'"]
        named = _named_function(tuple(plain))
        return None if named is None else Symbol(named.name + "'" * len(strokes))
    if len(plain) < len("f(x)") or (texts[1], texts[-1]) != ("(", ")") or texts[0] == "x":
        return None
    names, between = plain[2:-1:2], plain[3:-1:2]
    single = all(token.kind is Kind.NAME and len(token.text) == 1 for token in (plain[0], *names))
    if not single or any(token.text != "," for token in between):
        return None
    return Symbol("".join(texts))


def _points(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Points that stand side by side with nothing between: (0, 2) (3, 0)."""
    found: list[tuple[Token, ...]] = []
    rest = tokens
    while rest and rest[0].kind is Kind.OPEN:
        end = _end_of_bracket(rest)
        if end < 0 or not _split(rest[1:end], frozenset({","})):
            return []
        found.append(rest[: end + 1])
        rest = rest[end + 1 :]
    return found if len(found) > 1 and not rest else []


def _matrix_body(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """What stands between the commands begin and end, without the columns of an array."""
    ends = [at for at, token in enumerate(tokens) if token.text == "end"]
    start = next((at + 1 for at, token in enumerate(tokens) if token.text == "}"), len(tokens))
    named = "".join(token.text for token in tokens[1:start])
    if len(ends) != 1 or ("matrix" not in named and "array" not in named):
        raise Unreadable("The matrix cannot be read.")
    if "array" in named and tokens[start].text == "{":
        start += _end_of_bracket(tokens[start:]) + 1
    return tokens[start : ends[0]]


def _split(tokens: tuple[Token, ...], breaks: frozenset[str]) -> list[tuple[Token, ...]]:
    """The parts between breaks outside of brackets; empty where there is no such break."""
    parts: list[tuple[Token, ...]] = []
    depth = start = 0
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth -= 1
        elif token.kind is Kind.BREAK and token.text in breaks and not depth:
            parts.append(tokens[start:at])
            start = at + 1
    return [*parts, tokens[start:]] if parts else []


def _split_at_u(tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """The parts of (-∞, 2) U [5, ∞), and of x < 2 U x > 5."""
    parts: list[tuple[Token, ...]] = []
    start = 0
    for at in range(1, len(tokens) - 1):
        before, after = tokens[at - 1], tokens[at + 1]
        between = before.kind is Kind.CLOSE and after.kind is Kind.OPEN
        apart = tokens[at].spaced and after.spaced and _relations(tokens)[1]
        if tokens[at].text in {"U", "u"} and (between or apart):
            parts.append(tokens[start:at])
            start = at + 1
    parts = [*parts, tokens[start:]] if parts else []
    alike = {bool(_relations(part)[1]) for part in parts}
    return parts if len(alike) == 1 else []


def _relations(tokens: tuple[Token, ...]) -> tuple[list[tuple[Token, ...]], tuple[str, ...]]:
    parts: list[tuple[Token, ...]] = []
    signs: list[str] = []
    depth = start = 0
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth -= 1
        elif token.kind is Kind.RELATION and not depth:
            parts.append(tokens[start:at])
            signs.append(token.text)
            start = at + 1
    return [*parts, tokens[start:]], tuple(signs)


def _end_of_bracket(tokens: tuple[Token, ...]) -> int:
    """Where the bracket that begins the tokens is closed; -1 for never."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not depth:
            return at
    return -1
