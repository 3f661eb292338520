"""What a question asks, whatever its wording: two that ask the same are one to the learner."""

import builtins
import keyword
import re
from typing import Final

from assistant.domain.exercise import Exercise

_PROGRAM: Final = re.compile(r"```python\n(.*?)```", re.DOTALL)
_FORMULA: Final = re.compile(r"\$[^$]+\$")
_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*")
_TOKEN: Final = re.compile(r"""\"[^"\n]*\"|'[^'\n]*'|[^\W\d]\w*|\S""")
_WORD: Final = re.compile(r"[\w♯♭#%€-]+(?:[.,/:]\w+)*")
_LITTLE: Final = """
    a an and are calculate compute do does each find for from give how in into is it many much
    name of on out put say that the then there this to what which with work write you
"""
_FRAMES: Final = frozenset((*_LITTLE.split(), *map(str.capitalize, _LITTLE.split()))) - {"A"}
"""Of questions in words; A may be a note."""
_KEPT: Final = frozenset((*keyword.kwlist, *dir(builtins)))


def asked_of(exercise: Exercise) -> tuple[str, ...]:
    """The same for two questions with the same program up to its names, or the same formulas.

    The sentence around a program or a formula says nothing of its own; the answer, its form and the
    choices tell apart what is asked about them. Of a question in words the little words are left
    out.
    """
    prompt = exercise.prompt
    programs = _PROGRAM.findall(prompt)
    if programs or exercise.code is not None:
        shown = [_renamed(source) for source in programs]
        words = [prompt] if exercise.code is not None else []
        return (exercise.kind.value, *words, *shown, *_answers(exercise))
    formulas = _FORMULA.findall(prompt)
    if formulas:
        numbers = _NUMBER.findall(_FORMULA.sub("", prompt))
        return (exercise.kind.value, *formulas, *numbers, exercise.given, *_answers(exercise))
    words = [one for one in _WORD.findall(prompt) if one not in _FRAMES]
    return (exercise.kind.value, *words, exercise.given, *_answers(exercise))


def _answers(exercise: Exercise) -> tuple[str, ...]:
    """Key, its form, and the choices where they are a part of the question."""
    key = exercise.key
    return (key.answer, key.form.value, key.unit, *sorted(one.text for one in exercise.choices))


def _renamed(source: str) -> str:
    """The program with its names numbered, in the order in which they come; texts stay."""
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        token = found[0]
        if not token.isidentifier() or token in _KEPT:
            return token
        return names.setdefault(token, f"name{len(names)}")

    return _TOKEN.sub(named, source)
