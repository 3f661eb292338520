"""What ``check_leaks`` is made of: learners, and a count that shares nothing with the guard."""
