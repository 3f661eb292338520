"""What the command line decides before anything is built. Imports nothing that is slow."""

from dataclasses import dataclass, field
from pathlib import Path

from assistant.config.paths import Paths
from assistant.domain.clock import Clock, SystemClock
from assistant.domain.clock_face import PLAIN_FACE, ClockFace


@dataclass(frozen=True, slots=True)
class CoreOptions:
    """How this run of the application differs from an ordinary one.

    Args:
        paths: The places of the profile.
        clock: Tells the time of day.
        passphrase_file: Where no keyring can be had.
        token_file: Of the user's account on the Hub, in place of what the keyring holds.
        offline: Refuses every connection, whatever the settings say.
        seed: Makes drawn numbers repeatable.
        keyring: False refuses the keyring of the system: the vault is under a passphrase.
        face: How times of day are written where the user reads them; what is kept is over 24 hours.
    """

    paths: Paths
    clock: Clock = field(default_factory=SystemClock)
    passphrase_file: Path | None = None
    token_file: Path | None = None
    offline: bool = False
    seed: int | None = None
    keyring: bool = True
    face: ClockFace = PLAIN_FACE
