"""The fixtures that pytest brings along, as far as there is something behind them here."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import asyncio
import doctest
import importlib
import io
import os
import pathlib
import re
import runpy
import sys
import unittest
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, Final, NamedTuple

from assistant.sandbox.guest.files import ROOT
from assistant.sandbox.guest.fixtures import MODULE, Fixture
from assistant.sandbox.guest.marks import Trouble
from assistant.sandbox.guest.mirrors import MirrorMeta
from assistant.sandbox.guest.warned import recwarn

_Nothing: Final = object()
_NOT_THERE: Final = ("tmpdir", "tmpdir_factory", "caplog")
_NO_NAME: Final = re.compile(r"\W+")
_LONGEST_NAME: Final = 30


class CaptureResult(NamedTuple):
    """What was printed."""

    out: str
    err: str


class CaptureFixture:
    """``capsys``: what the program and the test have printed since it was read last."""

    def __init__(self) -> None:
        self._out = io.StringIO()
        self._err = io.StringIO()

    def __class_getitem__(cls, _: Any) -> type:
        """It is named with a type in annotations."""
        return cls

    def readouterr(self) -> CaptureResult:
        """Gives it, and forgets it."""
        told = CaptureResult(self._out.getvalue(), self._err.getvalue())
        for stream in (self._out, self._err):
            stream.seek(0)
            stream.truncate()
        return told

    @contextmanager
    def disabled(self) -> Generator[None]:
        """What is printed meanwhile is not kept."""
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield

    @contextmanager
    def listening(self) -> Generator["CaptureFixture"]:
        """Keeps what is printed."""
        with redirect_stdout(self._out), redirect_stderr(self._err):
            yield self


class MonkeyPatch:
    """``monkeypatch``: puts things in others' places, and takes all of it back."""

    def __init__(self) -> None:
        self._back: list[Callable[[], Any]] = []

    @classmethod
    @contextmanager
    def context(cls) -> Generator["MonkeyPatch"]:
        """One that takes all back at the end of a ``with``."""
        made = cls()
        try:
            yield made
        finally:
            made.undo()

    def setattr(
        self,
        target: Any,
        name: Any,
        value: Any = _Nothing,
        raising: bool = True,  # noqa: FBT001, FBT002 - pytest's
    ) -> None:
        """Sets an attribute; ``setattr("module.name", value)`` finds the place by its name."""
        if isinstance(target, str):
            value, (target, name) = name, _place(target)
        elif value is _Nothing:
            raise TypeError("setattr(target, name, value) or setattr('module.name', value)")
        before = _attribute(target, name)
        if before is _Nothing and raising:
            raise AttributeError(f"{target!r} has no attribute {name!r}")
        self._keep_attribute(target, name, before)
        setattr(target, name, value)

    def delattr(self, target: Any, name: Any = _Nothing, raising: bool = True) -> None:  # noqa: FBT001, FBT002 - pytest's
        """Deletes an attribute."""
        if isinstance(target, str) and name is _Nothing:
            target, name = _place(target)
        before = _attribute(target, name)
        if before is _Nothing:
            if raising:
                raise AttributeError(name)
            return
        self._keep_attribute(target, name, before)
        delattr(target, name)

    def setitem(self, mapping: Any, key: Any, value: Any) -> None:
        """Sets an item."""
        self._keep_item(mapping, key)
        mapping[key] = value

    def delitem(self, mapping: Any, key: Any, raising: bool = True) -> None:  # noqa: FBT001, FBT002 - pytest's
        """Deletes an item."""
        if key not in mapping:
            if raising:
                raise KeyError(key)
            return
        self._keep_item(mapping, key)
        del mapping[key]

    def setenv(self, name: str, value: Any, prepend: str | None = None) -> None:
        """Sets a variable of the environment, for the program as well."""
        if prepend and name in os.environ:
            value = f"{value}{prepend}{os.environ[name]}"
        self.setitem(os.environ, name, str(value))

    def delenv(self, name: str, raising: bool = True) -> None:  # noqa: FBT001, FBT002 - pytest's
        """Deletes one."""
        self.delitem(os.environ, name, raising=raising)

    def chdir(self, path: Any) -> None:
        """Goes into a folder."""
        before = pathlib.Path.cwd()
        os.chdir(path)
        self._back.append(lambda: os.chdir(before))

    def syspath_prepend(self, path: Any) -> None:
        """Adds a folder in which modules are looked for."""
        sys.path.insert(0, str(path))
        self._back.append(lambda: sys.path.remove(str(path)))

    def undo(self) -> None:
        """Takes all of it back, the last first."""
        while self._back:
            self._back.pop()()

    def _keep_attribute(self, target: Any, name: str, before: Any) -> None:
        if before is _Nothing:
            self._back.append(lambda: delattr(target, name))
        else:
            self._back.append(lambda: setattr(target, name, before))

    def _keep_item(self, mapping: Any, key: Any) -> None:
        if key in mapping:
            before = mapping[key]
            self._back.append(lambda: mapping.__setitem__(key, before))
        else:
            self._back.append(lambda: mapping.__delitem__(key))


def _attribute(target: Any, name: str) -> Any:
    """What stands there itself: of a class not what a static method unwraps to."""
    if isinstance(target, type) and not isinstance(target, MirrorMeta) and name in vars(target):
        return vars(target)[name]
    return getattr(target, name, _Nothing)


def _place(path: str) -> tuple[Any, str]:
    """Where ``module.part.name`` is set."""
    where, _, name = path.rpartition(".")
    if not where:
        raise TypeError(f"{path!r} names no attribute of a module")
    parts = where.split(".")
    found: Any = importlib.import_module(parts[0])
    for number, part in enumerate(parts[1:], 2):
        if not hasattr(found, part):
            importlib.import_module(".".join(parts[:number]))
        found = getattr(found, part)
    return found, name


def _capsys() -> Iterator[CaptureFixture]:
    with CaptureFixture().listening() as capture:
        yield capture


def _monkeypatch() -> Iterator[MonkeyPatch]:
    with MonkeyPatch.context() as patch:
        yield patch


class TempPathFactory:
    """``tmp_path_factory``: new folders, which lie in memory and are gone with the run."""

    def getbasetemp(self) -> pathlib.Path:
        """The folder in which they lie."""
        base = pathlib.Path(ROOT, "pytest")
        base.mkdir(exist_ok=True)
        return base

    def mktemp(self, basename: str, numbered: bool = True) -> pathlib.Path:  # noqa: FBT001, FBT002 - pytest's
        """A new one."""
        if not numbered:
            made = self.getbasetemp() / basename
            made.mkdir()
            return made
        number = 0
        while (made := self.getbasetemp() / f"{basename}{number}").exists():
            number += 1
        made.mkdir()
        return made


def _tmp_path(request: Any) -> pathlib.Path:
    name = _NO_NAME.sub("_", str(request.node.name))[:_LONGEST_NAME]
    return TempPathFactory().mktemp(name)


def _tmp_path_factory() -> TempPathFactory:
    return TempPathFactory()


def _refusing(name: str) -> Callable[[], Any]:
    def refuse() -> Any:
        instead = "; “tmp_path” is" if name.startswith("tmp") else ""
        raise Trouble(f"This test asks for “{name}”, which is not there{instead}.")

    return refuse


def refuse_what_is_not_there() -> None:
    """Has tests say so that ask for what would find nothing here, and so pass or fail for nothing.

    A program's docstrings, logs and asynchronous functions lie in the other instance; no line of
    it may be run in this one.
    """

    def refusing(what: str) -> Callable[..., Any]:
        def refuse(*_: Any, **__: Any) -> Any:
            raise Trouble(f"This test asks for {what}, which cannot be run here.")

        return refuse

    for place, name, what in (
        (doctest.DocTestFinder, "find", "doctests"),
        (doctest, "testfile", "doctests"),
        (asyncio.Runner, "__init__", "an asynchronous function"),
        (unittest.TestCase, "assertLogs", "what is logged"),
        (unittest.TestCase, "assertNoLogs", "what is logged"),
        (runpy, "run_path", "a program run by runpy"),
        (runpy, "run_module", "a program run by runpy"),
    ):
        setattr(place, name, refusing(what))


def given_fixtures() -> list[Fixture]:
    """What every test may ask for."""
    made = [
        Fixture("capsys", _capsys, own=False),
        Fixture("capfd", _capsys, own=False),
        Fixture("monkeypatch", _monkeypatch, own=False),
    ]
    made += [
        Fixture("tmp_path", _tmp_path, own=False),
        Fixture("tmp_path_factory", _tmp_path_factory, MODULE, own=False),
        Fixture("recwarn", recwarn, own=False),
    ]
    return made + [Fixture(name, _refusing(name), own=False) for name in _NOT_THERE]


def hear(text: str, *, as_error: bool) -> None:
    """Takes what the program printed to where the tests look."""
    (sys.stderr if as_error else sys.stdout).write(text)
