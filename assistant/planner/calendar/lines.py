"""A calendar file as lines, cut into its components, each with the line that it begins at.

Each component is parsed on its own afterwards, so that a broken one costs only itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from assistant.planner.calendar.values import Remark

MOST_DEPTH: Final = 12
"""How deep components may lie in each other; the standard needs three."""
MOST_CHARACTERS: Final = 8 * 2**20
"""The longest component, attachments included."""

_EDGE: Final = re.compile(r"\s*(BEGIN|END)\s*(?:;[^:]*)?:\s*([^\s]*)\s*\Z", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\([\\,;nN])")
_LONGEST_EDGE: Final = 200
_MOST_REMARKS: Final = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A content line with its folded parts as they stood."""

    number: int
    parts: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The line unfolded."""
        return self.parts[0] + "".join(part[1:] for part in self.parts[1:])


@dataclass(frozen=True, slots=True)
class Piece:
    """One component of a calendar."""

    name: str
    line: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """As it stood, with line breaks of RFC 5545."""
        return text_of(self.lines)

    def first(self, name: str) -> Line | None:
        """The first line of the component itself or inside it that has a property's name."""
        pattern = re.compile(rf"{re.escape(name)}\s*[;:]", re.IGNORECASE)
        return next((line for line in self.lines if pattern.match(line.whole)), None)


@dataclass(slots=True)
class Section:
    """One calendar of a file."""

    line: int = 1
    whole: bool = True
    """Whether its end was found."""
    head: list[Line] = field(default_factory=list[Line])
    pieces: list[Piece] = field(default_factory=list[Piece])


def text_of(lines: tuple[Line, ...]) -> str:
    """Lines as they stood, with line breaks of RFC 5545."""
    return "".join(f"{part}\r\n" for line in lines for part in line.parts)


def name_in(head: str) -> str:
    """How a calendar is called by its own lines; empty where they don't say it."""
    for name in ("NAME", "X-WR-CALNAME"):
        for line in lines_of(head):
            first, _, value = line.whole.partition(":")
            if first.split(";")[0].strip().upper() == name and value.strip():
                return unescaped(value.strip())[:200]
    return ""


def unescaped(words: str) -> str:
    """Text of a property as it is meant, on one line."""
    return _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], words)


def escaped(words: str) -> str:
    """Text as a property has it."""
    return re.sub(r"([\\\\,;])", r"\\\1", " ".join(words.split()))


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and in words what was not as it should be, or nothing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "is written in UTF-16"
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return (
            data.decode("cp1252", errors="replace"),
            "is not written in UTF-8 and was read as Windows-1252",
        )


def lines_of(text: str) -> Iterator[Line]:
    """The content lines of a text; a lone CR breaks lines only in a file without any LF."""
    raw = text.split("\n") if "\n" in text else text.split("\r")
    parts: list[str] = []
    began = 1
    for number, line in enumerate(raw, start=1):
        bare = line.removesuffix("\r")
        if bare[:1] in {" ", "\t"} and parts:
            parts.append(bare)
            continue
        if parts:
            yield Line(began, tuple(parts))
        parts, began = ([bare] if bare else []), number
    if parts:
        yield Line(began, tuple(parts))


def pieces_of(text: str) -> tuple[tuple[str, ...], int]:
    """The components of an item, each as it stood, and which of them says what it is.

    That is the first that is no exception of another.
    """
    cutter = Cutter()
    cutter.cut(text)
    pieces = [piece for section in cutter.sections for piece in section.pieces]
    plain = (place for place, piece in enumerate(pieces) if piece.first("RECURRENCE-ID") is None)
    return tuple(piece.text for piece in pieces), next(plain, 0)


class Cutter:
    """Cuts a file into calendars and their components.

    Components outside of any calendar are taken for those of a calendar without properties.
    """

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.remarks: list[Remark] = []
        self.outside: list[int] = []
        """Lines that stand in no calendar."""
        self._section: Section | None = None
        self._bare: Section | None = None
        self._stack: list[str] = []
        self._lines: list[Line] = []
        self._length = 0
        self._fault = ""

    def cut(self, text: str) -> None:
        """Read a whole file into ``sections`` and ``remarks``."""
        for line in lines_of(text):
            edge = _EDGE.match(line.whole) if len(line.parts[0]) < _LONGEST_EDGE else None
            if edge is None:
                self._plain(line)
            elif edge[1].upper() == "BEGIN":
                self._begin(edge[2].upper(), line)
            else:
                self._end(edge[2].upper(), line)
        self._unclosed()

    def _remark(self, component: str, line: int, text: str) -> None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(Remark(component, line, text))

    def _plain(self, line: Line) -> None:
        if self._stack:
            self._length += sum(map(len, line.parts))
            if self._length <= MOST_CHARACTERS:
                self._lines.append(line)
            else:
                self._fault = self._fault or f"It is longer than {MOST_CHARACTERS} characters."
        elif self._section is not None:
            self._section.head.append(line)
        elif line.whole.strip():
            self.outside.append(line.number)

    def _begin(self, name: str, line: Line) -> None:
        if name == "VCALENDAR":
            self._unclosed()
            self._section = Section(line.number, whole=False)
            self.sections.append(self._section)
            return
        self._stack.append(name)
        if len(self._stack) > MOST_DEPTH:
            self._fault = self._fault or f"Components lie in it deeper than {MOST_DEPTH}."
        self._lines.append(line)

    def _end(self, name: str, line: Line) -> None:
        if name == "VCALENDAR":
            self._unclosed()
            if self._section is not None:
                self._section.whole = True
            self._section = None
        elif not self._stack:
            self._remark(name, line.number, "It is ended but was not begun.")
        else:
            self._lines.append(line)
            if name != self._stack[-1]:
                self._fault = (
                    self._fault
                    or f"Line {line.number} ends {name} where {self._stack[-1]} is open."
                )
            while self._stack.pop() != name and name in self._stack:
                pass
            if not self._stack:
                self._whole()

    def _whole(self) -> None:
        """A component has ended: keep it, or say what is wrong with it."""
        first = self._lines[0]
        edge = _EDGE.match(first.whole)
        name = edge[2].upper() if edge else ""
        if self._fault:
            self._remark(name, first.number, self._fault)
        else:
            section = self._section or self._bare
            if section is None:
                section = self._bare = Section()
                self.sections.append(section)
            section.pieces.append(Piece(name, first.number, tuple(self._lines)))
        self._stack, self._lines, self._length, self._fault = [], [], 0, ""

    def _unclosed(self) -> None:
        if self._stack:
            self._fault = self._fault or f"{self._stack[-1]} is begun but not ended."
            self._stack = []
            self._whole()
