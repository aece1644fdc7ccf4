from pathlib import Path

import numpy as np
import pytest

from communique.lexicon import Lexicon
from communique.pages import document_from_text
from communique.reading.forest import packaged_forest
from communique.reading.reader import Reader
from communique.reading.topic_features import JUDGED, TERMS, UNSUGGESTED, Story, TopicContext, are_asked, features
from communique.reading.topic_judge import chosen

REPORT = """Ministers agree on patrols

Interior Minister Tuva Almbakk of Norway met Finnish Interior Minister Oskari Teerikangas in Oslo on Monday.
They discussed irregular migration and agreed to step up joint border patrols.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def topics(reader: Reader, text: str) -> list[tuple[str, ...]]:
    return [engagement.topics for engagement in reader.read(document_from_text(text)).engagements]


def test_the_packaged_trees_are_read_once_and_fit_the_features() -> None:
    forest = packaged_forest("topics")
    assert forest is packaged_forest("topics")
    last = 8 * 4 + 7 + 21 + len(JUDGED) + 2 - 1
    assert 0 <= forest.feature.min() <= forest.feature.max() <= last
    assert (forest.left >= 0).all()
    assert (forest.right < forest.feature.shape[1]).all()


def test_what_was_discussed_in_the_next_sentence_counts(reader: Reader) -> None:
    found = topics(reader, REPORT)
    assert found
    assert {"irregular_migration", "border_security"} <= set(found[0])


def test_the_same_report_gives_the_same_topics(reader: Reader) -> None:
    assert topics(reader, REPORT) == topics(reader, REPORT)


def test_a_users_terms_reach_the_judge(reader: Reader, tmp_path: Path) -> None:
    text = REPORT.replace(
        "irregular migration and agreed to step up joint border patrols", "zodiacs and rhibs at length"
    )
    (tmp_path / "topics.toml").write_text('[maritime_security]\nstrong = ["zodiac*", "rhib*"]\n', "utf-8")
    assert "maritime_security" not in topics(reader, text)[0]
    assert "maritime_security" in topics(Reader(lexicon=Lexicon(tmp_path)), text)[0]


@pytest.mark.parametrize(
    ("odds", "count"),
    [((-0.9, -0.5, -2.0), 2), ((-1.2, -3.0, -1.22), 1), ((-1.4, -3.0, -2.0), 0), ((-1.0, -1.05, -3.0), 1)],
)
def test_where_no_topic_reaches_the_cut_the_likeliest_may_nearly_do(odds: tuple[float, ...], count: int) -> None:
    row = np.full(len(JUDGED), -9.0)
    row[: len(odds)] = odds
    assert len(chosen(row, -1.0)) == count


def test_only_topics_for_which_something_speaks_are_asked_about() -> None:
    rows = np.zeros((4, TERMS.stop + 20))
    rows[:, -2] = UNSUGGESTED - 0.1
    rows[0, TERMS.start + 2] = 3.0  # a term in the report
    rows[1, TERMS.stop - 1] = 2.0  # a term in the name of an institution
    rows[2, -2] = UNSUGGESTED
    assert are_asked(rows).tolist() == [True, True, True, False]


def test_the_terms_of_a_report_stand_where_the_question_looks_for_them(reader: Reader) -> None:
    document = document_from_text(REPORT)
    (prepared,) = reader.preparer.prepare([document])
    lines, text = prepared.analysis.lines, prepared.analysis.text
    context = TopicContext((1,), "meeting", "held", bodies=("Border Guard",))
    rows = features(Story.of(lines, text, reader.topics), context, [context], reader.topics)
    told = {JUDGED[number] for number in np.flatnonzero(rows[:, TERMS].any(axis=1))}
    assert {"irregular_migration", "border_security"} <= told
    assert "reconciliation" not in told
    assert rows[JUDGED.index("border_security"), TERMS.stop - 1] > 0
