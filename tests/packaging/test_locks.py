"""The locks: every package pinned with hashes, and in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from devtool import places
from devtool.requirements import Pin, normal, only, read_lock, without
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_GROUPS = {
    "runtime.txt": [*_PROJECT["project"]["dependencies"], *_PROJECT["dependency-groups"]["build"]],
    "dev.txt": [*_PROJECT["project"]["dependencies"], *_PROJECT["dependency-groups"]["dev"]],
    "native-build.txt": _PROJECT["dependency-groups"]["native-build"],
    "starter-model.txt": _PROJECT["dependency-groups"]["starter-model"],
    "embedding-model.txt": _PROJECT["dependency-groups"]["embedding-model"],
}
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def _lock(name: str) -> tuple[Pin, ...]:
    return read_lock((places.LOCKS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(_GROUPS))
def test_a_lock_holds_a_fitting_version_of_all_that_is_asked_for(name: str) -> None:
    pins = _lock(name)
    for line in _GROUPS[name]:
        asked = Requirement(line)
        versions = [Version(pin.version) for pin in pins if pin.name == normal(asked.name)]
        assert any(asked.specifier.contains(version) for version in versions), line


@pytest.mark.parametrize("name", sorted(_GROUPS))
def test_every_pin_has_a_hash(name: str) -> None:
    pins = _lock(name)
    assert pins
    assert [pin.name for pin in pins if not _HASH.search(pin.text)] == []


@pytest.mark.parametrize("name", sorted(_GROUPS))
def test_a_lock_names_no_index_and_no_path(name: str) -> None:
    text = (places.LOCKS / name).read_text(encoding="utf-8")
    assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links|(?<![\w.])/\w+", text) == []


def test_what_developers_need_holds_what_the_application_needs() -> None:
    assert {pin.text.split()[0] for pin in _lock("runtime.txt")} <= {
        pin.text.split()[0] for pin in _lock("dev.txt")
    }


def test_python_3_11_is_kept_off_the_qt_that_aborts_it() -> None:
    pins = [pin for pin in _lock("runtime.txt") if pin.name == "pyside6-essentials"]
    for pin in pins:
        marker = Requirement(pin.text.splitlines()[0].rstrip(" \\")).marker
        on_3_11 = marker is None or marker.evaluate(
            {"python_version": "3.11", "python_full_version": "3.11.7"}
        )
        assert on_3_11 == (pin.version == "6.11.3")
    assert len(pins) == 2


_SAMPLE = """\
# a comment
b.B_c==1.0 ; python_version < '3.12' \\
    --hash=sha256:aa
    # via x
d==2
"""


def test_a_lock_is_read_by_package() -> None:
    pins = read_lock(_SAMPLE)
    assert [(pin.name, pin.version) for pin in pins] == [("b-b-c", "1.0"), ("d", "2")]
    assert without(pins, "d") == pins[0].text
    assert only(pins, "d").text == "d==2\n"


@pytest.mark.parametrize("line", ["--index-url x", "d>=2", "  --hash=sha256:aa"])
def test_a_lock_with_anything_else_in_it_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a pinned requirement"):
        read_lock(line)


def test_a_package_that_is_pinned_twice_is_not_the_only_one() -> None:
    with pytest.raises(ValueError, match="2 times"):
        only(read_lock("a==1\na==2\n"), "a")
