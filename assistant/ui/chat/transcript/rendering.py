"""What every part of an answer is drawn with."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.render.blocks import CodeSpan
from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.chat.transcript.source import Background
from assistant.ui.chat.transcript.style import TranscriptStyle

Highlight = Callable[[str, str], tuple[CodeSpan, ...]]
"""Takes code and language; the spans' texts together are the code. Slow: runs off the thread."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One state of the theme, with the workers behind it.

    Args:
        style: Formats and measures.
        formulas: Drawn formulas.
        background: Where slow work is done.
        highlight: Colours code.
    """

    style: TranscriptStyle
    formulas: Formulas
    background: Background
    highlight: Highlight
