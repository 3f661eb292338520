"""``study check``: one answer against one key."""

import argparse

from assistant.cli.output import Output
from assistant.domain.exercise import AnswerKind, Form, Key
from assistant.services.study.checking import checked_answer


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Needs no vault and no model: what it says is computed."""
    key = Key(
        arguments.expected,
        form=Form(arguments.form),
        unit=arguments.unit,
        tolerance=arguments.tolerance,
    )
    grade = checked_answer(arguments.answer, key, AnswerKind(arguments.kind))
    output.document(
        {
            "correct": grade.correct,
            "credit": grade.credit,
            "words": grade.words,
            "equivalent_only": grade.equivalent_only,
            "checked_by": grade.checked_by.value,
        },
        grade.words,
    )
