"""What is said of a finished value that is not of its schema."""

from typing import Any

import pytest

from assistant.domain.errors import UserFacingError
from assistant.services.schema_check import problems
from assistant.services.shapes import InvalidAnswer, schema_shape

TREE: dict[str, Any] = {
    "$defs": {
        "node": {
            "type": "object",
            "properties": {
                "n": {"type": "integer", "minimum": 0, "exclusiveMaximum": 10},
                "below": {"type": "array", "items": {"$ref": "#/$defs/node"}, "maxItems": 2},
            },
            "required": ["n"],
            "additionalProperties": False,
        }
    },
    "$ref": "#/$defs/node",
}


@pytest.mark.parametrize(
    ("schema", "good", "bad", "words"),
    [
        ({"type": "integer"}, 3.0, True, "it must be integer"),
        ({"type": ["string", "null"]}, None, 0, "it must be string or null"),
        ({"enum": [1, "a", [True]]}, [True], [1], "it must be one of"),
        ({"const": {"a": 1}}, {"a": 1.0}, {"a": True}, 'it must be {"a": 1}'),
        ({"minLength": 2, "maxLength": 3}, "äöü", "a", "it must have at least 2 characters"),
        ({"pattern": "^[a-c]+$"}, "abc", "abd", "it must match"),
        ({"format": "date"}, "2024-02-29", "2023-02-29", "it must be a date"),
        ({"format": "date-time"}, "2024-02-29T10:00:00Z", "2024-02-29T10:00:00", "a date-time"),
        ({"multipleOf": 0.01}, 19.99, 19.999, "it must be a multiple of 0.01"),
        ({"minimum": 1, "maximum": 2}, 1.5, 2.5, "it must be at most 2"),
        ({"uniqueItems": True}, [1, True, "1"], [1, 1.0], "it must not have the same item twice"),
        ({"prefixItems": [{"type": "string"}], "items": False}, ["a"], ["a", 1], "it[1] must not"),
        ({"contains": {"const": 1}}, [0, 1], [0], "it must have at least 1 such items"),
        ({"required": ["a"]}, {"a": None}, {"b": 1}, "it must have “a”"),
        ({"patternProperties": {"^x": {"type": "null"}}}, {"x": None}, {"xy": 1}, "it.xy must be"),
        ({"additionalProperties": False}, {}, {"b": 1}, "it.b must not be there"),
        ({"propertyNames": {"maxLength": 1}}, {"a": 1}, {"ab": 1}, "the name it.ab"),
        ({"dependentRequired": {"a": ["b"]}}, {"b": 1}, {"a": 1}, "it must have “b”"),
        ({"anyOf": [{"type": "null"}, {"minimum": 3}]}, 4, 2, "it fits none"),
        ({"oneOf": [{"minimum": 3}, {"minimum": 5}]}, 4, 6, "fits 2"),
        ({"not": {"type": "string"}}, 1, "a", "it is what it must not be"),
        ({"if": {"minimum": 3}, "then": {"const": 5}, "else": {"const": 1}}, 1, 4, "it must be 5"),
        (TREE, {"n": 1, "below": [{"n": 2}]}, {"n": 1, "below": [{"n": 10}]}, "it.below[0].n"),
        (False, None, None, ""),
    ],
)
def test_what_does_not_satisfy_a_schema_is_said_with_its_place(
    schema: Any, good: object, bad: object, words: str
) -> None:
    if schema is False:
        assert problems(1, {"allOf": [False]}) == ["it must not be there"]
        return
    assert problems(good, schema) == []
    assert any(words in each for each in problems(bad, schema)), problems(bad, schema)


@pytest.mark.parametrize(
    "schema",
    [{"type": 3}, {"type": "nonsense"}, {"minimum": "a"}, {"enum": 3}, {"$ref": "http://a/b"}],
)
def test_a_schema_that_is_none_is_told_apart_from_a_wrong_value(schema: dict[str, Any]) -> None:
    with pytest.raises(UserFacingError) as raised:
        problems(1, schema)
    assert raised.value.code == "schema_unusable"


def test_a_schema_that_leads_to_itself_ends() -> None:
    assert problems(1, {"$ref": "#"}) == ["it is nested too deep, or the schema leads to itself"]


def test_a_structured_answer_is_held_to_what_no_grammar_can() -> None:
    shape = schema_shape({"type": "array", "items": {"type": "integer"}, "uniqueItems": True})
    assert shape.read("[1, 2]") == [1, 2]
    with pytest.raises(InvalidAnswer, match="same item twice"):
        shape.read("[1, 1]")


@pytest.mark.parametrize("pattern", ["(a", r"(a)\1", "(?<=a)b", "(?i)a"])
def test_a_pattern_that_cannot_be_looked_for_is_said_to_be_unusable(pattern: str) -> None:
    with pytest.raises(UserFacingError) as failure:
        problems("aa", {"pattern": pattern})
    assert failure.value.code == "schema_unusable"


def test_a_pattern_that_would_explode_is_answered() -> None:
    text = "a" * 40 + "!"
    assert problems(text, {"pattern": "^(a+)+$"}) == ["it must match /^(a+)+$/"]
    names = {"patternProperties": {"^(a|a)*$": False}}
    assert problems({text: 1}, names) == []
