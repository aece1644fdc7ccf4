"""Document → Readout: names, posts, who is "he", dates, places, engagements, commitments, statements, topics."""

from communique.reading.reader import Reader

__all__ = ["Reader"]
