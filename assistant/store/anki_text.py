"""Text of Anki's cards: templates and clozes filled in, HTML turned into Markdown."""

import html
import re
from collections.abc import Mapping
from typing import Final

MOST_TEXT: Final = 60_000
_MOST_ROUNDS: Final = 20

_SECTION = re.compile(r"\{\{([#^])([^{}]{1,200})\}\}((?:(?!\{\{[#^/]).)*)\{\{/\2\}\}", re.DOTALL)
_FIELD = re.compile(r"\{\{([^{}#^/]{1,200})\}\}")
_CLOZE = re.compile(r"\{\{c(\d{1,4})::((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
_ANSWER_RULE = re.compile(r"<hr[^>]{0,200}id\s*=\s*[\"']?answer[\"']?[^>]{0,200}>", re.IGNORECASE)
_SOUND = re.compile(r"\[(?:sound|anki:play|anki:tts)[^\]]{0,500}\]")
_CLOSED_BY = {"\\(": "\\)", "[$]": "[/$]", "\\[": "\\]", "[$$]": "[/$$]", "[latex]": "[/latex]"}
_ON_A_LINE = frozenset({"\\(", "[$]", "[latex]"})
_EDGE = re.compile("|".join(re.escape(edge) for pair in _CLOSED_BY.items() for edge in pair))
_TAG = re.compile(r"<[^<>]{0,500}>")
_TOKEN = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<rest>[^<>]{0,4000})>|<!--|-->"
)
_SOURCE = re.compile(r"\bsrc\s*=\s*([\"']?)([^\"'\s>]{1,300})", re.IGNORECASE)
_MARKUP = re.compile(r"([\\*_`$\[\]])")
_MARKED = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_BLOCKS = frozenset({"div", "p", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "blockquote"})
_UNSEEN = frozenset({"style", "script", "title", "rp"})
_BEGINS_A_BLOCK = re.compile(
    r"^(\s*)(?:(#{1,6}|[+-])(?=\s|$)|(>|-{2,}|={2,})|(\d{1,9})(?=[.)](?:\s|$)))"
)
"""What would be a heading, a list, a rule or a quotation at the beginning of a line."""


def question_and_answer(
    front: str, back: str, fields: Mapping[str, str], cloze: int | None
) -> tuple[str, str]:
    """Both sides of a card, as Markdown.

    Args:
        front: The template of the question, in Anki's notation.
        back: The template of the answer.
        fields: The note's fields by name, as HTML.
        cloze: Number of the hidden cloze from 1; None for a note type without clozes.
    """
    question = _filled(front, fields, cloze, shown=False)
    answer = _ANSWER_RULE.split(
        _filled(back.replace("{{FrontSide}}", ""), fields, cloze, shown=True)
    )
    return as_markdown(question), as_markdown(answer[-1])


def _filled(template: str, fields: Mapping[str, str], cloze: int | None, *, shown: bool) -> str:
    text = template[:MOST_TEXT]
    for _ in range(_MOST_ROUNDS):
        text, count = _SECTION.subn(lambda found: _section(found, fields), text)
        if not count:
            break

    def value(found: re.Match[str]) -> str:
        *filters, name = (part.strip() for part in found[1].split(":"))
        content = fields.get(name, "")[:MOST_TEXT]
        if "type" in filters and not shown:
            return ""
        return _clozed(content, cloze, shown=shown) if "cloze" in filters and cloze else content

    return _FIELD.sub(value, text)


def _section(found: re.Match[str], fields: Mapping[str, str]) -> str:
    there = bool(as_markdown(fields.get(found[2].strip(), "")))
    return found[3] if there == (found[1] == "#") else ""


def _clozed(text: str, number: int, *, shown: bool) -> str:
    def replaced(found: re.Match[str]) -> str:
        content, _, hint = found[2].partition("::")
        if int(found[1]) != number:
            return content
        return f"<b>{content}</b>" if shown else f"<b>[{hint or '…'}]</b>"

    for _ in range(_MOST_ROUNDS):
        text, count = _CLOZE.subn(replaced, text)
        if not count:
            break
    return text


def as_markdown(source: str) -> str:
    """HTML as Markdown: what stands there, with emphasis, lists, code and formulas kept."""
    clean = source[:MOST_TEXT].replace("\ue000", "").replace("\ue001", "")
    marked, formulas = _without_formulas(_SOUND.sub("", clean))
    parser = _Markdown()
    parser.feed(marked)
    text = re.sub("\ue000(\\d+)\ue001", lambda found: formulas[int(found[1])], parser.markdown())
    return text.strip()[:MOST_TEXT]


def _without_formulas(text: str) -> tuple[str, list[str]]:
    """The text with numbers in place of its formulas, and the formulas; in one pass."""
    out: list[str] = []
    formulas: list[str] = []
    opened: re.Match[str] | None = None
    done = 0
    for edge in _EDGE.finditer(text):
        if opened is None and edge[0] in _CLOSED_BY:
            opened = edge
        elif opened is not None and edge[0] == _CLOSED_BY[opened[0]]:
            inside = html.unescape(_TAG.sub(" ", text[opened.end() : edge.start()])).strip()
            sign = "$" if opened[0] in _ON_A_LINE else "$$"
            out += [text[done : opened.start()], f"\ue000{len(formulas)}\ue001"]
            formulas.append(f"{sign}{inside}{sign}")
            done, opened = edge.end(), None
    return "".join([*out, text[done:]]), formulas


class _Markdown:
    """Turns HTML into Markdown in one pass, in time that grows with the text alone.

    ``html.parser`` takes quadratic time over tags that never end, and cards come from anyone.
    """

    def __init__(self) -> None:
        self._out: list[str] = []
        self._unseen = ""
        self._preformatted = False
        self._at_line_start = True

    def feed(self, source: str) -> None:
        """Reads a whole text."""
        done = 0
        for token in _TOKEN.finditer(source):
            self._data(source[done : token.start()])
            done = token.end()
            self._token(token)
        self._data(source[done:])

    def _token(self, token: re.Match[str]) -> None:
        name = (token["name"] or token[0]).lower()
        if self._unseen:
            ends = token["slash"] or token[0] == "-->"
            if ends and name == self._unseen:
                self._unseen = ""
        elif name == "<!--":
            self._unseen = "-->"
        elif name in _UNSEEN and not token["slash"]:
            self._unseen = name
        elif token["name"]:
            self._tag(name, token["rest"] or "", ends=bool(token["slash"]))

    def _tag(self, name: str, rest: str, *, ends: bool) -> None:
        if name == "pre":
            self._preformatted = not ends
            self._put("\n```\n")
        elif name in _MARKED and not self._preformatted:
            self._put(_MARKED[name])
        elif name == "li" and not ends:
            self._put("\n- ")
        elif name == "img":
            found = _SOURCE.search(rest)
            picture = html.unescape(found[2]) if found else "without a name"
            self._put(f"[picture: {_escaped(picture[:100])}]")
        elif name in {"td", "th"} and not ends:
            self._put("" if self._at_line_start else " | ")
        elif name == "rt":
            self._put(")" if ends else "(")
        elif name in {"br", "hr"}:
            self._put("\n" if self._preformatted else "\n\n")
        elif name in _BLOCKS:
            self._put("\n\n")

    def _data(self, data: str) -> None:
        if self._unseen or not data:
            return
        text = html.unescape(data)
        if self._preformatted or (self._out and self._out[-1] == "`"):
            self._put(text)
        else:
            words = _escaped(re.sub(r"\s+", " ", text))
            if self._at_line_start:
                words = _BEGINS_A_BLOCK.sub(_disarmed, words)
            self._put(words)

    def _put(self, piece: str) -> None:
        self._out.append(piece)
        if piece.strip(" "):
            self._at_line_start = piece.endswith("\n")

    def markdown(self) -> str:
        """What was read."""
        text = "".join(self._out).replace("\xa0", " ")
        text = text.replace("****", "").replace("``````", "")
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<![ \t])[ \t]+\n", "\n", text))


def _disarmed(found: re.Match[str]) -> str:
    space, sign, signs, number = found.groups()
    return f"{space}{number}\\" if number else f"{space}\\{sign or signs}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
