"""Small programs: what do they print? Numbers, names, decisions and loops."""

from collections.abc import Sequence

from assistant.domain.exercise import AnswerKind
from assistant.tutor.making.drafts import About, Claim, Draft, Draw

_MOST_CHOICES = 4
_ASK = (
    "What does this program print?",
    "What will be printed?",
    "Which output does this program give?",
)
_NAMES = ("a", "b", "n", "x", "total", "count", "size", "price")
_WORDS = (
    "lamp",
    "river",
    "table",
    "garden",
    "window",
    "bread",
    "silver",
    "planet",
    "yellow",
    "music",
)

Wrongs = Sequence[tuple[object, str]]
"""Other outputs, each with the id of the wrong idea; "" for none."""
Row = tuple[list[str], object, Wrongs]
"""A program, what it prints, and what it does not."""


def shows(
    draw: Draw,
    lines: list[str],
    printed: object,
    wrong: Wrongs,
    hints: tuple[str, str, str],
) -> Draft:
    """A program, what it prints, and what those think who hold a wrong idea.

    Args:
        draw: Shuffles the choices.
        lines: The program.
        printed: What it prints; worked out by the generator, and proved by a run.
        wrong: Other outputs, each with the id of the wrong idea; "" for none.
        hints: Nudge, idea and part.
    """
    source, answer = "\n".join(lines), str(printed)
    rows: dict[str, str] = {answer: ""}
    for text, idea in wrong:
        if len(rows) < _MOST_CHOICES and str(text).strip():
            rows.setdefault(str(text), idea)
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=f"{draw.pick(*_ASK)}\n\n```python\n{source}\n```",
        answer=answer,
        claim=Claim(About.PROGRAM, (source,)),
        nudge=hints[0],
        idea=hints[1],
        part=hints[2],
        solution=("Go through it line by line, and note each value.", answer),
        choices=draw.shuffled(list(rows.items())),
    )


def word(draw: Draw) -> str:
    """An English word."""
    return draw.pick(*_WORDS)


def numbers(draw: Draw) -> Draft:
    """Kinds of division, remainders, precedence and powers."""
    a, b, c = (
        draw.integer(13, 20 * draw.level + 9),
        draw.integer(2, 4 + draw.level),
        draw.integer(2, 9),
    )
    rows: list[tuple[str, int | float, Wrongs]] = [
        (
            f"{a} // {b}",
            a // b,
            [
                (round(a / b + 0.499), ""),
                (a / b, "slash-gives-int"),
                (a % b, "percent-is-percentage"),
            ],
        ),
        (f"{a} % {b}", a % b, [(a * b / 100, "percent-is-percentage"), (a // b, ""), (a / b, "")]),
        (f"{a * b} / {b}", a * b / b, [(a, "slash-gives-int"), (a * b // b + 1, "")]),
        (f"{a} + {b} * {c}", a + b * c, [((a + b) * c, "left-to-right"), (a + b + c, "")]),
        (
            f"{b} ** {c % 3 + 2}",
            b ** (c % 3 + 2),
            [(b * (c % 3 + 2), "caret-is-power"), (b ^ (c % 3 + 2), "caret-is-power")],
        ),
        (f"{b} ^ {c}", b ^ c, [(b**c, "caret-is-power"), (b * c, ""), (b + c, "")]),
        (
            f"{a} - {b} * {c} % {b + 1}",
            a - b * c % (b + 1),
            [((a - b) * c % (b + 1), "left-to-right"), (a - b * (c % (b + 1)), "")],
        ),
        (
            f"{a} // {b} * {b} + {a} % {b}",
            a,
            [(a // b * (b + a) % b, "left-to-right"), (a + b, ""), (a / b, "slash-gives-int")],
        ),
    ]
    text, value, wrong = draw.pick(*rows[: draw.by_level(4, 5, 6, 7, 8)][-5:])
    return shows(
        draw,
        [f"print({text})"],
        value,
        [*wrong, (value + 1, ""), (value - 1, "")],
        (
            "Which operation comes first?",
            (
                "`//` divides and drops what is left over, `%` gives only that, "
                "`/` always gives a number with a point, `**` is the power and `^` compares bits."
            ),
            "Work out the operation that binds most strongly, and write the rest as it stands.",
        ),
    )


def variables(draw: Draw) -> Draft:
    """Names that are tied anew; what was worked out before does not follow."""
    one, other = draw.some(_NAMES, 2)
    a, b, c = draw.integer(2, 9), draw.integer(2, 9), draw.integer(10, 20 + 10 * draw.level)
    lines = [f"{one} = {a}", f"{other} = {one} + {b}", f"{one} = {c}"]
    value, follows, late = a + b, c + b, c
    if draw.from_level(2):
        lines.append(f"{other} = {other} * 2")
        value, follows = value * 2, follows * 2
    if draw.from_level(4):
        lines += [f"{one} = {other} - {one}", f"{other} = {one}"]
        value, follows, late = value - c, follows - c, c
    return shows(
        draw,
        [*lines, f"print({other})"],
        value,
        [
            (follows, "names-are-formulas"),
            (late, "assign-right-to-name"),
            (a, "equals-is-equation"),
            (value + b, ""),
        ],
        (
            f"What does `{one}` stand for at the moment when `{other}` is worked out?",
            "An assignment works out its right side once and ties the name to the result.",
            "Write a table with a column for each name, and a row for each line.",
        ),
    )


def strings(draw: Draw) -> Draft:
    """Joining, repeating, lengths and escapes."""
    a, b, n = draw.integer(2, 9), draw.integer(2, 9), draw.integer(2, 2 + draw.level)
    one, other = draw.some(_WORDS, 2)
    rows: list[Row] = [
        (
            [f'print("{one}" + "{other}")'],
            one + other,
            [
                (f"{one} {other}", "plus-adds-space"),
                (f"{one}+{other}", ""),
                (f'"{one}{other}"', ""),
            ],
        ),
        (
            [f'print("{a}" + "{b}")'],
            f"{a}{b}",
            [(a + b, "digits-are-numbers"), (f"{a} {b}", "plus-adds-space"), (f"{a}+{b}", "")],
        ),
        (
            [f'print("{a}" * {n})'],
            str(a) * n,
            [
                (a * n, "digits-are-numbers"),
                (" ".join([str(a)] * n), "plus-adds-space"),
                (f"{a}{n}", ""),
            ],
        ),
        (
            [f'print(len("{one}\\n"))'],
            len(one) + 1,
            [(len(one) + 2, "escape-counts-two"), (len(one), ""), (len(one) + 3, "")],
        ),
        (
            [f'text = "{one}"', f'text + "{other}"', "print(text)"],
            one,
            [
                (one + other, "strings-change"),
                (f"{one} {other}", "plus-adds-space"),
                (other, "strings-change"),
            ],
        ),
        (
            [
                f'text = "{one}"',
                f'copy = text + "s" * {n}',
                'text = text + "!"',
                "print(copy + text)",
            ],
            one + "s" * n + one + "!",
            [
                (one + "s" * n + "!" + one + "!", "strings-change"),
                (f"{one}{'s' * n} {one}!", "plus-adds-space"),
                (one + "s" * n + one, ""),
            ],
        ),
    ]
    lines, value, wrong = draw.pick(*rows[: draw.by_level(3, 3, 4, 5, 6)][-4:])
    return shows(
        draw,
        lines,
        value,
        wrong,
        (
            "Is it a text or a number?",
            (
                "`+` puts texts side by side and adds nothing in between; a text is "
                "never changed, and an escape such as `\\n` is a single sign."
            ),
            "Write down what stands between the quotation marks, sign by sign.",
        ),
    )


def comparisons(draw: Draw) -> Draft:
    """Comparisons of numbers and texts."""
    a, b = draw.integer(3, 9 * draw.level), draw.integer(3, 9 * draw.level)
    text = word(draw)
    rows = [
        (f"{a} >= {a}", True, "border-forgotten"),
        (f"{a} < {a}", False, "border-forgotten"),
        (f"{a} == {b}", a == b, "single-equals-asks"),
        (f"{a} != {b}", a != b, "single-equals-asks"),
        (f'"{text}" == "{text.capitalize()}"', False, "case-does-not-matter"),
        (f'"{a}" == {a}', False, "bool-is-text"),
        (f"{min(a, b)} <= {max(a, b)} < {max(a, b)}", False, "border-forgotten"),
        (f'"{text.upper()}" < "{text}"', True, "case-does-not-matter"),
        (f"({a} > {b}) == ({b} < {a})", True, "bool-is-text"),
    ]
    first, second = draw.some(rows[: draw.by_level(5, 6, 7, 8, 9)], 2)
    value = f"{first[1]} {second[1]}"
    wrong: Wrongs = [
        (f"{not first[1]} {second[1]}", first[2]),
        (f"{first[1]} {not second[1]}", second[2]),
        (f"{not first[1]} {not second[1]}", ""),
    ]
    return shows(
        draw,
        [f"print({first[0]}, {second[0]})"],
        value,
        wrong,
        (
            "Take each comparison by itself.",
            (
                "`<=` and `>=` include the border; upper and lower case are "
                "different, and so are a text and a number."
            ),
            "Say each comparison aloud as a sentence: is it so?",
        ),
    )


def boolean_logic(draw: Draw) -> Draft:
    """And, or, not, and how they bind."""
    n = draw.integer(2, 20)
    one, other = draw.pick(True, False), draw.pick(True, False)  # noqa: FBT003 - the values of the program
    third = draw.coin()
    rows = [
        ("a and b", one and other, ""),
        ("a or b", one or other, "exclusive-or"),
        ("not a", not one, ""),
        ("not (a and b)", not (one and other), "not-distributes"),
        ("not a or b", not one or other, "not-distributes"),
        ("a or b and c", one or (other and third), ""),
        ("not (a or c) and b", not (one or third) and other, "not-distributes"),
        ("a and not b or c", (one and not other) or third, ""),
    ]
    first, second = draw.some(rows[: draw.by_level(3, 4, 5, 7, 8)][-5:], 2)
    lines = [
        f"n = {n}",
        f"a = n {'>' if one else '<'} {n - 1}",
        f"b = n % 2 == {n % 2 if other else 1 - n % 2}",
    ]
    lines += [f"c = n {'<=' if third else '!='} {n}", f"print({first[0]}, {second[0]})"]
    wrong: Wrongs = [
        (f"{not first[1]} {second[1]}", first[2]),
        (f"{first[1]} {not second[1]}", second[2]),
        (f"{not first[1]} {not second[1]}", ""),
    ]
    return shows(
        draw,
        lines,
        f"{first[1]} {second[1]}",
        wrong,
        (
            "First find out what each name stands for.",
            (
                "`or` is true if one side is, and if both are; `not` "
                "binds most strongly, then `and`, then `or`."
            ),
            "Replace each name by its value, and read on.",
        ),
    )


def conditions(draw: Draw) -> Draft:
    """The first branch that fits is taken, and only this one."""
    first, step = draw.integer(3, 9), draw.integer(3, 9)
    borders = [first + step * at for at in range(draw.by_level(2, 2, 3, 3, 4))]
    n = draw.pick(*(b + d for b in borders for d in (-1, 0, 1)))
    up = draw.coin()
    names = list(draw.some(_WORDS, len(borders) + 1))
    every: list[str] = []
    lines, value = [f"n = {n}"], ""
    for at, border in enumerate(borders if up else borders[::-1]):
        holds = n < border if up else n >= border
        lines += [
            f"{'el' if at else ''}if n {'<' if up else '>='} {border}:",
            f'    print("{names[at]}")',
        ]
        every += [names[at]] if holds else []
        value = value or (names[at] if holds else "")
    lines += ["else:", f'    print("{names[-1]}")']
    value = value or names[-1]
    others = [name for name in names if name != value]
    return shows(
        draw,
        lines,
        value,
        [
            ("\n".join(every), "all-true-run") if len(every) > 1 else ("", ""),
            (f"{value}\n{names[-1]}", "else-has-condition") if value != names[-1] else ("", ""),
            *((name, "order-irrelevant") for name in (every[1:] or others)),
        ],
        (
            "Which condition is true first?",
            (
                "They are asked in order, and only the first that holds is taken; "
                "`else` is for when none does."
            ),
            "Put the value of `n` into the first condition: does it hold?",
        ),
    )
