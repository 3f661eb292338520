"""The first wrong step of a pupil's way: of algebra, or through a word problem."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.exercise import StepVerdict
from assistant.tutor.steps.algebra import Mark, judged_algebra
from assistant.tutor.steps.computing import beyond_arithmetic, steps_named, uncomputed
from assistant.tutor.steps.formula import in_words, shown
from assistant.tutor.steps.holding import wrong_sum
from assistant.tutor.steps.known import Known, known_of, pairs_of
from assistant.tutor.steps.prose import expression_asked_about
from assistant.tutor.steps.reading import Chain, read_sentence
from assistant.tutor.steps.scorer import learned_scorer
from assistant.tutor.steps.signs import signs_of
from assistant.tutor.steps.way import (
    MOST_STEPS,
    Way,
    last_answer,
    read_way,
    replayed,
)

_SENTENCES = re.compile(r"[:?\n]|\.(?=\s|$)")
_LONGEST_PROBLEM = 4_000
WORTH_NAMING = 0.2
"""How likely a step has to be to be named with no right way to compare with. Three in eight of
those named are the marked one, where there is a wrong one at all; with 0.25 it would be no more."""
_ASKED = re.compile(r"^(solve|simplify|expand|factor|factorise)\s+", re.IGNORECASE)


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
    guess; without one, where to look first if the answer is wrong, and that it may be right.

    Args:
        problem: Its text; an equation in it is what the way begins with.
        steps: Of the pupil, in order.
        reference: A right way, a line a step; "" where there is none.
    """
    told = [step for step in steps if step.strip()]
    if not told:
        return Located(StepVerdict(None, "There are no steps yet.", checked=False))
    algebra = judged_algebra(steps, _beginning(problem)) or judged_algebra(steps)
    if algebra is not None:
        return Located(algebra.verdict, algebra.marks)
    way = read_way(problem, steps, reference)
    known = known_of(way)
    rows = signs_of(way)
    shares = learned_scorer(with_reference=bool(way.reference)).shares(rows)
    wrong = first_wrong_sum(way)
    if known.answer is None:
        cut = len(steps) > MOST_STEPS
        return Located(_without_reference(way, wrong, shares, cut=cut), shares=shares)
    if wrong is None and last_answer(way) == known.answer:
        words = f"The answer is that of the right way. {_computed(way)}".strip()
        return Located(StepVerdict(None, words, checked=False), shares=shares)
    among = shares if wrong is None else shares[: wrong[0] + 1]
    step = among.index(max(among))
    return Located(_compared(way, known, step, wrong), shares=shares)


def first_wrong_sum(way: Way) -> tuple[int, str] | None:
    """The first step with a sum that does not hold, however it is read, and the words for it."""
    for place, step in enumerate(way.steps):
        if beyond_arithmetic(step.text):
            continue
        found = _wrong_words(step.chains)
        if found and "/" in step.text:
            found = _wrong_words(read_sentence(step.text, fractions=True).chains)
        if found and way.dashed[place]:
            found = found if _wrong_words(read_sentence(f"-{step.text}").chains) else ""
        if found:
            return place, found
    return None


def _wrong_words(chains: Sequence[Chain]) -> str:
    for chain in chains:
        found = wrong_sum(chain)
        if found is not None:
            side, told, exact = found
            return f"{in_words(side)} is {shown(exact)}, not {shown(told)}."
    return ""


def _without_reference(
    way: Way, wrong: tuple[int, str] | None, shares: Sequence[float], *, cut: bool
) -> StepVerdict:
    if wrong is not None:
        return StepVerdict(wrong[0], wrong[1], checked=True, misconception="arithmetic")
    if cut:
        words = f"Only the first {MOST_STEPS} steps were looked at; no sum in them is wrong."
    elif way.sums and max(shares) >= WORTH_NAMING:
        words = (
            f"{_computed(way)} Without a right way to compare with nothing shows whether the sums "
            "are the right ones. If the answer is wrong, look at this step first."
        )
        return StepVerdict(shares.index(max(shares)), words, checked=False)
    elif way.sums:
        words = (
            f"{_computed(way)} Whether they are the right sums cannot be said without a right way "
            "to compare with."
        )
    else:
        words = "There is no sum in the steps that could be checked."
    return StepVerdict(None, words, checked=False)


def _computed(way: Way) -> str:
    """What became of the sums, none of which is wrong: those not computed are named."""
    left = uncomputed(way)
    if not left:
        return "Every sum holds."
    said = sum(1 for step in way.steps if "=" in step.text)
    words = f"The sums in {steps_named(left)} could not be computed: nothing is said of them."
    return words if len(left) >= said else f"{words} All the others hold."


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


def _beginning(problem: str) -> str:
    """The equation or expression that a problem of algebra asks about; "" for none."""
    for sentence in _SENTENCES.split(problem[:_LONGEST_PROBLEM]):
        if "=" in sentence:
            return _ASKED.sub("", sentence.strip()).strip(" .,$")
    return expression_asked_about(problem)
