"""Bringing models in, listing them with their fit, and removing them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelInfo
from assistant.domain.split_names import split_set
from assistant.hub.catalogue import Catalogue
from assistant.hub.model_store import ModelStore
from assistant.services.importing import describe, hash_of, stage_and_try
from assistant.services.jobs import Job, Workers
from assistant.services.models import ModelService


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or folder that was not brought in, and why.

    Args:
        name: Of the file or folder.
    """

    name: str
    error: UserFacingError


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of bringing in several files and folders."""

    models: tuple[ModelInfo, ...]
    refused: tuple[Refused, ...]


class InstallingService:
    """Puts models into the store and takes them out.

    Args:
        models: Knows which are loaded.
        store: The files.
        catalogue: The known models.
        workers: Copies and hashes.
    """

    def __init__(
        self, models: ModelService, store: ModelStore, catalogue: Catalogue, workers: Workers
    ) -> None:
        self._room_for: Callable[[int], None] = lambda _: None
        self._models = models
        self._store = store
        self._catalogue = catalogue
        self._workers = workers

    def within(self, room_for: Callable[[int], None]) -> None:
        """Has a limit kept: ``room_for`` raises where so many bytes more are too many."""
        self._room_for = room_for

    def import_path(self, source: Path) -> Job[ModelInfo]:
        """Checks, copies and tries a model; the job gives the installed one.

        Args:
            source: A GGUF file, any part of a split one, or a folder in MLX's format.

        Raises (from the job):
            UserFacingError: It is not a model that can be used here, and why.
        """
        return self._workers.in_pool(lambda job: self._bring_in(source, job))

    def import_all(self, sources: Sequence[Path]) -> Job[Imported]:
        """Brings in several, one after another; one that is refused does not hold up the rest.

        A folder that is no model itself stands for the models that lie directly in it.
        """

        def work(job: Job[Imported]) -> Imported:
            models: list[ModelInfo] = []
            refused: list[Refused] = []
            wanted = models_at(sources)
            for at, source in enumerate(wanted):
                step: Job[ModelInfo] = Job()
                job.cancel_token.watch(step.cancel)
                step.on_progress(_share_of(job, at, wanted))
                try:
                    models.append(self._bring_in(source, step))
                except UserFacingError as error:
                    refused.append(Refused(source.name, error))
                finally:
                    job.cancel_token.unwatch(step.cancel)
            return Imported(tuple(models), tuple(refused))

        return self._workers.in_pool(work)

    def _bring_in(self, source: Path, job: Job[ModelInfo]) -> ModelInfo:
        info = describe(source)
        self._room_for(info.size_bytes)
        staged, hashes = stage_and_try(self._store, source, job, self._catalogue)
        sha256 = hash_of(staged, hashes)
        here = next(
            (m for m in self._store.installed() if m.sha256 == sha256 and not m.owner), None
        )
        if here is not None:  # a second copy could not be told from the first, nor removed
            self._store.discard(staged)
            return here
        known = self._catalogue.by_sha256(sha256)
        named = known or replace(info, sha256=sha256, id=ModelId(f"file-{sha256[:12]}"))
        try:
            if staged.is_dir():
                return self._store.admit_folder(staged, named, hashes)
            return self._store.admit(staged, named)
        except EnvironmentProblem:
            self._store.discard(staged)  # what was copied is still where it came from
            raise

    def listed_with_fit(self) -> Job[list[tuple[ModelInfo, Fit]]]:
        """The installed models, each with whether it fits; reading headers takes a moment."""
        return self._workers.in_pool(
            lambda _: [(model, self.fit_or_why_not(model)) for model in self._store.installed()]
        )

    def fit_or_why_not(self, model: ModelInfo) -> Fit:
        """Whether a model fits; not known where its file went or cannot be read, and why."""
        if model.trouble:
            return Fit(FitVerdict.UNKNOWN, model.size_bytes, 0, model.trouble)
        try:
            return self._models.fit(model)
        except UserFacingError as error:
            return Fit(FitVerdict.UNKNOWN, model.size_bytes, 0, error.message)

    def remove(self, wanted: str, *, for_good: bool = False) -> ModelInfo:
        """Moves a model to the trash, ejecting it first; of one used in place drops the link.

        Args:
            wanted: Its id or name.
            for_good: Delete it at once, where nobody will empty the trash later.

        Raises:
            UserFacingError: It is not installed, or shared by all profiles; it stays loaded.
            EnvironmentProblem: The file cannot be moved.
        """
        model = self._models.find(wanted)
        self._store.require_removable(model)
        self._models.let_go(model)
        self._store.remove(model)
        self._models.drop_default(model)
        if for_good and not model.owner:
            self._store.trash.delete(model.sha256)
        return model

    def remove_in_background(self, wanted: str) -> Job[ModelInfo]:
        """As ``remove``, for a caller that must not wait for the engine."""
        return self._workers.in_pool(lambda _: self.remove(wanted))


def models_at(sources: Iterable[Path]) -> tuple[Path, ...]:
    """What there is to bring in: each model once, whichever of its parts was named."""
    found: dict[Path, None] = {}
    for source in sources:
        for path in _inside(source) if source.is_dir() else [source]:
            found[split_set(path)[0]] = None
    return tuple(found)


def _inside(folder: Path) -> list[Path]:
    """The models that lie directly in a folder, or the folder where it is one itself."""
    try:
        if (folder / "config.json").is_file():
            return [folder]
        inside = sorted(folder.iterdir())
    except OSError:
        return [folder]  # which the import then puts into words
    found = [path for path in inside if path.suffix.casefold() == ".gguf" and path.is_file()]
    return found or [folder]


def _share_of(job: Job[Imported], at: int, sources: Sequence[Path]) -> Callable[[float, str], None]:
    """Reports the progress of one of several as that of all, with its name."""
    count, name = len(sources), sources[at].name
    which = f"{at + 1} of {count}: {name}" if count > 1 else name

    def report(part: float, doing: str) -> None:
        job.report((at + part) / count, f"{which}, {doing[:1].lower()}{doing[1:]}")

    return report
