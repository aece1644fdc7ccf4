"""The gate: decides within microseconds whether a page can hold an engagement, and in which language it is.

>>> from communique.engine.gate import Gate
>>> Gate().judge(b"<p>The minister of the sea met the envoy of Ostra on Monday.</p>").kind
'read'
"""

from communique.engine.gate.gate import Gate, Verdict, VerdictKind

__all__ = ["Gate", "Verdict", "VerdictKind"]
