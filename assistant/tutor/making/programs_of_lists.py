"""Questions about lists, and about data in data."""

from itertools import pairwise

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

_PLACES = (
    "Which place has the first element?",
    "Places count from 0, or from the end with -1; a loop gives the elements themselves.",
    "Write the place below each element before you look one up.",
)
_INSIDE = (
    "What is it after the first pair of brackets: a list, a dictionary or a value?",
    "Go from the outside inwards, a pair of brackets at a time.",
    "Write down what each step gives. Are two names tied to the same inner list?",
)


def lists(draw: Draw) -> Draft:
    """Places, loops, slices, and what append gives."""
    return by_level(
        draw, _last, _summed, _changed, _slice_of_one, _appended, _loop_gap, _mend_index, _list_task
    )


def _values(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 20 + 12 * draw.level), count)


def _last(draw: Draw) -> Draft:
    values = _values(draw, 4 + draw.level // 2)
    way, key, wrong = draw.pick(
        ("numbers[-1]", values[-1], [(values[-2], ""), (values[0], "")]),
        ("numbers[len(numbers) - 1]", values[-1], [(values[-2], ""), (len(values) - 1, "")]),
        ("numbers[len(numbers)]", "IndexError", [(values[-1], "last-index-len"), (0, "")]),
        ("numbers[1]", values[1], [(values[0], ""), (values[2], "")]),
        ("len(numbers)", len(values), [(len(values) - 1, "last-index-len"), (values[-1], "")]),
        ("numbers[-2]", values[-2], [(values[-1], "last-index-len"), (values[1], "")]),
    )
    lines = [f"numbers = {values}", f"print({way})"]
    return printed(draw, (lines, key, [*wrong, ("None", "")]), _PLACES)


def _summed(draw: Draw) -> Draft:
    values = _values(draw, 3 + draw.level // 2)
    by_place = draw.coin()
    lines = [f"numbers = {values}", "total = 0"]
    lines.append("for n in range(len(numbers)):" if by_place else "for n in numbers:")
    lines += ["    total += n", "print(total)"]
    places = sum(range(len(values)))
    key, slip = (places, sum(values)) if by_place else (sum(values), places)
    return typed(draw, lines, key, [(slip, "" if by_place else "loop-gives-index")], _PLACES)


def _changed(draw: Draw) -> Draft:
    values = _values(draw, 4)
    at, n = draw.integer(0, 3), draw.integer(2, 9)
    lines = [f"numbers = {values}", f"numbers[{at}] = numbers[{at - 1}] + {n}", "print(numbers)"]
    made = list(values)
    made[at] = values[at - 1] + n
    late = list(values)
    late[at - 1] = values[at] + n
    wrong = [(values, ""), (late, "last-index-len"), ([*values, made[at]], ""), ("IndexError", "")]
    return printed(draw, (lines, made, wrong), _PLACES)


def _slice_of_one(draw: Draw) -> Draft:
    values = _values(draw, 5)
    a = draw.integer(0, 3)
    b = draw.integer(a + 1, min(a + 2, 5))
    lines = [f"numbers = {values}", f"print(numbers[{a}:{b}])"]
    wrong = [
        (values[a], "slice-of-one-is-element"),
        (values[a : b + 1], "last-index-len"),
        (values[a + 1 : b + 1], ""),
        (values[b - 2 : b - 1], ""),
    ]
    return printed(draw, (lines, values[a:b], wrong), _PLACES)


def _appended(draw: Draw) -> Draft:
    values, n = _values(draw, 3), draw.integer(60, 99)
    if draw.coin():
        lines = [f"numbers = {values}", f"more = numbers.append({n})", "print(more)"]
        key, wrong = None, [([*values, n], "append-returns"), (n, ""), (values, "")]
    else:
        lines = [f"numbers = {values}", f"numbers.append([{n}])", "print(numbers)"]
        key = [*values, [n]]
        wrong = [([*values, n], "slice-of-one-is-element"), (values, ""), ([[n], *values], "")]
    return printed(draw, (lines, key, wrong), _PLACES)


def _loop_gap(draw: Draw) -> Draft:
    values, k = _values(draw, 4), draw.integer(2, 9)
    right, wanted, others = draw.pick(
        (f"made.append(n * {k})", [n * k for n in values],
         [(f"made = made.append(n * {k})", "append-returns"),
          (f"made.append(values[n] * {k})", "loop-gives-index"), (f"made + [n * {k}]", "")]),
        (f"made = made + [n + {k}]", [n + k for n in values],
         [(f"made = made + n + {k}", "slice-of-one-is-element"), (f"made + [n + {k}]", ""),
          (f"made.append([n + {k}])", "slice-of-one-is-element")]),
        (f"made.insert(0, n - {k})", [n - k for n in values][::-1],
         [(f"made.append(n - {k})", ""), (f"made[0] = n - {k}", "last-index-len"),
          (f"made = made.insert(0, n - {k})", "append-returns")]),
    )  # fmt: skip
    lines = [f"values = {values}", "made = []", "for n in values:", "    ___", "print(made)"]
    return gap(draw, lines, right, others, wanted)


def _mend_index(draw: Draw) -> Draft:
    values = _values(draw, 4 + draw.level // 2)
    if draw.coin():
        lines = [
            "def last(things):",
            "    return things[len(things)]",
            "",
            f"print(last({values}))",
        ]
        others = [
            (2, "return things[0]", ""), (2, "return things[-1:]", "slice-of-one-is-element"),
            (2, "return things.append()", "append-returns"),
        ]  # fmt: skip
        right = (2, draw.pick("return things[-1]", "return things[len(things) - 1]"))
        return mended(draw, lines, right, others)(values[-1], _PLACES)
    lines = block("def rises(numbers):", "count = 0",
                  *block("for i in range(len(numbers)):",
                         *block("if numbers[i + 1] > numbers[i]:", "count += 1")),
                  "return count")  # fmt: skip
    lines += ["", f"print(rises({values}))"]
    key = sum(b > a for a, b in pairwise(values))
    others = [
        (3, "for i in numbers:", "loop-gives-index"), (4, "if numbers[i] > i:", "loop-gives-index"),
        (3, "for i in range(len(numbers) + 1):", "last-index-len"),
    ]  # fmt: skip
    right = (3, "for i in range(len(numbers) - 1):")
    return mended(draw, lines, right, others)(key, _PLACES)


def _list_task(draw: Draw) -> Draft:
    k = draw.integer(2, 30)
    name, ask, body, slip = draw.pick(
        ("above", f"all numbers above {k}", f"return [n for n in numbers if n > {k}]",
         f"return [n for n in numbers if n >= {k}]"),
        ("places", f"the places at which a number above {k} stands",
         f"return [i for i, n in enumerate(numbers) if n > {k}]",
         f"return [n for n in numbers if n > {k}]"),
        ("ends", f"the first and the last number, each times {k}, as a list (empty for none)",
         f"return [numbers[0] * {k}, numbers[-1] * {k}] if numbers else []",
         f"return [numbers[0] * {k}, numbers[1] * {k}] if numbers else []"),
        ("steps", f"the difference of each number and the one before it, times {k}",
         f"return [(b - a) * {k} for a, b in zip(numbers, numbers[1:])]",
         f"return [(a - b) * {k} for a, b in zip(numbers, numbers[1:])]"),
    )  # fmt: skip

    def work(numbers: list[int]) -> list[int]:
        found = {
            "above": [n for n in numbers if n > k],
            "places": [at for at in range(len(numbers)) if numbers[at] > k],
            "ends": [k * n for n in (numbers[:1] + numbers[-1:])],
        }
        steps = [(numbers[at] - numbers[at - 1]) * k for at in range(1, len(numbers))]
        return found.get(name, steps)

    values = [draw.integer(0, 2 * k) for _ in range(5)] + [k, 99]
    rows: list[list[int]] = [values, [k, k + 1], [21], [], values[::-1]]
    tests = assertions_of("rows", name, *((f"{name}({row})", work(row)) for row in rows))
    tests += (
        f"\n\ndef test_the_list_stays_as_it_was():\n    numbers = [1, 2, 30]\n    {name}(numbers)\n"
        "    assert numbers == [1, 2, 30]\n"
    )
    start = f"def {name}(numbers):\n    return numbers\n"
    task = CodeTask("rows", start, tests, f"def {name}(numbers):\n    {body}\n")
    return challenge(
        f"A new list: {name}",
        f"Write `{name}(numbers)`. It returns a new list with {ask}.",
        task,
        [f"def {name}(numbers):\n    {slip}\n"],
        (
            "What is in the new list for three numbers of your choice?",
            "Begin with an empty list, go through the numbers, and append what is asked for.",
            "Try it with no number and with a single one.",
        ),
    )


def nested_data(draw: Draw) -> Draft:
    """Tables, lists of dictionaries, and copies that share what is inside."""
    return by_level(
        draw, _looked_up, _cell, _row_sum, _copied, _walk_gap, _same_rows, _mend_key, _nested_true,
        _nested_task,
    )  # fmt: skip


def _looked_up(draw: Draw) -> Draft:
    one, other = draw.some(NAMES, 2)
    a, b, c, d = (draw.integer(1, 30 * draw.level) for _ in range(4))
    key = draw.pick("points", "cups", "steps", "coins")
    lines = [f'people = [{{"name": "{one}", "{key}": [{a}, {b}]}},']
    lines.append(f'          {{"name": "{other}", "{key}": [{c}, {d}]}}]')
    way, found, wrong = draw.pick(
        (f'people[1]["{key}"][0]', c, [(a, ""), (d, "")]),
        (f'people[0]["{key}"][1]', b, [(c, "column-first"), (a, "")]),
        (f'people["{key}"]', "TypeError", [([a, b], "key-on-list"), ([c, d], "key-on-list")]),
        ('people[-1]["name"]', other, [(one, ""), ("TypeError", "")]),
        (f'sum(people[0]["{key}"])', a + b, [(a + c, "column-first"), (a + b + c + d, "")]),
    )
    more = [("KeyError", ""), ("IndexError", "")]
    return printed(draw, ([*lines, f"print({way})"], found, [*wrong, *more]), _INSIDE)


def _table(draw: Draw, rows: int, columns: int) -> list[list[int]]:
    values = draw.some(range(1, 60 + 8 * draw.level), rows * columns)
    return [values[at * columns : (at + 1) * columns] for at in range(rows)]


def _cell(draw: Draw) -> Draft:
    table = _table(draw, 3, 3)
    a, b = draw.some(range(3), 2)
    lines = ["board = [", *(f"    {row}," for row in table), "]", f"print(board[{a}][{b}])"]
    wrong = [(table[b][a], "column-first"), (table[a][a], ""), (table[b][b], "")]
    return typed(draw, lines, table[a][b], wrong, _INSIDE)


def _row_sum(draw: Draw) -> Draft:
    table = _table(draw, 2 + draw.level // 3, 3)
    at = draw.integer(0, 2)
    kind = draw.coin()
    lines = [f"board = {table}", "total = 0", "for row in board:"]
    lines += [
        f"    total += row[{at}]" if kind else f"    total += len(row) + {at}",
        "print(total)",
    ]
    column = sum(row[at] for row in table)
    key = column if kind else (3 + at) * len(table)
    wrong = [(sum(table[at % len(table)]), "column-first"), (sum(map(sum, table)), "")]
    return typed(draw, lines, key, wrong, _INSIDE)


def _copied(draw: Draw) -> Draft:
    a, b, c = draw.some(range(1, 60), 3)
    way, shared = draw.pick(
        ("old.copy()", True), ("list(old)", True), ("old[:]", True),
        ("[row.copy() for row in old]", False), ("copy.deepcopy(old)", False),
    )  # fmt: skip
    lines = ["import copy", f"old = [[{a}], [{b}]]", f"new = {way}"]
    inner = draw.coin()
    lines.append(f"new[0].append({c})" if inner else f"new.append([{c}])")
    lines.append("print(old)")
    grown = f"[[{a}, {c}], [{b}]]"
    plain = f"[[{a}], [{b}]]"
    key = grown if inner and shared else plain
    wrong = [(plain if key == grown else grown, "copy-is-deep"), (f"[[{a}], [{b}], [{c}]]", "")]
    return printed(draw, (lines, key, [*wrong, (f"[[{a}], [{b}, {c}]]", "")]), _INSIDE)


def _walk_gap(draw: Draw) -> Draft:
    people, values = draw.some(NAMES, 3), [draw.integer(1, 60) for _ in range(3)]
    key = draw.pick("points", "cups", "steps", "coins", "years")
    rows = [{"name": one, key: n} for one, n in zip(people, values, strict=True)]
    lines = [f"people = {rows}", "total = 0", "for one in people:", "    ___", "print(total)"]
    others = [
        (f'total += people["{key}"]', "key-on-list"),
        (f"total += one.{key}", ""),
        (f'total = one["{key}"]', ""),
        (f'total += one[0]["{key}"]', "column-first"),
    ]
    return gap(draw, lines, f'total += one["{key}"]', draw.some(others, 3), sum(values))


def _same_rows(draw: Draw) -> Draft:
    rows, columns, n = draw.integer(2, 3), draw.integer(2, 3), draw.integer(1, 9)
    same = draw.coin()
    way = f"[[0] * {columns}] * {rows}" if same else f"[[0] * {columns} for _ in range({rows})]"
    at = draw.integer(0, columns - 1)
    lines = [f"board = {way}", f"board[0][{at}] = {n}", "print(board)"]
    one = [[n if j == at and (same or i == 0) else 0 for j in range(columns)] for i in range(rows)]
    other = [
        [n if j == at and (not same or i == 0) else 0 for j in range(columns)] for i in range(rows)
    ]
    turned = [[n if i == at and j == 0 else 0 for j in range(columns)] for i in range(rows)]
    wrong = [(other, "copy-is-deep" if same else ""), (turned, "column-first"), ("IndexError", "")]
    return printed(draw, (lines, one, wrong), _INSIDE)


def _mend_key(draw: Draw) -> Draft:
    one, other = draw.some(NAMES, 2)
    a, b = draw.some(range(1, 60), 2)
    thing = draw.pick(*THINGS)
    lines = [
        f'stock = {{"{one}": [{{"{thing}": {a}}}], "{other}": [{{"{thing}": {b}}}]}}',
        "total = 0",
    ]
    lines += ["for name in stock:", f'    total += stock[name]["{thing}"]', "print(total)"]
    others = [
        (4, f'total += stock["{thing}"][name]', "column-first"),
        (4, f'total += name["{thing}"]', "key-on-list"),
        (3, "for name in stock.values():", "key-on-list"),
        (4, f'total += stock[0][name]["{thing}"]', ""),
    ]
    right = (4, f'total += stock[name][0]["{thing}"]')
    return mended(draw, lines, right, draw.some(others, 3))(a + b, _INSIDE)


def _nested_true(draw: Draw) -> Draft:
    a, b, n = draw.some(range(1, 60), 3)
    lines = [f"first = [[{a}], [{b}]]", "second = first.copy()", f"second[1].append({n})"]
    right = draw.pick("first[1] is second[1]", "first == second", f"len(first[1]) == {2}")
    others = [
        (f"first[1] == [{b}]", "copy-is-deep"), ("first is second", ""),
        (f"first[{1}][0] == {n}", "column-first"), ("len(first) == 3", ""),
    ]  # fmt: skip
    ask = "Which of these is true after this program?"
    return which(draw, ask, lines, right, draw.some(others, 3), _INSIDE)


def _nested_task(draw: Draw) -> Draft:
    k = draw.integer(2, 40)
    name, ask, body, slip = draw.pick(
        ("columns", f"the sums of the columns, each times {k}",
         f"return [sum(column) * {k} for column in zip(*table)]",
         f"return [sum(row) * {k} for row in table]"),
        ("flat", f"all numbers in one list, row by row, each plus {k}",
         f"return [n + {k} for row in table for n in row]",
         f"return [n + {k} for n in table[0]] if table else []"),
        ("tops", f"the largest number of each row, plus {k}",
         f"return [max(row) + {k} for row in table]", f"return [row[-1] + {k} for row in table]"),
        ("turned", f"a new table, rows and columns having changed places, each number plus {k}",
         f"return [[n + {k} for n in column] for column in zip(*table)]",
         f"return [[n + {k} for n in row] for row in table]"),
    )  # fmt: skip

    def work(table: list[list[int]]) -> object:
        columns = [[row[at] for row in table] for at in range(len(table[0]))] if table else []
        return {
            "columns": [sum(column) * k for column in columns],
            "flat": [n + k for row in table for n in row],
            "tops": [max(row) + k for row in table],
        }.get(name, [[n + k for n in column] for column in columns])

    tables: list[list[list[int]]] = [_table(draw, 2, 3), _table(draw, 3, 2), [[5]], []]
    tests = assertions_of("tables", name, *((f"{name}({table})", work(table)) for table in tables))
    start = f"def {name}(table):\n    return table\n"
    task = CodeTask("tables", start, tests, f"def {name}(table):\n    {body}\n")
    return challenge(
        f"A table: {name}",
        f"`table` is a list of rows of equal length. Write `{name}(table)`: {ask}.",
        task,
        [f"def {name}(table):\n    {slip}\n"],
        (
            "What is one element of `table`?",
            "Go through the rows, and inside of each through its numbers.",
            "Draw a table of two rows and three columns, and what is to come out.",
        ),
    )
