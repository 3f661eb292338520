"""Lists of tasks: the inbox, today, what is coming, a project, what was searched for."""
