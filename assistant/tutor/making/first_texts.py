"""More questions about texts, what is typed in, and the first functions."""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import strings as joined
from assistant.tutor.making.programs import word
from assistant.tutor.making.programs_of_pieces import input_and_conversion as converted
from assistant.tutor.making.programs_with_functions import first_functions as called
from assistant.tutor.making.programs_with_functions import return_vs_print as handed
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

_SIGNS = (
    "Is it a text or a number?",
    "`+` puts texts side by side and adds nothing in between; `*` repeats; no text ever changes.",
    "Write down what stands between the quotation marks, sign by sign.",
)
_KINDS = (
    "Is it a text or a number at this place?",
    "What is typed in is a text until it is converted; `int` cuts off behind the point.",
    "Write beside each name whether it is a text or a number.",
)
_CALLS = (
    "Which line of the program calls the function?",
    "The lines of a function are done when it is called, with what was handed over.",
    "Put what stands between the brackets of the call in the place of the parameter.",
)
_BACK = (
    "Is it shown there, or handed back?",
    "To print shows something and hands nothing back; to return hands it back and ends there.",
    "Note for each call what it shows and what comes back from it.",
)
_LETTERS = ("-", "=", "*", "ab", "ha", "no", "x")


def _length(draw: Draw) -> Draft:
    one, other, n = word(draw), word(draw), draw.integer(2, 9)
    text, key, slip, idea = draw.pick(
        (f'"{one} {other}"', len(one + other) + 1, len(one + other), ""),
        (f'"{one}" * {n}', len(one) * n, len(one), ""),
        (f'"{one}\\n{other}"', len(one + other) + 1, len(one + other) + 2, "escape-counts-two"),
        (f'"{one}" + "{other}"', len(one + other), len(one + other) + 1, "plus-adds-space"),
        (f'"{n}" * {n}', n, n * n, "digits-are-numbers"),
        (f"'{one}\\'s'", len(one) + 2, len(one) + 3, "escape-counts-two"),
        (f'"" + "{one}!"', len(one) + 1, len(one) + 2, ""),
    )
    return typed(draw, [f"print(len({text}))"], key, [(slip, idea)], _SIGNS)


def _framed(draw: Draw) -> Draft:
    sign, n, m, text = draw.pick(*_LETTERS), draw.integer(2, 4), draw.integer(1, 3), word(draw)
    lines = [f'line = "{sign}" * {n}', f'print(line + "{text}" + "{sign}" * {m})']
    key = sign * n + text + sign * m
    wrong = [(f"{sign * n} {text} {sign * m}", "plus-adds-space"), (f"line{text}{sign * m}", ""),
             (f"{sign}{n}{text}{sign}{m}", "digits-are-numbers")]  # fmt: skip
    return typed(draw, lines, key, wrong, _SIGNS)


def _rebuilt(draw: Draw) -> Draft:
    one, other, n = word(draw), word(draw), draw.integer(2, 3)
    lines = [f'text = "{one}"', f'more = text + "{other}"']
    change, text = draw.pick(
        (f"text = text * {n}", one * n), (f"text * {n}", one), ('text = text + "?"', one + "?"),
        (f'"{other}" + text', one), (f'text = "{other}" + text', other + one),
    )  # fmt: skip
    last, key = draw.pick(
        ("text", text), ("more", one + other), ("more + text", one + other + text)
    )
    late = text + other if last == "more" else (one * n if text == one else one)
    wrong = [(late, "strings-change"), (f"{one} {other}", "plus-adds-space"), (one + other, "")]
    return printed(draw, ([*lines, change, f"print({last})"], key, [*wrong, (other, "")]), _SIGNS)


def _quote_gap(draw: Draw) -> Draft:
    a, b, n = draw.integer(11, 99), draw.integer(2, 9), draw.integer(2, 4)
    right, wanted, others = draw.pick(
        (f'"{a}" + "{b}"', f"{a}{b}", [(f"{a} + {b}", "digits-are-numbers"),
         (f'"{a}" + {b}', "digits-are-numbers"), (f'"{a} + {b}"', "")]),
        (f'"{b}" * {n}', f"{b}" * n, [(f"{b} * {n}", "digits-are-numbers"),
         (f'"{b} * {n}"', ""), (f'"{b}" * "{n}"', "digits-are-numbers")]),
        (f'"{a}" + " " + "{b}"', f"{a} {b}", [(f'"{a}" + "{b}"', "plus-adds-space"),
         (f"{a} + {b}", "digits-are-numbers"), (f'"{a} + {b}"', "")]),
        (f'len("{a}") * {b}', 2 * b, [(f'len("{a}" * {b * 2})', ""), (f'"{a}" * {b}', ""),
         (f"{a} * {b}", "digits-are-numbers")]),
    )  # fmt: skip
    return gap(draw, ["print(___)"], right, others, wanted)


def _mend_greeting(draw: Draw) -> Draft:
    one, other, n = word(draw), word(draw), draw.integer(2, 90)
    lines = [f'name = "{one}"', 'text = "The " + name', f'text + " and {other}"', "print(text)"]
    right = (3, f'text = text + " and {other}"')
    others = [
        (2, f'text = "The" + name + "and {other}"', "plus-adds-space"),
        (4, f'print(text + "and {other}")', "plus-adds-space"),
        (3, f'text = " and {other}"', "strings-change"),
        (3, f'text = text + {n}', "digits-are-numbers"),
    ]  # fmt: skip
    return mended(draw, lines, right, draw.some(others, 3))(f"The {one} and {other}", _SIGNS)


def _string_task(draw: Draw) -> Draft:
    sign, n = draw.pick("-", "*", "=", "+", "~", "#", ".", "!"), draw.integer(2, 9)
    work = draw.pick(
        Work("framed(text)", f"the text with {n} signs `{sign}` on either side",
             (f'return "{sign}" * {n} + text + "{sign}" * {n}',),
              (f'return "{sign}" + text + "{sign}"',),
             lambda text: sign * n + text + sign * n),
        Work("underlined(text)", f"the text, a line break, and as many signs `{sign}` as the text "
             "has characters", (f'return text + "\\n" + "{sign}" * len(text)',),
             (f'return text + "\\n" + "{sign}" * {n}',),
             lambda text: f"{text}\n{sign * len(text)}"),
        Work("shouted(text)", f"the text {n} times in a row, and after it `{sign}`",
             (f'return text * {n} + "{sign}"',), (f'return (text + "{sign}") * {n}',),
             lambda text: text * n + sign),
        Work("room(text)", f"how many characters the text and {n} more have",
             (f"return len(text) + {n}",), (f"return len(text * {n})",),
              lambda text: len(text) + n),
    )  # fmt: skip
    rows = [word(draw), "a b", "", "It's"]
    return written(work, rows, "texts", _SIGNS)


def _typed_in(draw: Draw) -> Draft:
    name = draw.pick("cups", "pages", "days", "seats", "age")
    a, b = draw.integer(2, 40), draw.integer(2, 5)
    way, key, slip, idea = draw.pick(
        (f"{name} * {b}", str(a) * b, a * b, "input-gives-number"),
        (f"int({name}) * {b}", a * b, str(a) * b, ""),
        (f"int({name} * 2) + {b}", int(f"{a}{a}") + b, a * 2 + b, "input-gives-number"),
        (f"{name} + str({b})", f"{a}{b}", a + b, "input-gives-number"),
        (f"str(int({name}) + {b})", str(a + b), f"{a}{b}", ""),
        (f"float({name}) + {b}", f"{a + b}.0", a + b, ""),
        (f"len({name})", len(str(a)), a, "input-gives-number"),
    )
    lines = [f'{name} = "{a}"  # typed in', f"print({way})"]
    return typed(draw, lines, key, [(slip, idea)], _KINDS)


def _cut_off(draw: Draw) -> Draft:
    a, c = draw.integer(2, 40), draw.pick(1, 2, 4, 6, 7, 8, 9)
    near = a + (c > 5)  # noqa: PLR2004 - where rounding goes up
    way, key, slip, idea = draw.pick(
        (f"int({a}.{c})", a, a + 1, "int-rounds"),
        (f"round({a}.{c})", near, 2 * a + 1 - near, ""),
        (f'int("{a}.{c}")', "ValueError", a, "int-rounds"),
        (f'float("{a}.{c}") + 1', f"{a + 1}.{c}", "ValueError", ""),
        (f'int(" {a} ") + 1', a + 1, "ValueError", ""),
        (f'int(float("{a}.{c}"))', a, a + 1, "int-rounds"),
    )
    wrong = [(slip, idea), (f"{a}.{c}", ""), ("TypeError", "str-plus-number"), (f"{a}.0", "")]
    return printed(draw, ([f"print({way})"], key, wrong), _KINDS)


def _convert_gap(draw: Draw) -> Draft:
    a, b = draw.integer(11, 60), draw.integer(2, 9)
    right, wanted, others = draw.pick(
        (f"int(answer) + {b}", a + b, [(f"answer + {b}", "str-plus-number"),
         (f'answer + "{b}"', "input-gives-number"), (f"int(answer + str({b}))", "")]),
        (f'answer + " and " + str({b})', f"{a} and {b}",
         [(f'answer + " and " + {b}', "str-plus-number"),
         (f'int(answer) + " and " + {b}', "str-plus-number"), (f"answer + str({b})", "")]),
        (f"int(answer) * {b}", a * b, [(f"answer * {b}", "input-gives-number"),
         (f'answer * "{b}"', "str-plus-number"), (f"int(answer * {b})", "input-gives-number")]),
        (f'answer + "{b}"', f"{a}{b}", [(f"int(answer) + {b}", ""), (f"answer + {b}",
         "str-plus-number"),
         (f'answer + " {b}"', "")]),
    )  # fmt: skip
    return gap(draw, [f'answer = "{a}"  # typed in', "print(___)"], right, others, wanted)


def _mend_convert(draw: Draw) -> Draft:
    name, a, b = (
        draw.pick("cups", "pages", "days", "seats"),
        draw.integer(11, 60),
        draw.integer(2, 9),
    )
    lines = [f'{name} = "{a}"  # typed in', f"more = {name} + {b}", 'print("In all:", more)']
    others = [
        (2, f'more = {name} + "{b}"', "input-gives-number"),
        (2, f"more = {name} + str({b})", "str-plus-number"),
        (3, "print(\"In all:\", int(more))", "str-plus-number"),
        (2, f"more = int({name} + {b})", "input-gives-number"),
    ]  # fmt: skip
    right = (2, f"more = int({name}) + {b}")
    return mended(draw, lines, right, draw.some(others, 3))(f"In all: {a + b}", _KINDS)


def _convert_task(draw: Draw) -> Draft:
    price, k = draw.integer(2, 30), draw.integer(2, 9)
    unit = draw.pick("pounds", "coins", "points", "days", "cups")
    work = draw.pick(
        Work("to_pay(answer)", f"the price as a number, {price} for each of them; `answer` is the "
             'number as it was typed, such as `"3"`', (f"return int(answer) * {price}",),
             (f"return answer * {price}",), lambda answer: int(answer) * price),
        Work("label(answer)",
         f"the text of {k} times the number that was typed, followed by ` {unit}`: "
             f'for `"3"` it is `"{3 * k} {unit}"`', (f'return str(int(answer) * {k}) + " {unit}"',),
             (f'return answer * {k} + " {unit}"',), lambda answer: f"{k * int(answer)} {unit}"),
        Work("sum_of(answer)", f"the number that was typed plus {price}, as a number",
             (f"return int(answer) + {price}",), (f'return answer + "{price}"',),
             lambda answer: int(answer) + price),
    )  # fmt: skip
    return written(work, ["3", " 12 ", "0", str(draw.integer(20, 99))], "asked", _KINDS)


def _two_parameters(draw: Draw) -> Draft:
    name, (one, other) = draw.pick("area", "cost", "mix"), draw.some("abcdkmn", 2)
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(2, 9)
    way, key, slip = draw.pick(
        (f"{one} * {other} + {n}", a * b + n, a * n + b),
         (f"{one} * {n} - {other}", a * n - b, b * n - a),
        (f"{one} + {other} * {n}", a + b * n, b + a * n),
         (f"({one} - {other}) * {n}", (a - b) * n, (b - a) * n),
    )  # fmt: skip
    lines = [*block(f"def {name}({one}, {other}):", f"return {way}"), ""]
    lines.append(f"print({name}({a}, {b}))")
    return typed(draw, lines, key, [(slip, ""), ("None", "return-optional")], _CALLS)


def _call_in_call(draw: Draw) -> Draft:
    a, b, c = draw.integer(2, 9), draw.integer(2, 9), draw.integer(2, 9)
    lines = [*block("def more(n):", f"return n + {a}"), ""]
    lines += [*block("def times(n):", f"return n * {b}"), ""]
    way, key, slip = draw.pick(
        (f"times(more({c}))", (c + a) * b, c * b + a),
         (f"more(times({c}))", c * b + a, (c + a) * b),
        (f"more({c}) + times({c})", c + a + c * b, (c + a) * b),
        (f"times(more({c}) + 1)", (c + a + 1) * b, (c + a) * b + 1),
    )  # fmt: skip
    return typed(draw, [*lines, f"print({way})"], key, [(slip, ""), (c, "parameter-fixed")], _CALLS)


def _order_of_work(draw: Draw) -> Draft:
    one, other, third = draw.some(("start", "tea", "lamp", "end", "door", "rain"), 3)
    lines = [*block("def work():", f'print("{one}")'), "", f'print("{other}")']
    calls, key = draw.pick(
        (["work()"], f"{other}\n{one}"),
        ([f'print("{third}")'], f"{other}\n{third}"),
        (["work()", "work()"], f"{other}\n{one}\n{one}"),
        ([f'print("{third}")', "work()"], f"{other}\n{third}\n{one}"),
    )
    wrong = [(f"{one}\n{key}", "definition-runs"), (f"{one}\n{other}", "definition-runs"),
             (other, ""), (f"{other}\n{third}\n{one}\n{one}", "")]  # fmt: skip
    return printed(draw, ([*lines, *calls], key, wrong), _CALLS)


def _body_gap(draw: Draw) -> Draft:
    a, n = draw.integer(2, 9), draw.integer(11, 30)
    name = draw.pick("grown", "made", "price", "after")
    right, key = draw.pick(
        (f"return n * {a}", n * a), (f"return n + {a}", n + a), (f"return n - {a}", n - a)
    )
    others = [
        (right.removeprefix("return "), "return-optional"),
        (right.replace("return ", "n = "), "return-optional"),
        (right.replace("n ", f"{a} ", 1), "parameter-fixed"),
        (f"return {name}", ""),
    ]
    lines = [*block(f"def {name}(n):", "___"), "", f"print({name}({n}))"]
    return gap(draw, lines, right, draw.some(others, 3), key)


def _mend_call(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(10, 30)
    lines = ["def work(n):", f"    more = n * {a}", f"    more + {b}", "", f"print(work({n}))"]
    others = [
        (5, f"print(work, {n})", ""), (2, f"return n * {a}", "return-optional"),
        (3, f"more = more + {b}", "return-optional"), (5, "work(n)", "definition-runs"),
        (3, f"return {n} + {b}", "parameter-fixed"),
    ]  # fmt: skip
    right = (3, f"return more + {b}")
    return mended(draw, lines, right, draw.some(others, 3))(n * a + b, _CALLS)


def _function_task(draw: Draw) -> Draft:
    a, b = draw.integer(2, 12), draw.integer(2, 40)
    work = draw.pick(
        Work("cost(cups)", f"what so many cups cost: {a} for each, and {b} for the pot",
             (f"return cups * {a} + {b}",), (f"return cups + {a} * {b}",), lambda n: n * a + b),
        Work("minutes(hours)", f"how many minutes so many hours and {b} minutes are",
             (f"return hours * 60 + {b}",), (f"return (hours + {b}) * 60",), lambda n: n * 60 + b),
        Work("left(money)", f"how much is left of the money once {a} things for {b} each are paid",
             (f"return money - {a} * {b}",), (f"return money - {a} - {b}",), lambda n: n - a * b),
        Work("frame(side)", f"how long a wire around a square of that side is, with {a} to spare",
             (f"return 4 * side + {a}",), (f"return side * side + {a}",), lambda n: 4 * n + a),
        Work("rest(sweets)", f"how many sweets are left over when {a} children share them equally",
             (f"return sweets % {a}",), (f"return sweets // {a}",), lambda n: n % a),
    )  # fmt: skip
    return written(work, [0, 1, draw.integer(10, 99), a * b], "machines", _CALLS)


def _kept_result(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(10, 30)
    shows, keeps = draw.coin(), draw.coin()
    lines = block("def work(n):", "print(n)" if shows else f"m = n + {b}", f"return n * {a}")
    lines += ["", f"x = work({n})" if keeps else f"work({n})", f"print({'x + 1' if keeps else b})"]
    first = f"{n}\n" if shows else ""
    key = f"{first}{n * a + 1 if keeps else b}"
    wrong = [(f"{first}{n * a}\n{key.splitlines()[-1]}", "return-shows"),
             (f"{first}None", "print-hands-back"), (f"{first}{n + 1}", "print-hands-back"),
             (f"{n * a}", "return-shows")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _BACK)


def _nothing_back(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(10, 30)
    lines = [*block("def show(n):", f"print(n * {a})"), ""]
    more, key, slip = draw.pick(
        ([f"print(show({n}))"], f"{n * a}\nNone", f"{n * a}\n{n * a}"),
        ([f"x = show({n})", f"print({b})"], f"{n * a}\n{b}", f"{b}"),
        ([f"x = show({n})", "print(x is None)"], f"{n * a}\nTrue", f"{n * a}\nFalse"),
        ([f"x = show({n})", "print(x == 0)"], f"{n * a}\nFalse", f"{n * a}\nTrue"),
    )
    idea = "none-is-zero" if "x ==" in more[-1] else "print-hands-back"
    wrong = [(slip, idea), (n * a, ""), ("TypeError", "")]
    return printed(draw, ([*lines, *more], key, wrong), _BACK)


def _ends_there(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 30), draw.integer(2, 9), draw.integer(10, 30)
    border = draw.integer(8, 32)
    lines = block("def work(n):", *block(f"if n > {border}:", f"return n - {b}"), f"n = n + {a}",
                  "return n", f"print({a})")  # fmt: skip
    big = n > border
    wrong = [(n - b + a if big else n - b, "goes-on-after-return"), (n + a if big else n, ""),
             ("None", "none-is-zero")]  # fmt: skip
    return typed(draw, [*lines, "", f"print(work({n}))"], n - b if big else n + a, wrong, _BACK)


def _return_gap(draw: Draw) -> Draft:
    a, n, m = draw.integer(2, 9), draw.integer(10, 30), draw.integer(2, 9)
    way, value = draw.pick((f"n * {a}", n * a), (f"n + {a}", n + a), (f"n - {a}", n - a))
    lines = [*block("def work(n):", "___"), "", f"x = work({n})", f"print(x + {m})"]
    others = [(f"print({way})", "print-hands-back"), (f"x = {way}", "print-hands-back"),
              (f"return print({way})", "print-hands-back"), (way, "none-is-zero")]  # fmt: skip
    return gap(draw, lines, f"return {way}", draw.some(others, 3), value + m)


def _mend_shown(draw: Draw) -> Draft:
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(10, 30)
    lines = ["def cost(n):", f"    price = n * {a}", "    print(price)", "",
             f"whole = cost({n}) + {b}", "print(whole)"]  # fmt: skip
    others = [
        (5, f"whole = cost({n} + {b})", "print-hands-back"),
         (6, "print(price)", "print-hands-back"),
        (3, "return print(price)", "print-hands-back"), (5, f"whole = print(cost({n})) + {b}", ""),
        (2, f"return n * {a} * {b}", ""),
    ]  # fmt: skip
    return mended(draw, lines, (3, "return price"), draw.some(others, 3))(n * a + b, _BACK)


def _return_task(draw: Draw) -> Draft:
    a, b, low = draw.integer(2, 12), draw.integer(13, 40), draw.integer(5, 20)
    work = draw.pick(
        Work("ticket(age)", f"{a} where the age is below {low}, and {b} otherwise",
             (f"if age < {low}:", f"    return {a}", f"return {b}"),
             (f"if age < {low}:", f"    print({a})", f"return {b}"), lambda n: a if n < low else b),
        Work("capped(n)", f"the number, but {b} where it is larger than {b}",
             (f"if n > {b}:", f"    return {b}", "return n"), (f"if n > {b}:", f"    return {b}"),
             lambda n: min(n, b)),
        Work("delivery(price)", f"the price plus {a}, and the price alone from {b} on",
             (f"if price >= {b}:", "    return price", f"return price + {a}"),
             (f"if price > {b}:", "    return price", f"return price + {a}"),
             lambda n: n if n >= b else n + a),
        Work("distance(n)", f"how far the number is away from {b}, which is never negative",
             (f"if n > {b}:", f"    return n - {b}", f"return {b} - n"), (f"return n - {b}",),
             lambda n: abs(n - b)),
    )  # fmt: skip
    rows = [low - 1, low, low + 1, b - 1, b, b + 1, 90]
    return written(work, rows, "handing", _BACK)


def strings(draw: Draw) -> Draft:
    """Joining, repeating, lengths, escapes, and texts that stay as they are."""
    return by_level(
        draw, joined, _length, _framed, _quote_gap, joined, _rebuilt, _mend_greeting, _string_task
    )


def input_and_conversion(draw: Draw) -> Draft:
    """Texts that were typed, and numbers that are made of them."""
    return by_level(
        draw, _cut_off, converted, _typed_in, _convert_gap, converted, _mend_convert, _convert_task
    )


def first_functions(draw: Draw) -> Draft:
    """When the lines of a function are done, with what, and what comes back."""
    return by_level(
        draw, _order_of_work, called, _two_parameters, _body_gap, called, _mend_call,
        _call_in_call, _function_task,
    )  # fmt: skip


def return_vs_print(draw: Draw) -> Draft:
    """What is shown, what is handed back, and what is not done any more."""
    return by_level(
        draw, handed, _nothing_back, _kept_result, _return_gap, handed, _mend_shown, _ends_there,
        _return_task,
    )  # fmt: skip
