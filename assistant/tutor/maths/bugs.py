"""Which wrong idea leads from a problem to a wrong answer: a library of bugs.

A bug is found when its wrong rule, used at one place of the problem, gives the very answer; the
right rules do the rest. Answers that are right have none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.tutor.maths import bug_rules as rules
from assistant.tutor.maths.bug_equations import EQUATION_RULES, roots
from assistant.tutor.maths.equality import Equality, values_of
from assistant.tutor.maths.nodes import Node
from assistant.tutor.maths.reading import Reading, read
from assistant.tutor.maths.sampling import Comparison
from assistant.tutor.maths.shapes import Expression, Relation, Shape


@dataclass(frozen=True, slots=True)
class Bug:
    """A wrong idea.

    Args:
        id: Stable.
        title: What is believed, as a sentence.
        remedy: What helps against it, as a sentence.
    """

    id: str
    title: str
    remedy: str


_EXPRESSION_BUGS: Final[tuple[tuple[Bug, rules.Rule], ...]] = (
    (Bug("first-term-only", "Only the first term in the brackets is multiplied.",
         "Multiply every term in the brackets by what stands before them."),
     rules.first_term_only),
    (Bug("minus-not-distributed", "A minus before brackets changes the first sign only.",
         "A minus before brackets changes the sign of every term in them."),
     rules.minus_first_only),
    (Bug("square-termwise", "A power of a sum is the sum of the powers.",
         "Write the brackets out as often as the exponent says, and multiply."),
     rules.power_of_each),
    (Bug("root-over-sum", "The root of a sum is the sum of the roots.",
         "Try it with 9 and 16, and compare both ways."),
     rules.root_of_each),
    (Bug("add-tops-and-bottoms", "Fractions are added top to top and bottom to bottom.",
         "Bring both to the same denominator; then add the numerators only."),
     rules.add_across),
    (Bug("denominator-only", "With a common denominator the numerators stay as they are.",
         "Whatever multiplies the denominator multiplies the numerator too."),
     rules.tops_only),
    (Bug("no-flip", "Fractions are divided without turning the second one over.",
         "Dividing by a fraction is multiplying by it turned over."),
     rules.divide_straight),
    (Bug("cancels-terms", "A term above and below the line can be crossed out.",
         "Only a factor of the whole numerator and of the whole denominator can be cancelled."),
     rules.cancel_terms),
    (Bug("divides-one-term", "Only one term of a sum is divided.",
         "Divide every term of the numerator."),
     rules.divide_one_term),
    (Bug("square-keeps-minus", "The square of a negative number is negative.",
         "Minus times minus is plus: write the two factors out."),
     rules.square_keeps_minus),
    (Bug("square-without-brackets", "A minus before a power belongs to its base.",
         "The power comes first, then the minus, unless brackets say otherwise."),
     rules.square_takes_minus),
    (Bug("percent-as-number", "A percentage is a plain number.",
         "Per cent means hundredths: divide by 100."),
     rules.percent_as_number),
    (Bug("negative-exponent-negative-number", "A negative exponent makes the result negative.",
         "A negative exponent means one over the power."),
     rules.negative_power),
    (Bug("zero-exponent-zero", "A power with the exponent zero is zero, or the base itself.",
         "Going down by one exponent divides by the base: at zero it is one."),
     rules.zero_power),
    (Bug("base-times-exponent", "The exponent is a factor.",
         "The exponent counts how often the base is a factor."),
     rules.power_as_product),
    (Bug("multiplies-exponents", "Exponents are multiplied where they are to be added.",
         "Write the powers out as products and count the factors."),
     rules.multiply_powers),
    (Bug("joins-unlike", "Terms of different kinds can be put together.",
         "Only terms with the same letters in the same powers can be put together."),
     rules.unlike_terms),
    (Bug("left-to-right", "One works from left to right, whatever the signs.",
         "Multiply and divide before you add and subtract."),
     rules.left_to_right),
    (Bug("minus-times-minus", "Minus and minus stay minus.",
         "Two minus signs that meet make plus."),
     rules.minus_times_minus),
    (Bug("smaller-from-larger", "The smaller number is always taken from the larger one.",
         "Mind the order: what stands after the minus is taken away."),
     rules.turned_difference),
)  # fmt: skip
BUGS: Final = (
    *(bug for bug, _ in _EXPRESSION_BUGS),
    Bug("moved-without-sign", "A term keeps its sign when it goes to the other side.",
        "Do the same to both sides: take away what is added."),
    Bug("same-operation-again", "A factor is got rid of by multiplying, or by taking it away.",
        "Undo a multiplication by dividing both sides."),
    Bug("wrong-order", "Only one term of a side is divided.",
        "Divide every term on both sides."),
    Bug("forgets-negative", "A square has one root.",
        "A negative number has the same square: look for the second solution."),
    Bug("signs-of-solutions", "The solutions have the signs that stand in the factors.",
        "Ask what makes each factor zero."),
    Bug("sign-not-turned", "The sign of an inequality never turns.",
        "Multiplying or dividing by a negative number turns the sign."),
)  # fmt: skip
"""Every wrong idea that is known here; the ids are stable."""
_BY_ID: Final = {bug.id: bug for bug in BUGS}


def bugs_behind(problem: str, wrong: str) -> tuple[Bug, ...]:
    """The wrong ideas that lead from a problem to a wrong answer; none for a right one.

    Args:
        problem: An expression to be worked out, or an equation or inequality to be solved.
        wrong: The answer.
    """
    given, answer = read(problem), read(wrong)
    if not isinstance(given, Reading) or not isinstance(answer, Reading):
        return ()
    match given.shape:
        case Expression(node):
            return _behind_expression(node, answer.shape)
        case Relation():
            return _behind_relation(given.shape, answer.shape)
        case _:
            return ()


def _behind_expression(problem: Node, answer: Shape) -> tuple[Bug, ...]:
    if not isinstance(answer, Expression):
        return ()
    comparison = Comparison()
    if comparison.same(problem, answer.node):
        return ()
    return tuple(
        bug
        for bug, rule in _EXPRESSION_BUGS
        if any(comparison.same(each, answer.node) for each in rules.everywhere(rule, problem))
    )


def _behind_relation(problem: Relation, answer: Shape) -> tuple[Bug, ...]:
    equality = Equality(Comparison())
    found: list[Bug] = []
    right = roots(problem)
    if right is not None and equality.match(right, answer).whole:
        return ()
    for bug_id, variant in _variants(problem):
        same = values_of(answer) is not None or isinstance(answer, Relation)
        if same and equality.match(variant, answer).whole and _BY_ID[bug_id] not in found:
            found.append(_BY_ID[bug_id])
    return tuple(found)


def _variants(problem: Relation) -> Iterator[tuple[str, Shape]]:
    """What each wrong idea makes of an equation, solved to the end by the right rules."""
    for bug_id, rule in EQUATION_RULES:
        for shape in rule(problem):
            yield bug_id, shape
    for bug, rule in _EXPRESSION_BUGS:
        for index, side in enumerate(problem.sides):
            for changed in rules.everywhere(rule, side):
                sides = (*problem.sides[:index], changed, *problem.sides[index + 1 :])
                solved = roots(Relation(sides, problem.signs))
                if solved is not None:
                    yield bug.id, solved
