"""Proves keys about programs by running them: every choice is tried, not the right one alone."""

import re
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Final

from assistant.tutor.making.drafts import About, Draft

Run = Callable[[str], str]
"""Runs a program sealed off: what it prints, or the name of the error that ended it."""
GAP: Final = "___"
_CHANGE: Final = re.compile(r"Line (\d+): `(.*)`", re.DOTALL)
_PASSED: Final = "every test passed"
_RUNS_TESTS: Final = f"""
for _name, _test in list(globals().items()):
    if _name.startswith("test_"):
        _test()
print("{_PASSED}")
"""
_WORDS: Final = {
    About.PROGRAM: "The program was run in the sandbox, and this is what it printed.",
    About.GAP: "Each choice was put into the program and run: only one gives this output.",
    About.CHANGE: "The program was run with each of the changes: only one gives the right output.",
    About.ONLY_PRINTS: "Each choice was run after the program: one is true, the others are not.",
    About.TESTS: "The reference passes the tests in the sandbox; the stub and wrong ones do not.",
}


def proved(draft: Draft, run: Run) -> str | None:
    """How runs showed that the key is right; None where they did not."""
    data, about = draft.claim.data, draft.claim.about
    if about is About.TESTS:
        holds = _tested(draft, data, run)
    elif about is About.PROGRAM:
        holds = run(data[0]).strip() == draft.answer
    else:
        holds = _one_alone(draft, _programs(about, data), run)
    return _WORDS[about] if holds else None


def changed(source: str, change: str) -> str:
    """A program with one of its lines put in another way; the line keeps its indentation.

    Args:
        source: The program.
        change: As a choice says it: ``Line 3: `total = 0```.

    Raises:
        ValueError: It says something else, or there is no such line.
    """
    found = _CHANGE.fullmatch(change)
    lines = source.splitlines()
    if found is None or not 1 <= int(found[1]) <= len(lines):
        raise ValueError(f"{change!r} changes no line of the program")
    at = int(found[1]) - 1
    old = lines[at]
    lines[at] = old[: len(old) - len(old.lstrip())] + found[2]
    return "\n".join(lines)


def with_tests(source: str, tests: str, module: str) -> str:
    """A program followed by its tests, which prints a line where all of them pass."""
    ours = [line for line in tests.splitlines() if not line.startswith(f"from {module} import")]
    return "\n".join((source, *ours)) + _RUNS_TESTS


def _programs(about: About, data: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What is wanted, and the program that each choice makes."""
    source, wanted, *choices = data
    if about is About.CHANGE:
        return wanted, {one: changed(source, one) for one in choices}
    if about is About.GAP:
        return wanted, {one: source.replace(GAP, one.strip("`")) for one in choices}
    made = {one: f"{source}\nprint(bool({one.strip('`')}))" for one in choices}
    return wanted, made


def _one_alone(draft: Draft, programs: tuple[str, dict[str, str]], run: Run) -> bool:
    wanted, made = programs
    return draft.answer in made and all(
        (run(source).strip() == wanted.strip()) is (choice == draft.answer)
        for choice, source in made.items()
    )


def _tested(draft: Draft, wrong: Sequence[str], run: Run) -> bool:
    """The reference passes, and neither the starter nor any of the wrong programs does.

    The tests run behind the program, so that a name which none can be imported by is refused here.
    """
    task = draft.code
    if task is None or not task.module.isidentifier() or iskeyword(task.module):
        return False

    def passes(source: str) -> bool:
        lines = run(with_tests(source, task.tests, task.module)).strip().splitlines()
        return lines[-1:] == [_PASSED]

    return passes(task.reference) and not any(map(passes, (task.starter, *wrong)))
