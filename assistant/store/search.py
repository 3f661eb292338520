"""Search over the titles and messages of all chats.

What the user types is never read as FTS5's query language: each word becomes a quoted term, all
of which must occur; the last one may be the beginning of a word while it is being typed.

Ranking by BM25 takes about a microsecond for each row that matches, and common words match half
of all rows. So the ``_RANKED`` newest messages that match are ranked (all titles always are):
a word that occurs in more messages than that tells them apart by little else than their age.
"""

import json
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Engine

from assistant.domain.conversation import Role, SearchHit
from assistant.domain.ids import ConversationId, MessageId
from assistant.store.grams import has_unspaced, phrase_of, pieces
from assistant.store.rows import from_us, storable
from assistant.store.tables import TITLE_ROWID_BASE

_RANKED: Final = 4000
_SCANNED: Final = 4000
"""How many of the newest messages are looked through, letter by letter, for what has no words."""
_MOST_TERMS: Final = 16
_SNIPPET_TOKENS: Final = 24
_SNIPPET_CHARACTERS: Final = 160
_SHORTEST_PREFIX: Final = 3
"""Fewer letters begin too many words; the index keeps beginnings of this length."""
WHITE: Final = re.compile(r"\s")

_OLDEST_RANKED: Final = """
    SELECT rowid FROM message_search WHERE message_search MATCH ?1 AND rowid < ?2
    ORDER BY rowid DESC LIMIT 1 OFFSET ?3
"""
# The list of what lies in the trash is short, and is read from indices alone.
_RANK: Final = """
    SELECT rowid, rank FROM message_search
    WHERE message_search MATCH ?1 AND rowid >= ?2 AND rowid NOT IN (
        SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE c.deleted_at_us IS NOT NULL
        UNION ALL
        SELECT id + 4503599627370496 FROM conversation WHERE deleted_at_us IS NOT NULL
    )
    ORDER BY rank
"""
_TIMES: Final = """
    SELECT id, created_at_us FROM message WHERE id IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT id + 4503599627370496, updated_at_us FROM conversation
        WHERE id IN (SELECT value - 4503599627370496 FROM json_each(?1))
"""
_SNIPPET: Final = """
    SELECT snippet(message_search, ?3, ?4, ?4, '…', ?5) FROM message_search
    WHERE message_search MATCH ?1 AND rowid = ?2
"""
_MESSAGE: Final = """
    SELECT m.conversation_id, m.id, m.role, c.title, m.created_at_us
    FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?
"""
_TITLE: Final = """
    SELECT id, NULL, 'system', title, updated_at_us FROM conversation WHERE id = ?
"""
_CONTENT: Final = "SELECT content FROM message WHERE id = ?"
_SCAN: Final = """
    SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id
    WHERE m.id > (SELECT max(id) FROM message) - ?1
        AND (m.content LIKE ?2 ESCAPE '\\' OR m.content LIKE ?3 ESCAPE '\\')
        AND m.deleted_at_us IS NULL AND m.status <> 'writing' AND c.deleted_at_us IS NULL
    ORDER BY m.created_at_us DESC, m.id DESC LIMIT ?4 OFFSET ?5
"""


@dataclass(frozen=True, slots=True)
class _Query:
    """What was typed.

    Args:
        match: For FTS5; empty when no part of it is a word.
        literals: The terms as typed, to be marked where the index cannot mark them.
        text: The terms, a space between them.
        typed: All of it as it was typed, quotation marks and all, without the white space around.
    """

    match: str
    literals: tuple[str, ...]
    text: str
    typed: str


class SearchRepository:
    """Finds messages and titles; called from the store thread.

    Args:
        engine: Of an open vault whose schema is current.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, query: str, *, limit: int = 30, offset: int = 0) -> list[SearchHit]:
        """Chats and messages in which all words of ``query`` occur, best first, then newest.

        Case and diacritics make no difference, and titles weigh more than messages. Archived
        chats are searched, deleted ones are not. Where the words find nothing, the newest
        messages are searched for the typed letters as they stand.

        Args:
            query: What the user typed; every text is a valid query.
            limit: Most hits to return.
            offset: Hits to leave out, for the next page.
        """
        typed = _parse(storable(query))
        if not typed.text:
            return []
        with self._engine.connect() as connection:
            rowids = _ranked(connection, typed, limit, offset) if typed.match else []
            if not rowids and not (typed.match and offset):
                rowids = _scanned(connection, typed, limit, offset)
            return [_hit(connection, typed, rowid) for rowid in rowids]


def _parse(query: str) -> _Query:
    """Turns what was typed into quoted terms."""
    terms = query.replace("\0", " ").replace('"', " ").split()[:_MOST_TERMS]
    open_end = bool(terms) and query.endswith(terms[-1])
    matches: list[str] = []
    for at, term in enumerate(terms):
        typing = open_end and at == len(terms) - 1
        if has_unspaced(term):
            matches += [_match(piece, typing=False) for piece in pieces(term)]
        elif _is_word(term):
            matches.append(_match(term, typing=typing))
    return _Query(" AND ".join(matches), tuple(terms), " ".join(terms), query.strip())


def _match(term: str, *, typing: bool) -> str:
    if has_unspaced(term):
        return phrase_of(term)
    last_word = re.split(r"[\W_]+", term)[-1]
    return f'"{term}"' + (" *" if typing and len(last_word) >= _SHORTEST_PREFIX else "")


def _is_word(term: str) -> bool:
    """Whether SQLite's unicode61 finds a token in it: letters, numbers, private use."""
    kinds = (unicodedata.category(character) for character in term)
    return any(kind[0] in "LN" or kind == "Co" for kind in kinds)


def _ranked(connection: Connection, typed: _Query, limit: int, offset: int) -> list[int]:
    oldest = connection.exec_driver_sql(
        _OLDEST_RANKED, (typed.match, TITLE_ROWID_BASE, max(_RANKED, offset + limit))
    ).scalar()
    rows = connection.exec_driver_sql(_RANK, (typed.match, oldest or 0)).all()
    # Times are looked up only for the page and what is as good as its first and last.
    end = offset + limit
    groups: list[list[int]] = []
    seen = 0
    for _, group in groupby(rows, key=lambda row: row[1]):
        if seen >= end:
            break
        rowids = [row[0] for row in group]
        groups.append(rowids if seen + len(rowids) <= offset else _newest_first(connection, rowids))
        seen += len(rowids)
    return [rowid for rowids in groups for rowid in rowids][offset:end]


def _newest_first(connection: Connection, rowids: list[int]) -> list[int]:
    if len(rowids) == 1:
        return rowids
    found = connection.exec_driver_sql(_TIMES, (json.dumps(rowids),)).all()
    times: dict[int, int] = {row[0]: row[1] for row in found}
    return sorted(rowids, key=lambda rowid: (times[rowid], rowid), reverse=True)


def _scanned(connection: Connection, typed: _Query, limit: int, offset: int) -> list[int]:
    either = [re.sub(r"([\\%_])", r"\\\1", text) for text in (typed.text, typed.typed)]
    patterns = [f"%{escaped}%" for escaped in either]
    rows = connection.exec_driver_sql(_SCAN, (_SCANNED, *patterns, limit, offset))
    return [row[0] for row in rows]


def _hit(connection: Connection, typed: _Query, rowid: int) -> SearchHit:
    is_title = rowid >= TITLE_ROWID_BASE
    row: Sequence[Any] = connection.exec_driver_sql(
        _TITLE if is_title else _MESSAGE, (rowid - TITLE_ROWID_BASE if is_title else rowid,)
    ).one()
    snippet, marks = _indexed_snippet(connection, typed, rowid) if typed.match else ("", ())
    if not marks:
        content = row[3] if is_title else connection.exec_driver_sql(_CONTENT, (rowid,)).scalar()
        snippet, marks = _literal_snippet(str(content), typed.literals)
    return SearchHit(
        conversation_id=ConversationId(row[0]),
        message_id=None if row[1] is None else MessageId(row[1]),
        role=Role(row[2]),
        title=row[3],
        # One character for one, so that the marks stay where they are.
        snippet=WHITE.sub(" ", snippet),
        marks=marks,
        time=from_us(row[4]),
    )


def _indexed_snippet(
    connection: Connection, typed: _Query, rowid: int
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text around the match as the index sees it; no marks when only pairs matched."""
    mark = f"\x02{secrets.token_hex(4)}\x03"  # not to be met in any text
    column = 0 if rowid >= TITLE_ROWID_BASE else 1
    values = (typed.match, rowid, column, mark, _SNIPPET_TOKENS)
    marked: str | None = connection.exec_driver_sql(_SNIPPET, values).scalar()
    parts = (marked or "").split(mark)
    marks: list[tuple[int, int]] = []
    at = 0
    for number, part in enumerate(parts):
        if number % 2:
            marks.append((at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(marks)


def _literal_snippet(
    content: str, literals: Sequence[str]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text around the first term, with all terms marked as they were typed."""
    found = re.compile("|".join(re.escape(t) for t in literals), re.IGNORECASE)
    first = found.search(content)
    start = max(0, first.start() - _SNIPPET_CHARACTERS // 4) if first else 0
    body = content[start : start + _SNIPPET_CHARACTERS]
    before = "…" if start else ""
    after = "…" if start + len(body) < len(content) else ""
    marks = tuple((m.start() + len(before), m.end() + len(before)) for m in found.finditer(body))
    return before + body + after, marks
