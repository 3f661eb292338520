"""Sentences and lines that people may write to the planner, with what they mean by them."""
