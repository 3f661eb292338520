"""A start after one that ended inside the engine: its model is not loaded again by itself."""

from assistant.domain.errors import UserFacingError
from assistant.domain.health import Check, CheckState
from assistant.domain.model import ModelInfo
from assistant.services.load_marker import Doing, LoadMarker
from assistant.services.models import ModelService

_WAY_OUT = "Ask something to run it in a process of its own, or choose another model."
_WAS = {Doing.LOADING: "was being loaded", Doing.ANSWERING: "was about to answer"}


class SafeStart:
    """Knows over which model an earlier start ended.

    Args:
        marker: Holds the note of it.
        models: The models, and the choice of one.
    """

    def __init__(self, marker: LoadMarker, models: ModelService) -> None:
        self._marker = marker
        self._models = models

    def load(self) -> None:
        """Loads the model for new chats, unless an earlier start ended over it.

        Then the status says so, and the next question runs it in a process of its own.
        """
        mark = self._marker.found
        try:
            model = self._models.chosen()
        except UserFacingError:
            model = None  # which loading it puts into words
        if mark is None or model is None or model.path is None or model.path.name != mark.file:
            self._models.ensure()
            return
        self._models.hold_back(model, f"{self._sentence(model, mark.doing)} {_WAY_OUT}")

    def checks(self) -> list[Check]:
        """What the doctor says of it; nothing where all starts ended well."""
        mark = self._marker.found
        if mark is None:
            return []
        files = {model.path.name: model for model in self._models.installed() if model.path}
        model = files.get(mark.file)
        if model is None:
            self._marker.forgive()
            return []
        words = self._sentence(model, mark.doing)
        return [Check("Last start", CheckState.NOTE, words, _WAY_OUT)]

    @staticmethod
    def _sentence(model: ModelInfo, doing: Doing) -> str:
        return f"The last start ended while {model.name} {_WAS[doing]}."
