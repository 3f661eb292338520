"""What a model makes of lines that the grammar is unsure of.

    python scripts/check_unsure_lines.py --model FILE.gguf [--show]

The answer is right when it says the same as a plain line for it, title included; otherwise wrong.
It is refused where it does not hold against the line: then the grammar's reading stays.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from talk.unsure import UNSURE  # noqa: E402 - the path comes first

from assistant.config.paths import profile_paths  # noqa: E402 - the path comes first
from assistant.engine.local import local_engine  # noqa: E402 - the path comes first
from assistant.planner.quick_add.parts import QuickAdd  # noqa: E402 - the path comes first
from assistant.planner.quick_add.vocabulary import Vocabulary  # noqa: E402 - the path comes first
from assistant.services.core import Core, CoreOptions  # noqa: E402 - the path comes first

_WAIT_S = 600.0
_NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        """Always the same Wednesday."""
        return _NOW


def main(arguments: Sequence[str]) -> int:
    """Prints the counts, and with ``--show`` each answer that was taken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
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
            model = core.installing.import_path(given.model).result(_WAIT_S)
            core.models.ensure(model.id).result(_WAIT_S)
            _measure(core, show=given.show)
        finally:
            core.close()
    return 0


def _measure(core: Core, *, show: bool) -> None:
    counts: Counter[str] = Counter()
    spent: list[float] = []
    for text, plain in UNSURE:
        found = core.planning.adding.read_plain(text)
        wanted = core.planning.adding.read_plain(plain)
        counts["sure, not asked"] += not found.unsure
        if not found.unsure:
            continue
        begun = time.monotonic()
        answer = core.planning.asking.ask(text, found, Vocabulary()).result(_WAIT_S)
        spent.append(time.monotonic() - begun)
        before, after = _said(found) == _said(wanted), _said(answer.found) == _said(wanted)
        counts["grammar right"] += before
        kind = "refused" if not answer.by_model else "right" if after else "wrong"
        counts[kind] += 1
        counts["made worse"] += before and not after
        if show and answer.by_model:
            print(f"{kind}: {text!r} -> {_said(answer.found)}")
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    spent.sort()
    print(f"seconds: median {spent[len(spent) // 2]:.2f}, longest {spent[-1]:.2f}")


def _said(found: QuickAdd) -> tuple[object, ...]:
    title = " ".join(found.title.casefold().split())
    return title, found.start, found.due, found.duration_min, found.recurrence


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
