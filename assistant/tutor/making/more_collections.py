"""More questions about tuples, dictionaries, sets, comprehensions and sorting."""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import word
from assistant.tutor.making.programs_of_many import dictionaries as looked_up
from assistant.tutor.making.programs_of_many import sets as once
from assistant.tutor.making.programs_of_pieces import tuples as paired
from assistant.tutor.making.questions import (
    NAMES,
    THINGS,
    Work,
    block,
    by_level,
    gap,
    mended,
    printed,
    typed,
    which,
    written,
)

_PAIRS = (
    "What is worked out before anything is assigned?",
    "The comma makes a tuple; the right side is done first, and a tuple is never changed.",
    "Write the right side with its values, then hand them out from the left.",
)
_KEYS = (
    "Is this about keys or about values?",
    "`in` and a loop look at the keys; each key is there only once; `get` knows what is missing.",
    "Write the pairs below each other first.",
)
_ONCE = (
    "Which elements occur more than once?",
    "A set holds each element once; `&` is in both, `|` in either, `-` only in the first.",
    "Write both as sets first, without repeating anything.",
)
_TRUE = "Which of these is `True` after this program?"


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 20 + 8 * draw.level), count)


def _unpacked(draw: Draw) -> Draft:
    people, values = draw.some(NAMES, 3), _numbers(draw, 3)
    rows = [*zip(people, values, strict=True)]
    k = draw.integer(2, 9)
    way, key, slip = draw.pick(
        ("total += n", sum(values), len(rows)),
        (f"total += n * {k}", sum(values) * k, sum(values) + k),
        ("total += len(name)", sum(map(len, people)), sum(values)),
        (f"total += n > {sorted(values)[1]}", 1, 2),
        ("total = max(total, n)", max(values), values[-1]),
    )
    lines = [
        f"rows = {rows}".replace("'", '"'),
        "total = 0",
        *block("for name, n in rows:", way),
        "print(total)",
    ]
    return typed(draw, lines, key, [(slip, ""), (len(rows) * 2, "brackets-make-tuple")], _PAIRS)


def _two_back(draw: Draw) -> Draft:
    n, k = draw.integer(20, 99), draw.integer(3, 9)
    q, r = divmod(n, k)
    ask, key, slip, idea = draw.pick(
        (["a, b = parts({})", "print(b, a)"], f"{r} {q}", f"{q} {r}", "swap-loses"),
        (["print(parts({}))"], f"({q}, {r})", f"{q} {r}", "brackets-make-tuple"),
        (["print(parts({})[1])"], r, q, ""),
        (
            ["a, b = parts({})", "a, b = b, a + b", "print(a, b)"],
            f"{r} {q + r}",
            f"{r} {r + r}",
            "swap-loses",
        ),
        (["x = parts({})", "x[0] = 1", "print(x)"], "TypeError", f"(1, {r})", "tuple-changeable"),
        (["print(len(parts({})))"], 2, 1, "brackets-make-tuple"),
    )
    lines = [
        *block("def parts(n):", f"return n // {k}, n % {k}"),
        "",
        *(one.replace("{}", str(n)) for one in ask),
    ]
    wrong = [(slip, idea), (f"({r}, {q})", ""), (q + r, ""), ("TypeError", "tuple-changeable")]
    return printed(draw, (lines, key, wrong), _PAIRS)


def _true_tuple(draw: Draw) -> Draft:
    a, b, c = _numbers(draw, 3)
    lines = [f"one = ({a}, {b})", f"two = {b}, {a}", f"three = ({c},)", f"four = ({c})"]
    right = draw.pick("one == (two[1], two[0])", f"three[0] == {c}", "len(three) == 1",
     "four == three[0]",
                      f"one[:1] == ({a},)", f"{c} in three")  # fmt: skip
    others = [("four == three", "brackets-make-tuple"), ("one == two", "swap-loses"),
     ("len(four) == 1", "brackets-make-tuple"),
              (f"one + ({c}) == ({a}, {b}, {c})", "brackets-make-tuple"),
               (f"one == [{a}, {b}]", "tuple-changeable"),
              ("type(four) == type(one)", "brackets-make-tuple")]  # fmt: skip
    return which(draw, _TRUE, lines, right, draw.some(others, 3), _PAIRS)


def _tuple_gap(draw: Draw) -> Draft:
    a, b, c = _numbers(draw, 3)
    right, lines, wanted, others = draw.pick(
        ("a, b = b, a", [f"a, b = {a}, {b}", "___", "print(a, b)"], f"{b} {a}",
         [("a = b", "swap-loses"), ("b, a = b, a", ""), ("a == b, a", "")]),
        (f"point = ({c}, point[1])", [f"point = ({a}, {b})", "___", "print(point)"], f"({c}, {b})",
         [(f"point[0] = {c}", "tuple-changeable"), (f"point = ({c})", "brackets-make-tuple"),
          (f"point.append({c})", "tuple-changeable")]),
        (f"one = ({a},)", ["___", f"print(len(one), one[0] + {b})"], f"1 {a + b}",
         [(f"one = ({a})", "brackets-make-tuple"), (f"one = {a}", ""), (f"one = ({a}, {a})", "")]),
        ("a, b, c = c, a, b", [f"a, b, c = {a}, {b}, {c}", "___", "print(a, b, c)"], f"{c} {a} {b}",
         [("a, b, c = b, c, a", ""), ("a = c; b = a; c = b", "swap-loses"),
          ("c, a, b = c, a, b", "")]),
    )  # fmt: skip
    return gap(draw, lines, right, others, wanted)


def _mend_pair(draw: Draw) -> Draft:
    n, k = draw.integer(70, 300), draw.integer(2, 9)
    what = draw.pick("minutes", "seconds", "pages", "days", "eggs")
    unit = draw.pick(60, 12, 24, 7, 10)
    lines = [*block(f"def split({what}):", f"return ({what} // {unit}, {what} % {unit})"), "",
             f"big = split({n})", f"print(big * {k})"]  # fmt: skip
    q = n // unit
    others = [(4, f"big = split({n}) // {unit}", "brackets-make-tuple"),
     (5, f"print(big[1] * {k})", ""),
              (4, f"(big) = split({n})", "brackets-make-tuple"),
               (4, f"big, small, rest = split({n})", ""),
              (4, f"small, big = split({n})", "swap-loses")]  # fmt: skip
    right = draw.pick((4, f"big, small = split({n})"), (5, f"print(big[0] * {k})"))
    return mended(draw, lines, right, draw.some(others, 3))(q * k, _PAIRS)


def _tuple_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 12), draw.integer(2, 9)
    work = draw.pick(
        Work("ends(values)",
         f"a tuple of the smallest and the largest of the values, each plus {k}",
             (f"return min(values) + {k}, max(values) + {k}",),
              (f"return values[0] + {k}, values[-1] + {k}",),
             lambda values: (min(values) + k, max(values) + k)),
        Work("shared(values)",
         f"a tuple: the sum of the values divided by {k} as a whole number, and the remainder",
             (f"return sum(values) // {k}, sum(values) % {k}",),
              (f"return [sum(values) // {k}, sum(values) % {k}]",),
             lambda values: divmod(sum(values), k)),
        Work("moved(values)",
         f"a list of pairs: each value, and its place times {m}, counted from 0",
             ("made = []", "for i in range(len(values)):",
              f"    made.append((values[i], i * {m}))", "return made"),
             ("made = []", "for i in range(len(values)):",
              f"    made.append((i * {m}, values[i]))", "return made"),
             lambda values: [(n, i * m) for i, n in enumerate(values)]),
    )  # fmt: skip
    return written(work, [[3, 9, 4], [k], _numbers(draw, 5), [7, 7]], "pairs", _PAIRS)


def _counted(draw: Draw) -> Draft:
    text = word(draw) + draw.pick("ful", "box", "less", "ness", "s")
    letter = draw.pick(*text)
    lines = [
        "counts = {}",
        *block(f'for sign in "{text}":', "counts[sign] = counts.get(sign, 0) + 1"),
    ]
    way, key, slip, idea = draw.pick(
        (f'counts["{letter}"]', text.count(letter), 1, "duplicate-keys"),
        ("len(counts)", len(set(text)), len(text), "duplicate-keys"),
        ('counts.get("q", 0)', 0, "None", "missing-is-none"),
        ('counts["q"]', "KeyError", 0, "missing-is-none"),
        ("sum(counts.values())", len(text), len(set(text)), ""),
        (f"{text.count(letter)} in counts", False, True, "in-asks-values"),
        ("max(counts.values())", max(map(text.count, text)), len(text), ""),
    )
    wrong = [
        (slip, idea),
        (len(text) + 1, ""),
        ("None", "missing-is-none"),
        (letter, "loop-gives-pairs"),
    ]
    return printed(draw, ([*lines, f"print({way})"], key, wrong), _KEYS)


def _walked_pairs(draw: Draw) -> Draft:
    people, values = draw.some(NAMES, 3), _numbers(draw, 3)
    pairs = dict(zip(people, values, strict=True))
    lines = [f"points = {pairs}".replace("'", '"'), "total = 0"]
    head, body, key, slip, idea = draw.pick(
        ("for name in points:", "total += points[name]", sum(values), len(pairs),
         "loop-gives-pairs"),
        ("for name in points:", "total += len(name)", sum(map(len, people)), sum(values),
         "in-asks-values"),
        ("for n in points.values():", "total += n", sum(values), len(pairs), ""),
        ("for name, n in points.items():", "total += n + len(name)",
         sum(values) + sum(map(len, people)),
         sum(values), ""),
        ("for name, n in points.items():", f"total += n > {sorted(values)[0]}", 2, 3, ""),
    )  # fmt: skip
    wrong = [(slip, idea), (key + 1, ""), (values[-1], "duplicate-keys")]
    return typed(draw, [*lines, *block(head, body), "print(total)"], key, wrong, _KEYS)


def _dict_gap(draw: Draw) -> Draft:
    one, other = draw.some(THINGS, 2)
    a, n = _numbers(draw, 2)
    right, lines, wanted, others = draw.pick(
        (f'stock.get("{other}", 0)', ["print(___)"], "0", [(f'stock["{other}"]', "missing-is-none"),
         (f'stock.get("{other}")', "missing-is-none"), (f'"{other}" in stock', "in-asks-values")]),
        (f'stock["{one}"] = {n}', ["___", "print(stock)"], f"{{'{one}': {n}}}",
         [(f'stock["{other}"] = {n}', "duplicate-keys"), (f"stock.append({n})", ""),
          (f"stock[0] = {n}", "")]),
        (f'stock["{one}"] += {n}', ["___", f'print(stock["{one}"])'], a + n,
         [(f'stock["{one}"] = {n}', "duplicate-keys"),
          (f'stock["{other}"] += {n}', "missing-is-none"),
          (f'stock.get("{one}") + {n}', "")]),
        (f'"{one}" in stock', ["print(___)"], "True", [(f"{a} in stock", "in-asks-values"),
         (f'stock["{one}"]', ""), (f'"{other}" in stock', "")]),
        ("for thing, n in stock.items():", ["___", "    print(thing, n)"], f"{one} {a}",
         [("for thing, n in stock:", "loop-gives-pairs"),
          ("for thing in stock.items():", "loop-gives-pairs"),
          ("for n, thing in stock.items():", "")]),
    )  # fmt: skip
    return gap(draw, [f'stock = {{"{one}": {a}}}', *lines], right, others, wanted)


def _mend_count(draw: Draw) -> Draft:
    words = draw.some(THINGS, 3)
    rows = [*words, words[0], draw.pick(*words)]
    thing = words[0]
    lines = [f"rows = {rows}".replace("'", '"'), "counts = {}",
     *block("for one in rows:", "counts[one] = 1"),
             f'print(counts["{thing}"], len(counts))']  # fmt: skip
    others = [(4, "counts[one] += 1", "missing-is-none"),
     (4, "counts[one] = counts.get(one) + 1", "missing-is-none"),
              (4, "counts[one] = counts[one] + 1", "missing-is-none"),
               (3, "for one in counts:", "loop-gives-pairs"),
              (4, "counts = counts.get(one, 0) + 1", ""),
               (4, "counts[1] = one", "in-asks-values")]  # fmt: skip
    right = (4, "counts[one] = counts.get(one, 0) + 1")
    return mended(draw, lines, right, draw.some(others, 3))(f"{rows.count(thing)} 3", _KEYS)


def _dict_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 9), draw.integer(10, 30)
    counting = (
        Work("lengths(words)", f"a dictionary from each word to its length times {k}",
             ("made = {}", "for word in words:", f"    made[word] = len(word) * {k}",
              "return made"),
             ("made = {}", "for word in words:", f"    made[len(word)] = word * {k}",
              "return made"),
             lambda words: {one: len(one) * k for one in words}),
        Work("frequent(words)", f"a sorted list of the words that occur at least {2 + k % 2} times",
             ("counts = {}", "for word in words:", "    counts[word] = counts.get(word, 0) + 1",
              "return sorted(word for word in counts if counts[word] >= " + f"{2 + k % 2})"),
             ("counts = {}", "for word in words:", "    counts[word] = counts.get(word, 0) + 1",
              "return sorted(word for word in counts if counts[word] > " + f"{2 + k % 2})"),
             lambda words: sorted({one for one in words if words.count(one) >= 2 + k % 2})),
    )  # fmt: skip
    pricing = (
        Work("raised(prices)", f"a new dictionary with the same keys, and each value plus {m}",
             ("made = {}", "for thing in prices:", f"    made[thing] = prices[thing] + {m}",
              "return made"),
             ("made = {}", "for thing in prices:", f"    made[thing] = {m}", "return made"),
             lambda prices: {thing: n + m for thing, n in prices.items()}),
        Work("cheap(prices)", f"a sorted list of the keys whose value is below {m}",
             ("made = []", "for thing, price in prices.items():", f"    if price < {m}:",
              "        made.append(thing)", "return sorted(made)"),
             ("made = []", "for thing, price in prices.items():", f"    if price <= {m}:",
              "        made.append(thing)", "return sorted(made)"),
             lambda prices: sorted(thing for thing, n in prices.items() if n < m)),
    )  # fmt: skip
    if draw.coin():
        words = ["a", "to", "a", "to", "to", "of", "be", "be", "be", "be"]
        return written(draw.pick(*counting), [words, [], ["tea"]], "counting", _KEYS)
    one, other, third = draw.some(THINGS, 3)
    rows = [{one: m, other: m - 1, third: m + 9}, {}, {"jam": 1}]
    return written(draw.pick(*pricing), rows, "pricing", _KEYS)


def _set_work(draw: Draw) -> Draft:
    a, b = sorted(set(draw.some(range(1, 15), 4))), sorted(set(draw.some(range(1, 15), 4)))
    one, other = set(a), set(b)
    way, key, slip, idea = draw.pick(
        ("a & b", one & other, one | other, ""),
        ("a | b", one | other, one & other, ""),
        ("a - b", one - other, one ^ other, "minus-both-ways"),
        ("b - a", other - one, one - other, "minus-both-ways"),
        ("a ^ b", one ^ other, one - other, "minus-both-ways"),
    )
    lines = [
        f"a = {{{', '.join(map(str, draw.shuffled(a)))}}}",
        f"b = {{{', '.join(map(str, draw.shuffled(b)))}}}",
    ]
    wrong = [(sorted(slip), idea), (sorted([*a, *b]), "set-counts"), (a, ""), (b, "")]
    return printed(draw, ([*lines, f"print(sorted({way}))"], sorted(key), wrong), _ONCE)


def _set_grown(draw: Draw) -> Draft:
    words = draw.some(THINGS, 3)
    guests = set(words)
    lines = [f"things = {{{', '.join(f'{chr(34)}{one}{chr(34)}' for one in words)}}}"]
    for _ in range(draw.by_level(2, 3, 3, 4, 5)):
        thing = draw.pick(*words, *draw.some(THINGS, 2))
        add = draw.coin()
        lines.append(f'things.{"add" if add else "discard"}("{thing}")')
        guests = guests | {thing} if add else guests - {thing}
    adds = sum(".add(" in line for line in lines)
    wrong = [(3 + adds, "set-counts"), (3 + 2 * adds - len(lines) + 1, "set-counts"), (3, "")]
    return typed(draw, [*lines, "print(len(things))"], len(guests), wrong, _ONCE)


def _true_set(draw: Draw) -> Draft:
    a, b, c, d = draw.some(range(1, 30), 4)
    lines = [f"a = {{{a}, {b}, {a}}}", f"b = {{{b}, {a}}}", f"c = {{{c}, {d}, {b}}}", "e = {}"]
    right = draw.pick("a == b", "len(a) == 2", f"a & c == {{{b}}}", "a <= a | c",
     f"c - a == {{{d}, {c}}}",
                      "len(a | c) == 4")  # fmt: skip
    others = [("len(a) == 3", "set-counts"), ("type(e) == type(a)", "empty-braces"),
     ("a - c == a ^ c", "minus-both-ways"),
              ("e == set()", "empty-braces"), (f"a[0] == {a}", "set-keeps-order"),
               ("len(a | c) == 5", "set-counts"),
              (f"c - a == {{{c}, {d}, {a}}}", "minus-both-ways")]  # fmt: skip
    return which(draw, _TRUE, lines, right, draw.some(others, 3), _ONCE)


def _set_gap(draw: Draw) -> Draft:
    a, b, c, d = draw.some(range(1, 40), 4)
    right, wanted = draw.pick(("one & two", [b]), ("one | two", sorted([a, b, c, d])),
     ("one - two", sorted([a, c])),
                              ("one ^ two", sorted([a, c, d])))  # fmt: skip
    others = [("one & two", ""), ("one | two", "set-counts"), ("one - two", "minus-both-ways"),
              ("one ^ two", "minus-both-ways"), ("one + two", ""),
               ("two - one", "minus-both-ways")]  # fmt: skip
    kept = [one for one in others if one[0] != right]
    lines = [f"one = {{{a}, {b}, {c}}}", f"two = {{{b}, {d}}}", "print(sorted(___))"]
    return gap(draw, lines, right, draw.some(kept, 3), wanted)


def _mend_set(draw: Draw) -> Draft:
    values = [draw.integer(1, 9) for _ in range(6)]
    values.append(values[0])
    lines = [
        f"values = {values}",
        "seen = {}",
        *block("for n in values:", "seen.add(n)"),
        "print(len(seen))",
    ]
    others = [(2, "seen = []", "empty-braces"), (4, "seen[n] = seen[n] + 1", "set-counts"),
     (2, "seen = {0}", ""),
              (5, "print(len(values))", "set-counts"),
               (2, "seen = ()", "empty-braces")]  # fmt: skip
    right = draw.pick((2, "seen = set()"), (4, "seen[n] = True"))
    return mended(draw, lines, right, draw.some(others, 3))(len(set(values)), _ONCE)


def _set_task(draw: Draw) -> Draft:
    k = draw.integer(2, 20)
    work = draw.pick(
        Work("shared(one, other)",
         f"a sorted list of what is in both lists and at least {k}, each once",
             (f"return sorted(n for n in set(one) & set(other) if n >= {k})",),
             (f"return sorted(n for n in one if n in other and n >= {k})",),
             lambda both: sorted(n for n in {*both[0]} & {*both[1]} if n >= k)),
        Work("only_one(one, other)",
         f"a sorted list of what is in exactly one of the lists, each once and plus {k}",
             (f"return sorted(n + {k} for n in set(one) ^ set(other))",),
             (f"return sorted(n + {k} for n in set(one) - set(other))",),
             lambda both: sorted(n + k for n in {*both[0]} ^ {*both[1]})),
        Work("missing(one, other)",
         f"how many different values from {k} on are in `one` and not in `other`",
             (f"return len(set(n for n in one if n >= {k}) - set(other))",),
             (f"return len([n for n in one if n >= {k} and n not in other])",),
             lambda both: len({n for n in both[0] if n >= k} - {*both[1]})),
    )  # fmt: skip
    rows: list[object] = [
        ([k, k, k + 1, 1], [k, 1, 30, k + 1]),
        ([30, 31, 30], [1]),
        ([], [k]),
        ([k + 2, k + 2], [k]),
    ]
    return written(work, rows, "sharing", _ONCE)


def tuples(draw: Draw) -> Draft:
    """Pairs, unpacking, swaps, and tuples that come back from functions."""
    return by_level(
        draw, paired, _true_tuple, _tuple_gap, paired, _two_back, _unpacked, _mend_pair, _tuple_task
    )


def dictionaries(draw: Draw) -> Draft:
    """Keys, values, counting, and loops over them."""
    return by_level(
        draw, _dict_gap, looked_up, _counted, looked_up, _walked_pairs, _mend_count, _dict_task
    )


def sets(draw: Draw) -> Draft:
    """Sets hold each element once; what two of them share."""
    return by_level(
        draw, _set_gap, once, _set_work, _true_set, once, _set_grown, _mend_set, _set_task
    )
