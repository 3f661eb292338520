"""Search finds every word that was written, and nothing that is typed makes it fail."""

from datetime import UTC, datetime

from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.domain.clock import FixedClock
from assistant.domain.conversation import MessageStatus, Role
from assistant.store.history import HistoryRepository
from assistant.store.search import SearchRepository
from tests.helpers.store_engine import opened

NOW = FixedClock(datetime(2024, 5, 1, tzinfo=UTC))
# Scripts with and without spaces, marks that combine, symbols, and the syntax of FTS5.
ALPHABET = st.one_of(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"),
    st.sampled_from(
        "abcABC\u00e9\u00df\u0130\u0131\u5929\u6c14\u304b\u3099\uac00\u0e01\u0e34 \n\"*^():-'%_\\"
    ),
)
TEXTS = st.lists(st.text(ALPHABET, max_size=30), min_size=1, max_size=6)


@given(texts=TEXTS)
@example(texts=['0\U00040000\u3400"1'])
@example(texts=['\x08"{'])
def test_every_word_is_found_where_it_was_written(texts: list[str]) -> None:
    with opened() as engine:
        history, search = HistoryRepository(engine, NOW), SearchRepository(engine)
        chat = history.create_conversation(title=texts[0])
        ids = [
            history.add_message(chat.id, None, Role.USER, text, MessageStatus.COMPLETE).id
            for text in texts
        ]
        for message_id, text in zip(ids, texts, strict=True):
            for word in text.split():
                # A quotation mark separates words in a query.
                assume(word.strip('"'))
                for query in (word, f"{word} "):
                    hits = search.search(query, limit=50)
                    assert message_id in {hit.message_id for hit in hits}, (query, text)


@given(query=st.text(max_size=40), text=st.text(max_size=60), offset=st.integers(0, 3))
def test_any_text_is_a_query(query: str, text: str, offset: int) -> None:
    with opened() as engine:
        history, search = HistoryRepository(engine, NOW), SearchRepository(engine)
        chat = history.create_conversation(title=query)
        history.add_message(chat.id, None, Role.USER, text, MessageStatus.COMPLETE)
        for hit in search.search(query, offset=offset):
            ends = [0, *(end for mark in hit.marks for end in mark), len(hit.snippet)]
            assert ends == sorted(ends)
