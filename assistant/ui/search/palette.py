"""Search in all chats, over the window: results come while one types; commands among them."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from assistant.domain.conversation import SearchHit
from assistant.services.core import Core
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.session import Spot
from assistant.ui.models.search_results import Command, SearchModel, matching
from assistant.ui.search.delegate import ResultDelegate
from assistant.ui.shortcuts import Shortcuts, action
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.fields import SearchField
from assistant.ui.widgets.painting import box
from assistant.ui.widgets.shadow import draw_shadow

_WAIT_MS, _LIMIT = 90, 40
_WIDTH, _HEIGHT, _TOP, _RADIUS = 640, 540, 64, 14
_COMMANDS = (
    ("new_chat", "square-pen"),
    ("temporary_chat", "hat-glasses"),
    ("find", "text-search"),
    ("model_picker", "box"),
    ("parameters", "sliders-horizontal"),
    ("place_study", "graduation-cap"),
    ("place_models", "library"),
    ("settings", "settings"),
    ("keys", "keyboard"),
    ("sidebar", "panel-left"),
    ("larger", "type"),
    ("smaller", "type"),
)

# Tab goes from row to row: what lies below the palette is not to be reached while it is open.
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}


class SearchPalette(QWidget):
    """Lies over the whole window while it is open; a click beside the card or Esc closes it.

    Args:
        theme: The theme in force.
        core: What is searched, and the clock.
        relay: Brings results here.
        shortcuts: The commands.
        window: The window.
    """

    message_chosen = Signal(object, object)
    """The id of a chat and a ``Spot`` in it."""
    theme_wanted = Signal()
    """The other of light and dark."""

    def __init__(
        self,
        theme: Theme,
        core: Core,
        relay: JobRelay,
        shortcuts: Shortcuts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._core = core
        self._relay = relay
        self._shortcuts = shortcuts
        self._searching: Watch | None = None
        self._joining: Watch | None = None
        self._choose_when_found = False
        self.model = SearchModel(self)
        self.field = SearchField(theme, "Search your chats", parent=self)
        self.list = QListView(self)
        self.setAccessibleName("Search your chats")
        self._card = QVBoxLayout()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.search_now)
        self._build()
        window.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ResultDelegate(self._theme, self.list))
        self.list.setAccessibleName("Results")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setStyleSheet("QListView { background: transparent; border: 0; }")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self._point_at)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self._theme.changed.connect(self._place)

    def open_over(self) -> None:
        """Opens with an empty field; what can be done at once is listed."""
        self._place()
        self._core.meaning.prepare()
        self.field.clear()
        self._show([])
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_over(self) -> None:
        """Closes it and gives the focus back to the work."""
        self._timer.stop()
        self._drop()
        self.hide()
        window = self.parentWidget()
        if window is not None:
            window.setFocus()

    def search_now(self) -> None:
        """Searches for what stands in the field; an earlier search is dropped."""
        self._timer.stop()
        self._drop()
        words = self.field.text().strip()
        if words:
            job = self._core.history.search(words, limit=_LIMIT)
            self._searching = self._relay.watch(job, self._found)
        else:
            self._show([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps its size with the window, and takes the arrows from the field."""
        if isinstance(event, QKeyEvent) and watched is self.field:
            pressed = event.type() == QEvent.Type.KeyPress
            return pressed and self._key(event)
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes it."""
        if not self._area().contains(event.position().toPoint()):
            self.close_over()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card and its shadow."""
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        draw_shadow(painter, theme, area, theme.px(_RADIUS))
        box(painter, area, theme.px(_RADIUS), theme.color("card"), theme.color("line2"))

    def commands(self) -> list[Command]:
        """Everything that can be done from here."""
        known = [
            Command(one, action(one).title, self._shortcuts.text(one), icon)
            for one, icon in _COMMANDS
        ]
        other = "Light" if self._theme.tokens.dark else "Dark"
        return [
            *known,
            Command("theme", f"{other} theme", icon="moon" if other == "Dark" else "sun"),
        ]

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.close_over()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Chooses the row; what is listed for other words than those typed is waited out."""
        if self._timer.isActive():
            self.search_now()
        if self._searching is not None:
            self._choose_when_found = True
        else:
            self._choose(self.list.currentIndex())

    def _step(self, by: int) -> None:
        start = self.list.currentIndex().row() + by
        count = self.model.rowCount()
        if count and abs(by) > 1:
            start = min(count - 1, max(0, start))
        if count:
            self._point_at(self.model.next_choice(start % count, 1 if by > 0 else -1))
            self._announce(self.list.currentIndex())

    def _announce(self, index: QModelIndex) -> None:
        """The focus stays in the field, so a screen reader has to be told of the row."""
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if spoken:
            event = QAccessibleAnnouncementEvent(self.field, str(spoken))
            QAccessible.updateAccessibility(event)

    def _point_at(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and row.chosen:
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, select)
            self.list.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is None or not row.chosen:
            return
        self.close_over()
        if row.hit is not None:
            hit = row.hit
            words = tuple({hit.snippet[start:end] for start, end in hit.marks})
            spot = Spot(hit.message_id, words if hit.message_id is not None else ())
            self.message_chosen.emit(hit.conversation_id, spot)
        elif row.command is not None and row.command.id == "theme":
            self.theme_wanted.emit()
        elif row.command is not None:
            self._shortcuts.run(row.command.id)

    def _typed(self) -> None:
        self._choose_when_found = False
        self._timer.start()

    def _found(self, hits: list[SearchHit]) -> None:
        self._searching = None
        self._show(hits, self.field.text().strip())
        if not hits:
            self._announce(self.model.index(self.model.rowCount() - 1))
        if self._choose_when_found:
            self._choose_when_found = False
            self._choose(self.list.currentIndex())
        elif self._core.meaning.wanted and self.field.text().strip():
            job = self._core.meaning.search(self.field.text().strip(), limit=_LIMIT)
            self._joining = self._relay.watch(job, self._join)

    def _join(self, hits: list[SearchHit]) -> None:
        """What was found by meaning joins what is shown; the row that is marked stays so."""
        self._joining = None
        if not any(hit.by_meaning for hit in hits):
            return
        before = self.model.row_at(self.list.currentIndex())
        self._show(hits, self.field.text().strip())
        if before is None:
            self._announce(self.list.currentIndex())
        elif (index := self.model.same_as(before)).isValid():
            self._point_at(index)

    def _show(self, hits: list[SearchHit], words: str = "") -> None:
        commands = matching(self.commands(), self.field.text())
        today = self._core.options.clock.now().astimezone().date()
        self.model.show_results(commands, hits, words=words, today=today)
        self._point_at(self.model.next_choice(0, 1))
        self.list.scrollToTop()
        self._place()
        self.update()

    def _drop(self) -> None:
        if self._searching is not None:
            self._searching.drop()
        if self._joining is not None:
            self._joining.drop()
            self._joining.cancel()
        self._searching = self._joining = None

    def _area(self) -> QRect:
        px = self._theme.px
        width = min(px(_WIDTH), self.width() - 2 * px(20))
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        height = min(rows + px(72), px(_HEIGHT), self.height() - 2 * px(_TOP))
        return QRect((self.width() - width) // 2, px(_TOP), width, height)

    def _place(self) -> None:
        window, px = self.parentWidget(), self._theme.px
        if window is None:
            return
        self.setGeometry(window.rect())
        area = self._area().adjusted(px(10), px(10), -px(10), -px(10))
        field_height = px(40)
        self.field.setGeometry(area.left(), area.top(), area.width(), field_height)
        top = area.top() + field_height + px(6)
        self.list.setGeometry(area.left(), top, area.width(), area.bottom() - top)
