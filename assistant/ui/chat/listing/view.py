"""The list of chats: opening, renaming, pinning, archiving, deleting, bringing back."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHoverEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId
from assistant.ui.chat.listing.delegate import ChatDelegate
from assistant.ui.models.chats import ChatListModel, RowKind, Shelf, title_of
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.menu import Menu

_POINTED = (QEvent.Type.HoverEnter, QEvent.Type.HoverMove)


class ChatList(QListView):
    """Shows a ``ChatListModel``. It asks for changes and makes none itself.

    Args:
        theme: The theme in force.
        model: The rows.
        parent: The owner.
    """

    open_requested = Signal(object)
    """The id of a chat."""
    look_requested = Signal(object)
    """A deleted ``Conversation``, to be looked at."""
    shelf_requested = Signal(object)
    pin_requested = Signal(object)
    """A ``Conversation``, as all below: to be pinned, or let go if it is."""
    archive_requested = Signal(object)
    delete_requested = Signal(object)
    export_requested = Signal(object)
    restore_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, theme: Theme, model: ChatListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chats = model
        self._pointed: ConversationId | None = None
        self._menu_of: ConversationId | None = None
        self.more_button = IconButton(theme, "ellipsis", "Actions", parent=self.viewport())
        # A click must not take the keys away from the row that they act on.
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more_button.hide()
        self.more_button.installEventFilter(self)
        self.more_button.clicked.connect(self._open_menu)
        self._delegate = ChatDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Chats")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(400)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setStyleSheet("QListView { background: transparent; border: 0; }")
        self.clicked.connect(self._activate)
        theme.changed.connect(self._restyle)

    def show_open(self, conversation_id: ConversationId | None) -> None:
        """Marks the chat that is shown and brings it into view."""
        self._chats.set_open(conversation_id)
        index = self._chats.index_of(conversation_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    def rename_open(self, conversation_id: ConversationId | None) -> None:
        """Begins to edit the title of a chat that is listed."""
        index = self._chats.index_of(conversation_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def focus_shape(self) -> tuple[QRect, int]:
        """The ring goes around the row that the keys act on."""
        area = self.visualRect(self.currentIndex())
        if not area.isValid() or not self.viewport().rect().intersects(area):
            return self.rect(), self._theme.px(7)
        area.moveTopLeft(self.viewport().mapTo(self, area.topLeft()))
        return area, self._theme.px(7)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override] - stub: wider
        """The ring follows the row."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self._place_button()

    def updateGeometries(self) -> None:
        """The button stays in its row when rows come, go or are scrolled."""
        super().updateGeometries()
        self._place_button()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The pointer is over another row now; the next move of it says which."""
        super().scrollContentsBy(dx, dy)
        self._pointed = None
        self._place_button()

    def viewportEvent(self, event: QEvent) -> bool:
        """Notes which row is pointed at."""
        done = super().viewportEvent(event)
        if isinstance(event, QHoverEvent) and event.type() in _POINTED:
            self._point_at(self.indexAt(event.position().toPoint()))
        elif event.type() in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self._point_at(QModelIndex())
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that the keys act on has its button."""
        super().focusInEvent(event)
        self._place_button()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus only the row under the pointer has it."""
        super().focusOutEvent(event)
        self._place_button()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button goes when the focus leaves it."""
        if watched is self.more_button and event.type() == QEvent.Type.FocusOut:
            self._place_button()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del deletes; F2 renames by itself."""
        chat = self._current_chat()
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chat is not None:
            self._delete(chat)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a chat, by the right button or by the keyboard."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._chats.row_at(index)
        if row is None or row.chat is None:
            return
        self.setCurrentIndex(index)
        at = self.visualRect(index).bottomLeft() + QPoint(self._theme.px(24), 0)
        place = self.viewport().mapToGlobal(at) if by_key else event.globalPos()
        self.menu_for(row.chat).open_at(place)

    def menu_for(self, chat: Conversation) -> Menu:
        """The actions on one chat."""
        menu = Menu(self._theme, "Chat", self)
        menu.aboutToHide.connect(menu.deleteLater)
        if self._chats.shelf is Shelf.DELETED:
            menu.add("Show", lambda: self.look_requested.emit(chat), icon="eye")
            menu.add("Restore", lambda: self.restore_requested.emit(chat), icon="undo-2")
            menu.addSeparator()
            menu.add(
                "Forget for good…",
                lambda: self.forget_requested.emit(chat),
                icon="trash-2",
                shortcut="Del",
                destructive=True,
            )
            return menu
        menu.add("Rename", lambda: self.rename_open(chat.id), icon="pencil", shortcut="F2")
        pin = ("Unpin", "pin-off") if chat.pinned else ("Pin", "pin")
        menu.add(pin[0], lambda: self.pin_requested.emit(chat), icon=pin[1])
        shelve = ("Bring back", "archive-restore") if chat.archived else ("Archive", "archive")
        menu.add(shelve[0], lambda: self.archive_requested.emit(chat), icon=shelve[1])
        menu.add("Export…", lambda: self.export_requested.emit(chat), icon="file-down")
        menu.addSeparator()
        menu.add(
            "Delete",
            lambda: self.delete_requested.emit(chat),
            icon="trash-2",
            shortcut="Del",
            destructive=True,
        )
        return menu

    def _open_menu(self) -> None:
        """The menu of the row in which the button stands."""
        chat = self._chat_with_button()
        if chat is None:
            return
        self._menu_of = chat.id
        menu = self.menu_for(chat)
        menu.aboutToHide.connect(self._menu_closed)
        menu.open_below(self.more_button)

    def _menu_closed(self) -> None:
        self._menu_of = None
        self._place_button()

    def _point_at(self, index: QModelIndex) -> None:
        row = self._chats.row_at(index)
        pointed = row.chat.id if row is not None and row.chat is not None else None
        if pointed != self._pointed:
            self._pointed = pointed
            self._place_button()

    def _chat_with_button(self) -> Conversation | None:
        """Whose menu is open, or who is under the pointer, or under the keys."""
        by_key = self.more_button.hasFocus()
        index = self._chats.index_of(self._menu_of or (None if by_key else self._pointed))
        row = self._chats.row_at(index)
        if row is None and (by_key or self.hasFocus()):
            row = self._chats.row_at(self.currentIndex())
        return row.chat if row is not None else None

    def _place_button(self) -> None:
        chat = self._chat_with_button()
        self._delegate.crowded = chat.id if chat is not None else None
        if chat is None:
            self.more_button.hide()
            return
        area, side = self.visualRect(self._chats.index_of(chat.id)), self.more_button.width()
        left = area.right() - side - self._theme.px(1)
        self.more_button.move(left, area.center().y() - side // 2 + 1)
        self.more_button.set_name(f"Actions for “{title_of(chat)}”")
        self.more_button.show()
        self.viewport().update()

    def _activate(self, index: QModelIndex) -> None:
        row = self._chats.row_at(index)
        if row is None:
            return
        if row.kind is RowKind.SHELF:
            self.shelf_requested.emit(row.shelf)
        elif row.chat is not None and self._chats.shelf is Shelf.DELETED:
            self.look_requested.emit(row.chat)
        elif row.chat is not None:
            self.open_requested.emit(row.chat.id)

    def _delete(self, chat: Conversation) -> None:
        deleted = self._chats.shelf is Shelf.DELETED
        (self.forget_requested if deleted else self.delete_requested).emit(chat)

    def _current_chat(self) -> Conversation | None:
        row = self._chats.row_at(self.currentIndex())
        return row.chat if row is not None else None

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
