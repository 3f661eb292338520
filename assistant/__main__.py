"""The entry: reads the command line and picks the window or the headless front end."""

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import Any


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the application and returns its exit code."""
    _hold_standard_streams()
    os.umask(0o077)  # whatever is written is for the user alone
    try:
        return _start(argv)
    except KeyboardInterrupt:
        return 130  # before the front end was there; it sees to all that comes later


def _hold_standard_streams() -> None:
    """Fills streams that the caller closed, or a file of ours would become standard output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def _start(argv: Sequence[str] | None) -> int:
    if getattr(sys, "frozen", False):
        # A model of unknown origin is tried in a child, which a frozen build starts through here.
        import multiprocessing

        multiprocessing.freeze_support()
    # Imported here, where a Ctrl-C is an exit code and no traceback.
    from assistant.cli.parser import build_parser
    from assistant.config.paths import profile_paths
    from assistant.domain.clock import FixedClock, SystemClock
    from assistant.services.options import CoreOptions

    arguments = build_parser().parse_args(argv)
    given: dict[str, Any] = vars(arguments)
    moment = given.get("now")
    options = CoreOptions(
        paths=profile_paths(given.get("profile")),
        clock=FixedClock(moment) if moment is not None else SystemClock(),
        passphrase_file=given.get("passphrase_file"),
        token_file=given.get("token_file"),
        offline=given.get("offline", False),
        seed=given.get("seed"),
    )
    # The front ends are imported here, so that neither waits for the other's libraries.
    if arguments.command is None:
        from assistant.ui.app import run_window

        return run_window(options)
    from assistant.cli.app import run

    return run(arguments, options)


if __name__ == "__main__":
    sys.exit(main())
