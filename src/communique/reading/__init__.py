"""Document → Readout: names, posts, who is "he", dates, places, engagements, commitments, statements, topics."""

import os
import sys

# Read by numpy when it is loaded, which the modules below do: on several threads OpenBLAS spins longer than it
# multiplies, the matrices of sentences are so small.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from communique.reading.reader import Reader

__all__ = ["Reader"]
