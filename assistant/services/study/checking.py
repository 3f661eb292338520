"""Grades an answer against a key, with no course and no vault."""

from assistant.domain.exercise import AnswerKind, Grade, Key, ProvedBy


def checked_answer(answer: str, key: Key, kind: AnswerKind) -> Grade:
    """What an answer is worth.

    Args:
        answer: As it was typed.
        key: What a right answer is.
        kind: ``MATH``, ``NUMBER``, ``CHOICE``, ``SHORT`` or ``NOTES``.
    """
    if not key.answer.strip():
        return Grade(None, 0.0, "There is nothing to compare the answer with.", ProvedBy.NOTHING)
    # Imported here: music theory takes long, and mathematics does not need it.
    if kind is AnswerKind.NOTES:
        from assistant.tutor.music import grade_notes

        return grade_notes(answer, key)
    from assistant.tutor.maths import grade

    return grade(answer, key, kind)
