"""Questions about functions as values, and generators."""

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    THINGS,
    assertions_of,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
)

_HANDED = (
    "Is the function called there, or handed over?",
    "Without brackets it is the function itself; it runs where somebody puts brackets behind it.",
    "Put the function in the place of the name that it is handed to, and then call it.",
)
_ONE_BY_ONE = (
    "How far has the generator come at this line?",
    "Calling it runs nothing; each `next` or round goes on to the next `yield`, and never back.",
    "Write the values that it gives in a row, and cross out those that are taken.",
)


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 15 + 10 * draw.level), count)


def functions_as_values(draw: Draw) -> Draft:
    """Handing functions over, lambda, map, filter, and functions that make functions."""
    return by_level(
        draw, _applied, _filtered, _brackets, _closure, _twice, _hand_gap, _mend_handed, _make_task
    )


def _applied(draw: Draw) -> Draft:
    values, k = _numbers(draw, 3), draw.integer(2, 9)
    body, made = draw.pick(
        (f"n + {k}", [n + k for n in values]), (f"n * {k}", [n * k for n in values]),
        (f"n - {k}", [n - k for n in values]), (f"n % {k}", [n % k for n in values]),
    )  # fmt: skip
    lines = [f"work = lambda n: {body}", f"print(list(map(work, {values})))"]
    wrong = [("SyntaxError", "lambda-needs-return"), (values, ""), (made[:1], "lambda-runs")]
    return printed(draw, (lines, made, [*wrong, (made[::-1], "")]), _HANDED)


def _filtered(draw: Draw) -> Draft:
    values = _numbers(draw, 5)
    limit = sorted(values)[2]
    sign, kept = draw.pick(
        (">", [n for n in values if n > limit]), (">=", [n for n in values if n >= limit]),
        ("<", [n for n in values if n < limit]), ("!=", [n for n in values if n != limit]),
    )  # fmt: skip
    lines = [f"fits = lambda n: n {sign} {limit}", f"print(list(filter(fits, {values})))"]
    booleans = [n in kept for n in values]
    wrong = [(booleans, ""), ([n for n in values if n not in kept], ""), (sorted(kept), "")]
    return printed(draw, (lines, kept, [*wrong, ("TypeError", "lambda-needs-return")]), _HANDED)


def _brackets(draw: Draw) -> Draft:
    a, b, thing = draw.integer(2, 60), draw.integer(2, 9), draw.pick(*THINGS)
    lines = [f"def {thing}():", f'    print("{thing}")', f"    return {a}", ""]
    lines += [f"kept = {thing}", f"print({b})"]
    if draw.coin():
        lines.append("print(kept())")
        key, slip = f"{b}\n{thing}\n{a}", f"{thing}\n{b}\n{a}"
    else:
        lines.append(f"print(kept is {thing})")
        key, slip = f"{b}\nTrue", f"{thing}\n{b}\nTrue"
    wrong = [(slip, "brackets-hand-over"), (f"{b}\n{a}", ""), (f"{b}\nFalse", "")]
    return printed(draw, (lines, key, wrong), _HANDED)


def _closure(draw: Draw) -> Draft:
    a, b, c = draw.some(range(2, 9 + 9 * draw.level), 3)
    lines = ["def adder(n):", "    def add(m):", "        return m + n", "    return add", ""]
    lines += [f"one = adder({a})", f"two = adder({b})"]
    if draw.from_level(4):
        lines.append(f"print(one({c}) + two(one({c})))")
        key = a + c + b + a + c
        return typed(
            draw, lines, key, [(2 * b + 2 * c, "closure-forgets"), (a + b + c, "")], _HANDED
        )
    lines.append(f"print(one({c}))")
    wrong = [(b + c, "closure-forgets"), ("NameError", "closure-forgets"), (a + b + c, "")]
    return printed(draw, (lines, a + c, wrong), _HANDED)


def _twice(draw: Draw) -> Draft:
    a, k = draw.integer(2, 9 + 5 * draw.level), draw.integer(2, 6)
    times = draw.integer(2, 2 + draw.level // 2)
    sign = draw.pick("+", "*")
    lines = ["def again(f, n, times):", "    for _ in range(times):", "        n = f(n)"]
    lines += ["    return n", "", f"print(again(lambda x: x {sign} {k}, {a}, {times}))"]
    key = a + k * times if sign == "+" else a * k**times
    wrong = [(a + k if sign == "+" else a * k, "lambda-runs"), (a * times, ""), (a, "")]
    return typed(draw, lines, key, wrong, _HANDED)


def _hand_gap(draw: Draw) -> Draft:
    words = draw.some(THINGS, 4)
    right, wanted, others = draw.pick(
        ("key=len", sorted(words, key=len), ["key=len()", "len", "key=lambda w: return len(w)"]),
        ("key=lambda w: w[-1]", sorted(words, key=lambda w: w[-1]),
         ["key=w[-1]", "key=lambda: w[-1]", "lambda w: w[-1]"]),
        ("key=lambda w: -len(w)", sorted(words, key=lambda w: -len(w)),
         ["key=-len", "key=lambda w: return -len(w)", "key=len(-w)"]),
    )  # fmt: skip
    ideas = {0: "brackets-hand-over", 2: "lambda-needs-return"}
    pairs = [(one, ideas.get(at, "")) for at, one in enumerate(others)]
    return gap(draw, [f"words = {words}", "print(sorted(words, ___))"], right, pairs, wanted)


def _mend_handed(draw: Draw) -> Draft:
    thing, other = draw.some(THINGS, 2)
    a, b = draw.some(range(1, 60), 2)
    lines = [f"def {thing}():", f"    return {a}", "", f"def {other}():", f"    return {b}", ""]
    lines += [f'menu = {{"a": {thing}(), "b": {other}}}', 'print(menu["a"]() + menu["b"]())']
    right = (7, f'menu = {{"a": {thing}, "b": {other}}}')
    others = [
        (7, f'menu = {{"a": {thing}(), "b": {other}()}}', "brackets-hand-over"),
        (8, 'print(menu["a"] + menu["b"])', "lambda-runs"),
        (7, f'menu = {{"a": lambda: return {a}, "b": {other}}}', "lambda-needs-return"),
    ]
    return mended(draw, lines, right, others)(a + b, _HANDED)


def _make_task(draw: Draw) -> Draft:
    m = draw.integer(2, 9)
    name, ask, inner, slip = draw.pick(
        ("adder", f"adds `k` and {m} to it", f"n + k + {m}", f"n + {m}"),
        ("timer", f"multiplies it by `k` and adds {m}", f"n * k + {m}", f"k + {m}"),
        ("capper", f"gives {m} times the number, but never more than `k`", f"min(n * {m}, k)",
         f"max(n * {m}, k)"),
        ("floorer", f"gives {m} times the number, but never less than `k`", f"max(n * {m}, k)",
         f"min(n * {m}, k)"),
        ("divider", f"says whether `k` divides the number plus {m}", f"(n + {m}) % k == 0",
         "k % n == 0"),
    )  # fmt: skip
    k, other = draw.some(range(3, 12), 2)
    values = draw.some(range(2, 40), 3)

    def work(n: int, k: int) -> object:
        kinds = {"adder": n + k + m, "timer": n * k + m}
        kinds |= {"capper": min(n * m, k), "floorer": max(n * m, k)}
        return kinds.get(name, (n + m) % k == 0)

    calls = [(f"{name}({k})({n})", work(n, k)) for n in values]
    calls.append((f"{name}({other})({k * other})", work(k * other, other)))
    calls.append((f"list(map({name}({other}), {values}))", [work(n, other) for n in values]))
    task = CodeTask(
        "makers",
        f"def {name}(k):\n    return k\n",
        assertions_of("makers", name, *calls),
        f"def {name}(k):\n    def made(n):\n        return {inner}\n\n    return made\n",
    )
    return challenge(
        f"Make a function: {name}",
        f"Write `{name}(k)`. It returns a **function** that takes a number and {ask}.",
        task,
        [
            f"def {name}(k):\n    return lambda n: {slip}\n",
            f"def {name}(k, n=1):\n    return {inner}\n",
        ],
        (
            "What does the outer function hand back: a number, or something that can be called?",
            "Write a function inside of the function, and hand it back without brackets.",
            "The inner function has one parameter, and sees `k` of the outer one.",
        ),
    )


def generators(draw: Draw) -> Draft:
    """What is taken, what is left, and when the lines run."""
    return by_level(
        draw,
        _taken,
        _used_up,
        _lazy,
        _first_of_endless,
        _yield_gap,
        _chained,
        _mend_used,
        _gen_task,
    )


def _steps(draw: Draw) -> tuple[list[str], list[int]]:
    """A generator of a few values, and the values."""
    start, by, count = draw.integer(1, 9 * draw.level), draw.integer(2, 9), draw.integer(4, 6)
    body, values = draw.pick(
        (f"n += {by}", [start + by * i for i in range(count)]),
        (f"n *= {min(by, 3)}", [start * min(by, 3) ** i for i in range(count)]),
        (f"n -= {by}", [start - by * i for i in range(count)]),
    )
    lines = [f"def row(n={start}):", f"    for _ in range({count}):", "        yield n"]
    return [*lines, f"        {body}", ""], values


def _taken(draw: Draw) -> Draft:
    lines, values = _steps(draw)
    count = draw.integer(1, 3)
    lines += ["g = row()", *["next(g)"] * count, "print(next(g))"]
    wrong = [(values[0], "yield-ends"), (values[count - 1], ""), (values[-1], "generator-is-list")]
    return typed(draw, lines, values[count], wrong, _ONE_BY_ONE)


def _used_up(draw: Draw) -> Draft:
    lines, values = _steps(draw)
    kind = draw.pick("g = row()", "g = list(row())")
    two = 0 if kind == "g = row()" else sum(values)
    lines += [kind, "print(sum(g), sum(g))"]
    wrong = [(f"{sum(values)} {sum(values) - two}", "use-twice" if not two else "")]
    wrong += [("TypeError", ""), (f"{values[0]} {values[1]}", "yield-ends")]
    return printed(draw, (lines, f"{sum(values)} {two}", wrong), _ONE_BY_ONE)


def _lazy(draw: Draw) -> Draft:
    one, other, n = *draw.some(THINGS, 2), draw.integer(2, 99)
    lines = ["def work():", f'    print("{one}")', f"    yield {n}", f'    print("{other}")', ""]
    lines += ["g = work()", 'print("made")']
    if draw.coin():
        lines.append("print(next(g))")
        key, slip = f"made\n{one}\n{n}", f"{one}\nmade\n{n}"
        more = f"made\n{one}\n{n}\n{other}"
    else:
        key, slip, more = "made", f"{one}\nmade", f"{one}\n{other}\nmade"
    wrong = [(slip, "call-runs"), (more, "yield-ends"), (f"made\n{n}", "")]
    return printed(draw, (lines, key, wrong), _ONE_BY_ONE)


def _first_of_endless(draw: Draw) -> Draft:
    start, by, at = draw.integer(1, 30), draw.integer(2, 9), draw.integer(3, 6 + draw.level)
    lines = ["def endless(n):", "    while True:", "        yield n", f"        n += {by}", ""]
    lines += [f"for n in endless({start}):", f"    if n > {start + by * at - draw.integer(0, 1)}:"]
    limit = int(lines[-1].split("> ")[1][:-1])
    lines += ["        break", "print(n)"]
    key = start + by * ((limit - start) // by + 1)
    wrong = [(limit, ""), (limit + 1, ""), (start, "yield-ends")]
    return typed(draw, lines, key, wrong, _ONE_BY_ONE)


def _yield_gap(draw: Draw) -> Draft:
    values = _numbers(draw, 4)
    k = draw.integer(2, 9)
    lines = ["def grown(numbers):", "    for n in numbers:", "        ___", ""]
    lines += [f"print(list(grown({values})))"]
    others = [
        (f"return n + {k}", "yield-ends"),
        (f"print(n + {k})", "call-runs"),
        (f"yield [n + {k}]", "generator-is-list"),
        (f"n + {k}", ""),
    ]
    return gap(draw, lines, f"yield n + {k}", draw.some(others, 3), [n + k for n in values])


def _chained(draw: Draw) -> Draft:
    values, k = _numbers(draw, 5 + draw.level // 2), draw.integer(2, 4)
    lines = ["def grown(rows):", "    for n in rows:", f"        yield n * {k}", ""]
    rest = draw.pick(0, 1)
    lines += ["def some(rows):", "    for n in rows:", f"        if n % 2 == {rest}:"]
    lines += ["            yield n", "", f"print(list(some(grown({values}))))"]
    grown = [n * k for n in values]
    key = [n for n in grown if n % 2 == rest]
    wrong = [(grown, ""), ([n for n in grown if n % 2 != rest], ""), (key[:1], "yield-ends"),
             ([n * k for n in values if n % 2 == rest], "")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _ONE_BY_ONE)


def _mend_used(draw: Draw) -> Draft:
    values = _numbers(draw, 4)
    k = draw.integer(2, 9)
    lines = [f"numbers = (n * {k} for n in {values})", "total = sum(numbers)"]
    lines += ["largest = max(numbers, default=0)", "print(total, largest)"]
    made = [n * k for n in values]
    others = [
        (3, "largest = numbers[-1]", "generator-is-list"),
        (2, "total = sum(numbers())", "call-runs"),
        (1, f"numbers = iter([n * {k} for n in {values}])", "use-twice"),
    ]
    right = (1, f"numbers = [n * {k} for n in {values}]")
    return mended(draw, lines, right, others)(f"{sum(made)} {max(made)}", _ONE_BY_ONE)


def _gen_task(draw: Draw) -> Draft:
    k = draw.integer(2, 20)
    name, ask, body, slip = draw.pick(
        ("every", f"the first of them, and then one of every {k},",
         f"for i, n in enumerate(rows):\n        if i % {k} == 0:\n            yield n",
         f"for i, n in enumerate(rows):\n        if i % {k} == 1:\n            yield n"),
        ("running", f"the sum so far after each of them, times {k}",
         f"total = 0\n    for n in rows:\n        total += n\n        yield total * {k}",
         f"for n in rows:\n        yield n * {k}"),
        ("small", f"them as long as they are below {k * 10}",
         f"for n in rows:\n        if n >= {k * 10}:\n            return\n        yield n",
         f"for n in rows:\n        if n < {k * 10}:\n            yield n"),
    )  # fmt: skip
    values = [*draw.some(range(1, k * 10), k + 4), k * 10, 3]

    def work(rows: list[int]) -> list[int]:
        if name == "every":
            return rows[::k]
        if name == "running":
            return [sum(rows[: at + 1]) * k for at in range(len(rows))]
        stop = next((at for at, n in enumerate(rows) if n >= k * 10), len(rows))
        return rows[:stop]

    tests = assertions_of(
        "flow",
        name,
        (f"list({name}({values}))", work(values)),
        (f"list({name}([]))", []),
        (f"list({name}([1, 2, 3]))", work([1, 2, 3])),
        (f"next({name}(iter([5, 6])))", work([5, 6])[0]),
    )
    tests += (
        "\n\ndef test_it_takes_no_more_than_it_needs():\n    import itertools\n\n"
        f"    assert next({name}(itertools.count(1))) == {work([1])[0]}\n"
    )
    task = CodeTask(
        "flow",
        f"def {name}(rows):\n    return rows\n",
        tests,
        f"def {name}(rows):\n    {body}\n",
    )
    return challenge(
        f"A generator: {name}",
        f"Write a generator `{name}(rows)`. `rows` gives whole numbers, perhaps without end; it "
        f"gives {ask}.",
        task,
        [f"def {name}(rows):\n    {slip}\n"],
        (
            "What has to be known when the next number comes?",
            "Go through `rows` with a loop, and `yield` what is asked for; collect nothing.",
            "What changes from round to round stands in a name before the loop or beside it.",
        ),
    )
