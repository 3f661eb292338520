"""Runs one test of a class of unittest, and raises what went wrong."""

# Objects of any kind go through here, of which nothing is known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
import unittest
from typing import Any


def run_one(test: unittest.TestCase) -> None:
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
