"""Commands run in this process, with an engine that follows a script."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import run
from assistant.cli.parser import build_parser
from assistant.config.paths import profile_paths
from assistant.domain.clock import FixedClock, SystemClock
from assistant.engine.scripted import Script, ScriptedAnswer, scripted_engine
from assistant.services.core import Core, CoreOptions


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> dict[str, Any]:
        assert self.code == 0, self.out + self.err
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        assert self.code == 1, self.out + self.err
        error = json.loads(self.out)["error"]
        assert set(error) == {"code", "message", "hint"}
        return error


@dataclass
class CommandLine:
    """One profile, and commands on it."""

    folder: Path
    read: Callable[[], tuple[str, str]]
    script: Script
    on_core: Callable[[Core], None] | None = None
    """Called with the core of each command before it runs."""

    @property
    def profile(self) -> Path:
        return self.folder / "profile"

    @property
    def passphrase(self) -> Path:
        return self.folder / "passphrase.txt"

    def __call__(self, *words: str, as_json: bool = True, passphrase: bool = True) -> Said:
        given = ["--profile", str(self.profile), *(["--json"] if as_json else [])]
        if passphrase:
            given += ["--passphrase-file", str(self.passphrase)]
        arguments = build_parser().parse_args([*words, *given])
        named = vars(arguments)
        moment = named.get("now")
        options = CoreOptions(
            paths=profile_paths(arguments.profile),
            clock=SystemClock() if moment is None else FixedClock(moment),
            offline=getattr(arguments, "offline", False),
            passphrase_file=named.get("passphrase_file"),
            token_file=named.get("token_file"),
            seed=named.get("seed"),
        )
        self.read()
        code = run(arguments, options, self._core)
        return Said(code, *self.read())

    def _core(self, options: CoreOptions) -> Core:
        core = Core(options, scripted_engine(self.script))
        if self.on_core is not None:
            self.on_core(core)
        return core


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], starter_model: Path) -> CommandLine:
    assert starter_model.is_file()

    def read() -> tuple[str, str]:
        said = capsys.readouterr()
        return said.out, said.err

    made = CommandLine(tmp_path, read, Script((ScriptedAnswer("It is a lamp."),)))
    made.passphrase.write_text("a lamp on a desk in the evening\n")
    return made
