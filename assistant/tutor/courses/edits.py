"""What a learner may change in a course of their own, as operations that keep it sound."""

from dataclasses import dataclass, replace

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId
from assistant.tutor.courses.graph import cycles
from assistant.tutor.courses.naming import kebab, one_line, unused
from assistant.tutor.courses.syllabus import arranged, same_title

_TITLE = 120
_SUMMARY = 500


@dataclass(frozen=True, slots=True)
class Rename:
    """Gives a concept another title and summary; its id, and what was learnt, stay."""

    concept: ConceptId
    title: str
    summary: str = ""
    """"" to leave it as it is."""


@dataclass(frozen=True, slots=True)
class Add:
    """Puts a new concept at the end of a unit."""

    unit: int
    """Index from 0; the number of units for a new one."""
    title: str
    summary: str = ""
    requires: tuple[ConceptId, ...] = ()
    minutes: int = 20
    unit_title: str = ""
    """For a new unit."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes a concept out; what required it requires what it required."""

    concept: ConceptId


@dataclass(frozen=True, slots=True)
class Move:
    """Puts a concept elsewhere in the list; what it requires stays."""

    concept: ConceptId
    unit: int
    position: int
    """Index from 0 in that unit, counted without the concept itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """Lets a concept require exactly these."""

    concept: ConceptId
    requires: tuple[ConceptId, ...]


@dataclass(frozen=True, slots=True)
class RenameUnit:
    """Gives a unit another title."""

    unit: int
    """Index from 0."""
    title: str


Edit = Rename | RenameUnit | Add | Remove | Move | Link


def edited(course: Course, edit: Edit) -> Course:
    """The course after an edit; the version is left to whoever saves it.

    Raises:
        UserFacingError: The edit would break the course (``course_edit``), in words.
    """
    match edit:
        case Rename():
            changed = _rename(course, edit)
        case RenameUnit():
            changed = _rename_unit(course, edit)
        case Add():
            changed = _add(course, edit)
        case Remove():
            changed = _remove(course, edit)
        case Move():
            changed = _move(course, edit)
        case Link():
            changed = _link(course, edit)
    return arranged(_without_cycles(changed))


def _refused(message: str, hint: str) -> UserFacingError:
    return UserFacingError(message, hint, code="course_edit")


def _found(course: Course, concept: ConceptId) -> Concept:
    if concept not in course.by_id:
        raise _refused(f"The course has no concept “{concept}”.", "Choose one that is there.")
    return course.concept(concept)


def _titled(course: Course, title: str, but: ConceptId | None = None) -> str:
    clean = one_line(title, _TITLE)
    if not clean:
        raise _refused("A concept needs a title.", "Write a few words.")
    for concept in course.concepts:
        if concept.id != but and (
            same_title(concept.title, clean) or concept.title.casefold() == clean.casefold()
        ):
            words = f"“{concept.title}” is in the course already."
            raise _refused(words, "Choose another title, or change that concept.")
    return clean


def _replaced(course: Course, changed: Concept) -> Course:
    concepts = (changed if one.id == changed.id else one for one in course.concepts)
    return replace(course, concepts=tuple(concepts))


def _rename(course: Course, edit: Rename) -> Course:
    concept = _found(course, edit.concept)
    title = _titled(course, edit.title, but=edit.concept)
    summary = one_line(edit.summary, _SUMMARY) or concept.summary
    return _replaced(course, replace(concept, title=title, summary=summary))


def _rename_unit(course: Course, edit: RenameUnit) -> Course:
    if not 0 <= edit.unit < len(course.units):
        raise _refused("There is no such unit.", "Choose one that is there.")
    units = list(course.units)
    others = {unit.title.casefold() for unit in (*units[: edit.unit], *units[edit.unit + 1 :])}
    title = one_line(edit.title, _TITLE)
    if not title or title.casefold() in others:
        raise _refused("A unit needs a title of its own.", "Write a few words.")
    units[edit.unit] = replace(units[edit.unit], title=title)
    return replace(course, units=tuple(units))


def _add(course: Course, edit: Add) -> Course:
    title = _titled(course, edit.title)
    for needed in edit.requires:
        _found(course, needed)
    if not 0 <= edit.unit <= len(course.units):
        raise _refused("There is no such unit.", "Choose one that is there.")
    units = list(course.units)
    if edit.unit == len(units):
        name = one_line(edit.unit_title, _TITLE)
        if not name or name.casefold() in {unit.title.casefold() for unit in units}:
            raise _refused("The new unit needs a title of its own.", "Write a few words.")
        units.append(Unit(name, ()))
    name = unused(kebab(title, f"concept-{len(course.concepts) + 1}"), course.by_id)
    concept = Concept(
        id=ConceptId(name),
        title=title,
        summary=one_line(edit.summary, _SUMMARY) or title,
        lesson=Lesson(""),
        requires=tuple(dict.fromkeys(edit.requires)),
        minutes=min(max(edit.minutes, 1), 600),
    )
    unit = units[edit.unit]
    units[edit.unit] = replace(unit, concepts=(*unit.concepts, concept.id))
    return replace(course, units=tuple(units), concepts=(*course.concepts, concept))


def _remove(course: Course, edit: Remove) -> Course:
    gone = _found(course, edit.concept)
    if len(course.concepts) == 1:
        raise _refused("This is the last concept of the course.", "Delete the course instead.")

    def heir(concept: Concept) -> Concept:
        if gone.id not in concept.requires:
            return concept
        kept = [one for one in concept.requires if one != gone.id]
        return replace(concept, requires=tuple(dict.fromkeys([*kept, *gone.requires])))

    units = (
        replace(u, concepts=tuple(c for c in u.concepts if c != gone.id)) for u in course.units
    )
    return replace(
        course,
        units=tuple(unit for unit in units if unit.concepts),
        concepts=tuple(heir(one) for one in course.concepts if one.id != gone.id),
    )


def _move(course: Course, edit: Move) -> Course:
    _found(course, edit.concept)
    if not 0 <= edit.unit < len(course.units):
        raise _refused("There is no such unit.", "Choose one that is there.")
    units = [[one for one in unit.concepts if one != edit.concept] for unit in course.units]
    units[edit.unit].insert(max(edit.position, 0), edit.concept)
    moved = zip(course.units, units, strict=True)
    kept = tuple(replace(unit, concepts=tuple(inside)) for unit, inside in moved if inside)
    return replace(course, units=kept)


def _link(course: Course, edit: Link) -> Course:
    concept = _found(course, edit.concept)
    for needed in edit.requires:
        _found(course, needed)
    return _replaced(course, replace(concept, requires=tuple(dict.fromkeys(edit.requires))))


def _without_cycles(course: Course) -> Course:
    for cycle in cycles({concept.id: concept.requires for concept in course.concepts}):
        titles = [f"“{course.concept(one).title}”" for one in (*cycle, cycle[0])]
        words = "These concepts would wait for each other: " + " → ".join(titles) + "."
        raise _refused(words, "Take one of these requirements out first.")
    return course
