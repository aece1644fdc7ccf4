"""Company: from the chances of having taken part to those who are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from communique.reading.cast import Actor
from communique.reading.second_look import FAINT
from communique.reading.tellings import Telling

UNLIKELY, NEGLIGIBLE = 0.2, FAINT
"""Chances of having taken part: below the first nobody is named but the likeliest, below the second nobody counts."""

COMPLETENESS = 0.8
"""What it weighs that nobody is left out, beside that nobody is named who was not there (the beta of F-beta)."""

ELSEWHERE = 0.5
"""What a chance in another than the surest telling is worth: others may tell of other engagements too.

This and COMPLETENESS were set on held-back folders; the tables are in decision 9.
"""


def raise_together(telling: Telling, actors: Sequence[Actor]) -> None:
    """Gives those who are in a sentence by one word alone ("the delegation", "they") the best chance of any of them.

    Args:
        telling: Whose chances are raised.
        actors: The actors of its sentence.
    """
    often = Counter(key for actor in actors for key in actor.keys)
    for actor in actors:
        together = [key for key in actor.keys if often[key] == 1 and key in telling.chances]
        if len(together) > 1:
            telling.chances.update(dict.fromkeys(together, max(telling.chances[key] for key in together)))


def taken_together(tellings: Sequence[Telling]) -> dict[str, float]:
    """Identity → chance of having taken part in what all of some tellings tell, the surest of them counting most."""
    chances = dict(max(tellings, key=lambda telling: telling.chance).chances)
    for telling in tellings:
        for key, chance in telling.chances.items():
            chances[key] = max(ELSEWHERE * chance, chances.get(key, 0.0))
    return chances


def likeliest_company(chances: Mapping[str, float]) -> tuple[list[str], float]:
    """Those who are named as participants: as many of the likeliest as promise the best F-beta (Lewis 1995).

    Args:
        chances: Identity → probability of having taken part.

    Returns:
        The identities, the likeliest first, and the F1 that is to be expected, 0 to 1.
    """
    ranked: Sequence[str] = sorted(chances, key=lambda key: -chances[key])
    total = sum(chance for chance in chances.values() if chance > NEGLIGIBLE)
    weight = COMPLETENESS**2
    best, size, company, right = 0.0, 0, 0.0, 0.0
    for count, key in enumerate(ranked, 1):
        if chances[key] < UNLIKELY and count > 1:
            break
        right += chances[key]
        worth = (1 + weight) * right / (count + weight * total)
        if worth > best:
            best, size, company = worth, count, 2 * right / (count + total)
    return list(ranked[:size]), company


def score_of(chance: float, company: float, size: int) -> float:
    """How likely an engagement is told, and not in quite another company.

    Args:
        chance: Probability that it is told.
        company: The F1 that is to be expected of its participants, taken for the chance of each.
        size: Their number.
    """
    return round(chance * (1.0 - (1.0 - company) ** size), 3)
