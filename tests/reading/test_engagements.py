"""How triggers join into engagements by the rules alone, on sentences made up for these tests."""

from __future__ import annotations

from tests.reading.following import Follower

from communique.reading.engagement_records import engagement_records
from communique.reading.reader import Reader

WHO = "Defence Minister Jan Veltman"
WHOM = "General Karim Sadi"
ALSO = "Colonel Petra Lindholt"
MEETING = f"{WHO} met {WHOM} in Tunis on Monday."
TOLD = ("meeting", [["Veltman"], ["Sadi"]])


def test_talks_are_the_meeting(follower: Follower) -> None:
    text = f"{MEETING} The talks covered training."
    assert follower.sides(text) == [TOLD]
    (record,) = follower.follow(text, whole=True).records
    assert [line.index for line in record.lines] == [0, 1]
    assert [trigger.token.text for trigger in record.triggers] == ["met", "talks"]


def test_same_parties_again_are_the_same_meeting(follower: Follower) -> None:
    assert follower.sides(f"{MEETING} Veltman received Sadi at the ministry.") == [TOLD]


def test_new_party_joins_the_side_of_who_is_known(follower: Follower) -> None:
    text = f"{WHO} and {ALSO} met {WHOM} in Tunis. Veltman met Sadi at the ministry."
    assert follower.sides(text) == [("meeting", [["Veltman", "Lindholt"], ["Sadi"]])]


def test_also_met_is_another_meeting(follower: Follower) -> None:
    text = f"{MEETING} Veltman also met {ALSO}."
    assert follower.sides(text) == [TOLD, ("meeting", [["Veltman"], ["Lindholt"]])]


def test_separate_meetings(follower: Follower) -> None:
    text = f"{WHO} met separately with {WHOM} and {ALSO} in Tunis."
    assert follower.sides(text) == [TOLD, ("meeting", [["Veltman"], ["Lindholt"]])]


def test_one_meeting_with_two(follower: Follower) -> None:
    assert follower.sides(f"{WHO} met with {WHOM} and {ALSO} in Tunis.") == [
        ("meeting", [["Veltman"], ["Sadi", "Lindholt"]])
    ]


def test_second_round_has_the_parties_of_the_first(follower: Follower) -> None:
    text = f"{WHO} held talks with {WHOM} in Tunis. A second round of talks will be held in Rome in June."
    assert follower.sides(text) == [TOLD, TOLD]
    first, second = follower.follow(text, whole=True).records
    assert (first.standing.status, second.standing.status) == ("held", "planned")


def test_kinds_do_not_mix(follower: Follower) -> None:
    text = f"{MEETING} Veltman phoned Sadi on Tuesday."
    assert [kind for kind, _ in follower.sides(text)] == ["meeting", "call"]


def test_dates_apart_are_meetings_apart(follower: Follower) -> None:
    assert follower.sides(f"{MEETING} Veltman met Sadi on 3 March.") == [TOLD, TOLD]


def test_denied_meeting_is_none(follower: Follower) -> None:
    assert follower.sides(f"{WHO} did not meet {WHOM}.") == []


def test_people_of_the_sentence_complete_a_meeting(follower: Follower) -> None:
    text = f"At the side of {WHOM}, {WHO} chaired a meeting."
    assert follower.sides(text) == [("meeting", [["Veltman"], ["Sadi"]])]


def test_both_sides_are_the_parties_told_last(follower: Follower) -> None:
    text = f"{MEETING} Both sides signed an agreement on training."
    assert follower.sides(text) == [TOLD, ("signing", [["Veltman"], ["Sadi"]])]


def test_records_of_the_readout(follower: Follower, reader: Reader) -> None:
    text = f"{WHO} received a delegation led by {WHOM}. The delegation included {ALSO}. The talks went well."
    followed = follower.follow(text, whole=True)
    (engagement,) = engagement_records(followed.records, followed.prepared, reader.topic_judge)
    host, guests = engagement.sides
    assert (engagement.id, engagement.kind, engagement.status) == ("e1", "meeting", "held")
    assert ([p.name for p in host.participants], host.label) == (["Jan Veltman"], None)
    assert [(p.name, p.lead) for p in guests.participants] == [("Karim Sadi", True), ("Petra Lindholt", False)]
    assert guests.label == "delegation"
    for evidence in (*engagement.evidence, *(p.evidence for p in guests.participants)):
        evidence.check(text)
