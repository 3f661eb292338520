"""Shapes of questions about programs: type the output, fill a gap, mend a line, which is true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Any, Final

from assistant.domain.exercise import AnswerKind, CodeTask
from assistant.tutor.making.drafts import About, Claim, Draft, Draw
from assistant.tutor.making.programs import Row, Wrongs, shows
from assistant.tutor.making.proving_programs import GAP, changed

Hints = tuple[str, str, str]
"""Nudge, idea and part."""
Others = Sequence[tuple[str, str]]
"""Wrong choices, each with the id of the wrong idea; "" for none."""
Template = Callable[[Draw], Draft]

NAMES: Final[tuple[str, ...]] = (
    "Ann",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gus",
    "Hana",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
)
THINGS: Final[tuple[str, ...]] = (
    "apple",
    "bread",
    "chair",
    "drum",
    "eraser",
    "fork",
    "grape",
    "hat",
    "ink",
    "jar",
    "kite",
)
_WRITES = 3
_STEP_BY_STEP = "Go through it line by line, and note each value."
_TYPED = ("What does this program print? Type it.", "Type what this program prints.")
_MENDED = (
    "This program should print the following, but it does not. Which change mends it?",
    "One line of this program is wrong: it should print this. Which change helps?",
)
_FILLED = (
    "What belongs into the gap, so that the program prints this?",
    "The program prints what stands below it. What stands in the gap?",
)


def by_level(draw: Draw, *templates: Template) -> Draft:
    """One of the templates, which go from easy to hard; at each level half of them are open.

    The last is a program to be written, which is worth the most: from level 3 on it comes oftener.
    """
    if draw.level >= _WRITES and draw.integer(1, 10) < draw.level:
        return templates[-1](draw)
    return _open(draw, templates)


def mixed(*templates: Template) -> Template:
    """A generator of these, which go from easy to hard; at each level half of them are open."""
    return lambda draw: _open(draw, templates)


def _open(draw: Draw, templates: Sequence[Template]) -> Draft:
    width = (len(templates) + 1) // 2
    first = round((draw.level - 1) / 4 * (len(templates) - width))
    return draw.pick(*templates[first : first + width])(draw)


def printed(draw: Draw, row: Row, hints: Hints) -> Draft:
    """What a program prints, to be chosen."""
    lines, value, wrong = row
    return shows(draw, lines, value, wrong, hints)


def typed(draw: Draw, lines: Sequence[str], answer: object, wrong: Wrongs, hints: Hints) -> Draft:
    """What a program prints, to be typed: a number or a few words."""
    source, text = "\n".join(lines), str(answer)
    expected = [(str(value), idea) for value, idea in wrong]
    return Draft(
        kind=AnswerKind.NUMBER if isinstance(answer, int) else AnswerKind.SHORT,
        prompt=f"{draw.pick(*_TYPED)}\n\n{_fenced(source)}",
        answer=text,
        claim=Claim(About.PROGRAM, (source,)),
        nudge=hints[0],
        idea=hints[1],
        part=hints[2],
        solution=(_STEP_BY_STEP, f"`{text}`"),
        wrong=tuple((value, idea) for value, idea in expected if value != text),
    )


def gap(draw: Draw, lines: Sequence[str], right: str, others: Others, wanted: object) -> Draft:
    """A program with ``___`` in it: only one of the choices gives the output."""
    source, output = "\n".join(lines), str(wanted)
    choices = [(f"`{right}`", ""), *((f"`{text}`", idea) for text, idea in others)]
    return _chosen(
        draw,
        f"{draw.pick(*_FILLED)}\n\n{_fenced(source)}\n\n{_fenced(output, 'text')}",
        Claim(About.GAP, (source, output, *(text for text, _ in choices))),
        choices,
        (
            "Read the output first: which line makes it?",
            "Put each of the choices into the gap in thought, and go through the program with it.",
            "Ask of each choice what kind of thing it gives: a number, a text, a list, a function?",
        ),
        source.replace(GAP, right),
    )


def mended(
    draw: Draw, lines: Sequence[str], right: tuple[int, str], others: Sequence[tuple[int, str, str]]
) -> Callable[[object, Hints], Draft]:
    """A faulty program: only one of the changes makes it print what it should.

    Args:
        draw: Shuffles the changes.
        lines: The program.
        right: Number of the line, from 1, and what is to stand there.
        others: The same, each with the id of the wrong idea; "" for none.
    """
    source = "\n".join(lines)
    choices = [(_change(*right), "")]
    choices += [(_change(number, text), idea) for number, text, idea in others]

    def made(wanted: object, hints: Hints) -> Draft:
        return _chosen(
            draw,
            f"{draw.pick(*_MENDED)}\n\n{_fenced(source)}\n\n{_fenced(str(wanted), 'text')}",
            Claim(About.CHANGE, (source, str(wanted), *(text for text, _ in choices))),
            choices,
            hints,
            changed(source, choices[0][0]),
        )

    return made


def which(
    draw: Draw, ask: str, lines: Sequence[str], right: str, others: Others, hints: Hints
) -> Draft:
    """Which expression is true after a program; the others are not."""
    source = "\n".join(lines)
    choices = [(f"`{right}`", ""), *((f"`{text}`", idea) for text, idea in others)]
    return _chosen(
        draw,
        f"{ask}\n\n{_fenced(source)}",
        Claim(About.ONLY_PRINTS, (source, "True", *(text for text, _ in choices))),
        choices,
        hints,
        f"{source}\nprint({right})  # True",
    )


def challenge(title: str, prompt: str, task: CodeTask, wrong: Sequence[str], hints: Hints) -> Draft:
    """A program to be written; the tests refuse the starter and the wrong ones.

    Args:
        title: A few words.
        prompt: What is to be written.
        task: Starter, tests and reference.
        wrong: Programs that look right and are not: tests that accept one prove nothing.
        hints: Nudge, idea and part.
    """
    return Draft(
        kind=AnswerKind.CODE,
        title=title,
        prompt=prompt,
        answer="",
        claim=Claim(About.TESTS, tuple(wrong)),
        nudge=hints[0],
        idea=hints[1],
        part=hints[2],
        solution=(hints[1], _fenced(task.reference.strip())),
        code=task,
    )


def assertions_of(module: str, name: str, *calls: tuple[str, object]) -> str:
    """Plain test functions, one for each call and what it has to give."""
    tests = [
        f"def test_{number}():\n    assert {call} == {wanted!r}"
        for number, (call, wanted) in enumerate(calls, start=1)
    ]
    return f"from {module} import {name}\n\n\n" + "\n\n\n".join(tests) + "\n"


@dataclass(frozen=True, slots=True)
class Work:
    """A function to be written.

    Args:
        head: Name and parameters: ``"cost(cups)"``.
        ask: What it hands back, as the end of a sentence.
        body: Its lines.
        slip: Lines that look right and are not.
        key: The same once more, to work out what the tests want; of all arguments in a tuple where
            there are several.
    """

    head: str
    ask: str
    body: tuple[str, ...]
    slip: tuple[str, ...]
    key: Callable[[Any], object]


def written(work: Work, rows: Sequence[object], module: str, hints: Hints) -> Draft:
    """A function to be written; the tests call it with each of the rows."""
    name = work.head.split("(")[0]
    head = f"def {work.head}:"
    calls = [
        (f"{name}({'*' if isinstance(row, tuple) else ''}{row!r})", work.key(row)) for row in rows
    ]
    programs = ["\n".join(block(head, *lines)) + "\n" for lines in (work.body, work.slip)]
    start = "\n".join(block(head, "pass")) + "\n"
    task = CodeTask(module, start, assertions_of(module, name, *calls), programs[0])
    ask = f"Write `{work.head}`. It returns {work.ask}."
    return challenge(f"Write {name}", ask, task, programs[1:], hints)


def block(head: str, *lines: str) -> list[str]:
    """A line and those that belong to it."""
    return [head, *indent("\n".join(lines), "    ").splitlines()]


def _chosen(
    draw: Draw,
    prompt: str,
    claim: Claim,
    choices: Sequence[tuple[str, str]],
    hints: Hints,
    whole: str,
) -> Draft:
    different = dict(reversed(choices))  # the right one, which stands first, wins
    return Draft(
        kind=AnswerKind.CHOICE,
        prompt=prompt,
        answer=choices[0][0],
        claim=claim,
        nudge=hints[0],
        idea=hints[1],
        part=hints[2],
        solution=("Run it in thought with each of them.", _fenced(whole), choices[0][0]),
        choices=draw.shuffled(list(different.items())),
    )


def _change(number: int, text: str) -> str:
    return f"Line {number}: `{text}`"


def _fenced(text: str, language: str = "python") -> str:
    return f"```{language}\n{text}\n```"
