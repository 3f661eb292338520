"""Courses as values: read, checked, ordered, planned, drafted, imported and written.

May import the domain, and pydantic for what comes from files or a model. Knows no clock, no model
and no database; files only where a folder is handed in.
"""
