"""What the pages of a place share: a head that stays, a body that scrolls, the way between."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import ElidedLabel
from assistant.ui.widgets.painting import box, draw_centred
from assistant.ui.widgets.scroll import ScrollArea

_WIDEST, _HEAD, _MARGIN, _TIGHT = 1240, 52, 28, 16
_TIGHT_BELOW = 700


class TitledPage(QWidget):
    """A page with a title.

    Args:
        theme: The theme in force.
        title: Its name.
    """

    resized = Signal(int)
    """The width of its body in px."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(title)
        self._title = ElidedLabel(theme, title, "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._chosen_from = False
        self._facts = ElidedLabel(theme, "", "interface", "ink2")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._facts, 1)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        middle = QWidget()
        self._centre = QHBoxLayout(middle)
        self._centre.addWidget(self.body, 1)
        self._centre.addStretch(0)
        self.scroller = ScrollArea(middle)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._head)
        outer.addWidget(self.scroller, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def add_to_head(self, widget: QWidget) -> None:
        """Puts a button at the right of the head."""
        self._head.addWidget(widget)

    def set_title(self, title: str) -> None:
        """Names it after what it shows."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.setWindowTitle(title)

    def set_facts(self, words: str) -> None:
        """Says something beside the title."""
        self._facts.setText(words)

    def set_chooser(self, chooser: QWidget | None) -> None:
        """Puts the way to the other pages where its title stands; None gives the title back."""
        self._title.setVisible(chooser is None)
        if chooser is not None:
            self._head.insertWidget(0, chooser)
        self._chosen_from = chooser is not None
        self._fit()

    def follow(self, reached: SignalInstance) -> None:
        """Scrolls to the row that the keys go to; a list gives it in its own coordinates."""
        reached.connect(self._reach)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower margins where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _reach(self, row: QRect) -> None:
        table, content = self.sender(), self.scroller.widget()
        if isinstance(table, QListView) and content is not None and not row.isNull():
            middle = table.mapTo(content, row.center())
            self.scroller.ensureVisible(middle.x(), middle.y(), 0, row.height())

    def _fit(self) -> None:
        px = self.theme.px
        margin = px(_TIGHT if self.width() < px(_TIGHT_BELOW) else _MARGIN)
        self.body.setMaximumWidth(px(_WIDEST))
        left = margin - px(10) if self._chosen_from else margin
        self._head.setContentsMargins(left, px(8), margin, 0)
        self._head.setSpacing(px(9))
        self._title.setFixedHeight(px(_HEAD - 8))
        self._facts.setMinimumHeight(px(_HEAD - 8))
        self._centre.setContentsMargins(margin, px(4), margin, px(24))
        self.column.setSpacing(px(16))
        self.resized.emit(min(self.width() - 2 * margin, px(_WIDEST)))


class PageChooser(QPushButton):
    """The title of the page that is shown; pressed, it offers the others.

    Args:
        theme: The theme in force.
        offers: What its menu holds.
    """

    def __init__(self, theme: Theme, offers: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(offers)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_title(self, title: str) -> None:
        """Names the page."""
        self.setText(title)
        self.setAccessibleName(f"Page: {title}")
        self.updateGeometry()
        self.update()

    def corner(self) -> QPoint:
        """Where its menu belongs, on the screen."""
        return self.mapToGlobal(QPoint(0, self.height() + self._theme.px(4)))

    def sizeHint(self) -> QSize:
        """The words and the arrow."""
        px = self._theme.px
        words = QFontMetrics(self._theme.font("title")).horizontalAdvance(self.text())
        return QSize(words + px(10 + 8 + 16 + 8), px(36))

    def minimumSizeHint(self) -> QSize:
        """Some of the words."""
        return QSize(min(self._theme.px(120), self.sizeHint().width()), self._theme.px(36))

    def focus_shape(self) -> tuple[QRect, int]:
        """Clear of what stands right below it."""
        return self.rect().adjusted(0, self._theme.px(3), 0, -self._theme.px(3)), self._theme.px(7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words and the arrow."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self.isDown() or self.underMouse():
            box(painter, self.rect(), px(7), theme.color("press" if self.isDown() else "well"))
        painter.setFont(theme.font("title"))  # its own is lost when it goes to another page
        painter.setPen(theme.color("ink"))
        inside = self.rect().adjusted(px(10), 0, -px(32), 0)
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self.text(), elide, inside.width() + 2)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(inside, int(flags), shown)
        arrow = QRect(self.width() - px(26), 0, px(16), self.height())
        draw_centred(painter, arrow, theme.icons.pixmap("chevron-down", 16, "ink2"))

    def _restyle(self) -> None:
        self.setFont(self._theme.font("title"))
        self.setFixedHeight(self._theme.px(36))
        self.updateGeometry()
        self.update()
