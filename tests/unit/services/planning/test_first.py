"""What to do first: lists by it, and answers that count in lists and in the plan at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from assistant.domain.task import Task
from assistant.domain.task_filter import Order, TaskFilter
from assistant.planner.learning.keeping import to_bytes
from assistant.planner.learning.urgency import RULE
from assistant.services.planning.past import Past, PastReader
from assistant.services.planning.training import first_of, weights_of
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import Planning

FIRST = Order.FIRST


class _NoMeaning:
    embedder = None


class _Nothing:
    def look_now(self, _: int) -> Outlook:
        return Outlook((), 0, planned=False)


@pytest.fixture(autouse=True)
def words_alone(stand: Planning) -> None:
    stand.services._meaning = _NoMeaning  # type: ignore[assignment] - has what is asked of it
    stand.services._study = SimpleNamespace(outlook=_Nothing())  # type: ignore[assignment] - asked alone


def titles(tasks: Sequence[Task]) -> list[str]:
    return [one.title for one in tasks]


def past(stand: Planning) -> Past:
    services = stand.services
    return PastReader(
        stand.workers, services.desk, services.settings_repository, services.model_repository
    ).read_order()


def weights(stand: Planning) -> tuple[float, ...]:
    return weights_of(past(stand))


def keep_weights(stand: Planning, kept: Sequence[float], *, live: bool = True) -> None:
    made = stand.clock.moment
    stand.workers.on_store(
        lambda: stand.services.model_repository().add(
            "order", made, to_bytes({"weights": list(kept)}), {"won": live, "seen": 500}, live=live
        )
    ).result(60)


def answer_first(stand: Planning, chosen: Task, other: Task) -> None:
    """Answers as if it were asked now."""
    ids = sorted((chosen.id, other.id))

    def work(_: object) -> None:
        with stand.services.desk.step("Answer a question") as writes:
            writes.keep_answer(f"first:{ids[0]}:{ids[1]}", str(chosen.id))

    stand.services.desk.work(work).result(60)


def test_lists_stand_by_what_to_do_first(stand: Planning) -> None:
    lists, services = stand.services.listing, stand.services
    stand.add("sort box", "pay rent !urgent", "paint", "call Mum at 5pm", "essay by today")
    _, draft = stand.add("old form by yesterday", "draft by today")
    (sort, *_) = lists.inbox().result(60)[0]
    services.tasks.edit([draft.id], lambda one: replace(one, waits_for=(sort.id,))).result(60)
    assert titles(lists.inbox().result(60)[0])[0] == "sort box"
    found = titles(lists.inbox(FIRST).result(60)[0])
    assert found[:2] == ["call Mum", "old form"]
    assert found.index("sort box") < found.index("draft")
    assert found[-1] == "paint"
    today = lists.today(FIRST).result(60)[0]
    assert titles(today.first)[:3] == ["call Mum", "old form", "essay"]
    assert titles(today.overdue) == ["old form"]
    assert lists.today().result(60)[0].first == ()
    # What it waits for is not of today.
    assert titles(today.first)[-1] == "draft"
    assert titles(lists.filtered("due:today", 1, FIRST).result(60)[0]) == ["call Mum"]
    every = lists.all(TaskFilter(order=FIRST, limit=2)).result(60)[0]
    assert titles(every) == ["call Mum", "old form"]
    assert titles(lists.upcoming(order=FIRST).result(60)[0])[:2] == ["call Mum", "essay"]
    newest = lists.inbox(Order.NEWEST).result(60)[0]
    assert newest[0].id > newest[-1].id
    services.completing.complete([every[0].id]).result(60)
    assert titles(lists.filtered("is:done", order=FIRST).result(60)[0]) == ["call Mum"]


def test_lists_go_by_what_was_learnt_and_by_the_rule_until_then(stand: Planning) -> None:
    lists = stand.services.listing
    stand.add("pay rent !urgent", "essay by 1 april")
    assert titles(lists.inbox(FIRST).result(60)[0]) == ["pay rent", "essay"]
    keep_weights(stand, (24.0, 0.5, *RULE[2:]), live=False)
    assert titles(lists.inbox(FIRST).result(60)[0]) == ["pay rent", "essay"]
    keep_weights(stand, (24.0, 0.5, *RULE[2:]))
    assert titles(lists.inbox(FIRST).result(60)[0]) == ["essay", "pay rent"]
    stand.services.training.roll_back("order").result(60)
    assert titles(lists.inbox(FIRST).result(60)[0]) == ["pay rent", "essay"]


def test_the_order_of_a_list_is_remembered_and_undone(stand: Planning) -> None:
    settings = stand.services.settings
    assert settings.order_of("today").result(60) is None
    settings.set_order("today", FIRST).result(60)
    settings.set_order("project:3", Order.NEWEST).result(60)
    assert settings.order_of("today").result(60) is FIRST
    assert settings.order_of("project:3").result(60) is Order.NEWEST
    settings.set_order("today", None).result(60)
    assert settings.order_of("today").result(60) is None
    stand.services.tasks.undo().result(60)
    assert settings.order_of("today").result(60) is FIRST


def test_an_answer_counts_at_once_and_undoing_takes_it_back(stand: Planning) -> None:
    services = stand.services
    for answer in ("morning", "same", "50"):
        asked = services.questions.question().result(60)
        assert asked is not None
        services.questions.answer(asked.id, answer).result(60)
    stand.clock.forward(days=1)
    fence, shed = stand.add("paint fence ~60m !high by friday", "mow lawn ~60m !high by friday")
    stand.clock.forward(minutes=1)
    (tax,) = stand.add("tax ~60m !high by thursday")
    before = weights(stand)
    assert before == RULE
    assert titles(services.listing.inbox(FIRST).result(60)[0]) == [
        "tax",
        "paint fence",
        "mow lawn",
    ]
    asked = services.questions.question().result(60)
    assert asked is not None
    assert set(asked.id.split(":")[1:]) == {str(fence.id), str(shed.id)}
    services.questions.answer(asked.id, str(shed.id)).result(60)
    assert titles(services.listing.inbox(FIRST).result(60)[0]) == [
        "tax",
        "mow lawn",
        "paint fence",
    ]
    learnt = services.learning.learnt_now((fence, shed, tax)).importance
    assert learnt[shed.id] > 1.3 * learnt[fence.id]
    plan = services.scheduling.plan(7, 0.5).result(60)
    starts = {one.task: one.start for one in plan.blocks}
    assert starts[shed.id] < starts[fence.id]
    services.desk.undo().result(60)  # of the plan
    services.desk.undo().result(60)
    assert services.learning.learnt_now((fence, shed, tax)).importance == {}
    assert titles(services.listing.inbox(FIRST).result(60)[0])[1:] == ["paint fence", "mow lawn"]


def test_an_answer_tilts_the_weights_until_a_training_has_weighed_it(stand: Planning) -> None:
    near, big = stand.add("essay by 1 april", "pay rent !urgent")
    stand.clock.forward(hours=1)
    answer_first(stand, near, big)
    tilted = weights(stand)
    assert tilted[0] > RULE[0]
    assert tilted[1] < RULE[1]
    risk = stand.services.learning.risk(near.id).result(60)
    assert {term.name: term.points for term in risk.urgency}["due"] > RULE[0] * 0.2
    stand.clock.forward(hours=1)
    keep_weights(
        stand, RULE, live=False
    )  # it lost its trial, the answer among what it was tried on
    assert weights(stand) == RULE
    assert first_of(past(stand), RULE) == ((near.id, big.id),)
    stand.clock.forward(hours=1)
    answer_first(stand, near, big)
    assert weights(stand) == tilted


def test_what_is_done_first_moves_a_learnt_order_and_not_the_rule(stand: Planning) -> None:
    def do_small_ones_first() -> None:
        (small, _) = stand.add("reply ~5m", "write essay !urgent ~3h")
        stand.clock.forward(hours=1)
        stand.services.completing.complete([small.id]).result(60)
        stand.clock.forward(hours=1)

    do_small_ones_first()
    assert weights(stand) == RULE
    learnt = (*RULE[:5], 3.0, RULE[6])
    keep_weights(stand, learnt)
    assert weights(stand) == learnt
    stand.clock.forward(hours=1)
    do_small_ones_first()
    moved = weights(stand)
    assert moved[5] > 3.0
    assert moved[1] < RULE[1]
    stand.services.desk.undo().result(60)
    assert weights(stand) == learnt


def test_chances_and_lengths_heed_what_was_done_without_a_training(stand: Planning) -> None:
    (asked,) = stand.add("read part 9 by sunday")
    learning = stand.services.learning
    before = learning.risk(asked.id).result(60)
    length = learning.estimate("read part 8", None).result(60)
    for at in range(6):
        (task,) = stand.add(f"read part {at} ~30m by today")
        stand.clock.forward(days=2)
        begin = stand.clock.moment
        stand.services.timing.log(task.id, begin - timedelta(hours=2), begin).result(60)
        stand.services.completing.complete([task.id]).result(60)
        stand.clock.moment = begin - timedelta(days=2)
    stand.clock.forward(days=2, hours=1)
    after = learning.risk(asked.id).result(60)
    effects = {one.name: one.effect for one in after.causes}
    assert effects["usual"] < {one.name: one.effect for one in before.causes}.get("usual", 0.0)
    assert stand.services.training.versions().result(60) == ()
    assert learning.estimate("read part 8", None).result(60).minutes > 1.5 * length.minutes
