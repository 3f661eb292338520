"""Blocks as plain text: to copy, to search and to read aloud."""

from collections.abc import Iterable

from assistant.render.blocks import (
    Block,
    CodeBlock,
    Heading,
    ImageChip,
    Inline,
    InlineMath,
    LineBreak,
    ListBlock,
    ListItem,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

_RULE = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 3
_BULLET = "\N{BULLET} "
_CHECKED = "\N{BALLOT BOX WITH CHECK} "
_UNCHECKED = "\N{BALLOT BOX} "


def to_plain(blocks: Iterable[Block]) -> str:
    """The text without markup, a blank line between blocks.

    Lists keep their bullets and numbers, the cells of a table are set apart by tabs, formulas are
    their LaTeX source and images their alternative text. An address that differs from the text
    of its link follows in parentheses.
    """
    return "\n\n".join(_block(block) for block in blocks)


def spans_to_plain(spans: Iterable[Inline]) -> str:
    """The text of a run of spans; see `to_plain`."""
    parts: list[str] = []
    link = label = ""
    for span in spans:
        address = span.link if isinstance(span, Text) else ""
        if address != link:
            parts.append(_address(link, label))
            link, label = address, ""
        text = _inline(span)
        label += text
        parts.append(text)
    parts.append(_address(link, label))
    return "".join(parts)


def _address(link: str, label: str) -> str:
    return f" ({link})" if link and link.removeprefix("mailto:") != label else ""


def _inline(span: Inline) -> str:
    match span:
        case Text():
            return span.text
        case InlineMath():
            return span.latex
        case ImageChip():
            return f"[{span.alt or span.address}]"
        case LineBreak():
            return "\n"


def _block(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            text = spans_to_plain(block.spans)
        case CodeBlock():
            text = block.code
        case MathBlock():
            text = block.latex
        case Table():
            rows = (block.header, *block.rows)
            text = "\n".join("\t".join(map(_cell, row)) for row in rows)
        case ListBlock():
            gap = "\n" if block.tight else "\n\n"
            text = gap.join(_item(item, place, block) for place, item in enumerate(block.items))
        case Quote():
            text = _indented(to_plain(block.blocks), "> ", "> ")
        case Rule():
            text = _RULE
    return text


def _cell(spans: tuple[Inline, ...]) -> str:
    return spans_to_plain(spans).replace("\n", " ").replace("\t", " ")


def _item(item: ListItem, place: int, around: ListBlock) -> str:
    mark = _BULLET if around.start is None else f"{around.start + place}. "
    if item.checked is not None:
        mark = _CHECKED if item.checked else _UNCHECKED
    gap = "\n" if around.tight else "\n\n"
    body = gap.join(_block(block) for block in item.blocks)
    return _indented(body, mark, " " * len(mark)).rstrip(" ")


def _indented(text: str, first: str, others: str) -> str:
    return first + text.replace("\n", "\n" + others)
