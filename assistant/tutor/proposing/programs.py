"""What programs are made of, and whether one belongs to a concept."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_COMMON: Final = 0.5
"""Share of a concept's programs that have what it is about."""
_RARE: Final = 0.35
"""Largest share of the programs of what comes before that may have it too."""
_SOME: Final = 0.15
_VAGUE: Final = frozenset({"Attribute", "Subscript", "Compare", "alias", "Import", "keyword"})
_NEAR: Final = 0.1
"""What stands out nearly as far as what stands out most is as good a sign."""
_PLAIN: Final = frozenset(
    {"Module", "Expr", "Load", "Store", "Constant", "Name", "Call", "arguments", "arg", "print"}
)
_MOST_LINES: Final = 14
_FORBIDDEN: Final = frozenset({"input", "open", "exec", "eval", "__import__", "exit", "quit"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What programs about a concept are made of.

    Args:
        core: One of these at least is in nearly each of them; empty where nothing stands out.
        allowed: All that a learner of the concept has met.
    """

    core: frozenset[str]
    allowed: frozenset[str]


def parts_of(source: str) -> frozenset[str]:
    """Kinds of nodes, functions and methods that are called, modules that are imported.

    Raises:
        SyntaxError: It is no program.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        found.add(type(node).__name__)
        if isinstance(node, ast.Name) and hasattr(builtins, node.id):
            found.add(node.id)
        if isinstance(node, ast.Attribute):
            found.add(f".{node.attr}")
        if isinstance(node, ast.Import):
            found |= {f"import {one.name}" for one in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add(f"import {node.module}")
        if isinstance(node, ast.FunctionDef) and node.name.startswith("__"):
            found.add(node.name)
    return frozenset(found)


def subject_of(own: Sequence[str], before: Iterable[str]) -> Subject:
    """What stands out in a concept's programs against those of what comes before it.

    Args:
        own: Programs of the concept.
        before: Programs of all that it rests on.
    """
    mine = [parts for parts in map(_parts, own) if parts]
    others = [parts for parts in map(_parts, before) if parts]
    counted, against = _shares(mine), _shares(others)
    scores = {
        part: share - against.get(part, 0.0)
        for part, share in counted.items()
        if share >= _COMMON and against.get(part, 0.0) <= _RARE and part not in _PLAIN
    }
    best = max(scores.values(), default=0.0)
    core = {part for part, score in scores.items() if score >= best - _NEAR}
    new = {
        part
        for part, share in counted.items()
        if share >= _SOME and not against.get(part) and not part[0].isupper()
    } - _PLAIN
    # A name says more than the kind of its node: any method at all is an Attribute.
    core = new | (core - _VAGUE if new else core)
    allowed = _PLAIN.union(*mine, *others)
    return Subject(frozenset(core), frozenset(allowed))


def why_not(source: str, subject: Subject) -> str:
    """Why a program is no exercise about a concept, in words; "" where it is one."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "It is no program that Python can read."
    return next(_reasons(source, tree, subject), "")


def _reasons(source: str, tree: ast.Module, subject: Subject) -> Iterator[str]:
    parts = parts_of(source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, _NAMED)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if parts & _FORBIDDEN:
        yield "It asks for something from outside."
    if len(source.strip().splitlines()) > _MOST_LINES:
        yield "It is too long to be gone through by hand."
    foreign = parts - subject.allowed - own - {f".{name}" for name in own}
    if foreign:
        yield f"It uses what was not learned yet: {', '.join(sorted(foreign)[:3])}."
    if not subject.core:
        yield "Nothing tells which programs belong to the concept."
    elif not parts & subject.core:
        yield "It has nothing of what the concept is about."


def gives_away(source: str, output: str) -> bool:
    """Whether all that is printed stands in the program as it is: nothing is to be worked out."""
    texts: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant):
            texts.add(str(node.value).strip())
        elif isinstance(node, (ast.List, ast.Tuple, ast.Dict, ast.Set)):
            texts.add(ast.unparse(node))
    return all(line.strip() in texts for line in output.splitlines() if line.strip())


def same_shape(source: str) -> str:
    """A program without its layout and comments: the same for the same program."""
    return ast.dump(ast.parse(source))


_NAMED: Final = (ast.FunctionDef, ast.ClassDef)


def _parts(source: str) -> frozenset[str]:
    try:
        return parts_of(source)
    except (SyntaxError, ValueError):
        return frozenset()  # a piece of a session, or of one that is faulty on purpose


def _shares(programs: Sequence[frozenset[str]]) -> Mapping[str, float]:
    counted = Counter(part for parts in programs for part in parts)
    return {part: count / len(programs) for part, count in counted.items()}
