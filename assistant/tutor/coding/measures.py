"""How involved a program is: ways through it, blocks in blocks, and how its work grows."""

import ast
from typing import Final

from assistant.domain.code_review import FunctionMeasure
from assistant.tutor.coding.growth import growth_of
from assistant.tutor.coding.words import FUNCTIONS, functions_of, own_nodes

_DECIDING: Final = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.IfExp,
    ast.ExceptHandler,
    ast.Assert,
)
_NESTING: Final = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.AsyncWith,
    ast.Match,
)


def measures_of(tree: ast.Module) -> tuple[FunctionMeasure, ...]:
    """The program's own lines first, then its functions in their order."""
    growths = growth_of(tree)
    found: list[FunctionMeasure] = []
    loose = [each for each in tree.body if not isinstance(each, (*FUNCTIONS, ast.ClassDef))]
    if loose:
        lines = sum((each.end_lineno or each.lineno) - each.lineno + 1 for each in loose)
        found.append(_measure("<module>", tree, loose[0].lineno, lines, growths[tree]))
    for function in sorted(functions_of(tree), key=lambda each: each.lineno):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        found.append(_measure(function.name, function, function.lineno, lines, growths[function]))
    return tuple(found)


def _measure(
    name: str, node: ast.AST, line: int, lines: int, growth: tuple[str, str]
) -> FunctionMeasure:
    ways = 1 + sum(_decisions(each) for each in own_nodes(node))
    return FunctionMeasure(name, line, lines, ways, _depth(node), *growth)


def _decisions(node: ast.AST) -> int:
    """What McCabe's count gives for one node, with each part of a condition as a decision."""
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.match_case):
        always = isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None
        return 0 if always and node.guard is None else 1
    return int(isinstance(node, _DECIDING))


def _depth(node: ast.AST) -> int:
    """Blocks in blocks; an ``elif`` is no deeper than its ``if``."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            continue
        deepest = max(deepest, _depth(child) + _deeper(node, child))
    return deepest


def _deeper(node: ast.AST, child: ast.AST) -> int:
    chained = isinstance(node, ast.If) and isinstance(child, ast.If) and node.orelse == [child]
    return int(isinstance(child, _NESTING) and not chained)
