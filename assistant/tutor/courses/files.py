"""The files of a course folder, read with limits: nothing outside the folder, nothing endless."""

import re
import stat
import tomllib
from pathlib import Path

from assistant.tutor.courses.problems import Problem

COURSE_FILE = "course.toml"
CONCEPTS = "concepts"
MOST_FILE_BYTES = 1024 * 1024
MOST_COURSE_BYTES = 32 * 1024 * 1024
MOST_CONCEPTS = 1000

# tomllib takes quadratic time over one key of very many parts; no honest file has such a key.
_MOST_KEY_PARTS = 40
_LONG_KEY = re.compile(r"""(?<![\w"'.-])(?:["']?[\w-]{1,64}["']?[ \t]*\.[ \t]*){40}""")

Table = dict[str, object]


class FolderReader:
    """Reads the TOML files of one course and keeps what is wrong with them.

    Args:
        folder: The course's folder; it may itself be reached through a link.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._read_bytes = 0

    def note(self, file: str, words: str, field: str = "") -> None:
        """Keeps a problem."""
        self.problems.append(Problem(file, field, words))

    def concept_names(self) -> list[str]:
        """Names without ``.toml`` of the files in the folder of concepts, sorted."""
        place = self.folder / CONCEPTS
        try:
            if place.is_symlink():
                self.note(CONCEPTS, "This folder is a link; put the folder itself here.")
                return []
            names = sorted(entry.name for entry in place.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            self.note(CONCEPTS, f"The folder cannot be read ({error.strerror or 'no reason'}).")
            return []
        found = [name[: -len(".toml")] for name in names if name.endswith(".toml")]
        if len(found) > MOST_CONCEPTS:
            self.note(CONCEPTS, f"{len(found)} concepts; at most {MOST_CONCEPTS} are read.")
        return found[:MOST_CONCEPTS]

    def table(self, name: str) -> Table | None:
        """The contents of a file, or None with the problem kept.

        Args:
            name: Relative to the folder, with forward slashes.
        """
        text = self._text(name)
        if text is None:
            return None
        if any(_has_long_key(line) for line in text.split("\n")):
            self.note(name, "A key of more than 40 parts between dots; no field has such a name.")
            return None
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self.note(name, f"This is not valid TOML: {error}. Mend that place.")
        except RecursionError:
            self.note(name, "Lists or tables are nested too deeply; make them flat.")
        except ValueError as error:
            self.note(name, f"A value cannot be read: {error}.")
        return None

    def _text(self, name: str) -> str | None:
        raw = self._bytes(name)
        if raw is None:
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.note(name, f"Line {line} is not UTF-8; save the file as UTF-8.")
            return None

    def _bytes(self, name: str) -> bytes | None:
        try:
            raw = _plain_bytes(self.folder / name)
        except FileNotFoundError:
            self.note(name, "This file is missing; add it.")
            return None
        except OSError as error:
            self.note(name, f"This file cannot be read ({error.strerror or 'no reason given'}).")
            return None
        if raw is None:
            self.note(name, "This is a link or no plain file; put the file itself here.")
            return None
        self._read_bytes += len(raw)
        if len(raw) > MOST_FILE_BYTES:
            self.note(name, f"Larger than {MOST_FILE_BYTES // 1024} KiB; split the concept.")
        elif self._read_bytes > MOST_COURSE_BYTES:
            self.note(name, f"The course is larger than {MOST_COURSE_BYTES // 1024**2} MiB in all.")
        else:
            return raw
        return None


def _has_long_key(line: str) -> bool:
    return line.count(".") >= _MOST_KEY_PARTS and _LONG_KEY.search(line) is not None


def _plain_bytes(path: Path) -> bytes | None:
    """At most one byte more than a file may have; None where it is no plain file."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return None
    with path.open("rb") as file:
        return file.read(MOST_FILE_BYTES + 1)
