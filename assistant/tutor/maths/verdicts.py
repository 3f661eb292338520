"""The grades that there are: right, equal but not in form, partly right, wrong, not read."""

from typing import Final

from assistant.domain.exercise import Grade, ProvedBy

RIGHT: Final = "That is right."
WRONG: Final = "That is not right yet."
_FORM: Final = "It is equal to the right answer, but not in the form that is asked for."
_OF_ITS_OWN: Final = ("The number", "It is close")
"""How remarks begin that say all that there is to say."""
_PARTLY: Final = "A part of it is right."
HALF: Final = 0.5


def right(*remarks: str, by: ProvedBy = ProvedBy.ALGEBRA, unfinished: bool = False) -> Grade:
    """All of it is right.

    Args:
        remarks: What the learner should hear besides.
        by: What showed it.
        unfinished: Whether it could stand in a better form, which was not asked for.
    """
    words = " ".join(part for part in (RIGHT, *remarks) if part)
    return Grade(correct=True, credit=1.0, words=words, checked_by=by, equivalent_only=unfinished)


def equal_only(remark: str, misconception: str = "") -> Grade:
    """Equal as mathematics, but not what was asked for."""
    return Grade(
        correct=False,
        credit=HALF,
        words=remark if remark.startswith(_OF_ITS_OWN) else f"{_FORM} {remark}".strip(),
        checked_by=ProvedBy.ALGEBRA,
        equivalent_only=True,
        misconception=misconception,
    )


def wrong(
    remark: str = "",
    *,
    share: float = 0.0,
    misconception: str = "",
    by: ProvedBy = ProvedBy.ALGEBRA,
) -> Grade:
    """Not right, or right in part.

    Args:
        remark: Where to look.
        share: The part that is right.
        misconception: Id of the wrong idea that leads there.
        by: What showed it.
    """
    words = f"{_PARTLY if share else WRONG} {remark}".strip()
    return Grade(
        correct=False, credit=float(share), words=words, checked_by=by, misconception=misconception
    )


def unread(words: str) -> Grade:
    """Nothing was read, so nothing is judged.

    Args:
        words: Why, in a sentence.
    """
    return Grade(correct=None, credit=0.0, words=words, checked_by=ProvedBy.NOTHING)
