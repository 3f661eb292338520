"""Search in everything, and quick commands."""
