"""``study next``, ``answer`` and ``hint``: one exercise after the other."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import AnswerKind, Grade
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.domain.study import Mastery
from assistant.services.core import Core
from assistant.services.study.practice import Given, Judged
from assistant.tutor.hints.ladder import Ladder, RungState
from assistant.tutor.learner.next_up import Doing

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1 << 20


def next_exercise(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Gives the next exercise of a course, or the one in hand."""
    open_vault(core, output)
    course = CourseId(arguments.course) if arguments.course else only_course(core)
    concept = ConceptId(arguments.concept) if arguments.concept else None
    if arguments.proposed:
        _propose(core, course, concept, output)
        return
    given = core.study.practice.next(course, concept, skip=arguments.skip).result()
    output.document(given_value(given), _given_words(given))


def _propose(core: Core, course: CourseId, concept: ConceptId | None, output: Output) -> None:
    practice = core.study.practice
    about = concept or practice.up_next(course).result()
    job = core.study.proposals.propose(course, about)
    job.on_progress(Progress(output).part)
    proposed = outcome(job)
    given = practice.take(course, proposed.exercise).result()
    value = given_value(given) | {"proposals": proposed.tries, "dropped": list(proposed.dropped)}
    output.document(value, _given_words(given))


def answer(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Grades an answer and records it."""
    open_vault(core, output)
    exercise = ExerciseId(arguments.exercise)
    text = _answer_text(arguments)
    judged = core.study.practice.answer(exercise, text, arguments.seconds).result()
    output.document(_judged(judged), _judged_words(judged))


def hint(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows the next rung of the hints."""
    open_vault(core, output)
    exercise = ExerciseId(arguments.exercise)
    given = core.study.practice.hint(exercise, told=arguments.tell).result()
    ladder = given.ladder
    shown = max((view for view in ladder.rungs if view.state is RungState.SHOWN), key=_rung)
    value = {
        "exercise": given.exercise.id,
        "rung": int(shown.rung),
        "title": shown.title,
        "text": shown.text,
        "credit": round(ladder.credit, 4),
        "rungs": _rungs(ladder),
    }
    words = [f"{shown.title}: {shown.text}", f"A right answer is worth {ladder.credit:.0%} now."]
    output.document(value, "\n".join(words))


def _rung(view: Any) -> int:  # noqa: ANN401 - a key
    return int(view.rung)


def only_course(core: Core) -> CourseId:
    """The course that was begun last.

    Raises:
        UserFacingError: None is taken.
    """
    taken = core.study.enrolments.enrolments().result()
    if not taken:
        raise UserFacingError(
            "You take no course yet.",
            "“assistant study courses” lists them, “assistant study enroll COURSE” begins one.",
            code="not_enrolled",
        )
    return taken[0].course


def _answer_text(arguments: argparse.Namespace) -> str:
    """The words of the command line, or a file, or standard input for ``-``."""
    if arguments.file is not None and arguments.words:
        raise UserFacingError(
            "There are two answers: one in words and one in a file.",
            "Give one of them.",
            code="usage",
        )
    if arguments.file is None:
        return " ".join(arguments.words)
    path: Path = arguments.file
    try:
        if str(path) == "-":
            return sys.stdin.read(_MOST_BYTES)
        with path.open(encoding="utf-8-sig") as stream:
            return stream.read(_MOST_BYTES)
    except UnicodeDecodeError as error:
        raise UserFacingError(
            f"{path.name} is not text in UTF-8.",
            "Save it in your editor with this encoding, and try it again.",
            code="not_text",
        ) from error
    except OSError as error:
        raise UserFacingError(
            f"{path} cannot be read: {error.strerror}.",
            "Check the name of the file.",
            code="file_unreadable",
        ) from error


def given_value(given: Given) -> dict[str, Any]:
    """An exercise in hand, without its key."""
    exercise = given.exercise
    value: dict[str, Any] = {
        "exercise": exercise.id,
        "course": given.course,
        "concept": given.concept.id,
        "title": exercise.title,
        "kind": exercise.kind,
        "prompt": exercise.prompt,
        "given": exercise.given,
        "choices": [choice.text for choice in exercise.choices],
        "difficulty": round(exercise.difficulty, 3),
        "predicted": round(given.predicted, 4),
        "credit": round(given.ladder.credit, 4),
        "tries": given.ladder.tries,
        "rungs": _rungs(given.ladder),
        "doing": given.doing,
        "why": [reason.words for reason in given.reasons],
        "draft": given.draft,
        "proof": {"by": exercise.proof.by, "how": exercise.proof.how},
    }
    if exercise.code is not None:
        value["starter"] = exercise.code.starter
        value["module"] = exercise.code.module
    return value


def _given_words(given: Given) -> str:
    exercise = given.exercise
    if exercise.kind is AnswerKind.CODE:
        name = exercise.code.module if exercise.code is not None else "answer"
        way = f"assistant study answer {exercise.id} --file {name}.py"
    else:
        way = f"assistant study answer {exercise.id} YOUR ANSWER"
    lines = [*asked_lines(given), ""]
    if given.doing is Doing.LEARN:
        about = f"{given.concept.id} --course {given.course}"
        lines.append(f"Its lesson comes first: assistant study lesson {about}")
    return "\n".join([*lines, f"Answer it with: {way}"])


def asked_lines(given: Given) -> list[str]:
    """What is asked, and why, line by line."""
    exercise = given.exercise
    lines = [f"{given.concept.title}: {exercise.title}".rstrip(": "), ""]
    lines += [f"- {reason.words}" for reason in given.reasons] + ([""] if given.reasons else [])
    lines.append(exercise.prompt)
    lines += [
        f"  {chr(ord('A') + at)}) {choice.text}" for at, choice in enumerate(exercise.choices)
    ]
    if exercise.code is not None:
        lines += ["", f"{exercise.code.module}.py:", exercise.code.starter]
    return lines


def _rungs(ladder: Ladder) -> list[dict[str, Any]]:
    return [
        {
            "rung": int(view.rung),
            "title": view.title,
            "state": view.state,
            "costs": round(view.costs, 4),
            "text": view.text,
            "opens": view.opens,
        }
        for view in ladder.rungs
    ]


def _judged(judged: Judged) -> dict[str, Any]:
    grade, attempt = judged.grade, judged.attempt
    return grade_value(grade) | {
        "recorded": attempt is not None,
        "worth": round(attempt.credit, 4) if attempt is not None else None,
        "unaided": attempt.unaided if attempt is not None else None,
        "remedy": judged.remedy,
        "mastery": {"before": _mastery(judged.before), "after": _mastery(judged.after)},
        "rungs": _rungs(judged.ladder),
    }


def grade_value(grade: Grade) -> dict[str, Any]:
    """What an answer is worth, and why."""
    first = grade.first_wrong
    report = grade.tests
    return {
        "correct": grade.correct,
        "credit": round(grade.credit, 4),
        "words": grade.words,
        "checked_by": grade.checked_by,
        "equivalent_only": grade.equivalent_only,
        "misconception": grade.misconception,
        "first_wrong": None
        if first is None
        else {"step": first.step, "why": first.why, "checked": first.checked},
        "cases": None
        if report is None
        else [
            {"name": case.name, "passed": case.passed, "message": case.message}
            for case in report.cases
        ],
    }


def _mastery(mastery: Mastery) -> dict[str, Any]:
    return {
        "chance": round(mastery.chance, 4),
        "low": round(mastery.low, 4),
        "high": round(mastery.high, 4),
        "standing": mastery.standing,
    }


def _judged_words(judged: Judged) -> str:
    grade = judged.grade
    verdict = {True: "Right.", False: "Not yet.", None: "Not judged."}[grade.correct]
    says_it = grade.words.startswith("That is ")
    lines = [grade.words if says_it else f"{verdict} {grade.words}".strip()]
    if judged.remedy:
        lines.append(judged.remedy)
    if grade.tests is not None:
        lines += [
            f"  {'ok  ' if case.passed else 'FAIL'}  {case.name}  {case.message}".rstrip()
            for case in grade.tests.cases
        ]
    if judged.attempt is not None:
        before, after = round(judged.before.chance * 100), round(judged.after.chance * 100)
        lines.append(f"Mastery: {before} % before, {after} % now.")
    return "\n".join(lines)
