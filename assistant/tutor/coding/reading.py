"""From a text to all that can be read off it, or to why it cannot be read."""

import ast
import warnings

from assistant.domain.code_review import CodeReading, Finding, Unreadable
from assistant.tutor.coding import calls, comparing, functions, loops, names
from assistant.tutor.coding.measures import measures_of
from assistant.tutor.coding.refusals import MOST_CHARS, refused
from assistant.tutor.coding.syntax_words import unreadable_of
from assistant.tutor.coding.telling import told_of

_TOO_DEEP = Unreadable(
    "too_deep",
    0,
    "The program nests so deeply that it can't be looked at.",
    "Split it into smaller expressions and functions.",
)


def read_code(source: str) -> CodeReading:
    """Everything that can be read off a program; never fails, whatever the text is.

    Args:
        source: The text of one file; with more than ``MOST_CHARS`` characters it is refused.
    """
    tree = parsed(source)
    if isinstance(tree, Unreadable):
        return CodeReading(unreadable=tree)
    try:
        return CodeReading(
            told_of(tree),
            _findings(tree),
            measures_of(tree),
            names.uses_of(tree),
        )
    except RecursionError:
        return CodeReading(unreadable=_TOO_DEEP)


def parsed(source: str) -> ast.Module | Unreadable:
    """The program's tree, or why there is none."""
    source = source.removeprefix("\ufeff")  # of an editor
    refusal = refused(source)
    if refusal is not None:
        return refusal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # findings of our own tell of these
            return ast.parse(source)
    except SyntaxError as error:
        return unreadable_of(error, source)
    except (RecursionError, MemoryError):
        return _TOO_DEEP
    except ValueError:  # null bytes, before Python 3.12
        return Unreadable("not_text", 0, "This is no text of a program.", "Open a .py file.")


def _findings(tree: ast.Module) -> tuple[Finding, ...]:
    found: set[Finding] = set()
    for look in (comparing.found_in, calls.found_in, loops.found_in, functions.found_in):
        found.update(look(tree))
    found.update(names.found_in(tree))
    return tuple(sorted(found, key=lambda one: (one.line, one.kind, one.words)))


__all__ = ["MOST_CHARS", "parsed", "read_code"]
