"""One side of the conversation between a program and its tests; each runs while the other waits."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import builtins
import contextlib
import copy
import itertools
import json
import sys
import types
import unittest.mock
import weakref
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from assistant.sandbox.guest import mirrors
from assistant.sandbox.guest.kinds import kind_of, space_of
from assistant.sandbox.guest.mirrors import Mirror, MirrorMeta
from assistant.sandbox.guest.values import NAMED, Broken, Values

Talk = Callable[[str], str]
Serve = Callable[[str, list[Any]], Any]


class Hear(Protocol):
    """Takes a piece of what was printed."""

    def __call__(self, text: str, *, as_error: bool) -> None:
        """Takes it."""
        ...


_ROOTS: Final = frozenset({object, *mirrors.DATA, type})
_UNTOLD: Final = frozenset({"unittest", "pytest", "_pytest", "assistant", "builtins", "__main__"})


class Peer:
    """Speaks for the objects of this side and keeps mirrors of the other's.

    Args:
        talk: Hands a message over and waits for the answer.
        side: 0 for the tests, 1 for the program.
        serve: Does what the other side asks for, beyond this class's own operations.
    """

    def __init__(self, talk: Talk, side: int, serve: Serve | None = None) -> None:
        self._talk = talk
        self._serve = serve
        self.strict = side == 0
        self.module = "program"
        """What mirrored classes say that they come from."""
        self.file = ""
        """What mirrored functions say that they come from."""
        self.values = Values(side, self)
        self.said: list[tuple[str, bool]] = []
        """What was printed here since the last message, and whether as an error."""
        self.hear: Hear = _unheard
        """Takes what was printed over there."""
        self.flush: Callable[[], None] = lambda: None
        """Called before each message, so that ``said`` is complete."""
        self.broken = False
        self._next = 1
        self._exported: dict[int, Any] = {}
        self._handles: dict[int, int] = {}
        self._mirrors: dict[int, Any] = {}
        self._classes: dict[int, type] = {}
        self._released: list[int] = []
        self._decoders: dict[str, Callable[[list[Any]], Any]] = {
            "p": self._decode_own,
            "n": lambda word: named_class(word[1], word[2]),
            "g": lambda word: self.find_function(word[1], word[2]),
            "k": self._decode_class,
            "o": self._decode_instance,
            "x": self._decode_instance,
        }

    # The conversation.

    def ask(self, *words: Any) -> Any:
        """Has the other side do something, and does meanwhile what it asks for.

        Raises:
            BaseException: What was raised over there.
            Broken: The other side is gone, or does not keep to the protocol.
        """
        kind, body = self._say("ask", words)
        while True:
            if kind == "give":
                return body
            if kind == "raise":
                if not isinstance(body, BaseException):
                    self._break()
                raise body
            kind, body = self._answer(body)

    def attend(self) -> None:
        """Does what the other side asks for, for ever."""
        kind, body = self._say("give", None)
        while True:
            if kind != "ask":
                self._break()
            kind, body = self._answer(body)

    def _answer(self, words: Any) -> tuple[str, Any]:
        try:
            given = self._do(words)
        except Broken:
            raise
        except BaseException as error:  # noqa: BLE001 - it is for the other side
            return self._say("raise", error)
        return self._say("give", given)

    def _say(self, kind: str, body: Any) -> tuple[str, Any]:
        if self.broken:
            raise Broken
        answer = self._talk(self._written(kind, body))
        try:
            kind, word, effects = json.loads(answer)
            changed, gone, released, said = effects or ([], [], [], [])
            self.values.apply(changed)
            for number in gone:
                self.values.forget(number)
            for handle in released:
                self._let_go(handle)
            for text, as_error in said:
                self.hear(str(text), as_error=as_error is True)
            return str(kind), self.values.decode(word)
        except (ValueError, TypeError, RecursionError, Broken) as error:
            self.broken = True
            raise Broken from error

    def _written(self, kind: str, body: Any) -> str:
        """A message; an error that a body cannot be handed over is told in its place."""
        self.flush()
        try:
            changed, gone = self.values.changes()
            word = self.values.encode(body)
        except Broken:
            raise
        except BaseException as error:
            self.values.roll_back()
            if kind == "ask" or isinstance(body, BaseException):
                raise
            return self._written("raise", TypeError(f"it cannot be handed over: {error}"))
        self.values.settle()
        effects: list[Any] = [changed, gone, self._released, _in_lumps(self.said)]
        if not any(effects):
            effects = []
        text = json.dumps([kind, word, effects])
        self._released = []
        self.said.clear()
        return text

    def _break(self) -> Any:
        self.broken = True
        raise Broken

    # What the other side may ask for.

    def _do(self, words: Any) -> Any:
        if type(words) is not tuple or not words:
            self._break()
        what, *rest = cast("tuple[Any, ...]", words)
        work = _WORK.get(what)
        if work is None:
            if self._serve is None:
                self._break()
            return cast("Serve", self._serve)(what, rest)
        self.permit(what, rest)
        return work(*rest)

    def permit(self, what: str, words: list[Any]) -> None:
        """Refuses what the other side must not do; here nothing is refused."""

    # Objects.

    def encode_object(self, value: Any) -> list[Any]:
        """See ``Objects``."""
        if isinstance(value, Mirror):
            return ["p", mirrors.handle_of(value)]
        if isinstance(value, type):
            return self._encode_class(value)
        by_name = self.name_of(value)
        if by_name is not None:
            return ["g", *by_name]
        if isinstance(value, BaseException):
            return self._encode_error(value)
        cls = self._encode_class(type(value), whole=True)
        held = next((base for base in type(value).__mro__ if base in mirrors.DATA), None)
        content = None if held is None else self.values.encode(_content(held, value))
        return ["o", self._export(value), cls, content]

    def _encode_error(self, error: BaseException) -> list[Any]:
        known = vars(error).get("_lamplight_handle")
        if known is not None:
            return ["p", known]
        cls = self._encode_class(type(error))
        return ["x", self._export(error), cls, self.values.encode(error.args), _line(error)]

    def decode_object(self, word: list[Any]) -> Any:
        """See ``Objects``.

        Raises:
            Broken: The other side speaks of what was never handed to it.
        """
        return self._decoders[word[0]](word)

    def _decode_own(self, word: list[Any]) -> Any:
        """What was handed over before and came home."""
        if word[1] not in self._exported:
            raise Broken
        return self._exported[word[1]]

    def _decode_instance(self, word: list[Any]) -> Any:
        handle = word[1]
        cls, content = self.values.decode(word[2]), self.values.decode(word[3])
        found = self._mirrors.get(handle)
        if isinstance(found, weakref.ref):
            found = cast("weakref.ref[Any]", found)()
        if found is not None:
            return found
        if handle in self._released:
            self._released.remove(handle)
        if not isinstance(cls, type):
            raise Broken
        if word[0] == "x":
            made = _new_error(cls, handle, content, word[4])
        elif isinstance(cls, MirrorMeta):
            made = mirrors.new_mirror(cls, handle, content)
        else:
            raise Broken
        self._keep(handle, made)
        return made

    def _keep(self, handle: int, made: Any) -> None:
        try:
            self._mirrors[handle] = weakref.ref(made, lambda _: self._lost(handle))
        except TypeError:  # a tuple or a number, of which there are no weak references
            self._mirrors[handle] = made

    def _lost(self, handle: int) -> None:
        self._mirrors.pop(handle, None)
        self._released.append(handle)

    def _let_go(self, handle: Any) -> None:
        held = self._exported.get(handle)
        if held is not None and not isinstance(held, type):
            del self._exported[handle]
            self._handles.pop(id(held), None)

    def _export(self, value: Any) -> int:
        handle = self._handles.get(id(value))
        if handle is None:
            self.allow_export(value)
            handle, self._next = self._next, self._next + 1
            self._handles[id(value)] = handle
            self._exported[handle] = value
        return handle

    def allow_export(self, value: Any) -> None:
        """Refuses what must not be handed over; here nothing is refused."""

    def name_of(self, value: Any) -> tuple[str, str] | None:  # noqa: ARG002 - nothing is named here
        """Module and name of a function that the other side shall take its own for."""
        return None

    def find_function(self, module: str, name: str) -> Any:  # noqa: ARG002 - nothing is named here
        """The function of that name here.

        Raises:
            Broken: The other side may not name functions; here it may not.
        """
        raise Broken

    def is_exported(self, value: Any) -> bool:
        """Whether the other side was handed this very object."""
        handle = self._handles.get(id(value))
        return handle is not None and self._exported.get(handle) is value

    def _encode_class(self, cls: type, *, whole: bool = False) -> list[Any]:
        """A class; ``whole`` where the other side has to make a mirror of an instance of it."""
        if isinstance(cls, MirrorMeta):
            return ["p", mirrors.class_handle(cls)]
        module, name = cls.__module__, cls.__qualname__
        if not whole and named_class(module, name, strict=False) is cls:
            return ["n", module, name]
        known = id(cls) in self._handles
        handle = self._export(cls)
        if known:
            return ["k", handle]
        bases = [self._encode_class(base) for base in cls.__bases__ if base is not object]
        return ["k", handle, cls.__name__, bases, _operations(cls), self._told_of(cls)]

    def _told_of(self, cls: type) -> list[Any]:
        """The kind of a class, and where it begins, which the tests keep to themselves."""
        line = None if self.strict else space_of(cls).get("__firstlineno__")
        return [kind_of(cls), line]

    def _decode_class(self, word: list[Any]) -> type:
        handle = word[1]
        known = self._classes.get(handle)
        if known is not None:
            return known
        _, _, name, told, operations, known = word
        bases: list[type] = []
        for base in self.values.decode_all(told):
            usable = isinstance(base, MirrorMeta) or base in mirrors.DATA
            if usable or (isinstance(base, type) and issubclass(base, BaseException)):
                bases.append(cast("type", base))
        made = mirrors.new_class(self, handle, str(name), tuple(bases), operations, *known[:2])
        self._classes[handle] = made
        return made


def _unheard(text: str, *, as_error: bool) -> None:
    del text, as_error


def _in_lumps(said: list[tuple[str, bool]]) -> list[Any]:
    """What was printed, as few pieces as may be."""
    kinds = itertools.groupby(said, lambda piece: piece[1])
    return [["".join(text for text, _ in pieces), as_error] for as_error, pieces in kinds]


def _new_error(cls: type, handle: int, args: Any, line: Any) -> BaseException:
    """Stands for an exception, with the line of the program that it comes from."""
    if not issubclass(cls, BaseException) or type(args) is not tuple:
        raise Broken
    given = cast("tuple[Any, ...]", args)
    if isinstance(cls, MirrorMeta):
        made: BaseException = mirrors.new_mirror(cls, handle, given)
    else:
        made = cls.__new__(cls, *given)
        if cls.__module__ == "builtins":
            with contextlib.suppress(TypeError):
                cls.__init__(made, *given)  # SystemExit has its code of this
        made.args = given
        vars(made)["_lamplight_handle"] = handle
    if type(line) is int:
        object.__setattr__(made, "_lamplight_line", line)
    return made


def _operations(cls: type) -> list[str]:
    """The special methods that a class has beyond those of its plain bases."""
    found: list[str] = []
    for name in mirrors.OPERATIONS:
        for each in cls.__mro__:
            if name not in space_of(each):
                continue
            if name == "__hash__" and space_of(each)[name] is None:
                found.append(mirrors.UNHASHABLE)
            elif each not in _ROOTS and not _is_known_error(each):
                found.append(name)
            break
    return found


def _is_known_error(cls: type) -> bool:
    return (
        issubclass(cls, BaseException)
        and named_class(cls.__module__, cls.__qualname__, strict=False) is cls
    )


def _content(held: type, value: Any) -> Any:
    """The plain content of an instance of a class that derives from a plain one."""
    if held in (tuple, frozenset):
        return held(held.__iter__(value))  # pyright: ignore[reportAttributeAccessIssue] - they have
    if held is str:
        return str.__str__(value)
    return held(held.__add__(value, held()))  # pyright: ignore[reportAttributeAccessIssue] - so do these


def _line(error: BaseException) -> int | None:
    """The last line of the program that an error passed through."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(PROGRAM):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


PROGRAM: Final = ".program.py"
"""How the file names of a program that is graded end."""


def named_class(module: Any, name: Any, *, strict: bool = True) -> Any:
    """A class that both sides have: a plain one, or an exception of the library.

    Raises:
        Broken: There is none of that name, and ``strict`` asks for one.
    """
    found: Any = NAMED.get(f"{module}.{name}")
    if found is None and str(module).partition(".")[0] not in _UNTOLD:
        found = getattr(sys.modules.get(str(module)), str(name), None)
        if (
            not (isinstance(found, type) and issubclass(found, BaseException))
            or str(module).partition(".")[0] not in sys.stdlib_module_names
        ):
            found = None
    if found is None and strict:
        raise Broken
    return found


def _operate(value: Any, name: str, args: tuple[Any, ...]) -> Any:
    if name == "__iter__":
        return iter(value)
    if name == "__next__":
        return next(value)
    if name == "__bool__":
        return bool(value)
    if name == "__getitem__":
        return value[args[0]]  # also of a class
    if name not in mirrors.OPERATIONS:
        raise Broken
    if not isinstance(value, unittest.mock.NonCallableMock):
        args, value = (value, *args), type(value)  # a mock's class has none that takes it first
    return getattr(value, name)(*args)


def _plain(value: Any) -> Any:
    """The content of an instance of a class that derives from a container."""
    for held in mirrors.CONTAINERS:
        if isinstance(value, held):
            return held(value)
    # In a tuple, so that a dictionary is none.
    return (dict(vars(value)),) if isinstance(value, types.SimpleNamespace) else None


def _is_any_stranger(value: Any) -> bool:
    """Whether an object says that it is equal to one that it has never seen."""
    try:
        return bool(value == object())
    except Exception:  # noqa: BLE001 - it looked at what it was given, as an honest one may
        return False


def _get(value: Any, name: str) -> Any:
    found = getattr(value, name)
    if name == "__dict__" and isinstance(found, types.MappingProxyType):
        return dict(cast("Any", found))
    return found


_WORK: Final[dict[str, Callable[..., Any]]] = {
    "get": _get,
    "set": builtins.setattr,
    "del": builtins.delattr,
    "call": lambda f, args, kwargs: f(*args, **dict(kwargs)),
    "op": _operate,
    "plain": _plain,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "stranger": _is_any_stranger,
    "dir": dir,
}
