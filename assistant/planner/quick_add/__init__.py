"""One line into a task: its title and every part that the words name, each with its place."""
