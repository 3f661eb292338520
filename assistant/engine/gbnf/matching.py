"""Whether a text matches a regular expression, in time that cannot explode.

A library that tries one way after the other takes years for ``(a+)+$`` on forty letters, and holds
the interpreter meanwhile. Here all ways are followed at once, as in K. Thompson, “Regular
Expression Search Algorithm” (1968): the time is that of the text times that of the expression.
"""

from dataclasses import dataclass, field
from typing import Final

from assistant.engine.gbnf.expressions import (
    LETTERS,
    Ahead,
    AnyCharacter,
    Characters,
    Choice,
    Node,
    Place,
    Repeated,
    Sequence,
    read_expression,
)
from assistant.engine.gbnf.rules import UnsupportedError

_MOST_STATES = 20_000
_MOST_STEPS = 5_000_000
"""A few seconds."""
_LINE_ENDS: Final = "\n\r\u2028\u2029"


class Expression:
    """A regular expression that is compiled.

    Args:
        expression: See ``read_expression``.

    Raises:
        UnsupportedError: It is broken, too large, or has what is not known here.
    """

    def __init__(self, expression: str) -> None:
        self._program = _compiled(read_expression(expression))

    def found_in(self, text: str) -> bool:
        """Whether it matches somewhere in a text.

        Raises:
            UnsupportedError: The text is too long for it.
        """
        return _Search(text).run(self._program, 0, anywhere=True)


@dataclass(frozen=True, slots=True)
class _Test:
    """Goes on to the next state with a character, or where something holds of the place.

    Args:
        node: What is looked at.
        body: What is looked for ahead.
    """

    node: Characters | AnyCharacter | Place | Ahead
    body: "_Program | None" = None


@dataclass(slots=True)
class _Program:
    """States by number: a test that leads to the next, or the states that are gone to at once."""

    states: list[_Test | tuple[int, ...]] = field(default_factory=list["_Test | tuple[int, ...]"])

    def add(self, node: Node) -> None:
        """Appends the states of a part of the tree."""
        if len(self.states) > _MOST_STATES:
            raise UnsupportedError("a pattern is too large")
        if isinstance(node, Sequence):
            for part in node.parts:
                self.add(part)
        elif isinstance(node, Choice):
            self._add_choice(node)
        elif isinstance(node, Repeated):
            self._add_repeated(node)
        else:
            body = _compiled(node.body) if isinstance(node, Ahead) else None
            self.states.append(_Test(node, body))

    def _add_choice(self, node: Choice) -> None:
        fork, begins, ends = self._hold(), list[int](), list[int]()
        for option in node.options:
            begins.append(len(self.states))
            self.add(option)
            ends.append(self._hold())
        self.states[fork] = tuple(begins)
        for end in ends:
            self.states[end] = (len(self.states),)

    def _add_repeated(self, node: Repeated) -> None:
        for _ in range(node.least):
            self.add(node.body)
        if node.most is None:
            fork = self._hold()
            self.add(node.body)
            self.states.append((fork,))
            self.states[fork] = (fork + 1, len(self.states))
            return
        forks: list[int] = []
        for _ in range(node.most - node.least):
            forks.append(self._hold())
            self.add(node.body)
        for fork in forks:
            self.states[fork] = (fork + 1, len(self.states))

    def _hold(self) -> int:
        self.states.append(())
        return len(self.states) - 1


def _compiled(node: Node) -> _Program:
    program = _Program()
    program.add(node)
    return program


@dataclass(slots=True)
class _Search:
    """One text, and how much was looked at so far."""

    text: str
    steps: int = 0

    def run(self, program: _Program, at: int, *, anywhere: bool) -> bool:
        """Whether a program matches at a place, or from there on."""
        now: set[int] = set()
        for place in range(at, len(self.text) + 1):
            if anywhere or place == at:
                now.add(0)
            tests = self._reached(program, now, place)
            if tests is None:
                return True
            if not tests and not anywhere:
                return False
            char = self.text[place] if place < len(self.text) else ""
            states = program.states
            now = {each + 1 for each in tests if char and _takes(states[each], char)}
        return False

    def _reached(self, program: _Program, begins: set[int], place: int) -> list[int] | None:
        """The states that wait for a character; None where the end is reached."""
        tests: list[int] = []
        seen, left = set(begins), list(begins)
        while left:
            each = left.pop()
            if each == len(program.states):
                return None
            self.steps += 1
            if self.steps > _MOST_STEPS:
                raise UnsupportedError("a pattern takes too long on so long a text")
            state = program.states[each]
            if isinstance(state, tuple):
                nexts = state
            elif isinstance(state.node, Characters | AnyCharacter):
                tests.append(each)
                continue
            else:
                nexts = (each + 1,) if self._holds(state, place) else ()
            left += [one for one in nexts if one not in seen]
            seen.update(nexts)
        return tests

    def _holds(self, state: _Test, place: int) -> bool:
        node = state.node
        if isinstance(node, Ahead) and state.body is not None:
            return self.run(state.body, place, anywhere=False) is node.wanted
        sign = node.sign if isinstance(node, Place) else ""
        if sign in "^$":
            return place == (0 if sign == "^" else len(self.text))
        before, after = (_is_letter(self.text[at : at + 1]) for at in (place - 1, place))
        return (before is not after) is (sign == "b")


def _takes(state: "_Test | tuple[int, ...]", char: str) -> bool:
    node = state.node if isinstance(state, _Test) else None
    if isinstance(node, AnyCharacter):
        return char not in _LINE_ENDS
    if isinstance(node, Characters):
        code = ord(char)
        return any(low <= code <= high for low, high in node.ranges) is not node.others
    return False


def _is_letter(char: str) -> bool:
    return char != "" and any(low <= ord(char) <= high for low, high in LETTERS)
