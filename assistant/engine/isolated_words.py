"""What a child process that runs models says to its parent: lines of plain data.

The child reads files that nobody vouches for, so its words are JSON of known shapes and never
pickled objects: a child that such a file has taken over cannot run anything in the parent.
"""

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.domain.conversation import FinishReason, MessageNumbers
from assistant.domain.errors import (
    AssistantError,
    Cancelled,
    EnvironmentProblem,
    UserFacingError,
)
from assistant.domain.generation import (
    GenerationDone,
    GenerationEvent,
    GenerationFailed,
    GenerationRequest,
    Notice,
    PrefillProgress,
    TextDelta,
    Turn,
)
from assistant.domain.model import KvType, LoadedModel, LoadOptions, MemoryUse

Word = list[Any]
"""A kind, the number of what it is about, and the rest."""

_TEXT, _READ, _DONE, _FAILED, _NOTICE = "t", "p", "d", "f", "n"
PROGRESS, RESULT, ERROR = "l", "r", "e"
_EVENTS = (_TEXT, _READ, _DONE, _FAILED, _NOTICE)
_LONGEST_NOTE, _MOST_NOTES = 500, 16


@dataclass(frozen=True, slots=True)
class Load:
    """Asks the child for a model."""

    number: int
    path: Path
    options: LoadOptions


@dataclass(frozen=True, slots=True)
class Generate:
    """Asks the child for an answer of the model with this number; None for its last one."""

    number: int
    request: GenerationRequest
    model: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Asks the child how many tokens the turns take."""

    number: int
    turns: tuple[Turn, ...]
    model: int | None


@dataclass(frozen=True, slots=True)
class Forget:
    """Asks the child to drop what it keeps under a key."""

    number: int
    cache_key: str


@dataclass(frozen=True, slots=True)
class Unload:
    """Asks the child to free a model, or all."""

    number: int
    model: int | None


@dataclass(frozen=True, slots=True)
class Cancel:
    """Tells the child that what has this number is not wanted any more."""

    number: int


@dataclass(frozen=True, slots=True)
class Close:
    """Tells the child to end."""


Command = Load | Generate | Count | Forget | Unload | Cancel | Close


class Garbled(Exception):  # noqa: N818 - what was heard
    """The child said what no child of ours says."""


def written(words: Sequence[Word]) -> bytes:
    """Words as they go through the pipe."""
    return json.dumps(words, separators=(",", ":")).encode()


def read(data: bytes) -> list[Word]:
    """Words as they were written; each begins with a kind and a number.

    Raises:
        Garbled: These are none.
    """
    try:
        words: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(words, list) or not all(map(_is_word, words)):  # pyright: ignore[reportUnknownArgumentType] - from outside
        raise Garbled
    return words  # pyright: ignore[reportUnknownVariableType] - checked above


def _is_word(word: object) -> bool:
    kinds = (
        [type(part) for part in cast("list[object]", word)[:2]] if isinstance(word, list) else []
    )
    return kinds == [str, int]


def event_word(number: int, event: GenerationEvent) -> Word:
    """An event of the answer with this number."""
    match event:
        case TextDelta(text, scores):
            return [_TEXT, number, text, *scores]
        case PrefillProgress(done, total):
            return [_READ, number, done, total]
        case GenerationDone(reason, numbers):
            return [_DONE, number, reason.value, *dataclasses.astuple(numbers)]
        case GenerationFailed(message, hint, code):
            return [_FAILED, number, message, hint, code]
        case Notice(text):
            return [_NOTICE, number, text]


def event_of(word: Word) -> GenerationEvent | None:
    """The event that a word tells; None where it is about a call.

    Raises:
        Garbled: It is no event either.
    """
    match word:
        case ["t", _, str(text), *scores]:
            event = TextDelta(text, tuple(map(_number, scores)))
        case ["p", _, int(done), int(total)]:
            event = PrefillProgress(done, total)
        case ["d", _, str(reason), int(a), int(b), c, d, int(e)]:
            numbers = MessageNumbers(a, b, _number(c), _number(d), e)
            event = GenerationDone(_reason(reason), numbers)
        case ["f", _, str(message), str(hint), str(code)]:
            event = GenerationFailed(message, hint, code)
        case ["n", _, str(text)]:
            event = Notice(text[:_LONGEST_NOTE])
        case _ if word[0] in _EVENTS:
            raise Garbled
        case _:
            event = None
    return event


def _reason(value: str) -> FinishReason:
    try:
        return FinishReason(value)
    except ValueError as error:
        raise Garbled from error


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise Garbled
    return float(value)


def error_word(number: int, error: BaseException) -> Word:
    """What a call raised; of an error that is a bug, only that it was one."""
    match error:
        case Cancelled():
            return [ERROR, number, "cancelled", "", "", ""]
        case EnvironmentProblem():
            return [ERROR, number, "machine", error.message, error.hint, error.code]
        case UserFacingError():
            return [ERROR, number, "user", error.message, error.hint, error.code]
        case _:
            return [ERROR, number, "bug", type(error).__name__, "", ""]


def error_of(word: Word) -> BaseException:
    """What a call of the child raised.

    Raises:
        Garbled: It is no such word.
    """
    match word:
        case [_, _, "cancelled", *_]:
            return Cancelled()
        case [_, _, "machine", str(message), str(hint), str(code)]:
            return EnvironmentProblem(message, hint, code=code)
        case [_, _, "user", str(message), str(hint), str(code)]:
            return UserFacingError(message, hint, code=code)
        case [_, _, "bug", str(name), *_]:
            return AssistantError(f"a call in the model's own process raised {name[:80]}")
        case _:
            raise Garbled


def model_value(number: int, model: LoadedModel) -> Word:
    """A loaded model as the result of a load."""
    took = None if model.memory is None else list(dataclasses.astuple(model.memory))
    known = [model.context_length, model.architecture, model.load_ms, model.memory_bytes]
    return [number, *known, took, list(model.notes)]


def model_of(value: object, path: Path) -> tuple[int, LoadedModel]:
    """The child's number of a model that it has loaded, and what it says of it.

    Raises:
        Garbled: It says nothing of the kind.
    """
    said = cast("list[object]", value) if isinstance(value, list) else []
    match said:
        case [int(number), int(length), str(architecture), took, int(needed), memory, notes]:
            took_ms = _number(took)
        case _:
            raise Garbled
    return number, LoadedModel(
        path,
        length,
        architecture,
        took_ms,
        needed,
        isolated=True,
        memory=_memory_of(memory),
        notes=_notes_of(notes),
    )


def _notes_of(value: object) -> tuple[str, ...]:
    notes = cast("list[object]", value) if isinstance(value, list) else [None]
    if not all(isinstance(note, str) for note in notes):
        raise Garbled
    return tuple(str(note)[:_LONGEST_NOTE] for note in notes[:_MOST_NOTES])


def _memory_of(value: object) -> MemoryUse | None:
    match cast("list[object]", value) if isinstance(value, list) else value:
        case None:
            return None
        case [int(length), int(weights), int(kv), int(working), str(kv_type)]:
            return MemoryUse(length, weights, kv, working, _kv_type(kv_type))
        case _:
            raise Garbled


def _kv_type(value: str) -> KvType:
    try:
        return KvType(value)
    except ValueError as error:
        raise Garbled from error


def number_in(word: Word) -> float:
    """The one number that a word carries.

    Raises:
        Garbled: It carries none.
    """
    match word:
        case [_, _, value]:
            return _number(value)
        case _:
            raise Garbled


Understand = Callable[[object], Any]
"""Makes the result of a call out of what the child said; raises ``Garbled``."""
