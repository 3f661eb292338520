"""``models token``: the user's token for models of the Hub that ask who wants them."""

import argparse

from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import EnvironmentProblem
from assistant.services.core import Core
from assistant.services.token_file import read_token


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
        given = read_token(arguments.set_from, or_input=True)
        state = outcome(account.set_token(given, allowed=True))
        if not state.kept:
            raise EnvironmentProblem(
                "There is no keyring to keep the token in, so it is forgotten again.",
                "With --token-file and the same file each command takes it from there.",
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
        if state.there and core.options.token_file is not None:
            words = "A token is given for this command; it is not kept."
    output.document({"there": state.there, "kept": state.kept, "name": state.name}, words)
