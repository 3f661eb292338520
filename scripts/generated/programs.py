"""Recomputes keys about programs from what the learner sees, with this very interpreter."""

import re
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from assistant.domain.exercise import AnswerKind, CodeTask, Exercise

_PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)
_OUTPUT = re.compile(r"```text\n(.*?)\n```", re.DOTALL)
_CHANGE = re.compile(r"Line (\d+): `(.*)`")
_RUNS = """
import tests
for name in dir(tests):
    if name.startswith("test_"):
        getattr(tests, name)()
print("passed")
"""


def is_about_programs(exercise: Exercise) -> bool:
    """Whether the key follows from running something."""
    return exercise.kind is AnswerKind.CODE or _PROGRAM.search(exercise.prompt) is not None


def is_right(exercise: Exercise, answer: str) -> bool:
    """Whether an answer holds; for a program to be written the answer is a program.

    Raises:
        ValueError: The question has another shape than any that is known here.
    """
    if exercise.code is not None:
        return _passes(exercise.code, answer)
    found, shown = _PROGRAM.search(exercise.prompt), _OUTPUT.search(exercise.prompt)
    if found is None:
        raise ValueError("there is no program")
    source = found[1]
    if shown is None and not _of_expressions(exercise):
        return _output(source).strip() == answer.strip()
    if shown is None:
        return _output(f"{source}\nprint(bool({answer.strip('`')}))").strip() == "True"
    change = _CHANGE.fullmatch(answer)
    if change is None:
        return _output(source.replace("___", answer.strip("`"))).strip() == shown[1].strip()
    lines = source.splitlines()
    old = lines[int(change[1]) - 1]
    lines[int(change[1]) - 1] = " " * (len(old) - len(old.lstrip())) + change[2]
    return _output("\n".join(lines)).strip() == shown[1].strip()


def _of_expressions(exercise: Exercise) -> bool:
    texts = [choice.text for choice in exercise.choices]
    return bool(texts) and all(text[0] == text[-1] == "`" for text in texts)


@lru_cache(maxsize=8)
def _output(source: str) -> str:
    """What a program prints, or the name of the error that ends it, or that nothing does."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", source],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "it never ends"  # as some wrong changes of a loop do
    if not done.returncode:
        return done.stdout
    return done.stderr.strip().splitlines()[-1].split(":")[0].split(".")[-1]


def _passes(task: CodeTask, source: str) -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"{task.module}.py").write_text(source, encoding="utf-8")
        (folder / "tests.py").write_text(task.tests, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _RUNS],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    return done.returncode == 0 and done.stdout.strip().endswith("passed")
