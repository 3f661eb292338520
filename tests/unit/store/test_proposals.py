"""Exercises that a model proposed, kept in the vault."""

from datetime import UTC, datetime, timedelta

from assistant.store.connection import memory_engine
from assistant.store.migrations import migrate
from assistant.store.proposals import ProposalRepository

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_they_come_back_in_the_order_in_which_they_were_made() -> None:
    engine = memory_engine()
    migrate(engine)
    kept = ProposalRepository(engine)
    kept.keep(("b", "own", "limits"), "first", "a model", NOW)
    kept.keep(("a", "own", "limits"), "second", "a model", NOW + timedelta(minutes=1))
    kept.keep(("c", "own", "sums"), "elsewhere", "a model", NOW)
    kept.keep(("b", "own", "limits"), "first again", "a model", NOW)
    assert kept.of("own", "limits") == ("first again", "second")
    assert kept.of("own", "nothing") == ()
    engine.dispose()
