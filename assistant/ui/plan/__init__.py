"""The Plan place: what is to be done, said in the user's own words, and the week it is done in.

May import services and domain, as all of ``ui``; ``planner`` only for values and words.
"""
