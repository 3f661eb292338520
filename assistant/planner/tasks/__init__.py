"""What holds of tasks: what a line makes of one, what may be, what comes next, what is wanted."""
