"""Notices that errors have grown, so that a model is trained anew."""

from collections.abc import Sequence
from typing import Final

_TOLERATED: Final = 0.05
_ALARM: Final = 3.0
FEWEST: Final = 30
"""Errors, before anything is said of them."""


def has_drifted(errors: Sequence[float]) -> bool:
    """Whether errors, in the order of time, have come to be larger than they were.

    By the test of Page and Hinkley (Page 1954) on errors bounded at 2; a rise of the mean by 0.05
    is tolerated.
    """
    if len(errors) < FEWEST:
        return False
    mean = total = least = 0.0
    for at, error in enumerate(errors, start=1):
        bounded = min(error, 2.0)
        mean += (bounded - mean) / at
        total += bounded - mean - _TOLERATED
        least = min(least, total)
    return total - least > _ALARM
