"""pytest's fixtures: what tests ask for by the names of their arguments."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import inspect
import types
import unittest.mock
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from assistant.sandbox.guest.marks import Row, Trouble, label_of, values_of

FUNCTION, CLASS, MODULE = "function", "class", "module"
_SCOPES: Final = (MODULE, CLASS, FUNCTION)
_Nothing: Final = object()


@dataclass(frozen=True, slots=True, eq=False)
class Fixture:
    """A function that makes what tests ask for."""

    name: str
    function: Callable[..., Any]
    scope: str = FUNCTION
    params: tuple[Any, ...] | None = None
    ids: Any = None
    autouse: bool = False
    own: bool = True
    """Whether it stands in the tests, so that one in a class is given the class's object."""

    def rows(self) -> list[Row]:
        """A row for each of its parameters."""
        made: list[Row] = []
        for number, param in enumerate(self.params or ()):
            (value,), named, marks = values_of(param, alone=True)
            ids = self.ids
            if not named and ids is not None:
                told = ids(value) if callable(ids) else list(ids)[number]
                named = "" if told is None else str(told)
            label = named or label_of(value, f"{self.name}{number}")
            made.append(Row({}, {self.name: value}, label, marks))
        return made


def fixture(
    function: Any = None,
    *,
    scope: Any = FUNCTION,
    params: Iterable[Any] | None = None,
    autouse: bool = False,
    ids: Any = None,
    name: str | None = None,
) -> Any:
    """``pytest.fixture``, with arguments or without."""
    kept = MODULE if scope in ("session", "package") else scope
    kept = kept if kept in _SCOPES else FUNCTION
    listed = None if params is None else tuple(params)

    def mark(made: Any) -> Fixture:
        return Fixture(name or made.__name__, made, kept, listed, ids, autouse)

    return mark if function is None else mark(function)


@dataclass(slots=True, eq=False)
class Place:
    """A test, as its fixtures see it."""

    name: str
    function: Any
    cls: type | None = None
    row: Row = field(default_factory=Row)
    instance: Any = None


@dataclass(slots=True, eq=False)
class _Held:
    """What a fixture has made, and how it is cleared away."""

    fixture: Fixture
    param: Any
    value: Any = _Nothing
    finish: list[Callable[[], Any]] = field(default_factory=list[Callable[[], Any]])


class Request:
    """What a fixture may ask about the test that it is for."""

    def __init__(self, fixtures: "Fixtures", place: Place, held: _Held | None) -> None:
        self._fixtures = fixtures
        self._place = place
        self._held = held
        self.function = place.function
        self.cls = place.cls
        self.instance = place.instance
        self.module = fixtures.module
        self.node = types.SimpleNamespace(name=place.name, nodeid=place.name)
        self.scope = FUNCTION if held is None else held.fixture.scope
        self.fixturename = None if held is None else held.fixture.name
        if held is not None and held.param is not _Nothing:
            self.param = held.param

    def getfixturevalue(self, name: str) -> Any:
        """What another fixture makes."""
        return self._fixtures.value(name, self._place)

    def addfinalizer(self, finish: Callable[[], Any]) -> None:
        """Has something done when what was made is not needed any more."""
        if self._held is None:
            self._fixtures.at_end(self._place, finish)
        else:
            self._held.finish.append(finish)


class Fixtures:
    """Makes what tests ask for, keeps it as long as its scope lasts, and clears it away.

    Args:
        module: The tests.
        given: Fixtures that every test may ask for.
        ahead: Those that come before all others, asked for or not.
    """

    def __init__(
        self, module: types.ModuleType, given: Iterable[Fixture], ahead: list[Fixture]
    ) -> None:
        self.module = module
        self._ahead = ahead
        self._given = {each.name: each for each in given}
        self._held: list[_Held] = []
        self._making: list[Fixture] = []

    def names(self, place: Place, asked: Iterable[str]) -> list[str]:
        """What a test needs in the order in which it is made: what all use comes first."""
        found: dict[str, Fixture] = {}
        for each in self._standing(place.cls):
            if each.autouse:
                found[each.name] = each
        wanted = sorted(found.values(), key=lambda each: _SCOPES.index(each.scope))
        return list(dict.fromkeys([*(each.name for each in wanted), *asked]))

    def rows(self, place: Place, asked: Iterable[str], but: Iterable[str]) -> list[list[Row]]:
        """The rows of all fixtures with parameters that a test needs, also through others."""
        found: list[list[Row]] = []
        left, seen = list(self.names(place, asked)), set(but)
        while left:
            name = left.pop(0)
            if name in seen:
                continue
            seen.add(name)
            known = self._named(name, place.cls)
            if known is None:
                continue
            if known.params is not None:
                found.append(known.rows())
            left += arguments(known.function, method=_is_method(known))
        return found

    def value(self, name: str, place: Place, asking: Fixture | None = None) -> Any:
        """What a name stands for in a test.

        Raises:
            Trouble: There is nothing of that name.
        """
        if name in place.row.parts:
            return place.row.parts[name]
        beyond = asking if asking is not None and asking.name == name else None
        known = self._named(name, place.cls, beyond)
        if known is None:
            raise Trouble(f"This test asks for “{name}”, which is not there.")
        param = place.row.indirect.get(name, _Nothing)
        for held in self._held:
            if held.fixture is known and held.value is not _Nothing:
                if held.param is param:
                    return held.value
                self._finish_all(self._held[self._held.index(held) :])
                break
        return self._made(known, param, place)

    def leave(self, place: Place, following: Place | None) -> None:
        """Clears away what the next test does not need.

        Raises:
            BaseException: The first thing that went wrong at it.
        """
        over = {FUNCTION}
        if following is None or following.cls is not place.cls:
            over.add(CLASS)
        if following is None:
            over.add(MODULE)
        self._finish_all([each for each in self._held if each.fixture.scope in over])

    def request(self, place: Place) -> Request:
        """What a test itself may ask."""
        return Request(self, place, None)

    def at_end(self, place: Place, finish: Callable[[], Any]) -> None:
        """Has something done when a test is over."""
        held = _Held(Fixture(place.name, finish), _Nothing, finish=[finish])
        self._held.append(held)

    def _made(self, known: Fixture, param: Any, place: Place) -> Any:
        if known in self._making:
            raise Trouble(f"The fixture “{known.name}” asks for itself.")
        function = known.function
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            raise Trouble(f"The fixture “{known.name}” is asynchronous, which cannot be run here.")
        held = _Held(known, param)
        self._making.append(known)
        try:
            request = Request(self, place, held)
            asked = {
                name: request if name == "request" else self.value(name, place, known)
                for name in arguments(function, method=_is_method(known))
            }
            self._held.append(held)
            first = (place.instance,) if _is_method(known) else ()
            made = function(*first, **asked)
            held.value = made
            if isinstance(made, types.GeneratorType) and inspect.isgeneratorfunction(function):
                held.value = _Nothing
                held.finish.append(lambda: _ended(made, known.name))
                held.value = next(made, _Nothing)
                if held.value is _Nothing:
                    raise Trouble(f"The fixture “{known.name}” yields nothing.")
        finally:
            self._making.pop()
        return held.value

    def _finish_all(self, every: list[_Held]) -> None:
        wrong: list[BaseException] = []
        for held in reversed(every):
            self._held.remove(held)
            held.value = _Nothing
            for finish in reversed(held.finish):
                try:
                    finish()
                except BaseException as error:  # noqa: BLE001 - the others are cleared away all the same
                    wrong.append(error)
        if wrong:
            raise wrong[0]

    def _named(self, name: str, cls: type | None, beyond: Fixture | None = None) -> Fixture | None:
        found = [each for each in self._standing(cls) if each.name == name]
        if name in self._given:
            found.insert(0, self._given[name])
        if beyond in found:
            found = found[: found.index(beyond)]
        return found[-1] if found else None

    def _standing(self, cls: type | None) -> Iterator[Fixture]:
        """Those of the module and then those of a class; a later one hides an earlier one."""
        yield from self._ahead
        for value in vars(self.module).values():
            if isinstance(value, Fixture):
                yield value
        for each in reversed(cls.__mro__ if cls is not None else ()):
            for value in vars(each).values():
                if isinstance(value, Fixture):
                    yield value


def _ended(made: Iterator[Any], name: str) -> None:
    for _ in made:
        raise Trouble(f"The fixture “{name}” yields more than once.")


def _is_method(known: Fixture) -> bool:
    """Whether it stands in a class, and is given the test's object first."""
    return known.own and "." in known.function.__qualname__.rpartition("<locals>")[2].lstrip(".")


def arguments(function: Any, *, method: bool = False) -> list[str]:
    """The names of what a function asks for; what ``mock.patch`` gives it is not among them."""
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    try:
        every = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    names = [each.name for each in every if each.kind in kinds and each.default is each.empty]
    given = sum(
        patching.new is unittest.mock.DEFAULT and not patching.attribute_name
        for patching in getattr(function, "patchings", ())
    )
    return names[given + method :]
