"""The courses that ship keep what they promise: keys are right, wrong answers wrong, all drawn."""

from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from assistant.config.paths import resources
from assistant.domain.course import Course
from assistant.domain.exercise import AnswerKind, Exercise
from assistant.render.blocks import (
    Block,
    Heading,
    Inline,
    InlineMath,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Table,
)
from assistant.render.formula import FormulaProblem, FormulaRenderer
from assistant.render.markdown import parse
from assistant.tutor.courses.reading import check_course, read_course
from assistant.tutor.making.maker import graded

COURSES = ("python-from-zero", "algebra-and-arithmetic", "music-theory")
JUDGED_ELSEWHERE = (AnswerKind.CODE, AnswerKind.CHOICE)


@cache
def course_of(name: str) -> Course:
    return read_course(resources() / "courses" / name)


@pytest.mark.parametrize("name", COURSES)
def test_nothing_is_wrong_with_it_and_every_lesson_shows_an_example_and_lets_try(name: str) -> None:
    assert check_course(resources() / "courses" / name) == ()
    for concept in course_of(name).concepts:
        assert concept.lesson.worked, concept.id
        assert concept.lesson.faded, concept.id


@pytest.mark.parametrize("name", COURSES)
def test_what_a_concept_requires_stands_before_it(name: str) -> None:
    before: set[str] = set()
    for concept in course_of(name).concepts:
        assert before.issuperset(concept.requires), concept.id
        before.add(concept.id)


@pytest.mark.parametrize("name", COURSES)
def test_every_key_is_right_and_every_wrong_answer_is_wrong_by_the_idea_it_names(name: str) -> None:
    for exercise in _answered(course_of(name)):
        for answer in (exercise.key.answer, *exercise.key.others):
            assert graded(exercise, answer).correct is True, (exercise.id, answer)
        for answer, idea in exercise.key.wrong:
            found = graded(exercise, answer)
            assert (found.correct, found.misconception) == (False, idea), (exercise.id, answer)


@pytest.mark.parametrize("name", COURSES)
def test_every_formula_of_an_explanation_can_be_drawn(name: str) -> None:
    renderer = FormulaRenderer()
    texts = [concept.lesson.explanation for concept in course_of(name).concepts]
    for latex in {each for text in texts for each in _formulas(parse(text))}:
        try:
            renderer.draw(latex, size_px=16, colour="#000000", display=False)
        except FormulaProblem as problem:
            pytest.fail(f"{latex}: {problem}")


def _answered(course: Course) -> Iterator[Exercise]:
    for concept in course.concepts:
        yield from (one for one in concept.exercises if one.kind not in JUDGED_ELSEWHERE)


def _formulas(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, MathBlock):
            yield block.latex
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _formulas(item.blocks)
        elif isinstance(block, Quote):
            yield from _formulas(block.blocks)
        else:
            yield from (each.latex for each in _inline(block) if isinstance(each, InlineMath))


def _inline(block: Block) -> Iterator[Inline]:
    if isinstance(block, Paragraph | Heading):
        yield from block.spans
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell
