"""Lists of records: which fields they are filtered by, their columns, the forms in which they are taken along."""

from communique.desk.lists.listing import Column, Field, Listing, Page, Sort

__all__ = ["Column", "Field", "Listing", "Page", "Sort"]
