"""“Another kind”: a model proposes an exercise, and it is shown once code has proved its key."""

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assistant.domain.ids import ConceptId
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core
from assistant.services.jobs import Job
from assistant.services.study.proposing import Proposed
from assistant.ui.bridge.jobs import JobRelay
from assistant.ui.study.exercise.controller import ExerciseController
from assistant.ui.study.exercise.sitting import Came
from assistant.ui.theme.theme import Theme
from tests.helpers.pictures import put
from tests.helpers.signals import record
from tests.helpers.study_stand import ALGEBRA, all_threads, enrol, studying

ADDING = ConceptId("fractions-adding")


def _formula(text: str) -> ScriptedAnswer:
    return ScriptedAnswer(json.dumps({"formula": text}))


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    engine = scripted_engine(Script((_formula("apples"), _formula("5/7 + 3/14"))))
    with studying(tmp_path_factory.mktemp("profile"), engine) as made:
        enrol(made, ALGEBRA)
        all_threads(made)
        made.models.ensure("").result(60)
        yield made


@pytest.fixture
def practice(theme: Theme, core: Core, qapp: QApplication, qtbot: QtBot) -> Iterator[QObject]:
    owner = QObject()
    relay = JobRelay(owner)
    made = ExerciseController(theme, core.study, relay, owner)
    put([], made.widget, 1224, 800)
    made.open(ALGEBRA, ADDING)
    qtbot.waitUntil(lambda: made.given is not None)
    yield made
    made.close()
    relay.close()
    made.widget.close()


def always(job: object) -> Callable[..., object]:
    """A service that gives this job, whatever it is asked."""

    def give(*_: object) -> object:
        return job

    return give


def test_it_is_asked_for_beside_the_work_and_shown_when_wanted(
    practice: ExerciseController, qtbot: QtBot
) -> None:
    button, first = practice.widget.bar.another, practice.given
    assert first is not None
    assert button.isVisible()
    assert button.text() == "Another kind"
    button.click()
    assert button.text() == "Stop asking"
    qtbot.waitUntil(lambda: button.text() == "Show the new one")
    assert practice.given == first, "the work in hand goes on until the new one is wanted"
    button.click()
    qtbot.waitUntil(
        lambda: practice.given is not None and practice.given.exercise.key.answer == "13/14"
    )
    assert practice.given is not None
    assert practice.given.exercise.id != first.exercise.id
    assert practice.sitting.came == [Came.SKIPPED]
    assert button.text() == "Another kind"


def test_it_can_be_stopped_and_says_why_nothing_came(
    practice: ExerciseController, qtbot: QtBot, core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, held = practice.widget.bar.another, Job[Proposed]()
    with monkeypatch.context() as patch:
        patch.setattr(core.study.proposals, "propose", always(held))
        button.click()
    held.report(0.2, "Proposal 2 of at most 6")
    qtbot.waitUntil(lambda: "Proposal 2" in button.toolTip())
    button.click()
    assert held.cancel_token.cancelled
    assert button.text() == "Another kind"
    failed = record(practice.failed)
    button.click()  # the script holds no more answers that can be proved
    qtbot.waitUntil(lambda: bool(failed))
    assert button.text() == "Another kind"
    practice.widget.bar.resize(420, 52)
    assert not button.isVisible()
    practice.widget.bar.resize(1224, 52)
    assert button.isVisible()
    practice.open(ALGEBRA, placement=True)
    qtbot.waitUntil(lambda: practice.given is not None)
    assert not button.isVisible()
