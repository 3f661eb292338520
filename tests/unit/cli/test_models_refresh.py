"""``models refresh``: a newer catalogue by the command line."""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.config.paths import resources
from assistant.hub.catalogue_refresh import fingerprint, seal
from tests.unit.cli.conftest import CommandLine

KEY = Ed25519PrivateKey.generate()
PRINT = fingerprint(KEY.public_key().public_bytes_raw())
NEW = "A new one"


def _signed(path: Path, edition: int = 7) -> str:
    raw = json.loads((resources() / "catalogue.json").read_text(encoding="utf-8"))
    added = {**raw["models"][2], "id": "a-new-one", "name": NEW}
    raw |= {"edition": edition, "issued": "2027-05-04", "models": [*raw["models"], added]}
    path.write_bytes(seal(json.dumps(raw).encode(), KEY.private_bytes_raw()))
    return str(path)


def test_a_new_key_is_compared_once_and_what_it_signs_is_offered(
    cli: CommandLine, tmp_path: Path
) -> None:
    file = _signed(tmp_path / "signed.json")
    asked = cli("models", "refresh", file)
    assert asked.error["code"] == "catalogue_key_unknown"
    assert PRINT in asked.error["message"]
    assert "--trust" in asked.error["hint"]
    assert cli("models", "refresh", file, "--trust", "0" * 32).error["code"] == (
        "catalogue_key_unknown"
    )
    taken = cli("models", "refresh", file, "--trust", PRINT).value
    assert taken == {
        "edition": 7,
        "issued": "2027-05-04",
        "models": 15,
        "added": [NEW],
        "gone": [],
        "fingerprint": PRINT,
    }
    listed = {model["name"]: model for model in cli("models", "list").value["models"]}
    assert listed[NEW]["fit"]["verdict"] != "unknown"
    assert cli("models", "refresh", file).error["code"] == "catalogue_older"
    newer = cli("models", "refresh", _signed(tmp_path / "signed.json", 8), as_json=False)
    assert newer.out.startswith("Edition 8 with 15 models")


def test_what_cannot_be_had_is_said(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("models", "refresh").error["code"] == "catalogue_nowhere"
    gone = cli("models", "refresh", str(tmp_path / "none.json")).error
    assert gone["code"] == "catalogue_unreachable"
    sealed = cli("models", "refresh", "https://example.org/c.json", "--offline").error
    assert sealed["code"] == "offline"
