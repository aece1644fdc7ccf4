"""The desk for programs: the lists and records as JSON, and decisions, under ``/api/1/``."""
