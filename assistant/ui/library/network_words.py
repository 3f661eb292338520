"""What may leave this machine now, in words; the same for the sidebar's foot and for the card."""

from collections.abc import Sequence
from datetime import datetime

from assistant.domain.connection import Connection, ConnectionOutcome
from assistant.domain.download import Download, DownloadState
from assistant.ui.clock import clock_words
from assistant.ui.library.side_cards import NetworkView

_CONNECTED = (DownloadState.RUNNING, DownloadState.WAITING)


def network_view(
    connections: Sequence[Connection],
    downloads: Sequence[Download],
    *,
    offline: bool,
    sealed: bool,
) -> NetworkView:
    """For the card.

    Args:
        connections: Those that were made, newest first.
        downloads: All that are known.
        offline: Nothing connects but what the user allowed for one action.
        sealed: Nothing connects at all in this run.
    """
    if sealed:
        return NetworkView("Offline", "Started with --offline: every connection is refused.")
    running = files_under_way(downloads)
    made = [each for each in connections if each.outcome is not ConnectionOutcome.REFUSED]
    if running:
        files = "one file" if running == 1 else f"{running} files"
        return NetworkView(f"Online for {files}", _allowed(made, offline=offline), online=True)
    if not offline:
        return NetworkView(
            "Online when you ask", "Searching and downloading connect. Nothing else does."
        )
    if not made:
        return NetworkView("Offline", "No connection was ever made.")
    last = made[0]
    return NetworkView("Offline", f"The last connection was to {last.host}, {_when(last.when)}.")


def foot_words(view: NetworkView, downloads: Sequence[Download], hosts: int) -> tuple[str, str]:
    """For the sidebar's foot: a word and a line.

    Args:
        view: As on the card.
        downloads: All that are known.
        hosts: That are connected now.
    """
    if not view.online:
        short = view.note.rstrip(".").replace("was ever made", "ever made")
        short = short.replace("The last connection was", "Last connected")
        return view.title, short
    running = files_under_way(downloads)
    files = "1 file" if running == 1 else f"{running} files"
    many = max(1, hosts)
    return "Downloading", f"{files}, {many} host{'s' if many > 1 else ''} allowed"


def files_under_way(downloads: Sequence[Download]) -> int:
    """Downloads that are connected, or will be again by themselves."""
    return sum(download.state in _CONNECTED for download in downloads)


def open_hosts(connections: Sequence[Connection]) -> int:
    """Hosts that something is connected to now."""
    return len({each.host for each in connections if each.outcome is ConnectionOutcome.OPEN})


def _allowed(made: Sequence[Connection], *, offline: bool) -> str:
    current = [each for each in made if each.outcome is ConnectionOutcome.OPEN] or list(made[:1])
    if not current:
        return "It is about to connect. All else stays off."
    hosts = len({each.host for each in current})
    begun = min(each.when for each in current)
    count = "one host" if hosts == 1 else f"{hosts} hosts"
    if offline:
        return f"You allowed {count} {_when(begun)}. All else stays off."
    return f"Connected to {count} {_since(begun)}. All else stays off."


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    today = datetime.now(local.tzinfo).date()
    if local.date() == today:
        return f"at {clock_words(local)}"
    return f"on {local.day} {local:%B}"


def _since(moment: datetime) -> str:
    return f"since {clock_words(moment.astimezone())}"
