"""Answers questions about lengths, bars and beats once more, with music21."""

import importlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final


def _module(name: str) -> Any:  # noqa: ANN401 - music21 has no types
    return importlib.import_module(f"music21.{name}")


def _length(*names: str) -> str:
    return str(sum((_quarters(name) for name in names), Fraction(0)))


def _quarters(name: str) -> Fraction:
    words = name.removesuffix(" rest").removesuffix(" note").split()
    dots = {"dotted": 1, "double-dotted": 2}.get(words[0], 0)
    made = _module("duration").Duration({"sixteenth": "16th"}.get(words[-1], words[-1]), dots=dots)
    return Fraction(made.quarterLength)


def _fits(of: str, into: str) -> str:
    return str(_quarters(into) / _quarters(of))


def _longest(*names: str) -> str | None:
    sums = {name: Fraction(_length(*name.split(" + "))) for name in names}
    best = [name for name, size in sums.items() if size == max(sums.values())]
    return best[0] if len(best) == 1 else None


def _seconds(tempo: str, name: str) -> str:
    mark = _module("tempo").MetronomeMark(number=int(tempo))
    return str(Fraction(mark.durationToSeconds(float(_quarters(name)))).limit_denominator(10_000))


def _bar(signature: str) -> Fraction:
    return Fraction(_module("meter").TimeSignature(signature).barDuration.quarterLength)


def _fills(signature: str, name: str) -> str:
    return str(_bar(signature) / _quarters(name))


def _beats(signature: str) -> str:
    return str(_module("meter").TimeSignature(signature).beatCount)


def _missing(signature: str, unit: str, *names: str) -> str:
    return str((_bar(signature) - Fraction(_length(*names))) / _quarters(unit))


def _full(signature: str, *rows: str) -> str | None:
    good = [row for row in rows if Fraction(_length(*row.split(", "))) == _bar(signature)]
    return good[0] if len(good) == 1 else None


def _minutes(signature: str, bars: str, tempo: str) -> str:
    return str(_bar(signature) * int(bars) / int(tempo))


RHYTHM: Final[dict[str, Callable[..., str | None]]] = {
    "length": _length, "fits": _fits, "longest": _longest, "seconds": _seconds, "fills": _fills,
    "beats": _beats, "missing": _missing, "full": _full, "minutes": _minutes,
}  # fmt: skip
"""By the verb of the question."""
