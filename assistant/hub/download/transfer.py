"""One file: fetched from where it broke off, as often as it takes, and checked from the disk."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from assistant.domain.cancel import CancelToken
from assistant.domain.download import DownloadState
from assistant.domain.errors import UserFacingError
from assistant.domain.hub import HubFile
from assistant.hub.download.answers import (
    HubLink,
    LostError,
    WrongContentError,
    bytes_to_skip,
)
from assistant.hub.download.budget import DiskBudget, disk_trouble
from assistant.hub.download.follower import Hashes, HashFollower
from assistant.hub.download.stepping_back import step_back
from assistant.hub.download.wire import Wire

if TYPE_CHECKING:
    import httpx2

_LOOK_AT_DISK_EVERY_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Patience:
    """How lost connections are met.

    Args:
        first_s: Wait before the second try; it doubles with each that brings no byte.
        longest_s: No wait is longer, unless the server asks for it.
        refusals: So many refusals of a server in a row are an answer.
    """

    first_s: float = 1.0
    longest_s: float = 60.0
    refusals: int = 8

    def wait_s(self, failures: int) -> float:
        """Before the next try, after so many in a row that brought nothing."""
        wait = min(self.first_s * 2 ** min(failures, 16), self.longest_s)
        return wait * random.uniform(0.75, 1.0)  # noqa: S311 - spreads tries, guards nothing


@dataclass(frozen=True, slots=True)
class Watch:
    """Who asked for a download, and is told how it goes; called on its thread.

    Args:
        on_bytes: Bytes of the whole model that are on the disk.
        on_state: A new state and why, as a sentence.
        woken: Set to have it try again at once, such as when the machine has slept.
        under_way: Set once the first byte is here, or it is clear that it has to be waited for;
            what can wait is done after that.
    """

    cancel: CancelToken
    on_bytes: Callable[[int], None]
    on_state: Callable[[DownloadState, str], None]
    woken: threading.Event
    under_way: threading.Event = field(default_factory=threading.Event)


class FileTransfer:
    """Fetches one file of a model.

    Args:
        link: The way to the Hub.
        place: ``owner/name`` and the commit.
        file: As the Hub has it on record.
        part: Where it is gathered; what lies there already is gone on with.
        budget: Of the disk.
        patience: With the network.
    """

    def __init__(
        self,
        link: HubLink,
        place: tuple[str, str],
        file: HubFile,
        part: Path,
        budget: DiskBudget,
        patience: Patience,
    ) -> None:
        self._link = link
        self._address = link.address(*place, file.name)
        self._commit = place[1]
        self._page = f"{link.endpoint}/{place[0]}"
        self._file = file
        self._part = part
        self._budget = budget
        self._patience = patience
        self._wire = Wire()
        self._patched = False  # what is here was not brought by one answer

    def run(self, watch: Watch) -> Hashes:
        """Fetches what is missing and checks all of it.

        Returns:
            The hashes of what is on the disk, which are those on record.

        Raises:
            Cancelled: It was; what is here is kept.
            UserFacingError: It is refused, or is not what the Hub has on record.
            EnvironmentProblem: The disk is full or broken; what is here is kept.
        """
        watch.cancel.watch(self._wire.end)
        try:
            try:
                return self._once(watch)
            except WrongContentError:
                if not self._patched:
                    raise
                # What a power cut left, or two servers that differ: once more, from 0.
                self._part.unlink(missing_ok=True)
                watch.cancel.raise_if_cancelled()
                return self._once(watch)
        except WrongContentError as error:
            self._part.unlink(missing_ok=True)
            raise self._wrong(str(error)) from error
        except OSError as error:
            raise disk_trouble(error) from error
        finally:
            watch.cancel.unwatch(self._wire.end)

    def wake(self) -> None:
        """Has a connection that may be dead be made anew."""
        self._wire.cut()

    def _wrong(self, words: str) -> UserFacingError:
        name = self._file.name.rpartition("/")[2]
        return UserFacingError(
            f"{name} is not the file that the Hub has on record. {words}",
            "Nothing of it is kept. Try again; if it fails again, choose another model.",
            code="hash_mismatch",
        )

    def _once(self, watch: Watch) -> Hashes:
        size = self._file.size_bytes
        written = self._begin()
        self._patched = written > 0
        watch.on_bytes(written)
        with HashFollower(self._part, size, written) as follower:
            watch.cancel.watch(follower.stop)
            try:
                if written < size:
                    with self._part.open("r+b", buffering=0) as stream:
                        stream.seek(written)
                        self._persist(
                            watch, _Writer(stream, written, follower, watch, self._budget)
                        )
                watch.on_state(DownloadState.CHECKING, "")
                hashes = follower.finish()
            finally:
                watch.cancel.unwatch(follower.stop)
        watch.cancel.raise_if_cancelled()
        if hashes is None:
            raise WrongContentError("It could not be read to its end.")
        self._check(hashes)
        return hashes

    def _begin(self) -> int:
        """Makes the file if there is none; bytes that are here."""
        if not self._part.exists():
            self._part.touch(mode=0o600)
        written = self._part.stat().st_size
        if written > self._file.size_bytes:
            self._part.unlink()
            self._part.touch(mode=0o600)
            written = 0
        return written

    def _check(self, hashes: Hashes) -> None:
        file = self._file
        if file.sha256:
            same = hashes.sha256 == file.sha256
        else:
            same = bool(file.git_sha1) and hashes.git_sha1 == file.git_sha1
        if not same:
            raise WrongContentError("Its bytes have another hash.")

    def _persist(self, watch: Watch, writer: "_Writer") -> None:
        """Tries until all bytes are here."""
        failures = refusals = 0
        while writer.position < self._file.size_bytes:
            watch.cancel.raise_if_cancelled()
            before = writer.position
            try:
                self._stream(watch, writer)
            except LostError as lost:
                writer.catch_up()  # what is here can be hashed while nothing comes
                if writer.position > before:
                    failures = refusals = 0
                    self._patched = True
                refusals = refusals + 1 if lost.refused and lost.wait_s is None else 0
                if refusals >= self._patience.refusals:
                    raise UserFacingError(
                        "The Hub does not give the file at the moment.",
                        "Try again later; what is here already is kept.",
                        code="hub_unreachable",
                    ) from lost
                self._wait(watch, lost, failures)
                failures += 1

    def _wait(self, watch: Watch, lost: LostError, failures: int) -> None:
        # What the server asks for, and never less than we would wait by ourselves.
        wait_s = max(lost.wait_s or 0.0, self._patience.wait_s(failures))
        words = f"{lost.words} The next try is in {max(round(wait_s), 1)} s."
        watch.on_state(DownloadState.WAITING, words)
        watch.under_way.set()
        watch.cancel.watch(watch.woken.set)
        try:
            watch.woken.wait(wait_s)
        finally:
            watch.cancel.unwatch(watch.woken.set)
        watch.cancel.raise_if_cancelled()
        watch.woken.clear()

    def _stream(self, watch: Watch, writer: "_Writer") -> None:
        """One request, and what it brings."""
        import httpx2

        begun = writer.position
        headers = {"accept-encoding": "identity", **self._link.authorization}
        if writer.position:
            headers["range"] = f"bytes={writer.position}-"
        try:
            with self._wire.get(self._link.client, self._address, headers) as response:
                watch.cancel.raise_if_cancelled()
                skip = bytes_to_skip(
                    response, self._file, self._commit, writer.position, self._page
                )
                watch.on_state(DownloadState.RUNNING, "")
                for piece in _after(response.iter_raw(), skip):
                    watch.cancel.raise_if_cancelled()
                    writer.write(piece, self._file.size_bytes)
                    if not watch.under_way.is_set():
                        watch.under_way.set()
                        step_back()
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            watch.cancel.raise_if_cancelled()
            raise _lost(error) from error
        if writer.position < self._file.size_bytes:
            nothing = writer.position == begun
            raise LostError("The Hub ended the file early.", refused=nothing)


class _Writer:
    """Puts pieces into the file, and tells who follows."""

    def __init__(
        self,
        stream: IO[bytes],
        position: int,
        follower: HashFollower,
        watch: Watch,
        budget: DiskBudget,
    ) -> None:
        self.position = position
        self._stream = stream
        self._follower = follower
        self._watch = watch
        self._budget = budget
        self._looked_at = position

    def catch_up(self) -> None:
        """Has what is here looked at."""
        self._follower.catch_up(self.position)

    def write(self, piece: bytes, size: int) -> None:
        """Appends a piece.

        Raises:
            WrongContentError: There is more than the file has on record.
            EnvironmentProblem: The disk is nearly full.
            OSError: It cannot be written.
        """
        if self.position + len(piece) > size:
            raise WrongContentError("It is longer than on record.")
        if self.position - self._looked_at >= _LOOK_AT_DISK_EVERY_BYTES:
            self._budget.assert_still()
            self._looked_at = self.position
        rest = memoryview(piece)
        while rest:
            count = self._stream.write(rest)
            rest = rest[count:]
            self.position += count
        self._follower.advance(self.position)
        self._watch.on_bytes(self.position)


def _after(pieces: Iterator[bytes], skip: int) -> Iterator[bytes]:
    """The pieces without their first ``skip`` bytes."""
    for piece in pieces:
        dropped = min(skip, len(piece))
        skip -= dropped
        if dropped < len(piece):
            yield piece[dropped:] if dropped else piece


def _lost(error: "httpx2.HTTPError | httpx2.StreamError") -> LostError:
    import httpx2

    if isinstance(error, httpx2.TooManyRedirects | httpx2.UnsupportedProtocol):
        return LostError("The Hub sends to an address that leads nowhere.", refused=True)
    if "CERTIFICATE" in str(error):
        return LostError("The Hub cannot show who it is; look at the clock of this machine.")
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return LostError("The Hub cannot be reached.")
    if isinstance(error, httpx2.TimeoutException):
        return LostError("Nothing has come for a while.")
    return LostError("The connection was lost.")
