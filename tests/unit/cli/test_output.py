"""Standard output and standard error, whatever has become of them."""

import io

import pytest

from assistant.cli.output import Output
from assistant.domain.errors import EnvironmentProblem, UserFacingError


class Broken(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def write(self, _text: str) -> int:
        raise self._error


def test_a_reader_who_has_gone_ends_the_command() -> None:
    output = Output(as_json=True, out=Broken(BrokenPipeError()), notes=io.StringIO())
    with pytest.raises(BrokenPipeError):
        output.line({"a": 1})
    output.line({"b": 2})  # nowhere, without another complaint


def test_a_full_disk_behind_standard_output_is_said_on_the_other_stream() -> None:
    notes = io.StringIO()
    output = Output(as_json=True, out=Broken(OSError(28, "full")), notes=notes)
    with pytest.raises(EnvironmentProblem) as caught:
        output.line({"a": 1})
    output.error(caught.value)
    assert "standard output" in notes.getvalue()


def test_a_note_that_nobody_can_read_stops_nothing() -> None:
    out = io.StringIO()
    output = Output(as_json=False, out=out, notes=Broken(OSError(5, "gone")))
    output.note("Copying 5%")
    output.document({"a": 1}, "done")
    assert out.getvalue() == "done\n"


def test_streams_that_the_caller_closed_take_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    output = Output(as_json=True)
    output.document({"a": 1}, "")
    output.note("x")
    output.error(UserFacingError("No."))


def test_an_error_for_a_person_is_words_beside_the_answer() -> None:
    out, notes = io.StringIO(), io.StringIO()
    Output(as_json=False, out=out, notes=notes).error(UserFacingError("It broke.", "Mend it."))
    assert (out.getvalue(), notes.getvalue()) == ("", "It broke. Mend it.\n")
