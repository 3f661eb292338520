"""A plan in slots, told as blocks, reasons and remedies in words.

The words are kept with the plan, so their times of day are over 24 hours; ``ClockFace.told`` gives
them another form where they are read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.domain.cancel import CancelToken
from assistant.domain.clock_face import PLAIN_FACE, ClockFace
from assistant.domain.ids import TaskId
from assistant.domain.lengths import length
from assistant.domain.schedule import (
    Because,
    Block,
    BlockKind,
    Overflow,
    Reason,
    Remedy,
    WeekPlan,
)
from assistant.domain.task import DayPart, Task
from assistant.planner.schedule.asking import Asked
from assistant.planner.schedule.hopeless import marked
from assistant.planner.schedule.nearest import only
from assistant.planner.schedule.overflow import MOST_TRIED, Change, Cramped, Lacking, lacking
from assistant.planner.schedule.problem import SLOT_MIN, Item, Piece, Placing
from assistant.planner.schedule.reasons import Cause, causes
from assistant.planner.schedule.times import due_end
from assistant.planner.tasks.often import often

_EVENING = 18
_NAMED = 3


def week_plan(
    ask: Asked,
    placing: Placing,
    made: datetime,
    moved: int = 0,
    tried: int = MOST_TRIED,
    cancel: CancelToken | None = None,
) -> WeekPlan:
    """The plan as the user sees it; without reasons, see ``with_reasons``.

    Args:
        ask: What was asked.
        placing: What came of it.
        made: When.
        moved: How many blocks stand elsewhere than before.
        tried: For how much of what finds no room remedies are tried.
        cancel: Stops the trying of remedies.

    Raises:
        Cancelled: It was asked to stop.
    """
    keyed = [*ask.fixed, *(_block(ask, piece) for piece in _joined(placing.pieces))]
    blocks = [_told(ask, block) for block in _numbered(keyed)]
    items = {item.key: item for item in ask.problem.items}
    found = lacking(ask.problem, placing, tried, cancel)
    return WeekPlan(
        made,
        ask.line.start,
        ask.line.end,
        tuple(blocks),
        tuple(_overflow(ask, one, items[one.key]) for one in found),
        moved,
    )


def with_reasons(
    ask: Asked, placing: Placing, blocks: Sequence[Block], cancel: CancelToken | None = None
) -> tuple[Block, ...]:
    """The blocks of a plan with why each stands where it does.

    Raises:
        Cancelled: It was asked to stop.
    """
    near = marked(only(ask.problem, {piece.key for piece in placing.pieces}))
    pieces = {(piece.key, ask.line.moment(piece.start)): piece for piece in placing.pieces}
    found: list[Block] = []
    for block in blocks:
        if cancel is not None:
            cancel.raise_if_cancelled()
        key = ask.key_of(block.task, block.occurrence)
        piece = pieces.get((key, block.start))
        if piece is None:
            found.append(replace(block, reasons=_fixed_reasons(ask, block, key)))
            continue
        causes_ = causes(near, placing.pieces, piece)
        found.append(replace(block, reasons=tuple(_reason(ask, piece, cause) for cause in causes_)))
    return tuple(found)


def _told(ask: Asked, block: Block) -> Block:
    """A block that goes by a key as one of its task."""
    task, occurrence = ask.own(int(block.task))
    return replace(block, task=task, occurrence=occurrence)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one item that touch are one block."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.key == piece.key and last.end == piece.start:
            found[-1] = Piece(last.key, last.start, last.slots + piece.slots)
        else:
            found.append(piece)
    return found


def _block(ask: Asked, piece: Piece) -> Block:
    wish = ask.study.get(piece.key)
    return Block(
        TaskId(piece.key),
        title_of(ask, piece.key),
        ask.line.moment(piece.start),
        ask.line.moment(piece.end),
        BlockKind.TASK if wish is None else BlockKind.STUDY,
    )


def title_of(ask: Asked, key: int) -> str:
    """What something is called."""
    wish = ask.study.get(key)
    if wish is not None:
        return wish.title
    task = ask.tasks.get(key)
    return "" if task is None else task.title


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks by their start, each with its number among those of its task."""
    ordered = sorted(blocks, key=lambda block: (block.start, block.end, block.task))
    parts: dict[TaskId, int] = {}
    for block in ordered:
        parts[block.task] = parts.get(block.task, 0) + 1
    done: dict[TaskId, int] = {}
    found: list[Block] = []
    for block in ordered:
        done[block.task] = done.get(block.task, 0) + 1
        found.append(replace(block, part=done[block.task], parts=parts[block.task]))
    return found


def _fixed_reasons(ask: Asked, block: Block, key: int) -> tuple[Reason, ...]:
    task = ask.tasks.get(key)
    if task is not None and task.fixed_start is not None:
        text = "It is an appointment: it takes place then"
    elif block.start < ask.line.start:
        text = "It is under way"
    elif block.pinned:
        text = "You put it here"
    else:
        return ()
    said = Reason(Because.PINNED, text)
    if task is not None and task.due is not None and is_late(ask, block):
        due = ask.line.floor(due_end(task.due, ask.line.zone))
        return (said, Reason(Because.LATE, _late(ask, due)))
    return (said,)


def is_late(ask: Asked, block: Block) -> bool:
    """Whether a block ends after what it is of is due."""
    task = ask.tasks.get(ask.key_of(block.task, block.occurrence))
    due = None if task is None else task.due
    return due is not None and block.end > due_end(due, ask.line.zone)


def _late(ask: Asked, due: int) -> str:
    words = when(ask.line.moment(due))
    return f"It was due {words}, and is late" if due <= 0 else f"It is due {words}: this is late"


def _reason(ask: Asked, piece: Piece, cause: Cause) -> Reason:
    otherwise = None if cause.otherwise is None else ask.line.moment(cause.otherwise)
    text = _words(ask, piece, cause.because)
    return Reason(cause.because, text, otherwise)


def _words(ask: Asked, piece: Piece, because: Because) -> str:
    item = next(one for one in ask.problem.items if one.key == piece.key)
    task = ask.tasks.get(item.key)
    if because is Because.ORDER:
        return _order_words(ask, item.key, item.after)
    said = dict(_PLAIN)
    if item.due is not None:
        said[Because.LATE] = _late(ask, item.due)
        said[Because.DEADLINE] = f"It is due {when(ask.line.moment(item.due))}"
    if task is not None and task.priority is not None:
        said[Because.PRIORITY] = f"It matters more than others: its priority is {task.priority}"
    if task is not None and item.key in ask.times:
        said[Because.REPEATS] = _repeats(ask, item.key, task)
    if task is not None and task.prefers is DayPart.EVENING and _begins(ask, piece) < _EVENING:
        said[Because.PREFERRED] = "You like to do it in the evening; your hours end before that"
    begins = when(ask.line.moment(item.release))
    said[Because.NOT_BEFORE] = f"It can't be begun before {begins}"
    said[Because.PLACE] = f"It is done at {item.place}, and the way there takes time"
    return said[because]


def _begins(ask: Asked, piece: Piece) -> int:
    """The hour in which a piece begins."""
    return ask.line.moment(piece.start).hour


def _repeats(ask: Asked, key: int, task: Task) -> str:
    at = ask.times[key].at
    words = often(task.repeat.rule) if task.repeat is not None else ""
    return words + (f": this time of {at:%A} {at.day} {at:%B}" if at else "")


def _order_words(ask: Asked, key: int, after: Sequence[int]) -> str:
    known = [title_of(ask, one) for one in after if title_of(ask, one)]
    if known:
        return "It waits for " + _listed(known)
    later = [title_of(ask, one.key) for one in ask.problem.items if key in one.after]
    return _listed(later) + " waits for it"


def _listed(titles: Sequence[str]) -> str:
    shown = [f"“{title}”" for title in titles[:_NAMED]]
    rest = len(titles) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


_PLAIN = {
    Because.REPEATS: "It is one of several times",
    Because.PRIORITY: "It matters more than others",
    Because.CALENDAR: "Your calendar is taken where it would stand otherwise",
    Because.HOURS: "It is the first room within your hours",
    Because.ENERGY: "You have the energy for it at this time",
    Because.PREFERRED: "You like to do it at this time of day",
    Because.SPREAD: "It is spread, so that no day has too much of it",
    Because.TOGETHER: "It stands where you need not switch between projects",
    Because.STABLE: "It stood here before, and nothing moved it",
    Because.SOONEST: "The sooner it is done, the better",
    Because.FIRST: "It is the first free room that is long enough for it",
    Because.OTHERS: "Other tasks stand where it would be best",
    Because.FREE: "There is room for it here, and nothing needs it elsewhere",
}


def when(moment: datetime, face: ClockFace = PLAIN_FACE) -> str:
    """A moment in words: “Friday 6 March, 17:00”; the end of a day is told as that day."""
    if (moment.hour, moment.minute) == (0, 0):
        day = moment - timedelta(minutes=1)
        return f"by the end of {day:%A} {day.day} {day:%B}"
    return f"{moment:%A} {moment.day} {moment:%B}, {face.time(moment)}"


def overflow_in_words(ask: Asked, one: Lacking) -> Overflow:
    """What found no room, why, and what would help."""
    return _overflow(ask, one, next(each for each in ask.problem.items if each.key == one.key))


def _overflow(ask: Asked, one: Lacking, item: Item) -> Overflow:
    title = title_of(ask, one.key)
    remedies = tuple(_remedy(ask, one.key, change) for change in one.changes)
    missing = one.slots * SLOT_MIN
    task, occurrence = ask.own(one.key)
    if occurrence is not None:
        title += f" ({occurrence:%A} {occurrence.day} {occurrence:%B})"
    return Overflow(task, title, missing, _why(ask, one, item), remedies, occurrence)


def _why(ask: Asked, one: Lacking, item: Item) -> str:
    if one.key in ask.ring:
        ring = [*ask.ring, ask.ring[0]]
        return "These wait for one another: " + " → ".join(
            f"“{title_of(ask, key)}”" for key in ring
        )
    missing = f"{length(one.slots * SLOT_MIN)} of it found no room"
    if one.why is Cramped.WAITS:
        return f"It waits for “{title_of(ask, one.other)}”, which found no room"
    if one.why is Cramped.AFTER:
        ends = _at(ask, one.measure)
        return f"It waits for “{title_of(ask, one.other)}”, which is planned until {ends}"
    if one.why is Cramped.STRETCH:
        longest = length(one.measure * SLOT_MIN)
        return f"It may not be split, and the longest free stretch is {longest}"
    words, slot = {
        Cramped.NEVER: ("It may not begin before it is due,", item.due),
        Cramped.DEADLINE: (f"{missing} before it is due,", item.due),
        Cramped.LONG: (f"{missing} before it is due,", item.due),
        Cramped.NEXT: (f"{missing} before it comes again,", item.until),
        Cramped.HORIZON: (f"{missing} until", ask.problem.horizon),
    }[one.why]
    more = ": it takes more than all the room until then" if one.why is Cramped.LONG else ""
    return f"{words} {_at(ask, slot)}{more}"


def _at(ask: Asked, slot: int | None) -> str:
    return "" if slot is None else when(ask.line.moment(slot))


def _remedy(ask: Asked, key: int, change: Change) -> Remedy:
    first = ask.line.moment(change.first)
    if change.action == "extend_hours":
        last = ask.line.moment(change.last)
        text = f"Use {first:%A} {first.day} {first:%B}, {first:%H:%M} to {last:%H:%M}"
        return Remedy(text, change.action, f"{first.isoformat()}/{last.isoformat()}")
    if change.action == "later_due":
        return Remedy(
            f"Move its deadline to {when(first).removeprefix('by ')}",
            change.action,
            first.isoformat(),
        )
    if change.action == "shorten":
        minutes = change.first * SLOT_MIN
        pins = sum(pin.slots for pin in ask.problem.pins if pin.key == key) * SLOT_MIN
        return Remedy(f"Shorten it to {length(minutes)}", change.action, str(minutes + pins))
    if change.action == "drop":
        return Remedy(
            f"Leave out “{title_of(ask, change.first)}”", change.action, str(change.first)
        )
    return Remedy("Do it in pieces", change.action, "")
