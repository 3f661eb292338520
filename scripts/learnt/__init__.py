"""Makes and measures what the planner learns."""
