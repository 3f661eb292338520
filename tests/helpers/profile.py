"""A profile for one test, without anything of the window."""

from pathlib import Path

from assistant.config.paths import profile_paths
from assistant.services.options import CoreOptions

PASSPHRASE = "a lamp on a desk in the evening"  # noqa: S105 - of a vault that lives for a test


def options_for(profile: Path) -> CoreOptions:
    """Options of a profile whose vault opens with a passphrase file."""
    profile.mkdir(parents=True, exist_ok=True)
    secret = profile / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return CoreOptions(paths=profile_paths(profile), passphrase_file=secret, keyring=False)
