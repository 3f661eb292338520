"""What stands on the page of programs is there again after a restart."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.exercise import Killed, RunReport
from assistant.services.core import Core
from assistant.services.study.program_draft import ProgramDraft
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.exercise.tests_card import TestsCard
from assistant.ui.study.programs.controller import ProgramsController
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.labels import PlainLabel
from tests.helpers.pictures import put
from tests.helpers.study_stand import all_threads, studying

PROGRAM = "name = input()\nprint('Good day', name)\n"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with studying(tmp_path_factory.mktemp("profile")) as made:
        all_threads(made)
        yield made


def _page(theme: Theme, core: Core, relay: JobRelay) -> ProgramsController:
    made = ProgramsController(theme, core.study, relay, relay)
    put([], made.widget, 1000, 700)
    return made


def test_a_program_that_was_left_is_put_back(
    qtbot: QtBot, theme: Theme, core: Core, qapp: QApplication
) -> None:
    owner = QObject()
    relay = JobRelay(owner)
    first = _page(theme, core, relay)
    first.restore()
    QTest.qWait(0)
    first.widget.editor.put("good.py", PROGRAM)
    first.widget.editor.typed.setPlainText("Ada")
    first.close()
    first.widget.close()
    kept = core.study.program_draft.read().result(60)
    assert kept == ProgramDraft("good.py", PROGRAM, "Ada")
    second = _page(theme, core, relay)
    second.restore()
    qtbot.waitUntil(lambda: second.widget.editor.program == PROGRAM)
    assert second.widget.editor.typed_input == "Ada\n"
    assert second.widget.editor.name.text() == "good.py"
    QTest.keyClicks(second.widget.editor.editor, "x")  # kept a moment later, without being left
    qtbot.waitUntil(lambda: core.study.program_draft.read().result(60) != kept)
    written = second.widget.editor.program
    third = _page(theme, core, relay)
    third.widget.editor.put("new.py", "print(1)\n")
    third.restore()
    core.study.program_draft.read().result(60)
    QApplication.processEvents()
    assert third.widget.editor.program == "print(1)\n", "what is written meanwhile stays"
    third.close()
    second.close()
    assert written != PROGRAM
    for one in (second, third):
        one.widget.close()
    relay.close()


@pytest.mark.parametrize("width", [260, 1100])
def test_what_kept_a_program_from_running_has_the_height_that_its_words_take(
    qtbot: QtBot, theme: Theme, qapp: QApplication, width: int
) -> None:
    card, window = TestsCard(theme), QWidget()
    column = QVBoxLayout(window)
    column.addWidget(card)
    column.addStretch(1)
    put([], window, width, 500)
    trouble = "Traceback: " + "the list has no such entry, " * 7
    card.show_report(RunReport((), Killed.TIME, trouble=trouble))
    QApplication.processEvents()
    texts = [each for each in card.findChildren(PlainLabel) if each.isVisible() and each.text()]
    wrapped = [each for each in texts if each.wordWrap() and "no such entry" in each.text()]
    assert len(wrapped) == 1
    assert abs(wrapped[0].height() - wrapped[0].heightForWidth(wrapped[0].width())) <= 2
    window.close()
