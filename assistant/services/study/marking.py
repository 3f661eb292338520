"""Grades an answer by what can prove it: algebra, tests in the sandbox, music theory, or words."""

from collections.abc import Callable

from assistant.domain.cancel import CancelToken
from assistant.domain.exercise import (
    AnswerKind,
    Exercise,
    Grade,
    Killed,
    ProvedBy,
    RunReport,
    StepVerdict,
)

RunTests = Callable[[str, str, str, CancelToken], RunReport]
"""Runs a program against its tests: source, tests, name of the module, cancel."""
_LONGEST_ANSWER = 100_000
_KILLED = {
    Killed.TIME: "It did not end in time. Is there a loop that never stops?",
    Killed.MEMORY: "It took more memory than it may have. Does something grow for ever?",
}


class Marker:
    """Grades answers to exercises of every kind.

    Args:
        run_tests: Runs programs sealed off.
    """

    def __init__(self, run_tests: RunTests) -> None:
        self._run_tests = run_tests

    def grade(self, exercise: Exercise, answer: str, cancel: CancelToken) -> Grade:
        """What an answer is worth; ``correct`` is None where there was nothing to judge.

        Args:
            exercise: What was asked.
            answer: As it was typed; for ``STEPS`` a line a step; for ``CODE`` a whole program.
            cancel: Ends the run of a program.

        Raises:
            Cancelled: It was cancelled.
            EnvironmentProblem: Programs cannot be run here, and why.
        """
        if not answer.strip():
            return _unjudged("There is no answer yet.")
        if len(answer) > _LONGEST_ANSWER:
            return _unjudged("The answer is too long to be read.")
        if exercise.kind is AnswerKind.CODE:
            return self._program(exercise, answer, cancel)
        return _computed(exercise, answer)

    def _program(self, exercise: Exercise, answer: str, cancel: CancelToken) -> Grade:
        task = exercise.code
        if task is None:
            return _unjudged("This exercise has no tests.")
        report = self._run_tests(answer, task.tests, task.module, cancel)
        count = len(report.cases)
        credit = report.passed / count if count else 0.0
        if report.all_passed:
            words = f"All {count} tests pass." if count > 1 else "The test passes."
        elif report.trouble:
            words = report.trouble
        elif report.killed is not None:
            words = _KILLED[report.killed]
        else:
            words = f"{report.passed} of {count} tests pass."
        return Grade(report.all_passed, credit, words, ProvedBy.TESTS, tests=report)


def _computed(exercise: Exercise, answer: str) -> Grade:
    if exercise.kind is AnswerKind.STEPS:
        return _steps(exercise, answer)
    if exercise.kind is AnswerKind.NOTES:
        from assistant.tutor.music import grade_notes

        return grade_notes(answer, exercise.key)
    from assistant.tutor.maths import grade

    return grade(answer, exercise.key, exercise.kind)


def _steps(exercise: Exercise, answer: str) -> Grade:
    """The last line against the key, and every line against the one before it."""
    from assistant.tutor.maths import grade
    from assistant.tutor.steps.judging import judged
    from assistant.tutor.steps.marks import Mark

    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    last = grade(lines[-1], exercise.key, AnswerKind.MATH)
    way = judged(lines, exercise.given, form=exercise.key.form)
    wrong = way.verdict if way is not None and way.verdict.step is not None else None
    if last.correct and wrong is None:
        return last
    right = sum(mark is Mark.RIGHT for mark in way.marks) if way is not None else 0
    credit = min(right / (len(lines) + 1), 0.9) if not last.correct else 0.5
    if wrong is not None:
        return Grade(
            correct=False,
            credit=credit,
            words=_first_wrong(wrong),
            checked_by=ProvedBy.ALGEBRA,
            misconception=wrong.misconception,
            first_wrong=wrong,
        )
    if last.correct is None:
        return last
    words = "Every step so far is right; go on." if way is not None else last.words
    return Grade(
        correct=False, credit=max(credit, last.credit), words=words, checked_by=last.checked_by
    )


def _first_wrong(verdict: StepVerdict) -> str:
    at = (verdict.step or 0) + 1
    return f"Step {at} does not follow from the one before it. {verdict.why}".strip()


def _unjudged(words: str) -> Grade:
    return Grade(None, 0.0, words, ProvedBy.NOTHING)
