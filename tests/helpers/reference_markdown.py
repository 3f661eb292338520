"""Block structure as markdown-it sees it, to hold our own block reader against.

Set up as our reader is meant to be: tables, but neither HTML, reference definitions nor underlined
headings. Running text goes through our own inline reader: only the blocks are compared.
"""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.render.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from assistant.render.inline import InlineParser, Spans

_ALIGNMENTS = {
    "text-align:center": Alignment.CENTRE,
    "text-align:right": Alignment.RIGHT,
}


class Reference:
    """Reads a text with markdown-it's block rules."""

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark").enable("table")
        self._parser.disable(["lheading", "reference", "html_block", "inline"])
        self._inline = InlineParser()
        self._lines: list[str] = []

    def parse(self, text: str) -> tuple[Block, ...]:
        self._lines = text.split("\n")
        return tuple(self._blocks(iter(self._parser.parse(text)), ""))

    def _spans(self, token: Token) -> Spans:
        return self._inline.parse("\n".join(x.lstrip(" \t") for x in token.content.split("\n")))

    def _blocks(self, tokens: Iterator[Token], until: str) -> Iterator[Block]:
        for token in tokens:
            match token.type:
                case "paragraph_open":
                    yield Paragraph(self._spans(next(tokens)))
                    next(tokens)
                case "heading_open":
                    yield Heading(int(token.tag[1]), self._spans(next(tokens)))
                    next(tokens)
                case "fence" | "code_block":
                    yield self._code(token)
                case "blockquote_open":
                    yield Quote(tuple(self._blocks(tokens, "blockquote_close")))
                case "bullet_list_open" | "ordered_list_open":
                    yield self._list(token, tokens)
                case "table_open":
                    yield self._table(tokens)
                case "hr":
                    yield Rule()
                case _:
                    assert token.type == until
                    return

    def _code(self, token: Token) -> CodeBlock:
        language = token.info.split()[0].lower() if token.info.split() else ""
        # An empty fence and one of a blank line look alike without the source.
        code = token.content.removesuffix("\n")
        return CodeBlock(language, code)

    def _list(self, opening: Token, tokens: Iterator[Token]) -> ListBlock:
        items: list[ListItem] = []
        tight = True
        for token in tokens:
            if token.type != "list_item_open":
                break
            inner = list(_until_level(tokens, token.level))
            tight &= all(
                x.hidden for x in inner if x.type == "paragraph_open" and x.level == token.level + 1
            )
            items.append(ListItem(tuple(self._blocks(iter(inner), ""))))
        start = opening.attrGet("start")
        number = (
            None if opening.type == "bullet_list_open" else int(start if start is not None else 1)
        )
        return ListBlock(tuple(items), number, tight)

    def _table(self, tokens: Iterator[Token]) -> Table:
        rows: list[tuple[Spans, ...]] = []
        alignments: list[Alignment] = []
        cells: list[Spans] = []
        for token in tokens:
            match token.type:
                case "th_open":
                    style = str(token.attrGet("style") or "")
                    alignments.append(_ALIGNMENTS.get(style, Alignment.LEFT))
                case "inline":
                    cells.append(self._spans(token))
                case "tr_close":
                    rows.append(tuple(cells))
                    cells = []
                case "table_close":
                    break
                case _:
                    pass
        return Table(rows[0], tuple(alignments), tuple(rows[1:]))


def _until_level(tokens: Iterator[Token], level: int) -> Iterator[Token]:
    for token in tokens:
        if token.type == "list_item_close" and token.level == level:
            return
        yield token


def without_unseen(block: Block) -> Block:
    """Blank out what markdown-it's tokens do not tell.

    That is whether a fence was closed, and whether a list is tight that has no paragraph of its
    own.
    """
    match block:
        case CodeBlock():
            return CodeBlock(block.language, block.code)
        case Quote():
            return Quote(tuple(without_unseen(x) for x in block.blocks))
        case ListBlock():
            items = tuple(
                ListItem(tuple(without_unseen(x) for x in item.blocks), item.checked)
                for item in block.items
            )
            seen = any(isinstance(x, Paragraph) for item in items for x in item.blocks)
            return ListBlock(items, block.start, block.tight or not seen)
        case _:
            return block
