"""Anki's packages of every kind are read, and none can do harm."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.anki import AnkiState
from assistant.domain.errors import UserFacingError
from assistant.store import anki_deck
from assistant.store.anki_deck import read_anki
from assistant.store.anki_text import as_markdown, question_and_answer

BEGUN = 1_700_000_000
CREATED = 1_710_000_000_000
CARDS = """
CREATE TABLE notes (id integer primary key, guid text, mid integer, mod integer, usn integer,
  tags text, flds text, sfld text, csum integer, flags integer, data text);
CREATE TABLE cards (id integer primary key, nid integer, did integer, ord integer, mod integer,
  usn integer, type integer, queue integer, due integer, ivl integer, factor integer,
  reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
CREATE TABLE revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer,
  lastIvl integer, factor integer, time integer, type integer);
"""
Column = int | str | bytes | None


def note(database: sqlite3.Connection, number: int, kind: int, fields: list[str]) -> None:
    values = (number, f"guid{number}", kind, 0, 0, " verbs unit::1 ", "\x1f".join(fields))
    database.execute("INSERT INTO notes VALUES (?,?,?,?,?,?,?,'',0,0,'')", values)


def card(database: sqlite3.Connection, number: int, nid: int, **given: Column) -> None:
    names = ["did", "ord", "mod", "usn", "type", "queue", "due", "ivl", "factor", "reps", "lapses"]
    names += ["left", "odue", "odid", "flags", "data"]
    usual: dict[str, Column] = {**dict.fromkeys(names, 0), "did": 7, "data": ""}
    values = [CREATED + number, nid, *({**usual, **given}[name] for name in names)]
    database.execute("INSERT INTO cards VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", values)


def old(database: sqlite3.Connection) -> None:
    """As Anki wrote it until 2022: settings as JSON."""
    database.executescript("CREATE TABLE col (id, crt, models text, decks text);" + CARDS)
    basic = {
        "type": 0,
        "flds": [{"name": "Back", "ord": 1}, {"name": "Front", "ord": 0}],
        "tmpls": [
            {"ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"},
            {"ord": 1, "qfmt": "{{Back}}", "afmt": "{{FrontSide}}<hr id=answer>{{Front}}"},
        ],
    }
    cloze = {
        "type": 1,
        "flds": [{"name": "Text", "ord": 0}],
        "tmpls": [{"ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}],
    }
    models = json.dumps({"1": basic, "2": cloze})
    decks = json.dumps({"7": {"name": "Spanish::Verbs"}, "8": {"name": "Cram"}})
    database.execute("INSERT INTO col VALUES (1, ?, ?, ?)", (BEGUN, models, decks))


def text_field(number: int, text: str) -> bytes:
    return bytes([number << 3 | 2, len(text)]) + text.encode()


def new(database: sqlite3.Connection) -> None:
    """As Anki writes it now: settings in tables, as protocol buffers."""
    database.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    database.executescript(
        "CREATE TABLE col (id, crt, models text, decks text);"
        "CREATE TABLE notetypes (id integer primary key, name text COLLATE unicase, config blob);"
        "CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,"
        "  PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
        "CREATE UNIQUE INDEX by_name ON fields (name, ntid);"
        "CREATE TABLE templates (ntid integer, ord integer, name text, config blob,"
        "  PRIMARY KEY (ntid, ord)) WITHOUT ROWID;"
        "CREATE TABLE decks (id integer primary key, name text COLLATE unicase);" + CARDS
    )
    database.execute("INSERT INTO col VALUES (1, ?, '', '')", (BEGUN,))
    database.execute("INSERT INTO notetypes VALUES (1, 'Basic', ?)", (b"\x1a\x03css",))
    database.execute("INSERT INTO notetypes VALUES (2, 'Cloze', ?)", (b"\x08\x01",))
    fields = [(1, 0, "Front"), (1, 1, "Back"), (2, 0, "Text")]
    database.executemany("INSERT INTO fields VALUES (?, ?, ?, '')", fields)
    both = text_field(1, "{{Front}}") + text_field(2, "{{FrontSide}}<hr id=answer>{{Back}}")
    turned = text_field(1, "{{Back}}") + text_field(2, "{{FrontSide}}<hr id=answer>{{Front}}")
    hidden = text_field(1, "{{cloze:Text}}") + text_field(2, "{{cloze:Text}}")
    templates = [(1, 0, both), (1, 1, turned), (2, 0, hidden)]
    database.executemany("INSERT INTO templates VALUES (?, ?, '', ?)", templates)
    decks = [(7, "Spanish\x1fVerbs"), (8, "Cram")]
    database.executemany("INSERT INTO decks VALUES (?, ?)", decks)


def fill(database: sqlite3.Connection) -> None:
    note(database, 1, 1, ["<b>ser</b>", "to be<br>(always)"])
    note(database, 2, 2, ["{{c1::Madrid::city}} is in {{c2::Spain}}"])
    note(database, 3, 99, ["lost"])
    card(database, 1, 1)
    memory = json.dumps({"pos": 3, "s": 12.5, "d": 6.25, "dr": 0.9})
    long_ago: dict[str, Column] = {"type": 2, "queue": 2, "due": 100, "ivl": 30, "factor": 2500}
    card(database, 2, 1, ord=1, reps=9, lapses=2, data=memory, **long_ago)
    card(database, 3, 2, ord=0, type=1, queue=-1, due=BEGUN + 60, ivl=-600)
    card(database, 4, 2, ord=1, did=8, odid=7, odue=200, type=3, queue=2, due=-5)
    card(database, 5, 3)
    card(database, 6, 1, ord=5)
    database.execute("INSERT INTO revlog VALUES (?,?,0,3,30,9,2500,4000,1)", (CREATED, CREATED + 4))


Shape = Callable[[sqlite3.Connection], None]


def squeezed(raw: bytes) -> bytes:
    import zstandard

    return zstandard.compress(raw)


def package(folder: Path, name: str, *shapes: Shape) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "made.db"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database, database:
        for shape in shapes:
            shape(database)
    raw = file.read_bytes()
    path = folder / "deck.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, squeezed(raw) if name.endswith("b") else raw)
        if name != "collection.anki2":
            packed.writestr("collection.anki2", b"an old program is told to update")
    return path


@pytest.mark.parametrize(
    ("name", "shape"),
    [("collection.anki2", old), ("collection.anki21", old), ("collection.anki21b", new)],
)
def test_every_kind_of_package_is_read(tmp_path: Path, name: str, shape: Shape) -> None:
    deck = read_anki(package(tmp_path, name, shape, fill))
    sides = [(one.key, one.deck, one.front, one.back) for one in deck.cards]
    verbs = ("Spanish", "Verbs")
    assert sides == [
        ("guid1:0", verbs, "**ser**", "to be\n\n(always)"),
        ("guid1:1", verbs, "to be\n\n(always)", "**ser**"),
        ("guid2:0", verbs, "**\\[city\\]** is in Spain", "**Madrid** is in Spain"),
        ("guid2:1", verbs, "Madrid is in **\\[…\\]**", "Madrid is in **Spain**"),
    ]
    assert deck.cards[0].tags == ("verbs", "unit::1")
    assert len(deck.skipped) == 2
    start = datetime.fromtimestamp(BEGUN, UTC)
    fresh, known, learning, again = (one.schedule for one in deck.cards)
    assert (fresh.state, fresh.due) == (AnkiState.NEW, None)
    assert known.state is AnkiState.REVIEW
    assert known.due == start + timedelta(days=100)
    assert known.last_review == start + timedelta(days=70)
    assert (known.interval_days, known.ease, known.reps, known.lapses) == (30, 2.5, 9, 2)
    assert (known.stability_days, known.difficulty) == (12.5, 6.25)
    assert (learning.state, learning.suspended) == (AnkiState.LEARNING, True)
    assert learning.due == start + timedelta(seconds=60)
    assert learning.interval_days == pytest.approx(600 / 86_400)
    assert again.state is AnkiState.RELEARNING
    assert again.due == start + timedelta(days=200)
    assert again.last_review == datetime.fromtimestamp(CREATED / 1000, UTC)


def broken(path: Path) -> str:
    with pytest.raises(UserFacingError) as caught:
        read_anki(path)
    return caught.value.code


def test_files_of_other_kinds_are_told(tmp_path: Path) -> None:
    path = tmp_path / "deck.apkg"
    assert broken(path) == "anki_broken"
    path.write_bytes(b"PK\x03\x04 no zip after all")
    assert broken(path) == "anki_broken"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    assert broken(path) == "anki_broken"
    for name in ("collection.anki2", "collection.anki21b"):
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(name, b"no database" * 1000)
        assert broken(path) == "anki_broken"


@pytest.mark.parametrize("step", [3, 7, 50])
def test_a_damaged_package_ends_in_words(tmp_path: Path, step: int) -> None:
    path = package(tmp_path, "collection.anki2", old, fill)
    with zipfile.ZipFile(path) as packed:
        raw = bytearray(packed.read("collection.anki2"))
    for at in range(100, len(raw), 97 * step):
        raw[at] ^= 0xFF
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("collection.anki2", bytes(raw))
    try:
        read_anki(path)
    except UserFacingError as error:
        assert error.code == "anki_broken"  # noqa: PT017 - either end is good, a crash is not
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert broken(path) == "anki_broken"


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21b"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(anki_deck, "MOST_BYTES", 1_000_000)
    raw = b"\x00" * 30_000_000
    with zipfile.ZipFile(tmp_path / "deck.apkg", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, squeezed(raw) if name.endswith("b") else raw)
    assert broken(tmp_path / "deck.apkg") == "anki_too_large"


def test_a_view_in_place_of_a_table_is_refused(tmp_path: Path) -> None:
    def endless(database: sqlite3.Connection) -> None:
        old(database)
        database.executescript(
            "DROP TABLE cards; CREATE VIEW cards AS WITH RECURSIVE n(x) AS "
            "(SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n;"
        )

    assert broken(package(tmp_path, "collection.anki2", endless)) == "anki_broken"


def test_work_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_deck, "_MOST_STEPS", 1)
    monkeypatch.setattr(anki_deck, "_STEP", 10)
    assert broken(package(tmp_path, "collection.anki2", old, fill)) == "anki_broken"


def test_columns_of_wrong_types_do_no_harm(tmp_path: Path) -> None:
    def odd(database: sqlite3.Connection) -> None:
        old(database)
        note(database, 1, 1, ["a", "b"])
        card(database, 1, 1, type="x", due=2**62, ivl=None, factor=b"\xff", data="[[[")
        card(database, 2, 1, type=2, due=2**62, ivl=-(2**62), data='{"s": "x", "d": -1}')

    first, second = read_anki(package(tmp_path, "collection.anki2", odd)).cards
    assert first.schedule.state is AnkiState.NEW
    assert (second.schedule.due, second.schedule.stability_days) == (None, None)


def test_only_so_many_cards_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_deck, "MOST_CARDS", 2)
    deck = read_anki(package(tmp_path, "collection.anki2", old, fill))
    assert len(deck.cards) == 2
    assert "Only the first 2 cards were read." in deck.skipped


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a&nbsp;&lt;b&gt;<br>c", "a <b>\n\nc"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        (r"\(a_1 &lt; b\) and \[x\]", "$a_1 < b$ and $$x$$"),
        ("[$]x^2[/$] [latex]y[/latex]", "$x^2$ $y$"),
        ("5*3 costs $2 [x]", r"5\*3 costs \$2 \[x\]"),
        ("<img src='dog.png'>[sound:dog.mp3]", "[picture: dog.png]"),
        ("<style>p{}</style><script>alert(1)</script>x", "x"),
        ("<pre>if a:\n  b</pre>", "```\nif a:\n  b\n```"),
        ("<code>a_b</code>", "`a_b`"),
        ("<b></b>", ""),
        ("a < b<!-- <b>unseen</b> --> c", "a < b c"),
        ("x<script>if (a<b) { }", "x"),
        (
            "# no heading<br>1. no list<div>- nor this</div>&gt; or that",
            "\\# no heading\n\n1\\. no list\n\n\\- nor this\n\n\\> or that",
        ),
        ("-5 is #1 of 2. kinds", "-5 is #1 of 2. kinds"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>は", "漢字(かんじ)は"),
    ],
)
def test_html_becomes_markdown(source: str, wanted: str) -> None:
    assert as_markdown(source) == wanted


def test_templates_are_filled_in() -> None:
    fields = {"Word": "ser", "Hint": "", "Note": "irregular"}
    front = "{{#Hint}}no{{/Hint}}{{^Hint}}{{text:Word}}{{/Hint}}{{type:Note}}{{Gone}}"
    back = "{{FrontSide}}<hr id='answer'>{{#Note}}{{type:Note}}{{/Note}}"
    assert question_and_answer(front, back, fields, None) == ("ser", "irregular")


@pytest.mark.parametrize(
    "hostile",
    [
        "{{" * 30_000,
        "{{#a}}" * 10_000,
        "{{c1::" * 10_000,
        "<a " * 20_000,
        "\\(" * 30_000,
        "<!--" * 15_000,
        "<td> " * 12_000,
    ],
)
def test_hostile_text_ends(hostile: str) -> None:
    sides = question_and_answer(hostile, "{{cloze:a}}", {"a": hostile}, 1)
    assert all(len(side) <= 120_000 for side in sides)
