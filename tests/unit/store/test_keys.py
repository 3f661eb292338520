"""The data key and its wrappings."""

import pytest

from assistant.domain.errors import UserFacingError
from assistant.store import keys
from assistant.store.keys import DataKey, RecoveryKeyMistyped, WrongSecret

CHEAP = keys.Argon2Cost(iterations=1, lanes=1, memory_kib=64)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize(
    "text",
    ["", "ab" * 31, "ab" * 33, "zz" * 32, "AB" * 32, " " + "ab" * 32, "ab" * 32 + "\n", "é" * 64],
)
def test_only_64_hex_digits_are_a_key(text: str) -> None:
    with pytest.raises(ValueError, match="256-bit"):
        DataKey.from_hex(text)


def test_a_key_survives_hex_and_hides_from_repr() -> None:
    key = DataKey.generate()
    assert DataKey.from_hex(key.hex()) == key
    assert key.hex() not in repr(key)
    assert repr(key.raw) not in repr(key)
    assert DataKey.generate() != key


def test_a_passphrase_opens_what_it_closed() -> None:
    key = DataKey.generate()
    wrapped = keys.wrap_with_passphrase(key, "caf\u00e9 au lait", "v1", CHEAP)
    # The same words from a keyboard that composes the accent.
    assert keys.unwrap_with_passphrase(wrapped, "cafe\u0301 au lait", "v1") == key
    with pytest.raises(WrongSecret) as wrong:
        keys.unwrap_with_passphrase(wrapped, "cafe au lait", "v1")
    assert wrong.value.code == "wrong_passphrase"
    with pytest.raises(WrongSecret):
        keys.unwrap_with_passphrase(wrapped, "caf\u00e9 au lait", "v2")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(UserFacingError) as short:
        keys.wrap_with_passphrase(DataKey.generate(), "1234567", "v1")
    assert short.value.code == "passphrase_too_short"


def test_each_wrapping_is_different() -> None:
    key = DataKey.generate()
    first, second = (keys.wrap_with_passphrase(key, "long enough", "v", CHEAP) for _ in range(2))
    assert first.sealed != second.sealed
    assert key.raw not in first.sealed


def test_costs_out_of_bounds_are_refused() -> None:
    for cost in ((0, 1, 64), (65, 1, 64), (1, 1, (1 << 20) + 1), (1, 4, 16)):
        with pytest.raises(ValueError, match="range"):
            keys.Argon2Cost(*cost)


def test_a_recovery_key_opens_however_it_was_typed() -> None:
    key, text = DataKey.generate(), keys.new_recovery_key()
    wrapped = keys.wrap_with_recovery_key(key, text, "v1")
    groups = text.split("-")
    assert [len(group) for group in groups] == [5] * 7
    confused = text.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    for typed in (text, text.replace("-", ""), f"\n {text} ", confused, "\u2013".join(groups)):
        assert keys.unwrap_with_recovery_key(wrapped, typed, "v1") == key


def test_a_recovery_key_of_another_vault_is_wrong_not_mistyped() -> None:
    wrapped = keys.wrap_with_recovery_key(DataKey.generate(), keys.new_recovery_key(), "v1")
    with pytest.raises(WrongSecret) as wrong:
        keys.unwrap_with_recovery_key(wrapped, keys.new_recovery_key(), "v1")
    assert wrong.value.code == "wrong_recovery_key"


def test_every_slip_in_a_recovery_key_is_called_a_slip() -> None:
    text = keys.new_recovery_key().replace("-", "")
    slips = {text[:-1], text + "0", text[:10] + "U" + text[11:], ""}
    for place in range(len(text)):
        other = ALPHABET[(ALPHABET.index(text[place]) + 7) % 32]
        slips.add(text[:place] + other + text[place + 1 :])
        if place and text[place] != text[place - 1]:
            slips.add(text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :])
    assert text not in slips
    for slip in slips:
        with pytest.raises(RecoveryKeyMistyped):
            keys.normal_recovery_key(slip)


def test_recovery_keys_differ_and_hold_150_bits() -> None:
    made = {keys.new_recovery_key() for _ in range(200)}
    assert len(made) == 200
    seen = {letter for text in made for letter in text[:35].replace("-", "")}
    assert seen == set(ALPHABET)


def test_a_passphrase_is_stretched_as_rfc_9106_recommends_where_memory_is_short() -> None:
    usual = keys.Argon2Cost()
    assert (usual.iterations, usual.lanes, usual.memory_kib) == (3, 4, 64 * 1024)
