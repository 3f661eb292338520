"""The words of a course's map: names that fit a box, and what is known of a concept."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from assistant.domain.course import Course
from assistant.domain.ids import ConceptId
from assistant.domain.study import Mastery, Standing
from assistant.ui.study.pictures.colours import STANDING_WORDS
from assistant.ui.study.pictures.marks import count_words, percent_words

_LONGEST = 16


def short_titles(course: Course) -> dict[ConceptId, str]:
    """Titles without what follows a colon, where they are long and still tell each other apart."""
    heads = {concept.id: concept.title.split(": ", 1)[0] for concept in course.concepts}
    counts = Counter(heads.values())
    return {
        concept.id: heads[concept.id]
        if len(concept.title) > _LONGEST and counts[heads[concept.id]] == 1
        else concept.title
        for concept in course.concepts
    }


def in_lines(title: str, metrics: QFontMetricsF, width: float, most: int = 2) -> list[str]:
    """A title on one line or several, cut where it is longer still.

    Args:
        title: What is written.
        metrics: Of its letters.
        width: Of a line, in the units of ``metrics``.
        most: How many lines there may be.
    """
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        full = len(lines) == most
        if lines and (full or metrics.horizontalAdvance(longer) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


def fits(title: str, metrics: QFontMetricsF, width: float, most: int = 2) -> bool:
    """Whether ``in_lines`` shows all of a title."""
    return " ".join(in_lines(title, metrics, width, most)) == " ".join(title.split())


def concept_words(course: Course, mastery: Mastery, *, upcoming: ConceptId | None = None) -> str:
    """All that is known of a concept in one sentence, with how sure that is."""
    concept = course.concept(mastery.concept)
    said = [f"{concept.title}: {STANDING_WORDS[mastery.standing].lower()}"]
    if mastery.standing is not Standing.NOT_STARTED:
        said.append(
            f"{percent_words(mastery.chance)}, likely between {100 * mastery.low:.0f}"
            f" and {percent_words(mastery.high)}"
        )
    if mastery.due:
        said.append(f"{count_words(mastery.due, 'card')} due")
    if mastery.concept == upcoming:
        said.append("next")
    if mastery.standing is Standing.NOT_STARTED and concept.requires:
        bases = " and ".join(short_titles(course)[base] for base in concept.requires[:2])
        more = len(concept.requires) - 2
        said.append(f"rests on {bases}" + (f" and {more} more" if more > 0 else ""))
    return ", ".join(said)
