"""``models token``: the user's token for models of the Hub that ask who wants them."""

import argparse
import sys
from pathlib import Path

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.services.core import Core

_LONGEST = 4096


def token(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Says whether there is one, takes one, asks the Hub whose it is, or forgets it.

    A token never stands on the command line, where every program could read it.

    Raises:
        UserFacingError: ``token_file_unreadable``, ``token_wrong``, ``token_missing``, and what
            the connection to the Hub can raise.
        EnvironmentProblem: ``keyring_missing``; there is nowhere to keep it.
    """
    account = core.hub.account
    if arguments.set_from is not None:
        state = outcome(account.set_token(_read(arguments.set_from), allowed=True))
        if not state.kept:
            raise EnvironmentProblem(
                "There is no keyring to keep the token in, so it is forgotten again.",
                "“doctor” says which keyring was looked for.",
                code="keyring_missing",
            )
        words = f"You are {state.name} on the Hub; the token is kept in the keyring."
    elif arguments.clear:
        state = outcome(account.remove_token())
        words = "The token is forgotten."
    elif arguments.check:
        state = outcome(account.check(allowed=True))
        words = f"You are {state.name} on the Hub."
    else:
        state = outcome(account.state())
        words = "There is a token." if state.there else "There is no token."
    output.document({"there": state.there, "kept": state.kept, "name": state.name}, words)


def _read(source: Path) -> str:
    """The first line of a file, or of standard input for ``-``."""
    try:
        if str(source) == "-":
            line = sys.stdin.readline(_LONGEST)
        else:
            with source.open(encoding="utf-8-sig") as file:
                line = file.readline(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            "The file with the token cannot be read.",
            "Name a text file whose first line is the token, or - for standard input.",
            code="token_file_unreadable",
        ) from error
    return line.strip()
