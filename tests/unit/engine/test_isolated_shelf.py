"""What a child process computed comes back from the parent's shelf, and nothing else does."""

import json
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.domain.generation import GenerationRequest
from assistant.domain.model import LoadOptions
from assistant.engine.isolated import IsolatedEngine
from assistant.engine.isolated_shelf import PipedShelf, ShelfClerk
from assistant.engine.local import local_engine
from tests.helpers.dict_shelf import DictShelf
from tests.helpers.engine_calls import greedy, start, user

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_TEXT = "Rivers meander on their way to the sea because the bank is not the same everywhere. " * 12


def _cached(shelf: DictShelf, path: Path, *, private: bool = False) -> int:
    """Asks one question in a process of its own, which then ends; what of it was not read anew."""
    engine = IsolatedEngine(partial(local_engine, kept_bytes=0), shelf=shelf)
    try:
        engine.load(path, LoadOptions(context_length=1024)).result(60)
        request = GenerationRequest(user(_TEXT), greedy(2), cache_key="chat", private=private)
        return start(engine, request).done.numbers.cached_tokens
    finally:
        assert engine.close(30.0)


def test_a_chat_with_an_isolated_model_comes_back_from_the_shelf(starter_model: Path) -> None:
    shelf = DictShelf()
    assert _cached(shelf, starter_model) == 0
    [(key, variant)] = shelf.states
    assert key == "chat"
    assert json.loads(variant)[0] == "apart", "no other engine looks for it under this name"
    assert _cached(shelf, starter_model) > 150


def test_a_temporary_chat_leaves_nothing_there(starter_model: Path) -> None:
    shelf = DictShelf()
    _cached(shelf, starter_model, private=True)
    assert not shelf.states


@pytest.fixture
def shelf() -> DictShelf:
    shelf = DictShelf()
    shelf.put("other", "v", b"of another model")
    shelf.put("chat", "v", b"of this process's own model")
    return shelf


@pytest.fixture
def ends(shelf: DictShelf) -> Iterator[tuple[ShelfClerk, "Connection[bytes, bytes]"]]:
    ours, theirs = Pipe()
    clerk = ShelfClerk(ours, shelf)
    yield clerk, theirs
    theirs.close()
    clerk.end(10.0)


def test_a_child_reaches_only_what_children_left_of_the_chats_it_was_asked_about(
    shelf: DictShelf, ends: tuple[ShelfClerk, "Connection[bytes, bytes]"]
) -> None:
    clerk, theirs = ends
    before = dict(shelf.states)
    child = PipedShelf(theirs)
    clerk.allow("chat")
    assert child.get("chat", "v") is None
    assert child.get("other", "v") is None
    child.put("other", "v", b"planted")
    child.drop("other")
    assert shelf.states == before
    child.put("chat", "v", b"mine")
    assert child.get("chat", "v") == b"mine"
    assert shelf.get("chat", "v") == b"of this process's own model"
    clerk.forbid("chat")
    assert child.get("chat", "v") is None
    assert [key for key, _ in shelf.states] == ["other"]


@pytest.mark.parametrize("words", [b"", b"x" * 9, b"g\xff\xff\xff\xff\0\0\0\0", b"g" + b"\0" * 9])
def test_a_child_that_raves_is_not_listened_to_any_more(
    ends: tuple[ShelfClerk, "Connection[bytes, bytes]"], words: bytes
) -> None:
    clerk, theirs = ends
    clerk.allow("chat")
    theirs.send_bytes(words)
    clerk.end(10.0)
    assert PipedShelf(theirs).get("chat", "v") is None
