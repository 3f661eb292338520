"""What was learnt of order and of switching reaches the plan, where it beat its rule."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from assistant.planner.learning.rhythm import proved_switching
from assistant.planner.schedule.asking import asked
from assistant.services.planning.blocks import Which
from assistant.services.study.outlook import Outlook
from tests.helpers.planning_stand import MONDAY, Planning


class _Nothing:
    def look_now(self, _: int) -> Outlook:
        return Outlook((), 0, planned=False)


@pytest.fixture(autouse=True)
def alone(stand: Planning) -> None:
    services = stand.services
    services._study = SimpleNamespace(outlook=_Nothing())  # type: ignore[assignment] - asked alone
    services._meaning = lambda: SimpleNamespace(embedder=None)  # type: ignore[assignment] - has what is asked


def order(stand: Planning) -> list[str]:
    return [one.title for one in stand.services.scheduling.plan(7, 0.3).result(60).blocks]


def test_answers_to_what_comes_first_change_the_plan(stand: Planning):
    services = stand.services
    stand.clock.moment = MONDAY - timedelta(days=360)
    old = stand.add(*(f"sort box {at} ~60m" for at in range(8)))
    stand.clock.moment = MONDAY
    new = stand.add(*(f"paint wall {at} ~60m" for at in range(8)))
    assert order(stand)[0].startswith("sort box")

    def answer(_: object) -> None:
        for one in old:
            for other in new:
                with services.desk.step("Answer") as writes:
                    writes.keep_answer(f"first:{one.id}:{other.id}", str(other.id))

    services.desk.work(answer).result(60)
    # They count at once of these very tasks; others like them follow once it is trained.
    assert all(title.startswith("paint wall") for title in order(stand)[:8])
    services.training.retrain().result(60)
    services.tasks.delete([one.id for one in (*old, *new)]).result(60)
    stand.clock.moment = MONDAY - timedelta(days=360)
    stand.add(*(f"sort shelf {at} ~60m" for at in range(8)))
    stand.clock.moment = MONDAY
    stand.add(*(f"paint door {at} ~60m" for at in range(8)))
    assert all(title.startswith("paint door") for title in order(stand)[:8])

    services.training.roll_back("order").result(60)
    assert order(stand)[0].startswith("sort shelf")


def lived(stand: Planning, count: int) -> None:
    """Does tasks; of five, two are done in two goes, and then take 20 minutes longer."""
    for at in range(count):
        (task,) = stand.add(f"write part {at} ~60m")
        for minutes in (40, 40) if at % 5 in {0, 2} else (60,):
            begin = stand.clock.moment
            stand.clock.forward(minutes=minutes)
            stand.services.timing.log(task.id, begin, stand.clock.moment).result(60)
            stand.clock.forward(hours=1)
        stand.services.completing.complete([task.id]).result(60)


def test_the_cost_of_switching_is_planned_with_where_it_proved_better(stand: Planning):
    services = stand.services
    lived(stand, 20)
    stand.add("read ~1h")
    few = asked(services.scheduling.reader.week(7)[0]).problem.weights.switch
    assert few == 40
    lived(stand, 40)
    learnt = services.learning.learnt_now([]).switch_min
    assert learnt is not None
    assert learnt > 10
    week = services.scheduling.reader.week(7)[0]
    assert asked(week).problem.weights.switch == round(5 * learnt)


def test_a_cost_of_switching_that_does_not_prove_better_is_not_used():
    as_ruled = [(2, 8.0 + at % 3 - 1) for at in range(40)]
    turned = [(2, 40.0 if at < 28 else 2.0) for at in range(40)]

    assert proved_switching(as_ruled) is None
    assert proved_switching(turned) is None
    assert proved_switching([(2, 25.0)] * 19) is None
    assert proved_switching([(2, 25.0)] * 40) == pytest.approx(19.3, abs=0.1)


def test_a_chance_knows_what_the_plan_has_no_room_for(stand: Planning):
    services = stand.services
    report, small = stand.add("report ~10h by today 6pm", "essay ~1h by thursday")
    calm = services.learning.risk(report.id).result(60)
    easy = services.learning.risk(small.id).result(60)
    services.scheduling.plan(7, 0.3).result(60)
    found = services.learning.risk(report.id).result(60)

    assert calm.on_time is not None
    assert found.on_time is not None
    assert found.put_off is not None
    assert found.on_time < min(calm.on_time, 0.5)
    assert found.put_off > (calm.put_off or 0)
    assert found.causes[0].name == "plan"
    assert "found no room in the plan" in found.causes[0].text
    assert services.learning.risk(small.id).result(60) == easy


def test_a_chance_knows_that_the_plan_is_too_late(stand: Planning):
    services = stand.services
    (task,) = stand.add("essay ~1h by thursday 6pm")
    before = services.learning.risk(task.id).result(60).on_time
    services.scheduling.plan(7, 0.3).result(60)
    services.scheduling.move(Which(task.id), MONDAY + timedelta(days=4)).result(60)
    found = services.learning.risk(task.id).result(60)

    assert before is not None
    assert found.on_time is not None
    assert found.on_time < before / 2
    assert found.causes[0].text == "1 h of it is planned after its deadline"
