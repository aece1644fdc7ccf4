"""``communique serve``: the desk, in the browser."""

from __future__ import annotations

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique serve
  communique serve --register maghreb.db --open
  communique serve --bind 127.0.0.1:9000 --workers 2
"""


@click.command(epilog=EPILOG)
@register_option
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@click.option("--no-worker", "starts_worker", is_flag=True, flag_value=False, default=True, help="Start no worker.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@debug_option
def serve(address: str | None, bind: str, workers: int, starts_worker: bool, opens: bool) -> None:
    """Serves the desk: the web app in which the register is read, checked and corrected.

    On loopback nobody has to sign in; anywhere else everybody has to (see docs/deployment.md). Stop it with Ctrl-C.
    """
    import os
    import webbrowser
    from contextlib import nullcontext

    from communique.desk.serving import (
        SETTINGS,
        Binding,
        attended_worker,
        check_free,
        check_people,
        check_secrets,
        needs_sign_in,
    )
    from communique.desk.serving import serve as serve_desk

    binding = Binding.parse(bind)
    check_secrets(binding)
    if needs_sign_in(binding):
        os.environ["COMMUNIQUE_SIGN_IN"] = "1"
    check_free(binding)
    # Before the register is opened: Django is set up once in a process.
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from communique.register import open_register
    from communique.register.opening import migrate

    opened = open_register(address)
    migrate(opened.address)  # the desk's own tables: who signed in, and when
    check_people(binding)
    opened.close()

    def announce() -> None:
        click.echo(f"The desk on {opened.address} is at {binding.url} (Ctrl-C ends it).", err=True)
        if opens:
            webbrowser.open(binding.url)

    with attended_worker() if starts_worker else nullcontext():
        serve_desk(binding, workers=workers, on_start=announce)
