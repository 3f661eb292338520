"""A pytest plugin that takes Qt away: ``-p tests.helpers.without_qt -p no:pytest-qt``.

Proves that the rooms under the window need no Qt. The settings of pytest-qt in ``pyproject.toml``
must still be known, or strict configuration refuses them.
"""

import importlib.abc
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

_QT = frozenset({"PySide6", "shiboken6"})


class _NoQt(importlib.abc.MetaPathFinder):
    """Refuses to find Qt, as on a machine that does not have it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raises for Qt, leaves everything else to the next finder."""
        if fullname.partition(".")[0] in _QT:
            raise ModuleNotFoundError(f"{fullname} is not to be had in this run", name=fullname)
        return None


sys.meta_path.insert(0, _NoQt())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Makes the settings of pytest-qt known."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "of pytest-qt, which is not loaded")
    parser.addini("qt_log_ignore", "of pytest-qt, which is not loaded", type="linelist")
