"""Names: where each gets its value and is read; those never used, never set, or set too late."""

import ast
import builtins
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from assistant.domain.code_review import Finding, NameUse
from assistant.tutor.coding.library import finding
from assistant.tutor.coding.words import FUNCTIONS, LOOPS, Function

_BUILTIN: Final = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__", "__builtins__"}
_WORTH: Final = frozenset(
    name for name in dir(builtins) if name.islower() and not name.startswith("_")
) - {"copyright", "credits", "license", "help", "exit", "quit"}
_PROGRAM: Final = "<module>"


@dataclass(slots=True)
class _Scope:
    """Names of one function, class or of the program."""

    name: str
    node: ast.AST
    outer: "_Scope | None"
    is_class: bool = False
    sets: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    reads: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    given: set[str] = field(default_factory=set[str])
    """Parameters, imports, functions, classes."""
    elsewhere: set[str] = field(default_factory=set[str])
    """Said to be ``global`` or ``nonlocal``."""
    inner_reads: set[str] = field(default_factory=set[str])
    """Read by functions inside."""
    augmented: set[str] = field(default_factory=set[str])
    """Only ever changed: ``total += 1``."""
    loops: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    star: bool = False

    def note_set(self, name: str, line: int) -> None:
        self.sets.setdefault(name, []).append(line)

    def note_read(self, name: str, line: int) -> None:
        self.reads.setdefault(name, []).append(line)


# ruff: noqa: N815 - the names that ``ast`` calls
class _Walk(ast.NodeVisitor):
    """Gathers the scopes of a program."""

    def __init__(self) -> None:
        self.scopes: list[_Scope] = []
        self._scope: _Scope = _Scope(_PROGRAM, ast.Module([], []), None)

    def visit_Module(self, node: ast.Module) -> None:
        self._inside(_Scope(_PROGRAM, node, None), node.body)

    def visit_FunctionDef(self, node: Function) -> None:
        self._scope.note_set(node.name, node.lineno)
        self._scope.given.add(node.name)
        for each in [*node.decorator_list, node.args, *filter(None, [node.returns])]:
            self._visit_outside(each)
        self._function(node, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit_outside(node.args)
        self._function(node, [node.body])

    def _visit_outside(self, node: ast.AST) -> None:
        """Defaults and annotations, which belong to the scope around."""
        if isinstance(node, ast.arguments):
            for each in [*node.defaults, *filter(None, node.kw_defaults)]:
                self.visit(each)
            for argument in _arguments(node):
                if argument.annotation is not None:
                    self.visit(argument.annotation)
        else:
            self.visit(node)

    def _function(self, node: Function | ast.Lambda, body: Sequence[ast.AST]) -> None:
        scope = _Scope(getattr(node, "name", "<lambda>"), node, self._scope)
        for argument in _arguments(node.args):
            scope.note_set(argument.arg, argument.lineno)
            scope.given.add(argument.arg)
        self._inside(scope, body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._scope.note_set(node.name, node.lineno)
        self._scope.given.add(node.name)
        for each in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(each)
        self._inside(_Scope(node.name, node, self._scope, is_class=True), node.body)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
    ) -> None:
        scope = _Scope("<comprehension>", node, self._scope)
        self.visit(node.generators[0].iter)
        parts: list[ast.AST] = []
        for number, each in enumerate(node.generators):
            parts += [each.target, *([] if number == 0 else [each.iter]), *each.ifs]
        parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._inside(scope, parts)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def _inside(self, scope: _Scope, parts: Sequence[ast.AST]) -> None:
        outer, self._scope = self._scope, scope
        self.scopes.append(scope)
        for each in parts:
            self.visit(each)
        self._scope = outer

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._scope.note_read(node.id, node.lineno)
        else:
            self._scope.note_set(node.id, node.lineno)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.target, ast.Name):
            name = node.target.id
            if name not in self._scope.sets:
                self._scope.augmented.add(name)
            self._scope.note_read(name, node.lineno)
            self._scope.note_set(name, node.lineno)
        else:
            self.visit(node.target)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)  # comes first
        for target in node.targets:
            self.visit(target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self.visit(node.target)
        elif isinstance(node.target, ast.Name):
            self._scope.given.add(node.target.id)
            self._scope.note_set(node.target.id, node.lineno)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._scope.loops.append((node.lineno, node.end_lineno or node.lineno))
        self.visit(node.iter)
        self.visit(node.target)
        for each in [*node.body, *node.orelse]:
            self.visit(each)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self._scope.loops.append((node.lineno, node.end_lineno or node.lineno))
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for each in node.names:
            if each.name == "*":
                self._scope.star = True
                continue
            name = each.asname or each.name.partition(".")[0]
            self._scope.note_set(name, node.lineno)
            self._scope.given.add(name)

    visit_ImportFrom = visit_Import

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        self._scope.elsewhere.update(node.names)

    visit_Nonlocal = visit_Global

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._scope.note_set(node.name, node.lineno)
            self._scope.given.add(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._pattern(node, node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._pattern(node, node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._pattern(node, node.rest)

    def _pattern(
        self, node: ast.MatchAs | ast.MatchStar | ast.MatchMapping, name: str | None
    ) -> None:
        if name:
            self._scope.note_set(name, node.lineno)
        self.generic_visit(node)


def _arguments(args: ast.arguments) -> list[ast.arg]:
    several = [each for each in (args.vararg, args.kwarg) if each is not None]
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *several]


def _scopes(tree: ast.Module) -> list[_Scope]:
    walk = _Walk()
    walk.visit(tree)
    for scope in walk.scopes:
        for name, lines in scope.reads.items():
            owner = _owner(scope, name)
            if owner is not None and owner is not scope:
                owner.inner_reads.add(name)
                if scope.name == "<comprehension>" and _around(scope) is owner:
                    owner.reads.setdefault(name, []).extend(lines)
        for name in scope.elsewhere & scope.sets.keys():
            top = walk.scopes[0]
            top.sets.setdefault(name, []).extend(scope.sets[name])
            top.inner_reads.add(name)
    return walk.scopes


def _around(scope: _Scope) -> _Scope | None:
    """What a comprehension stands in."""
    each = scope.outer
    while each is not None and each.name == "<comprehension>":
        each = each.outer
    return each


def _owner(scope: _Scope, name: str) -> _Scope | None:
    """The scope that a name belongs to where it is read."""
    each: _Scope | None = scope
    while each is not None:
        seen = each is scope or not each.is_class
        if seen and name in each.sets and name not in each.elsewhere:
            return each
        each = each.outer
    return None


def uses_of(tree: ast.Module) -> tuple[NameUse, ...]:
    """What is read and written: the names of the program and of each function, in their order."""
    found: list[NameUse] = []
    for scope in _scopes(tree):
        if scope.name in {"<comprehension>", "<lambda>"} or scope.is_class:
            continue
        for name, lines in scope.sets.items():
            if name not in scope.elsewhere:
                reads = tuple(sorted(set(scope.reads.get(name, []))))
                found.append(NameUse(name, scope.name, tuple(sorted(set(lines))), reads))
    return tuple(found)


def found_in(tree: ast.Module) -> Iterator[Finding]:
    """What is wrong with the names of a program."""
    scopes = _scopes(tree)
    everything = any(scope.star for scope in scopes)
    known = {name for scope in scopes for name in scope.sets}
    for scope in scopes:
        yield from _shadowed(scope)
        yield from _never_used(scope)
        yield from _too_early(scope)
        if not everything:
            yield from _unknown(scope, known)


def _shadowed(scope: _Scope) -> Iterator[Finding]:
    if scope.is_class or scope.name == "<comprehension>":
        return
    for name, lines in scope.sets.items():
        if name in _WORTH and name not in scope.elsewhere:
            yield finding("shadowed-builtin", min(lines), name=name)


def _never_used(scope: _Scope) -> Iterator[Finding]:
    if not isinstance(scope.node, FUNCTIONS):
        return
    for name, lines in scope.sets.items():
        used = name in scope.reads or name in scope.inner_reads or name.startswith("_")
        if used or name in scope.given | scope.elsewhere or _is_loop_name(scope.node, name):
            continue
        yield finding("never-used", min(lines), name=name)


def _is_loop_name(function: ast.AST, name: str) -> bool:
    """Whether it is the name of a loop or part of an unpacking, which something must stand for."""
    for node in ast.walk(function):
        target: Any = None
        if isinstance(node, LOOPS):
            target = getattr(node, "target", None)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            target = node.targets[0]
        elif isinstance(node, ast.withitem):
            target = node.optional_vars
        if target is not None and any(
            isinstance(each, ast.Name) and each.id == name for each in ast.walk(target)
        ):
            return True
    return False


def _too_early(scope: _Scope) -> Iterator[Finding]:
    if scope.is_class or scope.name in {"<comprehension>", "<lambda>"}:
        return
    for name, reads in scope.reads.items():
        lines = scope.sets.get(name)
        if not lines or name in scope.elsewhere or name in _BUILTIN:
            continue
        first, read = min(lines), min(reads)
        early = read < first and not any(start <= read <= end for start, end in scope.loops)
        if early or (name in scope.augmented and read == first):
            outer = scope.outer is not None and _owner(scope.outer, name) is not None
            kind = "global-unsaid" if outer else "used-before-set"
            yield finding(kind, read, name=name, at=first)


def _unknown(scope: _Scope, known: set[str]) -> Iterator[Finding]:
    for name, lines in scope.reads.items():
        if name in _BUILTIN or _owner(scope, name) is not None:
            continue
        if name in known and scope.is_class:
            continue
        near = difflib.get_close_matches(name, sorted(known | _WORTH), 1, 0.75)
        hint = f" Is `{near[0]}` meant?" if near else ""
        yield finding("unknown-name", min(lines), name=name, what=hint)
