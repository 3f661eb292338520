"""What every place to answer in has: it shows an exercise, gives an answer, shows its grade."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assistant.services.study.practice import Given, Judged


class AnswerPane(QWidget):
    """Base of the places to answer in; one is made for each exercise.

    It asks by signals and changes nothing itself.
    """

    answered = Signal(str)
    """An answer to be graded."""
    changed = Signal(str)
    """What is written now, to be kept."""
    read_wanted = Signal(str)
    """A text of which it should be told how it is understood."""
    stop_wanted = Signal()
    """What is being graded or run should end."""

    def show_exercise(self, given: Given) -> None:
        """Shows an exercise with what was written on it so far."""
        raise NotImplementedError

    def show_judged(self, judged: Judged) -> None:
        """Shows what came of the last answer, as far as it belongs into this place."""

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter of one value
        """An answer is being graded, or no longer."""
        raise NotImplementedError

    def end(self) -> None:
        """The exercise is over: nothing can be answered any more."""
        raise NotImplementedError

    def focus_answer(self) -> None:
        """Puts the keys where the answer is written."""
        raise NotImplementedError
