"""The first screen of a new profile: one screen, one button."""
