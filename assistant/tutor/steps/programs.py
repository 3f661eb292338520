"""A solution to a word problem as a chain of sums that code computes, with doubts and a vote.

A model proposes which sums to do; it is not believed in what they come to. Every result is
computed again and carried on to where the model used its own. What several proposals agree on,
those with fewer doubts counting more, is the answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.tutor.steps.formula import (
    Formula,
    Name,
    Number,
    Operation,
    in_words,
    numbers_in,
    shown,
    value_of,
)
from assistant.tutor.steps.known import CONSTANTS
from assistant.tutor.steps.reading import read_sentence
from assistant.tutor.steps.way import numbers_of

_WHOLE_WORDS: Final = ("how many",)
_SHARED: Final = frozenset({"hours", "miles", "pounds", "minutes", "liters", "gallons", "meters"})


@dataclass(frozen=True, slots=True)
class ProposedSum:
    """A sum as a model proposes it.

    Args:
        find: What it finds, in words.
        formula: The sum.
        stated: What the model says that it comes to; None where it says nothing.
    """

    find: str
    formula: Formula
    stated: Fraction | None


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """One sum, computed."""

    find: str
    sum: str
    result: Fraction


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chain of sums, computed, and what speaks against it.

    Args:
        steps: The sums in their order, at least one.
        answer: What they come to.
        doubts: What speaks against them, in sentences.
    """

    steps: tuple[WorkedStep, ...]
    answer: Fraction
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """What several proposals come to together."""

    best: Proposal
    agreeing: int
    of: int
    """Proposals that could be computed."""


def computed(
    problem: str, sums: Iterable[ProposedSum], named: Fraction | None = None
) -> Proposal | None:
    """Computes a chain of sums.

    Args:
        problem: What is asked.
        sums: As proposed, in their order.
        named: What the model calls the answer. Where that is what it states of one of its sums,
            that sum's real result is the answer; else the last one's is.

    Returns:
        The chain; None where there is no sum, or one of them has no result.
    """
    steps: list[WorkedStep] = []
    formulas: list[Formula] = []
    carried: dict[Fraction, Fraction] = {}
    answer: Fraction | None = None
    for one in sums:
        formula = _carrying(one.formula, carried)
        result = value_of(formula)
        if result is None:
            return None
        steps.append(WorkedStep(one.find, in_words(formula), result))
        formulas.append(formula)
        if one.stated is not None and one.stated != result:
            carried[one.stated] = result
        if named is not None and named in (one.stated, result):
            answer = result
    if not steps:
        return None
    if answer is None:
        answer = steps[-1].result
    return Proposal(tuple(steps), answer, tuple(_doubts(problem, steps, formulas, answer)))


def voted(proposals: Sequence[Proposal]) -> Vote | None:
    """The answer that most proposals come to, each counting less the more doubts it has."""
    if not proposals:
        return None
    weights: dict[Fraction, float] = {}
    for one in proposals:
        weights[one.answer] = weights.get(one.answer, 0.0) + 1 / (1 + len(one.doubts))
    answer = max(weights, key=lambda value: weights[value])
    agreeing = [one for one in proposals if one.answer == answer]
    best = min(agreeing, key=lambda one: len(one.doubts))
    return Vote(best, len(agreeing), len(proposals))


def _carrying(formula: Formula, carried: Mapping[Fraction, Fraction]) -> Formula:
    """The sum with what an earlier sum really comes to, where the model used its own result."""
    if isinstance(formula, Number):
        right = carried.get(formula.value)
        return formula if right is None else Number(right)
    if isinstance(formula, Name):
        return formula
    left, right = _carrying(formula.left, carried), _carrying(formula.right, carried)
    return Operation(formula.sign, left, right)


def _doubts(
    problem: str, steps: Sequence[WorkedStep], formulas: Sequence[Formula], answer: Fraction
) -> list[str]:
    read = read_sentence(problem)
    given = set(numbers_of(read))
    used = {leaf.value for formula in formulas for leaf in numbers_in(formula)}
    made = {step.result for step in steps}
    doubts = [
        f"{shown(value)} is neither in the problem nor a result."
        for value in sorted(used - given - made - CONSTANTS - {1 - one for one in given})
    ]
    left_out = sorted(
        mention.number.value
        for mention in read.mentions
        if mention.number.value not in used and not mention.spelled
    )
    doubts += [f"{shown(value)} is not used." for value in left_out]
    asked = problem.lower().rpartition(".")[2]
    counts = any(words in asked for words in _WHOLE_WORDS)
    if counts and not _SHARED.intersection(asked.split()) and answer.denominator != 1:
        doubts.append("What is counted does not come out whole.")
    if answer < 0:
        doubts.append("The answer is below zero.")
    doubts += ["A result is not used."] * (not _all_used(steps, formulas, answer))
    return doubts


def _all_used(steps: Sequence[WorkedStep], formulas: Sequence[Formula], answer: Fraction) -> bool:
    for place, step in enumerate(steps):
        later = {leaf.value for formula in formulas[place + 1 :] for leaf in numbers_in(formula)}
        if step.result not in later | {answer}:
            return False
    return True
