"""What an engine may take of this machine's memory where nobody says otherwise."""

from assistant.engine.machine import memory_now
from assistant.engine.residents import Residency

_KEPT_BYTES = 256 << 20
"""For conversations that are not being written, where the system does not say what it has."""
_KEPT_SHARE, _RESIDENT_SHARE = 0.05, 0.6


def kept_share() -> int:
    """Bytes, per model, for what was computed for conversations that are not being written."""
    memory = memory_now()
    return int(memory.total_bytes * _KEPT_SHARE) if memory else _KEPT_BYTES


def resident_share() -> Residency:
    """How many models may stay loaded."""
    memory = memory_now()
    return Residency(int(memory.total_bytes * _RESIDENT_SHARE) if memory else 0)
