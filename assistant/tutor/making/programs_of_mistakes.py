"""Questions about finding mistakes, and raising exceptions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

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
)

_LOOK = (
    "What do you expect after the first round, and what is there?",
    "Take the smallest input, write down each value, and see where it leaves what you expect.",
    "Check three places: the value before the loop, what a round does, and what is given back.",
)
_UP = (
    "Which line raises, and who catches it?",
    "`raise` ends the function at once; it goes up from caller to caller until a fitting `except`.",
    "Cross out the lines that are skipped between the `raise` and the `except`.",
)


@dataclass(frozen=True, slots=True)
class _Work:
    """A function over numbers in five lines, and what it gives for some."""

    lines: list[str]
    values: list[int]
    step: Callable[[int, int], int]

    def given(self, start: int) -> int:
        """What comes out where it begins with that value."""
        return reduce(self.step, self.values, start)


def _work(draw: Draw) -> _Work:
    values = [draw.integer(2, 9 + 10 * draw.level) for _ in range(3 + draw.level)]
    limit = sorted(values)[len(values) // 2]
    steps: tuple[tuple[str, Callable[[int, int], int]], ...] = (
        (f"total += n if n > {limit} else 0", lambda t, n: t + n if n > limit else t),
        (f"total += n if n < {limit} else 0", lambda t, n: t + n if n < limit else t),
        (f"total += n == {limit}", lambda t, n: t + (n == limit)),
        ("total += n * n", lambda t, n: t + n * n),
        (f"total += n % {limit}", lambda t, n: t + n % limit),
        ("total = max(total, n)", max),
    )
    body, step = draw.pick(*steps)
    lines = block("def work(numbers):", "total = 0", *block("for n in numbers:", body),
                  "return total")  # fmt: skip
    return _Work([*lines, "", f"print(work({values}))"], values, step)


def debugging(draw: Draw) -> Draft:
    """Kinds of errors, what a look shows, and which change helps."""
    return by_level(
        draw,
        _kind_of_error,
        _no_message,
        _look,
        _early_return,
        _mend_start,
        _off_by_one,
        _mend_task,
    )


def _kind_of_error(draw: Draw) -> Draft:
    name, n, thing = draw.pick(*NAMES), draw.integer(2, 60), draw.pick(*THINGS)
    line, kind = draw.pick(
        (f'print("{thing}" + {n})', "TypeError"),
        (f'print(int("{thing}"))', "ValueError"),
        (f"print({thing})", "NameError"),
        (f'print("{name}"[{n}])', "IndexError"),
        (f'print({{"{thing}": {n}}}["{name}"])', "KeyError"),
        (f"print({n} / (n - {n}))", "ZeroDivisionError"),
        (f'print("{name}".add("{thing}"))', "AttributeError"),
        (f"print(len({n}))", "TypeError"),
        (f'print(float("{n},{n}"))', "ValueError"),
    )
    kinds = ["TypeError", "ValueError", "NameError", "IndexError", "KeyError"]
    others = draw.some([one for one in kinds if one != kind], 2)
    wrong = [(one, "") for one in others]
    wrong.append((f"{n}", "no-message-no-fault"))
    return printed(draw, ([f"n = {n}", line], kind, wrong), _LOOK)


def _no_message(draw: Draw) -> Draft:
    work, start = _work(draw), draw.pick(1, 5, 100, 1000)
    lines, key = work.lines, work.given(start)
    lines[1] = f"    total = {start}"
    wrong = [(work.given(0), "no-message-no-fault"), ("TypeError", ""), (sum(work.values), "")]
    return printed(draw, (lines, key, wrong), _LOOK)


def _look(draw: Draw) -> Draft:
    values = [draw.integer(1, 9 + 5 * draw.level) for _ in range(4 + draw.level // 2)]
    at = draw.integer(1, len(values) - 1)
    lines = ["total = 0", f"for i, n in enumerate({values}):"]
    lines += ["    total += n", f"    if i == {at}:", '        print("look:", total)']
    key = sum(values[: at + 1])
    wrong = [(f"look: {sum(values)}", ""), (f"look: {sum(values[:at])}", "blame-failing-line")]
    wrong.append((f"look: {values[at]}", ""))
    return printed(draw, (lines, f"look: {key}", wrong), _LOOK)


def _early_return(draw: Draw) -> Draft:
    values = [draw.integer(2, 9 + 5 * draw.level) for _ in range(3 + draw.level // 2)]
    lines = block("def work(numbers):", "total = 0",
                  *block("for n in numbers:", "total += n", "return total"))  # fmt: skip
    lines += ["", f"print(work({values}))"]
    if draw.coin():
        wrong = [(sum(values), "no-message-no-fault"), (sum(values[:2]), ""), (0, "")]
        return typed(draw, lines, values[0], wrong, _LOOK)
    others = [
        (5, "    return n", "change-and-hope"),
        (4, "total = n", ""),
        (2, f"total = {values[-1]}", "change-and-hope"),
    ]
    broken = [*lines[:4], "        return total", "    return total", *lines[5:]]
    return mended(draw, broken, (5, "continue"), others)(sum(values), _LOOK)


def _mend_start(draw: Draw) -> Draft:
    work = _work(draw)
    lines, key = work.lines, work.given(0)
    lines[1] = f"    total = {draw.pick(1, 10, 1000, -1000)}"
    others = [
        (3, "for n in numbers[1:]:", "change-and-hope"),
        (5, "return total + 1", "change-and-hope"),
        (3, "for n in range(len(numbers)):", ""),
        (5, "return n", "blame-failing-line"),
    ]
    return mended(draw, lines, (2, "total = 0"), draw.some(others, 3))(key, _LOOK)


def _off_by_one(draw: Draw) -> Draft:
    n = draw.integer(4, 8 + 6 * draw.level)
    first, last, others = draw.pick(
        ("1, n", "1, n + 1", ["0, n", "2, n + 1", "n"]),
        ("n", "n + 1", ["1, n", "n - 1", "2, n"]),
    )
    lines = block("def work(n):", "total = 0", *block(f"for i in range({first}):", "total += i"),
                  "return total")  # fmt: skip
    lines += ["", f"print(work({n}))"]
    changes = [(3, f"for i in range({one}):", "change-and-hope") for one in others[1:]]
    changes.append((2, "total = 1", "blame-failing-line"))
    right = (3, f"for i in range({last}):")
    return mended(draw, lines, right, changes)(n * (n + 1) // 2, _LOOK)


def _mend_task(draw: Draw) -> Draft:
    name, ask, right, fault, slip = draw.pick(
        ("count_large", "counts the numbers above `limit`", "if n > limit:\n            count += 1",
         "if n > limit:\n            count = 1", "if n >= limit:\n            count += 1"),
        ("count_equal", "counts the numbers equal to `limit`",
         "if n == limit:\n            count += 1", "if n == limit:\n            count += n",
         "if n != limit:\n            count += 1"),
        ("sum_small", "adds up the numbers below `limit`", "if n < limit:\n            count += n",
         "if n < limit:\n            count = n", "if n <= limit:\n            count += n"),
    )  # fmt: skip
    values = [draw.integer(1, 20) for _ in range(6)]
    limit = draw.pick(*values)
    values.append(limit)

    def program(body: str) -> str:
        return (
            f"def {name}(numbers, limit):\n    count = 0\n    for n in numbers:\n"
            f"        {body}\n    return count\n"
        )

    def key(numbers: list[int]) -> int:
        if name == "count_large":
            return sum(n > limit for n in numbers)
        return (
            numbers.count(limit) if name == "count_equal" else sum(n for n in numbers if n < limit)
        )

    rows: list[list[int]] = [values, [0, *values[::-1], 99, 98], []]
    calls = [(f"{name}({row}, {limit})", key(row)) for row in rows]
    tests = assertions_of("mending", name, *calls, (f"{name}([], 0)", 0))
    task = CodeTask("mending", program(fault), tests, program(right))
    return challenge(
        f"Mend {name}",
        f"`{name}(numbers, limit)` {ask}. It gives wrong results. Find the mistake and mend it.",
        task,
        [program(slip)],
        (
            "What is `count` after the second fitting number?",
            "A value that is to grow has to take in what it was before.",
            "Try it with two numbers that fit, on paper.",
        ),
    )


def raising(draw: Draw) -> Draft:
    """Where an exception goes, what it says, and what is not done any more."""
    return by_level(
        draw, _refused, _message, _skipped, _which_kind, _raise_gap, _mend_raise, _raise_task
    )


def _check(draw: Draw) -> tuple[list[str], int, int, str]:
    """A function that refuses what is out of bounds."""
    name, thing = draw.pick(("set_age", "age"), ("set_alarm", "hour"), ("book", "seats"),
                            ("pay", "amount"), ("heat", "degrees"), ("lend", "days"))  # fmt: skip
    low, high = draw.integer(0, 4), draw.integer(20, 30 * draw.level)
    lines = block(
        f"def {name}({thing}):",
        *block(f"if not {low} <= {thing} <= {high}:", f'raise ValueError("no {thing} like {{}}")'),
        f"return {thing} + 1",
    )
    lines[2] = f'        raise ValueError(f"no {thing} like {{{thing}}}")'
    return [*lines, ""], low, high, name


def _refused(draw: Draw) -> Draft:
    lines, low, high, name = _check(draw)
    value = draw.pick(low, high, high + 1, low - 1, draw.integer(low, high))
    lines.append(f"print({name}({value}))")
    fits = low <= value <= high
    key = value + 1 if fits else "ValueError"
    wrong = [("ValueError" if fits else value + 1, "" if fits else "print-is-enough")]
    wrong += [("None", "raise-returns"), (value, ""), ("TypeError", "")]
    return printed(draw, (lines, key, wrong), _UP)


def _message(draw: Draw) -> Draft:
    lines, _, high, name = _check(draw)
    thing = lines[0].split("(")[1].split(")")[0]
    value = high + draw.integer(1, 60)
    lines += ["try:", f"    print({name}({value}))", "except ValueError as problem:"]
    lines += ["    print(problem)"]
    wrong = [
        (f"ValueError: no {thing} like {value}", ""),
        ("ValueError", "raise-returns"),
        (f"{value + 1}\nno {thing} like {value}", "print-is-enough"),
    ]
    return printed(draw, (lines, f"no {thing} like {value}", wrong), _UP)


def _skipped(draw: Draw) -> Draft:
    a, b, c = draw.some(range(1, 60), 3)
    kind, caught = draw.pick("ValueError", "KeyError"), draw.coin()
    other = "KeyError" if kind == "ValueError" else "ValueError"
    lines = ["def inner(n):", f"    if n > {a}:", f"        raise {kind}(n)", "    print(n)", ""]
    value = a + 1 if draw.from_level(2) or draw.coin() else a
    lines += ["def outer():", f"    inner({value})", f"    print({b})", ""]
    lines += ["try:", "    outer()", f"except {kind if caught else other}:", f"    print({c})"]
    if value == a:
        key = f"{a}\n{b}"
        wrong = [(f"{a}\n{b}\n{c}", ""), (a, ""), (c, "")]
    elif caught:
        key, wrong = str(c), [(f"{b}\n{c}", "raise-returns"), (f"{value}\n{c}", "print-is-enough"),
                              (kind, "")]  # fmt: skip
    else:
        key, wrong = kind, [(c, ""), (f"{b}\n{c}", "raise-returns"), (other, "")]
    return printed(draw, (lines, key, wrong), _UP)


def _which_kind(draw: Draw) -> Draft:
    lines, _, high, name = _check(draw)
    value = high + draw.integer(1, 99)
    lines += ["try:", f"    {name}({value})", f"    found = {value}", "except ___ as problem:"]
    lines += ['    found = "caught"', "print(found)"]
    kinds = draw.some(("TypeError", "KeyError", "IndexError", "NameError"), 3)
    others = [(kind, "") for kind in kinds]
    return gap(draw, lines, draw.pick("ValueError", "Exception"), others, "caught")


def _raise_gap(draw: Draw) -> Draft:
    least, value = draw.integer(1, 30), draw.integer(31, 90)
    what = draw.pick("too many", "too long", "too late", "too heavy", "too dear", "too far")
    lines = ["def check(n):", f"    if n > {least}:", "        ___", "    return n", "", "try:"]
    lines += [f"    check({value})", '    print("fine")', "except ValueError as problem:"]
    lines += ["    print(problem)"]
    others = [
        (f'return ValueError("{what}")', "return-exception"),
        (f'print("{what}")', "print-is-enough"),
        (f'raise TypeError("{what}")', ""),
        (f'ValueError("{what}")', "raise-returns"),
    ]
    return gap(draw, lines, f'raise ValueError("{what}")', draw.some(others, 3), what)


def _mend_raise(draw: Draw) -> Draft:
    lines, _, high, name = _check(draw)
    right = lines[2].strip()
    fault = draw.pick("return " + right.removeprefix("raise "), right.removeprefix("raise "))
    lines[2] = f"        {fault}"
    thing = lines[0].split("(")[1].split(")")[0]
    value = high + draw.integer(1, 60)
    lines += ["try:", f"    {name}({value})", '    print("done")', "except ValueError as problem:"]
    lines += ["    print(problem)"]
    others = [
        (3, f'print(f"no {thing} like {{{thing}}}")', "print-is-enough"),
        (4, f"return ValueError({thing})", "return-exception"),
        (8, "print(problem)", ""),
    ]
    return mended(draw, lines, (3, right), others)(f"no {thing} like {value}", _UP)


def _raise_task(draw: Draw) -> Draft:
    name, thing = draw.pick(
        ("sell", "pieces"), ("book", "seats"), ("pour", "cups"), ("park", "cars")
    )
    price, most = draw.integer(2, 9), draw.integer(10, 60)

    def program(check: str) -> str:
        return (
            f"def {name}({thing}):\n    if {check}:\n        raise ValueError({thing})\n"
            f"    return {thing} * {price}\n"
        )

    tests = f"from sealed import {name}\n\n\n"
    tests += f"def test_it_counts():\n    assert {name}(1) == {price}\n"
    tests += f"    assert {name}({most}) == {most * price}\n\n\n"
    for words, value in (("too_many", most + 1), ("none", 0), ("less_than_none", -3)):
        tests += (
            f"def test_{words}():\n    try:\n        {name}({value})\n"
            "    except ValueError:\n        return\n    assert False, 'it was not refused'\n\n\n"
        )
    task = CodeTask(
        "sealed",
        f"def {name}({thing}):\n    return {thing} * {price}\n",
        tests.rstrip() + "\n",
        program(f"not 1 <= {thing} <= {most}"),
    )
    slips = [program(f"{thing} > {most}"), program(f"not 1 <= {thing} < {most}")]
    slips.append(program(f"{thing} < 1 or {thing} > {most}").replace("raise", "return"))
    return challenge(
        f"Refuse wrong {thing}",
        f"`{name}({thing})` returns {price} times the {thing}. It takes 1 to {most} of them, and "
        "raises a `ValueError` for every other number.",
        task,
        slips,
        (
            "Which numbers lie on the border?",
            "Look at the number first, and raise before anything is worked out.",
            "Two comparisons in one row say that it lies between.",
        ),
    )
