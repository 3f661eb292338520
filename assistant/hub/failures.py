"""What goes wrong between here and the Hub, in sentences."""

import email.utils
import re
import socket
import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus

from assistant.domain.errors import EnvironmentProblem, UserFacingError

__all__ = ["asked_wait_s", "garbled", "moved", "of_network", "of_status", "too_long"]

_CONNECTED = "Check that this machine is connected, then try again."
_CAUSES: dict[type[BaseException], tuple[str, str]] = {
    ssl.SSLError: (
        "No encrypted connection to the Hub could be made.",
        "Check whether a proxy or a login page of the network stands in between.",
    ),
    socket.gaierror: ("The address of the Hub could not be looked up.", _CONNECTED),
    TimeoutError: ("The Hub did not answer in time.", "Try again in a moment."),
}
_RESET = re.compile(r";\s*r=0\s*;\s*t=([0-9]{1,9})")
_SECONDS = re.compile(r"[0-9]{1,9}")
_SERVER_ERROR = 500
_MINUTE_S = 60
_LONGEST_WAIT_S = 24 * 3600


def of_network(error: BaseException) -> UserFacingError:
    """What an error of the network means; its cause is looked for below it."""
    for cause in _causes(error):
        if isinstance(cause, UserFacingError):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _unreachable(
                f"The Hub could not prove that it is the Hub ({cause.verify_message}).",
                "Check the clock of this machine, and whether a proxy or a virus scanner "
                "reads along; nothing was sent.",
            )
        for kind, words in _CAUSES.items():
            if isinstance(cause, kind):
                return _unreachable(*words)
    return _unreachable("The Hub cannot be reached.", _CONNECTED)


def of_status(status: int, headers: Mapping[str, str], page: str = "") -> UserFacingError | None:
    """What an answer with a status and headers means; None for one that is no refusal.

    Args:
        status: Of the answer.
        headers: With names in lower case, or regardless of case.
        page: Address of the repository's page, where its terms are accepted.
    """
    if status < HTTPStatus.BAD_REQUEST:
        return None
    said = headers.get("x-error-message", "")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _busy(headers)
    if said.startswith("Invalid credentials"):
        return UserFacingError(
            "The Hub does not know the token that it was given.",
            "Make a new one on the Hub and give Lamplight that, or remove it here.",
            code="token_wrong",
        )
    if headers.get("x-error-code") == "GatedRepo" or status == HTTPStatus.FORBIDDEN:
        return gated(page)
    return _refused(status, headers.get("x-error-code", ""))


def _refused(status: int, code: str) -> UserFacingError:
    if status >= _SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return UserFacingError(
            f"The Hub has trouble of its own (answer {status}).",
            "Try again in a few minutes.",
            code="hub_busy",
        )
    if code in {"RevisionNotFound", "EntryNotFound"}:
        return moved()
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return UserFacingError(
            "The Hub has no such model, or does not show it to you.",
            "Check its name; one that is private needs a token of its owner.",
            code="repo_unknown",
        )
    return _unreachable(f"The Hub refused with the answer {status}.", "Try again later.")


def moved() -> UserFacingError:
    """What was looked at, or ordered, is not what the Hub has now."""
    return UserFacingError(
        "This state of the model is no longer on the Hub.",
        "Look at the model again, and take what is there now.",
        code="revision_moved",
    )


def gated(page: str) -> UserFacingError:
    """The terms of a repository were not accepted."""
    where = f" at {page}" if page else " on its page on the Hub"
    return UserFacingError(
        "The owners of this model ask you to accept their terms first.",
        f"Accept them{where}, and give Lamplight a token of your account there.",
        code="gated",
    )


def garbled() -> UserFacingError:
    """The answer is not what a Hub answers."""
    return UserFacingError(
        "The Hub answered with something that cannot be read.",
        "A login page of the network may stand in between; try again later.",
        code="hub_unreachable",
    )


def too_long() -> UserFacingError:
    """The answer is longer than any should be."""
    return UserFacingError(
        "The answer of the Hub was too long and was not read to its end.",
        "Search for something narrower.",
        code="hub_unreachable",
    )


def _unreachable(message: str, hint: str) -> EnvironmentProblem:
    return EnvironmentProblem(message, hint, code="hub_unreachable")


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """How long a busy Hub asks to wait; None where it does not say so in a way that is one."""
    after = headers.get("retry-after", "").strip()
    reset = _RESET.search(headers.get("ratelimit", ""))
    wait_s: float | None = None
    if _SECONDS.fullmatch(after):
        wait_s = float(after)
    elif reset is not None:
        wait_s = float(reset[1])
    elif after:
        try:
            parsed = email.utils.parsedate_tz(after)
            wait_s = email.utils.mktime_tz(parsed) - time.time() if parsed is not None else None
        except (ValueError, OverflowError):  # a year that no calendar has
            wait_s = None
    return None if wait_s is None else min(max(wait_s, 0.0), _LONGEST_WAIT_S)


def _busy(headers: Mapping[str, str]) -> UserFacingError:
    wait_s = round(asked_wait_s(headers) or 0)
    if wait_s <= 0:
        wait = "in a few minutes"
    elif wait_s < 2 * _MINUTE_S:
        wait = f"in {wait_s} seconds"
    else:
        wait = f"in {-(-wait_s // _MINUTE_S)} minutes"
    return UserFacingError(
        "The Hub has had too many questions from here.", f"Try again {wait}.", code="hub_busy"
    )


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found
