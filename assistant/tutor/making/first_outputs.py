"""More questions about the first programs: what is printed, numbers, and names."""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import numbers as sums
from assistant.tutor.making.programs import variables as tied
from assistant.tutor.making.programs import word
from assistant.tutor.making.programs_of_pieces import printing as shown
from assistant.tutor.making.questions import gap, mended, mixed, printed, typed

_QUOTES = (
    "What stands between quotation marks, and what does not?",
    "What is quoted is shown as it is, without the marks; all else is worked out first.",
    "Leave out the comments, then work out what is not quoted.",
)
_SHARED = (
    "How often does the one number fit into the other, and what is left over?",
    "`//` says how often it fits, `%` what is left over, `/` always gives a number with a point.",
    "Write the first number as so many times the second, plus a remainder.",
)
_TABLE = (
    "What does each name stand for at the moment when a line is done?",
    "An assignment works out its right side once and ties the name to the result.",
    "Make a table with a column for each name, and a row for each line.",
)


def _several_lines(draw: Draw) -> Draft:
    one, other = draw.some(("Tea", "Milk", "Rice", "Plums", "Soup", "Figs"), 2)
    a, b = draw.integer(2, 30), draw.integer(2, 9)
    rows = (
        (f'print("{one}:", {a})', f"{one}: {a}"),
        (f'print("{other}:", {a} * {b})', f"{other}: {a * b}"),
    )
    first, last = draw.shuffled(rows)
    lines, key = [first[0], "print()", last[0]], f"{first[1]}\n\n{last[1]}"
    wrong = [
        (f"{last[1]}\n\n{first[1]}", ""),
        (key.replace(str(a * b), f"{a} * {b}"), "sums-in-quotes"),
        (key.replace(f"{one}:", f'"{one}:"').replace(f"{other}:", f'"{other}:"'),
         "quotes-are-shown"),
    ]  # fmt: skip
    return printed(draw, (lines, key, wrong), _QUOTES)


def _side_by_side(draw: Draw) -> Draft:
    thing = draw.pick("cups", "books", "tickets", "eggs", "lamps")
    a, b, c = draw.integer(2, 40), draw.integer(2, 9), draw.integer(2, 9)
    way, value = draw.pick((f"{a} + {b}", a + b), (f"{a} * {b}", a * b), (f"{a + b} - {b}", a))
    line = f'print({c}, "{thing}", {way}, "in all")'
    wrong = [(f"{c} {thing} {way} in all", "sums-in-quotes"),
             (f'{c} "{thing}" {value} "in all"', "quotes-are-shown"),
             (f"{c}{thing}{value}in all", "")]  # fmt: skip
    return typed(draw, [line], f"{c} {thing} {value} in all", wrong, _QUOTES)


def _silent(draw: Draw) -> Draft:
    one, a, b = word(draw), draw.integer(2, 50), draw.integer(2, 9)
    hidden = draw.pick(f'print("{one}")', f"print({a} - {b})", f'print("{one}", {a})')
    lines = [f"# {hidden}", f"print({a} + {b})", f'print("{a} + {b}")  # {hidden}']
    shown_late = one if hidden.endswith('")') else f"{one} {a}" if one in hidden else a - b
    wrong = [
        (f"{shown_late}\n{a + b}\n{a} + {b}", "comments-run"),
        (f"{a + b}\n{a + b}", "sums-in-quotes"),
        (f'{a + b}\n"{a} + {b}"', "quotes-are-shown"),
    ]
    return printed(draw, (lines, f"{a + b}\n{a} + {b}", wrong), _QUOTES)


def _print_gap(draw: Draw) -> Draft:
    thing = draw.pick("Cups:", "Pages:", "Days:", "Seats:", "Points:")
    a, b = draw.integer(11, 60), draw.integer(2, 9)
    sign, value = draw.pick(("+", a + b), ("-", a - b), ("*", a * b))
    right = f'"{thing}", {a} {sign} {b}'
    others = [
        (f'"{thing}, {a} {sign} {b}"', "sums-in-quotes"),
        (f'"{thing}", "{a} {sign} {b}"', "sums-in-quotes"),
        (f"{thing[:-1]}, {a} {sign} {b}", "quotes-are-shown"),
        (f'# "{thing}", {a} {sign} {b}\n', "comments-run"),
    ]
    return gap(draw, ["print(___)"], right, others[:3], f"{thing} {value}")


def _mend_print(draw: Draw) -> Draft:
    a, b, c = draw.integer(11, 60), draw.integer(2, 9), draw.integer(2, 9)
    one, other = draw.some(("Morning", "Noon", "Evening", "Night"), 2)
    lines = [f'print("{one}:", {a})', f'print("{other}:", "{b} * {c}")', 'print("Done")']
    wanted = f"{one}: {a}\n{other}: {b * c}\nDone"
    others = [
        (2, f'print("{other}: {b} * {c}")', "sums-in-quotes"),
        (2, f"print({other}:, {b} * {c})", "quotes-are-shown"),
        (1, f"print(\"{one}:\", '{a}')", ""),
        (3, f'# print("{b * c}")', "comments-run"),
    ]
    right = (2, f'print("{other}:", {b} * {c})')
    return mended(draw, lines, right, draw.some(others, 3))(wanted, _QUOTES)


def _shared_out(draw: Draw) -> Draft:
    many, group = draw.integer(20, 60 + 30 * draw.level), draw.integer(3, 12)
    thing = draw.pick("eggs", "sweets", "chairs", "pencils", "minutes")
    lines = [
        f"# {many} {thing}, {group} in each group",
        f"print({many} // {group}, {many} % {group})",
    ]
    q, r = divmod(many, group)
    wrong = [(f"{many / group} {r}", "slash-gives-int"), (f"{r} {q}", ""), (f"{q + 1} {r}", ""),
             (f"{q} {many * group / 100}", "percent-is-percentage")]  # fmt: skip
    return printed(draw, (lines, f"{q} {r}", wrong), _SHARED)


def _precedence(draw: Draw) -> Draft:
    a, b, c, d = (draw.integer(2, 9 + 2 * draw.level) for _ in range(4))
    text, value, slip = draw.pick(
        (f"{a} + {b} * {c} - {d}", a + b * c - d, (a + b) * c - d),
        (f"({a} + {b}) * {c} - {d}", (a + b) * c - d, a + b * c - d),
        (f"{a} * {b} + {c} * {d}", a * b + c * d, (a * b + c) * d),
        (f"{a} - ({b} - {c}) * {d}", a - (b - c) * d, (a - b - c) * d),
        (f"{a} ** 2 + {b} * {c}", a * a + b * c, (a * a + b) * c),
        (f"{a} + {b} ** 2 * {c}", a + b * b * c, (a + b) ** 2 * c),
    )
    return typed(draw, [f"print({text})"], value, [(slip, "left-to-right")], _SHARED)


def _kind_of_number(draw: Draw) -> Draft:
    a, b = draw.integer(2, 9 + 4 * draw.level), draw.integer(2, 9)
    text, value, slip, idea = draw.pick(
        (f"{a * b} / {b}", f"{a}.0", f"{a}", "slash-gives-int"),
        (f"{a * b} // {b}", f"{a}", f"{a}.0", ""),
        (f"{a * b} / {a} + {b}", f"{2 * b}.0", f"{2 * b}", "slash-gives-int"),
        (f"{a} * {b}.0", f"{a * b}.0", f"{a * b}", ""),
        (f"{a * 2} / 2 * {b}", f"{a * b}.0", f"{a * b}", "slash-gives-int"),
    )
    return printed(draw, ([f"print({text})"], value, [(slip, idea), (f"{value}0", ""),
                   (text, "")]), _SHARED)  # fmt: skip


def _operator_gap(draw: Draw) -> Draft:
    a, b = draw.integer(23, 60 + 30 * draw.level), draw.integer(3, 9)
    signs = {"+": a + b, "-": a - b, "*": a * b, "//": a // b, "%": a % b, "/": a / b}
    signs |= {"**": a**b, "^": a ^ b}
    right = draw.pick("//", "%", "/", "**")
    ideas = {"/": "slash-gives-int", "%": "percent-is-percentage", "^": "caret-is-power"}
    near = {"//": ("/", "%", "-"), "%": ("//", "/", "-"), "/": ("//", "%", "-"),
            "**": ("^", "*", "+")}[right]  # fmt: skip
    others = [(sign, ideas.get(sign, "")) for sign in near]
    return gap(draw, [f"print({a} ___ {b})"], right, others, signs[right])


def _time_parts(draw: Draw) -> Draft:
    small, big, unit = draw.pick(
        ("minutes", "hours", 60), ("seconds", "minutes", 60), ("hours", "days", 24),
        ("days", "weeks", 7), ("months", "years", 12), ("eggs", "dozens", 12),
    )  # fmt: skip
    many = draw.integer(unit + 3, unit * (3 + 2 * draw.level))
    q, r = divmod(many, unit)
    lines = [f'print({many} // {unit}, "{big}")', f'print({many} // {unit}, "{small}")']
    others = [
        (2, f'print({many} / {unit}, "{small}")', "slash-gives-int"),
        (1, f'print({many} % {unit}, "{big}")', "percent-is-percentage"),
        (2, f'print({many} - {unit}, "{small}")', ""),
    ]
    right = (2, f'print({many} % {unit}, "{small}")')
    return mended(draw, lines, right, others)(f"{q} {big}\n{r} {small}", _SHARED)


def _counted_on(draw: Draw) -> Draft:
    name = draw.pick("score", "points", "money", "steps", "stock")
    start = draw.integer(5, 40)
    lines, value, slip, n = [f"{name} = {start}"], start, start, 0
    for _ in range(draw.by_level(1, 2, 2, 3, 4)):
        n = draw.integer(2, 9)
        sign, after = draw.pick(("+", value + n), ("-", value - n), ("*", value * n))
        short = draw.coin()
        lines.append(f"{name} {sign}= {n}" if short else f"{name} = {name} {sign} {n}")
        slip, value = value, after
    wrong = [(start, "equals-is-equation"), (slip, ""), (n, "assign-right-to-name")]
    return typed(draw, [*lines, f"print({name})"], value, wrong, _TABLE)


def _swapped(draw: Draw) -> Draft:
    one, other, third = draw.some(("left", "right", "old", "new", "first", "second"), 3)
    a, b = draw.some(range(2, 60), 2)
    lines = [f"{one} = {a}", f"{other} = {b}"]
    if draw.coin():
        lines += [f"{third} = {one}", f"{one} = {other}", f"{other} = {third}"]
        key = f"{b} {a}"
    else:
        lines += [f"{one} = {other}", f"{other} = {one}"]
        key = f"{b} {b}"
    wrong = [(text, "") for text in (f"{a} {a}", f"{b} {a}", f"{b} {b}")]
    wrong.insert(0, (f"{a} {b}", "equals-is-equation"))
    return printed(draw, ([*lines, f"print({one}, {other})"], key, wrong), _TABLE)


def _price_of(draw: Draw) -> Draft:
    what, price, many = (
        draw.pick("tea", "soup", "bread", "rice"),
        draw.integer(2, 9),
        draw.integer(2, 9),
    )
    later, more = draw.integer(10, 30), draw.integer(2, 9)
    lines = [f"{what} = {price}", f"total = {what} * {many}", f"{what} = {later}"]
    key, follows = price * many, later * many
    if draw.from_level(3):
        lines.append(f"total = total + {what}" if draw.from_level(4) else f"total += {more}")
        add = later if draw.from_level(4) else more
        key, follows = key + add, follows + add
    wrong = [(follows, "names-are-formulas"), (price * many, ""), (later, "assign-right-to-name")]
    return typed(draw, [*lines, "print(total)"], key, wrong, _TABLE)


def _name_error(draw: Draw) -> Draft:
    name, other = draw.some(("total", "price", "cups", "pages", "seats"), 2)
    a, b = draw.integer(2, 30), draw.integer(2, 9)
    lines, key = draw.pick(
        ([f"print({name})", f"{name} = {a}"], "NameError"),
        ([f"{name} = {a}", f"print({name.capitalize()})"], "NameError"),
        ([f"{name} = {a}", f"{other} = {name}", f"print({other})"], str(a)),
        ([f"{name} = {other} + {b}", f"{other} = {a}", f"print({name})"], "NameError"),
        ([f"{name} = {a}", f"{name} = {name} + {b}", f"print({name})"], str(a + b)),
        ([f"{name} = {a}", f'print("{name}")'], name),
    )
    wrong = [(str(a), "equals-is-equation"), (str(a + b), "names-are-formulas"), (name, "")]
    return printed(draw, (lines, key, [*wrong, ("NameError", "")]), _TABLE)


def _assign_gap(draw: Draw) -> Draft:
    name, other = draw.some(("total", "price", "cups", "pages", "seats"), 2)
    a, b, n = draw.integer(20, 60), draw.integer(2, 9), draw.integer(2, 9)
    lines = [f"{name} = {a}", f"{other} = {b}", "___", f"print({name}, {other})"]
    right, one, two = draw.pick(
        (f"{name} = {name} + {other}", a + b, b), (f"{other} = {name} - {n}", a, a - n),
        (f"{name} = {other} * {n}", b * n, b), (f"{other} += {n}", a, b + n),
    )  # fmt: skip
    slips = (f"{name} + {other}", f"{other} = {name} + {other}", f"{name} - {n} == {other}",
             f"{name} += {other + other}", f"{other} = {n}")  # fmt: skip
    others = [(text, "equals-is-equation" if "==" in text else "") for text in slips]
    others[0] = (slips[0], "assign-right-to-name")
    return gap(draw, lines, right, draw.some(others, 3), f"{one} {two}")


printing = mixed(shown, _side_by_side, _print_gap, _silent, _several_lines, shown, _mend_print)
"""Texts, sums, comments and empty lines."""
numbers = mixed(_kind_of_number, sums, _shared_out, _operator_gap, _precedence, sums, _time_parts)
"""Division, remainders, precedence, and which sign it was."""
variables = mixed(_name_error, _counted_on, tied, _swapped, _assign_gap, _price_of, tied)
"""Names that are tied anew, swapped, counted on, and used too early."""
