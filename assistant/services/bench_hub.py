"""How soon an answer of the Hub is there as rows, beside a bare GET of the same answer.

The other end is a server of this process on loopback. The time runs from the last byte of the
answer to the value that the window lists; what is shown of a repository needs further answers,
whose round trips on loopback count as well.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from assistant.domain.clock import FixedClock
from assistant.domain.connection import Purpose
from assistant.domain.errors import Bug
from assistant.domain.health import BenchRow
from assistant.domain.hub import HubModel, HubQuery, HubRepository
from assistant.domain.model import Fit, ModelFormat, ModelShape
from assistant.hub.client import HubClient
from assistant.hub.connection_log import ConnectionLog
from assistant.hub.egress import Egress, hush_libraries
from assistant.hub.loopback_answers import LoopbackAnswers
from assistant.services.fitting import Fitting
from assistant.services.hub_search import HubSearch
from assistant.services.jobs import Job, Workers

_GOAL_MS: Final = 100.0
_ROWS: Final = 40
_FILES: Final = 200
_REPEATS: Final = (25, 7)
"""All of them, and quick."""
_CONTEXT_LENGTH: Final = 4096
_LIST: Final = "/api/models"
_REPO: Final = "bench/Model-7B-GGUF"
_ONE: Final = f"{_LIST}/{_REPO}"
_WAIT_S: Final = 60.0
Answer = tuple[HubModel, ...] | HubRepository


def measure(
    work_folder: Path, *, quick: bool, on_progress: Callable[[float, str], None]
) -> list[BenchRow]:
    """Measures a search with 40 results and a look at a repository of 200 files.

    Args:
        work_folder: Gets a folder for the log of connections, which is removed.
        quick: Fewer repeats.
        on_progress: Told how far it is; may raise to cancel.
    """
    hush_libraries()
    answers = {_LIST: _list_answer(), _ONE: _one_answer()}
    workers = Workers()
    with (
        tempfile.TemporaryDirectory(dir=work_folder, ignore_cleanup_errors=True) as folder,
        LoopbackAnswers(answers) as server,
    ):
        egress = Egress(
            ConnectionLog(Path(folder) / "connections.jsonl"),
            FixedClock(datetime(2026, 1, 1, tzinfo=UTC)),
            sealed=False,
            offline=lambda: False,
            endpoint=server.url,
        )
        fitting = Fitting()

        def judge(shape: ModelShape, longest: int, sha256: str) -> Fit:
            length = min(_CONTEXT_LENGTH, longest or _CONTEXT_LENGTH)
            return fitting.judge_shape(shape, length, sha256=sha256)

        search = HubSearch(workers, HubClient(egress, lambda: ""), judge)
        query = HubQuery("model", formats=frozenset({ModelFormat.GGUF}), limit=_ROWS)
        bench = _Bench(server, egress, _REPEATS[quick])
        try:
            on_progress(0.0, "Searching")
            found = bench.row(f"{_ROWS} results", _LIST, lambda: search.search(query), _ROWS)
            on_progress(0.5, "Looking at a repository")
            looked = bench.row(f"{_FILES} files", _ONE, lambda: search.look(_REPO), _FILES)
        finally:
            workers.close()
            egress.close()
    return [found, looked]


class _Bench:
    def __init__(self, server: LoopbackAnswers, egress: Egress, repeats: int) -> None:
        self._server = server
        self._egress = egress
        self._repeats = repeats

    def row(
        self,
        what: str,
        path: str,
        ask: Callable[[], Job[tuple[HubModel, ...]] | Job[HubRepository]],
        expected: int,
    ) -> BenchRow:
        """From the end of an answer to the value, beside a bare GET of it."""
        took: list[float] = []
        plain: list[float] = []
        for number in range(self._repeats + 1):  # the first one imports what is needed
            ended: SimpleQueue[float] = SimpleQueue()
            job = ask().on_done(lambda _, ended=ended: ended.put(time.perf_counter()))
            count = _count(job.result(_WAIT_S))
            ended_s = ended.get(timeout=_WAIT_S)  # who waits may be woken before who listens
            if count != expected:
                raise Bug(f"{count} of {expected} were judged")
            if number:
                took.append((ended_s - self._server.ended_s[path]) * 1000)
                plain.append(self._get(path))
        return BenchRow(
            f"the Hub's answer to {what} with their fit",
            statistics.median(took),
            "ms",
            statistics.median(plain),
            goal=_GOAL_MS,
            note=f"median of {self._repeats}; reference: a bare GET of the same answer, whole",
        )

    def _get(self, path: str) -> float:
        begun_s = time.perf_counter()
        grant = self._egress.grant(Purpose.SEARCH, "A measurement")
        with grant, self._egress.client(grant) as client:
            client.get(f"{self._server.url}{path}").read()
        return (time.perf_counter() - begun_s) * 1000


def _count(value: Answer) -> int:
    """Of what was judged."""
    listed = value.choices if isinstance(value, HubRepository) else value
    return sum(each.fit is not None for each in listed)


def _facts(number: int) -> dict[str, object]:
    return {
        "id": f"bench/Model-{number}-7B-GGUF",
        "downloads": 1000 - number,
        "likes": number,
        "lastModified": "2026-01-02T03:04:05.000Z",
        "gated": False,
        "private": False,
        "disabled": False,
        "tags": ["gguf", "en", "license:apache-2.0", *(f"tag-{each}" for each in range(20))],
        "pipeline_tag": "text-generation",
        "gguf": {"total": 7 * 10**9, "architecture": "llama", "context_length": 32768},
    }


def _list_answer() -> bytes:
    return json.dumps([_facts(number) for number in range(_ROWS)]).encode()


def _one_answer() -> bytes:
    siblings = [
        {
            "rfilename": f"Model-7B-{number}-Q4_K_M.gguf",
            "blobId": f"{number:040x}",
            "size": (4 << 30) + number,
            "lfs": {"sha256": f"{number:064x}", "size": (4 << 30) + number, "pointerSize": 135},
        }
        for number in range(_FILES)
    ]
    return json.dumps(_facts(0) | {"id": _REPO, "sha": "0" * 40, "siblings": siblings}).encode()
