"""What helps after a wrong answer, and what was wrong with it, in words."""

from assistant.domain.course import Concept
from assistant.domain.exercise import CaseResult, Exercise, Grade
from assistant.services.study.program_help import program_help


def remedy_for(concept: Concept, exercise: Exercise, answer: str, grade: Grade) -> str:
    """What helps against the wrong idea behind an answer, or against what keeps it from running.

    Where no idea is known: what the answer makes of the equation of the exercise.

    Returns:
        Markdown without the right answer; "" where nothing is known.
    """
    known = remedy_of(concept, grade.misconception) or program_help(answer, grade)
    if known or grade.correct is not False or grade.equivalent_only or grade.credit > 0:
        return known
    from assistant.tutor.steps.answers import why_not_solved

    return why_not_solved(exercise, answer)


def remedy_of(concept: Concept, misconception: str) -> str:
    """What helps against a known wrong idea; "" where it is not one of the concept's."""
    return next((one.remedy for one in concept.misconceptions if one.id == misconception), "")


def mistake_in(concept: Concept, exercise: Exercise, answer: str, grade: Grade) -> str:
    """What is wrong with an answer: the first wrong step or test, and what helps.

    Args:
        concept: Of the exercise.
        exercise: What was asked.
        answer: As it was typed.
        grade: What it was worth.

    Returns:
        Markdown; "" where it is right, or nothing more than that it is wrong is known.
    """
    if grade.correct:
        return ""
    step = grade.first_wrong
    where = (
        f"Line {step.step + 1}: {step.why}" if step is not None and step.step is not None else ""
    )
    failed = (
        next((one for one in grade.tests.cases if not one.passed), None) if grade.tests else None
    )
    from assistant.tutor.maths.verdicts import WRONG

    helps = remedy_for(concept, exercise, answer, grade)
    words = "" if grade.words == WRONG else grade.words
    parts = (where or words, _told(failed), helps)
    return " ".join(dict.fromkeys(part for part in parts if part))


def _told(case: CaseResult | None) -> str:
    """The first test that failed."""
    if case is None:
        return ""
    called = f"`{case.call}`" if case.call else f"The test “{case.name}”"
    if case.wanted and case.got and case.wanted != case.got:
        return f"{called} should give `{case.wanted}`; it gives `{case.got}`."
    return f"{called} fails: {case.message}" if case.message else f"{called} fails."
