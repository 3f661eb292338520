"""Reads a pupil's way from a file and says where it goes wrong first."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import StepVerdict

MOST_BYTES = 5_000_000
_HINT = 'It has to be JSON with "problem", a text, and "steps", a list of texts.'


class WayFile(BaseModel):
    """What the file holds; further fields are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    problem: str = ""
    steps: list[str] = Field(max_length=20_000)
    reference_solution: str = ""


def way_of_file(path: Path) -> WayFile:
    """Reads the file.

    Raises:
        UserFacingError: It is missing, too large, or no such JSON.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserFacingError("The file is too large.", _HINT, code="way_too_large")
        text = path.read_text(encoding="utf-8-sig")
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


def verdict_document(verdict: StepVerdict) -> dict[str, Any]:
    """For whoever reads JSON."""
    return {
        "step": verdict.step,
        "why": verdict.why,
        "checked": verdict.checked,
        "misconception": verdict.misconception or None,
    }
