"""What is nothing of the exercise: thanks, a greeting, anger, the weather; and a word back.

It costs nothing, and no model is asked.
"""

import re
from typing import Final

_FILL: Final = (
    r"(?:\W|\b(?:ok(?:ay)?|oh|ah|so|well|then|cool|nice|great|good|wow|very|much|a\s+lot|all|right|i|you|it|this|that"
    r"|there|again|really|just|is|am|for|the|to|everyone|lamp(?:light)?)\b)*"
)
_KINDS: Final = (
    (
        (r"(?:thanks?|thank\s+you|cheers|appreciate|perfect|awesome|merci|danke|gracias)"
        r"(?:\s+(?:for\s+(?:the|your)\s+\w+|that\s+helped|so\s+much|anyway))?"),
        "You are welcome. Go on with it, and ask whenever you like.",
    ),
    (
        (r"(?:hi+|hello|hey|hallo|yo|good\s+(?:morning|evening|afternoon|day)|greetings"
        r"|how\s+are\s+you(?:\s+(?:doing|today))?|what\s+is\s+up|sup)"),
        "Hello. Tell me what you have so far, or ask for a hint, an example or the reason.",
    ),
    (
        r"(?:bye|goodbye|see\s+you|good\s+night|ciao|later|later\s+then)",
        "Until next time. What you did is kept.",
    ),
    (
        (r"(?:ok(?:ay)?|k|kk|cool|nice|great|good|fine|alright|sure|yes|yeah|yep|yup|aha+|hm+"
        r"|got\s+(?:it|that)|i\s+see(?:\s+now)?"
        r"|i\s+(?:get|understand)\s+(?:it|that|this)(?:\s+now)?|makes\s+sense"
        r"|understood|\U0001f44d)"),
        "Good. Go on with the next line, and hand in what comes out.",
    ),
    (
        r"(?:no|nope|nah|never\s+mind|nothing|sorry|my\s+bad|oops)",
        "All right. Ask whenever you like.",
    ),
    (
        r"(?:lol+|(?:ha)+h?|hehe+|lmao|rofl|\U0001f602|:\)|xd|wow|omg)",
        "On with it: what would you do next?",
    ),
    (
        (r"(?:(?:are\s+you|you\s+are)\s+(?:a\s+|an\s+)?(?:robot|bot|human|person|ai|real|machine"
        r"|computer|teacher)|who\s+(?:are|made)\s+you|what\s+are\s+you"
        r"|what\s+is\s+your\s+name|what\s+can\s+you\s+do)"),
        ("I am Lamplight. I know the lessons of this course: ask for a hint, an example, the "
        "reason, what a word means, or whether a line follows."),
    ),
    (
        (r"(?:what\s+is\s+(?:the\s+)?weather|will\s+it\s+rain|what\s+time\s+is|what\s+day\s+is"
        r"|tell\s+(?:me\s+)?a\s+(?:joke|story)|sing|do\s+you\s+(?:like|love|have\s+a)"
        r"|what\s+is\s+your\s+fav\w+|who\s+won|how\s+old\s+are\s+you|where\s+do\s+you\s+live"
        r"|let\s+us\s+(?:talk|chat)\s+about)(?:\s+\w+){0,5}"),
        ("That is beyond these lessons. About the exercise you can ask for a hint, an example, the "
        "reason, or what a word means."),
    ),
    (
        (r"(?:(?:i\s+)?(?:hate|do\s+not\s+(?:like|care)|can\s+not\s+stand)(?:\s+\w+){0,4}"
        r"|(?:this|it|that|math|maths|school|everything)\s+(?:is\s+)?(?:\w+\s+)?"
        r"(?:sucks?|stupid|boring|dumb|crap|shit|useless|annoying|pointless|awful|terrible)"
        r"|you\s+(?:are\s+)?(?:\w+\s+)?(?:sucks?|suck|stupid|dumb|useless|annoying|an?\s+idiot|idiot"
        r"|no\s+help|not\s+helping|bad)|(?:fuck|screw|damn)(?:\s+(?:this|it|you|off|that|\w+))?"
        r"|shit|wtf|idiot|stupid|useless|shut\s+up|so\s+boring|boring|bored|tired)"),
        ("This one is hard going, it seems. A hint, an example or a short break often helps: which "
        "of them would you like?"),
    ),
)  # fmt: skip
_COMPILED: Final = tuple(
    (re.compile(rf"{_FILL}{words}{_FILL}"), answer) for words, answer in _KINDS
)


def is_small_talk(said: str) -> bool:
    """Whether a message is nothing but small talk.

    Args:
        said: The message in plain words (``plain_words``).
    """
    return bool(answer_to(said))


def answer_to(said: str) -> str:
    """A word back; "" for what is more than small talk.

    Args:
        said: The message in plain words.
    """
    # "thanks, but why?" is more: all of its parts have to be small talk, and the last is answered.
    parts = [part for part in re.split(r"[.,!?;]+\s+|[.!?;]+$", said) if part.strip()]
    found = [
        next((answer for words, answer in _COMPILED if words.fullmatch(part)), "") for part in parts
    ]
    return found[-1] if found and all(found) else ""
