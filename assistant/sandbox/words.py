"""What the parent and the worker say to each other, as bytes.

The parent's orders and the worker's events are JSON: a worker in which a program broke loose could
send anything, and nothing that it sends is unpickled.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, cast

LONGEST_BYTES: Final = 64 << 20

PREPARING, COMPILED, READY = "preparing", "compiled", "ready"
MISSING, FAILED, DONE = "missing", "failed", "done"
"""States that a worker tells; everything else that it sends is an event of the run in hand."""
BEGUN: Final = "begun"
"""Such an event: the number of the test that is being run."""


class Garbled(Exception):  # noqa: N818 - it is what was heard
    """The worker is out of its mind."""


def written(word: Mapping[str, Any]) -> bytes:
    """A word as it goes through the pipe."""
    return json.dumps(word).encode()


def read(data: bytes) -> dict[str, Any]:
    """A word as it came.

    Raises:
        Garbled: It is none.
    """
    try:
        word = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(word, dict):
        raise Garbled
    return cast("dict[str, Any]", word)


def text_of(word: Mapping[str, Any], key: str) -> str:
    """A text in a word; "" where there is none.

    Raises:
        Garbled: It is something else.
    """
    value = word.get(key, "")
    if not isinstance(value, str):
        raise Garbled
    return value


def whole_of(word: Mapping[str, Any], key: str) -> int:
    """A number in a word; 0 where there is none.

    Raises:
        Garbled: It is something else.
    """
    value = word.get(key, 0)
    if not isinstance(value, int):
        raise Garbled
    return value


def list_of(word: Mapping[str, Any], key: str) -> list[Any]:
    """A list in a word.

    Raises:
        Garbled: It is something else.
    """
    value = word.get(key, [])
    if not isinstance(value, list):
        raise Garbled
    return cast("list[Any]", value)


def dict_of(word: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object in a word; empty where there is none.

    Raises:
        Garbled: It is something else.
    """
    value = word.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Garbled
    return cast("dict[str, Any]", value)
