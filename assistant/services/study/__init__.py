"""Use cases of studying: courses, lessons, exercises, grades, reviews.

May import the tutor, the sandbox, the store and the engine's protocol, as every service may.
"""
