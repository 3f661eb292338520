"""More questions about lists made in one line, sorting with a key, and names in functions."""

from dataclasses import replace

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs_of_many import comprehensions as built
from assistant.tutor.making.programs_of_pieces import sorting_with_key as ordered
from assistant.tutor.making.programs_with_functions import scope as named
from assistant.tutor.making.questions import (
    NAMES,
    THINGS,
    Work,
    block,
    by_level,
    gap,
    mended,
    printed,
    written,
)

_MADE = (
    "Which elements are taken, and what becomes of each?",
    "The `if` at the end picks elements; what stands in front says what is made of each of them.",
    "Go through the elements one by one.",
)
_BY_KEY = (
    "What does the key give for each element?",
    "The key decides the order alone; where two are equal they keep their order.",
    "Write the key below each element, and sort by it.",
)
_BOXES = (
    "Which of the names belong to the function alone?",
    "What is assigned in a function is a name of its own; an `if` or a loop has none.",
    "Draw a box for the function, and write its names into it.",
)


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 20 + 8 * draw.level), count)


def _words(draw: Draw, count: int) -> list[str]:
    return draw.some(THINGS, count)


def _quoted(things: object) -> str:
    return repr(things).replace("'", '"')


def _of_words(draw: Draw) -> Draft:
    words, k = _words(draw, 3 + draw.level // 2), draw.integer(3, 5)
    way, key, slip, idea = draw.pick(
        ("[len(w) for w in words]", [len(w) for w in words], sum(map(len, words)), ""),
        (f"[w[0] for w in words if len(w) > {k}]", [w[0] for w in words if len(w) > k],
         [w[0] for w in words if len(w) >= k], ""),
        ("[w + w[0] for w in words]", [w + w[0] for w in words], [w[0] for w in words], ""),
        (f"[len(w) > {k} for w in words]", [len(w) > k for w in words],
         [w for w in words if len(w) > k],
         "filter-replaces"),
        (f'[w if len(w) > {k} else "-" for w in words]', [w if len(w) > k else "-" for w in words],
         [w for w in words if len(w) > k], "if-position"),
        ("{w[0]: len(w) for w in words}", {w[0]: len(w) for w in words}, [len(w) for w in words],
         ""),
        (f'[w for w in words if "{words[0][1]}" in w]', [w for w in words if words[0][1] in w],
         [words[0][1] in w for w in words], "filter-replaces"),
    )  # fmt: skip
    wrong: list[tuple[object, str]] = [(slip, idea), (words, "changes-original"), ([], "")]
    return printed(draw, ([f"words = {_quoted(words)}", f"print({way})"], key, wrong), _MADE)


def _built_gap(draw: Draw) -> Draft:
    values, k = _numbers(draw, 4), draw.integer(2, 9)
    low = sorted(values)[1]
    right, wanted = draw.pick(
        (f"n for n in values if n > {low}", [n for n in values if n > low]),
        (f"n * {k} for n in values", [n * k for n in values]),
        (f"n if n > {low} else {low} for n in values", [max(n, low) for n in values]),
        (f"n + {k} for n in values if n > {low}", [n + k for n in values if n > low]),
        (f"n > {low} for n in values", [n > low for n in values]),
    )
    others = [(f"n for n in values if n > {low} else {low}", "if-position"),
     (f"if n > {low} for n in values", "if-position"),
              (f"n > {low} for n in values", "filter-replaces"),
               (f"values * {k} for n in values", "changes-original"),
              (f"n + {k} if n > {low} for n in values", "if-position"),
               (f"n + {k} for n in values", "")]  # fmt: skip
    kept = [one for one in others if one[0] != right]
    return gap(draw, [f"values = {values}", "print([___])"], right, draw.some(kept, 3), wanted)


def _mend_built(draw: Draw) -> Draft:
    values, k = _numbers(draw, 4 + draw.level // 3), draw.integer(2, 9)
    low = sorted(values)[len(values) // 2]
    lines = [*block("def work(values):", f"[n * {k} for n in values if n > {low}]",
     "return values"), "",
             f"print(work({values}))"]  # fmt: skip
    others = [(2, f"values = [n * {k} if n > {low} for n in values]", "if-position"),
              (2, f"values = [n > {low} for n in values]", "filter-replaces"),
              (3, f"return [n for n in values if n > {low}]", "changes-original"),
              (2, f"values = [n * {k} if n > {low} else n for n in values]", "filter-replaces"),
              (3, f"return values * {k}", "changes-original")]  # fmt: skip
    right = (2, f"values = [n * {k} for n in values if n > {low}]")
    wanted = [n * k for n in values if n > low]
    return mended(draw, lines, right, draw.some(others, 3))(wanted, _MADE)


def _built_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 9), draw.integer(10, 30)
    work = draw.pick(
        Work("kept(values)",
         f"a list of those values that are divisible by {k}, each plus {m}",
             (f"return [n + {m} for n in values if n % {k} == 0]",),
             (f"return [n + {m} for n in values if (n + {m}) % {k} == 0]",),
             lambda values: [n + m for n in values if n % k == 0]),
        Work("capped(values)",
         f"a list as long as `values`, with {m} in the place of each value above {m}",
             (f"return [n if n <= {m} else {m} for n in values]",),
              (f"return [n for n in values if n <= {m}]",),
             lambda values: [min(n, m) for n in values]),
        Work("squares(values)", f"a dictionary from each value that is at least {k} to its square",
             ("return {n: n * n for n in values if n >= " + f"{k}}}",),
              ("return {n: n * n for n in values if n > " + f"{k}}}",),
             lambda values: {n: n * n for n in values if n >= k}),
        Work("pairs(values)",
         f"a list of pairs: each value that is not {m}, and the value times {k}",
             (f"return [(n, n * {k}) for n in values if n != {m}]",),
              (f"return [(n, n * {k}) for n in values]",),
             lambda values: [(n, n * k) for n in values if n != m]),
    )  # fmt: skip
    return written(
        work, [[k, m, m + 1, 2 * k, 40], [], [m * k, k * 7], _numbers(draw, 4)], "building", _MADE
    )


def _sorted_pairs(draw: Draw) -> Draft:
    people = draw.some(NAMES, 3 + draw.level // 4)
    values = [draw.integer(1, 9) for _ in people]
    values[1] = values[0]
    rows = list(zip(people, values, strict=True))
    way, key, slip, idea = draw.pick(
        ("sorted(rows, key=lambda row: row[1])", sorted(rows, key=lambda row: row[1]),
         sorted(values),
         "key-changes-values"),
        ("sorted(rows, key=lambda row: -row[1])", sorted(rows, key=lambda row: -row[1]),
         sorted(rows, key=lambda row: row[1]), ""),
        ("max(rows, key=lambda row: row[1])", max(rows, key=lambda row: row[1]), max(values),
         "key-changes-values"),
        ("sorted(rows, key=lambda row: (row[1], row[0]))",
         sorted(rows, key=lambda row: (row[1], row[0])),
         sorted(rows), ""),
        ("sorted(rows, key=lambda row: row[1], reverse=True)",
         sorted(rows, key=lambda row: row[1], reverse=True),
          sorted(rows, key=lambda row: row[1])[::-1], "reverse-one"),
        ("sorted(rows, key=lambda row: len(row[0]))", sorted(rows, key=lambda row: len(row[0])),
         sorted(rows), ""),
    )  # fmt: skip
    wrong = [(slip, idea), (rows, ""), (sorted(rows), ""), ("TypeError", "key-called")]
    return printed(draw, ([f"rows = {_quoted(rows)}", f"print({way})"], key, wrong), _BY_KEY)


def _key_gap(draw: Draw) -> Draft:
    words, values = _words(draw, 4), _numbers(draw, 4)
    signed = [n if at % 2 else -n for at, n in enumerate(values)]
    texts = [str(n) for n in draw.some(range(2, 200), 4)]
    right, rows, wanted, others = draw.pick(
        ("key=len", words, sorted(words, key=len),
         [("key=len()", "key-called"), ("", ""), ("reverse=True", "reverse-one")]),
        ("key=abs", signed, sorted(signed, key=abs),
         [("key=abs()", "key-called"), ("reverse=True", "reverse-one"),
         ("key=len", "")]),
        ("key=int", texts, sorted(texts, key=int),
         [("key=str", "digits-sort-as-numbers"), ("key=len()", "key-called"),
         ("reverse=True", "reverse-one")]),
        ("key=lambda n: -n", values, sorted(values)[::-1],
         [("key=reverse", "reverse-one"), ("key=abs", ""),
         ("key=lambda n: n", "")]),
        ("key=lambda w: w[-1]", words, sorted(words, key=lambda w: w[-1]),
         [("key=lambda w: w[0]", ""), ("key=len", ""),
         ("key=w[-1]", "key-called")]),
    )  # fmt: skip
    lines = [f"rows = {_quoted(rows)}", "print(sorted(rows, ___))"]
    return gap(draw, lines, right, others, wanted)


def _mend_order(draw: Draw) -> Draft:
    people, values = draw.some(NAMES, 4), _numbers(draw, 4)
    points = dict(zip(people, values, strict=True))
    low = draw.coin()
    lines = [
        f"points = {_quoted(points)}",
        "order = sorted(points)",
        "print(order[0], points[order[0]])",
    ]
    name = (min if low else max)(points, key=lambda one: points[one])
    right = "order = sorted(points, key=lambda name: " + (
        "points[name])" if low else "-points[name])"
    )
    others = [(2, "order = sorted(points.values())", "key-changes-values"),
              (2, "order = sorted(points, key=points)", "key-called"),
              (2, "order = sorted(points, key=len(points))", "key-called"),
              (2, "order = sorted(points, reverse=True)", "reverse-one"),
              (2,
               "order = sorted(points, key=lambda name: " + ("-" if low else "") + "points[name])",
                "reverse-one")]  # fmt: skip
    return mended(draw, lines, (2, right), draw.some(others, 3))(f"{name} {points[name]}", _BY_KEY)


def _order_task(draw: Draw) -> Draft:
    k = draw.integer(2, 30)
    work = draw.pick(
        Work("by_distance(values)",
         f"the values sorted by how far they are from {k}, the nearest first; those that "
             "are equally far keep their order",
             (f"return sorted(values, key=lambda n: abs(n - {k}))",),
              (f"return sorted(values, key=lambda n: n - {k})",),
             lambda values: sorted(values, key=lambda n: abs(n - k))),
        Work("by_rest(values)",
         f"the values sorted by the remainder that they leave when divided by {k}, and the "
             "larger first where it is the same",
              (f"return sorted(values, key=lambda n: (n % {k}, -n))",),
             (f"return sorted(values, key=lambda n: n % {k})",),
             lambda values: sorted(values, key=lambda n: (n % k, -n))),
        Work("by_last_digit(values)",
         f"the values from {k} on, sorted by their last digit; equal ones keep their order",
             (f"return sorted([n for n in values if n >= {k}], key=lambda n: n % 10)",),
             (f"return sorted([n for n in values if n >= {k}])",),
             lambda values: sorted((n for n in values if n >= k), key=lambda n: n % 10)),
    )  # fmt: skip
    rows = [
        [k, k + 3, k - 4, k + 20, 2 * k],
        [],
        [k + 9, k + 1, k - 1],
        [90, 41, 33, 52, k, 3 * k, k + 29],
    ]
    return written(work, rows, "ordering", _BY_KEY)


def _inner_names(draw: Draw) -> Draft:
    a, b, c = _numbers(draw, 3)
    body, more, key, slip, idea = draw.pick(
        (["return n + m"], [f"print(work({c}))"], c + b, a + b, "inner-changes-outer"),
        ([f"n = n * {b}", "return n"], [f"work({c})", "print(n)"], a, c * b, "inner-changes-outer"),
        (["n = n + m", "return n"], [f"print(work({c}) + n)"], c + b + a, 2 * (c + b),
         "inner-changes-outer"),
        (["k = n + m"], [f"work({c})", "print(k)"], "NameError", c + b, "local-visible"),
        (["m = m + n", "return m"], [f"print(work({c}))"], "UnboundLocalError", b + c,
         "inner-changes-outer"),
        ([f"for m in range({c}):", "    n = m", "return n"], [f"print(work({a}) + m)"], c - 1 + b,
         2 * c - 2,
         "inner-changes-outer"),
    )  # fmt: skip
    if c == 1 and "for m" in body[0]:
        body, key = ["return n"], a + b
    lines = [f"n = {a}", f"m = {b}", "", *block("def work(n):", *body), "", *more]
    wrong = [(slip, idea), ("None", ""), (a + c, ""), ("NameError", "local-visible")]
    return printed(draw, (lines, key, wrong), _BOXES)


def _block_names(draw: Draw) -> Draft:
    a, b, c = _numbers(draw, 3)
    n = draw.integer(3, 6)
    lines, key, slip = draw.pick(
        ([f"for i in range({n}):", f"    found = i * {a}", "print(found)"], (n - 1) * a,
         "NameError"),
        ([f"for i in range({n}):", "    pass", f"print(i + {b})"], n - 1 + b, "NameError"),
        ([f"if {a} > {b}:", f"    found = {c}", "else:", f"    found = {c + 1}", "print(found)"],
         c if a > b else c + 1, "NameError"),
        (["def work():", f"    for i in range({n}):", f"        found = i + {a}",
         "    return found", f"found = {b}",
          "print(work() + found)"], n - 1 + a + b, 2 * (n - 1 + a)),
        (["def work():", f"    if {a} > {b}:", f"        found = {c}", "    return found",
         "work()", "print(found)"],
         "NameError" if a > b else "UnboundLocalError", c),
    )  # fmt: skip
    wrong = [(slip, "blocks-have-scope"), ("None", ""), (c, "local-visible"), (n, "")]
    return printed(draw, (lines, key, wrong), _BOXES)


def _scope_gap(draw: Draw) -> Draft:
    a, b, n = _numbers(draw, 3)
    name = draw.pick("count", "points", "money", "steps")
    right, body, wanted, others = draw.pick(
        (f"{name} = grown({name})", f"return {name} + {b}", a + b,
         [(f"grown({name})", "inner-changes-outer"), ("grown()", "local-visible"),
          (f"{name} = grown", "")]),
        (f"{name} = grown({n})", f"return {name} * 2", 2 * n,
         [(f"grown({n})", "inner-changes-outer"), (f"{name} = grown({name})", "local-visible"),
          (f"{name} = {n}", "")]),
        (f"grown({n})", f"{name} = {name} + {b}", a,
         [(f"{name} = grown({n})", "inner-changes-outer"), (f"{name} = {n}", ""),
          (f"{name} += {b}", "")]),
    )  # fmt: skip
    lines = [*block(f"def grown({name}):", body), "", f"{name} = {a}", "___", f"print({name})"]
    return gap(draw, lines, right, others, wanted)


def comprehensions(draw: Draw) -> Draft:
    """Lists and dictionaries that are made in one line."""
    return by_level(draw, built, _of_words, _built_gap, built, _mend_built, _built_task)


def sorting_with_key(draw: Draw) -> Draft:
    """What a key decides, and what it leaves as it is."""
    return by_level(draw, ordered, _key_gap, ordered, _sorted_pairs, _mend_order, _order_task)


def _mend_scope(draw: Draw) -> Draft:
    a, b, n = _numbers(draw, 3)
    name = draw.pick("count", "points", "money", "steps")
    lines = [f"{name} = {a}", "", "def visit(n):", f"    more = {name} + n", "    return more", "",
             f"visit({n})", f"print({name} + {b})"]  # fmt: skip
    others = [(8, f"print(more + {b})", "local-visible"),
     (5, f"    {name} = more", "blocks-have-scope"),
              (7, f"more = visit({n})", "inner-changes-outer"),
               (4, f"{name} = {name} + n", "inner-changes-outer"),
              (5, "print(more)", "")]  # fmt: skip
    right = draw.pick((7, f"{name} = visit({n})"), (8, f"print(visit({n}) + {b})"))
    return mended(draw, lines, right, draw.some(others, 3))(a + b + n, _BOXES)


def _scope_task(draw: Draw) -> Draft:
    a, k = draw.integer(10, 90), draw.integer(2, 9)
    name = draw.pick("RATE", "LIMIT", "START", "PRICE")
    work = draw.pick(
        Work("cost(n)", f"`n` times {k} plus `{name}`", (f"return n * {k} + {name}",),
         (f"return n * {k} + {k}",),
             lambda n: n * k + a),
        Work("left(n)", f"`{name}` less `n` times {k}; `{name}` itself stays as it is",
             (f"return {name} - n * {k}",), (f"return n * {k} - {name}",), lambda n: a - n * k),
        Work("within(n)", f"`True` where `n` times {k} is at most `{name}`, else `False`",
             (f"return n * {k} <= {name}",), (f"return n * {k} < {name} - {k}",),
              lambda n: n * k <= a),
    )  # fmt: skip
    ask = replace(work, ask=f"{work.ask}. `{name} = {a}` stands above the function")
    made = written(ask, [0, 1, a // k, a // k + 1, draw.integer(10, 60)], "outer", _BOXES)
    if made.code is None:
        return made
    top = f"{name} = {a}\n\n\n"
    code = replace(made.code, starter=top + made.code.starter, reference=top + made.code.reference)
    wrong = tuple(top + source for source in made.claim.data)
    return replace(made, code=code, claim=replace(made.claim, data=wrong))


def scope(draw: Draw) -> Draft:
    """Names inside and outside of functions, of blocks and of loops."""
    return by_level(
        draw, named, _block_names, _scope_gap, named, _inner_names, _mend_scope, _scope_task
    )
