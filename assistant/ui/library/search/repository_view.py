"""One repository: what can be had from it, and what its makers say."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.hub import Gate, HubChoice, HubRepository
from assistant.ui.chat.transcript.live_text import GroupsFrom
from assistant.ui.chat.transcript.source import Background
from assistant.ui.library.search.card_view import CardView
from assistant.ui.library.search.choice_row import ChoiceRow
from assistant.ui.library.search.words import breakable, count_words, facts_of, name_and_owner
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import PlainLabel
from assistant.ui.widgets.notices import ErrorCard

_WORDS = {
    Gate.AUTOMATIC: "Its owners ask you to accept their terms on the Hub, with an account there.",
    Gate.MANUAL: "Its owners decide who may have it. Ask them on the Hub, with an account there.",
}


class RepositoryView(QWidget):
    """Shows a repository. It asks; it changes nothing itself.

    Args:
        theme: The theme in force.
    """

    back_wanted = Signal()
    download_wanted = Signal(object)
    """A ``HubChoice``."""
    page_wanted = Signal()
    """The page of the repository is to be opened in a browser."""
    token_wanted = Signal()
    link_activated = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[ChoiceRow] = []
        self.card_view: CardView | None = None
        self.back = Button(theme, "Results", "ghost", icon="arrow-left", small=True)
        self.back.clicked.connect(self.back_wanted)
        self._page = Button(theme, "Open its page", "ghost", icon="external-link", small=True)
        self._page.clicked.connect(self.page_wanted)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addStretch(1)
        head.addWidget(self._page)
        self._name = PlainLabel(theme, "", "title", wrap=True)
        self._facts = PlainLabel(theme, "", "interface", "ink2", wrap=True)
        for label in (self._name, self._facts):
            label.setMinimumWidth(1)  # a name without an end must not widen the page
        self._notices = QVBoxLayout()
        self._notices.setSpacing(theme.px(8))
        self._choices = Card(theme, 0)
        self._choices.body.setSpacing(0)
        self._choices_title = PlainLabel(theme, "What can be downloaded", "card_title")
        margin = theme.px(19)
        self._choices_title.setContentsMargins(margin, theme.px(14), margin, theme.px(10))
        self._choices.body.addWidget(self._choices_title)
        self._card = Card(theme, 20)
        self._card.body.addWidget(PlainLabel(theme, "What its makers say", "card_title"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addLayout(self._notices)
        column.addWidget(self._choices)
        column.addWidget(self._card)

    def use_background(self, background: Background) -> None:
        """Says where formulas and code of a card are drawn; before the first card is shown."""
        self.card_view = CardView(self._theme, background)
        self.card_view.link_activated.connect(self.link_activated)
        self._card.body.addWidget(self.card_view)

    def show_repository(self, repository: HubRepository, *, has_token: bool) -> None:
        """Shows what can be had; the card comes by ``show_card``."""
        name, _ = name_and_owner(repository.model.repo)
        self._name.setText(breakable(name))
        self._facts.setText(breakable(_facts(repository)))
        self.setAccessibleName(f"{name}. {_facts(repository)}")
        self._show_notices(repository, has_token=has_token)
        self._show_choices(repository.choices)
        self._card.hide()

    def show_card(self, groups: GroupsFrom) -> None:
        """Shows what its makers say; nothing when they say nothing."""
        self._card.setVisible(bool(groups.groups) and self.card_view is not None)
        if self.card_view is not None:
            self.card_view.show_groups(groups)

    def notices(self) -> list[ErrorCard]:
        """What stands above the choices."""
        items = (self._notices.itemAt(at) for at in range(self._notices.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, ErrorCard)]

    def _show_notices(self, repository: HubRepository, *, has_token: bool) -> None:
        for old in self.notices():
            self._notices.removeWidget(old)
            old.hide()
            old.deleteLater()
        gate = repository.model.gate
        if gate is not Gate.OPEN:
            if has_token:
                what, tone = "Your token is used for it", "plain"
                meaning = f"{_WORDS[gate]} Once they agree, it can be downloaded."
            else:
                what, tone = "It is not open to everybody", "caution"
                meaning = f"{_WORDS[gate]} Then give Lamplight a token of it."
            notice = ErrorCard(self._theme, what, meaning, tone)
            notice.add_button("Open its page").clicked.connect(self.page_wanted)
            words = "Use another token" if has_token else "Give a token"
            notice.add_button(words).clicked.connect(self.token_wanted)
            self._notices.addWidget(notice)
        if repository.refused:
            what = "Nothing of it can be used here"
            self._notices.addWidget(ErrorCard(self._theme, what, repository.refused))

    def _show_choices(self, choices: Sequence[HubChoice]) -> None:
        for row in self.rows:
            self._choices.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ChoiceRow(self._theme, choice) for choice in choices]
        for row in self.rows:
            row.wanted.connect(self.download_wanted)
            self._choices.body.addWidget(row)
        self._choices.setVisible(bool(choices))


def _facts(repository: HubRepository) -> str:
    model = repository.model
    context = repository.context_length
    parts = (
        facts_of(model),
        repository.architecture,
        f"reads {context:,} tokens" if context else "",
        f"{count_words(model.downloads)} downloads",
        f"{count_words(model.likes)} likes",
    )
    return " · ".join(part for part in parts if part)
