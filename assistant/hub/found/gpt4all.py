"""GPT4All: ``.gguf`` files in one folder, which its settings may name.

Source: https://docs.gpt4all.io/gpt4all_desktop/settings.html
"""

import re
from pathlib import Path

from assistant.hub.found.candidates import Looked, Surroundings
from assistant.hub.found.walking import Walk, is_folder, models_below, short_text

NAME = "GPT4All"
_CHOSEN = re.compile(r"^modelPath=(.+)$", re.MULTILINE)


def look(around: Surroundings) -> Looked:
    """The models of GPT4All."""
    walk = Walk()
    roots = [folder for folder in dict.fromkeys(_places(around)) if is_folder(folder)]
    found = [model for root in roots for model in models_below(walk, root)]
    return Looked(NAME, tuple(roots), tuple(found), tuple(walk.troubles))


def _places(around: Surroundings) -> list[Path]:
    bases = around.applications()
    chosen = [_chosen(base / "nomic.ai" / "GPT4All.ini", around) for base in bases]
    return [
        *(folder for folder in chosen if folder is not None),
        *(base / "nomic.ai" / "GPT4All" for base in bases),
    ]


def _chosen(settings: Path, around: Surroundings) -> Path | None:
    said = _CHOSEN.search(short_text(settings))
    return around.absolute(said[1].strip().strip('"')) if said else None
