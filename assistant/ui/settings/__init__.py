"""The settings: rows made from the declarative model, and the sections that have more to them."""
