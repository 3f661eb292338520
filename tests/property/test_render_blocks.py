"""Any text: our block reader sees the same blocks as markdown-it's."""

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.render.markdown import parse
from tests.helpers.reference_markdown import Reference, without_unseen

PIECES = [
    *("\n", "\n", "\n\n", "\n  ", "\n   ", "\n    ", "\n\t", " ", "    ", "\t"),
    *("a", "b c", "- ", "* ", "+ ", "-", "1. ", "2. ", "3) ", "10. ", "> ", ">"),
    *("# ", "## x ##", "#", "```\n", "```py\n", "~~~\n", "````", "`", "---", "***", "_ _ _"),
    *("| a | b |\n|---|:-:|\n", "|", "| 1 | 2 |\n", "|-|", " x|y", "=", "===", "<div>", "*", "**"),
]
# White space at the end aside: markdown-it drops a last line of blanks from open code.
SOUP = st.lists(st.sampled_from(PIECES), max_size=24).map(lambda pieces: "".join(pieces).rstrip())

DEVIATIONS = [
    # markdown-it goes on with a quotation at a mark that is indented as code, and counts tabs
    # after the mark in its own way; CommonMark does not.
    re.compile(r"( {4}|\t) *>|>.*\t"),
    # It looks whether a table begins before it looks at the indent of the line, and takes dashes
    # without a bar for a delimiter row, which we take for a rule.
    re.compile(r"\|.*( {4}|\t)|( {4}|\t).*\|", re.DOTALL),
    re.compile(r"\|.*\n[ >]*-+[ \t]*$", re.MULTILINE),
    # It begins another list after an empty item that blanks follow, and lets the blanks in code
    # that a list leaves unclosed loosen the list.
    re.compile(r"\n[ \t]+\n|([-+*]|\d[.)])[ \t]*\n[ \t]*\n"),
    re.compile(r"[-+*.)] .*(```|~~~)[^\n]*\n\s*\n"),
    # It ends a paragraph within a container at a line that is indented as code, which CommonMark
    # takes for more of the paragraph; it looks for a table before all other marks.
    re.compile(r"( {4}|\t)[ \t]*(```|~~~|#|_ _ _|\*\*\*|[23])"),
    re.compile(r"^ *([-+*>#]|\d+[.)]).*\|.*\n *\|-", re.MULTILINE),
    # It drops a last line of nothing but a quotation's mark from open code.
    re.compile(r"\n *>$"),
]


@given(SOUP)
@example("- a\n\n  b\n- c")
@example("- a\n- b\n\n  c\n")
@example("> - a\n>\n> - b")
@example("1. a\n   ```\n   x\n\n   y\n   ```\n2. b")
@example("-\n\n  a")
@example("- a\n\tb\n\n\t\tc")
@example("a\n| b | c |\n|--|--|\n| d |\n> e")
def test_the_blocks_are_those_of_markdown_it(text: str) -> None:
    for deviation in DEVIATIONS:
        assume(not deviation.search(text))
    ours = tuple(without_unseen(block) for block in parse(text))
    assert ours == tuple(without_unseen(block) for block in Reference().parse(text))
