"""More questions about places in texts, methods of lists and texts, and two names for one list."""

from collections.abc import Callable
from dataclasses import replace

from assistant.tutor.making.drafts import Draft, Draw
from assistant.tutor.making.programs import word
from assistant.tutor.making.programs_of_many import aliasing as shared
from assistant.tutor.making.programs_of_many import indexing_and_slicing as placed
from assistant.tutor.making.programs_of_many import list_methods as altered
from assistant.tutor.making.questions import (
    Work,
    block,
    by_level,
    gap,
    mended,
    printed,
    which,
    written,
)

_PLACES = (
    "At which number does counting begin?",
    "The first sign has the index zero, the last one minus one; a slice stops before its end.",
    "Write the indices below the signs.",
)
_CHANGES = (
    "Does this change the list, or does it make a new one?",
    "Methods that change a list hand back `None`; `sorted` and slices make a new one.",
    "Write the list after each line.",
)
_ARROWS = (
    "How many lists are there?",
    "Assigning copies nothing; a change is seen by all names of a list, a new tie by none of them.",
    "Draw each list once, and an arrow from each name.",
)
_TRUE = "Which of these is `True` after this program?"


_New = tuple[str, str, list[str], list[str], Callable[[list[int]], list[int]]]
"""A function, what it gives, its lines, wrong lines, and the same once more."""


def _long(draw: Draw) -> str:
    return word(draw) + draw.pick("ful", "box", "land", "like", "less")


def _numbers(draw: Draw, count: int) -> list[int]:
    return draw.some(range(1, 20 + 8 * draw.level), count)


def _slice_gap(draw: Draw) -> Draft:
    text, a = _long(draw), draw.integer(1, 3)
    b = a + draw.integer(2, 3)
    n = len(text)
    right, wanted = draw.pick(
        (f"{a}:{b}", text[a:b]), (f":{b}", text[:b]), (f"{b}:", text[b:]),
         (f"-{a + 1}:", text[-a - 1 :]),
        (f":-{a}", text[:-a]), (f"{a}::2", text[a::2]), ("::-1", text[::-1]),
         (f"{a}:{n}", text[a:]),
    )  # fmt: skip
    others = [(f"{a + 1}:{b}", "index-from-one"), (f"{a}:{b + 1}", "slice-end-included"),
              (f":{b - 1}", "slice-end-included"), (f"{b + 1}:", "index-from-one"),
               (f"-{a}:", "last-is-len"),
              (f"{n}:", "last-is-len"), ("::2", "")]  # fmt: skip
    kept = [one for one in others if one[0] != right]
    return gap(draw, [f'text = "{text}"', "print(text[___])"], right, draw.some(kept, 3), wanted)


def _true_place(draw: Draw) -> Draft:
    text = _long(draw)
    at, n = draw.integer(1, 3), len(text)
    right = draw.pick(f'text[{at}] == "{text[at]}"', f'text[-{at}] == "{text[-at]}"',
                      f'text[{at}:{at + 2}] == "{text[at : at + 2]}"',
                       f"len(text[{at}:]) == {n - at}",
                      f'text[:{at}] + text[{at}:] == text',
                       f'text[{n - 1}] == text[-1]')  # fmt: skip
    others = [
        (f'text[{at + 1}] == "{text[at]}"', "index-from-one"),
        (f'text[{n}] == "{text[-1]}"', "last-is-len"),
        (f'text[{at}:{at + 2}] == "{text[at : at + 3]}"', "slice-end-included"),
        (f"len(text[:{at}]) == {at + 1}", "slice-end-included"),
        (f'text[-{at}] == "{text[-at - 1]}"', "last-is-len"),
        (f'text[{n + 5}:] == "{text[-1]}"', "slice-raises"),
    ]
    return which(draw, _TRUE, [f'text = "{text}"'], right, draw.some(others, 3), _PLACES)


def _mend_place(draw: Draw) -> Draft:
    text = _long(draw)
    k = draw.integer(2, 3)
    lines = [*block("def end(text):", f"return text[len(text) - {k}]"), "", f'print(end("{text}"))']
    others = [(2, f"return text[:{k}]", ""), (2, f"return text[-{k}]", "last-is-len"),
              (2, f"return text[len(text):{k}]", "last-is-len"),
              (2, f"return text[-{k}:-1]", "slice-end-included"),
              (2, f"return text[{k}:len(text)]", "index-from-one")]  # fmt: skip
    right = (2, draw.pick(f"return text[-{k}:]", f"return text[len(text) - {k}:]"))
    return mended(draw, lines, right, draw.some(others, 3))(text[-k:], _PLACES)


def _walked_places(draw: Draw) -> Draft:
    text, step, start = _long(draw), draw.integer(2, 3), draw.integer(0, 2)
    down = draw.coin()
    places = range(len(text) - 1, start, -step) if down else range(start, len(text), step)
    shown = f"len(text) - 1, {start}, -{step}" if down else f"{start}, len(text), {step}"
    lines = [f'text = "{text}"', 'made = ""', *block(f"for i in range({shown}):",
     "made += text[i]"),
             "print(made)"]  # fmt: skip
    key = "".join(text[i] for i in places)
    wrong = [(text[start + 1 :: step], "index-from-one"), (key[:-1], "slice-end-included"),
             (key[::-1], ""), ("IndexError", "last-is-len")]  # fmt: skip
    return printed(draw, (lines, key, wrong), _PLACES)


def _place_task(draw: Draw) -> Draft:
    k, sign = draw.integer(1, 5), draw.pick("-", "*", "/", "+", ".", "_", "#")
    work = draw.pick(
        Work("turned(text)", f"the text with its first {k} characters moved to its end",
             (f"return text[{k}:] + text[:{k}]",), (f"return text[{k + 1}:] + text[:{k + 1}]",),
             lambda text: text[k:] + text[:k]),
        Work("hidden(text)",
         f'the text with a "{sign}" in the place of each character but the last {k}',
             (f'return "{sign}" * (len(text) - {k}) + text[-{k}:]',),
             (f'return "{sign}" * len(text) + text[-{k}:]',),
             lambda text: sign * (len(text) - k) + text[max(0, len(text) - k) :]),
        Work("middle(text)", f"the text without its first {k} and its last {k} characters",
             (f"return text[{k}:len(text) - {k}]",), (f"return text[{k}:-{k + 1}]",),
             lambda text: text[k : len(text) - k]),
        Work("every(text)",
         f"each {k + 1}th character of the text, the first one included, backwards",
             (f"return text[::{k + 1}][::-1]",), (f"return text[::-{k + 1}]",),
             lambda text: "".join(reversed(text[:: k + 1]))),
    )  # fmt: skip
    return written(
        work, [_long(draw), "abcdefghijkl", "abcdefghijklm", "xy" * 6], "places", _PLACES
    )


def _in_a_row(draw: Draw) -> Draft:
    values = _numbers(draw, 3 + draw.level // 3)
    lines, made = [f"values = {values}"], list(values)
    for _ in range(draw.by_level(2, 2, 3, 3, 4)):
        n = draw.integer(50, 99)
        way = draw.pick("append", "insert", "pop", "sort", "reverse", "remove")
        if way == "append":
            lines.append(f"values.append({n})")
            made.append(n)
        elif way == "insert":
            lines.append(f"values.insert(1, {n})")
            made.insert(1, n)
        elif way == "pop" and len(made) > 2:  # noqa: PLR2004 - something is to be left
            at = draw.integer(0, 1)
            lines.append(f"values.pop({at})")
            made.pop(at)
        elif way == "remove" and len(made) > 2:  # noqa: PLR2004 - as above
            lines.append(f"values.remove({made[1]})")
            made.pop(1)
        elif way == "sort":
            lines.append("values.sort()")
            made.sort()
        else:
            lines.append("values.reverse()")
            made.reverse()
    wrong = [
        (values, "sorted-changes"),
        (sorted(made), ""),
        (made[::-1], ""),
        (None, "sort-returns"),
    ]
    return printed(draw, ([*lines, "print(values)"], made, wrong), _CHANGES)


def _list_gap(draw: Draw) -> Draft:
    values, n = _numbers(draw, 4), draw.integer(60, 99)
    right, wanted, others = draw.pick(
        ("values.sort()", sorted(values), [("sorted(values)", "sorted-changes"),
         ("values = values.sort()", "sort-returns"), ("values.reverse()", "")]),
        (f"values.append({n})", [*values, n], [(f"values = values.append({n})", "sort-returns"),
         (f"values.append([{n}])", "append-flattens"), (f"values.insert(0, {n})", "")]),
        (f"values.remove({values[1]})", [values[0], *values[2:]],
         [("values.remove(1)", "remove-by-index"),
         ("values.pop()", "remove-by-index"), (f"values.pop({values[1]})", "remove-by-index")]),
        (f"values = values + [{n}, {n}]", [*values, n, n],
         [(f"values.append([{n}, {n}])", "append-flattens"),
         (f"values + [{n}, {n}]", ""), (f"values = values.append({n})", "sort-returns")]),
        (f"values.insert(0, {n})", [n, *values], [(f"values.append({n})", ""),
         (f"values[0] = {n}", "remove-by-index"), (f"values = values.insert(0, {n})",
          "sort-returns")]),
    )  # fmt: skip
    return gap(draw, [f"values = {values}", "___", "print(values)"], right, others, wanted)


def _mend_sorted(draw: Draw) -> Draft:
    values = _numbers(draw, 4 + draw.level // 2)
    at, want = draw.pick((0, "smallest"), (-1, "largest"), (1, "second"))
    lines = [*block(f"def {want}(values):", "sorted(values)", f"return values[{at}]"), "",
             f"print({want}({values}))"]  # fmt: skip
    others = [(2, "values = values.sort()", "sort-returns"),
     (3, f"return sorted(values[{at}])", "sorted-changes"),
              (2, "sorted(values, reverse=True)", "sorted-changes"),
               (3, "return values.sort()", "sort-returns"),
              (3, f"return values[{at if at < 1 else 0}] + 1", "")]  # fmt: skip
    right = (2, draw.pick("values = sorted(values)", "values.sort()"))
    return mended(draw, lines, right, draw.some(others, 3))(sorted(values)[at], _CHANGES)


def _list_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 20), draw.integer(2, 5)
    work = draw.pick(
        Work("without_small(values)", f"a new list of the values that are at least {k}, sorted",
             ("kept = []", "for n in values:", f"    if n >= {k}:", "        kept.append(n)",
              "return sorted(kept)"),
             ("kept = []", "for n in values:", f"    if n >= {k}:", "        kept.append(n)",
              "return kept.sort()"),
             lambda values: sorted(n for n in values if n >= k)),
        Work("largest(values)", f"a list of the {m} largest values, the largest first",
             (f"return sorted(values, reverse=True)[:{m}]",), (f"return sorted(values)[:{m}]",),
             lambda values: sorted(values)[::-1][:m]),
        Work("with_last(values)",
         f"a new list: the values in their order, and {k} at the end unless it "
             "is among them", (f"if {k} in values:", "    return values[:]",
              f"return values + [{k}]"),
             (f"values.append({k})", "return values"),
             lambda values: [*values] if k in values else [*values, k]),
        Work("joined(values)", f"a new list: the values, and after them each of them times {k}",
             ("made = values[:]", "for n in values:", f"    made.append(n * {k})", "return made"),
             ("made = values[:]", f"made.append(values * {k})", "return made"),
             lambda values: [*values, *(n * k for n in values)]),
    )  # fmt: skip
    rows = [_numbers(draw, 5), [], [k], [k, 1, k + 1, 30, 29, 28]]
    return written(work, rows, "lists", _CHANGES)


def _two_names(draw: Draw) -> Draft:
    values, n, m = _numbers(draw, 3), draw.integer(60, 79), draw.integer(80, 99)
    copied, sliced = list(values), draw.pick("a.copy()", "a[:]", "list(a)")
    same = draw.coin()
    lines = [f"a = {values}", f"b = {'a' if same else sliced}", f"a.append({n})", f"b.append({m})"]
    one = [*values, n, *([m] if same else [])]
    other = one if same else [*copied, m]
    ask, key, slip = draw.pick(("a", one, [*values, n] if same else [*values, n, m]),
                               ("b", other, [*values, m] if same else [*values, n, m]),
                               ("len(a)", len(one), len(values) + (1 if same else 2)))  # fmt: skip
    wrong = [(slip, "assignment-copies" if same else ""), (values, "function-gets-copy")]
    wrong.append((len(values) if ask == "len(a)" else [*values, m, n], ""))
    return printed(draw, ([*lines, f"print({ask})"], key, wrong), _ARROWS)


def _true_names(draw: Draw) -> Draft:
    values, n = _numbers(draw, 3), draw.integer(60, 99)
    lines = [f"a = {values}", "b = a", "c = a.copy()", f"b.append({n})"]
    right = draw.pick("a is b", "a == b", f"len(a) == {len(values) + 1}", f"a[-1] == {n}",
     "c == a[:-1]",
                      f"len(c) == {len(values)}")  # fmt: skip
    others = [("a is c", "assignment-copies"), ("a == c", "equal-is-same"),
     ("b is c", "equal-is-same"),
              (f"c[-1] == {n}", "rebinding-changes"),
               (f"len(a) == {len(values)}", "assignment-copies"),
              (f"a[-1] == {values[-1]}", "assignment-copies")]  # fmt: skip
    return which(draw, _TRUE, lines, right, draw.some(others, 3), _ARROWS)


def _handed_over(draw: Draw) -> Draft:
    values, n = _numbers(draw, 3), draw.integer(60, 99)
    body, key, idea = draw.pick(
        ([f"things.append({n})"], [*values, n], "function-gets-copy"),
        ([f"things = things + [{n}]"], values, "rebinding-changes"),
        (["things.pop()"], values[:-1], "function-gets-copy"),
        ([f"things = [{n}]"], values, "rebinding-changes"),
        (["things = things.copy()", f"things.append({n})"], values, "rebinding-changes"),
        ([f"things[0] = {n}"], [n, *values[1:]], "function-gets-copy"),
        (["things.sort()"], sorted(values), "function-gets-copy"),
        (["things = sorted(things)"], values, "rebinding-changes"),
    )
    lines = [
        *block("def change(things):", *body),
        "",
        f"values = {values}",
        "change(values)",
        "print(values)",
    ]
    slips = [values, [*values, n], values[:-1], [n], sorted(values), [n, *values[1:]]]
    near = [(slip, idea) for slip in slips if slip != key]
    return printed(draw, (lines, key, [*draw.some(near, 3), (None, "")]), _ARROWS)


def _copy_gap(draw: Draw) -> Draft:
    values, n = _numbers(draw, 3), draw.integer(60, 99)
    keep = draw.coin()
    right = draw.pick("row.copy()", "row[:]", "list(row)", "row + []") if keep else "row"
    others = [("row", "assignment-copies"), ("row.append", ""), ("[row]", "equal-is-same"),
              ("row.sort()", "")]  # fmt: skip
    if not keep:
        others = [("row.copy()", "equal-is-same"), ("row[:]", "equal-is-same"), ("list(row)", "")]
    lines = [f"row = {values}", "other = ___", f"other.append({n})", "print(row, len(other))"]
    wanted = f"{values if keep else [*values, n]} {len(values) + 1}"
    return gap(draw, lines, right, draw.some(others, 3), wanted)


def _mend_copy(draw: Draw) -> Draft:
    values, k = _numbers(draw, 4), draw.integer(2, 9)
    way, wanted = draw.pick(("made.sort()", sorted(values)), (f"made.append({k})", [*values, k]),
                            ("made.reverse()", values[::-1]),
                             ("made.pop()", values[:-1]))  # fmt: skip
    lines = block("def work(values):", "made = values", way, "return made")
    lines += ["", f"old = {values}", "print(work(old), old)"]
    others = [(4, "return made.copy()", "assignment-copies"),
     (3, way.replace("made", "values"), "function-gets-copy"),
              (4, "return values.copy()", "rebinding-changes"), (7, "print(old, work(old))", ""),
              (2, "made = [values]", "equal-is-same")]  # fmt: skip
    right = (2, draw.pick("made = values.copy()", "made = values[:]"))
    return mended(draw, lines, right, draw.some(others, 3))(f"{wanted} {values}", _ARROWS)


def _alias_task(draw: Draw) -> Draft:
    k, m = draw.integer(2, 60), draw.integer(2, 9)
    rows: tuple[_New, ...] = (
        ("with_end", f"a new list with {k} at its end", ["made = values[:]", f"made.append({k})"],
         ["made = values", f"made.append({k})"], lambda values: [*values, k]),
        ("in_order", f"a new list with the values in order, each times {m}",
         ["made = sorted(values)", "for i in range(len(made)):", f"    made[i] = made[i] * {m}"],
         ["made = values", "made.sort()", "for i in range(len(made)):",
          f"    made[i] = made[i] * {m}"],
         lambda values: [n * m for n in sorted(values)]),
        ("turned", f"a new list that goes backwards, with {k} in front",
         ["made = values[::-1]", f"made.insert(0, {k})"], ["made = values", "made.reverse()",
          f"made.insert(0, {k})"], lambda values: [k, *reversed(values)]),
        ("raised",
         f"a new list in which the first value is larger by {k}; an empty one for an empty list",
         ["made = values.copy()", "if made:", f"    made[0] += {k}"],
         ["made = values", "if made:", f"    made[0] += {k}"],
         lambda values: [n + (0 if i else k) for i, n in enumerate(values)]),
    )  # fmt: skip
    name, ask, body, slip, key = draw.pick(*rows)
    work = Work(f"{name}(values)", f"{ask}; the list that was handed over stays as it was",
                (*body, "return made"), (*slip, "return made"), key)  # fmt: skip
    made = written(work, [[3, 1, 2], [5], [], _numbers(draw, 4)], "names", _ARROWS)
    if made.code is None:
        return made
    tests = made.code.tests + (
        f"\n\ndef test_the_list_stays_as_it_was():\n    values = [3, 1, 2]\n    {name}(values)\n"
        "    assert values == [3, 1, 2]\n"
    )
    return replace(made, code=replace(made.code, tests=tests))


def indexing_and_slicing(draw: Draw) -> Draft:
    """Single signs, slices, and walks over places."""
    return by_level(
        draw, _slice_gap, placed, _true_place, placed, _mend_place, _walked_places, _place_task
    )


def list_methods(draw: Draw) -> Draft:
    """Methods that change a list, one after the other."""
    return by_level(draw, _list_gap, altered, _in_a_row, altered, _mend_sorted, _list_task)


def aliasing(draw: Draw) -> Draft:
    """Two names for one list, copies, and lists that are handed over."""
    return by_level(
        draw,
        _copy_gap,
        shared,
        _true_names,
        _two_names,
        shared,
        _handed_over,
        _mend_copy,
        _alias_task,
    )
