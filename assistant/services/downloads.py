"""The queue of downloads: in order, some at a time, on from where they were at every start."""

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path

from assistant.config.settings import SettingsFile
from assistant.domain.download import Download, DownloadId, DownloadOrder, DownloadState
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.hub.download import Staging
from assistant.hub.download.budget import disk_trouble
from assistant.services import download_refusals as refusals
from assistant.services.download_entries import Entry, join_all, read_finished, read_queue
from assistant.services.download_list import DownloadList, Listener
from assistant.services.download_runs import DownloadRuns
from assistant.services.download_surroundings import Surroundings
from assistant.services.jobs import Job
from assistant.services.window_lock import WindowLock

_HEAD_START_S = 0.05
_INSTANT_S = 0.02


class DownloadService:
    """Downloads models one after another or a few at a time, and remembers them.

    Args:
        staging: Where they lie until they are whole.
        settings: How many at a time, and how much of the disk.
        around: The rest.
    """

    def __init__(self, staging: Staging, settings: SettingsFile, around: Surroundings) -> None:
        self._around = around
        self._list = DownloadList(staging)
        self._runs = DownloadRuns(self._list, settings, around)
        self._begun = False
        self._place = WindowLock(staging.root / "lock")

    # What there is

    def all(self) -> tuple[Download, ...]:
        """Every download in the order of the queue, those that are done until they are cleared."""
        return self._list.all()

    def needs_leave(self, download_id: DownloadId) -> bool:
        """Whether going on with it takes the user's word, because work is offline."""
        with self._list.lock:
            entry = self._list.find(download_id)
            return entry is not None and not entry.allowed and self._around.offline()

    def on_changes(self, listener: Listener) -> None:
        """Calls ``listener``, on any thread, when one changes.

        While nothing but the bytes grow that is four times a second.
        """
        self._list.on_changes(listener)

    def on_installed(self, listener: Callable[[ModelInfo], None]) -> None:
        """Calls ``listener``, on any thread, with each model that has become ready."""
        self._runs.on_installed(listener)

    # What the user does

    def peek(self) -> tuple[Download, ...]:
        """Every download as the disk tells of it, also while somebody else works on them."""
        if self._begun:
            return self.all()
        entries = [*read_finished(self._list.file, self._around.finish.installed_as)]
        entries += read_queue(self._list.file, self._list.staging.orders(tidy=False))
        elsewhere = self._worked_on_elsewhere() if entries else False
        for entry in entries:
            entry.here = entry.here or self._list.staging.here_bytes(entry.order)
            if elsewhere and entry.state is DownloadState.QUEUED:
                entry.detail = "Another window or command of Lamplight sees to it."
        return tuple(entry.shown() for entry in entries)

    def _worked_on_elsewhere(self) -> bool:
        if not self._list.disk_is_here:
            return False
        taken = self._place.take()
        self._place.release()
        return not taken

    def _take_place(self) -> bool:
        """Once more a moment later: whoever only looks at the list has it for an instant."""
        if self._place.take():
            return True
        time.sleep(_INSTANT_S)
        return self._place.take()

    def rest(self) -> None:
        """As ``start``, and goes on with nothing: for whoever only looks, or puts things away.

        Raises:
            UserFacingError: Another window or command downloads.
        """
        self._runs.held = True
        self.start()
        if self._list.disk_is_here and not self._begun:
            raise refusals.elsewhere()

    def start(self) -> None:
        """Reads what was left at the last end, and goes on with what was running then."""
        with self._list.lock:
            if self._begun or not self._list.disk_is_here or not self._take_place():
                return  # a window and a command do not work on the same files
            self._begun = True
            self._list.entries += read_finished(self._list.file, self._around.finish.installed_as)
            entries = read_queue(self._list.file, self._list.staging.orders())
            for entry in entries:
                if self._around.finish.installed_already(entry.order) is not None:
                    self._list.staging.discard(entry.order)  # it ended between the two
                    continue
                entry.here = self._list.staging.here_bytes(entry.order)
                sealed = self._around.sealed
                if entry.wish == "run" and (
                    sealed or (self._around.offline() and not entry.offline_then)
                ):
                    entry.send_offline(for_now=sealed)
                self._list.entries.append(entry)
            self._list.save()
        self._runs.pump()

    def order(self, order: DownloadOrder) -> Download:
        """Puts a model into the queue; one that is there already goes on.

        Calling it is the user's leave to connect for this model, also where work is offline.

        Raises:
            UserFacingError: A name in it cannot be a file's, or it is installed already.
            EnvironmentProblem: It cannot be noted on the disk.
        """
        self.start()
        if not self._list.disk_is_here:
            raise refusals.no_folder()
        if not self._begun:
            raise refusals.elsewhere()
        if self._runs.held:
            raise refusals.moving()
        here = self._around.finish.installed_already(order)
        if here is not None:
            raise refusals.already(here)
        with self._list.lock:
            entry = self._list.find(order.id)
            if entry is not None and entry.state is DownloadState.DONE:
                self._list.entries.remove(entry)  # it has been removed from the store since
                entry = None
            if entry is None:
                try:
                    self._list.staging.begin(order)
                except OSError as error:
                    raise disk_trouble(error) from error
                entry = Entry(order, here=self._list.staging.here_bytes(order))
                self._list.entries.append(entry)
        self.resume(order.id)
        with self._list.lock:
            return entry.shown()

    def fetch(self, order: DownloadOrder) -> Job[ModelInfo]:
        """As ``order``, as a job that gives the installed model; cancelling it pauses.

        Raises:
            UserFacingError: As ``order``.
        """
        job: Job[ModelInfo] = Job()
        self.order(order)
        with self._list.lock:
            entry = self._list.find(order.id)
            if entry is None:
                job.fail(Cancelled())
            elif entry.model is not None:
                job.finish(entry.model)
            elif entry.wish != "run":  # it ended before it could be waited for
                job.fail(entry.failure or UserFacingError(entry.detail, entry.hint))
            else:
                entry.jobs.append(job)
        job.cancel_token.watch(partial(self.pause, order.id))
        return job

    def pause(self, download_id: DownloadId) -> None:
        """Stops it at once; what is here is kept."""
        with self._list.lock:
            entry = self._list.find(download_id)
            if entry is None or entry.state in (DownloadState.DONE, DownloadState.FAILED):
                return
            self._runs.stop(entry)
            entry.wish = "pause"
            entry.stand(DownloadState.PAUSED)
            jobs, entry.jobs = entry.jobs, []
            self._list.save()
        for job in jobs:
            job.fail(Cancelled())
        self._runs.pump()

    def resume(self, download_id: DownloadId) -> None:
        """Goes on with what was paused or has failed; one that waits tries again now.

        It is the user's leave to connect, also where work is offline.
        """
        with self._list.lock:
            entry = self._list.find(download_id)
            if entry is None or entry.state is DownloadState.DONE:
                return
            entry.allowed, entry.offline_then = True, self._around.offline()
            entry.wish = "run"
            if entry.run is not None:
                entry.run.woken.set()
            elif not entry.state.active:
                entry.stand(DownloadState.QUEUED)
            self._runs.begin_next()
            run = entry.run
        if run is not None:
            run.under_way.wait(_HEAD_START_S)  # what follows takes the disk, and turns from it
        with self._list.lock:
            self._list.save()
        self._runs.attend()

    def cancel(self, download_id: DownloadId) -> None:
        """Takes it out of the queue and off the disk."""
        with self._list.lock:
            entry = self._list.find(download_id)
            if entry is None:
                return
            self._list.entries.remove(entry)
            self._runs.stop(entry)
            jobs, entry.jobs = entry.jobs, []
            if entry.state is not DownloadState.DONE:
                self._list.staging.discard(entry.order)
            self._list.save()
        for job in jobs:
            job.fail(Cancelled())
        self._runs.pump()

    def move(self, download_id: DownloadId, to: int) -> None:
        """Gives it another place in the queue; 0 is the first."""
        with self._list.lock:
            entry = self._list.find(download_id)
            if entry is None:
                return
            self._list.entries.remove(entry)
            self._list.entries.insert(min(max(to, 0), len(self._list.entries)), entry)
            self._list.save()
        self._list.tell()

    def clear_done(self) -> None:
        """Takes those that are done out of the list; the models stay."""
        with self._list.lock:
            self._list.entries = [
                e for e in self._list.entries if e.state is not DownloadState.DONE
            ]
            self._list.save()
        self._list.tell()

    @contextlib.contextmanager
    def held(self, folder: Callable[[], Path]) -> Generator[None]:
        """Stops all for as long as the block lasts; after it they go on from where they were.

        Args:
            folder: Tells where the models lie; it may be another one after the block.

        Raises:
            UserFacingError: Another window or command downloads into the folder.
        """
        self.start()
        if self._list.disk_is_here and not self._begun:
            raise refusals.elsewhere()
        with self._list.lock:
            self._runs.held = True
            dropped = [entry.order for entry in self._list.entries]
            threads = self._runs.stop_all()
        self._list.tell()
        try:
            join_all(threads)
            yield
        finally:
            self._go_on(folder() / "downloads", dropped)

    def _go_on(self, root: Path, before: Sequence[DownloadOrder]) -> None:
        """From now on in this folder; what was given up meanwhile is given up there too."""
        with self._list.lock:
            self._runs.held = False
            if root != self._list.staging.root:
                self._list.staging.root = root
                old, self._place = self._place, WindowLock(root / "lock")
                if self._begun:
                    self._place.take()
                old.release()
                for order in before:
                    if self._list.find(order.id) is None:
                        self._list.staging.discard(order)
            if self._begun:
                self._list.save()
        self._runs.pump()

    def close(self) -> None:
        """Stops all; what ran goes on at the next start."""
        self._runs.close()
        self._place.release()
