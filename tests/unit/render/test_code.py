import pytest

from assistant.render.code import MAX_CODE, MAX_LINE, highlight

CODE = '''import os  # all
@wraps
def f(x: int = 2) -> str:
    """Says."""
    return f"{x}" if x and print else None
'''


def kinds(code: str, language: str) -> dict[str, str]:
    return {span.text: span.kind for line in highlight(code, language) for span in line}


@pytest.mark.parametrize("language", ["python", "py", "Python", "{.python}", "python:a.py"])
def test_python_under_all_its_names(language: str) -> None:
    found = kinds(CODE, language)
    assert found["# all"] == "comment"
    assert found["def"] == "keyword"
    assert found["and"] == "keyword"
    assert found["2"] == "number"
    assert found['"""Says."""'] == "string"
    assert found["print"] == "builtin"
    assert found["f"] == "builtin"


@pytest.mark.parametrize(
    ("language", "code", "piece", "kind"),
    [
        ("c++", "int x = 1;", "int", "keyword"),
        ("golang", "func f() {}", "func", "keyword"),
        ("node", "let x = 'a'", "'a'", "string"),
        ("zsh", "echo a", "echo", "builtin"),
        ("json5", '{"a": 1}', "1", "number"),
        ("svelte", "<p>a</p>", "p", "keyword"),
        ("diff", "-a\n+b\n", "+b", "string"),
        ("tex", "% a", "% a", "comment"),
    ],
)
def test_other_languages(language: str, code: str, piece: str, kind: str) -> None:
    assert kinds(code, language)[piece] == kind


@pytest.mark.parametrize("language", ["", "text", "plaintext", "no such", "../x", "a" * 10_000])
def test_unknown_languages_stay_plain(language: str) -> None:
    assert set(kinds(CODE, language).values()) == {"plain"}


@pytest.mark.parametrize(
    "code",
    ["", "\n", "\n\nx = 1\n\n", "x = 1", CODE, "a\r\nb", "\ufeffa", "'''\na\n", "a\x0cb\u2028c\n"],
)
@pytest.mark.parametrize("language", ["python", "bash", ""])
def test_lines_hold_the_code_letter_by_letter(code: str, language: str) -> None:
    *whole, last = code.split("\n")
    lines = ["".join(span.text for span in line) for line in highlight(code, language)]
    assert lines == [*(f"{line}\n" for line in whole), last]


def test_huge_code_and_huge_lines_stay_plain() -> None:
    assert set(kinds("x = 1\n" * (MAX_CODE // 6 + 1), "python").values()) == {"plain"}
    assert set(kinds("x = " + "1" * MAX_LINE, "python").values()) == {"plain"}
