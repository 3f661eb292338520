"""Item models: what lists show, as Qt wants to read it. May import services and domain."""
