"""More questions about loops over texts and ranges, and about what grows in them."""

from math import prod

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.loops import accumulating as grown
from assistant.tutor.making.loops import for_loops as walked
from assistant.tutor.making.loops import grown_task
from assistant.tutor.making.programs import word
from assistant.tutor.making.questions import (
    Work,
    block,
    by_level,
    gap,
    mended,
    printed,
    typed,
    written,
)

_ROUND = (
    "What does the name of the loop stand for in each round?",
    "The lines of the loop are done once for each element, one after the other.",
    "Make a table: one row for each round.",
)
_ENDS = (
    "Which is the first number, and which the last?",
    "A range begins at its start, or at zero, and ends before its stop.",
    "Write out the numbers one by one, and leave out the stop.",
)
_GROWS = (
    "What is the value before the first round?",
    "The start value takes part; then each round changes it a little.",
    "Write the value after each round below the one before.",
)
_VOWELS = "aeiou"


def _long_word(draw: Draw) -> str:
    return word(draw) + draw.pick("", "s", "ful", "box", "land", "less")


def _each_sign(draw: Draw) -> Draft:
    text, n = _long_word(draw)[: draw.integer(3, 5)], draw.integer(1, 3)
    sign = draw.pick("-", ".", "+", "/")
    add, key, slip = draw.pick(
        (f'sign + "{sign}"', "".join(c + sign for c in text), text + sign),
        (f"sign * {n + 1}", "".join(c * (n + 1) for c in text), text * (n + 1)),
        (f'"{sign}" + sign', "".join(sign + c for c in text), sign + text),
    )
    lines = ['made = ""', *block(f'for sign in "{text}":', f"made = made + {add}"), "print(made)"]
    wrong = [(slip, "whole-each-time"), (key[-2:], "reset-in-loop"), (key[:2], "return-in-loop")]
    return typed(draw, lines, key, wrong, _ROUND)


def _counted_signs(draw: Draw) -> Draft:
    text = _long_word(draw) + " " + _long_word(draw)
    letter = draw.pick(*sorted(set(text) - {" "}))
    test, key, slip = draw.pick(
        (f'sign == "{letter}"', text.count(letter), len(text) - text.count(letter)),
        (f'sign in "{_VOWELS}"', sum(c in _VOWELS for c in text), len(set(text) & set(_VOWELS))),
        (f'sign < "{letter}"', sum(c < letter for c in text), sum(c <= letter for c in text)),
        (f'sign != " " and sign != "{letter}"', len(text) - 1 - text.count(letter),
         len(text) - text.count(letter)),
    )  # fmt: skip
    lines = ["count = 0", *block(f'for sign in "{text}":', *block(f"if {test}:", "count += 1")),
             "print(count)"]  # fmt: skip
    wrong = [(slip, ""), (len(text), "whole-each-time"), (1, "reset-in-loop")]
    return typed(draw, lines, key, wrong, _ROUND)


def _too_early(draw: Draw) -> Draft:
    text, letter = _long_word(draw), draw.pick("a", "e", "n", "t", "l", "o")
    inside = draw.coin()
    lines = block("def work(text):", "count = 0", *block("for sign in text:",
                  *block(f'if sign == "{letter}":', "count += 1"),
                   *(["return count"] if inside else [])),
                  *([] if inside else ["return count"]))  # fmt: skip
    count = text.count(letter)
    key = int(text[0] == letter) if inside else count
    wrong = [(count if inside else int(text[0] == letter), "return-in-loop"), (len(text), ""),
             (int(text[-1] == letter), "reset-in-loop"), (key + 1, "")]  # fmt: skip
    return printed(draw, ([*lines, "", f'print(work("{text}"))'], key, wrong), _ROUND)


def _loop_gap(draw: Draw) -> Draft:
    text, sign = _long_word(draw), draw.pick("-", "*", ".", "_")
    letter = draw.pick(*text)
    right, wanted = draw.pick(
        ("made = made + sign", text), ("made = sign + made", text[::-1]),
        (f'made = made + "{sign}"', sign * len(text)),
        ("made = made + sign * 2", "".join(c * 2 for c in text)),
        (f'made = made + sign + "{sign}"', "".join(c + sign for c in text)),
    )  # fmt: skip
    others = [("made = sign", "reset-in-loop"), (f'made = made + "{letter}"', ""),
              ("made = made + text", "whole-each-time"), ("return made + sign", "return-in-loop"),
              ("made = sign + sign", "reset-in-loop")]  # fmt: skip
    lines = [f'text = "{text}"', 'made = ""', *block("for sign in text:", "___"), "print(made)"]
    return gap(draw, lines, right, draw.some(others, 3), wanted)


def _mend_reset(draw: Draw) -> Draft:
    letter = draw.pick("a", "e", "n", "t", "l", "o")
    text = f"{draw.pick('s', 'w', 'm', 'st')}{letter}{_long_word(draw)}{letter}s"
    count = text.count(letter)
    lines = ["count = 0", *block(f'for sign in "{text}":', *block(f'if sign == "{letter}":',
             "count = 1")), "print(count)"]  # fmt: skip
    others = [(1, "count = 1", ""), (3, f'if sign != "{letter}":', ""),
              (4, "count = count", "reset-in-loop"), (4, "break", "return-in-loop"),
              (2, f'for sign in "{letter}":', "whole-each-time"),
              (4, "count = len(sign)", "whole-each-time")]  # fmt: skip
    return mended(draw, lines, (4, "count += 1"), draw.some(others, 3))(count, _ROUND)


def _text_task(draw: Draw) -> Draft:
    letter, sign, n = (
        draw.pick(*"aeioustnrlmd"),
        draw.pick("-", "*", ".", "+", "_"),
        draw.integer(2, 9),
    )
    work = draw.pick(
        Work("without(text)", f'the text without any "{letter}"',
             ('made = ""', "for sign in text:", f'    if sign != "{letter}":',
              "        made += sign",
              "return made"),
             ('made = ""', "for sign in text:", f'    if sign != "{letter}":',
              "        made = sign",
              "return made"), lambda text: text.replace(letter, "")),
        Work("starred(text)", f'the text with a "{sign}" in the place of each "{letter}"',
             ('made = ""', "for sign in text:", f'    if sign == "{letter}":',
              f'        made += "{sign}"',
              "    else:", "        made += sign", "return made"),
             ('made = ""', "for sign in text:", f'    if sign == "{letter}":',
              f'        return made + "{sign}"', "    made += sign", "return made"),
             lambda text: text.replace(letter, sign)),
        Work("stretched(text)", f"the text with each of its characters {n} times in a row",
             ('made = ""', "for sign in text:", f"    made += sign * {n}", "return made"),
             (f"return text * {n}",), lambda text: "".join(each * n for each in text)),
        Work("count_others(text)", f'how many characters of the text are no "{letter}"',
             ("count = 0", "for sign in text:", f'    if sign != "{letter}":', "        count += 1",
              "return count"),
             ("for sign in text:", f'    return len(text) - {n}', "return 0"),
             lambda text: len(text) - text.count(letter)),
    )  # fmt: skip
    rows = [f"{letter}bc{letter}", f"x{letter * n}y", word(draw), "", "xyz"]
    return written(work, rows, "walking", _ROUND)


def _range_shown(draw: Draw) -> Draft:
    start, step = draw.integer(0, 9), draw.integer(2, 5)
    count = draw.integer(2, 4)
    stop = start + step * count - draw.integer(0, step - 1)
    down = draw.from_level(3) and draw.coin()
    right = range(stop, start, -step) if down else range(start, stop, step)
    text = f"{right.start}, {right.stop}, {right.step}"
    more = draw.pick(0, 0, 10, 100)
    lines = block(f"for n in range({text}):", f"print(n + {more})" if more else "print(n)")
    far = [*right, right[-1] + right.step]
    wrong = [
        (far, "stop-included"),
        ([*right][1:] + far[-1:], "starts-at-one"),
        ([*right][:-1], ""),
    ]
    rows = [("\n".join(str(n + more) for n in row), idea) for row, idea in wrong]
    return printed(draw, (lines, "\n".join(str(n + more) for n in right), rows), _ENDS)


def _range_counted(draw: Draw) -> Draft:
    start, stop, step = draw.integer(0, 9), draw.integer(14, 30), draw.integer(1, 4)
    text = f"{start}, {stop}, {step}" if step > 1 else f"{start}, {stop}"
    right = range(start, stop, step)
    k = draw.integer(2, 5)
    body, key, slip = draw.pick(
        (["count += 1"], len(right), len(range(start, stop + 1, step))),
        (block(f"if n % {k} == 0:", "count += 1"), sum(n % k == 0 for n in right), len(right)),
        (["count = n"], right[-1], stop),
        (["count += n"], sum(right), sum(range(start, stop + 1, step))),
    )
    lines = ["count = 0", *block(f"for n in range({text}):", *body), "print(count)"]
    return typed(draw, lines, key, [(slip, "stop-included"), (key + 1, "starts-at-one")], _ENDS)


def _nested(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 5), draw.integer(2, 6), draw.integer(1, 4)
    inner, count = draw.pick((f"range({b})", a * b),
     (f"range(i, {a + b})", sum(range(b + 1, a + b + 1))),
                             ("range(i)", sum(range(a))),
                              (f"range({b}, {b + n})", a * n))  # fmt: skip
    lines = ["count = 0", *block(f"for i in range({a}):", *block(f"for j in {inner}:",
     "count += 1")),
             "print(count)"]  # fmt: skip
    wrong = [(a + b, "nested-parallel"), ((a + 1) * (b + 1), "stop-included"), (b, "")]
    return typed(draw, lines, count, wrong, _ENDS)


def _table_row(draw: Draw) -> Draft:
    a, b, k = draw.integer(2, 4), draw.integer(2, 4), draw.integer(2, 9)
    start = draw.pick(0, 1)
    way, value = draw.pick(("i * j", 1), (f"i * {k} + j", 2), (f"i + j * {k}", 3))

    def cell(i: int, j: int) -> int:
        return {1: i * j, 2: i * k + j, 3: i + j * k}[value]

    def rows(first: int, down: int, right: int) -> str:
        return "\n".join("".join(f"{cell(i, j)}," for j in range(first, right))
                         for i in range(first, down))  # fmt: skip

    lines = block(f"for i in range({start}, {a + 1}):", 'text = ""',
                  *block(f"for j in range({start}, {b + 1}):", f'text = text + str({way}) + ","'),
                  "print(text)")  # fmt: skip
    wrong = [(rows(start, a + 2, b + 2), "stop-included"),
     (rows(1 - start, a + 1, b + 1), "starts-at-one"),
             (rows(start, b + 1, a + 1), "nested-parallel"), (rows(start, a, b), "")]  # fmt: skip
    key = rows(start, a + 1, b + 1)
    return printed(draw, (lines, key, wrong), _ENDS)


def _range_gap(draw: Draw) -> Draft:
    start, step, count = draw.integer(1, 9), draw.integer(2, 5), draw.integer(3, 4)
    shown = [start + step * at for at in range(count)]
    last = shown[-1]
    up = draw.coin()
    right = f"{start}, {last + 1}, {step}" if up else f"{last}, {start - 1}, -{step}"
    others = (
        [(f"{start}, {last}, {step}", "stop-included"), (f"{last + 1}, {step}", "starts-at-one"),
         (f"{start}, {last + 1}", ""), (f"{start - 1}, {last}, {step}", "starts-at-one")]
        if up else
        [(f"{last}, {start}, -{step}", "stop-included"), (f"{start}, {last}, {step}", ""),
         (f"{last}, {start - 1}", ""), (f"{last + 1}, {start}, -{step}", "starts-at-one")]
    )  # fmt: skip
    lines = block("for n in range(___):", "print(n)")
    wanted = "\n".join(map(str, shown if up else shown[::-1]))
    return gap(draw, lines, right, draw.some(others, 3), wanted)


def _mend_range(draw: Draw) -> Draft:
    n, start = draw.integer(5, 20), draw.integer(1, 4)
    power = draw.pick("i", "i * i", "i * 2")
    lines = block("def total(n):", "found = 0", *block(f"for i in range({start}, n):",
     f"found += {power}"),
                  "return found")  # fmt: skip
    lines += ["", f"print(total({n}))"]
    values = {"i": 1, "i * i": 2, "i * 2": 3}[power]
    wanted = sum({1: i, 2: i * i, 3: 2 * i}[values] for i in range(start, n + 1))
    others = [(3, f"for i in range({start}, n, 1):", "stop-included"),
     (3, "for i in range(n):", "starts-at-one"),
              (3, f"for i in range({start + 1}, n + 1):", "starts-at-one"),
               (5, "return found + 1", ""),
              (7, f"print(total({n - 1}))", ""), (2, "found = 1", "")]  # fmt: skip
    right = (3, f"for i in range({start}, n + 1):")
    return mended(draw, lines, right, draw.some(others, 3))(wanted, _ENDS)


def _range_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 9), draw.integer(2, 5)
    work = draw.pick(
        Work("sum_of_multiples(n)",
         f"the sum of all multiples of {k} from {k} up to `n`, `n` included",
             ("total = 0", f"for i in range({k}, n + 1, {k}):", "    total += i", "return total"),
             ("total = 0", f"for i in range({k}, n, {k}):", "    total += i", "return total"),
             lambda n: sum(range(k, n + 1, k))),
        Work("countdown(n)",
         f'the numbers from `n` down to 1, each followed by a space, and "go" at '
             f"the end: for {m} it is " + '"' + " ".join(map(str, range(m, 0, -1))) + ' go"',
             ('text = ""', "for i in range(n, 0, -1):", '    text = text + str(i) + " "',
              'return text + "go"'),
             ('text = ""', "for i in range(n, 1, -1):", '    text = text + str(i) + " "',
              'return text + "go"'),
             lambda n: "".join(f"{i} " for i in range(n, 0, -1)) + "go"),
        Work("count_shared(n)",
         f"how many numbers from 1 to `n`, both included, are divisible by {k} "
             f"or by {m + k}",
             ("count = 0", "for i in range(1, n + 1):", f"    if i % {k} == 0 or i % {m + k} == 0:",
              "        count += 1", "return count"),
             (f"return n // {k} + n // {m + k}",),
             lambda n: sum(i % k == 0 or i % (m + k) == 0 for i in range(1, n + 1))),
        Work("steps(n)",
         f"the product of all whole numbers from {m} to `n`, both included, and 1 where "
             "there are none",
             ("product = 1", f"for i in range({m}, n + 1):", "    product *= i", "return product"),
             ("product = 1", "for i in range(1, n + 1):", "    product *= i", "return product"),
             lambda n: prod(range(m, n + 1))),
    )  # fmt: skip
    return written(work, [1, m, k, k * (m + k), 3 * k + 1, 12], "ranging", _ENDS)


def _best_sign(draw: Draw) -> Draft:
    text, more = _long_word(draw), draw.pick("first", "last")
    smallest = draw.coin()
    start = '"z"' if smallest else '""'
    lines = [f'text = "{text}"', f"{more} = {start}",
             *block("for sign in text:", *block(f"if sign {'<' if smallest else '>'} {more}:",
             f"{more} = sign")), f'print("It is", {more})']  # fmt: skip
    key = min(text) if smallest else max(text)
    wrong = [(text[-1], "early-no"), (text[0], "early-no"),
             (max(text) if smallest else min(text), ""), (more, "")]  # fmt: skip
    rows = [(f"It is {sign}", idea) for sign, idea in wrong]
    return printed(draw, (lines, f"It is {key}", rows), _GROWS)


def _grown_number(draw: Draw) -> Draft:
    start, n, k = draw.pick(0, 1, 10, 100), draw.integer(3, 5), draw.integer(2, 4)
    sign, begin = draw.pick("+", "*", "-"), draw.integer(1, 3)
    way, value, plain = start, start, 0
    for i in range(begin, begin + n):
        step = i * k if sign == "-" else i
        value = value + step if sign == "+" else value * step if sign == "*" else value - step
        plain = i
    text = f"i * {k}" if sign == "-" else "i"
    lines = [f"total = {start}", *block(f"for i in range({begin}, {begin + n}):",
             f"total = total {sign} {text}"), "print(total)"]  # fmt: skip
    wrong = [(prod(range(begin, begin + n)) if sign == "*" else value - way,
     "product-starts-at-zero"),
             (plain, "early-no"), (sum(range(begin, begin + n)), "")]  # fmt: skip
    return typed(draw, lines, value, wrong, _GROWS)


def _early_answer(draw: Draw) -> Draft:
    low, high, k = draw.integer(2, 9), draw.integer(15, 40), draw.integer(2, 7)
    n = draw.integer(low, high)
    early = draw.coin()
    tail = block("else:", "return False") if early else []
    lines = block("def has(n):", *block(f"for i in range({low}, {high}, {k}):",
                  *block("if i == n:", "return True"), *tail), "return False")  # fmt: skip
    inside = n in range(low, high, k)
    key = n == low if early else inside
    wrong = [(not key, "early-no"), ("None", ""), (n, "")]
    return printed(draw, ([*lines, "", f"print(has({n}))"], key, wrong), _GROWS)


def _growing_gap(draw: Draw) -> Draft:
    n, k = draw.integer(3, 6), draw.integer(2, 9)
    right, body, wanted = draw.pick(
        ("value = 1", "value = value * i", prod(range(1, n + 1))),
        ("value = 0", f"value = value + i * {k}", k * n * (n + 1) // 2),
        (f"value = {k}", "value = value + i", k + n * (n + 1) // 2),
        ('value = ""', "value = value + str(i)", "".join(map(str, range(1, n + 1)))),
        (f"value = {k}", "value = value * 2", k * 2**n),
    )
    others = [("value = 0", "product-starts-at-zero"), ("value = 1", ""), ("value = i", "early-no"),
              ('value = ""', ""), ("value = None", ""), (f"value = {k}", "")]  # fmt: skip
    kept = [one for one in others if one[0] != right]
    lines = ["___", *block(f"for i in range(1, {n + 1}):", body), "print(value)"]
    return gap(draw, lines, right, draw.some(kept, 3), wanted)


def _mend_best(draw: Draw) -> Draft:
    a, k, n = draw.integer(3, 60), draw.integer(2, 9), draw.integer(4, 7)
    low = a + k * n
    lines = block("def best(n):", "found = 0", *block("for i in range(1, n + 1):",
                  f"value = -{k} * i - {a}", *block("if value > found:", "found = value")),
                  "return found")  # fmt: skip
    lines += ["", f"print(best({n}))"]
    others = [(2, f"found = {k}", "best-starts-at-zero"), (5, "if value < found:", ""),
              (7, "return value + found", "early-no"), (7, "return value", "early-no"),
              (2, "found = 1", "best-starts-at-zero")]  # fmt: skip
    right = (2, f"found = -{low + 1}")
    return mended(draw, lines, right, draw.some(others, 3))(-k - a, _GROWS)


def _growing_task(draw: Draw) -> Draft:
    if draw.from_level(4) and draw.integer(1, 4) > 1:
        return grown_task(draw, _GROWS)
    k, letter, low = draw.integer(2, 30), draw.pick(*"aeioustnrl"), draw.integer(2, 6)
    numbers = (
        Work("sum_of_squares(n)", f"the sum of the squares from 1 to `n`, each times {k}",
             ("total = 0", "for i in range(1, n + 1):", f"    total += i * i * {k}",
              "return total"),
             ("total = 0", "for i in range(1, n + 1):", f"    total = i * i * {k}", "return total"),
             lambda n: k * sum(i * i for i in range(1, n + 1))),
        Work("first_divisor(n)",
         f"the smallest number from {low} to `n`, both included, that divides "
             "`n` without a remainder, and `None` where there is none",
             (f"for i in range({low}, n + 1):", "    if n % i == 0:", "        return i",
              "return None"),
             (f"for i in range({low}, n + 1):", "    if n % i == 0:", "        return i",
              "    return None"),
             lambda n: next((i for i in range(low, n + 1) if n % i == 0), None)),
        Work("power(n)", f"{k} multiplied `n` times with itself, and 1 for 0; do it with a loop",
             ("value = 1", "for _ in range(n):", f"    value = value * {k}", "return value"),
             ("value = 0", "for _ in range(n):", f"    value = value * {k}", "return value"),
             lambda n: k**n),
        Work("all_small(n)", f"`True` where no digit of the number is above {low}, else `False`",
             ("for digit in str(n):", f"    if int(digit) > {low}:", "        return False",
              "return True"),
             ("for digit in str(n):", f"    if int(digit) > {low}:", "        return False",
              "    return True"), lambda n: all(int(one) <= low for one in str(n))),
    )  # fmt: skip
    text = Work("last_place(text)",
     f'the place of the last "{letter}" in the text, counted from 1, and '
                "0 where there is none",
                ("place = 0", "found = 0", "for sign in text:", "    place += 1",
                 f'    if sign == "{letter}":', "        found = place", "return found"),
                ("place = 0", "for sign in text:", "    place += 1", f'    if sign == "{letter}":',
                 "        return place", "return 0"),
                  lambda text: text.rfind(letter) + 1)  # fmt: skip
    if draw.integer(1, 5) == 1:
        return written(text, [f"x{letter}y{letter}z", word(draw), "", letter], "growing", _GROWS)
    return written(draw.pick(*numbers), [0, 1, low, 10 * low + 9, 35, 37], "growing", _GROWS)


def for_loops(draw: Draw) -> Draft:
    """What is done in each round, what is counted, and what ends it too early."""
    return by_level(
        draw,
        _each_sign,
        walked,
        _counted_signs,
        walked,
        _loop_gap,
        _mend_reset,
        _too_early,
        _text_task,
    )


def ranges(draw: Draw) -> Draft:
    """Where a range begins and ends, and loops in loops."""
    return by_level(
        draw, _range_gap, _range_shown, _range_counted, _mend_range, _nested,
        _table_row, _range_task,
    )  # fmt: skip


def accumulating(draw: Draw) -> Draft:
    """Sums, products, the best so far, and answers that are given too early."""
    return by_level(
        draw, _growing_gap, grown, _grown_number, _best_sign, grown, _mend_best, _early_answer,
        _growing_task,
    )  # fmt: skip
