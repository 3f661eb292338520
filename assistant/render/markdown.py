"""Markdown to blocks, the whole text at once.

For text that still grows see `assistant.render.stream`, which gives the same blocks.
"""

from assistant.render.blocks import Block
from assistant.render.inline import InlineParser
from assistant.render.machine import BlockMachine


def normalised(text: str) -> str:
    """Give every line break one form, and take out the character that no text holds."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def parse(text: str) -> tuple[Block, ...]:
    r"""Read CommonMark with tables, strikethrough, task lists and formulas.

    Formulas are what stands between dollars, double dollars, ``\(..\)``, ``\[..\]`` or
    ``\begin..\end`` of an environment of mathematics. HTML is text. The cost grows with the
    length of the text for any text.

    Args:
        text: What a model or a person wrote; any string.

    Returns:
        The blocks in order; empty for blank text.
    """
    machine = BlockMachine(InlineParser())
    lines = normalised(text).split("\n")
    # What follows the last line break is a line only if there is something.
    for line in lines if lines[-1] else lines[:-1]:
        machine.read(line)
    return machine.finish()
