"""Conditions and comparisons that do not ask what they seem to ask."""

import ast
from collections.abc import Iterator
from typing import Final

from assistant.domain.code_review import Finding
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.words import FUNCTIONS, code, is_call, own_nodes, same

_EQUAL: Final = (ast.Eq, ast.NotEq)
_BY_SIZE: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_IS: Final = (ast.Is, ast.IsNot)
_TEXT: Final = "text-and-number"


def found_in(tree: ast.Module) -> Iterator[Finding]:
    """All of them in a program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from _compared(node)
        elif isinstance(node, ast.BoolOp):
            yield from _or_literal(node)
        elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
            yield from _tested(node.test)
            if isinstance(node, ast.If):
                yield from _branches(node)
        elif isinstance(node, ast.Assert):
            yield from _tested(node.test)
        if isinstance(node, (ast.Module, *FUNCTIONS)):
            yield from _typed_text(node)


def _compared(node: ast.Compare) -> Iterator[Finding]:
    left = node.left
    for operator, right in zip(node.ops, node.comparators, strict=True):
        shown = code(node)
        constants = [each.value for each in (left, right) if isinstance(each, ast.Constant)]
        if isinstance(operator, _EQUAL):
            if None in constants:
                yield finding("compared-to-none", node.lineno, what=shown)
            elif any(type(each) is bool for each in constants):
                yield finding("compared-to-true", node.lineno, what=shown)
            elif any(type(each) is float and each % 0.5 for each in constants) or _divided(left):
                yield finding("float-equality", node.lineno, what=shown)
        if isinstance(operator, _IS) and any(
            type(each) in (int, float, str, bytes) for each in constants
        ):
            yield finding("is-literal", node.lineno, what=shown)
        if same(left, right) and isinstance(left, (ast.Name, ast.Attribute, ast.Constant)):
            yield finding("always-same", node.lineno, what=shown)
        left = right


def _divided(node: ast.expr) -> bool:
    """Whether it is a quotient that is rounded as a rule."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.Add, ast.Sub, ast.Div))
        and any(
            isinstance(each, ast.Constant) and type(each.value) is float and each.value % 0.5
            for each in ast.walk(node)
        )
    )


def _or_literal(node: ast.BoolOp) -> Iterator[Finding]:
    first, *others = node.values
    if not isinstance(first, ast.Compare) or not isinstance(node.op, ast.Or):
        return
    for each in others:
        if isinstance(each, ast.Constant) and each.value and type(each.value) is not bool:
            yield finding("or-literal", node.lineno, what=code(node))
            return


def _tested(test: ast.expr) -> Iterator[Finding]:
    if isinstance(test, ast.Tuple) and test.elts:
        yield finding("tuple-condition", test.lineno, what=code(test))
    if isinstance(test, ast.Attribute) and test.attr in _QUESTIONS:
        yield finding("method-not-called", test.lineno, what=code(test), name=test.attr)


_QUESTIONS: Final = frozenset(
    {"isdigit", "isalpha", "isupper", "islower", "isspace", "isalnum", "startswith", "endswith"}
)


def _branches(node: ast.If) -> Iterator[Finding]:
    if node.orelse and len(node.body) == len(node.orelse):
        alike = all(same(a, b) for a, b in zip(node.body, node.orelse, strict=True))
        if alike and not isinstance(node.body[0], ast.Pass):
            yield finding("same-branches", node.lineno, what=code(node.test))


def _typed_names(nodes: list[ast.AST]) -> set[str]:
    """Names that hold what was typed and nothing else."""
    typed: set[str] = set()
    other: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    (typed if is_call(node.value, "input") else other).add(target.id)
    return typed - other


def _typed_text(scope: ast.AST) -> Iterator[Finding]:
    """What was typed, where it is taken for a number."""
    nodes = list(own_nodes(scope))
    typed = _typed_names(nodes)
    for node in nodes:
        sides = _sides(node)
        if not any(isinstance(each, ast.Constant) and _number(each.value) for each in sides):
            continue
        for each in sides:
            if isinstance(each, ast.Name) and each.id in typed:
                line = getattr(node, "lineno", 0)
                yield finding(_TEXT, line, what=code(node), name=each.id)


def _sides(node: ast.AST) -> list[ast.expr]:
    """What is compared by size or reckoned with; text may be equal, found, repeated and filled."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], _BY_SIZE):
        return [node.left, *node.comparators]
    if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Mod, ast.Mult)):
        return [node.left, node.right]
    return []


def _number(value: object) -> bool:
    return type(value) in (int, float)
