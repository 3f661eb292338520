"""What the Hub says of a repository, in words."""

import re
from datetime import date, datetime

from assistant.domain.hub import Gate, HubModel
from assistant.domain.model import FitVerdict
from assistant.ui.library.entries import PILLS
from assistant.ui.library.words import licence_words, weights_words
from assistant.ui.models.search_results import short_date

_SEAMS = re.compile(r"[-_./]+(?=\w)")
_THOUSAND, _MILLION = 1000, 1_000_000
_GATES = {
    Gate.OPEN: "",
    Gate.AUTOMATIC: "terms to accept",
    Gate.MANUAL: "owners must agree",
}


def name_and_owner(repo: str) -> tuple[str, str]:
    """The name and who put it there."""
    owner, _, name = repo.partition("/")
    return name, owner


def breakable(name: str) -> str:
    """A name that a line may break behind any of its hyphens, dots and underscores."""
    return _SEAMS.sub("\\g<0>\u200b", name)


def count_words(count: int) -> str:
    """``412``, ``12 k``, ``3.4 M``."""
    if count >= _MILLION:
        return f"{count / _MILLION:.1f} M"
    return f"{count / _THOUSAND:.0f} k" if count >= 10 * _THOUSAND else f"{count:,}"


def gate_words(gate: Gate) -> str:
    """What has to be done first; empty for what is open to all."""
    return _GATES[gate]


def updated_words(moment: datetime | None, today: date) -> str:
    """``today``, ``3 March``; empty where it is not known."""
    return short_date(moment, today) if moment is not None else ""


def facts_of(model: HubModel) -> str:
    """Owner, weights, licence and gate in one line."""
    parts = (
        name_and_owner(model.repo)[1],
        weights_words(model.parameters),
        licence_words(model.licence) if model.licence else "",
        " and ".join(each.value.upper() for each in model.formats),
        gate_words(model.gate),
    )
    return " · ".join(part for part in parts if part)


def spoken(model: HubModel, today: date) -> str:
    """The whole row as a sentence for screen readers."""
    verdict = model.fit.verdict if model.fit is not None else FitVerdict.UNKNOWN
    parts = (
        name_and_owner(model.repo)[0],
        facts_of(model),
        f"{model.downloads:,} downloads",
        f"{model.likes:,} likes",
        f"changed {updated_words(model.updated, today)}" if model.updated is not None else "",
        PILLS[verdict][0],
        f"at four bits: {model.fit.why}" if model.fit is not None else "",
        "Enter: look at it",
    )
    return ", ".join(part for part in parts if part)
