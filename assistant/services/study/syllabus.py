"""Courses of the learner's own: drafted by a model, mended by code, edited, kept.

The model is asked for little at a time, so that a small one can follow: the chapters of a book on
the subject, then the topics of each. Where that gives too little it is asked for chapters again, a
few times, and what it says more than once counts. Without a model there is an outline to fill in.
"""

import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from assistant.domain.clock import Clock
from assistant.domain.conversation import Role
from assistant.domain.course import Course
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.generation import GenerationRequest, Priority, SamplingParams, Turn
from assistant.domain.ids import CourseId
from assistant.domain.model import LoadedModel
from assistant.services.completions import Completions
from assistant.services.jobs import Job, Workers
from assistant.services.json_reading import candidates, closed
from assistant.services.study.course_library import CourseLibrary
from assistant.tutor.courses.edits import (
    Add,
    Edit,
    Link,
    Move,
    Remove,
    Rename,
    RenameUnit,
    edited,
)
from assistant.tutor.courses.naming import one_line
from assistant.tutor.courses.proposals import Ballot, draft_of, in_parts
from assistant.tutor.courses.syllabus import FEWEST_CONCEPTS, MOST_CONCEPTS, mended

if TYPE_CHECKING:
    from assistant.engine.embedding import Embedder

__all__ = [
    "Add",
    "Edit",
    "Link",
    "Move",
    "Remove",
    "Rename",
    "RenameUnit",
    "SyllabusDrafted",
    "SyllabusService",
]

USUAL_CONCEPTS: Final = 12
_LONGEST_SUBJECT: Final = 80
_SHORT_SUBJECT: Final = 40
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ROUNDS: Final = 5
_NEAR: Final = 0.2
"""Cosine of a title and the subject, below which they have little to do with each other: of 50
titles that the starter model proposed for six subjects, most that were beside the point."""
_GOOD_SHARE: Final = 0.6
_FEW_USED: Final = 0.5
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
_OUTLINE: Final = (
    ("First steps", ("What {} is about", "Words and ideas to begin with")),
    ("Going on", ("A first piece of practice", "What often goes wrong")),
    ("Going further", ("Something larger of your own",)),
)


@dataclass(frozen=True, slots=True)
class SyllabusDrafted:
    """A draft, not kept yet.

    Args:
        course: Sound in its form: without cycles, without a title twice. No lesson is in it.
        model: Who proposed it; "" where it is an outline to be filled in.
        repairs: What was changed in what the model wrote, a sentence each.
        missing: Why no model drafted it, and what helps; "" where one did.
    """

    course: Course
    model: str
    repairs: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True)
class _Asking:
    """One draft under way."""

    job: Job[SyllabusDrafted]
    loaded: LoadedModel
    subject: str
    wanted: int
    ballot: Ballot


class SyllabusService:
    """Drafts, edits and keeps courses of the learner's own; every job is done in the pool.

    Args:
        workers: The pool.
        clock: Tells when a course was kept.
        library: Keeps the courses.
        completions: Where proposals come from.
        embedder: Gives the model that tells which titles have to do with the subject; may give
            None.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        library: CourseLibrary,
        completions: Completions,
        embedder: "Callable[[], Embedder | None]",
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._library = library
        self._completions = completions
        self._embedder = embedder
        self._drafting = threading.Lock()

    def draft(
        self, subject: str, *, concepts: int = USUAL_CONCEPTS, language: str = "en", seed: int = 0
    ) -> Job[SyllabusDrafted]:
        """Has a model draft a course; an outline to be filled in where no model can.

        Args:
            subject: What is to be learnt, in the learner's words.
            concepts: How many there should be, about.
            language: Its code.
            seed: Of the sampling: another one drafts another course.

        Raises (from the job):
            UserFacingError: No subject was named (``syllabus_subject``), or the number is not
                one of a course (``syllabus_size``), or another draft is under way.
            Cancelled: It was given up.
        """

        def work(job: Job[SyllabusDrafted]) -> SyllabusDrafted:
            name = _subject(subject)
            if not FEWEST_CONCEPTS <= concepts <= MOST_CONCEPTS:
                raise UserFacingError(
                    f"A course has {FEWEST_CONCEPTS} to {MOST_CONCEPTS} concepts.",
                    "Choose another number.",
                    code="syllabus_size",
                )
            _check_language(language)
            # It waits for the engine in the pool: a second one could take the pool's last thread.
            if not self._drafting.acquire(blocking=False):
                raise UserFacingError(
                    "A course is being drafted already.",
                    "Wait until it is there.",
                    code="syllabus_busy",
                )
            try:
                return self._draft(job, name, concepts, language, seed)
            finally:
                self._drafting.release()

        return self._workers.in_pool(work)

    def outline(
        self, subject: str, titles: Sequence[str] = (), *, language: str = "en"
    ) -> Job[SyllabusDrafted]:
        """An outline without any model: of the learner's own titles, or one to be filled in.

        Raises (from the job):
            UserFacingError: No subject was named, or fewer than three different titles.
        """

        def work(_: Job[SyllabusDrafted]) -> SyllabusDrafted:
            name = _subject(subject)
            _check_language(language)
            if not titles:
                return self._empty(name, language, "")
            listed = [one_line(title, _LONGEST_SUBJECT) for title in titles][:MOST_CONCEPTS]
            different = {title.casefold() for title in listed if title}
            if len(different) < FEWEST_CONCEPTS:
                raise UserFacingError(
                    f"A course has {FEWEST_CONCEPTS} to {MOST_CONCEPTS} concepts.",
                    "Name more of what is to be learnt, each in a few words.",
                    code="syllabus_size",
                )
            draft = draft_of(in_parts([title for title in listed if title]))
            made = mended(draft, name, language, self._taken())
            return SyllabusDrafted(_credited(made.course, ""), "", made.repairs)

        return self._workers.in_pool(work)

    def keep(self, course: Course, *edits: Edit) -> Job[Course]:
        """Keeps a course, new or edited, encrypted with the rest of the history.

        Args:
            course: A sound one.
            edits: Changes to it before it is kept.

        Raises (from the job):
            UserFacingError: A course that ships has that id, or an edit would break it
                (``course_edit``); then nothing is kept.
        """

        def work(_: Job[Course]) -> Course:
            changed = course
            for one in edits:
                changed = edited(changed, one)
            self._library.keep(changed, self._clock.now())
            return changed

        return self._workers.in_pool(work)

    def edit(self, course_id: CourseId, *edits: Edit) -> Job[Course]:
        """Edits a course of the learner's own, and keeps it where every edit is sound.

        Raises (from the job):
            UserFacingError: It ships with the application (``course_ships``), there is none of
                that id, or an edit would break it (``course_edit``).
        """

        def work(_: Job[Course]) -> Course:
            self._own(course_id)
            course = self._library.course(course_id)
            changed = course
            for one in edits:
                changed = edited(changed, one)
            if changed != course:
                changed = replace(changed, version=course.version + 1)
                self._library.keep(changed, self._clock.now())
            return changed

        return self._workers.in_pool(work)

    def remove(self, course_id: CourseId) -> Job[None]:
        """Removes a course of the learner's own; what was done in it stays.

        Raises (from the job):
            UserFacingError: It ships with the application, or there is none of that id.
        """

        def work(_: Job[None]) -> None:
            self._library.course(course_id)
            self._library.remove(course_id)

        return self._workers.in_pool(work)

    def _own(self, course_id: CourseId) -> None:
        if course_id in self._library.shipped():
            raise UserFacingError(
                "This course comes with Lamplight and cannot be changed.",
                "Draft one of your own, or import a changed copy under another id.",
                code="course_ships",
            )

    def _taken(self) -> tuple[str, ...]:
        return (*self._library.shipped(), *self._library.own())

    def _empty(self, subject: str, language: str, missing: str) -> SyllabusDrafted:
        short = one_line(subject, _SHORT_SUBJECT)
        parts = [(name, [title.format(short) for title in some]) for name, some in _OUTLINE]
        made = mended(draft_of(parts), subject, language, self._taken())
        return SyllabusDrafted(_credited(made.course, ""), "", (), missing)

    def _draft(
        self, job: Job[SyllabusDrafted], subject: str, wanted: int, language: str, seed: int
    ) -> SyllabusDrafted:
        job.report(0.0, "The model is being made ready.")
        ballot = Ballot(subject, _BORROWED)
        try:
            loaded = self._completions.model().result()
            asking = _Asking(job, loaded, subject, wanted, ballot)
            parts = self._parts(asking, seed)
        except Cancelled:
            raise
        except UserFacingError as error:
            return self._empty(subject, language, f"{error.message} {error.hint}".strip())
        titles = sum(len(inside) for _, inside in parts)
        if titles < FEWEST_CONCEPTS:
            return self._empty(
                subject,
                language,
                "The model proposed nothing that could be used. A larger one may, or fill this "
                "outline in yourself.",
            )
        made = mended(draft_of(parts), subject, language, self._taken())
        name = self._completions.name_of(loaded)
        left_out = ballot.proposed - titles
        words = f"{left_out} of {ballot.proposed} titles that the model proposed were left out: "
        words += "said before, no title, or beside the subject."
        if titles < _FEW_USED * ballot.proposed:
            words += " Expect to change much of this, or have a larger model draft it."
        repairs = (words, *made.repairs) if left_out > 0 else made.repairs
        return SyllabusDrafted(_credited(made.course, name), name, repairs)

    def _parts(self, asking: _Asking, seed: int) -> Sequence[tuple[str, Sequence[str]]]:
        """Chapters with topics of their own where the model knows some, else a plain list."""
        first = self._chapters(asking, seed)
        chapters = asking.ballot.add(first)
        if len(chapters) >= max(_FEWEST_CHAPTERS, _GOOD_SHARE * len(first)):
            nested = self._nested(asking, chapters, seed)
            if nested:
                return nested
        for number in range(1, _ROUNDS):
            asking.job.report(0.5 + number / _ROUNDS / 2, "Asking again for chapters.")
            asking.ballot.add(self._chapters(asking, seed + number))
        titles = asking.ballot.elected(asking.wanted, lambda all_: self._near(asking, all_))
        return in_parts(titles) if titles else ()

    def _nested(
        self, asking: _Asking, chapters: Sequence[str], seed: int
    ) -> Sequence[tuple[str, Sequence[str]]]:
        """The topics of each chapter; nothing where the model gives too few new ones."""
        each = min(max(round(asking.wanted / len(chapters)), 2), _MOST_TOPICS)
        chapters = chapters[: max(asking.wanted // each, 2)]
        parts: list[tuple[str, Sequence[str]]] = []
        known = Ballot(asking.subject, (*_BORROWED, *chapters))
        asked = 0
        for at, chapter in enumerate(chapters):
            asking.job.report(0.1 + 0.4 * at / len(chapters), f"{chapter} …")
            said = self._topics(asking, chapter, each, seed)
            asked += len(said)
            fresh = set(known.titles)
            usable = [one for one in known.add(said) if one not in fresh]
            asking.ballot.add(said)
            parts.append((chapter, usable[:each] or [chapter]))
            if at == 1 and len(known.titles) < _GOOD_SHARE * asked:
                return ()
        return parts if len(known.titles) >= _GOOD_SHARE * asked else ()

    def _chapters(self, asking: _Asking, seed: int) -> list[str]:
        at = seed % len(_CHAPTERS)
        shown = [
            (f"Textbook: {subject}", {"chapters": titles.split(", ")})
            for subject, titles in (*_CHAPTERS[at:], *_CHAPTERS[:at])
        ]
        schema = _schema("chapters", 6, _MOST_CHAPTERS)
        return self._ask(asking, shown, f"Textbook: {asking.subject}", schema, seed)

    def _topics(self, asking: _Asking, chapter: str, each: int, seed: int) -> list[str]:
        shown = [
            (f"Textbook: {subject}\nTopics of the chapter: {name}", {"topics": titles.split(", ")})
            for subject, name, titles in _TOPICS
        ]
        question = f"Textbook: {asking.subject}\nTopics of the chapter: {chapter}"
        return self._ask(asking, shown, question, _schema("topics", 2, each), seed)

    def _ask(
        self,
        asking: _Asking,
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
        return _titles_in(self._written(asking, request))

    def _written(self, asking: _Asking, request: GenerationRequest) -> str:
        cancel = asking.job.cancel_token
        try:
            return self._completions.ask(request, cancel, asking.loaded).result().text
        except UserFacingError as error:
            if error.code != "schema_unusable":
                raise
        plain = replace(request, json_schema="")  # the examples show the form
        return self._completions.ask(plain, cancel, asking.loaded).result().text

    def _near(self, asking: _Asking, titles: Sequence[str]) -> Sequence[bool]:
        """Whether each has to do with the subject; all do where nobody can tell."""
        embedder = self._embedder()
        if embedder is None or not asking.subject.isascii() or not titles:
            return [True] * len(titles)
        texts = [f"a textbook on {asking.subject}", *titles]
        try:
            asked = embedder.embed(
                texts, priority=Priority.INTERACTIVE, cancel=asking.job.cancel_token
            )
            vectors = asked.result().vectors
        except UserFacingError:
            return [True] * len(titles)
        return [float(vector @ vectors[0]) >= _NEAR for vector in vectors[1:]]


def _subject(subject: str) -> str:
    name = one_line(subject, _LONGEST_SUBJECT)
    if not any(char.isalnum() for char in name):
        raise UserFacingError(
            "Say what you want to learn.", "A few words are enough.", code="syllabus_subject"
        )
    return name


def _check_language(language: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        raise UserFacingError(
            "That is no code of a language.",
            "Write it as in “en”, “de” or “pt-BR”.",
            code="syllabus_language",
        )


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


def _credited(course: Course, model: str) -> Course:
    source = f"Drafted by {model}, its form checked by the app." if model else "An outline."
    return replace(course, source=source)
