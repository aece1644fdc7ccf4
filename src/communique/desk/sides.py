"""Which hue and shape an actor or an engagement bears: five sides, worked out from the register itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from communique.desk.charts.svg import legend_sign
from communique.desk.state import remember
from communique.desk.wording import country_codes, country_name
from communique.register.models import Actor, Tenure

COUNTRIES = 3
BODIES, OTHERS = 3, 4
MOST_ACTORS = 500
"""The sides are those of the actors that most documents name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The five sides: the countries most often involved, international bodies, all others.

    Attributes:
        countries: ISO 3166-1 alpha-2 codes, the most often involved first; at most three.
    """

    countries: tuple[str, ...]

    def of_actor(self, country: str | None, type_: str) -> int:
        """The side of an actor, 0 to 4. A body without a country is an international one."""
        if country in self.countries:
            return self.countries.index(country or "")
        return BODIES if not country and type_ != "person" else OTHERS

    def of_engagement(self, actors: Iterable[tuple[str | None, str]]) -> int:
        """The side of the partner: of whoever took part besides the country most often involved; else of that one.

        Args:
            actors: Country and type of each participant.
        """
        sides = sorted({self.of_actor(country, type_) for country, type_ in actors})
        return next((side for side in sides if side), 0) if sides else OTHERS

    def legend(self, *, with_hollow: bool = True) -> list[tuple[str, str]]:
        """Signs (SVG) with their words."""
        names = [*(country_name(code) for code in self.countries)]
        entries = [(legend_sign(number), name) for number, name in enumerate(names)]
        entries += [(legend_sign(BODIES), "International bodies"), (legend_sign(OTHERS), "Others")]
        if with_hollow:
            entries.append((legend_sign(None, hollow=True), "hollow: not yet reviewed"))
        return entries


def find_sides() -> Sides:
    """The sides of the open register."""
    return remember("sides", _count_sides, fresh_below=0)


def find_countries(own: Mapping[int, str | None]) -> dict[int, str]:
    """The country of each actor that has one, by number.

    Of a person for whom sources name none, it is that of the body, or the country, whose post they held last.

    Args:
        own: What sources name: the actors' numbers with their ``country``.
    """
    countries = dict(own)
    without = [pk for pk, country in countries.items() if not country]
    tenures = Tenure.objects.filter(actor__in=without).order_by(F("last_seen").asc(nulls_first=True), "pk")
    for actor, body, country in tenures.values_list("actor", "organization", "organization_actor__country"):
        countries[actor] = country or country_codes().get(body or "") or countries[actor]
    return {pk: country for pk, country in countries.items() if country}


def _count_sides() -> Sides:
    # By the documents that name them, which stand beside each actor: to count all participations takes forty times as
    # long, and leads to the same countries.
    live = Actor.objects.filter(merged_into__isnull=True, retracted_at__isnull=True)
    often = live.order_by("-mention_count", "pk").values_list("pk", "country", "mention_count")[:MOST_ACTORS]
    counts = {actor: count for actor, _, count in often}
    totals: Counter[str] = Counter()
    for actor, country in find_countries({actor: country for actor, country, _ in often}).items():
        totals[country] += counts[actor]
    return Sides(countries=tuple(sorted(totals, key=lambda code: (-totals[code], code))[:COUNTRIES]))
