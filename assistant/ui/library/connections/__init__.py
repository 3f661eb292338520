"""The log of every connection that was ever made."""
