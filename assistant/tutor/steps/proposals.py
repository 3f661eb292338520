"""Reads the sums that a model proposes for a word problem: from its sentences, or from JSON.

Sentences come to a small model more easily than JSON; JSON comes with at least one sum in it,
since a grammar sees to that.
"""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final, cast

from assistant.tutor.steps.formula import Formula, Name, Number, names_in, value_of
from assistant.tutor.steps.programs import Proposal, ProposedSum, computed
from assistant.tutor.steps.reading import Mention, read_sentence

MOST_SUMS = 8
"""Of a proposal in JSON; what comes after them is not read."""
MOST_TOLD = 24
"""Of a proposal in sentences."""
_LONGEST_FIND: Final = 200
_NUMBER: Final = r"\d{1,7}(\.\d{1,4})?%?"
_SUM: Final = rf"{_NUMBER}( [-+*/] {_NUMBER}){{1,5}}"
SCHEMA: Final = json.dumps(
    {
        "type": "object",
        "properties": {
            "steps": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_SUMS,
                "items": {
                    "type": "object",
                    "properties": {
                        "find": {"type": "string", "maxLength": 90},
                        "sum": {"type": "string", "pattern": f"^{_SUM}$"},
                        "result": {"type": "string", "pattern": rf"^-?{_NUMBER}$"},
                    },
                    "required": ["find", "sum", "result"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["steps"],
        "additionalProperties": False,
    }
)
"""What a proposal in JSON has to look like; a grammar keeps the model to it."""
_ANSWER: Final = "Answer:"
_NAMED: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_BEFORE_A_SUM: Final = re.compile(
    r"(?:[\s:,=$(\\\[]|\b(?:is|are|was|were|has|have|gets?|so|which|of|to|then|will|be|costs?))+$",
    re.IGNORECASE,
)


def proposal_of(problem: str, text: str) -> Proposal | None:
    """What a model proposes, computed.

    Args:
        problem: What is asked.
        text: Sentences with a sum in each, the last one "Answer: 12"; or JSON as ``SCHEMA`` says.

    Returns:
        The chain of sums; None where there is none, or one of them has no result.
    """
    if text.lstrip().startswith(("{", "[")):
        rows = _rows(text)
        sums = [one for one in map(_of_row, rows) if one is not None]
        return computed(problem, sums) if len(sums) == len(rows) else None
    told = [one for line in text.splitlines() for one in _told(line)]
    return computed(problem, told[:MOST_TOLD], _named(text))


def _rows(text: str) -> list[Any]:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return []
    rows = cast("dict[str, Any]", found).get("steps") if isinstance(found, dict) else None
    return cast("list[Any]", rows)[:MOST_SUMS] if isinstance(rows, list) else []


def _of_row(row: object) -> ProposedSum | None:
    if not isinstance(row, dict):
        return None
    said = {str(k): str(v) for k, v in cast("dict[Any, Any]", row).items()}
    formula = _formula(said.get("sum", ""))
    if formula is None:
        return None
    stated = _formula(said.get("result", ""))
    value = None if stated is None else value_of(stated)
    return ProposedSum(said.get("find", "")[:_LONGEST_FIND], formula, value)


def _formula(text: str) -> Formula | None:
    read = read_sentence(text)
    if len(read.chains) == 1 and not read.mentions:
        return read.chains[0].sides[0]
    if not read.chains and len(read.mentions) == 1:
        return _signed(text, read.mentions[0])
    return None


def _signed(text: str, mention: Mention) -> Number:
    number = mention.number
    negative = text.lstrip().startswith("-")
    return Number(-number.value, number.decimals, number.percent) if negative else number


def _told(line: str) -> Iterator[ProposedSum]:
    """The sums of a line that say what they come to; others are talked of, and not done."""
    for chain in read_sentence(line).chains:
        first = chain.sides[0]
        if len(chain.sides) < 2 or isinstance(first, Number | Name) or names_in(first):  # noqa: PLR2004 - a sum and its result
            continue
        find = _BEFORE_A_SUM.sub("", line[: chain.start])
        yield ProposedSum(find.strip(" -*")[:_LONGEST_FIND], first, chain.result)


def _named(text: str) -> Fraction | None:
    """The number that is called the answer: the last one, where none is called that."""
    found = _NAMED.findall(text.rpartition(_ANSWER)[2])
    return Fraction(found[-1].replace(",", "")) if found else None
