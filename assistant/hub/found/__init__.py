"""Models that other applications have on this disk: one module for each of them.

Each has ``look(surroundings)``. Nothing is written, followed without end, or believed: folders and
manifests may hold anything. What cannot be read is said, and the rest is found nevertheless.
"""

from assistant.hub.found import gpt4all, hub_cache, jan, lm_studio, ollama
from assistant.hub.found.candidates import Candidate, Looked, Surroundings
from assistant.hub.found.own_folder import look_into

__all__ = ["APPLICATIONS", "Candidate", "Looked", "Surroundings", "look_into"]

APPLICATIONS = (
    lm_studio.look,
    ollama.look,
    jan.look,
    gpt4all.look,
    hub_cache.look,
)
"""One function for each application, in the order in which they are shown."""
