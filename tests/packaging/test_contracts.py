"""Every import contract breaks on a violation: one seeded for each pair that it forbids."""

import subprocess
import sys
import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_CONTRACTS = cast("list[dict[str, Any]]", _PYPROJECT["tool"]["importlinter"]["contracts"])
_LAYERS = next(contract for contract in _CONTRACTS if contract["type"] == "layers")
_APART = [contract for contract in _CONTRACTS if contract["type"] == "independence"]
_FORBIDDEN = [contract for contract in _CONTRACTS if contract["type"] == "forbidden"]


def _rooms_by_layer() -> list[list[str]]:
    return [[room.strip() for room in layer.split("|")] for layer in _LAYERS["layers"]]


def _skeleton(root: Path) -> None:
    """A package with all the rooms of the real one, empty, and its configuration."""
    rooms = [f"assistant/{room}" for layer in _rooms_by_layer() for room in layer]
    parts = [each.replace(".", "/") for contract in _APART for each in contract["modules"]]
    for place in ["assistant", *rooms, *parts]:
        folder = root / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").write_text("", encoding="utf-8")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


def _seed(root: Path, importer: str, imported: str) -> None:
    with (root / importer.replace(".", "/") / "__init__.py").open("a", encoding="utf-8") as room:
        room.write(f"import {imported}\n")


def _lint(root: Path) -> tuple[int, str]:
    program = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_the_empty_rooms_keep_every_contract(tmp_path: Path) -> None:
    _skeleton(tmp_path)
    code, output = _lint(tmp_path)
    assert (code, f"{len(_CONTRACTS)} kept, 0 broken" in output) == (0, True), output


def test_the_layers_are_the_rooms_there_are() -> None:
    rooms = {face.parent.name for face in (ROOT / "assistant").glob("*/__init__.py")}
    assert rooms == {room for layer in _rooms_by_layer() for room in layer}


def test_an_import_upwards_or_sideways_breaks_the_layers(tmp_path: Path) -> None:
    _skeleton(tmp_path)
    layers = _rooms_by_layer()
    pairs = [
        (f"assistant.{lower}", f"assistant.{upper}")
        for depth, layer in enumerate(layers)
        for lower in layer
        for upper in [room for above in layers[: depth + 1] for room in above]
        if lower != upper
    ]
    for lower, upper in pairs:
        _seed(tmp_path, lower, upper)
    code, output = _lint(tmp_path)
    assert code == 1
    unnoticed = [pair for pair in pairs if f"{pair[0]} -> {pair[1]} " not in output]
    assert not unnoticed, output


def test_a_room_that_no_layer_lists_breaks_the_layers(tmp_path: Path) -> None:
    _skeleton(tmp_path)
    (tmp_path / "assistant" / "annexe").mkdir()
    (tmp_path / "assistant" / "annexe" / "__init__.py").write_text("", encoding="utf-8")
    code, output = _lint(tmp_path)
    assert (code, "annexe" in output) == (1, True), output


@pytest.mark.parametrize("contract", _FORBIDDEN, ids=lambda contract: contract["name"])
def test_each_forbidden_import_breaks_its_contract(
    contract: dict[str, Any], tmp_path: Path
) -> None:
    _skeleton(tmp_path)
    pairs = [
        (source, module)
        for source in contract["source_modules"]
        for module in contract["forbidden_modules"]
    ]
    for source, module in pairs:
        _seed(tmp_path, source, module)
    code, output = _lint(tmp_path)
    assert (code, f"{contract['name']} BROKEN" in output) == (1, True), output
    unnoticed = [pair for pair in pairs if f"{pair[0]} -> {pair[1]} " not in output]
    assert not unnoticed, output


@pytest.mark.parametrize("contract", _APART, ids=lambda contract: contract["name"])
def test_parts_that_import_each_other_break_their_contract(
    contract: dict[str, Any], tmp_path: Path
) -> None:
    _skeleton(tmp_path)
    pairs = list(permutations(contract["modules"], 2))
    for one, other in pairs:
        _seed(tmp_path, one, other)
    code, output = _lint(tmp_path)
    assert (code, f"{contract['name']} BROKEN" in output) == (1, True), output
    unnoticed = [pair for pair in pairs if f"{pair[0]} -> {pair[1]} " not in output]
    assert not unnoticed, output
