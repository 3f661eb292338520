"""What is done for the vault when nobody is waiting: checkpoints, the daily backup, the trash."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assistant.config.settings import SettingsFile
from assistant.domain.clock import Clock
from assistant.services.jobs import Workers

_IDLE_S = 30.0
_BETWEEN_EXAMINATIONS_S = 7 * 86_400.0
_BETWEEN_BACKUPS = timedelta(days=1)
_BETWEEN_CLEARINGS = timedelta(days=1)
_NOTE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Chores:
    """The work itself; every call is made on the store thread.

    Args:
        checkpoint: Moves the write-ahead log into the database.
        newest_backup: When the newest backup was made; None for none.
        back_up: Makes, verifies and thins out backups.
        forget_expired: Forgets chats deleted more than so many days ago.
        examine: Checks every page; raises when something is damaged.
        stamp: A file whose time says when the vault was examined last; beside it lies the note of
            when the trash was looked through.
        free_models: Frees models that were not used for long; called every half minute or so, on
            the upkeep's own thread.
        clear_models: Deletes models that were removed a while ago; called as ``free_models``.
        measure_machine: Measures the machine while nothing else is done; called as ``free_models``.
    """

    checkpoint: Callable[[], None]
    newest_backup: Callable[[], datetime | None]
    back_up: Callable[[], None]
    forget_expired: Callable[[int], None]
    examine: Callable[[], None]
    stamp: Path
    free_models: Callable[[], None] = lambda: None
    clear_models: Callable[[], None] = lambda: None
    measure_machine: Callable[[], None] = lambda: None


class Upkeep:
    """A quiet thread that hands chores to the store thread once it has been idle for 30 s.

    It is stopped before the workers are closed; nothing is begun after that.

    Args:
        workers: The store thread.
        clock: Tells when a day is over.
        settings: Whether backups are made, and how long the trash is kept.
        chores: The work.
        failed: Gets what went wrong; a failed chore is tried again after the next write.
        idle_s: Seconds without a write after which the chores are due.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        settings: SettingsFile,
        chores: Chores,
        failed: Callable[[BaseException], None],
        idle_s: float = _IDLE_S,
    ) -> None:
        self._idle_s = idle_s
        self._workers = workers
        self._clock = clock
        self._settings = settings
        self._chores = chores
        self._failed = failed
        self._stop = threading.Event()
        self._touched_at = time.monotonic()
        self._clean = False
        self._note = chores.stamp.with_name("last-clearing")
        self._thread = threading.Thread(target=self._run, name="upkeep")

    def start(self) -> None:
        """Begins; the trash is seen to first. After ``stop`` it begins nothing."""
        if not self._stop.is_set():
            self._thread.start()

    def touch(self) -> None:
        """Notes that something was written."""
        self._touched_at = time.monotonic()
        self._clean = False

    def stop(self) -> None:
        """Ends the thread; of its chores only what the store has begun is finished."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        if self._settings.current.chat.trash_days == 0:  # nothing is kept, whatever the time
            self._hand_over(lambda: self._chores.forget_expired(0))
        self._clear_trash_if_due()
        while not self._stop.wait(self._seconds_left()):
            self._chores.free_models()
            self._chores.clear_models()
            if time.monotonic() - self._touched_at < self._idle_s:
                continue
            if not self._clean:
                self._clean = True
                self._chores.measure_machine()
                self._hand_over(self._chores.checkpoint, self._back_up_if_due, self._examine_if_due)
            self._clear_trash_if_due()

    def _seconds_left(self) -> float:
        left = self._touched_at + self._idle_s - time.monotonic()
        return max(self._idle_s / 30, left) if not self._clean else self._idle_s

    def _clear_trash_if_due(self) -> None:
        """Also while nobody writes for days; forgetting that fails is tried again a day later.

        What had expired when it was looked through last is forgotten, and nothing by the present
        time alone: a clock that leaps ahead, for whatever reason, is believed a day later.
        """
        now, before = self._clock.now(), self._cleared_at()
        behind = now - before if before is not None else -_BETWEEN_CLEARINGS
        if timedelta() <= behind < _BETWEEN_CLEARINGS:
            return
        if self._note_clearing(now) and behind >= _BETWEEN_CLEARINGS:
            days = self._settings.current.chat.trash_days - (-behind // _BETWEEN_CLEARINGS)
            self._hand_over(lambda: self._chores.forget_expired(days))

    def _cleared_at(self) -> datetime | None:
        try:
            with self._note.open(encoding="ascii") as file:
                noted = datetime.fromisoformat(file.read(_NOTE_BYTES))
        except (OSError, ValueError):
            return None
        return noted if noted.tzinfo is not None else None

    def _note_clearing(self, now: datetime) -> bool:
        """Whether it could be noted; what cannot be is not relied on."""
        try:
            self._note.write_text(now.isoformat(), encoding="ascii")
        except OSError:
            return False
        return True

    def _back_up_if_due(self) -> None:
        if self._settings.current.backup.automatic and self._backup_is_due():
            self._chores.back_up()

    def _examine_if_due(self) -> None:
        if self._examination_is_due():
            # Noted before: an examination that fails is not repeated every 30 seconds.
            self._chores.stamp.touch()
            self._chores.examine()

    def _examination_is_due(self) -> bool:
        try:
            age_s = time.time() - self._chores.stamp.stat().st_mtime
        except OSError:
            return True
        return not 0 <= age_s < _BETWEEN_EXAMINATIONS_S

    def _backup_is_due(self) -> bool:
        newest = self._chores.newest_backup()
        now = self._clock.now()
        # A clock that was set back must not put the next backup off for as long.
        return newest is None or now - newest >= _BETWEEN_BACKUPS or newest > now

    def _hand_over(self, *chores: Callable[[], None]) -> None:
        def work() -> None:
            for chore in chores:
                if self._stop.is_set():  # whoever closes the application need not wait for these
                    return
                chore()

        job = self._workers.on_store(work)
        job.on_done(lambda done: self._failed(done.error) if done.error is not None else None)
