"""Stretches of slots: putting them together and taking them from one another."""

from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same slots in stretches that neither overlap nor touch, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def without(spans: Iterable[Span], gone: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of stretches when others are taken out."""
    cuts = merged(gone)
    found: list[Span] = []
    at = 0
    for opens, closes in merged(spans):
        start = opens
        while at < len(cuts) and cuts[at][1] <= start:
            at += 1
        look = at
        while look < len(cuts) and cuts[look][0] < closes:
            if cuts[look][0] > start:
                found.append((start, cuts[look][0]))
            start = max(start, cuts[look][1])
            look += 1
        if start < closes:
            found.append((start, closes))
    return tuple(found)
