"""Questions about finding mistakes, and raising exceptions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from math import prod

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
    first, step = draw.integer(2, 9 + 3 * draw.level), draw.integer(2, 9)
    stop = first + step * draw.integer(3, 5) + draw.integer(0, step - 1)
    values = list(range(first, stop, step))
    limit = values[len(values) // 2]
    steps: tuple[tuple[list[str], Callable[[int, int], int]], ...] = (
        (block(f"if n > {limit}:", "total += n"), lambda t, n: t + n if n > limit else t),
        (block(f"if n < {limit}:", "total += n"), lambda t, n: t + n if n < limit else t),
        (block(f"if n % {step + 1} == 0:", "total += 1"), lambda t, n: t + (n % (step + 1) == 0)),
        (["total += n * n"], lambda t, n: t + n * n),
        ([f"total += n % {step + 1}"], lambda t, n: t + n % (step + 1)),
        (["total += n - first"], lambda t, n: t + n - first),
    )
    body, add = draw.pick(*steps)
    lines = block("def work(first, stop):", "total = 0",
                  *block(f"for n in range(first, stop, {step}):", *body),
                   "return total")  # fmt: skip
    return _Work([*lines, "", f"print(work({first}, {stop}))"], values, add)


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
        (f"print({n} / (n - {n}))", "ZeroDivisionError"),
        (f'print("{thing}" - {n})', "TypeError"),
        (f'print("{name}" < {n})', "TypeError"),
        (f'print(lenght("{thing}"))', "NameError"),
        (f'print(int("{n}.5") + n)', "ValueError"),
        (f"print(n // (n - {n}))", "ZeroDivisionError"),
        (f'print(float("{name}"))', "ValueError"),
        (f"print(len({n}))", "TypeError"),
        (f'print(float("{n},{n}"))', "ValueError"),
    )
    kinds = ["TypeError", "ValueError", "NameError", "SyntaxError", "ZeroDivisionError"]
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
    first, step = draw.integer(1, 9 + 3 * draw.level), draw.integer(2, 7)
    values = list(range(first, first + step * draw.integer(3, 5), step))
    at = draw.integer(1, len(values) - 1)
    grows = draw.coin()
    late = draw.coin()
    look = block(f"if n == {values[at]}:", 'print("look:", total)')
    body = ["total += n" if grows else "total = n", *look]
    body = body if late else [*look, body[0]]
    lines = ["total = 0", *block(f"for n in range({first}, {values[-1] + 1}, {step}):", *body)]
    rows = values[: at + 1] if late else values[:at]
    key = sum(rows) if grows else rows[-1]
    wrong = [
        (sum(values), ""),
        (sum(values[:at] if late else values[: at + 1]), "blame-failing-line"),
        (sum(rows) if not grows else rows[-1], "no-message-no-fault"),
        (0, ""),
    ]
    shown = [(f"look: {value}", idea) for value, idea in wrong]
    return printed(draw, (lines, f"look: {key}", shown), _LOOK)


def _early_return(draw: Draw) -> Draft:
    first, step = draw.integer(2, 9 + 3 * draw.level), draw.integer(2, 7)
    values = list(range(first, first + step * draw.integer(3, 5), step))
    lines = block("def work(stop):", "total = 0", *block(f"for n in range({first}, stop, {step}):",
                  "total += n", "return total"))  # fmt: skip
    lines += ["", f"print(work({values[-1] + 1}))"]
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
    last = len(lines) - 2
    others = [
        (3, lines[2].strip().replace("first,", "first + 1,"), "change-and-hope"),
        (last, "return total + 1", "change-and-hope"),
        (3, "for n in range(stop):", "change-and-hope"),
        (last, "return n", "blame-failing-line"),
        (last, "return total - 2", "blame-failing-line"),
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
    k, m = draw.integer(2, 12), draw.integer(2, 9)
    name, ask, start, right, fault, slip = draw.pick(
        ("count_large",
         f"counts the numbers from 1 to `n`, both included, whose square is above {k}",
         "0", f"if i * i > {k}:\n            found += 1", f"if i * i > {k}:\n            found = 1",
         f"if i * i >= {k}:\n            found += i"),
        ("count_fitting",
         f"counts the numbers from 1 to `n`, both included, that are divisible by {m}", "0",
          f"if i % {m} == 0:\n            found += 1",
         f"if i % {m} == 0:\n            found += i", f"if i % {m} == 1:\n            found += 1"),
        ("sum_small", f"adds up the numbers from 1 to `n`, both included, that are below {k}", "0",
         f"if i < {k}:\n            found += i", f"if i < {k}:\n            found = i",
         f"if i <= {k}:\n            found += i"),
        ("product", f"multiplies {m} by each of the numbers from 1 to `n`, both included", str(m),
         "found = found * i", "found = i * i", "found = found + i"),
        ("drawn", f"takes each of the numbers from 1 to `n`, both included, from {k * 9}",
         str(k * 9),
         "found -= i", "found = -i", "found -= 1"),
        ("largest_remainder",
         (f"finds the largest remainder that the numbers from 1 to `n`, both included, leave "
         f"when they are multiplied by {m} and divided by {k + m}"), "0",
         f"if i * {m} % {k + m} > found:\n            found = i * {m} % {k + m}",
         f"if i * {m} % {k + m} > found:\n            found = i",
         f"if i * {m} % {k + m} < found:\n            found = i * {m} % {k + m}"),
    )  # fmt: skip

    def program(body: str, begin: str = start) -> str:
        return (
            f"def {name}(n):\n    found = {begin}\n    for i in range(1, n + 1):\n"
            f"        {body}\n    return found\n"
        )

    def key(n: int) -> int:
        numbers = range(1, n + 1)
        return {
            "count_large": sum(i * i > k for i in numbers),
            "count_fitting": sum(i % m == 0 for i in numbers),
            "sum_small": sum(i for i in numbers if i < k),
            "product": prod([m, *numbers]),
            "drawn": k * 9 - sum(numbers),
            "largest_remainder": max([0, *(i * m % (k + m) for i in numbers)]),
        }[name]

    at = draw.pick("a round", "the end", "the start")
    faulty = {
        "a round": program(fault),
        "the end": program(right).replace("return found", "return i"),
        "the start": program(right, str(draw.integer(20, 60) * 10)),
    }[at]
    rows = [1, k, k + 1, m, 3 * m + 1, 14]
    tests = assertions_of("mending", name, *((f"{name}({n})", key(n)) for n in rows))
    task = CodeTask("mending", faulty, tests, program(right))
    return challenge(
        f"Mend {name}",
        f"`{name}(n)` {ask}. It gives wrong results. Find the mistake and mend it.\n\n"
        f"```python\n{faulty}```",
        task,
        [program(slip)],
        (
            "What is `found` before the first round, and after the second?",
            "Check three places: the value before the loop, what a round does, what is given back.",
            "Try it with the smallest input, on paper.",
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
