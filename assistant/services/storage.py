"""What models take of the disk: seen, removed and put back, checked, and moved to another disk."""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.config.settings import SettingsFile
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.ids import ModelId
from assistant.domain.model import ModelInfo, ModelState, ModelStatus
from assistant.domain.sizes import size_words
from assistant.hub.in_place import Link
from assistant.hub.model_store import ModelStore
from assistant.hub.store_move import Copied, StoreMove, begun, planned, to_finish
from assistant.hub.trash import tree_bytes
from assistant.services.installing import InstallingService
from assistant.services.jobs import Job, Workers
from assistant.services.last_used import LastUsed
from assistant.services.models import ModelService
from assistant.services.roles import RoleAssignment
from assistant.services.verifying import Verified, verify

_GIGABYTE = 1_000_000_000
_KEPT_S = 15 * 60.0
"""For how long what was removed can be put back; until the next start at most."""


Held = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class StoredModel:
    """One model and what it takes.

    Args:
        own_bytes: In this profile's folder: 0 of one that is shared or used in place.
        last_used: None of one that never was.
    """

    info: ModelInfo
    own_bytes: int
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class Storage:
    """The disk as models see it.

    Args:
        folder: Where the profile's own models lie.
        models: The largest first.
        unfinished_bytes: Of downloads that are not done.
        trash_bytes: Of models that can still be put back.
        free_bytes: Of the disk; 0 where it is not connected.
        limit_bytes: What models may take together; 0 for no limit.
        aside_bytes: Of broken models that were set aside.
        moving_to: Where a move was begun to that did not come to its end; None where none was.
    """

    folder: Path
    models: tuple[StoredModel, ...]
    unfinished_bytes: int
    trash_bytes: int
    free_bytes: int
    limit_bytes: int
    aside_bytes: int = 0
    moving_to: Path | None = None

    @property
    def used_bytes(self) -> int:
        """All together."""
        own = sum(model.own_bytes for model in self.models)
        return own + self.unfinished_bytes + self.trash_bytes + self.aside_bytes


@dataclass(frozen=True, slots=True)
class Removed:
    """A model that can be put back.

    Args:
        link: Of one that was used in place; None of one of our own.
        was_default: It answered new chats.
        passed_on: The roles that it had, and what serves them now.
    """

    model: ModelInfo
    link: Link | None
    was_default: bool
    passed_on: tuple[RoleAssignment, ...] = ()


class StorageService:
    """Sees to the space that models take.

    Args:
        models: Which of them are loaded.
        installing: Removes them.
        store: The files.
        settings: The limit, and where they lie.
        workers: Do what takes long.
        last_used: Keeps when each was used.
    """

    def __init__(
        self,
        models: ModelService,
        installing: InstallingService,
        store: ModelStore,
        settings: SettingsFile,
        workers: Workers,
        last_used: LastUsed,
    ) -> None:
        self._models = models
        self._installing = installing
        self._store = store
        self._settings = settings
        self._workers = workers
        self._last_used = last_used
        self._held: Held = contextlib.nullcontext
        self._roles: Callable[[], tuple[RoleAssignment, ...]] = tuple
        installing.within(self._assert_allowed)
        models.on_status(self._on_status)
        models.on_busy(self._on_busy)

    def with_downloads(self, held: Held) -> None:
        """Takes downloads into account.

        Args:
            held: Within it none writes; after it they go on in the folder that the store has then.
        """
        self._held = held

    def with_roles(self, assigned: Callable[[], tuple[RoleAssignment, ...]]) -> None:
        """Takes note of what the roles of a removed model pass to.

        Args:
            assigned: Every role and what serves it now; from any thread.
        """
        self._roles = assigned

    def start(self) -> None:
        """Does what an earlier run left: empties the trash, and a folder that was moved away."""
        self._workers.in_pool(lambda _: self._tidy())

    def _tidy(self) -> None:
        self._store.trash.empty()
        move = to_finish(self._store.folder)
        if move is not None:
            move.finish()

    # What there is

    def read(self) -> Job[Storage]:
        """What each model takes; looks at the disk."""
        return self._workers.in_pool(lambda _: self.read_now())

    def read_now(self) -> Storage:
        """As ``read``, for a caller that may wait."""
        folder = self._store.folder
        models = [
            StoredModel(info, self._own_bytes(info), self._last_used.of(info.id))
            for info in self._store.installed()
        ]
        models.sort(key=lambda model: (-model.own_bytes, model.info.name))
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            free = 0
        return Storage(
            folder,
            tuple(models),
            _unfinished_bytes(folder / "downloads"),
            self._store.trash.size_bytes(),
            free,
            self._settings.current.models.storage_limit_gb * _GIGABYTE,
            self._store.aside_bytes(),
            self.pending_move(),
        )

    def _own_bytes(self, model: ModelInfo) -> int:
        if model.path is None or model.shared or model.owner:
            return 0
        lone = model.path.parent == self._store.folder
        return tree_bytes(model.path if lone else model.path.parent)

    def counted_bytes(self) -> int:
        """What counts against the limit: all but what was removed, which makes room as needed."""
        return tree_bytes(self._store.folder) - self._store.trash.size_bytes()

    def _assert_allowed(self, more_bytes: int) -> None:
        limit = self._settings.current.models.storage_limit_gb * _GIGABYTE
        over = self.counted_bytes() + more_bytes - limit if limit else 0
        if over > 0:
            raise EnvironmentProblem(
                f"With this model, models take {size_words(over)} more than the "
                f"{size_words(limit)} allowed.",
                "Remove a model, allow more under Settings, Models, or keep the file where it is "
                "and choose “A folder” under Models to use it in place.",
                code="storage_limit",
            )

    def make_room(self) -> None:
        """Deletes for good what can still be put back: the room is needed."""
        with contextlib.suppress(OSError):  # then there is too little room, which is said
            self._store.trash.empty()

    def set_limit(self, gigabytes: int) -> Job[None]:
        """What models may take together from now on; 0 for no limit."""

        def work() -> None:
            self._settings.update("models", storage_limit_gb=gigabytes)

        return self._workers.on_store(work)

    # Removing and putting back

    def remove(self, wanted: str) -> Job[Removed]:
        """Removes a model so that it can be put back for a quarter of an hour."""

        def work(_: Job[Removed]) -> Removed:
            model = self._models.find(wanted)
            link = self._store.in_place.link_of(model.id) if model.owner else None
            before = self._settings.current.models.default_model
            had = {row.role for row in self._roles() if row.model and row.model.id == model.id}
            self._installing.remove(wanted)
            passed_on = tuple(row for row in self._roles() if row.role in had)
            was_default = before != self._settings.current.models.default_model
            return Removed(model, link, was_default, passed_on)

        return self._workers.in_pool(work)

    def undo(self, removed: Removed) -> Job[ModelInfo]:
        """Puts a removed model back, and makes it the default again if it was that.

        Raises (from the job):
            UserFacingError: It is gone for good.
            EnvironmentProblem: It cannot be moved.
        """

        def work(_: Job[ModelInfo]) -> ModelInfo:
            model = removed.model
            try:
                if removed.link is not None:
                    self._store.in_place.put_back(removed.link)
                elif not self._store.trash.restore(model.sha256):
                    raise _gone(model)
            except OSError as error:
                raise EnvironmentProblem(
                    f"{model.name} could not be put back.",
                    "Check that the disk is connected and has room.",
                    code="model_not_put_back",
                ) from error
            if removed.was_default and not self._settings.current.models.default_model:
                self._settings.update("models", default_model=str(model.id))
            return model

        return self._workers.in_pool(work)

    def empty_trash(self) -> Job[None]:
        """Deletes removed models for good."""
        return self._workers.in_pool(lambda _: self._store.trash.empty())

    def clear_trash(self) -> None:
        """Deletes for good what was removed a while ago; looks at a few files only."""
        with contextlib.suppress(OSError):  # what cannot be moved now is tried again soon
            self._store.trash.clear(_KEPT_S)

    def delete_broken(self) -> Job[None]:
        """Deletes broken models that were set aside for good."""
        return self._workers.in_pool(lambda _: self._store.delete_aside())

    # Checking

    def verify(self, ids: Sequence[ModelId] = ()) -> Job[tuple[Verified, ...]]:
        """Reads models again and compares them with their hashes; broken ones are set aside.

        Args:
            ids: Which; empty takes all.
        """

        def work(job: Job[tuple[Verified, ...]]) -> tuple[Verified, ...]:
            wanted = [m for m in self._store.installed() if not ids or m.id in ids]
            found = verify(self._store, wanted, job.report)
            for each in found:
                if each.broken and not each.model.shared and not each.model.owner:
                    self._models.let_go(each.model)
                    self._store.set_aside(each.model)
                    self._models.drop_default(each.model)
            return found

        return self._workers.in_pool(work)

    # Moving

    def pending_move(self) -> Path | None:
        """The folder to which a move was begun that did not come to its end."""
        move = begun(self._store.folder)
        return move.target if move is not None else None

    def move(self, chosen: Path) -> Job[Path]:
        """Moves the store to another folder; models are freed only when all is copied.

        Downloads run meanwhile, are held for the last step, and go on in the new folder.
        Cancelling it puts all back. After an end in the middle, calling it again goes on.

        Raises (from the job):
            UserFacingError: The folder will not do, or another window downloads into the old one.
            EnvironmentProblem: It cannot be written to, or is too small; nothing was moved.
        """

        def work(job: Job[Path]) -> Path:
            move = planned(self._store.folder, chosen)
            copied: Copied = {}
            try:
                move.copy(lambda part, doing: job.report(part * 0.9, doing), copied)
                with self._held():
                    self._change_over(move, job, copied)
            except BaseException:
                if self._store.folder != move.target:
                    move.give_up()
                raise
            move.finish()
            return move.target

        return self._workers.in_pool(work)

    def _change_over(self, move: StoreMove, job: Job[Path], copied: Copied) -> None:
        for model in self._store.installed():
            if not model.shared and not model.owner:
                self._models.let_go(model)
        # What came or went meanwhile; from here on nothing does.
        move.copy(lambda part, _: job.report(0.9 + part * 0.09, "Changing over"), copied)
        move.announce()
        self._settings.update("models", folder=str(move.target))
        self._store.switch(move.target)

    def give_up_move(self) -> Job[None]:
        """Takes back a move that was begun in an earlier run."""

        def work(_: Job[None]) -> None:
            move = begun(self._store.folder)
            if move is not None:
                move.give_up()

        return self._workers.in_pool(work)

    # Rows for the doctor

    def checks(self) -> list[Check]:
        """What the doctor says of the space, the disk and a move that was not ended."""
        folder = self._store.folder
        if not folder.is_dir():
            way = "Connect the disk, or choose another folder in the settings."
            words = f"The folder of the models, {folder}, is not there."
            return [Check("Model storage", CheckState.PROBLEM, words, way)]
        now = self.read_now()
        words = f"{size_words(now.used_bytes)} in {folder}."
        checks = [Check("Model storage", CheckState.OK, words)]
        if now.limit_bytes and now.used_bytes > now.limit_bytes:
            words = f"Models take {size_words(now.used_bytes)} of "
            words += f"{size_words(now.limit_bytes)} allowed."
            checks.append(
                Check("Model space", CheckState.NOTE, words, "Remove one, or allow more.")
            )
        if self.pending_move() is not None:
            words = "Moving the models was begun and not ended; they are where they were."
            checks.append(
                Check("Model move", CheckState.NOTE, words, "Go on, or take it back, under Models.")
            )
        for model in now.models:
            if model.info.trouble:
                name = f"Model {model.info.name}"
                way = "Use it as it is now under Models, or remove it."
                checks.append(Check(name, CheckState.NOTE, model.info.trouble, way))
        return checks

    def _on_status(self, status: ModelStatus) -> None:
        if status.model is not None and status.state is ModelState.READY:
            self._last_used.note(status.model.id)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a listener
        if busy:
            self._on_status(self._models.status)


def _unfinished_bytes(downloads: Path) -> int:
    """Of the downloads alone: each has a folder, beside which the queue keeps its own files."""
    try:
        return sum(tree_bytes(path) for path in downloads.iterdir() if path.is_dir())
    except OSError:
        return 0  # there is none yet


def _gone(model: ModelInfo) -> UserFacingError:
    return UserFacingError(
        f"{model.name} was deleted for good.",
        "Import it or download it again.",
        code="model_not_installed",
    )
