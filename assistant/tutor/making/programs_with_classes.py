"""Questions about classes and special methods."""

from operator import add, mul, sub

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    NAMES,
    block,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
)

_KINDS = (
    ("Account", "balance", "deposit"),
    ("Counter", "count", "add"),
    ("Tank", "litres", "fill"),
    ("Player", "points", "score"),
    ("Shelf", "books", "put"),
    ("Purse", "coins", "save"),
    ("Walker", "steps", "walk"),
    ("Battery", "charge", "load"),
)
_OBJECTS = (
    "Which object stands before the dot?",
    "Each object has its own attributes; a method gets the object before the dot as `self`.",
    "Draw a box for each object, and write its attributes into it.",
)
_SPECIAL = (
    "Which special method does Python call there?",
    "`==`, `+`, `len` and `print` call methods of the object; without one there is a default.",
    "Find the line that makes Python call it, and put the objects in for `self` and `other`.",
)


def classes(draw: Draw) -> Draft:
    """Attributes, methods, and objects that are independent of each other."""
    return by_level(
        draw,
        _one_object,
        _two_objects,
        _self_gap,
        _mend_self,
        _missing_self,
        _own_list,
        _class_task,
    )


def _kind(draw: Draw) -> tuple[str, str, str, list[str], int, int]:
    """A class with a number that grows, its lines, and two numbers."""
    name, attribute, method = draw.pick(*_KINDS)
    start, more = draw.integer(2, 9 + 10 * draw.level), draw.integer(2, 9)
    lines = block(
        f"class {name}:",
        *block(f"def __init__(self, {attribute}):", f"self.{attribute} = {attribute}"),
        "",
        *block(f"def {method}(self, amount):", f"self.{attribute} += amount"),
    )
    return name, attribute, method, [*lines, ""], start, more


def _one_object(draw: Draw) -> Draft:
    name, attribute, method, lines, start, more = _kind(draw)
    again = draw.integer(2, 9)
    lines += [f"a = {name}({start})", f"a.{method}({more})", f"a.{method}({again})"]
    lines.append(f"print(a.{attribute})")
    wrong = [(start, "attribute-without-self"), (start + again, ""), (more + again, "")]
    return typed(draw, lines, start + more + again, wrong, _OBJECTS)


def _two_objects(draw: Draw) -> Draft:
    name, attribute, method, lines, start, more = _kind(draw)
    other = draw.integer(2, 9, start)
    lines += [f"a = {name}({start})", f"b = {name}({other})", f"b.{method}({more})"]
    lines.append(f"print(a.{attribute}, b.{attribute})")
    wrong = [
        (f"{start + more} {start + more}", "objects-share"),
        (f"{other + more} {other + more}", "objects-share"),
        (f"{start} {other}", "attribute-without-self"),
    ]
    return printed(draw, (lines, f"{start} {other + more}", wrong), _OBJECTS)


def _self_gap(draw: Draw) -> Draft:
    name, attribute, method, lines, start, more = _kind(draw)
    lines += [f"a = {name}({start})", "___", f"print(a.{attribute})"]
    others = [
        (f"{name}.{method}({more})", "class-is-object"),
        (f"a.{method}(self, {more})", "self-is-passed"),
        (f"{method}(a, {more})", ""),
    ]
    return gap(draw, lines, f"a.{method}({more})", others, start + more)


def _mend_self(draw: Draw) -> Draft:
    name, attribute, method, lines, start, more = _kind(draw)
    lines[2] = f"        {attribute} = {attribute}"
    lines += [f"a = {name}({start})", f"a.{method}({more})", f"print(a.{attribute})"]
    others = [
        (9, f"a.{attribute} = {start}", ""),
        (8, f"a = {name}(self, {start})", "self-is-passed"),
        (10, f"print({attribute})", "attribute-without-self"),
    ]
    return mended(draw, lines, (3, f"self.{attribute} = {attribute}"), others)(
        start + more, _OBJECTS
    )


def _missing_self(draw: Draw) -> Draft:
    name, attribute, method, lines, start, more = _kind(draw)
    if draw.coin():
        lines[5] = f"        {attribute} += amount"
        answer, wrong = "UnboundLocalError", [(start + more, "attribute-without-self")]
    else:
        lines[4] = f"    def {method}(amount):"
        answer, wrong = "TypeError", [(start + more, "self-is-passed")]
    lines += [f"a = {name}({start})", f"a.{method}({more})", f"print(a.{attribute})"]
    wrong += [(start, "attribute-without-self"), ("AttributeError", ""), ("SyntaxError", "")]
    return printed(draw, (lines, answer, wrong), _OBJECTS)


def _own_list(draw: Draw) -> Draft:
    one, other, third = draw.some(NAMES, 3)
    shared = draw.coin()
    head = ["class Team:", "    names = []", ""] if shared else ["class Team:"]
    init = [] if shared else ["    def __init__(self):", "        self.names = []", ""]
    lines = [*head, *init, "    def join(self, name):", "        self.names.append(name)", ""]
    lines += ["a = Team()", "b = Team()", f'a.join("{one}")', f'a.join("{other}")']
    lines += [f'b.join("{third}")', "print(len(a.names), len(b.names))"]
    key = "3 3" if shared else "2 1"
    wrong = [("2 1", ""), ("3 3", "objects-share"), ("3 1", ""), ("1 1", "objects-share")]
    return printed(draw, (lines, key, wrong), _OBJECTS)


def _class_task(draw: Draw) -> Draft:
    name, attribute, method = draw.pick(*_KINDS)
    most = draw.integer(10, 30) * 5
    lines = [f"class {name}:", "    def __init__(self):", f"        self.{attribute} = 0", ""]
    lines += [f"    def {method}(self, amount):"]
    right = [f"        self.{attribute} = min(self.{attribute} + amount, {most})"]
    right += [f"        return self.{attribute}"]
    slips = (
        [f"        self.{attribute} = min(amount, {most})", f"        return self.{attribute}"],
        [f"        self.{attribute} += amount", f"        return self.{attribute}"],
        right[:1],
    )
    module = name.lower()
    tests = (
        f"from {module} import {name}\n\n\n"
        f"def test_it_begins_at_zero():\n    assert {name}().{attribute} == 0\n\n\n"
        f"def test_it_adds_up():\n    thing = {name}()\n    assert thing.{method}(3) == 3\n"
        f"    assert thing.{method}(4) == 7\n    assert thing.{attribute} == 7\n\n\n"
        f"def test_there_is_a_most():\n    thing = {name}()\n"
        f"    assert thing.{method}({most + 9}) == {most}\n"
        f"    assert thing.{attribute} == {most}\n\n\n"
        f"def test_objects_are_independent():\n    one, other = {name}(), {name}()\n"
        f"    one.{method}(5)\n    assert other.{attribute} == 0\n"
    )
    task = CodeTask(
        module,
        f"class {name}:\n    pass\n",
        tests,
        "\n".join([*lines, *right]) + "\n",
    )
    return challenge(
        f"A class {name}",
        f"Write a class `{name}`. A new object has the attribute `{attribute}` with the value 0. "
        f"`{method}(amount)` adds to it, but never goes beyond {most}, and returns the new value.",
        task,
        ["\n".join([*lines, *slip]) + "\n" for slip in slips],
        (
            "What does a new object have to know from the beginning?",
            "The attribute is made in `__init__`; the method changes it, and hands it back.",
            f"Compare the sum with {most} before you keep it.",
        ),
    )


def special_methods(draw: Draw) -> Draft:
    """Printing, comparing, adding and counting objects."""
    return by_level(
        draw, _text_of, _length_of, _equal_or_not, _which_method, _sum_of, _mend_eq, _vector_task
    )


def _text_of(draw: Draw) -> Draft:
    word, unit = draw.pick(("Length", "cm"), ("Mass", "kg"), ("Time", "s"), ("Price", "euro"))
    n = draw.integer(2, 99)
    with_it = draw.coin()
    lines = [f"class {word}:", "    def __init__(self, n):", "        self.n = n", ""]
    if with_it:
        lines += ["    def __str__(self):", f'        return f"{{self.n}} {unit}"', ""]
    else:
        lines += ["    def text(self):", f'        return f"{{self.n}} {unit}"', ""]
    lines += [f"a = {word}({n})", "print(str(a) == " + f'"{n} {unit}")']
    wrong = [(not with_it, "repr-prints"), ("TypeError", ""), (f"{n} {unit}", "")]
    return printed(draw, (lines, with_it, wrong), _SPECIAL)


def _length_of(draw: Draw) -> Draft:
    things, extra = draw.integer(2, 6), draw.integer(1, 5 * draw.level)
    values = [draw.integer(1, 40) for _ in range(things)]
    lines = ["class Box:", "    def __init__(self, things):", "        self.things = things", ""]
    lines += ["    def __len__(self):", f"        return len(self.things) + {extra}", ""]
    lines += [f"box = Box({values})", "print(len(box) * 2)"]
    wrong = [(things * 2, ""), (things + extra, ""), (len(str(values)), "")]
    return typed(draw, lines, (things + extra) * 2, wrong, _SPECIAL)


def _equal_or_not(draw: Draw) -> Draft:
    with_it, n = draw.coin(), draw.integer(1, 60)
    lines = ["class Card:", "    def __init__(self, n):", "        self.n = n", ""]
    if with_it:
        lines += ["    def __eq__(self, other):", "        return self.n == other.n", ""]
    lines += [f"a, b = Card({n}), Card({n})", "c = a", "print(a == b, a == c, a is b)"]
    key = f"{with_it} True False"
    rows = [("True True True", ""), ("False True False", ""), ("False False False", "")]
    wrong = [("True True False", "eq-by-default"), *rows]
    return printed(draw, (lines, key, wrong), _SPECIAL)


def _which_method(draw: Draw) -> Draft:
    a, b = draw.integer(2, 40), draw.integer(2, 40)
    use, right, returned, wanted = draw.pick(
        (f"Pile({a}) + Pile({b})", "__add__", "Pile(self.n + other.n)", a + b),
        (f"Pile({a}) - Pile({b})", "__sub__", "Pile(self.n - other.n)", a - b),
        (f"Pile({a}) * Pile({b})", "__mul__", "Pile(self.n * other.n)", a * b),
    )
    lines = ["class Pile:", "    def __init__(self, n):", "        self.n = n", ""]
    lines += ["    def ___(self, other):", f"        return {returned}", ""]
    lines += [f"print(({use}).n)"]
    names = ("__add__", "__sub__", "__mul__", "__eq__", "__len__", "add")
    others = [(name, "") for name in draw.some([one for one in names if one != right], 3)]
    return gap(draw, lines, right, others, wanted)


def _sum_of(draw: Draw) -> Draft:
    a, b = draw.some(range(2, 20 * draw.level), 2)
    lines = ["class Pile:", "    def __init__(self, n):", "        self.n = n", ""]
    lines += ["    def __add__(self, other):", "        return Pile(self.n + other.n)", ""]
    lines += [f"a, b = Pile({a}), Pile({b})", "c = a + b"]
    if draw.coin():
        lines.append("a = a + c")
        key, slip = f"{2 * a + b} {b} {a + b}", f"{2 * (a + b)} {b} {a + b}"
    else:
        key, slip = f"{a} {b} {a + b}", f"{a + b} {b} {a + b}"
    lines.append("print(a.n, b.n, c.n)")
    wrong = [(slip, "add-changes"), (f"{a} {a + b} {a + b}", ""), (f"{b} {a} {a + b}", "")]
    return printed(draw, (lines, key, wrong), _SPECIAL)


def _mend_eq(draw: Draw) -> Draft:
    x, y, z = draw.some(range(1, 30), 3)
    lines = ["class Point:", "    def __init__(self, x, y):", "        self.x, self.y = x, y", ""]
    lines += ["    def __eq__(self, other):", "        return self.x == other.x", ""]
    lines += [f"print(Point({x}, {y}) == Point({x}, {z}), Point({x}, {y}) == Point({x}, {y}))"]
    others = [
        (6, "return self is other", "eq-by-default"),
        (6, "return self.x == other.x or self.y == other.y", ""),
        (6, "print(self.x == other.x)", "repr-prints"),
    ]
    right = (6, "return self.x == other.x and self.y == other.y")
    return mended(draw, lines, right, others)("False True", _SPECIAL)


def _vector_task(draw: Draw) -> Draft:
    name, one, other = draw.pick(
        ("Vector", "x", "y"), ("Pair", "left", "right"), ("Score", "home", "away"),
        ("Size", "width", "height"), ("Order", "cups", "plates"),
        ("Team", "wins", "losses"), ("Meal", "bread", "soup"), ("Trip", "miles", "hours"),
    )  # fmt: skip
    sign, method, word = draw.pick(("+", "__add__", "adds"), ("-", "__sub__", "subtracts"),
                                   ("*", "__mul__", "multiplies"))  # fmt: skip
    a, b, c, d = (draw.integer(1, 20) for _ in range(4))
    calls = _pair(sign, (a, b), (c, d))
    head = [f"class {name}:", f"    def __init__(self, {one}, {other}):"]
    head += [f"        self.{one} = {one}", f"        self.{other} = {other}", ""]
    pair = f"(self.{one}, self.{other}) == (other.{one}, other.{other})"
    equal = ["    def __eq__(self, other):", f"        return {pair}", ""]
    body = f"{name}(self.{one} {sign} other.{one}, self.{other} {sign} other.{other})"
    right = [f"    def {method}(self, other):", f"        return {body}"]
    slip = [
        f"    def {method}(self, other):",
        f"        self.{one} = self.{one} {sign} other.{one}",
        f"        self.{other} = self.{other} {sign} other.{other}",
        "        return self",
    ]
    module = name.lower()
    tests = (
        f"from {module} import {name}\n\n\n"
        f"def test_equal():\n    assert {name}({a}, {b}) == {name}({a}, {b})\n"
        f"    assert not {name}({a}, {b}) == {name}({a}, {b + 1})\n"
        f"    assert not {name}({a}, {b}) == {name}({a + 1}, {b})\n\n\n"
        f"def test_result():\n    assert {name}({a}, {b}) {sign} {name}({c}, {d}) == "
        f"{name}({calls[0]}, {calls[1]})\n\n\n"
        f"def test_neither_is_changed():\n    one, two = {name}({a}, {b}), {name}({c}, {d})\n"
        f"    one {sign} two\n    assert (one.{one}, one.{other}) == ({a}, {b})\n"
    )
    task = CodeTask(module, "\n".join(head), tests, "\n".join([*head, *equal, *right]) + "\n")
    return challenge(
        f"{name} with two operators",
        f"Finish the class `{name}`: two objects are equal (`==`) if both attributes are, and "
        f"`{sign}` {word} attribute by attribute and gives a new object.",
        task,
        ["\n".join([*head, *equal, *slip]) + "\n", "\n".join([*head, *right]) + "\n"],
        (
            f"Which special method does Python call for `{sign}`?",
            "One method compares, the other makes a new object; neither changes anything.",
            "Both get `self` and `other`. Compare both attributes, joined by `and`.",
        ),
    )


def _pair(sign: str, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The sum, the difference or the products of two pairs."""
    ways = {"+": add, "-": sub, "*": mul}
    return ways[sign](one[0], other[0]), ways[sign](one[1], other[1])
