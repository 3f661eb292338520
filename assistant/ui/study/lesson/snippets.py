"""The programs within a lesson: which can be run, and what has to go before them; no Qt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.render.blocks import Block, CodeBlock

_PROMPT, _GOES_ON = ">>> ", "..."
_BLANK = "___"
_QUIETLY = """\
def _before(parts):
    import contextlib, io
    for part in parts:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(part, "<before>", "exec"), globals())
        except Exception:
            pass
_before({parts!r})
del _before
"""
_SESSION = """\
def _say(parts):
    for part in parts:
        lines = part.rstrip().split("\\n")
        print("\\n".join([">>> " + lines[0], *("... " + line for line in lines[1:])]))
        exec(compile(part, "<lesson>", "single"), globals())
_say({parts!r})
"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program of a lesson.

    Args:
        code: As it stands there.
        earlier: The programs that stand before it on the page; it may build on them.
    """

    code: str
    earlier: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        """What is run: all on which it builds, silently and on one line, then the program."""
        before = self._before()
        head = f"exec({_QUIETLY.format(parts=before)!r}, globals())\n" if before else ""
        if _PROMPT not in self.code:
            return head + self.code + "\n"
        return head + _SESSION.format(parts=tuple(entries(self.code)))

    def line(self, line: int) -> int:
        """The line of the snippet that is a line of the program; 0 where it is none of it."""
        if _PROMPT in self.code:
            return 0
        return max(0, line - bool(self._before()))

    def _before(self) -> tuple[str, ...]:
        return tuple(part for each in self.earlier for part in _parts(each))


def runnable(block: CodeBlock) -> bool:
    """Whether it is a whole program, or a talk with the interpreter, and no fragment."""
    return block.closed and block.language == "python" and _BLANK not in block.code


def programs_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The whole programs among the blocks, in their order."""
    return tuple(each.code for each in blocks if isinstance(each, CodeBlock) and runnable(each))


def _parts(code: str) -> Sequence[str]:
    """A program by itself; of a talk with the interpreter what was typed."""
    return entries(code) if _PROMPT in code else (code,)


def entries(session: str) -> Sequence[str]:
    """What was typed at each prompt of a talk with the interpreter; its answers are left out."""
    typed: list[str] = []
    for line in session.split("\n"):
        if line.startswith(_PROMPT):
            typed.append(line[len(_PROMPT) :])
        elif typed and re.match(r"\.\.\.( |$)", line):
            typed[-1] += "\n" + line[len(_GOES_ON) + 1 :]
    return [f"{each}\n" if "\n" in each else each for each in typed]
