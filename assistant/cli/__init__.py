"""The headless front end.

May import services, config and domain.
"""
