"""Why a download cannot be ordered now, and what to do about it."""

from assistant.domain.errors import EnvironmentProblem, UserFacingError
from assistant.domain.model import ModelInfo
from assistant.domain.sizes import size_words


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


def as_on_record(error: UserFacingError) -> UserFacingError:
    """The files are those of the Hub, and no model that works here: more of the same is no help."""
    return UserFacingError(
        error.message,
        "It is what the Hub has on record, so downloading it again changes nothing, and nothing of "
        "it is kept. Choose another file or another model.",
        code=error.code,
    )


def kept_for_later(error: UserFacingError, here_bytes: int) -> UserFacingError:
    """The files are sound as far as can be told, and the engine did not get on with them."""
    return UserFacingError(
        error.message,
        "It is what the Hub has on record, and may work another time, so its "
        f"{size_words(here_bytes)} are kept: try again, or take it out of the downloads.",
        code=error.code,
    )


def unforeseen() -> UserFacingError:
    """An error that nobody put into words."""
    return UserFacingError(
        "Something went wrong that should not have.",
        "Try again; what went wrong is noted for Help, Diagnostics.",
        code="bug",
    )
