"""Courses out of OATutor's content: problems of steps, each with a pathway of hints.

The layout is that of CAHLR/OATutor-Content: ``content-pool/<problem>/<problem>.json``, below it
``steps/<step>/<step>.json`` with ``tutoring/<step>DefaultPathway.json``, beside the pool
``coursePlans.json`` (lessons and their skills) and ``skillModel.json`` (skills of each step).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.domain.errors import UserFacingError
from assistant.tutor.courses.foreign import ForeignFolder, Heard, Imported, unheard
from assistant.tutor.courses.oatutor_steps import Hint, Step, course_of_steps
from assistant.tutor.courses.problems import CourseBroken, Problem

POOL = "content-pool"
_ID = re.compile(r"[\w.-]{1,120}")
_Shape = TypeVar("_Shape", bound=BaseModel)
_Variants = dict[str, list[str | int | float]]


class _ProblemFile(BaseModel):
    title: str
    body: str = ""
    oer: str = ""
    license: str = ""
    lesson: str = ""
    courseName: str = ""  # noqa: N815 - OATutor's name
    variabilization: _Variants = {}


class _StepFile(BaseModel):
    id: str
    stepAnswer: list[str | int | float]  # noqa: N815 - OATutor's name
    problemType: str  # noqa: N815 - OATutor's name
    answerType: str = "string"  # noqa: N815 - OATutor's name
    stepTitle: str = ""  # noqa: N815 - OATutor's name
    stepBody: str = ""  # noqa: N815 - OATutor's name
    choices: list[str | int | float] | None = None
    variabilization: _Variants = {}


class _HintFile(BaseModel):
    type: str = "hint"
    title: str = ""
    text: str = ""
    hintAnswer: list[str | int | float] = []  # noqa: N815 - OATutor's name
    variabilization: _Variants = {}


class _LessonPlan(BaseModel):
    name: str
    topics: str = ""
    learningObjectives: dict[str, float] = {}  # noqa: N815 - OATutor's name


class _CoursePlan(BaseModel):
    courseName: str  # noqa: N815 - OATutor's name
    language: str = "en"
    lessons: list[_LessonPlan] = []


_PLANS = TypeAdapter(list[_CoursePlan])
_SKILLS = TypeAdapter(dict[str, list[str]])
_HINTS = TypeAdapter(list[_HintFile])


def oatutor_courses(folder: Path) -> tuple[str, ...]:
    """Names of the courses that the content plans; empty where it has no plan."""
    return tuple(plan.courseName for plan in _plans(ForeignFolder(folder)))


def import_oatutor(folder: Path, name: str = "", heard: Heard = unheard) -> Imported:
    """A course out of OATutor's content.

    Args:
        folder: Holds ``content-pool``, or is the pool itself.
        name: One of ``oatutor_courses``; may be empty where there is one at most.
        heard: Hears how far it is.

    Raises:
        UserFacingError: There are several courses and none was named (``course_choice``).
        CourseBroken: Nothing in it could be used.
    """
    source = ForeignFolder(folder)
    plans = every = _plans(source)
    if name or len(plans) > 1:
        plans = [plan for plan in plans if plan.courseName == name] or _choose(plans)
    skills = _skills(source)
    pool = f"{POOL}/" if (folder / POOL).is_dir() else ""
    steps: list[Step] = []
    problems = source.names(pool)
    for number, problem in enumerate(problems):
        heard(number / len(problems))
        steps += _steps(source, pool, problem, skills)
    if plans:
        steps = _planned(plans[0], steps, every, source)
    title = plans[0].courseName if plans else (steps[0].course if steps else "") or folder.name
    language = plans[0].language if plans else "en"
    course = course_of_steps(title, steps, source, language)
    if course is None:
        nothing = Problem(folder.name, "", "There is no problem in it that can be used.")
        raise CourseBroken((*source.skipped, nothing), folder.name)
    return Imported(course, tuple(source.skipped))


def _choose(plans: list[_CoursePlan]) -> list[_CoursePlan]:
    names = "; ".join(plan.courseName for plan in plans[:20])
    raise UserFacingError(
        "These files hold several courses.", f"Name one of them: {names}.", code="course_choice"
    )


def _plans(source: ForeignFolder) -> list[_CoursePlan]:
    raw = source.json("coursePlans.json")
    if raw is None:
        return []
    try:
        return _PLANS.validate_python(raw)
    except ValidationError:
        source.skip("coursePlans.json", "This is no list of courses with lessons.")
        return []


def _skills(source: ForeignFolder) -> dict[str, list[str]]:
    raw = source.json("skillModel.json")
    try:
        return {} if raw is None else _SKILLS.validate_python(raw)
    except ValidationError:
        source.skip("skillModel.json", "This does not map steps to lists of skills.")
        return {}


def _planned(
    plan: _CoursePlan, steps: list[Step], every: list[_CoursePlan], source: ForeignFolder
) -> list[Step]:
    """Steps of the plan's lessons, in its order; each under the first lesson that has its skill."""
    found: list[Step] = []
    used: set[str] = set()
    for lesson in plan.lessons:
        title = " ".join(f"{lesson.name} {lesson.topics}".split())
        for step in steps:
            skill = next((one for one in step.skills if one in lesson.learningObjectives), None)
            if skill is not None and step.file not in used:
                used.add(step.file)
                found.append(step.under(plan.courseName, title, skill))
    elsewhere = {
        skill for one in every for lesson in one.lessons for skill in lesson.learningObjectives
    }
    for step in steps:
        if step.file not in used and elsewhere.isdisjoint(step.skills):
            named = ", ".join(step.skills[:3])
            why = f"No lesson teaches its skill ({named})." if named else "It names no skill."
            source.skip(step.file, why)
    others = sum(s.file not in used and not elsewhere.isdisjoint(s.skills) for s in steps)
    if others:
        noun = "step belongs" if others == 1 else "steps belong"
        source.skip("coursePlans.json", f"{others} {noun} to other courses of these files.")
    return found


def _steps(
    source: ForeignFolder, pool: str, problem: str, skills: dict[str, list[str]]
) -> Iterable[Step]:
    place = f"{pool}{problem}"
    head = _shaped(source, f"{place}/{problem}.json", _ProblemFile)
    if head is None:
        return
    if not _ID.fullmatch(problem):
        source.skip(place, "Its name has characters that cannot be kept.")
        return
    names = source.names(f"{place}/steps")
    if not names:
        source.skip(place, "It has no step.")
    for name in names:
        file = f"{place}/steps/{name}/{name}.json"
        step = _shaped(source, file, _StepFile)
        if step is None:
            continue
        hints = _hints(source, f"{place}/steps/{name}/tutoring/{name}DefaultPathway.json")
        variants = {**head.variabilization, **step.variabilization}
        for hint in hints:
            variants |= hint.variabilization
        yield Step(
            file=file,
            id=step.id,
            course=head.courseName,
            lesson=head.lesson,
            problem=head.title,
            text=(head.body, step.stepTitle, step.stepBody),
            answers=tuple(str(one) for one in step.stepAnswer),
            kind=(step.problemType, step.answerType),
            choices=tuple(str(one) for one in step.choices or ()),
            hints=tuple(Hint(h.title, h.text, tuple(str(a) for a in h.hintAnswer)) for h in hints),
            skills=tuple(skills.get(step.id, ())),
            credit=head.oer,
            licence=head.license,
            variants={key: str(values[0]) for key, values in variants.items() if values},
        )


def _shaped(source: ForeignFolder, file: str, shape: type[_Shape]) -> _Shape | None:
    """A file's JSON as a value; None where it cannot be used, which is kept in each case."""
    told = len(source.skipped)
    raw = source.json(file)
    if raw is not None:
        return source.shaped(file, shape, raw)
    if len(source.skipped) == told:
        source.skip(file, "This file is missing or empty.")
    return None


def _hints(source: ForeignFolder, file: str) -> list[_HintFile]:
    raw = source.json(file)
    try:
        return [] if raw is None else _HINTS.validate_python(raw)
    except ValidationError:
        source.skip(file, "This is no list of hints; the exercise has none.")
        return []
