"""Why a download cannot be ordered now, and what to do about it."""

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.model import ModelInfo


def no_folder() -> EnvironmentProblem:
    """The disk of the models is not connected."""
    return EnvironmentProblem(
        "The folder of the models is not there.",
        "Connect the disk that it lies on, then try again.",
        code="models_folder_missing",
    )


def elsewhere() -> UserFacingError:
    """Another process works on the same files."""
    return UserFacingError(
        "Another window or command of Lamplight is downloading.",
        "Do it there, or close that one first.",
        code="downloads_elsewhere",
    )


def moving() -> UserFacingError:
    """The folder is about to be another one."""
    return UserFacingError(
        "The models are being moved to another disk.",
        "Try again in a moment.",
        code="models_moving",
    )


def already(model: ModelInfo) -> UserFacingError:
    """There is nothing to be downloaded."""
    return UserFacingError(
        f"{model.name} is installed already.", "Choose Use.", code="model_installed"
    )


def unforeseen() -> UserFacingError:
    """An error that nobody put into words."""
    return UserFacingError(
        "Something went wrong that should not have.",
        "Choose Retry; what went wrong is noted for Help, Diagnostics.",
        code="bug",
    )
