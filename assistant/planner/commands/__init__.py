"""What may be told to the planner in a sentence: “plan my week”, “move chemistry to Thursday”."""
