"""The options of ``communique read`` for a served language model, and the account of what it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from communique.engine import Bench, Outcome, ReadOptions
    from communique.reading.llm import LlmOptions

# Option on the command line → field of LlmOptions.
_FIELDS = ("endpoint", "model", "timeout", "retries", "concurrency", "portion", "input_price", "output_price")


class ServedModel:
    """The served model of one run, if there is one.

    Args:
        options: How to reach it; None for the local reader.
    """

    def __init__(self, options: LlmOptions | None) -> None:
        self.options = options
        self._bench: Bench | None = None

    def read(self, sources: Iterable[str], options: ReadOptions) -> Iterator[Outcome]:
        """Reads documents with the local reader, or with the served model."""
        from communique import engine

        if self.options is None:
            return engine.read_sources(sources, options)
        return engine.read_sources(sources, options, bench_maker=self._make_bench)

    def _make_bench(self, options: ReadOptions) -> Bench:
        from communique.engine.bench import make_bench

        self._bench = make_bench(options)
        return self._bench

    @contextmanager
    def accounted(self) -> Iterator[None]:
        """Says at the end on standard error what the model took, also where the run is broken off: it was paid for."""
        try:
            yield
        finally:
            if self._bench is not None:
                from communique.reading.llm import LlmReader

                assert isinstance(self._bench.reader, LlmReader)
                click.echo(self._bench.reader.usage.describe(self._bench.reader.options), err=True)


def llm_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a served model; the command gets them as ``served``."""

    @click.option(
        "--reader",
        type=click.Choice(("local", "llm")),
        default="local",
        show_default=True,
        help="The packaged reader, or a language model behind an OpenAI-compatible server.",
    )
    @click.option("--endpoint", envvar="COMMUNIQUE_LLM_ENDPOINT", metavar="URL", help="llm: address of the server.")
    @click.option("--model", envvar="COMMUNIQUE_LLM_MODEL", metavar="NAME", help="llm: name of the model.")
    @click.option("--concurrency", type=click.IntRange(min=1), metavar="N", help="llm: documents at the same time.")
    @click.option("--timeout", type=click.FloatRange(min=0.1), metavar="SECONDS", help="llm: patience for one request.")
    @click.option("--retries", type=click.IntRange(min=0), metavar="N", help="llm: new tries of a failed request.")
    @click.option("--portion", type=click.IntRange(min=500), metavar="N", help="llm: characters of text a request.")
    @click.option("--input-price", type=click.FloatRange(min=0), metavar="X", help="llm: price of 1M tokens sent.")
    @click.option("--output-price", type=click.FloatRange(min=0), metavar="X", help="llm: price of 1M tokens received.")
    @wraps(function)
    def with_served(*arguments: Any, reader: str, **options: Any) -> Any:
        given = {field: value for field in _FIELDS if (value := options.pop(field)) is not None}
        return function(*arguments, served=_open_served(reader, given, options["jobs"]), **options)

    return with_served


def _open_served(reader: str, given: dict[str, Any], jobs: int) -> ServedModel:
    if reader == "local":
        # Address and name may stand in the environment for other runs.
        if superfluous := sorted(set(given) - {"endpoint", "model"}):
            raise click.UsageError(f"--{superfluous[0].replace('_', '-')} goes with --reader llm.")
        return ServedModel(None)
    for field in ("endpoint", "model"):
        if field not in given:
            raise click.UsageError(f"--reader llm needs --{field} or COMMUNIQUE_LLM_{field.upper()}.")
    if jobs > 1:
        raise click.UsageError("--reader llm reads with --concurrency, not with --jobs.")
    from communique.reading.llm import LlmOptions

    return ServedModel(LlmOptions(**given))
