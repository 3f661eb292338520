"""The names of a model that is cut into several GGUF files: ``name-00001-of-00003.gguf``."""

import re
from dataclasses import dataclass
from pathlib import Path

MOST_PARTS = 1024
_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SplitName:
    """The name of one part, as llama.cpp writes and reads it.

    Args:
        stem: What all parts share.
        number: Of this part, from 1.
        count: Of all parts.
    """

    stem: str
    number: int
    count: int

    @property
    def names(self) -> tuple[str, ...]:
        """The file names of all parts, the first one first."""
        return tuple(
            f"{self.stem}-{number:05d}-of-{self.count:05d}.gguf"
            for number in range(1, self.count + 1)
        )


def split_name(name: str) -> SplitName | None:
    """What a file name says of the set it belongs to; None of a file that stands alone."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    number, count = int(found["number"]), int(found["count"])
    if not 1 <= number <= count <= MOST_PARTS:
        return None
    return SplitName(found["stem"], number, count)


def split_set(path: Path) -> tuple[Path, ...]:
    """All parts of the set that ``path`` is one of, whether they are there or not.

    A file that stands alone is a set of one.
    """
    said = split_name(path.name)
    return (path,) if said is None else tuple(path.with_name(name) for name in said.names)
