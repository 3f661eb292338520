"""References of a JSON Schema followed, and parts that hold together made one."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from assistant.engine.gbnf.rules import UnsupportedError

Schema = Mapping[str, Any]

_ONLY_WORDS = frozenset(
    {
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default",
        "examples", "example", "deprecated", "readOnly", "writeOnly", "discriminator",
        "contentMediaType", "contentEncoding", "uniqueItems",
    }
)  # fmt: skip
"""Keywords that say nothing about what may be written. Of ``uniqueItems`` the reader takes care:
no grammar can."""
_UNKNOWN_TO_GRAMMARS = frozenset(
    {
        "not", "if", "then", "else", "contains", "minContains", "maxContains", "patternProperties",
        "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties",
        "unevaluatedItems", "$dynamicRef",
    }
)  # fmt: skip
_HIGHER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_LOWER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def meaning(schema: Schema) -> dict[str, Any]:
    """A schema without what says nothing.

    Raises:
        UnsupportedError: It has a keyword that cannot be kept to.
    """
    for keyword in _UNKNOWN_TO_GRAMMARS & schema.keys():
        raise UnsupportedError(f"it has “{keyword}”")
    return {key: value for key, value in schema.items() if key not in _ONLY_WORDS}


def as_schema(value: object) -> Schema:
    """What stands where a schema is expected; ``true`` is the one that allows everything.

    Raises:
        UnsupportedError: It is none, or allows nothing.
    """
    if value is True:
        return {}
    if not isinstance(value, Mapping):
        raise UnsupportedError("something that is not a schema stands where one is expected")
    return value  # pyright: ignore[reportUnknownVariableType] - JSON, looked at key by key


def resolve(root: Schema, reference: object) -> Schema:
    """The part of a schema that a reference names.

    Raises:
        UnsupportedError: It lies outside, or there is nothing.
    """
    if not isinstance(reference, str) or not reference.startswith("#"):
        raise UnsupportedError("a $ref leads outside the schema")
    found: object = root
    for step in unquote(reference[1:]).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping) and name in found:
            found = found[name]  # pyright: ignore[reportUnknownVariableType] - JSON
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):  # pyright: ignore[reportUnknownArgumentType] - JSON
            found = found[int(name)]  # pyright: ignore[reportUnknownVariableType] - JSON
        else:
            raise UnsupportedError("a $ref leads nowhere")
    return as_schema(found)  # pyright: ignore[reportUnknownArgumentType] - JSON


def together(one: Schema, other: Schema) -> dict[str, Any]:
    """A schema that allows what both allow.

    Raises:
        UnsupportedError: They cannot be brought together.
    """
    merged = dict(one)
    for key, value in other.items():
        merged[key] = _both(key, merged[key], value) if key in merged else value
    return merged


def _both(key: str, one: Any, other: Any) -> Any:  # noqa: ANN401 - JSON, keyword by keyword
    if one == other:
        return one
    if key in _HIGHER:
        return max(one, other)
    if key in _LOWER:
        return min(one, other)
    if key == "additionalProperties" and (one is False or other is False):
        return False
    join = _JOINED.get(key)
    if join is None:
        raise UnsupportedError(f"parts of an allOf differ in “{key}”")
    return join(one, other)


def _properties(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    shared = {name: {"allOf": [one[name], other[name]]} for name in one if name in other}
    return {**one, **other, **shared}


def _types(one: Any, other: Any) -> Any:  # noqa: ANN401 - JSON
    if {"integer", "number"} == {str(one), str(other)}:
        return "integer"
    kinds = [kind for kind in _listed(one) if kind in _listed(other)]
    if not kinds:
        raise UnsupportedError("parts of an allOf are of different types")
    return kinds[0] if len(kinds) == 1 else kinds


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType] - JSON


_JOINED: dict[str, Callable[[Any, Any], Any]] = {
    "properties": _properties,
    "required": lambda one, other: list(dict.fromkeys([*one, *other])),
    "enum": lambda one, other: [value for value in one if value in other],
    "type": _types,
}
