"""Questions about files, JSON and dates."""

from datetime import date, timedelta

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

_TAPE = (
    "Where in the file does it stand after this line?",
    "A file is like a tape: reading goes on from where it stands, and a line keeps its `\\n`.",
    "Write the text of the file with every line break as `\\n`, and mark how far it was read.",
)
_THERE_AND_BACK = (
    "Which kinds of values does JSON know?",
    "It knows texts, numbers, true, false, null, lists, and objects whose keys are texts.",
    "Write what `dumps` makes of each value, and then what `loads` makes of that.",
)
_CALENDAR = (
    "Does the month end on the way?",
    "A difference of dates is a number of days; months are of different lengths.",
    "Count the days to the end of the month first, and go on from the first of the next.",
)


def files(draw: Draw) -> Draft:
    """Lines with their breaks, the tape, and writing."""
    return by_level(
        draw, _written, _length, _read_twice, _added_up, _line_gap, _mend_lines, _mode, _file_task
    )


def _rows(draw: Draw) -> tuple[list[str], list[int]]:
    words = draw.some(THINGS, 3)
    return words, [draw.integer(1, 9 + 10 * draw.level) for _ in words]


def _written(draw: Draw) -> Draft:
    one, other, third = draw.some(THINGS, 3)
    lines = ["import io", "file = io.StringIO()", f'file.write("{one}")']
    breaks = draw.coin()
    lines.append(f'file.write("{other}{chr(92) + "n" if breaks else ""}")')
    lines += [f'file.write("{third}")', "print(file.getvalue())"]
    key = f"{one}{other}\n{third}" if breaks else f"{one}{other}{third}"
    wrong = [
        (f"{one}\n{other}\n{third}", "write-adds-newline"),
        (third, "w-appends"),
        (f"{third}{other}{one}", ""),
    ]
    return printed(draw, (lines, key, wrong), _TAPE)


def _length(draw: Draw) -> Draft:
    words, values = _rows(draw)
    text = "".join(f"{word} {n}\\n" for word, n in zip(words, values, strict=True))
    lines = ["import io", f'file = io.StringIO("{text}")']
    skipped = draw.integer(0, 2)
    lines += ["file.readline()"] * skipped + ["line = file.readline()", "print(len(line))"]
    row = f"{words[skipped]} {values[skipped]}"
    return typed(
        draw, lines, len(row) + 1, [(len(row), "line-has-no-newline"), (len(row) + 2, "")], _TAPE
    )


def _read_twice(draw: Draw) -> Draft:
    words, values = _rows(draw)
    kept = draw.coin()
    text = "\\n".join(str(n) for n in values)
    lines = ["import io", f'file = io.StringIO("{text}")']
    lines.append("numbers = list(file)" if kept else "numbers = file")
    lines += ["total = sum(int(line) for line in numbers)", "count = sum(1 for line in numbers)"]
    lines.append("print(total, count)")
    total = sum(values)
    wrong = [(f"{total} {0 if kept else len(values)}", "" if kept else "file-rewinds")]
    wrong += [
        ("ValueError", "line-has-no-newline"),
        (f"{total} {total}", ""),
        (f"0 {len(words)}", ""),
    ]
    return printed(draw, (lines, f"{total} {len(values) if kept else 0}", wrong), _TAPE)


def _added_up(draw: Draw) -> Draft:
    words, values = _rows(draw)
    mark = draw.pick(",", ";", ":", "=")
    rows = [f"{word}{mark}{n}" for word, n in zip(words, values, strict=True)]
    at = draw.integer(0, 3)
    rows.insert(at, draw.pick("", "# note"))
    text = "\\n".join(rows)
    lines = ["import io", "total = 0", f'for line in io.StringIO("{text}"):']
    lines += [f'    if "{mark}" in line:', f'        total += int(line.split("{mark}")[1])']
    lines.append("print(total)")
    wrong = [(len(rows), ""), (len(values), ""), (values[0], "file-rewinds")]
    return typed(draw, lines, sum(values), wrong, _TAPE)


def _line_gap(draw: Draw) -> Draft:
    words, _ = _rows(draw)
    text = "".join(f"{word}\\n" for word in words)
    sign = draw.pick("+", "-", "/", "|", "_")
    lines = ["import io", "found = []", f'for line in io.StringIO("{text}"):', "    ___"]
    lines.append(f'print("{sign}".join(found))')
    others = [
        ("found.append(line)", "line-has-no-newline"),
        ("found = line.strip()", "w-appends"),
        ("found.append(line.split())", ""),
        ("found.append(line.read())", "file-rewinds"),
    ]
    right = draw.pick("found.append(line.strip())", 'found.append(line.rstrip("\\n"))')
    return gap(draw, lines, right, draw.some(others, 3), sign.join(words))


def _mend_lines(draw: Draw) -> Draft:
    words, values = _rows(draw)
    lines = ["import io", "def save(file, rows):", "    for name, n in rows:"]
    lines += ['        file.write(f"{name} {n}")', "    return len(rows)", ""]
    rows = list(zip(words, values, strict=True))
    lines += ["file = io.StringIO()", f"save(file, {rows})", "print(file.getvalue())"]
    others = [
        (4, 'file.write(f"{name}\\n{n}")', "write-adds-newline"),
        (9, "print(file.read())", "file-rewinds"),
        (4, 'file.write(f"{name} {n} ")', ""),
        (7, 'file = io.StringIO("\\n")', "w-appends"),
    ]
    right = (4, 'file.write(f"{name} {n}\\n")')
    wanted = "\n".join(f"{name} {n}" for name, n in rows)
    return mended(draw, lines, right, draw.some(others, 3))(wanted, _TAPE)


def _mode(draw: Draw) -> Draft:
    """A file system of one dictionary: files of the machine are out of reach in the sandbox."""
    one, other, name = *draw.some(THINGS, 2), draw.pick("a.txt", "b.txt", "notes.txt", "tea.txt")
    first, second = draw.pick("w", "a"), draw.pick("w", "a")
    lines = ["import io", "from unittest import mock", "kept = {}", "class File(io.StringIO):"]
    lines += ["    def __init__(self, name, mode):", '        old = kept.get(name, "")']
    lines += ['        super().__init__(old if mode == "a" else "")', "        self.seek(0, 2)"]
    lines += ["        self.name = name", "    def close(self):"]
    lines += ["        kept[self.name] = self.getvalue()", "        super().close()", ""]
    lines += [f'with mock.patch("builtins.open", File):  # {name}, kept in memory']
    for mode, word in ((first, one), (second, other)):
        lines += [f'    with open("{name}", "{mode}") as file:', f'        file.write("{word}")']
    lines.append(f'print(kept["{name}"])')
    key = f"{one}{other}" if second == "a" else other
    wrong = [(other if second == "a" else f"{one}{other}", "w-appends"), (one, "")]
    wrong.append((f"{one}\n{other}", "write-adds-newline"))
    return printed(draw, (lines, key, wrong), _TAPE)


def _file_task(draw: Draw) -> Draft:
    mark = draw.pick(",", ";", ":", "=", "|", "/")
    what = draw.pick("word", "name", "town", "fruit", "tool")
    name, ask, inner, slip = draw.pick(
        ("total", "the sum of the numbers", "sum(numbers)", "len(numbers)"),
        ("largest", "the largest of the numbers (0 if there are none)",
         "max(numbers, default=0)", "max(numbers)"),
        ("count", "how many numbers there are", "len(numbers)", "sum(numbers)"),
        ("spread", "the largest minus the smallest number (0 if there are none)",
         "max(numbers, default=0) - min(numbers, default=0)", "max(numbers) - min(numbers)"),
    )  # fmt: skip
    words, values = _rows(draw)
    text = "\n".join(f"{word}{mark} {n}" for word, n in zip(words, values, strict=True))
    work = {
        "total": sum(values), "largest": max(values), "count": len(values),
        "spread": max(values) - min(values),
    }[name]  # fmt: skip
    one = {"total": 7, "largest": 7, "count": 1, "spread": 0}[name]

    def program(inner: str, check: str) -> str:
        return (
            f"def {name}(file):\n    numbers = []\n    for line in file:\n        if {check}:\n"
            f'            numbers.append(int(line.split("{mark}")[1]))\n    return {inner}\n'
        )

    tests = assertions_of(
        "reading",
        name,
        (f"{name}(io.StringIO({text!r}))", work),
        (f"{name}(io.StringIO({text + chr(10) + chr(10)!r}))", work),
        (f"{name}(io.StringIO({'# note' + chr(10) + 'a' + mark + '7' + chr(10)!r}))", one),
        (f'{name}(io.StringIO(""))', 0),
    )
    task = CodeTask(
        "reading",
        f"def {name}(file):\n    return 0\n",
        f"import io\n\n{tests}",
        program(inner, f'"{mark}" in line'),
    )
    return challenge(
        f"Read a file: {name}",
        f"`{name}(file)` gets an open file. Each line has a {what}, the sign `{mark}` and a whole "
        f"number; lines without that sign are skipped. It returns {ask}.",
        task,
        [program(slip, f'"{mark}" in line'), program(inner, "line")],
        (
            "What does each round of a loop over a file give?",
            "Collect the numbers in a list, then ask the list.",
            "Only lines with the sign are split; `int` does not mind a line break.",
        ),
    )


def json_and_dates(draw: Draw) -> Draft:
    """What JSON keeps, and reckoning with days."""
    return by_level(
        draw, _from_json, _days_between, _days_later, _kept_types, _json_gap, _month_end,
        _mend_json, _json_task,
    )  # fmt: skip


def _from_json(draw: Draw) -> Draft:
    one, other = draw.some(THINGS, 2)
    a, b = draw.some(range(1, 60 * draw.level), 2)
    text = f'{{"{one}": [{a}, {b}], "{other}": {a + b}}}'
    asked, key = draw.pick(
        (f'data["{one}"][1] + data["{other}"]', a + 2 * b), (f'sum(data["{one}"])', a + b),
        (f'data["{other}"] - data["{one}"][0]', b),
        (f'len(data["{one}"]) * data["{other}"]', 2 * (a + b)),
    )  # fmt: skip
    lines = ["import json", f"data = json.loads('{text}')", f"print({asked})"]
    return typed(draw, lines, key, [(a, ""), (len(text), "loads-file")], _THERE_AND_BACK)


def _day(draw: Draw) -> date:
    return date(draw.integer(2021, 2032), draw.integer(1, 12), draw.integer(1, 28))


def _days_between(draw: Draw) -> Draft:
    first, gone = _day(draw), draw.integer(20, 60 * draw.level)
    last = first + timedelta(gone)
    lines = ["from datetime import date"]
    lines += [f"a = date({first.year}, {first.month}, {first.day})"]
    lines += [f"b = date({last.year}, {last.month}, {last.day})", "print((b - a).days)"]
    months = (last.year - first.year) * 12 + last.month - first.month
    wrong = [(months * 30 + last.day - first.day, "months-thirty"), (gone + 1, ""), (-gone, "")]
    return typed(draw, lines, gone, wrong, _CALENDAR)


def _days_later(draw: Draw) -> Draft:
    first, days = _day(draw), draw.integer(15, 30 + 10 * draw.level)
    later = first + timedelta(days)
    lines = ["from datetime import date, timedelta"]
    lines += [f"a = date({first.year}, {first.month}, {first.day})"]
    lines.append(f"print(a + timedelta(days={days}))")
    month = first.month % 12 + 1
    year = first.year + (first.month == 12)  # noqa: PLR2004 - December
    wrong = [
        (date(year, month, first.day), "months-thirty"),
        (later + timedelta(1), ""),
        (later - timedelta(1), ""),
        (f"{later.day}.{later.month}.{later.year}", ""),
    ]
    return printed(draw, (lines, later, wrong), _CALENDAR)


def _kept_types(draw: Draw) -> Draft:
    a, b, word = draw.integer(1, 99), draw.integer(1, 99), draw.pick(*THINGS)
    value, key, slip = draw.pick(
        (f"({a}, {b})", f"[{a}, {b}]", f"({a}, {b})"),
        (f"{{{a}: '{word}'}}", f"{{'{a}': '{word}'}}", f"{{{a}: '{word}'}}"),
        (f"[None, {a}]", f"[None, {a}]", f"[null, {a}]"),
        (f"[True, {a}]", f"[True, {a}]", f"['True', {a}]"),
        (f"{{'{word}': ({a},)}}", f"{{'{word}': [{a}]}}", f"{{'{word}': ({a},)}}"),
        (f"{{{a}, {b}}}", "TypeError", f"{{{a}, {b}}}"),
    )
    lines = ["import json", f"data = {value}", "print(json.loads(json.dumps(data)))"]
    idea = "json-keeps-types" if slip != key else ""
    wrong = [(slip, idea), ("TypeError", ""), (f"'{key}'", ""), ("FileNotFoundError", "loads-file")]
    return printed(draw, (lines, key, wrong), _THERE_AND_BACK)


def _json_gap(draw: Draw) -> Draft:
    word, n = draw.pick(*THINGS), draw.integer(1, 99)
    right, wanted, lines, others = draw.pick(
        ("json.loads(text)", n + 1,
         [f"text = '{{\"{word}\": {n}}}'", "data = ___", f'print(data["{word}"] + 1)'],
         [("json.dumps(text)", ""), ("json.load(text)", "loads-file"),
          ('json.loads("text")', "loads-file")]),
        ("json.dumps(data)", f'{{"{word}": [{n}, true]}}',
         [f'data = {{"{word}": ({n}, True)}}', "print(___)"],
         [("json.loads(data)", "loads-file"), ("str(data)", "json-keeps-types"), ("data", "")]),
        ("json.dumps(data)", f'["{word}", {n}]',
         [f'data = ("{word}", {n})', "print(___)"],
         [("json.loads(data)", "loads-file"), ("str(data)", "json-keeps-types"),
          ("list(data)", "")]),
    )  # fmt: skip
    return gap(draw, ["import json", *lines], right, others, wanted)


def _month_end(draw: Draw) -> Draft:
    year, month = draw.integer(2021, 2032), draw.pick(1, 2, 3, 4, 5, 7, 8, 10)
    last = date(year, month + 1, 1) - timedelta(1)
    right = f"(last + timedelta(days=1)).month == {month + 1}"
    lines = ["from datetime import date, timedelta"]
    lines.append(f"last = date({year}, {month + 1}, 1) - timedelta(days=1)")
    others = [
        (f"last.day == {30 if last.day != 30 else 31}", "months-thirty"),  # noqa: PLR2004 - days
        (f"last.month == {month + 1}", ""),
        (f"last == date({year}, {month}, 1) + timedelta(days=30)", "months-thirty"),
        (f"last.day == {last.day + 1}", ""),
    ]
    if last.day == 31:  # noqa: PLR2004 - days
        others.pop(2)
    ask = "Which of these is true after this program?"
    picked = draw.pick(right, f"last.day == {last.day}", f"last.month == {month}")
    return which(draw, ask, lines, picked, draw.some(others, 3), _CALENDAR)


def _mend_json(draw: Draw) -> Draft:
    one, n, m = draw.pick(*THINGS), *draw.some(range(1, 60), 2)
    lines = ["import json", f"prices = {{{n}: '{one}'}}", "text = json.dumps(prices)"]
    lines += ["again = json.loads(text)", f"print(again.get({n}), len(again))"]
    others = [
        (4, f"again = json.loads({n})", "loads-file"),
        (3, f"text = json.dumps(prices[{n}])", ""),
        (5, f"print(again[{m}], len(again))", "json-keeps-types"),
    ]
    right = draw.pick(
        (5, f'print(again.get("{n}"), len(again))'), (5, f"print(again[str({n})], len(again))")
    )
    return mended(draw, lines, right, others)(f"{one} 1", _THERE_AND_BACK)


def _json_task(draw: Draw) -> Draft:
    key, limit = draw.pick("price", "points", "pages", "age", "steps"), draw.integer(5, 40)
    name, ask, inner, slip = draw.pick(
        (f"total_{key}", f"the sum of all `{key}`", "sum(found)", "len(found)"),
        (f"many_{key}", f"how many have a `{key}` above {limit}",
         f"sum(n > {limit} for n in found)", f"sum(n >= {limit} for n in found)"),
        (f"most_{key}", f"the largest `{key}` (0 if there is none)", "max(found, default=0)",
         "max(found)"),
    )  # fmt: skip
    values = [draw.integer(1, 60) for _ in range(3)] + [limit]
    people = draw.some(NAMES, 4)
    rows = [{"name": one, key: n} for one, n in zip(people, values, strict=True)]
    text = str(rows).replace("'", '"')
    work = {
        "total": sum(values), "many": sum(n > limit for n in values), "most": max(values),
    }[name.split("_")[0]]  # fmt: skip
    one = {"total": limit, "many": 0, "most": limit}[name.split("_")[0]]

    def program(inner: str, get: str) -> str:
        return (
            f"import json\n\n\ndef {name}(text):\n"
            f"    found = [{get} for one in json.loads(text)]\n    return {inner}\n"
        )

    safe, bare = f'one.get("{key}", 0)', f'one["{key}"]'
    tests = assertions_of(
        "texts",
        name,
        (f"{name}({text!r})", work),
        (f"{name}('[]')", 0),
        (f"{name}({str([{key: limit}, {'name': 'x'}]).replace(chr(39), chr(34))!r})", one),
    )
    task = CodeTask("texts", f"def {name}(text):\n    return 0\n", tests, program(inner, safe))
    return challenge(
        f"From JSON: {name}",
        f"`{name}(text)` gets a JSON text: a list of objects. It returns {ask}. An object without "
        f"`{key}` counts as 0.",
        task,
        [program(slip, safe), program(inner, bare)],
        (
            "What does `loads` make of a list of objects?",
            "Collect the numbers of all dictionaries in a list first.",
            "`get` with a second argument gives a value where the key is missing.",
        ),
    )
