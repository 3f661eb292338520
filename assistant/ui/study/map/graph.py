"""The map as a widget: reached by keys, dragged and zoomed by the mouse."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget

from assistant.domain.ids import ConceptId
from assistant.services.study.today import CourseStanding
from assistant.ui.study.map.drawing import MapDrawing
from assistant.ui.study.pictures.marks import Mark
from assistant.ui.study.pictures.picture import Picture, paint_callout
from assistant.ui.theme.theme import Theme

SMALLEST, LARGEST = 0.3, 1.6
_STEP = 1.25
_MARGIN = 24
_GAP = 8


class ConceptGraph(Picture):
    """The concepts of a course; Enter opens one, a click or Space asks what to do with it.

    Args:
        theme: The theme in force.
    """

    asked = Signal(str, QPoint)
    """The id of a concept whose actions are wanted, and where on the screen."""
    reached = Signal(QRect)
    """Where the keys have gone to."""
    dragged = Signal(QPoint)
    """How far the map was pulled since the last."""
    zoom_wanted = Signal(int)
    """In (1), out (-1), as it was (0)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Course map", "Take a course to see its map.", (600, 400))
        self._pressed_at: QPointF | None = None
        self._pulled = False
        self._zoom = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def zoom(self) -> float:
        """Factor on all measures."""
        return self._zoom

    def show_course(self, standing: CourseStanding | None) -> None:
        """Shows a course."""
        before = self.current()
        self.set_drawing(MapDrawing(standing, self._zoom) if standing is not None else None)
        if before is not None and isinstance(before.key, str):
            self._point_at(ConceptId(before.key))
        self.updateGeometry()

    def set_zoom(self, zoom: float) -> None:
        """Draws everything larger or smaller."""
        drawing = self.drawing()
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        if isinstance(drawing, MapDrawing):
            self.show_course(drawing.standing)

    def upcoming_box(self) -> QRectF | None:
        """Where what comes next lies; None where nothing does."""
        drawing = self.drawing()
        if not isinstance(drawing, MapDrawing) or drawing.upcoming is None:
            return None
        return drawing.boxes(QRectF(self.rect()), self._theme)[drawing.upcoming]

    def left_edge(self, room: QSize, top: int) -> int:
        """From where to show it so that as few names as can be are cut, and none that comes next.

        Args:
            room: How much of it is seen.
            top: From where on downwards.
        """
        drawing, most = self.drawing(), max(0, self.width() - room.width())
        if not isinstance(drawing, MapDrawing) or not most:
            return 0
        boxes = drawing.boxes(QRectF(self.rect()), self._theme)
        seen = [box for box in boxes.values() if top < box.center().y() < top + room.height()]
        upcoming = self.upcoming_box()
        middle = upcoming.center().x() - room.width() / 2 if upcoming is not None else 0.0

        def cut(left: int) -> tuple[bool, int, float]:
            right = left + room.width()
            hidden = (
                upcoming is not None and not left <= upcoming.left() <= upcoming.right() <= right
            )
            begun = sum(box.left() < left < box.right() for box in seen)
            ended = sum(box.left() < right < box.right() for box in seen)
            return hidden, 2 * begun + ended, abs(left - middle)

        edges = [int(box.left()) - _GAP for box in seen]
        edges += [int(box.right()) + _GAP - room.width() for box in seen]
        tried = {min(max(0, edge), most) for edge in (0, most, int(middle), *edges)}
        return min(sorted(tried), key=cut)

    def sizeHint(self) -> QSize:
        """All of it."""
        drawing = self.drawing()
        if isinstance(drawing, MapDrawing):
            return drawing.size(self._theme).toSize()
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """All of it: what has no room is scrolled to."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens, Space asks, + and - zoom."""
        mark, key = self.current(), event.key()
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if key in zooms and not held:
            self.zoom_wanted.emit(zooms[Qt.Key(key)])
        elif key == Qt.Key.Key_Space and mark is not None:
            self._ask(mark)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is one that lets go where it began; a pull moves the map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._pulled = event.globalPosition(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pulls the map, or says what is under the mouse."""
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        way = event.globalPosition() - self._pressed_at
        if self._pulled or way.manhattanLength() >= QApplication.startDragDistance():
            self._pulled = True
            self._pressed_at = event.globalPosition()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(way.toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Asks what to do with the concept that was clicked."""
        clicked = self._pressed_at is not None and not self._pulled
        self._pressed_at, self._pulled = None, False
        mark = self._near(event.position())
        self.setCursor(
            Qt.CursorShape.ArrowCursor if mark is None else Qt.CursorShape.PointingHandCursor
        )
        if clicked and mark is not None and isinstance(mark.key, str):
            self._point_at(ConceptId(mark.key))
            self._ask(mark)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _ask(self, mark: Mark) -> None:
        if isinstance(mark.key, str) and mark.area is not None:
            corner = mark.area.bottomLeft().toPoint() + QPoint(0, self._theme.px(4))
            self.asked.emit(mark.key, self.mapToGlobal(corner))

    def _point_at(self, concept: ConceptId) -> None:
        for series, marks in enumerate(self.marks()):
            for at, mark in enumerate(marks):
                if mark.key == concept:
                    self._at = (series, at)
                    self._say()

    def _begin(self) -> None:
        """The keys begin at what comes next."""
        drawing = self.drawing()
        if isinstance(drawing, MapDrawing) and drawing.upcoming is not None:
            self._point_at(drawing.upcoming)
        if self._at is None:
            self._at = (0, 0)
        self._go(*self._at)

    def _go(self, series: int, at: int) -> None:
        super()._go(series, at)
        mark = self.current()
        if mark is not None and mark.area is not None:
            self.reached.emit(mark.area.toAlignedRect())

    def _paint_pointed(self, painter: QPainter, mark: Mark) -> None:
        """As in other pictures, but the words stay in what can be seen of the map."""
        if mark.area is None:
            return
        theme = self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("lampline"), 2))
        painter.drawRoundedRect(mark.area.adjusted(-2, -2, 2, 2), theme.px(7), theme.px(7))
        seen = QRectF(self.visibleRegion().boundingRect())
        paint_callout(painter, theme, seen, mark, mark.area.height() / 2 + theme.px(8))


class MapView(QScrollArea):
    """The graph, scrolled to what comes next.

    Args:
        theme: The theme in force.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown = ""
        self.graph = ConceptGraph(theme)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.graph)
        self.graph.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setCornerWidget(QWidget())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.graph.dragged.connect(self._drag)
        self.graph.reached.connect(self._reach)
        self.graph.zoom_wanted.connect(self.zoom)

    def show_course(self, standing: CourseStanding | None) -> None:
        """Shows a course; another than before from where the learner stands."""
        self.graph.show_course(standing)
        course = standing.course.id if standing is not None else ""
        if course != self._shown:
            self._shown = course
            self.graph.set_zoom(1.0)
            self.centre()

    def zoom(self, direction: int) -> None:
        """In (1), out (-1), or as it was (0); what is in the middle stays there."""
        middle = QRectF(self.graph.visibleRegion().boundingRect()).center()
        before = self.graph.size()
        factor = _STEP**direction if direction else 1 / self.graph.zoom
        self.graph.set_zoom(self.graph.zoom * factor)
        self.graph.resize(self.graph.sizeHint().expandedTo(self.viewport().size()))
        after = self.graph.size()
        x = middle.x() * after.width() / max(1, before.width())
        y = middle.y() * after.height() / max(1, before.height())
        self._centre_on(QPointF(x, y))

    def zoom_to_fit(self) -> None:
        """All of it at once."""
        whole, room = self.graph.sizeHint(), self.viewport().size()
        factor = min(room.width() / whole.width(), room.height() / whole.height())
        self.graph.set_zoom(self.graph.zoom * factor)

    def centre(self) -> None:
        """Brings what comes next into the middle; the beginning where nothing does."""
        self.graph.resize(self.graph.sizeHint().expandedTo(self.viewport().size()))
        box = self.graph.upcoming_box()
        place = box.center() if box is not None else QPointF(self.graph.width() / 2, 0)
        self._centre_on(place)
        room = self.viewport().size()
        top = self.verticalScrollBar().value()
        self.horizontalScrollBar().setValue(self.graph.left_edge(room, top))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What comes next stays in sight."""
        super().resizeEvent(event)
        self.centre()

    def _centre_on(self, place: QPointF) -> None:
        room = self.viewport().size()
        self.horizontalScrollBar().setValue(round(place.x() - room.width() / 2))
        self.verticalScrollBar().setValue(round(place.y() - room.height() / 2))

    def _drag(self, way: QPoint) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - way.x())
        down.setValue(down.value() - way.y())

    def _reach(self, box: QRect) -> None:
        centre = box.center()
        half = box.size() / 2
        self.ensureVisible(
            centre.x(), centre.y(), half.width() + _MARGIN, half.height() + 2 * _MARGIN
        )
