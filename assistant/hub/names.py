"""Names that come from outside, checked before anything is made of them.

A repository, a manifest or a dropped folder says how its files are called. Such a name is taken
only where it means the same file on Linux, macOS and Windows, inside the folder that it is joined
to. Whoever joins it still checks the outcome with ``inside``: the folder may hold links.
"""

import re
import unicodedata
from pathlib import Path

from assistant.domain.errors import UserFacingError

__all__ = [
    "checked_commit",
    "checked_flat_name",
    "checked_name",
    "checked_repo",
    "inside",
    "is_repo",
]

_MOST_PART_BYTES = 200
"""Of one part; file systems allow 255, and what is being written adds an ending."""
_MOST_BYTES = 600
_MOST_PARTS = 12
_MOST_SHOWN = 80
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789\u00b9\u00b2\u00b3"}
)
_FORBIDDEN = frozenset('\\:*?"<>|')
_REPO = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,95})/[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,95})")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def checked_name(name: str) -> str:
    """Returns a path inside a repository as it stands, or refuses it.

    Args:
        name: With forward slashes between its parts.

    Raises:
        UserFacingError: With code ``unsafe_name``; its text shows the name with all that could
            deceive the eye written out.
    """
    parts = name.split("/")
    reasons = (_whole_trouble(name, parts), *(_part_trouble(part) for part in parts))
    reason = next((words for words in reasons if words), "")
    if reason:
        raise UserFacingError(
            f"The file name {_shown(name)} is refused: {reason}.",
            "Nothing was written under it. Choose another model, or tell the people who made it.",
            code="unsafe_name",
        )
    return name


def checked_flat_name(name: str) -> str:
    """Returns the name of one file without folders, or refuses it as ``checked_name`` does."""
    if "/" in name:
        raise UserFacingError(
            f"The file name {_shown(name)} is refused: it holds a folder.",
            "Choose another model.",
            code="unsafe_name",
        )
    return checked_name(name)


def checked_repo(repo: str) -> str:
    """Returns ``owner/name`` as the Hub allows it, or refuses it.

    Raises:
        UserFacingError: With code ``repo_unknown``.
    """
    if not is_repo(repo):
        raise UserFacingError(
            f"{_shown(repo)} is not the name of a repository.",
            "A name looks like owner/name, as it stands in the address of its page.",
            code="repo_unknown",
        )
    return repo


def is_repo(repo: str) -> bool:
    """Whether it is ``owner/name`` as the Hub allows it."""
    odd = ".." in repo or "--" in repo or repo.endswith((".git", "."))
    return _REPO.fullmatch(repo) is not None and not odd


def checked_commit(commit: str) -> str:
    """Returns 40 hex digits as they stand, or refuses them.

    Raises:
        UserFacingError: With code ``hub_unreachable``: no Hub answers so.
    """
    if not _COMMIT.fullmatch(commit):
        raise UserFacingError(
            "The Hub did not say which state of the repository it shows.",
            "Try again later.",
            code="hub_unreachable",
        )
    return commit


def inside(folder: Path, name: str) -> Path:
    """Joins a name to a folder, and makes sure that it stays in there, links followed.

    Raises:
        UserFacingError: With code ``unsafe_name``.
    """
    path = folder / checked_name(name)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UserFacingError(
            f"The file name {_shown(name)} is refused: it leads out of its folder.",
            "Look for a link inside the folder that points elsewhere.",
            code="unsafe_name",
        )
    return path


def _whole_trouble(name: str, parts: list[str]) -> str:
    troubles = {
        "it is not inside the repository": name.startswith("/"),
        "it leads out of its folder": ".." in parts or "." in parts,
        "it holds characters that cannot be seen": any(_deceives(letter) for letter in name),
        "it is too long": _bytes_of(name) > _MOST_BYTES or len(parts) > _MOST_PARTS,
        "its letters are written in an unusual way": unicodedata.normalize("NFC", name) != name,
    }
    return next((words for words, true in troubles.items() if true), "")


def _part_trouble(part: str) -> str:
    troubles = {
        "one of its parts is empty": not part,
        "it holds a character that means something else on some systems": bool(
            set(part) & _FORBIDDEN
        ),
        "it begins with a character that programs read as a command": part.startswith(
            ("-", "~", " ")
        ),
        "one of its parts ends with a dot or a space": part.endswith((".", " ")),
        "it is the name of a device on Windows": part.split(".", 1)[0].rstrip(" ").casefold()
        in _DEVICES,
        "one of its parts is too long": _bytes_of(part) > _MOST_PART_BYTES,
    }
    return next((words for words, true in troubles.items() if true), "")


def _bytes_of(text: str) -> int:
    return len(text.encode(errors="replace"))  # a lone surrogate has no bytes


def _deceives(letter: str) -> bool:
    """Control, format (such as right-to-left marks), surrogate, private, unassigned, separators."""
    category = unicodedata.category(letter)
    return category[0] == "C" or (category[0] == "Z" and letter != " ")


def _shown(name: str) -> str:
    short = name if len(name) <= _MOST_SHOWN else f"{name[:_MOST_SHOWN]}…"
    return ascii(short) if any(_deceives(letter) for letter in short) else f"“{short}”"
