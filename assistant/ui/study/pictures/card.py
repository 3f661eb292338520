"""A picture on a card: its title, a note, and a button that shows it as a table."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.ui.study.pictures.picture import Picture
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import IconButton
from assistant.ui.widgets.card import Card
from assistant.ui.widgets.labels import ElidedLabel, PlainLabel

_AS_TABLE, _AS_PICTURE = "Show as a table", "Show as a picture"


class PictureCard(Card):
    """Holds one picture; others may be put below its head.

    Args:
        theme: The theme in force.
        title: What it shows.
        picture: Drawn below the title.
        note: In small letters at the right of the title.
    """

    def __init__(self, theme: Theme, title: str, picture: Picture, note: str = "") -> None:
        super().__init__(theme, 16)
        self.picture = picture
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        self.head.addWidget(PlainLabel(theme, title, "card_title"))
        self._note = ElidedLabel(theme, note, "small", "ink3")
        self.head.addWidget(self._note, 1)
        self.toggle = IconButton(theme, "list", f"{title}: {_AS_TABLE.lower()}")
        self.toggle.clicked.connect(self._turn)
        self.head.addWidget(self.toggle)
        self._name = title
        self.body.addLayout(self.head)
        self.body.addWidget(picture, 1)
        picture.table_shown.connect(self._turned)
        self.follow()

    def add_to_head(self, widget: QWidget) -> None:
        """Puts something left of the button."""
        self.head.insertWidget(self.head.count() - 1, widget)

    def set_note(self, words: str) -> None:
        """Says something beside the title."""
        self._note.setText(words)

    def note(self) -> str:
        """What is said beside the title."""
        return self._note.text()

    def follow(self) -> None:
        """What is not drawn has no table; call it when the picture shows something else."""
        self.toggle.setVisible(self.picture.drawing() is not None)

    def _turn(self) -> None:
        table = self.picture.table()
        shown = table is not None and table.isVisibleTo(self.picture)
        self.picture.show_table(shown=not shown)

    def _turned(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self.toggle.set_icon_name("chart-column" if shown else "list")
        words = (_AS_PICTURE if shown else _AS_TABLE).lower()
        self.toggle.set_name(f"{self._name}: {words}", "T")
