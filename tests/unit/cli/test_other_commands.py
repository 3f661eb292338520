"""Models, backups, the doctor, the way into the vault, and what the parser refuses."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.cli.parser import build_parser
from assistant.domain.errors import Cancelled
from assistant.services.core import Core
from tests.unit.cli.conftest import CommandLine

STARTER = "smollm2-135m-instruct-q4_1"


def test_models_are_listed_described_and_chosen(cli: CommandLine) -> None:
    [starter, *_] = cli("models", "list").value["models"]
    assert starter["id"] == STARTER
    assert cli("models", "info", "SMOLLM2 135M").value["id"] == STARTER
    assert cli("models", "fit", STARTER).value["fit"]["verdict"] in ("fits", "slow", "wont_fit")
    words = cli("models", "info", STARTER, as_json=False).out
    assert words.startswith("SmolLM2 135M (Q4_1) is installed.")
    assert "tokens a second" in words or " this machine" in words
    assert "\n  Size       98 MB\n" in words
    fitting = cli("models", "fit", STARTER, as_json=False).out
    assert "\n  Needs      " in fitting
    assert "\n  Available  " in fitting
    assert "\n  Why        " in fitting
    listed = cli("models", "list", as_json=False).out.splitlines()
    assert listed[0].split() == ["ID", "Name", "Quant.", "Size", "Here", "Fit", "Why"]
    [row] = [line for line in listed if line.startswith(STARTER)]
    assert "SmolLM2 135M  " in row
    assert " Q4_1 " in row
    assert " 98 MB  installed  " in row
    only = cli("models", "list", "--installed").value["models"]
    assert [model["id"] for model in only] == [STARTER]
    assert STARTER in cli("models", "list", as_json=False).out
    assert cli("models", "use", STARTER).value["id"] == STARTER
    settings = json.loads((cli.profile / "config" / "settings.json").read_text())
    assert settings["models"]["default_model"] == STARTER


@pytest.mark.parametrize("action", ["info", "fit", "use", "remove"])
def test_a_model_that_nobody_knows_is_named(cli: CommandLine, action: str) -> None:
    assert cli("models", action, "no such").error["code"] == "model_unknown"


def test_a_shared_model_stays_and_a_second_copy_is_not_made(
    cli: CommandLine, starter_model: Path, tmp_path: Path
) -> None:
    assert cli("models", "remove", STARTER).error["code"] == "model_shared"
    copy = tmp_path / "copy.gguf"
    shutil.copyfile(starter_model, copy)
    said = cli("models", "import", str(copy))
    assert said.value["id"] == STARTER
    assert "Copying" in said.err
    assert list((cli.profile / "data" / "models").iterdir()) == []


def test_what_is_no_model_file_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "missing", tmp_path / ("x" * 300), Path("/dev/null")):
        assert cli("models", "import", str(place)).error["code"] == "file_not_found"


def test_backups_are_made_listed_verified_and_restored(cli: CommandLine) -> None:
    assert cli("backup", "restore").error["code"] == "backup_none"
    assert cli("backup", "list", as_json=False).out == "There are no backups yet.\n"
    assert cli("backup", "verify").error["code"] == "backup_none"
    chat = cli("ask", "Remember").value["conversation"]
    made = cli("backup", "create").value
    assert made["messages"] == 2
    cli("history", "forget", str(chat))
    assert cli("backup", "verify", made["id"]).value["id"] == made["id"]
    assert made["id"] in cli("backup", "list", as_json=False).out
    assert cli("backup", "restore", made["id"]).value == {"restored": made["id"]}
    assert cli("backup", "verify", "../../etc/passwd").error["hint"]


def test_the_doctor_makes_no_history_and_tells_what_is_wrong(cli: CommandLine) -> None:
    cli("doctor")
    assert not (cli.profile / "data" / "vault.db").exists()
    cli("history", "list")
    assert cli("doctor", as_json=False).code == 0
    cli.passphrase.write_text("another passphrase\n")
    wrong = cli("doctor").value
    assert not wrong["healthy"]
    assert any("passphrase" in c["detail"] for c in wrong["checks"] if c["state"] == "problem")
    cli.passphrase.unlink()
    missing = cli("doctor").value
    assert [c["name"] for c in missing["checks"] if c["state"] == "problem"] == ["Passphrase"]


def test_damaged_settings_are_noted_beside_the_answer(cli: CommandLine) -> None:
    cli("models", "list")
    (cli.profile / "config" / "settings.json").write_text("[" * 100_000)
    said = cli("models", "list")
    assert said.value["models"]
    assert "settings" in said.err


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "passphrase_file_empty"),
        (b"\nx", "passphrase_file_empty"),
        (b"\xff\x00", "passphrase_file_unreadable"),
        (b"not the right one", "passphrase_needed"),
    ],
)
def test_a_passphrase_file_that_opens_nothing_is_explained(
    cli: CommandLine, content: bytes, code: str
) -> None:
    cli("history", "list")
    cli.passphrase.write_bytes(content)
    error = cli("history", "list").error
    assert error["code"] == code
    assert error["hint"]


@pytest.mark.parametrize("form", ["{}\r\nmore\r\n", "\ufeff{}\n", "{}"])
def test_line_ends_and_marks_of_editors_are_no_part_of_a_passphrase(
    cli: CommandLine, form: str
) -> None:
    cli("history", "list")
    cli.passphrase.write_bytes(form.format("a lamp on a desk in the evening").encode())
    assert cli("history", "list").value == {"conversations": []}


def test_without_a_passphrase_file_it_is_said_how_to_name_one(cli: CommandLine) -> None:
    error = cli("history", "list", passphrase=False).error
    assert error["code"] == "passphrase_needed"
    assert "--passphrase-file" in error["hint"]
    cli("history", "list")
    assert "locked" in cli("history", "list", passphrase=False).error["message"]


def test_a_profile_that_is_a_file_is_no_profile(cli: CommandLine) -> None:
    cli.profile.write_text("a file")
    assert cli("models", "list").error["code"] == "profile_unwritable"


def test_a_fault_of_ours_is_a_sentence_and_a_note(cli: CommandLine) -> None:
    def break_down(core: Core) -> None:
        def fail() -> None:
            msg = "secret words"
            raise ZeroDivisionError(msg)

        core.models.all = fail  # pyright: ignore[reportAttributeAccessIssue] - a fault from within

    cli.on_core = break_down
    said = cli("models", "list")
    assert said.error["code"] == "internal"
    assert "secret" not in said.out + said.err
    [note] = (cli.profile / "state" / "logs").glob("crash-*.txt")
    assert "secret" not in note.read_text()


@pytest.mark.parametrize(("error", "code"), [(Cancelled(), 130), (BrokenPipeError(), 0)])
def test_ends_that_are_no_errors(cli: CommandLine, error: Exception, code: int) -> None:
    def break_off(core: Core) -> None:
        def fail() -> None:
            raise error

        core.models.all = fail  # pyright: ignore[reportAttributeAccessIssue] - stands in for a failing call

    cli.on_core = break_off
    said = cli("models", "list")
    assert (said.code, said.out) == (code, "")


@pytest.mark.parametrize(
    "words",
    [
        ["models", "list", "--profile", ""],
        ["models", "list", "--profile", "~nosuchuser/x"],
        ["models", "list", "--now", "yesterday"],
        ["models", "list", "--now", "9999-12-31T23:59:59-12:00"],
        ["models", "list", "--now", "0001-01-01T00:00:00+14:00"],
        ["models", "list", "--seed", "1.5"],
        ["models", "list", "--seed", str(10**30)],
        ["history", "show", str(10**30)],
        ["ask", "x", "--conversation", "one"],
    ],
)
def test_values_that_cannot_be_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage:" in said.err


def test_the_entry_answers_by_itself(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["--json", "--profile", str(tmp_path / "p"), "--now", "2026-03-01", "models", "list"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["models"]


def test_an_interrupt_before_the_front_end_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.cli.parser.build_parser", interrupt)
    assert main(["models", "list"]) == 130
