"""pytest's marks: what is written above a test, and the rows of its parameters."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import types
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

_MARKS: Final = "_lamplight_marks"
_LABEL_CHARS: Final = 40


class Trouble(Exception):  # noqa: N818 - it is what it says
    """A test that cannot be run here, whatever the program does."""


class Mark:
    """One mark; it is put on what it is called with, or takes arguments.

    Args:
        name: As in ``pytest.mark.name``.
        args: What it was called with.
        kwargs: The same, by name.
    """

    def __init__(self, name: str, args: tuple[Any, ...] = (), **kwargs: Any) -> None:
        self.name = name
        self.args = args
        self.kwargs = kwargs

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Marks a function or a class, or gives a mark with these arguments."""
        if len(args) == 1 and not kwargs and type(args[0]) in (types.FunctionType, type):
            setattr(args[0], _MARKS, [*vars(args[0]).get(_MARKS, ()), self])
            return args[0]
        return Mark(self.name, (*self.args, *args), **(self.kwargs | kwargs))


class Marks:
    """``pytest.mark``: one that is not known changes nothing."""

    def __getattr__(self, name: str) -> Mark:
        """The mark of that name."""
        return Mark(name)


class Param:
    """``pytest.param``: values of one row, with its name and its marks."""

    def __init__(self, *values: Any, id: Any = None, marks: Any = ()) -> None:  # noqa: A002 - pytest's
        self.values = values
        self.id = "" if id is None else str(id)
        self.marks = listed(marks)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One way to run a test."""

    parts: dict[str, Any] = field(default_factory=dict[str, Any])
    """Arguments of the test."""
    indirect: dict[str, Any] = field(default_factory=dict[str, Any])
    """What goes to fixtures in place of their own parameters."""
    label: str = ""
    marks: tuple[Mark, ...] = ()

    def joined(self, other: "Row") -> "Row":
        """Both at once."""
        return Row(
            self.parts | other.parts,
            self.indirect | other.indirect,
            "-".join(filter(None, (self.label, other.label))),
            (*self.marks, *other.marks),
        )


def listed(marks: Any) -> tuple[Mark, ...]:
    """Marks as they are given: one, several or none."""
    every: tuple[Any, ...] = tuple(marks) if isinstance(marks, (list, tuple)) else (marks,)
    return tuple(mark for mark in every if isinstance(mark, Mark))


def marks_of(target: Any) -> tuple[Mark, ...]:
    """What stands above a function, or above a class and those that it derives from."""
    if isinstance(target, type):
        return tuple(mark for each in target.__mro__ for mark in vars(each).get(_MARKS, ()))
    return tuple(getattr(target, _MARKS, ()))


def rows_of(marks: Iterable[Mark]) -> list[Row]:
    """A row for each combination of parameters; one where there are none."""
    rows = [Row()]
    for mark in marks:
        if mark.name == "parametrize":
            added = _parametrized(*mark.args, **mark.kwargs)
            rows = [old.joined(new) for old in rows for new in added]
    return rows


def _parametrized(
    argnames: Any, argvalues: Iterable[Any], *, indirect: Any = (), ids: Any = None, **_: Any
) -> list[Row]:
    names = split(argnames) if isinstance(argnames, str) else list(argnames)
    rows: list[Row] = []
    for number, value in enumerate(argvalues):
        parts, named, marks = values_of(value, alone=len(names) == 1)
        if len(parts) != len(names):
            raise Trouble(f"This test names {len(names)} parameters and is given {len(parts)}.")
        given = dict(zip(names, parts, strict=True))
        to_fixtures = {
            name: part
            for name, part in given.items()
            if indirect is True or (isinstance(indirect, (list, tuple)) and name in indirect)
        }
        label = named or _named(ids, number, parts)
        label = label or "-".join(label_of(part, f"{name}{number}") for name, part in given.items())
        own = {name: part for name, part in given.items() if name not in to_fixtures}
        rows.append(Row(own, to_fixtures, label, marks))
    return rows


def split(names: str) -> list[str]:
    """The names in ``"a, b"``."""
    return [each.strip() for each in names.split(",") if each.strip()]


def values_of(value: Any, *, alone: bool) -> tuple[tuple[Any, ...], str, tuple[Mark, ...]]:
    """The values of a row, its own name ("" without one) and its marks."""
    if isinstance(value, Param):
        return value.values, value.id, value.marks
    return ((value,) if alone else tuple(value)), "", ()


def _named(ids: Any, number: int, parts: tuple[Any, ...]) -> str:
    if callable(ids):
        said = [ids(part) for part in parts]
        return "-".join(str(each) for each in said if each is not None)
    if ids is None:
        return ""
    named = list(ids)
    return str(named[number]) if number < len(named) and named[number] is not None else ""


def label_of(value: Any, otherwise: str) -> str:
    """How a value is named in a test's name."""
    plain = type(value) in (bool, int, float, str, type(None))
    return str(value)[:_LABEL_CHARS] if plain else otherwise
