"""Review: what waits for a person, and how a decision is made on it."""
