"""The file that holds a passphrase, where no keyring can be had."""

from pathlib import Path

from assistant.domain.errors import UserFacingError

_LONGEST = 4096


def read_passphrase(path: Path) -> str:
    """The first line of the file.

    Raises:
        UserFacingError: It cannot be read, or its first line is empty.
    """
    try:
        # Some editors begin a file with a mark that is no part of its text; and no more is read
        # than a passphrase can be, because a device never ends.
        with path.open(encoding="utf-8-sig") as file:
            line = file.readline(_LONGEST).rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            "The passphrase file cannot be read.",
            "Name a text file whose first line is the passphrase.",
            code="passphrase_file_unreadable",
        ) from error
    if not line:
        raise UserFacingError(
            "The passphrase file is empty.",
            "Its first line must be the passphrase.",
            code="passphrase_file_empty",
        )
    return line
