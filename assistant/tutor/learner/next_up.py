"""What comes next in a course, and why, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.course import Concept, Course
from assistant.domain.ids import ConceptId
from assistant.domain.study import Attempt, Mastery, Standing

_READY = 0.6
_LOST, _FEWEST_TO_BE_LOST = 0.3, 3
"""Below this chance even the easiest exercises mostly fail: more of them teach little."""
_TURNED = 2
"""So many unaided right answers in a row, and exercises help again."""
_MOST_NAMED = 3
_FEWEST_FOR_HOURS = 30
_HOURS_MARGIN = 0.05
_EVENING, _NIGHT_ENDS = 18, 4


class Doing(StrEnum):
    """What to do about a concept."""

    LEARN = "learn"
    """Its lesson: for the first time, or because the exercises fail without it."""
    PRACTISE = "practise"
    """Exercises: it was begun and is not firm yet."""
    REPAIR = "repair"
    """Exercises on something that others rest on, and that has slipped."""


class Ground(StrEnum):
    """What a reason is about: picks its picture."""

    BASE = "base"
    OPENS = "opens"
    WEAK = "weak"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of “Why this next?”."""

    ground: Ground
    words: str


@dataclass(frozen=True, slots=True)
class NextUp:
    """What comes next.

    Args:
        concept: What about.
        doing: What to do about it.
        reasons: Why, in words; the weightiest first.
    """

    concept: ConceptId
    doing: Doing
    reasons: tuple[Reason, ...]


def next_up(
    course: Course,
    known: Mapping[ConceptId, Mastery],
    *,
    goals: Sequence[ConceptId] = (),
    attempts: Sequence[Attempt] = (),
    local: Callable[[datetime], datetime] | None = None,
) -> NextUp | None:
    """What comes next; None where everything on the way is mastered.

    First what has slipped below what it must bear, then what was begun, then what is new, each in
    the course's order, and of the new the concepts that the goals need before the others; at last
    what is firm and not mastered yet, the weakest first. Where what was begun fails again and
    again, the lesson comes before more exercises: that of a base which was left out, or its own.

    Args:
        course: The course.
        known: Mastery of each of its concepts.
        goals: Concepts that are to be reached; all of the course when empty.
        attempts: Those of the learner on anything, for what is said of the best time of day.
        local: Gives a moment in the learner's time zone.
    """
    wanted = _needed(course, goals) if goals else {concept.id for concept in course.concepts}
    chosen = (
        _slipped(course, known, wanted)
        or _begun(course, known, wanted, attempts)
        or _new(course, known, wanted)
        or _nearly_mastered(course, known, wanted)
    )
    if chosen is None:
        return None
    concept, doing = chosen
    reasons = [*_why(course, concept, doing, known, goals), *_best_hours(attempts, local)]
    return NextUp(concept.id, doing, tuple(reasons))


def _needed(course: Course, goals: Sequence[ConceptId]) -> set[ConceptId]:
    """The goals and all that they rest on."""
    found: set[ConceptId] = set()
    queue = [goal for goal in goals if goal in course.by_id]
    while queue:
        concept = queue.pop()
        if concept not in found:
            found.add(concept)
            queue.extend(course.concept(concept).requires)
    return found


def _firm(mastery: Mastery) -> bool:
    return mastery.standing in {Standing.FIRM, Standing.MASTERED}


def _begun_once(mastery: Mastery) -> bool:
    return mastery.standing is not Standing.NOT_STARTED


def _slipped(
    course: Course, known: Mapping[ConceptId, Mastery], wanted: set[ConceptId]
) -> tuple[Concept, Doing] | None:
    """A base that has become too weak for what was already begun on it."""
    bearing = {
        base
        for concept in course.concepts
        if concept.id in wanted and _begun_once(known[concept.id])
        for base in concept.requires
    }
    for concept in course.concepts:
        mastery = known[concept.id]
        if concept.id in bearing and _begun_once(mastery) and mastery.chance < _READY:
            return concept, Doing.REPAIR
    return None


def _begun(
    course: Course,
    known: Mapping[ConceptId, Mastery],
    wanted: set[ConceptId],
    attempts: Sequence[Attempt],
) -> tuple[Concept, Doing] | None:
    for concept in course.concepts:
        mastery = known[concept.id]
        if concept.id in wanted and _begun_once(mastery) and not _firm(mastery):
            if not _lost(mastery) or _turned(course, concept, attempts):
                return concept, Doing.PRACTISE
            return _left_out(course, concept, known) or concept, Doing.LEARN
    return None


def _lost(mastery: Mastery) -> bool:
    """Whether most answers were wrong: then exercises alone lead nowhere."""
    return mastery.attempts >= _FEWEST_TO_BE_LOST and mastery.chance < _LOST


def _turned(course: Course, concept: Concept, attempts: Sequence[Attempt]) -> bool:
    """Whether the last answers on it were right after all, as they are after its lesson."""
    own = [
        attempt
        for attempt in sorted(attempts, key=lambda attempt: attempt.when)
        if (attempt.course, attempt.concept) == (course.id, concept.id) and attempt.unaided
    ][-_TURNED:]
    return len(own) == _TURNED and all(attempt.correct for attempt in own)


def _left_out(
    course: Course, concept: Concept, known: Mapping[ConceptId, Mastery]
) -> Concept | None:
    """The first that it rests on, near or far, that was never begun and is not known either."""
    under = _needed(course, concept.requires)
    return next(
        (
            base
            for base in course.concepts
            if base.id in under
            and not _begun_once(known[base.id])
            and known[base.id].chance < _READY
        ),
        None,
    )


def _new(
    course: Course, known: Mapping[ConceptId, Mastery], wanted: set[ConceptId]
) -> tuple[Concept, Doing] | None:
    """The first whose bases all bear, or, where none is ready, the first at all."""
    new = [
        concept
        for concept in course.concepts
        if concept.id in wanted and not _begun_once(known[concept.id])
    ]
    ready = [
        concept for concept in new if all(known[base].chance >= _READY for base in concept.requires)
    ]
    first = next(iter(ready or new), None)
    return (first, Doing.LEARN) if first is not None else None


def _nearly_mastered(
    course: Course, known: Mapping[ConceptId, Mastery], wanted: set[ConceptId]
) -> tuple[Concept, Doing] | None:
    firm = [
        concept
        for concept in course.concepts
        if concept.id in wanted and known[concept.id].standing is Standing.FIRM
    ]
    if not firm:
        return None
    return min(firm, key=lambda concept: known[concept.id].chance), Doing.PRACTISE


def _why(
    course: Course,
    concept: Concept,
    doing: Doing,
    known: Mapping[ConceptId, Mastery],
    goals: Sequence[ConceptId],
) -> list[Reason]:
    reasons: list[Reason] = []
    mastery = known[concept.id]
    if doing is Doing.REPAIR:
        words = f"It has slipped to {_percent(mastery)}, and what you learn now rests on it."
        reasons.append(Reason(Ground.WEAK, words))
    elif doing is Doing.PRACTISE:
        words = f"You began it and are at {_percent(mastery)}; a few exercises make it firm."
        if mastery.standing is Standing.FIRM:
            words = f"It is firm at {_percent(mastery)}; a few more without a hint master it."
        reasons.append(Reason(Ground.WEAK, words))
    bases = [f"{course.concept(base).title} {_percent(known[base])}" for base in concept.requires]
    if doing is Doing.LEARN and _begun_once(mastery):
        words = f"Most answers on it were wrong so far ({_percent(mastery)}); its lesson helps more"
        reasons.append(Reason(Ground.WEAK, f"{words} than more exercises."))
    elif doing is Doing.LEARN and (lost := _lost_on(course, concept, known)):
        words = f"You get stuck on {_listed(lost)}, and this comes before it."
        reasons.append(Reason(Ground.WEAK, words))
    elif doing is Doing.LEARN and bases:
        held = all(known[base].chance >= _READY for base in concept.requires)
        judged = "the base is firm." if held else "the base is thin; go slowly."
        reasons.append(Reason(Ground.BASE, f"{_listed(bases)}: {judged}"))
    elif doing is Doing.LEARN:
        reasons.append(Reason(Ground.BASE, "It needs nothing that comes before it."))
    opened = [other.title for other in course.concepts if concept.id in other.requires]
    if opened:
        reasons.append(Reason(Ground.OPENS, f"It opens {_listed(opened)}."))
    if concept.id in goals:
        reasons.append(Reason(Ground.OPENS, "It is what you want to reach."))
    return reasons


def _lost_on(course: Course, base: Concept, known: Mapping[ConceptId, Mastery]) -> tuple[str, ...]:
    """Titles of what fails and rests on a base."""
    return tuple(
        concept.title
        for concept in course.concepts
        if _begun_once(known[concept.id])
        and _lost(known[concept.id])
        and base.id in _needed(course, concept.requires)
    )


def _best_hours(
    attempts: Sequence[Attempt], local: Callable[[datetime], datetime] | None
) -> list[Reason]:
    """When of the day this learner does best, measured against what was foretold of each answer."""
    if local is None:
        return []
    parts = (
        ("before noon", _NIGHT_ENDS, 12),
        ("in the afternoon", 12, _EVENING),
        ("in the evening", _EVENING, 28),
    )
    margins: list[tuple[float, str]] = []
    for name, begin, end in parts:
        inside = [
            attempt.correct - attempt.predicted
            for attempt in attempts
            if attempt.unaided and begin <= _hour(local(attempt.when), begin) < end
        ]
        if len(inside) >= _FEWEST_FOR_HOURS:
            margins.append((sum(inside) / len(inside), name))
    margins.sort(reverse=True)
    if len(margins) < 2 or margins[0][0] - margins[1][0] < _HOURS_MARGIN:  # noqa: PLR2004 - a pair
        return []
    return [Reason(Ground.TIME, f"You learn best {margins[0][1]}.")]


def _hour(moment: datetime, begin: int) -> int:
    """The hour, counted on after midnight where a part of the day reaches over it."""
    return moment.hour + 24 if begin >= _EVENING and moment.hour < _NIGHT_ENDS else moment.hour


def _percent(mastery: Mastery) -> str:
    return f"{round(mastery.chance * 100)} %"


def _listed(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and 3 more``."""
    if len(names) > _MOST_NAMED:
        names = [*names[: _MOST_NAMED - 1], f"{len(names) - _MOST_NAMED + 1} more"]
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
