"""What a program does, a sentence for each of its constructs."""

import ast
from collections.abc import Callable, Iterator
from typing import Any, Final

from assistant.domain.code_review import Told
from assistant.tutor.coding.building import COMPREHENSIONS, built, handed_out, within
from assistant.tutor.coding.words import (
    Function,
    code,
    is_call,
    listed,
    own_nodes,
    target_names,
    times_words,
)

_MOST_TOLD: Final = 400
_SHOWN_ITEMS: Final = 5
_OPERATIONS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "Adds {value} to {target}.",
    ast.Sub: "Takes {value} away from {target}.",
    ast.Mult: "Multiplies {target} by {value}.",
    ast.Div: "Divides {target} by {value}.",
    ast.FloorDiv: "Divides {target} by {value} and drops the rest.",
    ast.Mod: "Sets {target} to what is left of it after division by {value}.",
    ast.Pow: "Raises {target} to the power of {value}.",
}
_KINDS: Final[dict[type[ast.expr], str]] = {
    ast.List: "list",
    ast.Tuple: "tuple",
    ast.Set: "set",
}
_DONE: Final = {
    "append": "Adds {0} to the end of {on}.",
    "add": "Puts {0} into {on}, where it is not in it yet.",
    "extend": "Adds everything in {0} to the end of {on}.",
    "insert": "Puts {1} into {on} at place {0}.",
    "remove": "Removes the first {0} from {on}.",
    "pop": "Takes an item out of {on}.",
    "sort": "Sorts {on} in place.",
    "reverse": "Turns {on} round in place.",
    "update": "Takes everything in {0} over into {on}.",
    "clear": "Empties {on}.",
    "write": "Writes {0} to {on}.",
    "close": "Closes {on}.",
}


def told_of(tree: ast.Module) -> tuple[Told, ...]:
    """The sentences, in the order of the lines."""
    told: list[Told] = []
    for one in _of_block(tree.body, 0):
        told.append(one)
        if len(told) >= _MOST_TOLD:
            break
    return tuple(told)


def _of_block(body: list[ast.stmt], depth: int) -> Iterator[Told]:
    for index, statement in enumerate(body):
        words = " ".join(filter(None, (_words(statement, first=index == 0), *within(statement))))
        if words:
            yield Told(statement.lineno, depth, words)
        for inner in _blocks(statement):
            yield from _of_block(inner, depth + 1)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "handlers", "cases", "orelse", "finalbody"):
        inner: list[Any] = getattr(statement, field, [])
        for each in inner:
            if isinstance(each, (ast.ExceptHandler, ast.match_case)):
                yield each.body
        if inner and isinstance(inner[0], ast.stmt):
            yield inner


def _words(statement: ast.stmt, *, first: bool) -> str:
    if isinstance(statement, ast.Expr):
        return _of_expression(statement.value, first=first)
    tell = _TELL.get(type(statement))
    return tell(statement) if tell is not None else ""


def _of_expression(node: ast.expr, *, first: bool) -> str:
    if isinstance(node, ast.Constant):
        return "" if first or node.value is ... else "A value that nothing is done with."
    if isinstance(node, (ast.Yield, ast.YieldFrom)):
        return f"Hands out {code(node.value) if node.value else 'nothing'} and waits."
    if isinstance(node, ast.Await):
        return f"Waits for {code(node.value)}."
    if not isinstance(node, ast.Call):
        return f"Works {code(node)} out, and does nothing with it."
    return _of_call(node)


def _of_call(node: ast.Call) -> str:
    given = [code(each) for each in node.args]
    if isinstance(node.func, ast.Name) and node.func.id == "print":
        return f"Shows {listed(given)}." if given else "Shows an empty line."
    if isinstance(node.func, ast.Name) and node.func.id == "input":
        return "Waits for a line to be typed, and does nothing with it."
    if isinstance(node.func, ast.Attribute) and node.func.attr in _DONE:
        pattern = _DONE[node.func.attr]
        if pattern.count("{0}") + pattern.count("{1}") <= len(given):
            return pattern.format(*given, on=code(node.func.value))
    with_words = f" with {listed(given)}" if given else ""
    return f"Calls {code(node.func)}{with_words}."


def _function(node: Function) -> str:
    kind = "an asynchronous function" if isinstance(node, ast.AsyncFunctionDef) else "a function"
    parts = [f"Defines {kind} `{node.name}`{_parameters(node.args)}."]
    inside = list(own_nodes(node))
    returned = [each for each in inside if isinstance(each, ast.Return) and each.value is not None]
    if any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in inside):
        parts.append(handed_out(node) or "It hands out values one at a time.")
    elif returned:
        first = {
            built(each.value) if isinstance(each.value, COMPREHENSIONS) else code(each.value)
            for each in returned
            if each.value is not None
        }
        parts.append(f"It gives back {listed(sorted(first)[:3], 'or')}.")
    else:
        parts.append("It gives nothing back (`None`).")
    if any(_calls(each, node.name) for each in inside):
        parts.append("It calls itself.")
    if node.decorator_list:
        parts.append(f"It is wrapped by {listed([code(each) for each in node.decorator_list])}.")
    return " ".join(parts)


def _parameters(args: ast.arguments) -> str:
    plain = [*args.posonlyargs, *args.args]
    left_out = dict(zip([each.arg for each in plain[::-1]], args.defaults[::-1], strict=False))
    left_out |= {
        each.arg: value
        for each, value in zip(args.kwonlyargs, args.kw_defaults, strict=True)
        if value is not None
    }
    words = [
        f"`{each.arg}`"
        + (f" ({code(left_out[each.arg])} if it is left out)" if each.arg in left_out else "")
        for each in [*plain, *args.kwonlyargs]
    ]
    words += [f"any further values as `{args.vararg.arg}`"] if args.vararg else []
    words += [f"any further names as `{args.kwarg.arg}`"] if args.kwarg else []
    return f" that takes {listed(words)}" if words else " that takes nothing"


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _class(node: ast.ClassDef) -> str:
    methods = [f"`{each.name}`" for each in node.body if isinstance(each, ast.FunctionDef)]
    bases = f", which builds on {listed([code(each) for each in node.bases])}" if node.bases else ""
    having = f" Its methods are {listed(methods)}." if methods else " It has no methods."
    return f"Defines a class `{node.name}`{bases}.{having}"


def _assign(node: ast.Assign) -> str:
    names = listed([code(each) for each in node.targets])
    if isinstance(node.targets[0], (ast.Tuple, ast.List)):
        names = listed([code(each) for each in node.targets[0].elts])
        if isinstance(node.value, ast.Tuple):
            return (
                f"Sets {names} to {listed([code(each) for each in node.value.elts])}, all at once."
            )
        return f"Takes {code(node.value)} apart into {names}."
    return f"Sets {names} to {_value(node.value)}."


def _value(node: ast.expr) -> str:
    """A value in words."""
    kind = _KINDS.get(type(node))
    if kind is not None:
        return _container(node, kind)
    if isinstance(node, ast.Dict):
        return "an empty dictionary" if not node.keys else f"a dictionary of {len(node.keys)} keys"
    if isinstance(node, COMPREHENSIONS):
        return built(node)
    return _typed(node) or code(node)


def _container(node: ast.expr, kind: str) -> str:
    count = len(getattr(node, "elts", []))
    if count == 0:
        return f"an empty {kind}"
    return f"the {kind} {code(node)}" if count <= _SHOWN_ITEMS else f"a {kind} of {count} items"


def _typed(node: ast.expr) -> str:
    """``input()``, and what it is turned into at once."""
    if is_call(node, "input"):
        return "what is typed, as text"
    if isinstance(node, ast.Call) and node.args and is_call(node.args[0], "input"):
        if is_call(node, "int"):
            return "what is typed, as a whole number"
        if is_call(node, "float"):
            return "what is typed, as a number"
    return ""


def _annotated(node: ast.AnnAssign) -> str:
    if node.value is None:
        return f"Says that {code(node.target)} is to be {code(node.annotation)}."
    return f"Sets {code(node.target)} to {_value(node.value)}."


def _augmented(node: ast.AugAssign) -> str:
    pattern = _OPERATIONS.get(type(node.op), "Changes {target} by {value}.")
    return pattern.format(target=code(node.target), value=code(node.value))


def _for(node: ast.For | ast.AsyncFor) -> str:
    name = listed(target_names(node.target)) or code(node.target)
    call = node.iter if isinstance(node.iter, ast.Call) else None
    function = call.func.id if call is not None and isinstance(call.func, ast.Name) else ""
    if call is not None and function == "range" and call.args:
        return f"Repeats {times_words(call, name)}."
    if call is not None and function == "enumerate" and call.args:
        return f"Goes through {code(call.args[0])} and counts along: {name}."
    if call is not None and function == "zip":
        together = listed([code(each) for each in call.args])
        return f"Goes through {together} side by side: {name}."
    return f"Goes through {code(node.iter)}, one item at a time, each called {name}."


def _while(node: ast.While) -> str:
    if isinstance(node.test, ast.Constant) and node.test.value:
        out = [each for each in own_nodes(node) if isinstance(each, (ast.Break, ast.Return))]
        lines = listed(sorted({f"line {each.lineno}" for each in out}), "or")
        return f"Repeats until {lines} ends it." if out else "Repeats for ever."
    return f"Repeats as long as {code(node.test)} holds."


def _if(node: ast.If) -> str:
    start, end = node.body[0].lineno, node.body[-1].end_lineno or node.body[-1].lineno
    done = f"line {end} is done" if start == end else f"lines {start} to {end} are done"
    other = f"; otherwise it goes on at line {node.orelse[0].lineno}" if node.orelse else ""
    return f"If {code(node.test)} holds, {done}{other}."


def _try(node: ast.Try | ast.TryStar) -> str:
    caught = [code(each.type) if each.type else "any error" for each in node.handlers]
    words = "Tries what follows"
    if caught:
        words += f"; where {listed(caught, 'or')} is raised, goes on with what is said for it"
    return words + ("; in every case does the last part." if node.finalbody else ".")


def _with(node: ast.With | ast.AsyncWith) -> str:
    used = [
        code(item.context_expr)
        + (f" as {code(item.optional_vars)}" if item.optional_vars is not None else "")
        for item in node.items
    ]
    return f"Works with {listed(used)}, and closes it at the end of the block."


def _import(node: ast.Import) -> str:
    return f"Makes {listed([f'`{each.name}`' for each in node.names])} usable here."


def _import_from(node: ast.ImportFrom) -> str:
    names = listed([f"`{each.name}`" for each in node.names])
    return f"Takes {names} from the module `{node.module or '.'}`."


def _assert(node: ast.Assert) -> str:
    return f"Ends with an error unless {code(node.test)} holds."


def _return(node: ast.Return) -> str:
    return f"Gives back {_value(node.value)}." if node.value else "Leaves the function."


def _raise(node: ast.Raise) -> str:
    return f"Raises {code(node.exc)}." if node.exc else "Raises the error again."


def _delete(node: ast.Delete) -> str:
    return f"Removes {listed([code(each) for each in node.targets])}."


def _match(node: ast.Match) -> str:
    return f"Compares {code(node.subject)} with {len(node.cases)} patterns, the first that fits."


_TELL: Final[dict[type[ast.stmt], Callable[[Any], str]]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.If: _if,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Assert: _assert,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Delete: _delete,
    ast.Match: _match,
    ast.Break: lambda _: "Leaves the loop.",
    ast.Continue: lambda _: "Goes on with the next round of the loop.",
    ast.Pass: lambda _: "Does nothing.",
    ast.Global: lambda node: f"Means the program's own {listed([f'`{n}`' for n in node.names])}.",
    ast.Nonlocal: lambda node: f"Means the outer {listed([f'`{n}`' for n in node.names])}.",
}
