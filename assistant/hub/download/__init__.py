"""Downloads of models: resumable, checked against the hash of the Hub, never half offered."""

from assistant.hub.download.answers import HubLink
from assistant.hub.download.budget import DiskBudget
from assistant.hub.download.model_transfer import ModelTransfer, Watch
from assistant.hub.download.staging import Staging, download_id
from assistant.hub.download.transfer import Patience

__all__ = [
    "DiskBudget",
    "HubLink",
    "ModelTransfer",
    "Patience",
    "Staging",
    "Watch",
    "download_id",
]
