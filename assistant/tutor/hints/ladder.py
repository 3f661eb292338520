"""The ladder of hints: an attempt first, then a nudge, the idea, a part, and at last all of it."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import Exercise
from assistant.domain.study import Rung
from assistant.tutor.learner.mastery import RUNG_COST

TITLES = {
    Rung.NUDGE: "Nudge",
    Rung.IDEA: "The concept",
    Rung.PART: "A partly worked step",
    Rung.SOLUTION: "The full solution",
}
_RUNGS = (Rung.NUDGE, Rung.IDEA, Rung.PART, Rung.SOLUTION)
_TRIES_FOR = {Rung.NUDGE: 1, Rung.IDEA: 1, Rung.PART: 2, Rung.SOLUTION: 2}


class RungState(StrEnum):
    """Whether a rung can be stepped on."""

    SHOWN = "shown"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class RungView:
    """One rung, as it is shown.

    Args:
        rung: Which.
        title: Its name.
        state: Whether it was shown, can be, or cannot be yet.
        costs: Share of the whole credit that it takes: 0 to 1.
        text: What it says, where it was shown; Markdown.
        opens: What has to be done before it opens, where it is locked.
    """

    rung: Rung
    title: str
    state: RungState
    costs: float
    text: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a learner stands on the ladder of one exercise.

    Args:
        exercise: What it is about.
        rung: The highest that was shown.
        tries: Answers that were graded so far.
        attempt_first: Whether an answer is wanted before the first rung.
    """

    exercise: Exercise
    rung: Rung = Rung.NONE
    tries: int = 0
    attempt_first: bool = True

    @property
    def credit(self) -> float:
        """What a right answer would be worth now: 0 to 1."""
        return 1.0 - RUNG_COST[self.rung]

    @property
    def rungs(self) -> tuple[RungView, ...]:
        """All four, as they are shown."""
        return tuple(self._view(rung) for rung in _RUNGS if self._exists(rung))

    def next_rung(self) -> Rung | None:
        """The next rung, whether it is open or not; None where all was shown."""
        return next((rung for rung in _RUNGS if rung > self.rung and self._exists(rung)), None)

    def climbed(self, *, told: bool = False) -> "Ladder":
        """The ladder with its next rung shown.

        Args:
            told: “Just tell me”: the last rung at once, whatever came before. It is recorded as
                help like every other rung.

        Raises:
            UserFacingError: The next rung does not open yet (``hint_locked``), or there is none.
        """
        rung = Rung.SOLUTION if told else self.next_rung()
        if rung is None or (told and self.rung is Rung.SOLUTION):
            raise UserFacingError(
                "Everything was shown already.",
                "Read it again in your own words, then try another exercise.",
                code="hint_last",
            )
        opens = "" if told else self._opens(rung)
        if opens:
            raise UserFacingError(
                f"“{TITLES[rung]}” does not open yet.", f"{opens}.", code="hint_locked"
            )
        return Ladder(self.exercise, rung, self.tries, self.attempt_first)

    def text_of(self, rung: Rung) -> str:
        """What a rung says; Markdown."""
        exercise = self.exercise
        if rung is Rung.SOLUTION:
            return "\n\n".join(exercise.solution)
        said = {Rung.NUDGE: exercise.nudge, Rung.IDEA: exercise.idea, Rung.PART: exercise.part}
        return said.get(rung, "")

    def _exists(self, rung: Rung) -> bool:
        return bool(self.text_of(rung))

    def _view(self, rung: Rung) -> RungView:
        before = max((each for each in (Rung.NONE, *_RUNGS) if each < rung), default=Rung.NONE)
        costs = RUNG_COST[rung] - RUNG_COST[before]
        if rung <= self.rung:
            return RungView(rung, TITLES[rung], RungState.SHOWN, costs, self.text_of(rung))
        opens = self._opens(rung)
        state = RungState.LOCKED if opens else RungState.OPEN
        return RungView(rung, TITLES[rung], state, costs, opens=opens)

    def _opens(self, rung: Rung) -> str:
        """What is missing before a rung opens; "" where nothing is."""
        if self.attempt_first and self.tries == 0:
            return "Opens after a first try"
        below = self.next_rung()
        if below is not None and below < rung:
            more = _TRIES_FOR[rung] - self.tries
            return f"Opens after hint {int(rung) - 1}{' and one more try' if more > 0 else ''}"
        if self.attempt_first and self.tries < _TRIES_FOR[rung]:
            return "Opens after one more try"
        return ""
