"""A Hub of models on this machine, with the shapes of the real one and the faults of bad days."""

from tests.helpers.hub.content import Repository, StoredFile
from tests.helpers.hub.double import HubDouble, Request
from tests.helpers.hub.faults import Faults, Reply

__all__ = ["Faults", "HubDouble", "Reply", "Repository", "Request", "StoredFile"]
