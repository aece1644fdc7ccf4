"""``communique evaluate``: how well reports are read, in figures, and whether the figures keep their floors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.cli.debug import debug_option
from communique.cli.output import open_output
from communique.cli.progress import Bar
from communique.cli.read import list_failures

if TYPE_CHECKING:
    from communique.engine import Failure
    from communique.evaluation import FoundDocument, GoldDocument, Scores
    from communique.evaluation.calibration import Judged
    from communique.evaluation.claims import Claims
    from communique.evaluation.suites import Suite

    Found = list[list[list[FoundDocument]]]
    """Suite by suite, set by set: what was found in the reports."""

EPILOG = """\b
Examples:
  communique evaluate gold/
  communique evaluate gold/ readouts.jsonl --details
  communique evaluate gold/ readouts.jsonl --details --html details.html
  communique evaluate gold/dev --folds --calibration
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
@click.option("--html", type=FILE, metavar="FILE", help="With --details: write them as a page, gold beside readout.")
@click.option("--calibration", is_flag=True, help="Show how often facts of each confidence are right.")
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
    found, failures = _read(suites, options["jobs"]) if readouts is None else (_load(suites[0], readouts), [])
    scores = _score(suites, found)
    judged = _judge(suites, found) if options["calibration"] else None
    if options["as_json"]:
        click.echo(_to_json(suites, scores, judged))
    else:
        figures = _render(suites, scores, judged)
        has_notes = options["details"] and options["html"] is None
        click.echo("\n\n".join([figures, *(_notes(scores) if has_notes else [])]))
        if options["html"] is not None:
            _write_page(options["html"], suites, found, figures)
    if failures:
        list_failures(failures)
        if options["update_floors"]:
            raise click.ClickException("The floors stay as they are: documents could not be read (see above).")
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
    if options["html"] and not (options["details"] and not options["as_json"]):
        raise click.UsageError("--html goes with --details, and not with --json.")
    if options["as_json"] and options["details"]:
        raise click.UsageError("--details are told to people: leave out --json.")
    if options["lower_floors"] and not options["update_floors"]:
        raise click.UsageError("--lower-floors goes with --update-floors.")


def _load(suite: Suite, readouts: Path) -> Found:
    """Given readouts, shared out to the suite's sets."""
    from communique.evaluation import load_readouts
    from communique.evaluation.scores import share_out

    found = load_readouts(readouts)
    return [share_out(suite.sets, found) if suite.is_folds else [found]]


def _read(suites: Sequence[Suite], jobs: int) -> tuple[Found, list[Failure]]:
    """Reads the gold's reports, all in one go."""
    from communique.engine import Failure, ReadOptions, Source, read_sources
    from communique.evaluation import FoundDocument

    paths = [document.text_path for suite in suites for gold in suite.sets for document in gold.documents]
    sources = (Source.at(path) for path in paths)
    outcomes = Bar().follow(read_sources(sources, ReadOptions(jobs=jobs)), lambda: len(paths))
    failures: list[Failure] = []
    found: Found = []
    for suite in suites:
        found.append([])
        for gold in suite.sets:
            found[-1].append([])
            for outcome in islice(outcomes, len(gold.documents)):
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                else:
                    found[-1][-1].append(FoundDocument.of(outcome.readout))
    return found, failures


def _score(suites: Sequence[Suite], found: Found) -> list[list[Scores]]:
    from communique.evaluation import score_set

    return [
        [score_set(gold, share) for gold, share in zip(suite.sets, shares, strict=True)]
        for suite, shares in zip(suites, found, strict=True)
    ]


def _pairs(suites: Sequence[Suite], found: Found) -> Iterator[tuple[GoldDocument, Claims | None]]:
    """Each report of the gold with what was found in it."""
    from communique.evaluation.scores import by_report

    for suite, shares in zip(suites, found, strict=True):
        for gold, share in zip(suite.sets, shares, strict=True):
            yield from by_report(gold, share)


def _judge(suites: Sequence[Suite], found: Found) -> list[Judged]:
    from communique.evaluation.calibration import judge_document

    pairs = _pairs(suites, found)
    return [fact for report, claims in pairs if claims is not None for fact in judge_document(report.claims, claims)]


def _write_page(path: Path, suites: Sequence[Suite], found: Found, figures: str) -> None:
    from communique.evaluation.side_by_side import GOLD_WORDING, gold_entry, render_page

    entries = (gold_entry(report, claims) for report, claims in _pairs(suites, found))
    with open_output(path) as write:
        for piece in render_page(entries, GOLD_WORDING, figures):
            write(piece)


def _to_json(suites: Sequence[Suite], scores: Sequence[Sequence[Scores]], judged: list[Judged] | None) -> str:
    from communique.evaluation.calibration import reliability_to_dict
    from communique.evaluation.report import folds_to_dict, scores_to_dict, to_json

    plain = {
        suite.name: folds_to_dict(_by_name(suite, measured)) if suite.is_folds else scores_to_dict(measured[0])
        for suite, measured in zip(suites, scores, strict=True)
    }
    figures = plain if len(suites) > 1 else plain[suites[0].name]
    return to_json(figures if judged is None else {**figures, "calibration": reliability_to_dict(judged)})


def _render(suites: Sequence[Suite], scores: Sequence[Sequence[Scores]], judged: list[Judged] | None) -> str:
    """The figures: of one set in full, of several sets in columns, of folds in columns with their mean."""
    from communique.evaluation.calibration import render_reliability
    from communique.evaluation.report import render_scores, render_sets

    parts = []
    sets = {suite.name: measured[0] for suite, measured in zip(suites, scores, strict=True) if not suite.is_folds}
    if len(sets) == 1:
        parts.append(render_scores(*sets.values()))
    elif sets:
        parts.append(render_sets(sets))
    folds = [(suite, measured) for suite, measured in zip(suites, scores, strict=True) if suite.is_folds]
    parts += [render_sets(_by_name(suite, measured), with_mean=True) for suite, measured in folds]
    if judged is not None:
        parts.append(render_reliability(judged))
    return "\n\n".join(parts)


def _notes(scores: Sequence[Sequence[Scores]]) -> list[str]:
    from communique.evaluation.report import render_notes

    return [render_notes(score.notes) for measured in scores for score in measured]


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
