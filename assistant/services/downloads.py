"""The queue of downloads: in order, some at a time, on from where they were at every start."""

import contextlib
import threading
import time
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path

from assistant.config.settings import SettingsFile
from assistant.domain.download import Download, DownloadId, DownloadOrder, DownloadState
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.hub.download import DiskBudget, ModelTransfer, Staging, Watch
from assistant.hub.download.budget import disk_trouble
from assistant.services import download_refusals as refusals
from assistant.services.download_entries import (
    HOLDS_A_PLACE,
    Entry,
    Run,
    join_all,
    read_finished,
    read_queue,
    still_to_come,
    write_queue,
)
from assistant.services.download_surroundings import Surroundings, bytes_below
from assistant.services.jobs import Job
from assistant.services.window_lock import WindowLock

Listener = Callable[[tuple[Download, ...]], None]

_TICK_S = 0.25
_SLEPT_S = 10.0
_HEAD_START_S = 0.05
_GB = 1_000_000_000


class DownloadService:
    """Downloads models one after another or a few at a time, and remembers them.

    Args:
        staging: Where they lie until they are whole.
        settings: How many at a time, and how much of the disk.
        around: The rest.
    """

    def __init__(self, staging: Staging, settings: SettingsFile, around: Surroundings) -> None:
        self._staging = staging
        self._settings = settings
        self._around = around
        self._lock = threading.RLock()
        self._trying = threading.Lock()
        self._entries: list[Entry] = []
        self._listeners: list[Listener] = []
        self._installed: list[Callable[[ModelInfo], None]] = []
        self._threads: set[threading.Thread] = set()
        self._ticker: threading.Thread | None = None
        self._closed = threading.Event()
        self._begun = False
        self._held = False
        self._place = WindowLock(staging.root / "lock")

    # What there is

    def all(self) -> tuple[Download, ...]:
        """Every download in the order of the queue, those that are done until they are cleared."""
        with self._lock:
            return tuple(entry.shown() for entry in self._entries)

    def needs_leave(self, download_id: DownloadId) -> bool:
        """Whether going on with it takes the user's word, because work is offline."""
        with self._lock:
            entry = self._find(download_id)
            return entry is not None and not entry.allowed and self._around.offline()

    def on_changes(self, listener: Listener) -> None:
        """Calls ``listener``, on any thread, when one changes.

        While nothing but the bytes grow that is four times a second.
        """
        self._listeners.append(listener)

    def on_installed(self, listener: Callable[[ModelInfo], None]) -> None:
        """Calls ``listener``, on any thread, with each model that has become ready."""
        self._installed.append(listener)

    # What the user does

    def start(self) -> None:
        """Reads what was left at the last end, and goes on with what was running then."""
        with self._lock:
            if self._begun or not self._here() or not self._place.take():
                return  # a window and a command do not work on the same files
            self._begun = True
            self._entries += read_finished(self._queue_file, self._around.finish.installed_as)
            entries = read_queue(self._queue_file, self._staging.orders())
            for entry in entries:
                if self._around.finish.installed_already(entry.order) is not None:
                    self._staging.discard(entry.order)  # it ended between the two
                    continue
                entry.here = self._staging.here_bytes(entry.order)
                sealed = self._around.sealed
                if entry.wish == "run" and (
                    sealed or (self._around.offline() and not entry.offline_then)
                ):
                    entry.send_offline(for_now=sealed)
                self._entries.append(entry)
            self._save()
        self._pump()

    def order(self, order: DownloadOrder) -> Download:
        """Puts a model into the queue; one that is there already goes on.

        Calling it is the user's leave to connect for this model, also where work is offline.

        Raises:
            UserFacingError: A name in it cannot be a file's, or it is installed already.
            EnvironmentProblem: It cannot be noted on the disk.
        """
        self.start()
        if not self._here():
            raise refusals.no_folder()
        if not self._begun:
            raise refusals.elsewhere()
        if self._held:
            raise refusals.moving()
        here = self._around.finish.installed_already(order)
        if here is not None:
            raise refusals.already(here)
        with self._lock:
            entry = self._find(order.id)
            if entry is not None and entry.state is DownloadState.DONE:
                self._entries.remove(entry)  # it has been removed from the store since
                entry = None
            if entry is None:
                try:
                    self._staging.begin(order)
                except OSError as error:
                    raise disk_trouble(error) from error
                entry = Entry(order, here=self._staging.here_bytes(order))
                self._entries.append(entry)
        self.resume(order.id)
        with self._lock:
            return entry.shown()

    def fetch(self, order: DownloadOrder) -> Job[ModelInfo]:
        """As ``order``, as a job that gives the installed model; cancelling it pauses.

        Raises:
            UserFacingError: As ``order``.
        """
        job: Job[ModelInfo] = Job()
        self.order(order)
        with self._lock:
            entry = self._find(order.id)
            if entry is None:
                job.fail(Cancelled())
            elif entry.model is not None:
                job.finish(entry.model)
            elif entry.wish != "run":  # it ended before it could be waited for
                job.fail(UserFacingError(entry.detail, entry.hint, code=entry.code))
            else:
                entry.jobs.append(job)
        job.cancel_token.watch(partial(self.pause, order.id))
        return job

    def pause(self, download_id: DownloadId) -> None:
        """Stops it at once; what is here is kept."""
        with self._lock:
            entry = self._find(download_id)
            if entry is None or entry.state in (DownloadState.DONE, DownloadState.FAILED):
                return
            self._stop(entry)
            entry.wish = "pause"
            entry.stand(DownloadState.PAUSED)
            jobs, entry.jobs = entry.jobs, []
            self._save()
        for job in jobs:
            job.fail(Cancelled())
        self._pump()

    def resume(self, download_id: DownloadId) -> None:
        """Goes on with what was paused or has failed; one that waits tries again now.

        It is the user's leave to connect, also where work is offline.
        """
        with self._lock:
            entry = self._find(download_id)
            if entry is None or entry.state is DownloadState.DONE:
                return
            entry.allowed, entry.offline_then = True, self._around.offline()
            entry.wish = "run"
            if entry.run is not None:
                entry.run.woken.set()
            elif not entry.state.active:
                entry.stand(DownloadState.QUEUED)
            self._begin_next()
            run = entry.run
        if run is not None:
            run.under_way.wait(_HEAD_START_S)  # what follows takes the disk, and turns from it
        with self._lock:
            self._save()
        self._attend()

    def cancel(self, download_id: DownloadId) -> None:
        """Takes it out of the queue and off the disk."""
        with self._lock:
            entry = self._find(download_id)
            if entry is None:
                return
            self._entries.remove(entry)
            self._stop(entry)
            jobs, entry.jobs = entry.jobs, []
            if entry.state is not DownloadState.DONE:
                self._staging.discard(entry.order)
            self._save()
        for job in jobs:
            job.fail(Cancelled())
        self._pump()

    def move(self, download_id: DownloadId, to: int) -> None:
        """Gives it another place in the queue; 0 is the first."""
        with self._lock:
            entry = self._find(download_id)
            if entry is None:
                return
            self._entries.remove(entry)
            self._entries.insert(min(max(to, 0), len(self._entries)), entry)
            self._save()
        self._tell()

    def clear_done(self) -> None:
        """Takes those that are done out of the list; the models stay."""
        with self._lock:
            self._entries = [e for e in self._entries if e.state is not DownloadState.DONE]
            self._save()
        self._tell()

    @contextlib.contextmanager
    def held(self, folder: Callable[[], Path]) -> Generator[None]:
        """Stops all for as long as the block lasts; after it they go on from where they were.

        Args:
            folder: Tells where the models lie; it may be another one after the block.

        Raises:
            UserFacingError: Another window or command downloads into the folder.
        """
        self.start()
        if self._here() and not self._begun:
            raise refusals.elsewhere()
        with self._lock:
            self._held = True
            dropped = [entry.order for entry in self._entries]
            for entry in self._entries:
                if entry.state.active:
                    self._stop(entry)
                    entry.stand(DownloadState.QUEUED)
            threads = [t for t in self._threads if t is not self._ticker]
        self._tell()
        try:
            join_all(threads)
            yield
        finally:
            self._go_on(folder() / "downloads", dropped)

    def _go_on(self, root: Path, before: Sequence[DownloadOrder]) -> None:
        """From now on in this folder; what was given up meanwhile is given up there too."""
        with self._lock:
            self._held = False
            if root != self._staging.root:
                self._staging.root = root
                old, self._place = self._place, WindowLock(root / "lock")
                if self._begun:
                    self._place.take()
                old.release()
                for order in before:
                    if self._find(order.id) is None:
                        self._staging.discard(order)
            if self._begun:
                self._save()
        self._pump()

    def close(self) -> None:
        """Stops all; what ran goes on at the next start."""
        self._closed.set()
        with self._lock:
            jobs = [job for entry in self._entries for job in entry.jobs]
            for entry in self._entries:
                self._stop(entry)
                entry.jobs = []
            threads = list(self._threads)
        for job in jobs:
            job.fail(Cancelled())
        join_all(threads)
        self._place.release()

    # How it is done

    def _here(self) -> bool:
        """Whether the disk is; a folder that is made in its place would fill another one."""
        return self._staging.root.parent.is_dir()

    @property
    def _queue_file(self) -> Path:
        return self._staging.root / "queue.json"

    def _find(self, download_id: DownloadId) -> Entry | None:
        return next((e for e in self._entries if e.order.id == download_id), None)

    def _save(self) -> None:
        # Where the disk takes nothing more, the orders themselves still lie there.
        with contextlib.suppress(OSError):
            write_queue(self._queue_file, self._entries)

    def _stop(self, entry: Entry) -> None:
        run, entry.run = entry.run, None
        if run is not None:
            run.cancel.cancel()

    def _pump(self) -> None:
        """Starts what may start now."""
        self._begin_next()
        self._attend()

    def _begin_next(self) -> None:
        with self._lock:
            places = self._settings.current.models.parallel_downloads
            taken = sum(entry.state in HOLDS_A_PLACE for entry in self._entries)
            for entry in self._entries:
                if taken >= places or self._held or self._closed.is_set():
                    break
                if entry.state is DownloadState.QUEUED:
                    taken += 1
                    self._begin(entry)

    def _attend(self) -> None:
        with self._lock:
            if self._ticker is None and any(e.state.active for e in self._entries):
                self._ticker = self._spawn(self._tick, "downloads")
        self._tell()

    def _begin(self, entry: Entry) -> None:
        budget = DiskBudget(
            self._staging.root,
            taken=self._around.taken or (lambda: bytes_below(self._staging.root.parent)),
            free_up=self._around.free_up,
            limit=lambda: self._settings.current.models.storage_limit_gb * _GB,
            promised=lambda: still_to_come(self._entries, entry),
            spare_bytes=self._around.spare_bytes,
        )
        transfer = ModelTransfer(entry.order, self._staging, budget, self._around.patience)
        run = entry.run = Run(transfer)
        entry.stand(DownloadState.RUNNING)
        entry.pace.begin(time.monotonic(), entry.here)
        run.thread = self._spawn(partial(self._work, entry, run), "download")

    def _spawn(self, work: Callable[[], None], name: str) -> threading.Thread:
        def body() -> None:
            try:
                work()
            finally:
                with self._lock:
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=body, name=name, daemon=True)
        self._threads.add(thread)
        thread.start()
        return thread

    def _work(self, entry: Entry, run: Run) -> None:
        """One attempt from its beginning to its end; the edge at which errors become words."""
        model: ModelInfo | None = None
        try:
            model = self._bring(entry, run)
        except Cancelled:
            pass
        except UserFacingError as error:
            self._failed(entry, run, error)
        except Exception as error:  # noqa: BLE001 - the edge of this thread: it is told on
            self._around.on_bug(error)
            self._failed(entry, run, refusals.unforeseen())
        finally:
            run.under_way.set()  # or never will be; nobody need wait for it
        with self._lock:
            if self._find(entry.order.id) is None and entry.model is None:
                self._staging.discard(entry.order)  # what was written after the cancel
        self._pump()
        if model is not None:
            self._announce(entry, model)

    def _bring(self, entry: Entry, run: Run) -> ModelInfo:
        watch = Watch(
            run.cancel,
            partial(self._counted, entry, run),
            partial(self._changed, entry, run),
            run.woken,
            run.under_way,
        )
        with self._around.connect(entry.order.model.name, entry.allowed) as link:
            run.transfer.run(link, watch)
        self._changed(entry, run, DownloadState.TRYING, "")
        self._pump()  # its place is free for the next while it is tried
        finish = self._around.finish
        with self._trying:  # one at a time: each takes the memory of a loaded model
            run.cancel.raise_if_cancelled()
            model = finish.check(entry.order, run.cancel)
        with self._lock:
            run.cancel.raise_if_cancelled()
            installed = finish.admit(entry.order, model)
            entry.model, entry.run = installed, None
            entry.here = entry.order.size_bytes
            entry.stand(DownloadState.DONE)
            self._save()
        return installed

    def _announce(self, entry: Entry, model: ModelInfo) -> None:
        with self._lock:
            jobs, entry.jobs = entry.jobs, []
        for listener in tuple(self._installed):
            listener(model)
        for job in jobs:
            job.finish(model)

    def _counted(self, entry: Entry, run: Run, here: int) -> None:
        if entry.run is run:
            entry.here = here

    def _changed(self, entry: Entry, run: Run, state: DownloadState, words: str) -> None:
        with self._lock:
            if entry.run is not run or entry.state is state is DownloadState.RUNNING:
                return
            if state is DownloadState.RUNNING:
                entry.pace.begin(time.monotonic(), entry.here)
            entry.stand(state, words)
        self._tell()

    def _failed(self, entry: Entry, run: Run, error: UserFacingError) -> None:
        with self._lock:
            if entry.run is not run:
                return
            entry.run = None
            entry.here = self._staging.here_bytes(entry.order)
            if error.code == "offline":
                entry.send_offline(for_now=self._around.sealed)
                entry.stand(DownloadState.PAUSED, error.message, error.hint)
            else:
                entry.fail(error)
            jobs, entry.jobs = entry.jobs, []
            self._save()
        for job in jobs:
            job.fail(error)

    def _tell(self) -> None:
        shown = self.all()
        for listener in tuple(self._listeners):
            listener(shown)

    def _tick(self) -> None:
        """While something moves: measures, tells, and notices that the machine has slept."""
        wall_s = time.time()
        was_offline = self._around.offline()
        while not self._closed.wait(_TICK_S):
            now_s, wall_before_s, wall_s = time.monotonic(), wall_s, time.time()
            offline = self._around.offline()
            if offline and not was_offline:
                self._all_offline()
            was_offline = offline
            with self._lock:
                if not any(entry.state.active for entry in self._entries):
                    self._ticker = None
                    break
                for entry in self._entries:
                    if entry.state is DownloadState.RUNNING:
                        entry.pace.tell(now_s, entry.here)
                runs = [entry.run for entry in self._entries if entry.run is not None]
            if wall_s - wall_before_s > _SLEPT_S:
                for run in runs:
                    run.transfer.wake()
                    run.woken.set()
            self._tell()
            self._report()

    def _all_offline(self) -> None:
        """The user has switched to working offline: nothing goes on without a new word."""
        with self._lock:
            for entry in self._entries:
                if entry.state in (*HOLDS_A_PLACE, DownloadState.QUEUED):
                    self._stop(entry)
                    entry.send_offline(for_now=False)
            self._save()
        self._tell()

    def _report(self) -> None:
        with self._lock:
            told = [(job, entry.shown()) for entry in self._entries for job in entry.jobs]
        for job, shown in told:
            with contextlib.suppress(Cancelled):
                job.report(shown.fraction, shown.state.value.capitalize())
