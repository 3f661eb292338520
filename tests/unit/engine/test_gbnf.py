"""Grammars let through what a schema allows, held against Python's own expressions.

A grammar without recursion is a regular expression in other words, so it is turned into one.
"""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.gbnf.rules import LAST_CHARACTER, UnsupportedError, without
from assistant.engine.gbnf.schema import gbnf_of

_UNIT = re.compile(
    r"""(?P<literal>"(?:[^"\\]|\\.)*")|(?P<class>\[(?:[^\]\\]|\\.)*\])|(?P<name>[a-z]\w*)"""
    r"""|(?P<other>[()|?*+]|\{\d+,?\d*\})|\s+"""
)


def as_expression(schema: object) -> re.Pattern[str]:
    """The grammar of a schema as an expression for a whole match."""
    rules = dict(line.split(" ::= ", 1) for line in gbnf_of(json.dumps(schema)).splitlines())

    def said(name: str) -> str:
        def unit(found: re.Match[str]) -> str:
            if found["literal"]:
                text: str = found["literal"][1:-1]
                plain = re.sub(r"\\(.)", lambda e: {"n": "\n"}.get(e[1], e[1]), text)
                return "(?:" + re.escape(plain) + ")"
            if found["class"]:
                return found["class"]
            if found["name"]:
                return f"(?:{said(found['name'])})"
            return (found["other"] or "").replace("(", "(?:")

        return _UNIT.sub(unit, rules[name])

    return re.compile(said("root"), re.DOTALL)


def lets(expression: re.Pattern[str], value: str) -> bool:
    return expression.fullmatch(value) is not None


small = st.integers(-130, 1300)


@given(small, small, st.booleans(), st.booleans())
def test_whole_numbers_stay_within_their_bounds(
    one: int, other: int, low_open: bool, high_open: bool
) -> None:
    low, high = sorted((one, other))
    schema = {
        "type": "integer",
        "exclusiveMinimum" if low_open else "minimum": low,
        "exclusiveMaximum" if high_open else "maximum": high,
    }
    allowed = set(range(low + low_open, high - high_open + 1))
    if not allowed:
        with pytest.raises(UnsupportedError):
            gbnf_of(json.dumps(schema))
        return
    expression = as_expression(schema)
    tried = range(low - 12, high + 13)
    assert {n for n in tried if lets(expression, str(n))} == allowed
    assert not lets(expression, "-0")
    assert not lets(expression, "007")


@given(small, small, st.integers(0, 3))
def test_numbers_stay_within_their_bounds(one: int, other: int, decimals: int) -> None:
    low, high = sorted((one / 10**decimals, other / 10**decimals))
    expression = as_expression({"type": "number", "minimum": low, "maximum": high})
    for tenths in range(int(low * 100) - 120, int(high * 100) + 120, 7):
        text = f"{tenths / 100:.2f}"
        if lets(expression, text):
            assert low <= float(text) <= high
        elif not text.startswith("-0.00"):
            assert not low <= float(text) <= high
    # The bound itself, with or without zeros behind it.
    written = [f"{low:.{places}f}" for places in range(4)]
    assert any(lets(expression, text) for text in written if float(text) == low) or low == 0


@given(st.integers(-40, 40))
def test_a_number_with_one_bound_keeps_to_it(bound: int) -> None:
    above = as_expression({"type": "integer", "minimum": bound})
    below = as_expression({"type": "integer", "maximum": bound})
    for value in (*range(-60, 61), 10**9, -(10**9)):
        assert lets(above, str(value)) == (value >= bound)
        assert lets(below, str(value)) == (value <= bound)


def test_every_day_is_one_of_the_calendar() -> None:
    expression = as_expression({"type": "string", "format": "date"})
    for year in (1900, 1904, 1999, 2000, 2023, 2024):
        for month in range(14):
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                try:
                    date.fromisoformat(text)
                except ValueError:
                    assert not lets(expression, f'"{text}"')
                else:
                    assert lets(expression, f'"{text}"')


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^[A-Z]{2}-\d{3,5}$", ["AB-123", "ZZ-00000"], ["AB-12", "ab-123", "AB-123456", ""]),
        (r"^(yes|no)?$", ["", "yes", "no"], ["maybe"]),
        (r"^a+?(?:b|c)*\.$", ["a.", "aabcb."], ["b.", "a"]),
        (r'^"\\$', ['"\\'], ["\\", '"']),
        (r"^[^a-c\d]{1,2}$", ["d", "xy"], ["a", "1", "xyz"]),
        (r"^[\w.-]+@[a-z]+$", ["a.b-c@d"], ["@d", "a b@c"]),
        (r"b", ["b", "abc"], ["ac"]),
        (r"^a|b$", ["a", "axx", "xxb"], ["xx"]),
        (r"^\u0041\x42$", ["AB"], ["ab"]),
        (r"^[]a]$", ["]", "a"], ["b"]),
        (r"^(?P<word>\S+)$", ["x"], [" "]),
        ("^é{2}$", ["éé"], ["é"]),
    ],
)
def test_a_pattern_lets_through_what_matches(pattern: str, yes: list[str], no: list[str]) -> None:
    expression = as_expression({"type": "string", "pattern": pattern})
    assert [
        text for text in yes if not lets(expression, json.dumps(text, ensure_ascii=False))
    ] == []
    assert [text for text in no if lets(expression, json.dumps(text, ensure_ascii=False))] == []


@pytest.mark.parametrize(
    "pattern",
    [r"^(?=a)a$", r"^(a)\1$", r"^\bword$", "^(a$", "^a)$", "^[z-a]$", "^a**$", "^[$", "a{x}"],
)
def test_a_pattern_that_is_more_than_a_grammar_is_refused(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        gbnf_of(json.dumps({"type": "string", "pattern": pattern}))


def test_blanks_cannot_go_on_for_ever() -> None:
    schema = {"type": "array", "items": {"type": "string"}}
    expression = as_expression(schema)
    assert lets(expression, '["a", "b"]')
    assert lets(expression, '["def f():\\n        return"]')
    assert not lets(expression, '["a",  "b"]')
    assert not lets(expression, '[ "a"]')
    assert not lets(expression, '["a' + " " * 18 + 'b"]')
    assert not lets(expression, '["a' + "\\n" * 18 + 'b"]')


def test_strings_hold_nothing_that_json_does_not_take() -> None:
    expression = as_expression({"type": "string"})
    for text in ('"a\nb"', '"\\ud800"', '"\x7f"', '"a"b"'):
        assert not lets(expression, text)
    for text in ('"say \\"hi\\""', '"a\\\\b"', '"λ 🙂"', '""'):
        assert lets(expression, text)


def test_each_property_that_may_be_left_out_may_be() -> None:
    schema = {
        "type": "object",
        "properties": {name: {"const": 1} for name in "abcd"},
        "required": ["b"],
    }
    expression = as_expression(schema)
    for mask in range(16):
        names = [name for place, name in enumerate("abcd") if mask >> place & 1]
        text = json.dumps(dict.fromkeys(names, 1))
        assert lets(expression, text) == ("b" in names)


def test_parts_that_hold_together_are_one() -> None:
    schema = {
        "$defs": {"n": {"type": "number", "minimum": 3}},
        "allOf": [{"$ref": "#/$defs/n"}, {"type": "integer", "maximum": 5}],
        "description": "both",
    }
    expression = as_expression(schema)
    assert [n for n in range(9) if lets(expression, str(n))] == [3, 4, 5]


def test_an_alternative_that_cannot_be_kept_to_is_left_out() -> None:
    schema = {"anyOf": [{"type": "string", "pattern": "^(?!x)$"}, {"type": "null"}]}
    assert lets(as_expression(schema), "null")


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"type": "null"}},
        {"type": "array", "minItems": 3, "maxItems": 2},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"type": "string", "minLength": 5000},
        {"enum": []},
        {"type": "string", "enum": [1]},
        {"$ref": "#/nowhere"},
        {"type": "object", "required": ["a"], "additionalProperties": False},
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "integer", "minimum": "3"},
        {"type": "object", "properties": [], "required": 3},
        False,
        3,
    ],
)
def test_a_schema_that_nothing_satisfies_or_nobody_can_keep_is_refused(schema: object) -> None:
    with pytest.raises(UnsupportedError) as caught:
        gbnf_of(json.dumps(schema))
    assert caught.value.code == "schema_unusable"


ranges = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p))))


@given(ranges, ranges)
def test_ranges_without_others(kept: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    def points(parts: list[tuple[int, int]]) -> set[int]:
        return {point for low, high in parts for point in range(low, high + 1)}

    left = without(kept, taken)
    assert points(left) == points(kept) - points(taken)
    assert left == sorted(left)
    assert all(high <= LAST_CHARACTER for _, high in left)
