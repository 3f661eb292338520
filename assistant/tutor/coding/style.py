"""Findings of ruff in words for learners; those that were read off the structure come first."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, cast

from assistant.domain.code_review import CheckedBy, Finding, Weight

RULES: Final = "F,E7,E9,W605,B,C4,SIM,RET,PIE,UP,N8,PLR1711,PLR1714,PLR5501,PLW0127,RUF005,FURB"
NOT: Final = "B011,B904,SIM105,SIM108,UP031,UP032,RET503,E701,E702,N802"
"""Rules that argue about taste, or that beginners have no use for."""
_MOST: Final = 60

# Rules that say what a known wrong idea says already.
_SAME: Final = {
    "B006": "mutable-default",
    "B008": "mutable-default",
    "B015": "no-effect",
    "B018": "no-effect",
    "B020": "loop-name-set",
    "B909": "changed-while-read",
    "E711": "compared-to-none",
    "E712": "compared-to-true",
    "E722": "bare-except",
    "F632": "is-literal",
    "F821": "unknown-name",
    "F823": "global-unsaid",
    "F841": "never-used",
    "PIE790": "swallowed-error",
}
_WORDS: Final = {
    "F401": ("Something is imported and not used", "Remove the import."),
    "F811": ("A name is defined twice, and the first is lost", "Give one of them another name."),
    "F541": ("An f-string with no braces in it", "Remove the f, or put a name in braces."),
    "F601": ("A key stands twice in a dictionary", "Keep one of the two."),
    "E713": ("`not x in y` reads backwards", "Write `x not in y`."),
    "E714": ("`not x is y` reads backwards", "Write `x is not y`."),
    "E721": ("Kinds are compared with `==`", "Ask `isinstance(x, int)`."),
    "E731": ("A function without a name is given one", "Use `def`."),
    "E741": ("A name that looks like a digit", "Take one that can't be read as 1 or 0."),
    "SIM102": ("An `if` with only an `if` in it", "Join the conditions with `and`."),
    "SIM103": ("An `if` that returns True or False", "Return the condition itself."),
    "SIM110": ("A loop that only looks for one item", "Use `any` or `all`."),
    "SIM115": ("A file is opened and may stay open", "Open it with `with`."),
    "SIM118": ("`.keys()` is not needed to look for a key", "Write `key in d`."),
    "SIM201": ("`not a == b` reads backwards", "Write `a != b`."),
    "SIM401": ("An `if` that looks for a key first", "Use `d.get(key, default)`."),
    "C416": ("A list is built by copying item by item", "Use `list(…)`."),
    "RET504": ("A name only to return it", "Return the value itself."),
    "RET505": ("`else` after `return`", "Drop the `else`; the lines below are reached anyway."),
    "B007": ("The name of a loop is not used in it", "Call it `_`."),
    "B905": ("`zip` of lists that may differ in length", "Add `strict=True` or `strict=False`."),
    "PIE810": ("`startswith` is asked twice", "Give it a tuple of beginnings."),
    "PLR1714": ("The same is compared again and again", "Write `x in (…)`."),
    "PLR5501": ("`else` with only an `if` in it", "Write `elif`."),
    "N801": ("A class with a small letter", "Begin names of classes with a capital."),
    "N803": ("A parameter with a capital", "Write names with small letters and underscores."),
    "N806": ("A name with a capital in a function", "Write names with small letters."),
    "W605": ("A backslash that means nothing", 'Write the text with an r in front: `r"…"`.'),
}
_ERRORS: Final = frozenset({"F402", "F502", "F507", "F632", "F701", "F702", "F706", "F821", "F823"})


@dataclass(frozen=True, slots=True)
class _Told:
    code: str
    line: int
    message: str
    fix: str


def findings_of(told: str, known: Collection[Finding]) -> tuple[Finding, ...]:
    """What ruff found.

    Args:
        told: What it wrote, as JSON.
        known: Findings on the same program, which need not be said again.

    Raises:
        ValueError: It is not what ruff writes.
    """
    said = {(one.kind, one.line) for one in known}
    kinds = {one.kind for one in known}
    found: dict[tuple[str, int], Finding] = {}
    for one in _read(told):
        same = _SAME.get(one.code)
        names_said = one.code in {"F821", "F841"} and same in kinds
        if names_said or (same is not None and (same, one.line) in said):
            continue
        found.setdefault((one.code, one.line), _finding(one))
    return tuple(sorted(found.values(), key=lambda each: (each.line, each.kind))[:_MOST])


def _finding(one: _Told) -> Finding:
    title, remedy = _WORDS.get(one.code, ("", ""))
    weight = Weight.ERROR if one.code in _ERRORS else Weight.STYLE
    message = one.message.rstrip(".") + "."
    return Finding(
        one.code,
        one.line,
        weight,
        title or message,
        message,
        remedy or (one.fix.rstrip(".") + "." if one.fix else ""),
        CheckedBy.RUFF,
    )


def _read(told: str) -> list[_Told]:
    rows: Any = json.loads(told)
    if not isinstance(rows, list):
        raise ValueError("not a list")  # noqa: TRY004 - of JSON that is not ruff's
    return [_row(row) for row in cast("list[Any]", rows)]


def _row(row: Any) -> _Told:  # noqa: ANN401 - what came
    try:
        fix = row["fix"]["message"] if row.get("fix") else ""
        return _Told(
            str(row["code"] or ""), int(row["location"]["row"]), str(row["message"]), str(fix or "")
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a finding") from error
