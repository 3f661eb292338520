"""Writes ``resources/licences.json``: who made what ships with Lamplight, and under which licence.

    .venv/bin/python scripts/licences.py

Names, versions and texts come from the metadata of the installed packages that the application
needs; what ships inside of them, and what their metadata leave out, comes from the table below and
from ``resources/licences/``. Run it after the lock has changed.
"""

import contextlib
import importlib
import importlib.metadata
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "resources" / "licences"
OUT = ROOT / "resources" / "licences.json"

_MAC = {"sys_platform": "darwin", "platform_machine": "arm64", "platform_system": "Darwin"}
"""Where more is installed than elsewhere: MLX, which the tests need on Linux as well."""
_TEXT_NAMES = ("licen", "copying", "notice")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part and its licence, as the About screen reads it."""

    name: str
    version: str
    licence: str
    homepage: str
    text: str


# Metadata that say nothing, or offer a choice that has to be made: licence and files of the text.
_TOLD = {
    "antlr4-python3-runtime": ("BSD-3-Clause", ("antlr4.txt",)),
    "fsrs-rs-python": ("BSD-3-Clause", ("fsrs-rs.txt",)),
    "latex2mathml": ("MIT", ("latex2mathml.txt",)),
    "pyside6-essentials": ("LGPL-3.0-only", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", ()),
    "scipy": ("BSD-3-Clause", ()),
    "sentencepiece": ("Apache-2.0", ("Apache-2.0.txt",)),
    "shiboken6": ("LGPL-3.0-only", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    "skops": ("MIT", ()),
    "sqlcipher3": ("Zlib", ()),
    "tokenizers": ("Apache-2.0", ("Apache-2.0.txt",)),
}


def _cipher_version() -> str:
    driver = importlib.import_module("sqlcipher3.dbapi2")
    with contextlib.closing(driver.connect(":memory:")) as connection:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0])


def _parts_inside() -> list[Entry]:
    """What ships inside other packages, and what only some systems install."""
    return [
        Entry(
            "all-MiniLM-L6-v2, the model behind search by meaning",
            "Q8_0",
            "Apache-2.0",
            "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
            _text("Apache-2.0.txt"),
        ),
        Entry(
            "llama.cpp and ggml",
            importlib.metadata.version("llama-cpp-python"),
            "MIT",
            "https://github.com/ggml-org/llama.cpp",
            _text("llama.cpp.txt"),
        ),
        Entry(
            "mlx-metal",
            importlib.metadata.version("mlx"),
            "MIT",
            "https://github.com/ml-explore/mlx",
            _text_of("mlx", importlib.metadata.distribution("mlx")),
        ),
        Entry(
            "OpenSSL, inside sqlcipher3 and cryptography",
            "3",
            "Apache-2.0",
            "https://www.openssl.org",
            _text("Apache-2.0.txt"),
        ),
        Entry(
            "pywin32-ctypes",
            "0.2.3",
            "BSD-3-Clause",
            "https://github.com/enthought/pywin32-ctypes",
            _text("pywin32-ctypes.txt"),
        ),
        Entry(
            "Qt",
            importlib.metadata.version("PySide6-Essentials"),
            "LGPL-3.0-only",
            "https://www.qt.io",
            _text("LGPL-3.0.txt", "GPL-3.0.txt"),
        ),
        Entry(
            "SmolLM2-135M-Instruct, the starter model",
            "Q4_1",
            "Apache-2.0",
            "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
            _text("Apache-2.0.txt"),
        ),
        Entry(
            "SQLCipher",
            _cipher_version(),
            "BSD-3-Clause",
            "https://www.zetetic.net/sqlcipher",
            _text("SQLCipher.txt"),
        ),
    ]


def _text(*names: str) -> str:
    return "\n\n".join((TEXTS / name).read_text(encoding="utf-8").strip() for name in names)


def installed_closure(
    requirements: Iterable[str], system: Mapping[str, str] | None = None
) -> dict[str, importlib.metadata.Distribution]:
    """The installed packages that requirements lead to, by normal name.

    Args:
        requirements: As a project names them.
        system: The markers of the system that they are for; this one where None. What is not
            installed here is left out for another system.
    """
    markers = {"extra": "", **(system or {})}
    found: dict[str, importlib.metadata.Distribution] = {}
    queue = list(requirements)
    while queue:
        asked = Requirement(queue.pop())
        name = canonicalize_name(asked.name)
        if name in found or (asked.marker and not asked.marker.evaluate(markers)):
            continue
        try:
            found[name] = importlib.metadata.distribution(asked.name)
        except importlib.metadata.PackageNotFoundError:
            if system is None:
                raise
            continue
        queue += found[name].requires or []
    return found


def _licence_of(name: str, package: importlib.metadata.Distribution) -> str:
    metadata = package.metadata.json
    if name in _TOLD:
        return _TOLD[name][0]
    classified = [
        line.rpartition(" :: ")[2]
        for line in metadata.get("classifier", [])
        if line.startswith("License :: OSI Approved :: ")
    ]
    said = str(metadata.get("license_expression") or metadata.get("license") or "")
    said = said or ", ".join(classified)
    if not said:
        raise SystemExit(f"{name} does not tell its licence: add it to the table in {__file__}")
    return said.splitlines()[0]


def _text_of(name: str, package: importlib.metadata.Distribution) -> str:
    told = _TOLD.get(name, ("", ()))[1]
    if told:
        return _text(*told)
    files = sorted((file for file in package.files or [] if ".dist-info" in str(file)), key=str)
    texts = [
        file.read_text(encoding="utf-8").strip()
        for file in files
        if any(word in file.name.lower() for word in _TEXT_NAMES)
    ]
    if not texts:
        raise SystemExit(f"{name} carries no licence text: add it to the table in {__file__}")
    return "\n\n".join(dict.fromkeys(texts))


def _homepage_of(package: importlib.metadata.Distribution) -> str:
    links: dict[str, str] = {}
    for line in package.metadata.get_all("Project-URL") or []:
        label, _, address = line.partition(", ")
        links[label.lower()] = address
    for label in ("homepage", "repository", "source", "source code", "code", "documentation"):
        if label in links:
            return links[label]
    return str(package.metadata.json.get("home_page", ""))


def entries() -> list[Entry]:
    """All parts, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = installed_closure(project["dependencies"], _MAC)
    packages |= installed_closure(project["dependencies"])
    ours = [
        Entry(
            package.metadata["Name"],
            package.version,
            _licence_of(name, package),
            _homepage_of(package),
            _text_of(name, package),
        )
        for name, package in packages.items()
    ]
    return sorted([*ours, *_parts_inside()], key=lambda entry: entry.name.lower())


def main() -> int:
    """Writes the file; gives the exit code."""
    found = entries()
    text = json.dumps([asdict(entry) for entry in found], indent=1, ensure_ascii=False)
    OUT.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{OUT.relative_to(ROOT)}: {len(found)} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
