"""Answers as people type them, brought to one alphabet: LaTeX's dress, signs, digits, spaces."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

LONGEST: Final = 2000
"""Characters that an answer may have; nothing that is asked for in a course comes near it."""

_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸⁱᵃᵇ", "0123456789+-()nxyiab")
_LOWERED: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₙₓ", "0123456789anx")
_RUN_RAISED: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸⁱᵃᵇ]+")
_RUN_LOWERED: Final = re.compile("[₀₁₂₃₄₅₆₇₈₉ₐₙₓ]+")
_UNIT_VECTOR: Final = re.compile(
    r"\\(?:hat|widehat|vec|overrightarrow)\s*(?:\{\s*\\?([ijk])(?:math)?\s*\}|\s\\?([ijk])(?:math)?(?![A-Za-z]))"
    r"|([ijk])[\u0302\u20d7]|\b([ijk])[ -]?hat\b"
)
_HATTED: Final = str.maketrans({"î": "i", "ĵ": "j"})
_VULGAR: Final = re.compile("(\\d?)\\s*([¼-¾⅐-⅞↉])")
_LINE: Final = "\u0305"
_REPEATING: Final = re.compile(rf"(?:\d{_LINE})+")
_DOTTED: Final = re.compile("(\\d)\u0307(?:(\\d*\\d)\u0307)?")
_ROOTS: Final = {"³": "cbrt", "⁴": "\\sqrt[4]", "⁵": "\\sqrt[5]", "ⁿ": "\\sqrt[n]"}
_ROOT: Final = re.compile(r"(?<![\w)\]}])([³⁴⁵ⁿ])√")
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("−–—‒―﹣➖", "-"),  # noqa: RUF001 - the sign itself is meant
        **dict.fromkeys("×✕✖∗·⋅•∙⨯●", "*"),  # noqa: RUF001 - the sign itself is meant
        **dict.fromkeys("÷∕⁄➗", "/"),  # noqa: RUF001 - the sign itself is meant
        **dict.fromkeys("≤⩽≦", "≤"),
        **dict.fromkeys("≥⩾≧", "≥"),
        **dict.fromkeys("≈≃≅", "≈"),
        **dict.fromkeys("’‘′`´ʹ", "'"),  # noqa: RUF001 - the sign itself is meant
        **dict.fromkeys("“”″", '"'),
        **dict.fromkeys("∣❘│", "|"),  # noqa: RUF001 - the sign itself is meant
        **dict.fromkeys("⟨〈", "⟨"),
        **dict.fromkeys("⟩〉", "⟩"),
        **dict.fromkeys("⟶→⇒⟹⟺⇔", "→"),
        **dict.fromkeys("∞", " ∞ "),
        **dict.fromkeys("º˚", "°"),
        "ℝ": "\\R ",  # noqa: RUF001 - the sign itself is meant
        "∛": "cbrt",
        "∜": "\\sqrt[4]",
        "∈": " ∈ ",
        "∨": " or ",  # noqa: RUF001 - the sign itself is meant
        "∧": " and ",
        "、": ",",
        "٫": ".",  # noqa: RUF001 - the sign itself is meant
        "٬": ",",
        "،": ",",
        "؛": ";",
        "ø": "∅",
        "Ø": "∅",
        "⌀": "∅",
    }
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0f]")
_SPACING: Final = re.compile(
    r"\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|quad|qquad|"
    r"mathstrut|hfill|newline)(?![A-Za-z])|(?<!\\)\\[,;:! >]|~|(?<!\\)\\(?=\n|$)"
)
_WRAPPED: Final = re.compile(
    r"\\(?:text|textrm|textbf|textit|mathrm|mathbf|mathit|mathsf|operatorname\*?|mbox|"
    r"boldsymbol|bm|boxed|ensuremath)\s*\{([^{}]*)\}"
)
_DEGREE: Final = re.compile(
    r"(?:\^|\*\*)\s*\{?\s*\\(?:circ|degree)\b\s*\}?|\\degree\b|(?<![a-zA-Z\\])deg(?:rees?)?(?![a-zA-Z])|\\circ\b"
)
_LATEX_SIGNS: Final = (
    (r"\\(?:cdot|times|ast|bullet)(?![A-Za-z])", " * "),
    (r"\\div(?![A-Za-z])", " / "),
    (r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])", " ≤ "),
    (r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])", " ≥ "),
    (r"\\(?:neq|ne)(?![A-Za-z])", " ≠ "),
    (r"\\lt(?![A-Za-z])", " < "),
    (r"\\gt(?![A-Za-z])", " > "),
    (r"\\(?:approx|simeq|cong)(?![A-Za-z])", " ≈ "),
    (r"\\pm(?![A-Za-z])", " ± "),
    (r"\\mp(?![A-Za-z])", " ∓ "),
    (r"\\infty(?![A-Za-z])", " ∞ "),
    (r"\\cup(?![A-Za-z])", " ∪ "),  # noqa: RUF001 - the sign itself is meant
    (r"\\cap(?![A-Za-z])", " ∩ "),
    (r"\\in(?![A-Za-z])", " ∈ "),
    (r"\\(?:emptyset|varnothing)(?![A-Za-z])", " ∅ "),
    (r"\\(?:mathbb\s*\{?\s*R\s*\}?|R)(?![A-Za-z])", " ℝ "),  # noqa: RUF001 - the sign itself is meant
    (r"\\(?:vee|lor)(?![A-Za-z])", " or "),
    (r"\\(?:wedge|land)(?![A-Za-z])", " and "),
    (r"\\(?:langle)(?![A-Za-z])", " ⟨ "),
    (r"\\(?:rangle)(?![A-Za-z])", " ⟩ "),
    (r"\\(?:lvert|rvert|vert|mid)(?![A-Za-z])", "|"),
    (r"\\(?:lbrace)(?![A-Za-z])|\\\{", " ⦃ "),
    (r"\\(?:rbrace)(?![A-Za-z])|\\\}", " ⦄ "),
    (r"\\(?:lbrack)(?![A-Za-z])", "["),
    (r"\\(?:rbrack)(?![A-Za-z])", "]"),
    (r"\\(?:prime)(?![A-Za-z])", "'"),
    (r"\\[dtc]frac(?![A-Za-z])", r"\\frac"),
    (r"\\%", "%"),
    (r"\\[\[\]()]", " "),
    (r"\{\s*,\s*\}", ","),
    (r"\{\s*\.\s*\}", "."),
    (r"\{\s*'\s*\}", "'"),
    (r"\^\s*'", "'"),
    (r"\^\s*\{\s*'\s*\}", "'"),
)
_LATEX: Final = tuple((re.compile(pattern), sign) for pattern, sign in _LATEX_SIGNS)
_CHOSEN: Final = r"\\binom{\1}{\2}"
"""How many ways there are to choose some of several."""
_ARRANGED: Final = r"((\1)!/((\1)-(\2))!)"
"""The same, where their order counts."""
_PART: Final = r"([A-Za-z\d][A-Za-z\d+\- ]{0,20}?)"
_ALL_BUT: Final = re.compile(
    r"^\s*(?:[a-z]\s*∈\s*)?(?:all\s+real(?:s|\s+numbers|\s+x)\s+(?:except|but|other\s+than)(?:\s+for)?(?:\s+[a-z]\s*=)?"
    r"|(?:\\?R|\\mathbb\s*\{?R\}?)\s*(?:\\setminus|\\backslash|\\|∖|-)\s*)\s*[{⦃]?\s*([^{}⦃⦄[\]]{1,40}?)\s*[}⦄]?\s*$"  # noqa: RUF001 - the sign itself is meant
)
_OUTSIDE: Final = re.compile(
    r"^\s*\\?R\s*(?:\\setminus|\\backslash|\\|∖)\s*([\[(])([^][(),;]+)[,;]([^][(),;]+)([\])])\s*$"  # noqa: RUF001 - the sign itself is meant
)
_CELL: Final = r"[^\s,;\[\]{}()]{1,20}"
_ROW: Final = re.compile(rf"\[\s*({_CELL}(?:\s*,\s*{_CELL})+)\s*\]")
_TYPED_ROWS: Final = re.compile(
    rf"^\s*\[\s*({_CELL}(?:\s+{_CELL})+(?:\s*;\s*{_CELL}(?:\s+{_CELL})+)+)\s*\]\s*$"
)
_LISTED_ROWS: Final = re.compile(rf"^\s*\[\s*{_ROW.pattern}(?:\s*,\s*{_ROW.pattern})+\s*\]\s*$")
_TYPED: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"(?<=\d)\s*[xX]\s*(?=10\s*(?:\^|\*\*))"), " * "),
    (re.compile(r"^\s*([A-Za-z])\s+(?:is|equals|is\s+equal\s+to)\s+(?=[-\d√(])"), r"\1 = "),
    (re.compile(r"^\s*([-+]?),(?=\d+\s*$)"), r"\g<1>0."),
    (re.compile(r"(?<=\))\s*\.\s*(?=\()"), "*"),
    (
        re.compile(
            r"(\d{1,4})\s*°\s*(\d{1,2}(?:\.\d+)?)\s*'(?:\s*(\d{1,2}(?:\.\d+)?)\s*(?:''|\"))?"
        ),
        lambda m: f"({m[1]} + {m[2]}/60 + {m[3] or 0}/3600)°",
    ),
    (_TYPED_ROWS, lambda m: _matrix(row.split() for row in m[1].split(";"))),
    (_LISTED_ROWS, lambda m: _matrix(row.split(",") for row in _ROW.findall(m[0]))),
    (re.compile(r"^\s*\]([^][(),;]+[,;][^][(),;]+)\[\s*$"), r"(\1)"),
    (re.compile(r"^\s*\]([^][(),;]+[,;][^][(),;]+)\]\s*$"), r"(\1]"),
    (re.compile(r"^\s*\[([^][(),;]+[,;][^][(),;]+)\[\s*$"), r"[\1)"),
    (
        re.compile(rf"(?<![A-Za-z])(?:C|nCr|binom(?:ial)?|comb)\(\s*{_PART}\s*[,;]\s*{_PART}\s*\)"),
        _CHOSEN,
    ),
    (re.compile(r"(?<![A-Za-z\d.])(\d{1,3})\s?n?C\s?(\d{1,3})(?![A-Za-z\d.])"), _CHOSEN),
    (re.compile(r"(?<![A-Za-z\d.])(\d{1,3}|[a-z])\s+choose\s+(\d{1,3}|[a-z])\b"), _CHOSEN),
    (re.compile(r"(?<![A-Za-z\d.])(\d{1,3})\s?n?P\s?(\d{1,3})(?![A-Za-z\d.])"), _ARRANGED),
    (re.compile(rf"(?<![A-Za-z])nPr\(\s*{_PART}\s*[,;]\s*{_PART}\s*\)"), _ARRANGED),
    (re.compile(r"(?<![\w.])(\d{1,3}(?:_\d{3})+)(?![\w.])"), lambda m: m[1].replace("_", "")),
    (re.compile(r"^([^=<>≤≥→]*[\w)])\s*=>\s*([^=<>≤≥→]+)$"), r"\1 ≥ \2"),
    (re.compile(r"\b(?:is\s+)?(?:greater|more)\s+than\s+or\s+equal\s+to\b"), " ≥ "),
    (re.compile(r"\b(?:is\s+)?(?:less|smaller)\s+than\s+or\s+equal\s+to\b"), " ≤ "),
    (re.compile(r"\b(?:is\s+)?(?:greater|more)\s+than\b"), " > "),
    (re.compile(r"\b(?:is\s+)?(?:less|smaller)\s+than\b"), " < "),
    (re.compile(r"\b(?:is\s+)?at\s+least\b"), " ≥ "),
    (re.compile(r"\b(?:is\s+)?at\s+most\b"), " ≤ "),
    (re.compile(r"(^|=)\s*\+\s?-"), r"\1 ±"),
    (re.compile(r"^\s*\(\s*x\s*,\s*y\s*(?:,\s*z\s*)?\)\s*=\s*(?=[(⟨\[])"), ""),
    (
        re.compile(r"^\s*([a-z])\s*≠\s*([^=<>≤≥≠a-z]*[,±][^=<>≤≥≠a-z]*)$"),
        lambda m: _but_for(m[2], m[1]),
    ),
    (re.compile(r"\s+\|\|\s+"), " or "),
    (re.compile(r"&&"), " and "),
    (re.compile(r"<=>|<->|=>|-->|->"), " → "),
    (re.compile(r"(^|[A-Za-z}]\s*=)\s*<([^<>]*,[^<>]*)>\s*$"), r"\1⟨\2⟩"),
    (re.compile(r"<\s?=|=<"), "≤"),
    (re.compile(r">\s?="), "≥"),
    (re.compile(r"!=|<>|=/=|=\s?\u0338"), "≠"),
    (re.compile(r"\+\s?/\s?-"), "±"),
    (re.compile(r"(?<=,)\s*(?:\.{3}|\\[lc]?dots)\s*(?=$|[,;}\])⦄])"), " ⋯ "),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"=="), "="),
)
_COUNTED: Final = re.compile(r"(?<![A-Za-z\d])([a-z])([1-9])\s*=(?!=)")
"""x1 = 3, x2 = -3: the first and the second solution."""
_LISTED: Final = re.compile(r"\s*(?:[,;]|\band\b|\bor\b)\s*")
_SHORT_FRACTION: Final = re.compile(r"\\frac\s*(\d)\s*(\d)")


def cleaned(text: str) -> str:
    """The text in one alphabet, still with the commands of LaTeX that carry meaning.

    Args:
        text: At most ``LONGEST`` characters, in any script.
    """
    text = _INVISIBLE.sub("", text).translate(_HATTED)
    text = _UNIT_VECTOR.sub(lambda found: f" {''.join(filter(None, found.groups()))} ", text)
    text = _REPEATING.sub(lambda run: rf"\overline{{{run[0].replace(_LINE, '')}}}", text)
    text = _DOTTED.sub(r"\\overline{\1\2}", text)
    text = _ROOT.sub(lambda root: _ROOTS[root[1]], text)
    text = _VULGAR.sub(_fraction, text)
    text = _RUN_RAISED.sub(lambda run: f"^({run[0].translate(_RAISED)})", text)
    text = _RUN_LOWERED.sub(lambda run: f"_{{{run[0].translate(_LOWERED)}}}", text)
    text = text.translate(_SIGNS)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_digit(sign) for sign in text.translate(_SIGNS))
    text = _OUTSIDE.sub(_outside, text)
    text = _ALL_BUT.sub(lambda found: _but_for(found[1]), text)
    return _typed(_latex(_without_dollars(text))).strip()


def _fraction(found: re.Match[str]) -> str:
    shown = unicodedata.normalize("NFKC", found[2]).replace("⁄", "/")  # noqa: RUF001 - the sign itself is meant
    return f"{found[1]} {shown} " if found[1] else f"({shown})"


def _digit(sign: str) -> str:
    """A digit of any script as the one of ASCII."""
    if sign.isascii():
        return sign
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _without_dollars(text: str) -> str:
    """Without the dollars around LaTeX; a lone one before a number is money, and goes too."""
    return text.replace("\\$", " ").replace("$", " ") if "$" in text else text


def _latex(text: str) -> str:
    text = _DEGREE.sub("°", text)
    if "\\" not in text and "{" not in text and "^" not in text:
        return text
    text = _SPACING.sub(" ", text)
    for _ in range(4):
        unwrapped = _WRAPPED.sub(r" \1 ", text)
        if unwrapped == text:
            break
        text = unwrapped
    for pattern, sign in _LATEX:
        text = pattern.sub(sign, text)
    return _SHORT_FRACTION.sub(r"\\frac{\1}{\2}", text)


def _typed(text: str) -> str:
    for pattern, sign in _TYPED:
        text = pattern.sub(sign, text)
    return _COUNTED.sub(r"\1_\2 =", text) if len({*_COUNTED.findall(text)}) > 1 else text


def _outside(interval: re.Match[str]) -> str:
    """All numbers but those of an interval."""
    opened, low, high, closed = interval.groups()
    below, above = ")" if opened == "[" else "]", "(" if closed == "]" else "["
    return f"(-∞, {low}{below} ∪ {above}{high}, ∞)"  # noqa: RUF001 - the sign itself is meant


def _matrix(rows: Iterable[list[str]]) -> str:
    r"""Rows typed as [1 2; 3 4] or [[1, 2], [3, 4]], as LaTeX has them."""
    inner = r"\\".join("&".join(cell.strip() for cell in row) for row in rows)
    return rf"\begin{{matrix}}{inner}\end{{matrix}}"


def _but_for(numbers: str, name: str = "x") -> str:
    """All numbers but some, as what an unknown is not."""
    left_out: list[str] = []
    for each in _LISTED.split(numbers.strip()):
        both = each.strip().removeprefix("±")
        left_out += [both, f"-({both})"] if both != each.strip() else [both]
    return " and ".join(f"{name} ≠ {each}" for each in left_out)
