"""A download on the command line: how far it is, and a Ctrl-C that pauses it."""

import time

from assistant.cli.output import Output
from assistant.domain.download import Download, DownloadOrder, DownloadState
from assistant.domain.errors import Cancelled
from assistant.domain.model import ModelInfo
from assistant.services.core import Core

_MINUTE_S = 60
_EVERY_S = 2.0
_WORDS = {
    DownloadState.CHECKING: "Checking that every byte is right",
    DownloadState.TRYING: "Trying it in a process of its own",
    DownloadState.QUEUED: "Waiting for its turn",
}


def fetch(core: Core, order: DownloadOrder, output: Output, wanted: str) -> ModelInfo:
    """Downloads a model to its end.

    Args:
        core: Does it.
        order: What is downloaded.
        output: Is told of its progress.
        wanted: What the user called it, to tell how to go on.

    Raises:
        UserFacingError: It failed; what came so far is kept where it can be of use.
        Cancelled: Ctrl-C; it is paused.
    """
    progress = _Progress(order, output)
    core.downloads.on_changes(progress.tell)
    job = core.downloads.fetch(order)
    try:
        return job.result()
    except KeyboardInterrupt:
        core.downloads.pause(order.id)
        output.note(
            f"Paused at {progress.percent} %; what is here is kept. "
            f"“assistant models download {wanted}” goes on."
        )
        raise Cancelled from None


class _Progress:
    """Notes a line every two seconds, and one when something else begins."""

    def __init__(self, order: DownloadOrder, output: Output) -> None:
        self._order = order
        self._output = output
        self._said = ""
        self._at = 0.0
        self.percent = 0

    def tell(self, downloads: tuple[Download, ...]) -> None:
        """Hears of all downloads, on any thread."""
        mine = next((each for each in downloads if each.order.id == self._order.id), None)
        if mine is None:
            return
        self.percent = int(mine.fraction * 100)
        line = self._line(mine)
        if not line:
            return
        now = time.monotonic()
        moving = mine.state is DownloadState.RUNNING
        if line == self._said or (moving and now - self._at < _EVERY_S):
            return
        self._said, self._at = line, now
        self._output.note(line)

    def _line(self, download: Download) -> str:
        """What is noted; empty where the command itself says it once it ends."""
        told = download.state is DownloadState.PAUSED and not download.detail
        if told or download.state is DownloadState.FAILED:
            return ""
        if download.state is not DownloadState.RUNNING:
            words = download.detail or _WORDS.get(download.state, "")
            return words or f"{download.state.value.capitalize()}."
        size = self._order.size_bytes / 1e6
        line = f"{self.percent:>3} % of {size:,.0f} MB"
        if download.bytes_per_s > 0:
            line += f", {download.bytes_per_s / 1e6:,.1f} MB/s"
        if download.seconds_left is not None:
            line += f", {_time(download.seconds_left)} left"
        return line


def _time(seconds: float) -> str:
    whole = int(seconds) + 1
    return f"{whole} s" if whole < 2 * _MINUTE_S else f"{-(-whole // _MINUTE_S)} min"
