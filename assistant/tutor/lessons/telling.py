"""An explanation put together by code from the sentences of a model that may be shown.

Nothing tells whether a sentence of a model is true. But much of what small models write shows by
itself that it is worth nothing: it repeats the title or itself, leaves the subject, breaks off,
holds a wrong sum or gives back the example. Where a lesson that somebody wrote is about the same,
a sentence has to be found in it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.tutor.books.grounding import Support, grounded
from assistant.tutor.courses.goals import stems
from assistant.tutor.lessons.drafts import Draft, shown_sentences
from assistant.tutor.steps.locating import first_wrong_sum
from assistant.tutor.steps.way import read_way

_FEWEST_WORDS: Final = 5
_MOST_WORDS: Final = 34
_LEAST_VARIETY: Final = 0.6
_SAME: Final = 0.6
_FEWEST_NEW: Final = 2
_META: Final = re.compile(
    r"\b(?:lesson|json|learners?|students?|this course|language model|here is|sure)\b"
    r"|[{}<>]|\.\.\.",
    re.IGNORECASE,
)


_EMPTY: Final = re.compile(
    r"\b(?:very|quite|really|so)\s+(?:simple|easy|important|useful|complex|interesting|common)\b"
    r"|\bjust like any other\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is left of an explanation.

    Args:
        text: Markdown; "" where nothing could be shown.
        dropped: Why sentences were left out, one reason each.
    """

    text: str
    dropped: tuple[str, ...] = ()


def told_of(draft: Draft, topic: str, written: Sequence[str] = ()) -> Told:
    """The explanation that may be shown: at least the idea and one more sentence, or nothing.

    Args:
        draft: What a model wrote.
        topic: Title and summary of what the lesson is about.
        written: Lessons that somebody wrote about the same; may be empty.
    """
    kept: dict[str, str] = {}
    dropped: list[str] = []
    for part in ("idea", "way", "slip"):
        sentence = one_sentence(getattr(draft, part))
        if not sentence:
            continue
        why = why_not(sentence, topic, kept.values(), written)
        if why:
            dropped.append(why)
        else:
            kept[part] = sentence
    if "idea" not in kept or len(kept) == 1:
        return Told("", tuple(dropped))
    labels = {"idea": "", "way": "**How:** ", "slip": "**Watch out:** "}
    text = "\n\n".join(f"{labels[part]}{sentence}" for part, sentence in kept.items())
    return Told(text, tuple(dropped))


def why_not(sentence: str, topic: str, before: Collection[str], written: Sequence[str] = ()) -> str:
    """Why a sentence is not shown, in words; "" where it is.

    Args:
        sentence: One sentence.
        topic: What the lesson is about.
        before: The sentences that are kept already.
        written: What somebody wrote about the same.
    """
    words = re.findall(r"[^\W_]+", sentence.casefold())
    said, about = stems(sentence), stems(topic)
    known = about.union(*map(stems, before))
    checks = (
        (not _FEWEST_WORDS <= len(words) <= _MOST_WORDS, "A sentence is too short or too long."),
        (not sentence.endswith((".", "!")), "A sentence breaks off or asks."),
        (bool(_META.search(sentence)), "A sentence speaks of the lesson, not of its subject."),
        (bool(_EMPTY.search(sentence)), "A sentence praises its subject and says nothing of it."),
        (len(set(words)) < _LEAST_VARIETY * len(words), "A sentence repeats itself."),
        (sentence in shown_sentences(), "A sentence is that of the example."),
        (not said & known, "A sentence has nothing to do with the subject."),
        (len(said - about) < _FEWEST_NEW, "A sentence only says the title again."),
        (any(_alike(said, stems(one)) for one in before), "Two sentences say the same."),
        (first_wrong_sum(read_way("", [sentence])) is not None, "A sum in it is wrong."),
        (bool(written) and not _found(sentence, written), "It is not in what was written of it."),
    )
    return next((why for wrong, why in checks if wrong), "")


def one_sentence(text: str) -> str:
    """The first sentence of a text, with its full stop; as it is where none ends."""
    line = " ".join(text.split())
    found = re.match(r".*?[.!?](?=\s|$)", line)
    return found[0] if found is not None else line


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of them hardly says more than the other."""
    return len(one & other) > _SAME * max(min(len(one), len(other)), 1)


def _found(sentence: str, written: Sequence[str]) -> bool:
    return all(one.support is not Support.UNCHECKED for one in grounded(sentence, written))
