"""``communique worker``: reads what analysts add in the desk."""

from __future__ import annotations

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

EPILOG = """\b
Examples:
  communique worker --register maghreb.db
"""


@click.command(epilog=EPILOG)
@register_option
@debug_option
def worker(address: str | None) -> None:
    """Reads the sources that analysts add in the desk, one after the other.

    ``communique serve`` starts one by itself; start more for more speed. Ended in the middle, the source is taken up
    again by the next worker. Stop it with Ctrl-C.
    """
    import os
    import signal

    from communique.desk.serving import SETTINGS

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from communique.register import open_register
    from communique.register.opening import migrate

    opened = open_register(address)
    migrate(opened.address)
    from communique.desk.jobs.work import Worker

    working = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: working.stop())
    click.echo(f"A worker for {opened.address} (Ctrl-C ends it once its source is read).", err=True)
    working.run()
    opened.close()
