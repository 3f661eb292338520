"""The planner learns from a real vault: lengths, chances, questions, versions and rolling back."""

import importlib
import math
import random
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.domain.errors import Cancelled, UserFacingError
from assistant.domain.schedule import Remedy
from assistant.domain.task import Task
from assistant.planner.learning.durations import foretell
from assistant.planner.learning.keeping import to_bytes
from assistant.planner.learning.own_durations import train
from assistant.planner.learning.timed_tasks import TimedTask
from assistant.services.jobs import Job
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import MONDAY, Planning


class _NoMeaning:
    embedder = None


@pytest.fixture(autouse=True)
def words_alone(stand: Planning) -> None:
    stand.services._meaning = _NoMeaning  # type: ignore[assignment] - has what is asked of it


def lived(stand: Planning, count: int, factor: float = 1.8) -> list[Task]:
    """Works through tasks that take longer than thought, one a day."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    done: list[Task] = []
    services = stand.services
    for at in range(count):
        minutes = chance.choice([30, 60, 120])
        (task,) = stand.add(f"write part {at % 4} ~{minutes}m #essay by tomorrow")
        begin = stand.clock.moment
        took = minutes * factor * chance.uniform(0.8, 1.25)
        stand.clock.forward(minutes=took)
        services.timing.log(task.id, begin, stand.clock.moment).result(60)
        services.completing.complete([task.id]).result(60)
        done.append(task)
        stand.clock.moment = begin + timedelta(days=1)
    return done


def test_at_first_the_users_own_figure_stands(stand: Planning) -> None:
    learning = stand.services.learning
    found = learning.estimate("write essay", 60).result(60)
    assert (found.minutes, found.own_min, found.corrected) == (60, 60, False)
    assert found.low < 60 < found.high
    unknown = learning.estimate("write essay", None).result(60)
    assert (unknown.minutes, unknown.own_min) == (60, None)
    assert "nothing like it" in unknown.because[0]
    assert stand.services.training.retrain().result(60) == ()
    assert not stand.services.training.retrain_if_due().result(60)
    habits = learning.habits().result(60)
    assert (len(habits.energy), len(habits.energy[0]), habits.focus_min) == (7, 24, 50)
    insights = learning.insights().result(60)
    assert (insights.done, insights.on_time, insights.spent) == (0, None, ())


def test_it_learns_says_why_and_can_be_rolled_back(stand: Planning) -> None:
    services = stand.services
    lived(stand, 48)
    assert services.training.retrain_if_due().result(60)
    assert not services.training.retrain_if_due().result(60)
    versions = {one.kind: one for one in services.training.versions().result(60)}
    assert versions["durations"].live
    assert versions["durations"].figures["tasks"] == 48
    (asked,) = stand.add("write part 2 ~60m #essay by tomorrow")
    found = services.learning.length_of(asked.id).result(60)
    assert found.corrected
    assert 85 < found.minutes < 135
    assert found.alike[0].title == "write part 2"
    assert any("essay" in reason for reason in found.because)
    risk = services.learning.risk(asked.id).result(60)
    assert risk.on_time is not None
    assert 0 < risk.on_time < 1
    assert risk.causes
    assert risk.urgency_points > 0
    insights = services.learning.insights().result(60)
    assert insights.done == 48
    assert insights.on_time == 1
    assert insights.spent[0].spent > 1.5 * insights.spent[0].estimated
    assert insights.patterns
    assert insights.usual_focus_min is not None
    assert insights.energy_tasks == 48
    assert services.training.roll_back("durations").result(60) is None
    plain = services.learning.length_of(asked.id).result(60)
    assert (plain.minutes, plain.corrected) == (60, False)
    services.training.retrain().result(60)
    services.training.retrain().result(60)
    back = services.training.roll_back("durations").result(60)
    assert back is not None
    assert back.version == 2
    with pytest.raises(UserFacingError) as caught:
        services.training.roll_back("weather").result(60)
    assert caught.value.code == "model_kind_unknown"


class _Nothing:
    def look_now(self, _: int) -> Outlook:
        return Outlook((), 0, planned=False)


def test_a_plan_goes_by_what_was_learnt(stand: Planning) -> None:
    services = stand.services
    services._study = SimpleNamespace(outlook=_Nothing())  # type: ignore[assignment] - asked alone
    same = stand.add("write part 2 ~60m #essay", "paint the fence ~60m")
    assert services.learning.learnt_now(same).minutes == {}
    assert services.learning.learnt_now(same).focus_min is None
    services.tasks.delete([one.id for one in same]).result(60)
    lived(stand, 48)
    known, own, other = stand.add("write part 3 #essay", "write part 2 ~60m #essay", "fly a kite")
    before = services.learning.learnt_now((known, own, other))
    assert before.focus_min is not None
    assert before.focus_min > 60
    assert set(before.minutes) == {known.id}  # like tasks were done, and no model is asked yet
    assert services.training.retrain_if_due().result(60)
    learnt = services.learning.learnt_now((known, own, other)).minutes
    assert set(learnt) == {known.id, own.id}
    said = services.learning.length_of(own.id).result(60)
    assert abs(learnt[own.id] - said.minutes) <= 5
    found = services.scheduling.plan(7, 0.3).result(60)
    planned = sum((one.end - one.start for one in found.blocks if one.task == own.id), timedelta())
    assert planned == timedelta(minutes=learnt[own.id])
    shorter = Remedy("", "shorten", "60")
    found = services.remedies.take(own.id, shorter).result(60)
    planned = sum((one.end - one.start for one in found.blocks if one.task == own.id), timedelta())
    assert timedelta(minutes=45) <= planned <= timedelta(minutes=60)


def test_questions_are_few_and_their_answers_are_used(stand: Planning) -> None:
    questions, learning = stand.services.questions, stand.services.learning
    calm = learning.estimate("x", 60).result(60)
    for answer in ("evening", "double", "90"):
        asked = questions.question().result(60)
        assert asked is not None
        with pytest.raises(UserFacingError) as caught:
            questions.answer(asked.id, "nonsense").result(60)
        assert caught.value.code == "answer_invalid"
        questions.answer(asked.id, answer).result(60)
    assert learning.estimate("x", 60).result(60).high > 1.5 * calm.high
    habits = learning.habits().result(60)
    assert habits.focus_min == 90
    assert habits.energy[0][18] > habits.energy[0][9]
    assert questions.question().result(60) is None
    (unknown,) = stand.add("call the bank by friday")
    asked = questions.question().result(60)
    assert asked is not None
    assert asked.id == f"length:{unknown.id}"
    with pytest.raises(UserFacingError):
        questions.answer("alert", "morning").result(60)
    questions.answer(asked.id, "25").result(60)
    assert stand.services.tasks.get(unknown.id).result(60).estimate_min == 25
    assert questions.question().result(60) is None


def test_models_that_cannot_be_read_any_more_are_as_good_as_none(stand: Planning) -> None:
    (task,) = stand.add("x ~30m by friday")
    services, now = stand.services, stand.clock.moment
    for kind in ("durations", "order", "finishing"):
        figures = {"won": True, "seen": 500, "tasks": 500}
        stand.workers.on_store(
            lambda kind=kind, figures=figures: services.model_repository().add(
                kind, now, b"no model", figures, live=True
            )
        ).result(60)
    found = services.learning.length_of(task.id).result(60)
    assert (found.minutes, found.corrected) == (30, False)
    assert not services.learning.risk(task.id).result(60).learnt
    assert not services.training.retrain_if_due().result(60)
    lived(stand, 48)
    assert services.training.retrain_if_due().result(60)
    live = {one.kind: one.version for one in services.training.versions().result(60) if one.live}
    assert live["durations"] == 2
    # What lost its trial is not asked, but neither is what cannot be read.
    assert 1 not in live.values()
    assert not services.training.retrain_if_due().result(60)
    with pytest.raises(UserFacingError) as caught:
        stand.services.learning.risk(type(task.id)(999)).result(60)
    assert caught.value.code == "task_unknown"


def _of_other_figures() -> dict[str, Any]:
    """As a model that was trained when tasks had fewer figures."""
    import numpy as np

    boosting = importlib.import_module("sklearn.ensemble").HistGradientBoostingRegressor
    chance = np.random.default_rng(0)
    figures = chance.normal(size=(60, 13))
    return {
        "knots": [0.0, 1.0, 2.0],
        "weights": [0.1] * 11,
        "boosted": boosting(max_iter=3).fit(figures, figures[:, 0]),
        "bounds": [],
        "shares": [[0.0, 1.0], [0.0, 1.0]],
        "ends": [-0.5, 0.5],
        "count": 60,
    }


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("durations", {}),
        ("durations", {"boosted": None, "weights": [0.1] * 4}),
        ("durations", {"boosted": None, "weights": [math.nan] * 11}),
        ("durations", {"boosted": None, "shares": [[0.0, 1.0, 1.0]]}),
        ("finishing", {"on_time": [1.0, 2.0], "put_off": [1.0] * 8}),
        ("finishing", {"on_time": [math.nan] * 8, "put_off": [1.0] * 8}),
        ("order", {"weights": [1.0, 2.0]}),
    ],
)
def test_a_model_that_fails_at_predicting_is_told_and_the_rule_stands(
    stand: Planning, kind: str, kept: dict[str, Any]
) -> None:
    (task,) = stand.add("x ~30m by friday")
    services, now = stand.services, stand.clock.moment
    if kind == "durations":
        kept = _of_other_figures() | kept
    before = services.learning.risk(task.id).result(60)
    assert not before.lost
    stand.workers.on_store(
        lambda: services.model_repository().add(
            kind, now, to_bytes(kept), {"won": True, "seen": 500}, live=True
        )
    ).result(60)
    found = services.learning.length_of(task.id).result(60)
    assert (found.minutes, found.corrected) == (30, False)
    assert ("cannot be used" in found.because[0]) == (kind == "durations")
    assert services.learning.risk(task.id).result(60) == replace(before, lost=True)
    assert not services.training.retrain_if_due().result(60)


def test_weights_that_were_learnt_before_there_were_terms_of_sequence_are_asked(
    stand: Planning,
) -> None:
    (task,) = stand.add("x ~30m by friday")
    services, now = stand.services, stand.clock.moment
    before = services.learning.risk(task.id).result(60)
    kept = {"on_time": [9.0, *[0.0] * 7], "put_off": [-9.0, *[0.0] * 7]}
    stand.workers.on_store(
        lambda: services.model_repository().add(
            "finishing", now, to_bytes(kept), {"won": True, "seen": 500}, live=True
        )
    ).result(60)
    risk = services.learning.risk(task.id).result(60)
    assert (risk.learnt, risk.lost) == (True, False)
    assert risk.on_time is not None
    assert before.on_time is not None
    assert risk.on_time > 0.99 > before.on_time


def test_what_is_trained_at_once_from_several_places_is_trained_once(stand: Planning) -> None:
    lived(stand, 44)
    training = stand.services.training
    jobs = [training.retrain_if_due() for _ in range(3)]
    assert [job.result(60) for job in jobs].count(True) == 1
    found = training.versions().result(60)
    assert [one.version for one in found if one.kind == "durations"] == [1]


def test_who_tracks_no_time_is_learnt_from_too(stand: Planning) -> None:
    chance = random.Random(5)  # noqa: S311 - nothing secret
    training = stand.services.training
    for _ in range(44):
        long = chance.random() < 0.5
        line = "write an essay ~6h by tomorrow" if long else "call ~10m by tomorrow"
        one, _ = stand.add(line, "read on ~60m")
        stand.clock.forward(days=4 if long else 0.5)
        stand.services.completing.complete([one.id]).result(60)
        stand.clock.forward(days=1)
    assert training.retrain_if_due().result(60)
    versions = {one.kind: one for one in training.versions().result(60)}
    assert set(versions) == {"order", "finishing"}
    assert versions["finishing"].live
    assert "put_off_won" in versions["finishing"].figures
    assert not training.retrain_if_due().result(60)


def test_a_stop_is_heard_while_lengths_are_learnt() -> None:
    said: list[int] = []

    class _Stopping:
        def near(self, task: int) -> list[tuple[int, float]]:
            said.append(task)
            job.cancel()
            return []

        def add(self, task: int) -> None:
            pass

    tasks = [
        TimedTask("me", "x", "", "", 1.0, 1.0, MONDAY + timedelta(days=at)) for at in range(50)
    ]
    job: Job[None] = Job()
    with pytest.raises(Cancelled):
        foretell(tasks, _Stopping(), job.cancel_token.raise_if_cancelled)
    assert said == [0]
    with pytest.raises(Cancelled):
        train(tasks, _Stopping(), _Stopping(), job.cancel_token.raise_if_cancelled)


def test_old_versions_are_forgotten_but_for_the_one_asked(stand: Planning) -> None:
    models = stand.services.model_repository
    now = stand.clock.moment

    def work() -> list[int]:
        for at in range(9):
            models().add("order", now, b"m", {"won": at == 1}, live=at == 1)
        assert models().live("order") == b"m"
        return [one.version for one in models().all()]

    assert stand.workers.on_store(work).result(60) == [9, 8, 7, 6, 5, 2]


def test_after_one_entry_only_what_was_tracked_is_told(stand: Planning) -> None:
    services = stand.services
    (essay,) = stand.add("essay #uni")
    begin = stand.clock.moment
    stand.clock.forward(hours=1)
    services.timing.log(essay.id, begin, begin + timedelta(minutes=20)).result(60)
    insights = services.learning.insights().result(60)
    assert [(one.tasks, one.spent, one.unfinished) for one in insights.spent] == [(1, 20 / 60, 1)]
    assert (insights.usual_focus_min, insights.resumed, insights.energy_tasks) == (None, 0, 0)
