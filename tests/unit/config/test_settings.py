"""Settings survive whatever is found in their file."""

import json
import threading
from pathlib import Path

import pytest

from assistant.config.first_look import FirstLook, read_first_look
from assistant.config.settings import Settings, SettingsFile
from assistant.domain.errors import EnvironmentProblem, UserFacingError


def test_a_change_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    SettingsFile(path).update("appearance", theme="dark", text_size=18)
    again = SettingsFile(path)
    assert again.current.appearance.theme == "dark"
    assert again.current.appearance.text_size == 18
    assert again.problem == ""
    assert read_first_look(path) == FirstLook(theme="dark", text_size=18)


def test_a_value_out_of_range_changes_nothing(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    with pytest.raises(UserFacingError, match="Text size"):
        settings.update("appearance", text_size=99)
    assert settings.current == Settings()
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "null", '"text"', "\x00\x01"])
def test_a_damaged_file_is_moved_aside_not_deleted(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings = SettingsFile(path)
    assert settings.current == Settings()
    assert settings.problem
    assert (tmp_path / "settings.broken.json").read_text() == content
    assert read_first_look(path) == FirstLook()


def test_sound_fields_are_kept_beside_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps(
            {
                "appearance": {"theme": "purple", "text_size": 20},
                "chat": "not a section",
                "backup": {"keep": 9},
                "unheard_of": {"x": 1},
            }
        )
    )
    settings = SettingsFile(path)
    assert settings.current.appearance.theme == "auto"
    assert settings.current.appearance.text_size == 20
    assert settings.current.backup.keep == 9
    assert "defaults" in settings.problem


def test_every_setting_that_is_shown_has_words() -> None:
    for name, section in Settings.model_fields.items():
        if name in ("version", "general"):
            continue
        fields = getattr(Settings(), name).__class__.model_fields
        assert section.title
        assert all(field.title and field.description for field in fields.values())


def test_a_file_nested_beyond_measure_is_damaged_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("[" * 200_000)
    assert read_first_look(path) == FirstLook()
    settings = SettingsFile(path)
    assert settings.current == Settings()
    assert settings.problem


def test_a_change_that_cannot_be_saved_holds_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()
    settings = SettingsFile(path)
    assert settings.problem
    with pytest.raises(EnvironmentProblem):
        settings.update("appearance", theme="dark")
    assert settings.current.appearance.theme == "dark"
    assert list(tmp_path.iterdir()) == [path]


def test_changes_from_several_threads_are_all_kept(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    changes = [
        ("appearance", {"text_size": 20}),
        ("chat", {"trash_days": 3}),
        ("models", {"threads": 2}),
        ("backup", {"keep": 9}),
    ]
    start = threading.Barrier(len(changes))

    def change(section: str, values: dict[str, object]) -> None:
        start.wait(60)
        settings.update(section, **values)

    threads = [threading.Thread(target=change, args=one) for one in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    kept = SettingsFile(tmp_path / "settings.json").current
    assert (kept.appearance.text_size, kept.chat.trash_days) == (20, 3)
    assert (kept.models.threads, kept.backup.keep) == (2, 9)


def test_what_another_process_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    window = SettingsFile(path)
    window.update("appearance", text_size=17)
    SettingsFile(path).update("models", default_model="other")
    window.update("appearance", text_size=18)
    kept = SettingsFile(path).current
    assert (kept.appearance.text_size, kept.models.default_model) == (18, "other")
    assert window.current == kept
