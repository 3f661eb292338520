"""Small programs with functions, errors and formats: what do they print?"""

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import Row, shows, word


def _three(draw: Draw) -> list[int]:
    return draw.some(range(2, 10 + 8 * draw.level), 3)


def first_functions(draw: Draw) -> Draft:
    """What a function hands back, and when its lines are done."""
    a, b, c = _three(draw)
    twice = draw.from_level(3)
    call = f"f(f({b}))" if twice else f"f({b})"
    value = a * (a * b + c) + c if twice else a * b + c
    lines = ["def f(n):", f"    return {a} * n + {c}", f"n = {a + c}", f"print({call})"]
    if draw.from_level(2) and draw.coin():
        lines = ["def f(n):", f'    print("{word(draw)}")', f"    return n + {c}", f"print({b})"]
        shown = lines[1].split('"')[1]
        return shows(
            draw,
            lines,
            b,
            [(f"{shown}\n{b}", "definition-runs"), (b + c, "definition-runs"), (shown, "")],
            _HINTS,
        )
    return shows(
        draw,
        lines,
        value,
        [
            (a * (a + c) + c, "parameter-fixed"),
            (None, "return-optional"),
            (value + c, ""),
            (a * b, ""),
        ],
        _HINTS,
    )


_HINTS = (
    "Which line of the program calls the function?",
    "The lines of a function are done when it is called, with what was handed over.",
    "Put what stands between the brackets of the call in the place of the parameter.",
)


def return_vs_print(draw: Draw) -> Draft:
    """What is shown and what is handed back."""
    a, b, c = _three(draw)
    rows: list[Row] = [
        (
            ["def f(n):", f"    print(n + {a})", f"x = f({b})", "print(x)"],
            f"{a + b}\nNone",
            [
                (f"{a + b}\n{a + b}", "print-hands-back"),
                (a + b, "print-hands-back"),
                ("None", ""),
            ],
        ),
        (
            ["def f(n):", f"    return n + {a}", f"f({b})", f"print({c})"],
            c,
            [
                (f"{a + b}\n{c}", "return-shows"),
                (a + b, "return-shows"),
                (f"None\n{c}", "return-shows"),
            ],
        ),
        (
            ["def f(n):", f"    return n + {a}", f"    print({c})", f"print(f({b}))"],
            a + b,
            [
                (f"{c}\n{a + b}", "goes-on-after-return"),
                (f"{a + b}\n{c}", "goes-on-after-return"),
                ("None", ""),
            ],
        ),
        (
            ["def f(n):", f"    if n > {b}:", f"        return {a}", f"print(f({b}))"],
            None,
            [(0, "none-is-zero"), (a, ""), (b, "print-hands-back")],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4)])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Is it shown there, or handed back?",
            (
                "To print shows something and hands nothing back; to return hands it back, "
                "shows nothing and ends the function."
            ),
            "Note for each call what it shows and what comes back from it.",
        ),
    )


def scope(draw: Draw) -> Draft:
    """Names inside and outside of functions."""
    a, b, c = _three(draw)
    rows: list[Row] = [
        (
            [f"n = {a}", "def f():", f"    n = {b}", "f()", "print(n)"],
            a,
            [(b, "inner-changes-outer"), ("NameError", "local-visible"), (a + b, "")],
        ),
        (
            ["def f():", f"    m = {a}", "    return m", f"m = {b}", "f()", "print(m)"],
            b,
            [(a, "local-visible"), ("NameError", "local-visible"), (a + b, "")],
        ),
        (
            ["if True:", f"    n = {a}", "print(n)"],
            a,
            [("NameError", "blocks-have-scope"), ("None", "blocks-have-scope"), (0, "")],
        ),
        (
            [
                f"n = {a}",
                "def f(k):",
                f"    n = k + {b}",
                "    return n",
                f"print(f({c}) + n)",
            ],
            a + b + c,
            [
                (2 * (b + c), "inner-changes-outer"),
                (b + c, ""),
                (2 * a + b, ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4)])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Which of the names belong to the function alone?",
            "What is assigned in a function is a name of its own; an if or a loop has none.",
            "Draw a box for the function, and write its names into it.",
        ),
    )


def parameters_and_defaults(draw: Draw) -> Draft:
    """Order, names and default values."""
    a, b, c = _three(draw)
    rows: list[Row] = [
        (
            [f"def f(a, b={c}):", "    return a - b", f"print(f({a}))"],
            a - c,
            [("TypeError", "none-is-missing"), (a, "none-is-missing"), (c - a, "")],
        ),
        (
            ["def f(a, b):", "    return a - b", f"a, b = {a}, {b}", "print(f(b, a))"],
            b - a,
            [(a - b, "order-by-name"), (a + b, ""), (0, "")],
        ),
        (
            [f"def f(a, b={c}):", "    return a * 10 + b", f"print(f(b={b}, a={a}))"],
            a * 10 + b,
            [(b * 10 + a, "order-by-name"), (a * 10 + c, "default-per-call"), (b * 10 + c, "")],
        ),
        (
            [
                "def f(n, seen=[]):",
                "    seen.append(n)",
                "    return len(seen)",
                f"f({a})",
                f"f({b})",
                f"print(f({c}))",
            ],
            3,
            [(1, "default-per-call"), (2, ""), (0, "")],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 3, 4)])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Which value goes to which parameter?",
            "Without names the order decides. A default is made once, with the function.",
            "Write beside each parameter what it stands for in the last call.",
        ),
    )


def exceptions(draw: Draw) -> Draft:
    """Which lines are done when something goes wrong."""
    a, b, _ = _three(draw)
    one, other, third = draw.some(("start", "middle", "caught", "end", "rest", "late"), 3)
    rows: list[Row] = [
        (
            [
                "try:",
                f'    print("{one}")',
                f"    print({a} // 0)",
                f'    print("{other}")',
                "except ZeroDivisionError:",
                f'    print("{third}")',
            ],
            f"{one}\n{third}",
            [
                (f"{one}\n{other}\n{third}", "goes-on-in-try"),
                (f"{third}", ""),
                (f"{one}", ""),
            ],
        ),
        (
            [
                "try:",
                f"    print({a} // {b})",
                "except ZeroDivisionError:",
                f'    print("{third}")',
                f'print("{other}")',
            ],
            f"{a // b}\n{other}",
            [
                (f"{a // b}\n{third}\n{other}", "except-always"),
                (f"{third}\n{other}", "except-always"),
                (f"{a // b}", ""),
            ],
        ),
        (
            [
                "try:",
                f'    n = int("{one}")',
                f'    print("{other}")',
                "except ValueError:",
                f"    n = {a}",
                "print(n)",
            ],
            a,
            [
                (f"{other}\n{a}", "goes-on-in-try"),
                ("ValueError", "wrong-kind-caught"),
                (0, ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(2, 2, 3)])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Does anything go wrong, and in which line?",
            "The rest of a try is left out from the line that fails; its except is done only then.",
            "Strike out the lines that are not done.",
        ),
    )
