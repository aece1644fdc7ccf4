import datetime as dt
import json
import os
from pathlib import Path

import pytest

from communique.model import Block, Document, Statement
from communique.reading.reader import Reader

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
INTRODUCTION = """Defence Minister Torvald Ekmanis of Latvia met Colonel Petra Lindholt, \
commander of the Finnish Border Guard, in Riga on Monday."""


def statements(reader: Reader, *sentences: str, introduction: str = INTRODUCTION) -> list[Statement]:
    text = " ".join((introduction, *sentences))
    blocks = (Block(start=0, end=len(text), kind="body"),)
    document = Document(id="0" * 64, uri="t.txt", text=text, published=dt.date(2025, 3, 4), blocks=blocks)
    readout = reader.read(document)
    for statement in readout.statements:
        for evidence in statement.evidence:
            evidence.check(text)
    return list(readout.statements)


def told(reader: Reader, *sentences: str) -> list[tuple[str, str]]:
    return [(s.speaker.split()[-1], s.act) for s in statements(reader, *sentences)]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Ekmanis praised the work of the border guard.", "praised"),
        ("Ekmanis welcomed the new agreement.", "praised"),
        ("Ekmanis thanked Finland for the training.", "thanked"),
        ("Ekmanis expressed his gratitude for the training.", "thanked"),
        ("Ekmanis called on Finland to send more instructors.", "urged"),
        ("Ekmanis called for joint patrols on the border.", "urged"),
        ("Ekmanis reaffirmed that Latvia would keep its promises.", "affirmed"),
        ("Ekmanis reiterated his country's commitment to the plan.", "affirmed"),
        ("Ekmanis underlined the importance of joint patrols.", "stressed"),
        ("Ekmanis drew attention to the state of the fence.", "stressed"),
        ("Ekmanis expressed his readiness to host the exercise.", "expressed_readiness"),
        ("Ekmanis voiced deep concern over the smuggling of fuel.", "expressed_concern"),
        ("Ekmanis condemned the attack on the patrol.", "condemned"),
        ("Ekmanis denied that the fence had been sold.", "rejected"),
        ("Ekmanis rejected the proposal.", "rejected"),
        ("Ekmanis went to the fence to thank the guards.", "thanked"),
        ("Ekmanis accused the smugglers of burning the post.", "other"),
    ],
)
def test_words_of_saying_and_their_acts(reader: Reader, sentence: str, act: str) -> None:
    assert told(reader, sentence) == [("Ekmanis", act)]


@pytest.mark.parametrize(
    "sentence",
    [
        '"We cannot guard this forest alone," Ekmanis said.',
        '"We cannot guard this forest alone," said Ekmanis.',
        '"We cannot guard this forest," Ekmanis said, "alone."',
        'Ekmanis told reporters: "We cannot guard this forest alone."',
        'Ekmanis: "We cannot guard this forest alone."',
        "Ekmanis said that Latvia could not guard the forest alone and that it was urgent to act.",
    ],
)
def test_quotations_with_the_speaker_before_after_and_between(reader: Reader, sentence: str) -> None:
    assert told(reader, sentence) == [("Ekmanis", "stressed")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ekmanis called on Colonel Lindholt at her office.",
        "Ekmanis welcomed the delegation at the airport.",
        "Ekmanis did not condemn the attack.",
        "Ekmanis is expected to praise the border guard.",
        "The visit highlighted the state of the roads.",
        "Residents said that shots were heard before dawn.",
        "A session called by the mayor ended early.",
        "Ekmanis wants to thank the border guard.",
        "The two will stress the need for patrols.",
    ],
)
def test_what_is_no_statement(reader: Reader, sentence: str) -> None:
    assert told(reader, sentence) == []


def test_several_statements_of_one_sentence_have_evidence_of_their_own(reader: Reader) -> None:
    found = statements(reader, "Ekmanis thanked Finland for the boats and condemned the attack on the patrol.")
    assert [(s.act, s.evidence[0].quote) for s in found] == [
        ("thanked", "Ekmanis thanked Finland for the boats"),
        ("condemned", "condemned the attack on the patrol"),
    ]
    assert found[1].confidence < found[0].confidence


def test_a_participle_tells_what_kind_of_saying_the_speech_was(reader: Reader) -> None:
    found = statements(reader, '"The fog came early," Ekmanis said, thanking Finland for its boats.')
    assert [(s.act, s.target) for s in found] == [("thanked", "Finland")]
    assert found[0].evidence[0].quote.startswith('"The fog')


def test_two_named_people_speak_one_by_one(reader: Reader) -> None:
    assert told(reader, "Ekmanis and Lindholt condemned the attack.") == [
        ("Ekmanis", "condemned"),
        ("Lindholt", "condemned"),
    ]


def test_both_sides_are_one_speaker(reader: Reader) -> None:
    found = statements(reader, "Both sides stressed the need for patrols.")
    assert [(s.speaker, s.act, s.speaker_ref) for s in found] == [("both sides", "stressed", None)]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The three ministers condemned the attack.", "three ministers"),
        ("The ministers condemned the attack.", "ministers"),
        ("All parties condemned the attack.", "all parties"),
        ("The two sides condemned the attack.", "both sides"),
        ("They condemned the attack.", "all sides"),
    ],
)
def test_larger_rounds_keep_the_words_of_the_text(reader: Reader, sentence: str, speaker: str) -> None:
    ministers = "Defence ministers Torvald Ekmanis, Petra Lindholt and Jonas Berzins met in Riga on Monday."
    assert [s.speaker for s in statements(reader, sentence, introduction=ministers)] == [speaker]


def test_who_is_not_named_keeps_the_words_of_the_text(reader: Reader) -> None:
    found = statements(reader, 'A Western diplomat described the talks as "excellent".')
    assert [(s.speaker, s.act) for s in found] == [("Western diplomat", "praised")]


def test_a_quotation_may_run_over_several_sentences(reader: Reader) -> None:
    found = statements(reader, '"The forest is wide. We cannot guard it alone," Ekmanis said. "It burns every summer."')
    assert len(found) == 1
    joined = " ".join(e.quote for e in found[0].evidence)
    assert all(part in joined for part in ("The forest is wide.", "guard it alone", "every summer"))


def test_statements_know_their_engagement_speaker_and_topics(reader: Reader) -> None:
    (statement,) = statements(reader, "Lindholt stressed the importance of border control.")
    assert statement.engagement == "e1"
    assert statement.speaker_ref is not None
    assert "border_security" in statement.topics


@pytest.mark.shared
def test_most_statements_of_the_seed_reports_are_found(reader: Reader) -> None:
    seeds = SHARED / "gold" / "seeds"
    if not seeds.is_dir():
        pytest.skip("The shared gold is not beside the repository.")
    wanted = found = 0
    for path in sorted(seeds.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = next(seeds.glob(f"{path.stem}_*.txt")).read_text("utf-8")
        document = Document(id="0" * 64, uri=path.name, text=text, blocks=(Block(start=0, end=len(text), kind="body"),))
        quotes = [e.quote for s in reader.read(document).statements for e in s.evidence]
        for statement in gold["statements"]:
            wanted += 1
            found += any(q in statement["evidence"] or statement["evidence"] in q for q in quotes)
    assert found / wanted >= 0.7


def test_a_government_speaks_by_its_seat_in_the_words_of_the_text(reader: Reader) -> None:
    assert [s.speaker for s in statements(reader, "Helsinki rejected the proposal.")] == ["Helsinki"]


@pytest.mark.parametrize(
    ("sentences", "speaker"),
    [
        (("The spokesman said that the drone fell.", "He condemned the attack."), "spokesman"),
        (('"I told Jonas Berzins to go," Ekmanis said.', "He thanked the guards."), "Ekmanis"),
        (("Jonas Berzins met Anna Ozola.", "Later she praised the plan."), "Ozola"),
        (("General Jonas Berzins left.", "The mayor praised the plan."), "mayor"),
        (("Jonas Berzins came later.", "To Berzins Ekmanis said little, and he praised the plan."), "Ekmanis"),
        (("Ekmanis greeted UN special representative Anna Ozola.", "The EU envoy praised the plan."), "envoy"),
        (("Ekmanis said that Finland cannot do it alone, and called for joint patrols.",), "Ekmanis"),
    ],
)
def test_who_goes_on_speaking(reader: Reader, sentences: tuple[str, ...], speaker: str) -> None:
    assert told(reader, *sentences)[-1][0] == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ('"Do not expect much," wrote Piotr Wasik, chief economist at Halden Bank.', "Piotr Wasik"),
        ("Ekmanis said her institution regretted the delay and promised a report by Friday.", "Torvald Ekmanis"),
        ('"There was no such trip," his office said.', "Torvald Ekmanis"),
        ("The force will count 500 men, has announced Colonel Petra Lindholt.", "Petra Lindholt"),
        ('"There is no visit," a spokesman for minister Jan Petrov said.', "spokesman for minister Jan Petrov"),
        ("The governor, who was represented by Rear Admiral Jan Petrov, praised the navy.", "Jan Petrov"),
        ("An agency quoted Colonel Petra Lindholt as saying that the attack was a crime.", "Petra Lindholt"),
        ("A statement quoted Colonel Petra Lindholt as condemning the attack and thanking Latvia.", "Petra Lindholt"),
        ("The agency cited the minister as praising the guards.", "Torvald Ekmanis"),
        ('The minister said Oman "cannot do this alone" and called for a regional centre.', "Torvald Ekmanis"),
    ],
)
def test_who_stands_behind_what_is_said(reader: Reader, sentence: str, speaker: str) -> None:
    assert {statement.speaker for statement in statements(reader, sentence)} == {speaker}


def test_what_is_left_to_somebody_to_say(reader: Reader) -> None:
    assert told(reader, "It was left to Lindholt to thank the crews.") == [("Lindholt", "thanked")]
