"""Who held which post when, from how made-up reports introduce made-up people."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.register.resolving.posts import compare_posts, read_post
from communique.register.resolving.tenures import RoleClaim, derive_tenures, held_at
from tests.register.resolving.stories import read_role


def claim(person: str, post: str, day: str | None, document: str = "1") -> RoleClaim:
    role = read_role(post)
    return RoleClaim(
        actor=person,
        title=role.title,
        organization=role.organization,
        standing=role.standing,
        document=f"{document}-{day}",
        day=dt.date.fromisoformat(day) if day else None,
    )


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Head | US Lakes Command", "Commander | U.S. Lakes Command", "same"),
        ("Defence Minister | Ghana", "Minister of Defense | Ghana", "same"),
        ("Defence Minister", "Minister of National Defence", "same"),
        ("Interior Minister", "Home Affairs Minister", "same"),
        ("Deputy Defence Minister", "Undersecretary | Ministry of Defence", "same"),
        ("Chief of Staff | Ground Forces", "Commander | land forces", "same"),
        ("Chief of the General Staff", "Chief of Staff", "same"),
        ("Chief of General Staff | Ghana", "Chief of the Ghanaian General Staff", "same"),
        ("Prime Minister", "Head | Government of Lakeland", "possible"),
        ("Prime Minister | Ghana", "Premier", "possible"),
        ("Defence Minister", "Minister", "possible"),
        ("Deputy", "Deputy Commander | Navy", "possible"),
        ("Minister | Ghana", "Minister | National Defence of Ghana", "possible"),
        ("Foreign Minister | Italy", "Head of Italian diplomacy", "same"),
        ("Army chief | Pakistan", "Chief of Army Staff | Pakistan", "same"),
        ("Ambassador | Canada", "Ambassador | Kenya", "other"),
        ("Defence Minister", "Deputy Defence Minister", "other"),
        ("Defence Minister", "Interior Minister", "other"),
        ("Commander | Ghana Navy", "Commander | Ghana Air Force", "other"),
        ("Commander | Ghana Armed Forces", "Commander | Ground Forces of the Ghana Armed Forces", "other"),
        ("Prime Minister | Ghana", "President | Ghana", "other"),
        ("Defence Minister | Ghana", "Defence Minister | Kenya", "other"),
        ("Adviser to the Prime Minister", "Prime Minister", "other"),
    ],
)
def test_posts(one: str, other: str, relation: str) -> None:
    a, b = (read_post(role.title, role.organization) for role in (read_role(one), read_role(other)))
    assert a is not None
    assert b is not None
    assert compare_posts(a, b) == compare_posts(b, a) == relation


@pytest.mark.parametrize("title", ["Elder", "strongman", "Official", "", "Friend"])
def test_no_post(title: str) -> None:
    assert read_post(title) is None


def test_three_wordings_are_one_tenure() -> None:
    (tenure,) = derive_tenures(
        [
            claim("a1", "Head | US Lakes Command", "2031-03-10"),
            claim("a1", "Commander | U.S. Lakes Command", "2031-03-12"),
            claim("a1", "Commander", "2031-05-01"),
        ]
    )
    assert (tenure.title, tenure.organization) == ("Commander", "U.S. Lakes Command")
    assert (tenure.first_seen, tenure.last_seen) == (dt.date(2031, 3, 10), dt.date(2031, 5, 1))
    assert len(tenure.observations) == 3


def test_a_bare_title_joins_the_post_held_at_the_time() -> None:
    early, late = derive_tenures(
        [
            claim("a1", "Commander | Land Forces of Ghana", "2031-03-10"),
            claim("a1", "Commander", "2031-03-11"),
            claim("a1", "Commander | Ghana Navy", "2033-01-01"),
            claim("a1", "Commander", "2033-01-04"),
        ]
    )
    assert early.last_seen == dt.date(2031, 3, 11)
    assert (late.first_seen, late.last_seen) == (dt.date(2033, 1, 1), dt.date(2033, 1, 4))


def test_former_ends_a_tenure_and_never_prolongs_it() -> None:
    (tenure,) = derive_tenures(
        [
            claim("a1", "Defence Minister | Ghana", "2031-03-10"),
            claim("a1", "former Defence Minister | Ghana", "2032-01-01"),
        ]
    )
    assert (tenure.first_seen, tenure.last_seen, tenure.ended_by) == (
        dt.date(2031, 3, 10),
        dt.date(2031, 3, 10),
        dt.date(2032, 1, 1),
    )
    assert not held_at([tenure], dt.date(2032, 1, 1), slack=dt.timedelta(days=1000))


def test_only_called_former() -> None:
    (tenure,) = derive_tenures([claim("a1", "former Defence Minister | Ghana", "2032-01-01")])
    assert tenure.first_seen is None
    assert held_at([tenure], dt.date(2032, 1, 1)) == ()


@pytest.mark.parametrize(
    ("reports", "flags", "successor"),
    [
        ([("a1", "2031-01-01"), ("a1", "2031-05-01"), ("a2", "2031-06-01")], ("handover",), "a2"),
        ([("a1", "2031-01-01"), ("a2", "2031-06-01"), ("a1", "2031-06-10"), ("a2", "2031-07-01")], ("handover",), "a2"),
        ([("a1", "2031-01-01"), ("a2", "2031-06-01"), ("a1", "2031-09-10"), ("a2", "2031-12-01")], ("overlap",), "a2"),
        ([("a1", "2031-01-01"), ("a2", "2031-06-01"), ("a1", "2031-12-10")], ("contradiction",), None),
    ],
)
def test_holders_of_one_post(reports, flags, successor) -> None:
    tenures = derive_tenures([claim(person, "Defence Minister | Ghana", day) for person, day in reports])
    (first,) = (tenure for tenure in tenures if tenure.person == "a1")
    assert (first.flags, first.superseded_by) == (flags, successor)


def test_three_holders_seen_in_turns() -> None:
    days = [("a1", "2031-01-01"), ("a1", "2031-09-01"), ("a2", "2031-02-01"), ("a3", "2031-02-01")]
    tenures = derive_tenures([claim(person, "Commander | Ghana Navy", day) for person, day in days])
    assert {tenure.person: tenure.flags for tenure in tenures} == {
        "a1": ("contradiction",),
        "a2": ("contradiction", "handover"),
        "a3": (),
    }


def test_ministers_of_unknown_countries_do_not_follow_each_other() -> None:
    tenures = derive_tenures(
        [claim("a1", "Defence Minister", "2031-01-01"), claim("a2", "Minister of Defence", "2031-06-01")]
    )
    assert [tenure.superseded_by for tenure in tenures] == [None, None]


def test_held_at() -> None:
    tenures = derive_tenures(
        [
            claim("a1", "Defence Minister | Ghana", "2031-01-01"),
            claim("a1", "Defence Minister | Ghana", "2031-05-01"),
            claim("a2", "Defence Minister | Ghana", "2031-06-01"),
        ]
    )
    assert [t.person for t in held_at(tenures, dt.date(2031, 3, 1))] == ["a1"]
    assert [t.person for t in held_at(tenures, dt.date(2031, 5, 20))] == []
    assert [t.person for t in held_at(tenures, dt.date(2031, 5, 10), slack=dt.timedelta(days=10))] == ["a1"]


def test_a_part_of_a_force_stands_in_the_title() -> None:
    (tenure,) = derive_tenures([claim("a1", "Chief of Staff | Ground Forces of the Ghanaian Army", "2031-01-01")])
    assert (tenure.title, tenure.organization) == ("Chief of Staff, Ground Forces", "Ghanaian Army")


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(("a1", "a2", "a3")),
        st.sampled_from(
            (
                "Commander | Ghana Navy",
                "Head | Ghanaian Navy",
                "Commander",
                "Deputy",
                "former Commander | Ghana Navy",
                "Elder",
            )
        ),
        st.sampled_from((None, "2031-01-01", "2031-02-01", "2031-09-01")),
    ),
    max_size=10,
)


@settings(deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_no_claim_is_lost(reports, random) -> None:
    claims = [claim(person, post, day, str(n)) for n, (person, post, day) in enumerate(reports)]
    tenures = derive_tenures(claims)
    assert tenures == derive_tenures(random.sample(claims, len(claims)))
    kept = {observation.document for tenure in tenures for observation in tenure.observations}
    assert kept == {one.document for one in claims if one.title != "Elder"}
