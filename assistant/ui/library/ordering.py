"""The order of a list of models, and which of them are shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.model import FitVerdict, ModelFormat, Skill
from assistant.ui.library.entries import Entry
from assistant.ui.library.words import licence_words


class Order(StrEnum):
    """How a list is sorted; the value is what the button says."""

    BEST = "Best fit first"
    SIZE = "Smallest first"
    SPEED = "Fastest first"
    NAME = "By name"


_RANK = {
    FitVerdict.FITS: 0,
    FitVerdict.SLOW: 1,
    FitVerdict.UNKNOWN: 2,
    FitVerdict.WONT_FIT: 3,
}


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which models are shown; what is empty or None lets all through.

    Args:
        licence: As ``licence_words`` gives it.
        largest_bytes: On the disk; 0 for any size.
        language: Code such as ``en``.
    """

    skill: Skill | None = None
    largest_bytes: int = 0
    licence: str = ""
    format: ModelFormat | None = None
    language: str = ""

    @property
    def count(self) -> int:
        """How many conditions it has."""
        whole = (self.skill, self.largest_bytes, self.licence, self.format, self.language)
        return sum(bool(each) for each in whole)

    def lets(self, entry: Entry) -> bool:
        """Whether it is shown."""
        model = entry.model
        return (
            (self.skill is None or self.skill in model.skills)
            and (not self.largest_bytes or model.size_bytes <= self.largest_bytes)
            and (not self.licence or licence_words(model.licence) == self.licence)
            and (self.format is None or model.format is self.format)
            and (not self.language or self.language in model.languages)
        )


def _best(entry: Entry) -> tuple[object, ...]:
    verdict = FitVerdict.UNKNOWN if entry.fit is None else entry.fit.verdict
    begun = 0 if entry.model.installed else 1 if entry.download is not None else 2
    speed = entry.fit.speed if entry.fit is not None else None
    # Of what fits the strongest comes first; of the rest what is least slow.
    pace = speed.tokens_per_second if speed is not None else 0.0
    worth = entry.model.parameters if verdict is FitVerdict.FITS else pace
    return (_RANK[verdict], begun, -worth, entry.model.name.casefold())


def _speed(entry: Entry) -> tuple[object, ...]:
    speed = entry.fit.speed if entry.fit is not None else None
    return (-(speed.tokens_per_second if speed is not None else 0.0), entry.model.name.casefold())


_KEYS: dict[Order, Callable[[Entry], tuple[object, ...]]] = {
    Order.BEST: _best,
    Order.SIZE: lambda entry: (entry.model.size_bytes, entry.model.name.casefold()),
    Order.SPEED: _speed,
    Order.NAME: lambda entry: (entry.model.name.casefold(),),
}


def arranged(entries: Iterable[Entry], order: Order, choosing: Choosing) -> list[Entry]:
    """Those that are shown, in order."""
    shown = [entry for entry in entries if choosing.lets(entry)]
    return sorted(shown, key=_KEYS[order])  # pyright: ignore[reportArgumentType] - tuples of a kind
