"""What the tests of a program said: one row a test, what was wanted and what came."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.exercise import CaseResult, Killed, RunReport
from assistant.ui.theme.fonts import Role
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_MOST_ROWS, _MOST_VALUE, _MOST_LINES, _LEAST_NAME = 60, 400, 12, 180
_BESIDE, _SHORT, _LEAD = 40, 44, 12
"""Characters: of two values on one line, of one that is shown whole, and before a difference."""
KILLED = {
    Killed.TIME: (
        "It did not end in time",
        "Is there a loop that never stops, or a call that never reaches its end?",
    ),
    Killed.MEMORY: (
        "It took more memory than it may have",
        "Does a list or a text grow for ever?",
    ),
}


class TestsCard(Card):
    """The tests as a list, and how they were run.

    Args:
        theme: The theme in force.
    """

    __test__ = False  # for pytest: it shows tests, and is none

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 0)
        px = theme.px
        self.body.setSpacing(0)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(px(14), px(11), px(14), px(11))
        row.setSpacing(px(8))
        row.addWidget(PlainLabel(theme, "Tests", "card_title"))
        self._failed = Pill(theme, "", "bad", icon="circle-x")
        self._passed = Pill(theme, "", "good", icon="circle-check")
        row.addWidget(self._failed)
        row.addWidget(self._passed)
        row.addStretch(1)
        row.addWidget(IconLabel(theme, "badge-check", 16, "good"))
        row.addWidget(_Fitting(theme, "Checked by running tests", "interface_medium", "good"))
        self._took = PlainLabel(theme, "", "small", "ink2")
        row.addWidget(self._took)
        self.body.addWidget(head)
        self._rows = QWidget()
        self._shown: list[QWidget] = []
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, px(4))
        self._list.setSpacing(0)
        self.body.addWidget(self._rows)
        self.hide()

    def show_report(self, report: RunReport) -> None:
        """Shows what the tests said."""
        self._failed.set_state(f"{report.failed} failed", "bad", "circle-x")
        self._failed.setVisible(report.failed > 0)
        self._passed.set_state(f"{report.passed} passed", "good", "circle-check")
        self._passed.setVisible(report.passed > 0)
        self._took.setText(_took(report.seconds))
        self._clear()
        if report.killed is not None:
            what, why = KILLED[report.killed]
            self._add(_Said(self._theme, what, why, "bad"))
        if report.trouble:
            self._add(
                _Said(self._theme, "It could not be run", cut(report.trouble), "bad", code=True)
            )
        for case in report.cases[:_MOST_ROWS]:
            self._add(CaseRow(self._theme, case))
        if len(report.cases) > _MOST_ROWS:
            more = len(report.cases) - _MOST_ROWS
            self._add(_Said(self._theme, f"And {more} more", "", "ink2"))
        if report.output.strip():
            self._add(_Said(self._theme, "Printed", cut(report.output), "ink2", code=True))
        self.setAccessibleName(f"Tests: {report.passed} passed, {report.failed} failed")
        self.show()

    def _add(self, row: QWidget) -> None:
        for each in (Divider(self._theme), row):
            self._shown.append(each)
            self._list.addWidget(each)

    def _clear(self) -> None:
        for row in self._shown:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = []


class CaseRow(QWidget):
    """One test: passed or failed, its name, what it calls; what was wanted and what came."""

    def __init__(self, theme: Theme, case: CaseResult) -> None:
        super().__init__()
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(6), px(14), px(6))
        column.setSpacing(px(3))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        icon, colour = ("circle-check", "good") if case.passed else ("circle-x", "bad")
        word = "Passed" if case.passed else "Failed"
        row.addWidget(IconLabel(theme, icon, 16, colour))
        state = PlainLabel(theme, word, "interface_medium", colour)
        state.setMinimumWidth(px(46))
        row.addWidget(state)
        name = ElidedLabel(theme, case_name(case.name), "interface")
        wide = QFontMetrics(theme.font("interface")).horizontalAdvance(name.text()) + 2
        name.setMinimumWidth(min(wide, px(_LEAST_NAME)))
        row.addWidget(name, 1)
        if case.call:
            row.addWidget(_code(theme, case.call, "ink2"))
        column.addLayout(row)
        if not case.passed:
            self._add_why(theme, column, case)
        self.setAccessibleName(f"{word}: {case_name(case.name)}. {_said(case)}".strip())

    def _add_why(self, theme: Theme, column: QVBoxLayout, case: CaseResult) -> None:
        px = theme.px
        if case.wanted or case.got:
            shown = told_values(case)
            beside = sum(len(value) for _, value, _ in shown) <= _BESIDE
            grid = QGridLayout()
            grid.setContentsMargins(px(70), 0, 0, 0)
            grid.setHorizontalSpacing(px(8))
            grid.setVerticalSpacing(px(2))
            for place, (words, value, colour) in enumerate(shown):
                row, at = (0, 2 * place) if beside else (place, 0)
                grid.addWidget(PlainLabel(theme, words, "small", "ink2"), row, at)
                grid.addWidget(_code(theme, value, colour), row, at + 1)
            grid.setColumnStretch(2 * len(shown), 1)
            column.addLayout(grid)
        elif case.message:
            line = PlainLabel(theme, cut(case.message), "small", "bad", wrap=True)
            line.setContentsMargins(px(70), 0, 0, 0)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)


class _Fitting(ElidedLabel):
    """A line that takes its own width and gives it up; the whole is its tooltip."""

    def __init__(self, theme: Theme, text: str, role: Role, colour: str) -> None:
        super().__init__(theme, text[:_MOST_VALUE], role, colour)
        self._metrics = QFontMetrics(theme.font(role))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its text, for as long as there is room."""
        return QSize(self._metrics.horizontalAdvance(self.text()) + 2, self._metrics.height())


def _code(theme: Theme, text: str, colour: str) -> _Fitting:
    return _Fitting(theme, text, "code", colour)


class _Said(QWidget):
    """A line about the run as a whole, and what belongs to it."""

    def __init__(
        self, theme: Theme, what: str, why: str, colour: str, *, code: bool = False
    ) -> None:
        super().__init__()
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(7), px(14), px(8))
        column.setSpacing(px(3))
        column.addWidget(PlainLabel(theme, what, "interface_medium", colour, wrap=True))
        if why:
            words = PlainLabel(theme, why, "code" if code else "small", "ink2", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            policy = words.sizePolicy()  # its height goes by its width, which a new one forgets
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            words.setSizePolicy(policy)
            column.addWidget(words)
        self.setAccessibleName(f"{what}. {why}".strip())


def case_name(name: str) -> str:
    """The name of a test as words: ``test_from_three`` is “From three”."""
    bare = name.rsplit("::", 1)[-1].rsplit(".", 1)[-1]
    words = re.sub(r"^test_*", "", bare).replace("_", " ").strip() or bare
    return words[:1].upper() + words[1:]


def cut(text: str) -> str:
    """The first lines of a text, with an ellipsis where there are more."""
    lines = text.strip("\n").split("\n")
    shown = "\n".join(line[:_MOST_VALUE] for line in lines[:_MOST_LINES])
    return f"{shown}\n…" if len(lines) > _MOST_LINES else shown


def told_apart(wanted: str, got: str) -> tuple[str, str]:
    """Two values, begun shortly before they differ where that would be out of sight."""
    both = enumerate(zip(wanted, got, strict=False))
    same = next((at for at, (one, other) in both if one != other), min(len(wanted), len(got)))
    if same <= 2 * _LEAD or max(len(wanted), len(got)) <= _SHORT:
        return wanted, got
    start = same - _LEAD
    return f"…{wanted[start:]}", f"…{got[start:]}"


def told_values(case: CaseResult) -> list[tuple[str, str, str]]:
    """What was wanted and what came: words, value and colour of each.

    Both read the same where a test forbids a value.
    """
    if case.wanted and case.wanted == case.got:
        return [("wanted something else than", case.got, "bad")]
    wanted, got = told_apart(case.wanted, case.got)
    return [each for each in (("wanted", wanted, "ink"), ("got", got, "bad")) if each[1]]


def _said(case: CaseResult) -> str:
    if case.passed:
        return ""
    parts = [f"wanted {case.wanted}" if case.wanted else "", f"got {case.got}" if case.got else ""]
    if case.wanted == case.got:
        parts = [f"{words} {value}" for words, value, _ in told_values(case)]
    return ", ".join(part for part in parts if part)[:_MOST_VALUE] or case.message[:_MOST_VALUE]


def _took(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
