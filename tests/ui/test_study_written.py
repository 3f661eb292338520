"""Lessons that a model writes: one anew, and those of a whole unit, over a real vault."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.study.lesson_values import LessonView
from assistant.services.study.lesson_writing import UnitWritten
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.courses.course_controller import CourseController
from assistant.ui.study.courses.units_card import written_words
from assistant.ui.study.lesson.controller import LessonController
from assistant.ui.theme.theme import Theme
from tests.helpers.pictures import put
from tests.helpers.signals import record
from tests.helpers.study_stand import NOW, PYTHON, all_threads, enrol, studying

OWN, SUMS, MORE = CourseId("own"), ConceptId("sums"), ConceptId("more")


def _draft(explanation: str) -> ScriptedAnswer:
    return ScriptedAnswer(
        json.dumps(
            {
                "idea": explanation,
                "way": WAY,
                "slip": "",
                "problem": "Work out 3/4 + 1/8.",
                "steps": [
                    {"shown": "3/4 = 6/8", "why": ""},
                    {"shown": "6/8 + 1/8 = 7/8", "why": ""},
                ],
                "answer": "7/8",
                "practice": [],
            }
        )
    )


def told(idea: str) -> str:
    """The explanation that is made of a draft."""
    return f"{idea}\n\n**How:** {WAY}"


def always(job: object) -> Callable[..., object]:
    """A service that gives this job, whatever it is asked."""

    def give(*_: object) -> object:
        return job

    return give


WAY = "Write both with the same denominator, then add the numerators."
FIRST = "The sum of two fractions is found by what stands above and below their lines."
SECOND = "Before fractions are added, each is written over the same denominator as the others."


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    engine = scripted_engine(Script((_draft(FIRST), _draft(SECOND))))
    with studying(tmp_path / "profile", engine) as made:
        concepts = tuple(
            Concept(one, str(one).title(), "Add them.", Lesson("")) for one in (SUMS, MORE)
        )
        units = (Unit("Adding & more", (SUMS, MORE)),)
        course = Course(OWN, 1, "Own", "Sums.", "en", "mathematics", units, concepts)
        made.study.library.keep(course, NOW)
        enrol(made, OWN)
        enrol(made, PYTHON)
        all_threads(made)
        made.study.lessons.write(OWN, SUMS).result(60)
        yield made


def test_a_written_lesson_is_written_anew_and_stays_until_then(
    qtbot: QtBot, theme: Theme, core: Core, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QObject()
    lesson = LessonController(theme, core.study, JobRelay(owner), owner)
    put([], lesson.widget, 1040, 800)
    page = lesson.widget
    with qtbot.waitSignal(lesson.opened):
        lesson.open(OWN, SUMS)
    card = page.write
    assert card is not None
    assert card.button.text() == "Write it anew"
    held = Job[LessonView]()
    with monkeypatch.context() as patch:
        patch.setattr(core.study.lessons, "write", always(held))
        card.button.click()
    assert card.button.text() == "Stop"
    assert "stays until the new one is whole" in card.note.words()
    assert page.explanation is not None
    card.button.click()
    assert held.cancel_token.cancelled
    assert card.button.text() == "Write it anew"
    assert core.study.lessons.lesson(OWN, SUMS).result(60).lesson.explanation == told(FIRST)
    with qtbot.waitSignal(lesson.opened):
        card.button.click()
    assert page.lesson is not None
    assert page.lesson.view.lesson.explanation == told(SECOND)
    assert page.practice is None, "there is no exercise on it that a button could lead to"
    with qtbot.waitSignal(lesson.opened):
        lesson.open(PYTHON, ConceptId("while-loops"))
    assert page.write is None
    assert page.practice is not None
    lesson.close()
    page.close()


def test_a_unit_is_written_in_the_background_with_its_progress(
    qtbot: QtBot, theme: Theme, core: Core, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QObject()
    made = CourseController(theme, core.study, JobRelay(owner), owner)
    page = made.widget
    put([], page, 1040, 800)
    card = page.units
    assert not page.map.isVisible(), "before a course was read there is nothing to say of it"
    made.open(OWN)
    qtbot.waitUntil(lambda: len(card.buttons) == 1)
    assert page.map.isVisible()
    assert card.isVisible()
    assert card.buttons[0].accessibleName() == "Write the lessons of Adding & more"
    held = Job[UnitWritten]()
    with monkeypatch.context() as patch:
        patch.setattr(core.study.lessons, "write_unit", always(held))
        card.buttons[0].click()
    assert not card.buttons[0].isEnabled()
    held.report(0.5, "Writing “More”")
    card.stop.click()
    assert held.cancel_token.cancelled
    held.finish(UnitWritten((), (SUMS,), ((MORE, "It was given up."),)))
    qtbot.waitUntil(lambda: bool(card.told()))
    assert card.told() == "No lesson was written. It was given up."
    qtbot.waitUntil(lambda: len(card.buttons) == 1 and card.buttons[0].isEnabled())
    said = record(made.said)
    card.buttons[0].click()
    made.open(PYTHON)  # it goes on while another course is looked at
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("1 lesson is written.",)]
    qtbot.waitUntil(lambda: not card.isVisible())
    made.open(OWN)
    qtbot.waitUntil(lambda: page.windowTitle() == "Own")
    assert not core.study.lessons.lacking(OWN).result(60)
    assert core.study.lessons.lesson(OWN, MORE).result(60).lesson.explanation == told(SECOND)
    made.close()
    page.close()


def test_what_came_of_a_unit_is_said_with_each_reason_once() -> None:
    failed = ((SUMS, "No model can answer."), (MORE, "No model can answer."))
    assert written_words(UnitWritten((), (), failed)) == (
        "No lesson was written. No model can answer."
    )
    assert written_words(UnitWritten((SUMS,), (), failed[1:])) == (
        "1 lesson is written. 1 lesson could not be: No model can answer."
    )
