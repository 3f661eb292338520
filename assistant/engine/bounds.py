"""Numbers out of requests, brought within what a library takes."""

import math

from assistant.domain.generation import Adapter

_MOST_SCALE = 4.0


def clamp(value: float, low: float, high: float, otherwise: float) -> float:
    """``value`` within its bounds; ``otherwise`` where it is no finite number."""
    return min(max(value, low), high) if math.isfinite(value) else otherwise


def clamped_scale(adapter: Adapter) -> float:
    """Its scale within the bounds; 1 where it is no number."""
    return clamp(adapter.scale, -_MOST_SCALE, _MOST_SCALE, 1.0)
