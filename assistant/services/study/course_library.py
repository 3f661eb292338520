"""The courses there are: those that ship, and those that the learner made or brought."""

import contextlib
import tempfile
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath

from assistant.domain.course import Concept, Course
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import ConceptId, CourseId
from assistant.services.jobs import Workers
from assistant.store.study import StudyRepository

_COURSE_FILE = "course.toml"


class CourseLibrary:
    """Reads each course once, when it is first asked for; safe from any thread but the store's.

    Args:
        folder: With a folder for each course that ships.
        workers: The store thread, for courses of the learner's own.
        repository: Gives the vault's repository; raises where the vault is not open.
    """

    def __init__(
        self, folder: Path, workers: Workers, repository: Callable[[], StudyRepository]
    ) -> None:
        self._folder = folder
        self._workers = workers
        self._repository = repository
        self._lock = threading.Lock()
        self._read: dict[CourseId, Course] = {}

    def shipped(self) -> tuple[CourseId, ...]:
        """The courses that come with the application, by name."""
        found = (path.parent.name for path in sorted(self._folder.glob(f"*/{_COURSE_FILE}")))
        return tuple(CourseId(name) for name in found)

    def own(self) -> tuple[CourseId, ...]:
        """The courses that the learner made or brought, by name."""
        return tuple(sorted(self._own_files()))

    def all(self) -> tuple[Course, ...]:
        """Every course that can be read, those that ship first.

        One of the learner's own that cannot, such as one that a newer version kept, is told by
        ``course``: it does not keep the others from being listed.
        """
        from assistant.tutor.courses.problems import CourseBroken

        shipped = self.shipped()
        found = [self.course(course_id) for course_id in shipped]
        for course_id in (one for one in self.own() if one not in shipped):
            with contextlib.suppress(CourseBroken):
                found.append(self.course(course_id))
        return tuple(found)

    def course(self, course_id: CourseId) -> Course:
        """One course.

        Raises:
            UserFacingError: There is none of that id, or it is broken.
        """
        with self._lock:
            if course_id not in self._read:
                self._read[course_id] = self._load(course_id)
            return self._read[course_id]

    def title(self, course_id: CourseId) -> str:
        """The title of a course, or of a deck that was brought.

        Raises:
            UserFacingError: There is none of that id, or it is broken.
        """
        decks = self._workers.on_store(lambda: self._repository().deck_titles()).result()
        return decks.get(course_id) or self.course(course_id).title

    def keep_deck_title(self, deck: CourseId, title: str, now: datetime) -> None:
        """Keeps what a deck is called."""
        job = self._workers.on_store(lambda: self._repository().keep_deck_title(deck, title, now))
        job.result()

    def keep(self, course: Course, now: datetime) -> None:
        """Keeps a course of the learner's own, encrypted with the rest of the history.

        Raises:
            UserFacingError: A course that ships has that id, or it could not be read again.
        """
        from assistant.tutor.courses.writing import texts_of

        if course.id in self.shipped():
            raise UserFacingError(
                f"There is a course “{course.id}” already.",
                "Give this one another id.",
                code="course_exists",
            )
        files = texts_of(course)
        _read_back(files)
        kept = self._workers.on_store(lambda: self._repository().keep_course(course.id, files, now))
        kept.result()
        with self._lock:
            self._read[course.id] = course

    def remove(self, course_id: CourseId) -> None:
        """Removes a course of the learner's own; what was done in it stays.

        Raises:
            UserFacingError: It ships with the application.
        """
        if course_id in self.shipped():
            raise UserFacingError(
                "This course comes with Lamplight and cannot be removed.",
                "Leave it instead; it is then no longer shown among yours.",
                code="course_ships",
            )
        self._workers.on_store(lambda: self._repository().remove_course(course_id)).result()
        with self._lock:
            self._read.pop(course_id, None)

    def _own_files(self) -> Mapping[CourseId, Mapping[str, str]]:
        return self._workers.on_store(lambda: self._repository().own_courses()).result()

    def _load(self, course_id: CourseId) -> Course:
        from assistant.tutor.courses.reading import read_course

        if course_id in self.shipped():
            return read_course(self._folder / course_id)
        files = self._own_files().get(course_id)
        if files is None:
            raise UserFacingError(
                f"There is no course “{course_id}”.",
                "“assistant study courses” lists those there are.",
                code="course_unknown",
            )
        return _read_back(files)


def _read_back(files: Mapping[str, str]) -> Course:
    """A course from the texts of its files, held to the same rules as a folder."""
    from assistant.tutor.courses.reading import read_course

    with tempfile.TemporaryDirectory(prefix="lamplight-course-") as name:
        for path, text in files.items():
            place = PurePosixPath(path)
            if place.is_absolute() or ".." in place.parts:
                continue
            target = Path(name, *place.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return read_course(Path(name))


def concept_of(course: Course, concept: ConceptId) -> Concept:
    """A concept of a course.

    Raises:
        UserFacingError: The course has none of that id.
    """
    if concept not in course.by_id:
        raise UserFacingError(
            f"“{course.title}” has no concept “{concept}”.",
            "“assistant study courses” lists what a course is made of.",
            code="concept_unknown",
        )
    return course.concept(concept)
