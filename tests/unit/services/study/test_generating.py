"""Exercises by chance over a course: all different, the same for the same seed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.domain.exercise import ProvedBy
from assistant.domain.ids import ConceptId, CourseId
from assistant.engine.scripted import Script, scripted_engine
from assistant.services.core import Core, CoreOptions
from assistant.services.study.generating import Made, Wish

ALGEBRA = CourseId("algebra-and-arithmetic")


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    options = CoreOptions(paths=profile_paths(tmp_path / "profile"), keyring=False)
    made = Core(options, scripted_engine(Script()))
    yield made
    made.close()


def _made(core: Core, count: int, seed: int = 1, **more: object) -> tuple[Made, ...]:
    wish = Wish(count, seed, **more)  # pyright: ignore[reportArgumentType] - fields of it
    return core.study.generating.make(wish).result(60)


def test_all_concepts_take_turns_and_nothing_comes_twice(core: Core) -> None:
    made = _made(core, 40, course=ALGEBRA)
    assert len({one.exercise.prompt for one in made}) == len(made) == 40
    concepts = [one.exercise.concept for one in made]
    every = [concept.id for concept in core.study.library.course(ALGEBRA).concepts]
    assert concepts == every + every[:7]
    assert [made[at].exercise.difficulty for at in (0, 33)] == [1.0, 2.0]


def test_the_same_seed_makes_the_same_and_another_others(core: Core) -> None:
    concept = ConceptId("roots")
    first, again, other = (_made(core, 8, seed, course=ALGEBRA, concept=concept, difficulty=4.0)
                           for seed in (5, 5, 6))  # fmt: skip
    assert first == again
    assert first != other
    assert {one.exercise.difficulty for one in first} == {4.0}


def test_it_ends_where_there_are_no_more_different_ones(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = core.study.maker.make

    def always_the_same(generator: str, concept: ConceptId, difficulty: float, _: int) -> object:
        return make(generator, concept, difficulty, 1)

    monkeypatch.setattr(core.study.maker, "make", always_the_same)
    made = _made(core, 20, course=ALGEBRA, concept=ConceptId("powers"), difficulty=1.0)
    assert len(made) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"count": 0}, "count_out_of_bounds"),
        ({"count": 20_000}, "count_out_of_bounds"),
        ({"difficulty": 6.0}, "difficulty_out_of_bounds"),
        ({"difficulty": float("nan")}, "difficulty_out_of_bounds"),
        ({"concept": ConceptId("no-such")}, "concept_unknown"),
        ({"course": CourseId("no-such")}, "course_unknown"),
    ],
)
def test_what_cannot_be_made_is_said(core: Core, more: dict[str, object], code: str) -> None:
    if code == "course_unknown":
        core.vault.open("a lamp on a desk in the evening").result(60)
    with pytest.raises(UserFacingError) as caught:
        _made(core, **{"count": 1, "course": ALGEBRA, **more})  # pyright: ignore[reportArgumentType] - fields of it
    assert caught.value.code == code


def test_what_programs_print_is_proved_by_running_them(core: Core) -> None:
    made = _made(core, 3, course=CourseId("python-from-zero"), concept=ConceptId("while-loops"))
    assert {one.exercise.proof.by for one in made} == {ProvedBy.TESTS}
    for one in made:
        assert one.exercise.key.answer in {choice.text for choice in one.exercise.choices}
        assert "while" in one.exercise.prompt


def test_practice_takes_the_written_exercises_first_and_then_made_ones(core: Core) -> None:
    core.vault.open("a lamp on a desk in the evening").result(60)
    core.study.enrolments.enrol(ALGEBRA).result(60)
    ids: list[str] = []
    for _ in range(9):
        given = core.study.practice.next(ALGEBRA, ConceptId("order-of-operations")).result(60)
        exercise = given.exercise
        ids.append(exercise.id)
        core.study.practice.answer(exercise.id, exercise.key.answer, 5.0).result(60)
    assert len(set(ids)) == len(ids)
    assert ids[0].startswith(f"{ALGEBRA}/order-of-operations/")
    assert [one for one in ids if one.startswith("order-of-operations:")]
