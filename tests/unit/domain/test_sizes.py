"""Sizes in words: one form for all of them."""

import pytest

from assistant.domain.sizes import memory_words, size_words, speed_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (-3, "0 bytes"),
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (999.9, "1 kB"),
        (12_345, "12 kB"),
        (999_499, "999 kB"),
        (999_600, "1 MB"),
        (98_000_000, "98 MB"),
        (999_700_000, "1.00 GB"),
        (2_390_000_000, "2.39 GB"),
        (47_400_000_000, "47.4 GB"),
    ],
)
def test_small_is_kilobytes_and_large_gigabytes(size: float, words: str) -> None:
    assert size_words(size) == words


def test_memory_is_not_told_more_exactly_than_it_is_known() -> None:
    assert memory_words(4_321_000_000) == "4.3 GB"
    assert memory_words(870_000_000) == "870 MB"
    assert memory_words(999_700_000) == "1.0 GB"


def test_a_speed_in_megabytes_has_a_decimal() -> None:
    assert speed_words(640_000) == "640 kB/s"
    assert speed_words(12_440_000) == "12.4 MB/s"
    assert speed_words(1_020_000_000) == "1.02 GB/s"
