"""The attempts of downloads: each on a thread of its own, so many at a time, and watched."""

import contextlib
import threading
import time
from collections.abc import Callable
from functools import partial

from assistant.config.settings import SettingsFile
from assistant.domain.download import DownloadState
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.hub.download import DiskBudget, ModelTransfer, Watch
from assistant.services import download_refusals as refusals
from assistant.services.download_entries import (
    HOLDS_A_PLACE,
    Entry,
    Run,
    join_all,
    still_to_come,
)
from assistant.services.download_list import DownloadList
from assistant.services.download_surroundings import Surroundings, bytes_below

_TICK_S = 0.25
_SLEPT_S = 10.0
_GB = 1_000_000_000


class DownloadRuns:
    """Works on what stands in the list.

    Args:
        downloads: The list.
        settings: How many at a time, and how much of the disk.
        around: The rest.
    """

    def __init__(
        self, downloads: DownloadList, settings: SettingsFile, around: Surroundings
    ) -> None:
        self._list = downloads
        self._settings = settings
        self._around = around
        self._trying = threading.Lock()
        self._installed: list[Callable[[ModelInfo], None]] = []
        self._threads: set[threading.Thread] = set()
        self._ticker: threading.Thread | None = None
        self._closed = threading.Event()
        self.held = False
        """Nothing is begun while it is set; changed under the lock of the list."""

    def on_installed(self, listener: Callable[[ModelInfo], None]) -> None:
        """Calls ``listener``, on any thread, with each model that has become ready."""
        self._installed.append(listener)

    def pump(self) -> None:
        """Starts what may start now."""
        self.begin_next()
        self.attend()

    def begin_next(self) -> None:
        """Starts what has waited longest, as far as there are places."""
        with self._list.lock:
            places = self._settings.current.models.parallel_downloads
            taken = sum(entry.state in HOLDS_A_PLACE for entry in self._list.entries)
            for entry in self._list.entries:
                if taken >= places or self.held or self._closed.is_set():
                    break
                if entry.state is DownloadState.QUEUED:
                    taken += 1
                    self._begin(entry)

    def attend(self) -> None:
        """Watches while something moves, and tells how all stand."""
        with self._list.lock:
            if self._ticker is None and any(e.state.active for e in self._list.entries):
                self._ticker = self._spawn(self._tick, "downloads")
        self._list.tell()

    def stop(self, entry: Entry) -> None:
        """Ends the attempt of one; the caller holds the lock of the list."""
        run, entry.run = entry.run, None
        if run is not None:
            run.cancel.cancel()

    def stop_all(self) -> list[threading.Thread]:
        """Stops all that move, so that they can go on later.

        Returns:
            Their threads, which may still be writing.
        """
        with self._list.lock:
            for entry in self._list.entries:
                if entry.state.active:
                    self.stop(entry)
                    entry.stand(DownloadState.QUEUED)
            return [thread for thread in self._threads if thread is not self._ticker]

    def close(self) -> None:
        """Stops all, and begins nothing more."""
        self._closed.set()
        with self._list.lock:
            jobs = [job for entry in self._list.entries for job in entry.jobs]
            for entry in self._list.entries:
                self.stop(entry)
                entry.jobs = []
            threads = list(self._threads)
        for job in jobs:
            job.fail(Cancelled())
        join_all(threads)

    def _begin(self, entry: Entry) -> None:
        staging, around = self._list.staging, self._around
        budget = DiskBudget(
            staging.root,
            taken=around.taken or (lambda: bytes_below(staging.root.parent)),
            free_up=around.free_up,
            limit=lambda: self._settings.current.models.storage_limit_gb * _GB,
            promised=lambda: still_to_come(self._list.entries, entry),
            spare_bytes=around.spare_bytes,
        )
        transfer = ModelTransfer(entry.order, staging, budget, around.patience)
        run = entry.run = Run(transfer)
        entry.stand(DownloadState.RUNNING)
        entry.pace.begin(time.monotonic(), entry.here)
        run.thread = self._spawn(partial(self._work, entry, run), "download")

    def _spawn(self, work: Callable[[], None], name: str) -> threading.Thread:
        def body() -> None:
            try:
                work()
            finally:
                with self._list.lock:
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
        with self._list.lock:
            if self._list.find(entry.order.id) is None and entry.model is None:
                self._list.staging.discard(entry.order)  # what was written after the cancel
        self.pump()
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
        self.pump()  # its place is free for the next while it is tried
        finish = self._around.finish
        with self._trying:  # one at a time: each takes the memory of a loaded model
            run.cancel.raise_if_cancelled()
            model = finish.check(entry.order, run.cancel)
        with self._list.lock:
            run.cancel.raise_if_cancelled()
            installed = finish.admit(entry.order, model)
            entry.model, entry.run = installed, None
            entry.here = entry.order.size_bytes
            entry.stand(DownloadState.DONE)
            self._list.save()
        return installed

    def _announce(self, entry: Entry, model: ModelInfo) -> None:
        with self._list.lock:
            jobs, entry.jobs = entry.jobs, []
        for listener in tuple(self._installed):
            listener(model)
        for job in jobs:
            job.finish(model)

    def _counted(self, entry: Entry, run: Run, here: int) -> None:
        if entry.run is run:
            entry.here = here

    def _changed(self, entry: Entry, run: Run, state: DownloadState, words: str) -> None:
        with self._list.lock:
            if entry.run is not run or entry.state is state is DownloadState.RUNNING:
                return
            if state is DownloadState.RUNNING:
                entry.pace.begin(time.monotonic(), entry.here)
            entry.stand(state, words)
        self._list.tell()

    def _failed(self, entry: Entry, run: Run, error: UserFacingError) -> None:
        with self._list.lock:
            if entry.run is not run:
                return
            entry.run = None
            entry.here = self._list.staging.here_bytes(entry.order)
            if error.code == "offline":
                entry.send_offline(for_now=self._around.sealed)
                entry.stand(DownloadState.PAUSED, error.message, error.hint)
            else:
                entry.fail(error)
            jobs, entry.jobs = entry.jobs, []
            self._list.save()
        for job in jobs:
            job.fail(error)

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
            with self._list.lock:
                if not any(entry.state.active for entry in self._list.entries):
                    self._ticker = None
                    break
                for entry in self._list.entries:
                    if entry.state is DownloadState.RUNNING:
                        entry.pace.tell(now_s, entry.here)
                runs = [entry.run for entry in self._list.entries if entry.run is not None]
            if wall_s - wall_before_s > _SLEPT_S:
                for run in runs:
                    run.transfer.wake()
                    run.woken.set()
            self._list.tell()
            self._report()

    def _all_offline(self) -> None:
        """The user has switched to working offline: nothing goes on without a new word."""
        with self._list.lock:
            for entry in self._list.entries:
                if entry.state in (*HOLDS_A_PLACE, DownloadState.QUEUED):
                    self.stop(entry)
                    entry.send_offline(for_now=False)
            self._list.save()
        self._list.tell()

    def _report(self) -> None:
        with self._list.lock:
            told = [(job, entry.shown()) for entry in self._list.entries for job in entry.jobs]
        for job, shown in told:
            with contextlib.suppress(Cancelled):
                job.report(shown.fraction, shown.state.value.capitalize())
