"""Projects of PSPLIB in files, planned by the solver of weeks."""

from pathlib import Path
from time import monotonic

from assistant.domain.cancel import CancelToken
from assistant.domain.errors import EnvironmentProblem
from assistant.planner.schedule.project import ProjectPlan, plan_project
from assistant.planner.schedule.psplib import MOST_BYTES, read_project


def plan_file(path: Path, seconds: float, cancel: CancelToken | None = None) -> ProjectPlan:
    """The shortest schedule of a ``.sm`` file that is found in the time.

    Raises:
        UserFacingError: It is no such file (``psplib_format``).
        EnvironmentProblem: It can't be read.
        Cancelled: It was asked to stop.
    """
    begun = monotonic()
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(MOST_BYTES)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise EnvironmentProblem(
            f"{path.name} can't be read: {error.strerror or error}.",
            "Check its name, and whether you may read it.",
            code="file_not_found" if missing else "file_unreadable",
        ) from error
    project = read_project(text)
    return plan_project(project, max(0.1, seconds - (monotonic() - begun)), cancel)
