"""Whatever is typed into the planner is read, or refused with a reason."""

from collections.abc import Generator
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.commands.reading import CommandKind, read_command
from assistant.planner.quick_add.suggested import Suggestion, checked
from assistant.planner.quick_add.teaching import learn
from assistant.planner.quick_add.vocabulary import Correction, Vocabulary
from assistant.planner.tasks.coming_again import next_time
from assistant.planner.tasks.filters import read_filter
from assistant.planner.tasks.from_line import with_line
from assistant.planner.tasks.rules import check_task
from assistant.services.planning.reading import LineReader
from assistant.store.tasks import TaskRepository
from tests.helpers.store_engine import opened

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Berlin"))
WORDS = (
    *("by", "due", "every", "after", "before", "until", "start", "not before", "from", "to", "in"),
    *(
        "fri",
        "friday",
        "tomorrow",
        "tonight",
        "next week",
        "5pm",
        "17:30",
        "3",
        "31",
        "2026",
        "feb",
    ),
    *("~2h", "for 1h", "!high", "#a", '+"x y"', "@p", "with Bo", "daily", "week", "weeks", "asap"),
    *(
        "essay",
        "move",
        "takes",
        "is",
        "done",
        "plan my week",
        "-",
        "/",
        '"',
        "[[",
        "]]",
        ":",
        "\x00",
    ),
    *(
        "is:open",
        "due:week",
        "due:",
        "-#a",
        "project:",
        "!none",
        "\u202e",
        "\ud83d",
        "買い物",
        "e\u0301",
    ),
)
TEXT = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=10).map(" ".join)


@pytest.fixture(scope="module")
def repository() -> Generator[TaskRepository]:
    with opened() as engine:
        made = TaskRepository(engine, NOW.tzinfo or NOW.astimezone().tzinfo)  # pyright: ignore[reportArgumentType] - it has a zone
        with made.step("Add", NOW) as writes:
            writes.add(Task(TaskId(0), "essay", NOW))
        yield made


@settings(max_examples=150, deadline=None)
@given(TEXT, st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_lines(text: str, phrase: str, meaning: str) -> None:
    reader = LineReader(lambda: NOW)
    vocabulary = Vocabulary().with_entry(phrase, meaning)
    with suppress(UserFacingError):
        found = reader.read(text, vocabulary, tasks=("essay", "wash car"))
        assert all(text[slice(*part.found)] for part in found.parts)
        task = with_line(Task(TaskId(0), "", NOW), found)
        check_task(task)
        again = next_time(task, NOW)
        assert again is None or again.is_open
        asked = checked(
            text, found, Suggestion(found.title, due=phrase, when=meaning), NOW, vocabulary
        )
        assert asked is None or not asked.unsure
    learn(vocabulary, text, [Correction((0, len(text)), meaning)])


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXT)
def test_filters_and_commands(repository: TaskRepository, text: str) -> None:
    with suppress(UserFacingError):
        found = repository.find(read_filter(text, NOW).filter)
        assert len(found) <= 1
    command = read_command(text, lambda kind, words: kind is CommandKind.MOVE and bool(words))
    assert command is None or command.kind in CommandKind
