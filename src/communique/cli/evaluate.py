"""``communique evaluate``: how well reports are read, in figures, and whether the figures keep their floors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.debug import debug_option
from communique.cli.progress import Bar
from communique.cli.read import list_failures

if TYPE_CHECKING:
    from communique.engine import Failure
    from communique.evaluation import Scores
    from communique.evaluation.suites import Suite

EPILOG = """\b
Examples:
  communique evaluate gold/
  communique evaluate gold/ readouts.jsonl --details
  communique evaluate gold/dev --folds --json > figures.json
  communique evaluate gold/ --floors floors.toml --update-floors
  communique evaluate --all-floors data/floors
"""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("gold", required=False, type=FOLDER, metavar="[GOLD_DIR]")
@click.argument("readouts", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--details", is_flag=True, help="List what was missed, superfluous or wrong.")
@click.option("--folds", is_flag=True, help="GOLD_DIR holds folders: score each alone, and give the mean.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--floors", type=FILE, metavar="FILE", help="Fail when a figure is under its floor in this file.")
@click.option("--all-floors", type=FOLDER, metavar="DIR", help="Do so for every floors file in a folder.")
@click.option("--update-floors", is_flag=True, help="Raise the floors to what was measured.")
@click.option("--lower-floors", is_flag=True, help="With --update-floors: lower them too, where it was less.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes.")
@debug_option
def evaluate(gold: Path | None, readouts: Path | None, **options: Any) -> None:
    """Scores readouts against annotated reports.

    GOLD_DIR holds reports and their annotations. READOUTS is a file that "communique read --format jsonl" wrote;
    without it the reports are read now.
    """
    suites = _open_suites(gold, options)
    if readouts is None:
        scores, failures = _score_reading(suites, options["jobs"])
    else:
        scores, failures = [_score_file(suites[0], readouts)], []
    click.echo(_render(suites, scores, as_json=options["as_json"], details=options["details"]))
    if failures:
        list_failures(failures)
    _hold_to_floors(suites, scores, is_update=options["update_floors"], may_lower=options["lower_floors"])
    if failures:
        click.get_current_context().exit(1)


def _open_suites(gold: Path | None, options: dict[str, Any]) -> list[Suite]:
    from communique.evaluation.suites import open_all_suites, open_suite

    _check_usage(gold, options)
    if gold is not None:
        return [
            open_suite(gold, is_folds=options["folds"], floors_path=options["floors"], is_new=options["update_floors"])
        ]
    suites, skipped = open_all_suites(options["all_floors"])
    for notice in skipped:
        click.echo(notice, err=True)
    return suites


def _check_usage(gold: Path | None, options: dict[str, Any]) -> None:
    if (gold is None) == (options["all_floors"] is None):
        raise click.UsageError("Give either GOLD_DIR or --all-floors.")
    if options["all_floors"] and (options["floors"] or options["folds"]):
        raise click.UsageError("With --all-floors, the floors files say what --floors and --folds would.")
    if options["update_floors"] and not (options["floors"] or options["all_floors"]):
        raise click.UsageError("--update-floors needs --floors FILE or --all-floors DIR.")
    if options["lower_floors"] and not options["update_floors"]:
        raise click.UsageError("--lower-floors goes with --update-floors.")


def _score_file(suite: Suite, readouts: Path) -> list[Scores]:
    """Scores given readouts."""
    from communique.evaluation import load_readouts, score_folds, score_set

    found = load_readouts(readouts)
    return list(score_folds(suite.sets, found).values()) if suite.is_folds else [score_set(suite.sets[0], found)]


def _score_reading(suites: Sequence[Suite], jobs: int) -> tuple[list[list[Scores]], list[Failure]]:
    """Reads the gold's reports, all in one go, and scores what comes of it."""
    from communique.engine import Failure, ReadOptions, Source, read_sources
    from communique.evaluation import FoundDocument, score_set

    paths = [document.text_path for suite in suites for gold in suite.sets for document in gold.documents]
    sources = (Source.at(path) for path in paths)
    outcomes = Bar().follow(read_sources(sources, ReadOptions(jobs=jobs)), lambda: len(paths))
    failures: list[Failure] = []
    scores = []
    for suite in suites:
        of_suite = []
        for gold in suite.sets:
            found = []
            for outcome in islice(outcomes, len(gold.documents)):
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                else:
                    found.append(FoundDocument.of(outcome.readout))
            of_suite.append(score_set(gold, found))
        scores.append(of_suite)
    return scores, failures


def _render(suites: Sequence[Suite], scores: Sequence[Sequence[Scores]], *, as_json: bool, details: bool) -> str:
    """The figures: of one set in full, of several sets in columns, of folds in columns with their mean."""
    from communique.evaluation.report import (
        folds_to_dict,
        render_notes,
        render_scores,
        render_sets,
        scores_to_dict,
        to_json,
    )

    if as_json:
        plain = {
            suite.name: folds_to_dict(_by_name(suite, measured)) if suite.is_folds else scores_to_dict(measured[0])
            for suite, measured in zip(suites, scores, strict=True)
        }
        return to_json(plain if len(suites) > 1 else plain[suites[0].name])
    parts = []
    sets = {suite.name: measured[0] for suite, measured in zip(suites, scores, strict=True) if not suite.is_folds}
    if len(sets) == 1:
        parts.append(render_scores(*sets.values()))
    elif sets:
        parts.append(render_sets(sets))
    folds = [(suite, measured) for suite, measured in zip(suites, scores, strict=True) if suite.is_folds]
    parts += [render_sets(_by_name(suite, measured), with_mean=True) for suite, measured in folds]
    if details:
        parts += [render_notes(score.notes) for measured in scores for score in measured]
    return "\n\n".join(parts)


def _by_name(suite: Suite, scores: Sequence[Scores]) -> dict[str, Scores]:
    return {gold.name: score for gold, score in zip(suite.sets, scores, strict=True)}


def _hold_to_floors(
    suites: Sequence[Suite], scores: Sequence[Sequence[Scores]], *, is_update: bool, may_lower: bool
) -> None:
    """Checks the floors, or sets them anew; nothing is written unless all of them could be set."""
    from communique.evaluation.floors import raise_complaints

    held = [
        (suite.floors, suite.floors_path, suite.measure(measured))
        for suite, measured in zip(suites, scores, strict=True)
        if suite.floors is not None and suite.floors_path is not None
    ]
    if not held:
        return
    if is_update:
        changes = [change for floors, _, measured in held for change in floors.update(measured, may_lower=may_lower)]
        for floors, path, _ in held:
            floors.save(path)
        click.echo("\n  ".join(["Floors changed:", *changes]) if changes else "No floor changed.", err=True)
        return
    raise_complaints(
        [complaint for floors, _, measured in held for one in measured for complaint in floors.complaints(one)]
    )
    click.echo(f"Floors kept: {sum(len(measured) for _, _, measured in held)} sets.", err=True)
