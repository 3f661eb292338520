"""The words of the product as frozen values, and the error tree.

May import the standard library only; every other room may import this one.
"""
