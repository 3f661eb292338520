"""Models that were learnt for planning, in versions of which one is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select, update

from assistant.store import task_tables as tables
from assistant.store.rows import from_us, to_us

KEPT_VERSIONS = 5


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One version of a model.

    Args:
        kind: What it foretells.
        version: From 1 on.
        made: When it was trained.
        live: Whether it is asked; of each kind one at most.
        figures: How good it was on later data, as JSON holds it.
    """

    kind: str
    version: int
    made: datetime
    live: bool
    figures: Mapping[str, Any]


class PlanModelRepository:
    """Called from the store thread. Learning is no step of planning: it is not undone with them.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[ModelVersion, ...]:
        """Every version, by kind, the newest first."""
        asked = select(tables.PlanModel).order_by(
            col(tables.PlanModel.kind), col(tables.PlanModel.version).desc()
        )
        with Session(self._engine) as session:
            return tuple(_version(row) for row in session.exec(asked))

    def live(self, kind: str) -> bytes | None:
        """The model of a kind that is asked; None where the rule is."""
        asked = select(tables.PlanModel.model).where(
            col(tables.PlanModel.kind) == kind, col(tables.PlanModel.live)
        )
        with Session(self._engine) as session:
            return session.exec(asked).first()

    def last_made(self, kind: str) -> datetime | None:
        """When the newest version of a kind was trained, whether or not it is asked."""
        asked = (
            select(tables.PlanModel.made_at_us)
            .where(col(tables.PlanModel.kind) == kind)
            .order_by(col(tables.PlanModel.version).desc())
        )
        with Session(self._engine) as session:
            made = session.exec(asked).first()
            return None if made is None else from_us(made)

    def add(
        self, kind: str, made: datetime, model: bytes, figures: Mapping[str, Any], *, live: bool
    ) -> ModelVersion:
        """Keeps a new version; where it is live, the others of its kind are not any more.

        Where it is not, what was live stays so. Versions beyond the last five are forgotten, but
        never the one that is asked.
        """
        with Session(self._engine) as session:
            newest = session.exec(
                select(func.max(tables.PlanModel.version)).where(col(tables.PlanModel.kind) == kind)
            ).one()
            if live:
                session.exec(_none_live(kind))
            row = tables.PlanModel(
                kind=kind,
                version=(newest or 0) + 1,
                made_at_us=to_us(made),
                live=live,
                figures=json.dumps(dict(figures)),
                model=model,
            )
            session.add(row)
            session.flush()
            for old in session.exec(
                select(tables.PlanModel).where(
                    col(tables.PlanModel.kind) == kind,
                    col(tables.PlanModel.version) <= row.version - KEPT_VERSIONS,
                    col(tables.PlanModel.live).is_(False),
                )
            ).all():
                session.delete(old)
            version = _version(row)
            session.commit()
            return version

    def roll_back(self, kind: str) -> ModelVersion | None:
        """Asks the version before the live one instead; gives it, or None: the rule is asked."""
        with Session(self._engine) as session:
            mine = col(tables.PlanModel.kind) == kind
            live = session.exec(
                select(tables.PlanModel.version).where(mine, col(tables.PlanModel.live))
            ).first()
            before = session.exec(
                select(tables.PlanModel)
                .where(mine, col(tables.PlanModel.version) < (live or 0))
                .order_by(col(tables.PlanModel.version).desc())
            ).all()
            session.exec(_none_live(kind))
            # Only one that had won its trial may come back.
            chosen = next((row for row in before if json.loads(row.figures).get("won")), None)
            if chosen is not None:
                session.refresh(chosen)
                chosen.live = True
                session.add(chosen)
                session.flush()
            found = None if chosen is None else _version(chosen)
            session.commit()
            return found


def _none_live(kind: str) -> Any:  # noqa: ANN401 - a statement of SQLAlchemy
    return update(tables.PlanModel).where(col(tables.PlanModel.kind) == kind).values(live=False)


def _version(row: tables.PlanModel) -> ModelVersion:
    return ModelVersion(
        row.kind, row.version, from_us(row.made_at_us), row.live, json.loads(row.figures)
    )
