"""What comprehensions build and generator functions hand out, told and held against sentences."""

import ast
import textwrap

import pytest

from assistant.tutor.coding.building import built, handed_out, within
from assistant.tutor.coding.claims import objection
from assistant.tutor.coding.telling import told_of

PROGRAM = textwrap.dedent(
    """
    def passed(scores, limit=50):
        return sorted([name for name, s in scores.items() if s >= limit])

    def squares(n):
        for i in range(n):
            if i % 2 == 0:
                yield i * i
        yield from [n]

    letters = {k: v for k, v in enumerate("abc") if k != 1}
    unique = {w.lower() for w in ["A", "a"]}
    total = sum(x ** 2 for x in range(4) for _ in "ab")
    print(passed({"Ann": 61}), letters, [t for t in unique], total, list(squares(6)))
    """
)
TREE = ast.parse(PROGRAM)


def _told() -> str:
    return "\n".join(one.words for one in told_of(TREE))


@pytest.mark.parametrize(
    "words",
    [
        "builds a list of `name` for each `name, s` in `scores.items()` for which `s >= limit`.",
        (
            "Sets `letters` to a dictionary with the key `k` and the value `v` for each "
            "`k, v` in `enumerate('abc')` for which `k != 1`."
        ),
        "Sets `unique` to a set of `w.lower()` for each `w` in `['A', 'a']`.",
        (
            "builds values, one at a time, of `x ** 2` for each `x` in `range(4)`, and for each "
            "`_` in `'ab'`."
        ),
        (
            "It hands out values one at a time: `i * i`, `n` times, with `i` going from 0 up to "
            "one below it, if `i % 2 == 0`; then everything in `[n]`."
        ),
        "Nothing in it runs before the first of them is asked for.",
    ],
)
def test_it_is_told_what_is_built_and_handed_out(words: str) -> None:
    assert words in _told()


def test_loops_without_end_and_other_ways() -> None:
    [function] = ast.parse(
        "def f(n):\n    while True:\n        yield n\n        if n:\n            pass\n"
        "        else:\n            x = yield\n    while n:\n        yield 1\n    for a in n:\n"
        "        yield a\n"
    ).body
    assert isinstance(function, ast.FunctionDef)
    words = handed_out(function)
    assert "`n`, again and again; then `None`, again and again, unless `n`" in words
    assert words.count("; then ") == 2
    assert ", and more." in words
    [plain] = ast.parse("def g():\n    return [n for n in 'ab']\n").body
    assert isinstance(plain, ast.FunctionDef)
    assert handed_out(plain) == ""
    assert within(plain) == ()


def test_a_comprehension_by_itself() -> None:
    node = ast.parse("[a for a in b]", mode="eval").body
    assert isinstance(node, ast.ListComp)
    assert built(node) == "a list of `a` for each `a` in `b`"


@pytest.mark.parametrize(
    ("sentence", "program", "words"),
    [
        ("`squares` returns a list of squares.", PROGRAM, "one at a time"),
        ("`passed` yields the names.", PROGRAM, "`passed` is no generator"),
        ("It uses a list comprehension.", "x = {n for n in 'ab'}", "no list comprehension"),
        ("A dictionary comprehension pairs them.", "x = [1]", "no dictionary comprehension"),
        ("A set comprehension is used.", "x = [n for n in 'ab']", "no set comprehension"),
        ("It uses a comprehension.", "for n in 'ab':\n    print(n)", "no comprehension"),
        ("A generator expression adds them up.", "x = sum([1])", "no generator expression"),
        ("It yields one value after the other.", "x = [n for n in 'ab']", "hands out"),
        ("It keeps only the long words.", "x = [n for n in 'ab']", "left out"),
    ],
)
def test_what_is_not_built_is_objected_to(sentence: str, program: str, words: str) -> None:
    assert words in objection(sentence, ast.parse(program))


@pytest.mark.parametrize(
    "sentence",
    [
        "`squares` yields the squares of even numbers.",
        "`passed` returns a list of names.",
        "A dictionary comprehension and a set comprehension are used.",
        "It keeps only those that passed, by a list comprehension.",
        "A generator expression adds up the squares.",
    ],
)
def test_what_is_built_is_left_alone(sentence: str) -> None:
    assert objection(sentence, TREE) == ""
