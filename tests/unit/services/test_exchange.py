"""Chats go to a file and come back as they were; a bad file changes nothing."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.clock import SystemClock
from assistant.domain.conversation import (
    Feedback,
    FinishReason,
    MessageNumbers,
    MessageStatus,
    Role,
)
from assistant.domain.errors import Cancelled, EnvironmentProblem, UserFacingError
from assistant.domain.ids import ConversationId
from assistant.services.exchange import ExchangeService, ExportFormat, format_of
from assistant.services.history import HistoryService
from assistant.services.jobs import Workers
from assistant.store.history import HistoryRepository
from assistant.store.search import SearchRepository
from assistant.store.temporary import temporary_engine


class Side:
    """One history with its exchange."""

    def __init__(self) -> None:
        engine = temporary_engine()
        self.engine = engine
        self.workers = Workers()
        self.repository = HistoryRepository(engine, SystemClock())
        history = HistoryService(
            self.workers,
            lambda: self.repository,
            lambda: self.repository,
            lambda: SearchRepository(engine),
        )
        self.exchange = ExchangeService(
            self.workers, lambda: self.repository, history, self.repository.forget
        )

    def close(self) -> None:
        self.workers.close(self.engine.dispose)

    def fill(self) -> ConversationId:
        repository = self.repository
        chat = repository.create_conversation(title="Spread", system_prompt="Be kind.").id
        ask = repository.add_message(chat, None, Role.USER, "Why? 你好", MessageStatus.COMPLETE)
        old = repository.add_message(chat, ask.id, Role.ASSISTANT, "", MessageStatus.WRITING)
        repository.finish_message(
            old.id,
            "Because.",
            status=MessageStatus.COMPLETE,
            finish_reason=FinishReason.STOP,
            numbers=MessageNumbers(5, 2, 12.5, 99.0),
            error="",
        )
        repository.set_feedback(old.id, Feedback.UP)
        repository.add_message(chat, ask.id, Role.ASSISTANT, "Or not.", MessageStatus.COMPLETE)
        return chat


@pytest.fixture
def here() -> Iterator[Side]:
    side = Side()
    yield side
    side.close()


@pytest.fixture
def there() -> Iterator[Side]:
    side = Side()
    yield side
    side.close()


def test_json_carries_every_version_and_number(here: Side, there: Side, tmp_path: Path) -> None:
    chat = here.fill()
    path = tmp_path / "chats.json"
    wrote = here.exchange.export_to(path, ExportFormat.JSON).result(60)
    assert (wrote.chats, wrote.messages) == (1, 3)
    first = there.exchange.import_from(path).result(60)
    assert (first.imported, first.already_here, first.messages) == (1, 0, 3)
    again = there.exchange.import_from(path).result(60)
    assert (again.imported, again.already_here, again.messages) == (0, 1, 0)
    [arrived] = there.repository.list_conversations()
    assert there.repository.export_conversation(arrived.id) == here.repository.export_conversation(
        chat
    )


@pytest.mark.parametrize("chosen", list(ExportFormat))
def test_a_draft_that_was_never_sent_is_not_exported(
    here: Side, tmp_path: Path, chosen: ExportFormat
) -> None:
    chat = here.fill()
    unsent = here.repository.create_conversation(system_prompt="Be brief.")
    here.repository.set_draft(unsent.id, "not yet")
    path = tmp_path / "chats"
    assert here.exchange.export_to(path, chosen).result(60).chats == 1
    one = tmp_path / "one"
    here.exchange.export_to(one, chosen, chat).result(60)
    assert path.read_bytes() == one.read_bytes()


def test_markdown_and_openai_hold_the_shown_branch(here: Side, tmp_path: Path) -> None:
    chat = here.fill()
    here.exchange.export_to(tmp_path / "a.md", ExportFormat.MARKDOWN, chat).result(60)
    text = (tmp_path / "a.md").read_text("utf-8")
    assert text.startswith("# Spread\n")
    assert "Why? 你好" in text
    assert "Or not." in text
    assert "Because." not in text
    here.exchange.export_to(tmp_path / "a.jsonl", ExportFormat.OPENAI).result(60)
    [line] = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == {
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Why? 你好"},
            {"role": "assistant", "content": "Or not."},
        ]
    }


def changed(content: dict[str, Any], *path: str | int, to: object) -> str:
    target: Any = content
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = to
    return json.dumps(content)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "something else"),
        (("version",), 99),
        (("conversations",), "none"),
        (("conversations", 0, "uid"), "../../etc"),
        (("conversations", 0, "messages", 0, "role"), "emperor"),
        (("conversations", 0, "messages", 1, "parent"), 7),
        (("conversations", 0, "messages", 1, "time"), "yesterday"),
        (("conversations", 0, "active_leaf"), 99),
    ],
)
def test_a_file_that_is_wrong_anywhere_changes_nothing(
    here: Side, there: Side, tmp_path: Path, path: tuple[str | int, ...], value: object
) -> None:
    here.fill()
    file = tmp_path / "chats.json"
    here.exchange.export_to(file, ExportFormat.JSON).result(60)
    file.write_text(changed(json.loads(file.read_text("utf-8")), *path, to=value), "utf-8")
    with pytest.raises(UserFacingError) as caught:
        there.exchange.import_from(file).result(60)
    assert caught.value.code == "import_invalid"
    assert caught.value.hint
    assert there.repository.list_conversations() == []


def test_an_error_never_repeats_what_the_file_says(there: Side, tmp_path: Path) -> None:
    file = tmp_path / "diary.json"
    file.write_text('{"my secret diary": 1', "utf-8")
    with pytest.raises(UserFacingError) as caught:
        there.exchange.import_from(file).result(60)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_import_that_is_cancelled_midway_brings_nothing(
    here: Side, there: Side, tmp_path: Path
) -> None:
    for _ in range(3):
        here.fill()
    here.exchange.export_to(tmp_path / "a.json", ExportFormat.JSON).result(60)
    held = threading.Event()
    there.workers.on_store(lambda: held.wait(60))
    job = there.exchange.import_from(tmp_path / "a.json")
    job.on_progress(lambda share, _: job.cancel() if share else None)
    held.set()
    with pytest.raises(Cancelled):
        job.result(60)
    assert there.repository.list_conversations() == []


def test_a_file_that_cannot_be_written_costs_no_older_one(here: Side, tmp_path: Path) -> None:
    here.fill()
    with pytest.raises(EnvironmentProblem) as caught:
        here.exchange.export_to(tmp_path / "no" / "x.json", ExportFormat.JSON).result(60)
    assert caught.value.code == "export_failed"


def test_forgetting_what_is_not_there_forgets_nothing(here: Side) -> None:
    chat = here.fill()
    with pytest.raises(UserFacingError):
        here.exchange.forget([chat, ConversationId(999)]).result(60)
    assert here.repository.get(chat).title == "Spread"
    here.exchange.forget([chat]).result(60)
    assert here.repository.list_conversations() == []


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("a.json", ExportFormat.JSON),
        ("a.MD", ExportFormat.MARKDOWN),
        ("a.jsonl", ExportFormat.OPENAI),
        ("a", ExportFormat.JSON),
    ],
)
def test_the_ending_says_the_format(name: str, chosen: ExportFormat) -> None:
    assert format_of(Path(name)) is chosen
