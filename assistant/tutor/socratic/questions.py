"""What is asked where the model has nothing that may be shown: never anything of the answer."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.domain.exercise import AnswerKind
from assistant.domain.study import Rung
from assistant.tutor.books.sentences import sentences
from assistant.tutor.courses.goals import stems
from assistant.tutor.hints.ladder import Ladder, RungState
from assistant.tutor.socratic.prompts import Said, must_try_first
from assistant.tutor.socratic.watching import OF_ANY_TASK, Watch

HAND_IN: Final = "Hand that in as your answer: it is checked at once, and a try teaches you more."
_TRY: Final = "Have a first try, however rough; then there are hints. "
_BEGIN: Final = {
    AnswerKind.NUMBER: ("What do you know, and what is asked for?", "What would a sketch show?"),
    AnswerKind.MATH: ("What do you know, and what is asked for?", "What would you do first?"),
    AnswerKind.STEPS: ("What would you do to both sides first?", "What is in the way?"),
    AnswerKind.CHOICE: ("Which of them can you rule out, and why?", "What sets them apart?"),
    AnswerKind.SHORT: ("What does it have to do with the lesson?", "How would you say it loosely?"),
    AnswerKind.CODE: ("What goes in, and what has to come out?", "What is the smallest case?"),
    AnswerKind.NOTES: ("Where would you begin counting?", "Which notes are sure?"),
}
_ASKS: Final = re.compile(r"\b(?:what|why|how|when|which|explain|mean|does|difference)\b", re.I)


def from_lesson(ladder: Ladder, explanation: str, message: str) -> str:
    """What the lesson says about the words of a question; "" where it says nothing of them.

    To read the lesson costs nothing, so this does not either.

    Args:
        ladder: Of the exercise, whose answer is kept back here as well.
        explanation: Of the lesson; Markdown.
        message: What the learner said.
    """
    wanted = stems(message) - OF_ANY_TASK
    parts = [one for one in sentences(explanation) if "```" not in one and not one.startswith("#")]
    scores = [len(wanted & stems(one)) for one in parts]
    if not wanted or not _ASKS.search(message) or max(scores, default=0) == 0:
        return ""
    at = scores.index(max(scores))
    text = " ".join(parts[at : at + 2])
    return "" if Watch(ladder.exercise).leak(text) else f"The lesson says: {text}"


def instead(ladder: Ladder, said: Sequence[Said]) -> tuple[str, Rung]:
    """What takes the place of a reply that could not be shown.

    The words of a rung that is shown or open, the lowest that was not said yet; else a question.

    Returns:
        The words, and the rung that they are: NONE where they are a question, which costs nothing.
    """
    begin = _BEGIN[ladder.exercise.kind]
    question = begin[sum(one.text.endswith(begin[0]) for one in said) % len(begin)]
    if must_try_first(ladder):
        return _TRY + question, Rung.NONE
    before = {one.text for one in said}
    for view in ladder.rungs:
        text = ladder.text_of(view.rung)
        if view.state is RungState.LOCKED or view.rung is Rung.SOLUTION:
            break
        if text not in before:
            return text, view.rung
    return question, Rung.NONE
