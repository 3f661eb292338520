"""What is known of one model, put together for a row: what can be done with it, and in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.domain.download import Download, DownloadState
from assistant.domain.model import (
    Fit,
    FitVerdict,
    ModelInfo,
    ModelRole,
    ModelState,
    ModelStatus,
)
from assistant.domain.sizes import memory_words, size_words
from assistant.domain.sizes import speed_words as pace_words
from assistant.services.engine_health import ModelHealth
from assistant.ui.library.words import (
    bits_words,
    done_words,
    left_words,
    licence_words,
    percent,
    role_words,
    skill_words,
    weights_words,
)
from assistant.ui.widgets.chip import Tone

_EXACT_BELOW = 4
"""Slower than this, a tenth of a token per second can be felt."""


class Action(StrEnum):
    """What can be done with a model; the value is what the button says."""

    USE = "Use"
    EJECT = "Eject"
    DOWNLOAD = "Download"
    PAUSE = "Pause"
    RESUME = "Resume"
    RETRY = "Try again"
    TRY_ANYWAY = "Try anyway"
    STOP = "Give up the download"
    SETTINGS = "Settings"
    VERIFY = "Check the file"
    SHOW_FOLDER = "Show in folder"
    REMOVE = "Remove"
    MORE_FILES = "Other files on the Hub"
    LINK = "Use in place"
    ACCEPT = "Use as it is"


ICONS: dict[Action, str] = {
    Action.USE: "check",
    Action.EJECT: "eject",
    Action.DOWNLOAD: "download",
    Action.PAUSE: "pause",
    Action.RESUME: "play",
    Action.RETRY: "rotate-ccw",
    Action.TRY_ANYWAY: "",
    Action.STOP: "x",
    Action.SETTINGS: "sliders-horizontal",
    Action.VERIFY: "file-check",
    Action.SHOW_FOLDER: "folder-open",
    Action.REMOVE: "trash-2",
    Action.MORE_FILES: "library",
    Action.LINK: "",
    Action.ACCEPT: "",
}
"""Of their buttons and menu lines."""

PILLS: dict[FitVerdict, tuple[str, Tone, str]] = {
    FitVerdict.FITS: ("Fits", "good", "circle-check"),
    FitVerdict.SLOW: ("May be slow", "caution", "gauge"),
    FitVerdict.WONT_FIT: ("Won't fit", "bad", "circle-x"),
    FitVerdict.UNKNOWN: ("Not known", "neutral", "circle-question-mark"),
}


_STANDS = {
    DownloadState.QUEUED: "Waiting for its turn",
    DownloadState.WAITING: "The connection was lost; it goes on by itself",
    DownloadState.CHECKING: "Checking every byte",
    DownloadState.TRYING: "Trying it",
    DownloadState.FAILED: "It failed",
    DownloadState.DONE: "Done",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One model, as the pages show it.

    Args:
        fit: None while it is being judged.
        download: Under way, paused or failed; None when there is none.
        state: Of this model in the engine; ``NONE`` when another one is chosen.
        progress: Of a load, 0 to 1.
        detail: Why a load failed.
        roles: What it is for here.
        last_used: With a time zone; None when it was not used, or that is not known.
        found: It was found on the disk, and is not one that is installed.
        note: Why one that was found is not offered; empty where it is.
    """

    model: ModelInfo
    fit: Fit | None = None
    download: Download | None = None
    state: ModelState = ModelState.NONE
    progress: float = 0.0
    detail: str = ""
    health: ModelHealth | None = None
    roles: tuple[ModelRole, ...] = ()
    last_used: datetime | None = None
    found: bool = False
    note: str = ""

    @property
    def key(self) -> str:
        """The same for the same model in another list."""
        return str(self.model.id)

    @property
    def wont_fit(self) -> bool:
        """Whether it is expected to be too large."""
        return self.fit is not None and self.fit.verdict is FitVerdict.WONT_FIT


def state_in(status: ModelStatus, model: ModelInfo) -> tuple[ModelState, float, str]:
    """The state of ``model``, given that of the one that is chosen."""
    if status.model is None or status.model.id != model.id:
        return ModelState.NONE, 0.0, ""
    return status.state, status.progress, status.detail


def main_action(entry: Entry) -> Action | None:
    """What the row's button does; None while there is nothing but to wait."""
    if entry.model.changed:
        return Action.ACCEPT
    if entry.found:
        return None if entry.note else Action.LINK
    if entry.model.installed:
        return _of_installed(entry)
    if entry.download is not None:
        return _of_download(entry.download.state)
    return Action.TRY_ANYWAY if entry.wont_fit else Action.DOWNLOAD


def _of_installed(entry: Entry) -> Action | None:
    if entry.state is ModelState.LOADING or entry.model.trouble:
        return None
    if entry.state is ModelState.READY:
        return Action.EJECT
    return Action.TRY_ANYWAY if entry.wont_fit else Action.USE


def _of_download(state: DownloadState) -> Action | None:
    match state:
        case DownloadState.QUEUED | DownloadState.RUNNING | DownloadState.WAITING:
            return Action.PAUSE
        case DownloadState.PAUSED:
            return Action.RESUME
        case DownloadState.FAILED:
            return Action.RETRY
        case DownloadState.CHECKING | DownloadState.TRYING | DownloadState.DONE:
            return None


def more_actions(entry: Entry) -> list[Action]:
    """What the menu of a row offers besides."""
    model, offered = entry.model, list[Action]()
    if entry.found:
        return [Action.SHOW_FOLDER]
    if entry.download is not None and not model.installed:
        offered.append(Action.STOP)
    if model.installed:
        offered += [Action.SETTINGS, Action.VERIFY, Action.SHOW_FOLDER]
    if model.repo:
        offered.append(Action.MORE_FILES)
    if model.installed and not model.shared:
        offered.append(Action.REMOVE)
    return offered


# In words


def speed_words(fit: Fit | None) -> str:
    """``17 tok/s``; empty when it is not known."""
    if fit is None or fit.speed is None:
        return ""
    value = fit.speed.tokens_per_second
    return f"{value:.0f} tok/s" if value >= _EXACT_BELOW else f"{value:.1f} tok/s"


def entry_facts(
    entry: Entry, *, size: bool = False, fits: Callable[[str], bool] = lambda _: True
) -> str:
    """What it is good at or for, whose file it is, its licence and its bits in one line.

    Args:
        entry: Which one.
        size: With its size on the disk, where there is no column for that.
        fits: Whether there is room for a line; the licence and the bits are left out for it.
    """
    model = entry.model
    owner = "" if entry.found else model.owner  # what was found stands under its owner's name
    what = [good_at(model, entry.roles)]
    if size:
        what.append(size_words(model.size_bytes))
    where = [f"in place from {owner}"] if owner else []
    shorter = [f"from {owner}"] if owner else []
    licence, bits = licence_words(model.licence), bits_words(model.quantization)
    lines = (
        (*what, *where, licence, bits),
        (*what, *where, bits),
        (*what, *where),
        (*what, *shorter),
        (what[0], *shorter) if owner else tuple(what),
    )
    joined = [" · ".join(part for part in line if part) for line in lines]
    return next((line for line in joined if fits(line)), joined[-1])


def good_at(model: ModelInfo, roles: Sequence[ModelRole] = ()) -> str:
    """What it is for here, else what it is good at, else how large it is."""
    languages = len(model.languages)
    skill = skill_words(model.skills[0]) if model.skills else ""
    if languages > 1 and skill in ("", "Chat"):
        skill = f"{languages} languages"
    if roles:
        *first, last = (role_words(role).lower() for role in roles)
        named = f"{', '.join(first)} and {last}" if first else last
        return f"{named.capitalize()} model"
    return skill or weights_words(model.parameters)


def download_words(download: Download) -> str:
    """How far a download is, without its share: bytes, speed and time, or why it stands."""
    size, done = download.order.size_bytes, download.done_bytes
    match download.state:
        case DownloadState.RUNNING:
            speed = pace_words(download.bytes_per_s) if download.bytes_per_s else ""
            parts = (done_words(done, size), speed)
            words = " · ".join(p for p in (*parts, left_words(download.seconds_left)) if p)
        case DownloadState.PAUSED:
            kept = f"Paused at {percent(download.fraction)}, {size_words(done)} kept"
            words = download.detail or kept
        case DownloadState.WAITING | DownloadState.FAILED:
            words = f"{download.detail} {download.hint}".strip() or _STANDS[download.state]
        case _:
            words = _STANDS[download.state]
    return words


def reason_words(entry: Entry) -> str:
    """The line under the pill."""
    if entry.download is not None and not entry.model.installed:
        return download_words(entry.download)
    if entry.model.trouble or entry.note:
        return entry.model.trouble or entry.note
    if entry.state is ModelState.FAILED and entry.detail:
        return entry.detail
    return entry.fit.why if entry.fit is not None else "Being looked at"


def spoken(entry: Entry) -> str:
    """The whole row as a sentence for screen readers."""
    plain = replace(entry, roles=())  # they are named below
    parts = [entry.model.name, entry_facts(plain), size_words(entry.model.size_bytes)]
    speed = speed_words(entry.fit)
    if speed:
        parts.append(speed.replace("tok/s", "tokens per second"))
    if entry.fit is not None:
        parts.append(PILLS[entry.fit.verdict][0])
    parts += [reason_words(entry), state_words(entry)]
    parts += [f"role: {role_words(role)}" for role in entry.roles]
    action = main_action(entry)
    if action is not None:
        parts.append(f"Enter: {action.value}")
    return ", ".join(part for part in parts if part)


def state_words(entry: Entry) -> str:
    """``Ready``, ``Loading 62 %``; empty when it is not in the engine."""
    if entry.state is ModelState.READY:
        return "Ready"
    return f"Loading {percent(entry.progress)}" if entry.state is ModelState.LOADING else ""


def doings(health: ModelHealth) -> str:
    """Answers, speed, time to the first word and memory in one line."""
    parts = [f"{health.requests} answer" + ("s" if health.requests != 1 else "")]
    if health.tokens_per_second is not None:
        parts.append(f"{health.tokens_per_second.median:.0f} tokens/s")
    if health.first_token_ms is not None:
        parts.append(f"first word after {health.first_token_ms.median / 1000:.1f} s")
    if health.memory_bytes:
        parts.append(f"{memory_words(health.memory_bytes)} of memory")
    return " · ".join(parts)


def troubles(health: ModelHealth) -> str:
    """How often it failed, and with what words the last time."""
    count = sum(number for _, number in health.failures)
    if not count:
        return ""
    rests = " Others answer for a while." if health.rests else ""
    return (
        f"Failed {'once' if count == 1 else f'{count} times'}. {health.last_error}{rests}".strip()
    )
