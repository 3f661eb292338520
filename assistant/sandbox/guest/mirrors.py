"""What stands in one instance for the objects of the other.

A mirror asks the other side for everything but for a verdict: whether something is equal to a
value that the tests hold, or less, or in it, is never left to an object of the learner's. Such an
object would only have to say yes. It is asked when both sides of a comparison are the learner's and
the tests name its class, which is what a test of such a class is about.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import inspect
import types
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from assistant.sandbox.guest.kinds import KIND, kind_named, space_of, stand_for

_HANDLE: Final = "_lamplight_handle"
VERDICTS: Final = frozenset({"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"})
ARITHMETIC: Final = frozenset(
    f"__{prefix}{name}__"
    for name in [
        "add",
        "sub",
        "mul",
        "matmul",
        "truediv",
        "floordiv",
        "mod",
        "divmod",
        "pow",
        "lshift",
        "rshift",
        "and",
        "xor",
        "or",
    ]
    for prefix in ("", "r", "i")
)
_DISTANCES: Final = frozenset({"__sub__", "__rsub__", "__truediv__", "__rtruediv__"})
"""With a value of the tests they would say how near it is, which is a verdict as well."""
ASKED: Final = frozenset(
    [
        "__len__",
        "__iter__",
        "__next__",
        "__getitem__",
        "__setitem__",
        "__delitem__",
        "__call__",
        "__enter__",
        "__exit__",
        "__str__",
        "__repr__",
        "__format__",
        "__bytes__",
        "__bool__",
        "__index__",
        "__int__",
        "__float__",
        "__complex__",
        "__round__",
        "__trunc__",
        "__floor__",
        "__ceil__",
        "__neg__",
        "__pos__",
        "__abs__",
        "__invert__",
        "__reversed__",
        "__length_hint__",
        "__fspath__",
    ]
)
_LOOKED_AT: Final = "__init__"
"""Never called here, but looked at: how it is called is how the class is."""
OPERATIONS: Final = VERDICTS | ARITHMETIC | ASKED | {"__contains__", "__hash__", _LOOKED_AT}
UNHASHABLE: Final = "unhashable"
DATA: Final = (int, float, complex, str, bytes, tuple, frozenset)
"""Bases whose content a mirror holds itself: a named tuple is a tuple here as well."""
CONTAINERS: Final = (list, dict, set)


class Asks(Protocol):
    """The other side, as mirrors know it."""

    strict: bool
    """Whether verdicts are kept from it."""
    module: str
    """Name of the module that its classes come from."""
    file: str
    """Name of the file that its functions come from."""

    def ask(self, *words: Any) -> Any:
        """Has it do something with an object of its own; what comes of it."""
        ...


class MirrorMeta(type):
    """The class of the classes that stand for classes of the other side."""

    _lamplight_peer: Asks
    _lamplight_handle: int
    _lamplight_named: bool
    """Whether the tests have asked for it by its name."""
    _lamplight_honest: bool | None
    """Whether its equality was found not to hold of everything."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Makes one over there.

        Raises:
            TypeError: The class derives from a mirrored one: over there is nothing of it.
        """
        if _HANDLE not in space_of(cls):
            base = next(each for each in cls.__mro__ if _HANDLE in space_of(each))
            raise TypeError(
                f"{cls.__name__!r} derives from {base.__name__!r} of another file: "
                "no object of such a class can be made here"
            )
        return cls._lamplight_peer.ask("call", cls, args, tuple(kwargs.items()))

    def __getattr__(cls, name: str) -> Any:
        """An attribute of the class over there."""
        if name.startswith("_lamplight"):
            raise AttributeError(name)
        return named(cls._lamplight_peer.ask("get", cls, name), name)

    def __setattr__(cls, name: str, value: Any) -> None:
        """Sets one over there."""
        cls._lamplight_peer.ask("set", cls, name, value)

    def __delattr__(cls, name: str) -> None:
        """Deletes one over there."""
        cls._lamplight_peer.ask("del", cls, name)

    def __iter__(cls) -> Any:
        """The members of an enumeration."""
        return cls._lamplight_peer.ask("op", cls, "__iter__", ())

    def __getitem__(cls, key: Any) -> Any:
        """A member of an enumeration, or a generic class with its argument."""
        return cls._lamplight_peer.ask("op", cls, "__getitem__", (key,))

    def __len__(cls) -> int:
        """How many members an enumeration has."""
        return cls._lamplight_peer.ask("op", cls, "__len__", ())

    def __bool__(cls) -> bool:
        """A class is."""
        return True

    def __contains__(cls, member: Any) -> bool:
        """Whether an enumeration has this member."""
        return bool(cls._lamplight_peer.ask("op", cls, "__contains__", (member,)))

    def __dir__(cls) -> Any:
        """The names that the class over there has."""
        own = cls._lamplight_peer
        return own.ask("dir", cls) if own.strict else type.__dir__(cls)

    @property
    def __dict__(cls) -> Any:  # pyright: ignore[reportGeneralTypeIssues, reportIncompatibleVariableOverride] - as over there
        """What stands in the class over there."""
        own = cls._lamplight_peer
        return own.ask("get", cls, "__dict__") if own.strict else space_of(cls)

    @property
    def __flags__(cls) -> int:
        """Whether the class over there is abstract, and the like."""
        own = cls._lamplight_peer
        return own.ask("get", cls, "__flags__") if own.strict else type.__flags__.__get__(cls)

    @property
    def __annotations__(cls) -> Any:  # pyright: ignore[reportIncompatibleVariableOverride] - as over there
        """The annotations of the class over there."""
        own = cls._lamplight_peer
        return own.ask("get", cls, "__annotations__") if own.strict else {}

    @property
    def __signature__(cls) -> inspect.Signature | None:
        """How the class over there is called; None where ``inspect`` is to find out itself."""
        if not cls._lamplight_peer.strict:
            return None
        for name in ("__init__", "__new__"):
            maker = cls._lamplight_peer.ask("get", cls, name)
            if isinstance(maker, types.FunctionType):
                found = inspect.signature(maker)
                return found.replace(parameters=[*found.parameters.values()][1:])
        return inspect.Signature()


class _OverThere:
    """An attribute that every class has; a mirrored one would otherwise give its own."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, mirror: Any, cls: Any) -> Any:
        peer = cls._lamplight_peer
        if peer.strict:
            return peer.ask("get", cls if mirror is None else mirror, self._name)
        if mirror is None:
            return None
        try:
            return peer.ask("get", mirror, self._name)
        except AttributeError:  # only a function's are told
            return None


class Mirror:
    """Stands for an object of the other side."""

    @property
    def __class__(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] - as over there
        """Its class, or the kind of the library's things that the object over there is of."""
        return space_of(type(self)).get(KIND) or type(self)

    def __dir__(self) -> Any:
        """The names that the object over there has."""
        peer = peer_of(self)
        return peer.ask("dir", self) if peer.strict else object.__dir__(self)

    def __getattr__(self, name: str) -> Any:
        """An attribute of the object over there."""
        if name.startswith("_lamplight"):
            raise AttributeError(name)
        return peer_of(self).ask("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Sets one over there."""
        if name.startswith("__") and isinstance(self, BaseException):
            object.__setattr__(self, name, value)  # __traceback__, __cause__ and the like
        else:
            peer_of(self).ask("set", self, name, value)

    def __delattr__(self, name: str) -> None:
        """Deletes one over there."""
        peer_of(self).ask("del", self, name)

    @property
    def __dict__(self) -> Any:  # pyright: ignore[reportIncompatibleVariableOverride] - as over there
        """The attributes of the object over there."""
        return peer_of(self).ask("get", self, "__dict__")

    def __copy__(self) -> Any:
        """A copy over there."""
        return peer_of(self).ask("copy", self)

    def __deepcopy__(self, memo: Any) -> Any:
        """A deep copy over there."""
        return peer_of(self).ask("deepcopy", self)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """It cannot be written down."""
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")


def peer_of(mirror: Any) -> Asks:
    """The side that a mirror's object lives on."""
    return type(mirror)._lamplight_peer  # noqa: SLF001 - its own


def handle_of(mirror: Any) -> int:
    """The number of a mirror's object over there."""
    return cast("int", object.__getattribute__(mirror, _HANDLE))


def class_handle(cls: Any) -> int:
    """The number of a mirrored class over there."""
    return cls._lamplight_handle


def named(value: Any, name: str) -> Any:
    """Notes that the tests have asked for a class by its name.

    Classes are named with a capital: one that stands where a function is wanted is not what the
    tests are about, and would be asked how far it is from what they hold.
    """
    if isinstance(value, MirrorMeta) and name.lstrip("_")[:1].isupper():
        type.__setattr__(value, "_lamplight_named", True)
    return value


def is_named(mirror: Any) -> bool:
    """Whether a mirror's class, or one that it derives from, was asked for by its name."""
    return any(
        isinstance(each, MirrorMeta) and "_lamplight_named" in space_of(each)
        for each in type(mirror).__mro__
    )


def new_class(  # noqa: PLR0913, PLR0917 - what was told of it
    peer: Asks,
    handle: int,
    name: str,
    bases: tuple[type, ...],
    operations: list[str],
    kind: Any = None,
    line: Any = None,
) -> MirrorMeta:
    """A class that stands for one of the other side.

    Args:
        peer: The other side.
        handle: Its number there.
        name: Its name.
        bases: Mirrors, exceptions, and those of ``DATA``; others are left out.
        operations: The special methods that it has beyond those of ``object``.
        kind: The name of what of the library it is; see ``kinds``.
        line: Where it begins in the program.
    """
    held = next((base for base in bases if base in DATA), None)
    space: dict[str, Any] = {
        "_lamplight_peer": peer,
        "_lamplight_handle": handle,
        "_lamplight_data": held,
        "__module__": peer.module,
        "__doc__": _OverThere("__doc__"),
        "__hash__": _hashing(held, operations),
    }
    for operation in operations:
        if operation in VERDICTS:
            space[operation] = _verdict(operation, held)
        elif operation in ARITHMETIC:
            space[operation] = _arithmetic(operation, held)
        elif operation == "__contains__":
            space[operation] = _contains
        elif operation == _LOOKED_AT and peer.strict:
            space[operation] = _OverThere(operation)
        elif operation in ASKED:
            space[operation] = _asked(operation)
    space |= _known(peer, kind_named(kind), line)
    if not any(issubclass(base, Mirror) for base in bases):
        bases = (Mirror, *bases)
    try:
        made = MirrorMeta(name, bases, space)
    except TypeError:  # bases that do not go together here
        kept = next((base for base in bases if issubclass(base, BaseException)), None)
        made = MirrorMeta(name, (Mirror, kept) if kept else (Mirror,), space)
    if KIND in space:
        stand_for(made, space[KIND])
    return made


def _known(peer: Asks, kind: type | None, line: Any) -> dict[str, Any]:
    """What is told of a class without asking over there; ``inspect`` looks for all of it."""
    space: dict[str, Any] = {}
    if kind is not None:
        space[KIND] = kind
    if kind is types.CodeType:
        # Never what the other side says: it would be shown the tests as its own source.
        space["co_filename"] = peer.file
    if type(line) is int:
        space["__firstlineno__"] = line
    return space


def new_mirror(cls: MirrorMeta, handle: int, content: Any) -> Any:
    """Stands for an object; its class is not called, so nothing of the other side is run.

    Args:
        cls: Stands for its class.
        handle: Its number over there.
        content: Of an exception its arguments, of a named tuple its values, and the like.
    """
    held = next((base for base in cls.__mro__ if base in DATA), None)
    if held is not None:
        plain: Any = held
        made: Any = plain.__new__(cls, content)
    elif issubclass(cls, BaseException):
        error: Any = BaseException
        made = error.__new__(cls, *content)
    else:
        made = object.__new__(cls)
    object.__setattr__(made, _HANDLE, handle)
    return made


def _asked(operation: str) -> Callable[..., Any]:
    def ask(self: Any, *args: Any, **kwargs: Any) -> Any:
        if operation == "__call__":
            return peer_of(self).ask("call", self, args, tuple(kwargs.items()))
        if operation == "__exit__":
            args = (*args[:2], None)  # no frame of this side
        return peer_of(self).ask("op", self, operation, args)

    ask.__name__ = operation
    return ask


def _hashing(held: type | None, operations: list[str]) -> Any:
    if UNHASHABLE in operations:
        return None
    return _hash if "__hash__" in operations else (held or object).__hash__


def _hash(self: Any) -> int:
    return peer_of(self).ask("op", self, "__hash__", ())


def _verdict(operation: str, held: type | None) -> Callable[[Any, Any], Any]:
    def judge(self: Any, other: Any) -> Any:
        peer = peer_of(self)
        theirs = isinstance(other, (Mirror, MirrorMeta))
        if not peer.strict or (theirs and is_named(self) and (held is None or is_named(other))):
            said = peer.ask("op", self, operation, (other,))
            if peer.strict and operation == "__eq__" and said and not _honest(self):
                return False
            return said
        if held is not None:
            return getattr(held, operation)(self, other)
        if not theirs and operation in {"__eq__", "__ne__"}:
            same = _same_content(peer.ask("plain", self), other)
            if same is not None:
                return same is (operation == "__eq__")
        return NotImplemented

    judge.__name__ = operation
    return judge


def _same_content(plain: Any, other: Any) -> bool | None:
    """Whether what an object holds is what a value of the tests holds; None where it is nothing.

    Args:
        plain: A container, or in a tuple what a namespace holds.
        other: The value.
    """
    if type(plain) is tuple and type(other) is types.SimpleNamespace:
        return [*plain] == [vars(other)]
    return plain == other if type(plain) in CONTAINERS else None


def _honest(self: Any) -> bool:
    """Whether an object that says it is equal to another would say so of anything."""
    cls = type(self)
    known = space_of(cls).get("_lamplight_honest")
    if known is None:
        known = not cls._lamplight_peer.ask("stranger", self)
        type.__setattr__(cls, "_lamplight_honest", known)
    return known


def _arithmetic(operation: str, held: type | None) -> Callable[..., Any]:
    def work(self: Any, *others: Any) -> Any:
        peer = peer_of(self)
        if not peer.strict or is_named(self) or any(is_named(other) for other in others):
            said = peer.ask("op", self, operation, others)
            far = peer.strict and operation in _DISTANCES and not isinstance(said, Mirror)
            if far and not any(isinstance(other, Mirror) for other in others):
                return NotImplemented
            return said
        if held is not None and hasattr(held, operation):
            return getattr(held, operation)(self, *others)
        return NotImplemented

    work.__name__ = operation
    return work


def _contains(self: Any, member: Any) -> bool:
    peer = peer_of(self)
    if not peer.strict or is_named(self):
        return bool(peer.ask("op", self, "__contains__", (member,)))
    return any(member is each or member == each for each in self)
