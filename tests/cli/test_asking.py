"""The commands that ask a register and judge what it says: find, show, actor, mechanism, commitments, judge, enter."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import communique
from communique.cli import main
from communique.errors import QueryError, RecordNotFound, StaleDecision
from communique.register import Register
from tests.register.telling import Paper, met, tell

HADDOW, SENOU = "Ruth Haddow | Defence Minister | Ghana", "Yao Senou | Defence Minister | Togo"
REPORTS = (
    tell(met(HADDOW, SENOU, promise="train divers", room="joint diving school"), paper=Paper(number=1)),
    tell(met(HADDOW, SENOU), paper=Paper(number=2, site="Herald")),
    tell(met(HADDOW, "=Volta Coast Watch", day="2031-05-02", place="Lomé, TG", kind="visit"), paper=Paper(number=3)),
)


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    """A register of two engagements."""
    monkeypatch.setenv("COMMUNIQUE_REGISTER", str(tmp_path / "asked.db"))
    opened = communique.open()
    from tests.register.filling import fill

    fill(*REPORTS)
    return opened


def run(*words: str) -> Result:
    """Runs a command that has to succeed."""
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--who", "Ruth Haddow"], ["e2", "e1"]),
        (["--who", "Ruth Haddow", "--with", "Yao Senou"], ["e1"]),
        (["--who", "Ruth Haddow", "--with", "Yao Senou", "--with", "Volta Coast Watch"], []),
        (["--organization", "Volta Coast Watch"], ["e2"]),
        (["--min-sources", "2"], ["e1"]),
        (["--since", "2031-04"], ["e2"]),
        (["--until", "2031-03"], ["e1"]),
        (["Lomé"], ["e2"]),
        (["Lomé", "-visit"], []),
    ],
)
def test_find(register: Register, words: list[str], found: list[str]) -> None:
    given = words if words[0].startswith("--") else ["--", *words]
    printed = run("find", "--format", "jsonl", *given).stdout
    assert [json.loads(line)["id"] for line in printed.splitlines()] == found


def test_find_tells_how_many_more_there_are(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("find", "--limit", "2").stderr == ""
    assert run("find", "--limit", "1").stderr == "The first 1 of 2. See more with --limit.\n"
    monkeypatch.setattr("communique.cli.find.MOST_COUNTED", 1)
    assert run("find", "--limit", "1").stderr == "The first 1 of more than 1. See more with --limit.\n"


def test_find_as_a_table_and_for_a_spreadsheet(register: Register) -> None:
    assert run("find", "--kind", "visit").stdout.startswith(
        "e2      Visit of Ruth Haddow with Volta Coast Watch in Lomé"
    )
    header, row = csv.reader(io.StringIO(run("find", "--kind", "visit", "--format", "csv").stdout))
    assert dict(zip(header, row, strict=True))["participants"] == "Ruth Haddow; Volta Coast Watch"


def test_a_wrong_filter_is_told(register: Register) -> None:
    result = CliRunner().invoke(main, ["find", "--since", "soon"])
    assert result.exit_code == 1
    assert "since 'soon' cannot be read" in result.output
    with pytest.raises(QueryError, match="no filter 'whom'"):
        register.engagements(whom="Ruth Haddow")


def test_show_has_the_passage_of_every_report(register: Register) -> None:
    record = json.loads(run("show", "e1", "--format", "json").stdout)
    assert {report["outlet"] for report in record["reports"]} == {"Daily", "Herald"}
    assert all("Ruth Haddow met Yao Senou" in report["quote"] for report in record["reports"])
    assert record["stated_by"]["place"] == {"Accra": [report["document"] for report in record["reports"]]}
    assert "quote: Ruth Haddow met Yao Senou" in run("show", "e1").stdout
    assert json.loads(run("show", "d1", "--format", "json").stdout)["engagements"] == ["e1"]


def test_show_says_when_there_is_none(register: Register) -> None:
    for code in ("e99", "d99", "nonsense"):
        assert CliRunner().invoke(main, ["show", code]).exit_code == 1
    with pytest.raises(RecordNotFound):
        register.show("d99")


def test_actor_as_at_a_day(register: Register) -> None:
    assert "Defence Minister, Ghana" in run("actor", "Ruth Haddow", "--as-at", "2031-03-11").stdout
    assert "Defence Minister" not in run("actor", "Ruth Haddow", "--as-at", "2030-03-11").stdout


def test_a_mechanism_and_its_steps(register: Register) -> None:
    assert "joint diving school: agreed" in run("mechanism", "diving").stdout
    record = json.loads(run("mechanism", "m1", "--format", "jsonl").stdout)
    assert [step["status"] for step in record["steps"]] == ["agreed"]
    assert run("mechanism", "--stale", "30d", "--as-at", "2031-03-20").stdout == ""
    assert "m1" in run("mechanism", "--stale", "30d", "--as-at", "2031-06-01").stdout


def test_commitments_that_nobody_speaks_of(register: Register) -> None:
    assert run("commitments", "--open", "--stale", "30d", "--as-at", "2031-03-20").stdout == ""
    line = run("commitments", "--open", "--stale", "30d", "--as-at", "2031-06-01").stdout
    assert "train divers" in line
    assert "83 days ago" in line
    assert CliRunner().invoke(main, ["commitments", "--stale", "long"]).exit_code == 2


def test_judging_and_taking_it_back(register: Register) -> None:
    run("judge", "correct", "e1", "place", "Kumasi", "--by", "ana", "--note", "heard")
    assert register.show("e1")["place"] == "Kumasi"
    run("judge", "undo", "j1")
    assert register.show("e1")["place"] == "Accra"
    run("judge", "reject", "e2")
    assert [record["id"] for record in register.engagements()] == ["e1"]
    assert CliRunner().invoke(main, ["judge", "undo", "j1"]).exit_code == 1


def test_of_two_who_judge_at_once_the_second_is_told(register: Register) -> None:
    seen = register.show("e1")["version"]
    register.judge("correct", "e1", by="ana", version=seen, field="place", value="Kumasi")
    with pytest.raises(StaleDecision, match="changed meanwhile"):
        register.judge("correct", "e1", by="ben", version=seen, field="place", value="Tema")
    assert register.show("e1")["place"] == "Kumasi"


def test_records_that_are_merged_lead_on(register: Register) -> None:
    run("judge", "merge", "e1", "e2")
    assert register.show("e2")["merged_from"] == "e2"
    claim = register.show("e1")["reports"][0]["claim"]
    run("judge", "split", "e1", "--claim", claim)
    assert claim not in [report["claim"] for report in register.show("e1")["reports"]]


def test_entering_by_hand(register: Register) -> None:
    given = ["--side", "Ama Quartey | Attaché | Ghana", "--side", "(Volta Coast Watch)", "--date", "2031-06-01"]
    code = run("enter", *given, "--promise", "lend two boats", "--mechanism", "joint patrol", "--note", "Heard.").stdout
    record = register.show(code.strip())
    assert [p["name"] for p in record["participants"]] == ["Ama Quartey", "Volta Coast Watch"]
    assert record["review"] == "accepted"
    assert register.commitments("boats")[0]["what"] == "lend two boats"
    assert register.mechanisms("patrol")[0]["status"] == "agreed"
    assert register.actors("Ama Quartey")[0]["posts"][0]["title"] == "Attaché"
    assert CliRunner().invoke(main, ["enter", *given]).exit_code == 2


def test_python_asks_as_the_commands_do(register: Register) -> None:
    assert [r["id"] for r in register.engagements(who="Ruth Haddow", since="2031-04")] == ["e2"]
    assert [r["id"] for r in register.engagements("Lomé", kind=["visit", "call"])] == ["e2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["find", "--changed-since", "9999-12-31T23:59:59-23:59"], "cannot be read"),
        (["find", "--changed-since", "0001-01-01T00:00+14:00"], "cannot be read"),
        (["find", "--limit", "99999999999999999999999"], "not in the range"),
        (["commitments", "--stale", "999999d"], "999999 days reaches back beyond the calendar"),
        (["judge", "undo", "²"], "No judgement '²' stands"),
        (["judge", "correct", "e1", "sides", "[[99999999999999999999999999]]"], "cannot be the sides"),
        (["show", "d²"], "no record 'd²'"),
        (["find", "\udcff"], "not UTF-8"),
        (["enter", "--side", "()", "--note", "n"], "'()' names nobody"),
        (["enter", "--side", "| Minister", "--note", "n"], "names nobody"),
        (["enter", "--side", "Ana Duarte", "--country", "PT", "--note", "n"], "Name the place"),
        (
            ["enter", "--side", "Ana Duarte", "--place", "X", "--country", "Nowhere", "--note", "n"],
            "'Nowhere' is not known",
        ),
        (["enter", "--side", "Ana Duarte", "--date", "1066-10-14", "--note", "n"], "outside 1800 to 2200"),
    ],
)
def test_values_out_of_bounds_are_refused_in_words(register: Register, words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code in (1, 2)
    assert said in " ".join(result.output.split())
    assert "defect" not in result.output


def test_the_last_year_of_the_calendar_is_a_year(register: Register) -> None:
    assert run("find", "--until", "9999", "--format", "jsonl").stdout == run("find", "--format", "jsonl").stdout
    run("find", "--until", "9999-12")
    run("digest", "--since", "2025-01-01", "--until", "9999-12-31")


def test_the_name_of_a_country_is_kept_as_its_code(register: Register) -> None:
    code = run(
        "enter", "--side", "Ana Duarte", "--place", "Lisbon", "--country", "Portugal", "--note", "n"
    ).stdout.strip()
    assert register.show(code)["country"] == "PT"


def test_a_mechanism_is_shown_as_it_was_on_a_day(register: Register) -> None:
    from communique.register import models as tables

    assert register.mechanisms(as_at=dt.date(2031, 1, 1)) == []
    first = register.mechanisms()[0]
    tables.Mechanism.objects.update(status="completed", last_day=dt.date(2032, 1, 1))  # as a later step would
    then = dt.date(2031, 12, 31)
    assert register.mechanisms(as_at=then, is_open=True)[0]["status"] == first["status"]
    assert register.mechanisms(as_at=then)[0]["last_day"] == first["steps"][-1]["day"]
    assert register.mechanisms(as_at=then, state="completed") == []
    assert register.show(first["id"], as_at=then)["status"] == first["status"]
    assert register.mechanisms(as_at=dt.date(2032, 1, 1))[0]["status"] == "completed"


def test_people_are_found_by_every_spelling_that_is_shown(register: Register) -> None:
    from communique.register import models as tables

    tables.Actor.objects.filter(name="Ruth Haddow").update(aliases=["Haddow", "R\u00fcth Haddow"])
    for spelling in ("Haddow", "HADDOW", "rüth haddow"):
        assert [record["name"] for record in register.actors(spelling)] == ["Ruth Haddow"]
    with pytest.raises(QueryError, match="Nobody"):
        register.actors("Ruth")


def test_what_failed_once_and_is_known_now_is_no_failure(register: Register, tmp_path: Path) -> None:
    from communique.register import models as tables

    page = tmp_path / "page.txt"
    page.write_text("Ana Duarte met Piet Maas in Lisbon on 3 March 2025.")
    register.add(page)
    uri = tables.Document.objects.latest("pk").uri
    tables.FailedDocument.objects.create(uri=uri, error="OSError", message="away")
    register.add(page)
    assert not tables.FailedDocument.objects.exists()
