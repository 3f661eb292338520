"""Reads the sums of a sentence: "She has 42 cans - 3 cans = 39 cans" is 42 - 3 = 39."""

from dataclasses import dataclass
from fractions import Fraction

from assistant.tutor.steps.formula import (
    Formula,
    Name,
    Number,
    Operation,
    leaves_in,
    value_of,
)
from assistant.tutor.steps.tokens import Sort, Token, tokens_of
from assistant.tutor.steps.whole import read_whole

UNIT_WORDS = 4
"""Words that may stand between a number and the sign after it: "42 cans of beans - 3"."""
MOST_CHAINS = 12
"""Of one sentence; what comes after them is not read."""
_PAIR = 2
_WHICH_IS = frozenset(("which", verb) for verb in ("is", "gives", "makes", "are"))
_COMPARED_WORDS = (
    "more less fewer times of percent greater larger smaller bigger higher lower too over under "
    "above below short away from off plus minus than and or to"
)
_COMPARED = frozenset(_COMPARED_WORDS.split())
"""Words behind a number that says something else than what a sum comes to: 2 more than 4."""
_POWERS = range(2, 13)
"""Exponents that are read; a sum with any other is left alone."""
_MOST_FACTORS = 64
MOST_SIGNS = 30
"""Signs of one side of a sum; a longer one is read up to there."""
DEPTH = 24
"""Brackets within brackets; deeper ones are not read."""
_LINKS = frozenset(
    [
        "and",
        "so",
        "then",
        "which",
        "because",
        "since",
        "therefore",
        "thus",
        "if",
        "when",
        "if",
        "but",
        "that",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "gives",
        "means",
        "hence",
    ]
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Sides that are said to be equal: one side is a bare sum."""

    sides: tuple[Formula, ...]
    start: int
    end: int
    whole: bool = True
    """Whether nothing in or around it was passed over that may change what it means."""

    @property
    def stated(self) -> Number | None:
        """The result that the writer gives, where the last side is a bare number."""
        last = self.sides[-1]
        return last if len(self.sides) > 1 and isinstance(last, Number) else None

    @property
    def result(self) -> Fraction | None:
        """What comes out: as stated, or else as computed from the last side that can be."""
        if self.stated is not None:
            return self.stated.value
        for side in reversed(self.sides):
            value = value_of(side)
            if value is not None:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Mention:
    """A number outside of any sum, with the words around it."""

    number: Number
    spelled: bool
    start: int
    near: tuple[str, ...]
    """Up to three words after it: what is counted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was read of one step, or of the whole problem."""

    text: str
    chains: tuple[Chain, ...]
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]


def read_sentence(text: str, *, fractions: bool = False) -> Sentence:
    """Reads all sums and numbers of a text; ``fractions`` as for ``tokens_of``."""
    tokens = tokens_of(text, fractions=fractions)
    reader = _Reader(tokens)
    chains: list[Chain] = []
    mentions: list[Mention] = []
    place = 0
    while place < len(tokens) and len(chains) < MOST_CHAINS:
        chain, after = reader.chain(place)
        if chain is not None:
            chains.append(chain)
            place = after
            continue
        number = tokens[place].number
        if number is not None:
            near = _words_after(tokens, place)
            token = tokens[place]
            mentions.append(Mention(number, token.spelled, token.start, near))
        place += 1
    words = tuple(token.text for token in tokens if token.sort is Sort.WORD)
    return Sentence(text, tuple(chains), tuple(mentions), words)


def _words_after(tokens: tuple[Token, ...], place: int) -> tuple[str, ...]:
    words: list[str] = []
    for token in tokens[place + 1 : place + 4]:
        if token.sort is not Sort.WORD:
            break
        words.append(token.text)
    return tuple(words)


class _Reader:
    """Recursive descent over the tokens; every method gives what it read and where it ended."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._depth = 0

    def chain(self, place: int) -> tuple[Chain | None, int]:
        start, begun = self._tokens[place].start, place
        if self._tokens[place].sort is Sort.EQUALS:
            sides: list[Formula] = []
            at = place
        else:
            first, at = self._sum(place)
            if first is None:
                return None, place
            sides = [first]
        equal_signs = 0
        while True:
            equals = self._through_unit(at, Sort.EQUALS)
            if equals is None:
                break
            side, after = self._sum(equals + 1)
            if side is None:
                break
            sides.append(side)
            equal_signs += 1
            at = after
        if not equal_signs and sides and isinstance(sides[0], Operation):
            result, after = self._told_behind(at)
            sides, at = ([*sides, result], after) if result is not None else (sides, at)
        says_something = equal_signs > 0 or isinstance(sides[0] if sides else None, Operation)
        if not sides or not says_something:
            return None, place
        whole = read_whole(self._tokens, begun, at)
        return Chain(tuple(sides), start, self._tokens[at - 1].end, whole), at

    def _told_behind(self, place: int) -> tuple[Formula | None, int]:
        """The number that a clause behind a sum says it comes to: 17 + 4, which is 21 euros."""
        comma = self._through_unit(place, Sort.STOP)
        if comma is None or self._tokens[comma].text != ",":
            return None, place
        which = tuple(token.text for token in self._tokens[comma + 1 : comma + 3])
        told = next(iter(self._tokens[comma + 3 : comma + 4]), None)
        if which not in _WHICH_IS or told is None or told.number is None or told.spelled:
            return None, place
        behind = next(iter(self._tokens[comma + 4 : comma + 5]), None)
        ends = behind is None or behind.sort is Sort.STOP
        unit = behind and behind.sort is Sort.WORD and behind.text not in _COMPARED
        return (told.number, comma + 4) if ends or unit else (None, place)

    def _through_unit(self, place: int, *sorts: Sort) -> int | None:
        """Where a token of these sorts stands, over the words of a unit ("hours/week")."""
        at, words = place, 0
        while at < len(self._tokens):
            token = self._tokens[at]
            follows = self._tokens[at + 1].sort if at + 1 < len(self._tokens) else None
            per = token.text == "/" and follows is Sort.WORD
            if token.sort in sorts and not per:
                return at
            if per:
                at += 2
                continue
            if token.sort is not Sort.WORD or token.text in _LINKS or words >= UNIT_WORDS:
                return None
            words += 1
            at += 1
        return None

    def _sum(self, place: int) -> tuple[Formula | None, int]:
        left, at = self._product(place)
        for _ in range(MOST_SIGNS):
            if left is None:
                break
            sign = self._sign_at(at, "+-")
            if sign is None:
                break
            right, after = self._product(sign + 1)
            if right is None:
                break
            left, at = Operation(self._tokens[sign].text, left, right), after
        return left, at

    def _product(self, place: int) -> tuple[Formula | None, int]:
        left, at = self._factor(place)
        for _ in range(MOST_SIGNS):
            if left is None:
                break
            sign, step = self._times_at(at, left)
            if sign is None:
                break
            right, after = self._factor(at + step)
            if right is None:
                break
            left, at = Operation(sign, left, right), after
        return left, at

    def _sign_at(self, place: int, signs: str) -> int | None:
        at = self._through_unit(place, Sort.SIGN)
        if at is None or self._tokens[at].text not in signs:
            return None
        return at

    def _times_at(  # noqa: PLR0911 - one case a way to write a product
        self, place: int, left: Formula
    ) -> tuple[str | None, int]:
        """The sign of a product and how far behind ``place`` its right side begins."""
        at = self._sign_at(place, "*/")
        if at is not None:
            return self._tokens[at].text, at - place + 1
        token = self._tokens[place] if place < len(self._tokens) else None
        if token is None:
            return None, 0
        if token.sort is Sort.NAME and token.text == "x" and self._is_times(place):
            return "*", 1
        close = place > 0 and self._tokens[place - 1].end == token.start
        if close and token.sort in (Sort.NAME, Sort.OPEN) and not isinstance(left, Name):
            return "*", 0
        number = isinstance(left, Number) and (left.percent or left.value < 1)
        after = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        if token.text == "of" and number and after is not None and after.number is not None:
            return "*", 1
        through = self._through_unit(place, Sort.NAME)
        if through is not None and self._tokens[through].text == "x" and self._is_times(through):
            return "*", through - place + 1
        return None, 0

    def _is_times(self, place: int) -> bool:
        """Whether an "x" is the sign: something to multiply stands on both sides."""
        if place + 1 >= len(self._tokens):
            return False
        after = self._tokens[place + 1]
        if after.text == "$" and place + 2 < len(self._tokens):
            after = self._tokens[place + 2]
        return after.sort is Sort.OPEN or (after.number is not None and not after.spelled)

    def _factor(self, place: int) -> tuple[Formula | None, int]:
        """A number, an unknown or a bracket, with its power if it has one."""
        base, at = self._base(place)
        follows = self._tokens[at : at + 3]
        if base is None or len(follows) < _PAIR or follows[0].text != "^":
            return base, at
        number = follows[1].number
        again = follows[-1].text == "^" and len(follows) > _PAIR
        if number is None or again or number.value not in _POWERS:
            return base, at
        power = _power(base, int(number.value))
        return (base, at) if power is None else (power, at + 2)

    def _base(  # noqa: PLR0911 - one case a kind of factor
        self, place: int
    ) -> tuple[Formula | None, int]:
        while place < len(self._tokens) and self._tokens[place].text == "$":
            place += 1
        if place >= len(self._tokens):
            return None, place
        token = self._tokens[place]
        if token.number is not None:
            return token.number, place + 1
        if token.sort is Sort.NAME:
            return Name(token.text), place + 1
        if token.sort is Sort.SIGN and token.text == "-":
            inner, after = self._factor(place + 1) if self._enter() else (None, place)
            self._depth -= 1
            return (None, place) if inner is None else (_negative(inner), after)
        if token.sort is Sort.OPEN:
            inner, after = self._sum(place + 1) if self._enter() else (None, place)
            self._depth -= 1
            close = None if inner is None else self._through_unit(after, Sort.CLOSE)
            return (None, place) if close is None else (inner, close + 1)
        return None, place

    def _enter(self) -> bool:
        self._depth += 1
        return self._depth <= DEPTH


def _power(base: Formula, exponent: int) -> Formula | None:
    """The product that a power is short for; None for too long a one."""
    if leaves_in(base) * exponent > _MOST_FACTORS:
        return None
    made = base
    for _ in range(exponent - 1):
        made = Operation("*", made, base)
    return made


def _negative(inner: Formula) -> Formula:
    if isinstance(inner, Number):
        return Number(-inner.value, inner.decimals, inner.percent)
    return Operation("-", Number(Fraction(0)), inner)
