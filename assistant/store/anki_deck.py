"""Reads Anki's packages (.apkg, .colpkg) as values; nothing in them is trusted.

The collection is unpacked with a limit into a file that is deleted again, opened for reading
only, with a limit of work, and none of its own code (triggers, views, functions) is followed.
"""

import io
import json
import lzma
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, cast

from assistant.domain.anki import AnkiCard, AnkiDeck, AnkiSchedule, AnkiState
from assistant.domain.errors import UserFacingError
from assistant.store.anki_notes import NoteType, deck_names, note_types
from assistant.store.anki_text import question_and_answer

MOST_BYTES: Final = 512 * 1024 * 1024
MOST_CARDS: Final = 100_000
_MOST_FIELD_BYTES: Final = 1024 * 1024
_MOST_STEPS: Final = 4_000
_STEP: Final = 250_000
_COLLECTIONS: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
_DAMAGE: Final = (
    *(OSError, EOFError, RuntimeError, NotImplementedError, OverflowError, UnicodeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, sqlite3.Error),
)
"""What unpacking and reading raise on damaged, encrypted or made-up packages."""
_SEPARATOR: Final = "\x1f"
_SUSPENDED: Final = -1
_DAY: Final = 86_400
_MOST_DAYS: Final = 1_000_000
_STATES: Final = (AnkiState.NEW, AnkiState.LEARNING, AnkiState.REVIEW, AnkiState.RELEARNING)
_FIRST_SECONDS: Final = 1_000_000_000
"""A due date at least this large counts seconds, a smaller one days."""
_TEXTS: Final = ("n.guid", "n.flds", "n.tags", "c.data")
_NUMBERS: Final = (
    *("c.id", "n.mid", "c.ord", "c.did", "c.odid", "c.type", "c.queue", "c.due", "c.odue"),
    *("c.ivl", "c.factor", "c.reps", "c.lapses"),
)
_COLUMNS: Final = ", ".join(
    [f"ifnull(CAST({name} AS TEXT), '')" for name in _TEXTS]
    + [f"ifnull(CAST({name} AS INTEGER), 0)" for name in _NUMBERS]
)
_CARDS: Final = (
    f"SELECT {_COLUMNS} FROM cards AS c JOIN notes AS n ON n.id = c.nid ORDER BY c.id LIMIT ?"  # noqa: S608 - made of the constants above
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A card with its note, as the collection has them."""

    guid: str
    fields: str
    tags: str
    data: str
    number: int
    note_type: int
    place: int
    deck: int
    home: int
    kind: int
    queue: int
    due: int
    home_due: int
    interval: int
    factor: int
    reps: int
    lapses: int


def read_anki(path: Path) -> AnkiDeck:
    """All cards of a package, with how they were scheduled.

    Raises:
        UserFacingError: It is no such package, it is damaged, or it is too large
            (``anki_broken``, ``anki_too_large``).
    """
    try:
        with zipfile.ZipFile(path) as package, _collection(package) as database:
            return _read(database)
    except _DAMAGE as error:
        raise _broken() from error


def _broken() -> UserFacingError:
    return UserFacingError(
        "This is no Anki package, or it is damaged.",
        "Export the deck again in Anki: File, Export, “Anki Deck Package (.apkg)”.",
        code="anki_broken",
    )


@contextmanager
def _collection(package: zipfile.ZipFile) -> Generator[sqlite3.Connection]:
    names = set(package.namelist())
    name = next((one for one in _COLLECTIONS if one in names), None)
    if name is None:
        raise _broken()
    with tempfile.TemporaryDirectory(prefix="anki-", ignore_cleanup_errors=True) as place:
        file = Path(place) / "collection.db"
        with package.open(name) as packed, file.open("wb") as plain:
            _unpack(packed, plain, zstd=name.endswith("b"))
        with closing(_opened(file)) as database:
            yield database


def _unpack(packed: IO[bytes], plain: IO[bytes], *, zstd: bool) -> None:
    import zstandard

    source: Any = packed
    if zstd:
        source = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed)
    written = 0
    try:
        while chunk := source.read(io.DEFAULT_BUFFER_SIZE * 16):
            written += len(chunk)
            if written > MOST_BYTES:
                raise UserFacingError(
                    "This Anki package is too large to be read.",
                    "Export its decks one by one, without media.",
                    code="anki_too_large",
                )
            plain.write(chunk)
    except zstandard.ZstdError as error:
        raise _broken() from error


def _opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 16 * _MOST_FIELD_BYTES)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        database.execute(f"PRAGMA {setting}")
    database.text_factory = _decoded
    database.create_collation("unicase", _by_case_folded)
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    return database


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _by_case_folded(one: str, other: str) -> int:
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _read(database: sqlite3.Connection) -> AnkiDeck:
    tables = {
        str(name)
        for name, sql in database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        )
        if not str(sql).upper().startswith("CREATE VIRTUAL")
    }
    if not {"col", "cards", "notes"} <= tables:
        raise _broken()
    row = database.execute("SELECT crt FROM col LIMIT 1").fetchone()
    if row is None:
        raise _broken()
    reader = _Reader(
        begun=int(row[0]),
        types=note_types(database, tables),
        decks=deck_names(database, tables),
        reviewed=_last_reviews(database) if "revlog" in tables else {},
    )
    cards = [
        card
        for row in database.execute(_CARDS, (MOST_CARDS,))
        if (card := reader.card(_Row(*row))) is not None
    ]
    (count,) = database.execute("SELECT count(*) FROM cards").fetchone()
    if count > MOST_CARDS:
        reader.skipped[f"Only the first {MOST_CARDS:,} cards were read."] = 1
    return AnkiDeck(tuple(cards), tuple(_counted(reader.skipped)))


def _counted(skipped: dict[str, int]) -> Iterator[str]:
    for words, count in skipped.items():
        yield words if count == 1 else f"{count} times: {words}"


def _last_reviews(database: sqlite3.Connection) -> dict[int, int]:
    rows = database.execute("SELECT cid, max(id) FROM revlog GROUP BY cid LIMIT ?", (MOST_CARDS,))
    return {int(card): int(when) for card, when in rows}


class _Reader:
    def __init__(
        self,
        *,
        begun: int,
        types: dict[int, NoteType],
        decks: dict[int, tuple[str, ...]],
        reviewed: dict[int, int],
    ) -> None:
        self._begun = begun
        self._types = types
        self._decks = decks
        self._reviewed = reviewed
        self.skipped: dict[str, int] = {}

    def card(self, row: _Row) -> AnkiCard | None:
        """A row as a card; None, with the reason counted, where it cannot be used."""
        note = self._types.get(row.note_type)
        if note is None:
            return self._skip("A card whose note type is missing was left out.")
        template = 0 if note.cloze else row.place
        if not 0 <= template < len(note.templates):
            return self._skip("A card whose template is missing was left out.")
        contents = row.fields[:_MOST_FIELD_BYTES].split(_SEPARATOR)
        named = dict(zip(note.fields, contents, strict=False))
        cloze = row.place + 1 if note.cloze else None
        front, back = question_and_answer(*note.templates[template], named, cloze)
        if not front or not back:
            return self._skip("A card with an empty side was left out.")
        if "[sound:" in row.fields:
            self._skip("The sound of a card was left out.")
        if "<img" in row.fields.lower():
            self._skip("The picture of a card was left out; its name stands in its place.")
        return AnkiCard(
            key=f"{row.guid[:200]}:{row.place}",
            deck=self._decks.get(row.home or row.deck, ("Anki",)),
            front=front,
            back=back,
            tags=tuple(row.tags.split())[:100],
            created=_moment(row.number / 1000) or datetime(1970, 1, 1, tzinfo=UTC),
            schedule=self._schedule(row),
        )

    def _skip(self, words: str) -> None:
        self.skipped[words] = self.skipped.get(words, 0) + 1

    def _schedule(self, row: _Row) -> AnkiSchedule:
        state = _STATES[row.kind] if row.kind in range(len(_STATES)) else AnkiState.NEW
        if state is AnkiState.NEW:
            return AnkiSchedule(state, suspended=row.queue == _SUSPENDED)
        days = float(row.interval) if row.interval >= 0 else -row.interval / _DAY
        due = self._due(row.home_due if row.home and row.home_due else row.due)
        memory = _memory(row.data)
        last = self._reviewed.get(row.number)
        reviewed = _moment(last / 1000) if last else _moment(memory.get("lrt"))
        if reviewed is None and due is not None and state is AnkiState.REVIEW:
            reviewed = _moment(due.timestamp() - days * _DAY)
        return AnkiSchedule(
            state=state,
            suspended=row.queue == _SUSPENDED,
            due=due,
            interval_days=days,
            ease=row.factor / 1000,
            reps=row.reps,
            lapses=row.lapses,
            last_review=reviewed,
            stability_days=_positive(memory.get("s")),
            difficulty=_positive(memory.get("d")),
        )

    def _due(self, due: int) -> datetime | None:
        return _moment(due if due >= _FIRST_SECONDS else self._begun + due * _DAY)


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _memory(data: str) -> dict[str, object]:
    try:
        found: object = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def _positive(value: object) -> float | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return float(value) if 0 < value < _MOST_DAYS else None
