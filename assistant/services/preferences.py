"""Changing settings without waiting for the disk."""

from assistant.config.settings import Settings, SettingsFile
from assistant.services.jobs import Job, Workers


class PreferenceService:
    """The settings of the profile, for the front ends.

    Args:
        workers: Writes the file.
        file: The settings.
    """

    def __init__(self, workers: Workers, file: SettingsFile) -> None:
        self._workers = workers
        self._file = file

    @property
    def current(self) -> Settings:
        """The settings as they are now."""
        return self._file.current

    @property
    def problem(self) -> str:
        """Why the file could not be read as it stood; empty when it could."""
        return self._file.problem

    def change(self, section: str, field: str, value: object) -> Job[Settings]:
        """Changes one field and writes the file.

        Raises (from the job):
            UserFacingError: The value is out of range; nothing is changed.
            EnvironmentProblem: The file cannot be written; the change holds until the end.
        """
        # On the store thread, which does one thing after the other: two changes never race.
        return self._workers.on_store(lambda: self._file.update(section, **{field: value}))
