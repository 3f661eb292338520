"""More questions about parameters, what goes wrong, and functions that call themselves."""

from collections.abc import Callable
from math import factorial

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs_of_many import recursion as called
from assistant.tutor.making.programs_with_functions import exceptions as caught
from assistant.tutor.making.programs_with_functions import parameters_and_defaults as handed
from assistant.tutor.making.questions import (
    THINGS,
    Work,
    block,
    by_level,
    gap,
    mended,
    printed,
    typed,
    written,
)

_PLACES = (
    "Which value goes to which parameter?",
    "Without names the order decides. A default is made once, with the function.",
    "Write beside each parameter what it stands for in the last call.",
)
_FAILS = (
    "Does anything go wrong, and in which line?",
    "The rest of a `try` is left out from the line that fails; only a fitting `except` is done.",
    "Strike out the lines that are not done.",
)
_CALLS = (
    "When does it stop calling itself?",
    "Each call has its own names and waits for the one that it made.",
    "Write the calls below each other, then put in the results from below.",
)

_Step = Callable[[int, int], int]
"""From a number and what comes back from the call below it."""


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 20 + 8 * draw.level), count)


def _quoted(things: object) -> str:
    return repr(things).replace("'", '"')


def _handed_by_name(draw: Draw) -> Draft:
    a, b, c, d = (draw.integer(2, 9) for _ in range(4))
    one, other, third = draw.some(("width", "height", "depth", "price", "count", "size"), 3)
    call, x, y, z = draw.pick(
        (f"{a}", a, c, d), (f"{a}, {b}", a, b, d), (f"{a}, {third}={b}", a, c, b),
        (f"{third}={a}, {one}={b}", b, c, a), (f"{a}, {third}={b}, {other}={d}", a, d, b),
        (f"{other}={a}, {one}={b}", b, a, d),
    )  # fmt: skip
    lines = [*block(f"def work({one}, {other}={c}, {third}={d}):",
     f"return {one} * 100 + {other} * 10 + {third}"), "",
             f"print(work({call}))"]  # fmt: skip
    wrong = [
        (x * 100 + z * 10 + y, "order-by-name"),
        (a * 100 + c * 10 + d, "default-per-call"),
        ("TypeError", "none-is-missing"),
    ]
    return typed(draw, lines, x * 100 + y * 10 + z, wrong, _PLACES)


def _starred(draw: Draw) -> Draft:
    a, b, c = _numbers(draw, 3)
    way, key, slip = draw.pick(
        (f"work({a}, {b}, {c})", a + b + c, 1),
        (f"work({a}, {b})", a + b, 1),
        ("work()", 0, "TypeError"),
        (f"work(*[{a}, {b}])", a + b, "TypeError"),
        (f"work({a}, more={b})", a + b, "TypeError"),
        (f"work([{a}, {b}])", "TypeError", a + b),
    )
    lines = [
        *block("def work(*numbers, more=0):", "return sum(numbers) + more"),
        "",
        f"print({way})",
    ]
    wrong = [(slip, "star-args-list"), (a, ""), (b, "none-is-missing"), ("None", "")]
    return printed(draw, (lines, key, wrong), _PLACES)


def _kept_default(draw: Draw) -> Draft:
    calls = [(n, draw.integer(1, 3) == 1) for n in _numbers(draw, 3)]
    fresh = draw.coin()
    head = "def add(n, seen=None):" if fresh else "def add(n, seen=[]):"
    body = block("if seen is None:", "seen = []") if fresh else []
    lines = [*block(head, *body, "seen.append(n)", "return seen"), ""]
    kept: list[int] = []
    last: list[int] = []
    for n, own in calls:
        lines.append(f"made = add({n}, [])" if own else f"made = add({n})")
        if own or fresh:
            last = [n]
        else:
            kept = [*kept, n]
            last = kept
    every = [n for n, _ in calls]
    wrong = [
        (every if fresh else [every[-1]], "default-per-call"),
        (every, ""),
        (every[-2:], ""),
        ("None", ""),
    ]
    return printed(draw, ([*lines, "print(made)"], last, wrong), _PLACES)


def _parameter_gap(draw: Draw) -> Draft:
    a, b, c = draw.integer(2, 30), draw.integer(2, 9), draw.integer(10, 30)
    right, call, wanted, others = draw.pick(
        (f"a, b={b}", f"f({a})", a - b, [(f"a={b}, b", "none-is-missing"),
         ("a, b", "none-is-missing"), (f"b, a={b}", "order-by-name")]),
        (f"a={a}, b={b}", "f()", a - b, [("a, b", "none-is-missing"), (f"{a}, {b}", ""),
         (f"a={b}, b={a + 1}", "order-by-name")]),
        ("b, a", f"f({b}, {c})", c - b, [("a, b", "order-by-name"), ("*a", "star-args-list"),
         ("a", "none-is-missing")]),
        (f"a, b, c={c}", f"f({c}, {b})", c - b, [("b, a", "order-by-name"), ("*a, b",
         "star-args-list"),
         ("a, b, c", "none-is-missing")]),
    )  # fmt: skip
    lines = [*block("def f(___):", "return a - b"), "", f"print({call})"]
    return gap(draw, lines, right, others, wanted)


def _mend_default(draw: Draw) -> Draft:
    one, other = draw.some(THINGS, 2)
    n = draw.integer(2, 9)
    lines = ["def add(thing, things=[]):", "    if things is None:", "        things = []",
             f"    things.append(thing * {n})", "    return things", "", f'add("{one[0]}")',
             f'print(add("{other[0]}"))']  # fmt: skip
    others = [(5, "return things[1]", "default-per-call"), (3, "things = None", ""),
              (2, "if things == [None]:", ""), (1, "def add(things=[], thing):", "none-is-missing"),
              (1, "def add(thing, *things):", "star-args-list")]  # fmt: skip
    right = (1, "def add(thing, things=None):")
    return mended(draw, lines, right, draw.some(others, 3))([other[0] * n], _PLACES)


def _parameter_task(draw: Draw) -> Draft:
    a, b = draw.integer(2, 9), draw.integer(10, 30)

    def cost(n: int, each: int = a, more: int = b) -> int:
        return n * each + more

    work = draw.pick(
        Work(f"cost(n, each={a}, more={b})",
         f"`n` times `each`, plus `more`; without them it counts with {a} and {b}",
             ("return n * each + more",), (f"return n * {a} + {b}",),
             lambda given: cost(*given)),
        Work("total(*numbers)", f"the sum of all numbers that are handed over, and {b} more",
             (f"return sum(numbers) + {b}",), (f"return numbers[0] + {b}",),
              lambda given: sum(given) + b),
        Work("longest(first, *more)", f"the largest of the numbers that are handed over, times {a}",
             (f"return max([first, *more]) * {a}",), (f"return first * {a}",),
              lambda given: max(given) * a),
    )  # fmt: skip
    return written(work, [(a,), (a, b), (3, 50, 7)], "handing", _PLACES)


def _which_except(draw: Draw) -> Draft:
    a, b = draw.integer(2, 60), draw.integer(2, 9)
    name, other = draw.some(THINGS, 2)
    line, kind = draw.pick(
        (f'int("{name}")', "ValueError"), (f'stock["{other}"]', "KeyError"),
        (f"{a} // 0", "ZeroDivisionError"), (f'stock["{name}"] + 1', ""),
        (f"[{a}, {b}][2]", "IndexError"), (f'int("{a}") // {b}', ""),
    )  # fmt: skip
    one, two = draw.some(("ValueError", "KeyError", "ZeroDivisionError", "IndexError"), 2)
    lines = [f'stock = {{"{name}": {a}}}', *block("try:", f"x = {line}", 'print("done")'),
             *block(f"except {one}:", 'print("first")'),
              *block(f"except {two}:", 'print("second")'),
             'print("end")']  # fmt: skip
    key = {"": "done\nend", one: "first\nend", two: "second\nend"}.get(kind, kind)
    wrong = [("first\nend", "wrong-kind-caught"), ("done\nend", ""), ("end", ""),
             ("second\nend", "wrong-kind-caught"),
              ("first\nsecond\nend", "except-always")]  # fmt: skip
    return printed(draw, (lines, key, draw.some(wrong, 5)), _FAILS)


def _else_finally(draw: Draw) -> Draft:
    a, b = draw.integer(2, 60), draw.integer(2, 9)
    fails = draw.coin()
    text = draw.pick(*THINGS) if fails else str(a)
    lines = [*block("try:", f'n = int("{text}")'), *block("except ValueError:", f"n = {b}"),
             *block("else:", "n = n + 1"), *block("finally:", 'print("bye")'),
              "print(n)"]  # fmt: skip
    key = f"bye\n{b if fails else a + 1}"
    wrong = [(f"bye\n{b + 1 if fails else a}", "except-always" if fails else ""),
     (f"{b if fails else a + 1}", "goes-on-in-try"),
             ("ValueError" if fails else f"{a + 1}\nbye",
              "wrong-kind-caught" if fails else "")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _FAILS)


def _counted_faults(draw: Draw) -> Draft:
    texts = [
        draw.pick(str(draw.integer(1, 30)), draw.pick("x", "two", "1.5", "", "7a"))
        for _ in range(5)
    ]
    good = [int(text) for text in texts if text.isdigit()]
    early = draw.coin()
    body = ["count += 1", "total += int(text)"] if early else ["total += int(text)", "count += 1"]
    lines = [f"texts = {_quoted(texts)}", "total = 0", "count = 0",
     *block("for text in texts:", *block("try:", *body),
             *block("except ValueError:", "pass")), "print(count, total)"]  # fmt: skip
    count = len(texts) if early else len(good)
    wrong = [(f"{len(good) if early else len(texts)} {sum(good)}", "goes-on-in-try"),
     ("ValueError", "except-always"),
             (f"{count} {good[0] if good else 1}", "")]  # fmt: skip
    return typed(draw, lines, f"{count} {sum(good)}", wrong, _FAILS)


def _except_gap(draw: Draw) -> Draft:
    a, thing, other = draw.integer(2, 60), *draw.some(THINGS, 2)
    line, kind = draw.pick((f'int("{thing}")', "ValueError"),
     (f'{{"{thing}": {a}}}["{other}"]', "KeyError"),
                           (f"{a} / 0", "ZeroDivisionError"), (f"[{a}][{a}]", "IndexError"),
                           (f'"{thing}" + {a}', "TypeError"))  # fmt: skip
    kinds = ("ValueError", "KeyError", "ZeroDivisionError", "IndexError", "TypeError")
    others = [(f"except {one}:", "wrong-kind-caught") for one in kinds if one != kind]
    others.append(("else:", "except-always"))
    lines = [*block("try:", f"print({line})"), "___", f'    print("{other} is missing")']
    return gap(draw, lines, f"except {kind}:", draw.some(others, 3), f"{other} is missing")


def _mend_except(draw: Draw) -> Draft:
    a, b, thing = draw.integer(2, 60), draw.integer(2, 9), draw.pick(*THINGS)
    lines = [*block("def number(text):", *block("try:", "n = int(text)"),
     *block("except KeyError:", f"n = {b}"),
             "return n"), "", f'print(number("{a}"), number("{thing}"))']  # fmt: skip
    others = [(4, "finally:", "except-always"), (5, "n = 0", ""), (3, "n = text", "goes-on-in-try"),
              (6, f"return {b}", "except-always"),
               (4, "except ZeroDivisionError:", "wrong-kind-caught"),
              (4, "else:", "except-always")]  # fmt: skip
    return mended(draw, lines, (4, "except ValueError:"), draw.some(others, 3))(f"{a} {b}", _FAILS)


def _except_task(draw: Draw) -> Draft:
    k, b = draw.integer(2, 9), draw.integer(-9, -1)
    texts = Work("number(text)",
     f"the text as a whole number times {k}, and {b} where it is no whole number",
                 ("try:", f"    return int(text) * {k}", "except ValueError:", f"    return {b}"),
                 ("try:", f"    return int(text) * {k}", "except KeyError:", f"    return {b}"),
                 lambda text: int(text) * k if text.strip().isdigit() else b)  # fmt: skip
    shares = Work("share(n)", f"{k * 60} divided by `n` as a whole number, and {b} for 0",
                  ("try:", f"    return {k * 60} // n", "except ZeroDivisionError:",
                   f"    return {b}"),
                  ("try:", f"    return {k * 60} // n", "except ValueError:", f"    return {b}"),
                  lambda n: k * 60 // n if n else b)  # fmt: skip
    places = Work("at(values)",
     f"the value at the place {k}, counted from 0, and {b} where there is none",
                  ("try:", f"    return values[{k}]", "except IndexError:", f"    return {b}"),
                  ("try:", f"    return values[{k}]", "except KeyError:", f"    return {b}"),
                  lambda values: values[k] if len(values) > k else b)  # fmt: skip
    work, rows = draw.pick((texts, ["7", "seven", "", " 12 "]), (shares, [1, 0, 7, k]),
                           (places, [list(range(20, 40)), [], [1]]))  # fmt: skip
    return written(work, rows, "catching", _FAILS)


def _down_to(draw: Draw) -> Draft:
    rounds, k, b = draw.integer(3, 6), draw.integer(2, 4), draw.integer(0, 9)
    start = rounds * k
    steps: tuple[tuple[str, _Step], ...] = (
        (f"n * f(n - {k})", lambda n, below: n * below),
        (f"n + f(n - {k})", lambda n, below: n + below),
        (f"{k} * f(n - {k})", lambda _, below: k * below),
        (f"f(n - {k}) - n", lambda n, below: below - n),
        (f"1 + f(n - {k})", lambda _, below: 1 + below),
    )
    way, step = draw.pick(*steps)
    key = b
    for n in range(k, start + 1, k):
        key = step(n, key)
    lines = [*block("def f(n):", *block("if n <= 0:", f"return {b}"), f"return {way}"), ""]
    wrong = [(step(start, b), "one-drawer"), (b, "inner-return-enough"), (key + k, ""),
             ("RecursionError", "no-base-case")]  # fmt: skip
    return typed(draw, [*lines, f"print(f({start}))"], key, wrong, _CALLS)


def _of_a_list(draw: Draw) -> Draft:
    values = _numbers(draw, 3 + draw.level // 3)
    low = sorted(values)[1]
    way, key, slip = draw.pick(
        ("values[0] + f(values[1:])", sum(values), values[0]),
         ("1 + f(values[1:])", len(values), 1),
        ("max(values[0], f(values[1:]))", max(values), values[0]),
         (f"(values[0] > {low}) + f(values[1:])",
         sum(n > low for n in values), 1), ("values[-1] - f(values[:-1])",
         sum(n * (-1) ** at for at, n in enumerate(values[::-1])), values[-1]),
    )  # fmt: skip
    lines = [
        *block("def f(values):", *block("if values == []:", "return 0"), f"return {way}"),
        "",
        f"print(f({values}))",
    ]
    wrong = [
        (slip, "one-drawer"),
        (0, "inner-return-enough"),
        ("RecursionError", "not-smaller"),
        (key + 1, ""),
    ]
    return typed(draw, lines, key, wrong, _CALLS)


def _shown_on_the_way(draw: Draw) -> Draft:
    n, after = draw.integer(2, 4), draw.coin()
    k = draw.integer(1, 9)
    start = n * k
    body = ["print(n)", f"f(n - {k})"] if not after else [f"f(n - {k})", "print(n)"]
    lines = [*block("def f(n):", *block("if n <= 0:", "return"), *body), "", f"f({start})"]
    rows = list(range(start, 0, -k))
    key = rows[::-1] if after else rows
    wrong = [
        (key[::-1], "one-drawer"),
        ([start], "inner-return-enough"),
        ([*rows, 0], "no-base-case"),
        (rows[:-1], ""),
    ]
    shown = [("\n".join(map(str, row)), idea) for row, idea in wrong]
    return printed(draw, (lines, "\n".join(map(str, key)), shown), _CALLS)


def _base_gap(draw: Draw) -> Draft:
    n, k = draw.integer(3, 8), draw.integer(2, 20)
    right, way, wanted, others = draw.pick(
        ("return 1", "return n * f(n - 1)", factorial(n), [("return 0", "no-base-case"),
         ("return n", ""), ("f(1)", "not-smaller")]),
        (f"return {k}", "return 1 + f(n - 1)", n + k, [("return n", "no-base-case"),
         ("f(n - 1)", "not-smaller"), (f"print({k})", "inner-return-enough")]),
        (f"return {k}", "return 2 * f(n - 1)", k * 2**n, [("return 0", "no-base-case"),
         (f"{k}", "inner-return-enough"), ("return f(n)", "not-smaller")]),
        ('return ""', f'return "{k}" + f(n - 1)', str(k) * n, [("return 0", "no-base-case"),
         (f'return "{k}"', ""), ('""', "inner-return-enough")]),
    )  # fmt: skip
    lines = [*block("def f(n):", *block("if n <= 0:", "___"), way), "", f"print(f({n}))"]
    return gap(draw, lines, right, others, wanted)


def _mend_call(draw: Draw) -> Draft:
    n, k = draw.integer(4, 9), draw.integer(2, 9)
    sign, base, wanted = draw.pick(("+", k, k + n * (n + 1) // 2), ("*", 1, factorial(n)))
    fault = draw.pick("f(n - 1)", f"return n {sign} f(n)", f"n {sign} f(n - 1)")
    lines = [*block("def f(n):", *block("if n <= 0:", f"return {base}"), fault), ""]
    others = [(4, "return f(n - 1)", "inner-return-enough"), (2, f"if n <= {n}:", "no-base-case"),
              (4, f"return n {sign} f(n + 1)", "not-smaller"), (3, "return f(0)", "no-base-case"),
              (4, f"return n {sign} (n - 1)", "one-drawer"),
               (6, f"print(f({n - 1}))", "")]  # fmt: skip
    right = (4, f"return n {sign} f(n - 1)")
    return mended(draw, [*lines, f"print(f({n}))"], right, draw.some(others, 3))(wanted, _CALLS)


def _recursion_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 20), draw.integer(1, 30)

    def rounds(n: int) -> int:
        return 0 if n < k else 1 + rounds(n // k)

    numbers = draw.pick(
        Work("stairs(n)",
         f"{m} for 0, and for every other number {k} more than for the number before it",
             ("if n == 0:", f"    return {m}", f"return {k} + stairs(n - 1)"),
             ("if n == 0:", "    return 0", f"return {k} + stairs(n - 1)"), lambda n: m + k * n),
        Work("rounds(n)",
         f"how often a number can be divided by {k} (dropping the remainder) until it is below {k}",
             (f"if n < {k}:", "    return 0", f"return 1 + rounds(n // {k})"),
             (f"if n <= {k}:", "    return 0", f"return 1 + rounds(n // {k})"), rounds),
        Work("digits(n)", f"the sum of the digits of a number, each times {k}",
             ("if n == 0:", "    return 0", f"return n % 10 * {k} + digits(n // 10)"),
             ("if n < 10:", f"    return n * {k}", "return n % 10 + digits(n // 10)"),
             lambda n: k * sum(map(int, str(n)))),
    )  # fmt: skip
    lists = draw.pick(
        Work("total(values)", f"the sum of the values, each plus {k}, without any loop",
             ("if values == []:", "    return 0", f"return values[0] + {k} + total(values[1:])"),
             ("if values == []:", f"    return {k}", "return values[0] + total(values[1:])"),
             lambda values: sum(n + k for n in values)),
        Work("count(values)", f"how many of the values are above {k}, without any loop",
             ("if values == []:", "    return 0", f"return (values[0] > {k}) + count(values[1:])"),
             ("if values == []:", "    return 0", f"return (values[0] >= {k}) + count(values[1:])"),
             lambda values: sum(n > k for n in values)),
    )  # fmt: skip
    if draw.coin():
        return written(numbers, [0, 1, k, k * k, 10, 99], "calling", _CALLS)
    return written(lists, [[], [k], [k + 1, k, 3, 20], _numbers(draw, 4)], "calling", _CALLS)


def parameters_and_defaults(draw: Draw) -> Draft:
    """Order, names, defaults, and as many as one likes."""
    return by_level(
        draw, _parameter_gap, handed, _starred, handed, _handed_by_name, _kept_default,
         _mend_default,
        _parameter_task,
    )  # fmt: skip


def exceptions(draw: Draw) -> Draft:
    """Which lines are done when something goes wrong, and what is caught."""
    return by_level(
        draw, _except_gap, caught, _else_finally, caught, _which_except, _mend_except,
        _counted_faults, _except_task,
    )  # fmt: skip


def recursion(draw: Draw) -> Draft:
    """Functions that call themselves: with numbers, with lists, and on the way back."""
    return by_level(
        draw, _base_gap, _shown_on_the_way, called, _down_to, called, _of_a_list, _mend_call,
        _recursion_task,
    )  # fmt: skip
