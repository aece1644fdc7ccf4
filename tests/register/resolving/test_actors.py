"""One actor per person and institution: families of reports about made-up people."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.register.resolving.actors import resolve_actors
from communique.register.resolving.authorities import AuthorityRecord, authority_profile
from communique.register.resolving.decisions import decide_pair
from communique.register.resolving.judged import PairJudgement
from communique.register.resolving.naming import display_name
from communique.register.resolving.profiles import build_profiles
from tests.register.resolving.stories import actors, body, mention, resolve

# A general and his sons, in reports of several outlets; bare names change their owner between reports.
FAMILY = (
    mention("1/p1", "Field Marshal: Murad Zaki", "General Commander | Eastern Army", company=["Ruth Haddow"]),
    mention("2/p1", "Mourad Zaki", "Leader | Eastern Army", day="2031-03-12"),
    mention("3/p1", "Lieutenant General: Khaled Murad Zaki", "Chief of Staff | Security Units", day="2031-03-13"),
    mention("4/p1", "Khalid Zaki", "Chief of Staff | Security Units", day="2031-05-01"),
    mention("5/p1", "Samir Zaki", "Deputy Commander | Eastern Army", day="2031-05-01"),
    mention("5/p2", "Murad Zaki", day="2031-05-01"),
)
FAMILY_ACTORS = {frozenset({"1/p1", "2/p1", "5/p2"}), frozenset({"3/p1", "4/p1"}), frozenset({"5/p1"})}


def test_relatives_stay_apart() -> None:
    assert actors(FAMILY) == FAMILY_ACTORS


def test_father_and_son_are_told_apart_in_words() -> None:
    father, son = build_profiles([FAMILY[0], FAMILY[2]])
    decision = decide_pair(father, son)
    assert decision.verdict == "apart"
    assert "father and son" in decision.reason


def test_two_actors_are_asked_about_once() -> None:
    officers = [mention(f"{n}/p1", f"{rank}: Jeremy Brandt") for n, rank in enumerate(("Colonel", "Captain"))]
    others = [mention(f"{n + 5}/p1", f"{rank}: Jeremy Brundt") for n, rank in enumerate(("Major", "General"))]
    resolution = resolve([*officers, *others])
    cluster = {key: number for number, keys in enumerate(resolution.clusters) for key in keys}
    asked = [(cluster[d.left], cluster[d.right]) for d in resolution.decisions if d.verdict == "uncertain"]
    assert len(asked) == len({frozenset(pair) for pair in asked}) > 0


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        # a bare name joins the holder of the post
        (
            mention("1/p1", "Shota Beridzishvili", "Prime Minister | Georgia"),
            mention("2/p1", "Beridzishvili", "Prime Minister"),
            True,
        ),
        (mention("1/p1", "Shota Beridzishvili", "Prime Minister | Georgia"), mention("2/p1", "Beridzishvili"), False),
        # predecessor and successor
        (
            mention("1/p1", "Lee Sang-min", "Defence Minister | Korea"),
            mention("2/p1", "Kim Tae-hwan", "Defence Minister | Korea"),
            False,
        ),
        # spelling alike: the post decides
        (
            mention("1/p1", "Jeremy Brandt", "Ambassador | Canada"),
            mention("2/p1", "Jeremy Brent", "Ambassador | Canada"),
            True,
        ),
        (
            mention("1/p1", "Jeremy Brandt", "Ambassador | Canada"),
            mention("2/p1", "Jeremy Brent", "Finance Minister | Ghana"),
            False,
        ),
        # a full, rare name is enough; a common one is not
        (
            mention("1/p1", "Oluwaseun Adebayor-Fashola"),
            mention("2/p1", "Oluwaseun Adebayor-Fashola", "Mayor | Lagos"),
            True,
        ),
        (
            mention("1/p1", "Wang Li", "Defence Minister | China"),
            mention("2/p1", "Wang Li", "Mayor | Singapore", day="2031-03-12"),
            False,
        ),
        # one name, two countries
        (
            mention("1/p1", "Peter Langholm", "Defence Minister | Norway"),
            mention("2/p1", "Peter Langholm", "Mayor | Canada", day="2031-03-12"),
            False,
        ),
        # two colonels of one family name
        (
            mention("1/p1", "Colonel: Haddow", "Commander | 3rd Brigade"),
            mention("2/p1", "Colonel: Haddow", "Spokesperson | Navy"),
            False,
        ),
        # changes of post and rank
        (
            mention("1/p1", "Major General: Hristina Kovachka", "Commander | Land Forces"),
            mention("2/p1", "Lieutenant General: Hristina Kovachka", "Chief of the General Staff", day="2032-01-01"),
            True,
        ),
        # transliteration from three scripts
        (
            mention("1/p1", "Volodymyr Hrytsenchuk", "Defence Minister | Ukraine"),
            mention("2/p1", "Vladimir Gritsenchuk", "Minister of Defense | Ukraine"),
            True,
        ),
        (
            mention("1/p1", "Maxamed Cabdi Guuleed", "President | Somalia"),
            mention("2/p1", "Mohamed Abdi Guled", "President"),
            True,
        ),
        (
            mention("1/p1", "Minghui Zhao", "Foreign Minister | China"),
            mention("2/p1", "Zhao Minghui", "Foreign Minister"),
            True,
        ),
    ],
)
def test_pair(first, second, together: bool) -> None:
    assert (len(actors([first, second])) == 1) is together


def test_a_bare_name_that_fits_two_actors_is_left_open() -> None:
    people = (
        mention("1/p1", "Idrissa Tahirou", "Deputy Minister of Defence | Niger"),
        mention("2/p1", "Moumouni Tahirou", "Deputy Minister of Defence | Niger"),
        mention("3/p1", "Tahirou", "Deputy Minister of Defence | Niger"),
    )
    resolution = resolve(people)
    assert len(resolution.clusters) == 3
    assert [d.verdict for d in resolution.decisions if "another actor fits" in d.reason] == ["uncertain"]


def test_a_full_name_that_fits_two_people_is_left_open() -> None:
    people = (
        mention("1/p1", "John A. Pemberly", "Attorney | Chicago"),
        mention("2/p1", "John Pemberly"),
        mention("3/p1", "John B. Pemberly", "Captain | USS Maine"),
    )
    assert len(resolve(people).clusters) >= 2


def test_one_report_tells_two_people_of_alike_names_apart() -> None:
    people = (
        mention("1/p1", "Hakob Terzian", "Governor | Armenia", company=["Ruth Haddow"]),
        mention("1/p2", "Hagop Terzyan", "Governor | Armenia", company=["Ruth Haddow"]),
    )
    assert len(actors(people)) == 2


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (body("1/o1", "Multinational Lakes Task Force", "MLTF"), body("2/o1", "MLTF", "MLTF"), True),
        (
            body("1/o1", "Multinational Lakes Task Force", "MLTF"),
            body("2/o1", "Ministry of Labour and Trade Finance", "MLTF"),
            False,
        ),
        (body("1/o1", "Ghana Armed Forces"), body("2/o1", "the Armed Forces of Ghana"), True),
        (body("1/o1", "Kenyan Ministry of Defence"), body("2/o1", "Kenya's Defense Ministry"), True),
        (body("1/o1", "Kenyan Ministry of Defence"), body("2/o1", "Ministry of Defence of Ghana"), False),
        (body("1/o1", "Ministry of Defence", country="KE"), body("2/o1", "Ministry of Defence", country="GH"), False),
        (body("1/o1", "U.S. Lakes Command"), body("2/o1", "United States Lakes Command"), True),
        (body("1/o1", "American Lakes Command"), body("2/o1", "Lakes Command", country="US"), True),
        (body("1/o1", "Lakes Security Working Group"), body("2/o1", "Lakes Monitoring Mission"), False),
        (
            body("1/o1", "Joint Lakes Coordination Team on Border Security"),
            body("2/o1", "Joint Lakes Coordination Team for Border Security"),
            True,
        ),
    ],
)
def test_institutions(first, second, together: bool) -> None:
    assert (len(actors([first, second])) == 1) is together


def test_a_person_and_an_institution_are_never_one() -> None:
    assert len(actors([mention("1/p1", "Ruth Haddow"), body("2/o1", "Ruth Haddow")])) == 2


# ---- judgements ------------------------------------------------------------------------------------------------------
def test_judged_the_same() -> None:
    apart = (mention("1/p1", "Ruth Haddow"), mention("2/p1", "Astrid Lindqvist-Bo"))
    assert len(actors(apart)) == 2
    assert len(actors(apart, [PairJudgement(verdict="same", left="1/p1", right="2/p1")])) == 1


def test_judged_different_splits_one_profile() -> None:
    alike = (mention("1/p1", "Ruth Haddow"), mention("2/p1", "Ruth Haddow"), mention("3/p1", "Ruth Haddow"))
    assert len(actors(alike)) == 1
    parted = actors(alike, [PairJudgement(verdict="different", left="1/p1", right="2/p1")])
    assert not any({"1/p1", "2/p1"} <= actor for actor in parted)


def test_same_and_different_follow_from_each_other() -> None:
    alike = tuple(mention(f"{n}/p1", "Ruth Haddow", day=f"2031-03-{n + 10}") for n in range(1, 4))
    parted = actors(
        alike,
        [
            PairJudgement(verdict="same", left="1/p1", right="2/p1"),
            PairJudgement(verdict="different", left="2/p1", right="3/p1"),
        ],
    )
    assert parted == {frozenset({"1/p1", "2/p1"}), frozenset({"3/p1"})}


def test_the_later_of_two_judgements_that_contradict_each_other_holds() -> None:
    people = (mention("1/p1", "Ruth Haddow"), mention("2/p1", "Ruth Haddow"))
    first = PairJudgement(verdict="same", left="1/p1", right="2/p1", number=1)
    later = PairJudgement(verdict="different", left="2/p1", right="1/p1", number=2)
    assert len(actors(people, [first, later])) == len(actors(people, [later, first])) == 2


def test_unsure_keeps_the_question_open() -> None:
    people = (mention("1/p1", "Ruth Haddow", "Mayor | Oslo"), mention("2/p1", "Astrid Lindqvist-Bo"))
    resolution = resolve(people, [PairJudgement(verdict="unsure", left="1/p1", right="2/p1")])
    assert [(d.verdict, d.reason) for d in resolution.decisions] == [("uncertain", "judged unsure")]


# ---- authorities -----------------------------------------------------------------------------------------------------
def test_an_authority_names_identifies_and_joins_what_it_knows_both_names_of() -> None:
    record = AuthorityRecord(
        id="Q900001",
        source="list",
        type="person",
        name="Ruth Eleanor Haddow",
        aliases=("Ruth Castellan",),
        wikidata_id="Q900001",
    )
    people = build_profiles([mention("1/p1", "Ruth Haddow"), mention("2/p1", "Ruth Castellan")])
    resolution = resolve_actors([*people, authority_profile(record)])
    assert len(resolution.clusters) == 1
    assert display_name([*people, authority_profile(record)]) == "Ruth Eleanor Haddow"


def test_two_identifiers_are_two_people() -> None:
    records = [
        AuthorityRecord(id=q, source="list", type="person", name="Ruth Haddow", wikidata_id=q)
        for q in ("Q9001", "Q9002")
    ]
    assert len(resolve_actors(map(authority_profile, records)).clusters) == 2


# ---- names to show ---------------------------------------------------------------------------------------------------
def test_the_fullest_frequent_spelling_is_shown() -> None:
    people = build_profiles(
        [
            mention("1/p1", "Haddow", "Mayor | Oslo"),
            mention("2/p1", "RUTH HADDOW"),
            mention("3/p1", "Ruth E. Haddow"),
            mention("4/p1", "Ruth E. Haddow"),
            mention("5/p1", "Ruth Haddow"),
        ]
    )
    assert display_name(people) == "Ruth E. Haddow"


# ---- laws ------------------------------------------------------------------------------------------------------------
NAMES = ("Murad Zaki", "Khaled Murad Zaki", "Khalid Zaki", "Mourad Zaki", "Zaki", "Murad", "Ruth Haddow", "R. Haddow")
POSTS = (
    "General Commander | Eastern Army",
    "Chief of Staff",
    "Defence Minister | Ghana",
    "Deputy",
    "former Defence Minister",
)
REPORTS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sets(st.sampled_from(POSTS), max_size=2), st.integers(1, 28)),
    min_size=1,
    max_size=9,
)


def written(reports: list[tuple[str, set[str], int]]) -> list:
    return [
        mention(f"{n}/p1", name, *sorted(posts), day=f"2031-03-{day:02}", company=["Ruth Haddow"])
        for n, (name, posts, day) in enumerate(reports)
    ]


@settings(deadline=None)
@given(REPORTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(reports, random) -> None:
    mentions = written(reports)
    shuffled = random.sample(mentions, len(mentions))
    assert resolve(mentions) == resolve(shuffled)


@settings(deadline=None)
@given(REPORTS)
def test_resolving_again_changes_nothing(reports) -> None:
    profiles = build_profiles(written(reports))
    first = resolve_actors(profiles)
    chains = [pair for cluster in first.clusters for pair in pairwise(cluster)]
    judged = [PairJudgement(verdict="same", left=a, right=b) for a, b in chains]
    assert resolve_actors(profiles, judged).clusters == first.clusters
    assert sorted(key for cluster in first.clusters for key in cluster) == sorted(p.key for p in profiles)


@settings(deadline=None)
@given(REPORTS, st.data())
def test_judgements_are_respected(reports, data) -> None:
    mentions = written(reports)
    keys = [one.key for one in mentions]
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda pair: pair[0] != pair[1])
    if len(keys) < 2:
        return
    left, right = data.draw(pair)
    for verdict in ("same", "different"):
        found = actors(mentions, [PairJudgement(verdict=verdict, left=left, right=right)])
        assert any({left, right} <= actor for actor in found) is (verdict == "same")
