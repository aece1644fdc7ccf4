"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages, charts and static files; the tables of records are the register's."""

    name = "communique.desk"
    label = "desk"
    verbose_name = "Desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Has sign-ins noted."""
        from communique.desk.people.signing_in import listen

        listen()
