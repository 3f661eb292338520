"""Every program that a lesson of the Python course shows prints what the lesson says it prints."""

import contextlib
import doctest
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import resources
from assistant.domain.course import Concept
from assistant.render.blocks import CodeBlock
from assistant.render.markdown import parse
from assistant.tutor.courses.reading import read_course

COURSE = read_course(resources() / "courses" / "python-from-zero")
SESSION = ">>> "


@pytest.mark.parametrize("concept", COURSE.concepts, ids=lambda each: each.id)
def test_programs_of_a_lesson_print_what_it_says(
    concept: Concept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # one lesson writes a file
    names: dict[str, object] = {"__name__": "__main__"}
    ran = 0
    for code, wanted in _programs(concept):
        printed = _session(code, names) if SESSION in code else _printed(code, names)
        assert wanted is None or printed.rstrip() == wanted.rstrip(), code
        ran += 1
    assert ran


def _programs(concept: Concept) -> Iterator[tuple[str, str | None]]:
    """A program, and what it prints: "" of a session that goes as shown, None where unsaid."""
    examples = ((one.problem, *(step.shown for step in one.steps)) for one in concept.lesson.worked)
    for text in (concept.lesson.explanation, *(each for shown in examples for each in shown)):
        blocks = [block for block in parse(text) if isinstance(block, CodeBlock)]
        for at, block in enumerate(blocks):
            if block.language != "python":
                continue
            after = blocks[at + 1] if at + 1 < len(blocks) else None
            if SESSION in block.code:
                yield block.code, ""
            else:
                yield block.code, after.code if after and after.language == "text" else None


def _printed(code: str, names: dict[str, object]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "<lesson>", "exec"), names)  # noqa: S102 - our own lessons
    return out.getvalue()


def _session(code: str, names: dict[str, object]) -> str:
    """What goes otherwise than a session shows; "" where all is as shown."""
    test = doctest.DocTestParser().get_doctest(f"{code}\n", names, "lesson", None, 0)
    test.globs = names  # it made a copy
    out = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=out.write, clear_globs=False)
    return out.getvalue()
