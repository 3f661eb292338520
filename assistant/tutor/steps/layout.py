"""The dress of a way's lines: bullets, numbers, bold type, LaTeX's frames, marks of a calculator.

None of it changes what a line says. A dash before a line may be a bullet or a minus: where the
other lines do not tell, both readings are given, and who judges may say only what holds in both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BULLET: Final = re.compile(r"^\s*(?:[*\u2022\u25cf\u25aa\u25e6]|#{1,6})\s+(?=\S)")
_QUOTED: Final = re.compile(r"^\s*>\s+(?=\S)")
_DASH: Final = re.compile(r"^\s*[-\u2212\u2013\u2014]\s+(?=\S)")
_NUMBER: Final = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_DASHED_NUMBER: Final = re.compile(r"^\s*(\d{1,2})\s+[-\u2013\u2014]\s+(?=\S)")
_LETTER: Final = re.compile(r"^\s*([a-h])\)\s+(?=\S)")
_NAMED_STEP: Final = re.compile(
    r"^\s*(?:step|schritt|\u00e9tape|etape|paso|passo)\s+\d{1,2}\s*[.:)]\s*(?=\S)", re.IGNORECASE
)
_BOLD: Final = re.compile(r"(?<![\w)*])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?![\w(*])")
_ITALIC: Final = re.compile(r"\s*\*(?=[^\s*])([^*\n]+)(?<=\S)\*[\s.]*")
_INLINE: Final = re.compile(r"\$\$?(?=[^\s$])([^$\n]*[^\s$])\$\$?(?!\d)")
_MATHEMATICS: Final = re.compile(r"[\\=<>^+*/\u00d7·÷]|\d\s*[-:]\s*\d|-?[\d.,]+|[A-Za-z]")
_WRAPPED: Final = re.compile(
    r"\\(?:boxed|text|textbf|textit|mathrm|mathbf)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_FOREIGN_WORDS: Final = (
    "also|somit|damit|folglich|daraus folgt|es folgt|umformen|rechnung|l\u00f6sung|antwort|"
    "ergebnis|donc|d['\u2019]o\u00f9|soit|alors|ainsi|on a|on obtient|r\u00e9ponse|r\u00e9sultat|"
    "entonces|luego|por (?:lo )?tanto|tenemos|respuesta|soluci\u00f3n|resultado|"
    "quindi|dunque|allora|risposta|soluzione|logo|portanto|ent\u00e3o|dus|antwoord"
)
_CUT_OUT: Final = (
    (re.compile(r"<<[^<>\n]*>>"), ""),
    (re.compile(r"(?<=\d)(?:\\,|\{,\})(?=\d{3}(?!\d))"), ""),
    (re.compile(r"\\[\[\]()]|\\(?:left|right|displaystyle|quad|qquad|checkmark)(?![A-Za-z])"
                r"|\\[,;:! ]|\\(?:begin|end)\{(?:align(?:ed)?|equation|gather(?:ed)?|split)\*?\}"),
     " "),
    (re.compile(r"`|[\u2713\u2714\u2705\u220e\u25a0]"), " "),
    (re.compile(r"\\\\\s*$"), ""),
    (re.compile(r"\s*[;\s]+$"), ""),
    (re.compile(r"^\s*\|\s+(.+?)\s+\|\s*$"), r"\1"),
    (re.compile(r"\(\s*(or|and)\s*\)"), r"\1"),
    (re.compile(r"(?<![=<>!:])==(?!=)"), "="),
    (re.compile(rf"^\s*(?:{_FOREIGN_WORDS})\b\s*[:,]?\s+(?=\S)", re.IGNORECASE), ""),
    (re.compile(r"(?<=[\w)])\s+(?:oder|ou|eller|lub|nebo|vagy|sau)\s+(?=[A-Za-z(][^=]*=)"), " or "),
    (re.compile(r"(?<=[\w)])\s+(?:und|et)\s+(?=[A-Za-z(][^=]*=)"), " and "),
)  # fmt: skip
_ALIGNED: Final = re.compile(r"&\s?(?=[=<>\u2264\u2265]|\\[lg]eq?\b)|(?<=[=<>])&")
_CELLS: Final = re.compile(r"\s+\|\s+")
_ROW: Final = re.compile(r"\s*\|\s.*\s\|\s*")
_GROUPED: Final = re.compile(
    r"(?<![\w.,'\u2019])\d{1,3}(?:[\u00a0\u2009\u202f'\u2019]\d{3})+(?![\d'\u2019])"
)
_SAYS_SOMETHING: Final = re.compile(r"\d|[=<>\u2264\u2265]")
_FEWEST: Final = 2
_LONGEST: Final = 2_000


def without_dress(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without bold type, LaTeX's frames and the like; what makes them a list is kept."""
    return tuple(map(_plain, lines))


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a way without their layout, in one or two readings."""

    lines: tuple[str, ...]
    """The likelier reading."""
    other: tuple[str, ...] = ()
    """Where what stands before the lines may belong to them; empty where it cannot."""
    sure: bool = False
    """Whether ``other`` is only to be thought of where it makes the whole way right."""


def undressed(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without what is mere layout; a dash, which may be a minus, is kept."""
    plain = without_dress(lines)
    for mark in (_QUOTED, _NUMBER):
        plain = _without(plain, mark) if _is_list(plain, mark, alone=mark is _NUMBER) else plain
    return plain


def layout_of(lines: Sequence[str], *, one_task: bool = True) -> Layout:
    """The lines without what is mere layout, and how else they may be meant.

    Args:
        lines: The steps.
        one_task: Whether they are known to do one thing; else their numbers may be those of tasks.
    """
    plain = without_dress(lines)
    if _is_list(plain, _QUOTED):
        plain = _without(plain, _QUOTED)
    numbered = next((mark for mark in (_NUMBER, _LETTER, _DASHED_NUMBER)
                     if _is_list(plain, mark, alone=mark is _NUMBER)), None)  # fmt: skip
    if numbered is not None:
        bare = _without(plain, numbered)
        alone = one_task and numbered is not _DASHED_NUMBER
        return Layout(bare) if alone else Layout(plain, bare)
    if not any(map(_DASH.match, plain)):
        return Layout(plain)
    bare = _without(plain, _DASH)
    listed = _is_list(plain, _DASH)
    return Layout(bare, plain, sure=True) if listed else Layout(plain, bare)


def _without(lines: Sequence[str], mark: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(_plain(mark.sub("", line, count=1)) if mark.match(line) else line
                 for line in lines)  # fmt: skip


def _is_list(lines: Sequence[str], mark: re.Pattern[str], *, alone: bool = False) -> bool:
    """Whether all lines that say something begin with a mark, and numbers count up from 1.

    Args:
        lines: Those of the way.
        mark: What stands before them.
        alone: Whether one such line is enough, and an answer behind several needs no mark.
    """
    found = [mark.match(line) for line in lines if _SAYS_SOMETHING.search(line)]
    marked = [each for each in found if each is not None]
    if len(marked) < len(found) and not (alone and len(marked) >= _FEWEST):
        return False
    if len(marked) < (1 if alone else _FEWEST):
        return False
    if not mark.groups:
        return True
    told = [each.group(1) for each in map(mark.match, lines) if each is not None]
    counted = [str(place + 1) for place in range(len(told))]
    return told in (counted, list("abcdefgh")[: len(told)])


def _plain(line: str) -> str:
    if len(line) > _LONGEST:
        return line
    parts = line.split("\n")
    if "&" in line and "\\\\" in line:
        parts = [row for part in parts for row in re.split(r"\\\\(?=\s*\S)", part)]
    plain = [each for each in map(_plain_row, parts) if each]
    return "\n".join(plain)


def _plain_row(row: str) -> str:
    row = _BULLET.sub("", row, count=1)
    row = _BOLD.sub(r"\1", row)
    found = _ITALIC.fullmatch(row)
    row = found.group(1) if found else row
    row = _INLINE.sub(_as_mathematics, row)
    for _ in range(3):
        row = _WRAPPED.sub(r" \1 ", row)
    row = _CELLS.sub(" ; ", row.strip().strip("|")) if _is_table(row) else row
    row = _ALIGNED.sub("", row)
    for mark, instead in _CUT_OUT:
        row = mark.sub(instead, row)
    row = _GROUPED.sub(lambda found: re.sub(r"\D", "", found.group()), row)
    return _NAMED_STEP.sub("", row, count=1).strip()


def _is_table(row: str) -> bool:
    return _ROW.fullmatch(row) is not None and row.count("|") > _FEWEST


def _as_mathematics(found: re.Match[str]) -> str:
    """What stands between dollar signs, if it is mathematics and no price."""
    return f" {found.group(1)} " if _MATHEMATICS.search(found.group(1)) else found.group()
