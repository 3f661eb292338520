"""The models that the application knows by name and by hash."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of ``resources/catalogue.json``."""

    models: tuple[ModelInfo, ...]
    starter: ModelId
    """The model that comes with the application and answers from the first start."""
    embedding: ModelInfo
    """The model that search by meaning compares texts with; it answers nothing."""

    def by_sha256(self, sha256: str) -> ModelInfo | None:
        """The entry whose file has this hash."""
        return next((model for model in self.models if model.sha256 == sha256), None)


def read_catalogue(path: Path) -> Catalogue:
    """Reads the shipped file; it is part of the application, so a fault in it is a bug."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = raw["models"]
    starter = next(ModelId(entry["id"]) for entry in entries if entry.get("starter"))
    return Catalogue(tuple(map(_model, entries)), starter, _model(raw["embedding"]))


def _model(entry: dict[str, Any]) -> ModelInfo:
    return ModelInfo(
        id=ModelId(entry["id"]),
        name=entry["name"],
        format=ModelFormat(entry["format"]),
        architecture=entry["architecture"],
        parameters=entry["parameters"],
        quantization=entry["quantization"],
        size_bytes=entry["size_bytes"],
        context_length=entry["context_length"],
        licence=entry["licence"],
        sha256=entry["sha256"],
        tier=entry["tier"],
    )
