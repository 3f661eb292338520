"""A sitting: how many exercises, what came of each, and what that did; no Qt."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.ids import ConceptId
from assistant.services.study.practice import Given, Judged

LENGTH = 6
"""Exercises of one sitting: some twenty minutes."""


class Came(StrEnum):
    """What came of an exercise."""

    RIGHT = "right"
    """At the first try and without help."""
    HELPED = "helped"
    """In the end, with hints or after other tries."""
    TOLD = "told"
    """The solution was shown."""
    SKIPPED = "skipped"


@dataclass(slots=True)
class Sitting:
    """What was done since practice was opened."""

    came: list[Came] = field(default_factory=list[Came])
    changes: dict[ConceptId, tuple[str, float, float]] = field(
        default_factory=dict[ConceptId, tuple[str, float, float]]
    )
    """Of each concept its title and its mastery before and after, 0 to 1."""

    @property
    def over(self) -> bool:
        """Whether all of it is done."""
        return len(self.came) >= LENGTH

    def take(self, given: Given, judged: Judged) -> None:
        """Takes an answer that was judged."""
        concept = given.concept
        before = self.changes.get(concept.id, (concept.title, judged.before.chance, 0.0))[1]
        self.changes[concept.id] = (concept.title, before, judged.after.chance)
        if judged.grade.correct and judged.attempt is not None:
            self.came.append(Came.RIGHT if judged.attempt.unaided else Came.HELPED)

    def words(self) -> str:
        """What came of it, in a sentence or two."""
        counts = {came: self.came.count(came) for came in Came}
        parts = [
            f"{counts[Came.RIGHT]} right at the first try" if counts[Came.RIGHT] else "",
            f"{counts[Came.HELPED]} in the end" if counts[Came.HELPED] else "",
            f"{counts[Came.TOLD]} with the solution shown" if counts[Came.TOLD] else "",
            f"{counts[Came.SKIPPED]} skipped" if counts[Came.SKIPPED] else "",
        ]
        said = ", ".join(part for part in parts if part)
        return f"{said[:1].upper()}{said[1:]}." if said else "Nothing was answered."

    def change_words(self) -> tuple[str, ...]:
        """Mastery of each concept, before and after."""
        return tuple(
            f"{title}: {round(before * 100)} % → {round(after * 100)} %"
            for title, before, after in self.changes.values()
        )
