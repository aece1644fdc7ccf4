"""Deciding, kept apart from storing: pure functions from claims and judgements to conclusions.

No database, no clock, no randomness: the same input in any order gives the same output.
"""
