"""Search in everything: live, ranked, marked, and jumping to the message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from assistant.domain.conversation import Role, SearchHit
from assistant.domain.ids import ConversationId, MessageId
from assistant.ui.models.search_results import (
    Command,
    ResultKind,
    SearchModel,
    matching,
    nothing_found,
    short_date,
)
from assistant.ui.search.delegate import one_line
from assistant.ui.theme.theme import Theme
from tests.helpers.desk import STORE_S, Sat, leave, saying, sit_down

WHEN = datetime(2025, 11, 20, 12, tzinfo=UTC)


def hit(snippet: str, *marks: tuple[int, int]) -> SearchHit:
    return SearchHit(ConversationId(1), MessageId(2), Role.USER, "A title", snippet, marks, WHEN)


def test_a_snippet_begins_near_its_first_mark() -> None:
    text = "word " * 30 + "needle in it"
    start = text.index("needle")
    line, ((begin, end),) = one_line(hit(text, (start, start + 6)))
    assert line[begin:end] == "needle"
    assert begin < 30
    assert line.startswith("…")


def test_a_snippet_is_one_line_and_keeps_its_marks() -> None:
    line, marks = one_line(hit("first\nsecond\tthird", (6, 12)))
    assert line == "first second third"
    assert [line[a:b] for a, b in marks] == ["second"]


def test_commands_match_by_the_beginnings_of_words() -> None:
    commands = [Command("a", "New chat"), Command("b", "New temporary chat"), Command("c", "Keys")]
    assert [c.id for c in matching(commands, "ch ne")] == ["a", "b"]
    assert matching(commands, "hat") == []
    assert len(matching(commands, "  ")) == 3


def test_days_are_said_as_people_say_them() -> None:
    today = date(2025, 11, 20)
    noon = datetime(2025, 11, 20, 12).astimezone()
    assert short_date(noon, today) == "Today"
    assert short_date(noon.replace(day=19), today) == "Yesterday"
    assert short_date(noon.replace(day=17), today) == "Monday"
    assert short_date(noon.replace(month=3, day=3), today) == "3 March"
    assert short_date(noon.replace(year=2024, month=3, day=3), today) == "3 March 2024"


def test_the_model_holds_to_qts_rules(qapp: object) -> None:
    model = SearchModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for hits in ([hit("one", (0, 3))], [], [hit("two", (0, 3))] * 5):
        model.show_results([Command("a", "New chat")], hits, words="one", today=WHEN.date())
        assert model.rowCount() >= len(hits)
    tester.deleteLater()


@pytest.fixture
def sat(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Sat]:
    made = sit_down(
        qtbot, theme, tmp_path / "p", saying("The zebra is striped.", "Owls see at night.")
    )
    yield made
    leave(made)


def kinds(sat: Sat) -> list[ResultKind]:
    model = sat.desk.search.model
    rows = [model.row_at(model.index(n)) for n in range(model.rowCount())]
    return [row.kind for row in rows if row is not None]


def hits(sat: Sat) -> list[SearchHit]:
    model = sat.desk.search.model
    rows = [model.row_at(model.index(n)) for n in range(model.rowCount())]
    return [row.hit for row in rows if row is not None and row.hit is not None]


def test_typing_finds_a_message_and_enter_goes_there(sat: Sat) -> None:
    sat.ask("What about zebras?")
    target = sat.chat.id
    sat.desk.room.new_chat()
    sat.ask("And owls?")
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "striped")
    sat.bot.waitUntil(lambda: ResultKind.HIT in kinds(sat))
    row = search.model.row_at(search.list.currentIndex())
    assert row is not None
    assert row.hit is not None
    start, end = row.hit.marks[0]
    assert row.hit.snippet[start:end] == "striped"
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    sat.bot.waitUntil(lambda: sat.desk.room.session.id == target)
    assert search.isHidden()
    assert sat.desk.room.session.spot.words == ("striped",)


def test_titles_are_found(sat: Sat) -> None:
    sat.ask("Quixotic adventures")
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "quixotic")
    sat.bot.waitUntil(lambda: ResultKind.HIT in kinds(sat))


def test_what_was_said_in_other_words_joins_and_the_marked_row_stays(
    sat: Sat, embedding_model_file: Path
) -> None:
    assert embedding_model_file.is_file()
    sat.ask("How do I cook noodles well?")
    sat.ask("Why does my spaghetti stick together?")
    assert sat.desk.core.meaning.make_up_to(100).result(60) == 0
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "spaghetti")
    sat.bot.waitUntil(lambda: len(hits(sat)) > 1)
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    chosen = search.model.row_at(search.list.currentIndex())
    sat.bot.waitUntil(lambda: any(hit.by_meaning for hit in hits(sat)))
    assert chosen is not None
    assert chosen.hit is not None
    kept = search.model.row_at(search.list.currentIndex())
    assert kept is not None
    assert kept.hit is not None
    assert kept.hit.message_id == chosen.hit.message_id
    marked = [hit for hit in hits(sat) if not hit.by_meaning]
    assert any("spaghetti" in hit.snippet for hit in marked)
    spoken = [
        str(search.model.index(n).data(Qt.ItemDataRole.AccessibleTextRole))
        for n in range(search.model.rowCount())
    ]
    assert any(", by meaning: " in words and "noodles" in words for words in spoken)


def test_an_older_search_never_shows_over_a_newer_one(sat: Sat) -> None:
    sat.ask("What about zebras?")
    search = sat.desk.search
    search.open_over()
    search.field.setText("striped")
    search.search_now()
    search.field.setText("nothingofthekind")
    search.search_now()
    sat.settle()
    sat.bot.waitUntil(lambda: ResultKind.NOTE in kinds(sat))
    assert ResultKind.HIT not in kinds(sat)


def test_a_command_is_done_from_the_field(sat: Sat) -> None:
    sat.ask("One")
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "new temp")
    QTest.keyClick(search.field, Qt.Key.Key_Return)  # before the results for it are there
    sat.bot.waitUntil(lambda: sat.desk.room.session.temporary)


def test_arrows_go_round_and_esc_closes(sat: Sat) -> None:
    search = sat.desk.search
    search.open_over()
    first = search.list.currentIndex().row()
    QTest.keyClick(search.field, Qt.Key.Key_Up)
    assert search.list.currentIndex().row() == search.model.rowCount() - 1
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    assert search.list.currentIndex().row() == first
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    assert search.isHidden()


def shown(sat: Sat) -> list[str]:
    model = sat.desk.search.model
    return [str(model.data(model.index(n))) for n in range(model.rowCount())]


def test_hits_stand_in_the_order_in_which_they_came(qapp: object) -> None:
    days = (3, 20, 11)
    hits = [replace(hit("one", (0, 3)), title=str(d), time=WHEN.replace(day=d)) for d in days]
    model = SearchModel()
    model.show_results([], hits, words="one", today=WHEN.date())
    assert [model.data(model.index(n)) for n in range(1, 4)] == ["3", "20", "11"]
    model.deleteLater()


def test_of_hits_as_good_as_each_other_the_newest_is_the_first(sat: Sat) -> None:
    chats: list[ConversationId] = []
    for _ in range(2):
        sat.desk.room.new_chat()
        sat.ask("A zebra crossing")
        chats.append(sat.chat.id)
        sat.desk.core.history.rename(sat.chat.id, f"Chat {len(chats)}").result(STORE_S)
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "crossing")
    sat.bot.waitUntil(lambda: kinds(sat).count(ResultKind.HIT) == 2)
    assert shown(sat)[-2:] == ["Chat 2", "Chat 1"]


def test_nothing_found_says_what_was_searched(sat: Sat) -> None:
    search = sat.desk.search
    search.open_over()
    QTest.keyClicks(search.field, "  zeppelin  ride ")
    sat.bot.waitUntil(lambda: ResultKind.NOTE in kinds(sat))
    assert search.field.accessibleName() == "Search your chats", "tasks are not among them"
    assert shown(sat) == ["No chat has “zeppelin ride” in it. Tasks have a filter in Plan."]
    assert len(nothing_found("long " * 40)) < 90


def test_tab_stays_among_the_results(sat: Sat) -> None:
    search = sat.desk.search
    sat.desk.window.activateWindow()
    search.open_over()
    sat.bot.waitUntil(search.field.hasFocus)
    first = search.list.currentIndex().row()
    QTest.keyClick(search.field, Qt.Key.Key_Tab)
    assert search.list.currentIndex().row() == first + 1
    QTest.keyClick(search.field, Qt.Key.Key_Backtab)
    assert search.list.currentIndex().row() == first
    assert search.field.hasFocus()
