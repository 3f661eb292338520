"""Why an answer is not mathematics that can be read."""

from dataclasses import dataclass


class Unreadable(Exception):  # noqa: N818 - a state of the reader, not an error of the product
    """Raised inside the reader; its face gives a ``Trouble``.

    Args:
        words: What to tell whoever typed it.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that could not be read, and why, in a sentence for the learner."""

    words: str
