"""The tests' end of the conversation: what a program may do with what the tests hand it.

It may call functions that it was given, use objects of the tests' own classes by their public names
and go through what can be gone through. Everything else is refused: no module, frame or code of the
tests is handed over, and nothing that was not handed over can be spoken of.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import builtins
import functools
import importlib.abc
import importlib.machinery
import io
import os
import re
import sys
import types
import unittest
import unittest.mock
from collections.abc import Callable
from typing import Any, Final

from assistant.sandbox.guest import warned
from assistant.sandbox.guest.files import Shelf
from assistant.sandbox.guest.marks import Trouble
from assistant.sandbox.guest.mirrors import Mirror, named
from assistant.sandbox.guest.peer import Peer, Talk
from assistant.sandbox.guest.pytest_words import Expected, Skipped
from assistant.sandbox.guest.values import Broken

TESTS: Final = "tests"
"""Name of the module that the tests are run as."""

_NEVER: Final = (
    types.ModuleType,
    types.FrameType,
    types.CodeType,
    types.TracebackType,
    unittest.TestCase,
    unittest.TestSuite,
    unittest.TestResult,
    Peer,
)
_CALLED: Final = (
    types.FunctionType,
    types.MethodType,
    types.BuiltinFunctionType,
    functools.partial,
)
_OPEN: Final = (io.StringIO, io.BytesIO, re.Pattern, re.Match)
_OF_MOCKS: Final = frozenset(dir(unittest.mock.NonCallableMock()))
"""How tests ask a mock what was done with it, and how its answers are changed."""
_OF_GENERATORS: Final = frozenset({"send", "close", "throw"})
_OF_IMPORT: Final = frozenset({"__loader__", "__package__", "__spec__"})
_WATCHED: Final[dict[str, frozenset[str] | None]] = {
    "random": None,
    "time": None,
    "secrets": None,
    "builtins": frozenset({"print", "input", "open"}),
    "sys": frozenset({"argv"}),
}
"""Modules and what of them is followed over there; None for all."""
_OF_TESTS_ALONE: Final = (unittest.SkipTest, Skipped, Expected, Trouble)


class TestsPeer(Peer):
    """Refuses all but little to the program."""

    __test__ = False

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk, 0, self._serve_program)
        self.type_in: Callable[[str], str] = lambda _prompt: ""
        self.shelf = Shelf()
        self.may_stop = False
        """Whether the tests know that a function may raise ``StopIteration``."""

    def _serve_program(self, what: str, words: list[Any]) -> Any:
        if what == "input" and not words:
            return self.type_in("")
        if what == "file" and words and type(words[0]) is str:
            return self.shelf.do(words[0], words[1:])
        if what == "warn" and len(words) == 1:
            return warned.hear(words[0], "program")
        raise TypeError("a program may not ask for that")

    def ask(self, *words: Any) -> Any:
        """See ``Peer``; a function cannot end a loop of the tests that goes through its results."""
        try:
            return super().ask(*words)
        except _OF_TESTS_ALONE as error:
            # A program that was handed one by a test could keep it, and end another test with it.
            raise AssertionError("the program raised what only a test may raise") from error
        except StopIteration as error:
            if words[0] != "call" or self.may_stop:
                raise
            raise RuntimeError("the function raised StopIteration") from error

    def allow_export(self, value: Any) -> None:
        """See ``Peer``."""
        if isinstance(value, _NEVER):
            raise TypeError(f"a test cannot hand over a {type(value).__name__}")

    def permit(self, what: str, words: list[Any]) -> None:
        """See ``Peer``."""
        target = words[0]
        if self.is_exported(target) and _PERMITS.get(what, _no)(target, *words[1:]):
            return
        refused = "a program may not do that with what belongs to its tests"
        # What it may not look at is as if it were not there: functools.wraps looks at much.
        raise AttributeError(refused) if what == "get" else TypeError(refused)

    def name_of(self, value: Any) -> tuple[str, str] | None:
        """Functions of the library are the program's own: the tests' would be run here."""
        module = getattr(value, "__module__", None) or getattr(
            getattr(value, "__self__", None), "__name__", None
        )
        name = getattr(value, "__qualname__", None)
        if isinstance(value, (types.MethodDescriptorType, types.WrapperDescriptorType)):
            module = value.__objclass__.__module__
        elif not isinstance(value, (types.FunctionType, types.BuiltinFunctionType)):
            return None
        if not isinstance(module, str) or not isinstance(name, str):
            return None
        found: Any = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        known = found is value and module.partition(".")[0] in sys.stdlib_module_names
        return (module, name) if known and not module.startswith("unittest") else None


def _no(*_: Any) -> bool:
    return False


def _is_tests_own(target: Any) -> bool:
    return type(target).__module__ == TESTS or isinstance(target, unittest.mock.NonCallableMock)


def _may_get(target: Any, name: Any) -> bool:
    if type(name) is not str or isinstance(target, type):
        return False
    if name in {"__name__", "__doc__", "__qualname__"}:
        return isinstance(target, _CALLED)
    if name.startswith("_"):
        return False
    if isinstance(target, types.GeneratorType):
        allowed = name in _OF_GENERATORS
    elif isinstance(target, unittest.mock.NonCallableMock):
        allowed = name not in _OF_MOCKS
    else:
        allowed = type(target).__module__ == TESTS or isinstance(target, _OPEN)
    return allowed


def _may_set(target: Any, name: Any, *_: Any) -> bool:
    own = type(target).__module__ == TESTS and not isinstance(target, type)
    return own and type(name) is str and not name.startswith("_")


def _may_call(target: Any, *_: Any) -> bool:
    if isinstance(target, type):
        return target.__module__ == TESTS
    return isinstance(target, _CALLED) or _is_tests_own(target)


def _may_operate(target: Any, *_: Any) -> bool:
    return not isinstance(target, (type, *_CALLED))


_PERMITS: Final[dict[str, Callable[..., bool]]] = {
    "get": _may_get,
    "set": _may_set,
    "del": _may_set,
    "call": _may_call,
    "op": _may_operate,
    "plain": _may_operate,
}


class ProgramModule(types.ModuleType):
    """The learner's module, as the tests import it."""

    def __getattr__(self, name: str) -> Any:
        """Something that the program defines."""
        if name == "__all__":
            return vars(self)["_lamplight_peer"].ask("names")
        if name in {"__path__", "__wrapped__"}:
            raise AttributeError(name)
        if name == "__file__":
            return vars(self)["_lamplight_peer"].file
        return named(getattr(vars(self)["_lamplight_module"], name), name)

    def __dir__(self) -> list[str]:
        """The names that the program defines."""
        return dir(vars(self)["_lamplight_module"])

    def __setattr__(self, name: str, value: Any) -> None:
        """Puts something else in its place over there."""
        if name in _OF_IMPORT:
            super().__setattr__(name, value)
        else:
            setattr(vars(self)["_lamplight_module"], name, value)

    def __delattr__(self, name: str) -> None:
        """Takes it away over there."""
        delattr(vars(self)["_lamplight_module"], name)


class ProgramImport(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has the program run where the tests import it, so that they hear what it says then.

    Args:
        name: The learner's module.
        peer: The tests' end.
    """

    def __init__(self, name: str, peer: Peer) -> None:
        self._name = name
        self._peer = peer

    def install(self) -> None:
        """Comes before all that is imported otherwise."""
        sys.modules.pop(self._name, None)
        sys.meta_path.insert(0, self)

    def find_spec(self, fullname: str, path: object, target: object = None, /) -> Any:
        """The learner's module, and nothing else."""
        del path, target
        found = fullname == self._name
        return importlib.machinery.ModuleSpec(fullname, self) if found else None

    def create_module(self, spec: Any) -> types.ModuleType:
        """One that knows nothing yet."""
        return ProgramModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Has the program run."""
        mirror = self._peer.ask("module")
        if not isinstance(mirror, Mirror):
            self._peer.broken = True
            raise Broken
        words = {"__doc__": mirror.__doc__}
        vars(module).update(words, _lamplight_peer=self._peer, _lamplight_module=mirror)


def watch_library(peer: Peer) -> None:
    """Has the program's own library follow what tests do to theirs.

    That is ``random.seed`` and putting something in a function's place, as ``mock.patch`` does.
    """

    class Watched(types.ModuleType):
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value)
            # A frozen module that is imported later is made by the class of sys, which is this one.
            followed = _WATCHED.get(self.__name__, frozenset())
            if followed is not None and name not in followed:
                return
            if value is originals[self.__name__].get(name):
                peer.ask("mend", self.__name__, name)
            else:
                peer.ask("patch", self.__name__, name, value)

    originals: dict[str, dict[str, Any]] = {}
    for name in _WATCHED:
        module = sys.modules[name]
        if name == "random":
            _follow_seed(module, peer)
        originals[name] = dict(vars(module))
        module.__class__ = Watched


def _follow_seed(module: Any, peer: Peer) -> None:
    own = module.seed

    def seed(a: Any = None, version: int = 2) -> None:
        own(a, version)
        peer.ask("seed", a)

    module.seed = seed


def follow_input(peer: TestsPeer) -> None:
    """Has the program read what the tests type, or what they put in the place of ``input``."""
    own = builtins.input

    def type_in(prompt: str) -> str:
        if builtins.input is not own:
            return f"{builtins.input(prompt)}\n"
        return sys.stdin.readline()

    peer.type_in = type_in


def follow_environment(peer: Peer) -> None:
    """Has the program's environment follow what tests put into theirs; both begin empty."""
    environment: Any = type(os.environ)
    put, take = environment.__setitem__, environment.__delitem__

    def set_here_and_there(self: Any, name: str, value: str) -> None:
        put(self, name, value)
        peer.ask("environment", name, value)

    def take_here_and_there(self: Any, name: str) -> None:
        take(self, name)
        peer.ask("environment", name, None)

    environment.__setitem__, environment.__delitem__ = set_here_and_there, take_here_and_there
