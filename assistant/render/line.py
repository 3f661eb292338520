"""One line of Markdown and how far it has been read, with tabs as CommonMark counts them."""

TAB = 4
"""A tab reaches to the next multiple of this many columns."""

CODE_INDENT = 4
"""A line that is indented by so many columns is indented code."""


class Line:
    """A cursor over one line.

    Args:
        text: The line without its line break.

    Attributes:
        text: As given.
        offset: Index of the next unread character.
        column: Column of that character, tabs expanded.
        first: Index of the first character from ``offset`` on that is neither space nor tab.
        indent: Columns between ``offset`` and ``first``.
        blank: Whether nothing but white space is left.
    """

    __slots__ = ("_inside_tab", "blank", "column", "first", "indent", "offset", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.column = 0
        self._inside_tab = False
        self.first = 0
        self.indent = 0
        self.blank = False
        self.look()

    def look(self) -> None:
        """Find the first character that is not white space and measure the indent before it."""
        text, index, column = self.text, self.offset, self.column
        length = len(text)
        while index < length:
            character = text[index]
            if character == " ":
                column += 1
            elif character == "\t":
                column += TAB - column % TAB
            else:
                break
            index += 1
        self.first = index
        self.indent = column - self.column
        self.blank = index >= length

    @property
    def rest(self) -> str:
        """What is left to read; a tab that was read in part counts as its remaining spaces."""
        if not self._inside_tab:
            return self.text[self.offset :]
        return " " * (TAB - self.column % TAB) + self.text[self.offset + 1 :]

    @property
    def content(self) -> str:
        """What is left to read, without the white space before it."""
        return self.text[self.first :]

    def peek_blank(self) -> bool:
        """Whether the next unread character is a space or a tab."""
        return self.offset < len(self.text) and self.text[self.offset] in " \t"

    def skip_indent(self) -> None:
        """Read the white space before the content."""
        self.column += self.indent
        self.offset = self.first
        self._inside_tab = False
        self.indent = 0

    def skip_characters(self, count: int) -> None:
        """Read ``count`` characters that are not tabs."""
        self.offset += count
        self.column += count
        self._inside_tab = False
        self.look()

    def skip_columns(self, count: int) -> None:
        """Read ``count`` columns of white space; a tab may be left read in part."""
        text, length = self.text, len(self.text)
        while count > 0 and self.offset < length:
            if text[self.offset] == "\t":
                width = TAB - self.column % TAB
                step = min(count, width)
                self._inside_tab = width > count
                self.offset += 0 if self._inside_tab else 1
            else:
                step = 1
                self._inside_tab = False
                self.offset += 1
            self.column += step
            count -= step
        self.look()
