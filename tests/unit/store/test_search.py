"""Search: what is found, in which order, and how it is marked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import Conversation, Message, MessageStatus, Role, SearchHit
from assistant.store import search as search_module
from assistant.store.history import HistoryRepository
from assistant.store.search import SearchRepository
from tests.helpers.store_engine import opened

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine() -> Iterator[Engine]:
    with opened() as engine:
        yield engine


@pytest.fixture
def history(engine: Engine) -> HistoryRepository:
    return HistoryRepository(engine, FixedClock(NOON))


@pytest.fixture
def search(engine: Engine) -> SearchRepository:
    return SearchRepository(engine)


def chat_of(
    history: HistoryRepository, *texts: str, title: str = ""
) -> tuple[Conversation, list[Message]]:
    chat = history.create_conversation(title=title)
    made: list[Message] = []
    for text in texts:
        above = made[-1].id if made else None
        made.append(history.add_message(chat.id, above, Role.USER, text, MessageStatus.COMPLETE))
    return chat, made


def marked(hit: SearchHit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


def snippets(search: SearchRepository, query: str) -> set[str]:
    return {hit.snippet for hit in search.search(query)}


def test_a_hit_says_where_it_is(history: HistoryRepository, search: SearchRepository) -> None:
    chat, (message,) = chat_of(history, "The lamp is\nlit at dusk.", title="Evening")
    assert search.search("LAMP dusk") == [
        SearchHit(
            conversation_id=chat.id,
            message_id=message.id,
            role=Role.USER,
            title="Evening",
            snippet="The lamp is lit at dusk.",
            marks=((4, 8), (19, 23)),
            time=NOON,
        )
    ]
    (title,) = search.search("evening")
    assert (title.message_id, title.role, title.snippet) == (None, Role.SYSTEM, "Evening")
    assert marked(title) == ["Evening"]


def test_all_words_must_occur_and_the_last_may_be_unfinished(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(history, "red apples", "green apples", "red pears")
    assert snippets(search, "red apples") == {"red apples"}
    assert snippets(search, "apples red") == {"red apples"}
    assert snippets(search, "app") == {"red apples", "green apples"}
    assert snippets(search, "red pea") == {"red pears"}
    assert marked(search.search("pea")[0]) == ["pears"]
    assert search.search("apple red") == []
    # A finished word that is none in any message is still found as letters.
    assert marked(search.search("pea ")[0]) == ["pea"]


def test_case_and_diacritics_make_no_difference(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(
        history, "Ein Caf\u00e9 in \u00c5rhus", "STRASSE", "\u041f\u0440\u0438\u0432\u0435\u0442"
    )
    for query in ("cafe", "CAF\u00c9", "cafe\u0301", "arhus", "\u00e5rh"):
        assert snippets(search, query) == {"Ein Caf\u00e9 in \u00c5rhus"}, query
    assert snippets(search, "\u043f\u0440\u0438\u0432\u0435\u0442")


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        (
            "\u4eca\u5929\u5929\u6c14\u5f88\u597d\u3002",
            ["\u5929\u6c14", "\u4eca", "\u597d", "\u5929\u5929\u6c14\u5f88"],
        ),
        (
            "\u6771\u4eac\u30bf\u30ef\u30fc\u306b\u884c\u304f",
            ["\u4eac\u30bf", "\u30bf\u30ef\u30fc", "\u884c\u304f"],
        ),
        (
            "\uc6b0\ub9ac\ud559\uad50\uc5d0\uc11c \ubd10\uc694",
            ["\ud559\uad50", "\uc6b0\ub9ac", "\ubd10"],
        ),
        (
            "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a",
            ["\u0e2a\u0e14\u0e35", "\u0e04\u0e23\u0e31\u0e1a"],
        ),
        (
            "\u7528GPT\u6a21\u578b\u5427",
            ["\u6a21\u578b", "gpt", "GPT\u6a21\u578b", "\u7528"],
        ),
    ],
)
def test_scripts_without_spaces_are_found_inside(
    history: HistoryRepository, search: SearchRepository, text: str, queries: list[str]
) -> None:
    chat_of(history, text, "something else", "\u5929\u3002\u6c14", title=text)
    for query in queries:
        hits = search.search(query)
        found = [hit for hit in hits if hit.snippet == text]
        assert {hit.role for hit in found} == {Role.USER, Role.SYSTEM}, query
        assert all(query.casefold() in "".join(marked(hit)).casefold() for hit in found), query


def test_a_phrase_does_not_reach_over_a_stop(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(history, "\u4eca\u5929\u3002\u6c14\u6e29")
    assert search.search("\u5929\u6c14") == []


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', '"a', "a\" OR b", "NEAR(a b)", "a AND", "NOT", "OR", "*", "a*", "-a", "^a",
        "title:a", "grams : x", "(a", "a)", "{a}", "a + b", "\\", "%", "_", "'", "a\0b", "\ud800",
        " ", "", "\N{GRINNING FACE}", "\u0301", "\U0001e922", "\u200d", "a" * 5000,
        "b " * 3000, "\u5929" * 3000, '"\u5929" *',
    ],
)  # fmt: skip
def test_no_query_is_an_error(
    history: HistoryRepository, search: SearchRepository, query: str
) -> None:
    chat_of(history, "a OR b NEAR NOT title grams x")
    for hit in search.search(query) + search.search(query + " ", offset=1):
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


def test_words_that_look_like_operators_are_words(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(history, "to be or not to be", "near and far")
    assert snippets(search, "NOT OR") == {"to be or not to be"}
    assert snippets(search, "and NEAR ") == {"near and far"}


def test_what_has_no_words_is_found_as_it_stands(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(history, "fine \N{GRINNING FACE} day", "100 %", "notebook", "a_b")
    (hit,) = search.search("\N{GRINNING FACE}")
    assert (hit.snippet, marked(hit)) == ("fine \N{GRINNING FACE} day", ["\N{GRINNING FACE}"])
    assert snippets(search, "%") == {"100 %"}
    assert snippets(search, "_") == {"a_b"}
    assert snippets(search, "book") == {"notebook"}


def test_titles_weigh_more_and_rarer_words_come_first(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(history, *(f"filler number {n} about nothing" for n in range(20)))
    chat_of(history, "we spoke of tides once", title="Moon")
    chat_of(history, "unrelated", title="Tides")
    chat_of(history, "tides tides tides and the moon " + "padding " * 40)
    hits = search.search("tides")
    assert hits[0].title == "Tides"
    assert hits[0].role is Role.SYSTEM
    assert len(hits) == 3


def test_of_equals_the_newest_comes_first(
    history: HistoryRepository, search: SearchRepository
) -> None:
    _, same = chat_of(history, *["the same words"] * 5)
    assert [hit.message_id for hit in search.search("same")] == [m.id for m in same[::-1]]


def test_pages_do_not_overlap(history: HistoryRepository, search: SearchRepository) -> None:
    _, made = chat_of(history, *(f"word {n}" for n in range(25)))
    pages = [search.search("word", limit=10, offset=at) for at in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert {hit.message_id for page in pages for hit in page} == {m.id for m in made}


def test_of_very_common_words_the_newest_messages_are_ranked(
    history: HistoryRepository, search: SearchRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_RANKED", 10)
    _, made = chat_of(history, *(f"common {n}" for n in range(30)), title="common title")
    found = [hit.message_id for hit in search.search("common", limit=5)]
    assert found[0] is None
    assert set(found[1:]) <= {message.id for message in made[-11:]}
    assert len(search.search("common", limit=50)) == 31


@pytest.mark.parametrize("query", ["lamp", "am"], ids=["words", "letters"])
def test_of_equally_good_hits_the_newest_comes_first(
    engine: Engine, search: SearchRepository, query: str
) -> None:
    for days in (2, 0, 3, 1):  # as when older chats are imported later
        history = HistoryRepository(engine, FixedClock(NOON + timedelta(days=days)))
        chat_of(history, "a lamp")
    assert [hit.time.day for hit in search.search(query)] == [4, 3, 2, 1]


def test_pages_follow_the_same_order(engine: Engine, search: SearchRepository) -> None:
    for days, text in ((2, "a lamp"), (0, "a lamp of brass"), (3, "a lamp"), (1, "a lamp")):
        history = HistoryRepository(engine, FixedClock(NOON + timedelta(days=days)))
        chat_of(history, text)
    hits = search.search("lamp")
    assert [hit.time.day for hit in hits] == [4, 3, 2, 1]
    for size in (1, 2, 3):
        pages = [search.search("lamp", limit=size, offset=at) for at in range(0, 6, size)]
        assert [hit for page in pages for hit in page] == hits


def test_of_equal_titles_the_last_changed_comes_first(
    engine: Engine, search: SearchRepository
) -> None:
    for days in (2, 0, 1):
        history = HistoryRepository(engine, FixedClock(NOON + timedelta(days=days)))
        history.create_conversation(title="Evening lamp")
    assert [hit.time.day for hit in search.search("evening")] == [3, 2, 1]


def test_a_long_message_gives_a_short_snippet(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat_of(
        history, "before " * 2000 + "needle " + "after " * 2000, "\u5929" * 900 + "\u6c14\u6e29"
    )
    (hit,) = search.search("needle")
    assert len(hit.snippet) < 250
    assert marked(hit) == ["needle"]
    (hit,) = search.search("\u6c14\u6e29")
    assert len(hit.snippet) < 250
    assert marked(hit) == ["\u6c14\u6e29"]


def test_the_index_follows_every_change(
    history: HistoryRepository, search: SearchRepository
) -> None:
    chat, (message,) = chat_of(history, "original words", title="first title")
    history.replace_text(message.id, "other words")
    history.rename(chat.id, "second title")
    assert search.search("original ") == []
    assert search.search("first ") == []
    assert snippets(search, "other") == {"other words"}
    assert snippets(search, "second") == {"second title"}

    history.delete_message(message.id)
    assert search.search("other") == []
    history.restore_message(message.id)
    assert len(search.search("other")) == 1

    history.set_archived(chat.id, archived=True)
    assert len(search.search("other")) == 1
    history.trash(chat.id)
    assert search.search("other") + search.search("second") + search.search("ther w") == []
    history.restore(chat.id)
    assert len(search.search("other")) == 1


def test_an_answer_is_found_when_it_has_ended(
    engine: Engine, history: HistoryRepository, search: SearchRepository
) -> None:
    chat, (question,) = chat_of(history, "question")
    answer = history.add_message(chat.id, question.id, Role.ASSISTANT, "", MessageStatus.WRITING)
    history.update_writing(answer.id, "growing \u6c14\u6e29")
    assert search.search("growing") == []
    history.mark_interrupted()
    assert len(search.search("growing")) == 1
    assert len(search.search("\u6c14\u6e29")) == 1
    history.reopen(answer.id)
    assert search.search("growing") == []
    history.finish_message(answer.id, "grown", MessageStatus.COMPLETE)
    assert snippets(search, "grown") == {"grown"}
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)"
        )
