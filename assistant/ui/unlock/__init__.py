"""What is shown when the history cannot be opened by itself, and the recovery key."""
