"""The error tree.

``AssistantError``
    ``UserFacingError``: the text may be shown to the user as it stands.
        ``EnvironmentProblem``: disk, memory, driver or keyring; the user can mend it outside.
    ``Bug``: our own mistake; shown as "something went wrong", noted for diagnostics.
``Cancelled`` stands apart: it unwinds silently and is never shown as an error.
"""


class AssistantError(Exception):
    """Root of all errors that this application raises on purpose."""


class UserFacingError(AssistantError):
    """An error whose words are meant for the user.

    Args:
        message: What happened, one sentence, without technical vocabulary where possible.
        hint: What the user can do about it, one sentence; may be empty.
        code: A stable identifier for programs, in snake_case.
    """

    def __init__(self, message: str, hint: str = "", *, code: str = "error") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


class EnvironmentProblem(UserFacingError):  # noqa: N818 - the word the user would say
    """The machine is in the way: disk full, no memory, keyring locked, driver missing."""


class Bug(AssistantError):  # noqa: N818 - the word we say
    """A state that cannot be reached by any input; seeing it means that the code is wrong."""


class Cancelled(Exception):  # noqa: N818 - it is a way to unwind, not an error
    """The user asked to stop."""
