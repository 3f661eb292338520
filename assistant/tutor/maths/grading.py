"""What an answer is worth: read, compared, looked at for its form, and put in words.

The words never hold the key: they say what is right, what is missing and where to look.
"""

import math
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from assistant.domain.exercise import AnswerKind, Form, Grade, Key, ProvedBy
from assistant.tutor.maths.cleaning import LONGEST
from assistant.tutor.maths.equality import Equality, Match
from assistant.tutor.maths.forms import left_to_simplify, missing
from assistant.tutor.maths.nodes import Number, Quotient
from assistant.tutor.maths.notation import (
    in_case_of,
    trees,
    with_common_log,
    with_natural_log,
    with_rounded_pi,
)
from assistant.tutor.maths.other_writings import other_writings
from assistant.tutor.maths.pairs import paired
from assistant.tutor.maths.phrases import in_terms
from assistant.tutor.maths.quantities import (
    DEGREES,
    RADIANS,
    Quantity,
    is_in_parts,
    read_quantity,
    same_quantity,
)
from assistant.tutor.maths.reading import Reading, read, readings
from assistant.tutor.maths.sampling import Comparison
from assistant.tutor.maths.shapes import Expression, Shape
from assistant.tutor.maths.short_answers import bare, grade_choice, grade_short, plain_choice
from assistant.tutor.maths.trouble import Trouble
from assistant.tutor.maths.typed_amounts import plain_amount, with_scale, without_short
from assistant.tutor.maths.values import exact, is_number
from assistant.tutor.maths.verdicts import equal_only, right, unread, wrong
from assistant.tutor.maths.worded import in_signs

_GRADED: Final = frozenset(
    {AnswerKind.MATH, AnswerKind.NUMBER, AnswerKind.CHOICE, AnswerKind.SHORT}
)
_MONEY: Final = frozenset({(("dollar", 1),), (("euro", 1),), (("sterling", 1),)})
_SLASHED: Final = (
    "As it stands, only the first factor behind “/” is below the line: 1/2x is one half of x. "
    "If more of it belongs there, put brackets around it."
)
_OTHER_LOG: Final = "Here log is the logarithm to base 10, and ln is another."
_EXACTLY: Final = "It is close: give it exactly, with π."
_CLOSE: Final = 0.5
_ROUNDED_PI: Final = (
    *(
        Number(Fraction(digits), len(digits) - 2)
        for digits in ("3.14", "3.142", "3.1416", "3.14159")
    ),
    Quotient(Number(Fraction(22)), Number(Fraction(7))),
)
_READ_AS_SIGNS: Final = (DEGREES, (("percent", 1),))
"""What the reader of mathematics reads itself: 30° is π/6."""
_THOUSANDS: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
"""What a key has as thousands, and never as a decimal: 3,000 is not 3."""
_WORD: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_LONGEST_PRODUCT: Final = 3
"""Letters up to which a word may be a product of names."""


def grade(answer: str, key: Key, kind: AnswerKind) -> Grade:
    """What an answer is worth; never raises on what a learner typed, and never runs long.

    Args:
        answer: As it was typed.
        key: What a right answer is.
        kind: ``MATH``, ``NUMBER``, ``CHOICE`` or ``SHORT``.

    Raises:
        ValueError: Answers of this kind are graded elsewhere.
    """
    if kind not in _GRADED:
        raise ValueError(f"answers of the kind {kind} are graded elsewhere")
    if not answer.strip():
        return unread("There is no answer yet.")
    if len(answer) > LONGEST:
        return unread("The answer is too long to be read.")
    if kind is AnswerKind.CHOICE:
        return grade_choice(answer, key)
    if kind is AnswerKind.SHORT:
        return grade_short(answer, key)
    return _Grader(key, kind).grade(answer)


@dataclass(frozen=True, slots=True)
class _Found:
    """The best match, the answer and the key as they were read for it."""

    match: Match
    answer: Reading
    key: Reading


class _Grader:
    """Grades mathematics against one key."""

    def __init__(self, key: Key, kind: AnswerKind) -> None:
        self._typed = key.answer
        if kind is AnswerKind.NUMBER:
            others = tuple(plain_amount(each) for each in key.others)
            key = replace(key, answer=plain_amount(key.answer), others=others)
        self._key = key
        self._kind = kind
        keys = (key.answer, *key.others)
        self._wordy = [bare(each) for each in keys if _wordy(each)]
        self._accepted = tuple(in_terms(each) or in_signs(each) for each in keys)
        self._equality = Equality(Comparison(), key.tolerance)
        algebra = kind is not AnswerKind.NUMBER
        self._wanted = read_quantity(key.answer, key.unit, algebra=algebra)

    def grade(self, answer: str) -> Grade:
        """What the answer is worth: as it is likeliest meant, or as what else it may mean."""
        graded = self._as_typed(answer)
        return graded if graded.correct else self._otherwise(answer) or graded

    def _otherwise(self, answer: str) -> Grade | None:
        """A right grade for what else the answer may mean; None where that is not right either."""
        for text in self._accepted:
            key = read(text)
            if isinstance(key, Trouble):
                continue
            for other in other_writings(answer, key.shape, text):
                found = readings(other) if other != answer else ()
                graded = self._judged(found) if isinstance(found, tuple) and found else None
                if graded is not None and graded.correct:
                    return graded
        return self._sign_too_much(answer)

    def _sign_too_much(self, answer: str) -> Grade | None:
        """A right grade for 90° or 25 % where the key is 90 or 25; else None."""
        given = read_quantity(answer, "", algebra=True)
        if self._wanted is not None or given is None or given.unit is None:
            return None
        value = exact(given.number)
        if given.unit.dimension not in _READ_AS_SIGNS or value is None or abs(value) < 1:
            return None
        return self._without_unit(given)

    def _as_typed(self, answer: str) -> Grade:
        pair = paired(answer, self._typed)
        if pair is not None:
            return right() if pair else wrong()
        if self._kind is AnswerKind.NUMBER:
            answer = plain_amount(answer)
        if bare(answer) in self._wordy:
            return right(by=ProvedBy.AUTHOR)
        answer = in_signs(answer)
        if self._kind is AnswerKind.NUMBER and self._wanted is None:
            answer = without_short(answer)
        quantity = self._quantities(answer)
        if quantity is not None:
            return quantity
        found = readings(answer)
        return self._unread(answer, found) if isinstance(found, Trouble) else self._judged(found)

    def _judged(self, answers: tuple[Reading, ...]) -> Grade:
        plain = tuple(each for each in answers if not each.tight)
        tight = tuple(each for each in answers if each.tight)
        graded = self._compared(plain) if plain else wrong(by=ProvedBy.AUTHOR)
        if graded.correct or not tight or not self._compared(tight).correct:
            return graded
        return wrong(_SLASHED)

    def _compared(self, answers: tuple[Reading, ...]) -> Grade:
        best = self._best(answers, self._accepted)
        if best is None:
            return wrong(by=ProvedBy.AUTHOR)
        if best.match.whole:
            return self._right(best)
        idea = self._misconception(answers)
        if best.match.unfinished:
            return equal_only(best.match.remark, idea)
        return wrong(best.match.remark, share=best.match.share, misconception=idea)

    def _unread(self, answer: str, trouble: Trouble) -> Grade:
        """An answer that is no mathematics: wrong where the key is none either, else not read."""
        if not all(isinstance(readings(each), Trouble) for each in self._accepted):
            return unread(trouble.words)
        same = plain_choice(answer) in {plain_choice(each) for each in self._accepted}
        return right(by=ProvedBy.AUTHOR) if same else wrong(by=ProvedBy.AUTHOR)

    def _best(self, answers: tuple[Reading, ...], keys: tuple[str, ...]) -> _Found | None:
        """The best match over all readings of the answer and of the keys."""
        best: _Found | None = None
        for text in keys:
            read = readings(text)
            if isinstance(read, Trouble):
                continue
            parted = bool(_THOUSANDS.search(text))
            wanteds = [one for one in read if not one.tight and not (parted and one.remark)]
            for wanted, given in ((one, other) for one in wanteds for other in answers):
                match = self._match(wanted.shape, given.shape)
                if best is None or _rank(match) > _rank(best.match):
                    best = _Found(match, given, wanted)
                if match.whole:
                    return best
        return best

    def _match(self, wanted: Shape, given: Shape) -> Match:
        """The best match of the answer, of it in the key's case, and with log as the key's ln."""
        match = self._equality.match(wanted, given)
        if match.whole or match.unfinished:
            return match
        number = self._kind is AnswerKind.NUMBER
        for other, remark in (
            (None if number else in_case_of(wanted, given), ""),
            (with_natural_log(wanted, given), "Here the natural logarithm is written ln."),
        ):
            if other is not None and self._equality.match(wanted, other).whole:
                return Match(1, remark)
        other = with_common_log(wanted, given)
        if other is not None and self._equality.match(wanted, other).whole:
            return Match(0, _OTHER_LOG)
        return self._with_rounded_pi(wanted, given) or match

    def _with_rounded_pi(self, wanted: Shape, given: Shape) -> Match | None:
        """Whether the answer is the key with 3.14 for π, or the like."""
        for value in _ROUNDED_PI:
            rounded = with_rounded_pi(wanted, value)
            if rounded is None:
                return None
            if self._equality.match(rounded, given).whole:
                away = abs(float(exact(value) or 0) / math.pi - 1)
                if away <= self._key.tolerance:
                    return Match(1)
                return Match(_CLOSE, _EXACTLY, unfinished=True)
        return None

    def _right(self, found: _Found) -> Grade:
        left = self._left_to_do(found)
        if left and self._key.form is not Form.ANY:
            return equal_only(left)
        if left:
            return right(left, unfinished=True)
        return right(found.match.remark, found.answer.remark)

    def _left_to_do(self, found: _Found) -> str:
        """What is missing until the answer has the form that is asked for, or that the key has."""
        given = trees(found.answer.shape)
        if self._key.form is not Form.ANY:
            return next((left for node in given if (left := missing(self._key.form, node))), "")
        if any(left_to_simplify(node) for node in trees(found.key.shape)):
            return ""
        return next((left for node in given if (left := left_to_simplify(node))), "")

    def _misconception(self, answers: tuple[Reading, ...]) -> str:
        for text, idea in self._key.wrong:
            found = self._best(answers, (text,))
            if found is not None and found.match.whole:
                return idea
        return ""

    def _quantities(self, answer: str) -> Grade | None:
        """The grade where units play a part; None where they do not."""
        wanted, algebra = self._wanted, self._kind is not AnswerKind.NUMBER
        if wanted is None and algebra:
            return self._plain_number(answer)
        if wanted is not None and wanted.unit is not None and wanted.unit.offset:
            answer = with_scale(answer)
        given = read_quantity(answer, "")
        if wanted is None or (given and wanted.unit is None and given.name != wanted.name):
            return self._without_unit(given)
        if given is None and is_in_parts(answer):
            return wrong("These are no parts of one amount.")
        if given is None:
            plain = readings(answer)
            return self._unit_missing(wanted, plain) if isinstance(plain, tuple) else None
        return self._with_unit(wanted, given)

    def _plain_number(self, answer: str) -> Grade | None:
        """The grade of a number with a unit where mathematics was asked for: π/6 rad."""
        given = read_quantity(answer, "", algebra=True)
        if given is None or given.unit is None or given.unit.dimension in _READ_AS_SIGNS:
            return None
        key = read(self._key.answer)
        shape = key.shape if isinstance(key, Reading) else None
        plain = isinstance(shape, Expression) and is_number(shape.node)
        return self._without_unit(given) if plain else None

    def _with_unit(self, wanted: Quantity, given: Quantity) -> Grade:
        same = same_quantity(self._equality, wanted, given)
        if same is None and given.unit is None:
            return wrong(f"“{given.name}” is no unit that is known here.")
        if same is None:
            return wrong("That unit does not measure what is asked for.")
        if same.whole:
            return right()
        if same.unfinished:
            return equal_only(same.remark)
        plain = (Reading(Expression(given.number), ""),)
        return wrong(same.remark, misconception=self._misconception(plain))

    def _without_unit(self, given: Quantity | None) -> Grade | None:
        """An answer with a unit, or a word, where the key has a number alone."""
        if given is None:
            return None
        best = self._best((Reading(Expression(given.number), ""),), self._accepted)
        if best is None or not best.match.whole:
            return None
        value = exact(given.number)
        if given.name == "%" and value is not None and abs(value) < 1:
            return None  # 0.5 % is 0.005, and hardly meant as 0.5
        if given.unit is not None and given.unit.dimension == RADIANS:
            return right()
        return right(f"The number counts here; “{given.name}” was not looked at.")

    def _unit_missing(self, wanted: Quantity, plain: tuple[Reading, ...]) -> Grade:
        shape = Expression(wanted.number)
        best = max((self._equality.match(shape, each.shape) for each in plain), key=_rank)
        if not best.whole:
            return self._judged(plain)  # 0.5 for 50 %
        if wanted.unit is None or wanted.from_field:
            return right()
        if wanted.unit.dimension in _MONEY:
            return right(f"It is money: write {wanted.name} as well.")
        return equal_only("The number is right; its unit is missing.")


def _rank(match: Match) -> tuple[bool, float, bool]:
    return match.whole, match.share, bool(match.remark)


def _wordy(text: str) -> bool:
    """Whether a key is words rather than mathematics: “Verified”."""
    quantity = read_quantity(text, "")
    if quantity is not None and quantity.unit is not None:
        return False
    letters = text.replace(" ", "")
    if letters.isalpha() and len(letters) > _LONGEST_PRODUCT:
        return True
    return _WORD.search(text) is not None and isinstance(readings(text), Trouble)
