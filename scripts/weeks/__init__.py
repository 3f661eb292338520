"""Weeks made by chance around events of real calendars."""
