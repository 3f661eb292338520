"""What the Hub's answer to a request for a file means."""

import email.utils
import re
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from assistant.domain.errors import UserFacingError

if TYPE_CHECKING:
    import httpx2

    from assistant.domain.hub import HubFile

_SPAN = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_RESET = re.compile(r";\s*r=0\s*;\s*t=(\d+)")
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


def bytes_to_skip(response: "httpx2.Response", file: "HubFile", commit: str, start: int) -> int:
    """Checks the head of an answer.

    Args:
        response: With its redirects.
        file: As it is on record.
        commit: That was asked for.
        start: What was asked for begins at this byte.

    Returns:
        How many bytes of the answer are on the disk already: 0, or ``start`` where the server sends
        the whole file.

    Raises:
        LostError: Worth another try.
        WrongContentError: It is not the file that is on record.
        UserFacingError: It is refused for good.
    """
    refuse(response)
    _check_record(response, file, commit)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise LostError("Something on the way packs the file, so it cannot be checked.")
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        span = _SPAN.match(response.headers.get("content-range", ""))
        if span is None or int(span[1]) != start:
            raise LostError("The Hub sent another part of the file than it was asked for.")
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
            raise _moved()


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')


def refuse(response: "httpx2.Response") -> None:
    """Raises what a status that is no success means.

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
        wait_s = _asked_wait(response.headers)
        raise LostError("The Hub asks for a pause.", wait_s=wait_s, refused=True)
    away = response.history and status == HTTPStatus.FORBIDDEN
    if status in _TRANSIENT or status >= _SERVER_ERROR or (away and not _code(response)):
        # The address that the Hub sends to is signed and runs out; the next try gets another.
        raise LostError("The Hub has trouble.", refused=True)
    raise _refusal(response)


def _code(response: "httpx2.Response") -> str:
    return response.headers.get("x-error-code", "")


def _refusal(response: "httpx2.Response") -> UserFacingError:
    code, status = _code(response), response.status_code
    said = response.headers.get("x-error-message", "")
    if said.startswith("Invalid credentials"):
        return UserFacingError(
            "The Hub does not know the token.",
            "Set another one under Settings, Privacy and network.",
            code="token_wrong",
        )
    if code == "GatedRepo" or status == HTTPStatus.FORBIDDEN:
        return UserFacingError(
            "The owners of this model ask you to accept their terms first.",
            "Accept them on its page on the Hub, and set a token of your account in the settings.",
            code="gated",
        )
    if code in {"RevisionNotFound", "EntryNotFound"}:
        return _moved()
    if code == "RepoNotFound" or status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return UserFacingError(
            "The Hub has no such model, or does not show it to you.",
            "Look for it again; one that is private needs a token of its owner.",
            code="repo_unknown",
        )
    return UserFacingError(
        f"The Hub refused the file with the answer {status}.",
        "Try again later, or choose another model.",
        code="hub_unreachable",
    )


def _moved() -> UserFacingError:
    return UserFacingError(
        "The model was changed on the Hub since it was ordered.",
        "Cancel it, look at the model again and download what is there now.",
        code="revision_moved",
    )


def _asked_wait(headers: "httpx2.Headers") -> float:
    """Seconds that the server asks to wait, within reason."""
    after = headers.get("retry-after", "").strip()
    reset = _RESET.search(headers.get("ratelimit", ""))
    wait_s = _USUAL_WAIT_S
    if after.isdecimal():
        wait_s = float(after)
    elif after:
        parsed = email.utils.parsedate_tz(after)
        if parsed is not None:
            wait_s = email.utils.mktime_tz(parsed) - time.time()
    elif reset is not None:
        wait_s = float(reset[1])
    return min(max(wait_s, 0.0), _LONGEST_WAIT_S)
