"""``study generate``: exercises made by chance, with key, proof and difficulty."""

import argparse
import secrets
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.domain.exercise import CodeTask
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.study.generating import Made, Wish

_SEEDS = 2**31


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Makes them; a course that ships needs no vault."""
    course = CourseId(arguments.course) if arguments.course else None
    if course is not None and course not in core.study.library.shipped():
        open_vault(core, output)
    seed = core.options.seed
    wish = Wish(
        arguments.count,
        secrets.randbelow(_SEEDS) if seed is None else seed,
        course,
        ConceptId(arguments.concept) if arguments.concept else None,
        arguments.difficulty,
    )
    made = core.study.generating.make(wish).result()
    items = [_item(one) for one in made]
    words = "\n\n".join(map(_words, made))
    if len(made) < wish.count:
        output.note(f"There are only {len(made)} different ones.")
    output.document({"items": items, "asked": wish.count, "seed": wish.seed}, words)


def _item(made: Made) -> dict[str, Any]:
    exercise = made.exercise
    key = exercise.key
    return {
        "id": exercise.id,
        "course": made.course,
        "concept": exercise.concept,
        "kind": exercise.kind,
        "difficulty": round(exercise.difficulty, 3),
        "prompt": exercise.prompt,
        "given": exercise.given,
        "choices": [
            {"text": choice.text, "misconception": choice.misconception}
            for choice in exercise.choices
        ],
        "key": key.answer,
        "others": list(key.others),
        "form": key.form,
        "unit": key.unit,
        "tolerance": key.tolerance,
        "wrong": [{"answer": answer, "misconception": idea} for answer, idea in key.wrong],
        "proof": {"by": exercise.proof.by, "how": exercise.proof.how},
        "hints": [exercise.nudge, exercise.idea, exercise.part],
        "solution": list(exercise.solution),
        "code": _code(exercise.code) if exercise.code is not None else None,
    }


def _code(task: CodeTask) -> dict[str, str]:
    return {
        "module": task.module,
        "starter": task.starter,
        "tests": task.tests,
        "reference": task.reference,
    }


def _words(made: Made) -> str:
    exercise = made.exercise
    lines = [f"{exercise.concept}, difficulty {exercise.difficulty:g}", exercise.prompt]
    lines += [f"  {chr(ord('A') + at)}) {c.text}" for at, c in enumerate(exercise.choices)]
    key = exercise.key.answer if exercise.code is None else f"\n{exercise.code.reference.strip()}\n"
    lines.append(f"Key: {key}  ({exercise.proof.how})")
    return "\n".join(lines)
