"""Questions about regular expressions."""

import re
from typing import TYPE_CHECKING

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    THINGS,
    assertions_of,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
)

if TYPE_CHECKING:
    from assistant.tutor.making.programs import Wrongs

_PATTERN = (
    "Which places of the text fit the pattern?",
    "A dot fits any sign, `*` and `+` take as much as they can, and `\\` makes a sign plain.",
    "Go through the text from the left, and write down how far each piece of the pattern reaches.",
)


def regular_expressions(draw: Draw) -> Draft:
    """What a pattern finds, and which pattern fits."""
    return by_level(
        draw, _found, _dot, _whole, _greedy, _groups, _pattern_gap, _mend_pattern, _pattern_task
    )


def _found(draw: Draw) -> Draft:
    words, n, m = draw.some(THINGS, 3), draw.integer(1, 99), draw.integer(100, 999)
    text = f"{words[0]} {n} {words[1]}{m} {words[2]}"
    pattern = draw.pick(r"\d+", r"\d", r"\d\d", r"[a-z]+", r"\w+", r"[aeiou]", r"\d\d\d")
    lines = ["import re", f'print(len(re.findall(r"{pattern}", "{text}")))']
    key = len(re.findall(pattern, text))
    counts = {len(re.findall(one, text)) for one in (r"\d+", r"\d", r"\w+", r"\s")}
    wrong = [(count, "plus-not-greedy" if count == len(re.findall(r"\d", text)) else "")
             for count in sorted(counts - {key})]  # fmt: skip
    return typed(draw, lines, key, wrong, _PATTERN)


def _dot(draw: Draw) -> Draft:
    a, b = draw.integer(1, 9), draw.integer(1, 9)
    texts = draw.some(
        [
            f"{a}.{b}",
            f"{a}x{b}",
            f"{a}{b}",
            f"{a} {b}",
            f"{a}..{b}",
            f"{b}.{a}",
            f"{a}-{b}",
            f"{a}.",
        ],
        4 + draw.level // 3,
    )
    pattern, other, idea = draw.pick(
        (f"{a}.{b}", rf"{a}\.{b}", "dot-is-dot"), (rf"{a}\.{b}", f"{a}.{b}", ""),
        (f"{a}.*{b}", f"{a}.{b}", "star-like-shell"), (f"{a}.?{b}", f"{a}.{b}", ""),
    )  # fmt: skip
    lines = ["import re", f"texts = {texts}"]
    lines.append(f'print([t for t in texts if re.fullmatch(r"{pattern}", t)])')
    key = [t for t in texts if re.fullmatch(pattern, t)]
    near = [t for t in texts if re.fullmatch(other, t)]
    found = [t for t in texts if re.search(pattern, t)]
    wrong: Wrongs = [(near, idea), (found, "search-whole"), (texts, ""), ([], ""), (texts[:1], "")]
    return printed(draw, (lines, key, wrong), _PATTERN)


def _whole(draw: Draw) -> Draft:
    word, n = draw.pick(*THINGS), draw.integer(1, 999)
    text = draw.pick(f"{word}{n}", f"{n}", f"{n} {word}", f"{word} {n} {word}", f"{n}{n}")
    pattern = draw.pick(r"\d+", r"[a-z]+", r"\d+[a-z]*", r"[a-z]+\d+")
    lines = ["import re", f'text = "{text}"']
    lines.append(
        f'print(bool(re.search(r"{pattern}", text)), bool(re.fullmatch(r"{pattern}", text)))'
    )
    some, whole = bool(re.search(pattern, text)), bool(re.fullmatch(pattern, text))
    wrong = [(f"{whole} {whole}", "search-whole"), (f"{some} {some}", "search-whole")]
    wrong += [
        (f"{not some} {whole}", ""),
        (f"{some} {not whole}", ""),
        (f"{not some} {not whole}", ""),
    ]
    return printed(draw, (lines, f"{some} {whole}", wrong), _PATTERN)


def _greedy(draw: Draw) -> Draft:
    one, other, mark = *draw.some(THINGS, 2), draw.pick('"', "*", "'", "#", "|")
    text = f"{mark}{one}{mark} and {mark}{other}{mark}"
    plain = rf"\{mark}" if mark in "*|" else mark
    lazy = draw.coin()
    pattern = f"{plain}.+{'?' if lazy else ''}{plain}"
    lines = ["import re", f"text = {text!r}"]
    quote = "'" if mark == '"' else '"'
    lines.append(f"print(re.search(r{quote}{pattern}{quote}, text)[0])")
    first, all_of_it = f"{mark}{one}{mark}", text
    key, slip = (first, all_of_it) if lazy else (all_of_it, first)
    wrong = [
        (slip, "" if lazy else "plus-not-greedy"),
        (one, "star-like-shell"),
        (f"{mark}{other}{mark}", ""),
    ]
    return printed(draw, (lines, key, wrong), _PATTERN)


def _groups(draw: Draw) -> Draft:
    day, month, year = draw.integer(10, 28), draw.integer(10, 12), draw.integer(1900, 2030)
    mark = draw.pick("/", "-", ":", "_")
    words = draw.pick(*THINGS)
    lines = ["import re", f'text = "{words} {day}{mark}{month}{mark}{year}"']
    pattern = rf"(\d+){mark}(\d+){mark}(\d+)"
    lines.append(f'found = re.search(r"{pattern}", text)')
    at = draw.integer(0, 3)
    lines.append(f"print(found[{at}])")
    parts = [f"{day}{mark}{month}{mark}{year}", str(day), str(month), str(year)]
    others = [one for place, one in enumerate(parts) if place != at]
    wrong = [(one, "") for one in others]
    return printed(draw, (lines, parts[at], wrong), _PATTERN)


def _pattern_gap(draw: Draw) -> Draft:
    words, values = draw.some(THINGS, 3), [draw.integer(10, 99) for _ in range(3)]
    text = (
        ", ".join(f"{word} {n}" for word, n in zip(words, values, strict=True)) + f" x{values[0]}."
    )
    right, others = draw.pick(
        (r"[a-z]+ \d+", [r"[a-z]* *", r"\d+ [a-z]+", r"*\d*"]),
        (r"\d+", [r"\d", r"\d*", r"[a-z]+"]),
        (r" \d+", [r".\d", r"*\d", r" \d"]),
        (r"[a-z]+", [r"[a-z]", r"[a-z]*", r"[A-Z]+"]),
        (r"\.", [r".", r"*", r"\d."]),
    )
    ideas = {r"*\d*": "star-like-shell", r"*\d": "star-like-shell", ".": "dot-is-dot",
             "*": "star-like-shell", r"\d": "plus-not-greedy"}  # fmt: skip
    lines = ["import re", f'print(re.findall(r"___", "{text}"))']
    return gap(
        draw, lines, right, [(one, ideas.get(one, "")) for one in others], re.findall(right, text)
    )


def _mend_pattern(draw: Draw) -> Draft:
    n, m = draw.some(range(10, 99), 2)
    word = draw.pick(*THINGS)
    fault, right, text, others = draw.pick(
        (r"\d", r"\d+", f"{word} {n} and {m}", [r"\d*", r"[a-z]+"]),
        (r"\d+.\d\d", r"\d+\.\d\d", f"{n}.50 {m}-30 {word}", [r"\d*", r"\d+.\d+"]),
        (r"<.+>", r"<.+?>", f"<{word}>{n}<b>", [r"<*>", r"<.>"]),
        (r"[a-z]", r"[a-z]+", f"{word} {n} tea", [r"[a-z]*", r"\w"]),
    )
    lines = ["import re", f'pattern = r"{fault}"', f'print(re.findall(pattern, "{text}"))']
    ideas = ("star-like-shell", "plus-not-greedy")
    changes = [(2, f'pattern = r"{one}"', idea) for one, idea in zip(others, ideas, strict=True)]
    changes.append((3, f'print(re.fullmatch(pattern, "{text}"))', "search-whole"))
    return mended(draw, lines, (2, f'pattern = r"{right}"'), changes)(
        re.findall(right, text), _PATTERN
    )


def _pattern_task(draw: Draw) -> Draft:
    count, letters = draw.integer(2, 4), draw.integer(2, 3)
    mark, upper = draw.pick("-", "/", "_", ":"), draw.coin()
    head = "A-Z" if upper else "a-z"
    name = draw.pick("is_plate", "is_code", "is_ticket", "is_label")
    pattern = f"[{head}]{{{letters}}}{mark}[0-9]{{{count}}}"
    word = "ABCD"[:letters] if upper else "abcd"[:letters]
    digits = "".join(str(draw.integer(0, 9)) for _ in range(count))
    fits = f"{word}{mark}{digits}"
    calls = [
        (fits, True), (f"{fits}1", False), (f"x{fits}", False), (f"{word}{digits}", False),
        (fits.swapcase(), False), (f"{word}{mark}{digits[1:]}", False), ("", False),
        (f" {fits}", False),
    ]  # fmt: skip
    tests = assertions_of(
        "plates", name, *((f"bool({name}({text!r}))", value) for text, value in calls)
    )

    def program(way: str, pattern: str) -> str:
        return f'import re\n\n\ndef {name}(text):\n    return bool(re.{way}(r"{pattern}", text))\n'

    task = CodeTask(
        "plates", f"def {name}(text):\n    return False\n", tests, program("fullmatch", pattern)
    )
    return challenge(
        "Does the whole text fit?",
        f"`{name}(text)` tells whether the whole text is {letters} "
        f"{'capital' if upper else 'small'}"
        f" letters from A to Z, the sign `{mark}` and {count} digits.".replace(
            "A to Z", "A to Z" if upper else "a to z"
        ),
        task,
        [program("search", pattern), program("fullmatch", f".{{{letters}}}{mark}.{{{count}}}")],
        (
            "Which function asks whether the **whole** text fits?",
            "Describe letters and digits by a range in square brackets, and say how many.",
            "A number in braces after a range says how often.",
        ),
    )
