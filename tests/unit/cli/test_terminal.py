"""What a terminal is given: every letter, and nothing that steers it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.output import Output
from assistant.cli.terminal import TerminalText, shown
from assistant.engine.scripted import Script, ScriptedAnswer
from tests.unit.cli.conftest import CommandLine

SEQUENCES = (
    "\x1b[31m",
    "\x1b[2J",
    "\x1b[?1049h",
    "\x9b1;1H",
    "\x1b]0;another title\x07",
    "\x1b]52;c;aGVsbG8=\x1b\\",
    "\x9d8;;http://example.org\x9c",
    "\x1bPq#0\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x07",
    "\x08",
    "\r",
    "\x7f",
    "\x85",
)
WORDS = ("plain", "tab\tand\nline", "é 你好 🌍", "[31m", "]0;", "")


class Terminal(io.StringIO):
    """A stream that says that a person looks at it."""

    def isatty(self) -> bool:
        return True


def in_pieces(text: str, size: int) -> str:
    taker = TerminalText()
    return "".join(taker.feed(text[at : at + size]) for at in range(0, len(text), size))


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_what_steers_a_terminal_is_taken_out_however_it_is_cut(sequence: str) -> None:
    text = f"before {sequence}after"
    assert shown(text) == "before after"
    for size in range(1, len(text)):
        assert in_pieces(text, size) == "before after"


@given(st.lists(st.sampled_from(SEQUENCES + WORDS)), st.integers(1, 9))
def test_words_between_sequences_are_kept(parts: list[str], size: int) -> None:
    words = "".join(part for part in parts if part in WORDS)
    assert in_pieces("".join(parts), size) == words


@given(st.text(st.sampled_from("a\x1b[]P\\;0m\x07\x9b\x9c\n\x90\r ")), st.integers(1, 5))
def test_no_control_character_gets_through(text: str, size: int) -> None:
    assert set(in_pieces(text, size)) <= set("a[]P\\;0m\n ")


@pytest.mark.parametrize("begun", ["\x1b]0;", "\x1bP", "\x1b[31", "\x9b"])
def test_a_sequence_without_an_end_swallows_no_more_than_its_line(begun: str) -> None:
    assert in_pieces(f"a{begun}\nthe next line", 3) == "a\nthe next line"


def test_a_string_that_never_ends_does_not_hide_the_answer() -> None:
    taker = TerminalText()
    taker.feed("\x1b]0;")
    assert "".join(taker.feed("word ") for _ in range(2000)).endswith("word word ")


def test_a_person_at_a_terminal_sees_no_escape_sequence() -> None:
    out, notes = Terminal(), Terminal()
    output = Output(as_json=False, out=out, notes=notes)
    for piece in ("a", "\x1b", "[3", "1mred", "\r"):
        output.text(piece)
    output.note("\x1b[31mnote")
    assert (out.getvalue(), notes.getvalue()) == ("ared", "note\n")


def test_a_file_gets_the_text_as_it_is_and_a_program_too(cli: CommandLine) -> None:
    answer = "\x1b[31mred\x9b0m\x7f"
    cli.script = Script((ScriptedAnswer(answer), ScriptedAnswer(answer), ScriptedAnswer(answer)))
    assert cli("ask", "Hi", as_json=False).out == answer + "\n"
    said = cli("ask", "Hi")
    assert said.value["text"] == answer
    # Escaped by JSON's own means, so that it is harmless where a person looks at it.
    assert not set(said.out) & {"\x1b", "\x9b", "\x7f"}
