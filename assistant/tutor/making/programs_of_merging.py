"""Questions about merge sort."""

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    assertions_of,
    block,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
)

_MERGES = (
    "Which of the two elements in front is the smaller?",
    "Merging looks only at the two in front, and takes over what is left at the end.",
    "Write what remains of both lists after each comparison.",
)
_MERGE = [
    "def merge(a, b):",
    "    result = []",
    "    i = j = 0",
    "    while i < len(a) and j < len(b):",
    "        if a[i] <= b[j]:",
    "            result.append(a[i])",
    "            i += 1",
    "        else:",
    "            result.append(b[j])",
    "            j += 1",
    "    return result + a[i:] + b[j:]",
    "",
]


def _sorted(draw: Draw, size: int) -> list[int]:
    return sorted(draw.some(range(1, 60 + 20 * draw.level), size))


def merge_sort(draw: Draw) -> Draft:
    """Merging two sorted lists, and sorting by halves."""
    return by_level(
        draw, _merged_two, _halvings, _compared, _merge_rest, _merge_gap, _mend_merge, _merge_task
    )


def _merged_two(draw: Draw) -> Draft:
    a, b = _sorted(draw, 3), _sorted(draw, 2 + draw.level // 2)
    at = draw.pick(0, 1, 2)
    lines = [*_MERGE, f"print(merge({a}, {b})[{at}:])"]
    key = sorted(a + b)[at:]
    wrong = [
        ((a + b)[at:], "halving-sorts"),
        (key[1:], ""),
        (sorted(a + b)[: at + 2], "rest-forgotten"),
        (key[::-1], ""),
    ]
    return printed(draw, (lines, key, wrong), _MERGES)


def _halvings(draw: Draw) -> Draft:
    size = draw.integer(3, 20 * draw.level)
    lines = ["def depth(size):", "    if size <= 1:", "        return 0"]
    lines += ["    return 1 + depth(size - size // 2)", "", f"print(depth({size}))"]
    key, left = 0, size
    while left > 1:
        left, key = left - left // 2, key + 1
    return typed(
        draw, lines, key, [(size // 2, "halving-sorts"), (size, ""), (key + 1, "")], _MERGES
    )


def _comparisons(a: list[int], b: list[int]) -> int:
    """Until one of them is used up: then all that is left of the other is larger."""
    first, last = (a, b) if a[-1] <= b[-1] else (b, a)
    return len(first) + sum(one < first[-1] for one in last)


def _compared(draw: Draw) -> Draft:
    both = draw.some(range(1, 90), 5 + draw.level)
    cut = draw.integer(2, len(both) - 2)
    a, b = sorted(both[:cut]), sorted(both[cut:])
    lines = [*_MERGE[:4], "        count += 1", *_MERGE[4:10], "    return count", ""]
    lines[1] = "    count = 0"
    lines = [line for line in lines if "result" not in line]
    lines.append(f"print(merge({a}, {b}))")
    key = _comparisons(a, b)
    wrong = [(len(both), ""), (len(both) - 1, ""), (len(a) * len(b), "merge-any")]
    return typed(draw, lines, key, wrong, _MERGES)


def _merge_rest(draw: Draw) -> Draft:
    both = draw.some(range(1, 90), 5 + draw.level // 2)
    a, b = sorted(both[:2]), sorted(both[2:])
    lines = [*_MERGE[:10], "    return result", "", f"print(merge({a}, {b}))"]
    key = sorted(both)[: _comparisons(a, b)]
    wrong = [(sorted(both), "rest-forgotten"), (a + b, "merge-any"), (key[:-1], "")]
    return printed(draw, (lines, key, wrong), _MERGES)


def _merge_gap(draw: Draw) -> Draft:
    both = draw.some(range(1, 90), 5 + draw.level)
    cut = draw.integer(2, len(both) - 2)
    a, b = sorted(both[:cut]), sorted(both[cut:])
    lines = [*_MERGE, f"print(merge({a}, {b}))"]
    where, others = draw.pick(
        (10, [("return result", "rest-forgotten"), ("return a + b", "merge-any"),
              ("return result + [a[i:]] + [b[j:]]", "")]),
        (4, [("if a[i] >= b[j]:", ""), ("if i <= j:", "merge-any"), ("if a[0] <= b[0]:", "")]),
        (3, [("while i < len(a) or j < len(b):", ""), ("while i < j:", "rest-forgotten"),
             ("while len(a) < len(b):", "")]),
    )  # fmt: skip
    right = lines[where].strip()
    lines[where] = lines[where].replace(right, "___")
    return gap(draw, lines, right, others, sorted(both))


def _mend_merge(draw: Draw) -> Draft:
    values = draw.some(range(1, 90), 5 + draw.level)
    lines = [*_MERGE, *block("def merge_sort(things):",
             *block("if len(things) <= 1:", "return things"),
             "middle = len(things) // 2", "left = merge_sort(things[:middle])",
             "right = merge_sort(things[middle:])", "return merge(left, right)"), ""]  # fmt: skip
    lines.append(f"print(merge_sort({values}))")
    at, fault, others = draw.pick(
        (18, "return left + right", [(14, "if len(things) <= 2:", "halving-sorts")]),
        (16, "left = things[:middle]", [(18, "return merge(things, right)", "merge-any")]),
        (17, "right = things[middle:]", [(18, "return merge(right, left)", "merge-any")]),
        (11, "return result", [(4, "while i < len(a) or j < len(b):", "rest-forgotten")]),
    )
    at = lines.index(next(line for line in lines if line.strip() == _RIGHT[at])) + 1
    right = lines[at - 1].strip()
    lines[at - 1] = lines[at - 1].replace(right, fault)
    others = [
        (lines.index("    middle = len(things) // 2") + 1, "middle = len(things) // 3", ""),
        (3, "i = j = 1", ""),
        *(_placed(lines, number, text, idea) for number, text, idea in others),
    ]
    return mended(draw, lines, (at, right), others)(sorted(values), _MERGES)


_RIGHT = {
    18: "return merge(left, right)",
    16: "left = merge_sort(things[:middle])",
    17: "right = merge_sort(things[middle:])",
    11: "return result + a[i:] + b[j:]",
}


def _placed(lines: list[str], number: int, text: str, idea: str) -> tuple[int, str, str]:
    """A change by the line that it belongs to, which is found by how it begins."""
    begins = {14: "    if len(things)", 18: "    return merge(", 4: "    while i <"}[number]
    at = next(at for at, line in enumerate(lines, start=1) if line.startswith(begins))
    return at, text, idea


def _merge_task(draw: Draw) -> Draft:
    order, sign, slip = draw.pick(("rising", "<=", ">="), ("falling", ">=", "<="))
    both = draw.some(range(1, 60), 9)
    falling = order == "falling"

    def row(values: list[int]) -> list[int]:
        return sorted(values, reverse=falling)

    def more(values: list[int]) -> list[int]:
        return [n + k for n in row(values)]

    a, b, k = row(both[:5]), row(both[5:]), draw.integer(2, 30)

    def program(sign: str, last: str = "result + a[i:] + b[j:]") -> str:
        lines = [line.replace("<=", sign) for line in _MERGE[:10]]
        return "\n".join([*lines, f"    return [n + {k} for n in {last}]"]) + "\n"

    tests = assertions_of(
        "merging",
        "merge",
        (f"merge({a}, {b})", more(both)),
        (f"merge({b}, {a})", more(both)),
        (f"merge([], {a})", more(a)),
        (f"merge({b}, [])", more(b)),
        ("merge([2, 2], [2])", more([2, 2, 2])),
    )
    task = CodeTask("merging", "def merge(a, b):\n    return a + b\n", tests, program(sign))
    return challenge(
        f"Merge {order} lists",
        f"Write `merge(a, b)`: both lists are {order}, and so is the new list of all their "
        f"elements, each of which is {k} more there. Go through both side by side; do not sort.",
        task,
        [program(slip), program(sign, "result")],
        (
            "Which of the two elements in front belongs first?",
            "Take the one in front that belongs first, until one of the lists is used up.",
            "Keep a place in each list. What happens to the rest of the other?",
        ),
    )
