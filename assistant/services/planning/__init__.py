"""Use cases of planning: tasks and their projects, calendars, weeks, and what is learnt of them."""
