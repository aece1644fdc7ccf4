"""The learned judge of engagements: which triggers tell one, which tell the same one, and who took part.

Each question is answered by a forest over numbers, two of them helped by a logistic regression over words. Trained
by `training/train_engagements.py`; why and how well is told in `docs/decisions/0009-three-questions-about-triggers.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from communique.reading.apart import asked_together, companies
from communique.reading.company import likeliest_company, raise_together, score_of, taken_together
from communique.reading.encoder import Encoder, packaged_encoder
from communique.reading.forest import Forest, packaged_forest
from communique.reading.learned import Weights, load_weights
from communique.reading.nesting import named_inside, without_doubles
from communique.reading.participants import UNKNOWN, questions
from communique.reading.sameness import compared, is_retold, joined
from communique.reading.second_look import SecondLook
from communique.reading.telling_features import telling_features, telling_values
from communique.reading.tellings import Narrative, Telling
from communique.reading.told_values import PROMISING, ToldValues

SURE = 0.9
"""Chance of its surest telling from which the only engagement of a document is told, however unsure its company is."""

HOPELESS = 0.1
"""Chance below which a telling is not even joined to another; the figures on held-back folders are flat around it."""


@dataclass(frozen=True, slots=True)
class Models:
    """What is learned.

    Attributes:
        actors: Regression over the words between an actor and a trigger.
        participants: Forest: did a member of the cast take part?
        words: Regression over the words around a trigger.
        tellings: Forest: does a trigger tell an engagement? Its cut is the chance from which engagements are told.
        same: Forest: do two triggers tell the same? Its cut is the likeness from which they are joined.
        apart: Forest: did two of the company meet somebody apart? Its cut is the chance from which they did.
        company: Forest: did somebody take part in what several tellings tell together? None while it is not learned.
        told: Forest: is what several tellings tell together an engagement to be told? None while it is not learned; the
            chance of the surest telling stands for it then.
    """

    actors: Weights
    participants: Forest
    words: Weights
    tellings: Forest
    same: Forest
    apart: Forest
    company: Forest | None = None
    told: Forest | None = None

    @classmethod
    def packaged(cls) -> Models:
        """Those that come with the package."""
        return cls(
            load_weights("actors"),
            packaged_forest("participants"),
            load_weights("words"),
            packaged_forest("tellings"),
            packaged_forest("same"),
            packaged_forest("apart"),
            packaged_forest("company"),
            packaged_forest("told"),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An engagement that the document tells.

    Attributes:
        tellings: Where it is told, in order.
        chances: Identity → probability of having taken part.
        participants: Identities of those who are named, the likeliest first.
        company: F1 that is to be expected of those who are named, 0 to 1.
        chance: Probability that it is an engagement to be told, 0 to 1.
        is_apart: Whether the same words tell others too, each in a company of its own.
        main: The telling that is surest.
    """

    tellings: list[Telling]
    chances: Mapping[str, float]
    participants: list[str]
    company: float
    chance: float
    is_apart: bool = False
    main: Telling = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "main", max(self.tellings, key=lambda telling: telling.chance))

    @property
    def score(self) -> float:
        """How likely it is told, and not in quite another company, 0 to 1; `confidence` says what it is worth."""
        return score_of(self.chance, self.company, len(self.participants))


class EngagementJudge:
    """Judges the tellings of a document together.

    Args:
        models: The packaged ones by default; they are loaded when they are first needed.
        encoder: The packaged one by default; loaded likewise.
    """

    def __init__(self, models: Models | None = None, encoder: Encoder | None = None) -> None:
        self._models = models
        self._encoder = encoder

    @property
    def models(self) -> Models:
        """What is learned."""
        if self._models is None:
            self._models = Models.packaged()
        return self._models

    def judge(self, narrative: Narrative) -> list[Told]:
        """The engagements that a document tells, in order."""
        if not narrative.tellings:
            return []
        if not narrative.opinion.tells:
            self.consult(narrative)
        self.weigh_participants(narrative)
        self.weigh_tellings(narrative)
        cut = self.models.tellings.cut
        return [told for told in self.join(narrative) if told.chance >= cut]

    def consult(self, narrative: Narrative) -> None:
        """Asks the encoder what it thinks; ``judge`` does so itself unless it has been done before."""
        if narrative.tellings:
            narrative.opinion = (self._encoder or packaged_encoder()).read(narrative)

    def weigh_participants(self, narrative: Narrative) -> None:
        """Fills in who took part in what each telling tells."""
        asked = questions(narrative)
        if not asked:
            return
        weights = self.models.actors
        rows = [[*q.values, weights.odds(q.names) if q.names is not None else UNKNOWN] for q in asked]
        for question, chance in zip(asked, self.models.participants.chances(np.array(rows, dtype=float)), strict=True):
            narrative.tellings[question.number].chances[question.key] = float(chance)
        for telling in narrative.tellings:
            raise_together(telling, narrative.actors(telling))

    def weigh_tellings(self, narrative: Narrative) -> None:
        """Fills in whether each telling tells an engagement; who took part is known."""
        weights, tellings = self.models.words, narrative.tellings
        rows = [
            telling_values(telling, number, narrative, weights.odds(telling_features(telling)))
            for number, telling in enumerate(tellings)
        ]
        for telling, chance in zip(tellings, self.models.tellings.chances(np.array(rows, dtype=float)), strict=True):
            telling.chance = float(chance)

    def join(self, narrative: Narrative) -> list[Told]:
        """Puts together what tells the same engagement; who took part, and whether it is told at all, is known."""
        tellings, same = narrative.tellings, self.likenesses(narrative)
        numbers = [number for number, telling in enumerate(tellings) if telling.chance >= HOPELESS]
        groups = joined(numbers, same, self.models.same.cut)
        found = [told for group in groups for told in self._told([tellings[number] for number in group], narrative)]
        return self._judged_again(narrative, self._weighed_again(narrative, found), same)

    def likenesses(self, narrative: Narrative) -> dict[tuple[int, int], float]:
        """Positions of two tellings, the earlier one first → probability that they tell the same."""
        tellings, pairs = narrative.tellings, list(compared(narrative))
        if not pairs:
            return {}
        chances = self.models.same.chances(np.array([values for _, _, values in pairs], dtype=float))
        return {
            (one, two): 1.0 if is_retold(tellings[one], tellings[two]) else float(chance)
            for (one, two, _), chance in zip(pairs, chances, strict=True)
        }

    def _judged_again(
        self, narrative: Narrative, found: list[Told], same: Mapping[tuple[int, int], float]
    ) -> list[Told]:
        """The engagements with the chance that each has in the light of the others."""
        forest, promising = self.models.told, [one for one in found if one.main.chance >= PROMISING]
        if forest is None or not promising:
            return found
        if len(promising) == 1 and promising[0].main.chance >= SURE:
            return found  # nothing else is told that it could repeat
        rows = ToldValues(narrative, promising, same).rows()
        chances = {
            id(one): chance
            for one, chance in zip(promising, forest.chances(np.array(rows, dtype=float)).tolist(), strict=True)
        }
        return [replace(one, chance=chances.get(id(one), 0.0)) for one in found]

    def _weighed_again(self, narrative: Narrative, found: list[Told]) -> list[Told]:
        """The engagements with those who took part at a second look; who met somebody apart is looked at once only."""
        forest, look = self.models.company, SecondLook(narrative)
        if forest is None:
            return found
        asked = {id(one): look.asked(one.tellings, one.chances) for one in found if not one.is_apart}
        rows = [row for _, values in asked.values() for row in values]
        answers = iter(forest.chances(np.array(rows, dtype=float)).tolist() if rows else ())
        again = []
        for one in found:
            if id(one) in asked:
                chances = {**one.chances, **{key: next(answers) for key in asked[id(one)][0]}}
                participants, company = self._named(chances, one.tellings, narrative)
                again.append(replace(one, chances=chances, participants=participants, company=company))
            else:
                again.append(one)
        return again

    def _told(self, tellings: list[Telling], narrative: Narrative) -> list[Told]:
        """The engagement that tellings tell; several when some of those who took part met somebody apart."""
        main = max(tellings, key=lambda telling: telling.chance)
        chances = taken_together(tellings)
        participants, company = self._named(chances, tellings, narrative)
        number = narrative.tellings.index(main)
        groups = self._companies(narrative, number, participants)
        if len(groups) > 1 and len(tellings) > 1:
            # What others tell may have been told of one of these engagements, but not of all.
            groups = self._companies(narrative, number, self._named(main.chances, [main], narrative)[0])
        return [Told(tellings, chances, group, company, main.chance, len(groups) > 1) for group in groups]

    @staticmethod
    def _named(
        chances: Mapping[str, float], tellings: Sequence[Telling], narrative: Narrative
    ) -> tuple[list[str], float]:
        """Those who are named as participants, nobody twice in other words, and the F1 to be expected of them."""
        return likeliest_company(without_doubles(chances, named_inside(narrative, tellings)))

    def _companies(self, narrative: Narrative, number: int, keys: list[str]) -> list[list[str]]:
        """Those who took part, by whom they met: in the order of the sentence, each company the likeliest first."""
        trigger = narrative.tellings[number].trigger
        if trigger.is_noun and trigger.definite and trigger.token.tag_ == "NN":
            return [keys]  # "also at the meeting were X, Y and Z": the meeting is one
        pairs = asked_together(narrative, number, keys)
        if not pairs:
            return [keys]
        apart = self.models.apart
        chances = apart.chances(np.array([values for _, _, values in pairs], dtype=float))
        were_apart = [
            frozenset((one, two)) for (one, two, _), chance in zip(pairs, chances, strict=True) if chance > apart.cut
        ]
        order = {key: place for place, key in enumerate(dict.fromkeys(k for one, two, _ in pairs for k in (one, two)))}
        return sorted(
            companies(keys, were_apart), key=lambda group: sorted(order[key] for key in group if key in order)
        )
