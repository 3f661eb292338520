"""From the fields of the files to the values of the domain."""

from assistant.domain.course import (
    Concept,
    Course,
    Flashcard,
    Lesson,
    Misconception,
    Unit,
    WorkedExample,
    WorkedStep,
)
from assistant.domain.exercise import (
    AnswerKind,
    Choice,
    CodeTask,
    Exercise,
    Form,
    Key,
    Proof,
    ProvedBy,
)
from assistant.domain.ids import ConceptId, CourseId, ExerciseId
from assistant.tutor.courses.graph import ordered
from assistant.tutor.courses.schema import (
    ConceptFile,
    CourseFile,
    ExampleFile,
    ExerciseFile,
    LessonFile,
)

AUTHORED = Proof(ProvedBy.AUTHOR, "Written by the author of the course.")


def build_course(file: CourseFile, files: dict[str, ConceptFile]) -> Course:
    """A course from files that passed every check.

    Args:
        file: ``course.toml``.
        files: Each concept's file by its id, in the order of the units.
    """
    course_id = CourseId(file.id)
    concepts = {ConceptId(name): build_concept(course_id, name, one) for name, one in files.items()}
    order = ordered({name: concept.requires for name, concept in concepts.items()})
    return Course(
        id=course_id,
        version=file.version,
        title=file.title,
        description=file.description.strip(),
        language=file.language,
        subject=file.subject,
        units=tuple(
            Unit(unit.title, tuple(ConceptId(name) for name in unit.concepts))
            for unit in file.units
        ),
        concepts=tuple(concepts[name] for name in order),
        licence=file.licence,
        source=file.source.strip(),
    )


def build_concept(course: CourseId, name: str, file: ConceptFile) -> Concept:
    """One concept from a file that passed every check."""
    concept = ConceptId(name)
    return Concept(
        id=concept,
        title=file.title,
        summary=file.summary,
        lesson=_lesson(file.lesson) if file.lesson else Lesson(""),
        requires=tuple(ConceptId(one) for one in file.requires),
        minutes=file.minutes,
        exercises=tuple(_exercise(course, concept, one) for one in file.exercises),
        generators=tuple(file.generators),
        misconceptions=tuple(
            Misconception(one.id, one.title, one.remedy.strip()) for one in file.misconceptions
        ),
        cards=tuple(Flashcard(one.id, one.front.strip(), one.back.strip()) for one in file.cards),
    )


def _lesson(file: LessonFile) -> Lesson:
    return Lesson(
        explanation=file.explanation.strip(),
        worked=tuple(_example(one) for one in file.worked),
        faded=tuple(_example(one) for one in file.faded),
    )


def _example(file: ExampleFile) -> WorkedExample:
    steps = tuple(WorkedStep(one.shown, one.why, one.blank) for one in file.steps)
    return WorkedExample(file.problem.strip(), steps, file.answer)


def _exercise(course: CourseId, concept: ConceptId, file: ExerciseFile) -> Exercise:
    task = file.code
    return Exercise(
        id=ExerciseId(f"{course}/{concept}/{file.id}"),
        concept=concept,
        kind=AnswerKind(file.kind),
        prompt=file.prompt.strip(),
        key=Key(
            answer=file.answer.strip() if file.kind != "choice" else file.answer,
            others=tuple(file.others),
            form=Form(file.form),
            unit=file.unit,
            tolerance=file.tolerance,
            wrong=tuple((one.answer, one.misconception) for one in file.wrong),
        ),
        proof=AUTHORED,
        difficulty=file.difficulty,
        title=file.title,
        nudge=file.nudge.strip(),
        idea=file.idea.strip(),
        part=file.part.strip(),
        solution=tuple(step.strip() for step in file.solution),
        choices=tuple(Choice(one.text, one.misconception) for one in file.choices),
        code=CodeTask(task.module, task.starter, task.tests, task.reference) if task else None,
        given=file.given,
    )
