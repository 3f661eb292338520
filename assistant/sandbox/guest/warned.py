"""pytest's ``warns`` and ``recwarn``; a program's warnings come over to the tests, which judge."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import re
import warnings
from collections.abc import Iterator
from typing import Any


class Recorder:
    """The warnings that have come since it was begun."""

    def __init__(self, held: list[Any]) -> None:
        self.list = held

    def __class_getitem__(cls, _: Any) -> type:
        """It is named with a type in annotations."""
        return cls

    def __len__(self) -> int:
        return len(self.list)

    def __getitem__(self, at: Any) -> Any:
        return self.list[at]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.list)

    def pop(self, cls: Any = Warning) -> Any:
        """The first of a kind, which is then gone."""
        for at, each in enumerate(self.list):
            if issubclass(each.category, cls):
                return self.list.pop(at)
        raise AssertionError(f"there was no {cls.__name__}")

    def clear(self) -> None:
        """Forgets them."""
        self.list.clear()


class _Warns:
    def __init__(self, expected: Any, match: str | None) -> None:
        self._expected = expected
        self._match = match
        self._caught: Any = warnings.catch_warnings(record=True)
        self._held: list[Any] = []

    def __enter__(self) -> Recorder:
        self._held = self._caught.__enter__()
        warnings.simplefilter("always")
        return Recorder(self._held)

    def __exit__(self, *raised: object) -> None:
        told = list(self._held)
        self._caught.__exit__(*raised)
        if raised[0] is not None:
            return
        kinds = [each for each in told if issubclass(each.category, self._expected)]
        if not kinds:
            wanted = getattr(self._expected, "__name__", self._expected)
            raise AssertionError(f"{wanted} was not warned of")
        if self._match is not None and not any(
            re.search(self._match, str(each.message)) for each in kinds
        ):
            raise AssertionError(f"no warning matches {self._match!r}")


def warns(expected: Any = Warning, *args: Any, match: str | None = None, **kwargs: Any) -> Any:
    """Holds if what is inside warns of ``expected``."""
    context = _Warns(expected, match)
    if not args:
        return context
    with context:
        return args[0](*args[1:], **kwargs)


def deprecated_call(*args: Any, match: str | None = None, **kwargs: Any) -> Any:
    """Holds if what is inside says that something is out of date."""
    kinds = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
    return warns(kinds, *args, match=match, **kwargs)


def recwarn() -> Iterator[Recorder]:
    """The fixture of that name."""
    with warnings.catch_warnings(record=True) as held:
        warnings.simplefilter("always")
        yield Recorder(held)


def listen() -> None:
    """Lets every warning be seen by whoever listens, and be printed nowhere."""
    warnings.simplefilter("always")
    warnings.showwarning = lambda *_, **__: None


def hear(message: Any, module: str) -> None:
    """Takes a warning of the program.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(message, Warning):
        raise TypeError("a program may only warn with a warning")
    warnings.warn_explicit(message, type(message), f"{module}.py", 1)
