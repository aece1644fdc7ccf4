"""Django settings of the register alone: what the commands need. The desk has more (``communique.desk.settings``)."""

from __future__ import annotations

from communique.register.address import RegisterAddress

INSTALLED_APPS = ["communique.register"]
DATABASES = {"default": RegisterAddress.parse().database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
# The commands neither sign nor encrypt anything; the desk asks for a real one.
SECRET_KEY = "the register's commands sign nothing"
