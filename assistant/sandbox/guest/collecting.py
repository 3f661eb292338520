"""Finds the tests in a module, and what each of them needs to be run."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import inspect
import itertools
import types
import unittest
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.sandbox.guest.fixtures import CLASS, FUNCTION, MODULE, Fixture, Fixtures, Place
from assistant.sandbox.guest.fixtures import arguments as asked_of
from assistant.sandbox.guest.given import given_fixtures
from assistant.sandbox.guest.guarded import TESTS
from assistant.sandbox.guest.marks import Mark, Trouble, listed, marks_of, rows_of
from assistant.sandbox.guest.pytest_words import Skipped
from assistant.sandbox.guest.suites import run_one


@dataclass(slots=True, eq=False)
class Case:
    """One test."""

    place: Place
    marks: tuple[Mark, ...]
    run: Callable[[], None]

    @property
    def name(self) -> str:
        """As it is told."""
        return self.place.name

    @property
    def expected(self) -> Mark | None:
        """The mark that says it is to fail."""
        for mark in self.marks:
            if mark.name == "xfail" and all(mark.args[:1]) and mark.kwargs.get("condition", True):
                return mark
        return None

    def left_out(self) -> bool:
        """Whether a mark says that it is not to be run."""
        for mark in self.marks:
            conditions = [*mark.args, mark.kwargs.get("condition", False)]
            if mark.name == "skip":
                return True
            if mark.name == "skipif" and any(c for c in conditions if not isinstance(c, str)):
                return True
        return False


class Collector:
    """The tests of a module, in the order in which they are run.

    Args:
        tests: The module.
    """

    def __init__(self, tests: types.ModuleType) -> None:
        self._tests = tests
        ahead = [_around_module(tests), _around_function(tests), _around_class(), _around_method()]
        self.fixtures = Fixtures(tests, given_fixtures(), ahead)
        self._marks = listed(getattr(tests, "pytestmark", ()))

    def cases(self) -> Iterator[Case]:
        """Classes of unittest first, then other classes, then functions."""
        own = [v for v in vars(self._tests).values() if getattr(v, "__module__", "") == TESTS]
        classes = [each for each in own if isinstance(each, type)]
        suites = [each for each in classes if issubclass(each, unittest.TestCase)]
        loose = [e for e in classes if e.__name__.startswith("Test") and e not in suites]
        several = len(suites) + len(loose) > 1
        for cls in (*suites, *loose):
            for name, method in _methods(cls):
                shown = f"{cls.__name__}.{name}" if several else name
                if cls in suites:
                    yield self._of_suite(cls, name, shown)
                else:
                    yield from self._of_function(method, shown, cls, name)
        for value in own:
            if isinstance(value, types.FunctionType) and value.__name__.startswith("test"):
                yield from self._of_function(value, value.__name__, None, "")

    def _of_suite(self, cls: type[unittest.TestCase], name: str, shown: str) -> Case:
        place = Place(shown, getattr(cls, name), cls)
        marks = (*marks_of(place.function), *marks_of(cls), *self._marks)

        def run() -> None:
            if getattr(cls, "__unittest_skip__", False):
                raise unittest.SkipTest("it is to be left out")
            place.instance = cls(name)
            self._prepare(place, marks)
            run_one(place.instance)

        return Case(place, marks, run)

    def _of_function(
        self, function: Any, name: str, cls: type | None, attribute: str
    ) -> Iterator[Case]:
        """A plain test, once for each of its parameters and of those of its fixtures."""
        above = (*marks_of(function), *(marks_of(cls) if cls else ()))
        above = (*above, *listed(getattr(cls, "pytestmark", ())), *self._marks)
        method = cls is not None and not isinstance(vars_of(cls, attribute), staticmethod)
        asked = asked_of(function, method=method)
        rows = rows_of(above)
        place = Place(name, function, cls)
        named = (*rows[0].parts, *rows[0].indirect) if rows else ()
        for axis in self.fixtures.rows(place, [*asked, *_used(above)], named):
            rows = [old.joined(new) for old in rows for new in axis]
        labels = itertools.count()
        for row in rows:
            plain = not row.parts and not row.indirect
            shown = f"{name}[{row.label or next(labels)}]" if row.label or not plain else name
            marks = (*above, *row.marks)
            place = Place(shown, function, cls, row)
            yield Case(place, marks, self._running(place, attribute, asked, marks))

    def _running(
        self, place: Place, attribute: str, asked: list[str], marks: tuple[Mark, ...]
    ) -> Callable[[], None]:
        def run() -> None:
            function = place.function
            if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
                raise Trouble("This test is asynchronous, which cannot be run here.")
            if place.cls is not None:
                place.instance = place.cls()
                function = getattr(place.instance, attribute)
            self._prepare(place, marks)
            function(**{name: self._value(name, place) for name in asked})

        return run

    def _prepare(self, place: Place, marks: tuple[Mark, ...]) -> None:
        """Makes what a test needs without naming it among its arguments."""
        for name in self.fixtures.names(place, _used(marks)):
            self._value(name, place)

    def _value(self, name: str, place: Place) -> Any:
        if name == "request" and name not in place.row.parts:
            return self.fixtures.request(place)
        return self.fixtures.value(name, place)


def check(case: Case) -> None:
    """Refuses a test that is to be left out.

    Raises:
        Skipped: It is.
    """
    if case.left_out():
        raise Skipped


def vars_of(cls: type, name: str) -> Any:
    """What stands in a class under a name, as it stands there."""
    return next((vars(each)[name] for each in cls.__mro__ if name in vars(each)), None)


def _used(marks: tuple[Mark, ...]) -> list[str]:
    return [str(name) for mark in marks if mark.name == "usefixtures" for name in mark.args]


def _methods(cls: type) -> list[tuple[str, Any]]:
    found = {
        name: value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
        for each in reversed(cls.__mro__)
        for name, value in vars(each).items()
        if name.startswith("test") and callable(value)
    }
    return sorted(found.items(), key=lambda item: _line_of(item[1]))


def _line_of(function: Any) -> int:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return getattr(code, "co_firstlineno", 0)


# What is set up around tests without being asked for.


def _around_module(tests: types.ModuleType) -> Fixture:
    def around() -> Iterator[None]:
        _called(tests, ("setUpModule", "setup_module"), tests)
        yield
        _called(tests, ("tearDownModule", "teardown_module"), tests)

    return Fixture("@module", around, MODULE, autouse=True, own=False)


def _around_function(tests: types.ModuleType) -> Fixture:
    def around(request: Any) -> Iterator[None]:
        loose = request.cls is None
        if loose:
            _called(tests, ("setup_function",), request.function)
        yield
        if loose:
            _called(tests, ("teardown_function",), request.function)

    return Fixture("@function", around, FUNCTION, autouse=True, own=False)


def _around_class() -> Fixture:
    def around(request: Any) -> Iterator[None]:
        cls = request.cls
        suite = cls is not None and issubclass(cls, unittest.TestCase)
        _called(cls, ("setUpClass",) if suite else ("setup_class",), cls)
        yield
        _called(cls, ("tearDownClass",) if suite else ("teardown_class",), cls)
        if suite:
            _called(cls, ("doClassCleanups",))

    return Fixture("@class", around, CLASS, autouse=True, own=False)


def _around_method() -> Fixture:
    def around(request: Any) -> Iterator[None]:
        made = request.instance
        plain = made is not None and not isinstance(made, unittest.TestCase)
        if plain:
            _called(made, ("setup_method",), request.function)
        yield
        if plain:
            _called(made, ("teardown_method",), request.function)

    return Fixture("@method", around, FUNCTION, autouse=True, own=False)


def _called(target: Any, names: tuple[str, ...], *given: Any) -> None:
    """Calls what has one of these names, with as much as it takes."""
    for name in names:
        function = getattr(target, name, None)
        if callable(function):
            takes = [
                each
                for each in inspect.signature(function).parameters.values()
                if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
            ]
            function(*given[: len(takes)])
