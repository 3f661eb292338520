"""Finds every date, time, length and recurrence in a text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from assistant.domain.when import Duration, Recurrence, Span, When
from assistant.planner.dates.arithmetic import (
    CLOCK_GRAINS,
    OutOfCalendarError,
    real_date,
    seconds_of,
)
from assistant.planner.dates.chart import Grammar, Node
from assistant.planner.dates.customs import Customs
from assistant.planner.dates.days import Context
from assistant.planner.dates.holidays import holiday_seeds
from assistant.planner.dates.lexer import Token, tokens_of
from assistant.planner.dates.neighbours import STREETS, is_whose, word_at
from assistant.planner.dates.recurring import moved_rule, recurrence_of, without_first
from assistant.planner.dates.resolving import Reading, readings
from assistant.planner.dates.rules_calendar import RULES as CALENDAR
from assistant.planner.dates.rules_clock import RULES as CLOCK
from assistant.planner.dates.rules_ending import RULES as ENDING
from assistant.planner.dates.rules_joining import RULES as JOINING
from assistant.planner.dates.rules_lasting import RULES as LASTING
from assistant.planner.dates.rules_lengths import RULES as LENGTHS
from assistant.planner.dates.rules_portions import RULES as PORTIONS
from assistant.planner.dates.rules_relative import RULES as RELATIVE
from assistant.planner.dates.rules_repeating import RULES as REPEATING
from assistant.planner.dates.rules_spans import RULES as SPANS
from assistant.planner.dates.rules_times import RULES as TIMES
from assistant.planner.dates.seeds import Seeds
from assistant.planner.dates.shapes import (
    Amount,
    Between,
    Calendar,
    DayOffset,
    Lasting,
    NamedWeekday,
    Open,
    Point,
    Repeating,
    Shift,
)
from assistant.planner.dates.words import (
    GLUED_UNITS,
    MONTHS,
    ONES,
    ORDINALS,
    PLURAL_WEEKDAYS,
    UNITS,
    WEEKDAYS,
)

ALL_RULES = (
    CLOCK
    + CALENDAR
    + LENGTHS
    + RELATIVE
    + PORTIONS
    + JOINING
    + SPANS
    + LASTING
    + REPEATING
    + ENDING
    + TIMES
)
GRAMMAR = Grammar(ALL_RULES)
_SHOUTED = frozenset({"boy", "Boy", "bom", "Bom"})
"""Initials that are other words unless they stand in capitals."""
_CLOSES = frozenset(
    [
        ".",
        ",",
        ";",
        "!",
        "?",
        "at",
        "of",
        "from",
        "in",
        "for",
        "and",
        "by",
        "on",
        "until",
        "with",
        "w",
        "or",
        "before",
        "after",
        "as",
        "to",
        "-",
        ")",
        "@",
        ":",
    ]
)
"""What may follow “on the first”; a noun may not."""
_FINAL = frozenset({"point", "span", "repeat", "amount", "dashed", "bare", "rate"})
_NOT = frozenset({"not", "except", "excluding", "excepting", "never", "every", "each", "any"})
_MODAL = frozenset(
    ["will", "would", "should", "may", "might", "can", "could", "must", "to", "it'll"]
) | frozenset(["won't", "wouldn't", "shouldn't", "can't", "couldn't", "doesn't", "don't"])
"""Behind these “last” is a verb: “it should last two hours”."""
_EXCEPT = frozenset({"except", "excluding", "excepting"})
_ALL_BUT = frozenset({"day", "days", "weekday", "weekdays", "time", "anytime"})


@dataclass(frozen=True, slots=True)
class Found:
    """All that a text says about time, each by its place in the text."""

    whens: tuple[When, ...] = ()
    durations: tuple[Duration, ...] = ()
    recurrences: tuple[Recurrence, ...] = ()


_CUSTOMS = Customs()


def find(text: str, now: datetime, customs: Customs = _CUSTOMS) -> Found:
    """Reads a text against a moment.

    Args:
        text: Any text; of a very long one only the beginning is read.
        now: The moment of reading. With a zone, what is found carries it too, and clocks named in
            other zones are carried over; without one they are left as they are named.
        customs: How open words are read.

    Returns:
        Dates and times, lengths and recurrences, none overlapping another.
    """
    tokens = tokens_of(text)
    zone = now.tzinfo
    context = Context(now.replace(tzinfo=None), customs)
    whens: list[When] = []
    durations: list[Duration] = []
    recurrences: list[Recurrence] = []
    for node in _chosen(text, tokens, customs):
        place = (tokens[node.start].start, tokens[node.end - 1].end)
        try:
            if isinstance(node.value, Amount):
                durations.append(Duration(seconds_of(node.value), place))
            elif isinstance(node.value, Repeating):
                found = recurrence_of(node.value, context, place)
                clock = node.value.at.clock if node.value.at is not None else None
                named = clock.zone if clock is not None else None
                recurrences.append(_in_zone(found, named, zone))
            else:
                whens.append(_when(node.value, context, place, zone))
        except (OutOfCalendarError, OverflowError):
            continue
    return Found(tuple(whens), tuple(durations), tuple(recurrences))


def _chosen(text: str, tokens: tuple[Token, ...], customs: Customs) -> list[Node]:
    """The longest readings that do not overlap; of equal ones the cheapest."""
    if not tokens:
        return []
    seeds = [*Seeds(text, tokens, day_first=customs.day_first).all(), *holiday_seeds(tokens)]
    candidates = [_plain(node) for node in GRAMMAR.parse(tokens, seeds) if node.category in _FINAL]
    candidates.sort(key=lambda node: (node.start - node.end, node.cost, node.start))
    chosen: list[Node] = []
    taken = [False] * len(tokens)
    for node in candidates:
        if any(taken[node.start : node.end]):
            continue
        if _counts(node, tokens):
            chosen.append(node)
        elif not _is_left_out(node, tokens):
            continue
        taken[node.start : node.end] = [True] * (node.end - node.start)
    return sorted(_without_owners(chosen, tokens), key=lambda node: node.start)


def _without_owners(chosen: list[Node], tokens: tuple[Token, ...]) -> list[Node]:
    """Readings less the days whose things others are about: “Saturday's party tomorrow”."""
    owners = [
        node
        for node in chosen
        if isinstance(node.value, Point)
        and node.value.clock is None
        and is_whose(tokens, node.end - 1)
    ]
    others = [node for node in chosen if node not in owners]
    whens = [one.value for one in others if not isinstance(one.value, Amount | Repeating)]
    dated = any(point.day is not None for when in whens for point in _points_in(when))
    return others if dated else chosen


def _plain(node: Node) -> Node:
    if isinstance(node.value, Calendar):
        return replace(node, value=Point(node.value))
    return node


def _counts(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a reading is meant as a date, and is not part of something else."""
    value = node.value
    if node.category == "dashed":
        before = tokens[node.start - 1].lower if node.start else ""
        return len(tokens) == node.end - node.start or before in {"on", "by", "due", "until"}
    slashed = node.category == "rate" and tokens[node.start].text == "/"
    if (not slashed and _is_inside(node, tokens)) or _is_denied(node, tokens):
        return False
    if node.category == "rate":
        return _follows_unit(node, tokens)
    if isinstance(value, Amount):
        told = node.start > 0 and tokens[node.start - 1].lower in {"for", "takes", "about"}
        return told or not (value.vague and node.end - node.start == 2)
    return not isinstance(value, Point) or _is_date(value, node, tokens)


def _is_inside(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a reading is a part of a word, of a phrase or of initials."""
    if word_at(tokens, node.end) in STREETS and tokens[node.end - 1].lower in MONTHS:
        return True
    bare = node.category == "bare" and node.end < len(tokens)
    if _inside_word(node, tokens) or (bare and tokens[node.end].lower not in _CLOSES):
        return True
    if tokens[node.start].lower == "last" and word_at(tokens, node.start - 1) in _MODAL:
        return True
    if isinstance(node.value, Point) and _is_led_wrong(node.value, node, tokens):
        return True
    return any(tokens[place].text in _SHOUTED for place in range(node.start, node.end))


def _follows_unit(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a length of time stands right before it: “10 min a day”."""
    if not node.start:
        return False
    before = tokens[node.start - 1]
    return before.lower in UNITS or (before.glued and before.lower in GLUED_UNITS)


def _is_chosen_from(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether weekdays are but some to choose from: “Monday, Tuesday or Friday”."""
    ends = (tokens[node.start].lower, tokens[node.end - 1].lower)
    others = (word_at(tokens, node.start - 2), word_at(tokens, node.end + 1))
    joints = (word_at(tokens, node.start - 1), word_at(tokens, node.end))
    return any(
        joint == "or" and end in WEEKDAYS and other in WEEKDAYS
        for joint, end, other in zip(joints, ends, others, strict=True)
    )


def _is_counted(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether days are so many and no more: “three weekends”, “2 fridays”."""
    before = word_at(tokens, node.start - 1)
    plural = tokens[node.start].lower in {"weekends", *PLURAL_WEEKDAYS}
    return plural and ((before.isdigit() and len(before) == 1) or before in ONES)


def _is_denied(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether words before a day deny it: “not on Sunday”, “any day but Friday”.

    What comes again has its “every” in itself; “every now and then” does not.
    """
    if isinstance(node.value, Repeating) and (
        _is_chosen_from(node, tokens) or _is_counted(node, tokens)
    ):
        return True
    place = node.start - 1
    while place >= 0 and tokens[place].lower in {"on", "at", "for", "the", "a"}:
        place -= 1
    if place < 0 or isinstance(node.value, Amount):
        return False
    if tokens[place].lower == "but":
        return place > 0 and tokens[place - 1].lower in _ALL_BUT
    return tokens[place].lower in _NOT


def _is_left_out(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a day is one on which something is not: no part of “except 26 dec” is a date."""
    place = node.start - 1
    while place >= 0 and tokens[place].lower in {"on", "the", "in"}:
        place -= 1
    left_out = place >= 0 and tokens[place].lower in _EXCEPT
    return left_out and isinstance(node.value, Point | Between)


def _is_date(point: Point, node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a point says enough to be a date or a time."""
    if point.day is None and point.clock is None:
        return node.end - node.start > 1
    if not isinstance(point.day, Calendar) or point.clock is not None:
        return True
    last = tokens[node.end - 1]
    if point.day.year is not None and len(last.text) == 2 and not last.glued:
        return tokens[node.end - 2].text != "-"
    alone = point.day == Calendar(day=point.day.day)
    doubtful = last.lower in ORDINALS or tokens[node.start].lower == "the"
    if alone and doubtful and node.end < len(tokens):
        return tokens[node.end].lower in _CLOSES
    return _is_whole(point.day, node, tokens)


def _tells_which(day: Calendar, node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a month only tells which of several: “about the March report”."""
    before = (word_at(tokens, place) for place in (node.start - 1, node.start, node.end - 2))
    word = word_at(tokens, node.end)
    if day != Calendar(month=day.month) or "the" not in before:
        return False
    return word.isalpha() and word not in _CLOSES


def _is_led_wrong(point: Point, node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether an “in” before it belongs to the verb: “hand in on Friday”, “hand in tomorrow”."""
    if tokens[node.start].lower != "in":
        return False
    if word_at(tokens, node.start + 1) in {"at", "on", "by", "in", "-"}:
        return True
    day = point.day
    named = isinstance(day, Calendar) and (day.weekday is not None or day.day is not None)
    if named or isinstance(day, DayOffset | NamedWeekday):
        return point.part is None
    return day is None and point.clock is not None and point.part is None


def _inside_word(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether letters or signs right before or after make it a part of a code or an address."""
    if node.start and tokens[node.start].glued:
        before = tokens[node.start - 1]
        if before.text[-1].isalnum() or before.text in {"_", "#", "&", "%", ".", "\\"}:
            return True
    if node.end < len(tokens) and tokens[node.end].glued:
        after = tokens[node.end]
        if after.text[0].isalnum() or after.text in {"_", "%", "\\"}:
            return True
    return False


def _is_whole(day: Calendar, node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether no number follows that would make the date another, or none."""
    alone = day.month is not None and day.day is None
    if (alone and _has_number_before(node, tokens)) or _tells_which(day, node, tokens):
        return False
    place = node.end
    dashed = False
    while place < len(tokens) and tokens[place].text in {",", "-", "/", "."}:
        dashed = dashed or tokens[place].text in {"-", "/"}
        place += 1
    if day.year is not None or day.month is None or place >= len(tokens):
        return True
    return not tokens[place].is_number or _stands_alone(
        day, tokens[node.end :], place - node.end, dashed=dashed
    )


def _stands_alone(day: Calendar, rest: tuple[Token, ...], ahead: int, *, dashed: bool) -> bool:
    """Whether a number behind a date, past some signs, is no part of it."""
    digits = rest[ahead].text
    if len(digits) == 4 and ahead <= 1 and day.day is not None and day.month is not None:
        return real_date(int(digits), day.month, day.day)
    if len(digits) > 2:
        return True
    if day.day is None and ahead == 0:
        return False
    follows = rest[ahead + 1].lower if ahead + 1 < len(rest) else ""
    return not dashed or follows in {":", "am", "pm"}


def _has_number_before(node: Node, tokens: tuple[Token, ...]) -> bool:
    """Whether a number that is no day of it stands right before a month: “30 February”."""
    place = node.start - 1
    while place >= 0 and tokens[place].lower in {"of", "the", "-", "/", "st", "nd", "rd", "th"}:
        place -= 1
    if place < 0 or not tokens[place].is_number or not 29 <= int(tokens[place].text) <= 39:
        return False
    return not (tokens[place].glued and tokens[place - 1].text in {".", ","})


def _when(
    shape: Point | Between | Open | Lasting,
    context: Context,
    place: tuple[int, int],
    zone: tzinfo | None,
) -> When:
    if zone is not None and _elapses(shape):
        there = context.now.replace(tzinfo=zone).astimezone(UTC)
        in_utc = readings(shape, replace(context, now=there.replace(tzinfo=None)))
        found = [_zoned(replace(one, zone=0), zone) for one in in_utc]
    else:
        found = [_zoned(one, zone) for one in readings(shape, _where_named(shape, context, zone))]
    if not found:
        raise OutOfCalendarError
    first = found[0]
    others = dict.fromkeys(Span(one.start, one.end) for one in found[1:])
    others.pop(Span(first.start, first.end), None)
    points = list(_points_in(shape))
    return When(
        first.start,
        first.end,
        first.grain,
        first.sense,
        place,
        tuple(others),
        has_date=any(point.day is not None for point in points),
        has_clock=any(point.clock is not None for point in points) or first.grain in CLOCK_GRAINS,
    )


def _where_named(
    shape: Point | Between | Open | Lasting, context: Context, zone: tzinfo | None
) -> Context:
    """The moment of reading, by the clocks of the zone in which a time without a day is named."""
    points = list(_points_in(shape))
    named = points[0].clock.zone if points[0].clock is not None else None
    if zone is None or named is None or any(point.day is not None for point in points):
        return context
    there = context.now.replace(tzinfo=zone).astimezone(_zone(named))
    return replace(context, now=there.replace(tzinfo=None))


def _zone(named: int | str) -> tzinfo:
    return ZoneInfo(named) if isinstance(named, str) else timezone(timedelta(minutes=named))


def _elapses(shape: Point | Between | Open | Lasting) -> bool:
    """Whether hours or less run from now: they do so whatever clocks are changed."""
    if not isinstance(shape, Point | Open):
        return False
    day = shape.day if isinstance(shape, Point) else shape.point.day
    return isinstance(day, Shift) and day.base is None and day.amount.steps[-1][0] in CLOCK_GRAINS


def _points_in(shape: Point | Between | Open | Lasting) -> Iterator[Point]:
    if isinstance(shape, Point):
        yield shape
    elif isinstance(shape, Between):
        yield shape.first
        yield shape.last
    elif isinstance(shape, Open):
        yield shape.point
    else:
        yield shape.start


def _zoned(reading: Reading, zone: tzinfo | None) -> Reading:
    """A reading with the zone of the reader, its clock carried over from the zone it named."""
    if zone is None:
        return reading
    return replace(
        reading,
        start=_local(reading.start, reading.zone, zone),
        end=_local(reading.end, reading.zone, zone),
    )


def _local(moment: datetime | None, named: int | str | None, zone: tzinfo) -> datetime | None:
    if moment is None:
        return None
    try:
        if named is not None:
            return moment.replace(tzinfo=_zone(named)).astimezone(zone)
        return exists(moment.replace(tzinfo=zone))
    except (OverflowError, ValueError) as error:
        raise OutOfCalendarError from error


def exists(moment: datetime) -> datetime:
    """A moment that clocks show: one in the gap of a clock change is moved past it."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def _is_shown(moment: datetime, zone: tzinfo) -> bool:
    """Whether clocks show it: not in the gap of a clock change."""
    return exists(moment.replace(tzinfo=zone)).replace(tzinfo=None) == moment


def _in_zone(recurrence: Recurrence, named: int | str | None, zone: tzinfo | None) -> Recurrence:
    """A recurrence in the reader's zone, its times and weekdays carried over from the named one."""
    if zone is None or recurrence.first is None:
        return recurrence
    if named is None and recurrence.has_clock and not _is_shown(recurrence.first, zone):
        # The times after it would all come as late as the one that clocks move past the gap.
        later = without_first(recurrence)
        return replace(
            later, first=_local(later.first, None, zone), end=_local(later.end, None, zone)
        )
    first, end = (_local(one, named, zone) for one in (recurrence.first, recurrence.end))
    moved = 0 if first is None else (first.date() - recurrence.first.date()).days
    return replace(recurrence, rule=moved_rule(recurrence.rule, moved), first=first, end=end)
