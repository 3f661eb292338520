"""Questions about testing, and about saying what a function does."""

from typing import TYPE_CHECKING

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    NAMES,
    THINGS,
    assertions_of,
    block,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
    which,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG = ("apple", "bread", "chair", "eraser", "grape")
_STATED = (
    "Which statements are reached at all?",
    "A true `assert` does nothing; a false one ends the function with an `AssertionError`.",
    "Work out both sides of each statement before you go on to the next.",
)
_SAID = (
    "Does Python look at this text or this hint when the program runs?",
    "A docstring is the first text in a function; it and the hints are kept, but check nothing.",
    "Cross out docstrings and hints in thought, and run what is left.",
)


def testing(draw: Draw) -> Draft:
    """What a statement says, how many hold, and which case finds a fault."""
    return by_level(
        draw, _how_many_hold, _first_false, _finds_it, _expected, _border_case, _mend_tested,
        _in_a_class,
        _checking_task,
    )  # fmt: skip


def _how_many_hold(draw: Draw) -> Draft:
    ways: dict[str, Callable[[int], int]] = {
        "n // 2": lambda n: n // 2,
        "n * 2": lambda n: n * 2,
        "n % 3": lambda n: n % 3,
        "abs(n)": abs,
        "n - 3": lambda n: n - 3,
        "n * n": lambda n: n * n,
    }
    body = draw.pick(*ways)
    call = ways[body]
    cases: list[tuple[int, int]] = []
    for _ in range(3 + draw.level):
        n = draw.integer(-9, 20)
        cases.append((n, call(n) + (draw.integer(1, 3) if draw.coin() else 0)))
    lines = ["def work(n):", f"    return {body}", "", "passed = 0", f"for n, wanted in {cases}:"]
    lines += ["    try:", "        assert work(n) == wanted", "        passed += 1"]
    lines += ["    except AssertionError:", "        pass", "print(passed)"]
    key = sum(call(n) == wanted for n, wanted in cases)
    wrong = [(len(cases) - key, "silence-is-failure"), (len(cases), "tests-prove")]
    return typed(draw, lines, key, wrong, _STATED)


def _first_false(draw: Draw) -> Draft:
    by, words = draw.integer(2, 9), draw.some(THINGS, 3)
    n = draw.integer(2, 9)
    right = [draw.coin() for _ in range(2)]
    lines = ["def times(n):", f"    return n * {by}", "", "try:"]
    shown: list[str] = []
    for ok, word in zip(right, words, strict=False):
        lines.append(f'    assert times({n}) == {n * by + (0 if ok else 1)}, "{word}"')
        lines.append(f'    print("{word} holds")')
        shown.append(f"{word} holds" if ok else word)
        n += 1
    lines += ["except AssertionError as problem:", "    print(problem)"]
    stop = right.index(False) + 1 if False in right else len(right)
    key = "\n".join(shown[:stop])
    wrong = [
        ("\n".join(shown), "many-same-cases"),
        ("\n".join(f"{word} holds" for word in words[:2]), "tests-prove"),
        (words[1], ""),
        ("AssertionError", "silence-is-failure"),
    ]
    return printed(draw, (lines, key, wrong), _STATED)


def _finds_it(draw: Draw) -> Draft:
    limit = draw.integer(5, 30 * draw.level)
    right, wrong = draw.pick((">=", ">"), (">", ">="), ("<=", "<"), ("<", "<="))
    lines = ["def right(n):", f"    return n {right} {limit}", ""]
    lines += ["def faulty(n):", f"    return n {wrong} {limit}"]
    others = [
        (limit + draw.integer(1, 20), "many-same-cases"), (limit - draw.integer(1, 20), ""),
        (limit * 10, "many-same-cases"), (-limit, ""),
    ]  # fmt: skip
    return which(
        draw,
        "A test that finds the fault needs a case for which both differ. Which one is true?",
        lines,
        f"right({limit}) != faulty({limit})",
        [(f"right({n}) != faulty({n})", idea) for n, idea in draw.some(others, 3)],
        _STATED,
    )


def _expected(draw: Draw) -> Draft:
    word = draw.pick(*_LONG)
    n = draw.integer(2, 4)
    body, call, wanted, others = draw.pick(
        ("text[:n]", f'cut("{word}", {n})', word[:n], (word[n:], word[: n + 1], word[-n:])),
        ("text[n:]", f'cut("{word}", {n})', word[n:], (word[:n], word[n + 1 :], word[n - 1 :])),
        ("text * n", f'cut("{word}", {n})', word * n, (word, f"{word} {word}", word * (n + 1))),
        ("text[-n:]", f'cut("{word}", {n})', word[-n:], (word[:n], word[-n - 1 :], word[n:])),
        ("text[n]", f'cut("{word}", {n})', word[n], (word[n - 1], word[:n], word[-1])),
    )
    lines = ["def cut(text, n):", f"    return {body}", "", f"assert {call} == ___"]
    lines += ['print("it holds")']
    picked = [(f'"{one}"', "") for one in dict.fromkeys(others) if one and one != wanted]
    return gap(draw, lines, f'"{wanted}"', picked, "it holds")


def _border_case(draw: Draw) -> Draft:
    large, name = draw.coin(), draw.pick("best", "found", "outer", "extreme")
    start = draw.pick(0, 1, 10) if large else draw.pick(50, 100, 1000)
    lines = block(f"def {name}(scores):", f"top = {start}",
                  *block("for n in scores:", *block(f"if n {'>' if large else '<'} top:",
                   "top = n")),
                  "return top")  # fmt: skip
    a, b = draw.some(range(1, 40), 2)
    inside = [start + n if large else start - n for n in (a, b)]
    beyond = [start - n if large else start + n for n in (a, b)]
    fits = max if large else min
    others = [
        (f"{name}({inside}) != {fits(inside)}", "many-same-cases"),
        (f"{name}([{inside[0]}]) != {inside[0]}", "many-same-cases"),
        (f"{name}([{start}, {inside[0]}]) != {inside[0]}", "many-same-cases"),
        (f"{name}({inside}) != {name}({inside[::-1]})", "test-copies-code"),
        (f"{name}({beyond}) != {name}({beyond})", "test-copies-code"),
        (f"{name}([{beyond[0]}, {inside[1]}]) != {inside[1]}", ""),
    ]
    word = "largest" if large else "smallest"
    ask = f"`{name}` should give the {word} number. Which of these is true, and so shows its fault?"
    right = f"{name}({beyond}) != {fits(beyond)}"
    return which(draw, ask, lines, right, draw.some(others, 3), _STATED)


def _mend_tested(draw: Draw) -> Draft:
    low, high = draw.integer(1, 9), draw.integer(20, 60)
    inside, below, above = draw.integer(10, 19), low - draw.integer(1, 9), high + draw.integer(1, 9)
    lines = ["def clamp(n):", f"    return max({low}, min({high}, n))", ""]
    lines += [f"assert clamp({inside}) == {inside}", f"assert clamp({below}) == {low}"]
    lines += [f"assert clamp({above}) == {high}", 'print("all hold")']
    at = draw.integer(4, 6)
    right = lines[at - 1]
    call = right.split(" == ")[0]
    lines[at - 1] = f"{call} == {draw.pick(below - 1, above + 1)}"
    others = [
        (2, f"return min({low}, max({high}, n))", "test-copies-code"),
        (2, "return n", "tests-prove"),
        (7, 'print("some hold")', "silence-is-failure"),
        (4 + (at - 3) % 3, f"assert clamp({high + 50}) == {high + 50}", "many-same-cases"),
    ]
    return mended(draw, lines, (at, right), draw.some(others, 3))("all hold", _STATED)


def _in_a_class(draw: Draw) -> Draft:
    name, by = draw.pick("double", "shift", "grow", "raise_by"), draw.integer(2, 9)
    n, times = draw.integer(2, 30), draw.coin()
    value = n * by if times else n + by
    lines = ["import unittest", "", f"def {name}(n):", f"    return n {'*' if times else '+'} {by}"]
    lines += ["", f"class Test{name.title().replace('_', '')}(unittest.TestCase):"]
    wanted = [value, n + by if times else n * by, value + 1][: 2 + draw.level // 3]
    for at, one in enumerate(wanted, start=1):
        check = draw.pick("assertEqual", "assertEqual", "assertNotEqual")
        lines += [f"    def test_{at}(self):", f"        self.{check}({name}({n}), {one})", ""]
    case = f"Test{name.title().replace('_', '')}"
    lines += [
        "found = unittest.TestResult()",
        f"unittest.defaultTestLoader.loadTestsFromTestCase({case}).run(found)",
        "print(found.testsRun, len(found.failures))",
    ]
    checks = [line.strip().split("(")[0] for line in lines if "self.assert" in line]
    fails = sum(
        (one == value) is (check == "self.assertNotEqual")
        for one, check in zip(wanted, checks, strict=True)
    )
    wrong = [(f"{len(wanted)} {count}", "") for count in range(4) if count != fails]
    wrong.insert(0, (f"{len(wanted) - fails} {fails}", "silence-is-failure"))
    return printed(draw, (lines, f"{len(wanted)} {fails}", wrong), _STATED)


def _checking_task(draw: Draw) -> Draft:
    n = draw.integer(5, 40)
    ask, right, faults = draw.pick(
        (f"gives the number, but never more than {n}", f"min(n, {n})",
         (f"max(n, {n})", "n", f"min(n, {n - 1})", f"{n}")),
        (f"tells whether the number is at least {n}", f"n >= {n}",
         (f"n > {n}", f"n <= {n}", "True", "False")),
        (f"gives the distance of the number from {n}", f"abs(n - {n})",
         (f"n - {n}", f"{n} - n", f"abs(n + {n})", "0")),
        (f"gives the number, or {n} where it is below 0", f"n if n >= 0 else {n}",
         (f"n if n > 0 else {n}", "n", f"{n}", f"abs(n) if n else {n + 1}")),
    )  # fmt: skip
    cases = (-n, -1, 0, 1, n - 1, n, n + 1, 3 * n)
    module = "checks"
    tests = f"from {module} import check\n\n\ndef test_the_right_one():\n"
    tests += f"    assert check(lambda n: {right}) is True\n"
    for at, fault in enumerate(faults, start=1):
        tests += f"\n\ndef test_fault_{at}():\n    assert check(lambda n: {fault}) is False\n"
    head = "def check(work):\n"

    def program(values: tuple[int, ...]) -> str:
        return (
            f"def right(n):\n    return {right}\n\n\n{head}"
            f"    return all(work(n) == right(n) for n in {values})\n"
        )

    task = CodeTask(module, f"{head}    return True\n", tests, program(cases))
    slips = [program((2 * n, 3 * n)), f"{head}    return False\n", program((1, 2))]
    return challenge(
        "Test a function",
        f"Write `check(work)`. It gets a function and tells whether it does what it should: it "
        f"{ask}. Choose cases that find the faults.",
        task,
        slips,
        (
            "For which numbers could somebody get it wrong?",
            "Take numbers on both sides of each border, and the border itself.",
            "Work out by yourself what should come out of each case, and compare.",
        ),
    )


def docstrings_and_hints(draw: Draw) -> Draft:
    """What a docstring is, where it is kept, and that hints check nothing."""
    return by_level(
        draw, _hint_not_checked, _docstring_or_not, _not_shown, _hint_of, _doc_gap, _true_of_doc,
        _doc_task,
    )  # fmt: skip


def _hint_not_checked(draw: Draw) -> Draft:
    n, k = draw.integer(2, 9 * draw.level), draw.integer(2, 4)
    thing = draw.pick(*THINGS)
    body, given, key, slip = draw.pick(
        (f"n * {k}", f'"{thing}"', thing * k, "TypeError"),
        ("n + n", f'"{n}"', f"{n}{n}", str(2 * n)),
        ("n + n", f"[{n}]", f"[{n}, {n}]", "TypeError"),
        (f"n * {k}", f"{n}.5", str((n + 0.5) * k), str(n * k)),
        ("n == n", f'"{thing}"', "True", "TypeError"),
    )
    lines = ["def work(n: int) -> int:", f"    return {body}", "", f"print(work({given}))"]
    wrong = [(slip, "hints-enforced"), ("TypeError", "hints-enforced"), ("ValueError", "")]
    return printed(draw, (lines, key, [*wrong, ("None", "")]), _SAID)


def _docstring_or_not(draw: Draw) -> Draft:
    thing, n = draw.pick(*THINGS), draw.integer(2, 90)
    text = f'"""Give the {thing}."""'
    first, key = draw.pick(
        ([text, f"return {n}"], True), ([f"n = {n}", text, "return n"], False),
        ([f"# {text}", f"return {n}"], False), ([f"return {n}", text], False),
        ([f"text = {text}", f"return {n}"], False), ([text, f"n = {n}", "return n"], True),
    )  # fmt: skip
    lines = [*block(f"def {thing}():", *first), "", f"print({thing}.__doc__)"]
    said = f"Give the {thing}."
    wrong = [(said if not key else "None", "docstring-anywhere"), (n, "docstring-shown")]
    wrong.append(("AttributeError", ""))
    return printed(draw, (lines, said if key else None, wrong), _SAID)


def _not_shown(draw: Draw) -> Draft:
    thing, n, k = draw.pick(*THINGS), draw.integer(2, 60), draw.integer(2, 9)
    sign = draw.pick("+", "*")
    lines = block("def work(n):", f'"""Find the {thing}."""', f"return n {sign} {k}")
    lines += ["", f"print(work({n}))"]
    key = n + k if sign == "+" else n * k
    wrong = [(f"Find the {thing}.\n{key}", "docstring-shown"), (f"Find the {thing}.", ""),
             (None, "docstring-anywhere")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _SAID)


def _hint_of(draw: Draw) -> Draft:
    value, right, others = draw.pick(
        ('["a", "b"]', "list[str]", ("list[int]", "dict[str, str]", "tuple[str, str]")),
        ("[1, 2, 3]", "list[int]", ("list[str]", "tuple[int, int]", "dict[int, int]")),
        ('{"a": 1}', "dict[str, int]", ("dict[int, str]", "list[str]", "set[str]")),
        ('{1: "a"}', "dict[int, str]", ("dict[str, int]", "list[int]", "tuple[int, str]")),
        ('("a", 1)', "tuple[str, int]", ("tuple[int, str]", "list[str]", "dict[str, int]")),
        ("{1, 2}", "set[int]", ("dict[int, int]", "list[int]", "set[str]")),
    )
    name = draw.pick(*NAMES).lower()
    shift = draw.integer(1, 40)
    lines = [
        "from typing import get_args, get_origin",
        "",
        f"def {name}() -> ___:",
        f"    return {value.replace('1', str(shift))}",
        "",
        f'made, hint = {name}(), {name}.__annotations__["return"]',
        "parts = list(made.items())[0] if isinstance(made, dict) else tuple(made)",
        "kinds = tuple(type(part) for part in parts)",
        "wanted = get_args(hint)",
        "fits = kinds == wanted or len(wanted) == 1 and set(kinds) == set(wanted)",
        "print(get_origin(hint) is type(made) and fits)",
    ]
    return gap(draw, lines, right, [(one, "") for one in others], "True")


def _doc_gap(draw: Draw) -> Draft:
    thing, n = draw.pick(*THINGS), draw.integer(2, 90)
    said = draw.pick(f"Count the {thing}s.", f"Find a {thing}.", f"Buy one {thing} more.")
    lines = [f"def {thing}(n):", "    ___", f"    return n + {n}", ""]
    lines += [f"print({thing}.__doc__)"]
    others = [
        (f"# {said}", "docstring-anywhere"), (f'print("{said}")', "docstring-shown"),
        (f'return "{said}"', "docstring-shown"), (f'doc = "{said}"', "docstring-anywhere"),
    ]  # fmt: skip
    return gap(draw, lines, f'"""{said}"""', draw.some(others, 3), said)


def _true_of_doc(draw: Draw) -> Draft:
    thing, n = draw.pick(*THINGS), draw.integer(2, 90)
    lines = block(f"def {thing}(n: int = {n}) -> str:", f'"""Name the {thing}."""', "return n")
    right = draw.pick(
        f'{thing}() == {n}', f'{thing}("a") == "a"', f'"{thing}" in {thing}.__doc__',
        f'{thing}.__annotations__["n"] is int',
    )  # fmt: skip
    others = [
        (f'{thing}() == "{n}"', "hints-enforced"),
        (f"{thing}() == {thing}.__doc__", "docstring-shown"),
        (f"type({thing}(2)) is str", "hints-enforced"), (f"{thing}.__doc__ is None", ""),
    ]  # fmt: skip
    return which(draw, "Which of these is true?", lines, right, draw.some(others, 3), _SAID)


def _doc_task(draw: Draw) -> Draft:
    name, one, kind, ask, body, values = draw.pick(
        ("shout", "text", "str", "the text in capitals", "text.upper()", ('"tea"', "TEA")),
        ("half", "n", "float", "half of the number", "n / 2", ("5.0", 2.5)),
        ("length", "words", "list[str]", "how many words there are", "len(words)",
         ('["a", "b"]', 2)),
        ("first", "text", "str", "the first sign of the text", "text[0]", ('"cup"', "c")),
        ("last", "text", "str", "the last sign of the text", "text[-1]", ('"cup"', "p")),
        ("whisper", "text", "str", "the text in small letters", "text.lower()", ('"TEA"', "tea")),
        ("double", "n", "float", "twice the number", "n * 2", ("5.0", 10.0)),
    )  # fmt: skip
    result = {"half": "float", "double": "float", "length": "int"}.get(name, "str")
    extra = draw.integer(2, 9)
    head = f"def {name}({one}: {kind}, times: int = {extra}) -> {result}:"
    call, value = values
    tests = assertions_of(
        "said",
        name,
        (f"{name}({call}, 1)", value),
        (f"{name}({call})", value * extra),
        (f'{name}.__annotations__.get("times")', int),
        (f'bool(({name}.__doc__ or "").strip().endswith("."))', True),
        (f'len({name}.__annotations__)', 3),
    ).replace("<class 'int'>", "int")  # fmt: skip
    body = f"{body} * times"
    right = f'{head}\n    """Give {ask}, as often as is asked."""\n    return {body}\n'
    bare = f"def {name}({one}, times={extra}):\n    return {body}\n"
    task = CodeTask("said", bare, tests, right)
    return challenge(
        f"Say what {name} does",
        f"`{name}` gives {ask}, times the number in its second argument, {extra} without one. "
        "Give it a docstring of a "
        f"sentence with a full stop, and hints: `{one}` is a `{kind}`, `times` a whole number, and "
        f"a `{result}` comes out.",
        task,
        [
            f"{head}\n    return {body}\n",
            bare.replace("    return", f'    """Give {ask}."""\n    return'),
        ],
        (
            "Where does a docstring stand, and where a hint?",
            "Hints come after the names and after the brackets; the docstring is the first text.",
            "The default value stays: it comes after the hint, behind an equals sign.",
        ),
    )
