"""``plan parse``: what a line says, or each line of a file."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.cli.opening import opens_by_itself
from assistant.cli.output import Output
from assistant.cli.parser import spoken
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.planner.quick_add.parts import QuickAdd
from assistant.planner.quick_add.vocabulary import Vocabulary
from assistant.services.core import Core

_LONGEST_LINE = 1 << 20


def run(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Reads one line, or a file of them."""
    if (arguments.text is None) == (arguments.batch is None):
        raise UserFacingError(
            "Name a line to read, or a file with --batch.",
            "For example: assistant plan parse “call Mum tomorrow 5pm”",
            code="nothing_to_read",
        )
    if arguments.batch is not None and arguments.ask_model:
        raise UserFacingError(
            "A model is asked about one line only.",
            "Read the file without --ask-model.",
            code="ask_alone",
        )
    vocabulary = _own_words(core)
    if arguments.batch is None:
        text = spoken(arguments.text)
        found = core.planning.reading.read(text, vocabulary)
        value: dict[str, bool] = {}
        if arguments.ask_model:
            asked = outcome(core.planning.asking.ask(text, found, vocabulary))
            if asked.why:
                output.note(asked.why)
            found, value = asked.found, {"by_model": asked.by_model}
        output.document(dict(found.contract()) | value, words(found))
        return
    for line in _lines(arguments.batch):
        output.line(_answer(core, line, vocabulary))


def words(found: QuickAdd) -> str:
    """What was understood, a part a line."""
    rows = [found.title or "(no title)"]
    rows += [f"  {part.kind.value}: {part.value}  (“{part.words}”)" for part in found.parts]
    return "\n".join(rows)


def _own_words(core: Core) -> Vocabulary:
    """The user's own words, where there is a history and it opens without a question."""
    if not core.options.paths.database.exists() or not opens_by_itself(core):
        return Vocabulary()
    return core.planning.words.vocabulary().result()


def _answer(core: Core, line: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The result of one line of a file, or its error in the form of errors."""
    try:
        text, now = _asked(line)
        return dict(core.planning.reading.read(text, vocabulary, now=now).contract())
    except UserFacingError as error:
        return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def _asked(line: str) -> tuple[str, datetime | None]:
    try:
        value = json.loads(line)
        moment = value.get("now")
        return _text(value["text"]), None if moment is None else datetime.fromisoformat(moment)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UserFacingError(
            "The line is not a JSON object with a text and a moment.",
            'Write {"text": "call Mum at 5", "now": "2026-03-01T09:00:00+01:00"}.',
            code="line_invalid",
        ) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file that hold something.

    Raises:
        UserFacingError: It cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            # Read with a bound: a device, or a line without an end, never ends.
            begun = True
            while line := stream.readline(_LONGEST_LINE):
                if begun and line.strip():
                    yield line
                begun = line.endswith("\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserFacingError(
            f"{path} cannot be read: {reason or 'it is not the name of a file'}.",
            "Check the name of the file.",
            code="file_not_found" if isinstance(error, FileNotFoundError) else "file_unreadable",
        ) from error
