"""The maker of the exercises that proposals are held against, with the real sandbox."""

from tests.unit.tutor.making.conftest import (
    _music_library,  # pyright: ignore[reportPrivateUsage] - a fixture that is used by name
    maker,
)

__all__ = ["_music_library", "maker"]
