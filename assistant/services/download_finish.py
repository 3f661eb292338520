"""From files that are whole and checked to a model that is installed."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.domain.cancel import CancelToken
from assistant.domain.download import DownloadOrder
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo
from assistant.engine.trial import try_load
from assistant.hub.catalogue import Catalogue
from assistant.hub.download import Staging
from assistant.hub.download.budget import not_admitted
from assistant.hub.model_store import ModelStore
from assistant.hub.snapshots import manifest_sha256
from assistant.services import download_refusals as refusals
from assistant.services.importing import describe

_TRIAL_S = 60.0
_SLOWEST_BYTES_PER_S = 50e6
_NEVER_WORKS = frozenset({"model_broken", "model_unsupported", "repo_refused"})
_MAY_WORK = frozenset({"model_crashes", "engine_failed", "decode_failed"})
_SAYS_NOTHING_AGAINST_IT = frozenset({"model_wont_fit", "model_too_slow", "out_of_memory"})

Trial = Callable[[Path, float, CancelToken], None]


def on_trial(path: Path, timeout_s: float, cancel: CancelToken) -> None:
    """Loads a model in a process of its own."""
    try_load(path, timeout_s=timeout_s, cancel=cancel)


class Finish:
    """Checks that a download is a model that works here, and takes it into the store.

    Args:
        store: Where it goes.
        catalogue: A hash that stands there needs no trial.
        staging: Where it lies.
        trial: Loads it on trial.
    """

    def __init__(
        self, store: ModelStore, catalogue: Catalogue, staging: Staging, trial: Trial = on_trial
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._staging = staging
        self._trial = trial

    def installed_already(self, order: DownloadOrder) -> ModelInfo | None:
        """The model in the store that an order would become, as far as its hash is known."""
        sha256 = self._sha256(order)
        return self.installed_as(sha256) if sha256 else None

    def installed_as(self, sha256: str) -> ModelInfo | None:
        """The profile's own or shared model of a hash."""
        every = self._store.installed()
        return next((m for m in every if m.sha256 == sha256 and not m.owner), None)

    def _sha256(self, order: DownloadOrder) -> str:
        if len(order.files) == 1 and order.files[0].sha256:
            return order.files[0].sha256
        hashes = self._staging.hashes(order)
        return manifest_sha256(hashes) if len(hashes) == len(order.files) > 1 else ""

    def check(self, order: DownloadOrder, cancel: CancelToken) -> ModelInfo:
        """Reads the headers of what has come and loads it on trial.

        Raises:
            Cancelled: It was.
            UserFacingError: It is no model that can be used here, and why; what has come of one
                that never will be is removed.
        """
        try:
            return self._checked(order, cancel)
        except UserFacingError as error:
            if error.code in _NEVER_WORKS:
                with contextlib.suppress(OSError):  # a disk that does not even do that
                    self._staging.empty(order)
                raise refusals.as_on_record(error) from error
            if error.code in _MAY_WORK:
                here = self._staging.here_bytes(order)
                raise refusals.kept_for_later(error, here) from error
            raise

    def _checked(self, order: DownloadOrder, cancel: CancelToken) -> ModelInfo:
        place = self._place(order)
        facts = describe(place)
        sha256 = self._sha256(order) or next(iter(self._staging.hashes(order).values()))
        known = self._catalogue.by_sha256(sha256)
        if known is None:
            timeout_s = _TRIAL_S + order.size_bytes / _SLOWEST_BYTES_PER_S
            try:
                self._trial(place, timeout_s, cancel)
            except UserFacingError as error:
                # Too large for this machine now is the user's affair; crashing is ours.
                if error.code not in _SAYS_NOTHING_AGAINST_IT:
                    raise
        return replace(known or _merged(order.model, facts, sha256), sha256=sha256)

    def admit(self, order: DownloadOrder, model: ModelInfo) -> ModelInfo:
        """Renames it into the store, and forgets the order.

        Raises:
            UserFacingError: The store refuses it.
            EnvironmentProblem: It cannot be moved; what has come is kept for another try.
        """
        hashes: Mapping[str, str] = self._staging.hashes(order)
        try:
            if len(order.files) == 1:
                installed = self._store.admit(self._place(order), model)
            else:
                installed = self._store.admit_folder(self._staging.files(order), model, hashes)
        except EnvironmentProblem as error:
            raise not_admitted(error.__cause__) from error
        self._staging.discard(order)
        return installed

    def _place(self, order: DownloadOrder) -> Path:
        """What the engine is handed: a GGUF file, the first part of one, or the folder."""
        files = self._staging.files(order)
        weights = sorted(files.glob("*.gguf"))
        return weights[0] if weights else files


def _merged(said: ModelInfo, facts: ModelInfo, sha256: str) -> ModelInfo:
    """What the order says, made complete by what stands in the files themselves."""
    return replace(
        said,
        id=said.id or ModelId(f"file-{sha256[:12]}"),
        name=said.name or facts.name,
        format=facts.format,
        architecture=facts.architecture,
        parameters=facts.parameters or said.parameters,
        quantization=said.quantization or facts.quantization,
        size_bytes=facts.size_bytes,
        context_length=facts.context_length or said.context_length,
        licence=said.licence or facts.licence,
        tier=facts.tier,
        path=None,
        shared=False,
    )
