"""How each model is loaded, where that differs from the settings."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeVar, cast

from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.domain.ids import ModelId
from assistant.domain.model import FlashAttention, KvType
from assistant.domain.parameters import ModelParameters
from assistant.store import tables
from assistant.store.rows import storable

_Kind = TypeVar("_Kind", KvType, FlashAttention)


class ParametersRepository:
    """What the user has set for single models; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[ModelId, ModelParameters]:
        """Of every model for which something is set."""
        with Session(self._engine) as session:
            return {
                ModelId(row.model_id): _read(row.parameters)
                for row in session.exec(select(tables.Parameters))
            }

    def keep(self, model_id: ModelId, parameters: ModelParameters) -> None:
        """Keeps what is set for a model; where nothing is, nothing is kept."""
        with Session(self._engine) as session:
            row = session.get(tables.Parameters, model_id)
            if parameters.changed:
                session.merge(tables.Parameters(model_id=model_id, parameters=_written(parameters)))
            elif row is not None:
                session.delete(row)
            session.commit()


def _written(parameters: ModelParameters) -> str:
    known = {name: value for name, value in asdict(parameters).items() if value is not None}
    if parameters.chat_template is not None:
        known["chat_template"] = storable(parameters.chat_template)
    return json.dumps(known)


def _read(text: str) -> ModelParameters:
    """Reads what any version wrote: what it does not know is left to the settings."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return ModelParameters()
    stored = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    template = stored.get("chat_template")
    return ModelParameters(
        context_length=_whole(stored, "context_length"),
        kv_type=_one_of(KvType, stored.get("kv_type")),
        threads=_whole(stored, "threads"),
        batch_threads=_whole(stored, "batch_threads"),
        gpu_layers=_whole(stored, "gpu_layers"),
        flash_attention=_one_of(FlashAttention, stored.get("flash_attention")),
        mmap=_switch(stored, "mmap"),
        mlock=_switch(stored, "mlock"),
        chat_template=template if isinstance(template, str) else None,
    )


def _whole(stored: Mapping[str, object], name: str) -> int | None:
    value = stored.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _switch(stored: Mapping[str, object], name: str) -> bool | None:
    value = stored.get(name)
    return value if isinstance(value, bool) else None


def _one_of(kind: type[_Kind], value: object) -> _Kind | None:
    return next((each for each in kind if each.value == value), None)
