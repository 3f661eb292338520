"""The side of the tests: collects them, runs each, and tells what became of it.

No line of the learner's program runs in this instance.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import ast
import io
import linecache
import sys
import types
import unittest
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict
from typing import Any, Final

from assistant.sandbox.guest import asserting, pytest_words, warned
from assistant.sandbox.guest.collecting import Case, Collector, check
from assistant.sandbox.guest.files import ROOT, Shelf
from assistant.sandbox.guest.filing import Filing
from assistant.sandbox.guest.given import hear, refuse_what_is_not_there
from assistant.sandbox.guest.guarded import (
    TESTS,
    ProgramImport,
    TestsPeer,
    follow_environment,
    follow_input,
    watch_library,
)
from assistant.sandbox.guest.kinds import follow_enumerations
from assistant.sandbox.guest.marks import Trouble
from assistant.sandbox.guest.mirrors import Mirror
from assistant.sandbox.guest.naming import names_of
from assistant.sandbox.guest.peer import Talk
from assistant.sandbox.guest.running import Say, begin, failure

_FILE: Final = "tests.py"
_PROGRAMS: Final = f"{ROOT}/.programs"
_ENDED: Final = "The program ended while it was being tested."
_NOT_THERE: Final = "This test asks for files, the network or processes, which are not there"


def run_tests(order: dict[str, Any], say: Say, talk: Talk) -> dict[str, Any]:
    """Runs the tests against the program at the other end.

    Args:
        order: ``source`` of the tests, the text of the ``program`` that they may look at, and the
            name of the learner's ``module``; ``first`` where some have been run already.
        say: Receives ``{"named": [names]}`` with the tests as they stand in the source, then
            ``{"plan": [names]}`` with those that are run, ``{"begun": number}`` before each and
            ``{"case": {...}}`` as soon as it has been.
        talk: Hands a message to the program.

    Returns:
        ``error``: why no test could be run, or None.
    """
    begin("")
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    peer = TestsPeer(talk)
    peer.may_stop = "StopIteration" in order["source"]
    peer.hear = hear
    follow_input(peer)
    asserting.watch_assertions()
    sys.modules["pytest"] = pytest_words.new_pytest()
    peer.shelf = Shelf()
    _tell_of_program(peer, order["module"], order["program"])
    shelf = peer.shelf
    Filing(lambda what, *words: shelf.do(what, list(words))).install()
    refuse_what_is_not_there()
    warned.listen()
    tests = types.ModuleType(TESTS)
    sys.modules[TESTS] = tests
    linecache.cache[_FILE] = (1, None, order["source"].splitlines(keepends=True), _FILE)
    try:
        say({"named": names_of(ast.parse(order["source"], _FILE))})
        code = asserting.compiled(order["source"], _FILE)
        ProgramImport(order["module"], peer).install()
        watch_library(peer)
        follow_environment(peer)
        vars(tests).update(asserting.NAMESPACE)
        exec(code, vars(tests))  # noqa: S102 - what this component is for
        collector = Collector(tests)
        cases = list(collector.cases())
    except BaseException as error:  # noqa: BLE001 - told to whoever asked
        return {"error": failure(error, _FILE), "gone": peer.broken}
    say({"plan": [case.name for case in cases]})
    first = order.get("first", 0)
    run = _Run(collector, peer, order)
    for number, case in enumerate(cases[first:], start=first):
        say({"begun": number})
        told = run.outcome(case, cases[number + 1] if number + 1 < len(cases) else None)
        if told is not None:
            say({"case": told})
    return {"error": None}


def _tell_of_program(peer: TestsPeer, module: str, source: str) -> None:
    """Has tests find the program's source, which they look for by the file's name."""
    if module != TESTS:
        peer.module = module
    peer.file = f"{_PROGRAMS}/{module}.py"
    peer.shelf.pin(peer.file, source.encode("utf-8", "replace"))
    lines = source.splitlines(keepends=True)
    linecache.cache[peer.file] = (len(source), None, lines, peer.file)
    follow_enumerations()


class _Run:
    """Runs one test after the other.

    Args:
        collector: Found them.
        peer: The tests' end of the conversation.
        order: See ``run_tests``.
    """

    def __init__(self, collector: Collector, peer: TestsPeer, order: dict[str, Any]) -> None:
        self._fixtures = collector.fixtures
        self._peer = peer
        self._order = order

    def outcome(self, case: Case, following: Case | None) -> dict[str, Any] | None:
        """What became of a test; None where it was left out."""
        told: dict[str, Any] = {"name": case.name, "passed": False}
        try:
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                if not self._peer.broken:
                    self._do(case, following)
                    told |= _against_the_mark(case)
        except (unittest.SkipTest, pytest_words.Skipped):
            return None
        except pytest_words.Expected:
            told["passed"] = True
        except Trouble as trouble:
            told["message"] = str(trouble)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
            if not self._peer.broken:
                told |= self._failed(case, error)
        if self._peer.broken:  # a test may have swallowed the end of the program
            told |= {"passed": False, "message": _ENDED, "gone": True}
        return told

    def _do(self, case: Case, following: Case | None) -> None:
        after = following.place if following is not None else None
        try:
            check(case)
            case.run()
        except BaseException:
            with suppress(BaseException):  # what went wrong first is told
                self._fixtures.leave(case.place, after)
            raise
        self._fixtures.leave(case.place, after)

    def _failed(self, case: Case, error: BaseException) -> dict[str, Any]:
        if _was_expected(case, error):
            return {"passed": True}
        if isinstance(error, OSError) and error.errno is not None and _of_tests(error):
            return {"message": f"{_NOT_THERE}: {error}"}
        found = self._explained(error)
        return asdict(found) | {"memory": isinstance(error, MemoryError)}

    def _explained(self, error: BaseException) -> asserting.Told:
        try:
            return asserting.explain(error, self._order["source"], _FILE, self._order["module"])
        except Exception:  # noqa: BLE001 - words of an explanation are no reason to lose the result
            return asserting.Told(type(error).__name__)


def _against_the_mark(case: Case) -> dict[str, Any]:
    """What is told of a test that came to its end."""
    mark = case.expected
    if mark is not None and mark.kwargs.get("strict"):
        return {"message": "It passed, and was expected to fail."}
    return {"passed": True}


def _was_expected(case: Case, error: BaseException) -> bool:
    mark = case.expected
    if mark is None or isinstance(error, MemoryError):
        return False
    kinds = mark.kwargs.get("raises")
    return kinds is None or isinstance(error, kinds)


def _of_tests(error: BaseException) -> bool:
    """Whether an error was raised on this side of the wire."""
    return not isinstance(error, Mirror) and "_lamplight_handle" not in vars(error)
