"""Words that say from when something can be done: “start wed”, “not before june”."""

import re
from typing import Final

_BEGINNINGS: Final = (
    # Behind the name of the task: “start” in front of it is a part of that.
    (
        re.compile(
            r"(?<=\S )(?:starts?|begins?) (?:on )?(?!of\b|in\b|from\b|to\b|at\b|with\b)",
            re.IGNORECASE,
        ),
        "from",
    ),
    (
        re.compile(
            r"(?<!\w)(?:not before|no earlier than|not until|earliest)(?!\w)", re.IGNORECASE
        ),
        "starting",
    ),
)
_SAYS_SO: Final = re.compile(
    r"(?:start|begin|from|not |no |earliest|as of|after|since)"
    r"(?!.*(?:\bto\b|\buntil\b|\btill\b|\bthrough\b|[-\u2013]))",
    re.IGNORECASE,
)


_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK: Final = re.compile(
    r"(?<=\w )(?:after|from|not before|since) "
    r"(?:noon|\d{1,2}(?:[:.]\d\d)?(?: ?(?:[ap]\.?m\b\.?|h\b|o.clock))?)"
    r"(?![\w/.:]| ?(?:to|until|till?|through|[-\u2013])| [a-z])",
    re.IGNORECASE,
)
"""Behind a day: “tomorrow after 4pm”."""


def plain_beginnings(text: str) -> str:
    """A text with such words in the form that the grammar of dates reads, each place kept."""
    for pattern, word in _BEGINNINGS:
        text = pattern.sub(lambda found, word=word: word.ljust(len(found[0])), text)
    return text


def says_beginning(words: str) -> bool:
    """Whether the words of a date name a beginning and no end: “from may”, not “from 2 to 4”."""
    return _SAYS_SO.match(_ISO_DAY.sub("that day", words.strip())) is not None


def says_from_on_a_day(words: str) -> bool:
    """Whether they name a day and from when on it: “tomorrow after 4pm”."""
    return not says_beginning(words) and _CLOCK.search(words) is not None
