"""Block structure of Markdown, read strictly forward and line by line.

This is the first phase of the algorithm in CommonMark's appendix "A parsing strategy", with
tables as GitHub has them and formulas. A block that is closed never changes afterwards, whatever
follows; that is what a growing answer needs, and why the block rules of markdown-it, which look
ahead and start again from the top, are not used. Left out on purpose: HTML (it is text), link
reference definitions (they change what came before) and underlined headings (a line of dashes
under a paragraph, which models write often, is meant as a rule).
"""

import re
from dataclasses import replace

from assistant.domain.errors import Bug
from assistant.render.blocks import (
    Block,
    CodeBlock,
    Heading,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from assistant.render.inline import InlineParser
from assistant.render.line import CODE_INDENT, Line
from assistant.render.open_blocks import (
    Leaf,
    Open,
    OpenDocument,
    OpenFence,
    OpenIndented,
    OpenItem,
    OpenList,
    OpenMath,
    OpenParagraph,
    OpenQuote,
    OpenTable,
    Row,
)
from assistant.render.syntax import (
    SPECIAL,
    alignments,
    cells,
    closes_fence,
    fence,
    heading,
    is_rule,
    item_indent,
    marker,
    math_closing,
    math_opening,
)

MAX_DEPTH = 32
"""Open containers at once; a list takes two. Deeper marks are running text."""

_TASK = re.compile(r"\[([ xX])\][ \t\n]+(?=\S)")
_PARENTS = (OpenDocument, OpenQuote, OpenItem)
_VERBATIM = (OpenFence, OpenIndented, OpenMath)


class BlockMachine:
    """Reads lines and keeps the chain of blocks that are still open.

    Args:
        inline: Reads running text; shared with the copies that `preview` makes.
    """

    def __init__(self, inline: InlineParser) -> None:
        self._inline = inline
        self._document = OpenDocument()
        self._spine: list[Open] = [self._document]
        self._number = 0
        self._marked = 0

    def read(self, text: str) -> None:
        """Take one line, without its line break."""
        self._number += 1
        self._marked = 0
        line = Line(text)
        depth = self._matched(line)
        if depth:
            depth, consumed = self._open_blocks(line, depth)
            if not consumed:
                self._add_text(line, depth)
        for node in self._spine[: self._marked] if line.blank else self._spine:
            node.end = self._number

    def take(self) -> tuple[Block, ...]:
        """Hand over the blocks that have been finished since the last call."""
        blocks = tuple(self._document.parts)
        self._document.parts.clear()
        return blocks

    def preview(self, partial: str) -> tuple[Block, ...]:
        """What is open would be these blocks if the text ended with ``partial`` as its last line.

        The blocks that `take` has yet to hand over are part of it.
        """
        copy = BlockMachine(self._inline)
        copy._spine = [replace(node, parts=list(node.parts)) for node in self._spine]
        document = copy._spine[0]
        if not isinstance(document, OpenDocument):
            raise Bug("the root of the open blocks is no document")
        copy._document = document
        copy._number = self._number
        if partial:
            copy.read(partial)
        return copy.finish()

    def finish(self) -> tuple[Block, ...]:
        """Close all and hand over what `take` has not."""
        self._close_to(1)
        return self.take()

    # -- which open blocks the line continues

    def _matched(self, line: Line) -> int:
        """How many of the open blocks go on; 0 when the line was used up by closing one."""
        for index in range(1, len(self._spine)):
            node = self._spine[index]
            if isinstance(node, (OpenFence, OpenMath)) and self._closes(node, line):
                return 0
            if not _continues(node, line):
                return index
            if isinstance(node, (OpenQuote, OpenFence, OpenMath)):
                self._marked = index + 1
        return len(self._spine)

    def _closes(self, node: OpenFence | OpenMath, line: Line) -> bool:
        if line.blank or not _stays(node, line):
            return False
        rest = ""
        if isinstance(node, OpenFence):
            if line.indent >= CODE_INDENT or not closes_fence(
                line.content, node.character, node.length
            ):
                return False
        else:
            found = math_closing(line.content, node.closing)
            if found is None:
                return False
            text, rest = found
            node.parts.extend([text] if text else [])
        node.closed = True
        for opened in self._spine:
            opened.end = self._number
        self._close_tip()
        if rest:
            self._push(OpenParagraph([rest]))
        return True

    # -- which blocks the line opens

    def _open_blocks(self, line: Line, depth: int) -> tuple[int, bool]:
        """Open what the line begins with; tells the new depth and whether nothing is left."""
        while not isinstance(self._spine[depth - 1], _VERBATIM) and not line.blank:
            if line.indent >= CODE_INDENT:
                if not isinstance(self._spine[-1], OpenParagraph):
                    self._close_to(depth)
                    self._push(OpenIndented())
                    depth = len(self._spine)
                break
            if line.text[line.first] not in SPECIAL:
                break
            if self._open_leaf(line, depth):
                return len(self._spine), True
            if len(self._spine) >= MAX_DEPTH or not self._open_container(line, depth):
                break
            depth = len(self._spine)
        return depth, False

    def _open_container(self, line: Line, depth: int) -> bool:
        content = line.content
        if content[0] == ">":
            self._close_to(depth)
            self._push(OpenQuote())
            _enter_quote(line)
            self._marked = len(self._spine)
            return True
        found = marker(content)
        if found is None:
            return False
        interrupts = isinstance(self._spine[depth - 1], OpenParagraph)
        empty = not content[found.width :].strip(" \t")
        if interrupts and (empty or found.number not in (None, 1)):
            return False
        self._close_to(depth)
        tip = self._spine[-1]
        if not isinstance(tip, OpenList) or tip.kind != found.kind:
            tip = OpenList(found.kind, found.number)
            self._push(tip)
        elif tip.child_end < self._number - 1:
            tip.tight = False
        self._spine.append(OpenItem(item_indent(line, found)))
        self._marked = len(self._spine)
        return True

    def _open_leaf(self, line: Line, depth: int) -> bool:
        """Open, or add at once, the block that takes all of the line."""
        content = line.content
        block: Block | None = None
        leaf: Leaf | None = None
        character = content[0]
        if character == "#" and (found := heading(content)):
            block = Heading(found[0], self._inline.parse(found[1]))
        elif character in "`~" and (opened := fence(content)):
            leaf = OpenFence(opened[0], opened[1], line.indent, opened[2])
        elif character in "$\\":
            block, leaf = _math(content)
        elif is_rule(content):
            block = Rule()
        if block is None and leaf is None:
            return False
        self._close_to(depth)
        if leaf is not None:
            self._push(leaf)
        elif block is not None:
            self._begin_child()
            self._attach(block, self._number)
        return True

    # -- what the rest of the line adds

    def _add_text(self, line: Line, depth: int) -> None:
        tip = self._spine[-1]
        if depth < len(self._spine) and not line.blank and isinstance(tip, OpenParagraph):
            tip.parts.append(line.content)
            tip.lazy = True
            return
        self._close_to(depth)
        match self._spine[-1]:
            case OpenFence() as code:
                line.skip_columns(min(line.indent, code.indent))
                code.parts.append(line.rest)
            case OpenIndented() as code:
                line.skip_columns(min(line.indent, CODE_INDENT))
                code.parts.append(line.rest)
            case OpenMath() as formula:
                if not line.blank:
                    formula.parts.append(line.content.rstrip())
            case OpenTable() as table:
                table.parts.append(self._row(line.content, len(table.header)))
            case OpenParagraph() as paragraph:
                if not self._open_table(line, paragraph):
                    paragraph.parts.append(line.content)
                    paragraph.lazy = False
            case _:
                if not line.blank:
                    self._push(OpenParagraph([line.content]))

    def _open_table(self, line: Line, paragraph: OpenParagraph) -> bool:
        """Make a table of the paragraph's last line if this one is its delimiter row."""
        header = paragraph.parts[-1]
        if paragraph.lazy or line.indent >= CODE_INDENT or "|" not in header:
            return False
        columns = alignments(line.content)
        if columns is None or len(cells(header)) != len(columns):
            return False
        paragraph.parts.pop()
        if paragraph.parts:
            self._close_tip()
        else:
            self._spine.pop()
        self._push(OpenTable(self._row(header, len(columns)), columns))
        return True

    def _row(self, source: str, columns: int) -> Row:
        row = tuple(self._inline.parse(cell, cell=True) for cell in cells(source)[:columns])
        return row + ((),) * (columns - len(row))

    # -- opening and closing

    def _push(self, node: Open) -> None:
        self._begin_child()
        self._spine.append(node)

    def _begin_child(self) -> None:
        """Make the innermost open block one that can hold others, and tell it that one comes."""
        while not isinstance(self._spine[-1], _PARENTS):
            self._close_tip()
        parent = self._spine[-1]
        if isinstance(parent, OpenItem):
            around = self._spine[-2]
            apart = parent.started and parent.child_end < self._number - 1
            if apart and isinstance(around, OpenList):
                around.tight = False
            parent.started = True

    def _close_to(self, depth: int) -> None:
        while len(self._spine) > depth:
            self._close_tip()

    def _close_tip(self) -> None:
        node = self._spine.pop()
        match node:
            case OpenParagraph():
                part = self._paragraph("\n".join(node.parts))
            case OpenItem():
                part = ListItem(tuple(node.parts), node.checked)
            case OpenList():
                part = ListBlock(tuple(node.parts), node.start, node.tight)
            case OpenQuote():
                part = Quote(tuple(node.parts))
            case OpenTable():
                part = Table(node.header, node.alignments, tuple(node.parts))
            case OpenFence():
                part = CodeBlock(node.language, "\n".join(node.parts), node.closed)
            case OpenIndented():
                part = CodeBlock("", _without_blank_end(node.parts))
            case OpenMath():
                part = MathBlock("\n".join(node.parts), node.closed)
            case OpenDocument():
                raise Bug("the document was closed as a part of itself")
        self._attach(part, node.end)

    def _paragraph(self, source: str) -> Paragraph:
        parent = self._spine[-1]
        if isinstance(parent, OpenItem) and not parent.parts and (task := _TASK.match(source)):
            parent.checked = task[1] != " "
            source = source[task.end() :]
        return Paragraph(self._inline.parse(source))

    def _attach(self, part: Block | ListItem, end: int) -> None:
        parent = self._spine[-1]
        match parent:
            case OpenList() if isinstance(part, ListItem):
                parent.parts.append(part)
            case OpenDocument() | OpenQuote() | OpenItem() if not isinstance(part, ListItem):
                parent.parts.append(part)
            case _:
                raise Bug(f"a {type(parent).__name__} cannot hold a {type(part).__name__}")
        parent.child_end = end


def _continues(node: Open, line: Line) -> bool:
    match node:
        case OpenDocument() | OpenList():
            return True
        case OpenQuote():
            goes_on = _enter_quote(line)
        case OpenItem():
            goes_on = _enter_item(node, line)
        case OpenFence() | OpenMath():
            goes_on = _stays(node, line)
        case OpenIndented():
            goes_on = line.blank or line.indent >= CODE_INDENT
        case OpenParagraph():
            goes_on = not line.blank
        case OpenTable():
            goes_on = not line.blank and line.indent < CODE_INDENT
    return goes_on


def _enter_quote(line: Line) -> bool:
    if line.blank or line.indent >= CODE_INDENT or line.text[line.first] != ">":
        return False
    line.skip_indent()
    line.skip_characters(1)
    if line.peek_blank():
        line.skip_columns(1)
    return True


def _enter_item(node: OpenItem, line: Line) -> bool:
    if line.blank:
        line.skip_indent()
        return node.started
    if line.indent < node.indent:
        return False
    line.skip_columns(node.indent)
    return True


def _stays(node: OpenFence | OpenMath, line: Line) -> bool:
    """Whether the line belongs to fenced code, as all do, or to a formula."""
    if isinstance(node, OpenFence):
        return True
    if line.blank:
        node.blank_seen = bool(node.parts)
    return line.blank or not node.blank_seen or line.content.startswith(node.closing)


def _math(content: str) -> tuple[MathBlock | None, OpenMath | None]:
    opening = math_opening(content)
    if opening is None:
        return None, None
    closing, first = opening
    found = math_closing(first, closing)
    if found is None:
        return None, OpenMath(closing, [first.strip()] if first.strip() else [])
    text, rest = found
    return (None, None) if rest or not text else (MathBlock(text.strip()), None)


def _without_blank_end(lines: list[str]) -> str:
    last = len(lines)
    while last and not lines[last - 1].strip(" \t"):
        last -= 1
    return "\n".join(lines[:last])
