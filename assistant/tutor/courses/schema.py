"""The shape of the content format, field by field; what depends on two fields is in ``checks``."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT = 1
MOST_TEXT = 60_000
MOST_LINE = 2_000
MOST_ITEMS = 500

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, Field(min_length=1, max_length=MOST_TEXT, pattern=r"\S")]
MaybeText = Annotated[str, Field(max_length=MOST_TEXT)]
Line = Annotated[str, Field(min_length=1, max_length=MOST_LINE, pattern=r"\S")]
Title = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_LINE,
        pattern=r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
    ),
]
"""One line without control characters: it stands in lists, menus and on the terminal."""
MaybeLine = Annotated[str, Field(max_length=MOST_LINE)]
Id = Annotated[str, Field(max_length=64, pattern=KEBAB)]
Difficulty = Annotated[float, Field(ge=1, le=5)]
Tolerance = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Minutes = Annotated[int, Field(ge=1, le=600)]

Kind = Literal["number", "math", "steps", "choice", "short", "code", "notes"]
FormName = Literal["any", "simplified", "factored", "expanded", "lowest_terms"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class StepFile(_Strict):
    """One step of an example."""

    shown: Text
    why: MaybeText = ""
    blank: MaybeLine = ""


class ExampleFile(_Strict):
    """A worked or faded example."""

    problem: Text
    answer: Line
    steps: Annotated[list[StepFile], Field(min_length=1, max_length=60)]


class LessonFile(_Strict):
    """``[lesson]``."""

    explanation: Text
    worked: Annotated[list[ExampleFile], Field(max_length=MOST_ITEMS, default_factory=list)]
    faded: Annotated[list[ExampleFile], Field(max_length=MOST_ITEMS, default_factory=list)]


class MisconceptionFile(_Strict):
    """``[[misconceptions]]``."""

    id: Id
    title: Title
    remedy: Text


class CardFile(_Strict):
    """``[[cards]]``."""

    id: Id
    front: Text
    back: Text


class WrongFile(_Strict):
    """A wrong answer that is to be expected."""

    answer: Line
    misconception: Id


class ChoiceFile(_Strict):
    """One of the choices."""

    text: Line
    misconception: MaybeLine = ""


class CodeFile(_Strict):
    """``[exercises.code]``."""

    module: Annotated[str, Field(max_length=64, pattern=r"^[a-z_][a-z0-9_]*$")]
    starter: MaybeText = ""
    tests: Text
    reference: Text


class ExerciseFile(_Strict):
    """``[[exercises]]``."""

    id: Id
    kind: Kind
    prompt: Text
    title: MaybeLine = ""
    difficulty: Difficulty = 3.0
    nudge: MaybeText = ""
    idea: MaybeText = ""
    part: MaybeText = ""
    solution: Annotated[list[Text], Field(max_length=60, default_factory=list)]
    answer: MaybeText = ""
    others: Annotated[list[Line], Field(max_length=MOST_ITEMS, default_factory=list)]
    form: FormName = "any"
    unit: MaybeLine = ""
    tolerance: Tolerance = 0.0
    given: MaybeLine = ""
    wrong: Annotated[list[WrongFile], Field(max_length=MOST_ITEMS, default_factory=list)]
    choices: Annotated[list[ChoiceFile], Field(max_length=26, default_factory=list)]
    code: CodeFile | None = None


class ConceptFile(_Strict):
    """``concepts/<id>.toml``."""

    format: Literal[1]
    title: Title
    summary: Line
    requires: Annotated[list[Id], Field(max_length=MOST_ITEMS, default_factory=list)]
    minutes: Minutes = 15
    generators: Annotated[list[Line], Field(max_length=MOST_ITEMS, default_factory=list)]
    lesson: LessonFile | None = None
    misconceptions: Annotated[
        list[MisconceptionFile], Field(max_length=MOST_ITEMS, default_factory=list)
    ]
    cards: Annotated[list[CardFile], Field(max_length=MOST_ITEMS, default_factory=list)]
    exercises: Annotated[list[ExerciseFile], Field(max_length=MOST_ITEMS, default_factory=list)]


class UnitFile(_Strict):
    """``[[units]]``."""

    title: Title
    concepts: Annotated[list[Id], Field(min_length=1, max_length=MOST_ITEMS)]


class CourseFile(_Strict):
    """``course.toml``."""

    format: Literal[1] = 1
    id: Id
    version: Annotated[int, Field(ge=1)]
    title: Title
    description: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    subject: Line
    licence: MaybeLine = ""
    source: MaybeText = ""
    units: Annotated[list[UnitFile], Field(min_length=1, max_length=MOST_ITEMS)]
