"""A crash note says where, never what."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.services.crash_notes import CrashNotes

MOMENT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def caught() -> BaseException:
    try:
        try:
            {}["my secret diary"]
        except KeyError as error:
            raise ValueError("more of my secret diary") from error
    except ValueError as error:
        return error
    raise AssertionError


def test_types_and_places_are_noted_and_no_words(tmp_path: Path) -> None:
    path = CrashNotes(tmp_path / "logs").write(caught(), MOMENT)
    assert path is not None
    text = path.read_text()
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "services/test_crash_notes.py" in text
    assert "secret" not in text


def test_notes_are_offered_once_and_old_ones_go(tmp_path: Path) -> None:
    notes = CrashNotes(tmp_path)
    for n in range(25):
        notes.write(caught(), MOMENT + timedelta(seconds=n))
    assert len(notes.unseen()) == 20
    notes.mark_seen()
    assert notes.unseen() == []


def test_a_folder_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert CrashNotes(tmp_path / "file").write(caught(), MOMENT) is None
