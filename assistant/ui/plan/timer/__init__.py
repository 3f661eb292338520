"""The time that runs, absences that are offered to be taken off it, and its correction."""
