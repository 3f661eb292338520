"""Personas, sampling presets, and the sampling chosen for each model.

The built-in ones are written by the first migration and cannot be changed, so that there is
always something to go back to.
"""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from assistant.domain.conversation import Persona
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Task
from assistant.domain.ids import ModelId, PersonaId, PresetId
from assistant.store import tables
from assistant.store.rows import storable

_Row = TypeVar("_Row", tables.Persona, tables.Preset)


@dataclass(frozen=True, slots=True)
class SamplingPreset:
    """A named set of sampling settings."""

    id: PresetId
    name: str
    sampling: SamplingParams
    builtin: bool = False


class PersonaRepository:
    """What shapes an answer; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list_personas(self) -> list[Persona]:
        """The built-in ones first, then the user's by name."""
        with Session(self._engine) as session:
            found = [_to_persona(row) for row in session.exec(select(tables.Persona))]
        return sorted(found, key=_order)

    def save_persona(
        self, name: str, system_prompt: str, persona_id: PersonaId | None = None
    ) -> Persona:
        """Adds a persona, or changes the user's own with this id.

        Chats keep the words they were started with.

        Raises:
            UserFacingError: It is built in (``builtin_fixed``) or gone (``persona_unknown``).
        """
        with Session(self._engine) as session:
            row = tables.Persona(name="", system_prompt="")
            if persona_id is not None:
                row = _own(session.get(tables.Persona, persona_id), "persona")
            row.name = storable(name)
            row.system_prompt = storable(system_prompt)
            session.add(row)
            session.commit()
            return _to_persona(row)

    def delete_persona(self, persona_id: PersonaId) -> None:
        """Removes one of the user's own; chats that came from it keep their system prompt.

        Raises:
            UserFacingError: It is built in (``builtin_fixed``) or gone (``persona_unknown``).
        """
        with Session(self._engine) as session:
            session.delete(_own(session.get(tables.Persona, persona_id), "persona"))
            session.commit()

    def list_presets(self) -> list[SamplingPreset]:
        """The built-in ones first, then the user's by name."""
        with Session(self._engine) as session:
            found = [_to_preset(row) for row in session.exec(select(tables.Preset))]
        return sorted(found, key=_order)

    def save_preset(self, name: str, sampling: SamplingParams) -> SamplingPreset:
        """Keeps settings under a name; the user's own preset of that name is replaced.

        Raises:
            UserFacingError: A built-in preset has that name (``builtin_fixed``).
        """
        name = storable(name)
        with Session(self._engine) as session:
            named = session.exec(select(tables.Preset).where(col(tables.Preset.name) == name))
            row = named.first()
            row = tables.Preset(name=name, sampling="") if row is None else _own(row, "preset")
            row.sampling = json.dumps(asdict(sampling))
            session.add(row)
            session.commit()
            return _to_preset(row)

    def delete_preset(self, preset_id: PresetId) -> None:
        """Removes one of the user's own presets.

        Raises:
            UserFacingError: It is built in (``builtin_fixed``) or gone (``preset_unknown``).
        """
        with Session(self._engine) as session:
            session.delete(_own(session.get(tables.Preset, preset_id), "preset"))
            session.commit()

    def sampling_of(self, model_id: ModelId, task: Task = Task.CHAT) -> SamplingParams | None:
        """The settings chosen for a model at a task; None if the user has chosen none."""
        with Session(self._engine) as session:
            row = session.get(tables.Sampling, (model_id, task.value))
            return None if row is None else _to_sampling(row.sampling)

    def set_sampling(
        self, model_id: ModelId, sampling: SamplingParams, task: Task = Task.CHAT
    ) -> None:
        """Chooses the settings of a model at a task."""
        text = json.dumps(asdict(sampling))
        with Session(self._engine) as session:
            session.merge(tables.Sampling(model_id=model_id, task=task.value, sampling=text))
            session.commit()

    def reset_sampling(self, model_id: ModelId, task: Task = Task.CHAT) -> None:
        """Forgets what was chosen for a model at a task."""
        with Session(self._engine) as session:
            row = session.get(tables.Sampling, (model_id, task.value))
            if row is not None:
                session.delete(row)
                session.commit()


def _order(item: Persona | SamplingPreset) -> tuple[bool, str, int]:
    # The built-in ones in the order in which they were made, the user's own by name.
    return (not item.builtin, "" if item.builtin else item.name.casefold(), item.id)


def _own(row: _Row | None, kind: str) -> _Row:
    if row is None:
        raise UserFacingError(f"This {kind} is not there any more.", code=f"{kind}_unknown")
    if row.builtin:
        raise UserFacingError(
            f"This {kind} came with Lamplight and stays as it is.",
            "Save it under another name and change that one.",
            code="builtin_fixed",
        )
    return row


def _to_persona(row: tables.Persona) -> Persona:
    return Persona(PersonaId(row.id or 0), row.name, row.system_prompt, row.builtin)


def _to_preset(row: tables.Preset) -> SamplingPreset:
    sampling = _to_sampling(row.sampling)
    return SamplingPreset(PresetId(row.id or 0), row.name, sampling, row.builtin)


def _to_sampling(text: str) -> SamplingParams:
    """Reads what any version wrote: fields it did not know yet have their defaults."""
    known = {field.name for field in fields(SamplingParams)}
    stored: dict[str, Any] = json.loads(text)
    stored["logit_bias"] = tuple((int(token), bias) for token, bias in stored.get("logit_bias", ()))
    return SamplingParams(**{name: stored[name] for name in known & stored.keys()})
