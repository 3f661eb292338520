"""The headless front end: one command, one answer, one exit code."""

import argparse
import codecs
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Any

from assistant.cli import ask, backup, bench, doctor, history, models, plan, study
from assistant.cli.output import Output
from assistant.domain.errors import Cancelled, UserFacingError
from assistant.services.core import Core, CoreOptions

DONE, USER_ERROR, WRONG_USAGE, CANCELLED = 0, 1, 2, 130

_Command = Callable[[Core, argparse.Namespace, Output], None]
_COMMANDS: dict[str, _Command] = {
    "ask": ask.run,
    "history": history.run,
    "models": models.run,
    "study": study.run,
    "plan": plan.run,
    "backup": backup.run,
    "doctor": doctor.run,
    "bench": bench.run,
}


def run(
    arguments: argparse.Namespace,
    options: CoreOptions,
    make_core: Callable[[CoreOptions], Core] = Core,
) -> int:
    """Runs the command and returns the exit code; never raises.

    Args:
        arguments: What the parser made of the command line.
        options: How this run differs from an ordinary one.
        make_core: Builds what the commands work with.
    """
    _speak_as_expected()
    given: dict[str, Any] = vars(arguments)
    output = Output(as_json=given.get("json", False))
    with _ended_politely():
        try:
            return _guarded(arguments, output, lambda: make_core(options))
        except (Cancelled, KeyboardInterrupt):
            output.note("Cancelled.")
            return CANCELLED
        except BrokenPipeError:
            return DONE  # whoever read the answer has enough of it


def _guarded(arguments: argparse.Namespace, output: Output, make_core: Callable[[], Core]) -> int:
    core: Core | None = None
    try:
        core = make_core()
        if core.settings.problem:
            output.note(core.settings.problem)
        _COMMANDS[arguments.command](core, arguments, output)
    except UserFacingError as error:
        output.error(error)
        return USER_ERROR
    except (Cancelled, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - the edge: no traceback ever reaches a user
        if core is not None:
            core.note_crash(error)
        output.error(
            UserFacingError(
                f"Something went wrong in Lamplight ({type(error).__name__}).",
                "“assistant doctor” may show why; nothing that was stored is lost.",
                code="internal",
            )
        )
        return USER_ERROR
    finally:
        if core is not None:
            with _deaf():
                core.close()
    return DONE


@contextlib.contextmanager
def _ended_politely() -> Generator[None]:
    """Takes a polite end, and a terminal that is closed, as Ctrl-C: what came so far is stored."""
    with _heard(_polite(), signal.default_int_handler):
        yield


@contextlib.contextmanager
def _deaf() -> Generator[None]:
    """Nothing ends this early: a core that is half closed keeps threads that keep the process."""
    with _heard([signal.SIGINT, *_polite()], _go_on):
        yield


def _polite() -> list[signal.Signals]:
    return [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGTERM, signal.SIGHUP]


def _go_on(*_: object) -> None:
    """Hears a signal and lets what is under way go on."""


@contextlib.contextmanager
def _heard(ends: Sequence[signal.Signals], hear: Callable[[int, Any], object]) -> Generator[None]:
    """Has signals heard in another way; what is ignored, as “nohup” has it, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may listen to signals
        return
    before = {end: signal.getsignal(end) for end in ends}
    for end, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(end, hear)
    try:
        yield
    finally:
        for end, handler in before.items():
            signal.signal(end, handler)


def _speak_as_expected() -> None:
    """Has the standard streams speak what whoever is at their other end expects.

    A Windows console may speak another code page, in which an answer could not be written; and
    who has chosen no locale at all has a terminal of today. A locale that was chosen is kept to.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        chosen = codecs.lookup(stream.encoding).name
        keep = sys.platform != "win32" and chosen not in ("ascii", "utf-8")
        reconfigure(encoding=chosen if keep else "utf-8", errors="replace")
