"""Measures the checking of answers on keys and choices that others wrote."""
