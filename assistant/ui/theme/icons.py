"""Icons: one-colour drawings, tinted, rendered for a pixel ratio and kept."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap


class Icons:
    """Draws icons by name; had as ``theme.icons``.

    The names are those of the files in ``resources/icons``. Sizes are those of the design: they
    grow with the text.

    Args:
        folder: Where the drawings lie.
        color: The colour of a token, as of now.
        px: Scales a measure of the design.
    """

    def __init__(
        self, folder: Path, color: Callable[[str], QColor], px: Callable[[float], int]
    ) -> None:
        self._folder = folder
        self._color = color
        self._px = px
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, int, str, float], QPixmap] = {}

    def clear(self) -> None:
        """Forgets what was drawn: the colours or the sizes are others now."""
        self._drawn.clear()

    def pixmap(
        self, name: str, size: int = 16, colour: str = "ink2", ratio: float | None = None
    ) -> QPixmap:
        """The icon ``name``, ``size`` px of the design, in the colour of a token.

        Args:
            name: File name without its ending.
            size: Side in px of the design: 18 in places, 16 elsewhere.
            colour: Name of a token (``ink2``, ``plum.text``).
            ratio: Device pixels per px; the highest of all screens when None.

        Raises:
            FileNotFoundError: If there is no such icon.
        """
        if ratio is None:
            ratio = _highest_ratio()
        key = (name, size, colour, ratio)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._draw(name, self._px(size), self._color(colour).name(), ratio)
            self._drawn[key] = drawn
        return drawn

    def icon(self, name: str, size: int = 16, colour: str = "ink2") -> QIcon:
        """The icon for Qt's own widgets and actions, with its disabled look."""
        icon = QIcon(self.pixmap(name, size, colour))
        icon.addPixmap(self.pixmap(name, size, "disabled"), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, side: int, colour: str, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        source = self._source(name).replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(source.encode()))
        pixels = round(side * ratio)
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        source = self._sources.get(name)
        if source is None:
            source = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = source
        return source


def _highest_ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
