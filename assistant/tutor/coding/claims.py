"""What a sentence says of a program that the program itself gives the lie to.

Words that stand in the facts are no proof: “the `sum` function adds them up” holds the words of a
program in which `sum` is a number. So what a sentence calls a function, a class or a loop has to be
one, and what it says happens (a recursion, sorting, reading a file) has to be there.
"""

import ast
import builtins
import re
from collections.abc import Callable
from typing import Final

from assistant.tutor.coding.words import FUNCTIONS, LOOPS, functions_of, is_call, own_nodes

_NAME: Final = r"`?([A-Za-z_]\w*)`?(?:\(\))?"
_CALLED: Final = (
    re.compile(rf"\b(?:function|method|functions) (?:called |named )?{_NAME}", re.I),
    re.compile(rf"{_NAME} (?:function|method)\b", re.I),
)
_CLASSES: Final = (
    re.compile(r"\bclass (?:called |named )?`([A-Za-z_]\w*)`"),
    re.compile(r"`([A-Za-z_]\w*)` class\b"),
)
_Present = Callable[[ast.Module], bool]


def objection(sentence: str, tree: ast.Module) -> str:
    """What speaks against a sentence, in words; "" where nothing does."""
    if re.search(
        r"\b(?:not|no|never|without|instead|should|could|would)\b|n['\u2019]t\b", sentence
    ):
        return ""  # what is denied or wished for need not be there
    return (
        _of_names(sentence, tree) or _of_results(sentence, tree) or _of_happenings(sentence, tree)
    )


def _of_names(sentence: str, tree: ast.Module) -> str:
    own = {each.name for each in functions_of(tree)}
    classes = {each.name for each in ast.walk(tree) if isinstance(each, ast.ClassDef)}
    known = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    values = {
        each.id
        for each in ast.walk(tree)
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)
    }
    for pattern in _CALLED:
        for name in pattern.findall(sentence):
            if name in values and name not in own | classes:
                return f"`{name}` is no function in this program; it stands for a value."
            quoted = f"`{name}`" in sentence and name not in own | classes | known
            attributes = any(
                isinstance(each, ast.Attribute) and each.attr == name for each in ast.walk(tree)
            )
            if quoted and not attributes:
                return f"There is no function `{name}` in this program."
    for pattern in _CLASSES:
        for name in pattern.findall(sentence):
            if name not in classes and not hasattr(builtins, name):
                return f"There is no class `{name}` in this program."
    return ""


def _of_happenings(sentence: str, tree: ast.Module) -> str:
    for words, present, told in _HAPPENINGS:
        if re.search(words, sentence, re.I) and not present(tree):
            return told
    return ""


def _of_results(sentence: str, tree: ast.Module) -> str:
    """What a sentence says that a function gives back, where it hands values out instead."""
    for function in functions_of(tree):
        if not re.search(rf"`{function.name}`", sentence):
            continue
        yields = _hands_out(function)
        if yields and re.search(r"\breturns? (?:a|the) (?:list|tuple|set|dict)", sentence, re.I):
            return f"`{function.name}` builds no list: it hands out its values one at a time."
        if not yields and re.search(r"\byields?\b|\ba generator\b", sentence, re.I):
            return f"`{function.name}` is no generator: nothing in it is handed out by `yield`."
    return ""


def _hands_out(function: ast.AST) -> bool:
    return any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in own_nodes(function))


def _filters(tree: ast.Module) -> bool:
    """Whether anything is left out: by a comprehension, by filter, or by an if in a loop."""
    for each in ast.walk(tree):
        if isinstance(each, ast.comprehension) and each.ifs:
            return True
        if is_call(each, "filter") or isinstance(each, (ast.If, ast.IfExp)):
            return True
    return False


def _any(*kinds: type[ast.AST]) -> _Present:
    return lambda tree: any(isinstance(each, kinds) for each in ast.walk(tree))


def _calls(*names: str) -> _Present:
    def look(tree: ast.Module) -> bool:
        return any(
            is_call(each, *names) or (isinstance(each, ast.Attribute) and each.attr in names)
            for each in ast.walk(tree)
        )

    return look


def _recursive(tree: ast.Module) -> bool:
    """Whether any function may come back to itself, also by way of others."""
    calls = {
        each.name: {
            called.func.attr if isinstance(called.func, ast.Attribute) else called.func.id
            for called in ast.walk(each)
            if isinstance(called, ast.Call) and isinstance(called.func, (ast.Attribute, ast.Name))
        }
        for each in functions_of(tree)
    }
    for name, called in calls.items():
        reached: set[str] = set()
        waiting = set(called)
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting |= calls.get(one, set())
        if name in reached:
            return True
    return False


_HAPPENINGS: Final[tuple[tuple[str, _Present, str], ...]] = (
    (r"\brecursi|\bcalls? itself\b|\bbase case\b", _recursive,
     "No function in this program calls itself."),
    (r"\bloops?\b", _any(*LOOPS, ast.comprehension), "There is no loop in this program."),
    (r"\blist comprehensions?\b", _any(ast.ListComp),
     "There is no list comprehension in this program."),
    (r"\bdict(?:ionary)? comprehensions?\b", _any(ast.DictComp),
     "There is no dictionary comprehension in this program."),
    (r"\bset comprehensions?\b", _any(ast.SetComp),
     "There is no set comprehension in this program."),
    (r"\bcomprehensions?\b", _any(ast.comprehension),
     "There is no comprehension in this program."),
    (r"\bgenerator expressions?\b", _any(ast.GeneratorExp),
     "There is no generator expression in this program."),
    (r"\byields?\b|\bgenerators?\b", _any(ast.Yield, ast.YieldFrom, ast.GeneratorExp),
     "Nothing in this program hands out values one at a time."),
    (r"\bfilter(?:s|ed|ing)?\b|\bkeeps only\b|\bleaves out\b", _filters,
     "Nothing is left out in this program."),
    (r"\bsort(?:s|ed|ing)\b", _calls("sort", "sorted"), "Nothing is sorted in this program."),
    (
        r"\b(?:opens|reads|writes)\b.*\bfile\b",
        _calls("open", "read_text", "write_text", "read_bytes", "write_bytes"),
        "No file is opened in this program.",
    ),
    (r"\basks? the user\b|\buser (?:types|enters)\b", _calls("input"), "Nothing is typed into it."),
    (r"\bprints?\b", _calls("print", "pprint", "write"), "Nothing is printed by this program."),
    (r"\bdefines? a function\b", _any(*FUNCTIONS), "No function is defined in this program."),
    (r"\bdefines? a class\b", _any(ast.ClassDef), "No class is defined in this program."),
    (r"\bimports?\b", _any(ast.Import, ast.ImportFrom), "Nothing is imported by this program."),
    (r"\bexceptions? (?:is|are) caught\b|\bcatches\b", _any(ast.ExceptHandler),
     "No error is caught in this program."),
)  # fmt: skip
