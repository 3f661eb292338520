"""Projects made by chance for measuring the solver."""
