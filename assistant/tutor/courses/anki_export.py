"""Cards as an Anki package that updates what was imported from an earlier one."""

import hashlib
import html
import importlib
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from assistant.domain.course import Course, Flashcard
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import ConceptId

_NOTE_TYPE = 1_732_190_400
"""Of our note type in everyone's Anki, for ever the same."""
_FIRST_DECK = 1 << 30
_MATH = re.compile(
    r"(?<!\\)\$\$(.+?)\$\$|(?<![\\$])\$(?!\s)([^$\n]+?)(?<![\s\\])\$(?!\d)", re.DOTALL
)
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_CSS = """.card { font-family: sans-serif; font-size: 20px; text-align: left; max-width: 40em;
margin: 0 auto; padding: 1em; } pre { overflow-x: auto; } code { font-family: monospace; }"""


@dataclass(frozen=True, slots=True)
class ExportedCard:
    """One card to go out."""

    key: str
    """For ever the same: it ties the card to the one that Anki has already."""
    deck: tuple[str, ...]
    """Names from the outermost deck inwards."""
    front: str
    """Markdown, with LaTeX between dollar signs."""
    back: str
    tags: tuple[str, ...] = ()


def cards_of(course: Course) -> tuple[ExportedCard, ...]:
    """The flashcards of a course, a deck for each unit."""
    unit_of = {name: unit.title for unit in course.units for name in unit.concepts}
    return tuple(
        ExportedCard(
            key=_key_of(course.id, concept.id, card.id),
            deck=(course.title, unit_of[concept.id]),
            front=card.front,
            back=card.back,
            tags=(course.id, concept.id),
        )
        for concept in course.concepts
        for card in concept.cards
    )


def exported(course: Course) -> dict[str, tuple[ConceptId, Flashcard]]:
    """The cards of a course with their concepts, by the guid that their notes have in Anki."""
    genanki: Any = importlib.import_module("genanki")
    return {
        genanki.guid_for(_key_of(course.id, concept.id, card.id)): (concept.id, card)
        for concept in course.concepts
        for card in concept.cards
    }


def _key_of(course: str, concept: str, card: str) -> str:
    return f"{course}/{concept}/{card}"


def export_anki(cards: Iterable[ExportedCard], path: Path) -> int:
    """Writes a package (.apkg); an earlier file of the name is replaced when it is whole.

    Returns:
        How many cards went out.

    Raises:
        UserFacingError: There is no card (``anki_nothing``).
        EnvironmentProblem: The file cannot be written.
    """
    genanki: Any = importlib.import_module("genanki")
    kind = genanki.Model(
        _NOTE_TYPE,
        "Lamplight card",
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}',
            }
        ],
        css=_CSS,
    )
    decks: dict[str, Any] = {}
    count = 0
    for card in cards:
        name = "::".join(part.replace("::", ":") for part in card.deck)
        deck = decks.setdefault(name, genanki.Deck(_number_of(name), name))
        deck.add_note(
            genanki.Note(
                model=kind,
                fields=[as_html(card.front), as_html(card.back)],
                guid=genanki.guid_for(card.key),
                tags=[re.sub(r"\s+", "-", tag) for tag in card.tags],
            )
        )
        count += 1
    if not count:
        raise UserFacingError("There are no cards to export.", code="anki_nothing")
    _write(genanki.Package(list(decks.values())), path)
    return count


def _write(package: Any, path: Path) -> None:  # noqa: ANN401 - genanki has no types
    try:
        handle, draft = tempfile.mkstemp(prefix=".anki-", suffix=".apkg", dir=path.parent)
        os.close(handle)
        try:
            package.write_to_file(draft)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            "The Anki package could not be written.",
            f"Make room or choose another place ({error.strerror or 'no reason given'}).",
            code="anki_not_written",
        ) from error


def _number_of(name: str) -> int:
    """A deck's id out of its name, for ever the same."""
    digest = hashlib.sha256(name.encode()).digest()
    return _FIRST_DECK + int.from_bytes(digest[:4], "big") % _FIRST_DECK


def as_html(text: str) -> str:
    r"""Markdown as the HTML of a field; ``$…$`` becomes ``\(…\)``, and no HTML passes through."""
    formulas: list[str] = []

    def keep(found: re.Match[str]) -> str:
        inside = html.escape(found[1] or found[2], quote=False)
        formulas.append(rf"\[{inside}\]" if found[1] else rf"\({inside}\)")
        return f"\ue000{len(formulas) - 1}\ue001"

    clean = text.replace("\ue000", "").replace("\ue001", "")
    parts = _CODE.split(clean)
    parts[::2] = [_MATH.sub(keep, part) for part in parts[::2]]
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render("".join(parts))
    placed = re.sub("\ue000(\\d+)\ue001", lambda found: formulas[int(found[1])], rendered)
    return placed.strip()
