"""Reads a sentence as one of a closed set of commands; what is none of them is refused."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from assistant.domain.ids import TaskId
from assistant.planner.commands.phrases import FORMS, CommandKind, Form

__all__ = ["LONGEST", "Command", "CommandKind", "Reads", "may_be_command", "read_command"]

LONGEST: Final = 500
_MOST_SPLITS: Final = 12
"""How many words the moment at the end of a sentence has at most."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, in the words of the sentence."""

    kind: CommandKind
    task: str = ""
    """Words that name a task."""
    words: str = ""
    """When, how long, how much it matters, its new name, the task that comes later, which tasks
    are asked for, or what is to be added."""
    chosen: tuple[tuple[str, TaskId], ...] = ()
    """Which task is meant by words that may name several, as the user chose."""
    whole: bool = field(default=False, compare=False)
    """Whether only a task is meant that is called so, and none that has the words elsewhere."""


Reads = Callable[[CommandKind, str], bool]
"""Whether words can be read as what a command of this kind needs."""

_READ: Final = frozenset(
    {
        CommandKind.MOVE,
        CommandKind.SCHEDULE,
        CommandKind.DUE,
        CommandKind.ESTIMATE,
        CommandKind.LIST,
        CommandKind.FREE,
        CommandKind.LEFT,
    }
)
"""Kinds whose words have to be read as a moment or a length."""
_MOVED: Final = frozenset({CommandKind.MOVE, CommandKind.SCHEDULE, CommandKind.DUE})
_TIMES: Final = frozenset({CommandKind.LIST, CommandKind.FREE, CommandKind.LEFT})
"""Kinds that ask about a time: in a chat it has to be one that is named."""
_POLITE: Final = re.compile(
    r"^(?:(?:please|pls|plz|ok|okay|hey|hi|now|so|and|also|just|finally|actually)"
    r"[, ]+|let'?s |(?:can|could|would|will|shall) (?:you|we|i|u|ya) "
    r"(?:please )?|i (?:think|guess|believe) (?:that )?)+",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"(?:[.!?\s]|,? (?:please|pls|plz|thanks|thank you|thx))+$", re.IGNORECASE
)
_TO: Final = re.compile(r"\s+(?:to|until|till|on|for)\s+|\s+(?=by\s)", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s+(?:(?:to|until|till|on|for)\s+)?", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:the|my|our|an?) (?=\S)", re.IGNORECASE)
_BETWEEN: Final = frozenset(["to", "until", "till", "on", "for", "by", "at", "of", "it"])
_MOMENT: Final = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b|\b(?:today|tomorrow|tonight|week|"
    r"weekend|noon|midnight|overdue|month|next|days?|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b|\b\d{1,2}(?::\d\d|\s?[ap]m)\b|\bin \d+ ",
    re.IGNORECASE,
)
_IN_HASTE: Final = re.compile(
    r"\b(?P<word>what(?=s\b)|when(?=s\b)|let(?=s\b)|i(?=ve\b)|don(?=t\b)|can(?=t\b)|won(?=t\b))",
    re.IGNORECASE,
)
_NOT_BEFORE: Final = re.compile(
    r",? (?:and |but )?(?:not|instead of|rather than) (?:on |by |until |till |at )?"
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|today|tonight|tomorrow|next|this)\w*|\d)[^,]*$",
    re.IGNORECASE,
)
"""“Tuesday, not Monday”: how it was."""
_AGAIN: Final = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|weekdays|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days)"
    r"\b",
    re.IGNORECASE,
)
_THEN: Final = re.compile(
    r",\s+(?:and )?(then\b|(?:so )?(?:please )?(?:do|move|put|shift|schedule|mark|tick) it\b)",
    re.IGNORECASE,
)
"""A comma behind which the same sentence goes on: “…, do it on Friday”."""
_SENTENCES: Final = re.compile(r"[?;\n]|[.!,:](?=\s)")


def read_command(text: str, reads: Reads, *, certain: bool = True) -> Command | None:
    """The command that a sentence gives; None where it is none.

    Args:
        text: The sentence.
        reads: Tells whether the words for when or how long can be read.
        certain: Whether the planner is spoken to for certain. In a chat it is not: there ordinary
            talk (“I need to understand osmosis”) is no command.
    """
    for form, command in _candidates(text, certain=certain):
        if command.kind is CommandKind.ORDER and reads(CommandKind.DUE, command.words):
            continue  # “before Friday” is a moment
        dated = form.dated and not certain
        if dated and not _MOMENT.search(command.words):
            continue
        if not (dated or command.kind in _READ) or reads(command.kind, command.words):
            return command
    return None


def may_be_command(text: str) -> bool:
    """Whether a sentence in a chat has the form of a command; some microseconds."""
    return any(
        command.kind not in _TIMES or _MOMENT.search(command.words)
        for _, command in _candidates(text, certain=False)
    )


def _plain(text: str) -> str:
    return _ENDS.sub("", _POLITE.sub("", " ".join(text.split())))


def _candidates(text: str, *, certain: bool) -> Iterator[tuple[Form, Command]]:
    if len(text) > LONGEST:
        return
    text = _THEN.sub(r" \1", _IN_HASTE.sub(r"\1'", text.replace("\u2019", "'")))
    plain = _plain(text)
    # In a chat, talk of several sentences is for the model, even if one of them has the form.
    several = _SENTENCES.search(_POLITE.sub("", _ENDS.sub("", text.strip()))) is not None
    for form in FORMS:
        plainly_new = form.kind is CommandKind.ADD and not form.dated
        if not certain and (form.loose or (several and not plainly_new)):
            continue
        found = form.pattern.fullmatch(plain)
        if found is not None:
            whole = form.whole and not certain
            yield from ((form, replace(one, whole=whole)) for one in _commands(form, found))


def _commands(form: Form, found: re.Match[str]) -> Iterator[Command]:
    said = found.groupdict()
    if "rest" in said:
        rest = _as_it_will_be(said["rest"]) if form.kind in _MOVED else said["rest"]
        for task, words in _splits(rest):
            yield Command(form.kind, _named(task), words)
        return
    words = (said.get("words") or form.words).strip()
    moment = said.get("moment")
    if moment is not None and not _MOMENT.search(moment):
        return
    words = words if moment is None else f"{words} {moment}"
    if form.kind in _MOVED:
        words = _as_it_will_be(words)
    yield Command(form.kind, _named(said.get("task") or ""), words)


def _as_it_will_be(words: str) -> str:
    """Words for when, less how it was; of what comes again “not 24 nov” is a day that it is not."""
    return words if _AGAIN.search(words) else _NOT_BEFORE.sub("", words)


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    """Where the moment may begin: behind the last “to” first, tasks have it in their names, too.

    Then wherever a word begins: the longest moment first.
    """
    for split in reversed(list(_TO.finditer(rest))):
        task, words = rest[: split.start()], rest[split.end() :]
        if task.strip() and words.strip():
            yield task, words
    for split in list(_JOINT.finditer(rest))[-_MOST_SPLITS:]:
        task, words = rest[: split.start()], rest[split.end() :]
        if task.strip() and words.strip() and task.strip().lower() not in _BETWEEN:
            yield task, words


def _named(task: str) -> str:
    return _ARTICLE.sub("", task.strip()).strip(" \"“”'")
