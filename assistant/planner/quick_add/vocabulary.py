"""The personal vocabulary: what a person's own words mean, learnt from corrections."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

MOST_ENTRIES = 1000
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase and its meaning."""

    phrase: str
    """In lower case, its words one space apart."""
    meaning: str
    """What to read in its place, in the words of a line: “15:30”, “#chem”, “every monday 18:00”.
    Empty where the phrase means nothing but itself and stays in the title."""
    taught: int = 1
    """How often it was taught."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A person's entries; of one phrase there is one."""

    entries: tuple[Entry, ...] = ()

    def meaning(self, phrase: str) -> str | None:
        """What a phrase means, or None where it is not known."""
        plain = normal(phrase)
        return next((entry.meaning for entry in self.entries if entry.phrase == plain), None)

    def with_entry(self, phrase: str, meaning: str) -> "Vocabulary":
        """With a phrase taught, or taught again."""
        plain = normal(phrase)
        if not plain or len(plain.split()) > MOST_WORDS or plain == normal(meaning):
            return self
        old = next((entry for entry in self.entries if entry.phrase == plain), None)
        taught = old.taught + 1 if old is not None and old.meaning == meaning else 1
        kept = tuple(entry for entry in self.entries if entry.phrase != plain)
        entries = (*kept, Entry(plain, meaning.strip(), taught))
        return replace(self, entries=entries[-MOST_ENTRIES:])

    def without(self, phrase: str) -> "Vocabulary":
        """With a phrase forgotten."""
        plain = normal(phrase)
        return replace(self, entries=tuple(one for one in self.entries if one.phrase != plain))


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person made of some words of a line."""

    found: tuple[int, int]
    """The words: first character and one past the last in the line."""
    meaning: str
    """In the words of a line; empty where the words are part of the title."""


def normal(phrase: str) -> str:
    """A phrase as the vocabulary keeps it."""
    return " ".join(phrase.lower().split())


def corrected(vocabulary: Vocabulary, text: str, corrections: Iterable[Correction]) -> Vocabulary:
    """A vocabulary with all that was corrected in a line, to read this one line with.

    Args:
        vocabulary: As it is.
        text: The line as it was written.
        corrections: What its words really mean.
    """
    for correction in corrections:
        first, last = correction.found
        if 0 <= first < last <= len(text):
            phrase = text[first:last].strip(" ,.;:")
            vocabulary = vocabulary.with_entry(phrase, correction.meaning)
    return vocabulary


@dataclass(frozen=True, slots=True)
class Expanded:
    """A line with its own words put into common ones, and where each character came from."""

    text: str
    origin: tuple[tuple[int, int], ...]
    """For each character the stretch of the written line that it stands for."""
    learnt: tuple[bool, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the written line a stretch of the expanded one came from."""
        spans = self.origin[start:end]
        if not spans:
            return (0, 0)
        return min(span[0] for span in spans), max(span[1] for span in spans)

    def is_learnt(self, start: int, end: int) -> bool:
        """Whether an entry of the vocabulary stands in a stretch."""
        return any(self.learnt[start:end])


def expand(text: str, vocabulary: Vocabulary) -> tuple[Expanded, tuple[tuple[int, int], ...]]:
    """A line with each known phrase replaced by its meaning.

    Returns:
        The expanded line, and the stretches of it that are only words of the title.
    """
    pattern = _pattern(vocabulary)
    characters: list[str] = []
    origin: list[tuple[int, int]] = []
    learnt: list[bool] = []
    plain: list[tuple[int, int]] = []
    place = 0
    for match in pattern.finditer(text) if pattern is not None else ():
        for index in range(place, match.start()):
            characters.append(text[index])
            origin.append((index, index + 1))
            learnt.append(False)
        meaning = vocabulary.meaning(match[0]) or ""
        begin = len(characters)
        for character in meaning or match[0]:
            characters.append(character)
            origin.append(match.span())
            learnt.append(bool(meaning))
        if not meaning:
            plain.append((begin, len(characters)))
        place = match.end()
    for index in range(place, len(text)):
        characters.append(text[index])
        origin.append((index, index + 1))
        learnt.append(False)
    return Expanded("".join(characters), tuple(origin), tuple(learnt)), tuple(plain)


def _pattern(vocabulary: Vocabulary) -> re.Pattern[str] | None:
    phrases = sorted((entry.phrase for entry in vocabulary.entries), key=len, reverse=True)
    if not phrases:
        return None
    choices = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<![\w#@+!])(?:{choices})(?!\w)", re.IGNORECASE)
