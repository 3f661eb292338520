"""Small programs with texts, lists and other collections: what do they print?"""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import Row, Wrongs, shows, word


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 10 + 8 * draw.level), count)


def indexing_and_slicing(draw: Draw) -> Draft:
    """Single signs and slices of a text."""
    text = word(draw) + draw.pick("ful", "box", "land", "like")
    at, end = draw.integer(1, 3), draw.integer(4, 5)
    far = len(text) + draw.integer(2, 9)
    rows: list[tuple[str, str, list[tuple[str, str]]]] = [
        (f"text[{at}]", text[at], [(text[at - 1], "index-from-one"), (text[at + 1], "")]),
        (f"text[-{at}]", text[-at], [(text[-at - 1], "last-is-len"), (text[at], "")]),
        (
            f"text[{at}:{end}]",
            text[at:end],
            [
                (text[at : end + 1], "slice-end-included"),
                (text[at - 1 : end - 1], "index-from-one"),
            ],
        ),
        (
            f"text[:{at}] + text[-{at}:]",
            text[:at] + text[-at:],
            [
                (text[: at + 1] + text[-at:], "slice-end-included"),
                (text[:at] + text[-at - 1 :], "last-is-len"),
            ],
        ),
        (
            f"text[{at}:{far}]",
            text[at:],
            [("IndexError", "slice-raises"), (text[at - 1 :], "index-from-one")],
        ),
        (
            f"text[{end}:{at}:-1]",
            text[end:at:-1],
            [(text[end : at - 1 : -1], "slice-end-included"), (text[at:end], "")],
        ),
        ("text[::2]", text[::2], [(text[1::2], "index-from-one"), (text[:2], "")]),
    ]
    what, value, slips = draw.pick(*rows[: draw.by_level(2, 3, 4, 6, 7)][-4:])
    wrong = [*slips, (text[::-1][:2], ""), (text[0], ""), (text[-1], "")]
    return shows(
        draw,
        [f'text = "{text}"', f'print("It is", {what})'],
        f"It is {value}",
        [(other if other == "IndexError" else f"It is {other}", idea) for other, idea in wrong],
        (
            "At which number does counting begin?",
            (
                "The first sign has the index zero, the last one minus one; a slice stops before "
                "its end, and may reach too far."
            ),
            "Write the indices below the signs.",
        ),
    )


def list_methods(draw: Draw) -> Draft:
    """Methods that change a list, and what they hand back."""
    values = _numbers(draw, 3 + draw.level // 2)
    new = draw.integer(1, 9)
    rows: list[Row] = [
        (
            [f"values.append({new})", "print(values)"],
            [*values, new],
            [([new, *values], ""), (values, "")],
        ),
        (
            ["values.sort()", "print(values)"],
            sorted(values),
            [
                (values, "sorted-changes"),
                (None, "sort-returns"),
                (sorted(values, reverse=True), ""),
            ],
        ),
        (["print(values.sort())"], None, [(sorted(values), "sort-returns"), (values, "")]),
        (
            ["sorted(values)", "print(values)"],
            values,
            [(sorted(values), "sorted-changes"), (None, "sort-returns")],
        ),
        (
            [f"values.append([{new}, {new + 1}])", "print(len(values))"],
            len(values) + 1,
            [(len(values) + 2, "append-flattens"), (len(values), "")],
        ),
        (
            [f"values.remove({values[1]})", "print(values)"],
            [values[0], *values[2:]],
            [
                (values[:1] + values[1:][:-1], "remove-by-index"),
                (values[1:], "remove-by-index"),
                (values, ""),
            ],
        ),
        (
            ["last = values.pop()", "print(last, values)"],
            f"{values[-1]} {values[:-1]}",
            [
                (f"{values[0]} {values[1:]}", ""),
                (f"None {values[:-1]}", "sort-returns"),
                (f"{values[-1]} {values}", ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 5, 6, 7)][-4:])
    return shows(
        draw,
        [f"values = {values}", *lines],
        value,
        [*wrong, ([], "")],
        (
            "Does this change the list, or does it make a new one?",
            (
                "Methods such as `sort` and `append` change "
                "the list and hand back `None`; `sorted` makes a new one."
            ),
            "Write the list after each line.",
        ),
    )


def aliasing(draw: Draw) -> Draft:
    """Two names for one list, and copies."""
    values, new = _numbers(draw, draw.by_level(2, 3, 3, 3, 4)), draw.integer(90, 99)
    changed = [new, *values[1:]]
    rows: list[Row] = [
        (
            ["b = a", f"b[0] = {new}", "print(a)"],
            changed,
            [(values, "assignment-copies"), ([new], "")],
        ),
        (["b = a.copy()", f"b[0] = {new}", "print(a)"], values, [(changed, ""), ([new], "")]),
        (
            ["b = a", f"b = [{new}]", "print(a)"],
            values,
            [([new], "rebinding-changes"), (changed, "rebinding-changes")],
        ),
        (
            ["b = a", f"b.append({new})", "a = a[1:]", "print(b)"],
            [*values, new],
            [
                ([*values[1:], new], "rebinding-changes"),
                (values, "assignment-copies"),
                (values[1:], "rebinding-changes"),
            ],
        ),
        (
            ["def change(c):", f"    c[0] = {new}", "    c = []", "change(a)", "print(a)"],
            changed,
            [(values, "function-gets-copy"), ([], "rebinding-changes")],
        ),
        (
            ["b = a[:]", "c = b", f"c.append({new})", "print(a == b, b is c)"],
            "False True",
            [
                ("True True", "assignment-copies"),
                ("False False", "equal-is-same"),
                ("True False", "equal-is-same"),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4, 5, 6)][-4:])
    return shows(
        draw,
        [f"a = {values}", *lines],
        value,
        [*wrong, ([*values, new], "")],
        (
            "How many lists are there?",
            (
                "Assigning a name copies nothing; changing a list is seen by all its "
                "names, tying a name anew by none of the others."
            ),
            "Draw each list once, and an arrow from each name.",
        ),
    )


def string_methods(draw: Draw) -> Draft:
    """Methods of texts; a text never changes."""
    one, other = word(draw), word(draw)
    sign = draw.pick("-", ",", "/")
    rows: list[Row] = [
        (
            [f'text = "{one}"', "text.upper()", "print(text)"],
            one,
            [(one.upper(), "method-changes-string"), ("None", "")],
        ),
        (
            [f'print("{one}".find("z"))'],
            one.find("z"),
            [("False", "find-false"), ("None", "find-false"), (0, "find-false")],
        ),
        (
            [f'print("{one}{sign}{other}".split("{sign}"))'],
            [one, other],
            [(f"{one} {other}", ""), ([one, sign, other], ""), ([f"{one}{sign}{other}"], "")],
        ),
        (
            [f'print("{sign}".join(["{one}", "{other}"]))'],
            f"{one}{sign}{other}",
            [
                (f"{one}{sign}{other}{sign}", ""),
                ("AttributeError", "join-on-list"),
                (f"{one}{other}{sign}", "join-on-list"),
            ],
        ),
        (
            [f'print(len("{one}{sign}{sign}{other}".split("{sign}")))'],
            3,
            [(2, "split-drops-empty"), (4, ""), (len(one + other), "")],
        ),
        (
            [
                f'text = "{one}"',
                f'new = text.replace("{one[0]}", "{other[0]}")',
                "print(text, new)",
            ],
            f"{one} {one.replace(one[0], other[0])}",
            [
                (
                    f"{one.replace(one[0], other[0])} {one.replace(one[0], other[0])}",
                    "method-changes-string",
                ),
                (f"{one} None", "method-changes-string"),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(3, 4, 5, 6, 6)][-4:])
    return shows(
        draw,
        lines,
        value,
        [*wrong, (one[::-1], "")],
        (
            "What is handed back, and where does it go?",
            ("A method of a text hands back a new one; the old one stays as it is."),
            "Note the text before and after each line.",
        ),
    )


def dictionaries(draw: Draw) -> Draft:
    """Keys, values and loops over them."""
    keys = sorted({word(draw) for _ in range(2 + draw.level // 2)} | {"key"})
    values = _numbers(draw, len(keys))
    pairs = dict(zip(keys, values, strict=True))
    text = ", ".join(f'"{key}": {value}' for key, value in pairs.items())
    key, number = draw.pick(*keys), draw.integer(90, 99)
    rows: list[Row] = [
        (
            [f'print(pairs["{key}"])'],
            pairs[key],
            [(key, ""), (values[0] if values[0] != pairs[key] else values[-1], "")],
        ),
        ([f"print({pairs[key]} in pairs)"], False, [(True, "in-asks-values"), (pairs[key], "")]),
        (
            [f'pairs["{key}"] = {number}', "print(len(pairs))"],
            len(pairs),
            [(len(pairs) + 1, "duplicate-keys"), (number, "")],
        ),
        (
            ["for each in pairs:", "    print(each)", "    break"],
            keys[0],
            [(values[0], "loop-gives-pairs"), (f"('{keys[0]}', {values[0]})", "loop-gives-pairs")],
        ),
        (
            [f'print(pairs.get("zebra", {number}))'],
            number,
            [("None", "missing-is-none"), ("KeyError", "missing-is-none"), (0, "")],
        ),
        (
            [f'pairs["{key}"] = pairs.get("{key}", 0) + {number}', f'print(pairs["{key}"])'],
            pairs[key] + number,
            [(number, "duplicate-keys"), (pairs[key], "")],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(3, 4, 5, 6, 6)][-4:])
    return shows(
        draw,
        [f"pairs = {{{text}}}", *lines],
        value,
        [*wrong, (sum(values), "")],
        (
            "Is this about keys or about values?",
            (
                "`in` and a loop look at the keys; each key is there only once, "
                "and `get` has a value for those that are missing."
            ),
            "Write the pairs below each other first.",
        ),
    )


def sets(draw: Draw) -> Draft:
    """Sets hold each element once; intersections and differences."""
    values = [draw.integer(1, 4 + draw.level) for _ in range(5 + draw.level // 2)]
    other = sorted({draw.integer(1, 6 + draw.level) for _ in range(3)})
    own, text = set(values), word(draw) + draw.pick("", "s", "less", "ful", "land")
    first = {n: n for n in values}
    rows: list[Row] = [
        (
            [f"print(len(set({values})))"],
            len(own),
            [
                (len(values), "set-counts"),
                (sum(values.count(n) == 1 for n in own), "set-counts"),
                (len(own) + 1, ""),
            ],
        ),
        (
            [f"a = set({values})", f"b = set({other})", "print(len(a & b))"],
            len(own & set(other)),
            [(len(own | set(other)), ""), (len(own), ""), (len(own) + len(other), "set-counts")],
        ),
        (
            [f'print(len(set("{text}")))'],
            len(set(text)),
            [
                (len(text), "set-counts"),
                (sum(text.count(sign) == 1 for sign in set(text)), "set-counts"),
                (len(set(text)) + 1, ""),
            ],
        ),
        (
            [f"a = set({values})", f"b = set({other})", "print(sorted(a - b))"],
            sorted(own - set(other)),
            [
                (sorted(own ^ set(other)), "minus-both-ways"),
                (sorted(set(other) - own), "minus-both-ways"),
                (sorted(own | set(other)), ""),
            ],
        ),
        (
            [
                f"a = set({values})",
                f"a.add({values[0]})",
                f"a.add({max(values) + 1})",
                "print(len(a))",
            ],
            len(own) + 1,
            [(len(own) + 2, "set-counts"), (len(values) + 2, "set-counts"), (len(first), "")],
        ),
    ]
    lines, value, wrong = draw.pick(*(rows[0], rows[1], *rows[2 : draw.by_level(3, 4, 4, 5, 5)]))
    return shows(
        draw,
        lines,
        value,
        [*wrong, (len(own) + len(other), "")],
        (
            "Which elements occur more than once?",
            ("A set holds each element once; `a - b` is what is in `a` and not in `b`."),
            "Write both as sets first, without repeating anything.",
        ),
    )


def comprehensions(draw: Draw) -> Draft:
    """Lists made from lists."""
    values, factor = _numbers(draw, 3 + draw.level // 2), draw.integer(2, 5)
    border = sorted(values)[len(values) // 2]
    rows: list[tuple[str, object, Wrongs]] = [
        (
            f"[n * {factor} for n in values]",
            [n * factor for n in values],
            [(values * factor, ""), (values, "changes-original"), (sum(values) * factor, "")],
        ),
        (
            f"[n for n in values if n > {border}]",
            [n for n in values if n > border],
            [
                ([n for n in values if n >= border], ""),
                ([n > border for n in values], "filter-replaces"),
                (values, "changes-original"),
            ],
        ),
        (
            f"[n * {factor} for n in values if n < {border}]",
            [n * factor for n in values if n < border],
            [
                ([n * factor if n < border else n for n in values], "filter-replaces"),
                ([n * factor for n in values if n * factor < border], ""),
                (values, "changes-original"),
            ],
        ),
        (
            f"[n if n > {border} else 0 for n in values]",
            [n if n > border else 0 for n in values],
            [
                ([n for n in values if n > border], "if-position"),
                ([n > border for n in values], "filter-replaces"),
                (values, ""),
            ],
        ),
        (
            f"sum([1 for n in values if n % 2 == {factor % 2}])",
            sum(n % 2 == factor % 2 for n in values),
            [
                (sum(n for n in values if n % 2 == factor % 2), "filter-replaces"),
                (len(values), ""),
                (sum(values), ""),
            ],
        ),
    ]
    what, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 3, 4, 5)][-3:])
    return shows(
        draw,
        [f"values = {values}", f"print({what})"],
        value,
        [*wrong, ([], "")],
        (
            "Which elements are taken, and what becomes of each?",
            (
                "The `if` at the end picks elements; what stands "
                "in front says what is made of each that was picked."
            ),
            "Go through the list, element by element.",
        ),
    )


def recursion(draw: Draw) -> Draft:
    """Functions that call themselves."""
    n, step = draw.integer(2, 3 + draw.level), draw.integer(2, 4)
    base = draw.integer(0, 3)

    def f(number: int) -> int:
        return base if number <= 0 else step + f(number - 1)

    def g(number: int) -> int:
        return 1 if number <= 1 else number * g(number - 2)

    def h(number: int) -> int:
        return number if number < 2 else h(number - 1) + h(number - 2)  # noqa: PLR2004 - Fibonacci

    rows: list[tuple[list[str], int, Wrongs]] = [
        (
            [
                "def f(n):",
                "    if n <= 0:",
                f"        return {base}",
                f"    return {step} + f(n - 1)",
                f"print(f({n}))",
            ],
            f(n),
            [
                (f(n) - base, "no-base-case"),
                (base, "inner-return-enough"),
                (step + n - 1, "one-drawer"),
                (f(n) - step, ""),
            ],
        ),
        (
            [
                "def f(n):",
                "    if n <= 1:",
                "        return 1",
                "    return n * f(n - 2)",
                f"print(f({n + 2}))",
            ],
            g(n + 2),
            [((n + 2) * n, "one-drawer"), (1, "inner-return-enough"), (g(n + 3), "not-smaller")],
        ),
        (
            [
                "def f(n):",
                "    if n < 2:",
                "        return n",
                "    return f(n - 1) + f(n - 2)",
                f"print(f({n + 2}))",
            ],
            h(n + 2),
            [(2 * n + 1, "one-drawer"), (h(n + 3), "not-smaller"), (1, "inner-return-enough")],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(1, 1, 2, 3, 3)])
    return shows(
        draw,
        lines,
        value,
        [*wrong, (value + 1, "")],
        (
            "When does it stop calling itself?",
            "Each call has its own `n` and waits for the one that it made.",
            "Write the calls below each other, then put in the results from below.",
        ),
    )
