"""The side of the tests: collects them, runs each, and tells what became of it.

No line of the learner's program runs in this instance.
"""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import io
import itertools
import linecache
import sys
import types
import unittest
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from typing import Any, Final

from assistant.sandbox.guest import asserting, pytest_words
from assistant.sandbox.guest.guarded import (
    TESTS,
    ProgramImport,
    TestsPeer,
    follow_input,
    watch_library,
)
from assistant.sandbox.guest.peer import Talk
from assistant.sandbox.guest.running import Say, begin, failure

_FILE: Final = "tests.py"
_ENDED: Final = "The program ended while it was being tested."


@dataclass(slots=True)
class _Case:
    name: str
    run: Callable[[], None]


def run_tests(order: dict[str, Any], say: Say, talk: Talk) -> dict[str, Any]:
    """Runs the tests against the program at the other end.

    Args:
        order: ``source`` of the tests, and the name of the learner's ``module``.
        say: Receives ``{"case": {...}}`` for each test as soon as it has been run, and first
            ``{"plan": [names]}``.
        talk: Hands a message to the program.

    Returns:
        ``error``: why no test could be run, or None.
    """
    begin("")
    sys.stdout = sys.stderr = io.StringIO()
    peer = TestsPeer(talk)
    peer.may_stop = "StopIteration" in order["source"]
    peer.hear = lambda text: print(text, end="")  # noqa: T201 - to where the tests look
    follow_input(peer)
    asserting.watch_assertions()
    sys.modules["pytest"] = pytest_words.new_pytest()
    tests = types.ModuleType(TESTS)
    sys.modules[TESTS] = tests
    linecache.cache[_FILE] = (1, None, order["source"].splitlines(keepends=True), _FILE)
    try:
        code = asserting.compiled(order["source"], _FILE)
        ProgramImport(order["module"], peer).install()
        watch_library(peer)
        vars(tests).update(asserting.NAMESPACE)
        exec(code, vars(tests))  # noqa: S102 - what this component is for
        cases = list(_collected(tests))
    except BaseException as error:  # noqa: BLE001 - told to whoever asked
        return {"error": failure(error, _FILE), "gone": peer.broken}
    say({"plan": [case.name for case in cases]})
    for case in cases:
        told = _outcome(case, peer, order)
        if told is not None:
            say({"case": told})
    return {"error": None}


def _outcome(case: _Case, peer: TestsPeer, order: dict[str, Any]) -> dict[str, Any] | None:
    """What became of a test; None where it was left out."""
    told: dict[str, Any] = {"name": case.name, "passed": False}
    try:
        with redirect_stdout(io.StringIO()):
            if not peer.broken:
                case.run()
                told["passed"] = not peer.broken  # it may have swallowed the end of the program
    except (unittest.SkipTest, pytest_words.Skipped):
        return None
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
        if not peer.broken:
            found = _explained(error, order["source"], order["module"])
            told |= asdict(found) | {"memory": isinstance(error, MemoryError)}
    if peer.broken:
        told |= {"message": _ENDED, "gone": True}
    return told


def _explained(error: BaseException, source: str, module: str) -> asserting.Told:
    try:
        return asserting.explain(error, source, _FILE, module)
    except Exception:  # noqa: BLE001 - words of an explanation are no reason to lose the result
        return asserting.Told(type(error).__name__)


def _collected(tests: types.ModuleType) -> Iterator[_Case]:
    """All tests in the order in which they stand."""
    own = [value for value in vars(tests).values() if getattr(value, "__module__", "") == TESTS]
    classes = [each for each in own if isinstance(each, type)]
    suites = [each for each in classes if issubclass(each, unittest.TestCase)]
    loose = [each for each in classes if each.__name__.startswith("Test") and each not in suites]
    several = len(suites) + len(loose) > 1
    for cls in sorted(suites, key=_line_of_class):
        yield from _of_suite(cls, several=several)
    for cls in sorted(loose, key=_line_of_class):
        yield from _of_class(cls, several=several)
    for value in own:
        if isinstance(value, types.FunctionType) and value.__name__.startswith("test"):
            yield from _of_function(value, value.__name__, lambda function: function)


def _line_of_class(cls: type) -> int:
    return getattr(cls, "__firstlineno__", 0)


def _methods(cls: type) -> list[tuple[str, Any]]:
    found = {
        name: value
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


def _of_suite(cls: type[unittest.TestCase], *, several: bool) -> Iterator[_Case]:
    """A class of unittest; what is set up for all of it is set up before the first."""
    prepared: list[bool] = []
    names = [name for name, _ in _methods(cls)]
    for name in names:
        shown = f"{cls.__name__}.{name}" if several else name

        def run(name: str = name) -> None:
            if getattr(cls, "__unittest_skip__", False):
                raise unittest.SkipTest("it is to be left out")
            if not prepared:
                cls.setUpClass()
                prepared.append(True)
            _run_one(cls(name))

        yield _Case(shown, run)


def _run_one(test: unittest.TestCase) -> None:
    """Runs a test with its setting up and its clearing away, and raises what went wrong."""
    result = _Result()
    test.run(result)
    if result.error is not None:
        raise result.error
    if result.left_out:
        raise unittest.SkipTest("it is to be left out")
    if not result.succeeded:
        raise AssertionError("the test did not come to its end")


class _Result(unittest.TestResult):
    """Keeps the first thing that went wrong; a test has passed only if unittest says so."""

    def __init__(self) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self.left_out = False
        self.succeeded = False

    # ruff: noqa: N802 - unittest's names
    def addSuccess(self, test: Any) -> None:
        del test
        self.succeeded = True

    def addExpectedFailure(self, test: Any, err: Any) -> None:
        del test, err
        self.succeeded = True

    def addUnexpectedSuccess(self, test: Any) -> None:
        del test
        self.error = AssertionError("it passed, and was expected not to")

    def addSkip(self, test: Any, reason: str) -> None:
        del test, reason
        self.left_out = True

    def addFailure(self, test: Any, err: Any) -> None:
        del test
        self._note(err)

    def addError(self, test: Any, err: Any) -> None:
        del test
        self._note(err)

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        del test, subtest
        if err is not None:
            self._note(err)

    def _note(self, err: Any) -> None:
        if self.error is None:
            self.error = err[1].with_traceback(err[2])


def _of_class(cls: type, *, several: bool) -> Iterator[_Case]:
    """A class of plain test methods, a fresh object for each."""
    for name, method in _methods(cls):
        shown = f"{cls.__name__}.{name}" if several else name

        def bound(_: Any, name: str = name) -> Any:
            made = cls()
            before, after = (
                getattr(made, "setup_method", None),
                getattr(made, "teardown_method", None),
            )

            def run(**parts: Any) -> None:
                if before is not None:
                    before()
                try:
                    getattr(made, name)(**parts)
                finally:
                    if after is not None:
                        after()

            return run

        yield from _of_function(method, shown, bound)


def _of_function(function: Any, name: str, bound: Callable[[Any], Any]) -> Iterator[_Case]:
    """A plain test function, once for each of its parameters."""
    rows = getattr(function, pytest_words.PARAMETERS, [({}, "")])
    labels = itertools.count()
    for parts, label in rows:
        shown = f"{name}[{label}]" if label else name if not parts else f"{name}[{next(labels)}]"

        def run(parts: dict[str, Any] = parts) -> None:
            if pytest_words.skipped(function):
                raise pytest_words.Skipped
            bound(function)(**parts)

        yield _Case(shown, run)
