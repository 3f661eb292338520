"""Models of other applications on this disk, and using them where they lie."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.errors import AssistantError, Cancelled, UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelFormat, ModelInfo
from assistant.hub.found import APPLICATIONS, Candidate, Looked, Surroundings, look_into
from assistant.hub.in_place import hash_linked, link_id
from assistant.hub.model_store import ModelStore
from assistant.services.importing import describe, model_files
from assistant.services.jobs import Job, Workers
from assistant.services.models import ModelService

_SAMPLE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model of another application.

    Args:
        info: With its owner and where it lies.
        files: All that it consists of.
        fit: Whether it fits this machine.
        trouble: Why it cannot be used here, in one sentence; empty where it can.
        in_use: It is used in place already; where it changed since, ``info`` says so.
        same_as: The name of an installed model that is the same; empty where there is none.
    """

    info: ModelInfo
    files: tuple[Path, ...]
    fit: Fit
    trouble: str = ""
    in_use: bool = False
    same_as: str = ""

    @property
    def offered(self) -> bool:
        """Whether it would bring anything new."""
        return not (self.trouble or self.in_use or self.same_as)


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """What one application has.

    Args:
        name: As people know it.
        troubles: What could not be read, each in one sentence.
    """

    name: str
    models: tuple[FoundModel, ...]
    troubles: tuple[str, ...]

    @property
    def offered(self) -> tuple[FoundModel, ...]:
        """Those that would bring anything new."""
        return tuple(model for model in self.models if model.offered)

    @property
    def offered_bytes(self) -> int:
        """What these take on the disk, and need not take a second time."""
        return sum(model.info.size_bytes for model in self.offered)


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A model that is not used in place after all, and why."""

    name: str
    error: UserFacingError


@dataclass(frozen=True, slots=True)
class UsedInPlace:
    """What came of using several in place."""

    models: tuple[ModelInfo, ...]
    refused: tuple[NotUsed, ...]


class FoundModelsService:
    """Finds, links and hashes what other applications have; their files are only read.

    Args:
        models: Judges whether they fit.
        store: Keeps the links.
        workers: Look, and hash.
        around: Where the applications keep their files.
    """

    def __init__(
        self,
        models: ModelService,
        store: ModelStore,
        workers: Workers,
        around: Callable[[], Surroundings] = Surroundings,
    ) -> None:
        self._models = models
        self._store = store
        self._workers = workers
        self._around = around
        self._lock = threading.Lock()
        self._hashing: Job[int] | None = None
        self._listeners: list[Callable[[], None]] = []

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls ``listener``, on a worker's thread, when more became known of a linked model."""
        with self._lock:
            self._listeners.append(listener)

    def look(self) -> Job[tuple[FoundApplication, ...]]:
        """Looks at the disk; the job gives the applications that have any model, or trouble."""
        return self._workers.in_pool(
            lambda job: self._judged([look(self._around()) for look in APPLICATIONS], job)
        )

    def look_into(self, folder: Path) -> Job[tuple[FoundApplication, ...]]:
        """Looks into a folder of the user's choice and below it."""
        return self._workers.in_pool(lambda job: self._judged([look_into(folder)], job))

    def use(self, found: Sequence[FoundModel]) -> Job[UsedInPlace]:
        """Uses models where they lie; what is not new is passed over."""

        def work(job: Job[UsedInPlace]) -> UsedInPlace:
            used: list[ModelInfo] = []
            refused: list[NotUsed] = []
            for at, model in enumerate(found):
                job.report(at / len(found), model.info.name)
                if not model.offered:
                    continue
                try:
                    used.append(self._link(model.info))
                except UserFacingError as error:
                    refused.append(NotUsed(model.info.name, error))
            return UsedInPlace(tuple(used), tuple(refused))

        return self._workers.in_pool(work).on_done(self._used)

    def accept(self, model_id: ModelId) -> Job[ModelInfo]:
        """Takes a linked model that has changed as it is now.

        Raises (from the job):
            UserFacingError: It is not there any more, or is not sound now.
        """

        def work(_: Job[ModelInfo]) -> ModelInfo:
            link = self._store.in_place.link_of(model_id)
            if link is None:
                raise UserFacingError(
                    "This model is not used in place any more.",
                    "Look for models on this disk again.",
                    code="model_unknown",
                )
            self._models.let_go(link.info)
            return self._link(replace(link.info, sha256=""))

        return self._workers.in_pool(work).on_done(self._used)

    def begin_hashing(self) -> Job[int]:
        """Reads linked models whose hash is not known yet, once, one after another.

        Returns:
            The job, which gives how many were read; the one that runs already where there is one.
        """
        with self._lock:
            if self._hashing is None or self._hashing.settled:
                self._hashing = self._workers.in_pool(self._hash)
            return self._hashing

    def _used(self, _: object) -> None:
        self.begin_hashing()

    def _hash(self, job: Job[int]) -> int:
        waiting = [model for model in self._store.in_place.models() if not model.sha256]
        done = 0
        for at, model in enumerate(waiting):
            link = self._store.in_place.link_of(model.id)
            if link is None or model.trouble:
                continue
            report = _share_of(job, at, len(waiting), model.name)
            try:
                noted = self._store.in_place.note_hash(model.id, hash_linked(link, report))
            except OSError:
                continue  # it went meanwhile, which its trouble says
            if noted is not None:
                done += 1
                self._tell()
        return done

    def _tell(self) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def _link(self, info: ModelInfo) -> ModelInfo:
        if info.path is None:
            raise AssistantError("a found model lies nowhere")
        now = describe(info.path)
        named = replace(
            now, name=info.name, path=info.path, owner=info.owner, repo=info.repo, sha256=""
        )
        return self._store.in_place.add(named, model_files(info.path))

    def _judged(
        self, looked: Sequence[Looked], job: Job[tuple[FoundApplication, ...]]
    ) -> tuple[FoundApplication, ...]:
        installed = self._store.installed()
        total = max(sum(len(each.candidates) for each in looked), 1)
        seen: set[Path] = set()
        done = 0
        applications: list[FoundApplication] = []
        for each in looked:
            models: list[FoundModel] = []
            for candidate in each.candidates:
                job.report(done / total, each.application)
                done += 1
                really = _really(candidate.path)
                if really not in seen:
                    seen.add(really)
                    models.append(self._found(candidate, each.application, installed))
            if models or each.troubles:
                applications.append(
                    FoundApplication(each.application, tuple(models), each.troubles)
                )
        return tuple(applications)

    def _found(
        self, candidate: Candidate, owner: str, installed: Sequence[ModelInfo]
    ) -> FoundModel:
        try:
            info = describe(candidate.path)
        except Cancelled:
            raise
        except UserFacingError as error:
            return FoundModel(
                _undescribed(candidate, owner),
                candidate.files,
                Fit(FitVerdict.UNKNOWN, 0, 0, error.message),
                trouble=error.message,
            )
        info = replace(
            info,
            id=link_id(candidate.path),
            name=candidate.name,
            path=candidate.path,
            owner=owner,
            repo=candidate.repo,
            sha256=candidate.sha256,
        )
        linked = next((model for model in installed if model.id == info.id), None)
        if linked is not None:
            info = replace(info, trouble=linked.trouble, changed=linked.changed)
        return FoundModel(
            info,
            candidate.files,
            self._fit(info),
            in_use=linked is not None,
            same_as="" if linked is not None else _twin(info, installed),
        )

    def _fit(self, info: ModelInfo) -> Fit:
        try:
            return self._models.fit(info)
        except UserFacingError as error:
            return Fit(FitVerdict.UNKNOWN, info.size_bytes, 0, error.message)


def _twin(info: ModelInfo, installed: Sequence[ModelInfo]) -> str:
    """The name of an installed model with the same hash, or the same size and samples."""
    for model in installed:
        if info.sha256 and model.sha256:
            same = info.sha256 == model.sha256
        else:
            same = (info.format, info.size_bytes) == (model.format, model.size_bytes) and (
                _samples(info) == _samples(model) != b""
            )
        if same:
            return model.name
    return ""


def _samples(model: ModelInfo) -> bytes:
    """Beginning, middle and end of the first file of weights; two of one size differ there."""
    path = model.path
    try:
        if path is not None and path.is_dir():
            path = min(path.glob("model*.safetensors"), default=None)
        if path is None:
            return b""
        size = path.stat().st_size
        found = b""
        with path.open("rb") as stream:
            for at in (0, size // 2, max(size - _SAMPLE_BYTES, 0)):
                stream.seek(at)
                found += stream.read(_SAMPLE_BYTES)
    except OSError:
        return b""
    return found


def _undescribed(candidate: Candidate, owner: str) -> ModelInfo:
    folder = candidate.path.suffix.casefold() != ".gguf" and len(candidate.files) > 1
    return ModelInfo(
        id=link_id(candidate.path),
        name=candidate.name,
        format=ModelFormat.MLX if folder else ModelFormat.GGUF,
        architecture="",
        parameters=0,
        quantization="",
        size_bytes=sum(_size(path) for path in candidate.files),
        context_length=0,
        licence="",
        sha256="",
        tier="small",
        path=candidate.path,
        owner=owner,
        repo=candidate.repo,
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _really(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _share_of(job: Job[int], at: int, count: int, name: str) -> Callable[[float], None]:
    def report(part: float) -> None:
        job.report((at + part) / count, name)

    return report
