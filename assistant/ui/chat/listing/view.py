"""The list of chats: opening, renaming, pinning, archiving, deleting, bringing back."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from assistant.domain.conversation import Conversation
from assistant.domain.ids import ConversationId
from assistant.ui.chat.listing.delegate import ChatDelegate
from assistant.ui.models.chats import ChatListModel, RowKind, Shelf
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.menu import Menu


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
        self.setModel(model)
        self.setItemDelegate(ChatDelegate(theme, self))
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
