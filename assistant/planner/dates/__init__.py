"""Dates, times, spans, durations and recurrences in English text, by a grammar of its own."""
