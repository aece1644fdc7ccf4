"""The program ``communique``: its commands, its version, and how it ends when something goes wrong.

Exit status: 0 all is well, 1 something failed, 2 the command was not understood, 130 interrupted, 141 nobody reads the
output any more (as shells count a SIGPIPE).
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

import communique
from communique.cli.actor import actor
from communique.cli.add import add
from communique.cli.authorities import authorities
from communique.cli.backup import backup, restore
from communique.cli.batch import batch
from communique.cli.brief import brief
from communique.cli.check import check
from communique.cli.compare import compare
from communique.cli.debug import DEBUG
from communique.cli.demo import demo
from communique.cli.digest import digest
from communique.cli.distil import distil
from communique.cli.enter import enter
from communique.cli.evaluate import evaluate
from communique.cli.export import export
from communique.cli.find import find
from communique.cli.follow import follow
from communique.cli.import_ import import_
from communique.cli.init import init
from communique.cli.judge import judge
from communique.cli.promises import commitments, mechanism
from communique.cli.read import read
from communique.cli.serve import serve
from communique.cli.show import show
from communique.cli.sql import sql
from communique.cli.status import status
from communique.cli.user import user
from communique.cli.watch import watch
from communique.cli.worker import worker
from communique.errors import CommuniqueError

EPILOG = """\b
Examples:
  communique demo
  communique read page.html
  communique read reports/ --format jsonl > readouts.jsonl
  communique evaluate gold/ readouts.jsonl --details
"""
INTERRUPTED = 130
PIPE_CLOSED = 141


class Program(click.Group):
    """A group of commands that tells errors in one line, and shows a traceback only when asked to."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuses words that are not text: nothing could be found by them, or written of them."""
        for word in args:
            try:
                word.encode()
            except UnicodeEncodeError:
                raise click.UsageError(f"{word!r} is not UTF-8. Write it so, or rename the file.") from None
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # click's own: usage errors, --help, --version
        except BrokenPipeError:
            _silence_stdout()
            ctx.exit(PIPE_CLOSED)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if ctx.meta.get(DEBUG):
                click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
            else:
                click.echo(f"Error: {_in_words(error)}", err=True)
            ctx.exit(1)


def _in_words(error: Exception) -> str:
    if isinstance(error, CommuniqueError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the system'}: {error.strerror}."
    return f"{type(error).__name__}: {error}. This is a defect: please report it (see it in full with --debug)."


def _silence_stdout() -> None:
    """Keeps Python from complaining at its end that what it still has cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Program, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(communique.__version__, prog_name="communique")
def main() -> None:
    """Reads news reports of security cooperation into cited records.

    Who met whom, in which role, when, where and on what; what was agreed, pledged or signed; who said what. Every fact
    comes with the passage that says it. Nothing is fetched unless you name an address or follow a feed, and nothing
    leaves this machine unless you ask for it: a served language model, a watch's webhook or mail, an object store.
    """


COMMANDS = (
    read,
    batch,
    init,
    add,
    follow,
    authorities,
    find,
    show,
    actor,
    mechanism,
    commitments,
    judge,
    enter,
    export,
    import_,
    sql,
    brief,
    digest,
    watch,
    status,
    check,
    backup,
    restore,
    serve,
    worker,
    user,
    evaluate,
    compare,
    distil,
    demo,
)
for command in COMMANDS:
    main.add_command(command)
