r"""The spans within a paragraph: markdown-it's inline rules plus formulas and bare addresses.

A line break in the source is a line break on the screen, as chat applications do it. Links are
only made for web and mail addresses; any other address is shown beside its text.

A text is read in pieces of at most `PIECE` characters, so that the cost of hostile text (markup
that is opened thousands of times) grows with its length and not with its square; only markup
that reaches over the end of a piece is lost, and stays visible as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant.render.blocks import ImageChip, Inline, InlineMath, LineBreak, Text
from assistant.render.syntax import is_prose

PIECE = 2_000
"""Longest text, in characters, that is given to the inline rules at once."""

MAX_FORMULA = 2_000
"""Longest formula within a line, in characters."""

_MAX_BRACKETS = 60
"""A piece with more opening brackets is read without links and images: their cost is a square."""

_MAX_MARKS = 400
"""The same for marks of emphasis, which may be a run each."""

_PLAIN = re.compile(r"[^\\`*_~\[\]!<&$\n]*")
_BREAK = re.compile(r"<br\s*/?>[ \t]*", re.IGNORECASE)
_CELL = "cell"
_BARE = re.compile(r"https?://[^\s<>\"`\[\]]+")
_SAFE = ("https://", "http://", "mailto:")
_TRAILING = ".,;:!?'*_~"
_CACHE = 64

Spans = tuple[Inline, ...]


def _escaped(source: str, at: int) -> bool:
    backslashes = at - len(source[:at].rstrip("\\"))
    return backslashes % 2 == 1


def _dollar_formula(source: str, start: int) -> tuple[str, int] | None:
    """Read ``$..$`` or ``$$..$$``; prices are told apart as Pandoc does, and by `is_prose`."""
    width = 2 if source.startswith("$$", start) else 1
    inner = start + width
    closing = source.find("$" * width, inner, inner + MAX_FORMULA)
    while closing >= 0 and _escaped(source, closing):
        closing = source.find("$" * width, closing + 1, inner + MAX_FORMULA)
    if closing <= inner:
        return None
    latex = source[inner:closing]
    end = closing + width
    if width == 1 and (
        latex[0].isspace() or latex[-1].isspace() or source[end : end + 1].isdigit()
    ):
        return None
    if "$" in latex.replace("\\$", "") or not latex.strip() or is_prose(latex):
        return None
    return latex.strip(), end


def _bracket_formula(source: str, start: int) -> tuple[str, int] | None:
    r"""Read a formula between escaped brackets or braces of TeX."""
    mark = source[start + 1 : start + 2]
    if mark not in ("(", "["):
        return None
    closing = source.find("\\)" if mark == "(" else "\\]", start + 2, start + 2 + MAX_FORMULA)
    latex = source[start + 2 : closing].strip() if closing >= 0 else ""
    if not latex or is_prose(latex):
        return None
    return latex, closing + 2


def _formula_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's shape
    character = state.src[state.pos]
    if character == "$":
        found = _dollar_formula(state.src, state.pos)
    elif character == "\\":
        found = _bracket_formula(state.src, state.pos)
    else:
        return False
    if found is None:
        return False
    latex, state.pos = found
    if not silent:
        state.push("formula", "", 0).content = latex
    return True


def _cell_break_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's shape
    """A row of a table is one line of the source: in its cells ``<br>`` is the way to break one."""
    found = _BREAK.match(state.src, state.pos) if state.env.get(_CELL) else None
    if found is None:
        return False
    state.pos = found.end()
    if not silent:
        state.push("hardbreak", "br", 0)
    return True


def _parser(*disabled: str) -> MarkdownIt:
    parser = MarkdownIt("zero")
    parser.enable(
        ["newline", "escape", "backticks", "emphasis", "strikethrough", "autolink", "entity"]
    )
    parser.enable(["link", "image", "balance_pairs", "fragments_join"])
    parser.inline.ruler.before("escape", "formula", _formula_rule)
    parser.inline.ruler.before("autolink", "cell_break", _cell_break_rule)
    # Any address is let through here; what becomes of it is decided where the span is made.
    parser.validateLink = _accept  # type: ignore[method-assign] - markdown-it's way to set it
    if disabled:
        parser.disable(list(disabled))
    return parser


def _accept(_address: str) -> bool:
    return True


class InlineParser:
    """Turns the source of running text into spans; not to be shared between threads."""

    def __init__(self) -> None:
        self._whole = _parser()
        self._without_links = _parser("link", "image")
        self._bare = _parser("link", "image", "emphasis", "strikethrough")
        self._pieces: dict[tuple[str, bool], Spans] = {}

    def parse(self, source: str, *, cell: bool = False) -> Spans:
        """Spans of a paragraph, a heading or a cell, without white space at either end.

        Args:
            source: Its Markdown.
            cell: It is the cell of a table, in which ``<br>`` breaks the line.
        """
        source = source.strip(" \t\n")
        if len(source) <= PIECE:
            return tuple(self._piece(source, cell=cell))
        spans: list[Inline] = []
        start = 0
        while start < len(source):
            end = _cut(source, start)
            piece = self._remembered(source[start:end], cell=cell)
            # Only the seam can hold two neighbours of one style.
            spans[-1:] = _merged([*spans[-1:], *piece[:1]])
            spans.extend(piece[1:])
            start = end
        return tuple(spans)

    def _remembered(self, piece: str, *, cell: bool) -> Spans:
        """The same first pieces come again at every token while a long text grows."""
        spans = self._pieces.get((piece, cell))
        if spans is None:
            spans = tuple(self._piece(piece, cell=cell))
            if len(self._pieces) >= _CACHE:
                self._pieces.clear()
            self._pieces[piece, cell] = spans
        return spans

    def _piece(self, piece: str, *, cell: bool) -> Iterable[Inline]:
        if _PLAIN.fullmatch(piece):
            return _with_addresses([Text(piece)]) if piece else ()
        parser = self._whole
        if piece.count("[") > _MAX_BRACKETS:
            parser = self._without_links
        if piece.count("*") + piece.count("_") + piece.count("~") > _MAX_MARKS:
            parser = self._bare
        tokens: list[Token] = []
        parser.inline.parse(piece, parser, {_CELL: cell}, tokens)
        return _with_addresses(_merged(_spans(tokens)))


def _cut(source: str, start: int) -> int:
    """Where a piece ends: at the best place in its second half that leaves words whole."""
    limit = start + PIECE
    if limit >= len(source):
        return len(source)
    for ending in ("\n", ". ", " "):
        at = source.rfind(ending, start + PIECE // 2, limit)
        if at >= 0:
            return at + len(ending)
    return limit


@dataclass(slots=True)
class _Style:
    """The markup that is open while tokens are walked."""

    bold: int = 0
    italic: int = 0
    strike: int = 0
    links: list[str] = field(default_factory=list[str])

    def text(self, text: str, *, code: bool = False) -> Text:
        link = self.links[-1] if self.links else ""
        return Text(
            text,
            bold=self.bold > 0,
            italic=self.italic > 0,
            strike=self.strike > 0,
            code=code,
            link=link if link.lower().startswith(_SAFE) else "",
        )

    def turn(self, token: Token) -> Text | None:
        """Open or close markup; an address that is no link is said after its text."""
        match token.tag:
            case "strong":
                self.bold += token.nesting
            case "em":
                self.italic += token.nesting
            case "s":
                self.strike += token.nesting
            case _ if token.nesting > 0:
                self.links.append(str(token.attrGet("href") or ""))
            case _:
                address = self.links.pop()
                if address and not address.lower().startswith(_SAFE):
                    return self.text(f" ({address})")
        return None


def _spans(tokens: Iterable[Token]) -> Iterator[Inline]:
    style = _Style()
    before = ""
    for token in tokens:
        if before == "link_open" and token.type == "link_close":
            yield style.text(style.links[-1])
        before = token.type
        match token.type:
            case "softbreak" | "hardbreak":
                yield LineBreak()
            case "code_inline":
                yield style.text(token.content, code=True)
            case "formula":
                yield InlineMath(token.content)
            case "image":
                address = str(token.attrGet("src") or "")
                # An image that is written into the text is all bytes and no address.
                address = "" if address.lower().startswith("data:") else address
                yield ImageChip(_alternative(token.children or []), address)
            case _ if token.nesting:
                said = style.turn(token)
                if said is not None:
                    yield said
            case _:
                yield style.text(token.content)


def _alternative(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(_alternative(token.children or []))
        else:
            parts.append(" " if token.type.endswith("break") else token.content)
    return "".join(parts)


def _merged(spans: Iterable[Inline]) -> Iterator[Inline]:
    """Join neighbours of one style."""
    pending: Text | None = None
    for span in spans:
        if not isinstance(span, Text):
            if pending is not None:
                yield pending
            pending = None
            yield span
        elif not span.text:
            continue
        elif pending is not None and _alike(pending, span):
            pending = replace(pending, text=pending.text + span.text)
        else:
            if pending is not None:
                yield pending
            pending = span
    if pending is not None:
        yield pending


def _alike(one: Text, other: Text) -> bool:
    return (one.bold, one.italic, one.strike, one.code, one.link) == (
        other.bold,
        other.italic,
        other.strike,
        other.code,
        other.link,
    )


def _with_addresses(spans: Iterable[Inline]) -> Iterator[Inline]:
    """Make links of the web addresses that stand in the text as they are."""
    for span in spans:
        if not isinstance(span, Text) or span.code or span.link or "://" not in span.text:
            yield span
            continue
        at = 0
        for found in _BARE.finditer(span.text):
            address = _trimmed(found[0])
            if len(address) <= len("https://"):
                continue
            if found.start() > at:
                yield replace(span, text=span.text[at : found.start()])
            yield replace(span, text=address, link=address)
            at = found.start() + len(address)
        if at < len(span.text):
            yield replace(span, text=span.text[at:])


def _trimmed(address: str) -> str:
    """Leave off the punctuation of the sentence, and a bracket that was opened before."""
    while address:
        last = address[-1]
        closes = {")": "(", "]": "["}.get(last)
        if last not in _TRAILING and (
            closes is None or address.count(closes) >= address.count(last)
        ):
            break
        address = address[:-1]
    return address
