"""What is told of a program, its measures and names, and texts that are no program."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tutor.coding.reading import read_code

PROGRAM = '''\
"""Counts."""
import math
from os import path as p

LIMIT: int = 3
a, b = 1, 2
words = ["x", "y"]
age = int(input("Age? "))


def count(xs, start=0, *rest, key=None, **more):
    """Counts."""
    total = start
    for i, x in enumerate(xs):
        if x > 2:
            total += x
        else:
            continue
    while total > 100:
        total //= 2
    return total


class Dog(Animal):
    def bark(self):
        print("woof", self)


with open("f") as file:
    words.append(file)
try:
    raise ValueError("no")
except (ValueError, KeyError) as error:
    del words[0]
finally:
    pass
for n in range(2, 9, 3):
    assert n
'''


def test_every_construct_has_its_sentence() -> None:
    told = {one.line: one.words for one in read_code(PROGRAM).told}
    assert 1 not in told
    assert told[2] == "Makes `math` usable here."
    assert told[3] == "Takes `path` from the module `os`."
    assert told[6] == "Sets `a` and `b` to `1` and `2`, all at once."
    assert told[7] == "Sets `words` to the list `['x', 'y']`."
    assert told[8] == "Sets `age` to what is typed, as a whole number."
    assert told[11].startswith(
        "Defines a function `count` that takes `xs`, `start` (`0` if it is left out), `key` "
        "(`None` if it is left out), any further values as `rest` and any further names as `more`."
    )
    assert told[11].endswith("It gives back `total`.")
    assert told[14] == "Goes through `xs` and counts along: `i` and `x`."
    assert told[15] == "If `x > 2` holds, line 16 is done; otherwise it goes on at line 18."
    assert told[16] == "Adds `x` to `total`."
    assert told[18] == "Goes on with the next round of the loop."
    assert told[19] == "Repeats as long as `total > 100` holds."
    assert told[20] == "Divides `total` by `2` and drops the rest."
    assert told[24] == "Defines a class `Dog`, which builds on `Animal`. Its methods are `bark`."
    assert told[26] == "Shows `'woof'` and `self`."
    assert told[29] == "Works with `open('f')` as `file`, and closes it at the end of the block."
    assert told[30] == "Adds `file` to the end of `words`."
    assert told[31].startswith("Tries what follows; where `(ValueError, KeyError)` is raised")
    assert told[37] == "Repeats 3 times, with `n` going from 2 to 8."
    assert [one.depth for one in read_code(PROGRAM).told if one.line == 16] == [3]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("while True:\n    print(1)", "Repeats for ever."),
        ("while True:\n    break", "Repeats until line 2 ends it."),
        ("for i in range(n):\n    pass", "Repeats `n` times, with `i` going from 0 up to one"),
        ("for i in range(5, 1):\n    pass", "Repeats not even once: `range(5, 1)` is empty."),
        ("for a, b in zip(x, y):\n    pass", "Goes through `x` and `y` side by side: `a` and `b`."),
        ("squares = [n * n for n in xs if n > 1]", "Sets `squares` to a list of `n * n` for each"),
        ("x = {}", "Sets `x` to an empty dictionary."),
        ("match x:\n    case 1: pass", "Compares `x` with 1 patterns"),
        ("global x\nnonlocal_ = 1", "Means the program's own `x`."),
        ("print()", "Shows an empty line."),
        ("a.b.c(1, 2)", "Calls `a.b.c` with `1` and `2`."),
        ("def g():\n    yield 1", "Defines a function `g` that takes nothing. It hands out values"),
        ("@cache\ndef f(n): return f(n)", "It calls itself. It is wrapped by `cache`."),
    ],
)
def test_loops_and_the_like_are_put_in_words(source: str, words: str) -> None:
    assert words in " ".join(one.words for one in read_code(source).told)


@pytest.mark.parametrize(
    ("body", "growth"),
    [
        ("return xs[0]", "O(1)"),
        ("for i in range(10):\n        print(i)", "O(1)"),
        ("return sum(xs)", "O(n)"),
        ("return sorted(xs)", "O(n log n)"),
        ("for x in xs:\n        for y in xs:\n            print(x, y)", "O(n²)"),
        ("return [x + y for x in xs for y in xs]", "O(n²)"),
        ("for x in xs:\n        print(sorted(xs))", "O(n² log n)"),
        ("n = len(xs)\n    while n > 1:\n        n //= 2", "O(log n)"),
        ("return 1 if not xs else f(xs[1:])", "O(n)"),
        ("return f(xs - 1) + f(xs - 2) if xs > 1 else xs", "O(2ⁿ)"),
        ("m = len(xs) // 2\n    return f(xs[:m]) + f(xs[m:]) if m else xs", "O(n log n)"),
        ("m = len(xs) // 2\n    if m:\n        return f(xs[:m])\n    return f(xs[m:])", "O(log n)"),
        ("for x in xs:\n        g(x)", "O(n²)"),
    ],
)
def test_growth_is_estimated(body: str, growth: str) -> None:
    source = f"def f(xs):\n    {body}\n\ndef g(ys):\n    for y in ys:\n        print(y)\n"
    measure = next(each for each in read_code(source).measures if each.name == "f")
    assert measure.growth == growth, measure
    assert measure.growth_why.endswith(".")


def test_remembered_results_make_a_recursion_linear() -> None:
    source = "@functools.cache\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)"
    assert read_code(source).measures[0].growth == "O(n)"


def test_complexity_and_nesting_are_counted() -> None:
    whole, count, bark = read_code(PROGRAM).measures
    assert (whole.name, count.name, bark.name) == ("<module>", "count", "bark")
    assert (count.complexity, count.nesting, count.lines) == (4, 2, 11)
    assert (bark.complexity, bark.nesting) == (1, 0)
    chain = "def f(x):\n    if x == 1 and x:\n        pass\n    elif x == 2:\n        pass\n"
    chain += "    elif x:\n        pass"
    measured = read_code(chain).measures[0]
    assert (measured.complexity, measured.nesting) == (5, 1)


def test_names_are_told_with_the_lines_that_set_and_read_them() -> None:
    uses = {(one.scope, one.name): one for one in read_code(PROGRAM).names}
    total = uses["count", "total"]
    assert (total.set_on, total.read_on) == ((13, 16, 20), (16, 19, 20, 21))
    assert uses["<module>", "words"].read_on == (30, 34)


@pytest.mark.parametrize(
    ("source", "kind", "line", "words"),
    [
        ("", "empty", 0, "nothing here yet"),
        ("\ufeff \n\t\n", "empty", 0, "nothing here yet"),
        ("x = 1\n" * 50_000, "too_large", 0, "300,000 characters"),
        ("x = '" + "a" * 30_000 + "'", "too_large", 0, "too long"),
        ("x = 1\ny = '\0'", "not_text", 2, "null bytes"),
        ("x = 1\nprint 'hello'", "python2", 2, "`print` without brackets"),
        ("try:\n    x = 1\nexcept ValueError, e:\n    pass", "python2", 3, "Python 2"),
        ("if 1 <> 2:\n    pass", "python2", 1, "`<>`"),
        ("#include <stdio.h>\nint main() { return 0; }", "another_language", 1, "C or C++"),
        ("public class A { }", "another_language", 1, "Java"),
        ("const x = 3;\nconsole.log(x)", "another_language", 1, "JavaScript"),
        ("<!DOCTYPE html><p>hi", "another_language", 1, "HTML"),
        ("The cat sat on the mat.", "syntax", 1, "cannot read this line"),
        ("for x in xs\n    print(x)", "syntax", 1, "A colon is missing"),
        ("print((1, 2)", "syntax", 1, "never closed"),
        ("if x = 1:\n    pass", "syntax", 1, "does not compare"),
        ("x = 'abc", "syntax", 1, "closing quotation mark"),
        ("def f():\nreturn 1", "syntax", 2, "not in it"),
        ("x = 1\n  y = 2", "syntax", 2, "nothing before it begins a block"),
        ("1 = x", "syntax", 1, "no name stands left"),
        ("x = “a”", "syntax", 1, "does not know"),
        ("x = " + "(" * 3_000 + ")" * 3_000, "", 0, ""),
    ],
)
def test_what_is_no_program_is_told_in_words(source: str, kind: str, line: int, words: str) -> None:
    found = read_code(source).unreadable
    assert found is not None
    assert found.remedy
    assert found.kind == kind or not kind
    assert found.line == line or not kind
    assert words in found.words


@pytest.mark.skipif(sys.version_info < (3, 11), reason="older ones are not supported")
@pytest.mark.parametrize(
    "source",
    [
        "x = " + "-" * 10_000 + "1",
        "x = " + "+".join("1" for _ in range(9_000)),
        "x" + ".a" * 9_000,
        "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 95)) + " " * 95 + "pass",
        "x = lambda: " * 1_500 + "1",
    ],
)
def test_what_nests_too_deep_breaks_nothing(source: str) -> None:
    reading = read_code(source)
    assert reading.unreadable is not None or reading.told


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(source: str) -> None:
    reading = read_code(source)
    assert (reading.unreadable is None) or not reading.told
