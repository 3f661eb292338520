"""What is learnt from what was done: how long, how likely, what first, and when it goes well.

Every prediction rests only on what was known at its moment, and a model is asked only where it
has beaten the plain rule on later data than it was trained on.
"""
