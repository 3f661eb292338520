"""Questions about modules."""

import math
import statistics
from collections import Counter

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    NAMES,
    THINGS,
    assertions_of,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
    which,
)

_NAMED = (
    "Which names does this import make known?",
    "`import m` makes `m` known, `from m import f` makes `f` known, and only that.",
    "Look for each name in the lines above: has it come with an import or a line of its own?",
)


def modules(draw: Draw) -> Draft:
    """What an import makes known, and what the standard library gives."""
    return by_level(
        draw, _library, _imported, _counted, _import_gap, _two_imports, _mend_import, _module_true,
        _module_task,
    )  # fmt: skip


def _library(draw: Draw) -> Draft:
    n, values = draw.integer(2, 20 * draw.level), draw.some(range(1, 15 + 10 * draw.level), 5)
    tenth = draw.integer(1, 9)
    line, module, key, slip = draw.pick(
        (f"math.ceil({n}.{tenth})", "math", n + 1, n),
        (f"math.floor({n}.{tenth})", "math", n, n + 1),
        (f"math.isqrt({n * n + 1})", "math", n, n * n),
        (f"math.gcd({n * 6}, {n * 4})", "math", 2 * n, math.lcm(6 * n, 4 * n)),
        (f"statistics.median({values})", "statistics", int(statistics.median(values)), values[2]),
        (f"math.prod({values[:3]})", "math", math.prod(values[:3]), sum(values[:3])),
        (f"statistics.mode({[*values, values[1]]})", "statistics", values[1], max(values)),
    )  # fmt: skip
    lines = [f"import {module}", f"print({line})"]
    return typed(draw, lines, key, [(slip, ""), (key + 2, "")], _NAMED)


_FEATURES = (
    ("math", "sqrt", "sqrt({n})", "{n_root}.0"),
    ("math", "floor", "floor({n}.5)", "{n}"),
    ("math", "ceil", "ceil({n}.5)", "{n_more}"),
    ("statistics", "mean", "mean([{n}, {n}])", "{n}"),
    ("string", "capwords", 'capwords("a b")', "A B"),
    ("math", "gcd", "gcd({n}, {n})", "{n}"),
    ("operator", "neg", "neg({n})", "-{n}"),
)


def _feature(draw: Draw) -> tuple[str, str, str, str]:
    """A module, a function of it, a call, and what it gives."""
    module, name, call, key = draw.pick(*_FEATURES)
    root = draw.integer(2, 12)
    n = root * root
    return module, name, call.format(n=n), key.format(n=n, n_root=root, n_more=n + 1)


def _imported(draw: Draw) -> Draft:
    module, name, call, key = _feature(draw)
    short = module[:2]
    head, use, holds, idea = draw.pick(
        (f"import {module}", call, False, "import-copies-names"),
        (f"import {module}", f"{module}.{call}", True, ""),
        (f"from {module} import {name}", f"{module}.{call}", False, "from-needs-dot"),
        (f"from {module} import {name}", call, True, "from-needs-dot"),
        (f"import {module} as {short}", f"{short}.{call}", True, ""),
        (f"import {module} as {short}", f"{module}.{call}", False, "import-copies-names"),
    )
    answer = key if holds else "NameError"
    wrong = [("NameError" if holds else key, idea), ("ImportError", ""), ("AttributeError", "")]
    return printed(draw, ([head, f"print({use})"], answer, wrong), _NAMED)


def _counted(draw: Draw) -> Draft:
    text = draw.pick(
        "banana", "teatime", "pepper", "mississippi", "cocoa", "noon", "level", "coffee"
    )
    text += draw.pick(*THINGS)
    sign = draw.pick(*sorted(set(text)))
    lines = ["from collections import Counter", f'counts = Counter("{text}")']
    if draw.coin():
        lines.append(f'print(counts["{sign}"], counts["?"])')
        n = text.count(sign)
        key = f"{n} 0"
        wrong = [("KeyError", ""), (f"{n} None", ""), (f"{n + 1} 0", ""), ("NameError", "")]
    else:
        lines.append("print(len(counts))")
        key = str(len(set(text)))
        wrong = [(len(text), ""), (max(Counter(text).values()), ""), ("TypeError", "")]
    return printed(draw, (lines, key, wrong), _NAMED)


def _import_gap(draw: Draw) -> Draft:
    module, name, call, key = _feature(draw)
    dotted = draw.coin()
    right = f"import {module}" if dotted else f"from {module} import {name}"
    others = [
        (f"from {module} import {name}" if dotted else f"import {module}",
         "from-needs-dot" if dotted else "import-copies-names"),
        (f"import {name}", "import-copies-names"),
        (f"from {name} import {module}", ""),
    ]  # fmt: skip
    use = f"{module}.{call}" if dotted else call
    return gap(draw, ["___", f"print({use})"], right, others, key)


def _two_imports(draw: Draw) -> Draft:
    n, by = draw.integer(2, 60), draw.integer(2, 9)
    lines = ["import math", f"math.extra = {n}", "import math", f"math.extra += {by}"]
    lines += ["from math import extra", f"extra += {by}", "print(math.extra, extra)"]
    wrong = [
        ("AttributeError", "import-runs-each-time"),
        (f"{n + 2 * by} {n + 2 * by}", "import-copies-names"),
        (f"{n} {n + by}", ""),
    ]
    return printed(draw, (lines, f"{n + by} {n + 2 * by}", wrong), _NAMED)


def _mend_import(draw: Draw) -> Draft:
    module, name, call, key = _feature(draw)
    lines = [f"from {module} import {name}", "", "def work():", f"    return {module}.{call}", ""]
    lines.append("print(work())")
    others = [
        (6, f"print({module}.work())", "from-needs-dot"),
        (1, f"import {name}", "import-copies-names"),
        (4, f"{call}", ""),
        (1, f"import {module} as {name}", "import-runs-each-time"),
    ]
    right = draw.pick((4, f"return {call}"), (1, f"import {module}"))
    return mended(draw, lines, right, draw.some(others, 3))(key, _NAMED)


def _module_true(draw: Draw) -> Draft:
    n, name = draw.integer(2, 30), draw.pick(*NAMES)
    lines = ["import math", "from math import floor, pi", f'name = "{name}"', f"n = {n}.5"]
    right = draw.pick("floor(n) == math.floor(n)", "pi is math.pi", f"floor(n) == {n}")
    others = [
        (f"math.floor(n) == {n + 1}", ""), ("math.name == name", "import-copies-names"),
        ("type(math) is type(name)", ""), ("floor is math", "import-copies-names"),
    ]  # fmt: skip
    others = [one for one in others if "math.name" not in one[0]]
    return which(draw, "Which of these is true after this program?", lines, right, others, _NAMED)


def _module_task(draw: Draw) -> Draft:
    k = draw.integer(2, 12)
    name, ask, body, slip = draw.pick(
        ("diagonal", f"the diagonal of a rectangle `a` by {k} times `b`, rounded to 2 places",
         f"return round(math.hypot(a, {k} * b), 2)", f"return round(a + {k} * b, 2)"),
        ("boxes", f"how many boxes are needed for `a` times `b` eggs, {k * 2} in a box",
         f"return math.ceil(a * b / {k * 2})", f"return a * b // {k * 2}"),
        ("step", f"the largest number that divides both, plus {k}",
         f"return math.gcd(a, b) + {k}", f"return min(a, b) + {k}"),
    )  # fmt: skip

    def work(a: int, b: int) -> float | int:
        if name == "diagonal":
            return round(math.hypot(a, k * b), 2)
        return -(-a * b // (k * 2)) if name == "boxes" else math.gcd(a, b) + k

    pairs = [
        (6, 9),
        (5, 12),
        *zip(draw.some(range(2, 50), 2), draw.some(range(2, 50), 2), strict=True),
    ]
    tests = assertions_of("reckon", name, *((f"{name}({a}, {b})", work(a, b)) for a, b in pairs))
    task = CodeTask(
        "reckon",
        f"def {name}(a, b):\n    return 0\n",
        tests,
        f"import math\n\n\ndef {name}(a, b):\n    {body}\n",
    )
    return challenge(
        f"From the library: {name}",
        f"Write `{name}(a, b)`: {ask}. Both are whole numbers above 0. Use the module `math`.",
        task,
        [f"import math\n\n\ndef {name}(a, b):\n    {slip}\n", f"def {name}(a, b):\n    {body}\n"],
        (
            "Which function of `math` does nearly all of it?",
            "Fetch the module in the first line; the function then comes after a dot.",
            "Look at `hypot`, `ceil` and `gcd`: one of them fits.",
        ),
    )
