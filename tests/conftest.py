"""What every test gets: a home of its own, no network, and a clean end.

A test fails when it reaches for the network, logs a warning that it did not announce, or leaves
a thread, a Qt timer or work in Qt's thread pool behind.
"""

import importlib.util
import logging
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.helpers import network

STARTER_MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_THREAD_GRACE_S = 30.0

# The same examples in every run: a new one is looked for with HYPOTHESIS_PROFILE=thorough, and does
# not turn up in the middle of something else. How long drawing takes says how busy the machine is.
_PATIENT = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "repeatable",
    deadline=None,
    max_examples=50,
    derandomize=True,
    suppress_health_check=_PATIENT,
)
hypothesis.settings.register_profile(
    "thorough", deadline=None, max_examples=2000, suppress_health_check=_PATIENT
)


def pytest_configure(config: pytest.Config) -> None:
    """Settles the environment before any module of the product is imported."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _share_processors()
    home = tempfile.TemporaryDirectory(prefix="lamplight-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    config.add_cleanup(_close_streams_of_llama_cpp)
    for name, value in _own_environment(Path(home.name)).items():
        os.environ[name] = value
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
    network.install()
    _trace_threads_one_by_one()


def _share_processors() -> None:
    """Gives each of several workers processors of its own, and so threads that do not wait.

    A model's threads spin until the last of them is done; where two workers had two each on two
    processors, that took 1.7 times the processor time.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if sys.platform != "linux" or not worker:
        return
    count = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    own = sorted(os.sched_getaffinity(0))[int(worker.removeprefix("gw")) :: count]
    if own:
        os.sched_setaffinity(0, own)


def _close_streams_of_llama_cpp() -> None:
    """It opens two at its import and leaves them open to the end, which is a warning there."""
    opened: Any = sys.modules.get("llama_cpp._utils")
    if opened is not None:
        opened.outnull_file.close()
        opened.errnull_file.close()


class _Sys:
    """The module ``sys`` as ``threading`` sees it: tracing begins in one thread at a time."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)

    def settrace(self, function: Any) -> None:
        with self._lock:
            sys.settrace(function)


def _trace_threads_one_by_one() -> None:
    """Python 3.11 ends a thread whose tracing begins while that of another one does.

    Tracing (for coverage) begins twice: as a thread is made, and at its first call, where coverage
    puts its own tracer in the place of the first one.
    """
    if sys.version_info >= (3, 12):
        return
    lock = threading.RLock()
    threading.__dict__["_sys"] = _Sys(lock)
    measuring: Any = sys.modules.get("coverage.collector")
    if measuring is not None:
        begin = measuring.Collector._installation_trace

        def begin_alone(collector: Any, frame: Any, event: Any, arg: Any) -> Any:
            with lock:
                return begin(collector, frame, event, arg)

        measuring.Collector._installation_trace = begin_alone


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Saves what a worker has measured: one that takes long to end is killed."""
    measuring: Any = sys.modules.get("coverage")
    current = measuring.Coverage.current() if measuring is not None else None
    if current is not None and hasattr(session.config, "workerinput"):
        current.stop()
        current.save()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that open Qt widgets or run the real model."""
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        if "qapp" in fixtures or "qtbot" in fixtures:
            item.add_marker("gui")
        if {"starter_model", "embedding_model_file"} & set(fixtures):
            item.add_marker("model")


def _own_environment(home: Path) -> dict[str, str]:
    """Environment variables that keep every platform's user folders below ``home``."""
    folders = {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "runtime",
        "APPDATA": home / "roaming",
        "LOCALAPPDATA": home / "local",
        "WIN_PD_OVERRIDE_APPDATA": home / "roaming",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home / "local",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    values = {name: str(folder) for name, folder in folders.items()}
    # The Hub's client reads these once, when it is first imported.
    quiet = dict.fromkeys(("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_PROGRESS_BARS"), "1")
    return values | quiet | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new, empty home for each test; the user's own profile is out of reach."""
    with tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name, value in _own_environment(home).items():
            monkeypatch.setenv(name, value)
        yield home


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vaults that live for a test are not stretched for 200 ms; those of subprocesses are."""
    from assistant.store import keys

    monkeypatch.setattr(keys, "USUAL_COST", keys.Argon2Cost(1, 1, 64))


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that reaches for the network, even if it swallows the refusal.

    A test marked ``loopback`` may talk to a server of its own on this machine.
    """
    with network.guarded(loopback=request.node.get_closest_marker("loopback") is not None) as seen:
        yield
    if seen:
        pytest.fail(f"reached for the network: {', '.join(seen)}")


class _WarningCollector(logging.Handler):
    """Keeps the text of every record of level WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Notes one record."""
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def expect_log() -> Iterator[Callable[[str], None]]:
    """Announces a warning: ``expect_log(regex)``. One that was not announced fails the test.

    An announced warning that never comes fails it too.
    """
    expected: list[str] = []
    collector = _WarningCollector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield expected.append
    finally:
        root.removeHandler(collector)
    stray = [line for line in collector.lines if not any(re.search(e, line) for e in expected)]
    missing = [e for e in expected if not any(re.search(e, line) for line in collector.lines)]
    if stray:
        pytest.fail("logged a warning: " + "; ".join(stray))
    if missing:
        pytest.fail(f"announced warnings that never came: {missing}")


@pytest.fixture(autouse=True)
def no_dangling_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that ends while a thread it started is still running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _THREAD_GRACE_S
    left: list[str] = []
    for thread in set(threading.enumerate()) - before:
        if type(thread).__name__ == "_DummyThread":  # a foreign thread that once called Python
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    if "gui" in request.node.keywords and "PySide6" in sys.modules:
        from tests.helpers.qt_leftovers import leftovers

        left.extend(leftovers())
    if left:
        pytest.fail(f"left running: {', '.join(left)}")


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The starter model, as ``scripts/dev.py setup`` places it; read only."""
    from assistant.config.paths import shared_models

    path = shared_models() / f"{STARTER_MODEL_SHA256}.gguf"
    if not path.is_file():
        pytest.fail(f"no starter model at {path}: run `python3 scripts/dev.py setup`")
    return path


@pytest.fixture(scope="session")
def embedding_model_file() -> Path:
    """The model of search by meaning, as ``scripts/dev.py setup`` places it; read only."""
    from assistant.config.paths import resources, shared_models
    from assistant.hub.catalogue import read_catalogue

    sha256 = read_catalogue(resources() / "catalogue.json").embedding.sha256
    path = shared_models() / f"{sha256}.gguf"
    if not path.is_file():
        pytest.fail(f"no embedding model at {path}: run `python3 scripts/dev.py setup`")
    return path


@pytest.fixture(scope="session")
def mlx_model(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder in MLX's format, made of the starter model in less than a second; read only.

    It has two of its thirty layers, a twelfth of its vocabulary and a third of the inner layers'
    width, so it writes nothing sensible: without a GPU, MLX multiplies matrices with the
    reference BLAS, and the whole model would read ten tokens a second.
    """
    if importlib.util.find_spec("mlx") is None:
        pytest.skip("MLX is installed for tests on Linux x86-64 and on Apple's processors only")
    import make_mlx_test_model

    folder = tmp_path_factory.mktemp("mlx-model")
    return make_mlx_test_model.make(starter_model, folder, make_mlx_test_model.SMALL)
