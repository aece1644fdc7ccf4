import numpy as np
import pytest

from communique.pages import document_from_text
from communique.reading.analysis import Line
from communique.reading.reader import Reader
from communique.reading.topic_features import JUDGED, Story, TopicContext, with_words, word_zones
from communique.reading.topic_words import TopicWords, body_words, line_words, packaged_topic_words, weigh

REPORT = """Ministers agree on patrols

Interior Minister Tuva Almbakk of Norway met Finnish Interior Minister Oskari Teerikangas in Oslo on Monday.
They discussed patrolling and agreed to step up boarding of dinghies by the Finnish Coast Guard.
"""


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    reader = Reader()
    (prepared,) = reader.preparer.prepare([document_from_text(REPORT)])
    return prepared.analysis.lines


def said(lines: list[Line]) -> list[set[str]]:
    return [set(line_words(line, REPORT)) for line in lines]


def test_names_of_people_countries_places_and_days_are_masked(lines: list[Line]) -> None:
    words = set.union(*said(lines))
    assert "dinghi" in words
    assert not words & {"almbak", "N:almba", "N:almbak", "norway", "oslo", "monday", "finnis"}


def test_words_in_names_of_institutions_are_words_of_their_own(lines: list[Line]) -> None:
    assert "N:guard" in said(lines)[2]
    assert "guard" not in said(lines)[2]


def test_beginnings_make_one_word_of_many(lines: list[Line]) -> None:
    assert "patrol" in said(lines)[0] & said(lines)[2]


def test_bodies_give_words_of_names() -> None:
    assert set(body_words(["Ministry of Defence"])) == {"N:minist", "N:defenc"}


def test_the_own_sentence_counts_most(lines: list[Line]) -> None:
    story = Story(lines, [[] for _ in lines], [frozenset(words) for words in said(lines)])
    context = TopicContext((1,), "meeting", "held", bodies=("Ministry of Defence",))
    number = {"dinghi": 0, "met": 1, "patrol": 2, "N:defenc": 3, "elsewhere": 4}
    near, own, both, body, nowhere = weigh(word_zones(story, context, [context]), number)
    assert own > near > nowhere == 0
    assert body == own
    assert both == near  # said before and in the following sentence: the better place decides


def test_the_next_engagement_ends_what_is_near(lines: list[Line]) -> None:
    story = Story(lines, [[] for _ in lines], [frozenset(words) for words in said(lines)])
    context, following = TopicContext((1,), "meeting", "held"), TopicContext((2,), "meeting", "held")
    number = {"dinghi": 0, "met": 1}
    alone = weigh(word_zones(story, context, [context]), number)
    cut_off = weigh(word_zones(story, context, [context, following]), number)
    assert cut_off[0] < alone[0]


def test_unknown_words_leave_the_odds_at_the_start() -> None:
    words = TopicWords({"dinghi": 0}, np.array([[2.0, 0.0]], dtype=np.float32), np.array([-1, -2], dtype=np.float32))
    assert words.odds([(1.0, frozenset({"unheard"}))]).tolist() == [-1.0, -2.0]
    assert words.odds([(0.2, frozenset({"dinghi"})), (1.0, frozenset({"dinghi"}))]).tolist() == [1.0, -2.0]


def test_odds_and_their_ranks_become_features() -> None:
    rows = with_words(np.zeros((3, 1)), np.array([-1.0, 2.0, 0.5]))
    assert rows.tolist() == [[0, -1, 2], [0, 2, 0], [0, 0.5, 1]]


def test_the_packaged_regressions_are_read_once_and_have_all_topics() -> None:
    words = packaged_topic_words()
    assert words is packaged_topic_words()
    assert words.weights.shape == (len(words.number), len(JUDGED))
    assert words.start.shape == (len(JUDGED),)
    assert np.isfinite(words.weights).all()
