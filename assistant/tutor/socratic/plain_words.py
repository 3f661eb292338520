"""What a learner typed, in the words of a dictionary: “wat r” is “what are”."""

import re
from typing import Final

_SHORT: Final = {
    "u": "you", "ur": "your", "r": "are", "y": "why", "pls": "please", "plz": "please",
    "plss": "please", "thx": "thanks", "thanx": "thanks", "ty": "thank you", "tysm": "thank you",
    "wat": "what", "wht": "what", "wut": "what", "wot": "what", "waht": "what", "whta": "what",
    "hw": "how", "hwo": "how", "abt": "about", "bc": "because", "cuz": "because", "coz": "because",
    "cos": "because", "idk": "i do not know", "dunno": "do not know", "idc": "i do not care",
    "gimme": "give me", "lemme": "let me", "gonna": "going to", "gotta": "have to",
    "wanna": "want to", "kinda": "kind of", "im": "i am", "ive": "i have", "id": "i would",
    "tho": "though", "rly": "really", "smth": "something", "sth": "something", "ex": "example",
    "eg": "example", "soln": "solution", "ans": "answer", "nxt": "next", "whats": "what is",
    "wats": "what is", "wheres": "where is", "hows": "how is", "whos": "who is", "its": "it is",
    "cu": "see you", "thats": "that is", "theres": "there is", "whys": "why is", "heres": "here is",
    "cannot": "can not", "cant": "can not", "wont": "will not", "aint": "is not",
}  # fmt: skip
_NOT: Final = re.compile(
    r"\b(do|does|did|is|are|was|were|have|has|had|could|would|should|ca)n'?t\b"
)
_IS: Final = re.compile(r"\b(what|where|how|who|that|it|there|why|here|let)'s\b")
_ENDS: Final = (
    ("'m", " am"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'d", " would"),
)
_COMMON: Final = (
    "answer answers example examples explain explained solution mistake mistakes question "
    "exercise understand meaning similar another problem please confused hints wrong correct "
    "check checking result again start begin first steps difference supposed reason what does "
    "where should idea help stuck mean know why this that solve solved thank thanks"
)
_KNOWN: Final = frozenset(_COMMON.split())
_WORD: Final = re.compile(r"(?<!\w)[a-z']+(?!\w)")
_LEAST: Final = 5
"""Letters of a word that may be misspelled: shorter ones are too near to each other."""


def plain_words(text: str) -> str:
    """A message in small letters, its short forms written out and its slips mended.

    Only what is asked for is told from it: terms keep their spelling, unless they are one slip
    away from a word that everybody uses.

    Args:
        text: What the learner wrote.
    """
    told = " ".join(text.split()).casefold()
    for sign in "\u2019\u2018\u00b4`":
        told = told.replace(sign, "'")
    told = _IS.sub(r"\1 is", _NOT.sub(_negated, told))
    for end, words in _ENDS:
        told = re.sub(rf"(?<=[a-z]){end}\b", words, told)
    return _WORD.sub(lambda word: _mended(word[0], whole=told), told)


def _negated(found: re.Match[str]) -> str:
    return "can not" if found[1] == "ca" else f"{found[1]} not"


def _mended(word: str, *, whole: str) -> str:
    if word in {"y", "r", "u"} and re.search(r"[=+*/^<>]|\d", whole):
        return word  # a letter of mathematics
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < _LEAST or word in _KNOWN:
        return word
    near = [known for known in _KNOWN if len(known) >= _LEAST and is_one_slip(word, known)]
    return near[0] if len(near) == 1 else word


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter was left out, put in, doubled, or written before the one it follows.

    A letter for another one makes too many words of each other: here is no slip.
    """
    if abs(len(one) - len(other)) == 1:
        short, long = sorted((one, other), key=len)
        # A word and its plural, or its past, are two words.
        return long[:-1] != short and any(
            long[:at] + long[at + 1 :] == short for at in range(len(long))
        )
    if len(one) != len(other):
        return False
    apart = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if not apart or apart != [apart[0], apart[0] + 1]:
        return False
    first = apart[0]
    return one[first : first + 2] == other[first : first + 2][::-1]
