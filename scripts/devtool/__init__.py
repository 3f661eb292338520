"""The two commands of a checkout: set up and run, set up and test.

Standard library only: it runs before anything is installed.
"""
