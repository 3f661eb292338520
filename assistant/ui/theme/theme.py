"""The theme in force: colours, fonts and measures, and one signal when any of them changes."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from assistant.ui.theme.fonts import STYLES, Fonts, Role
from assistant.ui.theme.icons import Icons
from assistant.ui.theme.stylesheet import stylesheet
from assistant.ui.theme.tokens import Tokens, choose

Mode = Literal["auto", "light", "dark"]
"""``auto`` follows the system, evening and day."""

NORMAL_TEXT_SIZE = 16
SMALLEST_TEXT_SIZE = 12
LARGEST_TEXT_SIZE = 24


class Theme(QObject):
    """What every widget draws with.

    Widgets take it as their first argument, connect ``changed`` to a method of theirs and read
    colours, fonts and measures when they paint: a switch restyles everything at once.

    Args:
        app: The application whose style, palette and font are set.
        resources: Folder that holds ``fonts`` and ``icons``.
        mode: ``auto``, ``light`` or ``dark``.
        text_size: Reading size in px, 12 to 24; everything scales with it.
        high_contrast: Stronger borders and text, no tints.
        reduced_motion: Panels, menus and toasts appear at once.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        resources: Path,
        *,
        mode: Mode = "auto",
        text_size: int = NORMAL_TEXT_SIZE,
        high_contrast: bool = False,
        reduced_motion: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self.resources = resources
        self._fonts = Fonts(resources / "fonts")
        self._made: dict[tuple[Role, bool], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self.icons = Icons(resources / "icons", self.color, self.px)
        self._mode: Mode = mode
        self._text_size = _clamped(text_size)
        self._high_contrast = high_contrast
        self._reduced_motion = reduced_motion
        self._tokens = choose(dark=self._wants_dark(), high_contrast=high_contrast)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        if mode != "auto":
            self._tell_system()
        if app.style().objectName() != "fusion":
            app.setStyle("fusion")
        self._apply()

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def mode(self) -> Mode:
        """What the user chose; ``tokens.dark`` says what came of it."""
        return self._mode

    @property
    def text_size(self) -> int:
        """Reading size in px."""
        return self._text_size

    @property
    def high_contrast(self) -> bool:
        """Whether borders and text are stronger and tints are gone."""
        return self._high_contrast

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing slides or fades."""
        return self._reduced_motion

    @property
    def scale(self) -> float:
        """Factor from the measures of the design to those on the screen."""
        return self._text_size / NORMAL_TEXT_SIZE

    def set(
        self,
        *,
        mode: Mode | None = None,
        text_size: int | None = None,
        high_contrast: bool | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        """Changes what is given and restyles the whole application at once."""
        before = self._state()
        if mode is not None and mode != self._mode:
            self._mode = mode
            self._tell_system()
        if text_size is not None:
            self._text_size = _clamped(text_size)
        if high_contrast is not None:
            self._high_contrast = high_contrast
        if reduced_motion is not None:
            self._reduced_motion = reduced_motion
        self._tokens = choose(dark=self._wants_dark(), high_contrast=self._high_contrast)
        if self._state() != before:
            self._made.clear()
            self._colours.clear()
            self.icons.clear()
            self._apply()
            self.changed.emit()

    def font(self, role: Role, *, tabular: bool = False) -> QFont:
        """The font of ``role`` at the present size.

        Args:
            role: What the text is.
            tabular: Whether figures are of one width: in columns, and where numbers run.
        """
        made = self._made.get((role, tabular))
        if made is None:
            made = self._fonts.make(role, self.scale, tabular=tabular)
            self._made[role, tabular] = made
        return QFont(made)

    def line(self, role: Role) -> int:
        """Height of a line of ``role`` in px."""
        return self.px(STYLES[role].line)

    def px(self, measure: float) -> int:
        """A measure of the design at the present size; never less than 1 for one above 0."""
        return max(1, round(measure * self.scale)) if measure > 0 else 0

    def motion(self, milliseconds: int) -> int:
        """Length of an animation: 0 with reduced motion."""
        return 0 if self._reduced_motion else milliseconds

    def color(self, token: str) -> QColor:
        """The colour called ``token`` (``ink2``), or ``kind.shade`` (``plum.tint``).

        Raises:
            AttributeError: If there is no such token.
        """
        colour = self._colours.get(token)
        if colour is None:
            value: object = self._tokens
            for part in token.split("."):
                value = getattr(value, part)
            colour = self._colours[token] = QColor(str(value))
        return QColor(colour)

    def load_rest(self) -> list[str]:
        """Loads the faces that nothing has asked for yet; call it after the first paint.

        Returns:
            The names of the files that could not be loaded.
        """
        return self._fonts.load_rest()

    def _state(self) -> tuple[object, ...]:
        return (self._tokens, self._mode, self._text_size, self._reduced_motion)

    def _wants_dark(self) -> bool:
        if self._mode == "auto":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _tell_system(self) -> None:
        """Title bars and native dialogs follow the choice."""
        hints = self._app.styleHints()
        if self._mode == "auto":
            hints.unsetColorScheme()
        else:
            dark = self._mode == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _system_changed(self) -> None:
        if self._mode == "auto":
            self.set(mode="auto")

    def _apply(self) -> None:
        self._app.setFont(self.font("interface"))
        self._app.setPalette(_palette(self._tokens))
        self._app.setStyleSheet(stylesheet(self._tokens, self.px))


def _clamped(size: int) -> int:
    return min(LARGEST_TEXT_SIZE, max(SMALLEST_TEXT_SIZE, size))


def _palette(tokens: Tokens) -> QPalette:
    """What Fusion and the text engine draw with; style sheets cannot reach placeholders."""
    palette = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.page,
        roles.WindowText: tokens.ink,
        roles.Base: tokens.card,
        roles.AlternateBase: tokens.well,
        roles.Text: tokens.ink,
        roles.Button: tokens.card,
        roles.ButtonText: tokens.ink,
        roles.BrightText: tokens.bad,
        roles.ToolTipBase: tokens.ink,
        roles.ToolTipText: tokens.page,
        roles.PlaceholderText: tokens.ink3,
        roles.Highlight: tokens.selection,
        roles.HighlightedText: tokens.ink,
        roles.Accent: tokens.lamp,
        roles.Link: tokens.lampink,
        roles.LinkVisited: tokens.lampink,
        roles.Light: tokens.card,
        roles.Midlight: tokens.well,
        roles.Mid: tokens.line2,
        roles.Dark: tokens.control,
        roles.Shadow: tokens.ink3,
    }
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette
