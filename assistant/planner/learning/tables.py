"""Tables in files of comma-separated values, read so that what is wrong is said with its row."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.domain.errors import UserFacingError

_MOST_NAMED: Final = 5
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_SEPARATORS: Final = ",;\t|"
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_NOTHING: Final = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Args:
        number: Its line in the file, the header being line 1.
        cells: The text of each column asked for, trimmed.
    """

    number: int
    cells: Mapping[str, str]

    def number_in(self, column: str) -> float | None:
        """A finite number, or None where the cell says nothing.

        Raises:
            ValueError: It holds something else; the message says what, without the row.
        """
        text = self.cells.get(column, "")
        if text.casefold() in _NOTHING:
            return None
        if _THOUSANDS.fullmatch(text):
            # One thousand and more in one country, one and a little in the next.
            raise ValueError(f"{column} is ambiguous: write it without the comma, or with a point")
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise ValueError(f"{column} is not a number") from None
        if not math.isfinite(value):
            raise ValueError(f"{column} is not a finite number")
        return value


class RowProblems:
    """Collects what is wrong with rows, to be told together.

    Args:
        name: Of the file.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[str] = []
        self._more = 0

    def add(self, row: Row, what: str) -> None:
        """Notes what is wrong with a row."""
        if len(self._found) < _MOST_NAMED:
            self._found.append(f"row {row.number}: {what}")
        else:
            self._more += 1

    def raise_if_any(self) -> None:
        """Raises what was noted, the first few rows by number.

        Raises:
            UserFacingError: Something was (``table_row_invalid``).
        """
        if self._found:
            more = f"; and {self._more} more" if self._more else ""
            raise UserFacingError(
                f"{self._name} has rows that cannot be used: {'; '.join(self._found)}{more}.",
                "Correct or take out these rows, and try again.",
                code="table_row_invalid",
            )


def nothing() -> None:
    """Where nobody can ask for a stop."""


def read_table(
    data: bytes, needed: Sequence[str], name: str, check: Callable[[], object] = nothing
) -> list[Row]:
    """The rows of a table; columns are found by name, in any order, and others are ignored.

    Args:
        data: The file: UTF-8 or UTF-16 with or without a mark, else Windows-1252; columns
            separated by commas, semicolons, tabs or bars.
        needed: The names of the columns, in lower case.
        name: Of the file, for what is said of it.
        check: Called for each row; what it raises ends the reading.

    Raises:
        UserFacingError: A column is missing (``table_columns_missing``), a row has too few or too
            many cells (``table_row_invalid``), or there is no row (``table_empty``).
    """
    lines = _lines(_decoded(data), name)
    header = next(lines, None)
    if header is None:
        raise _empty(name)
    places = {title.strip().casefold(): at for at, title in reversed(list(enumerate(header[1])))}
    missing = [column for column in needed if column not in places]
    if missing:
        raise UserFacingError(
            f"{name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}.",
            f"Its first row has to name the columns: {', '.join(needed)}.",
            code="table_columns_missing",
        )
    problems = RowProblems(name)
    rows: list[Row] = []
    for number, cells in lines:
        check()
        row = Row(number, {})
        if len(cells) != len(header[1]):
            problems.add(row, f"{len(cells)} cells instead of {len(header[1])}")
            continue
        rows.append(Row(number, {column: cells[places[column]].strip() for column in needed}))
    problems.raise_if_any()
    if not rows:
        raise _empty(name)
    return rows


def _empty(name: str) -> UserFacingError:
    return UserFacingError(
        f"{name} holds no rows.", "Name a file with a header and rows.", code="table_empty"
    )


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the line that each ends on."""
    text = text.replace("\x00", "")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserFacingError(
                f"{name} cannot be read as a table at row {reader.line_num}: {error}.",
                "Check the quotation marks there.",
                code="table_row_invalid",
            ) from error
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells
