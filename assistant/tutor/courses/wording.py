"""Words for what a file's shape gets wrong: which field, what is wrong, what to do."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.tutor.courses.problems import Problem

_WORDS = {
    "string_type": "This must be text between quotes.",
    "int_type": "This must be a whole number, without quotes.",
    "float_type": "This must be a number, without quotes.",
    "list_type": "This must be a list: [ … ].",
    "model_type": "This must be a table with fields of its own.",
    "model_attributes_type": "This must be a table with fields of its own.",
    "string_too_long": "This has more than {max_length} characters; shorten or split it.",
    "too_long": "This has more than {max_length} entries; split it.",
    "too_short": "This needs at least {min_length} entry.",
    "greater_than_equal": "This must be at least {ge:g}.",
    "less_than_equal": "This must be at most {le:g}.",
    "finite_number": "This must be an ordinary number, not inf or nan.",
}
_FIELDS_OF_TEXT = {
    "id": "Ids are in kebab-case: small letters, digits and single hyphens, as in “for-loops”.",
    "misconception": "Name a misconception of this file by its id, in kebab-case.",
    "requires": "Name concepts by their ids, in kebab-case, as in “for-loops”.",
    "concepts": "Name concepts by their ids, in kebab-case, as in “for-loops”.",
    "module": "A module's name has small letters, digits and underscores, and begins with none of "
    "the digits.",
    "language": "Give the language by its code, as in “en” or “de”.",
}


def words_of(
    file: str, error: ValidationError, model: type[BaseModel], raw: Mapping[str, object]
) -> list[Problem]:
    """Every problem of a file's shape, in the author's words.

    Args:
        file: Relative to the course's folder.
        error: What pydantic found.
        model: The shape that was wanted.
        raw: What the file says; entries are named by their ids where they have one.
    """
    return [
        Problem(file, field_name(raw, detail["loc"]), _sentence(detail, model))
        for detail in error.errors(include_url=False)
    ]


def field_name(raw: Mapping[str, object], loc: Iterable[str | int]) -> str:
    """A field's path with entries named by id: ``exercises[flatten].choices[2].text``.

    Entries without an id are numbered from 1.
    """
    name = ""
    here: object = raw
    for part in loc:
        here = _inside(here, part)
        if isinstance(part, str):
            name += f".{part}" if name else part
        else:
            own = _inside(here, "id")
            name += f"[{own if isinstance(own, str) and own else part + 1}]"
    return name


def _inside(here: object, part: str | int) -> object:
    """An entry of a table or list; None where there is none."""
    if isinstance(here, dict) and isinstance(part, str):
        return cast("Mapping[str, object]", here).get(part)
    if isinstance(here, list) and isinstance(part, int):
        entries = cast("Sequence[object]", here)
        return entries[part] if part < len(entries) else None
    return None


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind = detail["type"]
    field = next((part for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    context = detail.get("ctx", {})
    if kind == "missing":
        return "This is missing; add it."
    if kind == "extra_forbidden":
        return _unknown(field, _fields_beside(model, detail["loc"]))
    if kind == "literal_error":
        return _one_of(field, context.get("expected", ""))
    if kind in {"string_pattern_mismatch", "string_too_short"}:
        return _ill_formed(field, str(detail["input"]))
    words = _WORDS.get(kind)
    return words.format(**context) if words else f"{detail['msg']}."


def _ill_formed(field: str, text: str) -> str:
    if field == "title" and text.strip():
        return "This has line breaks or control characters in it; take them out."
    return _FIELDS_OF_TEXT.get(field, "This is empty; write something or take it out.")


def _one_of(field: str, expected: str) -> str:
    if field == "format":
        return (
            f"This version of the app reads format {expected} only; write format = {expected}, or "
            "update the app if the course is newer."
        )
    return f"This must be one of {expected}."


def _unknown(field: str, known: list[str]) -> str:
    near = difflib.get_close_matches(field, known, n=1)
    if near:
        return f"There is no such field; did you mean “{near[0]}”?"
    return "There is no such field; take it out. Known here: " + ", ".join(known) + "."


def _fields_beside(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The fields of the table that holds the last part of ``loc``."""
    here = model
    for part in loc[:-1]:
        if isinstance(part, str) and part in here.model_fields:
            here = _model_in(here.model_fields[part].annotation) or here
    return list(here.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
