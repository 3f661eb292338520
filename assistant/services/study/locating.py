"""Reads a pupil's way from a file and says where it goes wrong first."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import StepVerdict

if TYPE_CHECKING:
    from assistant.services.study.word_problems import WorkedProblem

MOST_BYTES = 5_000_000
_HINT = 'It has to be JSON with "problem", a text, and "steps", a list of texts.'
_MOST_STEPS = 20_000


def _text(value: object) -> object:
    """A text as it is, nothing as an empty one, a number as it is written, lines joined."""
    if isinstance(value, list):
        parts = [_text(part) for part in cast("list[object]", value)]
        return "\n".join(part for part in parts if isinstance(part, str))
    if value is None:
        return ""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if number else value


def _one_line(value: object) -> object:
    return None if isinstance(value, list) else _text(value)


def _lines(value: object) -> object:
    """Steps in one text are its lines; a step may be a number."""
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, list):
        parts = cast("list[object]", value)
        return [_one_line(part) for part in parts]
    return value


class WayFile(BaseModel):
    """What the file holds; further fields are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    problem: Annotated[str, BeforeValidator(_text)] = ""
    steps: Annotated[list[str], BeforeValidator(_lines), Field(max_length=_MOST_STEPS)]
    """One each, or all in one text with a line for each; indices count these, from 0."""
    reference_solution: Annotated[str, BeforeValidator(_text)] = ""


def way_of_file(path: Path) -> WayFile:
    """Reads the file.

    Raises:
        UserFacingError: It is missing, too large, or no such JSON.
    """
    try:
        # Read with a bound, whatever its size is said to be: a device never ends.
        with path.open(encoding="utf-8-sig") as stream:
            text = stream.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise UserFacingError("The file is too large.", _HINT, code="way_too_large")
    except OSError as error:
        raise UserFacingError(
            f"{path.name} cannot be read.", "Check the path and the rights.", code="way_unreadable"
        ) from error
    except UnicodeDecodeError as error:
        raise UserFacingError(
            f"{path.name} is not text in UTF-8.", _HINT, code="way_not_text"
        ) from error
    try:
        return WayFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UserFacingError(
            f"{path.name} cannot be used: {place}: {first['msg']}.", _HINT, code="way_invalid"
        ) from error


def located_in(way: WayFile) -> StepVerdict:
    """The first wrong step; see ``assistant.tutor.steps.locating.located``."""
    from assistant.tutor.steps.locating import located

    return located(way.problem, way.steps, way.reference_solution).verdict


def wants_a_way(way: WayFile) -> bool:
    """Whether a right way to compare with could tell more than is shown without one."""
    given = way.reference_solution.strip() or not way.problem.strip()
    return not given and not located_in(way).checked


def located_beside(way: WayFile, made: "WorkedProblem") -> StepVerdict:
    """The first wrong step, beside a way that a model proposed.

    What is shown without it stands; what is found beside it is never ``checked``, since nothing
    shows that the model's sums are the right ones. Beside one that its other proposals do not
    agree with, nothing is looked for.
    """
    plain = located_in(way)
    if way.reference_solution.strip() or plain.checked:
        return plain
    if not made.trusted:
        why = (
            f"{plain.why} The ways that the model proposes do not agree, so none was used.".strip()
        )
        return replace(plain, why=why)
    lines = [f"{find}: {written} = {result}" for find, written, result in made.sums]
    beside = way.model_copy(update={"reference_solution": "\n".join([*lines, made.answer])})
    found = located_in(beside)
    why = f"Beside a way that the model proposed, which nothing has checked: {found.why}"
    return replace(found, why=why, checked=False)


def verdict_document(verdict: StepVerdict) -> dict[str, Any]:
    """For whoever reads JSON."""
    return {
        "step": verdict.step,
        "why": verdict.why,
        "checked": verdict.checked,
        "misconception": verdict.misconception or None,
    }
