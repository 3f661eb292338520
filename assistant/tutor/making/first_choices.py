"""More questions about comparing, deciding, and loops that go on while something holds."""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.loops import while_loops as counted
from assistant.tutor.making.programs import boolean_logic as combined
from assistant.tutor.making.programs import comparisons as compared
from assistant.tutor.making.programs import conditions as branched
from assistant.tutor.making.programs import word
from assistant.tutor.making.questions import (
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

_EACH = (
    "Take each comparison by itself.",
    "`<=` and `>=` include the border; upper and lower case differ, and so do a text and a number.",
    "Say each comparison aloud as a sentence: is it so?",
)
_BOTH = (
    "First find out what each side of `and` and `or` is.",
    "`or` is true if one side is, and if both are; `not` binds first, then `and`, then `or`.",
    "Replace each name by its value, and read on.",
)
_FIRST = (
    "Which condition is true first?",
    "Only the first branch that holds is taken; an `if` of its own is asked whatever came before.",
    "Put the value into the first condition: does it hold?",
)
_ROUNDS = (
    "When is the condition asked?",
    "It is asked before each round, the first one too, and never in the middle of one.",
    "Write the values round by round, until the condition is false.",
)
_ASK = "Which of these is `True` after this program?"


def _border(draw: Draw) -> Draft:
    name, n = draw.pick("age", "points", "cups", "pages", "degrees"), draw.integer(11, 60)
    d = draw.integer(1, 9)
    sign, right = draw.pick((">=", f"{name} >= {n}"), ("<=", f"{name} <= {n}"))
    far = ">" if sign == ">=" else "<"
    others = [
        (f"{name} {far} {n}", "border-forgotten"),
        (f'{name} == "{n}"', "bool-is-text"),
        (f"{name} != {n}", "border-forgotten"),
        (f"{n - d} < {name} < {n}", "border-forgotten"),
        (f"{n} < {name} <= {n + d}", "border-forgotten"),
    ]
    return which(draw, _ASK, [f"{name} = {n}"], right, draw.some(others, 3), _EACH)


def _true_of_text(draw: Draw) -> Draft:
    text = word(draw)
    right = draw.pick(f'"{text[1:3]}" in text', f'text == "{text}"', f"len(text) == {len(text)}",
                      f'"{text.upper()}" < text', f'text != "{text.capitalize()}"')  # fmt: skip
    others = [
        (f'text == "{text.capitalize()}"', "case-does-not-matter"),
        (f'"{text[:2].upper()}" in text', "case-does-not-matter"),
        (f'len(text) == "{len(text)}"', "bool-is-text"),
        (f"len(text) < {len(text)}", "border-forgotten"),
        (f'text < "{text[0].upper()}"', "case-does-not-matter"),
    ]
    return which(draw, _ASK, [f'text = "{text}"'], right, draw.some(others, 3), _EACH)


def _kept_answer(draw: Draw) -> Draft:
    n, m = draw.integer(2, 30), draw.integer(2, 30)
    sign, key = draw.pick(("<", n < m), (">=", n >= m), ("==", n == m), ("!=", n != m))
    more, last, slip = draw.pick(
        (f"n = {m}", key, not key), (f"n = n + {m}", key, not key), ("big = not big", not key, key)
    )
    lines = [f"n = {n}", f"big = n {sign} {m}", more, "print(big)"]
    wrong = [(slip, ""), ("big", "bool-is-text"), (n, "single-equals-asks"), ("NameError", "")]
    return printed(draw, (lines, last, wrong), _EACH)


def _compare_gap(draw: Draw) -> Draft:
    n = draw.integer(11, 60)
    right = draw.pick("<", "<=", "==", ">=", ">", "!=")
    rows = [n - 1, n, n + 1]
    ways = {"<": [True, False, False], "<=": [True, True, False], "==": [False, True, False],
            ">=": [False, True, True], ">": [False, False, True],
             "!=": [True, False, True]}  # fmt: skip
    lines = [*block("def test(n):", f"return n ___ {n}"), ""]
    lines.append(f"print({', '.join(f'test({row})' for row in rows)})")
    ideas = {"<": "border-forgotten", ">": "border-forgotten", "=": "single-equals-asks"}
    others = [(sign, ideas.get(sign, "")) for sign in (*ways, "=") if sign != right]
    return gap(draw, lines, right, draw.some(others, 3), " ".join(map(str, ways[right])))


def _mend_compare(draw: Draw) -> Draft:
    low, high = draw.integer(3, 12), draw.integer(15, 60)
    lines = [*block("def fits(n):", f"return {low} < n < {high}"), ""]
    lines.append(f"print(fits({low}), fits({high}), fits({low - 1}))")
    last = draw.coin()
    wanted = "True False False" if last else "False True False"
    fits = f"{low} <= n < {high}" if last else f"{low} < n <= {high}"
    other = f"{low} < n <= {high}" if last else f"{low} <= n < {high}"
    others = [(2, f"return {other}", "border-forgotten"), (2, f"return {low} <= n <= {high}", ""),
              (2, f"return n == {low}, {high}", "single-equals-asks"),
              (2, f'return "{low} < n"', "bool-is-text")]  # fmt: skip
    return mended(draw, lines, (2, f"return {fits}"), draw.some(others, 3))(wanted, _EACH)


def _compare_task(draw: Draw) -> Draft:
    low, high, letter = draw.integer(2, 20), draw.integer(30, 90), draw.pick("e", "a", "r", "t")
    work = draw.pick(
        Work("fits(n)",
         f"`True` for a number from {low} to {high}, both included, `False` for others",
             (f"return {low} <= n <= {high}",), (f"return {low} < n < {high}",),
             lambda n: low <= n <= high),
        Work("is_multiple(n)", f"`True` where the number is divisible by {low}, else "
             "`False`", (f"return n % {low} == 0",), (f"return n / {low} == 0",),
             lambda n: n % low == 0),
        Work("outside(n)", f"`True` where the number is below {low} or above {high}, else `False`",
             (f"return not {low} <= n <= {high}",), (f"return not {low} < n < {high}",),
             lambda n: n < low or n > high),
    )  # fmt: skip
    texts = Work("has_letter(text)", f'`True` where the text has an "{letter}" in it, else `False`',
                 (f'return "{letter}" in text',), (f'return text == "{letter}"',),
                 lambda text: letter in text)  # fmt: skip
    if draw.integer(1, 4) == 1:
        return written(texts, [letter, "x", f"so{letter}", letter.upper()], "asking", _EACH)
    return written(work, [low - 1, low, low + 1, 0, high, high + 1, 2 * low], "asking", _EACH)


def _in_words(draw: Draw) -> Draft:
    name, low, high = draw.pick("age", "points", "cups"), draw.integer(4, 12), draw.integer(15, 60)
    n = draw.integer(low + 1, high - 1)
    right, others = draw.pick(
        (f"{name} > {low} and {name} < {high}", [(f"{name} < {low} or {name} > {high}", "")]),
        (f"not {name} < {low}", [(f"not {name} > {low}", "not-distributes")]),
        (f"{name} == {low} or {name} == {n}", [(f"{name} == {low} and {name} == {n}", "")]),
        (f"not ({name} < {low} or {name} > {high})",
         [(f"not {name} > {low} or {name} > {high}", "not-distributes")]),
    )  # fmt: skip
    others += [
        (f"{name} < {low} and {name} < {high}", ""), (f"{name} == {high} or {name} < {low}", ""),
        (f"not ({name} > {low} or {name} > {high})", "not-distributes"),
        (f"not {name} > {low} and {name} < {high}", "not-distributes"),
    ]  # fmt: skip
    return which(draw, _ASK, [f"{name} = {n}"], right, others[:1] + draw.some(others[1:], 2), _BOTH)


def _half_question(draw: Draw) -> Draft:
    one, other, third = draw.some(("tea", "milk", "rice", "soup", "figs", "plums"), 3)
    name = draw.pick("order", "wish", "food")
    text, key, slip = draw.pick(
        (f'{name} == "{other}" or {name} == "{third}"', third == one, True),
        (f'{name} == "{one}" or {name} == "{third}"', True, False),
        (f'{name} == "{one}" and {name} != "{third}"', True, False),
        (f'not {name} == "{other}" and {name} == "{third}"', False, True),
        (f'{name} != "{one}" or {name} != "{other}"', True, False),
        (f'not ({name} == "{one}" or {name} == "{other}")', False, True),
    )
    lines = [f'{name} = "{one}"', f"print({text})"]
    wrong = [(slip, "half-question"), (f"{one}", ""), (other, "half-question")]
    return printed(draw, (lines, key, wrong), _BOTH)


def _logic_gap(draw: Draw) -> Draft:
    low, high = draw.integer(4, 12), draw.integer(15, 60)
    rows = (low - 1, low, high, high + 1)
    right, wanted = draw.pick(
        (f"n >= {low} and n <= {high}", [False, True, True, False]),
        (f"n < {low} or n > {high}", [True, False, False, True]),
        (f"not (n < {low} or n >= {high})", [False, True, False, False]),
        (f"not n >= {low} or n == {high}", [True, False, True, False]),
    )
    lines = [*block("def test(n):", "return ___"), ""]
    lines.append(f"print({', '.join(f'test({row})' for row in rows)})")
    others = [(f"n >= {low} or n <= {high}", "exclusive-or"), (f"n < {low} and n > {high}", ""),
              (f"not n < {low} or n >= {high}", "not-distributes"),
               (f"not n >= {low} and n == {high}", ""),
              (f"n > {low} and n < {high}", ""), (f"not (n >= {low} or n == {high})",
               "not-distributes")]  # fmt: skip
    return gap(draw, lines, right, draw.some(others, 3), " ".join(map(str, wanted)))


def _mend_logic(draw: Draw) -> Draft:
    one, other, third = draw.some(("tea", "milk", "rice", "soup", "figs", "plums"), 3)
    lines = [*block("def serves(food):", f'return food == "{one}" and food == "{other}"'), ""]
    lines.append(f'print(serves("{one}"), serves("{other}"), serves("{third}"))')
    others = [(2, f'return food == "{one}" or "{other}"', "half-question"),
              (2, f'return food == "{one}"', ""),
              (2, f'return not food == "{one}" and food == "{other}"', "not-distributes"),
              (2, f'return food != "{one}" or food != "{other}"', "not-distributes")]  # fmt: skip
    right = (2, f'return food == "{one}" or food == "{other}"')
    return mended(draw, lines, right, draw.some(others, 3))("True True False", _BOTH)


def _logic_task(draw: Draw) -> Draft:
    low, high, k = draw.integer(4, 20), draw.integer(30, 90), draw.integer(2, 7)
    work = draw.pick(
        Work("free(age)", f"`True` for an age below {low} and for one from {high} on, else `False`",
             (f"return age < {low} or age >= {high}",), (f"return age < {low} and age >= {high}",),
             lambda n: n < low or n >= high),
        Work("wanted(n)", f"`True` for a number that is divisible by {k} and is above "
             f"{low}, else `False`", (f"return n % {k} == 0 and n > {low}",),
             (f"return n % {k} == 0 or n > {low}",), lambda n: n % k == 0 and n > low),
        Work("neither(n)", f"`True` where the number is neither {low} nor {high}, else `False`",
             (f"return n != {low} and n != {high}",), (f"return n != {low} or n != {high}",),
             lambda n: n not in {low, high}),
        Work("only_one(n)",
         f"`True` where the number is either above {low} or divisible by {k}, "
             "but not both; else `False`", (f"return (n > {low}) != (n % {k} == 0)",),
             (f"return n > {low} or n % {k} == 0",), lambda n: (n > low) is not (n % k == 0)),
    )  # fmt: skip
    rows = [low - 1, low, low + 1, high - 1, high, high + 1, k, 30 * k, 0]
    return written(work, rows, "deciding", _BOTH)


def _ladder(draw: Draw) -> Draft:
    name, thing = draw.pick(
        ("fare", "age"), ("grade", "points"), ("size", "weight"), ("dress", "degrees")
    )
    low, high = draw.integer(4, 12), draw.integer(15, 60)
    one, other, third = draw.some(("red", "blue", "green", "white", "black"), 3)
    n = draw.pick(low - 1, low, low + 1, high - 1, high, high + 1)
    lines = block(f"def {name}({thing}):", *block(f"if {thing} < {low}:", f'return "{one}"'),
                  *block(f"if {thing} <= {high}:", f'return "{other}"'),
                   f'return "{third}"')  # fmt: skip
    key = one if n < low else other if n <= high else third
    wrong = [(text, "order-irrelevant") for text in (one, other, third)]
    wrong.append((f"{key}\n{third}", "all-true-run"))
    return printed(draw, ([*lines, "", f"print({name}({n}))"], key, wrong), _FIRST)


def _two_ifs(draw: Draw) -> Draft:
    a, b, c = draw.integer(2, 9), draw.integer(2, 9), draw.integer(2, 9)
    low = draw.integer(4, 20)
    high, n = low + draw.integer(2, 9), draw.integer(low - 5, low + 9)
    second = draw.pick("if", "elif")
    after = n + a if n > low else n
    asked = second == "if" or n <= low
    small = after < high if asked else False
    lines = [f"n = {n}", f"if n > {low}:", f"    n = n + {a}", f"{second} n < {high}:",
             f"    n = n + {b}", f"n = n + {c}", "print(n)"]  # fmt: skip
    key = after + (b if small else 0) + c
    wrong = [(n + a + b + c, "all-true-run"), (key - c, "indent-is-style"), (n + c, "")]
    return typed(draw, lines, key, wrong, _FIRST)


def _condition_gap(draw: Draw) -> Draft:
    n = draw.integer(11, 40)
    one, other, third = draw.some(("low", "fine", "high", "odd", "warm"), 3)
    lines = block("def word(n):", *block(f"if n < {n}:", f'return "{one}"'),
                  *block("___", f'return "{other}"'), f'return "{third}"')  # fmt: skip
    lines += ["", f"print(word({n - 1}), word({n}), word({n + 1}))"]
    others = [(f"if n <= {n + 1}:", "order-irrelevant"), ("else:", "else-has-condition"),
              (f"elif n < {n}:", "order-irrelevant"), (f"if n > {n}:", ""),
              (f"else n == {n}:", "else-has-condition")]  # fmt: skip
    right = draw.pick(f"if n == {n}:", f"elif n <= {n}:", f"if n < {n + 1}:")
    return gap(draw, lines, right, draw.some(others, 3), f"{one} {other} {third}")


def _mend_branch(draw: Draw) -> Draft:
    low, high = draw.integer(40, 60), draw.integer(70, 90)
    one, other, third = draw.some(("gold", "silver", "bronze", "green", "blue"), 3)
    head = draw.pick("if", "elif")
    fault = f"if points > {low}:" if head == "if" else f"elif points > {high}:"
    lines = block("def medal(points):", *block(f"if points > {high}:", f'word = "{one}"'),
                  *block(fault, f'word = "{other}"'), *block("else:", f'word = "{third}"'),
                  "return word")  # fmt: skip
    lines += ["", f"print(medal({high + 5}), medal({low + 5}), medal({low}))"]
    others = [(2, f"if points > {low}:", "order-irrelevant"),
              (6, f"else points <= {low}:", "else-has-condition"),
              (4, f"{head} points >= {low}:", "all-true-run" if head == "if" else ""),
              (4, f"elif points < {low}:", "")]  # fmt: skip
    right = (4, f"elif points > {low}:")
    return mended(draw, lines, right, draw.some(others, 3))(f"{one} {other} {third}", _FIRST)


def _condition_task(draw: Draw) -> Draft:
    low, high = draw.integer(4, 20), draw.integer(30, 90)
    one, other, third = draw.some(("low", "fine", "high", "cold", "warm", "hot"), 3)
    work = draw.pick(
        Work("word_for(n)", f'`"{one}"` below {low}, `"{other}"` from {low} up to {high}, both '
             f'included, and `"{third}"` above',
             (f"if n < {low}:", f'    return "{one}"', f"if n <= {high}:", f'    return "{other}"',
              f'return "{third}"'),
             (f"if n <= {low}:", f'    return "{one}"', f"if n <= {high}:", f'    return "{other}"',
              f'return "{third}"'), lambda n: one if n < low else other if n <= high else third),
        Work("kept_within(n)", f"the number, but {low} where it is smaller than {low}, and {high} "
             f"where it is larger than {high}",
             (f"if n < {low}:", f"    return {low}", f"if n > {high}:", f"    return {high}",
              "return n"),
             (f"if n < {low}:", f"    return {low}", "else:", f"    return {high}"),
             lambda n: min(max(n, low), high)),
        Work("postage(weight)",
         f"{low} up to a weight of {high}, and 1 more for each unit of weight "
             "above it", (f"if weight <= {high}:", f"    return {low}",
              f"return {low} + weight - {high}"),
             (f"if weight <= {high}:", f"    return {low}", f"return {low} + weight"),
             lambda n: low + max(0, n - high)),
    )  # fmt: skip
    rows = [low - 1, low, low + 1, high - 1, high, high + 1, high + 7]
    return written(work, rows, "deciding", _FIRST)


def _down(draw: Draw) -> Draft:
    name, n = draw.pick("cups", "left", "stairs", "eggs"), draw.integer(9, 20 + 10 * draw.level)
    step, stop = draw.integer(2, 5), draw.integer(0, 6)
    sign = draw.pick(">", ">=")
    value, rounds = n, 0
    while value > stop or (sign == ">=" and value == stop):
        value, rounds = value - step, rounds + 1
    ask, key, slip = draw.pick((name, value, value + step), ("rounds", rounds, rounds - 1))
    lines = [f"{name} = {n}", "rounds = 0", *block(f"while {name} {sign} {stop}:",
             f"{name} = {name} - {step}", "rounds += 1"), f"print({ask})"]  # fmt: skip
    wrong = [(slip, "condition-watched"), (stop, "condition-watched"), (key + 1, "off-by-one")]
    return typed(draw, lines, key, wrong, _ROUNDS)


def _inside_shown(draw: Draw) -> Draft:
    n, step = draw.integer(1, 5), draw.integer(2, 6)
    limit = n + step * draw.integer(2, 3) + draw.integer(0, step - 1)
    before = draw.coin()
    body = ["print(n)", f"n += {step}"] if before else [f"n += {step}", "print(n)"]
    shown = list(range(n, limit, step))
    key = shown if before else [m + step for m in shown]
    wrong = [([*shown, shown[-1] + step] if before else shown[1:], "condition-watched"),
             (key[:-1], "off-by-one"), (shown if not before else key[1:], "")]  # fmt: skip
    rows = [("\n".join(map(str, row)), idea) for row, idea in wrong if row]
    lines = [f"n = {n}", *block(f"while n < {limit}:", *body)]
    return printed(draw, (lines, "\n".join(map(str, key)), rows), _ROUNDS)


def _left_early(draw: Draw) -> Draft:
    k, start, n = draw.integer(3, 9), draw.integer(10, 40), 0
    extra = draw.integer(2, 4)
    n = start
    while n % k:
        n += 1
    way, key = draw.pick(("n", n), ("n + " + str(extra), n + extra), ("n // " + str(k), n // k))
    lines = [f"n = {start}", *block("while True:", *block(f"if n % {k} == 0:", "break"), "n += 1"),
             f"print({way})"]  # fmt: skip
    wrong = [(key + 1, "condition-watched"), (start, "at-least-once"), (k, ""), (key + k, "")]
    return typed(draw, lines, key, wrong, _ROUNDS)


def _skipped_round(draw: Draw) -> Draft:
    k, limit = draw.integer(2, 4), draw.integer(6, 9 + 2 * draw.level)
    total = sum(n for n in range(1, limit + 1) if n % k)
    lines = ["n = 0", "total = 0", *block(f"while n < {limit}:", "n += 1",
             *block(f"if n % {k} == 0:", "continue"), "total += n"), "print(total)"]  # fmt: skip
    wrong = [(sum(range(1, limit + 1)), ""), (sum(range(1, k)), "loop-ends-itself"),
             (total - (limit if limit % k else 0), "off-by-one")]  # fmt: skip
    return typed(draw, lines, total, wrong, _ROUNDS)


def _no_round(draw: Draw) -> Draft:
    n, limit, step = draw.integer(5, 40), draw.integer(5, 40), draw.integer(2, 9)
    runs = n < limit
    lines = [f"n = {n}", *block(f"while n < {limit}:", f'print("{draw.pick("go", "round", "on")}")',
             f"n += {max(step, limit - n) if runs else step}"), "print(n)"]  # fmt: skip
    said = lines[2].split('"')[1]
    step = int(lines[3].split()[-1])
    key = f"{said}\n{n + step}" if runs else f"{n}"
    wrong = [(f"{n}" if runs else f"{said}\n{n + step}", "" if runs else "at-least-once"),
             (f"{said}\n{said}\n{n + 2 * step}", "off-by-one"),
              (f"{said}\n{limit}", "condition-watched")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _ROUNDS)


def _while_gap(draw: Draw) -> Draft:
    a, n, step = draw.integer(2, 9), draw.integer(3, 6), draw.integer(2, 5)
    last = a + step * n
    name = draw.pick("n", "height", "money", "day")
    lines = [f"{name} = {a}", *block("while ___:", f"{name} += {step}"), f"print({name})"]
    right = draw.pick(f"{name} < {last}", f"{name} <= {last - 1}", f"{name} != {last}")
    others = [(f"{name} <= {last}", "off-by-one"), (f"{name} < {last - step}", "off-by-one"),
              (f"{name} > {last}", "at-least-once"),
               (f"{name} == {last}", "loop-ends-itself")]  # fmt: skip
    return gap(draw, lines, right, draw.some(others, 3), last)


def _mend_while(draw: Draw) -> Draft:
    n, k = draw.integer(20, 90), draw.integer(2, 5)
    lines = block("def halved(n):", "rounds = 0", *block(f"while n > {k}:", "n = n // 2"),
                  "rounds += 1", "return rounds")  # fmt: skip
    lines += ["", f"print(halved({n}))"]
    m, key = n, 0
    while m > k:
        m, key = m // 2, key + 1
    others = [
        (5, f"rounds = n // {k}", "loop-ends-itself"), (3, f"while n >= {k}:", "off-by-one"),
        (2, "rounds = 1", "off-by-one"), (6, "return rounds + 1", "off-by-one"),
         (3, "if n > 1:", ""),
    ]  # fmt: skip
    return mended(draw, lines, (5, "    rounds += 1"), draw.some(others, 3))(key, _ROUNDS)


def _while_task(draw: Draw) -> Draft:
    k, limit = draw.integer(2, 9), draw.integer(20, 99)

    def doublings(n: int) -> int:
        return 0 if n >= limit else 1 + doublings(2 * n)

    def weeks(n: int) -> int:
        return max(0, -(-(limit - n) // k))

    work = draw.pick(
        Work("doublings(n)",
         f"how often a number above 0 has to be doubled until it is at least {limit}",
             ("count = 0", f"while n < {limit}:", "    n = n * 2", "    count += 1",
              "return count"),
             ("count = 0", f"while n <= {limit}:", "    n = n * 2", "    count += 1",
              "return count"),
             doublings),
        Work("weeks(saved)",
         f"how many weeks it takes until at least {limit} is saved, with {k} more "
             "each week", ("count = 0", f"while saved < {limit}:", f"    saved += {k}",
              "    count += 1",
                           "return count"),
             (f"return ({limit} - saved) // {k}",), weeks),
        Work("next_multiple(n)",
         f"the first number from `n` on that is divisible by {k}",
             (f"while n % {k} != 0:", "    n += 1", "return n"),
             ("n += 1", f"while n % {k} != 0:", "    n += 1", "return n"),
              lambda n: -(-n // k) * k),
        Work("digit_sum(n)", f"the sum of the digits of a whole number, plus {k}",
             (f"total = {k}", "while n > 0:", "    total += n % 10", "    n = n // 10",
              "return total"),
             (f"total = {k}", "while n > 9:", "    total += n % 10", "    n = n // 10",
              "return total"),
             lambda n: k + sum(map(int, str(n)))),
    )  # fmt: skip
    return written(work, [1, k, k + 1, limit, limit - 1, limit + 1, 300], "looping", _ROUNDS)


def comparisons(draw: Draw) -> Draft:
    """Borders, texts, and answers that are kept."""
    return by_level(
        draw, _border, compared, _true_of_text, _kept_answer, compared, _compare_gap, _mend_compare,
        _compare_task,
    )  # fmt: skip


def boolean_logic(draw: Draw) -> Draft:
    """And, or, not, and how they bind."""
    return by_level(
        draw, combined, _half_question, _in_words, combined, _logic_gap, _mend_logic, _logic_task
    )


def conditions(draw: Draw) -> Draft:
    """Which branch is taken, and which are asked at all."""
    return by_level(
        draw, branched, _two_ifs, _ladder, branched, _condition_gap, _mend_branch, _condition_task
    )


def while_loops(draw: Draw) -> Draft:
    """Loops that count, that are left early, that skip, and that never begin."""
    return by_level(
        draw, _no_round, _while_gap, counted, _inside_shown, _down, _left_early, _skipped_round,
        _mend_while, _while_task,
    )  # fmt: skip
