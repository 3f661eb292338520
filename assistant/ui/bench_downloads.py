"""Measures the window's event loop while three downloads run and are shown."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject

from assistant.domain.download import DownloadState
from assistant.domain.health import BenchRow
from assistant.services.bench_downloads import three_downloads
from assistant.services.bench_stalls import BUSY, busy_processes
from assistant.services.downloads import DownloadService
from assistant.ui.bench_loop import Heartbeat, percentile, spin
from assistant.ui.bridge.downloads import DownloadsRelay
from assistant.ui.library.downloads.page import DownloadsPage
from assistant.ui.theme.theme import Theme

_UNDER_WAY = frozenset({DownloadState.RUNNING, DownloadState.CHECKING})


class _Screen(QObject):
    """The page of downloads, fed as in the application."""

    def __init__(self, theme: Theme, service: DownloadService) -> None:
        super().__init__()
        self.page = DownloadsPage(theme)
        self.page.resize(1000, 700)
        self.page.show()
        self._relay = DownloadsRelay(service, self)
        self._relay.changed.connect(self._show)
        self._show()

    @property
    def running(self) -> bool:
        """Whether there is anything to be measured still."""
        return any(each.state in _UNDER_WAY for each in self._relay.downloads)

    def close(self) -> None:
        """Shows nothing more."""
        self._relay.close()
        self.page.close()
        self.page.deleteLater()

    def _show(self) -> None:
        self.page.show_downloads(self._relay.downloads)


def download_rows(theme: Theme, seconds: float) -> list[BenchRow]:
    """Stalls of the event loop while three downloads run, beside the loop with a machine as busy.

    Args:
        theme: The theme.
        seconds: The longest for each of the two.
    """
    heartbeat = Heartbeat()
    with busy_processes():
        heartbeat.start()
        spin(seconds)
        heartbeat.stop()
    beside = percentile(heartbeat.late_ms, 0.99)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        three_downloads(Path(folder)) as service,
    ):
        screen = _Screen(theme, service)
        spin(0.2)
        heartbeat.start()
        for _ in range(round(seconds / 0.05)):
            spin(0.05)
            if not screen.running:
                break
        heartbeat.stop()
        screen.close()
    late = list(heartbeat.late_ms)
    note = (
        f"{len(late)} beats of the loop of the window that shows them; reference: the loop alone, "
        f"beside {BUSY} processes of machine code that share nothing with this one"
    )
    return [
        BenchRow(
            "stall, three downloads, p99",
            percentile(late, 0.99),
            "ms",
            beside,
            goal=16.7,
            note=note,
        ),
        BenchRow("stall, three downloads, max", max(late, default=0.0), "ms", note=note),
        BenchRow(
            "own work, three downloads, p99",
            percentile(heartbeat.work_ms, 0.99),
            "ms",
            note="processor time of the window's thread between two beats; the rest of a stall is "
            "the machine's",
        ),
    ]
