"""Runs a program step by step, and tells at each what its variables stand for.

Objects are told without running a line of their own: no ``__repr__`` of a program is called.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
import sys
import types
from typing import Any, Final

from assistant.sandbox.guest.running import Say, execute, failure, new_module, open_screen
from assistant.sandbox.guest.running import begin as begin_program

_MOST_FRAMES: Final = 40
_MOST_VARIABLES: Final = 40
_MOST_CHARS: Final = 160
_MOST_ITEMS: Final = 12
_DEPTH: Final = 3
_BATCH: Final = 25
_ATOMS: Final = (type(None), bool, int, float, complex, str, bytes, range)
_MOST_BITS: Final = 512


class Enough(BaseException):
    """As many steps as were asked for have been told; ends the program."""


class _Tracer:
    def __init__(self, file: str, most: int, say: Say) -> None:
        self._file = file
        self._most = most
        self._say = say
        self._steps: list[Any] = []
        self._told = 0
        self._gathered = 0
        self._numbers: dict[int, int] = {}
        self._kept: list[Any] = []
        self.printed = 0
        self.cut = False

    def trace(self, frame: types.FrameType, event: str, value: Any) -> Any:
        """What ``sys.settrace`` calls."""
        if frame.f_code.co_filename != self._file:
            return None
        if event == "call" and frame.f_code.co_name == "<module>":
            return self.trace
        if self._told >= self._most:
            self.cut = True
            sys.settrace(None)
            raise Enough
        if event in {"line", "call", "return", "exception"}:
            self._note(frame, event, value)
        return self.trace

    def _note(self, frame: types.FrameType, event: str, value: Any) -> None:
        words = ""
        if event == "return":
            words = self._shown(value, 0)
        elif event == "exception":
            words = value[0].__name__
        frames: list[Any] = []
        each: types.FrameType | None = frame
        while each is not None and len(frames) < _MOST_FRAMES:
            if each.f_code.co_filename == self._file:
                frames.append([each.f_code.co_name, each.f_lineno, self._variables(each)])
            each = each.f_back
        frames.reverse()
        self._steps.append([event, frame.f_lineno, frames, self.printed, words])
        self._told += 1
        self._gathered += len(frames)
        if self._gathered >= _BATCH:
            self.pass_on()

    def pass_on(self) -> None:
        """Tells the steps that have gathered."""
        if self._steps:
            self._say({"steps": self._steps})
            self._steps = []
            self._gathered = 0

    def _variables(self, frame: types.FrameType) -> list[Any]:
        told: list[Any] = []
        for name, value in list(frame.f_locals.items()):
            if name.startswith("__") or len(told) >= _MOST_VARIABLES:
                continue
            told.append([name, self._shown(value, 0), type(value).__name__, self._number(value)])
        return told

    def _number(self, value: Any) -> int:
        """The same for the same object; objects are kept, so that no number comes twice."""
        if type(value) in _ATOMS:
            return 0
        number = self._numbers.get(id(value))
        if number is None:
            self._kept.append(value)
            number = self._numbers[id(value)] = len(self._kept)
        return number

    def _shown(self, value: Any, depth: int) -> str:
        words = self._words(value, depth)
        return words if len(words) <= _MOST_CHARS else words[: _MOST_CHARS - 1] + "…"

    def _words(self, value: Any, depth: int) -> str:
        kind = type(value)
        if kind in _ATOMS:
            return _atom(value, kind)
        if isinstance(value, types.FunctionType):
            names = value.__code__.co_varnames[: value.__code__.co_argcount]
            return f"{value.__name__}({', '.join(names)})"
        if isinstance(value, (type, types.ModuleType, types.BuiltinFunctionType)):
            return f"{'class ' if isinstance(value, type) else ''}{value.__name__}"
        return "…" if depth >= _DEPTH else self._many(value, kind, depth)

    def _many(self, value: Any, kind: type, depth: int) -> str:
        """What holds others: a container, or an object with attributes."""
        if kind is dict:
            items = [
                f"{self._shown(key, depth + 1)}: {self._shown(each, depth + 1)}"
                for key, each in list(value.items())[:_MOST_ITEMS]
            ]
            return f"{{{', '.join(items)}{_rest(value)}}}"
        brackets = {list: "[]", tuple: "()", set: "{}", frozenset: "{}"}.get(kind)
        if brackets is not None:
            parts = [self._shown(each, depth + 1) for each in list(value)[:_MOST_ITEMS]]
            comma = "," if kind is tuple and len(parts) == 1 else ""
            return f"{brackets[0]}{', '.join(parts)}{comma}{_rest(value)}{brackets[1]}"
        try:
            attributes = object.__getattribute__(value, "__dict__")
        except AttributeError:
            return f"<{kind.__name__}>"
        if type(attributes) is not dict:
            return f"<{kind.__name__}>"
        told = [
            f"{name}={self._shown(each, depth + 1)}"
            for name, each in list(attributes.items())[:_MOST_ITEMS]
        ]
        return f"{kind.__name__}({', '.join(told)})"


def _atom(value: Any, kind: type) -> str:
    if kind is int and value.bit_length() > _MOST_BITS:
        return f"<a number of {value.bit_length()} bits>"
    return repr(value[:_MOST_CHARS]) if kind in (str, bytes) else repr(value)


def _rest(value: Any) -> str:
    return ", …" if len(value) > _MOST_ITEMS else ""


def run_traced(order: dict[str, Any], say: Say) -> dict[str, Any]:
    """Runs a program and tells its steps as they come, several in an event.

    Args:
        order: As of ``run_program``, and ``steps``: how many are told before the program is ended.
        say: Receives ``{"steps": [[kind, line, frames, printed, value], ...]}`` and what it prints.

    Returns:
        As ``run_program`` does, and ``cut``: whether it would have gone on.
    """
    tracer = _Tracer(order["file"], order["steps"], say)

    def hear(event: dict[str, Any]) -> None:
        tracer.printed += len(event.get("out", ""))
        say(event)

    pass_on = open_screen(hear, order["output_chars"], order["output_lines"])
    begin_program(order["stdin"])
    module = new_module("__main__", order["file"], order["source"])
    sys.modules["__main__"] = module
    sys.settrace(tracer.trace)
    error = execute(order["source"], order["file"], module)
    sys.settrace(None)
    pass_on()
    tracer.pass_on()
    if isinstance(error, Enough):
        error = None
    told = failure(error, order["file"]) if error is not None else None
    return {"error": told, "memory": isinstance(error, MemoryError), "cut": tracer.cut}
