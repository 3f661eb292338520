"""How much of everything one run may take."""

from dataclasses import dataclass

MOST_SOURCE_BYTES = 1 << 20
"""Of a program, and of its tests; more is refused."""
MOST_STDIN_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What ends a run that does not end by itself.

    Args:
        seconds: By the clock; the process is then killed, as sleeping burns no fuel.
        fuel: Instructions, about 10 billion a second on a machine of 2024; the same everywhere.
        memory_bytes: Of each instance; the interpreter itself takes some 20 MB of it.
        output_chars: Of what is printed, beyond which it is thrown away.
        output_lines: The same, in lines.
        steps: Of a trace.
        case_seconds: By the clock, of one test; the others are then run in a new process.
        case_fuel: Of the program, for one test: an endless loop is named after some seven seconds
            on a machine of 2024, and what is honestly slow has as much work on any machine.
    """

    seconds: float = 10.0
    fuel: int = 40_000_000_000
    memory_bytes: int = 256 << 20
    output_chars: int = 1_000_000
    output_lines: int = 20_000
    steps: int = 1_000
    case_seconds: float = 15.0
    case_fuel: int = 70_000_000_000


FOR_TESTS = Limits(seconds=30.0, fuel=200_000_000_000)
"""Of a whole file of tests, however many of them hang: it takes longer than one program. Each has a
limit of its own as well, so that the first that hangs is named soon and the others still run."""
