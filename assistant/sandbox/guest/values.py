"""How values go from one instance to the other: plain data by value, everything else by handle.

Lists, dictionaries, sets and bytearrays are shared: each side has its own, and every message
carries what has changed in them since the last one, so that a function that sorts its argument in
place does so for its caller too. Only exact types of Python are rebuilt; nothing is unpickled, and
whoever reads a value never runs code of who wrote it.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import builtins
import collections
import dataclasses
import datetime as dt
import decimal
import fractions
import pathlib
import sys
import types
import typing
import uuid
from collections.abc import Callable, Collection
from typing import Any, Final, Protocol, cast

_PLAIN: Final = frozenset({type(None), bool, str, float})
_BIG: Final = 1 << 512
_SHARED: Final = {list: "l", dict: "d", set: "s", bytearray: "B"}
_MOST_SHARED: Final = 200_000
_Views = (type({}.keys()), type({}.values()), type({}.items()))

NAMED: Final[dict[str, type]] = {
    f"{each.__module__}.{each.__qualname__}": each
    for each in (
        *(value for value in vars(builtins).values() if isinstance(value, type)),
        type(None),
        collections.Counter,
        collections.OrderedDict,
        collections.defaultdict,
        collections.deque,
        dt.date,
        dt.datetime,
        dt.time,
        dt.timedelta,
        dt.timezone,
        decimal.Decimal,
        fractions.Fraction,
        uuid.UUID,
    )
}
"""Classes that both instances have; each side takes its own for the other's."""


_SENTINELS: Final[dict[str, Any]] = {
    name: getattr(dataclasses, name)
    for name in ("MISSING", "KW_ONLY", "_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR")
}
"""What ``dataclasses`` tells fields by: each side takes its own, since they are told by ``is``."""


class Broken(BaseException):
    """The other side does not keep to the protocol; the run ends."""


class Objects(Protocol):
    """Knows what is no plain data."""

    def encode_object(self, value: Any) -> list[Any]:
        """A handle, with what the other side needs to stand in for the object."""
        ...

    def decode_object(self, word: list[Any]) -> Any:
        """What stands in for the other side's object, or the own one that came home."""
        ...


class _Container:
    """One that both sides have."""

    __slots__ = ("filling", "held", "seen")

    def __init__(self, held: Any) -> None:
        self.held = held
        self.filling = False
        """Whether its content is being put in, which may ask the other side for hashes."""
        self.seen = _content(held)


def _content(held: Any) -> list[Any]:
    if type(held) is dict:
        return [part for item in held.items() for part in item]
    return list(held)


def _same(old: list[Any], new: list[Any]) -> bool:
    return len(old) == len(new) and all(map(_is, old, new))


def _is(one: object, other: object) -> bool:
    return one is other


class Values:
    """Encodes and decodes for one side.

    Args:
        side: 0 or 1; the two sides number what they share differently.
        objects: For what is no plain data.
    """

    def __init__(self, side: int, objects: Objects) -> None:
        self._next = side
        self._objects = objects
        self._containers: dict[int, _Container] = {}
        self._numbers: dict[int, int] = {}
        self._fresh: list[int] = []
        probe = _Container([])
        # What a container counts that nobody but this table holds.
        self._unheld = sys.getrefcount(probe.held)
        self._encoders: dict[type, Callable[[Any], Any]] = {
            int: _encode_int,
            tuple: lambda v: ["t", self.encode_all(v)],
            frozenset: lambda v: ["f", self.encode_all(v)],
            bytes: lambda v: ["b", v.decode("latin-1")],
            complex: lambda v: ["c", v.real, v.imag],
            range: lambda v: ["R", *(_encode_int(n) for n in (v.start, v.stop, v.step))],
            slice: lambda v: ["S", *self.encode_all((v.start, v.stop, v.step))],
            type(Ellipsis): lambda _: ["E"],
            type(NotImplemented): lambda _: ["N"],
            dt.date: lambda v: ["v", "date", [v.year, v.month, v.day]],
            dt.datetime: self._encode_datetime,
            dt.time: self._encode_time,
            dt.timedelta: lambda v: ["v", "delta", [v.days, v.seconds, v.microseconds]],
            decimal.Decimal: lambda v: ["v", "decimal", [str(v)]],
            fractions.Fraction: lambda v: [
                "v",
                "fraction",
                self.encode_all((v.numerator, v.denominator)),
            ],
            uuid.UUID: lambda v: ["v", "uuid", [v.hex]],
            pathlib.PosixPath: lambda v: ["v", "path", [str(v)]],
            pathlib.PurePosixPath: lambda v: ["v", "pure path", [str(v)]],
            types.GenericAlias: lambda v: [
                "v",
                "generic",
                self.encode_all((v.__origin__, *v.__args__)),
            ],
            types.UnionType: lambda v: ["v", "union", self.encode_all(v.__args__)],
            **dict.fromkeys(map(type, _SENTINELS.values()), _encode_sentinel),
            collections.Counter: lambda v: ["v", "counter", self._pairs(v)],
            collections.OrderedDict: lambda v: ["v", "ordered", self._pairs(v)],
            collections.defaultdict: self._encode_defaultdict,
            collections.deque: lambda v: ["v", "deque", [v.maxlen, *self.encode_all(v)]],
            _Views[0]: lambda v: ["v", "keys", self.encode_all(v)],
            _Views[1]: lambda v: ["v", "values", self.encode_all(v)],
            _Views[2]: lambda v: ["v", "items", [self.encode(part) for item in v for part in item]],
        }
        self._decoders: dict[str, Callable[[list[Any]], Any]] = {
            "i": lambda w: int(w[1], 16),
            "t": lambda w: tuple(self.decode_all(w[1])),
            "f": lambda w: frozenset(self.decode_all(w[1])),
            "b": lambda w: w[1].encode("latin-1"),
            "c": lambda w: complex(w[1], w[2]),
            "R": lambda w: range(*self.decode_all(w[1:])),
            "S": lambda w: slice(*self.decode_all(w[1:])),
            "E": lambda _: Ellipsis,
            "N": lambda _: NotImplemented,
            "v": self._decode_value,
            "l": self._decode_new,
            "d": self._decode_new,
            "s": self._decode_new,
            "B": self._decode_new,
            "&": lambda w: self._known(w[1]).held,
        }

    def encode(self, value: Any) -> Any:
        """A value as JSON can hold it."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        encoder = self._encoders.get(kind)
        if encoder is not None:
            return encoder(value)
        if kind in _SHARED:
            return self._encode_shared(value)
        return self._objects.encode_object(value)

    def encode_all(self, values: Collection[Any]) -> list[Any]:
        """Several; quickly where all of them are plain."""
        kinds = set(map(type, values))
        if kinds <= _PLAIN or (kinds == {int} and min(values) > -_BIG and max(values) < _BIG):
            return list(values)
        return [self.encode(value) for value in values]

    def decode(self, word: Any) -> Any:
        """The value of what ``encode`` gave on the other side.

        Raises:
            Broken: The other side gave something else.
        """
        if type(word) is not list:
            if type(word) is dict:
                raise Broken
            return word
        try:
            decoder = self._decoders.get(word[0])
            return decoder(word) if decoder is not None else self._objects.decode_object(word)
        except (TypeError, ValueError, IndexError, KeyError, AttributeError, ArithmeticError) as e:
            raise Broken from e

    def decode_all(self, words: Any) -> list[Any]:
        """Several."""
        if type(words) is not list:
            raise Broken
        kinds = set(map(type, cast("list[Any]", words)))
        if list not in kinds and dict not in kinds:
            return cast("list[Any]", words)
        return [self.decode(word) for word in cast("list[Any]", words)]

    # What is shared.

    def changes(self) -> tuple[list[Any], list[int]]:
        """What has changed in shared containers, and which are not shared any more.

        One that nobody here holds but this table is let go of: the other side then goes on with
        its own, and no change of it can be seen from here.
        """
        gone: list[int] = []
        changed: list[Any] = []
        for number in list(self._containers):
            container = self._containers[number]
            if not container.filling and sys.getrefcount(container.held) <= self._unheld:
                gone.append(number)
                self.forget(number)
        for number in list(self._containers):
            container = self._containers[number]
            if container.filling:
                continue
            now = _content(container.held)
            if not _same(container.seen, now):
                container.seen = now
                changed.append([number, self._encode_content(container.held, now)])
        return changed, gone

    def apply(self, changed: Any) -> None:
        """Takes the other side's changes over.

        Raises:
            Broken: They are of nothing that is shared.
        """
        try:
            for number, content in changed:
                self._fill(self._known(number), content)
        except (TypeError, ValueError, AttributeError) as error:
            raise Broken from error

    def forget(self, number: int) -> None:
        """Ends the sharing of a container."""
        container = self._containers.pop(number, None)
        if container is not None:
            self._numbers.pop(id(container.held), None)

    def settle(self) -> None:
        """What was encoded has been sent."""
        self._fresh.clear()

    def roll_back(self) -> None:
        """What was encoded could not be sent: the other side knows nothing of it."""
        for number in self._fresh:
            self.forget(number)
        self._fresh.clear()

    def _known(self, number: Any) -> _Container:
        container = self._containers.get(number)
        if container is None:
            raise Broken
        return container

    def _register(self, number: int, held: Any) -> _Container:
        if len(self._containers) >= _MOST_SHARED:
            raise Broken
        container = self._containers[number] = _Container(held)
        self._numbers[id(held)] = number
        return container

    def _encode_shared(self, held: Any) -> list[Any]:
        number = self._numbers.get(id(held))
        if number is not None:
            return ["&", number]
        number = self._next
        self._next += 2
        content = self._register(number, held).seen
        self._fresh.append(number)
        return [_SHARED[type(held)], number, self._encode_content(held, content)]

    def _encode_content(self, held: Any, content: list[Any]) -> Any:
        if type(held) is bytearray:
            return held.decode("latin-1")
        return self.encode_all(content)

    def _decode_new(self, word: list[Any]) -> Any:
        kind, number, content = word
        if type(number) is not int or number in self._containers:
            raise Broken
        held: Any = {"l": list, "d": dict, "s": set, "B": bytearray}[kind]()
        self._fill(self._register(number, held), content)
        return held

    def _fill(self, container: _Container, content: Any) -> None:
        """Puts content in; meanwhile the other side may be asked, and may let go of its own."""
        container.filling = True
        try:
            self._put_in(container.held, content)
            container.seen = _content(container.held)
        finally:
            container.filling = False

    def _put_in(self, held: Any, content: Any) -> None:
        if type(held) is bytearray:
            held[:] = content.encode("latin-1")
            return
        parts = self.decode_all(content)
        if type(held) is list:
            held[:] = parts
        elif type(held) is set:
            held.clear()
            held.update(parts)
        else:
            held.clear()
            held.update(_paired(parts))

    # Values of the library.

    def _pairs(self, mapping: Any) -> list[Any]:
        return [self.encode(part) for item in mapping.items() for part in item]

    def _encode_datetime(self, v: dt.datetime) -> list[Any]:
        parts = [v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond]
        return ["v", "datetime", [*parts, _offset(v.tzinfo), v.fold]]

    def _encode_time(self, v: dt.time) -> list[Any]:
        parts = [v.hour, v.minute, v.second, v.microsecond]
        return ["v", "time", [*parts, _offset(v.tzinfo), v.fold]]

    def _encode_defaultdict(self, v: Any) -> list[Any]:
        factory: Any = v.default_factory
        name = ""
        if isinstance(factory, type):
            name = f"{factory.__module__}.{factory.__qualname__}"
        return ["v", "default", [name if name in NAMED else "", *self._pairs(v)]]

    def _decode_value(self, word: list[Any]) -> Any:
        _, kind, parts = word
        if kind == "datetime":
            return dt.datetime(*parts[:7], tzinfo=_zone(parts[7]), fold=parts[8])
        if kind == "time":
            return dt.time(*parts[:4], tzinfo=_zone(parts[4]), fold=parts[5])
        if kind == "default":
            made: collections.defaultdict[Any, Any] = collections.defaultdict(NAMED.get(parts[0]))
            made.update(_paired(self.decode_all(parts[1:])))
            return made
        if kind == "deque":
            return collections.deque(self.decode_all(parts[1:]), maxlen=parts[0])
        return _MADE[kind](self.decode_all(parts))


_MADE: Final[dict[str, Callable[[list[Any]], Any]]] = {
    "date": lambda p: dt.date(*p),
    "delta": lambda p: dt.timedelta(*p),
    "decimal": lambda p: decimal.Decimal(*p),
    "fraction": lambda p: fractions.Fraction(*p),
    "path": lambda p: pathlib.PosixPath(_text(p)),
    "pure path": lambda p: pathlib.PurePosixPath(_text(p)),
    "uuid": lambda p: uuid.UUID(hex=p[0]),
    "generic": lambda p: types.GenericAlias(p[0], tuple(p[1:])),
    "union": lambda p: typing.Union[tuple(p)],  # noqa: UP007 - of as many as there are
    "sentinel": lambda p: _SENTINELS[p[0]],
    "counter": lambda p: collections.Counter(_paired(p)),
    "ordered": lambda p: collections.OrderedDict(_paired(p)),
    "keys": lambda p: dict.fromkeys(p).keys(),
    "values": lambda p: dict(enumerate(p)).values(),
    "items": lambda p: _paired(p).items(),
}


def _text(parts: list[Any]) -> str:
    if len(parts) != 1 or type(parts[0]) is not str:
        raise Broken
    return parts[0]


def _paired(parts: list[Any]) -> dict[Any, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _encode_sentinel(value: Any) -> list[Any]:
    return ["v", "sentinel", [name for name, each in _SENTINELS.items() if each is value]]


def _encode_int(value: int) -> Any:
    return value if -_BIG < value < _BIG else ["i", hex(value)]


def _offset(zone: dt.tzinfo | None) -> float | None:
    offset = zone.utcoffset(None) if zone is not None else None
    return None if offset is None else offset.total_seconds()


def _zone(offset: float | None) -> dt.timezone | None:
    return None if offset is None else dt.timezone(dt.timedelta(seconds=offset))
