"""Pieces of Markdown that are nothing without what stands before them."""

from assistant.render.joining import wholes


def test_pieces_of_code_formulas_tables_and_items_are_joined() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    pieces = [
        *("Prose $x$.", "```python\nx = 1", "y = 2\n```", "More."),
        *("$$\na", "b\n$$", table, "| 3 | 4 |", table, "1. one", "   still one"),
    ]
    assert wholes(pieces) == (
        ("Prose $x$.", 1),
        ("```python\nx = 1\ny = 2\n```", 2),
        ("More.", 1),
        ("$$\na\nb\n$$", 2),
        (f"{table}\n| 3 | 4 |", 2),
        (table, 1),
        ("1. one\n\n   still one", 2),
    )


def test_a_fence_that_is_never_closed_takes_the_rest() -> None:
    assert wholes(["~~~", "a", "# b", ""]) == (("~~~\na\n# b\n", 4),)
    assert wholes([]) == ()
    assert wholes(["  first"]) == (("  first", 1),)
