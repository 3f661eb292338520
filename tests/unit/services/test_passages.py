"""Where a message is cut, and what is left of a vector in bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.services.passages import passages_of, to_bytes


def cut(text: str) -> list[str]:
    return [text[start : start + length] for start, length in passages_of(text)]


def test_a_short_message_is_one_passage() -> None:
    assert cut(" How are you?\n") == ["How are you?"]


@pytest.mark.parametrize("text", ["", " \n ", "?!", "---\n***", "🙂"])
def test_what_says_nothing_has_no_passage(text: str) -> None:
    assert cut(text) == []


def test_it_is_cut_between_paragraphs_before_all_else() -> None:
    first, second = "One line.\nAnd another. " * 12, "The second paragraph. " * 12
    assert cut(f"{first}\n\n{second}") == [first.strip(), second.strip()]


@pytest.mark.parametrize("joint", ["\n", ". ", "。", " "])
def test_without_paragraphs_it_is_cut_at_the_next_best(joint: str) -> None:
    found = cut(joint.join(["wwwwwwwww"] * 100))
    assert len(found) > 1
    assert all(part.strip(joint).endswith("w") for part in found)
    assert all(len(part) <= 500 for part in found)
    assert sum(part.count("w" * 9) for part in found) == 100


@given(st.text(st.sampled_from("ab .\n。?é🙂"), max_size=3000))
def test_passages_are_in_order_and_leave_out_no_letter(text: str) -> None:
    found = passages_of(text)
    assert all(0 < length <= 500 for _, length in found)
    ends = [start + length for start, length in found]
    starts = [start for start, _ in found]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    letters = sum(map(str.isalnum, text))
    assert sum(map(str.isalnum, "".join(cut(text)))) == letters


def test_bytes_keep_the_direction() -> None:
    import numpy as np

    chance = np.random.default_rng(7)
    for _ in range(50):
        vector = chance.normal(size=384).astype(np.float32)
        vector /= np.linalg.norm(vector)
        kept = np.frombuffer(to_bytes(vector), np.int8).astype(np.float32)
        assert len(kept) == 384
        assert float(vector @ kept / np.linalg.norm(kept)) > 0.9998
    assert to_bytes(np.zeros(384, np.float32)) == bytes(384)
