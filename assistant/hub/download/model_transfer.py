"""All files of one model, one after the other, as one download."""

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain.download import DownloadOrder
from assistant.hub.download.answers import HubLink
from assistant.hub.download.budget import DiskBudget, disk_trouble
from assistant.hub.download.staging import Staging
from assistant.hub.download.transfer import FileTransfer, Patience, Watch

if TYPE_CHECKING:
    from assistant.domain.hub import HubFile

__all__ = ["ModelTransfer", "Watch"]


class ModelTransfer:
    """Brings what was ordered into its staging folder, whole and checked.

    Args:
        order: What is wanted.
        staging: Where it is gathered.
        budget: Of the disk.
        patience: With the network.
    """

    def __init__(
        self, order: DownloadOrder, staging: Staging, budget: DiskBudget, patience: Patience
    ) -> None:
        self._order = order
        self._staging = staging
        self._budget = budget
        self._patience = patience
        self._current: FileTransfer | None = None

    def wake(self) -> None:
        """Makes its connection anew, from any thread; it may have died in the machine's sleep."""
        current = self._current
        if current is not None:
            current.wake()

    def run(self, link: HubLink, watch: Watch) -> dict[str, str]:
        """Fetches all that is missing.

        Returns:
            The SHA-256 of each file, by its name in the staging folder.

        Raises:
            Cancelled: It was; what is here is kept.
            UserFacingError: The Hub refuses it, or sends what it has not on record.
            EnvironmentProblem: There is no room, or the disk fails.
        """
        order, staging = self._order, self._staging
        try:
            staging.begin(order)
            parts = [staging.here(order, file) for file in order.files]
            here = sum(parts)
            watch.on_bytes(here)
            if here < order.size_bytes:
                self._budget.assert_room(order.size_bytes - here)
            for file, part in zip(order.files, parts, strict=True):
                watch.cancel.raise_if_cancelled()
                if not staging.is_whole(order, file):
                    self._fetch(link, file, watch, others=here - part)
                here += file.size_bytes - part
                watch.on_bytes(here)
            return staging.hashes(order)
        except OSError as error:
            raise disk_trouble(error) from error
        finally:
            self._current = None

    def _fetch(self, link: HubLink, file: "HubFile", watch: Watch, *, others: int) -> None:
        order, staging = self._order, self._staging
        part = staging.part(order, file)
        transfer = FileTransfer(
            link, (order.repo, order.commit), file, part, self._budget, self._patience
        )
        self._current = transfer

        def on_bytes(count: int) -> None:
            watch.on_bytes(others + count)

        hashes = transfer.run(replace(watch, on_bytes=on_bytes))
        staging.accept(order, file, hashes.sha256, watch.cancel)
