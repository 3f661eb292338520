"""The week and the day as blocks: painted, moved, pinned, explained."""
