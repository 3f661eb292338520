"""A newer catalogue: signed by whom the user trusts, newer, sound, or not taken."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
import sign_catalogue
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.config.paths import resources
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.hub.catalogue import read_catalogue
from assistant.hub.catalogue_refresh import CatalogueKeeper, fingerprint, seal

FILE = resources() / "catalogue.json"
SHIPPED = read_catalogue(FILE)
KEY, OTHER = (Ed25519PrivateKey.generate() for _ in range(2))


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _print(key: Ed25519PrivateKey) -> str:
    return fingerprint(_public(key))


def _text(edition: int, *, without: str = "") -> bytes:
    raw: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    raw["edition"] = edition
    raw["models"] = [entry for entry in raw["models"] if entry["name"] != without]
    return json.dumps(raw).encode()


def _sealed(edition: int, key: Ed25519PrivateKey = KEY, *, without: str = "") -> bytes:
    return seal(_text(edition, without=without), key.private_bytes_raw())


def _refused(keeper: CatalogueKeeper, sealed: bytes, accept: str = "") -> UserFacingError:
    before = keeper.current
    with pytest.raises(UserFacingError) as caught:
        keeper.take(sealed, accept)
    assert keeper.current is before, "the old one is kept"
    assert caught.value.hint
    return caught.value


def test_a_key_is_asked_about_once_and_pinned(tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED)
    asked = _refused(keeper, _sealed(2))
    assert asked.code == "catalogue_key_unknown"
    assert _print(KEY) in asked.message
    assert _refused(keeper, _sealed(2), _print(OTHER)).code == "catalogue_key_unknown"

    news = keeper.take(_sealed(2, without="Mistral 7B v0.3"), _print(KEY))
    assert (news.edition, news.added, news.gone) == (2, (), ("Mistral 7B v0.3",))
    assert news.fingerprint == _print(KEY)
    assert keeper.take(_sealed(3)).added == ("Mistral 7B v0.3",)

    again = CatalogueKeeper(tmp_path, SHIPPED)
    assert again.current.edition == 3
    assert again.pinned == (_print(KEY),)
    changed = _refused(again, _sealed(4, OTHER), _print(OTHER))
    assert changed.code == "catalogue_key_changed"
    assert again.signed_by == _print(KEY)
    again.forget_key()
    assert (again.current, again.signed_by, again.pinned) == (SHIPPED, "", ())
    assert again.take(_sealed(4, OTHER), _print(OTHER)).edition == 4


def test_a_key_that_ships_needs_no_question(tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)])
    assert keeper.take(_sealed(2)).edition == 2
    assert keeper.pinned == ()


def test_it_never_goes_back(tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)])
    keeper.take(_sealed(5))
    for edition in (1, 4, 5):
        assert _refused(keeper, _sealed(edition)).code == "catalogue_older"
    newer = CatalogueKeeper(tmp_path, read_catalogue(_shipped_as(tmp_path, 6)), [_public(KEY)])
    assert newer.current.edition == 6, "an application that brings a newer one offers its own"


def _shipped_as(folder: Path, edition: int) -> Path:
    path = folder / "shipped.json"
    path.write_bytes(_text(edition))
    return path


def test_what_was_changed_on_the_way_is_noticed(tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)])
    envelope = json.loads(_sealed(2))
    changed = {**envelope, "catalogue": envelope["catalogue"].replace("MIT", "mit")}
    assert _refused(keeper, json.dumps(changed).encode()).code == "catalogue_unsigned"
    claimed = {**envelope, "key": base64.b64encode(_public(OTHER)).decode()}
    assert _refused(keeper, json.dumps(claimed).encode()).code == "catalogue_unsigned"


@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"not json",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * (9 << 20),
        json.dumps({"kind": "lamplight-catalogue", "key": "", "signature": "", "catalogue": ""}),
        json.dumps(
            {"kind": "lamplight-catalogue", "key": "AAAA", "signature": "!", "catalogue": "x"}
        ),
    ],
)
def test_what_is_no_catalogue_is_refused(sealed: bytes | str, tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED)
    raw = sealed.encode() if isinstance(sealed, str) else sealed
    assert _refused(keeper, raw).code == "catalogue_broken"


def test_a_signature_does_not_make_nonsense_sound(tmp_path: Path) -> None:
    keeper = CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)])
    text = b'{"version": 2}'
    signature = KEY.sign(b"lamplight catalogue 1\0" + text)
    envelope = {
        "kind": "lamplight-catalogue",
        "key": base64.b64encode(_public(KEY)).decode(),
        "signature": base64.b64encode(signature).decode(),
        "catalogue": text.decode(),
    }
    assert _refused(keeper, json.dumps(envelope).encode()).code == "catalogue_broken"
    with pytest.raises(ValueError, match="edition"):
        seal(text, KEY.private_bytes_raw())


def test_what_was_taken_and_is_damaged_gives_way_to_what_ships(tmp_path: Path) -> None:
    CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)]).take(_sealed(2))
    assert CatalogueKeeper(tmp_path, SHIPPED).current is SHIPPED, "its key is not trusted here"
    taken = tmp_path / "taken.json"
    taken.write_bytes(taken.read_bytes().replace(b"MIT", b"mit"))
    keeper = CatalogueKeeper(tmp_path, SHIPPED, [_public(KEY)])
    assert keeper.current is SHIPPED
    assert "signature" in keeper.problem


def test_a_folder_that_cannot_be_written_keeps_the_old_one(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    keeper = CatalogueKeeper(blocked / "folder", SHIPPED, [_public(KEY)])
    with pytest.raises(EnvironmentProblem):
        keeper.take(_sealed(2))
    assert keeper.current is SHIPPED


def test_the_script_makes_keys_and_signs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, text, signed = (tmp_path / name for name in ("key", "catalogue.json", "signed.json"))
    assert sign_catalogue.main(["keys", str(key)]) == 0
    said = capsys.readouterr().out.strip()
    assert sign_catalogue.main(["keys", str(key)]) == 1, "a key is never written over"
    text.write_bytes(_text(7))
    assert sign_catalogue.main(["sign", str(key), str(text), str(signed)]) == 0
    assert f"edition 7, {said}" in capsys.readouterr().out

    keeper = CatalogueKeeper(tmp_path / "kept", SHIPPED)
    assert keeper.take(signed.read_bytes(), said).edition == 7
    text.write_bytes(b"{}")
    assert sign_catalogue.main(["sign", str(key), str(text), str(signed)]) == 1
