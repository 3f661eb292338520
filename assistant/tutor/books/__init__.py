"""Textbooks and what is said from them: reading, cutting into passages, ranking, grounding.

``reading``: a file to pages; ``passages``: pages to passages; ``ranking``: which passages a
question is about, by words; ``grounding``: whether what was said stands in what was given.
"""
