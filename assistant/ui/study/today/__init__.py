"""The first page of Study: what is due, what comes next, and where the learner stands."""
