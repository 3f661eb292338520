"""The fonts that ship, loaded when a role first asks for them.

A face costs one to two milliseconds to load, so the first paint pays only for those it shows.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

Role = Literal[
    "display",
    "title",
    "card_title",
    "reading",
    "interface",
    "interface_medium",
    "interface_semibold",
    "small",
    "small_medium",
    "axis",
    "code",
]
"""What a piece of text is; the sizes and weights follow from it."""


@dataclass(frozen=True, slots=True)
class Style:
    """One role.

    Args:
        file: The face, in the folder of fonts.
        family: First choice; ``_FALLBACKS`` come after it.
        weight: 400, 500 or 600.
        size: Height of the text in px at the normal reading size.
        line: Height of a line in px, likewise.
        spacing: What is added between letters, in percent of ``size``.
    """

    file: str
    family: str
    weight: int
    size: int
    line: int
    spacing: float = 0.0


_REGULAR, _MEDIUM, _SEMIBOLD = "Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf"
_DISPLAY, _CODE, _ITALIC = (
    "InterDisplay-SemiBold.ttf",
    "JetBrainsMono-Regular.ttf",
    "Inter-Italic.ttf",
)

STYLES: dict[Role, Style] = {
    "display": Style(_DISPLAY, "Inter Display", 600, 28, 36, -2.2),
    "title": Style(_DISPLAY, "Inter Display", 600, 20, 28, -1.5),
    "card_title": Style(_DISPLAY, "Inter Display", 600, 15, 20, -1.0),
    "reading": Style(_REGULAR, "Inter", 400, 16, 26),
    "interface": Style(_REGULAR, "Inter", 400, 13, 20),
    "interface_medium": Style(_MEDIUM, "Inter", 500, 13, 20),
    "interface_semibold": Style(_SEMIBOLD, "Inter", 600, 13, 20),
    "small": Style(_REGULAR, "Inter", 400, 12, 16),
    "small_medium": Style(_MEDIUM, "Inter", 500, 12, 16),
    "axis": Style(_REGULAR, "Inter", 400, 11, 14),
    "code": Style(_CODE, "JetBrains Mono", 400, 13, 20),
}
"""The measures of each role."""

_ALL_FILES = (_REGULAR, _MEDIUM, _SEMIBOLD, _DISPLAY, _CODE, _ITALIC)
_TEXT_FALLBACKS = ["Segoe UI Variable", "SF Pro", "Noto Sans"]
_CODE_FALLBACKS = ["Cascadia Mono", "Menlo", "DejaVu Sans Mono"]


class Fonts:
    """Loads faces from ``folder`` and makes fonts of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, bool] = {}

    def load(self, file: str) -> bool:
        """Whether the face ``file`` could be had; the fallbacks of the system serve if not."""
        if file not in self._loaded:
            number = QFontDatabase.addApplicationFont(str(self._folder / file))
            self._loaded[file] = number >= 0
        return self._loaded[file]

    def load_rest(self) -> list[str]:
        """Loads what no role has asked for yet (bold and italic of answers).

        Returns:
            The names of the files that could not be loaded.
        """
        return [file for file in _ALL_FILES if not self.load(file)]

    def make(self, role: Role, scale: float, *, tabular: bool = False) -> QFont:
        """The font of ``role``, ``scale`` times its normal size.

        Args:
            role: What the text is.
            scale: Factor to its normal size.
            tabular: Whether figures are of one width: in columns, and where numbers run.
        """
        style = STYLES[role]
        self.load(style.file)
        font = QFont(style.family)
        code = role == "code"
        font.setFamilies([style.family, *(_CODE_FALLBACKS if code else _TEXT_FALLBACKS)])
        font.setPixelSize(max(8, round(style.size * scale)))
        font.setWeight(QFont.Weight(style.weight))
        if code:
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setFixedPitch(True)
        elif tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        if style.spacing:
            pixels = style.spacing / 100 * font.pixelSize()
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, pixels)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font
