"""Lock files: requirements with hashes, one block for each package."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked package.

    Args:
        name: In lower case, with dashes.
        version: The one version that will do.
        text: Its lines in the lock file, with the hashes and without the comments.
    """

    name: str
    version: str
    text: str


def normal(name: str) -> str:
    """A package's name as the lock files write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(text: str) -> tuple[Pin, ...]:
    """The pins of a lock file, in its order; a package may have one for each Python version.

    Raises:
        ValueError: A line stands outside of any pin.
    """
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if _PIN.match(line):
            blocks.append([line])
        elif line.startswith((" ", "\t")) and blocks:
            blocks[-1].append(line)
        else:
            raise ValueError(f"not a pinned requirement: {line}")
    pins: list[Pin] = []
    for block in blocks:
        found = _PIN.match(block[0])
        if found:
            pins.append(Pin(normal(found[1]), found[2], "\n".join(block) + "\n"))
    return tuple(pins)


def without(pins: Iterable[Pin], name: str) -> str:
    """The text of a requirements file with one package left out."""
    return "".join(pin.text for pin in pins if pin.name != name)


def only(pins: Iterable[Pin], name: str) -> Pin:
    """The single pin of a package.

    Raises:
        ValueError: There is none, or more than one.
    """
    found = [pin for pin in pins if pin.name == name]
    if len(found) != 1:
        raise ValueError(f"{name} is pinned {len(found)} times, not once")
    return found[0]


def digest(*paths: Path) -> str:
    """SHA-256 over the contents of files, line ends aside: checkouts differ in them."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in lower-case hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
