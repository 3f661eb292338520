"""A model that is recommended for this machine: what it is, why, what it takes, what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.domain.download import DownloadState
from assistant.domain.model import FitVerdict, ModelState
from assistant.domain.sizes import memory_words, size_words
from assistant.ui.library.entries import (
    ICONS,
    PILLS,
    Action,
    Entry,
    download_words,
    main_action,
    speed_words,
    spoken,
    state_words,
)
from assistant.ui.library.words import bits_words, licence_words, percent, weights_words
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.chip import Pill
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.meters import ProgressBar
from assistant.ui.widgets.state_button import StateDot


class RecommendedCard(Card):
    """One of the two cards at the top.

    Args:
        theme: The theme in force.
        rank: ``small`` or ``medium``.
        parent: The owner.
    """

    acted = Signal(object, object)
    """An ``Action`` and the ``Entry``."""

    def __init__(self, theme: Theme, rank: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, 18, parent)
        self._rank = rank
        self.entry: Entry | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._dot = StateDot(theme, "none")
        self._state = PlainLabel(theme, "", "interface_medium")
        self._pill = Pill(theme, "")
        self._name = ElidedLabel(theme, "", "title")
        self._why = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        self._speed = ElidedLabel(theme, "", "interface", "ink2")
        self._memory = ElidedLabel(theme, "", "interface", "ink2")
        self._bar = ProgressBar(theme, "")
        self._far = ElidedLabel(theme, "", "small", "ink2")
        self._share = PlainLabel(theme, "", "small_medium")
        self.button = Button(theme, "")
        self.button.clicked.connect(self._act)
        self.settings = Button(theme, "Settings", "ghost", icon="sliders-horizontal")
        self.settings.clicked.connect(self._open_settings)
        self._build()
        theme.changed.connect(self._restyle_card)
        self._restyle_card()

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        rank = self._rank_label = PlainLabel(theme, f"Recommended {self._rank}", "small", "ink2")
        head.addWidget(rank, 1)
        for widget in (self._dot, self._state, self._pill):
            head.addWidget(widget)
        facts = QVBoxLayout()
        for icon, label in (("gauge", self._speed), ("memory-stick", self._memory)):
            line = QHBoxLayout()
            line.setSpacing(theme.px(8))
            line.addWidget(IconLabel(theme, icon, 16, "ink2"))
            line.addWidget(label, 1)
            facts.addLayout(line)
        self._far_line = QHBoxLayout()
        self._far_line.addWidget(self._share)
        self._far_line.addWidget(self._far, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._bar, 1)
        self._foot.addWidget(self.button)
        self._foot.addWidget(self.settings)
        self._foot.addStretch(0)
        self.body.addLayout(head)
        self.body.addWidget(self._name)
        self.body.addWidget(self._why)
        self.body.addLayout(facts)
        self.body.addStretch(1)
        self.body.addLayout(self._foot)
        self.body.addLayout(self._far_line)
        self._facts = facts

    def show_entry(self, entry: Entry, why: str, context_length: int) -> None:
        """Shows a model.

        Args:
            entry: Which one.
            why: One line on why this one.
            context_length: Tokens that its memory is estimated for.
        """
        self.entry = entry
        self._name.setText(entry.model.name)
        self._why.setText(why)
        self._speed.setText(speed_line(entry))
        self._memory.setText(memory_line(entry, context_length))
        self._show_state(entry)
        self._show_download(entry)
        action = main_action(entry)
        self.button.setVisible(action is not None)
        if action is not None:
            self.button.setText(action.value)
            self.button.setAccessibleName(f"{action.value} {entry.model.name}")
            self.button.set_icon_name(ICONS[action] or None)
            first = action is Action.DOWNLOAD and self._rank == "medium"
            kind = "primary" if first else "ghost" if action is Action.TRY_ANYWAY else "plain"
            self.button.set_kind(kind)
        self.settings.setVisible(entry.model.installed)
        self.settings.setAccessibleName(f"Settings of {entry.model.name}")
        self.setAccessibleName(f"Recommended {self._rank}: {spoken(entry)}. {why}")

    def _show_state(self, entry: Entry) -> None:
        state = state_words(entry)
        failed = entry.state is ModelState.FAILED
        self._state.setText("Failed" if failed else state)
        self._state.setVisible(bool(state) or failed)
        self._dot.setVisible(bool(state) or failed)
        ready = entry.state is ModelState.READY
        self._dot.set_state("missing" if failed else "ready" if ready else "loading")
        if failed and entry.detail:
            self._why.setText(entry.detail)
        verdict = FitVerdict.UNKNOWN if entry.fit is None else entry.fit.verdict
        self._pill.set_state(*PILLS[verdict])
        self._pill.setVisible(not state and not failed)

    def _show_download(self, entry: Entry) -> None:
        download = entry.download if not entry.model.installed else None
        for widget in (self._bar, self._share, self._far):
            widget.setVisible(download is not None)
        if download is None:
            return
        self._bar.set_share(download.fraction)
        self._bar.setAccessibleName(f"Download of {entry.model.name}")
        held = download.state in (DownloadState.PAUSED, DownloadState.FAILED)
        failed = download.state is DownloadState.FAILED
        self._bar.set_state("failed" if failed else "paused" if held else "running")
        self._share.setText(percent(download.fraction))
        self._far.setText(download_words(download))
        self._far.set_colour("bad" if failed else "ink2")

    def _act(self) -> None:
        action = main_action(self.entry) if self.entry is not None else None
        if action is not None:
            self.acted.emit(action, self.entry)

    def _open_settings(self) -> None:
        if self.entry is not None:
            self.acted.emit(Action.SETTINGS, self.entry)

    def _restyle_card(self) -> None:
        px = self._theme.px
        self.body.setSpacing(px(4))
        self._facts.setContentsMargins(0, px(8), 0, px(12))
        self._facts.setSpacing(px(4))
        self._foot.setSpacing(px(12))
        self._rank_label.setMinimumHeight(px(22))
        self._far_line.setSpacing(px(8))
        self._share.setFont(self._theme.font("small_medium", tabular=True))


def speed_line(entry: Entry) -> str:
    """How fast, whether that was measured, and what kind of model it is."""
    speed = speed_words(entry.fit)
    model = entry.model
    if speed and entry.fit is not None and entry.fit.speed is not None:
        measured = entry.fit.speed.measured
        if measured:
            return f"{speed}, measured here"
        speed = f"about {speed}"
    bits = ", ".join(
        p for p in (weights_words(model.parameters), bits_words(model.quantization)) if p
    )
    return " · ".join(part for part in (speed, bits, licence_words(model.licence)) if part)


def memory_line(entry: Entry, context_length: int) -> str:
    """What it takes of the memory, at which context, and of the disk."""
    disk = f"{size_words(entry.model.size_bytes)} on disk"
    if entry.fit is None or not entry.fit.needed_bytes:
        return disk
    memory = memory_words(entry.fit.needed_bytes)
    if entry.state is ModelState.READY:
        return f"{memory} in memory, {disk}"
    return f"{memory} of memory at {context_length:,} tokens, {disk}"
