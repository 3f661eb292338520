"""Numbers with units: 5 cm, 12.5 m/s, $3.20, 40 %."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.tutor.maths.cleaning import LONGEST
from assistant.tutor.maths.equality import Equality, Match
from assistant.tutor.maths.nodes import Constant, Node, Number, Product, Quotient, Sum
from assistant.tutor.maths.reading import readings
from assistant.tutor.maths.shapes import Expression, Relation
from assistant.tutor.maths.units import Parted, Unit, parted, unit_of, with_plain_powers
from assistant.tutor.maths.values import is_number

_TEXT: Final = re.compile(r"\\(?:text|mathrm|textrm|operatorname)\s*\{([^{}]*)\}")
_PART: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([A-Za-z]+)")
_PARTS: Final = re.compile(rf"{_PART.pattern}(?:\s*,?\s*(?:and\s+)?{_PART.pattern}){{1,3}}")
_PER_SECOND: Final = re.compile(r"^([kc]?m)s\s*\^?\s*[({]?-")
"""ms^-1 is m s^-1 where a speed is asked for, and hardly ever anything of milliseconds."""
DEGREES: Final = (("angle", 1),)
RADIANS: Final = (("radian", 1),)
_STRAIGHT, _PI = Number(Fraction(180)), Constant("pi")
_WORD: Final = re.compile(r"^[A-Za-z]{3,}(?: [A-Za-z]+){0,3}$")
"""Three letters or more: no product of unknowns."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    Args:
        number: Without unknowns.
        unit: Where it is one that is known.
        name: As written.
        from_field: Whether the unit comes from the key's field, and so need not be typed.
    """

    number: Node
    unit: Unit | None
    name: str
    from_field: bool = False


def read_quantity(text: str, unit: str, *, algebra: bool = False) -> Quantity | None:
    """A number with a unit or a word after it; None where there is none, or no number.

    Args:
        text: As it was typed.
        unit: What it is measured in where the text does not say; "" for nothing.
        algebra: Whether letters after a number are rather unknowns: 5m is 5 times m, while 5 cm
            is a length.
    """
    if len(text) > LONGEST:
        return None
    plain = text.replace("$$", " ").replace("\\$", "$").replace("\\%", "%").strip()
    plain = with_plain_powers(plain)
    plain = _TEXT.sub(r" \1 ", plain)
    if plain.count("$") > 1:
        plain = plain.replace("$", " ").strip()
    if is_in_parts(plain):
        return _in_parts(plain)
    found = parted(plain)
    if found is not None and _counts(found, algebra=algebra):
        node = _number(found.number)
        if node is not None:
            return Quantity(node, found.unit, found.name)
    if not unit:
        return None
    node = _number(plain)
    return None if node is None else Quantity(node, unit_of(unit), unit, from_field=True)


def is_in_parts(text: str) -> bool:
    """Whether a text is several amounts with units, one behind the other."""
    text = text.strip()
    return bool(_PARTS.fullmatch(text)) and all(unit_of(name) for _, name in _PART.findall(text))


def _in_parts(text: str) -> Quantity | None:
    """1 h 30 min, 5 ft 6 in: amounts of one kind, each smaller than one of the unit before."""
    found = [(Fraction(number), unit_of(name)) for number, name in _PART.findall(text)]
    units = [unit for _, unit in found if unit is not None and not unit.offset]
    if len(units) != len(found) or len({unit.dimension for unit in units}) != 1:
        return None
    sizes = [number * unit.size for (number, _), unit in zip(found, units, strict=True)]
    if any(size >= unit.size for unit, size in zip(units, sizes[1:], strict=False)):
        return None
    last = units[-1]
    return Quantity(Number(sum(sizes, Fraction()) / last.size), last, last.name)


def _counts(found: Parted, *, algebra: bool) -> bool:
    """Whether what follows the number is a unit or a word, and no product of unknowns."""
    if algebra:
        return found.unit is not None and found.plain
    return found.unit is not None or bool(_WORD.match(found.name))


def _number(text: str) -> Node | None:
    found = readings(text)
    for each in found if isinstance(found, tuple) else ():
        shape = each.shape
        if isinstance(shape, Relation) and shape.signs in {("=",), ("≈",)}:
            shape = Expression(shape.sides[1])
        if isinstance(shape, Expression) and is_number(shape.node):
            return shape.node
    return None


def same_quantity(equality: Equality, wanted: Quantity, given: Quantity) -> Match | None:
    """How far an amount is the key; None where the two measure different things."""
    if wanted.name.replace(" ", "") == given.name.replace(" ", ""):
        return equality.match(Expression(wanted.number), Expression(given.number))
    if wanted.unit is None or given.unit is None:
        return None
    measured = _measured_like(wanted.unit, given.unit)
    if measured is None:
        return None
    converted = _converted(given.number, measured, wanted.unit)
    return equality.match(Expression(wanted.number), Expression(converted))


def _converted(number: Node, unit: Unit, wanted: Unit) -> Node:
    """A number of one unit as that of another which measures the same."""
    if {unit.dimension, wanted.dimension} == {DEGREES, RADIANS}:
        above, below = (_PI, _STRAIGHT) if wanted.dimension == RADIANS else (_STRAIGHT, _PI)
        return Quotient(Product((number, above)), below)
    if wanted.size == unit.size and wanted.offset == unit.offset:
        return number
    offset = (unit.offset - wanted.offset) / wanted.size
    node: Node = Product((number, Number(unit.size / wanted.size)))
    return Sum((node, Number(offset))) if offset else node


def _measured_like(wanted: Unit, given: Unit) -> Unit | None:
    """The unit that is given, as it measures what the wanted one does; None where it does not."""
    if given.dimension == wanted.dimension:
        return given
    if {given.dimension, wanted.dimension} == {DEGREES, RADIANS}:
        return given
    apart = unit_of(_PER_SECOND.sub(r"\1 s^-", given.name))
    return apart if apart is not None and apart.dimension == wanted.dimension else None
