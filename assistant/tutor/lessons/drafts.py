"""What a model fills in for a lesson: little enough for a small one."""

from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.conversation import Role
from assistant.domain.course import Concept, Course
from assistant.domain.generation import Turn

PROGRAMMING: Final = "programming"
_Line = Annotated[str, Field(min_length=1, max_length=200)]
_LONGEST_PASSAGE: Final = 900


class DraftStep(BaseModel):
    """One step of an example."""

    model_config = ConfigDict(frozen=True)

    shown: Annotated[_Line, Field(description="What is done, such as 3/4 + 1/8 = 7/8.")]
    why: Annotated[str, Field(max_length=160, description="Why, in a few words.")]


class DraftTask(BaseModel):
    """A short exercise."""

    model_config = ConfigDict(frozen=True)

    question: Annotated[_Line, Field(description="Such as: Work out 2/3 + 1/6.")]
    answer: Annotated[str, Field(min_length=1, max_length=60)]


_Sentence = Annotated[str, Field(max_length=180)]


class _Told(BaseModel):
    """The explanation in three short parts: a small model loses its thread in a longer one."""

    model_config = ConfigDict(frozen=True)

    idea: Annotated[_Sentence, Field(min_length=12, description="What it is, in one sentence.")]
    way: Annotated[_Sentence, Field(description="How it is done, in one sentence.")]
    slip: Annotated[_Sentence, Field(description="A mistake that beginners make, in one sentence.")]


class LessonDraft(_Told):
    """A lesson with one example."""

    problem: Annotated[_Line, Field(description="One example, with all its numbers.")]
    steps: Annotated[list[DraftStep], Field(min_length=1, max_length=5)]
    answer: Annotated[str, Field(min_length=1, max_length=80)]
    practice: Annotated[list[DraftTask], Field(max_length=3)]


class ProgramLessonDraft(_Told):
    """A lesson whose example is a program."""

    problem: Annotated[_Line, Field(description="What the program does.")]
    program: Annotated[str, Field(min_length=1, max_length=600, description="Python.")]


Draft = LessonDraft | ProgramLessonDraft


_SHOWN_SUM: Final = (
    "Subject: Fractions\nLesson: Adding fractions",
    LessonDraft(
        idea="A fraction counts equal parts, so fractions can be added once their parts are of "
        "one size.",
        way="Write both with the same denominator, then add the numerators and keep the "
        "denominator.",
        slip="Adding the denominators as well gives parts of a size that nobody asked for.",
        problem="Work out 1/2 + 1/3.",
        steps=[
            DraftStep(shown="1/2 = 3/6", why="Sixths fit into both."),
            DraftStep(shown="1/3 = 2/6", why="The same for the other."),
            DraftStep(shown="3/6 + 2/6 = 5/6", why="Now the parts are of one size."),
        ],
        answer="5/6",
        practice=[DraftTask(question="Work out 1/4 + 1/2.", answer="3/4")],
    ),
)
_SHOWN_PROGRAM: Final = (
    "Subject: Python\nLesson: Conditions",
    ProgramLessonDraft(
        idea="A condition lets a program choose between two ways.",
        way="After if stands a question: where it is true the lines below it are done, else those "
        "below else.",
        slip="A single = gives a name a value; to compare two values one writes ==.",
        problem="Say whether a number is even.",
        program='number = 8\nif number % 2 == 0:\n    print("even")\nelse:\n    print("odd")',
    ),
)


def draft_type(course: Course) -> type[LessonDraft] | type[ProgramLessonDraft]:
    """The shape for a course's subject."""
    return ProgramLessonDraft if course.subject == PROGRAMMING else LessonDraft


def turns_for(course: Course, concept: Concept, passages: Sequence[str]) -> tuple[Turn, ...]:
    """The prompt for a lesson.

    Args:
        course: Names the subject and the language.
        concept: What the lesson is about.
        passages: Of the learner's books; may be empty.
    """
    program = course.subject == PROGRAMMING
    example = "one short Python program that prints something" if program else "one worked example"
    system = (
        "You write short lessons for a learner, with easy words: one sentence for the idea, one "
        f"for the way, one for a slip. Then give {example}. Answer with JSON."
    )
    known = ", ".join(course.concept(one).title for one in concept.requires if one in course.by_id)
    facts = [f"Subject: {course.title}", f"Lesson: {concept.title}"]
    if concept.summary:
        facts.append(f"Goal: {concept.summary}")
    if known:
        facts.append(f"Known already: {known}")
    facts += [f"From the learner's book: {one[:_LONGEST_PASSAGE]}" for one in passages[:2]]
    if course.language != "en":
        facts.append(f"Write in the language with the code {course.language}.")
    asked, shown = _SHOWN_PROGRAM if program else _SHOWN_SUM
    return (
        Turn(Role.SYSTEM, system),
        Turn(Role.USER, asked),
        Turn(Role.ASSISTANT, shown.model_dump_json()),
        Turn(Role.USER, "\n".join(facts)),
    )


def shown_sentences() -> frozenset[str]:
    """What the examples say that a model was shown: it likes to give them back."""
    told = (_SHOWN_SUM[1], _SHOWN_PROGRAM[1])
    return frozenset(text for one in told for text in (one.idea, one.way, one.slip))


def without_borrowed(draft: LessonDraft) -> LessonDraft:
    """A draft without the reasons and exercises of the example that a model was shown."""
    shown = _SHOWN_SUM[1]
    reasons = {step.why for step in shown.steps}
    questions = {task.question for task in shown.practice}
    steps = [step.model_copy(update={"why": ""}) if step.why in reasons else step
             for step in draft.steps]  # fmt: skip
    practice = [task for task in draft.practice if task.question not in questions]
    return draft.model_copy(update={"steps": steps, "practice": practice})


def is_borrowed(draft: Draft) -> bool:
    """Whether a model only said again the example that it was shown."""
    return draft.problem in {_SHOWN_SUM[1].problem, _SHOWN_PROGRAM[1].problem}
