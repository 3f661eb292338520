"""One model: name, facts, fit in words and colour with the reason, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.ids import ModelId
from assistant.domain.model import Fit, FitVerdict, ModelInfo, ModelState, ModelStatus
from assistant.services.engine_health import ModelHealth
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button, IconButton
from assistant.ui.widgets.chip import Pill, Tone
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_PILLS: dict[FitVerdict, tuple[str, Tone, str]] = {
    FitVerdict.FITS: ("Fits", "good", "circle-check"),
    FitVerdict.SLOW: ("May be slow", "caution", "gauge"),
    FitVerdict.WONT_FIT: ("Won't fit", "bad", "circle-x"),
    FitVerdict.UNKNOWN: ("Not known", "neutral", "circle-question-mark"),
}


class ModelRow(QWidget):
    """A row of the list of models.

    Args:
        theme: The theme in force.
        model: What it shows.
        fit: Whether it fits this machine.
        parent: The owner.
    """

    use_wanted = Signal(str)
    eject_wanted = Signal()
    remove_wanted = Signal(str)

    def __init__(
        self, theme: Theme, model: ModelInfo, fit: Fit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._state = PlainLabel(theme, "", "small", "ink2")
        self._use = Button(theme, "Use", icon="check", small=True)
        self._eject = Button(theme, "Eject", icon="eject", small=True)
        self._remove = IconButton(theme, "trash-2", f"Remove {model.name}")
        self._use.clicked.connect(self._tell_use)
        self._eject.clicked.connect(self.eject_wanted)
        self._remove.clicked.connect(self._tell_remove)
        self._remove.setVisible(model.installed and not model.shared)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(18), theme.px(12), theme.px(18), theme.px(12))
        column.setSpacing(theme.px(4))
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(ElidedLabel(theme, model.name, "interface_medium"))
        words.addWidget(ElidedLabel(theme, facts(model), "small", "ink2"))
        line.addLayout(words, 5)
        fitting = QVBoxLayout()
        fitting.setSpacing(theme.px(2))
        text, tone, icon = _PILLS[fit.verdict]
        pill = Pill(theme, text, tone, icon=icon)
        fitting.addWidget(pill, alignment=Qt.AlignmentFlag.AlignLeft)
        fitting.addWidget(ElidedLabel(theme, fit.why, "small", "ink2"))
        line.addLayout(fitting, 6)
        actions = QWidget()
        # Of one width in every row, so that the columns stand under each other.
        actions.setFixedWidth(theme.px(210))
        buttons = QHBoxLayout(actions)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addStretch(1)
        for widget in (self._state, self._use, self._eject, self._remove):
            buttons.addWidget(widget)
        line.addWidget(actions)
        column.addLayout(line)
        self._health = ElidedLabel(theme, "", "small", "ink2")
        self._trouble = ElidedLabel(theme, "", "small", "bad")
        for label in (self._health, self._trouble):
            label.hide()
            column.addWidget(label)
        self.show_status(ModelStatus(ModelState.NONE))

    def show_status(self, status: ModelStatus) -> None:
        """Says whether this model is the one that is loaded."""
        own = status.model is not None and status.model.id == self._model.id
        ready = own and status.state is ModelState.READY
        loading = own and status.state is ModelState.LOADING
        self._eject.setVisible(ready)
        self._use.setVisible(self._model.installed and not ready and not loading)
        words = "Ready" if ready else f"Loading {status.progress:.0%}" if loading else ""
        if own and status.state is ModelState.FAILED:
            words = status.detail
        self._state.setText(words)
        self.setAccessibleName(f"{self._model.name}, {words}" if words else self._model.name)

    @property
    def model_id(self) -> ModelId:
        """Which model it shows."""
        return self._model.id

    def show_health(self, health: ModelHealth) -> None:
        """Says how the model has done since the start."""
        self._health.setText(doings(health))
        self._health.setVisible(bool(health.requests))
        self._trouble.setText(troubles(health))
        self._trouble.setVisible(bool(health.failures))

    def _tell_use(self) -> None:
        self.use_wanted.emit(self._model.id)

    def _tell_remove(self) -> None:
        self.remove_wanted.emit(self._model.id)


def doings(health: ModelHealth) -> str:
    """Answers, speed, time to the first word and memory in one line."""
    parts = [f"{health.requests} answer" + ("s" if health.requests != 1 else "")]
    if health.tokens_per_second is not None:
        parts.append(f"{health.tokens_per_second.median:.0f} tokens/s")
    if health.first_token_ms is not None:
        parts.append(f"first word after {health.first_token_ms.median / 1000:.1f} s")
    if health.memory_bytes:
        parts.append(f"{health.memory_bytes / 1e9:.2f} GB of memory")
    return " · ".join(parts)


def troubles(health: ModelHealth) -> str:
    """How often it failed, and with what words the last time."""
    count = sum(number for _, number in health.failures)
    if not count:
        return ""
    rests = " Others answer for a while." if health.rests else ""
    return (
        f"Failed {'once' if count == 1 else f'{count} times'}. {health.last_error}{rests}".strip()
    )


def facts(model: ModelInfo) -> str:
    """Size, weights and licence in one line."""
    weights = f"{model.parameters / 1e9:.1f} billion" if model.parameters >= 10**9 else ""
    if not weights and model.parameters:
        weights = f"{model.parameters / 1e6:.0f} million"
    size = f"{model.size_bytes / 1e9:.2f} GB"
    parts = (weights, model.quantization, size, model.licence or "licence not stated")
    return " · ".join(part for part in parts if part)
