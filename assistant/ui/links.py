"""The one gate through which an address leaves the window, after the user has seen it."""

from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assistant.domain.errors import UserFacingError
from assistant.ui.theme.theme import Theme
from assistant.ui.widgets.buttons import Button
from assistant.ui.widgets.fields import LineField
from assistant.ui.widgets.focus_ring import FocusRing
from assistant.ui.widgets.labels import PlainLabel

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be opened.

    Args:
        shown: The whole of it, as it will be opened; foreign letters of a host as ``xn--``.
        host: Where it leads; the mail address for ``mailto``.
    """

    url: QUrl
    shown: str
    host: str


def checked_address(text: str) -> Address:
    """Reads an address that a message, a file or a model named.

    Raises:
        UserFacingError: It is not http, https or mailto, or it is not whole.
    """
    url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
    scheme = url.scheme().lower()
    if len(text) > _LONGEST or not url.isValid() or scheme not in ("http", "https", "mailto"):
        raise UserFacingError(
            "This link is not opened.",
            "Only web addresses and mail addresses are.",
            code="link_refused",
        )
    if scheme == "mailto":
        if "@" not in url.path():
            raise UserFacingError("This mail address is not whole.", code="link_refused")
        return Address(url, url.toString(QUrl.ComponentFormattingOption.FullyEncoded), url.path())
    if not url.host() or url.userName() or url.password():
        raise UserFacingError(
            "This link is not opened.",
            "It names no host, or hides the real one behind a name.",
            code="link_refused",
        )
    shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return Address(url, shown, host)


class LinkQuestion(QDialog):
    """Shows the whole address and asks before a browser is given it.

    Args:
        theme: The theme in force.
        address: Where it leads.
        parent: The window.
    """

    def __init__(self, theme: Theme, address: Address, parent: QWidget) -> None:
        super().__init__(parent)
        self._address = address
        self.setWindowTitle("Open this link?")
        self.setModal(True)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        column.addWidget(PlainLabel(theme, f"Open {address.host}?", "card_title", wrap=True))
        words = "Your browser or mail program opens it. It is outside of Lamplight."
        column.addWidget(PlainLabel(theme, words, "interface", "ink2", wrap=True))
        whole = LineField(theme, "The whole address")
        whole.setText(address.shown)
        whole.setReadOnly(True)
        whole.setCursorPosition(0)
        column.addWidget(whole)
        line = QHBoxLayout()
        copy = Button(theme, "Copy address", "ghost", icon="copy")
        self.cancel_button = Button(theme, "Cancel")
        self.open_button = Button(theme, "Open", "primary", icon="external-link")
        copy.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.accept)
        line.addWidget(copy)
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.open_button)
        column.addLayout(line)
        self.setMinimumWidth(px(460))
        FocusRing(theme, self)
        self.cancel_button.setFocus()
        self.accepted.connect(self._open)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address.shown)

    def _open(self) -> None:
        QDesktopServices.openUrl(self._address.url)


def open_url(theme: Theme, text: str, window: QWidget) -> LinkQuestion:
    """Asks whether to open an address, and opens it when the answer is yes.

    Nothing else in the application may hand an address to the system.

    Args:
        theme: The theme in force.
        text: The address, as it was written.
        window: Where the question is shown.

    Raises:
        UserFacingError: It is not http, https or mailto.
    """
    question = LinkQuestion(theme, checked_address(text), window)
    question.finished.connect(question.deleteLater)
    question.open()
    return question
