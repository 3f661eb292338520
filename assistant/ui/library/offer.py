"""The stronger model for this machine, offered in the chat: one quiet line, once."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assistant.domain.model import ModelInfo
from assistant.domain.sizes import size_words
from assistant.services.core import Core
from assistant.services.recommending import Advice
from assistant.ui.chat.place import ComposerLine
from assistant.ui.library.collection import becomes
from assistant.ui.library.wires import Wires
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.icon_label import IconLabel
from assistant.ui.widgets.labels import ElidedLabel


class OfferLine(ComposerLine):
    """A line with two answers; hidden while nothing is offered.

    Args:
        theme: The theme in force.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = ElidedLabel(theme, "", "small", "ink2")
        self.download = Button(theme, "Download", "ghost", small=True)
        self.not_now = Button(theme, "Not now", "ghost", small=True)
        self.not_now.setAccessibleName("Not now")
        self._line = QHBoxLayout(self)
        self._line.addWidget(IconLabel(theme, "sprout", 16, "ink2"))
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self.download)
        self._line.addWidget(self.not_now)
        self.download.clicked.connect(self.accepted)
        self.not_now.clicked.connect(self.declined)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is not shown."""
        return self.accessibleName() if not self.isHidden() else ""

    def offer(self, model: ModelInfo) -> None:
        """Offers a model."""
        about = "about " if model.size_estimated else ""
        words = f"{model.name} would be stronger; {about}{size_words(model.size_bytes)}."
        self._words.setText(words)
        self.setAccessibleName(words)
        self.download.setAccessibleName(f"Download {model.name}")
        self.show()

    def tab_stops(self) -> list[QWidget]:
        """Its buttons."""
        return [self.download, self.not_now]

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(12), px(2), px(4), px(2))
        self._line.setSpacing(px(8))


class OfferKeeper(QObject):
    """Offers the recommended model after an answer of a weaker one, until it is had or declined.

    Args:
        core: Recommends, and keeps that it was declined.
        line: What is shown.
        wires: The downloads, and what begins them.
    """

    def __init__(self, core: Core, line: OfferLine, wires: Wires) -> None:
        super().__init__(line)
        self._core = core
        self._line = line
        self._wires = wires
        self._model: ModelInfo | None = None
        self._asked = False
        line.accepted.connect(self._accept)
        line.declined.connect(self._decline)
        wires.downloads.changed.connect(self._look)

    def answered(self) -> None:
        """An answer has ended: the machine has time to be looked at, once in a run."""
        if not self._asked:
            self._asked = True
            self._wires.relay.watch(self._core.recommending.advise(), self._advised)

    def _advised(self, advice: Advice) -> None:
        medium = advice.medium
        declined = self._core.settings.current.general.declined_offer
        if medium is None or medium.model.installed or str(medium.model.id) == declined:
            return
        self._model = medium.model
        self._line.offer(medium.model)
        self._look()

    def _look(self) -> None:
        """What is being downloaded is offered no more."""
        model = self._model
        if model is not None and any(becomes(d, model) for d in self._wires.downloads.downloads):
            self._line.hide()

    def _accept(self) -> None:
        if self._model is not None:
            self._wires.fetching.want(self._model)

    def _decline(self) -> None:
        self._line.hide()
        if self._model is not None:
            name = str(self._model.id)
            job = self._core.preferences.change("general", "declined_offer", name)
            self._wires.relay.watch(job)
