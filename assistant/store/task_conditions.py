"""Filters of tasks as conditions of SQL."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from assistant.domain.task import ENDED, Priority
from assistant.domain.task_filter import Order, TaskFilter
from assistant.store import task_tables as tables
from assistant.store.rows import storable, to_us
from assistant.store.task_rows import NO_TEXTS, folded, tag_key

_T: Final = tables.Task
_NEVER: Final = 1 << 62
_RANKS: Final = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.MEDIUM: 2, Priority.LOW: 4}
_ORDINARY: Final = 3


def conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """All conditions of a filter; without its order and limit."""
    found = [*_plain(wanted), *_parts(wanted), *_dates(wanted), *_standing(wanted)]
    # Of what is unknown (no deadline at all) SQL says neither yes nor no: it is not left out.
    found += [
        not_(func.coalesce(and_(true(), *conditions(left_out)), false()))
        for left_out in wanted.none_of
    ]
    return found


def ordered(asked: Select[Any], wanted: TaskFilter) -> Select[Any]:
    """A query with the order and limit of a filter."""
    by_due = (_date(or_never=True), _rank(), col(_T.position), col(_T.id))
    places = {
        Order.HAND: (col(_T.position), col(_T.id)),
        Order.DUE: by_due,
        Order.FIRST: by_due,
        Order.NEWEST: (col(_T.created_at_us).desc(), col(_T.id).desc()),
        Order.ENDED: (col(_T.ended_at_us).desc(), col(_T.id).desc()),
    }[wanted.order]
    asked = asked.order_by(*places).limit(wanted.limit)
    return asked.offset(wanted.offset) if wanted.offset else asked


def _plain(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states is not None:
        found.append(col(_T.state).in_(sorted(state.value for state in wanted.states)))
    if wanted.ids is not None:
        found.append(col(_T.id).in_(sorted(wanted.ids)))
    if wanted.projects is not None:
        chosen = sorted(wanted.projects)
        found.append(col(_T.project_id).in_(chosen) if chosen else false())
    if wanted.in_inbox is not None:
        inbox = col(_T.project_id).is_(None)
        found.append(inbox if wanted.in_inbox else ~inbox)
    if wanted.parent is not None:
        found.append(col(_T.parent_id) == wanted.parent)
    if wanted.top_only:
        found.append(col(_T.parent_id).is_(None))
    return found


def _parts(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    found = [_holds(_T.tag_keys, tag_key(tag)) for tag in wanted.tags]
    found += [~_holds(_T.tag_keys, tag_key(tag)) for tag in wanted.without_tags]
    found += [_holds(_T.search_key, folded(storable(word))) for word in wanted.words]
    found += [~_holds(_T.search_key, folded(storable(word))) for word in wanted.without_words]
    found += [_is_at(storable(place)) for place in wanted.places]
    found += [_is_with(storable(person)) for person in wanted.people]
    if wanted.priorities is not None:
        named = sorted(one.value for one in wanted.priorities if one is not None)
        either = [col(_T.priority).in_(named)]
        if None in wanted.priorities:
            either.append(col(_T.priority).is_(None))
        found.append(or_(*either))
    return found


def _dates(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.after is not None:
        found.append(_date() >= to_us(wanted.after))
    if wanted.before is not None:
        found.append(_date() < to_us(wanted.before))
    if wanted.overdue is not None:
        midnight = wanted.overdue.replace(hour=0, minute=0, second=0, microsecond=0)
        whole, due = col(_T.due_whole_day).is_(True), col(_T.due_at_us)
        found.append(
            or_(
                and_(whole, due < to_us(midnight)),
                and_(~whole, due < to_us(wanted.overdue)),
                and_(due.is_(None), col(_T.fixed_start_us) < to_us(midnight)),
            )
        )
    if wanted.has_date is not None:
        found.append(_is(_date().is_not(None), wanted.has_date))
    if wanted.ended_after is not None:
        found.append(col(_T.ended_at_us) >= to_us(wanted.ended_after))
    return found


def _standing(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.has_estimate is not None:
        found.append(_is(col(_T.estimate_min).is_not(None), wanted.has_estimate))
    if wanted.repeats is not None:
        found.append(_is(col(_T.repeat_rule).is_not(None), wanted.repeats))
    if wanted.blocked is not None:
        first = aliased(_T)
        waits = exists().where(
            col(tables.TaskWait.task_id) == col(_T.id),
            col(first.id) == col(tables.TaskWait.first_id),
            col(first.state).not_in(sorted(state.value for state in ENDED)),
        )
        found.append(_is(waits, wanted.blocked))
    if wanted.running is not None:
        runs = exists().where(
            and_(
                col(tables.Work.task_id) == col(_T.id),
                col(tables.Work.end_at_us).is_(None),
            )
        )
        found.append(_is(runs, wanted.running))
    return found


def _is(condition: ColumnElement[bool], wanted: bool) -> ColumnElement[bool]:  # noqa: FBT001 - a value, no switch
    return condition if wanted else ~condition


def _holds(column: str, part: str) -> ColumnElement[bool]:
    return func.instr(col(column), part) > 0


def _is_at(place: str) -> ColumnElement[bool]:
    """Whether the place holds words; without accents, the whole place is compared."""
    own = func.instr(func.lower(col(_T.place)), place.lower()) > 0
    return or_(own, and_(col(_T.place) != "", _holds(_T.search_key, f"\n{folded(place)}\n")))


def _is_with(person: str) -> ColumnElement[bool]:
    """Whether somebody's name begins with words."""
    return and_(col(_T.people) != NO_TEXTS, _holds(_T.search_key, f"\n{folded(person)}"))


def _date(*, or_never: bool = False) -> ColumnElement[Any]:
    """When a task is due or takes place, whichever is earlier; NULL where neither is known."""
    due, start = col(_T.due_at_us), col(_T.fixed_start_us)
    if or_never:
        return func.min(func.coalesce(due, _NEVER), func.coalesce(start, _NEVER))
    return func.coalesce(func.min(due, start), due, start)


def _rank() -> ColumnElement[int]:
    whens = [(col(_T.priority) == level.value, rank) for level, rank in _RANKS.items()]
    return case(*whens, else_=_ORDINARY)


def task_ids(wanted: TaskFilter) -> Any:  # noqa: ANN401 - of SQLModel, as it gives it
    """A query for the ids of what a filter finds."""
    return select(_T.id).where(*conditions(wanted))
