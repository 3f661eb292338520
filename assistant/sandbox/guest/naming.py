"""The names of tests read off their source, for when the program lets none of them be run."""

# What is written out in a source can be anything.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
import ast
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from assistant.sandbox.guest.marks import label_of, split

_LEFT_OUT: Final = "skip"
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Defined = _Function | ast.ClassDef
_MOST: Final = 5_000


def names_of(tree: ast.Module) -> list[str]:
    """The tests in the order in which they would be run.

    Parameters count as their cases where they are written out; otherwise as one.
    """
    every = [each for each in tree.body if isinstance(each, _Defined)]
    classes = {each.name: each for each in every if isinstance(each, ast.ClassDef)}
    suites = [each for each in classes.values() if _is_suite(each, classes)]
    loose = [e for e in classes.values() if e.name.startswith("Test") and e not in suites]
    several = len(suites) + len(loose) > 1
    constants = _constants(tree)
    names: list[str] = []
    for cls in (*suites, *loose):
        if _is_left_out(cls):
            continue
        for method in sorted(_methods(cls, classes), key=lambda each: each.lineno):
            name = f"{cls.name}.{method.name}" if several else method.name
            above = [*method.decorator_list, *cls.decorator_list]
            names += _cases(name, method, above, constants)
    for each in every:
        if isinstance(each, _Function) and each.name.startswith("test"):
            names += _cases(each.name, each, each.decorator_list, constants)
    return names[:_MOST]


def _is_suite(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> bool:
    lineage = [_last(base) for each in _lineage(cls, classes) for base in each.bases]
    return any(name in ("TestCase", "IsolatedAsyncioTestCase") for name in lineage)


def _lineage(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterable[ast.ClassDef]:
    """A class after those of this file that it derives from."""
    found: list[ast.ClassDef] = []
    left = [cls]
    while left:
        each = left.pop()
        if each not in found:
            found.append(each)
            left += [classes[_last(base)] for base in each.bases if _last(base) in classes]
    return reversed(found)


def _methods(cls: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterable[_Function]:
    return {
        each.name: each
        for owner in _lineage(cls, classes)
        for each in owner.body
        if isinstance(each, _Function) and each.name.startswith("test")
    }.values()


def _last(node: ast.expr) -> str:
    """``c`` of ``a.b.c`` and of ``a.b.c(...)``."""
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_left_out(node: _Defined) -> bool:
    return any(_last(each) == _LEFT_OUT for each in node.decorator_list)


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What names of the module are set to."""
    return {
        each.targets[0].id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
    }


def _cases(
    name: str, function: _Function, above: list[ast.expr], constants: dict[str, ast.expr]
) -> list[str]:
    if _is_left_out(function):
        return []
    axes: list[list[str]] = []
    for each in reversed(above[: len(function.decorator_list)]):
        axes += _labels(each, constants)
    for each in reversed(above[len(function.decorator_list) :]):
        axes += _labels(each, constants)
    if not axes:
        return [name]
    every = itertools.islice(itertools.product(*axes), _MOST)
    return [f"{name}[{'-'.join(labels)}]" for labels in every]


@dataclass(frozen=True, slots=True)
class _Parameters:
    names: list[str]
    rows: list[ast.expr]
    ids: list[Any]


def _labels(decorator: ast.expr, constants: dict[str, ast.expr]) -> Iterator[list[str]]:
    """The labels of the rows of ``parametrize``, if it is that and can be read."""
    if not isinstance(decorator, ast.Call) or _last(decorator) != "parametrize":
        return
    read = _read(decorator, constants)
    if read is not None and read.rows:
        yield [
            _label(row, read.names, number, read.ids[number] if number < len(read.ids) else None)
            for number, row in enumerate(read.rows)
        ]


def _read(call: ast.Call, constants: dict[str, ast.expr]) -> _Parameters | None:
    given = dict(zip(("argnames", "argvalues"), call.args, strict=False))
    given |= {each.arg: each.value for each in call.keywords if each.arg}
    names = _value(given.get("argnames"))
    values = given.get("argvalues")
    if isinstance(values, ast.Name):
        values = constants.get(values.id)
    if not isinstance(values, (ast.List, ast.Tuple)) or not isinstance(names, (str, list, tuple)):
        return None
    if any(isinstance(each, ast.Starred) for each in values.elts):
        return None
    ids = _value(given.get("ids"))
    listed = split(names) if isinstance(names, str) else [str(each) for each in names]
    return _Parameters(listed, values.elts, list(ids) if isinstance(ids, (list, tuple)) else [])


def _label(row: ast.expr, names: list[str], number: int, told: Any) -> str:
    parts = [row]
    if isinstance(row, ast.Call) and _last(row) == "param":
        own = [_value(each.value) for each in row.keywords if each.arg == "id"]
        told, parts = (own[0] if own else told), row.args
    elif len(names) > 1:
        parts = row.elts if isinstance(row, (ast.Tuple, ast.List)) else []
    if told is not None:
        return str(told)
    labels: list[str] = []
    for place, name in enumerate(names):
        value = _value(parts[place]) if place < len(parts) else ()
        # A name stands for None, which is also what could not be read.
        known = value is not None or _is_none(parts[place])
        labels.append(label_of(value if known else (), f"{name}{number}"))
    return "-".join(labels)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _value(node: ast.expr | None) -> Any:
    """What is written out; None where it is something else."""
    try:
        return None if node is None else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
