"""A download on the command line: how far it is, and a Ctrl-C that pauses it."""

from assistant.cli.output import Output
from assistant.cli.progress import Progress
from assistant.domain.download import Download, DownloadOrder, DownloadState
from assistant.domain.errors import Cancelled
from assistant.domain.model import ModelInfo
from assistant.domain.sizes import size_words, speed_words
from assistant.services.core import Core

_MINUTE_S = 60
_WORDS = {
    DownloadState.CHECKING: "Checking that every byte is right",
    DownloadState.TRYING: "Trying it in a process of its own",
    DownloadState.QUEUED: "Waiting for its turn",
}


def fetch(core: Core, order: DownloadOrder, output: Output, again: str) -> ModelInfo:
    """Downloads a model to its end.

    Args:
        core: Does it.
        order: What is downloaded.
        output: Is told of its progress.
        again: What is typed behind “assistant models” to go on with it.

    Raises:
        UserFacingError: It failed; what came so far is kept where it can be of use.
        Cancelled: Ctrl-C; it is paused.
    """
    told = _Told(order, output)
    core.downloads.on_changes(told.hear)
    job = core.downloads.fetch(order)
    try:
        return job.result()
    except KeyboardInterrupt:
        core.downloads.pause(order.id)
        output.note(
            f"Paused at {told.percent} %; what is here is kept. “assistant models {again}” goes on."
        )
        raise Cancelled from None


class _Told:
    """Picks one download out of all that change, and has its progress noted."""

    def __init__(self, order: DownloadOrder, output: Output) -> None:
        self._order = order
        self._progress = Progress(output)
        self.percent = 0

    def hear(self, downloads: tuple[Download, ...]) -> None:
        """Hears of all downloads, on any thread."""
        mine = next((each for each in downloads if each.order.id == self._order.id), None)
        if mine is None:
            return
        self.percent = int(mine.fraction * 100)
        line = self._line(mine)
        if line:
            moving = mine.state is DownloadState.RUNNING
            self._progress.tell(mine.state if moving else line, line)

    def _line(self, download: Download) -> str:
        """What is noted; empty where the command itself says it once it ends."""
        told = download.state is DownloadState.PAUSED and not download.detail
        if told or download.state in (DownloadState.FAILED, DownloadState.DONE):
            return ""
        if download.state is not DownloadState.RUNNING:
            words = download.detail or _WORDS.get(download.state, "")
            return words or f"{download.state.value.capitalize()}."
        line = f"{self.percent:>3} % of {size_words(self._order.size_bytes)}"
        if download.bytes_per_s > 0:
            line += f", {speed_words(download.bytes_per_s)}"
        if download.seconds_left is not None:
            line += f", {_time(download.seconds_left)} left"
        return line


def _time(seconds: float) -> str:
    whole = int(seconds) + 1
    return f"{whole} s" if whole < 2 * _MINUTE_S else f"{-(-whole // _MINUTE_S)} min"
