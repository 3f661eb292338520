"""Courses: taking one, its plan, leaving it, and bringing in others."""
