"""Tasks by their state, side by side."""
