"""Strings of JSON: free ones, those of a length, and those of a format."""

from collections.abc import Mapping
from typing import Any, Final

from assistant.engine.gbnf.rules import Rules, UnsupportedError, choice, literal, repeated

_MOST_BLANKS = 16
"""In a row: enough to indent code, too few for a model that has lost its way."""
_WORD: Final = r'([^"\\\x00-\x20\x7F] | "\\" ["\\/bf])'
_BLANK: Final = r'(" " | "\\" [nrt])'
_CHARACTER: Final = r'([^"\\\x00-\x1F\x7F] | "\\" ["\\/bfnrt])'

_LEAP_19: Final = '"19" ("0" [48] | [2468] [048] | [13579] [26])'
_LEAP_20: Final = '"20" ([02468] [048] | [13579] [26])'
_DATE: Final = (
    '(("19" | "20") [0-9] [0-9] "-" '
    '(("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])'
    ' | ("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30")'
    ' | "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]))'
    f' | ({_LEAP_19} | {_LEAP_20}) "-02-29")'
)
_TIME: Final = '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9]'
_OFFSET: Final = '("Z" | [+-] ("0" [0-9] | "1" [0-3]) ":" [0-5] [0-9])'
_HEX: Final = "[0-9a-f]"
_BYTE: Final = '("25" [0-5] | "2" [0-4] [0-9] | "1" [0-9] [0-9] | [1-9] [0-9] | [0-9])'
_LABEL: Final = "[a-z] [a-z0-9]{0,30}"

_FORMATS: Final[dict[str, str]] = {
    "date": _DATE,
    "time": f"{_TIME} {_OFFSET}",
    "time-local": _TIME,
    "date-time": f'{_DATE} "T" {_TIME} {_OFFSET}',
    "date-time-local": f'{_DATE} "T" {_TIME}',
    "duration": '"P" ([1-9] [0-9]{0,3} "D" | ([1-9] [0-9]{0,2} "D")? "T" '
    '([1-9] [0-9]{0,2} "H" ([1-5]? [0-9] "M")? | [1-9] [0-9]{0,3} "M" | [1-9] [0-9]{0,4} "S"))',
    "uuid": " ".join([_HEX + "{8}", *(f'"-" {_HEX}{{4}}',) * 3, f'"-" {_HEX}{{12}}']),
    "ipv4": f'{_BYTE} "." {_BYTE} "." {_BYTE} "." {_BYTE}',
    "email": f'[a-z] [a-z0-9]{{0,30}} ([._-] [a-z0-9]{{1,30}}){{0,2}} "@" {_LABEL} '
    f'("." {_LABEL}){{0,2}} "." [a-z]{{2,6}}',
    "uri": f'"https://" {_LABEL} ("." {_LABEL}){{1,3}} ("/" [A-Za-z0-9._~-]{{0,60}}){{0,8}}',
}


def string(rules: Rules, schema: Mapping[str, Any]) -> str:
    """A string as a schema without a pattern wants it; a format that is not known says nothing.

    ``date-time-local`` and ``time-local`` (of the OpenAPI registry) are those without an offset.

    Raises:
        UnsupportedError: It has a format and a length.
    """
    bounds = length_of(schema)
    kind = str(schema.get("format", ""))
    body = _FORMATS.get("uri" if kind == "url" else kind)
    if body is not None:
        if bounds != (0, None):
            raise UnsupportedError("a string has a format and a length")
        return f"{literal(chr(34))} {rules.add(body)} {literal(chr(34))}"
    return f"{literal(chr(34))} {free_text(rules, *bounds)} {literal(chr(34))}"


def length_of(schema: Mapping[str, Any]) -> tuple[int, int | None]:
    """How many characters a string may have."""
    return _count(schema, "minLength") or 0, _count(schema, "maxLength")


def free_text(rules: Rules, least: int, most: int | None) -> str:
    """Characters between the quotation marks.

    There is no escape by code point: every character may stand for itself, and half of a
    surrogate pair is text that no reader takes.
    """
    if (least, most) == (0, None):
        word, blank = rules.add(_WORD), rules.add(_BLANK)
        run = rules.add(f"{repeated(blank, 0, _MOST_BLANKS)} {word}")
        return f"{run}* {repeated(blank, 0, 1)}"
    return repeated(rules.add(_CHARACTER), least, most)


def count_of(schema: Mapping[str, Any], least: str, most: str) -> tuple[int, int | None]:
    """A pair of bounds on how many there may be."""
    return _count(schema, least) or 0, _count(schema, most)


def _count(schema: Mapping[str, Any], name: str) -> int | None:
    value = schema.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnsupportedError(f"{name} is no count")
    return value


def literals(texts: list[str]) -> str:
    """One of these texts, exactly."""
    return choice(literal(text) for text in texts)
