"""Planning by rules and figures: dates in words, tasks in a line, schedules and what is learnt."""
