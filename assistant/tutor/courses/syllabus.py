"""A drafted syllabus, mended by code until it is sound, with every repair said in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, Field

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.tutor.courses.goals import stems
from assistant.tutor.courses.graph import ordered
from assistant.tutor.courses.naming import kebab, one_line, unused
from assistant.tutor.courses.untying import Edge, untied

FEWEST_CONCEPTS = 3
MOST_CONCEPTS = 80
_TITLE = 80
_SUMMARY = 300
_USUAL_MINUTES = 20

_Short = Annotated[str, Field(max_length=_TITLE)]


class DraftConcept(BaseModel):
    """One thing to learn, as a model drafts it."""

    title: Annotated[_Short, Field(description="What is learnt, in one to five words.")]
    summary: Annotated[
        str, Field(max_length=_SUMMARY, description="What someone can do who has learnt it.")
    ]
    needs: Annotated[
        list[_Short], Field(max_length=3, description="Titles of earlier concepts it builds on.")
    ]


class DraftUnit(BaseModel):
    """Concepts taught together."""

    title: _Short
    concepts: Annotated[list[DraftConcept], Field(min_length=1, max_length=8)]


class SyllabusDraft(BaseModel):
    """What a model fills in for a subject that has no course: small enough for a small one."""

    units: Annotated[list[DraftUnit], Field(min_length=2, max_length=10)]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A sound course without lessons, to be looked over by the learner."""

    course: Course
    repairs: tuple[str, ...]
    """What was changed in the draft, a sentence each."""


@dataclass(slots=True)
class _Entry:
    id: ConceptId
    title: str
    summary: str
    unit: int
    needs: list[str]
    requires: list[ConceptId]


def mended(
    draft: SyllabusDraft, subject: str, language: str, taken: Collection[str] = ()
) -> Drafted:
    """Makes a course of a draft.

    Args:
        draft: What a model wrote; nothing in it is taken on trust.
        subject: What the learner asked for, in their words.
        language: Its code, as in “en”.
        taken: Ids of courses that exist.

    Raises:
        UserFacingError: There is too little in the draft to mend (``syllabus_empty``).
    """
    repairs: list[str] = []
    entries, renamed = _distinct(draft, repairs)
    if len(entries) < FEWEST_CONCEPTS:
        raise UserFacingError(
            "The model drafted too little for a course.",
            "Ask again, name the subject more closely, or try a larger model.",
            code="syllabus_empty",
        )
    _link(entries, renamed, repairs)
    _untie(entries, repairs)
    title = one_line(subject, _TITLE) or "My course"
    course_id = unused(kebab(title, "my-course"), taken)
    return Drafted(
        _course(CourseId(course_id), title, language, draft, entries), tuple(dict.fromkeys(repairs))
    )


def same_title(one: str, other: str) -> bool:
    """Whether two titles say the same but for order, endings and small words."""
    left, right = _key(one), _key(other)
    return bool(left) and left == right


def _key(title: str) -> frozenset[str]:
    return stems(title) or frozenset({title.strip().casefold()} - {""})


def _distinct(
    draft: SyllabusDraft, repairs: list[str]
) -> tuple[list[_Entry], dict[frozenset[str], ConceptId]]:
    """One entry for each different title, and where every title leads."""
    entries: list[_Entry] = []
    leads: dict[frozenset[str], ConceptId] = {}
    too_many = 0
    for number, unit in enumerate(draft.units):
        for concept in unit.concepts:
            title = one_line(concept.title, _TITLE)
            key = _key(title)
            if not key:
                repairs.append("A concept without a title was left out.")
            elif key in leads:
                kept = next(entry for entry in entries if entry.id == leads[key])
                kept.needs += concept.needs
                repairs.append(
                    f"“{title}” was listed more than once."
                    if title == kept.title
                    else f"“{title}” says the same as “{kept.title}”: they are one now."
                )
            elif len(entries) == MOST_CONCEPTS:
                too_many += 1
            else:
                name = unused(kebab(title, f"concept-{len(entries) + 1}"), set(leads.values()))
                leads[key] = ConceptId(name)
                summary = one_line(concept.summary, _SUMMARY) or title
                needs = list(concept.needs)
                entries.append(_Entry(leads[key], title, summary, number, needs, []))
    if too_many:
        repairs.append(f"{too_many} concepts beyond the first {MOST_CONCEPTS} were left out.")
    return entries, leads


def _link(
    entries: list[_Entry], leads: dict[frozenset[str], ConceptId], repairs: list[str]
) -> None:
    for entry in entries:
        for need in entry.needs:
            found = _meant(_key(one_line(need, _TITLE)), leads)
            if found is None:
                words = f"“{entry.title}” asked for “{one_line(need, _TITLE)}”, which is not there."
                repairs.append(words)
            elif found != entry.id and found not in entry.requires:
                entry.requires.append(found)
    if not any(entry.requires for entry in entries):
        for before, after in pairwise(entries):
            after.requires.append(before.id)
        repairs.append("Nothing said what comes first, so each concept follows the one above it.")


def _meant(need: frozenset[str], leads: dict[frozenset[str], ConceptId]) -> ConceptId | None:
    """The concept of that title, or the only one whose title holds all of its words."""
    if need in leads:
        return leads[need]
    near = {concept for title, concept in leads.items() if need and need < title}
    return near.pop() if len(near) == 1 else None


def _untie(entries: list[_Entry], repairs: list[str]) -> None:
    by_id = {entry.id: entry for entry in entries}

    def shared(edge: Edge) -> int:
        after, before = by_id[edge[0]], by_id[edge[1]]
        return len(stems(f"{after.title} {after.summary}") & stems(before.title))

    graph, broken = untied({entry.id: tuple(entry.requires) for entry in entries}, shared)
    for entry in entries:
        entry.requires = list(graph[entry.id])
    for after, before in broken:
        repairs.append(
            f"“{by_id[after].title}” no longer waits for “{by_id[before].title}”: "
            "they waited for each other."
        )


def _course(
    course_id: CourseId, title: str, language: str, draft: SyllabusDraft, entries: list[_Entry]
) -> Course:
    units: list[Unit] = []
    for number, unit in enumerate(draft.units):
        inside = tuple(entry.id for entry in entries if entry.unit == number)
        if inside:
            name = one_line(unit.title, _TITLE) or f"Part {len(units) + 1}"
            units.append(Unit(name, inside))
    concepts = [
        Concept(e.id, e.title, e.summary, Lesson(""), tuple(e.requires), _USUAL_MINUTES)
        for e in entries
    ]
    return arranged(
        Course(
            id=course_id,
            version=1,
            title=title,
            description=f"{title}: a course of your own.",
            language=language,
            subject=title.casefold(),
            units=tuple(_renamed_apart(units)),
            concepts=tuple(concepts),
            source="Drafted by a model, checked by the app and edited by its learner.",
        )
    )


def _renamed_apart(units: Iterable[Unit]) -> Iterable[Unit]:
    """Units whose titles differ even when case does not count."""
    seen: set[str] = set()
    for unit in units:
        title, number = unit.title, 2
        while title.casefold() in seen:
            title, number = f"{unit.title} ({number})", number + 1
        seen.add(title.casefold())
        yield replace(unit, title=title)


def arranged(course: Course) -> Course:
    """The course with its concepts in an order that its graph allows, nearest to its units'."""
    listed = [name for unit in course.units for name in unit.concepts]
    order = ordered({name: course.concept(name).requires for name in listed})
    return replace(course, concepts=tuple(course.concept(name) for name in order))
