"""The window from its first paint to its end, its places, keys and notes."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from assistant.config.first_look import read_first_look
from assistant.domain.errors import UserFacingError
from assistant.domain.model import ModelState
from assistant.engine.scripted import scripted_engine
from assistant.services.core import Core
from assistant.services.crash_notes import CrashNotes
from assistant.services.options import CoreOptions
from assistant.ui.app import Lamplight
from assistant.ui.crash import CrashWatch
from assistant.ui.instance import InstanceServer, raise_other, server_name
from assistant.ui.keys import KeyList
from assistant.ui.links import LinkQuestion, checked_address
from assistant.ui.main_window import MainWindow
from assistant.ui.shortcuts import ACTIONS, Shortcuts
from assistant.ui.theme.theme import Theme
from assistant.ui.theme.tokens import LIGHT
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.profile import options_for
from tests.helpers.signals import record

HEAVY = ("pydantic", "sqlmodel", "sqlalchemy", "llama_cpp", "numpy", "PySide6.QtNetwork")


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    yield made
    leave(made)


def scripted_core(options: CoreOptions) -> Core:
    story = " ".join(f"word{number}" for number in range(900))  # it is not over before it is seen
    return Core(options, scripted_engine(saying(story, tokens_per_second=20)))


def opened(qtbot: QtBot, qapp: QApplication, profile: Path) -> Lamplight:
    lamplight = Lamplight(qapp, options_for(profile), scripted_core)
    lamplight.show()
    qtbot.waitUntil(lambda: lamplight.desk is not None)
    return lamplight


# From the first paint to the end


def test_nothing_heavy_is_imported_for_the_first_paint() -> None:
    import subprocess

    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from assistant.ui.app import Lamplight\n"
        f"heavy = {HEAVY!r}\n"
        "app = QApplication([])\n"
        "from assistant.ui.main_window import MainWindow\n"
        "from assistant.ui.theme.tokens import LIGHT\n"
        "window = MainWindow(LIGHT)\n"
        "window.show()\n"
        "app.processEvents()\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "import os; sys.stdout.flush(); os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_it_opens_answers_and_ends_without_threads(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    lamplight = opened(qtbot, qapp, tmp_path / "p")
    desk = lamplight.desk
    assert desk is not None
    qtbot.waitUntil(lambda: lamplight.window.current == "welcome")
    desk.places.close_welcome()
    desk.room.place.composer.send_requested.emit("Hello")
    qtbot.waitUntil(lambda: bool(desk.room.session.running and desk.room.session.running.text))
    desk.room.place.composer.set_text("half a thought")
    lamplight.window.close()  # while an answer is being written
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if name.startswith(("store", "pool", "window", "start"))]
    lamplight.deleteLater()
    again = opened(qtbot, qapp, tmp_path / "p")
    session = again.desk.room.session if again.desk is not None else None
    assert session is not None
    qtbot.waitUntil(lambda: len(session.outline) == 2)
    assert session.conversation is not None
    assert session.conversation.draft == "half a thought"
    again.window.close()
    again.deleteLater()


def test_it_can_be_closed_while_it_starts(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    began, go_on = threading.Event(), threading.Event()

    def held(options: CoreOptions) -> Core:
        began.set()
        go_on.wait(60)
        return scripted_core(options)

    lamplight = Lamplight(qapp, options_for(tmp_path / "p"), held)
    lamplight.show()
    qtbot.waitUntil(began.is_set)
    go_on.set()
    lamplight.window.close()
    assert lamplight.desk is None
    assert not any(t.name in ("start", "store_0") for t in threading.enumerate())
    lamplight.deleteLater()


def test_a_start_that_fails_says_why(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    def broken(options: CoreOptions) -> Core:
        raise UserFacingError("The folder cannot be made.", "Choose another.")

    lamplight = Lamplight(qapp, options_for(tmp_path / "p"), broken)
    failed = record(lamplight.failed)
    lamplight.show()
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == [("The folder cannot be made. Choose another.",)]
    lamplight.window.close()
    lamplight.deleteLater()


def test_its_place_on_the_screen_is_kept(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    lamplight = opened(qtbot, qapp, tmp_path / "p")
    lamplight.window.resize(701, 555)
    lamplight.window.close()
    look = read_first_look(options_for(tmp_path / "p").paths.settings)
    window = MainWindow(LIGHT, geometry=look.window_geometry)
    assert (window.width(), window.height()) == (701, 555)
    window.deleteLater()
    lamplight.deleteLater()


def test_a_second_start_raises_the_first(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    sign, name = tmp_path / "state" / "window", server_name(tmp_path)
    assert str(tmp_path) not in name
    assert not raise_other(name, sign), "nobody is there"
    server = InstanceServer(name, sign, qapp)
    assert server.listening
    raised = record(server.raise_wanted)
    answer: list[bool] = []
    other = threading.Thread(target=lambda: answer.append(raise_other(name, sign)))
    other.start()
    qtbot.waitUntil(lambda: bool(raised))
    qtbot.waitUntil(lambda: bool(answer))
    other.join()
    assert answer == [True]
    server.close()
    assert not sign.exists()
    assert not raise_other(name, sign)
    server.deleteLater()


# Places and keys


def test_places_come_when_they_are_asked_for(sat: Sat) -> None:
    window = sat.desk.window
    assert window.current == "chat"
    for keys, place in ((Qt.Key.Key_4, "models"), (Qt.Key.Key_Comma, "settings")):
        QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
        assert window.current == place
    window.go_back()
    assert window.current == "models"
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "chat"
    sat.settle()


def test_below_a_thousand_pixels_only_the_rail_is_there(sat: Sat) -> None:
    sat.desk.window.resize(1280, 800)
    assert not sat.desk.window.sidebar.is_folded()
    sat.desk.window.resize(900, 600)
    assert sat.desk.window.sidebar.is_folded()


def test_every_control_of_the_window_has_a_name_and_can_be_reached(sat: Sat) -> None:
    sat.ask("One")
    sat.desk.room.place.panel.set_open(True)
    window = sat.desk.window
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    controls = [w for kind in kinds for w in window.findChildren(kind) if w.isVisible()]
    assert len(controls) > 20
    unnamed = [
        type(w).__name__
        for w in controls
        if not (w.accessibleName() or w.toolTip() or (isinstance(w, QAbstractButton) and w.text()))
        and w.objectName() != "qt_spinbox_lineedit"  # its spin box has the name
    ]
    assert unnamed == []


def test_the_status_of_the_model_reaches_the_composer(sat: Sat) -> None:
    sat.bot.waitUntil(lambda: sat.desk.model_status.status.state is ModelState.READY)
    sat.desk.core.models.eject()
    sat.bot.waitUntil(lambda: sat.desk.room.place.composer.model.text() == "Choose a model")


def test_keys_are_bound_kept_and_never_twice(qtbot: QtBot, theme: Theme, sat: Sat) -> None:
    keys = KeyList(theme, sat.desk.shortcuts, sat.desk.window)
    changed = record(keys.bindings_changed)
    button = keys.buttons["new_chat"]
    button.click()
    QTest.keyClick(button, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert changed == []
    assert "Search your chats" in keys.problem.text()
    button.click()
    QTest.keyClick(button, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert changed == [({"new_chat": "Ctrl+J"},)]
    assert sat.desk.shortcuts.text("new_chat") == "Ctrl+J"
    keys.reject()


def test_the_table_of_keys_has_no_conflict(qapp: QApplication) -> None:
    shortcuts = Shortcuts({}, qapp)
    keys = {each.id: shortcuts.sequence(each.id).toString() for each in ACTIONS}
    anywhere = [keys[each.id] for each in ACTIONS if not each.fixed]
    assert len(anywhere) == len(set(anywhere))
    for group in {each.group for each in ACTIONS}:
        there = [keys[each.id] for each in ACTIONS if each.group == group]
        assert len(there) == len(set(there)), group
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)
    shortcuts.deleteLater()


@pytest.mark.parametrize(
    "bindings",
    [{"new_chat": "Ctrl+K"}, {"new_chat": "A"}, {"nonsense": "Ctrl+J"}, {"send": "Ctrl+J"}],
)
def test_bindings_that_cannot_be_used_are_passed_over(
    qapp: QApplication, bindings: dict[str, str]
) -> None:
    shortcuts = Shortcuts(bindings, qapp)
    assert shortcuts.text("new_chat") == "Ctrl+N"
    assert shortcuts.text("send") == "Return"
    shortcuts.deleteLater()


# Links and crashes


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://example.org/a?b=c", "example.org"),
        ("http://example.org", "example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("https://пример.рф/", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_addresses_that_may_be_opened(text: str, host: str) -> None:
    assert checked_address(text).host == host


@pytest.mark.parametrize(
    "text",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://example.org"),
        *("\\\\server\\share", "smb://server/share", "https://", "https://good.org@evil.org/"),
        *("", "mailto:nobody", "example.org", "https://example.org/" + "a" * 5000),
    ],
)
def test_addresses_that_are_never_opened(text: str) -> None:
    with pytest.raises(UserFacingError):
        checked_address(text)


def test_a_link_is_shown_whole_before_it_is_opened(sat: Sat) -> None:
    sat.desk.room.transcript.asks.link_activated.emit("https://example.org/a?b=c")
    (question,) = sat.desk.window.findChildren(LinkQuestion)
    fields = question.findChildren(QLineEdit)
    assert [field.text() for field in fields] == ["https://example.org/a?b=c"]
    question.reject()
    sat.desk.room.transcript.asks.link_activated.emit("file:///etc/passwd")
    assert "not opened" in sat.desk.window.toasts.toasts()[-1].accessibleName()


def test_a_crash_is_noted_without_words_and_offered_next_time(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    folder = tmp_path / "p" / "logs"
    watch = CrashWatch(folder)
    watch.start()
    try:
        sys.excepthook(ValueError, ValueError("the user's secret words"), None)
        thread = threading.Thread(target=_fail, name="failing")
        thread.start()
        thread.join()
    finally:
        watch.stop()
    assert len(CrashNotes(folder).unseen()) == 2
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("An answer."))
    try:
        sat.desk.offer_diagnostics()
        toast = sat.desk.window.toasts.toasts()[-1]
        assert "unexpectedly" in toast.accessibleName()
        toast.acted.emit()
        copied = QApplication.clipboard().text()
        assert "ValueError" in copied
        assert "KeyError" in copied
        assert "secret" not in copied
        assert CrashNotes(folder).unseen() == []
    finally:
        leave(sat)


def _fail() -> None:
    raise KeyError("another secret")


def test_a_fault_below_python_becomes_a_note_with_short_paths(tmp_path: Path) -> None:
    (tmp_path / "fault.txt").write_text(
        'Fatal Python error: Segmentation fault\n  File "/opt/ada/deep/app/x/y.py", line 3 in f\n',
        encoding="utf-8",
    )
    watch = CrashWatch(tmp_path)
    watch.collect()
    (note,) = watch.notes.unseen()
    text = note.read_text(encoding="utf-8")
    assert "Segmentation fault" in text
    assert 'File "app/x/y.py"' in text
    assert "ada" not in text
    assert not (tmp_path / "fault.txt").exists()


def test_hooks_are_given_back_and_no_empty_file_stays(tmp_path: Path) -> None:
    watch = CrashWatch(tmp_path)
    watch.start()
    watch.stop()
    assert sys.excepthook is sys.__excepthook__
    assert list(tmp_path.iterdir()) == []
