"""All downloads in the order of their queue."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from assistant.domain.download import Download, DownloadId, DownloadState
from assistant.domain.sizes import size_words, speed_words
from assistant.ui.library.downloads.row import DownloadRow, Wish
from assistant.ui.library.words import left_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.notices import EmptyState
from assistant.ui.widgets.page import TitledPage
from assistant.ui.widgets.question import Question

_ASKS_FROM_BYTES = 20_000_000


class DownloadsPage(TitledPage):
    """Shows the downloads. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    pause_wanted = Signal(str)
    """Id of a download, as below."""
    resume_wanted = Signal(str)
    cancel_wanted = Signal(str)
    move_wanted = Signal(str, int)
    """And its new place, 0 for the first."""
    clear_wanted = Signal()
    use_wanted = Signal(str)
    """Id of an installed model."""
    browse_wanted = Signal()
    """The catalogue is to be shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Downloads")
        self._rows: dict[DownloadId, DownloadRow] = {}
        self._order: list[DownloadId] = []
        self.clear = Button(theme, "Clear finished", "ghost", icon="check")
        self.clear.clicked.connect(self.clear_wanted)
        self.clear.hide()
        self.add_to_head(self.clear)
        self.empty = EmptyState(
            theme,
            "Nothing is being downloaded",
            "Models that you choose come here: they can be paused at any time, go on after a lost "
            "connection or a restart, and are checked to the last byte before they are offered.",
            icon="download",
        )
        browse = self.empty.add_button("Look at the catalogue", icon="library")
        browse.clicked.connect(self.browse_wanted)
        self.card = Card(theme, 0)
        self.card.body.setSpacing(0)
        self.card.hide()
        self.column.addWidget(self.empty)
        self.column.addWidget(self.card)
        self.column.addStretch(1)

    def rows(self) -> list[DownloadRow]:
        """As they stand."""
        return [self._rows[name] for name in self._order]

    def show_downloads(self, downloads: Sequence[Download]) -> None:
        """Shows these, in this order."""
        wanted = [download.order.id for download in downloads]
        for name in set(self._rows) - set(wanted):
            row = self._rows.pop(name)
            self.card.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for download in downloads:
            row = self._rows.get(download.order.id)
            if row is None:
                self._rows[download.order.id] = self._new_row(download)
            else:
                row.show_download(download)
        if wanted != self._order:
            self._arrange(wanted)
        self.empty.setVisible(not wanted)
        self.card.setVisible(bool(wanted))
        self.clear.setVisible(any(d.state is DownloadState.DONE for d in downloads))
        self.set_facts(facts_words(downloads))

    def _new_row(self, download: Download) -> DownloadRow:
        row = DownloadRow(self.theme, download)
        row.wished.connect(self._wish)
        row.moved.connect(self._move)
        return row

    def _arrange(self, wanted: list[DownloadId]) -> None:
        focused = QApplication.focusWidget()
        self._order = wanted
        for place, name in enumerate(wanted):
            row = self._rows[name]
            row.set_first(place == 0)
            if self.card.body.indexOf(row) != place:
                self.card.body.insertWidget(place, row)
        self._tab_in_order()
        if focused is not None and self.isAncestorOf(focused):  # moving a row takes it away
            focused.setFocus()

    def _tab_in_order(self) -> None:
        stops = [button for row in self.rows() for button in (row.main, row.more)]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _wish(self, wish: Wish, download: Download) -> None:
        name = download.order.id
        match wish:
            case Wish.PAUSE:
                self.pause_wanted.emit(name)
            case Wish.RESUME | Wish.RETRY | Wish.TRY_NOW:
                self.resume_wanted.emit(name)
            case Wish.USE:
                self.use_wanted.emit(str(download.model_id or ""))
            case Wish.CANCEL:
                self._cancel(download)

    def _cancel(self, download: Download) -> None:
        if download.done_bytes < _ASKS_FROM_BYTES:
            self.cancel_wanted.emit(download.order.id)
            return
        question = Question(
            self.theme,
            f"Cancel the download of {download.order.model.name}?",
            f"{size_words(download.done_bytes)} that are here already are deleted. "
            "Pausing keeps them.",
            "Delete them",
            self,
        )
        question.subject = download.order.id
        question.agreed.connect(self._agree)
        question.open()

    def _agree(self, subject: object) -> None:
        if isinstance(subject, str):
            self.cancel_wanted.emit(subject)

    def _move(self, download: Download, by: int) -> None:
        place = self._order.index(download.order.id) + by
        if 0 <= place < len(self._order):
            self.move_wanted.emit(download.order.id, place)


def facts_words(downloads: Sequence[Download]) -> str:
    """What all of them do together; empty when nothing comes."""
    running = [one for one in downloads if one.state is DownloadState.RUNNING]
    speed = sum(one.bytes_per_s for one in running)
    waiting = [one for one in downloads if one.state.active or one.state is DownloadState.QUEUED]
    if not running or not speed:
        return ""
    rest = sum(one.order.size_bytes - one.done_bytes for one in waiting)
    known = all(one.seconds_left is not None for one in running)
    left = left_words(rest / speed) if known else ""
    return " · ".join(part for part in (speed_words(speed), left) if part)
