"""Measures the window: how long it takes to appear, to open a long chat, and to show a stream.

Run as ``python -m assistant.ui.bench [--quick]``; without a screen set ``QT_QPA_PLATFORM`` to
``offscreen``. Every figure stands beside a reference from the same run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from assistant.config.paths import resources
from assistant.domain.conversation import Message, MessageOutline, Role
from assistant.domain.health import BenchRow
from assistant.domain.ids import MessageId
from assistant.render.formula import FormulaRenderer
from assistant.ui.bench_chat import SECTION_TOKENS, BenchSource, chat, section, tokens_of
from assistant.ui.bench_downloads import download_rows
from assistant.ui.bench_generation import generation_rows
from assistant.ui.bench_loop import Heartbeat, percentile, spin
from assistant.ui.bench_process import EMPTY_WINDOW, app_window, prepare_profile, rss_bytes
from assistant.ui.bridge.background import WindowPool
from assistant.ui.chat.transcript import TranscriptView
from assistant.ui.theme.theme import Theme

TOKENS_PER_SECOND = 150
_DRAIN_MS = 25
_WIDTH, _HEIGHT = 1040, 700
_MEGABYTE = 1024 * 1024
_STOP_S = 0.03
_CHILD_TIMEOUT_S = 60


def run(files: Path, *, quick: bool = False) -> list[BenchRow]:
    """All measurements, in a process that has no application yet.

    Args:
        files: Folder that holds ``fonts`` and ``icons``.
        quick: Fewer tokens, messages and repetitions; the ratios are rougher.
    """
    rows = start_rows(repeats=3 if quick else 7)
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else QApplication(sys.argv[:1])
    theme = Theme(app, files, mode="light")
    theme.load_rest()
    pool = WindowPool(app)
    try:
        rows += open_rows(theme, pool, messages=10_000, repeats=3 if quick else 7)
        rows += scroll_rows(theme, pool, messages=10_000, stops=150 if quick else 600)
        rows += cost_rows(theme, pool, tokens=2_000 if quick else 4_000)
        rows += stream_rows(theme, pool, messages=1_000, tokens=900 if quick else 4_000)
    finally:
        pool.close()
    rows += download_rows(theme, 2.0 if quick else 6.0)
    return rows + generation_rows(theme, tokens=200 if quick else 400, repeats=3 if quick else 7)


# The loop


def stream_rows(theme: Theme, pool: WindowPool, *, messages: int, tokens: int) -> list[BenchRow]:
    """Stalls of the event loop while an answer streams, beside those of the idle loop.

    Args:
        theme: The theme.
        pool: Background work.
        messages: How many the chat has already.
        tokens: How many are streamed, at 150 a second.
    """
    view, _ = _view(theme, pool, messages)
    heartbeat = Heartbeat()
    heartbeat.start()
    spin(min(4.0, tokens / TOKENS_PER_SECOND / 3))
    heartbeat.stop()
    idle = list(heartbeat.late_ms)
    target = _begin(view, messages)
    feed = tokens_of(tokens)
    state = {"sent": 0, "start": time.perf_counter()}

    def drain() -> None:
        due = int((time.perf_counter() - state["start"]) * TOKENS_PER_SECOND)
        sent = int(state["sent"])
        if due > sent:
            view.append_text(target, "".join(feed[sent:due]))
            view.set_progress(target, tokens_per_second=TOKENS_PER_SECOND, tokens=due)
            state["sent"] = min(due, len(feed))

    timer = QTimer()
    timer.setInterval(_DRAIN_MS)
    timer.timeout.connect(drain)
    heartbeat.start()
    timer.start()
    while int(state["sent"]) < len(feed):
        spin(0.05)
    timer.stop()
    heartbeat.stop()
    busy = heartbeat.late_ms
    _close(view)
    note = f"{tokens} tokens at {TOKENS_PER_SECOND}/s into {messages} messages"
    return [
        BenchRow("stall idle p99", percentile(idle, 0.99), "ms", note="the same loop, no stream"),
        BenchRow("stall idle max", max(idle), "ms", note="the same loop, no stream"),
        BenchRow("stall streaming p99", percentile(busy, 0.99), "ms", goal=16.7, note=note),
        BenchRow("stall streaming max", max(busy), "ms", goal=50.0, note=note),
        BenchRow(
            "own work between beats max",
            max(heartbeat.work_ms),
            "ms",
            note="processor time of the window's thread; the rest of a stall is the machine's",
        ),
    ]


def cost_rows(theme: Theme, pool: WindowPool, *, tokens: int) -> list[BenchRow]:
    """What the last 200 tokens of an answer cost against the first, painting included.

    The answer repeats one section of 200 tokens, so that both ends hold the same Markdown. The
    very first section is left out: it also pays for what is made once.
    """
    view, _ = _view(theme, pool, 1_000)
    target = _begin(view, 1_000)
    piece = section()
    costs: list[float] = []
    for _ in range(tokens // SECTION_TOKENS):
        start = time.process_time()
        for index in range(0, len(piece), 4):
            view.append_text(target, "".join(piece[index : index + 4]))
            view.flush()
            QApplication.processEvents()
        costs.append((time.process_time() - start) * 1000)
    _close(view)
    first, last = statistics.median(costs[1:4]), statistics.median(costs[-3:])
    return [
        BenchRow(
            "last 200 tokens",
            last,
            "ms",
            reference=first,
            ratio=last / first,
            goal=1.2,
            note=f"of {tokens}; the reference is tokens 200 to 800, by sections of 200",
        )
    ]


def open_rows(theme: Theme, pool: WindowPool, *, messages: int, repeats: int) -> list[BenchRow]:
    """From handing over a long chat to its first paint."""
    view, _ = _view(theme, pool, 20)
    times: list[float] = []
    for number in range(repeats):
        made = chat(messages, first_id=1_000_000 * (number + 1))
        source = BenchSource(made)
        source.attach(view)
        outline = outline_of(made)
        painted = _PaintWatch(view)
        start = time.perf_counter()
        view.set_messages(outline)
        while not painted.seen:
            QApplication.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        spin(0.1)
    _close(view)
    return [
        BenchRow(
            "open a chat",
            statistics.median(times),
            "ms",
            goal=100.0,
            note=f"{messages} messages to first paint, worst {max(times):.0f} ms",
        )
    ]


def scroll_rows(theme: Theme, pool: WindowPool, *, messages: int, stops: int) -> list[BenchRow]:
    """How memory grows while a long chat is scrolled from end to end."""
    view, _ = _view(theme, pool, messages)
    _scroll(view, stops // 5)
    before = rss_bytes()
    start = time.process_time()
    _scroll(view, stops)
    took = (time.process_time() - start) * 1000 / stops
    grown = (rss_bytes() - before) / _MEGABYTE
    rows = len(view.stage.rows)
    _close(view)
    return [
        BenchRow(
            "memory while scrolling",
            grown,
            "MB",
            goal=20.0,
            note=f"{stops} stops over {messages} messages, {rows} rows alive",
        ),
        BenchRow(
            "a stop of the scrolling",
            took,
            "ms",
            note="processor time; a view full of messages never shown before",
        ),
    ]


def start_rows(*, repeats: int) -> list[BenchRow]:
    """The application against an empty window, each in processes of its own, in turns.

    Args:
        repeats: Pairs of processes; medians are taken. One more pair comes first and is not
            counted: it writes the bytecode that an installation has.
    """
    empty: list[dict[str, float]] = []
    window: list[dict[str, float]] = []
    for _ in range(repeats + 1):
        empty.append(_child(EMPTY_WINDOW))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            prepare_profile(Path(folder))
            window.append(_child(app_window(Path(folder))))
    rows: list[BenchRow] = []
    for name, key, against, unit, scale, goal in (
        ("window shown", "shown_ms", "shown_ms", "ms", 1.0, 1.5),
        ("window ready, vault open", "ready_ms", "shown_ms", "ms", 1.0, None),
        ("memory at the first paint", "shown_rss", "rss_bytes", "MB", 1 / _MEGABYTE, None),
        ("memory ready, no model", "rss_bytes", "rss_bytes", "MB", 1 / _MEGABYTE, 1.6),
    ):
        value = statistics.median(each[key] for each in window[1:]) * scale
        reference = statistics.median(each[against] for each in empty[1:]) * scale
        note = "against an empty window"
        rows.append(BenchRow(name, value, unit, reference, value / reference, goal, note=note))
    return rows


def outline_of(messages: Iterable[Message]) -> list[MessageOutline]:
    """Outlines of messages that have no other versions."""
    return [
        MessageOutline(message.id, message.role, len(message.content), (message.id,))
        for message in messages
    ]


class _PaintWatch(QObject):
    """Notices the first paint of a message."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self.seen = False
        view.stage.row_made.connect(self._watch)

    def _watch(self, row: QObject) -> None:
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits for a paint."""
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return super().eventFilter(watched, event)


def _view(theme: Theme, pool: WindowPool, messages: int) -> tuple[TranscriptView, BenchSource]:
    made = chat(messages)
    source = BenchSource(made)
    view = TranscriptView(theme, FormulaRenderer(), pool, source)
    source.attach(view)
    view.resize(_WIDTH, _HEIGHT)
    view.show()
    view.set_messages(outline_of(made))
    spin(0.6)
    return view, source


def _begin(view: TranscriptView, messages: int) -> MessageId:
    target = MessageId(messages + 1)
    view.begin_answer(target)
    added = MessageOutline(target, Role.ASSISTANT, 0, (target,))
    view.set_messages([*view.outline, added])
    view.scroll_to_end()
    spin(0.2)
    return target


def _scroll(view: TranscriptView, stops: int) -> None:
    bar = view.stage.verticalScrollBar()
    for stop in range(stops):
        bar.setValue(round(bar.maximum() * stop / max(1, stops - 1)))
        spin(_STOP_S)  # only a real loop frees the rows that were left behind


def _close(view: TranscriptView) -> None:
    view.close()
    view.deleteLater()
    spin(0.1)


def _child(program: str) -> dict[str, float]:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=_CHILD_TIMEOUT_S,
        check=True,
        env=environment,
    )
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def table(rows: Iterable[BenchRow]) -> str:
    """The figures as lines of text."""
    lines: list[str] = []
    for row in rows:
        ratio = f"  x {row.ratio:.2f} of {row.reference:.1f}" if row.ratio is not None else ""
        goal = "" if row.goal is None else f"  goal {row.goal:g}: {'met' if row.met else 'MISSED'}"
        lines.append(f"{row.name:26}{row.value:10.1f} {row.unit:3}{ratio}{goal}  ({row.note})")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, or the same for a program."""
    parser = argparse.ArgumentParser(prog="python -m assistant.ui.bench")
    parser.add_argument("--quick", action="store_true", help="fewer tokens and repetitions")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    chosen = parser.parse_args(arguments)
    rows = run(resources(), quick=chosen.quick)
    if chosen.json:
        values = [asdict(row) | {"met": row.met} for row in rows]
        sys.stdout.write(json.dumps(values) + "\n")
    else:
        sys.stdout.write(table(rows) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
