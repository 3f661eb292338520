"""The words of pytest that plain test functions use, under its name."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import importlib
import re
import types
from typing import Any

from assistant.sandbox.guest.fixtures import Request, fixture
from assistant.sandbox.guest.given import CaptureFixture, MonkeyPatch, TempPathFactory
from assistant.sandbox.guest.marks import Marks, Param
from assistant.sandbox.guest.warned import Recorder, deprecated_call, warns


class Skipped(Exception):  # noqa: N818 - pytest's name
    """A test that says it is not to be run."""


class Expected(Exception):  # noqa: N818 - it is no error
    """A test that says in its middle that it was to fail."""


class Failed(AssertionError):  # noqa: N818 - pytest's name
    """A test that says it has failed."""


class Raised:
    """What ``pytest.raises`` caught."""

    def __init__(self) -> None:
        self.value: Any = None
        self.type: Any = None

    def __class_getitem__(cls, _: Any) -> type:
        """It is named with a type in annotations."""
        return cls

    def match(self, pattern: str) -> bool:
        """Holds if its words have this in them."""
        return _matched(pattern, self.value)


class _Raises:
    def __init__(self, expected: Any, match: str | None) -> None:
        self._expected = expected
        self._match = match
        self._raised = Raised()

    def __enter__(self) -> Raised:
        return self._raised

    def __exit__(self, *raised: object) -> bool:
        kind: Any = raised[0]
        value: Any = raised[1]
        if kind is None:
            wanted = getattr(self._expected, "__name__", self._expected)
            raise AssertionError(f"{wanted} was not raised")
        if not issubclass(kind, self._expected):
            return False
        self._raised.value, self._raised.type = value, kind
        return self._match is None or _matched(self._match, value)


def _matched(pattern: str, value: Any) -> bool:
    if not re.search(pattern, str(value)):
        raise AssertionError(f"{str(value)!r} does not match {pattern!r}")
    return True


def raises(expected: Any, *args: Any, match: str | None = None, **kwargs: Any) -> Any:
    """Holds if what is inside raises ``expected``."""
    context = _Raises(expected, match)
    if not args:
        return context
    with context as raised:
        args[0](*args[1:], **kwargs)
    return raised


class Approx:
    """Equal to a number that is near, or to numbers that are, in a list, a tuple or a dict."""

    __array_ufunc__ = None
    __hash__ = None  # pyright: ignore[reportAssignmentType] - as pytest's own

    def __init__(self, expected: Any, rel: float | None = None, abs: float | None = None) -> None:  # noqa: A002 - pytest's name
        self._expected = expected
        self._rel = rel
        self._abs = abs

    def __repr__(self) -> str:
        return f"approx({self._expected!r})"

    def __eq__(self, other: object) -> bool:
        return self._near(self._expected, other)

    def _near(self, wanted: Any, got: Any) -> bool:
        if isinstance(wanted, dict):
            same = type(got) is dict and wanted.keys() == got.keys()
            return same and all(self._near(value, got[key]) for key, value in wanted.items())
        if isinstance(wanted, (list, tuple)):
            same = type(got) in (list, tuple) and len(wanted) == len(got)
            return same and all(map(self._near, wanted, got))
        # Only a number is near a number: anything else might say so of itself.
        number = type(got) in (int, float, complex, type(wanted)) and not isinstance(wanted, str)
        return wanted == got or (number and hasattr(wanted, "__abs__") and self._close(wanted, got))

    def _close(self, wanted: Any, got: Any) -> bool:
        far = abs(wanted - got)
        relative = 1e-6 if self._rel is None and self._abs is None else self._rel or 0.0
        absolute = 1e-12 if self._abs is None else self._abs
        return far <= max(relative * abs(wanted), absolute) and far != float("inf")


def fail(reason: str = "", *_: Any, msg: str = "", **__: Any) -> None:
    """Fails the test."""
    raise Failed(reason or msg)


def skip(reason: str = "", **_: Any) -> None:
    """Leaves the test out."""
    raise Skipped(reason)


def xfail(reason: str = "", **_: Any) -> None:
    """Ends the test, which was to fail."""
    raise Expected(reason)


def importorskip(name: str, *_: Any, **__: Any) -> types.ModuleType:
    """A module; the test is left out where it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Skipped(f"There is no “{name}” here.") from None


class _Named:
    """A class of pytest that tests only name in annotations."""

    def __class_getitem__(cls, _: Any) -> type:
        """It is named with a type in annotations."""
        return cls


def new_pytest() -> types.ModuleType:
    """The module that tests import as ``pytest``."""
    module = types.ModuleType("pytest")
    for word in (raises, fail, skip, xfail, importorskip, fixture):
        setattr(module, word.__name__, word)
    vars(module).update(approx=Approx, mark=Marks(), param=Param)
    vars(module).update(warns=warns, deprecated_call=deprecated_call, WarningsRecorder=Recorder)
    vars(module).update(TempPathFactory=TempPathFactory)
    for name in ("Config", "Item", "LogCaptureFixture"):
        setattr(module, name, _Named)
    vars(module).update(
        CaptureFixture=CaptureFixture,
        ExceptionInfo=Raised,
        FixtureRequest=Request,
        MonkeyPatch=MonkeyPatch,
    )
    return module
