"""Questions about searching, and how the work grows."""

from bisect import bisect_left

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
    which,
)

_HALVES = (
    "Where does it look first, and what is left after that?",
    "Each look at the middle leaves one half; the middle itself is done with.",
    "Write low, high and middle for each round below those of the round before.",
)
_GROWS = (
    "How often is the inmost line done?",
    "Count the rounds: one loop inside of another multiplies, one after the other adds.",
    "Write how many rounds the inner loop has for each round of the outer one.",
)
_BINARY = [
    "def find(things, wanted):",
    "    low, high = 0, len(things) - 1",
    "    looks = 0",
    "    while low <= high:",
    "        middle = (low + high) // 2",
    "        looks += 1",
    "        if things[middle] == wanted:",
    "            return middle, looks",
    "        if things[middle] < wanted:",
    "            low = middle + 1",
    "        else:",
    "            high = middle - 1",
    "    return None, looks",
    "",
]


def searching(draw: Draw) -> Draft:
    """Looking from front to end, and looking by halving."""
    return by_level(
        draw, _first_place, _most_looks, _looks, _border_gap, _mend_border, _not_sorted, _count_task
    )


def _sorted(draw: Draw, size: int) -> list[int]:
    return sorted(draw.some(range(1, 60 + 20 * draw.level), size))


def _found(things: list[int], wanted: int) -> tuple[int | None, int]:
    """The same search by slices, so that the borders are on another footing."""
    left, at, looks = list(things), 0, 0
    while left:
        middle, looks = (len(left) - 1) // 2, looks + 1
        if left[middle] == wanted:
            return at + middle, looks
        if left[middle] < wanted:
            left, at = left[middle + 1 :], at + middle + 1
        else:
            left = left[:middle]
    return None, looks


def _first_place(draw: Draw) -> Draft:
    things = [draw.integer(1, 9) for _ in range(4 + draw.level)]
    wanted = draw.pick(*things)
    lines = block(
        "def find(things, wanted):",
        *block("for i, thing in enumerate(things):", *block("if thing == wanted:", "return i")),
        "return None",
    )
    lines += ["", f"print(find({things}, {wanted}))"]
    place, last = things.index(wanted), len(things) - 1 - things[::-1].index(wanted)
    return typed(draw, lines, place, [(place + 1, ""), (last, ""), (wanted, "")], _HALVES)


def _most_looks(draw: Draw) -> Draft:
    size = draw.integer(5, 60) * 10 ** draw.by_level(0, 0, 1, 1, 2)
    lines = ["def most_looks(size):", "    looks = 0", "    while size > 0:"]
    lines += ["        looks += 1", "        size //= 2", "    return looks", ""]
    key, twice = size.bit_length(), (2 * size).bit_length()
    if draw.coin():
        lines.append(f"print(most_looks({size}))")
        return typed(
            draw,
            lines,
            key,
            [(key - 1, "last-candidate"), (size, ""), (size // 2, "")],
            _HALVES,
        )
    lines.append(f"print(most_looks({size}), most_looks({2 * size}))")
    wrong = [
        (f"{key} {2 * key}", "doubles-double"),
        (f"{key} {key}", ""),
        (f"{key} {key + 2}", ""),
    ]
    return printed(draw, (lines, f"{key} {twice}", wrong), _HALVES)


def _looks(draw: Draw) -> Draft:
    things = _sorted(draw, 6 + draw.level)
    wanted = draw.pick(*things)
    place, looks = _found(things, wanted)
    lines = [*_BINARY, f"things = {things}", f"print(find(things, {wanted}))"]
    wrong = [
        (f"({place}, {(place or 0) + 1})", "doubles-double"),
        (f"({place}, {looks + 1})", ""),
        (f"({place}, {looks - 1})", "last-candidate"),
        (f"({wanted}, {looks})", ""),
    ]
    return printed(draw, (lines, (place, looks), wrong), _HALVES)


def _border_gap(draw: Draw) -> Draft:
    things = _sorted(draw, 5 + draw.level)
    # One at the end: only a border that leaves the middle behind gets there.
    upper = draw.coin()
    wanted = things[-1] if upper else things[0]
    at = 9 if upper else 11
    lines = [*_BINARY, f"print(find({things}, {wanted})[0])"]
    lines[4] = "        middle = (low + high) // 2"
    lines[3] = "    while low <= high and looks < 50:"
    right = lines[at].strip()
    lines[at] = "            ___"
    others = (
        [("low = middle", "border-stays"), ("low = middle - 1", ""), ("high = middle - 1", "")]
        if upper
        else [("high = middle + 1", ""), ("low = middle + 1", ""), ("high -= middle + 1", "")]
    )
    return gap(draw, lines, right, others, things.index(wanted))


def _mend_border(draw: Draw) -> Draft:
    things = _sorted(draw, 6 + draw.level)
    last = [one for one in things if _found(things, one)[0] is not None]
    alone = [one for one in last if not _strictly(things, one)]
    wanted = draw.pick(*alone)
    lines = [*_BINARY, f"print(find({things}, {wanted})[0])"]
    lines[3] = "    while low < high:"
    others = [
        (5, "middle = (low + high + 1) // 3", ""),
        (2, "low, high = 0, len(things) - 2", "last-candidate"),
        (13, "return low - 1, looks", ""),
    ]
    right = (4, "while low <= high:")
    return mended(draw, lines, right, others)(things.index(wanted), _HALVES)


def _strictly(things: list[int], wanted: int) -> bool:
    """Whether it is found where a last candidate is never looked at."""
    low, high = 0, len(things) - 1
    while low < high:
        middle = (low + high) // 2
        if things[middle] == wanted:
            return True
        low, high = (middle + 1, high) if things[middle] < wanted else (low, middle - 1)
    return False


def _not_sorted(draw: Draw) -> Draft:
    things = draw.some(range(1, 60), 6 + draw.level)
    wanted = draw.pick(*things)
    place, _ = _found(things, wanted)
    right = things.index(wanted)
    lines = [*_BINARY, f"print(find({things}, {wanted})[0])"]
    idea = "binary-unsorted" if place is None else ""
    wrong = [(right, idea), (None, ""), (right + 1, ""), (wanted, ""), ("ValueError", "")]
    return printed(draw, (lines, place, wrong), _HALVES)


def _count_task(draw: Draw) -> Draft:
    thing = draw.pick("number", "price", "age", "year", "weight", "height", "mark", "length")
    name, ask, key, slip = draw.pick(
        (f"{thing}s_below", f"how many {thing}s are below `limit`", "bisect_left", "<="),
        (f"{thing}s_up_to", f"how many {thing}s are at most `limit`", "bisect_right", "<"),
        (f"first_{thing}_from", (f"the place of the first {thing} that is at least `limit`, "
         "and the length of the list where there is none"), "bisect_left", "<="),
        (f"first_{thing}_above", (f"the place of the first {thing} above `limit`, and the length "
         "of the list where there is none"), "bisect_right", "<"),
    )  # fmt: skip
    size = draw.integer(5, 9)
    things = sorted(draw.integer(1, 30) for _ in range(size))
    middle, limit = things[size // 2], 40
    sign = "<" if key == "bisect_left" else "<="
    long = list(range(0, 100_000, draw.integer(2, 5)))
    asked = long[draw.integer(100, 5_000)]
    count = bisect_left(long, asked) + (sign == "<=")

    def program(sign: str) -> str:
        return (
            f"def {name}(things, limit):\n    low, high = 0, len(things)\n"
            "    while low < high:\n        middle = (low + high) // 2\n"
            f"        if things[middle] {sign} limit:\n            low = middle + 1\n"
            "        else:\n            high = middle\n    return low\n"
        )

    step = long[1]
    tests = assertions_of(
        "halving",
        name,
        (f"{name}({things}, {middle})", sum(_holds(sign, one, middle) for one in things)),
        (f"{name}({things}, {limit})", size),
        (f"{name}({things}, 0)", 0),
        (f"{name}([], {middle})", 0),
        (f"{name}(list(range(0, 100_000, {step})), {asked})", count),
    )
    task = CodeTask(
        "halving", f"def {name}(things, limit):\n    return None\n", tests, program(sign)
    )
    return challenge(
        "Count by halving",
        f"Write `{name}(things, limit)`. `things` is a sorted list of {thing}s; it returns {ask}. "
        "Halve the list instead of going through it.",
        task,
        [program(slip), f"def {name}(things, limit):\n    return things.index(limit)\n"],
        (
            "What do you know about all elements on one side of the middle?",
            "Keep two borders, with what is asked for between them, and move one in each round.",
            "The borders begin at 0 and at the length; the loop ends where they meet.",
        ),
    )


def _holds(sign: str, one: int, limit: int) -> bool:
    return one < limit if sign == "<" else one <= limit


def complexity(draw: Draw) -> Draft:
    """Counting rounds, and what happens where the input doubles."""
    return by_level(
        draw,
        _one_after_other,
        _doubled,
        _faster,
        _triangle,
        _until_pair,
        _hidden,
        _halving_gap,
        _fast_task,
    )


def _one_after_other(draw: Draw) -> Draft:
    n, inside = draw.integer(3, 12 + 9 * draw.level), draw.coin()
    each = draw.integer(1, 5)
    lines = ["steps = 0", f"n = {n}", "for a in range(n):"]
    lines += ["    for b in range(n):" if inside else f"    steps += {each}"]
    lines += (
        [f"        steps += {each}"] if inside else ["for b in range(n):", f"    steps += {each}"]
    )
    lines.append("print(steps)")
    key = (n * n if inside else 2 * n) * each
    wrong = [
        ((2 * n if inside else n * n) * each, "" if inside else "two-loops-quadratic"),
        (n, ""),
    ]
    return typed(draw, lines, key, wrong, _GROWS)


def _doubled(draw: Draw) -> Draft:
    n, k = draw.integer(4, 12 + 6 * draw.level), draw.integer(2, 5)
    body, idea = draw.pick(
        (f"n * {k}", "two-loops-quadratic"),
        ("n * n", ""),
        (f"n * n + {k}", ""),
        (f"n + {k}", "two-loops-quadratic"),
    )

    def count(m: int) -> int:
        square = m * m if "n * n" in body else 0
        linear = m * k if body == f"n * {k}" else m if body == f"n + {k}" else 0
        return square + linear + (k if body.endswith(f"+ {k}") else 0)

    lines = ["def steps(n):", "    count = 0", f"    for a in range({body}):", "        count += 1"]
    lines += ["    return count", "", f"print(steps({n}), steps({2 * n}))"]
    one, two = count(n), count(2 * n)
    wrong = [(f"{one} {one * 4}", idea), (f"{one} {one * 2}", ""), (f"{one} {one + 2}", "")]
    wrong.append((f"{one} {one * 3}", ""))
    return printed(draw, (lines, f"{one} {two}", wrong), _GROWS)


def _triangle(draw: Draw) -> Draft:
    n, start = draw.integer(4, 7 + 3 * draw.level), draw.pick("a", "a + 1", "a, n", "a + 1, n")
    lines = ["steps = 0", f"n = {n}", "for a in range(n):", f"    for b in range({start}):"]
    lines += ["        steps += 1", "print(steps)"]
    small = start in {"a", "a + 1, n"}
    key = n * (n - 1) // 2 if small else n * (n + 1) // 2
    wrong = [(n * n, "two-loops-quadratic"), (n * (n + 1) // 2 if small else n * (n - 1) // 2, "")]
    return typed(draw, lines, key, [*wrong, (n * n // 2, "")], _GROWS)


def _until_pair(draw: Draw) -> Draft:
    n, by = draw.integer(16, 200 * draw.level), draw.pick(2, 2, 3, 4, 10)
    lines = ["steps = 0", f"n = {n}", "while n > 1:", f"    n //= {by}", "    steps += 1"]
    left, key = n, 0
    while left > 1:
        left, key = left // by, key + 1
    wrong = [(n // by, "one-line-fast"), (n, "two-loops-quadratic"), (key + 1, "")]
    return typed(draw, [*lines, "print(steps)"], key, wrong, _GROWS)


def _hidden(draw: Draw) -> Draft:
    n = draw.integer(4, 12 + 9 * draw.level)
    lines = ["looks = 0", "", *block("def has(things, wanted):", "global looks",
             *block("for thing in things:", "looks += 1",
                    *block("if thing == wanted:", "return True")),
             "return False"), "", f"row = list(range({n}))"]  # fmt: skip
    inside = draw.coin()
    lines += ["for n in row:", f"    has(row, {'n' if inside else n})", "print(looks)"]
    key = n * (n + 1) // 2 if inside else n * n
    wrong = [(n, "in-is-free"), (n * n if inside else n * (n + 1) // 2, "two-loops-quadratic")]
    wrong.append((2 * n, "one-line-fast"))
    return typed(draw, lines, key, wrong if inside else [wrong[0], wrong[2]], _GROWS)


def _halving_gap(draw: Draw) -> Draft:
    n = draw.integer(20, 90) * 10
    right, count, others = draw.pick(
        ("n //= 2", n.bit_length(), ("n -= 1", "n -= 2", "n //= 10")),
        ("n -= 1", n, ("n //= 2", "n -= 2", "n //= 10")),
        ("n -= 10", n // 10, ("n //= 10", "n //= 2", "n -= 1")),
        ("n //= 10", len(str(n)), ("n -= 10", "n //= 2", "n -= 1")),
    )
    lines = [f"n = {n}", "steps = 0", "while n > 0:", "    steps += 1", "    ___", "print(steps)"]
    return gap(draw, lines, right, [(one, "") for one in others], count)


def _fast_task(draw: Draw) -> Draft:
    k = draw.integer(2, 9)
    name, ask, answer, slip = draw.pick(
        ("common", f"are above {k} and in both lists",
         f"kept = set(b)\n    return sum(x in kept for x in set(a) if x > {k})",
         f"return sum(x in b for x in a if x > {k})"),
        ("only_first", f"are above {k}, in `a` and not in `b`",
         f"kept = set(b)\n    return sum(x not in kept for x in set(a) if x > {k})",
         f"return sum(x not in b for x in a if x > {k})"),
        ("in_one", f"are above {k} and in exactly one of them",
         f"return sum(x > {k} for x in set(a) ^ set(b))", "return len(a) - len(b)"),
    )  # fmt: skip
    a = [k + draw.integer(-1, 8) for _ in range(7)]
    b = [k + draw.integer(-1, 8) for _ in range(6)]
    a += [k + 9, k + 9, a[0]]

    def count(one: list[int], two: list[int]) -> int:
        sets = {"common": set(one) & set(two), "only_first": set(one) - set(two)}
        return sum(n > k for n in sets.get(name, set(one) ^ set(two)))

    big, by = draw.integer(15, 25) * 1_000, draw.integer(2, 4)
    large = count(list(range(big)), list(range(0, big, by)))
    tests = assertions_of(
        "counting",
        name,
        (f"{name}({a}, {b})", count(a, b)),
        (f"{name}({b}, {a})", count(b, a)),
        (f"{name}([], {a})", count([], a)),
        (f"{name}([30, 30], [])", count([30, 30], [])),
        (f"{name}(list(range({big})), list(range(0, {big}, {by})))", large),
    )
    task = CodeTask(
        "counting",
        f"def {name}(a, b):\n    return 0\n",
        tests,
        f"def {name}(a, b):\n    {answer}\n",
    )
    return challenge(
        "Fast with long lists",
        f"Write `{name}(a, b)`: how many **different** numbers {ask}. It must be fast for lists "
        "of 20,000 elements too.",
        task,
        [f"def {name}(a, b):\n    {slip}\n"],
        (
            "Which line of a slow way hides a loop?",
            "To ask a list whether it has something is a walk; a set knows at once.",
            "Make a set of one list before any loop.",
        ),
    )


def _faster(draw: Draw) -> Draft:
    n = draw.integer(20, 400)
    lines = [f"n = {n}", "once, twice = n, n * n", "halving = n.bit_length()"]
    others = [
        ("twice < once", "two-loops-quadratic"),
        ("once < halving", ""),
        ("twice == 2 * once", ""),
    ]
    return which(draw, "Which of these is true?", lines, "halving < once < twice", others, _GROWS)
