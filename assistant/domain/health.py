"""What the doctor finds."""

from dataclasses import dataclass
from enum import StrEnum


class CheckState(StrEnum):
    """The outcome of one check."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the doctor's report.

    Args:
        name: What was looked at.
        state: How it is.
        detail: What was found; never the user's words.
        way_out: What to do about a problem; empty when all is well.
    """

    name: str
    state: CheckState
    detail: str
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One measured figure beside its reference from the same run.

    ``ratio`` is value / reference; ``goal`` is what the ratio (or, without a reference, the
    value) may be at most, or at least where ``at_least`` is set.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    goal: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        figure = self.ratio if self.ratio is not None else self.value
        return figure >= self.goal if self.at_least else figure <= self.goal
