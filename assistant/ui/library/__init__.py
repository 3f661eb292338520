"""The models place: what is installed, what fits, and which one answers."""
