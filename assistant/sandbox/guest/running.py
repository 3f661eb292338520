"""Runs a program: its screen, what is typed into it, and how it ended."""

import builtins
import codecs
import contextlib
import io
import linecache
import random
import sys
import traceback
import types
from collections.abc import Callable
from typing import Any, Final

Say = Callable[[dict[str, Any]], None]

_AT_ONCE: Final = 400
_GATHERED: Final = 4096
_SAID_AT_ONCE: Final = 100_000
_TRACE_CHARS: Final = 20_000
_TELLING_CHARS: Final = 2_000


class Screen(io.RawIOBase):
    """Takes what a program prints, up to a limit, and passes it on.

    The first lines go out at once, so that they are seen of a program that is then killed; many
    lines go out in lumps.

    Args:
        say: Receives ``{"out": text}``.
        limit: Characters that are kept.
        lines: Lines that are kept.
    """

    def __init__(self, say: Say, limit: int, lines: int) -> None:
        super().__init__()
        self._say = say
        self._left = limit
        self._lines = lines
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._writes = 0
        self._gathered: list[str] = []
        self._size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Takes bytes of UTF-8."""
        raw = bytes(data)
        if self._left <= 0:
            return len(raw)
        text = self._decoder.decode(raw)
        if text.count("\n") >= self._lines:
            text = "".join(text.splitlines(keepends=True)[: self._lines])
            self._left = len(text)
        self._lines -= text.count("\n")
        text = text[: self._left]
        self._left -= len(text)
        self._gathered.append(text)
        self._size += len(text)
        self.keep(text)
        self._writes += 1
        if self._writes <= _AT_ONCE or self._size >= _GATHERED:
            self.pass_on()
        return len(raw)

    def keep(self, text: str) -> None:
        """Takes what is shown, for whoever wants it besides."""

    def pass_on(self) -> None:
        """Lets go of what has gathered."""
        text = "".join(self._gathered)
        for start in range(0, len(text), _SAID_AT_ONCE):
            self._say({"out": text[start : start + _SAID_AT_ONCE]})
        if text:
            self._gathered.clear()
            self._size = 0


def open_screen(say: Say, limit: int, lines: int) -> Callable[[], None]:
    """Puts a screen in the place of standard output and standard error.

    Returns:
        Passes on what has gathered, whatever the program has put in their place meanwhile.
    """
    screen = Screen(say, limit, lines)
    stream = io.TextIOWrapper(
        io.BufferedWriter(screen), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    sys.stdout = sys.stderr = stream

    def pass_on() -> None:
        with contextlib.suppress(ValueError):  # the program closed it
            stream.flush()
        screen.pass_on()

    return pass_on


def begin(stdin: str) -> None:
    """Makes an instance ready for a program: fresh random numbers, and what is typed into it.

    The generator's state was baked in with everything else, so each run would draw the same.
    """
    random.seed()
    sys.stdin = io.StringIO(stdin)
    sys.argv = ["program"]


def new_module(name: str, file: str, source: str) -> types.ModuleType:
    """An empty module whose source tracebacks can show."""
    module = types.ModuleType(name)
    module.__dict__["__file__"] = file
    module.__dict__["__builtins__"] = builtins
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    return module


def failure(error: BaseException, file: str) -> dict[str, Any]:
    """What is told of an error that nobody caught.

    Returns:
        ``kind``, ``message``, ``line`` in the program (0 where there is none), and ``trace``.
    """
    line = 0
    trace = error.__traceback__
    frames: list[traceback.FrameSummary] = []
    for frame in traceback.extract_tb(trace, limit=-200):
        if frame.filename == file:
            line = frame.lineno or 0
            frames.append(frame)
    if isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno or 0
    return {
        "kind": type(error).__name__,
        "message": told(error),
        "line": line,
        "trace": _trace(error, frames)[-_TRACE_CHARS:],
    }


def _trace(error: BaseException, frames: list[traceback.FrameSummary]) -> str:
    try:
        words = traceback.TracebackException.from_exception(error, limit=0)
        last = "".join(words.format_exception_only())
    except BaseException:  # noqa: BLE001 - the error's own words are the program's, and may fail
        last = f"{type(error).__name__}\n"
    if not frames:
        return last
    listed = "".join(traceback.StackSummary.from_list(frames).format())
    return f"Traceback (most recent call last):\n{listed}{last}"


def told(error: BaseException) -> str:
    """The error's own words, cut; never fails."""
    try:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
        return str(words)[:_TELLING_CHARS]
    except BaseException:  # noqa: BLE001 - a program's __str__ may do anything
        return ""


def run_program(request: dict[str, Any], say: Say) -> dict[str, Any]:
    """Runs a program as ``__main__`` from its first line to its end.

    Args:
        request: ``source``, ``stdin``, ``file``, ``output_chars``, ``output_lines``.
        say: Receives what it prints while it runs.

    Returns:
        ``error``: as ``failure`` tells it, or None.
    """
    pass_on = open_screen(say, request["output_chars"], request["output_lines"])
    begin(request["stdin"])
    file = request["file"]
    module = new_module("__main__", file, request["source"])
    sys.modules["__main__"] = module
    error = execute(request["source"], file, module)
    pass_on()
    return {"error": error and failure(error, file), "memory": isinstance(error, MemoryError)}


def execute(
    source: str, file: str, module: types.ModuleType, *, may_leave: bool = True
) -> BaseException | None:
    """Compiles and runs it; what ended it, unless it ended by itself.

    Args:
        source: The program.
        file: Its name in tracebacks.
        module: What it is run as.
        may_leave: Whether ``sys.exit`` is an end like any other; a module is not there after it.
    """
    try:
        code = compiled(source, file)
        exec(code, module.__dict__)  # noqa: S102 - what this component is for
    except SystemExit as leaving:
        if not may_leave:
            return leaving
        if leaving.code is not None and not isinstance(leaving.code, int):
            print(leaving.code, file=sys.stderr)  # noqa: T201 - what the interpreter does at exit
    except BaseException as error:  # noqa: BLE001 - told to the learner
        return error
    return None


def compiled(source: str, file: str) -> types.CodeType:
    """A program's code.

    Raises:
        SyntaxError: It is none, or nests so deeply that the parser has no room left.
    """
    try:
        return compile(source, file, "exec", dont_inherit=True)
    except MemoryError as error:
        if "Parser" in str(error):
            raise SyntaxError("it nests too deeply to be read") from None
        raise
