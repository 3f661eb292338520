"""Asks the language model which command a sentence gives that the grammar does not know.

It may only choose from the closed set of commands and name words of the sentence; what it says is
checked, and shown before anything is done.
"""

from collections.abc import Callable
from typing import Any, Final

from assistant.domain.conversation import Role
from assistant.domain.errors import UserFacingError
from assistant.domain.generation import SamplingParams, Turn
from assistant.planner.commands.reading import Command, CommandKind, Reads
from assistant.planner.quick_add.suggested import stands_in
from assistant.services.jobs import Job
from assistant.services.structured import StructuredService, Wish

_LONGEST: Final = 500
_SAMPLING: Final = SamplingParams(temperature=0.0, repeat_penalty=1.0, max_tokens=120)
_OF_THE_GRAMMAR: Final = frozenset(
    {CommandKind.NOW, CommandKind.FREE, CommandKind.LEFT, CommandKind.ON_TIME}
)
"""Questions that the grammar alone knows."""
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "action": {
            "enum": [*(kind.value for kind in CommandKind if kind not in _OF_THE_GRAMMAR), "none"]
        },
        "task": {"type": "string", "maxLength": 200},
        "words": {"type": "string", "maxLength": 200},
    },
    "required": ["action", "task", "words"],
    "additionalProperties": False,
}
_SYSTEM: Final = (
    "Say which command a sentence gives to a planner. add: a new task, its whole text in words. "
    "move or schedule: task is the task that is moved, words is the new day or time. due: words is "
    "the new deadline of task. done: task was done. cancel: task will not be done. delete: task is "
    "taken away. rename: words is the new name of task. priority: words is urgent, high, medium, "
    "normal or low. estimate: words is how long task takes. order: task comes before the task in "
    "words. plan_week, plan_day: the days are to be planned. list: words is the time of which the "
    "tasks are asked for. how_long: how long task takes is asked. when: when task is due or "
    "planned is asked. none: it is none of these. Copy task and words from the sentence; leave "
    "empty what is not needed."
)
_EXAMPLE: Final = "let's do the maths sheet on monday instead"
_ANSWER: Final = '{"action": "move", "task": "maths sheet", "words": "on monday"}'
_LEVELS: Final = frozenset(["urgent", "high", "medium", "normal", "low"])
_NO_TASK: Final = frozenset(
    {CommandKind.PLAN_WEEK, CommandKind.PLAN_DAY, CommandKind.ADD, CommandKind.LIST}
)
_NO_WORDS: Final = frozenset(
    {
        CommandKind.PLAN_WEEK,
        CommandKind.PLAN_DAY,
        CommandKind.DONE,
        CommandKind.CANCEL,
        CommandKind.DELETE,
        CommandKind.HOW_LONG,
        CommandKind.WHEN,
    }
)
_TIMED: Final = frozenset(
    {
        CommandKind.MOVE,
        CommandKind.SCHEDULE,
        CommandKind.DUE,
        CommandKind.ESTIMATE,
        CommandKind.LIST,
    }
)


def asked_command(
    job: Job[Any], structured: Callable[[], StructuredService], text: str, reads: Reads
) -> Command | None:
    """What a model takes a sentence for; None where its words do not hold.

    Args:
        job: Waits for the model, and cancels it.
        structured: Asks for values of a schema.
        text: The sentence.
        reads: Tells whether words for when or how long can be read.
    """
    turns = (
        Turn(Role.SYSTEM, _SYSTEM),
        Turn(Role.USER, _EXAMPLE),
        Turn(Role.ASSISTANT, _ANSWER),
        Turn(Role.USER, text[:_LONGEST]),
    )
    asked = structured().value(_SCHEMA, Wish(turns, _SAMPLING))
    job.cancel_token.watch(asked.cancel)
    try:
        value = asked.result()
    except UserFacingError:
        return None
    if value["action"] == "none":
        return None
    command = Command(CommandKind(value["action"]), value["task"].strip(), value["words"].strip())
    return command if _holds(command, text, reads) else None


def _holds(command: Command, text: str, reads: Reads) -> bool:
    """Whether the words stand in the sentence, and are what the command needs."""
    kind, task, words = command.kind, command.task, command.words
    said = kind is CommandKind.PRIORITY or stands_in(words, text)
    if not (said and stands_in(task, text)):
        return False
    if bool(task) is (kind in _NO_TASK) or bool(words) is (kind in _NO_WORDS):
        return False
    if kind is CommandKind.PRIORITY:
        return words.lower() in _LEVELS
    return kind not in _TIMED or reads(kind, words)
