"""Whether a value satisfies a JSON Schema, said in words.

The keywords of draft 2020-12 that say something about one value, but for the ``unevaluated`` ones
and references that lead outside. A grammar holds an answer to most of them while it is written;
this is what is said of the finished value, whoever wrote it.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from ipaddress import IPv4Address
from itertools import islice
from typing import Any, Final
from uuid import UUID

from assistant.domain.errors import UserFacingError
from assistant.engine.gbnf.matching import Expression
from assistant.engine.gbnf.merging import Schema, resolve

_MOST_PROBLEMS: Final = 5
_SHOWN: Final = 40


def problems(value: object, schema: Mapping[str, Any]) -> list[str]:
    """What is wrong with a value, each with its place; empty where it satisfies the schema.

    Raises:
        UserFacingError: The schema itself is not sound (``schema_unusable``).
    """
    try:
        return list(islice(_Check(schema).look(value, schema, "it"), _MOST_PROBLEMS))
    except RecursionError:
        return ["it is nested too deep, or the schema leads to itself"]
    # A keyword whose value is of another kind than it must be.
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserFacingError(
            "This JSON Schema is not well formed.",
            "Check its keywords and their values.",
            code="schema_unusable",
        ) from error


class _Check:
    """Looks at values under one schema.

    Args:
        root: Where references lead to.
    """

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._expressions: dict[str, Expression] = {}

    def look(self, value: Any, schema: object, at: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        """What is wrong with a value and all that is in it."""
        if isinstance(schema, bool):
            if not schema:
                yield f"{at} must not be there"
            return
        rules: Mapping[str, Any] = schema  # pyright: ignore[reportAssignmentType] - see ``problems``
        if "$ref" in rules:
            yield from self.look(value, resolve(self._root, rules["$ref"]), at)
        if "type" in rules and not _is_one_of(value, rules["type"]):
            yield f"{at} must be {_words(rules['type'])}"
            return
        yield from _listed(value, rules, at)
        yield from self._combined(value, rules, at)
        yield from self._by_kind(value, rules, at)

    def _by_kind(self, value: Any, rules: Schema, at: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        if isinstance(value, str):
            yield from self._text(value, rules, at)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from _number(value, rules, at)
        elif isinstance(value, list):
            yield from self._array(value, rules, at)  # pyright: ignore[reportUnknownArgumentType] - JSON
        elif isinstance(value, dict):
            yield from self._object(value, rules, at)  # pyright: ignore[reportUnknownArgumentType] - JSON

    def _text(self, value: str, rules: Schema, at: str) -> Iterator[str]:
        names = ("minLength", "maxLength")
        yield from _counted(len(value), rules, names, f"{at} must have", "characters")
        if "pattern" in rules and not self._found(rules["pattern"], value):
            yield f"{at} must match /{rules['pattern']}/"
        reads = _FORMATS.get(str(rules.get("format", "")))
        if reads is not None:
            try:
                reads(value)
            except ValueError:
                yield f"{at} must be a {rules['format']}"

    def _found(self, pattern: str, text: str) -> bool:
        """Whether a regular expression of the schema, which may be anybody's, matches."""
        if pattern not in self._expressions:
            self._expressions[pattern] = Expression(pattern)
        return self._expressions[pattern].found_in(text)

    def _fits(self, value: Any, schema: object) -> bool:  # noqa: ANN401 - JSON
        return next(self.look(value, schema, ""), None) is None

    def _combined(self, value: Any, rules: Schema, at: str) -> Iterator[str]:  # noqa: ANN401 - JSON
        for each in rules.get("allOf", ()):
            yield from self.look(value, each, at)
        if "anyOf" in rules and not any(self._fits(value, each) for each in rules["anyOf"]):
            yield f"{at} fits none of the alternatives"
        if "oneOf" in rules:
            fitting = sum(self._fits(value, each) for each in rules["oneOf"])
            if fitting != 1:
                yield f"{at} must fit one of the alternatives and fits {fitting or 'none'}"
        if "not" in rules and self._fits(value, rules["not"]):
            yield f"{at} is what it must not be"
        if "if" in rules:
            branch = "then" if self._fits(value, rules["if"]) else "else"
            yield from self.look(value, rules.get(branch, True), at)

    def _array(self, value: list[Any], rules: Schema, at: str) -> Iterator[str]:
        yield from _counted(len(value), rules, ("minItems", "maxItems"), f"{at} must have", "items")
        if rules.get("uniqueItems") and any(
            _same(one, other) for place, one in enumerate(value) for other in value[:place]
        ):
            yield f"{at} must not have the same item twice"
        first: list[Any] = rules.get("prefixItems", [])
        rest: Any = rules.get("items", True)
        if isinstance(rest, list):  # as schemas had it before 2020
            first, rest = rest, rules.get("additionalItems", True)  # pyright: ignore[reportUnknownVariableType] - JSON
        for place, item in enumerate(value):
            yield from self.look(
                item, first[place] if place < len(first) else rest, f"{at}[{place}]"
            )
        if "contains" in rules:
            found = sum(self._fits(item, rules["contains"]) for item in value)
            bounds = {"minContains": 1} | dict(rules)
            names = ("minContains", "maxContains")
            yield from _counted(found, bounds, names, f"{at} must have", "such items")

    def _object(self, value: dict[str, Any], rules: Schema, at: str) -> Iterator[str]:
        names = ("minProperties", "maxProperties")
        yield from _counted(len(value), rules, names, f"{at} must have", "properties")
        needed = list(rules.get("required", ()))
        for name, others in rules.get("dependentRequired", {}).items():
            needed += others if name in value else []
        for name in needed:
            if name not in value:
                yield f"{at} must have “{name}”"
        for name, schema in rules.get("dependentSchemas", {}).items():
            if name in value:
                yield from self.look(value, schema, at)
        known: Schema = rules.get("properties", {})
        patterns: Schema = rules.get("patternProperties", {})
        for name, each in value.items():
            place = f"{at}.{name[:_SHOWN]}"
            yield from self.look(name, rules.get("propertyNames", True), f"the name {place}")
            schemas = [known[name]] if name in known else []
            schemas += [patterns[pattern] for pattern in patterns if self._found(pattern, name)]
            for schema in schemas or [rules.get("additionalProperties", True)]:
                yield from self.look(each, schema, place)


def _listed(value: object, rules: Schema, at: str) -> Iterator[str]:
    if "enum" in rules and not any(_same(value, each) for each in rules["enum"]):
        yield f"{at} must be one of {', '.join(map(_shown, rules['enum'][:8]))}"
    if "const" in rules and not _same(value, rules["const"]):
        yield f"{at} must be {_shown(rules['const'])}"


def _number(value: float, rules: Schema, at: str) -> Iterator[str]:
    if not math.isfinite(value):
        yield f"{at} must be a number"
        return
    for name, holds, words in _BOUNDS:
        if name in rules and not holds(value, rules[name]):
            yield f"{at} must be {words} {rules[name]}"
    step = rules.get("multipleOf")
    if step is not None and Fraction(repr(value)) % Fraction(repr(step)):
        yield f"{at} must be a multiple of {step}"


def _counted(
    count: int, rules: Schema, names: tuple[str, str], begin: str, what: str
) -> Iterator[str]:
    least, most = names
    if least in rules and count < rules[least]:
        yield f"{begin} at least {rules[least]} {what}"
    if most in rules and count > rules[most]:
        yield f"{begin} at most {rules[most]} {what}"


def _is_one_of(value: object, kinds: str | list[str]) -> bool:
    return any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool) or kind == "boolean":
        return isinstance(value, bool) and kind == "boolean"
    if kind == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, _KINDS[kind])


def _same(one: object, other: object) -> bool:
    """Equal as JSON: 1 is 1.0, and true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))  # pyright: ignore[reportUnknownArgumentType] - JSON
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    return one == other


def _words(kinds: str | list[str]) -> str:
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _aware(value: str, *, wanted: bool) -> None:
    moment = datetime.fromisoformat(value)
    if (moment.tzinfo is not None) is not wanted:
        raise ValueError("an offset is missing, or too much")


_KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "null": type(None),
}
_BOUNDS: Final[tuple[tuple[str, Callable[[float, float], bool], str], ...]] = (
    ("minimum", lambda value, bound: value >= bound, "at least"),
    ("exclusiveMinimum", lambda value, bound: value > bound, "more than"),
    ("maximum", lambda value, bound: value <= bound, "at most"),
    ("exclusiveMaximum", lambda value, bound: value < bound, "less than"),
)
_FORMATS: Final[dict[str, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "date-time": lambda value: _aware(value, wanted=True),
    "date-time-local": lambda value: _aware(value, wanted=False),
    "uuid": UUID,
    "ipv4": IPv4Address,
}
