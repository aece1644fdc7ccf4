import pytest

from communique.lexicon import Lexicon
from communique.model.vocabulary import STATEMENT_ACTS
from communique.reading.acts import SpeechActs


@pytest.fixture(scope="module")
def acts() -> SpeechActs:
    return SpeechActs(Lexicon())


def test_every_act_of_the_lexicon_is_one_of_the_contract(acts: SpeechActs) -> None:
    named = {verb.act for verbs in acts.verbs.values() for verb in verbs}
    named |= set(acts.nouns.values()) | {act for act, _, _ in acts.cues} | {call.act for call in acts.calls.values()}
    assert named <= set(STATEMENT_ACTS)
    assert named == set(STATEMENT_ACTS)


def test_confidences_are_probabilities(acts: SpeechActs) -> None:
    assert all(0 < verb.confidence < 1 for verbs in acts.verbs.values() for verb in verbs)


@pytest.mark.parametrize(
    ("verb", "noun", "act"),
    [
        ("expressed", "concern", "expressed_concern"),
        ("conveys", "thanks", "thanked"),
        ("voicing", "readiness", "expressed_readiness"),
        ("reiterated", "readiness", "expressed_readiness"),
        ("reiterated", "desire", "affirmed"),
        ("expressed", "desire", "expressed_readiness"),
        ("expressed", "numbers", None),
        ("carried", "concern", None),
    ],
)
def test_carrying_verbs_take_the_act_of_their_noun(acts: SpeechActs, verb: str, noun: str, act: str | None) -> None:
    assert acts.carried(verb, noun) == act


@pytest.mark.parametrize(
    ("said", "act", "is_opinion"),
    [
        ("we are ready to train forty officers", "expressed_readiness", True),
        ("the border must stay open", "stressed", True),
        ("There was no such meeting", "rejected", True),
        ("the bridge would reopen", "affirmed", False),
        ("the lorries left at noon", "other", False),
        ("the readymade mustard", "other", False),
    ],
)
def test_what_was_said_tells_the_act_of_plain_speech(acts: SpeechActs, said: str, act: str, is_opinion: bool) -> None:
    assert acts.act_of(said) == (act, is_opinion)


def test_forms_are_inflected(acts: SpeechActs) -> None:
    assert {"praised", "praising", "denies", "denied", "underlined", "slammed", "drew"} <= set(acts.verbs)
    assert acts.speech["said"].quoted is False
    assert acts.speech["joked"].quoted is True
