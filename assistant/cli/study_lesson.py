"""``study lesson``: the lesson of a concept, and answers to questions about it."""

import argparse
from typing import Any

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.cli.waiting import outcome
from assistant.domain.course import WorkedExample
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.core import Core
from assistant.services.streams import Waiting
from assistant.services.study.lesson_values import (
    Check,
    LessonAnswer,
    LessonReply,
    LessonView,
    NotReplied,
    Replied,
)
from assistant.tutor.books.grounding import Support


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Shows a lesson, or answers a question about it."""
    open_vault(core, output)
    concept = ConceptId(arguments.concept)
    course = CourseId(arguments.course) if arguments.course else _course_of(core, concept)
    if arguments.write:
        job = core.study.lessons.write(course, concept)
        job.on_progress(Progress(output).part)
        view = outcome(job)
        output.document(_view(view), _view_words(view))
        return
    if arguments.ask is None:
        view = core.study.lessons.lesson(course, concept).result()
        output.document(_view(view), _view_words(view))
        return
    reply = _follow(core.study.lessons.ask(course, concept, arguments.ask), output)
    output.document(_reply(reply), _reply_words(reply))


def _course_of(core: Core, concept: ConceptId) -> CourseId:
    """The course that has the concept; those that are taken come first."""
    taken = [one.course for one in core.study.enrolments.enrolments().result()]
    library = core.study.library
    for course in dict.fromkeys((*taken, *library.shipped(), *library.own())):
        if concept in library.course(course).by_id:
            return course
    raise UserFacingError(
        f"No course has a concept “{concept}”.",
        "“assistant study courses COURSE” lists what a course is made of.",
        code="concept_unknown",
    )


def _follow(answer: LessonAnswer, output: Output) -> LessonReply:
    try:
        for event in answer:
            if isinstance(event, Waiting):
                output.note(event.reason)
            elif isinstance(event, NotReplied):
                raise event.error
            elif isinstance(event, Replied):
                return event.reply
    except KeyboardInterrupt:
        answer.cancel()
        raise
    raise Cancelled


def _view(view: LessonView) -> dict[str, Any]:
    return {
        "course": view.course,
        "concept": view.concept.id,
        "title": view.concept.title,
        "summary": view.concept.summary,
        "origin": view.origin,
        "explanation": view.lesson.explanation,
        "checked": _check(view.explanation),
        "worked": [
            _example(one) | {"checked": _check(check)}
            for one, check in zip(view.lesson.worked, view.worked, strict=True)
        ],
        "faded": [
            _example(one) | {"checked": _check(check)}
            for one, check in zip(view.lesson.faded, view.faded, strict=True)
        ],
        "practice": [exercise.prompt for exercise in view.practice],
        "written_by": view.written_by,
        "missing": view.missing,
    }


def _check(check: Check) -> dict[str, Any]:
    return {"checked": check.checked, "how": check.how}


def _example(example: WorkedExample) -> dict[str, Any]:
    return {
        "problem": example.problem,
        "steps": [
            {"shown": step.shown, "why": step.why, "blank": step.blank} for step in example.steps
        ],
        "answer": example.answer,
    }


def _view_words(view: LessonView) -> str:
    if view.missing:
        return view.missing
    lines = [f"# {view.concept.title}", "", view.lesson.explanation.strip()]
    if not view.explanation.checked:
        lines.append(f"(Not checked: {view.explanation.how})")
    for number, (example, check) in enumerate(zip(view.lesson.worked, view.worked, strict=True), 1):
        lines += ["", f"## Example {number}{_mark(check)}", "", example.problem, ""]
        lines += [f"- {step.shown}  {step.why}".rstrip() for step in example.steps]
        lines.append(f"Answer: {example.answer}")
    for example, check in zip(view.lesson.faded, view.faded, strict=True):
        lines += ["", f"## Your turn{_mark(check)}", "", example.problem, ""]
        lines += [f"- {step.shown}" for step in example.steps]
    if view.practice:
        lines += ["", "## Practice", "", *(f"- {one.prompt}" for one in view.practice)]
    return "\n".join(lines)


def _mark(check: Check) -> str:
    return "" if check.checked else f" (not checked: {check.how})"


def _reply(reply: LessonReply) -> dict[str, Any]:
    return {
        "text": reply.text,
        "sentences": [
            {"text": one.text, "sources": list(one.sources), "support": one.support}
            for one in reply.sentences
        ],
        "sources": [
            {
                "number": source.number,
                "where": source.where,
                "book": source.book,
                "page": source.page,
                "section": source.section,
                "text": source.text,
            }
            for source in reply.sources
        ],
        "model": reply.model,
        "missing": reply.missing,
    }


def _reply_words(reply: LessonReply) -> str:
    lines = [
        one.text
        + "".join(f" [{number}]" for number in one.sources)
        + (" (not checked)" if one.support is Support.UNCHECKED else "")
        for one in reply.sentences
    ]
    shown = reply.cited if reply.sentences else reply.sources
    if reply.missing:
        lines.append(reply.missing)
    lines += ["", *(f"[{one.number}] {one.where}" for one in shown)]
    if not reply.sentences:
        lines += [f"\n[{one.number}] {one.text}" for one in shown]
    return "\n".join(lines)
