"""Names from outside: what is taken, and what is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import UserFacingError
from assistant.hub.names import (
    checked_commit,
    checked_flat_name,
    checked_name,
    checked_repo,
    inside,
)

HOSTILE = [
    "",
    "..",
    ".",
    "../up",
    "a/../../up",
    "a/./b",
    "/etc/passwd",
    "//server/share/x",
    "\\\\server\\share\\x",
    "a\\..\\b",
    "C:/x",
    "c:x",
    "a:stream",
    "model.gguf:Zone.Identifier",
    "a//b",
    "a/",
    "a\0b",
    "a\nb",
    "\x1b[2Ja",
    "con",
    "NUL",
    "nul.gguf",
    "Com1.tar.gz",
    "a/aux/b",
    "com\u00b9",
    "nul .txt",
    "a.",
    "a ",
    " a",
    "a./b",
    "-rf",
    "a/--output=x",
    "~root",
    "x" * 201,
    "é" * 101,
    "/".join("abcdefghijklm"),
    "model\u202efugg.exe",
    "a\u200bb",
    "a\u2028b",
    "a\ud800b",
    "e\u0301.gguf",
    "a*b",
    "a?b",
    "a|b",
    'a"b',
]

GOOD = [
    "model.gguf",
    "Qwen2.5-7B-Instruct-Q4_K_M-00001-of-00002.gguf",
    "Q8_0/model (1).gguf",
    ".gitattributes",
    "config.json",
    "modèle.gguf",
    "模型.gguf",
    "console.txt",
    "com10.bin",
    "a..b",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused(name: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        checked_name(name)
    assert caught.value.code == "unsafe_name"
    assert caught.value.message.isprintable(), "the message must show what it says"


@pytest.mark.parametrize("name", GOOD)
def test_ordinary_names_are_taken_as_they_stand(name: str) -> None:
    assert checked_name(name) == name


@given(st.text(max_size=80))
def test_whatever_is_taken_stays_in_its_folder(name: str) -> None:
    folder = Path("/folder/of/models")
    try:
        taken = checked_name(name)
    except UserFacingError:
        return
    path = folder / taken
    assert path.is_relative_to(folder)
    assert path != folder
    assert ".." not in path.parts
    assert len(path.relative_to(folder).parts) == len(taken.split("/"))


@given(st.lists(st.sampled_from(["..", ".", "a", "", "con", "b.gguf", "C:", "\\"]), max_size=5))
def test_no_path_with_a_hostile_part_is_taken(parts: list[str]) -> None:
    bad = not parts or any(part not in ("a", "b.gguf") for part in parts)
    if bad:
        with pytest.raises(UserFacingError):
            checked_name("/".join(parts))
    else:
        checked_name("/".join(parts))


def test_flat_names_hold_no_folder() -> None:
    assert checked_flat_name("a.gguf") == "a.gguf"
    with pytest.raises(UserFacingError):
        checked_flat_name("a/b.gguf")


def test_a_link_that_leads_out_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out").mkdir()
    assert inside(folder, "a/b") == folder / "a" / "b"
    try:
        (folder / "link").symlink_to(tmp_path / "out", target_is_directory=True)
    except OSError:
        pytest.skip("links need a right here that is not given")
    with pytest.raises(UserFacingError) as caught:
        inside(folder, "link/b")
    assert caught.value.code == "unsafe_name"


@pytest.mark.parametrize("repo", ["Qwen/Qwen2.5-7B-Instruct-GGUF", "a/b", "TheBloke/x_y.z"])
def test_repositories_are_taken(repo: str) -> None:
    assert checked_repo(repo) == repo


@pytest.mark.parametrize(
    "repo",
    ["", "a", "a/b/c", "../b", "a/..", "a b/c", "a/b?x=1", "a/b#c", "a/b\n", "-a/b", "a/b.git"],
)
def test_what_is_no_repository_is_refused(repo: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        checked_repo(repo)
    assert caught.value.code == "repo_unknown"


def test_a_commit_is_forty_hex_digits() -> None:
    assert checked_commit("0" * 40) == "0" * 40
    for wrong in ("", "main", "0" * 39, "G" * 40, "0" * 40 + "\n"):
        with pytest.raises(UserFacingError):
            checked_commit(wrong)
