"""What words of a line mean is taught where they are missed, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from assistant.planner.quick_add.vocabulary import Entry
from assistant.ui.plan.adding.teaching import TeachingCard, likely_phrase
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import leave, saying, sit_down
from tests.helpers.plan_place import KEY, MIDWEEK, Plan


@pytest.fixture
def plan(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Plan]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."), MIDWEEK)
    yield Plan(sat)
    leave(sat)


def card_of(plan: Plan) -> TeachingCard:
    plan.sat.bot.waitUntil(lambda: bool(cards(plan)))
    return cards(plan)[0]


def cards(plan: Plan) -> list[TeachingCard]:
    return [one for one in plan.bar.findChildren(TeachingCard) if one.isVisible()]


def entries(plan: Plan) -> tuple[Entry, ...]:
    return plan.sat.desk.core.planning.words.vocabulary().result(60).entries


def test_words_that_were_missed_are_taught_from_the_title_and_undo_forgets_them(
    plan: Plan,
) -> None:
    bot, bar = plan.sat.bot, plan.bar
    bar.write("chemistry reading friday after class")
    bot.waitUntil(lambda: len(bar.chips) == 2)
    bar.chips[0].click()
    card = card_of(plan)
    assert card.phrase.text() == "after class"

    QTest.keyClicks(card.meaning, "after class")
    QTest.keyClick(card.meaning, KEY.Key_Return)
    bot.waitUntil(lambda: bool(card.problem))
    assert card.problem.startswith("“after class” cannot be taught.")
    card.meaning.clear()
    QTest.keyClicks(card.meaning, "15:30")
    assert card.read_as.endswith("15:30.")
    QTest.keyClick(card.meaning, KEY.Key_Return)

    bot.waitUntil(lambda: bar.chips[0].text() == "chemistry reading")
    assert not cards(plan)
    assert bar.field.text() == "chemistry reading friday after class"
    assert any("15:30" in chip.text() for chip in bar.chips)
    assert entries(plan) == (Entry("after class", "15:30"),)

    plan.undo()
    bot.waitUntil(lambda: bar.chips[0].text() == "chemistry reading after class")
    assert entries(plan) == ()


def test_selected_words_are_taught_from_the_field(plan: Plan) -> None:
    bar = plan.bar
    bar.write("essay the usual")
    bar.field.setSelection(6, 9)
    shown: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        shown.extend(action.text() for action in menu.actions())
        action = menu.actions()[-1]
        menu.close()
        action.trigger()

    QTimer.singleShot(0, choose)
    at = bar.field.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, at, bar.field.mapToGlobal(at))
    QApplication.sendEvent(bar.field, event)
    card = card_of(plan)
    assert shown[-1] == "These words mean…"
    assert card.phrase.text() == "the usual"
    for button, meaning in zip(card.kinds, ("15:30", "friday", "~45min", "#"), strict=False):
        button.click()
        assert card.meaning.text() == meaning
    QTest.keyClicks(card.meaning, "gym")
    assert card.read_as == "Today that is read as: gym."
    card.teach.click()
    plan.sat.bot.waitUntil(lambda: len(bar.chips) == 2)
    assert entries(plan) == (Entry("the usual", "#gym"),)


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("chemistry reading after class", "after class"),
        ("lunch with Anna at the usual place", "at the usual place"),
        ("the usual", "the usual"),
        ("a very long title that has many more words than that", ""),
    ],
)
def test_which_words_of_a_title_are_likely_to_mean_something(title: str, phrase: str) -> None:
    assert likely_phrase(title) == phrase
