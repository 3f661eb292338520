"""The first wrong step of a pupil's way: of algebra, or through a word problem."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.domain.exercise import StepVerdict
from assistant.tutor.steps.beginning import beginning
from assistant.tutor.steps.commas import with_points
from assistant.tutor.steps.computing import (
    beyond_arithmetic,
    computed,
    counts_groups,
    of_clock,
    other_bases,
    other_numerals,
    steps_named,
    uncomputed,
)
from assistant.tutor.steps.durations import same_time
from assistant.tutor.steps.foreign import foreign_number
from assistant.tutor.steps.formula import Formula, in_words, shown
from assistant.tutor.steps.holding import (
    Rounded,
    loosely,
    may_be_groups,
    may_be_time,
    plainly_divides,
    roundings,
    wrong_sum,
)
from assistant.tutor.steps.judging import judged
from assistant.tutor.steps.known import Known, known_of, pairs_of
from assistant.tutor.steps.layout import without_dress
from assistant.tutor.steps.marks import AlgebraWay, Mark
from assistant.tutor.steps.reading import Chain, Sentence, read_sentence
from assistant.tutor.steps.rearranging import asked_for
from assistant.tutor.steps.scorer import learned_scorer
from assistant.tutor.steps.signs import signs_of
from assistant.tutor.steps.way import (
    MOST_STEPS,
    Way,
    last_answer,
    numbers_of,
    read_way,
    replayed,
)
from assistant.tutor.steps.wording import any_withdrawn, denied, withdraws

_FRACTION: Final = re.compile(r"/|\\[dtc]?frac")
"""What may be one number: 1/2 = 6 apples."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a way goes wrong, and what became of each step where algebra told."""

    verdict: StepVerdict
    marks: tuple[Mark, ...] = ()
    shares: tuple[float, ...] = ()
    """How likely each step is the first wrong one, where that was weighed; they add up to 1."""


def located(problem: str, steps: Sequence[str], reference: str = "") -> Located:
    """Finds the first wrong step.

    Algebra and arithmetic decide where they can, and the verdict is ``checked`` then. Else, with
    a right way to compare with, the step that a teacher would likeliest mark is named, as a
    guess; without one only a step that uses a number from nowhere, since the way may be right.

    Args:
        problem: Its text; an equation in it is what the way begins with.
        steps: Of the pupil, in order.
        reference: A right way, a line a step; "" where there is none.
    """
    steps, right = without_dress(steps), without_dress(reference.splitlines())
    (problem,), steps, right = with_points([problem], steps, right)
    reference = "\n".join(right)
    if not any(step.strip() for step in steps):
        return Located(StepVerdict(None, "There are no steps yet.", checked=False))
    algebra = _by_algebra(problem, steps)
    told = algebra is not None and (algebra.verdict.checked or algebra.verdict.step is not None)
    if algebra is not None and (told or not reference.strip()):
        return Located(algebra.verdict, algebra.marks)
    way = read_way(problem, steps, reference)
    known = known_of(way)
    rows = signs_of(way)
    shares = learned_scorer(with_reference=bool(way.reference)).shares(rows)
    wrong = first_wrong_sum(way)
    if known.answer is None:
        cut = len(steps) > MOST_STEPS
        return Located(_without_reference(way, wrong, cut=cut), shares=shares)
    if wrong is None and (last_answer(way) == known.answer or same_time(way)):
        words = f"The answer is that of the right way. {_computed(way)}".strip()
        return Located(StepVerdict(None, words, checked=False), shares=shares)
    doubtful = _doubtful(way) if wrong is None else wrong[0]
    among = shares if doubtful is None else shares[: doubtful + 1]
    among = _less_right(among, algebra.marks if algebra is not None else ())
    step = _stated_wrongly(way, known, among.index(max(among)))
    return Located(_compared(way, known, step, wrong), shares=shares)


def _by_algebra(problem: str, steps: Sequence[str]) -> AlgebraWay | None:
    """What algebra shows; nothing is checked that is not held against the problem as well."""
    task = asked_for(problem)
    found = judged(steps, task=task) if task is not None else None
    if found is not None:
        return found
    begins = beginning(problem)
    if begins.values or other_numerals(problem):
        return None
    if begins.text:
        found = judged(steps, begins.text, form=begins.form, bare=begins.bare)
        if found is not None:
            return found
    found = judged(steps, loose=bool(problem.strip()))
    if found is None or found.verdict.step is not None or not problem.strip():
        return found
    unread = begins.text or begins.unread
    but = "the problem could not be read" if unread else "not the first one from the problem"
    why = f"Each line follows from the one before, but {but}."
    if not found.verdict.checked:
        why = f"{found.verdict.why} Nothing shows whether the first one is right."
    return AlgebraWay(found.marks, StepVerdict(None, why, checked=False))


def _less_right(shares: Sequence[float], marks: Sequence[Mark]) -> Sequence[float]:
    """The shares without those of lines that follow from the one before, if any is left then."""
    less = [0.0 if mark is Mark.RIGHT else share
            for share, mark in zip(shares, marks, strict=False)]  # fmt: skip
    return [*less, *shares[len(less) :]] if any(less) or len(less) < len(shares) else shares


def _doubtful(way: Way) -> int | None:
    """The first step with a sum that does not hold as it was read, if perhaps not whole."""
    rounded: Rounded = {}
    for place, step in enumerate(way.steps):
        for chain in step.chains:
            if wrong_sum(chain, strict=False, rounded=rounded) is not None:
                return place
            rounded = {**rounded, **roundings(chain, rounded)}
    return None


def first_wrong_sum(way: Way) -> tuple[int, str] | None:
    """The first step with a sum that does not hold, however it is read, and the words for it."""
    if other_bases(way.problem.text):
        return None
    timed = of_clock(way.problem.text)
    rounded: Rounded = {}
    for place, step in enumerate(way.steps):
        if beyond_arithmetic(step.text, way.problem.text) or withdraws(step.text):
            continue
        found = _wrong_words(step, rounded, timed=timed)
        if found and way.dashed[place]:
            other = read_sentence(f"-{step.text}")
            found = found if _wrong_words(other, rounded, timed=timed) else ""
        if found:
            taken_back = any_withdrawn([other.text for other in way.steps[place + 1 :]])
            return None if taken_back else (place, found)
        for chain in step.chains:
            rounded = {**rounded, **roundings(chain, rounded)}
    return None


def _wrong_words(step: Sentence, before: Rounded, *, timed: bool, again: bool = True) -> str:
    """Words for the first sum of a step that does not hold, however its fractions are read."""
    rounded = before
    for chain in step.chains:
        found = (
            None if denied(step.text, chain.start, chain.end) else wrong_sum(chain, rounded=rounded)
        )
        if (
            found is not None
            and again
            and _FRACTION.search(step.text)
            and not plainly_divides(chain)
        ):
            fractions = read_sentence(step.text, fractions=True)
            return _wrong_words(fractions, before, timed=timed, again=False)
        if found is not None and not _excused(step, chain, found, timed=timed):
            side, told, exact = found
            return f"{in_words(side)} is {shown(exact)}, not {shown(told)}."
        rounded = {**rounded, **roundings(chain, rounded)}
    return ""


def _excused(
    step: Sentence, chain: Chain, found: tuple[Formula, Fraction, Fraction], *, timed: bool
) -> bool:
    """Whether numbers that differ may count differently: on a clock, in pairs or dozens."""
    _, told, exact = found
    groups = counts_groups(step.text) and may_be_groups(told, exact)
    return groups or (timed and may_be_time(chain, told, exact))


def _without_reference(way: Way, wrong: tuple[int, str] | None, *, cut: bool) -> StepVerdict:
    if wrong is not None:
        return StepVerdict(wrong[0], wrong[1], checked=True, misconception="arithmetic")
    if cut:
        words = f"Only the first {MOST_STEPS} steps were looked at; no sum in them is wrong."
    elif not way.sums or not (computed(way) or uncomputed(way) or foreign_number(way)):
        words = "There is nothing in the steps that could be checked."
    elif foreign := foreign_number(way):
        place, value, meant = foreign
        words = (
            f"{shown(value)} comes neither from the problem nor from a step before; "
            f"was {shown(meant)} meant?"
        )
        return StepVerdict(place, words, checked=False)
    else:
        words = (
            f"{_computed(way)} Without a right way to compare with nothing shows whether the sums "
            "are the right ones."
        )
    return StepVerdict(None, words, checked=False)


def _stated_wrongly(way: Way, known: Known, step: int) -> int:
    """The step itself; in a way of words only, the first from it on with a number not right."""
    right = known.route | known.given

    def foreign(place: int) -> bool:
        return any(value not in right for value in numbers_of(way.steps[place]))

    if way.sums or foreign(step):
        return step
    return next((place for place in range(step, len(way.steps)) if foreign(place)), step)


def _computed(way: Way) -> str:
    """What became of the sums, none of which is wrong: those not computed are named."""
    left = uncomputed(way)
    loose = any(loosely(chain) for step in way.steps for chain in step.chains)
    if not left and loose:
        return (
            "No sum is shown to be wrong, but some hold only rounded, without a remainder or in "
            "another unit."
        )
    if not left:
        return "Every sum holds." if computed(way) else ""
    words = f"The sums in {steps_named(left)} could not be computed: nothing is said of them."
    others = " No other is shown to be wrong." if loose else " All the others hold."
    return f"{words}{others}" if computed(way, left) else words


def _compared(way: Way, known: Known, step: int, wrong: tuple[int, str] | None) -> StepVerdict:
    if wrong is not None and wrong[0] == step:
        return StepVerdict(step, wrong[1], checked=True, misconception="arithmetic")
    return StepVerdict(step, _reason(way, known, step), checked=False)


def _reason(way: Way, known: Known, step: int) -> str:
    """The likeliest reason, in words, without the answer of the right way."""
    return (
        _wrong_value(way, known, step)
        or ("" if way.sums_of(step) else "What this step says does not fit the right way.")
        or _beside_the_point(way, known)
    )


def _beside_the_point(way: Way, known: Known) -> str:
    if known.answer is not None and any(one.result == known.answer for one in way.sums):
        return "The right answer comes up on this way, but not as its end."
    return "The numbers are right, but this is not what has to be worked out here."


def _wrong_value(way: Way, known: Known, step: int) -> str:
    for number, one in enumerate(way.sums):
        if one.step != step or one.result is None or one.result in known.right_numbers:
            continue
        other = _other_sign(one.chain, known)
        if other:
            return other
        for value in sorted(known.right - {one.result}):
            if value != known.answer and replayed(way, number, value) == known.answer:
                return (
                    f"{shown(one.result)} does not come up on the right way; were it "
                    f"{shown(value)}, the steps after it would lead to the right answer."
                )
        return f"{shown(one.result)} does not come up on the right way."
    return ""


def _other_sign(chain: Chain, known: Known) -> str:
    names = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided"}
    for pair, sign in pairs_of(chain):
        right = known.pairs.get(pair)
        if right and sign not in right:
            low, high = (shown(value) for value in pair)
            should = names[min(right)]
            return f"{low} and {high} are {names[sign]} here, but have to be {should}."
    return ""
