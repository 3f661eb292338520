"""Programs that a learner brings: looked at by code, run, traced, explained, and set as tasks."""
