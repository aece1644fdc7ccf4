"""Makes a server process ready before its first request: what all pages need is loaded, and the overview is drawn once.

Without this, whoever asks first waits two seconds for modules, templates and figures.
"""

from __future__ import annotations

import gc
import logging
import threading

from django.db import DatabaseError, connection
from django.template.loader import get_template
from django.urls import get_resolver

PAGES = ("overview", "engagement", "engagements", "actor", "source", "search", "review", "error")


def prepare() -> threading.Thread:
    """Loads modules and templates; the overview's figures are made meanwhile, in a thread of their own.

    Returns:
        The thread, for those who want to wait for it.
    """
    _ = get_resolver().url_patterns  # the addresses name all views, which load all else
    for name in PAGES:
        get_template(f"desk/{name}.html")
    # What is there by now stays for as long as the process: to look through it again and again for garbage would hold
    # up some request for a third of a second each time.
    gc.collect()
    gc.freeze()
    thread = threading.Thread(target=_make_figures, daemon=True)
    thread.start()
    return thread


def _make_figures() -> None:
    from communique.desk.views.overview import remember_figures

    try:
        remember_figures()
    except DatabaseError as error:  # /readyz tells it to whoever runs the desk
        logging.getLogger(__name__).warning("The overview could not be made ahead: %s", error)
    finally:
        connection.close()
