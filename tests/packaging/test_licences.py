"""The list of licences that the About screen shows covers what is installed."""

import json
import tomllib
from pathlib import Path

import licences


def _kept() -> list[dict[str, str]]:
    return json.loads(licences.OUT.read_text(encoding="utf-8"))


def test_every_package_of_the_application_is_listed_with_a_text() -> None:
    project = tomllib.loads((licences.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = licences.installed_closure(project["project"]["dependencies"])
    listed = {entry["name"]: entry for entry in _kept()}
    missing = [
        package.metadata["Name"]
        for package in installed.values()
        if len(listed.get(package.metadata["Name"], {}).get("text", "")) < 500
    ]
    assert missing == []


def test_the_parts_inside_other_packages_are_listed() -> None:
    names = " ".join(entry["name"] for entry in _kept())
    for part in ("llama.cpp", "OpenSSL", "Qt", "SmolLM2", "SQLCipher"):
        assert part in names


def test_the_fonts_and_icons_bring_their_licences() -> None:
    for folder in ("fonts", "icons"):
        files = list((Path(licences.ROOT) / "resources" / folder).glob("LICENCE-*.txt"))
        assert files
        assert all(len(file.read_text(encoding="utf-8")) > 500 for file in files)
