"""What can be set about how the next token is picked, with bounds and plain words; no Qt."""

from dataclasses import dataclass, replace

from assistant.domain.generation import SamplingParams


@dataclass(frozen=True, slots=True)
class SamplingField:
    """One of them.

    Args:
        name: In ``SamplingParams``.
        title: For people.
        note: What it does, in one sentence.
        least: Lowest value.
        most: Highest value.
        step: Between two stops of the slider.
        whole: Whether it is a whole number.
    """

    name: str
    title: str
    note: str
    least: float
    most: float
    step: float
    whole: bool = False

    @property
    def stops(self) -> int:
        """Number of steps from least to most."""
        return round((self.most - self.least) / self.step)

    def value(self, sampling: SamplingParams) -> float:
        """Its value in a set of settings."""
        return float(getattr(sampling, self.name))

    def changed(self, sampling: SamplingParams, value: float) -> SamplingParams:
        """The settings with this one changed, kept within its bounds."""
        kept = min(self.most, max(self.least, value))
        if self.whole:
            return replace(sampling, **{self.name: round(kept)})
        return replace(sampling, **{self.name: round(kept, 4)})

    def stop_of(self, value: float) -> int:
        """The stop nearest to a value."""
        return round((min(self.most, max(self.least, value)) - self.least) / self.step)

    def at_stop(self, stop: int) -> float:
        """The value at a stop."""
        return self.least + stop * self.step


FIELDS: tuple[SamplingField, ...] = (
    SamplingField("temperature", "Temperature", "Low repeats itself, high wanders.", 0, 2, 0.05),
    SamplingField("top_p", "Top p", "Leaves out words beyond this share of chance.", 0, 1, 0.01),
    SamplingField("top_k", "Top k", "Looks at so many words at most; 0 at all.", 0, 200, 1, True),  # noqa: FBT003 - whole, in a table
    SamplingField(
        "min_p", "Min p", "Leaves out words much less likely than the first.", 0, 1, 0.01
    ),
    SamplingField(
        "repeat_penalty", "Repeat penalty", "Above 1 avoids what was just said.", 0.5, 2, 0.01
    ),
    SamplingField(
        "max_tokens",
        "Longest answer",
        "In tokens; about three quarters of a word each.",
        *(16, 8192, 16),
        True,  # noqa: FBT003 - whole, in a table
    ),
)
"""In the order in which they are shown; the seed has a field of its own."""
