"""The user's token for the Hub as it is given: what one looks like, and the file it stands in."""

import re
import sys
from pathlib import Path

from assistant.domain.errors import UserFacingError

_LONGEST = 4096
_TOKEN = re.compile(r"[A-Za-z0-9_.-]{8,200}")


def checked_token(text: str) -> str:
    """The token without what stands around it; nothing else may go into a request.

    Raises:
        UserFacingError: ``token_wrong``; it cannot be one.
    """
    bare = text.strip()
    if not _TOKEN.fullmatch(bare):
        raise UserFacingError(
            "This is not a token of the Hub.",
            "A token is one long word that begins with hf_; copy it once more.",
            code="token_wrong",
        )
    return bare


def read_token(path: Path, *, or_input: bool = False) -> str:
    """The first line of a file.

    Args:
        path: The file.
        or_input: ``-`` means standard input.

    Raises:
        UserFacingError: ``token_file_unreadable``; ``token_wrong`` where it holds no token.
    """
    try:
        if or_input and str(path) == "-":
            line = sys.stdin.readline(_LONGEST)
        else:
            with path.open(encoding="utf-8-sig") as file:
                line = file.readline(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            "The file with the token cannot be read.",
            "Name a text file whose first line is the token"
            + (", or - for standard input." if or_input else "."),
            code="token_file_unreadable",
        ) from error
    return checked_token(line)
