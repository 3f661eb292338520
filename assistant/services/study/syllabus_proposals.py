"""Has a model propose what is to be learnt of a subject, a little at a time.

A small model can follow so: the chapters of a book on the subject, then the topics of each. Where
that gives too little it is asked for chapters again, a few times, and what it says more than once
counts.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import GenerationRequest, Priority, SamplingParams, Turn
from assistant.domain.model import LoadedModel
from assistant.services.completions import Completions
from assistant.services.jobs import Job
from assistant.services.json_reading import candidates, closed
from assistant.tutor.courses.proposals import Ballot, in_parts

if TYPE_CHECKING:
    from assistant.engine.embedding import Embedder

Parts = Sequence[tuple[str, Sequence[str]]]
"""Chapters, each with its topics."""

_ROUNDS: Final = 5
_NEAR: Final = 0.2
"""Cosine of a title and the subject, below which they have little to do with each other: of 50
titles that the starter model proposed for six subjects, most that were beside the point."""
_GOOD_SHARE: Final = 0.6
_FEWEST_CHAPTERS: Final = 4
_MOST_CHAPTERS: Final = 8
_MOST_TOPICS: Final = 6
_WORD: Final = r"[^\s\"{}\[\]()<>\\0-9.,:;!?/]{1,24}"
_TITLE: Final = rf"^{_WORD}( {_WORD}){{0,7}}$"
_SYSTEM: Final = "You write tables of contents for textbooks. Answer with JSON."
_CHAPTERS: Final = (
    (
        "Photography",
        (
            "Parts of a camera, Aperture and shutter, Natural light, Flash, Composition, "
            "Portraits, Landscapes, Editing pictures"
        ),
    ),
    (
        "Travel Spanish",
        (
            "Sounds and letters, Greetings, Counting and prices, Verbs in the present, "
            "Ordering food, Asking the way, The past tense, Talking about family"
        ),
    ),
    (
        "Astronomy",
        (
            "The night sky, Telescopes, The Moon, Planets and their orbits, The Sun, "
            "Life of a star, Galaxies, The expanding universe"
        ),
    ),
)
_TOPICS: Final = (
    ("Photography", "Natural light", "Direction of light, Soft and hard shadows, The golden hour"),
    ("Astronomy", "Telescopes", "Lenses and mirrors, Magnification, Mounts, First targets"),
)
_BORROWED: Final = tuple(
    title for example in (*_CHAPTERS, *_TOPICS) for title in example[-1].split(", ")
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model proposed.

    Args:
        parts: What could be used of it; empty where nothing could.
        titles: How many titles it said.
    """

    parts: Parts
    titles: int


class SyllabusProposals:
    """One draft under way.

    Args:
        job: It tells how far it is, and is cancelled.
        completions: Where the words come from.
        loaded: The model.
        subject: What is to be learnt.
        wanted: How many concepts, about.
        embedder: Gives the model that tells which titles have to do with the subject; may give
            None.
    """

    def __init__(
        self,
        job: Job[Any],
        completions: Completions,
        loaded: LoadedModel,
        subject: str,
        wanted: int,
        embedder: "Callable[[], Embedder | None]",
    ) -> None:
        self._job = job
        self._completions = completions
        self._loaded = loaded
        self._subject = subject
        self._wanted = wanted
        self._embedder = embedder
        self._ballot = Ballot(subject, _BORROWED)

    def ask(self, seed: int) -> Proposed:
        """Chapters with topics of their own where the model knows some, else a plain list.

        Args:
            seed: Of the sampling.

        Raises:
            UserFacingError: The model cannot write.
            Cancelled: It was given up.
        """
        parts = self._parts(seed)
        return Proposed(parts, self._ballot.proposed)

    def _parts(self, seed: int) -> Sequence[tuple[str, Sequence[str]]]:
        """Chapters with topics of their own where the model knows some, else a plain list."""
        first = self._chapters(seed)
        chapters = self._ballot.add(first)
        if len(chapters) >= max(_FEWEST_CHAPTERS, _GOOD_SHARE * len(first)):
            nested = self._nested(chapters, seed)
            if nested:
                return nested
        for number in range(1, _ROUNDS):
            self._job.report(0.5 + number / _ROUNDS / 2, "Asking again for chapters.")
            self._ballot.add(self._chapters(seed + number))
        titles = self._ballot.elected(self._wanted, self._near)
        return in_parts(titles) if titles else ()

    def _nested(self, chapters: Sequence[str], seed: int) -> Sequence[tuple[str, Sequence[str]]]:
        """The topics of each chapter; nothing where the model gives too few new ones."""
        each = min(max(round(self._wanted / len(chapters)), 2), _MOST_TOPICS)
        chapters = chapters[: max(self._wanted // each, 2)]
        parts: list[tuple[str, Sequence[str]]] = []
        known = Ballot(self._subject, (*_BORROWED, *chapters))
        asked = 0
        for at, chapter in enumerate(chapters):
            self._job.report(0.1 + 0.4 * at / len(chapters), f"{chapter} …")
            said = self._topics(chapter, each, seed)
            asked += len(said)
            fresh = set(known.titles)
            usable = [one for one in known.add(said) if one not in fresh]
            self._ballot.add(said)
            parts.append((chapter, usable[:each] or [chapter]))
            if at == 1 and len(known.titles) < _GOOD_SHARE * asked:
                return ()
        return parts if len(known.titles) >= _GOOD_SHARE * asked else ()

    def _chapters(self, seed: int) -> list[str]:
        at = seed % len(_CHAPTERS)
        shown = [
            (f"Textbook: {subject}", {"chapters": titles.split(", ")})
            for subject, titles in (*_CHAPTERS[at:], *_CHAPTERS[:at])
        ]
        schema = _schema("chapters", 6, _MOST_CHAPTERS)
        return self._ask(shown, f"Textbook: {self._subject}", schema, seed)

    def _topics(self, chapter: str, each: int, seed: int) -> list[str]:
        shown = [
            (f"Textbook: {subject}\nTopics of the chapter: {name}", {"topics": titles.split(", ")})
            for subject, name, titles in _TOPICS
        ]
        question = f"Textbook: {self._subject}\nTopics of the chapter: {chapter}"
        return self._ask(shown, question, _schema("topics", 2, each), seed)

    def _ask(
        self,
        shown: Sequence[tuple[str, Any]],
        question: str,
        schema: dict[str, Any],
        seed: int,
    ) -> list[str]:
        turns = [Turn(Role.SYSTEM, _SYSTEM)]
        for said, answer in shown:
            turns += [Turn(Role.USER, said), Turn(Role.ASSISTANT, json.dumps(answer))]
        request = GenerationRequest(
            (*turns, Turn(Role.USER, question)),
            # No penalty: JSON says its quotation marks again and again.
            SamplingParams(temperature=0.6, repeat_penalty=1.0, max_tokens=160, seed=seed),
            cache_key="syllabus",
            json_schema=json.dumps(schema),
            priority=Priority.INTERACTIVE,
        )
        return _titles_in(self._written(request))

    def _written(self, request: GenerationRequest) -> str:
        cancel = self._job.cancel_token
        try:
            return self._completions.ask(request, cancel, self._loaded).result().text
        except UserFacingError as error:
            if error.code != "schema_unusable":
                raise
        plain = replace(request, json_schema="")  # the examples show the form
        return self._completions.ask(plain, cancel, self._loaded).result().text

    def _near(self, titles: Sequence[str]) -> Sequence[bool]:
        """Whether each has to do with the subject; all do where nobody can tell."""
        embedder = self._embedder()
        if embedder is None or not self._subject.isascii() or not titles:
            return [True] * len(titles)
        texts = [f"a textbook on {self._subject}", *titles]
        try:
            asked = embedder.embed(
                texts, priority=Priority.INTERACTIVE, cancel=self._job.cancel_token
            )
            vectors = asked.result().vectors
        except UserFacingError:
            return [True] * len(titles)
        return [float(vector @ vectors[0]) >= _NEAR for vector in vectors[1:]]


def _schema(name: str, fewest: int, most: int) -> dict[str, Any]:
    titles = {
        "type": "array",
        "items": {"type": "string", "pattern": _TITLE},
        "minItems": fewest,
        "maxItems": max(most, fewest),
    }
    return {
        "type": "object",
        "properties": {name: titles},
        "required": [name],
        "additionalProperties": False,
    }


def _titles_in(text: str) -> list[str]:
    """The texts of the first list in an answer, one that was cut short included."""
    for value in (*candidates(text), *candidates(closed(text))):
        inside = value
        if isinstance(value, dict):
            inside = next(iter(cast("dict[str, Any]", value).values()), None)
        if isinstance(inside, list):
            listed = cast("list[object]", inside)
            return [one for one in listed if isinstance(one, str)][:_MOST_CHAPTERS]
    return []
