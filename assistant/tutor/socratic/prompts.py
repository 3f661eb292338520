"""What a model is asked to say about an exercise: short, so that a small one keeps to it.

It is given neither the key nor the solution: what it was not told it cannot repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.domain.conversation import Role
from assistant.domain.exercise import AnswerKind
from assistant.domain.generation import Turn
from assistant.domain.study import Rung
from assistant.tutor.hints.ladder import Ladder

_SYSTEM: Final = (
    "You are a patient tutor. A learner works on an exercise. Never give the answer and never do "
    "the work. Say one small hint in your own words, then ask one short question that leads to "
    "the next step. Two sentences at most."
)
_BEFORE_A_TRY: Final = (
    "You are a patient tutor. A learner has not tried the exercise yet. Ask one short question "
    "that helps to begin. Do not explain and do not solve anything."
)
_LONGEST_PROMPT: Final = 1_200
_LONGEST_MESSAGE: Final = 600
_LONGEST_PASSAGE: Final = 500
_TURNS_KEPT: Final = 4


class Speaker(StrEnum):
    """Who said something."""

    LEARNER = "learner"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation."""

    by: Speaker
    text: str


def turns_for(
    ladder: Ladder,
    said: Sequence[Said],
    message: str,
    tried: str = "",
    passages: Sequence[str] = (),
) -> tuple[Turn, ...]:
    """The prompt for the next reply.

    Args:
        ladder: Where the learner stands with the exercise.
        said: The conversation so far.
        message: What the learner says now.
        tried: The last answer of the learner, which was wrong; "" for none.
        passages: What the course says of the words of the message.
    """
    exercise = ladder.exercise
    first = must_try_first(ladder)
    facts = [f"Exercise: {exercise.prompt[:_LONGEST_PROMPT]}"]
    if exercise.given:
        facts.append(f"Given: {exercise.given}")
    if exercise.choices:
        facts.append("Choices: " + "; ".join(choice.text for choice in exercise.choices))
    if not first:
        if hint := hint_of(ladder):
            facts.append(f"A good hint: {hint}")
        if tried.strip() and exercise.kind is not AnswerKind.CODE:
            facts.append(f"The learner's last answer, which is wrong: {tried[:200]}")
    facts += [f"The lesson says: {passage[:_LONGEST_PASSAGE]}" for passage in passages]
    kept = [*said[-_TURNS_KEPT:], Said(Speaker.LEARNER, message)]
    while kept[0].by is Speaker.TUTOR:
        del kept[0]
    turns = [Turn(Role.SYSTEM, _BEFORE_A_TRY if first else _SYSTEM)]
    for at, one in enumerate(kept):
        role = Role.USER if one.by is Speaker.LEARNER else Role.ASSISTANT
        text = one.text[:_LONGEST_MESSAGE]
        told = "\n".join([*facts, "", f"Learner: {text}"]) if at == 0 else text
        turns.append(Turn(role, told))
    return tuple(turns)


def must_try_first(ladder: Ladder) -> bool:
    """Whether an answer is wanted before there is any help."""
    return ladder.attempt_first and ladder.tries == 0 and ladder.rung is Rung.NONE


def hint_of(ladder: Ladder) -> str:
    """The words of the highest rung that was shown, at least of the first."""
    exercise = ladder.exercise
    if ladder.rung >= Rung.IDEA and exercise.idea:
        return exercise.idea
    return exercise.nudge or exercise.idea


def known_of(ladder: Ladder, explanation: str, summary: str) -> tuple[str, ...]:
    """The texts that a reply has to stand on: the exercise, its hints so far, and the lesson."""
    exercise = ladder.exercise
    # Without the choices: whoever says something of one of them says too much.
    task = f"{exercise.prompt}\n{exercise.given}"
    hints = [] if must_try_first(ladder) else [hint_of(ladder)]
    return tuple(text for text in (task, *hints, summary, explanation) if text.strip())
