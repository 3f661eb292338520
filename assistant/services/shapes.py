"""What a structured answer has to look like, and how its text becomes a value."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from assistant.services.json_reading import candidates
from assistant.services.schema_check import problems

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

_MOST_ERRORS = 5


class InvalidAnswer(ValueError):  # noqa: N818 - it is what the answer is
    """A text that is not what was asked for; says in words for a model what is wrong."""


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """One kind of answer.

    Args:
        schema: Its JSON Schema.
        validate: Makes a value of what was read; raises ``InvalidAnswer``.
    """

    schema: Mapping[str, Any]
    validate: Callable[[Any], T]

    def read(self, text: str) -> T:
        """The first value in the text that is of this shape.

        Raises:
            InvalidAnswer: There is none.
        """
        problem = InvalidAnswer("There is no JSON in it.")
        for value in candidates(text):
            try:
                return self.validate(value)
            except InvalidAnswer as error:
                problem = error
        raise problem


def model_shape(model: type[Model]) -> Shape[Model]:
    """An instance of a pydantic model."""
    adapter = TypeAdapter(model)

    def validate(value: Any) -> Model:  # noqa: ANN401 - JSON
        try:
            # As JSON, so that days, times and enums are read from their texts in strict mode too.
            return adapter.validate_json(json.dumps(value))
        except (ValidationError, RecursionError) as error:
            raise InvalidAnswer(_in_words(error)) from error

    return Shape(adapter.json_schema(schema_generator=_SchemaForModels), validate)


def schema_shape(schema: Mapping[str, Any]) -> Shape[Any]:
    """A value of a JSON Schema; see ``schema_check``."""

    def validate(value: Any) -> Any:  # noqa: ANN401 - JSON
        if wrong := problems(value, schema):
            raise InvalidAnswer("; ".join(wrong))
        return value

    return Shape(schema, validate)


def pattern_shape(pattern: str) -> Shape[str]:
    """A text that matches a regular expression; see ``assistant.engine.gbnf.patterns``."""
    return _text_shape({"type": "string", "pattern": pattern}, f"It must match /{pattern}/.")


def choice_shape(options: Sequence[str]) -> Shape[str]:
    """One of several texts.

    Raises:
        ValueError: There are none.
    """
    if not options:
        raise ValueError("there is nothing to choose from")
    return _text_shape(
        {"enum": list(options)}, f"It must be one of {', '.join(options)}.", frozenset(options)
    )


def _text_shape(
    schema: Mapping[str, Any], wanted: str, options: frozenset[str] | None = None
) -> Shape[str]:
    def validate(value: Any) -> str:  # noqa: ANN401 - JSON
        if not isinstance(value, str) or (options is not None and value not in options):
            raise InvalidAnswer(wanted)
        return value

    return Shape(schema, validate)


class _SchemaForModels(GenerateJsonSchema):
    """As pydantic writes it, but for what a small model is likely to get wrong.

    Sums of money are numbers and never text; times are without an offset, as people say them,
    unless the field wants one.
    """

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, of so many decimals."""
        bounds = {
            "minimum": schema.get("ge"),
            "exclusiveMinimum": schema.get("gt"),
            "maximum": schema.get("le"),
            "exclusiveMaximum": schema.get("lt"),
        }
        value: JsonSchemaValue = {"type": "number"} | {
            name: float(bound) for name, bound in bounds.items() if bound is not None
        }
        places = schema.get("decimal_places")
        return value if places is None else value | {"multipleOf": float(f"1e-{places}")}

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        """With an offset only where the field wants one."""
        aware = schema.get("tz_constraint") == "aware"
        return {"type": "string", "format": "date-time" if aware else "date-time-local"}

    def time_schema(self, schema: core_schema.TimeSchema) -> JsonSchemaValue:
        """With an offset only where the field wants one."""
        aware = schema.get("tz_constraint") == "aware"
        return {"type": "string", "format": "time" if aware else "time-local"}


def _in_words(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "It is nested too deep."
    rows = [
        f"{'.'.join(str(step) for step in row['loc']) or 'it'}: {row['msg']}"
        for row in error.errors(include_url=False, include_context=False)
    ]
    more = len(rows) - _MOST_ERRORS
    return "; ".join(rows[:_MOST_ERRORS]) + (f"; and {more} more" if more > 0 else "")
