"""Whom words stand for, on sentences made up for these tests."""

from __future__ import annotations

import pytest
from tests.reading.following import Follower, names

from communique.reading.memory import people_in

MEETING = "Defence Minister Jan Veltman met Foreign Minister Lena Ostrova in Tunis."
MIXED = "Mr Jan Veltman met Mrs Lena Ostrova in Tunis."


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (f"{MIXED} He left.", "He", "Jan Veltman"),
        (f"{MIXED} She left.", "She", "Lena Ostrova"),
        (f"{MEETING} He left.", "He", "Jan Veltman"),
        (f"{MIXED} She thanked him.", "him", "Jan Veltman"),
        ("Mr Jan Veltman praised Mrs Lena Ostrova and her staff.", "her", "Lena Ostrova"),
        ("Dana Karimova met Dana Sabitov in Almaty. He left.", "He", "Dana Sabitov"),
        ("Dana Sabitov met Dana Karimova in Almaty. She left.", "She", "Dana Karimova"),
    ],
)
def test_he_and_she(follower: Follower, text: str, word: str, name: str) -> None:
    assert names(follower.parties(text, word)) == [name]


def test_i_is_whoever_is_announced(follower: Follower) -> None:
    text = "Karim Sadi waited.\n\nA few words from Ambassador Lena Ostrova:\n\n“On Monday I met Mayor Jan Veltman."
    assert names(follower.parties(text, "I")) == ["Lena Ostrova"]


def test_i_is_whoever_was_heard(follower: Follower) -> None:
    followed = follower.follow("Lena Ostrova met Karim Sadi. “We talked until Jan Veltman left.”")
    voice, *_ = people_in(followed.narrative.lines[0])
    followed.discourse.hear(voice.party)
    we = next(token for token in followed.line.tokens if token.text == "We")
    assert names(followed.discourse.parties([we], followed.line)) == ["Lena Ostrova"]


def test_the_staff_of_chiefs_is_nobody(follower: Follower) -> None:
    assert follower.parties("Jan Veltman met the chiefs of staff of the two armies.", "staff") == []


def test_object_is_not_the_subject_of_its_verb(follower: Follower) -> None:
    text = "General Karim Sadi left. Defence Minister Jan Veltman thanked him."
    assert names(follower.parties(text, "him")) == ["Karim Sadi"]


def test_nobody_mentioned_nobody_meant(follower: Follower) -> None:
    assert follower.parties("He left.", "He") == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("Both sides signed a text.", "sides"), ("They left.", "They"), ("The two ministers left.", "ministers")],
)
def test_words_for_all_parties(follower: Follower, sentence: str, word: str) -> None:
    assert names(follower.parties(f"{MEETING} {sentence}", word)) == ["Jan Veltman", "Lena Ostrova"]


@pytest.mark.parametrize(
    ("post", "name"),
    [("defence minister", "Jan Veltman"), ("foreign minister", "Lena Ostrova"), ("general", "Karim Sadi")],
)
def test_bare_post_points_to_its_holder(follower: Follower, post: str, name: str) -> None:
    assert names(follower.parties(f"{MEETING} General Karim Sadi waited. The {post} left.", post)) == [name]


ENVOYS = "Defence Minister Jan Veltman met UN special representative Karim Sadi and US Ambassador Lena Ostrova."


@pytest.mark.parametrize(
    ("text", "post", "name"),
    [
        ("Defence Minister Jan Veltman met US Ambassador Lena Ostrova. The envoy left.", "envoy", "Lena Ostrova"),
        ("The Head of State, Lena Ostrova, met Minister Jan Veltman. The President left.", "President", "Lena Ostrova"),
        ("Premier Lena Ostrova met Minister Jan Veltman. The prime minister left.", "minister", "Lena Ostrova"),
        ("Foreign Minister Jan Veltman met US Ambassador Lena Ostrova. The diplomat left.", "diplomat", "Lena Ostrova"),
        ("Jan Veltman met US charge d'affaires Lena Ostrova. The ambassador left.", "ambassador", "Lena Ostrova"),
        (
            "Police Commissioner Jan Veltman met British High Commissioner Lena Ostrova. The envoy left.",
            "envoy",
            "Lena Ostrova",
        ),
        (f"{ENVOYS} The US envoy left.", "The US envoy", "Lena Ostrova"),
        (f"{ENVOYS} The UN envoy left.", "The UN envoy", "Karim Sadi"),
        (f"{ENVOYS} The EU envoy left.", "The EU envoy", "EU envoy"),
    ],
)
def test_envoys_are_those_who_are_sent(follower: Follower, text: str, post: str, name: str) -> None:
    assert names(follower.parties(text, post)) == [name]


@pytest.mark.parametrize(
    ("post", "name"), [("prime minister", "Lena Ostrova"), ("former prime minister", "Jan Veltman")]
)
def test_who_is_in_office_before_who_was(follower: Follower, post: str, name: str) -> None:
    text = f"Former prime minister Jan Veltman met Prime Minister Lena Ostrova in Tunis. The {post} left."
    assert names(follower.parties(text, f"The {post}")) == [name]


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("Chief of the Defence Staff (CDS)", "CDS"),
        ("Chairman Joint Chiefs of Staff Committee (CJCSC)", "CJCSC"),
        ("Special Representative of the Secretary-General (SRSG)", "SRSG"),
        ("Commissioner of Police (COP)", "COP"),
        ("Chief of Land Forces (CLF)", "CLF"),
    ],
)
def test_letters_point_to_who_bears_the_whole_title(follower: Follower, title: str, letters: str) -> None:
    text = f"The {title}, Karim Sadi, met Ambassador Lena Ostrova. The {letters} left."
    assert names(follower.parties(text, f"The {letters}")) == ["Karim Sadi"]


def test_the_post_of_a_country_points_to_who_surely_holds_it(follower: Follower) -> None:
    text = "Jan Veltman, Prime Minister of Malta, came to Tunis. He met Prime Minister Karim Sadi of Libya."
    assert names(follower.parties(f"{text} Malta's Prime Minister said so.", "Prime Minister")) == ["Jan Veltman"]
    (other,) = follower.parties(f"{text} Malta's Foreign Minister said so.", "Foreign Minister")
    assert other.referent.ref is None


def test_who_calls_on_somebody_is_the_visitor(follower: Follower) -> None:
    text = "General Karim Sadi of Chad called on Field Marshal Jan Veltman at headquarters today."
    assert names(follower.parties(f"{text} The visiting dignitary left.", "dignitary")) == ["Karim Sadi"]


TWO = "Latvia's Defence Minister Jan Veltman and Chad's Foreign Minister Karim Sadi met in Riga."


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (f"{TWO} The Latvian left.", "Latvian", "Jan Veltman"),
        (f"{TWO} Later he met the Chadian.", "Chadian", "Karim Sadi"),
        ("A delegation of the Libyan army headed by General Karim Sadi came. The Libyans left.", "Libyans", "army"),
    ],
)
def test_a_people_stands_for_whom_the_report_names_of_it(follower: Follower, text: str, word: str, name: str) -> None:
    (party,) = follower.parties(text, word)
    assert party.referent.name.endswith(name)


def test_a_people_of_whom_nobody_was_named_stands_for_itself(follower: Follower) -> None:
    assert names(follower.parties(f"{TWO} The Turk left.", "Turk")) == ["Turk"]
    assert names(follower.parties("General Karim Sadi dined with the French.", "French")) == ["French"]


@pytest.mark.parametrize(
    "text",
    [
        "He received a six-member Indian delegation under the leadership of General Karim Sadi.",
        "General Karim Sadi heads the Indian delegation.",
        "An Indian delegation arrived in Rome, led by General Karim Sadi.",
    ],
)
def test_who_leads_a_delegation_is_its_member(follower: Follower, text: str) -> None:
    (party,) = follower.parties(f"{text} The delegation left.", "delegation")
    assert [(m.referent.name, m.lead) for m in party.members] == [("Karim Sadi", True)]


@pytest.mark.parametrize(
    ("sentence", "word", "name"),
    [
        ("The ministry rejected it.", "ministry", "Ministry of Defence"),
        ("The agency rejected it.", "agency", "Ministry of Defence"),
        ("The parliament rejected it.", "parliament", "parliament"),
        ("The ministry in Amman rejected it.", "ministry", "ministry in Amman"),
    ],
)
def test_an_institution_is_the_one_named_before_when_it_can_be(
    follower: Follower, sentence: str, word: str, name: str
) -> None:
    (party,) = follower.parties(f"The Ministry of Defence invited Jan Veltman. {sentence}", word)
    assert party.referent.name == name


def test_bare_post_without_a_holder_is_a_nameless_party(follower: Follower) -> None:
    (party,) = follower.parties(f"{MEETING} The ambassador left.", "The ambassador")
    assert (party.referent.ref, party.referent.name, party.referent.type) == (None, "ambassador", "group")


@pytest.mark.parametrize(
    ("sentence", "post"),
    [
        ("He met the Attorney General.", "Attorney General"),
        ("He met the interior minister.", "interior minister"),
        ("He met the deputy defence minister.", "deputy defence minister"),
        ("He met Chad's naval chief.", "Chad's naval chief"),
        ("He met the commander of the coast guard.", "commander of the coast guard"),
    ],
)
def test_a_post_that_nobody_named_holds_is_nobody_of_them(follower: Follower, sentence: str, post: str) -> None:
    told = f"{MEETING} General Karim Sadi, the fleet's commander, and Colonel Petra Lindholt waited."
    (party,) = follower.parties(f"{told} {sentence}", post)
    assert (party.referent.ref, party.referent.name) == (None, post)


@pytest.mark.parametrize("word", ["predecessor", "rangers"])
def test_people_without_a_name_take_part(follower: Follower, word: str) -> None:
    assert names(follower.parties(f"His {word} met General Karim Sadi.", word)) == [word]


def test_officers_of_several_countries_are_told_as_they_are(follower: Follower) -> None:
    text = "General Karim Sadi received Chadian and Nigerian officers."
    assert names(follower.parties(text, "officers")) == ["Chadian and Nigerian officers"]


def test_ships_take_part(follower: Follower) -> None:
    text = "INS Vandrake exercised with the frigate Zarkonid off Tunis."
    actors = [a for found in follower.follow(text, whole=True).narrative.cast.actors.values() for a in found]
    assert [a.parties[0].referent.name for a in actors] == ["INS Vandrake", "Zarkonid"]


def test_delegation_with_its_members(follower: Follower) -> None:
    text = "A Chadian delegation led by General Karim Sadi and including Colonel Petra Lindholt arrived."
    (party,) = follower.parties(text, "delegation")
    assert party.referent.country == "TD"
    assert [(m.referent.name, m.lead) for m in party.members] == [("Karim Sadi", True), ("Petra Lindholt", False)]


def test_delegation_gets_its_members_later(follower: Follower) -> None:
    text = "A delegation arrived. The delegation included General Karim Sadi and Colonel Petra Lindholt. They left."
    (delegation,) = follower.follow(text).discourse.memory.delegations
    assert names(delegation.members) == ["Karim Sadi", "Petra Lindholt"]
    assert delegation.resolved() == delegation.members


def test_two_countries(follower: Follower) -> None:
    text = "Chad and Niger reopened the border. The two countries agreed on patrols."
    assert sorted(names(follower.parties(text, "countries"))) == ["Chad", "Niger"]


def test_two_countries_are_two(follower: Follower) -> None:
    (party,) = follower.parties("Chad reopened the border. The two countries agreed on patrols.", "countries")
    assert party.referent.type == "group"


def test_counterparts_are_their_countries(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman met his Chadian and Tunisian counterparts."
    parties = follower.parties(text, "counterparts")
    assert [(p.referent.name, p.referent.country) for p in parties] == [("Chad", "TD"), ("Tunisia", "TN")]


def test_forces_of_several_countries_are_the_countries(follower: Follower) -> None:
    text = "The armies of Chad and Niger held an exercise."
    assert names(follower.parties(text, "armies")) == ["Chad", "Niger"]


def test_visitor_is_who_made_the_visit(follower: Follower) -> None:
    text = "Defence Minister Jan Veltman visited Tunis. General Karim Sadi spoke. The visitor thanked him."
    assert names(follower.parties(text, "visitor")) == ["Jan Veltman"]


def test_group_keeps_its_own_words(follower: Follower) -> None:
    (party,) = follower.parties("Several senior Chadian officers attended.", "officers")
    assert (party.referent.name, party.referent.country) == ("Chadian officers", "TD")
