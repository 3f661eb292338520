"""What the sidebar holds in the chat place: New chat, and the chats."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.clock import Clock, SystemClock
from assistant.domain.conversation import Conversation
from assistant.domain.errors import UserFacingError
from assistant.services.history import Changes, HistoryService
from assistant.services.jobs import Job
from assistant.ui.bridge.jobs import JobRelay, Watch
from assistant.ui.chat.listing.view import ChatList
from assistant.ui.models.chats import ChatListModel, Shelf
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import draw_key_cap
from assistant.ui.widgets.painting import box, draw_centred

_MINUTE_MS = 60_000


class NewChatButton(QPushButton):
    """A box with a pencil, the words, and the keys.

    Args:
        theme: The theme in force.
        keys: The keys that do the same, as this system writes them.
        parent: The owner.
    """

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__("New chat", parent)
        self._theme = theme
        self._keys = keys.replace("+", " ")
        self.setAccessibleName("New chat")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_keys(self, keys: str) -> None:
        """Shows other keys."""
        self._keys = keys.replace("+", " ")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the sidebar."""
        return QSize(self._theme.px(218), self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """The icon and the words."""
        return QSize(self._theme.px(110), self._theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the box, the pencil, the words and the keys."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        ground = "press" if self.isDown() else "well" if self.underMouse() else "card"
        box(painter, self.rect(), px(7), theme.color(ground), theme.color("line2"))
        spot = QRect(px(12), 0, px(18), self.height())
        draw_centred(painter, spot, theme.icons.pixmap("square-pen", 16, "ink2"))
        painter.setFont(self.font())
        painter.setPen(theme.color("ink"))
        inside = self.rect().adjusted(px(36), 0, 0, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._keys:
            width = QFontMetrics(theme.font("axis")).horizontalAdvance(self._keys) + px(10)
            top = (self.height() - px(18)) // 2
            draw_key_cap(
                painter, theme, QRect(self.width() - px(10) - width, top, width, px(18)), self._keys
            )

    def _restyle(self) -> None:
        self.setFont(self._theme.font("interface_medium"))
        self.updateGeometry()
        self.update()


class ChatsPanel(QWidget):
    """Keeps the list of chats as it is in the vault.

    Args:
        theme: The theme in force.
        keys: The keys of New chat.
        parent: The owner.
    """

    new_requested = Signal()
    unsent_found = Signal(object)
    """The chat in which something was written and nothing sent, or None."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = ChatListModel(self)
        self.list = ChatList(theme, self.model)
        self.button = NewChatButton(theme, keys)
        self._history: HistoryService | None = None
        self._relay: JobRelay | None = None
        self._reading: Watch | None = None
        self._stale = False
        self._chats: list[Conversation] = []
        self._clock: Clock = SystemClock()
        self._today = self._clock.now().astimezone().date()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.button)
        self._column.addWidget(self.list, 1)
        self.button.clicked.connect(self.new_requested)
        self.list.shelf_requested.connect(self.show_shelf)
        self._midnight = QTimer(self)
        self._midnight.setInterval(_MINUTE_MS)
        self._midnight.timeout.connect(self._look_at_the_day)
        theme.changed.connect(self._restyle)
        self._restyle()

    def begin(self, history: HistoryService, relay: JobRelay, clock: Clock) -> None:
        """Reads the chats, now that the vault is open."""
        self._history, self._relay, self._clock = history, relay, clock
        self._today = clock.now().astimezone().date()
        self._midnight.start()
        self.read()

    def end(self) -> None:
        """Reads nothing any more."""
        self._midnight.stop()
        self._history = None

    def changed(self, changes: Changes) -> None:
        """Reads the list again when it changed."""
        if changes.listing:
            self.read()

    def show_shelf(self, shelf: Shelf) -> None:
        """Lists other chats: all, the archived, the deleted."""
        self.model.shelf = shelf
        self._stale = False
        if self._reading is not None:
            self._reading.drop()
            self._reading = None
        self.read()
        self.list.scrollToTop()

    def read(self) -> None:
        """Reads the shelf; while one reading is under way, once more after it."""
        if self._history is None or self._relay is None:
            return
        if self._reading is not None:
            self._stale = True
            return
        self._reading = self._relay.watch(self._job(self._history), self._read, self._not_read)

    def _job(self, history: HistoryService) -> Job[list[Conversation]]:
        if self.model.shelf is Shelf.DELETED:
            return history.trashed()
        return history.conversations(archived=self.model.shelf is Shelf.ARCHIVED, unsent=True)

    def _read(self, chats: list[Conversation]) -> None:
        self._reading = None
        self._chats = chats
        self._show()
        if self.model.shelf is Shelf.CHATS:
            unsent = (c for c in chats if c.active_leaf is None and not c.title)
            self.unsent_found.emit(next(unsent, None))
        if self._stale:
            self._stale = False
            self.read()

    def _not_read(self, error: UserFacingError) -> None:
        self._reading = None
        if self._relay is not None:
            self._relay.failed.emit(error)

    def _show(self) -> None:
        keep = self.list.verticalScrollBar().value()
        self.model.show_chats(self._chats, self.model.shelf, self._today)
        self.list.verticalScrollBar().setValue(keep)

    def _look_at_the_day(self) -> None:
        """“Today” becomes “Yesterday” at midnight."""
        today = self._clock.now().astimezone().date()
        if today != self._today:
            self._today = today
            self._show()

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(10), px(8), px(10), 0)
        self._column.setSpacing(px(8))
