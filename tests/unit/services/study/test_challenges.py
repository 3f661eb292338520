"""Challenges by level and topic, and programs that were broken and are found to be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config.paths import profile_paths
from assistant.domain.errors import UserFacingError
from assistant.engine.scripted import Script, scripted_engine
from assistant.services.core import Core, CoreOptions
from assistant.services.study.code_values import ChallengeKind
from tests.unit.services.study.threads import start_threads


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory, starter_model: Path) -> Iterator[Core]:
    """One for all: it opens no vault, and keeps its sandbox warm."""
    assert starter_model.is_file()
    options = CoreOptions(paths=profile_paths(tmp_path_factory.mktemp("p")), keyring=False)
    made = Core(options, scripted_engine(Script()))
    start_threads(made)
    yield made
    made.close()


def test_they_come_from_the_courses_and_are_made_by_chance(core: Core) -> None:
    service = core.study.challenges
    every = service.challenges().result(60)
    made = [each for each in every if each.id.startswith("made:")]
    assert len(every) - len(made) > 150
    assert {each.level for each in made} == {1, 2, 3, 4, 5}
    assert {each.kind for each in every} == {ChallengeKind.WRITE}
    assert len({each.id for each in every}) == len(every)
    titles = {each.topic_title for each in made}
    assert "Recursion" in titles
    hard = service.challenges(4, "recursion").result(60)
    assert hard
    assert {(each.level, each.topic) for each in hard} == {(4, "recursion")}
    by_title = service.challenges(topic="again and again").result(60)
    assert {each.topic for each in by_title} == {"while-loops"}
    again = service.challenges(seed=7).result(60)
    assert again == service.challenges(seed=7).result(60) != every


@pytest.mark.parametrize(("level", "topic"), [(1, "no such topic"), (9, "")])
def test_where_there_is_none_it_is_said(core: Core, level: int, topic: str) -> None:
    for ask in (core.study.challenges.one, core.study.challenges.debugging):
        with pytest.raises(UserFacingError) as refused:
            ask(level, topic).result(60)
        assert refused.value.code == "no_challenge"


def test_one_that_is_given_was_proved_to_be_solvable(core: Core) -> None:
    for seed in (0, 1):
        given = core.study.challenges.one(2, seed=seed).result(60)
        assert given.proof.startswith("A solution passes its ")
        task = given.task
        sandbox = core.study.grading.sandbox
        assert sandbox.grade(task.reference, task.tests, task.module).all_passed
        assert not sandbox.grade(task.starter, task.tests, task.module).all_passed
        assert given == core.study.challenges.one(2, seed=seed).result(60)


def test_who_wants_to_write_is_given_one_to_mend_only_where_there_is_no_other(core: Core) -> None:
    service, topic = core.study.challenges, "first-functions"
    titles = [one.title for one in service.challenges(topic=topic).result(60)]
    mending = [title for title in titles if title.startswith("Mend")]
    assert mending
    assert len(mending) < len(titles)
    given = [service.one(topic=topic, seed=seed).result(60) for seed in range(12)]
    assert not [one.title for one in given if one.title.startswith("Mend")]


@pytest.mark.parametrize(("level", "topic"), [(None, ""), (3, ""), (None, "recursion")])
def test_a_program_to_mend_fails_its_tests_and_is_right_without_the_slip(
    core: Core, level: int | None, topic: str
) -> None:
    for seed in (2, 3):
        given = core.study.challenges.debugging(level, topic, seed=seed).result(60)
        task = given.task
        assert given.kind is ChallengeKind.MEND
        assert given.slip
        assert task.starter.splitlines() != task.reference.splitlines()
        sandbox = core.study.grading.sandbox
        broken = sandbox.grade(task.starter, task.tests, task.module)
        assert broken.failed
        assert not broken.trouble
        assert given.proof.startswith(f"{broken.failed} of {len(broken.cases)} tests fail")
        assert sandbox.grade(task.reference, task.tests, task.module).all_passed
        assert given.slip not in given.prompt


def test_a_debugging_exercise_says_once_that_it_is_to_be_mended(core: Core) -> None:
    titles = {
        core.study.challenges.debugging(2, "generators", seed=seed).result(60).title
        for seed in range(4)
    }
    assert all(title.startswith("Mend") and title.count("Mend") == 1 for title in titles)
    assert any(not title.startswith("Mend: ") for title in titles)
