"""The checks a model file passes before it may join the store."""

from pathlib import Path

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelFormat, ModelInfo
from assistant.engine.gguf_preflight import preflight
from assistant.engine.trial import try_load
from assistant.hub.catalogue import Catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.jobs import Job

_SMALL_PARAMETERS = 2_000_000_000


def describe(source: Path) -> ModelInfo:
    """Reads the header of a GGUF file; its hash and id are still open.

    Raises:
        UserFacingError: It is missing or not a sound GGUF file.
    """
    if not _is_file(source):
        raise UserFacingError(
            f"There is no file {source.name or source}.",
            "Choose a .gguf file.",
            code="file_not_found",
        )
    facts = preflight(source)
    return ModelInfo(
        id=ModelId(""),
        name=facts.name or source.stem,
        format=ModelFormat.GGUF,
        architecture=facts.architecture,
        parameters=facts.parameters,
        quantization=facts.quantization,
        size_bytes=source.stat().st_size,
        context_length=facts.context_length,
        licence=facts.licence,
        sha256="",
        tier="small" if facts.parameters < _SMALL_PARAMETERS else "medium",
    )


def stage_and_try(
    store: ModelStore, source: Path, job: Job[ModelInfo], catalogue: Catalogue
) -> tuple[Path, str]:
    """Copies the file beside the store; one that is not in the catalogue is loaded on trial.

    The trial runs in a process of its own: a header that is well formed can still abort it.
    """
    staged, sha256 = store.stage(source, lambda part, doing: job.report(part * 0.8, doing))
    try:
        if catalogue.by_sha256(sha256) is None:
            job.report(0.85, "Trying it")
            try_load(staged, cancel=job.cancel_token)
    except BaseException:
        store.discard(staged)
        raise
    return staged, sha256


def _is_file(source: Path) -> bool:
    """Whether it is a plain file; a pipe or a device is none, nor is a name that cannot be."""
    try:
        return source.is_file()
    except OSError:
        return False
