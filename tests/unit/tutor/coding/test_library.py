"""Every known wrong idea is found where it is, and not where it has been mended."""

import pytest

from assistant.config.paths import resources
from assistant.domain.code_review import CheckedBy
from assistant.tutor.coding.library import KNOWN
from assistant.tutor.coding.reading import read_code
from assistant.tutor.courses.reading import read_course

# Each kind: a program in which it is (its line marked with "# !"), and the same one mended.
PAIRS = {
    "mutable-default": ("def f(x, seen=[]):  # !\n    seen.append(x)\n    return seen",
                        "def f(x, seen=None):\n    return [*(seen or []), x]"),
    "bare-except": ("try:\n    x = int('a')\nexcept:  # !\n    x = 0\nprint(x)",
                    "try:\n    x = int('a')\nexcept ValueError:\n    x = 0\nprint(x)"),
    "swallowed-error": ("try:\n    print(1)\nexcept Exception:  # !\n    pass",
                        "try:\n    print(1)\nexcept ZeroDivisionError:\n    print('no')"),
    "compared-to-none": ("def f(x):\n    return x == None  # !", "def f(x):\n    return x is None"),
    "compared-to-true": ("def f(x):\n    return x == True  # !", "def f(x):\n    return not x"),
    "is-literal": ("def f(x):\n    return x is 'a'  # !", "def f(x):\n    return x == 'a'"),
    "or-literal": ("def f(x):\n    return x == 1 or 2  # !", "def f(x):\n    return x in (1, 2)"),
    "text-and-number": ("age = input()\nif age > 17:  # !\n    print('in')",
                        "age = int(input())\nif age > 17:\n    print('in')"),
    "float-equality": ("def f(x):\n    return x == 0.3  # !",
                       "def f(x):\n    return abs(x - 0.3) < 1e-9"),
    "always-same": ("def f(x):\n    return x == x  # !", "def f(x, y):\n    return x == y"),
    "tuple-condition": ("def f(x):\n    assert (x, 'no')  # !\n    return x",
                        "def f(x):\n    assert x, 'no'\n    return x"),
    "method-not-called": ("def f(xs):\n    xs.sort  # !\n    return xs",
                          "def f(xs):\n    xs.sort()\n    return xs"),
    "no-effect": ("def f(x):\n    x == 5  # !\n    return x", "def f(x):\n    x = 5\n    return x"),
    "result-dropped": ("def f(s):\n    s.upper()  # !\n    return s",
                       "def f(s):\n    s = s.upper()\n    return s"),
    "none-kept": ("def f(xs):\n    xs = xs.sort()  # !\n    return xs",
                  "def f(xs):\n    xs = sorted(xs)\n    return xs"),
    "shared-rows": ("def f(n):\n    return [[0] * n] * n  # !",
                    "def f(n):\n    return [[0] * n for _ in range(n)]"),
    "index-past-end": ("def f(xs):\n    return xs[len(xs)]  # !",
                       "def f(xs):\n    return xs[len(xs) - 1]"),
    "range-past-end": ("def f(xs):\n    for i in range(len(xs) + 1):  # !\n        print(i, xs[i])",
                       "def f(xs):\n    for i in range(len(xs)):\n        print(i, xs[i])"),
    "neighbour-past-end": (
        "def f(xs):\n    for i in range(len(xs)):\n        print(xs[i] - xs[i + 1])  # !",
        "def f(xs):\n    for i in range(len(xs) - 1):\n        print(xs[i] - xs[i + 1])"),
    "while-past-end": (("def f(xs):\n    i = 0\n    while i <= len(xs):  # !\n"
                       "        print(xs[i])\n        i += 1"),
                       ("def f(xs):\n    i = 0\n    while i < len(xs):\n"
                       "        print(xs[i])\n        i += 1")),
    "changed-while-read": ("def f(xs):\n    for x in xs:\n        xs.remove(x)  # !",
                           "def f(xs):\n    for x in list(xs):\n        xs.remove(x)"),
    "decided-too-early": (("def f(xs):\n    for x in xs:\n        if x > 0:  # !\n"
                          "            return True\n        else:\n            return False\n"
                          "    return False"),
                          ("def f(xs):\n    for x in xs:\n        if x > 0:\n"
                          "            return True\n    return False")),
    "return-in-loop": (("def f(xs):\n    t = 0\n    for x in xs:\n        t += x\n"
                       "        return t  # !\n    return 0"),
                       "def f(xs):\n    t = 0\n    for x in xs:\n        t += x\n    return t"),
    "endless-loop": ("def f(n):\n    while n > 0:  # !\n        print(n)",
                     "def f(n):\n    while n > 0:\n        print(n)\n        n -= 1"),
    "loop-name-set": ("for i in range(9):\n    print(i)\n    i += 2  # !",
                      "for i in range(0, 9, 3):\n    print(i)"),
    "empty-range": ("for i in range(10, 0):  # !\n    print(i)",
                    "for i in range(10, 0, -1):\n    print(i)"),
    "counting-places": ("def f(xs):\n    for i in range(len(xs)):  # !\n        print(xs[i])",
                        "def f(xs):\n    for x in xs:\n        print(x)"),
    "reset-in-loop": ("def f(xs):\n    for x in xs:\n        t = 0  # !\n        t += x\n    t()",
                      "def f(xs):\n    t = 0\n    for x in xs:\n        t += x\n    return t"),
    "missing-return": ("def f(x):  # !\n    if x > 0:\n        return 'up'",
                       "def f(x):\n    if x > 0:\n        return 'up'\n    return 'down'"),
    "prints-only": ("def f(x):  # !\n    print(x * 2)\ny = f(2) + 1\nprint(y)",
                    "def f(x):\n    return x * 2\ny = f(2) + 1\nprint(y)"),
    "unreachable": ("def f(x):\n    return x\n    print(x)  # !",
                    "def f(x):\n    print(x)\n    return x"),
    "no-base-case": ("def f(n):\n    return n * f(n - 1)  # !",
                     "def f(n):\n    return 1 if n < 2 else n * f(n - 1)"),
    "no-self": ("class A:\n    def hi():  # !\n        return 1",
                "class A:\n    def hi(self):\n        return 1"),
    "self-left-out": ("class A:\n    def __init__(self, x):\n        x = x  # !",
                      "class A:\n    def __init__(self, x):\n        self.x = x"),
    "shared-in-class": (("class A:\n    seen = []  # !\n    def add(self, x):\n"
                        "        self.seen.append(x)"),
                        ("class A:\n    def __init__(self):\n        self.seen = []\n"
                        "    def add(self, x):\n        self.seen.append(x)")),
    "same-branches": ("def f(x):\n    if x:  # !\n        return 1\n    else:\n        return 1",
                      "def f(x):\n    if x:\n        return 1\n    else:\n        return 2"),
    "call-dropped": ("def f(x):\n    return x * 2\nf(3)  # !",
                     "def f(x):\n    return x * 2\nprint(f(3))"),
    "shadowed-builtin": ("list = [1]  # !\nprint(list)", "items = [1]\nprint(items)"),
    "never-used": ("def f(x):\n    y = x + 1  # !\n    return x",
                   "def f(x):\n    y = x + 1\n    return y"),
    "used-before-set": ("print(x)  # !\nx = 1", "x = 1\nprint(x)"),
    "unknown-name": ("def f(value):\n    return valeu  # !", "def f(value):\n    return value"),
    "global-unsaid": ("n = 0\ndef f():\n    n += 1  # !\n    return n",
                      "n = 0\ndef f():\n    global n\n    n += 1\n    return n"),
}  # fmt: skip


def test_every_kind_has_its_pair() -> None:
    assert PAIRS.keys() == KNOWN.keys()


@pytest.mark.parametrize("kind", PAIRS)
def test_it_is_found_on_its_line_and_not_where_it_was_mended(kind: str) -> None:
    broken, mended = PAIRS[kind]
    reading = read_code(broken)
    assert reading.unreadable is None
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if text.endswith("# !"))
    found = [one for one in reading.findings if one.kind == kind]
    assert [one.line for one in found] == [line], reading.findings
    assert found[0].checked_by is CheckedBy.AST
    assert "{" not in found[0].words + found[0].remedy.replace("{}", "")
    assert not read_code(mended).findings


def test_programs_of_the_course_that_are_right_are_left_in_peace() -> None:
    course = read_course(resources() / "courses" / "python-from-zero")
    tasks = [each.code for concept in course.concepts for each in concept.exercises if each.code]
    assert len(tasks) > 150
    found = {
        task.module: reading.findings or reading.unreadable
        for task in tasks
        if (reading := read_code(task.reference)).findings or reading.unreadable
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "def f(xs):\n    return [x for x in xs if x]\n\ny = f([1])\nprint(y)",
        "import os\n\n\ndef f():\n    global count\n    count = 1\n\n\nf()\nprint(count, os.sep)",
        "class A:\n    n = 1\n    m = n + 1\n\n    def f(self):\n        return self.m",
        (
            "def outer():\n    total = 0\n\n    def inner():\n        nonlocal total\n"
            "        total += 1\n\n    inner()\n    return total"
        ),
        (
            "match input():\n    case 'a' | 'b' as x:\n        print(x)\n    case [first, *rest]:\n"
            "        print(first, rest)\n    case {'k': v, **m}:\n        print(v, m)"
        ),
        "def walk(n):\n    while True:\n        n -= 1\n        if n < 0:\n            return n",
        "from math import *\nprint(sqrt(2))",
        "def even(n):\n    return n < 1 or odd(n - 1)\ndef odd(n):\n    return n and even(n - 1)",
        "for i in range(3):\n    if i:\n        print(last)\n    last = i",
        "try:\n    import tomllib\nexcept ImportError:\n    tomllib = None\nprint(tomllib)",
        "f = lambda x, y=1: x + y\nprint(f(1))",
        "def g():\n    x = yield 1\n    while x:\n        x = yield x",
        (
            "async def go(q):\n    async for e in q:\n        await e\n    async with q as w:\n"
            "        print(w)"
        ),
        "import time\nt = time.time()\nwhile time.time() - t < 1:\n    print('waiting')",
        "if (n := len(input())) > 3:\n    print(n)",
    ],
)
def test_honest_programs_have_no_findings(source: str) -> None:
    assert read_code(source).findings == ()
