"""Challenges that are made by chance: a task with numbers of its own, its reference and its tests.

What the tests expect is computed here, on another way than the reference goes. That the reference
passes them and the starter does not is for the sandbox to show.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

_CASES: Final = 6
_WORDS: Final = ("lantern", "Harbour", "tea and toast", "", "AAA", "rain, rain", "banana", "a")


@dataclass(frozen=True, slots=True)
class MadeTask:
    """A challenge that was made.

    Args:
        name: Of the function, and of the module.
        title: In a few words.
        topic: The concept of “Python from zero” that it practises.
        level: From 1 to 5.
        prompt: Markdown.
        reference: Passes the tests.
        tests: Plain functions.
        hint: A nudge without the answer.
    """

    name: str
    title: str
    topic: str
    level: int
    prompt: str
    reference: str
    tests: str
    hint: str

    @property
    def starter(self) -> str:
        """The head of the function, and nothing in it yet."""
        head = next(line for line in self.reference.splitlines() if line.startswith("def "))
        return f"{head}\n    # Your code\n    pass\n"


_Make = Callable[[random.Random], MadeTask]


def made_tasks(seed: int) -> tuple[MadeTask, ...]:
    """One of each kind; the same seed gives the same."""
    return tuple(make(random.Random(f"{seed}:{make.__name__}")) for make in _MAKERS)  # noqa: S311 - exercises


def _numbers(dice: random.Random, low: int = -9, high: int = 20) -> list[list[int]]:
    made = [[], [dice.randint(low, high)]]
    return made + [
        [dice.randint(low, high) for _ in range(dice.randint(3, 9))] for _ in range(_CASES - 2)
    ]


def _tests(name: str, rows: list[tuple[tuple[Any, ...], Any]]) -> str:
    lines = [f"from {name} import {name}", ""]
    for number, (given, wanted) in enumerate(rows, 1):
        call = f"{name}({', '.join(map(repr, given))})"
        lines += ["", f"def test_{number}():", f"    assert {call} == {wanted!r}", ""]
    return "\n".join(lines)


def _sum_of_multiples(dice: random.Random) -> MadeTask:
    a, b = dice.sample((3, 4, 5, 6, 7, 9), 2)
    name = "sum_of_multiples"
    ends = [0, 1, a, a + 1, dice.randint(20, 60), dice.randint(100, 300)]
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((n,), sum({*range(0, n, a), *range(0, n, b)})) for n in ends
    ]
    return MadeTask(
        name,
        f"Multiples of {a} or {b}",
        "accumulating",
        2,
        f"Write `{name}(n)`: it gives back the sum of all whole numbers from 0 up to but not "
        f"including `n` that {a} or {b} divides. A number that both divide counts once.",
        f"def {name}(n):\n    total = 0\n    for number in range(n):\n"
        f"        if number % {a} == 0 or number % {b} == 0:\n"
        "            total += number\n    return total\n",
        _tests(name, rows),
        "What does `%` give when one number divides another?",
    )


def _count_letters(dice: random.Random) -> MadeTask:
    letters = "".join(sorted(dice.sample("aeiouyrstn", 3)))
    name = "count_letters"
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((word,), sum(word.lower().count(each) for each in letters)) for word in _WORDS
    ]
    shown = ", ".join(f"`{each}`" for each in letters)
    return MadeTask(
        name,
        "Count some letters",
        "strings",
        2,
        f"Write `{name}(text)`: it gives back how many of the letters {shown} are in `text`. "
        "Capitals count as well.",
        f"def {name}(text):\n    count = 0\n    for letter in text.lower():\n"
        f'        if letter in "{letters}":\n            count += 1\n    return count\n',
        _tests(name, rows),
        "Make all letters small first; then each is one of the three, or not.",
    )


def _every_nth(dice: random.Random) -> MadeTask:
    step, start = dice.randint(2, 4), dice.randint(0, 2)
    name = "every_nth"
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((xs,), [x for i, x in enumerate(xs) if i >= start and (i - start) % step == 0])
        for xs in _numbers(dice)
    ]
    return MadeTask(
        name,
        f"Every item number {step}",
        "indexing-and-slicing",
        1,
        f"Write `{name}(xs)`: it gives back a list of the item at place {start} of `xs` and then "
        f"of each {step} places further. Places are counted from 0.",
        f"def {name}(xs):\n    return xs[{start}::{step}]\n",
        _tests(name, rows),
        "A slice can have three numbers.",
    )


def _clamp_all(dice: random.Random) -> MadeTask:
    low = dice.randint(-5, 3)
    high = low + dice.randint(4, 9)
    name = "clamp_all"
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((xs,), [sorted((low, x, high))[1] for x in xs]) for xs in _numbers(dice)
    ]
    return MadeTask(
        name,
        f"Keep numbers from {low} to {high}",
        "lists",
        2,
        f"Write `{name}(xs)`: it gives back a new list in which what is below {low} has become "
        f"{low} and what is above {high} has become {high}. `xs` stays as it is.",
        f"def {name}(xs):\n    result = []\n    for x in xs:\n        if x < {low}:\n"
        f"            x = {low}\n        elif x > {high}:\n            x = {high}\n"
        "        result.append(x)\n    return result\n",
        _tests(name, rows),
        "There are three cases for each number.",
    )


def _longest_run(dice: random.Random) -> MadeTask:
    name = "longest_run"
    rows: list[tuple[tuple[Any, ...], Any]] = []
    for _ in range(_CASES):
        text = "".join(dice.choice("ab") * dice.randint(1, 4) for _ in range(dice.randint(1, 5)))
        lengths = [len(part) for each in "ab" for part in text.split("b" if each == "a" else "a")]
        rows.append(((text,), max(lengths)))
    rows.append((("",), 0))
    return MadeTask(
        name,
        "The longest run",
        "while-loops",
        3,
        f"Write `{name}(text)`: it gives back the length of the longest piece of `text` that is "
        "one letter again and again. Of no text it is 0.",
        f'def {name}(text):\n    best = 0\n    run = 0\n    last = ""\n    for letter in text:\n'
        "        if letter == last:\n            run += 1\n        else:\n            run = 1\n"
        "        last = letter\n        best = max(best, run)\n    return best\n",
        _tests(name, rows),
        "Remember the last letter, and how long its run is by now.",
    )


def _count_above(dice: random.Random) -> MadeTask:
    least = dice.randint(2, 3)
    name = "frequent"
    rows: list[tuple[tuple[Any, ...], Any]] = []
    for _ in range(_CASES):
        words = [dice.choice("xyzuv") for _ in range(dice.randint(0, 10))]
        rows.append(((words,), sorted({each for each in words if words.count(each) >= least})))
    rows.append((([],), []))
    rows.append(((["x"] * least + ["a"] * (least + 1),), ["a", "x"]))
    return MadeTask(
        name,
        f"What comes {least} times or more",
        "dictionaries",
        3,
        f"Write `{name}(words)`: it gives back a sorted list of the words that are in the list "
        f"`words` at least {least} times, each once.",
        f"def {name}(words):\n    counts = {{}}\n    for word in words:\n"
        "        counts[word] = counts.get(word, 0) + 1\n"
        f"    return sorted(word for word, count in counts.items() if count >= {least})\n",
        _tests(name, rows),
        "Count first, in a dictionary; choose afterwards.",
    )


def _digits(dice: random.Random) -> MadeTask:
    base = dice.choice((2, 3, 5, 7, 8))
    name = "in_base"
    numbers = [0, 1, base - 1, base, base * base, dice.randint(50, 500)]
    rows: list[tuple[tuple[Any, ...], Any]] = [((n,), _in_base(n, base)) for n in numbers]
    return MadeTask(
        name,
        f"Numbers in base {base}",
        "recursion",
        4,
        f"Write `{name}(n)`: it gives back the whole number `n` (0 or more) in base {base}, as "
        f"text. In base {base} there are the digits 0 to {base - 1}.",
        f"def {name}(n):\n    if n < {base}:\n        return str(n)\n"
        f"    return {name}(n // {base}) + str(n % {base})\n",
        _tests(name, rows),
        "The last digit is what is left after a division. And the digits before it?",
    )


def _in_base(number: int, base: int) -> str:
    power = 1
    while power * base <= number:
        power *= base
    digits = ""
    while power:
        digits += str(number // power)
        number, power = number % power, power // base
    return digits


def _shift(dice: random.Random) -> MadeTask:
    by = dice.randint(2, 9)
    name = "shifted"
    small, capital = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = str.maketrans(small + capital, small[by:] + small[:by] + capital[by:] + capital[:by])
    words = (*_WORDS, "xyz Zz")
    rows: list[tuple[tuple[Any, ...], Any]] = [((word,), word.translate(table)) for word in words]
    return MadeTask(
        name,
        f"A cipher that shifts by {by}",
        "string-methods",
        4,
        f"Write `{name}(text)`: each letter from a to z, small or capital, is replaced by the one "
        f"{by} further in the alphabet; after z comes a again. All else stays.",
        f'def {name}(text):\n    result = ""\n    for letter in text:\n'
        '        for first in "aA":\n            place = ord(letter) - ord(first)\n'
        "            if 0 <= place < 26:\n"
        f"                letter = chr(ord(first) + (place + {by}) % 26)\n"
        "                break\n        result += letter\n    return result\n",
        _tests(name, rows),
        "`ord` gives a letter's number and `chr` the letter of a number; `%` brings z back to a.",
    )


def _two_sum(dice: random.Random) -> MadeTask:
    target = dice.randint(5, 15)
    name = "pairs"
    rows: list[tuple[tuple[Any, ...], Any]] = []
    for xs in _numbers(dice, 0, target):
        several = sorted(set(xs))
        wanted = [(x, target - x) for x in several if x < target - x and target - x in several]
        rows.append(((xs,), wanted))
    half = list(range(target + 1))
    rows.append(((half,), [(x, target - x) for x in half if x < target - x]))
    return MadeTask(
        name,
        f"Pairs that make {target}",
        "sets",
        5,
        f"Write `{name}(xs)`: it gives back a sorted list of all pairs `(a, b)` of different "
        f"numbers in `xs` with `a < b` and `a + b == {target}`, each pair once. It should not "
        "compare every number with every other.",
        f"def {name}(xs):\n    seen = set(xs)\n    result = []\n    for x in sorted(seen):\n"
        f"        other = {target} - x\n        if x < other and other in seen:\n"
        "            result.append((x, other))\n    return result\n",
        _tests(name, rows),
        "For each number there is only one that it goes with; is that one there?",
    )


def _rolling(dice: random.Random) -> MadeTask:
    width = dice.randint(2, 4)
    name = "rolling_sums"
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((xs,), [sum(xs[i : i + width]) for i in range(len(xs) - width + 1)])
        for xs in _numbers(dice)
    ]
    return MadeTask(
        name,
        f"Sums of {width} neighbours",
        "range",
        3,
        f"Write `{name}(xs)`: it gives back a list with the sum of each {width} items of `xs` "
        f"that stand side by side. Of fewer than {width} items it is an empty list.",
        f"def {name}(xs):\n    result = []\n    for start in range(len(xs) - {width - 1}):\n"
        f"        total = 0\n        for offset in range({width}):\n"
        "            total += xs[start + offset]\n        result.append(total)\n"
        "    return result\n",
        _tests(name, rows),
        "Where may the first of the neighbours stand at the latest?",
    )


def _shout(dice: random.Random) -> MadeTask:
    sign, count = dice.choice("!?*"), dice.randint(1, 3)
    name = "shout"
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((word,), word.upper() + sign * count) for word in _WORDS
    ]
    return MadeTask(
        name,
        "Shout",
        "first-functions",
        1,
        f"Write `{name}(text)`: it gives back the text in capitals, with `{sign * count}` at its "
        "end.",
        f'def {name}(text):\n    return text.upper() + "{sign * count}"\n',
        _tests(name, rows),
        "A method of texts makes capitals, and `+` joins.",
    )


def _grade(dice: random.Random) -> MadeTask:
    low = dice.randint(40, 50)
    high = low + dice.randint(20, 40)
    name = "judge"
    marks = [0, low - 1, low, low + 1, high - 1, high, 100]
    words = ("again", "fine", "great")
    rows: list[tuple[tuple[Any, ...], Any]] = [
        ((mark,), words[(mark >= low) + (mark >= high)]) for mark in marks
    ]
    return MadeTask(
        name,
        "Judge a mark",
        "conditions",
        1,
        f'Write `{name}(mark)`: it gives back `"great"` from {high} on, `"fine"` from {low} on, '
        'and `"again"` for less.',
        f'def {name}(mark):\n    if mark >= {high}:\n        return "great"\n'
        f'    if mark >= {low}:\n        return "fine"\n    return "again"\n',
        _tests(name, rows),
        "Ask for the highest first.",
    )


_MAKERS: Final[tuple[_Make, ...]] = (
    _shout, _grade, _every_nth, _sum_of_multiples, _count_letters, _clamp_all, _longest_run,
    _count_above, _rolling, _digits, _shift, _two_sum,
)  # fmt: skip
