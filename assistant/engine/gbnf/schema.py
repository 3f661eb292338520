"""A JSON Schema as a grammar.

Every text that the grammar lets through is JSON that satisfies the schema; not everything that
satisfies it is let through. So properties come in the order in which they are declared, others
only where none is declared; numbers have no exponent; there is one blank at most after a comma
or a colon and none elsewhere, so that a small model cannot get lost in blanks. Alternatives that
no grammar can express are left out while another one remains.

The converter that comes with llama-cpp-python lets through line breaks inside strings, halves of
surrogate pairs, numbers beyond their bounds or beyond every float, days such as 31 February, and
writes literals with a backslash wrongly: hence this one.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from assistant.engine.gbnf import numbers, patterns, strings
from assistant.engine.gbnf.merging import Schema, as_schema, meaning, resolve, together
from assistant.engine.gbnf.rules import ROOT, Rules, UnsupportedError, choice, literal, repeated

_TYPES = ("object", "array", "string", "number", "boolean", "null")


def gbnf_of(json_schema: str) -> str:
    """The grammar of a JSON Schema, given as text.

    Raises:
        UnsupportedError: It is no JSON Schema, or cannot be expressed.
    """
    try:
        return _Compiler(as_schema(json.loads(json_schema))).text()
    except RecursionError as error:
        raise UnsupportedError("it is nested too deep") from error
    # A keyword whose value is of another kind than it must be.
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnsupportedError("it is not well formed") from error


class _Compiler:
    """Makes the rules of one schema."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._rules = Rules()
        self._references: dict[str, str] = {}
        self._any = ""
        self._writers: dict[str, Callable[[Schema], str]] = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": numbers.integer,
            "number": numbers.number,
            "boolean": lambda _: '("true" | "false")',
            "null": lambda _: '"null"',
        }
        self._comma = self._rules.add('"," " "?')
        self._colon = self._rules.add('":" " "?')

    def text(self) -> str:
        """The whole grammar."""
        self._rules.define(ROOT, self._rule(self._root))
        return self._rules.text()

    def _rule(self, value: object) -> str:
        """The name of a rule for a schema."""
        schema = meaning(as_schema(value))
        if not schema:
            return self._anything()
        if set(schema) == {"$ref"}:
            return self._reference(schema["$ref"])
        return self._rules.add(self._body(schema))

    def _reference(self, reference: str) -> str:
        name = self._references.get(reference)
        if name is None:
            # Known before it is read: a schema may contain itself.
            name = self._references[reference] = self._rules.reserve()
            try:
                self._rules.define(name, self._rule(resolve(self._root, reference)))
            except UnsupportedError:
                del self._references[reference]
                raise
        return name

    def _body(self, schema: Schema) -> str:
        if "$ref" in schema or "allOf" in schema:
            return self._rule(self._flat(schema))
        if "const" in schema or "enum" in schema:
            return self._listed(schema)
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                rest = {key: value for key, value in schema.items() if key != keyword}
                return self._either([self._beside(rest, option) for option in schema[keyword]])
        kind = schema.get("type") or _guessed(schema)
        if isinstance(kind, list):
            return self._either([{**schema, "type": each} for each in kind])  # pyright: ignore[reportUnknownVariableType] - JSON
        writer = self._writers.get(str(kind))
        if writer is None:
            raise UnsupportedError(f"there is no type “{kind}”")
        return writer(schema)

    def _beside(self, rest: Schema, option: object) -> Schema:
        schema = as_schema(option)
        return {"allOf": [rest, schema]} if rest else schema

    def _flat(self, schema: Schema, depth: int = 0) -> Schema:
        """Without references and ``allOf`` at its top."""
        if depth > 50:  # noqa: PLR2004 - a reference that leads to itself
            raise UnsupportedError("a $ref leads to itself")
        merged = {k: v for k, v in meaning(schema).items() if k not in ("$ref", "allOf")}
        parts: list[object] = list(schema.get("allOf", []))
        if "$ref" in schema:
            parts.append(resolve(self._root, schema["$ref"]))
        for part in parts:
            merged = together(merged, self._flat(as_schema(part), depth + 1))
        return merged

    def _either(self, options: Sequence[Schema]) -> str:
        """One of several; those that cannot be expressed are left out."""
        bodies: list[str] = []
        problem = UnsupportedError("an anyOf has no alternative")
        for option in options:
            try:
                bodies.append(self._rule(option))
            except UnsupportedError as error:
                problem = error
        if not bodies:
            raise problem
        return choice(bodies)

    def _listed(self, schema: Schema) -> str:
        values: list[Any] = schema["enum"] if "enum" in schema else [schema["const"]]
        if "const" in schema:
            values = [value for value in values if value == schema["const"]]
        kind = schema.get("type")
        kinds = [kind] if isinstance(kind, str) else kind
        allowed = [value for value in values if kinds is None or _is_of(value, kinds)]
        if not allowed:
            raise UnsupportedError("an enum has no value of its type")
        return choice(literal(json.dumps(value, ensure_ascii=False)) for value in allowed)

    def _anything(self) -> str:
        """Any value at all."""
        if not self._any:
            self._any = self._rules.reserve()
            options = [self._rules.add(self._writers[kind]({})) for kind in _TYPES]
            self._rules.define(self._any, choice(options))
        return self._any

    def _string(self, schema: Schema) -> str:
        if "pattern" not in schema:
            return strings.string(self._rules, schema)
        if strings.length_of(schema) != (0, None):
            raise UnsupportedError("a string has a pattern and a length")
        return patterns.pattern(schema["pattern"])

    def _array(self, schema: Schema) -> str:
        least, most = strings.count_of(schema, "minItems", "maxItems")
        first: list[object] = list(schema.get("prefixItems", []))
        items: object = schema.get("items", True)
        if isinstance(items, list):  # as schemas had it before 2020
            first, items = items, schema.get("additionalItems", True)  # pyright: ignore[reportUnknownVariableType] - JSON
        if not first:
            if items is False:
                most = 0
            return f'"[" {self._some(items, least, most)} "]"'.replace("  ", " ")
        names = [self._rule(item) for item in first]  # pyright: ignore[reportUnknownVariableType] - JSON
        if most is not None and most < len(names):
            names = names[:most]
        row = f" {self._comma} ".join(names)
        more = least - len(names)
        if more > 0:
            if items is False:
                raise UnsupportedError("an array has to be longer than its items")
            item = self._rules.add(f"{self._comma} {self._rule(items)}")
            row += f" {repeated(item, more, more)}"
        return f'"[" {row} "]"'

    def _some(self, items: object, least: int, most: int | None) -> str:
        """So many items with commas between; nothing where there is none."""
        if most is not None and most < least:
            raise UnsupportedError("an array has more items at least than at most")
        if most == 0:
            return ""
        item = self._rule(items)
        following = self._rules.add(f"{self._comma} {item}")
        rest = repeated(following, max(0, least - 1), None if most is None else most - 1)
        row = f"{item} {rest}".strip()
        return row if least else f"({row})?"

    def _object(self, schema: Schema) -> str:
        properties: dict[str, object] = dict(schema.get("properties", {}))
        required: list[str] = list(schema.get("required", []))
        others: object = schema.get("additionalProperties", True)
        if not properties and not required:
            return self._map(schema, others)
        for name in required:
            if name not in properties:
                if others is False:
                    raise UnsupportedError("a property is required and not allowed")
                properties[name] = others
        least, most = strings.count_of(schema, "minProperties", "maxProperties")
        if least > len(required) or (most is not None and most < len(properties)):
            raise UnsupportedError("an object has properties and a number of them")
        return f'"{{" {self._members(properties, frozenset(required))} "}}"'

    def _members(self, properties: dict[str, object], required: frozenset[str]) -> str:
        """The properties in order, those that are not required each with or without.

        Made from the last to the first: what may follow once something stands before it, and
        what may begin. Both may be left out while nothing that is required is among them.
        """
        after, begin, needed = "", "", False
        for name, schema in reversed(list(properties.items())):
            key = literal(json.dumps(name, ensure_ascii=False))
            try:
                member = self._rules.add(f"{key} {self._colon} {self._rule(schema)}")
            except UnsupportedError:
                if name in required:
                    raise
                continue  # what may be left out and cannot be kept to is left out
            rest = after if needed or not after else f"{after}?"
            first = self._rules.add(f"{member} {rest}".strip())
            more = self._rules.add(f"{self._comma} {first}")
            if name in required:
                after, begin, needed = more, first, True
            else:
                after = self._rules.add(choice(filter(None, (more, after))))
                begin = self._rules.add(choice(filter(None, (first, begin))))
        return begin if needed or not begin else f"{begin}?"

    def _map(self, schema: Schema, others: object) -> str:
        least, most = strings.count_of(schema, "minProperties", "maxProperties")
        if others is False:
            if least:
                raise UnsupportedError("an object has to have properties and may not")
            return '"{" "}"'
        names = as_schema(schema.get("propertyNames", True))
        key = self._rule(together({"type": "string"}, self._flat(names)))
        value = self._rule(others)
        member = self._rules.add(f"{key} {self._colon} {value}")
        following = self._rules.add(f"{self._comma} {member}")
        if most == 0:
            return '"{" "}"'
        rest = repeated(following, max(0, least - 1), None if most is None else most - 1)
        row = f"{member} {rest}".strip()
        return f'"{{" {row if least else f"({row})?"} "}}"'


def _guessed(schema: Schema) -> str:
    """The type of a schema that does not say it."""
    for kind, keywords in (
        ("object", ("properties", "required", "additionalProperties", "propertyNames")),
        ("array", ("items", "prefixItems", "minItems", "maxItems")),
        ("string", ("pattern", "minLength", "maxLength", "format")),
        ("number", ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")),
    ):
        if any(keyword in schema for keyword in keywords):
            return kind
    raise UnsupportedError("a part of it says no type that is known")


def _is_of(value: object, kinds: Sequence[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in kinds
    if isinstance(value, int):
        return "integer" in kinds or "number" in kinds
    names: dict[str, type] = {
        "number": float,
        "string": str,
        "array": list,
        "object": dict,
        "null": type(None),
    }
    return any(isinstance(value, names[kind]) for kind in kinds if kind in names)
