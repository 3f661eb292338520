"""Units of school and kitchen: their dimension, their size, and how they are written."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was written.

    Args:
        name: As written, for words.
        dimension: Base quantities with their exponents, in order: (("length", 1),).
        size: What one of it is in the base units.
        offset: Added after the size; for degrees Celsius and Fahrenheit only.
    """

    name: str
    dimension: Dimension
    size: Fraction
    offset: Fraction = Fraction(0)


_LENGTH, _MASS, _TIME = (("length", 1),), (("mass", 1),), (("time", 1),)
_AREA, _VOLUME = (("length", 2),), (("length", 3),)
_TABLE: Final[tuple[tuple[str, Dimension, str], ...]] = (
    ("m meter meters metre metres", _LENGTH, "1"),
    ("km KM kms kilometer kilometers kilometre kilometres", _LENGTH, "1000"),
    ("dm decimeter decimeters decimetre decimetres", _LENGTH, "1/10"),
    ("cm CM cms centimeter centimeters centimetre centimetres", _LENGTH, "1/100"),
    ("mm millimeter millimeters millimetre millimetres", _LENGTH, "1/1000"),
    ("μm micrometer micrometers micrometre micrometres um", _LENGTH, "1/1000000"),
    ("nm nanometer nanometers nanometre nanometres", _LENGTH, "1/1000000000"),
    ("in inch inches", _LENGTH, "254/10000"),
    ("ft foot feet", _LENGTH, "3048/10000"),
    ("yd yard yards", _LENGTH, "9144/10000"),
    ("mi mile miles", _LENGTH, "1609344/1000"),
    ("nmi", _LENGTH, "1852"),
    ("kg KG kgs kilogram kilograms", _MASS, "1"),
    ("g gram grams", _MASS, "1/1000"),
    ("mg milligram milligrams", _MASS, "1/1000000"),
    ("mcg", _MASS, "1/1000000000"),
    ("t tonne tonnes", _MASS, "1000"),
    ("lb lbs pound pounds", _MASS, "45359237/100000000"),
    ("oz ounce ounces", _MASS, "45359237/1600000000"),
    ("s sec secs second seconds", _TIME, "1"),
    ("ms millisecond milliseconds", _TIME, "1/1000"),
    ("min mins minute minutes", _TIME, "60"),
    ("h hr hrs hour hours", _TIME, "3600"),
    ("d day days", _TIME, "86400"),
    ("week weeks wk wks", _TIME, "604800"),
    ("year years yr yrs", (("year", 1),), "1"),
    ("month months mo", (("year", 1),), "1/12"),
    ("decade decades", (("year", 1),), "10"),
    ("century centuries", (("year", 1),), "100"),
    ("l L liter liters litre litres", _VOLUME, "1/1000"),
    ("ml mL mls milliliter milliliters millilitre millilitres", _VOLUME, "1/1000000"),
    ("dl dL", _VOLUME, "1/10000"),
    ("cl cL", _VOLUME, "1/100000"),
    ("cc", _VOLUME, "1/1000000"),
    ("tbsp tablespoon tablespoons", _VOLUME, "2365882365/160000000000000"),
    ("tsp teaspoon teaspoons", _VOLUME, "2365882365/480000000000000"),
    ("gal gallon gallons", _VOLUME, "3785411784/1000000000000"),
    ("qt quart quarts", _VOLUME, "946352946/1000000000000"),
    ("pt pint pints", _VOLUME, "473176473/1000000000000"),
    ("cup cups", _VOLUME, "2365882365/10000000000000"),
    ("ha hectare hectares", _AREA, "10000"),
    ("acre acres", _AREA, "40468564224/10000000"),
    ("N newton newtons", (("length", 1), ("mass", 1), ("time", -2)), "1"),
    ("Nm", (("length", 2), ("mass", 1), ("time", -2)), "1"),
    ("J joule joules", (("length", 2), ("mass", 1), ("time", -2)), "1"),
    ("cal calorie calories", (("length", 2), ("mass", 1), ("time", -2)), "4184/1000"),
    ("W watt watts", (("length", 2), ("mass", 1), ("time", -3)), "1"),
    ("Wh", (("length", 2), ("mass", 1), ("time", -2)), "3600"),
    ("eV", (("length", 2), ("mass", 1), ("time", -2)), "1602176634/10000000000000000000000000000"),
    ("Pa pascal pascals", (("length", -1), ("mass", 1), ("time", -2)), "1"),
    ("bar", (("length", -1), ("mass", 1), ("time", -2)), "100000"),
    ("atm atmosphere atmospheres", (("length", -1), ("mass", 1), ("time", -2)), "101325"),
    ("mmHg torr Torr", (("length", -1), ("mass", 1), ("time", -2)), "101325/760"),
    ("Hz hertz", (("time", -1),), "1"),
    ("A amp amps ampere amperes", (("current", 1),), "1"),
    ("V volt volts", (("current", -1), ("length", 2), ("mass", 1), ("time", -3)), "1"),
    ("Ω ohm ohms", (("current", -2), ("length", 2), ("mass", 1), ("time", -3)), "1"),
    ("C coulomb coulombs", (("current", 1), ("time", 1)), "1"),
    ("F farad farads", (("current", 2), ("length", -2), ("mass", -1), ("time", 4)), "1"),
    ("T tesla teslas", (("current", -1), ("mass", 1), ("time", -2)), "1"),
    ("Bq becquerel becquerels", (("time", -1),), "1"),
    ("M molar", (("amount", 1), ("length", -3)), "1000"),
    ("B byte bytes", (("data", 1),), "8"),
    ("bit bits", (("data", 1),), "1"),
    ("mol mole moles", (("amount", 1),), "1"),
    ("K kelvin kelvins", (("temperature", 1),), "1"),
    ("mps", (("length", 1), ("time", -1)), "1"),
    ("mph", (("length", 1), ("time", -1)), "1609344/3600000"),
    ("kph kmh kmph", (("length", 1), ("time", -1)), "1000/3600"),
    ("knot knots", (("length", 1), ("time", -1)), "1852/3600"),
    ("$ dollar dollars usd USD", (("dollar", 1),), "1"),
    ("¢ cent cents", (("dollar", 1),), "1/100"),
    ("€ euro euros eur EUR", (("euro", 1),), "1"),
    ("£ gbp GBP", (("sterling", 1),), "1"),
    ("penny pence p", (("sterling", 1),), "1/100"),
    ("¥ yen jpy JPY", (("yen", 1),), "1"),
    ("₹ rupee rupees Rs inr INR", (("rupee", 1),), "1"),
    ("CHF chf franc francs", (("franc", 1),), "1"),
    ("R$ real reais BRL", (("real", 1),), "1"),
    ("kr krona kronor krone kroner", (("crown", 1),), "1"),
    ("zł zloty zlotys PLN", (("zloty", 1),), "1"),
    ("₽ rouble roubles ruble rubles RUB", (("rouble", 1),), "1"),
    ("₩ won KRW", (("won", 1),), "1"),
    ("yuan CNY RMB", (("yuan", 1),), "1"),
    ("% percent pct", (("percent", 1),), "1"),
    ("‰ permille permil", (("percent", 1),), "1/10"),
    ("° deg degree degrees", (("angle", 1),), "1"),
    ("rad radian radians", (("radian", 1),), "1"),
    ("people person persons", (("person", 1),), "1"),
)
_UNITS: Final = {
    name: Unit(name, dimension, Fraction(size))
    for names, dimension, size in _TABLE
    for name in names.split()
}
_PREFIXES: Final = {
    "T": 12, "G": 9, "M": 6, "k": 3, "K": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3, "μ": -6,
    "u": -6, "n": -9, "p": -12,
}  # fmt: skip
_PREFIX_NAMES: Final = {
    "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "hecto": 2, "deca": 1, "deci": -1, "centi": -2,
    "milli": -3, "micro": -6, "nano": -9, "pico": -12,
}  # fmt: skip
_SIGNS: Final = "m g s l L N J W Wh Pa Hz A V Ω ohm C F T Bq mol cal eV B bit bar"
_MOLAR: Final = {"mM": -3, "μM": -6, "uM": -6, "nM": -9, "pM": -12}
"""Beside the others, so that MM is a millimetre in the wrong case."""
_NAMES: Final = (
    "meter meters metre metres gram grams second seconds liter liters litre litres newton newtons "
    "joule joules watt watts pascal pascals hertz ampere amperes volt volts ohm ohms mole moles "
    "coulomb coulombs farad farads tesla teslas molar "
    "calorie calories byte bytes bit bits"
)
_CELSIUS: Final = Unit("°C", (("temperature", 1),), Fraction(1), Fraction(27315, 100))
_FAHRENHEIT: Final = Unit("°F", (("temperature", 1),), Fraction(5, 9), Fraction(45967, 180))
_SCALES: Final = {
    f"{before}{name}": unit
    for unit, names in ((_CELSIUS, ("c", "celsius")), (_FAHRENHEIT, ("f", "fahrenheit")))
    for name in names
    for before in ("°", "deg", "degree", "degrees", *([""] if len(name) > 1 else []))
}
_FACTOR: Final = re.compile(r"^(R\$|[A-Za-złμΩ$€£¥₹₽₩¢%‰°]+)(?:\s*\^?\s*[({]?\s*(-?\d)\s*[)}]?)?$")
_SQUARED: Final = re.compile(r"\b(square|sq\.?|cubic|cu\.?)\s+([A-Za-z]+)", re.IGNORECASE)
_PER_CENT: Final = re.compile(r"\bper cent\b")
_SQUARED_AFTER: Final = re.compile(r"\b([A-Za-z]+)\s+(squared|cubed)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"[A-Za-z]{3,20}")
"""What something is reckoned for: $5 per ticket."""
_TRAILING: Final = re.compile(
    r"^(?P<number>.*?[\d)\]}π!½-¾.\s])(?P<space>\s*)(?P<unit>(?![eE][+-]?\d)[A-Za-złμΩ%‰°$€£¥₹₽₩¢]"
    r"[A-Za-złμΩ%‰°$€£¥₹₽₩¢/*^(){}\d\s.\-]*)$",
    re.DOTALL,
)
_MONEY: Final = re.compile(
    r"^(?P<sign>-?\s*)(?P<unit>(?:US|A|C|CA|AU|NZ)\$|R\$|[$€£¥₹₽₩]|Rs(?=[.\s\d])|kr(?=[.\s\d])"
    r"|(?:USD|EUR|GBP|CHF|JPY|INR|CNY|RMB|PLN|BRL|RUB|KRW)\b)\.?\s*"
    r"(?P<number>[\d.(](?:[^A-Za-z$]*?(?=/\s*[A-Za-z])|[^A-Za-z$]*))"
    r"(?P<per>(?:/|per\b|an?\b|each\b).*)?$",
    re.DOTALL | re.IGNORECASE,
)
_DOUBLED: Final = re.compile(
    r"^(?P<rest>-?\s*[$€£¥₹].*?)\s*(?:USD|EUR|GBP|JPY|INR|dollars?|euros?|pounds?|yen|rupees?)$",
    re.IGNORECASE,
)
"""Money with its sign and its name: $20 USD."""
_EACH: Final = re.compile(r"\s*\beach$")
_LONGEST: Final = 60
_LEAST_LETTERS: Final = 2
"""Of a unit whose case may be wrong: M is not m."""
_DOT: Final = re.compile(r"(?<=[A-Za-z\d])\s?[·⋅]\s?(?=[A-Za-z])")
_RAISED: Final = (
    ("²", "^2"),
    ("³", "^3"),
    ("⁻¹", "^-1"),
    ("⁻^2", "^-2"),
    ("µ", "μ"),
    ("\N{OHM SIGN}", "Ω"),
)


def with_plain_powers(text: str) -> str:
    """A text whose powers and dots of units are typed signs: m^2 for m², N*m for N·m."""
    for raised, plain in _RAISED:
        text = text.replace(raised, plain)
    return _DOT.sub("*", text)


def unit_of(text: str) -> Unit | None:
    """The unit that a text names, such as cm, m/s², square feet; None for one that is not known.

    Args:
        text: Without a number.
    """
    text = " ".join(with_plain_powers(text).strip().rstrip(".").split())
    if not text or len(text) > _LONGEST:
        return None
    scale = _SCALES.get(text.replace(" ", "").lower())
    if scale is not None:
        return scale
    text = _PER_CENT.sub("percent", text)
    text = _SQUARED.sub(lambda found: f"{found[2]}^{2 if found[1][0] in 'sS' else 3}", text)
    text = _SQUARED_AFTER.sub(lambda found: f"{found[1]}^{2 if found[2][0] in 'sS' else 3}", text)
    text = re.sub(r"\s+(?:per|an?)\s+", "/", f" {text} ").strip()
    above, *below = text.split("/")
    size = Fraction(1)
    powers: dict[str, int] = {}
    for part, sign in ((above, 1), *((each, -1) for each in below)):
        for factor in re.split(r"[*\s]+", part.strip().strip("()")):
            found = _one(factor) or (_reckoned(factor) if sign < 0 else None)
            if found is None:
                return None
            unit, power = found
            size *= unit.size ** (power * sign)
            for name, exponent in unit.dimension:
                powers[name] = powers.get(name, 0) + exponent * power * sign
    return Unit(text, tuple(sorted((n, p) for n, p in powers.items() if p)), size)


def _one(text: str) -> tuple[Unit, int] | None:
    found = _FACTOR.match(text)
    if found is None:
        return None
    name = found[1]
    unit = _molar(name) or _UNITS.get(name) or _with_prefix(name) or _in_other_case(name)
    return None if unit is None else (unit, int(found[2] or 1))


def _reckoned(text: str) -> tuple[Unit, int] | None:
    """What an amount is reckoned for: the ticket of $5 per ticket."""
    if not _COUNTED.fullmatch(text):
        return None
    name = text.lower().removesuffix("s")
    return Unit(text, ((f"each {name}", 1),), Fraction(1)), 1


def _in_other_case(name: str) -> Unit | None:
    """A unit typed in the wrong case, where only one is meant: hz, KWH, but not mw or Mb."""
    if len(name) < _LEAST_LETTERS or name[-1] in "bB":
        return None
    found = [unit for other, unit in _UNITS.items() if other.casefold() == name.casefold()]
    if not found:
        found = [
            unit
            for prefix in _PREFIXES
            for base in _SIGNS.split()
            if f"{prefix}{base}".casefold() == name.casefold()
            and (unit := _with_prefix(f"{prefix}{base}")) is not None
        ]
    sizes = {(unit.dimension, unit.size) for unit in found}
    return Unit(name, found[0].dimension, found[0].size) if len(sizes) == 1 else None


def _molar(name: str) -> Unit | None:
    power = _MOLAR.get(name)
    molar = _UNITS["M"]
    return (
        None if power is None else Unit(name, molar.dimension, molar.size * Fraction(10) ** power)
    )


def _with_prefix(name: str) -> Unit | None:
    """A unit of the SI with one of its prefixes: MPa, kilohertz. Source: SI brochure, 9th ed."""
    for prefixes, bases in ((_PREFIXES, _SIGNS), (_PREFIX_NAMES, _NAMES)):
        for prefix, power in prefixes.items():
            base = name.removeprefix(prefix)
            if base != name and base in bases.split():
                unit = _UNITS[base]
                return Unit(name, unit.dimension, unit.size * Fraction(10) ** power)
    return None


@dataclass(frozen=True, slots=True)
class Parted:
    """A text as a number and what follows it.

    Args:
        number: The number's text.
        unit: The unit, where it is known.
        name: The text of the unit.
        plain: Whether it cannot be a product of unknowns: a space stands before it, as in 5 cm,
            or it is a sign, as in 5 %.
    """

    number: str
    unit: Unit | None
    name: str
    plain: bool


def parted(text: str) -> Parted | None:
    """A quantity as its number and its unit; None where nothing follows the number."""
    doubled = _DOUBLED.match(text.strip())
    text = doubled["rest"] if doubled else text.strip()
    money = _MONEY.match(text)
    if money:
        return _paid(money)
    found = _TRAILING.match(text)
    if found is None:
        return None
    name = _EACH.sub("", found["unit"].strip()) or found["unit"].strip()
    plain = not name[0].isalpha() or (bool(found["space"]) and len(name) > 1)
    return Parted(found["number"].strip(), unit_of(name), name, plain)


def _paid(money: re.Match[str]) -> Parted:
    """Money, and what it is for: $5, $5 per hour."""
    sign = money["unit"]
    known = _UNITS.get(sign) or _UNITS.get(sign.upper()) or _UNITS.get(sign.title())
    name = known.name if known is not None else "$"
    per = _EACH.sub("", money["per"] or "").strip()
    name = f"{name} {per}" if per else name
    return Parted((money["sign"] + money["number"]).strip(), unit_of(name), name, plain=True)
