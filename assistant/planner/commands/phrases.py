"""The forms of sentences that command the planner, and what stands where in them.

Each form names the words that name a task, the words for when or how long, or both. A form that
ends with a moment without a word in front of it (“schedule maths tomorrow morning”) has them in
one group, ``rest``: whoever reads it finds out where the moment begins.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class CommandKind(StrEnum):
    """What the planner can be told to do, or asked."""

    ADD = "add"
    SCHEDULE = "schedule"
    """As ``MOVE``; a task that is not there is added."""
    MOVE = "move"
    """In the plan, or an appointment; the deadline stays."""
    DUE = "due"
    """The deadline alone."""
    DONE = "done"
    CANCEL = "cancel"
    DELETE = "delete"
    RENAME = "rename"
    PRIORITY = "priority"
    ESTIMATE = "estimate"
    ORDER = "order"
    """One task after another: ``words`` names the one that comes later."""
    PLAN_WEEK = "plan_week"
    PLAN_DAY = "plan_day"
    LIST = "list"
    """Which tasks are due, or what is planned: nothing is changed."""
    HOW_LONG = "how_long"
    """How long a task will take: nothing is changed."""
    WHEN = "when"
    """When a task is due, and when it is planned: nothing is changed."""
    NOW = "now"
    """What to do now, or next: nothing is changed."""
    FREE = "free"
    """Whether and when there is time: nothing is changed."""
    LEFT = "left"
    """How much is still to be done: nothing is changed."""
    ON_TIME = "on_time"
    """Whether a task will be done by its deadline: nothing is changed."""


ASKING: Final = frozenset(
    {
        CommandKind.LIST,
        CommandKind.HOW_LONG,
        CommandKind.WHEN,
        CommandKind.NOW,
        CommandKind.FREE,
        CommandKind.LEFT,
        CommandKind.ON_TIME,
    }
)
"""Kinds that change nothing."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a command.

    Args:
        kind: Of which command.
        pattern: Of the whole sentence, with the groups ``task``, ``words`` and ``rest``.
        loose: Whether ordinary talk has this form, too: it counts only where it is certain that
            the planner is spoken to.
        dated: Whether it counts elsewhere only with a moment.
        words: What the form itself says, where it has no such group.
        whole: Whether elsewhere it is only of a task that is called so: “skip the introduction”
            is not about every task that has the word.
    """

    kind: CommandKind
    pattern: re.Pattern[str]
    loose: bool = False
    dated: bool = False
    words: str = ""
    whole: bool = False


def _form(
    kind: CommandKind,
    pattern: str,
    *,
    loose: bool = False,
    dated: bool = False,
    words: str = "",
    whole: bool = False,
) -> Form:
    return Form(kind, re.compile(pattern, re.IGNORECASE), loose, dated, words, whole)


_DEADLINE: Final = r"(?:the )?(?:deadline|due date|due day)"
_HOW: Final = r"(?:(?:now|very|really|super|so|pretty|quite|extremely) )*"
_LEVEL: Final = r"(?P<words>urgent|high|important|medium|normal|ordinary|low|unimportant)"
_TASK: Final = r"(?:(?:an?|the|this)? ?(?:new )?(?:task|to-?do|reminder|appointment))"
_MINE: Final = (
    r"(?:my|our|the) (?:plate|agenda|week|plan|planner|schedule|calendar|list|to-?do list|tasks?)"
)
_ENDED: Final = r"(?:done|finished|complete|fixed|solved|written|paid|sent|submitted|handed in)"
_WHAT: Final = r"(?P<task>.+?)(?: (?:today|now|already))?"
_I: Final = r"(?:i(?:'?ve| have)?(?: (?:just|already|finally))*|already) "
_ONE: Final = r"(?= (?:an?|the|my|our) )"
_ALONE: Final = (
    r"(?:called|phoned|emailed|(?:fixed|repaired|cleaned|tidied|washed|vacuumed|watered|booked|"
    rf"ordered|printed|returned){_ONE})"
)
"""What somebody has done who says no “I” in front of it; “fixed costs” is a subject."""
_REMOVE: Final = "(?:delete|remove|erase|get rid of|throw out)"
_OFF: Final = r" (?:off|from) (?:my|the) (?:list|plan|week|calendar)"
_THIS_TIME: Final = r"(?:this time|today|tonight|tomorrow|this week)"
_IN_ALL: Final = r"(?:re-?)?(?:plan|schedule|organi[sz]e|sort)(?: out)? "

FORMS: Final[tuple[Form, ...]] = (
    _form(
        CommandKind.PLAN_WEEK,
        _IN_ALL + r"(?:(?:my|the|this|our|next) )+(?:week|days|seven days|schedule|"
        r"rest of (?:my|the) week)(?: ahead| again| to come)?(?: for me)?",
    ),
    _form(
        CommandKind.PLAN_WEEK,
        r"(?:make|create|draw up|work out)(?: me)? a (?:new )?(?:plan|schedule) for "
        r"(?:my|the|this|next) (?:week|days)",
    ),
    _form(
        CommandKind.PLAN_DAY,
        _IN_ALL + r"(?:(?:my|the rest of (?:my|the)) day|(?:the rest of )?today|my today)"
        r"(?: for me)?",
    ),
    _form(
        CommandKind.PLAN_DAY,
        r"(?:make|create|draw up|work out)(?: me)? a (?:new )?(?:plan|schedule) for "
        r"(?:today|my day)",
    ),
    # What is asked
    _form(
        CommandKind.LIST,
        r"(?:what(?:'s| is| are)?|which) (?:(?:of )?(?:my )?(?:tasks|things|work) )?"
        r"(?:(?:is|are) )?(?:still )?due(?: for me)? (?P<words>.+)",
    ),
    _form(CommandKind.LIST, r"what(?:'s| is| am i)? overdue(?: with)?", words="overdue"),
    _form(
        CommandKind.LIST,
        r"what(?:'s| is| do i have| have i got)(?: (?:planned|to do|to be done|left to do|"
        rf"scheduled|on {_MINE}|in {_MINE}))(?: for)?(?: me)? (?P<words>.+)",
    ),
    _form(CommandKind.LIST, r"what do i (?:have to|need to|still have to) do (?P<words>.+)"),
    _form(
        CommandKind.LIST,
        r"(?:show|list)(?: me)? (?:what(?:'s| is) due|my (?:tasks|to-?dos?)(?: due)?)"
        r"(?: for)? (?P<words>.+)",
    ),
    _form(
        CommandKind.HOW_LONG,
        r"how (?:long|much time) (?:will|does|should|would|is) (?P<task>.+?)"
        r"(?: going to)? (?:take|need)(?: me)?",
    ),
    _form(CommandKind.HOW_LONG, r"how (?:long|much time) (?:do|will) i need for (?P<task>.+)"),
    _form(
        CommandKind.LIST,
        r"what(?:'s| is| does) (?:my|the) (?:plan|schedule|day|week)(?: look)?(?: like)?"
        r"(?: for| on)? (?P<words>.+)",
    ),
    _form(CommandKind.WHEN, r"when is (?P<task>.+?) (?:due|planned|scheduled)"),
    _form(
        CommandKind.WHEN,
        r"when (?:(?:do|will|should|shall|can) i (?:do|work on)|am i (?:supposed|meant|going) to "
        r"(?:do|work on)|am i (?:doing|working on)) (?P<task>.+)",
    ),
    _form(
        CommandKind.WHEN,
        r"when (?:do|must|should) i (?:(?:have|need) to )?(?:hand in|turn in|submit|finish|start) "
        r"(?P<task>.+)",
    ),
    _form(
        CommandKind.LIST,
        r"(?:is|do i have|have i got) (?:there )?anything (?:else )?(?:due|planned|to do) "
        r"(?:for )?(?P<words>.+)",
    ),
    _form(
        CommandKind.LIST,
        r"what (?:should|shall) i work on (?P<words>.+)",
    ),
    _form(CommandKind.LIST, r"what(?:'s| is) left (?:to do )?(?:for )?(?P<words>.+)"),
    _form(
        CommandKind.LIST,
        r"what(?:(?:'s| is) on| do i have(?: on)?| have i got(?: on)?)(?: for me)? "
        r"(?P<words>(?:this |next )?(?:today|tomorrow|tonight|morning|afternoon|evening|week|"
        r"weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: morning| afternoon| evening)?)",
    ),
    _form(
        CommandKind.NOW,
        r"what (?:should|shall|do) i (?:do|work on|start with|begin with|tackle)"
        r"(?: right)? (?:now|next|first)",
    ),
    _form(CommandKind.NOW, r"what (?:should|shall|do) i work on(?: today)?"),
    _form(
        CommandKind.NOW,
        rf"what(?:'s| is| comes) (?:now|next|first|up next)(?: (?:in|on) {_MINE})?",
    ),
    _form(CommandKind.NOW, r"what (?:now|next)"),
    _form(
        CommandKind.FREE,
        r"(?:when )?(?:(?:am i|are we)(?: still)?|be(?: still)?) (?:free|busy) "
        r"(?:on |in )?(?P<words>.+)",
    ),
    _form(
        CommandKind.FREE,
        r"(?:do i|have i)(?: still)?(?: have| got)? (?:any |some |a bit of )?(?:free |spare )?"
        r"time (?:on |in )?(?P<words>.+)",
    ),
    _form(
        CommandKind.LEFT,
        r"how (?:much|many tasks)(?: work| time)?(?: is| are| do i(?: still)? have|"
        r" have i got)?(?: still)? (?:left|to do)(?: to do)?(?: for)? (?P<words>.+)",
    ),
    _form(
        CommandKind.ON_TIME,
        r"(?:(?:will|can|do) i )?(?:still )?(?:finish|manage|complete|get|have|make|"
        r"be (?:done|finished|ready) with) (?P<task>.+?)(?: done| finished| ready)? "
        r"(?:in|on) time",
    ),
    _form(CommandKind.ON_TIME, r"will (?P<task>.+?) be (?:done|finished|ready) (?:in|on) time"),
    _form(CommandKind.WHEN, r"when(?:'s| is| are) (?P<task>.+)"),
    # What is changed
    _form(
        CommandKind.DUE,
        rf"(?:move|push|shift|set|change|extend|postpone) {_DEADLINE} (?:of|for) (?P<task>.+?) "
        r"(?:back )?(?:to|until|till|on) (?P<words>.+)",
    ),
    _form(CommandKind.DUE, r"(?:make|set) (?P<task>.+?) (?:to be )?due(?: on| by)? (?P<words>.+)"),
    _form(
        CommandKind.DUE,
        r"(?P<task>.+?) (?:(?:is|are) (?:now )?|(?:is|are) not |isn'?t |aren'?t )due"
        r"(?: on| by| until| till| before)? (?P<words>.+?)(?: now)?",
    ),
    _form(
        CommandKind.DUE,
        rf"{_DEADLINE} (?:of|for) (?P<task>.+?) (?:is|was|has been|got) (?:now )?"
        r"(?:(?:moved|extended|changed|pushed back) (?:to|until|till) )?(?P<words>.+)",
    ),
    _form(
        CommandKind.DUE,
        r"(?P<task>.+?) deadline (?:(?:is|was|has been|got) )?(?:now )?"
        r"(?:moved|extended|changed|pushed back) (?:to|until|till) (?P<words>.+)",
    ),
    _form(
        CommandKind.DUE,
        r"i(?:'?ve| have)? (?:got |been given )(?:an extension|more time) (?:for|on) "
        r"(?P<task>.+?) (?:until|till|to) (?P<words>.+)",
    ),
    _form(
        CommandKind.DUE,
        r"(?P<task>.+?) got (?:an extension|extended|moved) (?:until|till|to) (?P<words>.+)",
    ),
    _form(CommandKind.PRIORITY, rf"set (?:the )?priority of (?P<task>.+?) (?:to|as) {_LEVEL}"),
    _form(
        CommandKind.PRIORITY,
        rf"(?:make|mark|set|give) (?P<task>.+?) (?:as |to |a |an )?{_LEVEL}(?: priority)?",
    ),
    _form(
        CommandKind.PRIORITY,
        rf"(?P<task>.+?) (?:is|are|has become) {_HOW}(?P<words>urgent)(?: now)?",
    ),
    # “History is important” is said of history; “my history essay is important” of the task.
    _form(
        CommandKind.PRIORITY,
        rf"(?P<task>(?:the|my|our) .+?) (?:is|are|has become) {_HOW}"
        r"(?P<words>important|unimportant)(?: now)?",
    ),
    _form(CommandKind.PRIORITY, r"lower (?:the )?priority of (?P<task>.+)", words="low"),
    _form(
        CommandKind.PRIORITY,
        r"(?:raise|bump(?: up)?) (?:the )?priority of (?P<task>.+)",
        words="high",
    ),
    _form(CommandKind.RENAME, r"(?:rename|retitle) (?P<task>.+?) (?:to|as|into) (?P<words>.+)"),
    _form(
        CommandKind.RENAME,
        r"change (?:the )?(?:name|title) of (?P<task>.+?) (?:to|into) (?P<words>.+)",
        whole=True,
    ),
    _form(
        CommandKind.ORDER,
        r"(?:put|do|place|schedule|move) (?P<task>.+?) (?:in front of|before|ahead of) "
        r"(?P<words>.+)",
    ),
    _form(
        CommandKind.ORDER,
        r"(?:put|do|place|schedule|move) (?P<words>.+?) (?:behind|after) (?P<task>.+)",
    ),
    _form(
        CommandKind.ORDER,
        r"(?P<task>.+?) (?:has to|must|should|needs to) (?:come|be done|be finished|go) "
        r"before (?P<words>.+)",
    ),
    _form(
        CommandKind.ORDER,
        r"(?:(?:do|finish) )?(?P<task>.+?) first,? (?:and )?then "
        r"(?:(?:do|finish) )?(?P<words>.+)",
    ),
    _form(
        CommandKind.DUE,
        r"(?P<task>.+?) (?:has to|must|needs to|should) be (?:done|finished|ready|handed in|"
        r"turned in|submitted|in) (?:by|before|until|on) (?P<words>.+)",
    ),
    _form(
        CommandKind.SCHEDULE,
        rf"put (?P<task>.+?) (?:in|into|on) {_MINE} (?:for |on |to )?(?P<words>.+)",
    ),
    _form(
        CommandKind.MOVE,
        r"(?:move|push|shift|put|set) (?P<task>.+?) (?:back|forward|ahead|up) to (?P<words>.+)",
    ),
    _form(
        CommandKind.MOVE,
        r"(?:move|push|shift|reschedule|postpone|delay|put|swap|switch|change) (?:off )?"
        r"(?:back )?(?P<rest>.+)",
    ),
    _form(
        CommandKind.MOVE,
        r"(?P<task>.+?) (?:(?:is|was|has been|got) )?(?:moved|rescheduled|postponed|shifted|"
        r"pushed(?: back)?) (?:to|until|till) (?P<words>.+?)(?: now)?",
    ),
    _form(CommandKind.MOVE, r"(?P<task>.+?) is (?:now (?:at|on) )(?P<words>.+)"),
    _form(CommandKind.MOVE, r"(?P<task>.+?) is (?:at|on) (?P<words>.+) now"),
    _form(
        CommandKind.MOVE,
        r"i (?:won'?t|can'?t|cannot|will not) (?:get to|manage|make|do|finish) (?P<task>.+?)"
        r"(?: today| tonight| tomorrow| this week)? (?:so |please )*(?:do|move|put|shift|schedule) "
        r"it (?:(?:to|on|for|until) )?(?P<words>.+)",
    ),
    _form(
        CommandKind.MOVE,
        r"i(?: still)? need [^,]+? (?:for|on|with) (?P<task>[^,]+?) (?:so |please )*"
        r"(?:do|move|put|push|shift|schedule) it (?:back )?(?:(?:to|on|for|until) )?(?P<words>.+)",
    ),
    _form(CommandKind.MOVE, r"(?:let'?s )?do (?P<rest>.+?) instead"),
    _form(
        CommandKind.MOVE,
        r"(?:i(?:'d| would) (?:rather|prefer to|like to)|i want to|i(?:'ll| will)|let me) "
        r"(?:do|work on) (?P<rest>.+)",
    ),
    _form(CommandKind.MOVE, r"(?:bring|pull) (?P<task>.+?) forward to (?P<words>.+)"),
    _form(
        CommandKind.MOVE,
        r"(?:let'?s )?(?:leave|save|keep) (?P<task>.+?) (?:for|until|till) (?P<words>.+)",
    ),
    _form(CommandKind.MOVE, r"(?P<task>.+?) can wait (?:for|until|till) (?P<words>.+)"),
    _form(
        CommandKind.SCHEDULE,
        r"(?:schedule|book|block(?: out)?(?: (?:some )?time for)?|find (?:some )?time for) "
        r"(?P<rest>.+)",
    ),
    _form(CommandKind.MOVE, r"plan (?P<rest>.+)"),
    _form(
        CommandKind.ESTIMATE,
        r"(?:estimate|set (?:the )?(?:estimate|time) (?:of|for)) (?P<task>.+?) (?:at|as|to|with) "
        r"(?P<words>.+)",
    ),
    _form(
        CommandKind.ESTIMATE,
        r"(?P<task>.+?) (?:only |just |probably )?(?:will take|takes|needs|should take)(?: me)?"
        r"(?: only| just| about| around| more like| at least| nearly| roughly| up to)* "
        r"(?P<words>.+)",
    ),
    # What is new
    _form(
        CommandKind.ADD,
        rf"(?:(?:add|create|make|write down) {_TASK}:?|new (?:task|to-?do):?)(?: to| for)? "
        r"(?P<words>.+)",
    ),
    _form(
        CommandKind.ADD,
        rf"(?:add|write|put) (?P<words>.+) (?:to|on|onto|in|into) {_MINE}",
    ),
    _form(
        CommandKind.ADD,
        r"remind me (?P<moment>(?:on|at|by|in|this|next|every|tomorrow|today|tonight|before)\b"
        r".{0,40}?) (?:to|about) (?P<words>.+)",
    ),
    _form(
        CommandKind.ADD,
        r"(?:set(?: up)? a reminder (?:to|for|about)|(?:i need|give me) a reminder to) "
        r"(?P<words>.+)",
    ),
    _form(CommandKind.ADD, r"(?:remind me to|don'?t let me forget to) (?P<words>.+)"),
    _form(
        CommandKind.ADD,
        r"add (?!(?:an?|the|some|more|another|one|two|this|these|that|it|your|\d+)\b)(?P<words>.+)",
        dated=True,
    ),
    _form(
        CommandKind.ADD,
        r"(?:add(?: an?)?|create(?: an?)?|i (?:have|need) to|i must) (?P<words>.+)",
        loose=True,
    ),
    # What ends
    _form(
        CommandKind.DONE,
        r"(?:i(?:'?ve| have| am|'m)?(?: just)? )?(?:(?:done|finished) with|tick off|check off) "
        rf"{_WHAT}",
    ),
    _form(
        CommandKind.DONE,
        rf"(?:{_I})?(?:handed in|submitted|turned in|sent off|uploaded|finished|completed) {_WHAT}",
    ),
    _form(CommandKind.DONE, rf"{_I}(?:did|done|bought|wrote|written|paid|sent|made) {_WHAT}"),
    _form(CommandKind.DONE, rf"did {_WHAT}", loose=True),
    # Without “I” much of what ends in “ed” is talk: “based on the text”, “need help”, “red wine”.
    _form(
        CommandKind.DONE,
        rf"{_I}(?P<task>(?!\w*eed )\w+ed .+?)(?: (?:today|now|already))?",
    ),
    _form(CommandKind.DONE, rf"(?P<task>{_ALONE} .+?)(?: (?:today|now|already))?"),
    _form(CommandKind.DONE, rf"(?:bought|wrote|paid|sent){_ONE} {_WHAT}"),
    _form(
        CommandKind.DONE,
        r"(?P<task>.+?) (?:is|are) \w+(?: now)? (?:so |please )*(?:mark|tick) it "
        r"(?:as |off as |to )?(?:done|finished|complete|off)",
    ),
    _form(CommandKind.DONE, r"(?:complete|finish) (?P<task>.+)", loose=True),
    _form(
        CommandKind.DONE,
        r"(?:mark|tick|check|set) (?P<task>.+?) (?:as |to |off as )?"
        r"(?:done|finished|completed?|off)",
    ),
    _form(
        CommandKind.DONE,
        rf"(?P<task>.+?) (?:is|are|has been|have been)(?: all| now| already| finally)* {_ENDED}"
        r"(?: now)?",
    ),
    _form(
        CommandKind.CANCEL,
        r"(?:cancel|call off|i can'?t make it to|i won'?t do|"
        rf"i will not do) (?P<task>.+?)(?: {_THIS_TIME}|{_OFF})?",
    ),
    _form(
        CommandKind.CANCEL,
        rf"(?:drop|skip|scrap|ditch) (?P<task>.+?)(?: {_THIS_TIME}|{_OFF})",
    ),
    _form(CommandKind.CANCEL, r"(?:drop|skip|scrap|ditch) (?P<task>.+)", whole=True),
    # “I can't make sense of this” and “no idea what to do today” are talk.
    _form(CommandKind.CANCEL, rf"i can'?t make (?=(?:the|my|our) )(?P<task>.+?) {_THIS_TIME}"),
    _form(CommandKind.CANCEL, rf"i can'?t make (?P<task>.+?)(?: {_THIS_TIME})?", loose=True),
    _form(CommandKind.CANCEL, rf"no (?:more )?(?P<task>.+?) {_THIS_TIME}", loose=True),
    _form(CommandKind.CANCEL, r"(?:forget|never ?mind)(?: about)? (?P<task>.+)", loose=True),
    _form(
        CommandKind.CANCEL,
        r"(?P<task>.+?) (?:is|was|got|has been) (?:cancell?ed|called off)",
    ),
    _form(
        CommandKind.CANCEL,
        r"i (?:don'?t|do not) (?:have|need) to (?:do )?(?P<task>.+?) any ?more",
    ),
    _form(
        CommandKind.DELETE,
        rf"{_REMOVE} (?P<task>.+?)(?: (?:off|from) {_MINE}| (?:task|to-?do|reminder|appointment))",
    ),
    _form(CommandKind.DELETE, rf"{_REMOVE} (?P<task>.+)", whole=True),
    _form(CommandKind.DELETE, rf"take (?P<task>.+?) (?:off|from|out of) {_MINE}"),
)
