"""A small tuned transformer that reads the whole report: one more opinion on what is told, and who took part.

What it sees has no names: mentions are masked by their kind. Why and how well is told in
`docs/decisions/0016-an-encoder-reads-the-whole-report.md`; it is trained by `training/train_encoder.py`.
"""

from communique.reading.encoder.encoder import Encoder, packaged_encoder

__all__ = ["Encoder", "packaged_encoder"]
