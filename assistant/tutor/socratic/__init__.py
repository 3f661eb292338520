"""A conversation about an exercise that guides and does not tell.

``wishes``: what a learner asks for, read by ``plain_words``; ``moves``: what is done for it, from
``knowledge`` of the course; ``lines``: what is said of a line in between, and ``fair_lines``: which
lines may get a verdict; ``guesses``: whether a verdict is asked for; ``small_talk``: a word back.
``prompts``: what the model is asked; ``watching``: whether what it says holds the answer, also in
disguise, and which sentences are left out.
"""
