"""The settings of one model: shown, changed, kept, refused, taken back; by keys and by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assistant.domain.generation import SamplingParams, Task
from assistant.domain.model import Fit, FitVerdict, FlashAttention, KvType, LoadOptions, ModelInfo
from assistant.domain.parameters import ModelParameters
from assistant.services.core import Core
from assistant.services.model_parameters import NAMED_FORMATS
from assistant.services.task_presets import preset_of
from assistant.ui.bridge.relays import ModelStatusRelay
from assistant.ui.library.parameters.context import ContextSection, stops_to
from assistant.ui.library.parameters.keeper import ParametersKeeper
from assistant.ui.library.parameters.panel import ParametersPanel
from assistant.ui.library.parameters.sampling import TASKS
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import Sat, leave, saying, sit_down
from tests.helpers.signals import record

_ALPACA = next(each for each in NAMED_FORMATS if each.name == "alpaca")


@dataclass
class Shown:
    """The panel over a place, with the starter model's settings in it."""

    sat: Sat
    panel: ParametersPanel
    keeper: ParametersKeeper
    model: ModelInfo

    @property
    def core(self) -> Core:
        return self.sat.desk.core

    def kept(self) -> ModelParameters:
        return self.core.model_parameters.of(self.model.id)

    def wait_for(self, wanted: ModelParameters) -> None:
        self.sat.bot.waitUntil(lambda: self.kept() == wanted)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Shown]:
    sat = sit_down(qtbot, theme, tmp_path / "p", saying("Yes."))
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(900, 600)
    place.show()
    panel = ParametersPanel(theme, place)
    core = sat.desk.core
    core.models.ensure().result(60)
    status = ModelStatusRelay(core.models, panel)
    keeper = ParametersKeeper(core, panel, sat.desk.relay, status)
    model = core.models.chosen()
    keeper.show_for(model.id)
    qtbot.waitUntil(lambda: bool(panel.template.preview.toPlainText()))
    qtbot.waitUntil(lambda: panel.context.words.startswith("Fits"))
    yield Shown(sat, panel, keeper, model)
    panel.set_open(False)
    sat.settle()
    status.close()
    leave(sat)


def test_it_shows_how_the_model_is_loaded_now(shown: Shown) -> None:
    panel = shown.panel
    assert panel.name.text() == shown.model.name
    assert panel.context.length.value() == 4096
    assert panel.context.kv_type.current() == 0
    assert panel.processor.threads.text().strip() == "Automatic"
    assert panel.processor.gpu_layers.text().strip() == "Automatic"
    assert "graphics card" in panel.processor.card.text() or "free" in panel.processor.card.text()
    assert "<|im_start|>" in panel.template.text
    assert panel.template.editor.isReadOnly()
    assert "And of Italy?" in panel.template.preview.toPlainText()
    assert panel.waiting.isHidden()
    for section in (panel.context, panel.processor, panel.template):
        assert not section.reset.isEnabled()


def test_what_is_changed_is_judged_kept_loaded_and_taken_back(shown: Shown) -> None:
    panel, bot = shown.panel, shown.sat.bot
    before = panel.context.words
    QTest.keyClick(panel.context.slider, Qt.Key.Key_Left)
    assert panel.context.length.value() == 3072
    panel.context.kv_type.setFocus()
    QTest.keyClick(panel.context.kv_type, Qt.Key.Key_Right)
    panel.processor.threads.setValue(1)

    shown.wait_for(ModelParameters(context_length=3072, kv_type=KvType.Q8_0, threads=1))
    bot.waitUntil(lambda: panel.context.words != before)
    bot.waitUntil(lambda: not panel.waiting.isHidden())
    panel.reload.click()
    bot.waitUntil(lambda: shown.core.models.status.context_length == 3072)
    bot.waitUntil(panel.waiting.isHidden)

    panel.context.reset.click()
    shown.wait_for(ModelParameters(threads=1))
    assert panel.context.length.value() == 4096
    assert panel.context.kv_type.current() == 0
    assert not panel.context.reset.isEnabled()
    assert panel.processor.reset.isEnabled()


def test_two_wishes_that_cannot_go_together_are_refused_and_the_screen_says_what_holds(
    shown: Shown,
) -> None:
    failed = record(shown.sat.desk.relay.failed)
    shown.panel.context.edited.emit("kv_type", KvType.Q4_0)
    shown.panel.context.edited.emit("flash_attention", FlashAttention.OFF)

    shown.sat.bot.waitUntil(lambda: bool(failed))

    assert shown.kept() == ModelParameters()
    assert shown.panel.context.kv_type.current() == 0
    assert shown.panel.context.flash.current() == 0


def test_what_waits_for_a_pause_is_kept_when_the_panel_closes(shown: Shown) -> None:
    shown.panel.processor.gpu_layers.setValue(0)
    QTest.keyClick(shown.panel, Qt.Key.Key_Escape)

    assert not shown.panel.is_open()
    shown.wait_for(ModelParameters(gpu_layers=0))


def test_another_template_is_shown_before_it_is_used_and_can_be_taken_back(shown: Shown) -> None:
    section, bot = shown.panel.template, shown.sat.bot
    own = section.text
    section.choice.setCurrentIndex(section.choice.findData("alpaca"))
    bot.waitUntil(lambda: "### Instruction:" in section.preview.toPlainText())
    assert section.state.text() == "Not used yet."
    assert shown.kept() == ModelParameters()
    section.use.click()
    shown.wait_for(ModelParameters(chat_template=_ALPACA.source))
    bot.waitUntil(lambda: "in place of" in section.state.text())
    assert not section.use.isEnabled()

    section.reset.click()
    shown.wait_for(ModelParameters())
    assert section.text == own
    assert section.choice.currentData() == "own"
    bot.waitUntil(lambda: section.state.text().startswith("Used as it came"))


def test_a_template_that_cannot_be_used_says_where_and_cannot_be_chosen(shown: Shown) -> None:
    section, bot = shown.panel.template, shown.sat.bot
    section.choice.setCurrentIndex(section.choice.findData("plain"))
    bot.waitUntil(section.use.isEnabled)
    section.editor.setPlainText("{% for m in messages %}\n{{ m.content")
    assert not section.use.isEnabled()
    assert section.choice.currentData() == "mine"

    bot.waitUntil(lambda: "cannot be used" in section.state.text())

    assert "line 2" in section.state.text()
    assert not section.use.isEnabled()
    section.editor.setPlainText("{% for m in messages %}{{ m.content }}|{% endfor %}")
    bot.waitUntil(section.use.isEnabled)
    assert section.preview.toPlainText().endswith("And of Italy?|")


def test_each_task_is_sampled_in_its_own_way(shown: Shown) -> None:
    sampling, bot, core = shown.panel.sampling, shown.sat.bot, shown.core

    def stored(task: Task) -> SamplingParams:
        return core.personas.sampling_for(shown.model.id, task).result(60)

    sampling.task.setCurrentIndex(list(TASKS).index(Task.CODE))
    assert sampling.section.sampling == preset_of(Task.CODE)
    sampling.section.rows[0].number.setValue(0.6)
    sampling.task.setCurrentIndex(list(TASKS).index(Task.WRITING))
    assert sampling.section.sampling == preset_of(Task.WRITING)
    bot.waitUntil(lambda: stored(Task.CODE).temperature == pytest.approx(0.6))
    assert stored(Task.CHAT) == SamplingParams()

    sampling.task.setCurrentIndex(list(TASKS).index(Task.CODE))
    assert sampling.section.sampling.temperature == pytest.approx(0.6)
    sampling.section.reset_requested.emit()
    bot.waitUntil(lambda: stored(Task.CODE) == preset_of(Task.CODE))
    assert sampling.section.sampling == preset_of(Task.CODE)


def test_every_control_is_reached_by_tab_and_has_a_name(shown: Shown) -> None:
    panel = shown.panel
    panel.window().activateWindow()
    shown.sat.bot.waitUntil(panel.window().isActiveWindow)
    panel.context.reset.setEnabled(True)
    panel.context.reset.setFocus()
    stops: list[QWidget] = []
    for _ in range(80):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in stops:
            break
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert [each for each in stops if not each.accessibleName()] == []
    wanted = (
        panel.context.length,
        panel.context.slider,
        panel.context.mlock,
        panel.processor.batch_threads,
        panel.sampling.task,
        panel.template.choice,
        panel.template.preview,
    )
    assert [each for each in wanted if each not in stops] == []


def test_the_lengths_to_choose_from_end_at_what_was_trained() -> None:
    assert stops_to(8192) == (512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192)
    assert stops_to(5000)[-1] == 5000
    assert stops_to(300) == (300,)


def test_a_model_that_does_not_fit_is_said_to(theme: Theme, qtbot: QtBot) -> None:
    section = ContextSection(theme)
    qtbot.addWidget(section)
    section.show_options(LoadOptions(context_length=40960), 0)
    section.show_fit(Fit(FitVerdict.WONT_FIT, 9 * 10**9, 10**9, "It needs 9 GB."), 5 * 10**8)

    assert section.length.value() == 40960
    assert section.words == (
        "Won't fit. Takes about 9.0 GB, 500 MB of it for each 1,024 tokens of context. "
        "It needs 9 GB."
    )
