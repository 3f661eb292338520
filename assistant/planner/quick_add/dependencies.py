"""Tasks that come first, as a line names them: “after finishing x”, “once x is done”."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_QUOTED: Final = re.compile(
    r"(?<!\w)(?:after|depends on|blocked by):? (?:\"([^\"\n]{1,120})\"|\[\[([^\]\n]{1,120})\]\])",
    re.IGNORECASE,
)
_TRIGGER: Final = re.compile(r"(?<!\w)(?:after|depends on|blocked by):? ", re.IGNORECASE)
_DOING: Final = re.compile(
    r"(?<!\w)(?:after|once|when|as soon as) (?:i have |i am |i'm |i've |i )?"
    r"(?:finishing|completing|finish|finished|complete|completed|done with) (?:with )?"
    r"((?:the |my |our )?)",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"(?<!\w)(?:after|once|when|as soon as) (?:the |my |our )?([^,;\n]{2,80}?) "
    r"(?:is|are|has been|gets) (?:done|finished|completed?|ready|over|handed in|submitted)(?!\w)",
    re.IGNORECASE,
)
_ANY: Final = re.compile(
    r"(?<!\w)(?:after|depends on|blocked by|once|when|as soon as)(?::? )", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SMALL: Final = frozenset(["the", "my", "our", "a", "an", "of", "for", "with", "on", "to", "and"])
_MOST_WORDS: Final = 8


def may_name_tasks(text: str) -> bool:
    """Whether a line has words behind which the title of a task may stand."""
    return _ANY.search(text) is not None


def dependencies_in(text: str, tasks: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Titles of tasks that come first, and where the line names them.

    Args:
        text: The line.
        tasks: Titles that are known. In quotation marks any title may stand; where no task is
            called so, but for some of its words, it is that task.
    """
    for match in _QUOTED.finditer(text):
        named = match[1] or match[2]
        yield titled(named, tasks) or named, match.start(), match.end()
    if not tasks:
        return
    yield from _by_their_titles(text, tasks)
    for match in _DONE.finditer(text):
        title = titled(match[1], tasks)
        if title is not None:
            yield title, match.start(), match.end()
    for match in _DOING.finditer(text):
        words = list(_WORD.finditer(text, match.end()))[:_MOST_WORDS]
        for last in reversed(words):
            title = titled(text[match.end() : last.end()], tasks)
            if title is not None:
                yield title, match.start(), last.end()
                break


def titled(words: str, tasks: Sequence[str]) -> str | None:
    """The one title that is called so, or that alone has all of the words; None for no or more."""
    said = _content(words)
    if not said:
        return None
    plain = words.strip().lower()
    same = [task for task in tasks if task.lower() == plain]
    near = [task for task in tasks if said <= _content(task)]
    begins = [task for task in near if task.lower().startswith(plain)]
    for found in (same, begins, near):
        if len({task.lower() for task in found}) == 1:
            return found[0]
    return None


def _by_their_titles(text: str, tasks: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Without quotation marks: “after” and a whole title."""
    triggers = list(_TRIGGER.finditer(text))
    named = sorted({task for task in tasks if task.strip()}, key=len, reverse=True) * bool(triggers)
    for trigger in triggers:
        begin = trigger.end()
        for task in named:
            end = begin + len(task)
            whole = not text[end : end + 1].isalnum()
            if whole and text[begin:end].lower() == task.lower():
                yield task, trigger.start(), end
                break


def _content(words: str) -> frozenset[str]:
    found = {match[0].lower() for match in _WORD.finditer(words)}
    return frozenset(found - _SMALL)
