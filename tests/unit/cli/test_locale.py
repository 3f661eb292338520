"""Letters where no locale says how they are written, and where one says that it has few."""

import io
import json
import os
import subprocess
import sys

import pytest

from assistant.cli.output import Output
from assistant.cli.parser import build_parser
from assistant.cli.terminal import speakable


def stream(encoding: str) -> tuple[io.BytesIO, io.TextIOWrapper]:
    raw = io.BytesIO()
    return raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "“Café” — 你好 …"),
        ("latin-1", '"Café" - ?? ...'),
        ("ascii", '"Cafe" - ?? ...'),
        ("", "“Café” — 你好 …"),
    ],
)
def test_letters_that_a_stream_does_not_have_become_near_ones(encoding: str, said: str) -> None:
    assert speakable("“Café” — 你好 …", encoding) == said


def test_a_stream_of_few_letters_gets_words_it_has_and_json_that_is_whole() -> None:
    raw, out = stream("latin-1")
    Output(as_json=False, out=out, notes=out).text("“Café”\n")
    Output(as_json=False, out=out, notes=out).note("— é")
    assert raw.getvalue().decode("latin-1") == '"Café"\n- é\n'
    raw, out = stream("latin-1")
    Output(as_json=True, out=out).line({"a": "“Café” 你好"})
    assert json.loads(raw.getvalue()) == {"a": "“Café” 你好"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands over letters, not bytes")
def test_what_is_typed_is_read_as_utf8_where_no_locale_says_so() -> None:
    typed = os.fsdecode("é".encode()) if sys.getfilesystemencoding() == "ascii" else "\udcc3\udca9"
    arguments = build_parser().parse_args(["history", "search", typed])
    assert arguments.words == ["é"]
    assert build_parser().parse_args(["ask", "\ud83d"]).text == "\ud83d"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no locale of this kind")
def test_the_c_locale_prints_letters_as_they_are() -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "models", "list", "--now", "é"],
        capture_output=True,
        env=environment,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "usage:" in done.stderr.decode()
