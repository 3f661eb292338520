"""What to do about errors of studying, said for somebody in front of the window."""

from assistant.domain.errors import UserFacingError

_COMMAND = "assistant study"
_HINTS = {
    "study_all_mastered": "Reviews keep it so. There are other courses under “Courses”.",
    "not_enrolled": "Begin a course under “Courses” first.",
    "placement_not_asked": "Leave the test and open it again.",
    "exercise_unknown": "Go on with the next exercise.",
    "card_unknown": "Leave the review and open it again.",
    "course_unknown": "Choose another course.",
    "concept_unknown": "Choose another concept on the map of the course.",
}


def for_window(error: UserFacingError) -> UserFacingError:
    """The same error; a hint that names a command gives way to one for the window."""
    hint = _HINTS.get(error.code)
    if hint is None:
        hint = "" if _COMMAND in error.hint else error.hint
    if hint == error.hint:
        return error
    return UserFacingError(error.message, hint, code=error.code)
