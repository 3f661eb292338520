"""What every part of an answer is drawn with."""

from dataclasses import dataclass

from assistant.ui.chat.transcript.formulas import Formulas
from assistant.ui.chat.transcript.source import Background
from assistant.ui.chat.transcript.style import TranscriptStyle


@dataclass(frozen=True, slots=True)
class Rendering:
    """One state of the theme, with the workers behind it.

    Args:
        style: Formats and measures.
        formulas: Drawn formulas.
        background: Where slow work is done.
    """

    style: TranscriptStyle
    formulas: Formulas
    background: Background
