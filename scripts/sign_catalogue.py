"""Makes keys for a catalogue of one's own, and signs it.

    python scripts/sign_catalogue.py keys KEY_FILE
    python scripts/sign_catalogue.py sign KEY_FILE CATALOGUE.json SIGNED.json

The key file is for the issuer alone. The fingerprint that is printed is what users compare when
they take the catalogue for the first time. Each issue needs a higher ``edition``.
"""

import argparse
import base64
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.hub.catalogue import parse_catalogue
from assistant.hub.catalogue_refresh import fingerprint, seal


def make_keys(path: Path) -> str:
    """Writes a new private key, readable by the owner alone; returns its fingerprint.

    Raises:
        FileExistsError: There is one already: it is never written over.
    """
    key = Ed25519PrivateKey.generate()
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(base64.b64encode(key.private_bytes_raw()).decode() + "\n", encoding="ascii")
    return fingerprint(key.public_key().public_bytes_raw())


def sign(key: Path, catalogue: Path, signed: Path) -> str:
    """Signs a catalogue; returns the fingerprint of the key.

    Raises:
        ValueError: It is not a sound catalogue, or the key is none.
    """
    private = base64.b64decode(key.read_text(encoding="ascii").strip(), validate=True)
    signed.write_bytes(seal(catalogue.read_bytes(), private))
    public = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return fingerprint(public.public_bytes_raw())


def main(words: list[str]) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    keys = commands.add_parser("keys", help="make a key file")
    keys.add_argument("key", type=Path)
    signing = commands.add_parser("sign", help="sign a catalogue")
    for name in ("key", "catalogue", "signed"):
        signing.add_argument(name, type=Path)
    said = parser.parse_args(words)
    try:
        if said.command == "keys":
            print(make_keys(said.key))
        else:
            edition = parse_catalogue(said.catalogue.read_bytes()).edition
            print(f"edition {edition}, {sign(said.key, said.catalogue, said.signed)}")
    except (OSError, ValueError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
