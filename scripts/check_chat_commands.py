"""How well sentences of a chat are understood as commands of the planner.

    python scripts/check_chat_commands.py [--model FILE.gguf] [--show]

Without a model the phrases are measured alone; with one it is asked where they know nothing, as in
the chat. A command is right when its kind, the task it names, and its time or length are. The
phrases were made with the first sentences before the eyes, so the second ones count for more. Talk
that is understood as a command which names a task, or needs none, is a false action: it would
show a card in the chat, though nothing is done before that is confirmed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from talk.sentences import (  # noqa: E402 - the path comes first
    COMMANDS,
    MORE_COMMANDS,
    MORE_TALK,
    TALK,
    TASKS,
    Sentence,
)

from assistant.config.paths import profile_paths  # noqa: E402 - the path comes first
from assistant.domain.clock_face import PLAIN_FACE  # noqa: E402 - the path comes first
from assistant.domain.errors import UserFacingError  # noqa: E402 - the path comes first
from assistant.engine.local import local_engine  # noqa: E402 - the path comes first
from assistant.planner.commands.reading import (  # noqa: E402 - the path comes first
    Command,
    CommandKind,
)
from assistant.services.core import Core, CoreOptions  # noqa: E402 - the path comes first
from assistant.services.planning.drafting import line  # noqa: E402 - the path comes first
from assistant.services.planning.naming import (  # noqa: E402 - the path comes first
    AmbiguousTaskError,
    named,
)
from assistant.store.tasks import TaskRepository  # noqa: E402 - the path comes first

_WAIT_S = 600.0
_NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
_READ = frozenset({CommandKind.MOVE, CommandKind.SCHEDULE, CommandKind.DUE, CommandKind.ESTIMATE})


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        """Always the same Monday."""
        return _NOW


def main(arguments: Sequence[str]) -> int:
    """Prints the counts, and with ``--show`` what was understood otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        options = CoreOptions(
            paths=profile_paths(Path(folder)), clock=Still(), keyring=False, offline=True
        )
        core = Core(options, local_engine())
        try:
            core.vault.open("a lamp on a desk in the evening").result(_WAIT_S)
            core.planning.home.use(ZoneInfo("Europe/Berlin"))
            for text in TASKS:
                core.planning.adding.add_line(text).result(_WAIT_S)
            if given.model is not None:
                model = core.installing.import_path(given.model).result(_WAIT_S)
                core.models.ensure(model.id).result(_WAIT_S)
            asks = given.model is not None
            _measure(core, COMMANDS, TALK, asks=asks, show=given.show)
            _measure(core, MORE_COMMANDS, MORE_TALK, asks=asks, show=given.show)
        finally:
            core.close()
    return 0


def _measure(
    core: Core,
    commands: Sequence[Sentence],
    talk: Sequence[Sentence],
    *,
    asks: bool,
    show: bool,
) -> None:
    right = wrong = false = 0
    spent: list[float] = []
    for one in (*commands, *talk):
        begun = time.monotonic()
        found = _understood(core, one.text, asks=asks)
        spent.append(time.monotonic() - begun)
        fits = found is not None and _fits(core, one, found)
        right += fits
        wrong += bool(one.kinds) and found is not None and not fits
        false += not one.kinds and found is not None
        if show and not fits and (one.kinds or found is not None):
            print(f"{one.text!r}: {found}")
    spent.sort()
    print(
        f"commands right {right} of {len(commands)}, wrong {wrong}; "
        f"talk taken for a command {false} of {len(talk)}; seconds: "
        f"median {spent[len(spent) // 2]:.2f}, longest {spent[-1]:.2f}, in all {sum(spent):.0f}"
    )


def _understood(core: Core, text: str, *, asks: bool) -> Command | None:
    """The command, where the chat would show a card of it."""
    acting = core.planning.acting
    if not acting.concerns(text):
        return None
    try:
        command = acting.understand(text, ask_model=asks, certain=False).result(_WAIT_S)
    except UserFacingError:
        return None
    new = command.kind is CommandKind.SCHEDULE and bool(command.task)
    meant = new or _titles(core, command.task, whole=command.whole)
    return None if command.task and not meant else command


def _titles(core: Core, words: str, *, whole: bool = False) -> list[str]:
    """Titles of the tasks that are meant by words; none where there is none."""
    command = Command(CommandKind.DONE, whole=whole)

    def work(repository: TaskRepository) -> list[str]:
        try:
            return [named(repository, command, words, PLAIN_FACE).title]
        except AmbiguousTaskError as error:
            return [one.title for one in error.choices]
        except UserFacingError:
            return []

    return core.planning.desk.work(work).result(_WAIT_S)


def _fits(core: Core, wanted: Sentence, found: Command) -> bool:
    if found.kind not in wanted.kinds:
        return False
    if wanted.task and [wanted.task] != [
        title[: len(wanted.task)] for title in _titles(core, found.task)
    ]:
        return False
    if found.kind is CommandKind.ORDER:
        return [wanted.words] == [
            title[: len(wanted.words)] for title in _titles(core, found.words)
        ]
    if found.kind is CommandKind.ADD or found.kind in _READ:
        return _read(core, wanted.kinds[0], wanted.words) == _read(core, found.kind, found.words)
    return wanted.words.casefold() == found.words.casefold()


def _read(core: Core, kind: CommandKind, words: str) -> tuple[object, ...]:
    """What words say, so that other words for the same are the same."""
    found = core.planning.adding.read_plain(words if kind is CommandKind.ADD else line(kind, words))
    title = {one for one in found.title.casefold().split() if one not in {"a", "the"}}
    return frozenset(title), found.start, found.end, found.due, found.duration_min


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
