"""One task in all that is said of it: a panel beside the list that it is opened from."""
