"""``study work``: a word problem, in sums that code computes."""

import argparse

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.services.core import Core
from assistant.services.study.word_problems import WorkedProblem

_FOR_PROGRAMS = str.maketrans({"\u00d7": "*", "\u00f7": "/", "\u2212": "-"})
"""The signs of sums as programs write them."""


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Needs a model, and no vault."""
    made = outcome(core.study.word_problems.work(" ".join(arguments.words)))
    value = {
        "answer": made.answer or None,
        "steps": [
            {"find": find, "sum": written.translate(_FOR_PROGRAMS), "result": result}
            for find, written, result in made.sums
        ],
        "agreeing": made.agreeing,
        "of": made.of,
        "trusted": made.trusted,
        "alone": made.alone,
        "doubts": list(made.doubts),
    }
    output.document(value, "\n".join(_lines(made)))


def _lines(made: WorkedProblem) -> list[str]:
    lines = [f"{find}: {written} = {result}" for find, written, result in made.sums]
    if made.answer:
        lines.append(f"Answer: {made.answer}")
    if made.alone:
        lines.append("This is what the model says by itself: nothing has checked it.")
    elif made.answer:
        lines.append(
            f"The sums are computed. {made.agreeing} of {made.of} proposals come to this answer; "
            + ("nothing speaks against it." if made.trusted else "take it as a guess.")
        )
    return [*lines, *made.doubts]
