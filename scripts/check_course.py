"""What is wrong with a course in the content format, all at once.

    python scripts/check_course.py [--no-programs] FOLDER [FOLDER …]

Ends with 1 where something is wrong. Every exercise with a program is run in the sandbox: its
reference must pass all of its tests, and its starter must not. The format is described in
resources/docs/courses.md.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.config.paths import installed_sandbox
from assistant.domain.course import Course
from assistant.domain.errors import EnvironmentProblem
from assistant.domain.exercise import CodeTask, RunReport
from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox
from assistant.tutor.courses.reading import check_course, read_course

_NOT_RUN = "--no-programs"
_FOR_STARTERS = Limits(fuel=2_000_000_000)
"""Some are to be made quicker; one that does not end soon does not pass."""


def main(arguments: list[str]) -> int:
    """Prints the problems of each folder, or what the course holds."""
    folders = [each for each in arguments if each != _NOT_RUN]
    if not folders:
        print(__doc__)
        return 2
    broken = False
    for folder in map(Path, folders):
        problems = [str(problem) for problem in check_course(folder)]
        if not problems and _NOT_RUN not in arguments:
            problems = _run(read_course(folder))
        broken = broken or bool(problems)
        for problem in problems:
            print(f"{folder.name}/{problem}")
        if not problems:
            print(f"{folder.name}: {_holds(folder)}")
    return int(broken)


def _run(course: Course) -> list[str]:
    """What the sandbox finds; nothing is begun where the course has no programs."""
    if not any(exercise.code for concept in course.concepts for exercise in concept.exercises):
        return []
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(installed_sandbox(), Path(folder) / "cache", Path(folder) / "notes")
        try:
            return list(problems_of_programs(course, sandbox))
        except EnvironmentProblem as problem:
            return [f"its programs cannot be run: {problem.message} {problem.hint}"]
        finally:
            sandbox.close()


def problems_of_programs(course: Course, sandbox: Sandbox) -> Iterator[str]:
    """The exercises whose reference fails, or whose starter passes."""
    for concept in course.concepts:
        for exercise in concept.exercises:
            if exercise.code is not None:
                for problem in _of_task(exercise.code, sandbox):
                    yield f"concepts/{concept.id}.toml: {exercise.title or exercise.id}: {problem}"


def _of_task(task: CodeTask, sandbox: Sandbox) -> Iterator[str]:
    report = sandbox.grade(task.reference, task.tests, task.module)
    if not report.all_passed:
        yield f"the reference does not pass its tests: {_words(report)}"
    if sandbox.grade(task.starter, task.tests, task.module, limits=_FOR_STARTERS).all_passed:
        yield "the starter passes the tests already"


def _words(report: RunReport) -> str:
    failed = [f"{case.name} ({case.message})" for case in report.cases if not case.passed]
    ended = "it was ended" if report.killed else ""
    return report.trouble or ended or "; ".join(failed[:3]) or "there are none"


def _holds(folder: Path) -> str:
    course = read_course(folder)
    exercises = [exercise for concept in course.concepts for exercise in concept.exercises]
    cards = sum(len(concept.cards) for concept in course.concepts)
    programs = sum(exercise.code is not None for exercise in exercises)
    bare = [c.id for c in course.concepts if not c.exercises and not c.generators]
    unwritten = [c.id for c in course.concepts if not c.lesson.explanation]
    words = f"{len(course.concepts)} concepts, {len(exercises)} exercises, {cards} cards"
    words += f", {programs} programs that do what they should" if programs else ""
    words += f"; no lesson in {', '.join(unwritten)}" if unwritten else ""
    return words + (f"; nothing to practise in {', '.join(bare)}" if bare else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
