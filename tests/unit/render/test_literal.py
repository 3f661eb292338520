"""Text without markup."""

from assistant.render.blocks import LineBreak, Paragraph, Text
from assistant.render.literal import literal


def test_every_character_is_itself_and_empty_lines_part_paragraphs() -> None:
    text = "\n*a* $x$\r\n    b_c_\n \n\n# d\n"
    assert literal(text) == (
        Paragraph((Text("*a* $x$"), LineBreak(), Text("    b_c_"))),
        Paragraph((Text("# d"),)),
    )
    assert literal(" \n\n") == ()
