"""More questions about methods of texts, and values that are put into texts."""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import word
from assistant.tutor.making.programs_of_many import string_methods as handed
from assistant.tutor.making.programs_of_pieces import string_formatting as filled
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

_TEXTS = (
    "What is handed back, and where does it go?",
    "A method of a text hands back a new one; the old one stays as it is.",
    "Note the text before and after each line.",
)
_BRACES = (
    "Is there an `f` before the quotation mark, and what stands behind the colon?",
    "Only with the `f` the braces are worked out; a format changes what is shown, not the value.",
    "Find the braces, and write what each of them gives.",
)
_WORDS = ("tea", "milk", "rice", "soup", "figs", "plum", "corn", "jam")


def _cleaned(draw: Draw) -> Draft:
    one, other = word(draw), word(draw)
    sign = draw.pick("-", ",", "/", ";")
    start, way, key, slip = draw.pick(
        (f"  {one} ", "strip()", one, f"  {one} "),
        (f"{one} {other}", "title()", f"{one} {other}".title(), f"{one.capitalize()} {other}"),
        (f"{one}{sign}{other}", f'replace("{sign}", "")', one + other, f"{one} {other}"),
        (f"{one.upper()}{sign}", "lower()", one + sign, one),
        (f"{one}{sign}{other}", f'split("{sign}")[1]', other, one),
        (f"{one} {other}", "upper()", f"{one} {other}".upper(), f"{one.upper()} {other}"),
        (f"{sign}{one}{sign}", f'strip("{sign}")', one, one + sign),
        (f"{one}{sign}{other}", f'count("{one[0]}")', f"{(one + other).count(one[0])}", "1"),
    )
    kept = draw.coin()
    lines = [
        f'text = "{start}"',
        f"new = text.{way}",
        'print(new + "|")' if not kept else 'print(text + "|")',
    ]
    if "count" in way:
        lines[2] = "print(new)" if not kept else 'print(text + "|")'
    shown = f"{start}|" if kept else key if "count" in way else f"{key}|"
    wrong = [(f"{key}|" if kept else f"{start}|", "method-changes-string"), (f"{slip}|", ""),
             ("None", ""), (f"{start}{key}|", "")]  # fmt: skip
    return printed(draw, (lines, shown.strip(), wrong), _TEXTS)


def _split_and_joined(draw: Draw) -> Draft:
    words = draw.some(("tea", "milk", "rice", "soup", "figs", "plum", "corn"), draw.integer(2, 4))
    sign, other = draw.some(("-", ",", "/", "+", ";"), 2)
    text = sign.join(words) + draw.pick("", sign)
    parts = text.split(sign)
    way, key, slip, idea = draw.pick(
        (f'"{other}".join(parts)', other.join(parts), other.join(parts) + other, "join-on-list"),
        ("len(parts)", len(parts), len([one for one in parts if one]), "split-drops-empty"),
        ("parts[-1] + parts[0]", parts[-1] + parts[0], words[-1] + words[0], "split-drops-empty"),
        (f'text.find("{sign}")', text.find(sign), text.find(sign) + 1, ""),
        (f'text.find("{other}")', -1, "False", "find-false"),
        (
            f'text.replace("{sign}", "{other}")',
            text.replace(sign, other),
            text,
            "method-changes-string",
        ),
    )
    lines = [f'text = "{text}"', f'parts = text.split("{sign}")', f'print("It is", {way})']
    wrong = [(f"It is {slip}", idea), (f"It is {text}", "method-changes-string"),
             (f"It is {parts}", ""), (f"It is {' '.join(words)}", "")]  # fmt: skip
    return printed(draw, (lines, f"It is {key}".strip(), wrong), _TEXTS)


def _method_gap(draw: Draw) -> Draft:
    one, other = draw.some(("lamp", "river", "garden", "bread", "planet", "music"), 2)
    sign = draw.pick("-", "/", ";", "+")
    right, start, wanted, others = draw.pick(
        ("text = text.upper()", one, one.upper(), [("text.upper()", "method-changes-string"),
         ("upper(text)", ""), ("text = text.upper", "")]),
        (f'text = "{sign}".join([text, "{other}"])', one, f"{one}{sign}{other}",
         [(f'text = [text, "{other}"].join("{sign}")', "join-on-list"),
          (f'text = text.join("{sign}{other}")', "join-on-list"),
           (f'text + "{sign}{other}"', "method-changes-string")]),
        ("text = text.strip()", f"  {one}  ", one, [("text.strip()", "method-changes-string"),
         ('text = text.replace(" ", "_")', ""), ("strip(text)", "")]),
        (f'text = text.replace("{sign}", " ")', f"{one}{sign}{other}", f"{one} {other}",
         [(f'text.replace("{sign}", " ")', "method-changes-string"),
          (f'text = text.split("{sign}")', "join-on-list"),
          (f'text = text.strip("{sign}")', "")]),
        (f'text = text.split("{sign}")[0]', f"{one}{sign}{other}", one,
         [(f'text.split("{sign}")', "method-changes-string"),
          (f'text = text.split("{sign}")[1]', ""),
          (f'text = text.strip("{sign}")', "")]),
    )  # fmt: skip
    return gap(draw, [f'text = "{start}"', "___", 'print(text + "!")'], right, others, f"{wanted}!")


def _mend_text(draw: Draw) -> Draft:
    one, other = draw.some(("lamp", "river", "garden", "bread", "planet", "music"), 2)
    way, wanted = draw.pick(("upper()", f"{one} {other}".upper()),
     ("title()", f"{one} {other}".title()),
                            (f'replace("{one}", "{other}")', f"{other} {other}"),
                            ('replace(" ", "_")', f"{one}_{other}"))  # fmt: skip
    lines = [
        *block("def tidy(text):", f"text.{way}", "return text"),
        "",
        f'print(tidy("{one} {other}"))',
    ]
    others = [(3, f"return text == text.{way}", "method-changes-string"),
     (2, "text = text.lower()", ""),
              (3, "return text.strip()", "method-changes-string"),
               (2, f"text = {way.split('(')[0]}(text)", ""),
              (5, f'print(tidy("{one}"))', "")]  # fmt: skip
    return mended(draw, lines, (2, f"text = text.{way}"), draw.some(others, 3))(wanted, _TEXTS)


def _method_task(draw: Draw) -> Draft:
    sign, k = draw.pick("-", "/", ";", "+", "_", ".", ":", "="), draw.integer(2, 9)
    work = draw.pick(
        Work("slug(text)",
         f'the text without spaces at its ends, in small letters, with a "{sign}" in '
             "the place of each other space",
             (f'return text.strip().lower().replace(" ", "{sign}")',),
             (f'return text.lower().replace(" ", "{sign}").strip()',),
             lambda text: sign.join(text.strip(" ").lower().split(" "))),
        Work("longest(text)",
         f'the longest of the parts of the text between the signs "{sign}", the first '
             "of them where several are equally long",
             ('best = ""', f'for part in text.split("{sign}"):', "    if len(part) > len(best):",
              "        best = part", "return best"),
             ('best = ""', f'for part in text.split("{sign}"):', "    if len(part) >= len(best):",
              "        best = part", "return best"), lambda text: max(text.split(sign), key=len)),
        Work("count_long(text)",
         f"how many words of the text, between spaces, have more than {k} letters",
             ("count = 0", "for part in text.split():", f"    if len(part) > {k}:",
              "        count += 1",
              "return count"),
             ("count = 0", "for part in text.split():", f"    if len(part) >= {k}:",
              "        count += 1",
              "return count"), lambda text: sum(len(one) > k for one in text.split())),
        Work("initials(text)",
         f'the first {k} letters of the words of the text as capitals, with "{sign}" '
             "between them",
             ("letters = []", "for part in text.split():",
              f"    letters.append(part[:{k}].upper())",
              f'return "{sign}".join(letters)'),
             ('made = ""', "for part in text.split():",
              f'    made += part[:{k}].upper() + "{sign}"',
              "return made"),
             lambda text: sign.join(one[:k].upper() for one in text.split())),
    )  # fmt: skip
    rows = [
        f" Green{sign}tea {'a' * k} ", f"ab{sign}cde{sign}fgh", "b" * (k + 1), f"one {'two' * k} x",
        "a" * k,
    ]  # fmt: skip
    return written(work, rows, "methods", _TEXTS)


def _sums_in_braces(draw: Draw) -> Draft:
    name, a, b = draw.pick(*_WORDS), draw.integer(2, 9), draw.integer(2, 30)
    lines = [f"{name} = {a}"]
    text, key, slip = draw.pick(
        (f"{{{name}}} of {{{name} + {b}}}", f"{a} of {a + b}", f"{a} of {a} + {b}"),
        (f"{name} {{{name} * {b}}}", f"{name} {a * b}", f"{a} {a * b}"),
        (f"{{{name} * 2}}{{{name}}}", f"{2 * a}{a}", f"{2 * a} {a}"),
        (f"{{{name} > {b}}} for {b}", f"{a > b} for {b}", f"{a} > {b} for {b}"),
        (f"{{{name}}}+{{{b}}}", f"{a}+{b}", f"{a + b}"),
        (f"{name}={{{name}}}", f"{name}={a}", f"{a}={a}"),
    )
    with_f = draw.integer(1, 4) > 1
    lines.append(f'print({"f" if with_f else ""}"{text}")')
    wrong = [(text if with_f else key, "f-forgotten"), (slip, "")]
    return typed(draw, lines, key if with_f else text, wrong, _BRACES)


def _rounded(draw: Draw) -> Draft:
    a, c, places = draw.integer(2, 90), draw.integer(101, 998), draw.integer(0, 2)
    c += c % 10 == 5  # noqa: PLR2004 - halves are rounded to even
    c += c % 100 == 50  # noqa: PLR2004 - as above
    x = f"{a}.{c}"
    value = float(x)
    form, key, slip = draw.pick(
        (f".{places}f", f"{value:.{places}f}", x[: len(str(a)) + 1 + places].rstrip(".")),
        (".1f", f"{value:.1f}", f"{value:.2f}"),
        (",.1f", f"{value * 1000:,.1f}", f"{value * 1000:.1f}"),
        (".0%", f"{value:.0%}", f"{value:.0f}%"),
    )
    lines = [f"x = {x}{' * 1000' if form[0] == ',' else ''}", f'print(f"about {{x:{form}}}")']
    wrong = [(f"about {slip}", ""), (f"about {x}", "format-changes-value"), (f"about {a}", "")]
    return printed(draw, (lines, f"about {key}", wrong), _BRACES)


def _filled_up(draw: Draw) -> Draft:
    text, n = draw.pick(*_WORDS, "garden", "planet"), draw.integer(11, 99)
    width, more = draw.integer(2, 9), draw.pick("", "!", "[]", "...")
    thing, size = draw.pick((f'"{text}"', len(text)), (str(n), 2))
    lines = [f"thing = {thing}", f'line = f"{{thing:{draw.pick("<", ">")}{width}}}{more}"']
    key = max(width, size) + len(more)
    wrong = [(width + len(more), "width-cuts"), (size + len(more), "format-changes-value"),
             (width + size + len(more), "")]  # fmt: skip
    return typed(draw, [*lines, "print(len(line))"], key, wrong, _BRACES)


def _format_gap(draw: Draw) -> Draft:
    name, a = draw.pick(*_WORDS), draw.integer(2, 90)
    x = a + draw.integer(11, 89) / 100 + 0.004
    right, wanted, others = draw.pick(
        (f'f"{name}: {{x:.2f}}"', f"{name}: {x:.2f}", [(f'"{name}: {{x:.2f}}"', "f-forgotten"),
         (f'f"{name}: {{x}}"', "format-changes-value"), (f'f"{name}: x:.2f"', "f-forgotten")]),
        (f'f"{name}: {{x:.0f}}"', f"{name}: {x:.0f}", [(f'f"{name}: {{x:.1f}}"', ""),
         (f'f"{name}: {{x}}"', "format-changes-value"), (f'"{name}: {{x:.0f}}"', "f-forgotten")]),
        (f'f"{name}: {{x * 2:.1f}}"', f"{name}: {x * 2:.1f}", [(f'f"{name}: {{x:.1f}} * 2"', ""),
         (f'f"{name}: {{x:.1f * 2}}"', ""), (f'"{name}: {{x * 2:.1f}}"', "f-forgotten")]),
        (f'f"{name}|{{x:>8.1f}}|"', f"{name}|{x:>8.1f}|", [(f'f"{name}|{{x:<8.1f}}|"', ""),
         (f'f"{name}|{{x:.1f}}|"', "width-cuts"), (f'"{name}|{{x:>8.1f}}|"', "f-forgotten")]),
    )  # fmt: skip
    return gap(draw, [f"x = {x:.3f}", "print(___)"], right, others, wanted)


def _mend_format(draw: Draw) -> Draft:
    name, a = draw.pick(*_WORDS), draw.integer(2, 90)
    price = a + draw.integer(11, 89) / 100
    many = draw.integer(2, 9)
    lines = [f"price = {price:.2f}", f"many = {many}", f'text = "{name}: {{price * many:.2f}}"',
             "print(text)"]  # fmt: skip
    others = [(3, f'text = f"{name}: price * many:.2f"', "f-forgotten"),
     (4, "print(f\"text\")", "f-forgotten"),
              (3, f'text = f"{name}: {{price:.2f}} * {{many}}"', ""),
               (4, 'print(f"{text:.2f}")', ""),
              (3, f'text = f"{name}: {{price * many:20}}"', "width-cuts")]  # fmt: skip
    right = (3, f'text = f"{name}: {{price * many:.2f}}"')
    wanted = f"{name}: {float(f'{price:.2f}') * many:.2f}"
    return mended(draw, lines, right, draw.some(others, 3))(wanted, _BRACES)


def _format_task(draw: Draw) -> Draft:
    name, width, places = draw.pick(*_WORDS), draw.integer(6, 12), draw.integer(1, 3)
    work = draw.pick(
        Work("label(price)",
         f'the text "{name}: ", followed by the price with {places} places behind the point',
             (f'return f"{name}: {{price:.{places}f}}"',), (f'return f"{name}: {{price}}"',),
             lambda price: f"{name}: {price:.{places}f}"),
        Work("cell(price)",
         f"the price with {places} places behind the point, filled up on the left to a "
             f"width of {width}, between two signs `|`",
             (f'return f"|{{price:>{width}.{places}f}}|"',),
              (f'return f"|{{price:<{width}.{places}f}}|"',),
             lambda price: f"|{price:>{width}.{places}f}|"),
        Work("share(part)",
         f"the part as a percentage with {places} places behind the point, such as "
             f'"{0.256:.{places}%}" for 0.256',
             (f'return f"{{part:.{places}%}}"',), (f'return f"{{part:.{places}f}}%"',),
             lambda part: f"{part:.{places}%}"),
        Work("euros(cents)",
         f'the text "{name} costs " and the price in euros with 2 places behind the point; '
             "the price is given in cents", (f'return f"{name} costs {{cents / 100:.2f}}"',),
             (f'return f"{name} costs {{cents // 100:.2f}}"',),
              lambda cents: f"{name} costs {cents / 100:.2f}"),
    )  # fmt: skip
    return written(work, [0.5, 12, 1234.5625, draw.integer(101, 999)], "labels", _BRACES)


def string_methods(draw: Draw) -> Draft:
    """Methods of texts; a text never changes."""
    return by_level(
        draw, _cleaned, handed, _method_gap, _split_and_joined, handed, _mend_text, _method_task
    )


def string_formatting(draw: Draw) -> Draft:
    """Values in texts, places behind the point, widths."""
    return by_level(
        draw, _sums_in_braces, filled, _rounded, _filled_up, filled, _format_gap, _mend_format,
        _format_task,
    )  # fmt: skip
