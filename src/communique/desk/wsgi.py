"""The WSGI application, for production servers: ``granian --interface wsgi communique.desk.wsgi:application``."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.desk.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def make_application() -> WSGIHandler:
    """The application, ready to answer quickly from the first request on."""
    made = get_wsgi_application()
    from communique.desk.preparing import prepare  # after Django is set up

    prepare()
    return made


application = make_application()
