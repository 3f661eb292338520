"""Ways out of the sandbox; each must leave the machine as it was and bring nothing back."""

import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from assistant.sandbox.limits import Limits
from assistant.sandbox.sandbox import Sandbox
from tests.unit.sandbox.conftest import new_sandbox

SECRET = "the user's own secret"  # noqa: S105 - of nobody
ESCAPES = {
    "read a file": "print(open({secret!r}).read())",
    "read a file by its descriptor": """
        import os
        for number in range(64):
            try: print(os.read(number, 10_000))
            except OSError: pass
        """,
    "read a file through a path": "import pathlib\nprint(pathlib.Path({secret!r}).read_text())",
    "climb out of the root": "print(open('../../../../../../..' + {secret!r}).read())",
    "list folders": "import os\nprint(os.listdir({folder!r}), os.listdir('/'))",
    "walk the disk": "import os\nprint([names for names in os.walk('/')])",
    "write a file": "open({target!r}, 'w').write('here')",
    "make a folder": "import os\nos.mkdir({target!r})",
    "remove a file": "import os\nos.remove({secret!r})",
    "rename a file": "import os\nos.rename({secret!r}, {target!r})",
    "make a link": "import os\nos.symlink({secret!r}, {target!r})",
    "a temporary file": "import tempfile\ntempfile.mkstemp(dir={folder!r})",
    "connect": """
        import socket
        s = socket.socket()
        s.connect(("127.0.0.1", {port}))
        s.send(b"here")
        """,
    "connect by name": "import socket\nsocket.create_connection(('localhost', {port}), 1)",
    "send a datagram": """
        import socket
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port}))
        """,
    "listen": """
        import socket
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        s.listen()
        print("listening", s.getsockname())
        """,
    "fetch a page": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}')",
    "run a program": "import subprocess\nsubprocess.run(['touch', {target!r}])",
    "run a shell": "import os\nos.system('touch ' + {target!r})",
    "replace the process": "import os\nos.execv('/bin/sh', ['sh', '-c', 'touch ' + {target!r}])",
    "fork": "import os\nwhile True: os.fork()",
    "start threads": "import threading\nthreading.Thread(target=print, args=('thread',)).start()",
    "another interpreter": "import multiprocessing\nmultiprocessing.Process(target=print).start()",
    "read the environment": "import os\nprint(dict(os.environ), os.getenv('LAMPLIGHT_SECRET'))",
    "read the arguments": "import sys\nprint(sys.argv, sys.orig_argv, sys.executable)",
    "load a library": "import ctypes\nprint(ctypes.CDLL(None).getpid())",
    "read memory of its own making": """
        import ctypes
        print(ctypes.string_at(0, 100))
        """,
    "kill another": "import os, signal\nos.kill({pid}, signal.SIGKILL)",
    "climb through classes": """
        for cls in object.__subclasses__():
            init = getattr(cls, "__init__", None)
            scope = getattr(init, "__globals__", {{}})
            for name in ("system", "popen", "open"):
                if name in scope:
                    try: print(scope[name]({secret!r}).read())
                    except Exception as error: print(type(error).__name__)
        """,
    "make a database": "import sqlite3\nsqlite3.connect({target!r}).execute('create table t(x)')",
    "a module from the disk": "import sys\nsys.path.insert(0, {folder!r})\nimport planted",
    "call the host": """
        import wit_world
        for word in ("x" * 50_000_000, '{{"done": 1}}', '{{"ready": 1}}', '[' * 100_000, ''):
            wit_world.report(word)
        wit_world.exchange("anybody")
        """,
    "calls of the component's own": """
        import componentize_py_runtime as runtime
        for number in range(200):
            for given in ([], [{secret!r}], [number, {target!r}, b"x" * 100]):
                try: print(runtime.call_import(number, given, 1))
                except BaseException as error: print(type(error).__name__)
        """,
    "code that no compiler would write": """
        import types
        def f(): return 1
        for raw in (bytes([100, 255] * 500), bytes([124, 250, 83, 0] * 99), bytes(range(256)) * 9):
            made = f.__code__.replace(co_code=raw, co_stacksize=1)
            try: print(types.FunctionType(made, {{}})())
            except Exception as error: print(type(error).__name__)
        """,
    "wake what sleeps in bytes": """
        import pickle
        class Shell:
            def __reduce__(self): return (__import__("os").system, ("touch " + {target!r},))
        pickle.loads(pickle.dumps(Shell()))
        """,
    "who am I": "import getpass, os\nprint(getpass.getuser(), os.getuid())",
}


@dataclass(frozen=True)
class Surroundings:
    """What a program would find if it got out."""

    folder: Path
    listener: socket.socket

    @property
    def words(self) -> dict[str, object]:
        return {
            "secret": str(self.folder / "secret.txt"),
            "target": str(self.folder / "target"),
            "folder": str(self.folder),
            "port": self.listener.getsockname()[1],
            "pid": os.getpid(),
        }


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "planted.py").write_text(f"print({SECRET!r})", encoding="utf-8")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        yield Surroundings(tmp_path, listener)


@pytest.mark.loopback
@pytest.mark.parametrize("name", ESCAPES)
def test_nobody_gets_out(sandbox: Sandbox, around: Surroundings, name: str) -> None:
    source = textwrap.dedent(ESCAPES[name]).format_map(around.words)
    run = sandbox.run(source, limits=Limits(seconds=5, fuel=5_000_000_000))
    assert SECRET not in run.output
    assert "listening" not in run.output
    assert "thread" not in run.output
    for word in (os.environ.get("HOME", "?"), os.environ.get("PATH", "?"), "planted.py"):
        assert word not in run.output
    assert sorted(each.name for each in around.folder.iterdir()) == ["planted.py", "secret.txt"]
    assert (around.folder / "secret.txt").read_text(encoding="utf-8") == SECRET
    with pytest.raises(BlockingIOError):
        around.listener.accept()
    assert sandbox.run("print('still here')").output == "still here\n"


BREAKS_OUT_ELSEWHERE = (
    *(f"read a file{how}" for how in ("", " through a path")),
    *("climb out of the root", "list folders", "write a file", "make a folder", "remove a file"),
    *("rename a file", "make a link", "a temporary file", "connect", "connect by name", "listen"),
    *("run a program", "run a shell", "replace the process", "start threads"),
    *("make a database", "a module from the disk", "wake what sleeps in bytes"),
    *("read the environment", "climb through classes"),
)


@pytest.mark.loopback
@pytest.mark.skipif(os.name == "nt", reason="the attempts are written for a shell")
@pytest.mark.parametrize("name", BREAKS_OUT_ELSEWHERE)
def test_each_attempt_gets_out_where_there_is_no_sandbox(around: Surroundings, name: str) -> None:
    source = textwrap.dedent(ESCAPES[name]).format_map(around.words)
    environment = {**os.environ, "LAMPLIGHT_SECRET": SECRET}
    done = subprocess.run(
        [sys.executable, "-c", source],
        cwd=around.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = any(word in done.stdout for word in (SECRET, "listening", "thread", "planted.py"))
    changed = sorted(each.name for each in around.folder.iterdir()) != ["planted.py", "secret.txt"]
    try:
        around.listener.accept()[0].close()
        called = True
    except BlockingIOError:
        called = False
    assert told or changed or called, done.stderr


def test_what_is_told_to_the_host_cannot_fill_its_memory(sandbox: Sandbox) -> None:
    brackets = """
import wit_world
wit_world.report('{"out": "swallowed", "more": [' + "[]," * 5_000_000 + '[]]}')
print("next")
"""
    assert sandbox.run(brackets).output == "next\n"
    steps = """
import json, wit_world
variables = [["x", "a" * 4_000_000, "int", 0]]
step = json.dumps({"steps": [["line", 1, [["f", 1, variables]], 0, ""]]})
for _ in range(30): wit_world.report(step)
"""
    kept = sandbox.trace(steps).steps
    assert sum(len(str(step)) for step in kept) < 80_000_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only there are there other walls")
def test_the_worker_itself_is_shut_in(tmp_path: Path) -> None:
    made = new_sandbox(tmp_path)
    walls = made.warm_up()
    assert "limits" in walls
    if psutil.LINUX:
        assert {"landlock", "calls"} & set(walls)
    made.close()
