"""The learner's textbooks: brought in, listed, searched, taken away."""
