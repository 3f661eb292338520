"""Which sentences of a chat a model may be asked about, whether they command the planner.

Ordinary messages must reach the model that answers untouched and at once; so this lets through
very little: one sentence that wishes something of somebody's own plan, names a moment or another
thing of plans, and asks for nothing to be written or explained. Whether it names a task as well,
without which nothing is asked, is for whoever knows the tasks.
"""

import re
from typing import Final

_MOST_WORDS: Final = 25
_WISHES: Final = re.compile(
    r"^(?:(?:please|ok|okay|hey|now|so|actually|well|no|hmm|sorry)[, ]+)*"
    r"(?:(?:can|could|would|will) (?:you|we) (?:please )?|let'?s |"
    r"(?:i|we)(?:'(?:d|ll)| would| will| can| could| should| must| need to| want to| won'?t|"
    r" can'?t| cannot) |"
    r"(?=(?:move|shift|push|reschedule|postpone|delay|bring|pull|swap|put|schedule|plan|cancel|"
    r"drop|skip|delete|remove|rename|mark|make|set|give|block|keep|leave|do|start|begin|fit|squeeze|"
    r"get) (?!of\b|x\b)))",
    re.IGNORECASE,
)
_OF_PLANS: Final = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?\b|\b(?:today|tomorrow|tonight|week|"
    r"weekend|morning|afternoon|evening|noon|midnight|later|earlier|sooner|instead|deadline|due|"
    r"priority|urgent|done|finished|list|planner|calendar|schedule|minutes?|hours?)\b|"
    r"\b\d{1,2}(?::\d\d|\s?[ap]m)\b",
    re.IGNORECASE,
)
_OF_TALK: Final = re.compile(
    r"\b(?:write|draft|explain|summari[sz]e|translate|tell|help|show|solve|prove|discuss|talk|"
    r"practi[sc]e|quiz|test|learn|understand|know|mean|describe|compare|list|outline|analy[sz]e|"
    r"calculate|compute|code|implement|define|give me|make me|why|how|who|which|what|where|idea|"
    r"ideas|question|questions|wonder|think|thought|example|examples|paragraph|sentence|chapter|"
    r"for me|with me|together|"
    r"feel|read|check|review|correct|improve|find out|look up|ask|answer|begins?|starts? with)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"(?:(?:ok|okay|so|and|now|well)[, ]+)*what(?:'s| is| comes| (?:should|shall|do) i (?:do|start "
    r"with|begin with|tackle))?(?: right)? (?:now|next|first|up next)",
    re.IGNORECASE,
)
_FURTHER: Final = re.compile(r"[;\n]|[.!?:](?=\s)")


def goes_on(text: str) -> bool:
    """Whether a question is of the plan only where nothing was said before it: “what now?”.

    Behind an answer it asks for more of that.
    """
    plain = text.replace("\u2019", "'").strip(" .!?\n")
    return _GOES_ON.fullmatch(plain) is not None


def may_be_planning(text: str) -> bool:
    """Whether a message may be a wish about somebody's own plan; some microseconds."""
    plain = text.replace("\u2019", "'").strip()
    if not plain or len(plain.split()) > _MOST_WORDS or _FURTHER.search(plain):
        return False
    wish = _WISHES.match(plain)
    if wish is None or _OF_TALK.search(plain):
        return False
    asks = plain.endswith("?")
    polite = re.search(r"\b(?:can|could|would|will) (?:you|we|i)\b", wish[0], re.IGNORECASE)
    return (not asks or polite is not None) and _OF_PLANS.search(plain) is not None
