"""The headless front end: one command, one answer, one exit code."""

import argparse
import contextlib
import sys
from collections.abc import Callable
from typing import Any

from assistant.cli import ask, backup, bench, doctor, history, models
from assistant.cli.output import Output
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.services.core import Core, CoreOptions

DONE, USER_ERROR, WRONG_USAGE, CANCELLED = 0, 1, 2, 130

_Command = Callable[[Core, argparse.Namespace, Output], None]
_COMMANDS: dict[str, _Command] = {
    "ask": ask.run,
    "history": history.run,
    "models": models.run,
    "backup": backup.run,
    "doctor": doctor.run,
    "bench": bench.run,
}


def run(arguments: argparse.Namespace, options: CoreOptions) -> int:
    """Runs the command and returns the exit code; never raises."""
    _speak_utf8()
    given: dict[str, Any] = vars(arguments)
    output = Output(as_json=given.get("json", False))
    core: Core | None = None
    try:
        core = Core(options)
        _COMMANDS[arguments.command](core, arguments, output)
    except UserFacingError as error:
        output.error(error)
        return USER_ERROR
    except (Cancelled, KeyboardInterrupt):
        output.note("Cancelled.")
        return CANCELLED
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the edge: no traceback ever reaches a user
        output.error(
            UserFacingError(
                f"Something went wrong in Lamplight ({type(error).__name__}).",
                "“assistant doctor” may show why; nothing that was stored is lost.",
                code="internal",
            )
        )
        if core is not None:
            core.note_crash(error)
        return USER_ERROR
    finally:
        if core is not None:
            with contextlib.suppress(KeyboardInterrupt):
                core.close()
    return DONE


def _speak_utf8() -> None:
    """A Windows console may speak another code page, in which an answer could not be written."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
