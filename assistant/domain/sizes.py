"""Sizes in words, the same wherever they are told; a kilobyte is a thousand bytes."""

_KILO, _MEGA, _GIGA = 10**3, 10**6, 10**9
_ONE_DECIMAL_FROM = 10 * _GIGA


def size_words(size_bytes: float) -> str:
    """``512 bytes``, ``12 kB``, ``98 MB``, ``2.39 GB``, ``47.4 GB``."""
    if size_bytes >= _ONE_DECIMAL_FROM:
        return f"{size_bytes / _GIGA:.1f} GB"
    if round(size_bytes / _MEGA) >= _KILO:
        return f"{size_bytes / _GIGA:.2f} GB"
    if round(size_bytes / _KILO) >= _KILO:
        return f"{size_bytes / _MEGA:.0f} MB"
    if round(size_bytes) >= _KILO:
        return f"{size_bytes / _KILO:.0f} kB"
    whole = max(round(size_bytes), 0)
    return f"{whole} byte{'s' if whole != 1 else ''}"


def memory_words(size_bytes: float) -> str:
    """``4.3 GB``, ``870 MB``: memory is estimated, and a second decimal would pretend otherwise."""
    if round(size_bytes / _MEGA) >= _KILO:
        return f"{size_bytes / _GIGA:.1f} GB"
    return size_words(size_bytes)


def speed_words(bytes_per_s: float) -> str:
    """``640 kB/s``, ``12.4 MB/s``, ``1.02 GB/s``: of a download."""
    if round(bytes_per_s / _KILO) >= _KILO and round(bytes_per_s / _MEGA) < _KILO:
        return f"{bytes_per_s / _MEGA:.1f} MB/s"
    return f"{size_words(bytes_per_s)}/s"
