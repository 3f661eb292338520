"""What the Hub's answer to a request for a file means."""

import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from assistant.hub.failures import asked_wait_s, garbled, moved, of_status

if TYPE_CHECKING:
    import httpx2

    from assistant.domain.hub import HubFile

_SPAN = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)")
_LONGEST_WAIT_S = 900.0
_USUAL_WAIT_S = 30.0
_SERVER_ERROR = 500
_TRANSIENT = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class LostError(Exception):
    """The connection or the server failed in a way that passes; the words are for the user.

    Args:
        wait_s: What the server asked to wait, None where it did not.
        refused: The server answered, and would not.
    """

    def __init__(self, words: str, *, wait_s: float | None = None, refused: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.wait_s = wait_s
        self.refused = refused


class WrongContentError(Exception):
    """What was sent is not what the Hub has on record; the words say how."""


@dataclass(frozen=True, slots=True)
class HubLink:
    """The way to the files of one repository at one commit.

    Args:
        client: Asks the gate at every request, and follows redirects.
        endpoint: Address of the Hub without a slash at its end.
        authorization: Headers that carry the user's token; empty without one.
    """

    client: "httpx2.Client"
    endpoint: str
    authorization: Mapping[str, str] = field(default_factory=dict[str, str])

    def address(self, repo: str, commit: str, name: str) -> str:
        """Of one file."""
        quoted = urllib.parse.quote(name, safe="/")
        return f"{self.endpoint}/{repo}/resolve/{commit}/{quoted}"


def bytes_to_skip(
    response: "httpx2.Response", file: "HubFile", commit: str, start: int, page: str = ""
) -> int:
    """Checks the head of an answer.

    Args:
        response: With its redirects.
        file: As it is on record.
        commit: That was asked for.
        start: What was asked for begins at this byte.
        page: Of the repository, where its terms are accepted.

    Returns:
        How many bytes of the answer are on the disk already: 0, or ``start`` where the server sends
        the whole file.

    Raises:
        LostError: Worth another try.
        WrongContentError: It is not the file that is on record.
        UserFacingError: It is refused for good.
    """
    refuse(response, page)
    _check_record(response, file, commit)
    if response.headers.get("content-encoding", "identity") != "identity":
        words = "Something on the way packs the file, so it cannot be checked."
        raise LostError(words, refused=True)
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        span = _SPAN.match(response.headers.get("content-range", ""))
        if span is None or int(span[1]) != start:
            words = "The Hub sent another part of the file than it was asked for."
            raise LostError(words, refused=True)
        total, skip = span[2], 0
    else:
        total, skip = response.headers.get("content-length", "*"), start
    if total.isdecimal() and int(total) != file.size_bytes:
        raise WrongContentError(
            f"It is {int(total):,} bytes long on the Hub, and {file.size_bytes:,} on record."
        )
    return skip


def _check_record(response: "httpx2.Response", file: "HubFile", commit: str) -> None:
    """Compares what the Hub says of the file now with what it said when it was ordered."""
    for hop in (*response.history, response):
        at = hop.headers.get("x-repo-commit", commit)
        linked = _bare(hop.headers.get("x-linked-etag", ""))
        if at != commit or (linked and file.sha256 and linked != file.sha256):
            raise moved()


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')


def refuse(response: "httpx2.Response", page: str = "") -> None:
    """Raises what a status that is no success means.

    Args:
        response: With its redirects.
        page: Of the repository, where its terms are accepted.

    Raises:
        LostError: Worth another try.
        WrongContentError: The file ends before what was asked for.
        UserFacingError: ``gated``, ``token_wrong``, ``repo_unknown``, ``revision_moved`` or
            ``hub_unreachable``.
    """
    status = response.status_code
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        return
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise WrongContentError("It is shorter on the Hub than on record.")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        asked_s = asked_wait_s(response.headers)
        wait_s = _USUAL_WAIT_S if asked_s is None else min(asked_s, _LONGEST_WAIT_S)
        raise LostError("The Hub asks for a pause.", wait_s=wait_s, refused=True)
    away = response.history and status == HTTPStatus.FORBIDDEN
    if status in _TRANSIENT or status >= _SERVER_ERROR or (away and not _code(response)):
        # The address that the Hub sends to is signed and runs out; the next try gets another.
        raise LostError("The Hub has trouble.", refused=True)
    raise of_status(status, response.headers, page) or garbled()


def _code(response: "httpx2.Response") -> str:
    return response.headers.get("x-error-code", "")
