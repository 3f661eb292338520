"""Calls the application as a program of its own, on a profile of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Assistant:
    """Calls the application on a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.profile = folder / "profile"
        self.passphrase = folder / "passphrase.txt"
        self.passphrase.write_text("a lamp on a desk in the evening\n")

    def command(self, *arguments: str) -> list[str]:
        return [
            sys.executable,
            "-m",
            "assistant",
            *arguments,
            "--profile",
            str(self.profile),
            "--passphrase-file",
            str(self.passphrase),
        ]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), capture_output=True, text=True, timeout=120, check=False
        )

    def json(self, *arguments: str) -> dict[str, Any]:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def error(self, *arguments: str) -> dict[str, str]:
        done = self.run(*arguments, "--json")
        assert done.returncode == 1, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout)["error"]
