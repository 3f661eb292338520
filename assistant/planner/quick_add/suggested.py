"""What a language model makes of a line that the grammar is unsure of, held against the line.

A model may only say which words of the line are what. Its words have to stand in the line (one
letter or two may differ: a slip of the pen), its dates have to be readable by the grammar, and its
title has to be made of the line's words, in their order. So nothing is ever invented. Every word of
the line that says something has to stand in one of them: nothing is lost either.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from assistant.planner.dates.slips import is_slip
from assistant.planner.quick_add.parts import Part, PartKind, QuickAdd
from assistant.planner.quick_add.reading import parse_line
from assistant.planner.quick_add.vocabulary import Vocabulary, expand

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019:.-][^\W_]+)*")
_JOINING: Final = frozenset({"on", "at", "by", "from", "to", "the", "of", "in", "and"})
_INTRODUCING: Final = _JOINING.union(
    ["due", "deadline", "until", "till", "before", "is", "it", "a", "an", "for", "about", "around"],
    ["approx", "approximately", "say", "takes", "take", "lasts", "estimate", "estimated", "est"],
)
"""Words that only lead to a part; they may stand in no part themselves."""
_MARKED: Final = frozenset(
    {PartKind.PRIORITY, PartKind.TAG, PartKind.PROJECT, PartKind.PLACE, PartKind.AFTER}
)
_TIMED: Final = frozenset({PartKind.WHEN, PartKind.DUE, PartKind.DURATION, PartKind.RECURRENCE})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a model says; a part that the line does not have is empty."""

    title: str
    when: str = ""
    due: str = ""
    duration: str = ""
    recurrence: str = ""


def checked(
    text: str,
    found: QuickAdd,
    suggestion: Suggestion,
    now: datetime,
    vocabulary: Vocabulary,
    tasks: Sequence[str] = (),
) -> QuickAdd | None:
    """The line as the model reads it; None where that adds to the line or leaves something out.

    Args:
        text: The line.
        found: As the grammar read it; its marked parts are kept.
        suggestion: What the model says.
        now: Against which dates are read.
        vocabulary: The user's own words.
        tasks: Titles of tasks that “after …” may name.
    """
    said = _words(text)
    phrases = _phrases(suggestion)
    marked = [part.words for part in found.parts if _is_marked(part)]
    named = [phrase for _, _, phrase in phrases]
    if not (
        named
        and _in_order(_words(suggestion.title), said)
        and all(_stands(phrase, said) for phrase in named)
        and _all_said(said, (suggestion.title, *named, *marked))
    ):
        return None
    timed = [f"{before}{phrase}" for _, before, phrase in phrases]
    line = " ".join((suggestion.title, *timed, *marked))
    again = parse_line(line, now, vocabulary, tasks=tasks)
    same = _words(again.title) == _words(expand(suggestion.title, vocabulary)[0].text)
    if again.unsure or not same or not _lasting(found) <= _lasting(again):
        return None
    kinds = [part.kind for part in again.parts if part.kind in _TIMED]
    if len(kinds) != len(phrases) or not all(
        any(kind in wanted for kind in kinds) for wanted, _, _ in phrases
    ):
        return None
    return replace(again, parts=tuple(_placed(again.parts, text)))


def _is_marked(part: Part) -> bool:
    """Whether a sign sets it apart; a place behind “at” is a part of the title."""
    return part.kind in _MARKED and (part.kind is not PartKind.PLACE or part.words[:1] == "@")


def stands_in(phrase: str, text: str) -> bool:
    """Whether all words of a phrase stand in a text; a slip of the pen is overlooked."""
    return _stands(phrase, _words(text))


def _lasting(found: QuickAdd) -> set[tuple[PartKind, str]]:
    """What a reading must not lose; times may be read otherwise, so only their kind counts."""
    return {
        (part.kind, "" if part.kind in _TIMED else part.value)
        for part in found.parts
        if part.kind is not PartKind.WHEN
    }


def _phrases(suggestion: Suggestion) -> list[tuple[frozenset[PartKind], str, str]]:
    """What the phrases of a suggestion are, what stands before them, and their words."""
    by = "" if re.match(r"(?i)(?:by|due|before|until)\b", suggestion.due) else "by "
    named = [
        (frozenset({PartKind.DUE}), by, suggestion.due),
        (frozenset({PartKind.WHEN}), "", suggestion.when),
        (frozenset({PartKind.RECURRENCE}), "", suggestion.recurrence),
        (frozenset({PartKind.DURATION}), "~", suggestion.duration.lstrip("~ ")),
    ]
    return [(kinds, before, words.strip()) for kinds, before, words in named if words.strip()]


def _placed(parts: Sequence[Part], text: str) -> Iterable[Part]:
    """The parts where their words stand in the line as it was written."""
    for part in parts:
        places = [
            place
            for word in _words(part.words)
            if word not in _JOINING
            for place in [_place(word, text)]
            if place is not None
        ]
        if places:
            first, last = min(one for one, _ in places), max(one for _, one in places)
            yield replace(part, found=(first, last), words=text[first:last])
        else:
            yield replace(part, found=(0, 0), words="")


def _place(word: str, text: str) -> tuple[int, int] | None:
    near = [match for match in _WORD.finditer(text) if is_slip(word, match[0].lower())]
    near.sort(key=lambda match: match[0].lower() != word)
    return near[0].span() if near else None


def _words(text: str) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text)]


def _stands(phrase: str, said: Sequence[str]) -> bool:
    """Whether all words of a phrase stand in the line, at most as often as there."""
    left = list(said)
    for word in _words(phrase):
        near = next((one for one in left if one == word), None)
        near = near or next((one for one in left if is_slip(word, one)), None)
        if near is not None:
            left.remove(near)
        elif word not in _JOINING:
            return False
    return True


def _all_said(said: Sequence[str], parts: Iterable[str]) -> bool:
    """Whether every word of the line stands in a part, but for those that lead to one."""
    named = [word for part in parts for word in _words(part)]
    for word in said:
        near = next((one for one in named if one == word), None)
        near = near or next((one for one in named if is_slip(one, word)), None)
        if near is not None:
            named.remove(near)
        elif not any(is_slip(word, one) for one in _INTRODUCING):
            return False
    return True


def _in_order(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words stand in the line in their order; an empty title says nothing."""
    rest = iter(said)
    return bool(words) and all(word in rest for word in words)
