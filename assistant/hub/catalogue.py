"""The models that the application knows by name: the file that ships, read and checked."""

import platform
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.domain.catalogue import CatalogueEntry, CatalogueSource
from assistant.domain.errors import Bug, UserFacingError
from assistant.domain.hub import HubSource
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo, ModelShape, Skill
from assistant.hub.names import checked_name

FORMAT_VERSION = 2
LARGEST_BYTES = 4 << 20
_MLX_BITS = 4.5
"""Of a weight at 4 bits with a scale and a bias of 16 bits for each 64."""

_Name = Annotated[str, Field(min_length=1, max_length=120)]
_Count = Annotated[int, Field(ge=1, le=1 << 48)]
_Sha256 = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
_Page = Annotated[str, Field(max_length=400, pattern=r"^(https://\S+)?$")]


def _safe(name: str) -> str:
    try:
        return checked_name(name)
    except UserFacingError as error:
        raise ValueError(error.message) from error


# Letters are spelled out: counted repeats of Unicode's \w make an automaton of 17 MB.
_REPO = r"^([A-Za-z0-9_.-]{1,96}/[A-Za-z0-9_.-]{1,96})?$"

_File = Annotated[str, AfterValidator(_safe)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Shape(_Strict):
    block_count: _Count
    head_count: _Count
    head_count_kv: _Count
    head_length: _Count
    embedding_length: _Count
    feed_forward_length: _Count
    vocab_size: _Count
    tied: bool
    attention_count: int = Field(default=0, ge=0)


class _Source(_Strict):
    format: Literal["gguf", "mlx"]
    quantization: _Name
    repo: str = Field(default="", pattern=_REPO)
    files: list[_File] = Field(default=[], max_length=200)
    commit: str = Field(default="", pattern=r"^([0-9a-f]{40})?$")
    size_bytes: int = Field(default=0, ge=0, le=1 << 42)
    size_rounded: bool = False
    sha256: _Sha256 = ""
    seen_in: _Page = ""
    withheld: str = Field(default="", max_length=300)

    @model_validator(mode="after")
    def _complete(self) -> "_Source":
        if self.format == "gguf" and not self.size_bytes:
            raise ValueError("the size of a GGUF file is missing")
        if self.repo and not self.seen_in:
            raise ValueError("the page that names the repository is missing")
        if self.repo and self.format == "gguf" and not self.files:
            raise ValueError("the file in the repository is missing")
        if not self.repo and not self.sha256:
            raise ValueError("it can be had nowhere")
        return self


class _Facts(_Strict):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,80}$")
    name: _Name
    architecture: _Name
    parameters: _Count
    context_length: int = Field(ge=1, le=1 << 27)
    licence: _Name
    tier: Literal["small", "medium"]
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = []
    skills: list[Literal["chat", "code", "mathematics", "reasoning", "vision", "embedding"]] = []
    summary: str = Field(default="", max_length=200)


class _Entry(_Facts):
    template: str = Field(default="", max_length=300)
    starter: bool = False
    shape: _Shape
    sources: list[_Source] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _offered(self) -> "_Entry":
        if all(source.withheld for source in self.sources):
            raise ValueError("every source is withheld")
        return self


class _Embedding(_Facts):
    format: Literal["gguf"]
    quantization: _Name
    size_bytes: _Count
    sha256: _Sha256


class _Whole(_Strict):
    version: Literal[2]
    edition: int = Field(ge=1, le=1 << 31)
    issued: Annotated[date, Field(strict=False)] | None = None
    about: str = ""
    models: list[_Entry] = Field(min_length=1, max_length=500)
    embedding: _Embedding

    @model_validator(mode="after")
    def _sound(self) -> "_Whole":
        ids = [_source_id(entry, source) for entry in self.models for source in entry.sources]
        if len(set(ids)) != len(ids):
            raise ValueError("two models have the same id")
        if sum(entry.starter for entry in self.models) != 1:
            raise ValueError("there must be exactly one starter")
        return self


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the catalogue's file says.

    Args:
        models: Each model as it is once it is installed, in the form that suits this machine.
        starter: The model that comes with the application and answers from the first start.
        embedding: The model that search by meaning compares texts with; it answers nothing.
        entries: The models, the weakest at general tasks first.
        edition: Grows with every issue.
        issued: The day of the issue; None where it names none.
    """

    models: tuple[ModelInfo, ...]
    starter: ModelId
    embedding: ModelInfo
    entries: tuple[CatalogueEntry, ...] = ()
    edition: int = 1
    issued: date | None = None

    def by_sha256(self, sha256: str) -> ModelInfo | None:
        """The form of a model whose file has this hash."""
        if not sha256:
            return None
        every = (source.info for entry in self.entries for source in entry.sources)
        return next((one for one in (*self.models, *every) if one.sha256 == sha256), None)

    def source_of(self, model: ModelInfo) -> CatalogueSource | None:
        """Where a model of the catalogue can be had; None for others."""
        every = (source for entry in self.entries for source in entry.sources)
        return next((source for source in every if source.info.id == model.id), None)

    def shape_of(self, model: ModelInfo) -> ModelShape | None:
        """The figures of a model of the catalogue; None for others."""
        source = self.source_of(model)
        return source.shape if source is not None else None


def read_catalogue(path: Path) -> Catalogue:
    """Reads the shipped file.

    Raises:
        Bug: It is missing or not sound: it is part of the application.
    """
    try:
        return parse_catalogue(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Bug(f"the shipped catalogue cannot be used: {error}") from error


def parse_catalogue(text: bytes) -> Catalogue:
    """Checks a catalogue and takes it in.

    Raises:
        ValueError: It is not one, and why.
    """
    if len(text) > LARGEST_BYTES:
        raise ValueError("it is too large")
    try:
        raw = _Whole.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from None
    entries = tuple(map(_entry, raw.models))
    starter = next(
        entry.sources[0].info.id
        for entry, said in zip(entries, raw.models, strict=True)
        if said.starter
    )
    models = tuple(entry.best_source(preferred_format()).info for entry in entries)
    return Catalogue(models, starter, _embedding(raw.embedding), entries, raw.edition, raw.issued)


def _entry(entry: _Entry) -> CatalogueEntry:
    sources = tuple(_source(entry, source) for source in entry.sources)
    return CatalogueEntry(entry.name, sources, entry.template)


def _source_id(entry: _Entry, source: _Source) -> str:
    form = "mlx-" if source.format == "mlx" else ""
    return f"{entry.id}-{form}{source.quantization.lower().replace('-', '')}"


def _source(entry: _Entry, source: _Source) -> CatalogueSource:
    size = source.size_bytes or int(entry.parameters * _MLX_BITS / 8)
    info = replace(
        _facts(entry),
        id=ModelId(_source_id(entry, source)),
        format=ModelFormat(source.format),
        quantization=source.quantization,
        size_bytes=size,
        size_estimated=source.size_rounded or not source.size_bytes,
        sha256=source.sha256,
        repo=source.repo,
        commit=source.commit,
    )
    origin = HubSource(source.repo, source.commit, tuple(source.files)) if source.repo else None
    shape = _shape(entry, size)
    return CatalogueSource(info, origin, shape, source.seen_in, source.withheld)


def _embedding(entry: _Embedding) -> ModelInfo:
    return replace(
        _facts(entry),
        quantization=entry.quantization,
        size_bytes=entry.size_bytes,
        sha256=entry.sha256,
    )


def _facts(entry: _Facts) -> ModelInfo:
    """What all forms of a model have in common."""
    return ModelInfo(
        id=ModelId(entry.id),
        name=entry.name,
        format=ModelFormat.GGUF,
        architecture=entry.architecture,
        parameters=entry.parameters,
        quantization="",
        size_bytes=0,
        context_length=entry.context_length,
        licence=entry.licence,
        sha256="",
        tier=entry.tier,
        skills=tuple(Skill(skill) for skill in entry.skills),
        languages=tuple(entry.languages),
        summary=entry.summary,
    )


def _shape(entry: _Entry, size: int) -> ModelShape:
    """Of one token no more is read of an untied table of words than a row."""
    figures = entry.shape
    table = 0 if figures.tied else figures.vocab_size * figures.embedding_length
    return ModelShape(
        weights_bytes=size,
        token_bytes=size - int(size * table / entry.parameters),
        block_count=figures.block_count,
        head_count_kv=figures.head_count_kv,
        key_length=figures.head_length,
        value_length=figures.head_length,
        embedding_length=figures.embedding_length,
        vocab_size=figures.vocab_size,
        attention_count=figures.attention_count,
        feed_forward_length=figures.feed_forward_length,
    )


def preferred_format() -> ModelFormat:
    """Of two forms of a model the one that runs better on this machine."""
    apple = sys.platform == "darwin" and platform.machine() == "arm64"
    return ModelFormat.MLX if apple else ModelFormat.GGUF
