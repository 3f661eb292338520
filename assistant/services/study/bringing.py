"""Brings courses and decks in from elsewhere, and cards out."""

import contextlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from enum import StrEnum
from pathlib import Path, PurePosixPath

from assistant.domain.anki import AnkiCard, AnkiState
from assistant.domain.clock import Clock
from assistant.domain.course import Course
from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.ids import CardId, ConceptId, CourseId
from assistant.domain.study import Card, Memory
from assistant.services.jobs import Job, Workers
from assistant.services.study.course_library import CourseLibrary
from assistant.store.cards import CardRepository
from assistant.store.study import DECK_PREFIX
from assistant.tutor.courses.anki_export import cards_of, export_anki, exported
from assistant.tutor.courses.exercism import import_exercism
from assistant.tutor.courses.foreign import Heard, Imported
from assistant.tutor.courses.naming import kebab
from assistant.tutor.courses.oatutor import import_oatutor
from assistant.tutor.courses.reading import read_course

_MOST_UNPACKED_BYTES = 256 << 20
_MOST_MEMBERS = 50_000
_Place = tuple[CourseId, ConceptId]
_COURSE_FILE, _TRACK_FILE = "course.toml", "config.json"
_POOL = "content-pool"
_LEAST_DAYS = 0.1
_UNPACKED, _READ = 0.3, 0.9
"""How far a job is once a package was unpacked, and once a course was read."""


class BroughtKind(StrEnum):
    """What was brought in."""

    COURSE = "course"
    OATUTOR = "oatutor"
    EXERCISM = "exercism"
    ANKI = "anki"


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in.

    Args:
        kind: In which format it was.
        course: The course that it is kept as; for a deck, the id that its cards carry, and ""
            for several decks.
        title: Its name.
        concepts: How many concepts it has; 0 for a deck.
        exercises: How many exercises; 0 for a deck.
        cards: How many cards came that were not here before.
        skipped: What could not be used, a sentence each.
    """

    kind: BroughtKind
    course: CourseId
    title: str
    concepts: int
    exercises: int
    cards: int
    skipped: tuple[str, ...]


class BringingService:
    """Every job is done in the pool.

    Args:
        workers: The pool and the store thread.
        clock: Tells today.
        library: Keeps the courses.
        cards: Gives the vault's repository of cards, on the store thread.
    """

    def __init__(
        self,
        workers: Workers,
        clock: Clock,
        library: CourseLibrary,
        cards: Callable[[], CardRepository],
    ) -> None:
        self._workers = workers
        self._clock = clock
        self._library = library
        self._cards = cards

    def bring(self, path: Path, name: str = "", *, replace: bool = False) -> Job[Brought]:
        """Brings in what a file or a folder holds; a cancel leaves everything as it was.

        What was done in a course that is replaced is kept: it counts for the concepts that the new
        one has as well.

        Args:
            path: A course in our format, OATutor's content or Exercism's Python track as a folder
                or a .zip of it, or a deck of Anki's (.apkg).
            name: Which course, where there are several.
            replace: Put it in the place of another course of one's own that has its id.

        Raises (from the job):
            UserFacingError: It is none of these, or broken; or another course of one's own has its
                id, and is not to be replaced (``course_replaces``).
            Cancelled: It was given up.
        """
        return self._workers.in_pool(lambda job: self._bring(job, path, name, replace=replace))

    def export_cards(self, course_id: CourseId, path: Path) -> Job[int]:
        """Writes the cards of a course as a deck for Anki; gives how many.

        Raises (from the job):
            UserFacingError: There is no such course, or it has no card.
            EnvironmentProblem: The file cannot be written.
        """
        return self._workers.in_pool(
            lambda _: export_anki(cards_of(self._library.course(course_id)), path)
        )

    def _bring(self, job: Job[Brought], path: Path, name: str, *, replace: bool) -> Brought:
        if not path.exists():
            raise UserFacingError(
                f"{path} is not there.", "Check the name of the file.", code="file_not_found"
            )
        if not path.is_dir() and not path.is_file():
            # A device or a pipe may never end.
            raise _unknown_format(path)
        if path.suffix.lower() in {".apkg", ".colpkg"}:
            return self._deck(job, path)
        with _folder_of(path, _part(job, 0.0, "Unpacking")) as folder:
            kind, imported = _imported(folder, name, _part(job, _UNPACKED, "Reading"))
        self._refuse_to_replace(imported.course, replace=replace)
        job.report(_READ, "Keeping")
        self._library.keep(imported.course, self._clock.now())
        return _brought(kind, imported)

    def _refuse_to_replace(self, new: Course, *, replace: bool) -> None:
        if replace or new.id not in self._library.own():
            return
        old: Course | None = None
        with contextlib.suppress(UserFacingError):  # a broken one is no loss
            old = self._library.course(new.id)
        if old is None or old == new:
            return
        same = sum(one.id in new.by_id for one in old.concepts)
        raise UserFacingError(
            f"“{old.title}” is here already under the name “{new.id}”.",
            f"If it is replaced, what you did stays with the {same} of its {len(old.concepts)} "
            "concepts that the new one has too.",
            code="course_replaces",
        )

    def _deck(self, job: Job[Brought], path: Path) -> Brought:
        from assistant.store.anki_deck import read_anki

        job.report(0.0, "Reading")
        deck = read_anki(path)
        own, others = self._own_and_others(deck.cards)
        job.report(_READ, "Keeping")
        added, kept, ids = 0, 0, dict[CourseId, str]()
        for title, cards in _by_deck(others, path.stem).items():
            deck_id = CourseId(f"{DECK_PREFIX}{kebab(title, 'deck')}")
            fresh, own_words = self._add({card.key: _card(card, deck_id) for card in cards})
            added, kept = added + fresh, kept + own_words
            self._library.keep_deck_title(deck_id, title, self._clock.now())
            ids[deck_id] = title
        there: dict[CourseId, int] = {}
        for (course, _), some in own.items():
            fresh, own_words = self._add(some)
            added, kept = added + fresh, kept + own_words
            there[course] = there.get(course, 0) + len(some) - fresh
        skipped = deck.skipped + tuple(self._told(there)) + _told_of_rewritten(kept)
        ids = ids or {course: self._library.title(course) for course, _ in own}
        if len(ids) > 1:
            words = f"{len(ids)} decks of {path.name}"
            return Brought(BroughtKind.ANKI, CourseId(""), words, 0, 0, added, skipped)
        course, title = next(iter(ids.items()), (CourseId(""), path.stem))
        return Brought(BroughtKind.ANKI, course, title, 0, 0, added, skipped)

    def _own_and_others(
        self, cards: Sequence[AnkiCard]
    ) -> tuple[dict[_Place, dict[str, Card]], list[AnkiCard]]:
        """Cards that went out of a course here once, as those of its concepts; and all others."""
        tags = {tag for card in cards for tag in card.tags}
        known = [one for one in (*self._library.shipped(), *self._library.own()) if one in tags]
        names = {
            guid: (course, concept, flashcard)
            for course in known
            for guid, (concept, flashcard) in exported(self._library.course(course)).items()
        }
        own: dict[_Place, dict[str, Card]] = {}
        others: list[AnkiCard] = []
        for card in cards:
            found = names.get(card.key.rpartition(":")[0])
            if found is None:
                others.append(card)
                continue
            course, concept, flashcard = found
            own.setdefault((course, concept), {})[flashcard.id] = with_fields(
                _card(card, course), concept=concept, front=flashcard.front, back=flashcard.back
            )
        return own, others

    def _add(self, cards: Mapping[str, Card]) -> tuple[int, int]:
        """Keeps cards; how many were not there yet, and how many keep the learner's words."""

        def work() -> tuple[int, int]:
            kept = self._cards().rewritten_among(cards)
            return self._cards().add(cards), kept

        return self._workers.on_store(work).result()

    def _told(self, there: Mapping[CourseId, int]) -> Iterator[str]:
        for course, count in there.items():
            if count:
                are = "1 card is one" if count == 1 else f"{count} cards are those"
                yield f"{are} of “{self._library.title(course)}”, and here already."


def _told_of_rewritten(kept: int) -> tuple[str, ...]:
    if not kept:
        return ()
    cards = "1 card that you rewrote keeps" if kept == 1 else f"{kept} cards that you rewrote keep"
    return (f"{cards} your words.",)


def _by_deck(cards: Sequence[AnkiCard], unnamed: str) -> dict[str, list[AnkiCard]]:
    """Cards by the name of the deck that holds all others of theirs."""
    found: dict[str, list[AnkiCard]] = {}
    for card in cards:
        found.setdefault(card.deck[0] if card.deck else unnamed, []).append(card)
    return found


def _part(job: Job[Brought], begins: float, doing: str) -> Heard:
    """Tells of one part of the work; the part that follows begins where this one ends."""
    ends = _UNPACKED if begins < _UNPACKED else _READ

    def heard(share: float) -> None:
        job.report(begins + (ends - begins) * share, doing)

    return heard


def _brought(kind: BroughtKind, imported: Imported) -> Brought:
    course = imported.course
    return Brought(
        kind,
        course.id,
        course.title,
        len(course.concepts),
        sum(len(concept.exercises) for concept in course.concepts),
        0,
        tuple(str(problem) for problem in imported.skipped),
    )


def _imported(folder: Path, name: str, heard: Heard) -> tuple[BroughtKind, Imported]:
    heard(0.0)
    if (folder / _COURSE_FILE).is_file():
        return BroughtKind.COURSE, Imported(read_course(folder), ())
    if (folder / _TRACK_FILE).is_file():
        return BroughtKind.EXERCISM, import_exercism(folder, heard)
    if (folder / _POOL).is_dir() or folder.name == _POOL:
        return BroughtKind.OATUTOR, import_oatutor(folder, name, heard)
    raise _unknown_format(folder)


def _unknown_format(path: Path) -> UserFacingError:
    name = path.resolve().name or str(path)
    return UserFacingError(
        f"{name} holds no course that Lamplight can read.",
        "Choose a folder or a .zip with a course.toml, with Exercism's config.json, or with "
        "OATutor's content-pool; or a deck of Anki's (.apkg).",
        code="course_format_unknown",
    )


@contextlib.contextmanager
def _folder_of(path: Path, heard: Heard) -> Generator[Path]:
    """The folder itself, or what a .zip holds, unpacked with limits."""
    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="lamplight-course-") as made:
        # Named as the file is: what is said of the course then says which.
        place = Path(made, path.stem)
        try:
            place.mkdir()
            _unpack(path, place, heard)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise UserFacingError(
                f"{path.name} is neither a folder nor a sound .zip.",
                "Choose a folder with a course, a .zip of it, or a deck of Anki's (.apkg).",
                code="course_format_unknown",
            ) from error
        except OSError as error:
            raise EnvironmentProblem(
                f"{path.name} cannot be unpacked: {error.strerror}.",
                "Check the file and the space on the disk.",
                code="course_unpack_failed",
            ) from error
        inside = list(place.iterdir())
        yield inside[0] if len(inside) == 1 and inside[0].is_dir() else place


def _unpack(path: Path, place: Path, heard: Heard) -> None:
    with zipfile.ZipFile(path) as package:
        members = [one for one in package.infolist() if not one.is_dir()]
        size = sum(one.file_size for one in members)
        if len(members) > _MOST_MEMBERS or size > _MOST_UNPACKED_BYTES:
            raise UserFacingError(
                f"{path.name} is too large for a course.",
                "Unpack it and choose the folder with the course alone.",
                code="course_too_large",
            )
        for number, member in enumerate(members):
            heard(number / len(members))
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]:
                continue
            target = place.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with package.open(member) as source, target.open("wb") as copy:
                # Never more than was announced: the sizes in a .zip are claims.
                shutil.copyfileobj(_Bounded(source.read, member.file_size), copy)


class _Bounded:
    """Reads up to so many bytes."""

    def __init__(self, read: Callable[[int], bytes], left: int) -> None:
        self._read = read
        self._left = left

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        piece = self._read(min(size if size >= 0 else self._left, self._left))
        self._left -= len(piece)
        return piece


def _card(card: AnkiCard, course: CourseId) -> Card:
    """A card of Anki's with what is known of it; an old interval is read as its stability."""
    schedule = card.schedule
    memory = None
    known = schedule.state in {AnkiState.REVIEW, AnkiState.RELEARNING}
    if known and schedule.due is not None and schedule.last_review is not None:
        days = schedule.stability_days or max(schedule.interval_days, _LEAST_DAYS)
        difficulty = schedule.difficulty or _difficulty(schedule.ease)
        memory = Memory(days, difficulty, schedule.due, schedule.last_review)
    return Card(
        id=CardId(0),
        course=course,
        concept=ConceptId(kebab(" ".join(card.deck[1:]) or "cards", "cards")),
        front=card.front,
        back=card.back,
        created=card.created,
        memory=memory,
        lapses=schedule.lapses,
        suspended=schedule.suspended,
    )


def _difficulty(ease: float) -> float:
    """FSRS's difficulty for an ease of the old scheduler: 2.5 is the middle, 1.3 the hardest."""
    if ease <= 0:
        return 5.0
    return min(max(10.0 - (ease - 1.3) / 1.2 * 5.0, 1.0), 10.0)
