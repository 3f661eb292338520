"""``models search``, ``info``, ``fit`` and ``download`` against a Hub on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.services.core import Core
from tests.helpers.hub import HubDouble
from tests.unit.cli.conftest import CommandLine

pytestmark = pytest.mark.loopback
REPO = "owner/Starter-135M-GGUF"
KEYS = {
    *("id", "name", "format", "architecture", "parameters", "quantization", "size_bytes"),
    *("context_length", "fit", "installed", "tier"),
}
STARTER = "smollm2-135m-instruct-q4_1"


@pytest.fixture
def hub(
    monkeypatch: pytest.MonkeyPatch, starter_model: Path, tmp_path: Path
) -> Iterator[HubDouble]:
    # Another model than the one that is installed: its last weight differs.
    other = tmp_path / "other.gguf"
    content = bytearray(starter_model.read_bytes())
    content[-1] ^= 1
    other.write_bytes(content)
    with HubDouble() as double:
        monkeypatch.setenv("HF_ENDPOINT", double.url)
        double.add_repo(
            REPO,
            {"Starter-Q4_1.gguf": other, "Starter-Q8_0.gguf": b"GGUF\3\0\0\0 not sound"},
            tags=("gguf", "license:apache-2.0"),
            downloads=7,
            gguf={"total": 134_515_008, "architecture": "llama", "context_length": 8192},
        )
        yield double


def test_search_prints_models_with_all_their_keys(cli: CommandLine, hub: HubDouble) -> None:
    [found] = cli("models", "search", "starter", "135m").value["models"]
    assert set(found) >= KEYS
    assert (found["id"], found["downloads"], found["installed"]) == (REPO, 7, False)
    assert found["fit"]["verdict"] in ("fits", "slow", "wont_fit")
    assert found["fit"]["why"].startswith("At four bits: ")
    assert cli("models", "search", "nothing at all").value == {"models": []}
    assert "Nothing was found" in cli("models", "search", "nothing", as_json=False).out
    assert REPO in cli("models", "search", "starter", as_json=False).out


def test_a_repository_is_described_and_judged(cli: CommandLine, hub: HubDouble) -> None:
    value = cli("models", "info", REPO).value
    assert set(value) >= KEYS | {"choices", "commit", "refused", "card"}
    assert value["commit"] == hub.repositories[REPO].head
    assert {choice["quantization"] for choice in value["choices"]} == {"Q4_1", "Q8_0"}
    one = cli("models", "fit", f"{REPO}:q4_1").value
    assert (one["id"], one["fit"]["verdict"]) == (f"{REPO}:Q4_1", "fits")
    assert cli("models", "fit", f"{REPO}:Starter-Q4_1.gguf").value["quantization"] == "Q4_1"
    assert cli("models", "info", f"{REPO}:Q3_K").error["code"] == "choice_unknown"
    assert "older" in cli("models", "info", REPO, as_json=False).out


def test_offline_seals_and_the_setting_does_not(cli: CommandLine, hub: HubDouble) -> None:
    for words in (("search", "x"), ("info", REPO), ("fit", REPO), ("download", REPO)):
        assert cli("models", *words, "--offline").error["code"] == "offline"
    assert hub.requests == []
    # The setting is “offline” from the start; the typed command is the user's word.
    assert cli("models", "info", REPO).code == 0


def test_what_was_downloaded_is_installed(cli: CommandLine, hub: HubDouble) -> None:
    said = cli("models", "download", f"{REPO}:Q4_1")
    assert said.value["installed"] is True
    assert "%" in said.err or "Trying" in said.err or "Checking" in said.err
    assert said.value["id"].startswith("file-")
    assert said.value["quantization"] == "Q4_1"
    listed = cli("models", "list").value["models"]
    assert said.value["id"] in [model["id"] for model in listed if model["installed"]]
    asked = len(hub.seen("/cdn/"))
    assert cli("models", "download", f"{REPO}:Q4_1").value["id"] == said.value["id"]
    assert len(hub.seen("/cdn/")) == asked + 2, "its header was looked at, and no more"
    assert cli("models", "info", f"{REPO}:Q4_1", "--offline").value["installed"] is True
    assert cli("models", "remove", f"{REPO}:Q4_1").value["removed"] == said.value["id"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("owner/none", "repo_unknown"),
        ("owner/../x", "model_unknown"),
        ("no such", "model_unknown"),
        (f"{REPO}:Q2_K", "choice_unknown"),
        (f"{REPO}:Q8_0", "model_broken"),
    ],
)
def test_what_cannot_be_had_says_why(
    cli: CommandLine, hub: HubDouble, wanted: str, code: str
) -> None:
    assert cli("models", "download", wanted).error["code"] == code
    assert [m["id"] for m in cli("models", "list").value["models"] if m["installed"]] == [STARTER]


def test_a_failure_is_told_once(cli: CommandLine, hub: HubDouble) -> None:
    said = cli("models", "download", f"{REPO}:Q8_0", as_json=False)
    assert said.code == 1
    assert said.err.count("is not a sound model file") == 1
    assert "sound" not in cli("models", "download", f"{REPO}:Q8_0").err


def test_what_is_here_is_not_downloaded_again(cli: CommandLine, hub: HubDouble) -> None:
    assert cli("models", "download", STARTER).value["installed"] is True
    assert hub.requests == []


def test_ctrl_c_pauses_and_says_how_to_go_on(cli: CommandLine, hub: HubDouble) -> None:
    fault = hub.fault(f"{REPO}/Starter-Q4_1.gguf")
    fault.hold_at = 30_000_000

    def interrupt(core: Core) -> None:
        fetch = core.downloads.fetch

        def broken_off(order: object) -> object:
            job = fetch(order)  # pyright: ignore[reportArgumentType] - handed on as it is

            def result(timeout_s: float | None = None) -> object:
                assert fault.held.wait(60)
                raise KeyboardInterrupt

            job.result = result  # pyright: ignore[reportAttributeAccessIssue] - as Ctrl-C does
            return job

        core.downloads.fetch = broken_off  # pyright: ignore[reportAttributeAccessIssue] - the same

    cli.on_core = interrupt
    said = cli("models", "download", f"{REPO}:Q4_1")
    assert said.code == 130
    assert f"“assistant models download {REPO}:Q4_1” goes on" in said.err
    assert said.err.count("Paused") == 1
    cli.on_core = None
    fault.release.set()
    resumed = cli("models", "download", f"{REPO}:Q4_1")
    assert resumed.value["installed"] is True
    assert "Paused" not in resumed.err
    asked = [r.headers["range"] for r in hub.seen("/cdn/") if "range" in r.headers]
    assert any(not header.startswith("bytes=0-") for header in asked), "it went on where it was"


def test_wrong_usage_is_told_by_the_parser() -> None:
    from assistant.cli.parser import build_parser

    for words in (("search",), ("search", "x", "--limit", "0"), ("search", "x", "--sort", "y")):
        with pytest.raises(SystemExit) as caught:
            build_parser().parse_args(["models", *words])
        assert caught.value.code == 2


def test_two_quantizations_under_one_name_are_told_apart(
    cli: CommandLine, hub: HubDouble, starter_model: Path
) -> None:
    content = bytearray(starter_model.read_bytes())
    content[-1] ^= 2
    files = dict(hub.repositories[REPO].commits[hub.repositories[REPO].head])
    files = {name: file.content for name, file in files.items()}
    hub.add_repo(REPO, files | {"Starter-Q5_0.gguf": bytes(content)})
    ids = {
        quantization: cli("models", "download", f"{REPO}:{quantization}").value["id"]
        for quantization in ("Q4_1", "Q5_0")
    }
    rows = cli("models", "list", "--installed", as_json=False).out.splitlines()
    for quantization, model in ids.items():
        assert any(model in row and f" {quantization} " in row for row in rows)
    for words in (("remove", "Starter-135M"), ("remove", REPO), ("use", "starter-135m")):
        error = cli("models", *words).error
        assert error["code"] == "model_ambiguous"
        assert all(model in error["hint"] for model in ids.values())
    assert cli("models", "search", "starter", "135m").value["models"][0]["installed"] is True
    searched = cli("models", "search", "starter", "135m", as_json=False).out.splitlines()
    assert "  installed  " in searched[1]

    said = cli("models", "remove", f"{REPO}:Q5_0", as_json=False)
    assert said.out == "Starter-135M (Q5_0) is deleted; that frees 98 MB.\n"
    assert not (cli.profile / "data" / "models" / "trash" / ids["Q5_0"]).exists()
    left = (cli.profile / "data" / "models").rglob("*.gguf")
    assert len(list(left)) == 1, "nobody would empty a trash"
    assert cli("models", "remove", REPO).value["removed"] == ids["Q4_1"]


def test_a_search_and_a_repository_are_told_to_people(cli: CommandLine, hub: HubDouble) -> None:
    head, row, note = cli("models", "search", "starter", as_json=False).out.splitlines()
    assert head.split()[:4] == ["ID", "Weights", "Downloads", "Likes"]
    assert row.split()[:4] == [REPO, "135M", "7", "0"]
    assert "  apache-2.0  " in row
    assert "four bits" in note
    words = cli("models", "info", REPO, as_json=False).out
    assert words.startswith(f"{REPO} is on the Hub, with 2 files to choose from.")
    assert f"{REPO}:Q4_1 " in words
    assert "recommended" in words
    assert f"“assistant models download {REPO}:Q4_1” has it." in words
    fit = cli("models", "fit", f"{REPO}:Q4_1", as_json=False).out
    assert fit.startswith(f"{REPO}:Q4_1 ")
    assert "\n  Needs      2" in fit


def test_an_import_tells_its_steps_and_what_the_model_is_called(
    cli: CommandLine, hub: HubDouble, tmp_path: Path
) -> None:
    said = cli("models", "import", str(tmp_path / "other.gguf"), as_json=False)
    lines = said.err.splitlines()
    assert lines[0].startswith("Copying")
    assert lines[-1].startswith("Trying it")
    assert len(lines) < 12
    model = next(
        one for one in cli("models", "list", "--installed").value["models"] if one["id"] != STARTER
    )
    assert f" is installed as {model['id']}.\n" in said.out
    assert f"“assistant models use {model['id']}”" in said.out
    again = cli("models", "import", str(tmp_path / "other.gguf"), as_json=False).out
    assert "which is installed already" in again


@pytest.mark.parametrize(
    ("words", "code", "command"),
    [
        (("info", "no such"), "model_unknown", "“assistant models list”"),
        (("use", "llama-3.2-1b-instruct-q4_k_m"), "model_not_installed", "“assistant models down"),
        (("token", "--check"), "token_missing", "--token-file FILE"),
        (("refresh",), "catalogue_nowhere", "“assistant models refresh”"),
        (("info", "owner/none"), "repo_unknown", "“assistant models token”"),
    ],
)
def test_a_hint_names_what_can_be_typed(
    cli: CommandLine, hub: HubDouble, words: tuple[str, ...], code: str, command: str
) -> None:
    error = cli("models", *words).error
    assert error["code"] == code
    assert command in error["hint"]
    assert "Choose" not in error["hint"]


@pytest.mark.parametrize("action", ["remove", "import", "download", "downloads"])
def test_help_says_what_happens_to_files(capsys: pytest.CaptureFixture[str], action: str) -> None:
    from assistant.cli.parser import build_parser

    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["models", action, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    expected = {
        "remove": "frees its space at once",
        "import": "The original stays where it is",
        "download": "Ctrl-C pauses, and the same command goes on",
        "downloads": "Installed models stay",
    }
    assert expected[action] in said
