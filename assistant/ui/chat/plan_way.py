"""Where in the Plan place that is to be seen which a sentence in the chat changed."""

from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from assistant.planner.commands.phrases import CommandKind

if TYPE_CHECKING:
    from assistant.services.planning.acting import Acted, Proposal


@dataclass(frozen=True, slots=True)
class PlanWay:
    """A page of the Plan place.

    Args:
        words: What the way is called on a button.
        page: Key of the page.
        day: What is to be seen of the week; None for today.
    """

    words: str
    page: str
    day: date | None = None


_WEEK = PlanWay("Show the week", "week")
_TODAY = PlanWay("Show today", "today")
_INBOX = PlanWay("Show the inbox", "inbox")


def way_to(proposal: "Proposal", acted: "Acted", zone: tzinfo) -> PlanWay:
    """The week with the day on which the task stands now; a task without a time, among its like.

    Args:
        proposal: What was proposed.
        acted: What was done of it.
        zone: Where the user lives.
    """
    if proposal.command.kind is CommandKind.PLAN_DAY:
        return _TODAY
    if proposal.command.kind is CommandKind.PLAN_WEEK:
        return _WEEK
    plan = acted.plan or proposal.foreseen.plan or proposal.foreseen.before
    blocks = () if plan is None else plan.blocks
    days = [one.start.astimezone(zone).date() for one in blocks if one.task in acted.tasks]
    new = None if proposal.draft is None else proposal.draft.new
    if new is not None and new.fixed_start is not None:
        days.insert(0, new.fixed_start.astimezone(zone).date())
    elif new is not None and not days and new.due is not None:
        days.append(new.due.moment.astimezone(zone).date())
    if days:
        return PlanWay("Show the week", "week", days[0])
    return _INBOX if new is not None and new.project is None else _WEEK
