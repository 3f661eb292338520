"""A loop is noticed soon and whatever its pieces; what people want to read is never one."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engine.repetition import RepetitionDetector

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8)


def noticed_after(text: str, size: int = 4) -> int | None:
    """How many characters had come when a loop was noticed."""
    detector = RepetitionDetector()
    for at in range(0, len(text), size):
        if detector.feed(text[at : at + size]):
            return at + size
    return None


LOOPS = {
    "a word": "very " * 200,
    "a sentence": "I am a helpful assistant who likes to help you today. " * 40,
    "a line": "- Practise the scales every day.\n" * 60,
    "a paragraph": ("First you read the text, then you mark what is new. " * 1 + "\n\n") * 40,
    "two lines": "Question: what is it?\nAnswer: it is a lamp.\n" * 40,
    "after sense": "The sun rises in the east. It sets in the west.\n" + "and so on, " * 100,
    "blank lines": "\n" * 900,
    "signs": "= " * 900,
    "a word without end": "a" * 3000,
    "no blanks": "我喜欢在海边读书" * 200,
    "json": '{"task": "read", "minutes": 10}, ' * 40,
}


@pytest.mark.parametrize("name", LOOPS)
def test_a_loop_is_noticed(name: str) -> None:
    assert noticed_after(LOOPS[name]) is not None


def test_a_loop_is_noticed_before_much_of_it_is_written() -> None:
    sentence = "I like to read books about the sea and its ships. "
    after = noticed_after(sentence * 100)
    assert after is not None
    assert after <= 10 * len(sentence)


def table(rows: int) -> str:
    head = "| day | task | minutes | done |\n|---|---|---|---|\n"
    return head + "".join(f"| {n} | Read the chapter | 30 | no |\n" for n in range(rows))


SOUND = {
    "a table": table(120),
    "a list": "".join(f"{n}. Practise the scale of C major for ten minutes\n" for n in range(120)),
    "sums": "".join(f"{n} x 7 = {n * 7}\n" for n in range(200)),
    "countdown": " ".join(str(n) for n in range(400, 0, -1)),
    "a ruler": "Title\n" + "=" * 300 + "\n" + "-" * 300 + "\nText",
    "an empty table": "| a | b | c |\n" + "|   |   |   |\n" * 30,
    "code": "".join(
        textwrap.dedent(f"""
            def test_{name}():
                value = make("{name}")
                assert value is not None
                assert value.name == "{name}"
            """)
        for name in ("lamp", "desk", "chair", "door", "wall", "roof", "floor", "step", "stone")
    ),
    "closing brackets": "f(" * 30 + "x" + ")" * 30 + "\n" + "}\n" * 30,
    "a poem": "\n".join(
        f"{line}\nRow, row, row your boat,\nGently down the stream.\n"
        for line in (
            "Merrily, merrily",
            "If you see a crocodile",
            "Do not forget to scream",
            "Life",
        )
    ),
    "a chorus": "La la la la la la la la la la\n" + "Hey Jude, do not make it bad.\n" * 3,
    "a matrix": "\n".join("0 0 0 0 0 0 0 0" for _ in range(8)),
    "binary": "0 1 0 1 0 1 0 1 " * 8,
    "laughter": "ha " * 30 + "that was good",
}


@pytest.mark.parametrize("name", SOUND)
def test_what_repeats_in_part_is_no_loop(name: str) -> None:
    assert noticed_after(SOUND[name]) is None


@given(st.lists(WORDS, min_size=1, max_size=30), st.integers(1, 9))
def test_any_words_over_and_over_are_a_loop_however_they_are_cut(
    words: list[str], size: int
) -> None:
    assert noticed_after((" ".join(words) + "\n") * 120, size) is not None


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(2, 300))
def test_lines_that_are_numbered_are_no_loop(words: list[str], lines: int) -> None:
    text = "".join(f"{n}) {' '.join(words)}\n" for n in range(lines))
    assert noticed_after(text) is None


@given(st.lists(WORDS, unique=True, min_size=10, max_size=200))
def test_different_words_are_no_loop(words: list[str]) -> None:
    assert noticed_after(" ".join(words)) is None


@given(st.lists(WORDS, min_size=1, max_size=20), st.integers(1, 40))
def test_pieces_do_not_change_what_is_noticed(words: list[str], size: int) -> None:
    text = (" ".join(words) + ". ") * 60
    whole = RepetitionDetector()
    whole.feed(text)
    assert (noticed_after(text, size) is not None) == (noticed_after(text, 1) is not None)
    assert whole.found
