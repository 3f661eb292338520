"""What can be seen in what was done, in pictures and in words."""
