import json
import os
from pathlib import Path

import pytest

from communique.errors import LexiconError
from communique.lexicon import Lexicon
from communique.reading.topics import TopicFinder

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FLOOR = 0.45


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    return TopicFinder(Lexicon())


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("They discussed counter-terrorism and the fight against Daesh.", "counter_terrorism"),
        ("The talks dealt with irregular migration and the return of migrants.", "irregular_migration"),
        ("The ministers agreed to step up border control and joint border patrols.", "border_security"),
        ("A plan against human trafficking and modern slavery was reviewed.", "human_trafficking"),
        ("Police chiefs compared notes on drug smuggling and organised crime.", "organised_crime"),
        ("They reviewed military cooperation and a joint exercise.", "military_cooperation"),
        ("Forty officers finished a training course; capacity building was discussed.", "training_capacity_building"),
        ("Intelligence sharing and the exchange of expertise topped the list.", "expertise_intelligence_sharing"),
        ("The meeting took up the unification of the military institution.", "institutional_unification"),
        ("Holding parliamentary elections and the political process were discussed.", "political_process_elections"),
        ("The sides went through the ceasefire and a prisoner exchange.", "ceasefire_deescalation"),
        ("The elders spoke of reconciliation and blood money.", "reconciliation"),
        ("The visit was about reconstruction and infrastructure projects.", "reconstruction_development"),
        ("They called for the withdrawal of mercenaries and foreign forces.", "foreign_forces_interference"),
        ("Trade ties, investment and a gas pipeline were on the table.", "energy_economy_trade"),
        ("Humanitarian aid for refugees was the main subject.", "humanitarian"),
        ("They spoke about maritime security and coast guard patrols.", "maritime_security"),
        ("A contract for the delivery of armoured vehicles and ammunition was discussed.", "arms_equipment"),
        ("They exchanged views on regional stability and developments in the region.", "regional_stability"),
    ],
)
def test_the_main_topic_comes_first(finder: TopicFinder, sentence: str, topic: str) -> None:
    assert finder.topics([sentence])[0] == topic


def test_nothing_is_said_of_words_without_a_topic(finder: TopicFinder) -> None:
    assert finder.topics(["The minister received the ambassador in his office on Tuesday."]) == ()
    assert finder.topics([]) == ()
    assert finder.topics(["Reporters Without Borders published a list."]) == ()


def test_later_passages_count_less_and_background_least(finder: TopicFinder) -> None:
    told, plain = "They discussed illegal migration.", "They met."
    first = finder.scores([told, plain])["irregular_migration"]
    later = finder.scores([plain, told])["irregular_migration"]
    around = finder.scores([plain], background=[told])["irregular_migration"]
    assert first > later > around > 0


@pytest.mark.parametrize("own", ['[gardening]\nstrong = ["rose*"]\n', '[humanitarian]\nstrange = ["rose*"]\n'])
def test_unknown_topics_and_classes_are_refused(tmp_path: Path, own: str) -> None:
    (tmp_path / "topics.toml").write_text(own, "utf-8")
    with pytest.raises(LexiconError, match=r"topics\.toml"):
        TopicFinder(Lexicon(tmp_path))


def test_a_users_terms_are_added(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text('[maritime_security]\nstrong = ["zodiac*", "rhib*"]\n', "utf-8")
    assert TopicFinder(Lexicon(tmp_path)).topics(["Two RHIBs and a Zodiac."]) == ("maritime_security",)


@pytest.mark.shared
def test_topics_of_gold_engagements_do_not_fall_below_the_floor(finder: TopicFinder) -> None:
    gold = sorted((SHARED / "gold" / "dev").glob("[f-j]/*.json"))
    if not gold:
        pytest.skip(f"the shared gold is not at {SHARED}")
    right = guessed = wanted = 0
    for path in gold:
        annotation, text = json.loads(path.read_text("utf-8")), path.with_suffix(".txt").read_text("utf-8")
        for engagement in annotation["engagements"]:
            after = text.partition(engagement["evidence"])[2].split(". ")[:2]
            passages = [engagement["evidence"], *after, annotation["title"] or ""]
            found, gold_topics = set(finder.topics(passages, [text])), set(engagement["topics"]) - {"other"}
            right += len(found & gold_topics)
            guessed += len(found)
            wanted += len(gold_topics)
    assert 2 * right / (guessed + wanted) >= FLOOR
