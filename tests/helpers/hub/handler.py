"""Answers single requests in the place of the Hub and of its store of large files."""

import contextlib
import json
import socket
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tests.helpers.hub import pages
from tests.helpers.hub.body import send_body
from tests.helpers.hub.content import Repository, StoredFile
from tests.helpers.hub.faults import Reply

if TYPE_CHECKING:
    from tests.helpers.hub.double import HubDouble

_NO_REPOSITORY = {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}
_WRONG_TOKEN = {"X-Error-Message": "Invalid credentials in Authorization header"}


class LoopbackServer:
    """A server on a port of its own, in threads that ``end`` ends.

    Args:
        double: What it serves.
    """

    def __init__(self, double: "HubDouble") -> None:
        handler = type("Handler", (_Handler,), {"double": double})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="hub-double"
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def end(self) -> None:
        """Closes every connection and waits for all threads."""
        self._server.shutdown()
        self._server.cut_all()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        with self._lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: object) -> None:
        with self._lock:
            self._open.discard(request)  # pyright: ignore[reportArgumentType] - always a socket
        super().shutdown_request(request)  # pyright: ignore[reportArgumentType] - see above

    def cut_all(self) -> None:
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of the server."""


class _Handler(BaseHTTPRequestHandler):
    double: "HubDouble"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is overridden
        """Says nothing; ``double.requests`` has it all."""

    def do_GET(self) -> None:
        self._route()

    def do_HEAD(self) -> None:
        self._route()

    def do_POST(self) -> None:
        self._route()

    def _route(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.form = urllib.parse.parse_qs(body.decode("utf-8", "replace"))
        self.query = urllib.parse.parse_qs(address.query)
        path = urllib.parse.unquote(address.path)
        fault = self.double.faults.get(path)
        if fault is not None:
            if fault.hold_first:
                fault.held.set()
                fault.release.wait()
            reply = fault.next_reply()
            if reply is not None:
                self._reply(reply)
                return
        parts = path.strip("/").split("/")
        match parts:
            case ["api", "whoami-v2"]:
                self._who_am_i()
            case ["api", "models"]:
                self._list()
            case ["api", "models", owner, name, *rest]:
                self._describe(f"{owner}/{name}", rest)
            case ["api", "resolve-cache", "models", owner, name, commit, *file]:
                self._small(f"{owner}/{name}", commit, "/".join(file))
            case ["cdn", sha256]:
                self._large(sha256)
            case [owner, name, "resolve", *rest]:
                self._resolve(f"{owner}/{name}", rest)
            case _:
                self._reply(Reply(404, {}, b"Not Found"))

    def send_response(self, code: int, message: str | None = None) -> None:
        from tests.helpers.hub.double import Request

        headers = {name.lower(): value for name, value in self.headers.items()}
        self.double.requests.append(Request(self.command, self.path, headers, code))
        super().send_response(code, message)

    def _reply(self, reply: Reply) -> None:
        self.send_response(reply.status)
        body = reply.body
        if not body and "X-Error-Message" in reply.headers:
            body = json.dumps({"error": reply.headers["X-Error-Message"]}).encode()
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _json(self, value: object, **headers: str) -> None:
        self._reply(Reply(200, headers, json.dumps(value).encode()))

    def _token(self) -> str | None:
        words = self.headers.get("Authorization", "").split()
        return words[1] if words[:1] == ["Bearer"] and len(words) == 2 else None

    def _who_am_i(self) -> None:
        if self._token() not in self.double.tokens:
            self._reply(Reply(401, _WRONG_TOKEN))
            return
        self._json({"type": "user", "name": "reader", "auth": {"type": "access_token"}})

    def _list(self) -> None:
        found = pages.found(list(self.double.repositories.values()), self.query)
        start = int(self.query.get("cursor", ["0"])[0])
        count = min(int(self.query.get("limit", ["1000"])[0]), self.double.page_size)
        headers: dict[str, str] = {}
        if len(found) > start + count:
            following = {**self.query, "cursor": [str(start + count)]}
            query = urllib.parse.urlencode(following, doseq=True)
            headers["Link"] = f'<{self.double.url}/api/models?{query}>; rel="next"'
        shown = [pages.listed(entry, self.query) for entry in found[start : start + count]]
        self._json(shown, **headers)

    def _readable(self, name: str) -> Repository | None:
        """The repository if it may be seen at all; answers otherwise."""
        token = self._token()
        if token is not None and token not in self.double.tokens:
            self._reply(Reply(401, _WRONG_TOKEN))
            return None
        repository = self.double.repositories.get(name)
        allowed = self.double.tokens.get(token or "", set[str]())
        if repository is None or (repository.private and name not in allowed):
            # Without a token the Hub does not say whether it is private or missing.
            self._reply(Reply(401 if token is None else 404, _NO_REPOSITORY))
            return None
        return repository

    def _describe(self, name: str, rest: list[str]) -> None:
        repository = self._readable(name)
        if repository is None:
            return
        kind = rest[0] if rest else "revision"
        if kind == "auth-check":
            if self._may_read(repository):
                self._json({})
            return
        found = repository.at(rest[1] if len(rest) > 1 else "main")
        if found is None:
            self._no_revision(rest[1])
            return
        commit, files = found
        match kind:
            case "revision":
                self._json(pages.info(repository, commit, self.query))
            case "tree":
                self._tree(commit, files, "/".join(rest[2:]))
            case "paths-info":
                wanted = self.form.get("paths", [])
                self._json([pages.tree_entry(files[name]) for name in wanted if name in files])
            case _:
                self._reply(Reply(404, {}, b"Not Found"))

    def _tree(self, commit: str, files: dict[str, StoredFile], below: str) -> None:
        recursive = self.query.get("recursive", [""])[0].casefold() in {"true", "1"}
        entries = pages.tree(files, below, recursive=recursive)
        start = int(self.query.get("cursor", ["0"])[0])
        end = start + self.double.page_size
        headers = {"X-Repo-Commit": commit}
        if len(entries) > end:
            query = urllib.parse.urlencode({**self.query, "cursor": [str(end)]}, doseq=True)
            bare = urllib.parse.urlsplit(self.path).path
            headers["Link"] = f'<{self.double.url}{bare}?{query}>; rel="next"'
        self._json(entries[start:end], **headers)

    def _no_revision(self, revision: str) -> None:
        message = f"Invalid rev id: {revision}"
        self._reply(Reply(404, {"X-Error-Code": "RevisionNotFound", "X-Error-Message": message}))

    def _may_read(self, repository: Repository) -> bool:
        """Whether the files of a gated repository are given to who asks; answers otherwise."""
        token = self._token()
        if not repository.gated or repository.name in self.double.tokens.get(token or "", set()):
            return True
        words = f"Access to model {repository.name} is restricted"
        words += " and you are not in the authorized list." if token else ". Please log in."
        headers = {"X-Error-Code": "GatedRepo", "X-Error-Message": words}
        self._reply(Reply(403 if token else 401, headers))
        return False

    def _resolve(self, name: str, rest: list[str]) -> None:
        repository = self._readable(name)
        if repository is None or not self._may_read(repository):
            return
        found = repository.at(rest[0])
        if found is None:
            self._no_revision(rest[0])
            return
        commit, files = found
        path = "/".join(rest[1:])
        headers = {"X-Repo-Commit": commit}
        file = files.get(path)
        if file is None:
            headers |= {"X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"}
            self._reply(Reply(404, headers))
            return
        fault = self.double.faults.get(f"{name}/{path}")
        reply = fault.next_reply() if fault is not None else None
        if reply is not None:
            self._reply(reply)
            return
        headers["Accept-Ranges"] = "bytes"
        if not file.lfs:
            quoted = urllib.parse.quote(path)
            headers["ETag"] = f'"{file.git_sha1}"'
            headers["Location"] = f"/api/resolve-cache/models/{name}/{commit}/{quoted}"
            self._reply(Reply(307, headers))
            return
        headers |= {
            "X-Linked-Size": str(file.size),
            "X-Linked-Etag": f'"{file.sha256}"',
            "X-Xet-Hash": "0" * 64,
            "Location": f"{self.double.cdn_url}/cdn/{file.sha256}?of={name}/{path}&Signature=x",
        }
        self._reply(Reply(302, headers))

    def _small(self, name: str, commit: str, path: str) -> None:
        repository = self._readable(name)
        found = repository.at(commit) if repository is not None else None
        if found is None or path not in found[1]:
            self._reply(Reply(404, {}, b"Not Found"))
            return
        fault = self.double.faults.get(f"{name}/{path}")
        send_body(self, found[1][path], fault, self.double.closing, {"X-Repo-Commit": commit})

    def _large(self, sha256: str) -> None:
        found = self.double.by_hash(sha256)
        if found is None:
            self._reply(Reply(403, {}, b"AccessDenied"))
            return
        key = self.query.get("of", [found[0]])[0]
        send_body(self, found[1], self.double.faults.get(key), self.double.closing, {})
