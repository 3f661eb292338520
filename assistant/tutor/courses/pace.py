"""Day by day: what is due is reviewed first, then new concepts are learnt in their order."""

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.domain.ids import ConceptId

REVIEW_AFTER_DAYS = (2, 11, 46, 163, 497)
"""Days between the recalls of a card that comes back each time, at 90 % (FSRS-6, usual weights)."""
LAPSES = 1.15
"""Reviews cost this much more than if nothing were forgotten."""
_SESSION_MINUTES = 40.0
_MOST_REVIEW = 0.5
_SHORTEST_PIECE = 5.0
_MOST_DAYS_A_WEEK = 6
_DAYS = {
    1: (5,),
    2: (1, 5),
    3: (0, 2, 4),
    4: (0, 2, 4, 5),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 2, 3, 4, 5),
}


@dataclass(frozen=True, slots=True)
class Work:
    """What a concept costs."""

    concept: ConceptId
    minutes: float
    """Lesson and first practice."""
    review_minutes: float
    """One recall of all its cards."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When there is time."""

    weekdays: tuple[int, ...]
    """Monday is 0; at least one."""
    minutes: float
    """In each session."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a session."""

    concept: ConceptId
    minutes: float
    due: bool = False
    """A review; otherwise a lesson or a part of one."""
    finishes: bool = False
    """Whether the concept's lesson is done with it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A day's study."""

    day: date
    pieces: tuple[Piece, ...]

    @property
    def minutes(self) -> float:
        """How long it takes."""
        return sum(piece.minutes for piece in self.pieces)


@dataclass(slots=True, order=True)
class _Keeping:
    """A learnt concept on its way through the reviews; the one due first comes first."""

    due: date
    concept: ConceptId
    minutes: float = field(compare=False)
    recalls: int = field(default=0, compare=False)


def weekdays_for(hours_a_week: float) -> tuple[int, ...]:
    """Days that make sessions of some 40 minutes, spread over the week."""
    sessions = round(hours_a_week * 60 / _SESSION_MINUTES)
    return _DAYS[min(max(sessions, 1), _MOST_DAYS_A_WEEK)]


def run_sessions(
    work: tuple[Work, ...], pace: Pace, first: date, last: date
) -> tuple[Session, ...]:
    """Sessions from ``first`` to ``last``, or until all is learnt and nothing falls due.

    Reviews take at most half of a session while there is something new; the oldest come first and
    what does not fit waits. A lesson that does not fit goes on in the next session.
    """
    left = [(one, one.minutes) for one in reversed(work)]
    kept: list[_Keeping] = []
    sessions: list[Session] = []
    day = first
    while day <= last and (left or kept):
        if day.weekday() in pace.weekdays:
            share = _MOST_REVIEW if left else 1.0
            pieces = _reviews(kept, day, pace.minutes * share)
            spare = pace.minutes - sum(piece.minutes for piece in pieces)
            pieces += _lessons(left, kept, day, spare)
            if pieces:
                sessions.append(Session(day, tuple(pieces)))
        day += timedelta(days=1)
    return tuple(sessions)


def _reviews(kept: list[_Keeping], day: date, spare: float) -> list[Piece]:
    pieces: list[Piece] = []
    seen: list[_Keeping] = []
    while kept and kept[0].due <= day and spare > 0:
        one = heapq.heappop(kept)
        seen.append(one)
        if one.minutes > spare and pieces:
            break
        pieces.append(Piece(one.concept, min(one.minutes, spare), due=True))
        spare -= pieces[-1].minutes
        one.recalls += 1
        if one.recalls < len(REVIEW_AFTER_DAYS):
            one.due = day + timedelta(days=REVIEW_AFTER_DAYS[one.recalls])
        else:
            seen.pop()
    for one in seen:
        heapq.heappush(kept, one)
    return pieces


def _lessons(
    left: list[tuple[Work, float]], kept: list[_Keeping], day: date, spare: float
) -> list[Piece]:
    pieces: list[Piece] = []
    while left and spare > 0:
        work, minutes = left[-1]
        if minutes > spare and pieces and spare < _SHORTEST_PIECE:
            break
        taken = min(minutes, spare)
        finishes = taken == minutes
        pieces.append(Piece(work.concept, taken, finishes=finishes))
        spare -= taken
        if finishes:
            left.pop()
            if work.review_minutes:
                due = day + timedelta(days=REVIEW_AFTER_DAYS[0])
                cost = work.review_minutes * LAPSES
                heapq.heappush(kept, _Keeping(due, work.concept, cost))
        else:
            left[-1] = (work, minutes - taken)
    return pieces
