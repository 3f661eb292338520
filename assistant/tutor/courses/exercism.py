"""Courses out of an Exercism track for Python.

The layout is that of the tracks' repositories: ``config.json`` with concepts and exercises,
``concepts/<slug>/introduction.md``, ``exercises/{concept,practice}/<slug>`` with ``.docs``,
``.meta`` (config, exemplar or example), the stub and the tests.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from assistant.domain.course import Concept, Course, Lesson, Unit
from assistant.domain.exercise import AnswerKind, CodeTask, Exercise, Key
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.tutor.courses.building import AUTHORED
from assistant.tutor.courses.foreign import ForeignFolder, Heard, Imported, finished, unheard
from assistant.tutor.courses.graph import ordered
from assistant.tutor.courses.naming import kebab, one_line, plain
from assistant.tutor.courses.problems import CourseBroken, Problem
from assistant.tutor.courses.revealing import reveals_program
from assistant.tutor.courses.schema import MOST_ITEMS, MOST_TEXT
from assistant.tutor.courses.untying import untied

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MODULE = re.compile(r"[a-z_][a-z0-9_]*\.py")
_MOST_CONCEPTS = 500
_UNSORTED = "practice"
"""The concept of practice exercises that name none."""
_PER_UNIT = 8
_MINUTES = 30


class _TrackExercise(BaseModel):
    slug: str
    name: str = ""
    concepts: list[str] = []
    practices: list[str] = []
    prerequisites: list[str] = []
    difficulty: float = 3
    status: str = ""


class _TrackExercises(BaseModel):
    concept: list[_TrackExercise] = []
    practice: list[_TrackExercise] = []


class _TrackConcept(BaseModel):
    slug: str
    name: str = ""


class _Track(BaseModel):
    language: str
    slug: str
    blurb: str = ""
    exercises: _TrackExercises
    concepts: list[_TrackConcept] = []


class _Files(BaseModel):
    solution: list[str] = []
    test: list[str] = []
    exemplar: list[str] = []
    example: list[str] = []


class _ExerciseConfig(BaseModel):
    authors: list[str] = []
    files: _Files
    blurb: str = ""


@dataclass(slots=True)
class _Draft:
    """A concept while it is put together."""

    name: str
    requires: list[ConceptId] = field(default_factory=list[ConceptId])
    explanation: str = ""
    summary: str = ""
    exercises: list[Exercise] = field(default_factory=list[Exercise])
    taught: bool = True
    """False where there are only practice exercises for it."""


def import_exercism(folder: Path, heard: Heard = unheard) -> Imported:
    """A course out of a track's repository.

    Args:
        folder: Of the track.
        heard: Hears how far it is.

    Raises:
        CourseBroken: It is no track, not one for Python, or nothing in it could be used.
    """
    source = ForeignFolder(folder)
    raw = source.json("config.json")
    track = None if raw is None else source.shaped("config.json", _Track, raw)
    if track is None or track.language.casefold() != "python":
        words = "This is no Exercism track for Python; choose the folder with its config.json."
        raise CourseBroken((*source.skipped, Problem("config.json", "", words)), folder.name)
    maker = _Maker(source, CourseId(kebab(f"exercism-{track.slug}", "exercism")))
    drafts = maker.drafts(track, heard)
    if not any(draft.exercises for draft in drafts.values()):
        words = "There is no exercise in it that can be used"
        words += "; the reasons stand above." if source.skipped else ": it lists none."
        raise CourseBroken((*source.skipped, Problem("config.json", "", words)), folder.name)
    return Imported(maker.course(track, drafts), tuple(source.skipped))


def exercise_of_files(
    slug: str, files: Mapping[str, str], name: ExerciseId, concept: ConceptId
) -> Exercise | None:
    """An exercise out of its files; None where one of the three programs is missing.

    Args:
        slug: Of the exercise.
        files: Texts by their names below the exercise's folder.
        name: Id to give it.
        concept: What it practises.
    """
    programs = _programs(slug, files)
    if programs is None:
        return None
    stub, tests, reference = programs
    asked = [files.get(f".docs/{part}.md", "") for part in ("instructions", "instructions.append")]
    hints = [one for one in _hints(files.get(".docs/hints.md", "")) if one]
    hints = [one for one in hints if not reveals_program(one, files[reference])] + ["", ""]
    return Exercise(
        id=name,
        concept=concept,
        kind=AnswerKind.CODE,
        prompt=plain("\n\n".join(part.strip() for part in asked if part.strip()), MOST_TEXT),
        key=Key(""),
        proof=AUTHORED,
        title=slug.replace("-", " ").capitalize(),
        nudge=hints[0],
        idea=hints[1],
        code=CodeTask(
            module=stub.removesuffix(".py"),
            starter=files[stub],
            tests=files[tests],
            reference=files[reference],
        ),
    )


def _programs(slug: str, files: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Names of stub, tests and reference; only exercises of one module have them."""
    snake = slug.replace("-", "_")
    stubs = [one for one in files if _MODULE.fullmatch(one) and not one.endswith("_test.py")]
    stub = f"{snake}.py" if f"{snake}.py" in files else (stubs[0] if len(stubs) == 1 else "")
    tests = [one for one in files if "/" not in one and one.endswith("_test.py")]
    references = [
        f".meta/{one}.py" for one in ("exemplar", "example") if files.get(f".meta/{one}.py")
    ]
    if not stub or len(stubs) != 1 or len(tests) != 1 or not references:
        return None
    return stub, tests[0], references[0]


def _hints(text: str) -> list[str]:
    """The items of “General” first, then those of the tasks."""
    return [plain(found, 2000) for found in re.findall(r"^[-*] +(.+(?:\n {2,}.+)*)", text, re.M)]


class _Maker:
    def __init__(self, source: ForeignFolder, course: CourseId) -> None:
        self._source = source
        self._course = course
        self._authors: set[str] = set()

    def drafts(self, track: _Track, heard: Heard) -> dict[ConceptId, _Draft]:
        """Concepts that are taught or only practised, with the exercises that do so."""
        known = {one.slug: one.name for one in track.concepts[:_MOST_CONCEPTS]}
        if len(track.concepts) > _MOST_CONCEPTS:
            self._source.skip("config.json", f"Beyond the first {_MOST_CONCEPTS} concepts.")
        teaching = self._in_use("concept", track.exercises.concept)
        practising = self._in_use("practice", track.exercises.practice)
        drafts: dict[ConceptId, _Draft] = {}
        for one in teaching:
            for slug in one.concepts:
                if _SLUG.fullmatch(slug) and slug in known:
                    drafts.setdefault(ConceptId(slug), self._draft(slug, known[slug]))
        count = len(teaching) + len(practising)
        for number, one in enumerate(teaching):
            heard(number / count)
            self._teach(drafts, one)
        for number, one in enumerate(practising, len(teaching)):
            heard(number / count)
            at = self._practised(drafts, known, one)
            self._take(drafts[at], at, "practice", one)
        return {slug: draft for slug, draft in drafts.items() if draft.taught or draft.exercises}

    def _in_use(self, kind: str, every: list[_TrackExercise]) -> list[_TrackExercise]:
        """Those that the track still offers."""
        for one in every:
            if one.status == "deprecated":
                words = "The track has withdrawn it (its status is “deprecated”)."
                self._source.skip(f"exercises/{kind}/{one.slug}", words)
        return [one for one in every if one.status != "deprecated"]

    def _practised(
        self, drafts: dict[ConceptId, _Draft], known: dict[str, str], one: _TrackExercise
    ) -> ConceptId:
        """Where a practice exercise belongs: with what is taught, or else with what it names."""
        wanted = [*one.practices, *reversed(one.prerequisites)]
        taught = [slug for slug in wanted if slug in drafts and drafts[ConceptId(slug)].taught]
        named = [slug for slug in wanted if slug in known and _SLUG.fullmatch(slug)]
        slug = next(iter([*taught, *named]), _UNSORTED)
        if slug not in drafts:
            draft = self._draft(slug, known.get(slug, "Practice"))
            draft.taught = False
            drafts[ConceptId(slug)] = draft
        return ConceptId(slug)

    def _draft(self, slug: str, name: str) -> _Draft:
        text = self._source.text(f"concepts/{slug}/introduction.md")
        text = text or self._source.text(f"concepts/{slug}/about.md")
        raw = self._source.json(f"concepts/{slug}/.meta/config.json")
        blurb = raw.get("blurb") if isinstance(raw, dict) else ""  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - checked in the next line
        summary = one_line(blurb, 500) if isinstance(blurb, str) else ""
        title = one_line(name, 200) or slug.replace("-", " ").capitalize()
        return _Draft(title, explanation=plain(text, MOST_TEXT), summary=summary or f"{title}.")

    def _teach(self, drafts: dict[ConceptId, _Draft], one: _TrackExercise) -> None:
        """Takes up what an exercise teaches and needs; it stands with the first that it teaches."""
        taught = [ConceptId(slug) for slug in one.concepts if slug in drafts]
        if not taught:
            words = "The concept that it teaches is not in the list of concepts."
            self._source.skip(f"exercises/concept/{one.slug}", words)
        for concept in taught:
            draft = drafts[concept]
            for slug in one.prerequisites:
                needed = ConceptId(slug)
                if needed in drafts and needed != concept and needed not in draft.requires:
                    draft.requires.append(needed)
        if taught:
            self._take(drafts[taught[0]], taught[0], "concept", one)

    def _take(self, draft: _Draft, concept: ConceptId, kind: str, one: _TrackExercise) -> None:
        place = f"exercises/{kind}/{one.slug}"
        if not _SLUG.fullmatch(one.slug) or len(draft.exercises) == MOST_ITEMS:
            self._source.skip(place, "Its name is not in kebab-case, or there are too many.")
            return
        if not self._source.has(f"{place}/.meta/config.json"):
            self._source.skip(place, "It has no .meta/config.json, which names its files.")
            return
        files = self._files(place)
        name = ExerciseId(f"{self._course}/{concept}/{one.slug}")
        made = None if files is None else exercise_of_files(one.slug, files, name, concept)
        if made is None:
            self._source.skip(place, "It has not one stub, one file of tests and one reference.")
        elif self._source.sound(place, made):
            draft.exercises.append(made)

    def _files(self, place: str) -> dict[str, str] | None:
        raw = self._source.json(f"{place}/.meta/config.json")
        if raw is None:
            return None
        config = self._source.shaped(f"{place}/.meta/config.json", _ExerciseConfig, raw)
        if config is None:
            return None
        self._authors.update(one_line(author, 60) for author in config.authors)
        listed = config.files
        programs = [*listed.solution, *listed.test, *listed.exemplar, *listed.example]
        documents = [f".docs/{one}.md" for one in ("instructions", "instructions.append", "hints")]
        names = [*dict.fromkeys(programs), *documents][:40]
        found = {one: self._source.text(f"{place}/{one}") for one in names}
        return {one: text for one, text in found.items() if text}

    def course(self, track: _Track, drafts: dict[ConceptId, _Draft]) -> Course:
        """The drafts as a course, in units of eight along its graph."""
        graph, broken = untied({one: tuple(draft.requires) for one, draft in drafts.items()})
        for after, before in broken:
            self._source.skip("config.json", f"“{after}” waits for “{before}” in a circle; cut.")
        order = ordered(graph)
        parts = [order[at : at + _PER_UNIT] for at in range(0, len(order), _PER_UNIT)]
        licence = self._source.text("LICENSE").strip().split("\n", 1)[0]
        authors = ", ".join(sorted(self._authors - {""}))
        return finished(
            Course(
                id=self._course,
                version=1,
                title=f"{one_line(track.language, 60)} on Exercism",
                description=plain(track.blurb, 4000) or "An Exercism track.",
                language="en",
                subject="programming",
                units=tuple(Unit(f"Part {n}", part) for n, part in enumerate(parts, start=1)),
                concepts=tuple(self._concept(one, drafts[one], graph[one]) for one in order),
                licence=one_line(licence, 200),
                source=plain(
                    f"The {one_line(track.language, 60)} track of Exercism "
                    f"(https://exercism.org/tracks/{kebab(track.slug, 'python')})"
                    + (f", by {authors}" if authors else "")
                    + ". Converted to this format.",
                    MOST_TEXT,
                ),
            )
        )

    def _concept(self, name: ConceptId, draft: _Draft, requires: tuple[ConceptId, ...]) -> Concept:
        return Concept(
            id=name,
            title=draft.name,
            summary=draft.summary,
            lesson=Lesson(draft.explanation),
            requires=requires,
            minutes=_MINUTES,
            exercises=tuple(draft.exercises),
        )
