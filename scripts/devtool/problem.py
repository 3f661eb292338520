"""What stopped the work, in words, with the command that mends it."""


class Problem(Exception):  # noqa: N818 - the word the user would say
    """Something the user can mend.

    Args:
        message: What is wrong, one or two sentences.
        commands: What to type to mend it, each a line of its own; may be empty.
    """

    def __init__(self, message: str, *commands: str) -> None:
        super().__init__(message)
        self.message = message
        self.commands = commands

    def __str__(self) -> str:
        """Message and commands as shown in a terminal."""
        return "\n".join([self.message, *(f"    {command}" for command in self.commands)])
