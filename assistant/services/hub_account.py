"""The user's account on the Hub: a token for repositories that ask who wants them."""

from dataclasses import dataclass

from assistant.domain.errors import UserFacingError
from assistant.hub.client import HubClient
from assistant.services.jobs import Job, Workers
from assistant.services.token_file import checked_token
from assistant.store.hub_token import HubTokenShelf

__all__ = ["HubAccount", "TokenState"]


@dataclass(frozen=True, slots=True)
class TokenState:
    """Whether there is a token.

    Args:
        kept: In the keyring; otherwise it is forgotten at the end of this run.
        name: Of its account, where that was just asked.
    """

    there: bool
    kept: bool
    name: str = ""


class HubAccount:
    """Takes, checks and forgets the token.

    Args:
        shelf: Where it is kept.
        client: Asks the Hub whose it is.
        workers: Asking the keyring may take long.
    """

    def __init__(self, shelf: HubTokenShelf, client: HubClient, workers: Workers) -> None:
        self._shelf = shelf
        self._client = client
        self._workers = workers

    def state(self) -> Job[TokenState]:
        """Whether there is one; connects nowhere."""
        return self._workers.in_pool(lambda _: self._state())

    def set_token(self, token: str, *, allowed: bool = False) -> Job[TokenState]:
        """Asks the Hub whose token it is, and keeps it if it is somebody's.

        Args:
            token: As the Hub shows it.
            allowed: The user asked for this connection.

        Raises (from the job):
            UserFacingError: ``token_wrong``, ``offline`` or ``hub_unreachable``; the token that
                was kept before is kept on.
        """

        def work(_: Job[TokenState]) -> TokenState:
            bare = checked_token(token)
            name = self._client.who_am_i(bare, allowed=allowed)
            self._shelf.write(bare)
            return TokenState(there=True, kept=self._shelf.kept, name=name)

        return self._workers.in_pool(work)

    def check(self, *, allowed: bool = False) -> Job[TokenState]:
        """Asks the Hub whose the token is that is kept.

        Args:
            allowed: The user asked for this connection.

        Raises (from the job):
            UserFacingError: ``token_missing``, and as ``set_token``.
        """

        def work(_: Job[TokenState]) -> TokenState:
            kept = self._shelf.read()
            if not kept:
                raise UserFacingError(
                    "There is no token.",
                    "Make one on the Hub under Settings, Access Tokens, and give it to Lamplight.",
                    code="token_missing",
                )
            name = self._client.who_am_i(kept, allowed=allowed)
            return TokenState(there=True, kept=self._shelf.kept, name=name)

        return self._workers.in_pool(work)

    def remove_token(self) -> Job[TokenState]:
        """Forgets the token.

        Raises (from the job):
            EnvironmentProblem: The keyring does not let go of it.
        """

        def work(_: Job[TokenState]) -> TokenState:
            self._shelf.remove()
            return self._state()

        return self._workers.in_pool(work)

    def _state(self) -> TokenState:
        there = bool(self._shelf.read())
        return TokenState(there, self._shelf.kept)
