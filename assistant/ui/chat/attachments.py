"""Text files that are put into a message, as quoted text."""

import re
from pathlib import Path

from assistant.domain.errors import UserFacingError

LARGEST_BYTES = 1_000_000
_LANGUAGES = {
    ".py": "python",
    ".js": "javascript",
    ".ts": "typescript",
    ".html": "html",
    ".css": "css",
    ".json": "json",
    ".sql": "sql",
    ".sh": "bash",
    ".c": "c",
    ".cpp": "cpp",
    ".rs": "rust",
    ".go": "go",
    ".java": "java",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
}


def read_quoted(path: Path) -> str:
    """A text file as a fenced block under its name; blocks, so not for the window's thread.

    Raises:
        UserFacingError: It is too large, is no text, or cannot be read.
    """
    try:
        if not path.is_file():
            raise UserFacingError(
                f"{path.name} is not a file.", "Choose a text file.", code="attachment_unreadable"
            )
        if path.stat().st_size > LARGEST_BYTES:
            raise UserFacingError(
                f"{path.name} is larger than {LARGEST_BYTES // 1_000_000} MB.",
                "Paste the part that matters.",
                code="attachment_too_large",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UserFacingError(
            f"{path.name} cannot be read.",
            "Check that you may open it, then try again.",
            code="attachment_unreadable",
        ) from error
    return quoted(path.name, _decoded(path.name, raw))


def quoted(name: str, text: str) -> str:
    """``text`` in a fence that nothing in it can close, under ``name``."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    language = _LANGUAGES.get(Path(name).suffix.lower(), "")
    return f"{name}:\n\n{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _decoded(name: str, raw: bytes) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UserFacingError(
            f"{name} is not a text file.",
            "Choose a file of plain text, such as .txt, .md or .py.",
            code="attachment_not_text",
        )
    return text
