"""Colours of a program while it is being written."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument
from shiboken6 import isValid

from assistant.render.blocks import CodeSpan
from assistant.render.code import highlight
from assistant.ui.chat.transcript.prose import utf16_length
from assistant.ui.chat.transcript.source import Background
from assistant.ui.theme.theme import Theme

_REST_MS = 60
_AT_ONCE = 6_000
_KINDS = ("keyword", "string", "number", "builtin", "comment")
_Lines = tuple[tuple[CodeSpan, ...], ...]


class CodeColours(QSyntaxHighlighter):
    """Colours the line that is typed at once, and all of it once the typing rests.

    A line alone does not know that it stands within a string of several lines.

    Args:
        theme: The theme in force.
        background: Where long programs are coloured.
        document: The program.
        language: What it is written in.
    """

    def __init__(
        self, theme: Theme, background: Background, document: QTextDocument, language: str
    ) -> None:
        super().__init__(document)
        self._theme = theme
        self._background = background
        self._language = language
        self._lines: _Lines = ()
        self._formats: dict[str, QTextCharFormat] = {}
        self._applying = False
        self._ready = False
        """Whether the words of the language were loaded, which takes long the first time."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._read_all)
        document.contentsChanged.connect(self._changed)
        theme.changed.connect(self._restyle)
        self._make_formats()
        self._read_all()

    def highlightBlock(self, text: str) -> None:
        """Colours one line."""
        number = self.currentBlock().blockNumber()
        known = self._lines[number] if number < len(self._lines) else ()
        if not self._ready:
            return
        if "".join(span.text for span in known).rstrip("\n") != text:
            known = highlight(text, self._language)[0]
        column = 0
        for span in known:
            size = utf16_length(span.text)
            form = self._formats.get(span.kind)
            if form is not None:
                self.setFormat(column, size, form)
            column += size

    def _changed(self) -> None:
        if not self._applying:
            self._rest.start()

    def _read_all(self) -> None:
        text = self.document().toPlainText()
        if self._ready and len(text) <= _AT_ONCE:
            self._take((text, highlight(text, self._language)))
        else:
            language = self._language
            self._background.submit(lambda: (text, highlight(text, language)), self._take)

    def _take(self, read: tuple[str, _Lines]) -> None:
        text, lines = read
        if not isValid(self):
            return
        self._ready = True
        document = self.document()
        if document.toPlainText() != text:
            self._rest.start()
            return
        before, self._lines = self._lines, lines
        self._applying = True
        for number, line in enumerate(lines):
            if number >= len(before) or before[number] != line:
                self.rehighlightBlock(document.findBlockByNumber(number))
        self._applying = False

    def _make_formats(self) -> None:
        for kind in _KINDS:
            form = QTextCharFormat()
            form.setForeground(self._theme.color(f"code.{kind}"))
            self._formats[kind] = form

    def _restyle(self) -> None:
        self._make_formats()
        self._applying = True
        self.rehighlight()
        self._applying = False
