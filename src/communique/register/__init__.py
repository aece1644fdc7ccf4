"""The register: what all reports together say, kept in one database and derived from claims and judgements.

A Django app that owns the database. Nothing of Django is imported until ``open_register`` is called.
"""

from communique.register.asking import Register
from communique.register.opening import open_register

__all__ = ["Register", "open_register"]
