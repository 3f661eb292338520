"""Small programs with output, formats, tuples, lists and sorting: what do they print?"""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import Row, shows, word


def printing(draw: Draw) -> Draft:
    """Texts, sums and comments in a print."""
    a, b = draw.integer(2, 9 * draw.level), draw.integer(2, 9)
    one, other = word(draw), word(draw)
    rows: list[Row] = [
        (
            [f'print("{a} + {b}")'],
            f"{a} + {b}",
            [(a + b, "sums-in-quotes"), (f'"{a} + {b}"', "quotes-are-shown"), (f"{a}{b}", "")],
        ),
        (
            [f"print({a} + {b})"],
            a + b,
            [(f"{a} + {b}", "sums-in-quotes"), (f"{a}{b}", ""), (f"{a} {b}", "")],
        ),
        (
            [f'print("{one}", {a} + {b})'],
            f"{one} {a + b}",
            [
                (f"{one} {a} + {b}", "sums-in-quotes"),
                (f'"{one}" {a + b}', "quotes-are-shown"),
                (f"{one}{a + b}", ""),
            ],
        ),
        (
            [f'# print("{one}")', f'print("{other}", {a})'],
            f"{other} {a}",
            [
                (f"{one}\n{other} {a}", "comments-run"),
                (f'"{other}" {a}', "quotes-are-shown"),
                (f"{other}{a}", ""),
            ],
        ),
        (
            [f'print("{one}")  # print({a})', f'print("{a} - {b}", {a} - {b})'],
            f"{one}\n{a} - {b} {a - b}",
            [
                (f"{one}\n{a}\n{a} - {b} {a - b}", "comments-run"),
                (f"{one}\n{a - b} {a - b}", "sums-in-quotes"),
                (f"{one} {a} - {b} {a - b}", ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4, 5)])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "What stands between quotation marks, and what does not?",
            "What is quoted is shown as it is, without the marks; all else is worked out first.",
            "Leave out the comments, then work out what is not quoted.",
        ),
    )


def input_and_conversion(draw: Draw) -> Draft:
    """From texts to numbers and back."""
    a, b, c = draw.integer(2, 9), draw.integer(2, 9 * draw.level), draw.integer(51, 99)
    rows: list[Row] = [
        (
            [f'answer = "{a}"', "print(answer * 2)"],
            str(a) * 2,
            [(2 * a, "input-gives-number"), (f"{a} {a}", ""), ("TypeError", "str-plus-number")],
        ),
        (
            [f'answer = "{b}"', f"print(int(answer) + {a})"],
            a + b,
            [(f"{b}{a}", "input-gives-number"), ("TypeError", "str-plus-number"), (f"{b} {a}", "")],
        ),
        (
            [f"print(int({b}.{c}))"],
            b,
            [(b + 1, "int-rounds"), (f"{b}.{c}", ""), (f"{b}.0", "int-rounds")],
        ),
        (
            [f'print("{word(draw)}" + {a})'],
            "TypeError",
            [(a, "str-plus-number"), ("None", ""), ("ValueError", "")],
        ),
        (
            [f'answer = "{b}"', f"print(answer + str({a}), int(answer) + int({a}.{c}))"],
            f"{b}{a} {b + a}",
            [
                (f"{b + a} {b + a}", "input-gives-number"),
                (f"{b}{a} {b + a + 1}", "int-rounds"),
                ("TypeError", "str-plus-number"),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4, 5)][-4:])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Is it a text or a number at this place?",
            (
                "Texts are put side by side, numbers are added, both together cannot be; to make "
                "it whole cuts off what stands behind the point."
            ),
            "Write beside each name whether it is a text or a number.",
        ),
    )


def string_formatting(draw: Draw) -> Draft:
    """Values in texts, places behind the point, widths."""
    a, b, c = draw.integer(2, 9 * draw.level), draw.integer(2, 9), draw.integer(11, 99)
    text = word(draw)
    rows: list[Row] = [
        (
            [f"n = {a}", f'print("{{n}} {text}")'],
            f"{{n}} {text}",
            [(f"{a} {text}", "f-forgotten"), (f"n {text}", "f-forgotten"), ("NameError", "")],
        ),
        (
            [f"n = {a}", f'print(f"{{n}} and {{n + {b}}}")'],
            f"{a} and {a + b}",
            [
                (f"n and n + {b}", "f-forgotten"),
                (f"{a} and {a} + {b}", ""),
                (f"{a} and {a}{b}", ""),
            ],
        ),
        (
            [f"x = {a}.{c}6", 'print(f"about {x:.1f}")'],
            f"about {float(f'{a}.{c}6'):.1f}",
            [
                (f"about {a}.{c}6", "format-changes-value"),
                (f"about {a}", ""),
                (f"about {float(f'{a}.{c}6'):.2f}", ""),
            ],
        ),
        (
            [f"x = {a}.{c}6", 'text = f"{x:.1f}"', "print(x)"],
            f"{a}.{c}6",
            [
                (f"{float(f'{a}.{c}6'):.1f}", "format-changes-value"),
                (a, "format-changes-value"),
                (f"{float(f'{a}.{c}6'):.2f}", ""),
            ],
        ),
        (
            [f"print(f\"[{{'{text}':>3}}]\")"],
            f"[{text}]",
            [
                (f"[{text[:3]}]", "width-cuts"),
                (f"[   {text}]", ""),
                (f"[{text[-3:]}]", "width-cuts"),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4, 5)][-4:])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Is there an `f` before the quotation mark?",
            (
                "Only then are the braces worked out. A format changes what is shown, never "
                "the value; a width fills up, and never cuts."
            ),
            "Find the braces, and write what each of them gives.",
        ),
    )


def tuples(draw: Draw) -> Draft:
    """Pairs, unpacking and swaps."""
    a, b, c = draw.some(range(2, 10 + 5 * draw.level), 3)
    rows: list[Row] = [
        (
            [f"a, b = {a}, {b}", "a, b = b, a", "print(a, b)"],
            f"{b} {a}",
            [(f"{b} {b}", "swap-loses"), (f"{a} {b}", ""), (f"{a} {a}", "swap-loses")],
        ),
        (
            [f"pair = ({a})", "print(type(pair).__name__)"],
            "int",
            [("tuple", "brackets-make-tuple"), ("list", ""), ("str", "")],
        ),
        (
            [f"pair = {a}, {b}", "print(len(pair))"],
            2,
            [(1, "brackets-make-tuple"), ("TypeError", "brackets-make-tuple"), (a + b, "")],
        ),
        (
            [f"pair = ({a}, {b})", f"pair[0] = {c}", "print(pair)"],
            "TypeError",
            [
                (f"({c}, {b})", "tuple-changeable"),
                (f"({a}, {b})", ""),
                (f"[{c}, {b}]", "tuple-changeable"),
            ],
        ),
        (
            [f"a, b, c = {a}, {b}, {c}", "a, b, c = c, a, b", "print(a, b, c)"],
            f"{c} {a} {b}",
            [(f"{c} {c} {c}", "swap-loses"), (f"{b} {c} {a}", ""), (f"{a} {b} {c}", "")],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4, 5)][-4:])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "What is worked out before anything is assigned?",
            (
                "The comma makes a tuple, not the brackets; the right side is done first, and "
                "a tuple is never changed."
            ),
            "Write the right side with its values, then hand them out from the left.",
        ),
    )


def sorting_with_key(draw: Draw) -> Draft:
    """What a key decides, and what it leaves as it is."""
    words = draw.some(
        ("fig", "pear", "plum", "apple", "cherry", "kiwi", "banana", "lime"), 3 + draw.level // 3
    )
    values = draw.some(range(1, 10 + 12 * draw.level), 3 + draw.level // 3)
    signed = [n if at % 2 else -n for at, n in enumerate(values)]
    texts = [str(n) for n in values]
    by_size = sorted(signed, key=abs)
    rows: list[Row] = [
        (
            [f"print(sorted({signed}, key=abs))"],
            by_size,
            [
                ([abs(n) for n in by_size], "key-changes-values"),
                (sorted(signed), ""),
                (by_size[::-1], ""),
            ],
        ),
        (
            [f"print(sorted({words}, key=len))"],
            sorted(words, key=len),
            [
                (sorted(len(w) for w in words), "key-changes-values"),
                (sorted(words), ""),
                ("TypeError", "key-called"),
            ],
        ),
        (
            [f"print(sorted({texts}))"],
            sorted(texts),
            [
                (sorted(texts, key=int), "digits-sort-as-numbers"),
                (sorted(values), "digits-sort-as-numbers"),
                (texts, ""),
            ],
        ),
        (
            [f"print(sorted({words}, key=len, reverse=True))"],
            sorted(words, key=len, reverse=True),
            [
                (sorted(words, reverse=True), "reverse-one"),
                (sorted(words, key=len)[::-1], "reverse-one"),
                (sorted(words, key=len), ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4)])
    return shows(
        draw,
        lines,
        value,
        [*wrong, (words[::-1], "")],
        (
            "What does the key give for each element?",
            (
                "The key decides the order alone: the elements come out as they were. Where two "
                "are equal, they keep their order; texts are compared sign by sign."
            ),
            "Write the key below each element, and sort by it.",
        ),
    )
