"""``study courses``, ``enroll``, ``leave`` and ``plan``: what can be learnt, and by when."""

import argparse
from datetime import UTC, date, datetime, time
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.tables import Column, table
from assistant.domain.course import Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.study.planning import PathWish


def courses(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Lists the courses, or what one of them is made of."""
    open_vault(core, output)
    if arguments.course:
        _one_course(core, CourseId(arguments.course), output)
        return
    taken = {one.course for one in core.study.enrolments.enrolments().result()}
    found = core.study.enrolments.courses().result()
    rows = [
        [
            course.id,
            course.title,
            f"{len(course.concepts)} concepts",
            f"{sum(concept.minutes for concept in course.concepts) / 60:.0f} h",
            "taken" if course.id in taken else "",
        ]
        for course in found
    ]
    columns = [Column(""), Column(""), Column("", right=True), Column("", right=True), Column("")]
    output.document(
        {"courses": [_course(course) | {"taken": course.id in taken} for course in found]},
        "\n".join(table(columns, rows, output.width)),
    )


def _one_course(core: Core, course_id: CourseId, output: Output) -> None:
    progress = core.study.progress.course(course_id).result()
    course = progress.course
    known = {one.concept: one for one in progress.mastery}
    lines = [course.title, course.description, ""]
    for unit in course.units:
        lines.append(unit.title)
        for concept in unit.concepts:
            mastery = known[concept]
            begun = mastery.standing.value != "not_started"
            percent = f"{round(mastery.chance * 100):>3} %" if begun else "    -"
            lines.append(f"  {percent}  {course.concept(concept).title}  ({concept})")
    concepts = [
        {
            "id": concept.id,
            "title": concept.title,
            "summary": concept.summary,
            "requires": list(concept.requires),
            "minutes": concept.minutes,
            "exercises": len(concept.exercises),
            "generators": list(concept.generators),
            "mastery": round(known[concept.id].chance, 4),
            "low": round(known[concept.id].low, 4),
            "high": round(known[concept.id].high, 4),
            "standing": known[concept.id].standing,
            "due": known[concept.id].due,
        }
        for concept in course.concepts
    ]
    output.document(_course(course) | {"concept_list": concepts}, "\n".join(lines))


def enroll(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Takes a course."""
    open_vault(core, output)
    course_id = CourseId(arguments.course)
    deadline = _until(core, arguments.by)
    enrolment = core.study.enrolments.enrol(
        course_id,
        deadline=datetime.combine(deadline, time(23, 59), UTC) if deadline else None,
        hours_a_week=arguments.hours,
    ).result()
    course = core.study.library.course(course_id)
    value = {
        "course": enrolment.course,
        "begun": enrolment.begun.isoformat(),
        "deadline": deadline.isoformat() if deadline else None,
        "hours_a_week": enrolment.hours_a_week,
    }
    output.document(
        value, f"You take “{course.title}” now. “assistant study next” gives the first exercise."
    )


def _until(core: Core, text: str | None) -> date | None:
    """A day by ISO 8601, or in the words that the planner reads.

    Raises:
        UserFacingError: It names no day (``day_unclear``).
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = core.planning.reading.read(text).contract()
    when = found.get("start") or found.get("due")
    if not isinstance(when, str):
        raise UserFacingError(
            f"“{text[:60]}” names no day.",
            "Write it like 2026-12-19, “tomorrow” or “in 3 weeks”.",
            code="day_unclear",
        )
    return datetime.fromisoformat(when).date()


def leave(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Takes a course no longer, or forgets all that was done in it."""
    open_vault(core, output)
    course_id = CourseId(arguments.course)
    title = core.study.library.course(course_id).title
    if arguments.forget:
        core.study.enrolments.forget(course_id).result()
        words = f"Everything that was done in “{title}” is forgotten."
    else:
        core.study.enrolments.leave(course_id).result()
        words = f"You no longer take “{title}”. What was done in it is kept."
    output.document({"course": course_id, "forgotten": bool(arguments.forget)}, words)


def plan(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Plans the way to a goal."""
    open_vault(core, output)
    wish = PathWish(
        CourseId(arguments.course),
        goals=tuple(ConceptId(goal) for goal in arguments.goal or ()),
        words=arguments.learn or "",
        deadline=_until(core, arguments.by),
        hours_a_week=arguments.hours,
    )
    found = core.study.planning.plan(wish).result()
    plan, course = found.plan, found.course
    ways_out = plan.ways_out
    value: dict[str, Any] = {
        "course": course.id,
        "goals": list(found.goals),
        "path": list(plan.path),
        "known": list(plan.known),
        "hours_a_week": plan.hours_a_week,
        "finish": _day(plan.finish),
        "reachable": plan.reachable,
        "ways_out": None
        if ways_out is None
        else {
            "later": _day(ways_out.later),
            "hours_a_week": ways_out.hours_a_week,
            "reached": list(ways_out.reached),
        },
        "sessions": [
            {
                "day": session.day.isoformat(),
                "minutes": round(session.minutes, 1),
                "pieces": [
                    {
                        "concept": piece.concept,
                        "kind": "review" if piece.due else "lesson",
                        "minutes": round(piece.minutes, 1),
                    }
                    for piece in session.pieces
                ],
            }
            for session in plan.sessions
        ],
    }
    output.document(value, found.words)


def _day(found: date | None) -> str | None:
    return found.isoformat() if found else None


def _course(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "title": course.title,
        "description": course.description,
        "subject": course.subject,
        "language": course.language,
        "version": course.version,
        "units": [{"title": unit.title, "concepts": list(unit.concepts)} for unit in course.units],
        "concepts": len(course.concepts),
        "exercises": sum(len(concept.exercises) for concept in course.concepts),
        "minutes": sum(concept.minutes for concept in course.concepts),
        "licence": course.licence,
        "source": course.source,
    }
