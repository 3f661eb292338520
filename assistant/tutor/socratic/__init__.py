"""A conversation about an exercise that guides and does not tell.

``prompts``: what the model is asked; ``watching``: whether what it says holds the answer, also in
disguise, and which sentences are left out; ``guesses``: whether a learner asks for a verdict;
``questions``: what is asked where the model has nothing that may be shown.
"""
