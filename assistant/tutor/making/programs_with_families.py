"""Questions about inheritance and dataclasses."""

from assistant.domain.exercise import CodeTask
from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.questions import (
    NAMES,
    assertions_of,
    by_level,
    challenge,
    gap,
    mended,
    printed,
    typed,
    which,
)

_FAMILY = (
    "At which class does the search for the method begin?",
    "It begins at the class of the object itself, and goes on to the parent only if need be.",
    "Write down of which class the object is, then look there for each name that is called.",
)
_WRITTEN = (
    "What did Python write by itself here?",
    "A dataclass gets `__init__`, `__repr__` and `__eq__` from its fields, and nothing is checked.",
    "Write the fields with their values, in their order.",
)


def inheritance(draw: Draw) -> Draft:
    """Overriding, super, and which class a method is taken from."""
    return by_level(draw, _overridden, _through_parent, _is_a, _super_gap, _mend_init, _shape_task)


def _overridden(draw: Draw) -> Draft:
    parent, child = draw.pick(
        ("Animal", "Dog"), ("Ship", "Ferry"), ("Tool", "Saw"), ("Plant", "Fern")
    )
    a, b = draw.some(range(2, 30 * draw.level), 2)
    lines = [f"class {parent}:", "    def size(self):", f"        return {a}", ""]
    lines += [f"class {child}({parent}):", "    def size(self):", f"        return {b}", ""]
    if draw.coin():
        lines.append(f"print({parent}().size(), {child}().size())")
        key, wrong = f"{a} {b}", [(f"{b} {b}", "override-changes-parent"), (f"{a} {a}", "")]
        wrong.append((f"{b} {a}", ""))
    else:
        lines[6] = f"        return super().size() + {b}"
        lines.append(f"print({child}().size())")
        key = str(a + b)
        wrong = [(str(b), ""), (str(a), ""), (str(2 * b), "override-changes-parent")]
    return printed(draw, (lines, key, wrong), _FAMILY)


def _through_parent(draw: Draw) -> Draft:
    a, b, c = draw.some(range(2, 20 * draw.level), 3)
    lines = ["class Base:", "    def value(self):", f"        return {a}", ""]
    lines += ["    def total(self):", f"        return self.value() + {c}", ""]
    lines += ["class Special(Base):", "    def value(self):", f"        return {b}", ""]
    lines += ["print(Special().total())"]
    wrong = [(a + c, "parent-method-fixed"), (a + b + c, ""), (c, "")]
    return typed(draw, lines, b + c, wrong, _FAMILY)


def _is_a(draw: Draw) -> Draft:
    names = draw.pick(
        ("Thing", "Vehicle", "Car"), ("Being", "Animal", "Cat"), ("Shape", "Box", "Cube"),
        ("Person", "Worker", "Baker"), ("Text", "Story", "Tale"), ("Food", "Fruit", "Plum"),
    )  # fmt: skip
    top, middle, low = names
    x, y = draw.some(range(3), 2)
    lines = [f"class {top}:", "    pass", "", f"class {middle}({top}):", "    pass", ""]
    lines += [f"class {low}({middle}):", "    pass", "", f"x, y = {names[x]}(), {names[y]}()"]
    said = {f"isinstance({one}, {names[of]})": (at >= of, "has-a-is-a")
            for one, at in (("x", x), ("y", y)) for of in range(3)}  # fmt: skip
    said |= {f"type({one}) == {names[of]}": (at == of, "")
             for one, at in (("x", x), ("y", y)) for of in range(3)}  # fmt: skip
    said |= {f"issubclass({names[a]}, {names[b]})": (a >= b, "override-changes-parent")
             for a in range(3) for b in range(3) if a != b}  # fmt: skip
    right = draw.pick(*(text for text, (true, _) in said.items() if true))
    false = [(text, idea) for text, (true, idea) in said.items() if not true]
    false.append((f"isinstance({low}, {middle})", ""))
    ask = "Which of these is true after this program?"
    return which(draw, ask, lines, right, draw.some(false, 3), _FAMILY)


def _super_gap(draw: Draw) -> Draft:
    name, extra = draw.pick(*NAMES), draw.integer(1, 90)
    lines = ["class Person:", "    def __init__(self, name):", "        self.name = name", ""]
    lines += ["class Member(Person):", "    def __init__(self, name, number):", "        ___"]
    lines += ["        self.number = number", "", f'm = Member("{name}", {extra})']
    lines += ["print(m.name, m.number)"]
    others = [
        ("super().__init__()", ""),
        ("Person(name)", "parent-init-runs"),
        ("pass", "parent-init-runs"),
    ]
    return gap(draw, lines, "super().__init__(name)", others, f"{name} {extra}")


def _mend_init(draw: Draw) -> Draft:
    a, b = draw.some(range(2, 60), 2)
    lines = ["class Room:", "    def __init__(self, area):", "        self.area = area", ""]
    lines += ["class Kitchen(Room):", "    def __init__(self, area, chairs):"]
    lines += ["        self.chairs = chairs", "", f"k = Kitchen({a}, {b})"]
    lines += ["print(k.area, k.chairs)"]
    if draw.coin():
        return printed(
            draw,
            (
                lines,
                "AttributeError",
                [(f"{a} {b}", "parent-init-runs"), (f"None {b}", ""), ("TypeError", "")],
            ),
            _FAMILY,
        )
    others = [
        (7, "super().__init__(chairs)", ""),
        (5, "class Kitchen:", "has-a-is-a"),
        (9, f"k = Kitchen({b}, {a})", "parent-init-runs"),
    ]
    right = (7, "super().__init__(area); self.chairs = chairs")
    return mended(draw, lines, right, others)(f"{a} {b}", _FAMILY)


def _shape_task(draw: Draw) -> Draft:
    parent, child, attribute, price = draw.pick(
        ("Ticket", "Discounted", "price", "cost"), ("Parcel", "Express", "weight", "fee"),
        ("Worker", "Trainee", "hours", "wage"), ("Trip", "Detour", "miles", "length"),
    )  # fmt: skip
    by, off = draw.integer(2, 9), draw.integer(1, 9)
    a, b = draw.integer(11, 30), draw.integer(31, 60)
    head = [f"class {parent}:", f"    def __init__(self, {attribute}):"]
    head += [f"        self.{attribute} = {attribute}", "", f"    def {price}(self):"]
    head += [f"        return self.{attribute} * {by}", "", ""]
    starter = [*head, f"class {child}({parent}):", "    pass"]
    made = [*head, f"class {child}({parent}):", f"    def {price}(self):"]
    right = [*made, f"        return super().{price}() - {off}"]
    slips = [
        [*made, f"        return self.{attribute} - {off}"],
        [*head[:5], f"        return self.{attribute} * {by} - {off}", "", *head[7:],
         f"class {child}({parent}):", "    pass"],
    ]  # fmt: skip
    module = parent.lower()
    tests = (
        f"from {module} import {child}, {parent}\n\n\n"
        f"def test_the_child():\n    assert {child}({a}).{price}() == {a * by - off}\n\n\n"
        f"def test_the_parent_is_as_it_was():\n    assert {parent}({b}).{price}() == {b * by}\n\n\n"
        f"def test_it_is_one_of_them():\n    assert isinstance({child}({a}), {parent})\n"
    )
    task = CodeTask(module, "\n".join(starter) + "\n", tests, "\n".join(right) + "\n")
    return challenge(
        f"{child} is a {parent}",
        f"`{child}` is a `{parent}` whose `{price}()` is {off} less. Override the method, and use "
        "that of the parent.",
        task,
        ["\n".join(slip) + "\n" for slip in slips],
        (
            "Which method of the parent has to be replaced?",
            "`super()` gives the parent's methods: call its method, and change what it gives.",
            f"Inside of the new `{price}` stands one line, with a `return`.",
        ),
    )


def dataclasses(draw: Draw) -> Draft:
    """What a dataclass gets by itself: init, repr, eq, defaults, order."""
    return by_level(
        draw, _equal_fields, _shown_fields, _not_checked, _default_gap, _replaced, _ordered,
        _dataclass_task,
    )  # fmt: skip


def _data(draw: Draw, head: str = "@dataclass") -> tuple[str, str, str, list[str]]:
    name, one, other = draw.pick(
        ("City", "name", "people"), ("Book", "title", "pages"), ("Song", "title", "seconds"),
        ("Tea", "name", "price"), ("Dog", "name", "age"), ("Team", "name", "points"),
    )  # fmt: skip
    parts = ["dataclass"] + (["replace"] if "frozen" in head else [])
    lines = [f"from dataclasses import {', '.join(parts)}", "", head, f"class {name}:"]
    return name, one, other, [*lines, f"    {one}: str", f"    {other}: int", ""]


def _equal_fields(draw: Draw) -> Draft:
    name, _, _, lines = _data(draw)
    word, n = draw.pick(*NAMES), draw.integer(1, 99)
    m = n if draw.coin() else n + draw.integer(1, 9)
    lines += [f'a = {name}("{word}", {n})', f'b = {name}("{word}", {m})']
    lines.append("print(a == b, a is b)")
    key = f"{n == m} False"
    wrong = [("True False", ""), ("False False", ""), ("True True", ""), ("False True", "")]
    return printed(draw, (lines, key, wrong), _WRITTEN)


def _shown_fields(draw: Draw) -> Draft:
    name, one, other, lines = _data(draw)
    word, n = draw.pick(*NAMES), draw.integer(1, 99)
    lines += [f'print({name}("{word}", {n}))']
    key = f"{name}({one}='{word}', {other}={n})"
    wrong = [
        (f"{name}('{word}', {n})", ""),
        (f"('{word}', {n})", ""),
        (f"{name}({one}={word}, {other}={n})", ""),
    ]
    return printed(draw, (lines, key, wrong), _WRITTEN)


def _not_checked(draw: Draw) -> Draft:
    name, _, other, lines = _data(draw)
    n = draw.integer(2, 9 * draw.level)
    times = draw.integer(2, 3)
    lines += [f'a = {name}("{draw.pick(*NAMES)}", "{n}")', f"print(a.{other} * {times})"]
    wrong = [("TypeError", "hints-checked"), (n * times, "hints-checked"), ("ValueError", "")]
    return printed(draw, (lines, str(n) * times, wrong), _WRITTEN)


def _default_gap(draw: Draw) -> Draft:
    word = draw.pick(*NAMES)
    lines = ["from dataclasses import dataclass, field", "", "@dataclass", "class Basket:"]
    lines += ["    owner: str", "    things: list[str] = ___", ""]
    lines += [f'a, b = Basket("{word}"), Basket("{draw.pick(*NAMES)}")']
    lines += ['a.things.append("tea")', "print(len(a.things), len(b.things))"]
    others = [("[]", "list-default"), ("field(default=[])", "list-default"), ("list", "")]
    return gap(draw, lines, "field(default_factory=list)", others, "1 0")


def _replaced(draw: Draw) -> Draft:
    name, _, other, lines = _data(draw, "@dataclass(frozen=True)")
    n, m = draw.some(range(1, 99), 2)
    lines += [f'a = {name}("{draw.pick(*NAMES)}", {n})']
    if draw.coin():
        lines += [f"b = replace(a, {other}={m})", f"print(a.{other}, b.{other})"]
        key = f"{n} {m}"
        wrong = [(f"{m} {m}", "frozen-replace"), ("FrozenInstanceError", ""), (f"{n} {n}", "")]
    else:
        lines += [f"a.{other} = {m}", f"print(a.{other})"]
        key = "FrozenInstanceError"
        wrong = [(m, "frozen-replace"), (n, ""), ("TypeError", "hints-checked")]
    return printed(draw, (lines, key, wrong), _WRITTEN)


def _ordered(draw: Draw) -> Draft:
    a, b, c = draw.some(range(1, 30 + 10 * draw.level), 3)
    x, y = sorted(draw.some(range(1, 30), 2))
    lines = ["from dataclasses import dataclass", "", "@dataclass(order=True)", "class Time:"]
    lines += ["    hour: int", "    minute: int", ""]
    lines += [f"times = [Time({y}, {a}), Time({x}, {b}), Time({x}, {c})]"]
    lines += ["print(min(times).minute)"]
    wrong = [(min(a, b, c), ""), (max(b, c), ""), (a, "")]
    return typed(draw, lines, min(b, c), wrong, _WRITTEN)


def _dataclass_task(draw: Draw) -> Draft:
    name, one, other, method, word = draw.pick(
        ("Box", "width", "height", "area", "product"),
        ("Order", "price", "pieces", "total", "product"),
        ("Pause", "minutes", "seconds", "length", "sum"), ("Bill", "amount", "tip", "total", "sum"),
    )  # fmt: skip
    sign, default = "*" if word == "product" else "+", draw.integer(2, 9)
    a, b = draw.integer(10, 30), draw.integer(11, 30)
    lines = ["from dataclasses import dataclass", "", "", "@dataclass", f"class {name}:"]
    fields = [f"    {one}: int", f"    {other}: int = {default}", ""]
    last = [f"    def {method}(self):", f"        return self.{one} {sign} self.{other}"]
    plain = [f"class {name}:", f"    def __init__(self, {one}, {other}={default}):"]
    plain += [f"        self.{one}, self.{other} = {one}, {other}", ""]
    module = name.lower()

    def value(x: int, y: int) -> int:
        return x * y if sign == "*" else x + y

    tests = assertions_of(
        module,
        name,
        (f"{name}({a}, {b}).{method}()", value(a, b)),
        (f"{name}({b}).{method}()", value(b, default)),
        (f"repr({name}({a}, {b}))", f"{name}({one}={a}, {other}={b})"),
        (f"({name}({a}, {b}) == {name}({a}, {b}))", True),
    )
    task = CodeTask(
        module,
        "\n".join(lines[:1]) + "\n",
        tests,
        "\n".join([*lines, *fields, *last]) + "\n",
    )
    slip = [*lines, f"    {one}: int", f"    {other}: int", "", *last]
    return challenge(
        f"A dataclass {name}",
        f"Write a dataclass `{name}` with the whole numbers `{one}` and `{other}`; the second is "
        f"{default} where it is left out. `{method}()` returns their {word}.",
        task,
        ["\n".join([*plain, *last]) + "\n", "\n".join(slip) + "\n"],
        (
            "What does the line above the class say?",
            "Each field stands on its own line, with a type, and perhaps with a default value.",
            "The method uses both fields of `self`.",
        ),
    )
