"""``communique user``: accounts of the desk."""

from __future__ import annotations

import click

from communique.cli.debug import debug_option
from communique.cli.register_option import register_option

# Written out here, since rights are loaded only when they are needed; a test compares the lists.
ROLES = ("viewer", "reviewer", "administrator")
EPILOG = """\b
Examples:
  communique user add ana --role administrator
  communique user password ana
  communique user list --register maghreb.db
"""


@click.command(epilog=EPILOG)
@click.argument("action", type=click.Choice(("add", "password", "list")), metavar="ACTION")
@click.argument("name", required=False, metavar="NAME")
@click.option("--role", type=click.Choice(ROLES), default="viewer", show_default=True, help="What they may do.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@register_option
@debug_option
def user(action: str, name: str | None, role: str, password_stdin: bool, address: str | None) -> None:
    """Makes accounts of the desk ("add NAME"), gives them new passwords ("password NAME"), and lists them ("list").

    Viewers read, reviewers also decide and add, administrators also let people in. Further people are invited from the
    desk's settings.
    """
    import getpass
    import os
    import sys

    from communique.desk.serving import SETTINGS

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from communique.register import open_register
    from communique.register.opening import migrate

    opened = open_register(address)
    migrate(opened.address)
    from communique.desk.people.accounts import add_account, list_accounts, set_password

    if action == "list":
        for account, held in list_accounts():
            click.echo(f"{account}\t{held}")
        return
    if not name:
        raise click.UsageError(f"Give a name: communique user {action} NAME")
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask()
    try:
        author = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        author = "command line"
    if action == "password":
        set_password(name, password, author=author)
        click.echo(f"{name} has a new password, and may sign in with it at once.", err=True)
        return
    add_account(name, password, role, author=author)
    click.echo(f"{name} may sign in as {role}.", err=True)


def _ask() -> str:
    password: str = click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True)
    return password
