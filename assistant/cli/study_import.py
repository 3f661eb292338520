"""``study import`` and ``export``: courses and decks from elsewhere, and cards for Anki."""

import argparse

from assistant.cli.opening import open_vault
from assistant.cli.output import Output
from assistant.cli.waiting import outcome
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import CourseId
from assistant.services.core import Core
from assistant.services.study.bringing import BroughtKind

_MOST_SHOWN = 20


def bring(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Brings a course or a deck in."""
    open_vault(core, output)
    job = core.study.bringing.bring(arguments.file, arguments.name or "", replace=arguments.replace)
    try:
        found = outcome(job)
    except UserFacingError as error:
        if error.code != "course_replaces":
            raise
        hint = f"{error.hint} “--replace” replaces it."
        raise UserFacingError(error.message, hint, code=error.code) from error
    value = {
        "kind": found.kind,
        "course": found.course,
        "title": found.title,
        "concepts": found.concepts,
        "exercises": found.exercises,
        "cards": found.cards,
        "skipped": list(found.skipped),
    }
    if found.kind is BroughtKind.ANKI:
        words = f"“{found.title}”: {found.cards} new cards. “assistant study review” asks them."
    else:
        words = (
            f"“{found.title}”: {found.concepts} concepts, {found.exercises} exercises. "
            f"“assistant study enroll {found.course}” begins it."
        )
    lines = [words]
    if found.skipped:
        lines.append(f"Left out, {len(found.skipped)} in all:")
        lines += [f"  {one}" for one in found.skipped[:_MOST_SHOWN]]
    output.document(value, "\n".join(lines))


def export(core: Core, arguments: argparse.Namespace, output: Output) -> None:
    """Writes the cards of a course as a deck for Anki."""
    open_vault(core, output)
    count = core.study.bringing.export_cards(CourseId(arguments.course), arguments.file).result()
    output.document(
        {"cards": count, "file": str(arguments.file)}, f"{count} cards are in {arguments.file}."
    )
