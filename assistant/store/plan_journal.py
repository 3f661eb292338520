"""The journal of planning: what is done in steps, and undone and redone exactly.

Triggers note each row before and after while a step is open (see ``m0008_planner``); undoing puts
the earlier rows back under their ids, redoing the later ones.
"""

import json
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Engine, func, text
from sqlmodel import Session, col, delete, select, update

from assistant.domain.ids import StepId, TaskId
from assistant.domain.task import Step
from assistant.store import task_tables as tables
from assistant.store.rows import from_us, storable, to_us

KEPT_STEPS: Final = 500
"""Older steps can no longer be undone."""
MOST_CHANGES: Final = 200_000
"""Rows that are kept of earlier steps; a plan that is mended often would fill the vault."""
_PARENTS: Final = ("task", "project", "calendar", "plan")


@dataclass(frozen=True, slots=True)
class Touched:
    """What a step changed."""

    step: Step
    tables: frozenset[str]
    """Names of tables, in lower case: “task”, “planblock”."""
    tasks: frozenset[TaskId]
    """Tasks whose own row, links, work or events changed."""


@dataclass(slots=True)
class Writing:
    """An open step; what is written through its session belongs to it."""

    session: Session
    words: str
    """What is done; may be told better once it is known what came of it."""
    touched: Touched | None = None
    """Set when the step was committed and had changed something."""

    @property
    def mark(self) -> int:
        """Another number after each row that was changed; only to be compared."""
        return _newest_change(self.session)


@dataclass(frozen=True, slots=True)
class _Change:
    """One row before and after, as JSON; None where there was none."""

    name: str
    row_id: int
    before: str | None
    after: str | None


class PlanJournal:
    """Called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def step(self, words: str, at: datetime, *, joined: bool = False) -> Generator[Writing]:
        """One step: all of it is committed at the end, or nothing where the block raises.

        Args:
            words: What is done.
            at: Now.
            joined: Whether it belongs to the step before, so that both are undone as one.
        """
        with Session(self._engine) as session:
            last = _last(session, undone=False) if joined else None
            if last is None:
                last = tables.PlanStep(at_us=to_us(at), words=storable(words), undone=False)
                session.add(last)
                session.flush()
            first_change = _newest_change(session)
            _open(session, last.id)
            writing = Writing(session, last.words)
            yield writing
            last.words = storable(writing.words)
            session.flush()
            _open(session, None)
            changes = _changes(session, last.id, after=first_change)
            if all(one.before == one.after for one in changes):
                return  # the session is closed without a commit, so the step never was
            writing.touched = Touched(_step(last), *_touched(changes))
            session.exec(delete(tables.PlanStep).where(col(tables.PlanStep.undone)))
            _forget_oldest(session)
            session.commit()

    def steps(self, limit: int = 20) -> tuple[Step, ...]:
        """What can be undone, the latest first."""
        asked = (
            select(tables.PlanStep)
            .where(col(tables.PlanStep.undone).is_(False))
            .order_by(col(tables.PlanStep.id).desc())
            .limit(limit)
        )
        with Session(self._engine) as session:
            return tuple(_step(row) for row in session.exec(asked))

    def next_redo(self) -> Step | None:
        """What would be redone."""
        with Session(self._engine) as session:
            row = _last(session, undone=True)
            return None if row is None else _step(row)

    def undo(self) -> Touched | None:
        """Takes the last step back; None where there is none."""
        return self._replay(undone=False)

    def redo(self) -> Touched | None:
        """Takes the step again that was undone last; None where there is none."""
        return self._replay(undone=True)

    def _replay(self, *, undone: bool) -> Touched | None:
        with Session(self._engine) as session:
            row = _last(session, undone=undone)
            if row is None:
                return None
            # Rows come back in any order; what they point at is looked for at the end.
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            changes = _changes(session, row.id)
            # Of each row the state after its last change, or the one before its first.
            if undone:
                targets = {(one.name, one.row_id): one.after for one in changes}
            else:
                targets = {(one.name, one.row_id): one.before for one in reversed(changes)}
            _replay(session, targets)
            row.undone = not undone
            session.add(row)
            session.flush()
            touched = Touched(_step(row), *_touched(changes))
            session.commit()
            return touched


def _open(session: Session, step: int | None) -> None:
    session.exec(update(tables.PlanJournal).values(step_id=step))


def _last(session: Session, *, undone: bool) -> tables.PlanStep | None:
    """The step that is undone or redone next."""
    place = col(tables.PlanStep.id)
    asked = (
        select(tables.PlanStep)
        .where(col(tables.PlanStep.undone).is_(undone))
        .order_by(place if undone else place.desc())
        .limit(1)
    )
    return session.exec(asked).first()


def _newest_change(session: Session) -> int:
    return session.exec(select(func.max(tables.PlanChange.id))).one() or 0


def _changes(session: Session, step: int | None, *, after: int = 0) -> list[_Change]:
    table = tables.PlanChange
    asked = (
        select(table.name, table.row_id, table.before, table.after)
        .where(col(tables.PlanChange.step_id) == step, col(tables.PlanChange.id) > after)
        .order_by(col(tables.PlanChange.id))
    )
    return [_Change(*row) for row in session.exec(asked)]


def _touched(changes: Sequence[_Change]) -> tuple[frozenset[str], frozenset[TaskId]]:
    tasks: set[TaskId] = set()
    for change in changes:
        if change.name == "task":
            tasks.add(TaskId(change.row_id))
        elif change.name in {"taskwait", "work", "taskevent"}:
            values = json.loads(change.after or change.before or "{}")
            tasks.add(TaskId(values["task_id"]))
    return frozenset(change.name for change in changes), frozenset(tasks)


def _replay(session: Session, targets: Mapping[tuple[str, int], str | None]) -> None:
    """Brings rows, each by its table and id, to what they were.

    Rows of tables that others point at go last: what hung below one that goes was put elsewhere
    by then, and is not taken along.
    """
    gone: dict[str, list[dict[str, Any]]] = defaultdict(list)
    back: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (name, row), values in targets.items():
        if values is None:
            gone[name].append({"id": row})
        else:
            back[name].append(json.loads(values))
    for name, rows in gone.items():
        if name not in _PARENTS:
            _delete(session, name, rows)
    for name, rows in back.items():
        _put(session, name, rows)
    for name in _PARENTS:
        if name in gone:
            _delete(session, name, gone[name])


def _delete(session: Session, name: str, rows: Sequence[dict[str, Any]]) -> None:
    statement = f'DELETE FROM "{name}" WHERE id = :id'  # noqa: S608 - names come from our own triggers
    session.connection().execute(text(statement), rows)


def _put(session: Session, name: str, rows: Sequence[dict[str, Any]]) -> None:
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join(f":{column}" for column in rows[0])
    sets = ", ".join(f'"{one}" = excluded."{one}"' for one in rows[0] if one != "id")
    statement = (
        f'INSERT INTO "{name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names come from our own triggers
        f" ON CONFLICT (id) DO UPDATE SET {sets}"
    )
    session.connection().execute(text(statement), rows)


def _forget_oldest(session: Session) -> None:
    """Forgets steps beyond what is kept; never the one that was just taken."""
    step, change = tables.PlanStep, tables.PlanChange
    asked = select(step.id).order_by(col(step.id).desc()).offset(KEPT_STEPS).limit(1)
    oldest = session.exec(asked).first() or 0
    first_kept = _newest_change(session) - MOST_CHANGES
    older = (
        select(change.step_id).where(col(change.id) >= first_kept).order_by(col(change.id)).limit(1)
    )
    oldest = max(oldest, (session.exec(older).first() or 0) - 1)
    if oldest > 0:
        session.exec(delete(step).where(col(step.id) <= oldest))


def _step(row: tables.PlanStep) -> Step:
    return Step(StepId(row.id or 0), from_us(row.at_us), row.words, row.undone)
