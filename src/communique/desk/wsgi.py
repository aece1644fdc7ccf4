"""The WSGI application, for production servers: ``granian --interface wsgi communique.desk.wsgi:application``."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communique.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
