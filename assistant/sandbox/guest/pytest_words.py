"""The few words of pytest that plain test functions use, under its name."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import re
import types
from collections.abc import Callable, Iterable
from typing import Any, Final

PARAMETERS: Final = "_lamplight_parameters"
_SKIPPED: Final = "_lamplight_skipped"


class Skipped(Exception):  # noqa: N818 - pytest's name
    """A test that says it is not to be run."""


class Raised:
    """What ``pytest.raises`` caught."""

    def __init__(self) -> None:
        self.value: Any = None
        self.type: Any = None


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
        if self._match is not None and not re.search(self._match, str(value)):
            raise AssertionError(f"{str(value)!r} does not match {self._match!r}")
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


def parametrize(names: Any, values: Iterable[Any], ids: Any = None, **_: Any) -> Any:
    """Runs a test once for each value."""
    listed = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    rows: list[tuple[dict[str, Any], str]] = []
    for number, value in enumerate(values):
        parts: Any = (value,) if len(listed) == 1 else value
        named = [str(each) for each in ids][number] if isinstance(ids, (list, tuple)) else ""
        if isinstance(value, Param):
            parts, named = value.values, value.id or named
        parts = tuple(parts)
        label = named or "-".join(
            _label(part, f"{name}{number}") for name, part in zip(listed, parts, strict=True)
        )
        rows.append((dict(zip(listed, parts, strict=True)), label))

    def mark(function: Any) -> Any:
        before = getattr(function, PARAMETERS, [({}, "")])
        every = [
            (old | new, "-".join(filter(None, (label, other))))
            for old, label in before
            for new, other in rows
        ]
        setattr(function, PARAMETERS, every)
        return function

    return mark


class Param:
    """A value of ``parametrize`` with marks, which are not looked at."""

    def __init__(self, *values: Any, id: Any = None, **_: Any) -> None:  # noqa: A002 - pytest's
        self.values = values
        self.id = "" if id is None else str(id)


def _label(value: Any, otherwise: str) -> str:
    return str(value)[:40] if isinstance(value, (int, float, str, type(None))) else otherwise


def skipped(function: Any) -> bool:
    """Whether a test is marked not to be run."""
    return bool(getattr(function, _SKIPPED, False))


def _skip(*args: Any, **_: Any) -> Any:
    def mark(function: Any) -> Any:
        setattr(function, _SKIPPED, True)
        return function

    return mark(args[0]) if args and callable(args[0]) else mark


def _skip_if(condition: Any, **_: Any) -> Any:
    return _skip() if condition else lambda function: function


class _Marks:
    parametrize = staticmethod(parametrize)
    skip = staticmethod(_skip)
    skipif = staticmethod(_skip_if)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Any other mark changes nothing, with arguments or without."""

        def mark(*args: Any, **_: Any) -> Any:
            return args[0] if args and callable(args[0]) else lambda function: function

        return mark


def fail(reason: str = "", **_: Any) -> None:
    """Fails the test."""
    raise AssertionError(reason)


def skip(reason: str = "", **_: Any) -> None:
    """Leaves the test out."""
    raise Skipped(reason)


def new_pytest() -> types.ModuleType:
    """The module that tests import as ``pytest``."""
    module = types.ModuleType("pytest")
    words = {"raises": raises, "approx": Approx, "mark": _Marks(), "fail": fail, "skip": skip}
    vars(module).update(words, param=Param)
    return module
