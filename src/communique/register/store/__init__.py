"""The store around the pure decisions: keeps claims, derives conclusions, finds, judges, checks."""
