"""The line in which tasks are added in the user's own words."""
