"""The page of downloads, and what ties it to the queue."""

from assistant.ui.library.downloads.controller import DownloadsController
from assistant.ui.library.downloads.page import DownloadsPage

__all__ = ["DownloadsController", "DownloadsPage"]
