"""Kinds of things of the library that a mirror is said to be of.

A generator of the program is a mirror to its tests, which ask ``isinstance(it, GeneratorType)`` and
``inspect.isgenerator(it)``. So a mirror's ``__class__`` names the kind. It opens nothing: whatever
is then asked of the mirror goes over the wire, and no verdict follows from a kind.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false
import abc
import collections
import collections.abc
import enum
import functools
import io
import random
import re
import types
from typing import Any, Final

KIND: Final = "_lamplight_kind"
_ABSTRACT: Final = [getattr(collections.abc, name) for name in collections.abc.__all__]
_ENUMERATIONS: Final = (
    enum.Enum, enum.IntEnum, enum.StrEnum, enum.Flag, enum.IntFlag, enum.ReprEnum,
)  # fmt: skip
_KINDS: Final[dict[str, type]] = {
    f"{each.__module__}.{each.__qualname__}": each
    for each in (
        object,
        types.FunctionType,
        types.MethodType,
        types.BuiltinFunctionType,
        types.GeneratorType,
        types.CoroutineType,
        types.AsyncGeneratorType,
        types.CodeType,
        types.SimpleNamespace,
        property,
        staticmethod,
        classmethod,
        map,
        filter,
        zip,
        enumerate,
        reversed,
        memoryview,
        super,
        functools.partial,
        functools.cached_property,
        collections.ChainMap,
        collections.UserDict,
        collections.UserList,
        collections.UserString,
        io.StringIO,
        io.BytesIO,
        random.Random,
        re.Pattern,
        re.Match,
        abc.ABC,
        *_ABSTRACT,
        *_ENUMERATIONS,
    )
}


def kind_of(cls: type) -> str | None:
    """The name of the kind that a class is; None for any other class."""
    name = f"{cls.__module__}.{cls.__qualname__}"
    return name if _KINDS.get(name) is cls else None


def kind_named(name: Any) -> type | None:
    """The class of that kind on this side."""
    return _KINDS.get(name) if type(name) is str else None


def space_of(cls: type) -> Any:
    """What stands in a class itself; ``vars`` of a mirrored one tells what stands over there."""
    return type.__dict__["__dict__"].__get__(cls)


def stand_for(mirror: Any, kind: type) -> None:
    """Has the subclasses of a mirrored class count as those of an abstract one."""
    if kind is abc.ABC or kind in _ABSTRACT:
        kind.register(mirror)  # pyright: ignore[reportAttributeAccessIssue] - an abstract one has it


def follow_enumerations() -> None:
    """Has mirrored enumerations count as such, which have no way to be registered."""

    def is_below(cls: type, other: type) -> bool:
        if type.__subclasscheck__(cls, other):
            return True
        return any(space_of(base).get(KIND) is cls for base in type.mro(other))

    def is_one(cls: type, value: Any) -> bool:
        return type.__instancecheck__(cls, value) or is_below(cls, type(value))

    made: Any = enum.EnumMeta
    made.__subclasscheck__, made.__instancecheck__ = is_below, is_one
