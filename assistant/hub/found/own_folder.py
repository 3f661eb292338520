"""A folder that the user chose."""

from pathlib import Path

from assistant.hub.found.candidates import Looked
from assistant.hub.found.walking import Walk, is_folder, models_below
from assistant.hub.in_place import OWN_FOLDER


def look_into(folder: Path) -> Looked:
    """The models in a folder and below it."""
    if not is_folder(folder):
        return Looked(OWN_FOLDER, troubles=("The folder is not there, or cannot be read.",))
    walk = Walk()
    return Looked(OWN_FOLDER, (folder,), tuple(models_below(walk, folder)), tuple(walk.troubles))
