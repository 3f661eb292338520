"""What lies on the disk is for the user alone, and says nothing of what was written."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command_line import Assistant

pytestmark = pytest.mark.e2e
WORD = "xylograph"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.model
def test_nobody_else_may_look_into_a_profile_and_no_word_is_in_it(tmp_path: Path) -> None:
    assistant = Assistant(tmp_path)
    assistant.profile = tmp_path / "not yet" / "there" / "profile"
    for arguments in (
        ("ask", f"What is a {WORD}?", "--max-tokens", "2"),
        ("history", "search", WORD),
        ("backup", "create"),
        ("history", "export", str(assistant.profile / "elsewhere.md"), "--conversation", "9"),
    ):
        subprocess.run(assistant.command(*arguments), umask=0o000, check=False, timeout=240)
    found = [tmp_path / "not yet", *(tmp_path / "not yet").rglob("*")]
    assert len(found) > 10
    open_to_others = [path for path in found if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []
    files = [path for path in found if path.is_file()]
    assert [path for path in files if WORD.encode() in path.read_bytes()] == []
    assert [path for path in files if path.read_bytes()[:6] == b"SQLite"] == []
