"""What is shown in the week: switches for calendars, the tutor's blocks, what is done, energy."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent

from assistant.domain.schedule import BlockKind
from assistant.ui.plan.week.values import Shown
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.menu import Menu

ENERGY: Final = "energy"
DONE: Final = "done"
_CALENDAR: Final = "calendar:"
_SWITCHES: Final = (
    (BlockKind.TASK.value, "Tasks"),
    (BlockKind.STUDY.value, "Study"),
    (DONE, "What is done"),
    (ENERGY, "Your energy"),
)


def calendar_key(name: str) -> str:
    """What a calendar is called among what is left out."""
    return f"{_CALENDAR}{name}"


def is_hidden(shown: Shown, hidden: frozenset[str]) -> bool:
    """Whether a block is one of those that are left out."""
    keys = {shown.kind.value, *((DONE,) if shown.done else ())}
    if shown.calendar:
        keys.add(calendar_key(shown.calendar))
    return not keys.isdisjoint(hidden)


class _StaysOpen(Menu):
    """A menu of switches: one can set several of them."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turns the switch under the mouse."""
        if not self._turn(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter turn the switch that the keys are at."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys or not self._turn(self.activeAction()):
            super().keyPressEvent(event)

    def _turn(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable():
            return False
        action.trigger()
        self.update()
        return True


class ShownButton(IconButton):
    """Opens the switches; a struck eye says that something is left out.

    Args:
        theme: The theme in force.
    """

    turned = Signal(object)
    """What is left out from now on: a ``frozenset`` of keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "eye", "Shown in the week")
        self._looks = theme
        self._hidden: frozenset[str] = frozenset()
        self._calendars: tuple[str, ...] = ()
        self.clicked.connect(self.open)

    @property
    def hidden(self) -> frozenset[str]:
        """What is left out."""
        return self._hidden

    def show_hidden(self, hidden: frozenset[str], calendars: Sequence[str]) -> None:
        """Shows what is left out, and which calendars there are."""
        self._hidden, self._calendars = hidden, tuple(calendars)
        left_out = [words for key, words in self._switches() if key in hidden]
        self.set_icon_name("eye-off" if left_out else "eye")
        self.setAccessibleDescription(f"Left out: {', '.join(left_out)}" if left_out else "")

    def open(self) -> Menu:
        """Opens the switches below the button."""
        menu = _StaysOpen(self._looks, "Shown in the week", self)
        menu.aboutToHide.connect(menu.deleteLater)
        for key, words in self._switches():
            action = menu.add(words.replace("&", "&&"), lambda key=key: self._turn(key))
            action.setCheckable(True)
            action.setChecked(key not in self._hidden)
        menu.open_below(self)
        return menu

    def _switches(self) -> Iterable[tuple[str, str]]:
        """Keys and words, the calendars first; by name where there are several."""
        if len(self._calendars) > 1:
            yield from ((calendar_key(name), name[:60]) for name in self._calendars)
        else:
            yield BlockKind.EVENT.value, "Calendar"
        yield from _SWITCHES

    def _turn(self, key: str) -> None:
        self.show_hidden(self._hidden ^ {key}, self._calendars)
        self.turned.emit(self._hidden)
