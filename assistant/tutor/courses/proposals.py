"""Titles that a model proposed for a course: which of them are usable, and in what order.

Small models propose a good title now and then, and much else besides: the subject again, one title
many times, half sentences. What is asked several times and proposed more than once counts more.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean

from assistant.tutor.courses.goals import stems
from assistant.tutor.courses.naming import one_line
from assistant.tutor.courses.syllabus import DraftConcept, DraftUnit, SyllabusDraft

_LONGEST = 48
_MOST_WORDS = 6
_PART = 4
_MOST_PARTS = 10
_MOST_IN_PART = 8
_MOST_NEEDS = 3
_NUMBERED = re.compile(
    r"^\s*(?:(?:chapter|part|unit|lesson|section|module)\s*)?(?:\d+|[ivx]+)?\s*[.:)\u2013-]\s*"
    r"|^\s*(?:chapter|part|unit|lesson|section|module)\s+\d+\s*$",
    re.IGNORECASE,
)
_JOINING = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to"})
_ODD = re.compile(r"[{}\[\]<>\\|=_\"\u201c\u201d*`~^;!?]|https?:|\.\.")
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|you|your|i|we|they|it's|don't|can)\b", re.IGNORECASE
)


def cleaned(titles: Sequence[str], subject: str, borrowed: Collection[str] = ()) -> tuple[str, ...]:
    """The titles that could stand in a table of contents, each once.

    Args:
        titles: As a model wrote them.
        subject: What the course is about: a title that only repeats it says nothing.
        borrowed: Titles of the examples that the model was shown; it likes to give them back.
    """
    seen = {_key(one) for one in borrowed}
    own = stems(subject)
    kept: list[str] = []
    for title in titles:
        clean = _NUMBERED.sub("", one_line(title, 2 * _LONGEST)).strip(" .,:-\u2013")
        key = _key(clean)
        if not _usable(clean) or not key or key in seen or (own and key <= own):
            continue
        seen.add(key)
        kept.append(clean[0].upper() + clean[1:])
    return tuple(kept)


def _key(title: str) -> frozenset[str]:
    return stems(title) or frozenset({title.strip().casefold()} - {""})


def _usable(title: str) -> bool:
    words = [word.casefold() for word in re.findall(r"\w+", title)]
    long_words = [word for word in words if word not in _JOINING]
    return (
        0 < len(title) <= _LONGEST
        and 0 < len(title.split()) <= _MOST_WORDS
        and any(char.isalpha() for char in title)
        and not _ODD.search(title)
        and not _SENTENCE.search(title)
        and len(set(long_words)) == len(long_words)
    )


@dataclass(slots=True)
class Ballot:
    """Counts how often each title was proposed, and where in the list it stood.

    Args:
        subject: What the course is about.
        borrowed: Titles of the examples that the model was shown.
    """

    subject: str
    borrowed: tuple[str, ...] = ()
    proposed: int = 0
    """How many titles came in all, unusable ones included."""
    _places: dict[frozenset[str], list[float]] = field(
        default_factory=dict[frozenset[str], list[float]]
    )
    _words: dict[frozenset[str], str] = field(default_factory=dict[frozenset[str], str])

    def add(self, titles: Sequence[str]) -> tuple[str, ...]:
        """Counts one answer; gives those of its titles that are usable."""
        self.proposed += len(titles)
        usable = cleaned(titles, self.subject, self.borrowed)
        for at, title in enumerate(usable):
            key = _key(title)
            self._places.setdefault(key, []).append(at / len(usable))
            before = self._words.setdefault(key, title)
            self._words[key] = min(before, title, key=len)
        return usable

    @property
    def titles(self) -> tuple[str, ...]:
        """Every usable title once, the first proposed first."""
        return tuple(self._words.values())

    def elected(
        self, wanted: int, near: Callable[[Sequence[str]], Sequence[bool]]
    ) -> tuple[str, ...]:
        """At most so many titles, in the order in which they mostly stood.

        Those proposed more than once go first, then those that are near to the subject.

        Args:
            wanted: How many at most.
            near: Says of each title whether it has to do with the subject.
        """
        near_ones = dict(zip(self._words, near(self.titles), strict=True)) if self._words else {}
        usable = [key for key in self._words if near_ones[key] or len(self._places[key]) > 1]
        usable.sort(key=lambda key: (-len(self._places[key]), not near_ones[key]))
        chosen = sorted(usable[:wanted], key=lambda key: fmean(self._places[key]))
        return tuple(self._words[key] for key in chosen)


def in_parts(titles: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Cuts a plain list into parts of about the same size, with plain names."""
    count = min(max(-(-len(titles) // _PART), 2), _MOST_PARTS)
    ends = [round(len(titles) * part / count) for part in range(count + 1)]
    pieces = [tuple(titles[start:end]) for start, end in pairwise(ends)]
    return tuple((f"Part {at}", piece) for at, piece in enumerate(pieces, 1) if piece)


def draft_of(parts: Sequence[tuple[str, Sequence[str]]]) -> SyllabusDraft:
    """A draft in which what comes first in a part is needed for what comes next in it.

    A part begins with what the part before it began with, and a title that holds all words of an
    earlier one ("Matrix multiplication", "Matrices") needs that one too.

    Args:
        parts: 2 to 10 parts, each a title and titles of 1 to 8 concepts.
    """
    units: list[DraftUnit] = []
    earlier: list[str] = []
    start = ""
    for name, titles in parts[:_MOST_PARTS]:
        before = start
        concepts: list[DraftConcept] = []
        for title in titles[:_MOST_IN_PART]:
            key = _key(title)
            inside = [one for one in earlier if one != before and _key(one) < key]
            needs = [one for one in (before, *inside) if one][:_MOST_NEEDS]
            concepts.append(DraftConcept(title=title, summary="", needs=needs))
            earlier.append(title)
            before = title
        start = titles[0]
        units.append(DraftUnit(title=name, concepts=concepts))
    return SyllabusDraft(units=units)
