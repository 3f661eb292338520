"""The panel with the settings of one model."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.ui.library.parameters.context import ContextSection
from assistant.ui.library.parameters.processor import ProcessorSection
from assistant.ui.library.parameters.sampling import TaskSampling
from assistant.ui.library.parameters.template import TemplateSection
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card, Divider
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel
from assistant.ui.widgets.side_panel import SidePanel

_WIDTH = 400


class ParametersPanel(SidePanel):
    """Slides over the right side of the place that it is for.

    Args:
        theme: The theme in force.
        place: What it lies over.
    """

    reload_wanted = Signal()

    def __init__(self, theme: Theme, place: QWidget) -> None:
        self.name = ElidedLabel(theme, "", "interface", "ink2")
        self.context = ContextSection(theme)
        self.processor = ProcessorSection(theme)
        self.sampling = TaskSampling(theme)
        self.template = TemplateSection(theme)
        self.reload = Button(theme, "Reload now", "plain", small=True)
        self.waiting = Card(theme, 12)
        words = "It is loaded otherwise. The next question loads it anew."
        line = QHBoxLayout()
        line.addWidget(PlainLabel(theme, words, "small", "ink2", wrap=True), 1)
        line.addWidget(self.reload)
        self.waiting.body.addLayout(line)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, theme.px(4), theme.px(8), 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self.name)
        column.addWidget(self.waiting)
        sections = (self.context, self.processor, self.sampling, self.template)
        for number, section in enumerate(sections):
            if number:
                column.addWidget(Divider(theme))
            column.addWidget(section)
        column.addStretch(1)
        super().__init__(theme, "Model settings", content, width=_WIDTH, parent=place)
        self.set_over(True)
        self.reload.clicked.connect(self.reload_wanted)
        self.waiting.hide()
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the place that it lies over."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.fit()
        return super().eventFilter(watched, event)
