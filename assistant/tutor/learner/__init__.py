"""What the learner knows, what fades, and what is best done next.

``ability``: a belief about each concept, as a Gaussian; ``mastery``: that belief in figures to be
shown; ``placement``: the test that finds out most with the fewest questions; ``memory``: when a
card is to be asked again; ``weights``: the forgetting model fitted to this learner; ``leeches``;
``next_up``: what comes next, and why.
"""
