"""Which task words of a sentence name."""

import re
from dataclasses import dataclass
from typing import Final

from assistant.domain.clock_face import ClockFace
from assistant.domain.errors import UserFacingError
from assistant.domain.ids import TaskId
from assistant.domain.task import Task
from assistant.planner.commands.reading import Command
from assistant.store.tasks import TaskRepository

_WORD: Final = re.compile(r"\w+")
_SAYS_NOTHING: Final = frozenset(
    ["the", "my", "our", "a", "an", "this", "that", "task", "todo", "appointment", "block"]
)
_LEAST_BEGINNING: Final = 3
_MOST_NAMED: Final = 3
_MOST_CHOICES: Final = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """A task that may be meant."""

    task: TaskId
    title: str
    hint: str
    """What tells it from others of the same title."""


class AmbiguousTaskError(UserFacingError):
    """Words name several tasks.

    Args:
        command: What is to be done.
        words: Those that name them.
        choices: The tasks; at most some.
        more: How many others there are.
    """

    def __init__(
        self, command: Command, words: str, choices: tuple[Choice, ...], more: int
    ) -> None:
        self.command = command
        self.words = words
        self.choices = choices
        names = ", ".join(f"“{one.title[:60]}” ({one.task})" for one in choices[:_MOST_NAMED])
        others = " or others" if more or len(choices) > _MOST_NAMED else ""
        super().__init__(
            f"“{words[:60]}” may be {names}{others}.",
            "Use more words of the title.",
            code="task_ambiguous",
        )

    def chosen(self, choice: Choice) -> Command:
        """The command with what is meant."""
        kept = self.command
        return Command(kept.kind, kept.task, kept.words, (*kept.chosen, (self.words, choice.task)))


def named(repository: TaskRepository, command: Command, words: str, face: ClockFace) -> Task:
    """The open task that words name: by its title, else by words of it or how they begin.

    Args:
        repository: Of the tasks.
        command: What is to be done, with what was chosen before.
        words: Those of the user.
        face: How times of day are written where several may be meant.

    Raises:
        UserFacingError: There is none (``task_unknown``).
        AmbiguousTaskError: There are several.
    """
    for said, task in command.chosen:
        if said == words:
            return repository.get(task)
    exact = repository.titled(words) if words.strip() else ()
    by_words = _by_words(repository, words, whole=command.whole)
    found = exact or repository.several(by_words[: _MOST_CHOICES + 1])
    if not found:
        raise UserFacingError(
            f"There is no open task “{words[:60]}”.",
            "“assistant plan list” shows the tasks; use words of the title.",
            code="task_unknown",
        )
    if len(found) == 1:
        return found[0]
    choices = tuple(Choice(one.id, one.title, _hint(one, face)) for one in found[:_MOST_CHOICES])
    raise AmbiguousTaskError(command, words, choices, len(found) - len(choices))


def names_a_task(repository: TaskRepository, text: str) -> bool:
    """Whether a sentence holds a whole title of an open task, or all its words but small ones."""
    said = set(_words(text))
    return any(
        own and own <= said
        for own in (set(_words(title)) for title in repository.titles(limit=None).values())
    )


def _by_words(repository: TaskRepository, words: str, *, whole: bool) -> list[TaskId]:
    """Tasks whose titles have the words; if it has to be the whole name, begin with them."""
    wanted = _words(words)
    if not wanted:
        return []
    having: list[TaskId] = []
    begun: list[TaskId] = []
    for task, title in repository.titles(limit=None).items():
        own = _words(title)
        if whole and own[: len(wanted)] != wanted:
            continue
        if all(one in own for one in wanted):
            having.append(task)
        elif all(any(_begins(word, one) for word in own) for one in wanted):
            begun.append(task)
    return having or begun


def _begins(word: str, said: str) -> bool:
    if word == said or (len(said) >= _LEAST_BEGINNING and word.startswith(said)):
        return True
    # “cleaning the garage” and “cleaned the garage” name “Clean the garage”.
    stem = said.removesuffix("ing").removesuffix("ed")
    return stem != said and len(stem) >= _LEAST_BEGINNING and word.startswith(stem)


def _words(text: str) -> list[str]:
    return [one for one in _WORD.findall(text.casefold()) if one not in _SAYS_NOTHING]


def _hint(task: Task, face: ClockFace) -> str:
    if task.fixed_start is not None:
        return face.on_day(task.fixed_start)
    return "no deadline" if task.due is None else f"due {task.due.moment:%a %d %b}"
