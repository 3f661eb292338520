"""Hints that name the command: what a button does in the window has another name here."""

import contextlib
from collections.abc import Generator

from assistant.domain.errors import UserFacingError

_FOR_GATES = (
    "“assistant models token --set-from FILE” keeps a token in the keyring; --token-file FILE "
    "gives it to one command only, where there is no keyring."
)
_ANYWAY = "--anyway takes it where it only seems not to fit."
_INSTEAD = {
    "model_installed": "“assistant models use ID” has it answer new chats.",
    "model_unknown": (
        "“assistant models list” shows the ids that are known, “assistant models search WORDS” "
        "looks on the Hub."
    ),
    "model_not_installed": (
        "“assistant models download ID” has it, “assistant models import FILE” takes a file of it."
    ),
    "token_missing": "Make one on the Hub under Settings, Access Tokens. " + _FOR_GATES,
    "catalogue_nowhere": "Name a file or an https address behind “assistant models refresh”.",
    "downloads_elsewhere": "Wait until it is done, or do it in the window that is open.",
}
_BESIDE = {
    "gated": _FOR_GATES,
    "token_wrong": _FOR_GATES,
    "repo_unknown": "“assistant models token” says whether there is a token.",
    "model_wont_fit": _ANYWAY,
    "out_of_memory": _ANYWAY,
}


@contextlib.contextmanager
def of_commands() -> Generator[None]:
    """Has what goes wrong in the block hint at what to type next.

    Raises:
        UserFacingError: As in the block, with another hint.
    """
    try:
        yield
    except UserFacingError as error:
        hint = _INSTEAD.get(error.code) or f"{error.hint} {_BESIDE.get(error.code, '')}".strip()
        if hint == error.hint:
            raise
        raise type(error)(error.message, hint, code=error.code) from error
