"""Who takes part, and what waits for the caller."""
