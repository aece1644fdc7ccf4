"""Who met whom is counted across sides only."""

from __future__ import annotations

from communique.desk.ties import MOST_NODES, MOST_PARTNERS, commonest_partners, count_ties, latest_of, latest_of_all
from communique.register.models import Actor, Engagement, EngagementParticipant


def meet(*sides: tuple[Actor, ...]) -> None:
    engagement = Engagement.objects.create(kind="meeting", status="held")
    for number, side in enumerate(sides):
        for position, actor in enumerate(side):
            EngagementParticipant.objects.create(engagement=engagement, actor=actor, side=number, position=position)


def test_ties_between_sides(empty: object) -> None:
    del empty
    a, b, c, d = (Actor.objects.create(type="person", name=name) for name in "abcd")
    meet((a, b), (c,))
    meet((a,), (c,))
    meet((d,))
    nodes, ties = count_ties(latest_of_all())
    assert {(tie.left, tie.right): tie.count for tie in ties} == {(a.code, c.code): 2, (b.code, c.code): 1}
    assert [node.name for node in nodes] == ["a", "c", "b"]  # whoever met nobody is left out
    partners = commonest_partners(c, *count_ties(latest_of(c), around=c))
    assert [(node.name, count) for node, count in partners] == [("a", 2), ("b", 1)]


def test_pictures_hold_so_many(sample: object) -> None:
    del sample
    actor = Actor.objects.get(pk=1)
    assert len(count_ties(latest_of_all())[0]) <= MOST_NODES
    nodes, _ = count_ties(latest_of(actor), around=actor)
    assert nodes[0].key == "a1"
    assert len(nodes) <= MOST_PARTNERS


def test_what_lies_ahead_of_the_day_does_not_count(sample: object) -> None:
    del sample
    actor = Actor.objects.get(pk=1)
    days = sorted(day for day in actor.participations.values_list("day", flat=True) if day)
    early = latest_of(actor, days[3])
    assert set(early) < set(latest_of(actor))
    assert all(e.day <= days[3] for e in Engagement.objects.filter(pk__in=early))
