"""Measures the learner model: sequences, simulated learners, baselines and scores."""
