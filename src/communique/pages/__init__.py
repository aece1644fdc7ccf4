"""Bytes → Document: text or HTML in, the article and what is clutter around it marked.

>>> from communique.pages import open_document
>>> document = open_document("report.html")
>>> [document.text[start:end] for start, end in document.body]
"""

from communique.pages.opening import document_from_text, open_document

__all__ = ["document_from_text", "open_document"]
