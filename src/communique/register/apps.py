"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Tables are named ``register_…``."""

    name = "communique.register"
    label = "register"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"
