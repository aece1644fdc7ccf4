"""Frames: which words trigger engagements, from `lexicon/frames.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.lexicon import Lexicon
from communique.model.vocabulary import EngagementKind

if TYPE_CHECKING:
    from communique.reading.analysis import Line
    from communique.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A verb that is an engagement by itself; see the header of `frames.toml` for the fields."""

    lemma: str
    kind: EngagementKind
    particle: str | None
    object: str | None
    with_: tuple[str, ...]
    to: tuple[str, ...]
    mutual: bool
    human: bool
    weak: bool
    people: bool
    presence: bool


@dataclass(frozen=True, slots=True)
class NounFrame:
    """A noun that names an engagement; see the header of `frames.toml` for the fields."""

    word: str
    kind: EngagementKind
    weak: bool
    unless: frozenset[str]
    courtesy: frozenset[str]
    under: frozenset[str]


class Frames:
    """The frames of a lexicon, by word form."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("frames")
        self.verbs: dict[str, tuple[VerbFrame, ...]] = {}
        for entry in table["verb"]:
            self._add_verb(entry)
        self.nouns = {
            word: NounFrame(
                word,
                entry["kind"],
                entry.get("weak", False),
                frozenset(entry.get("unless", ())),
                frozenset(entry.get("courtesy", ())),
                frozenset(entry.get("under", ())),
            )
            for entry in table["noun"]
            for word in entry["words"]
        }
        self.nouns_of = {
            kind: next(frame for frame in self.nouns.values() if frame.kind == kind)
            for kind in dict.fromkeys(frame.kind for frame in self.nouns.values())
        }
        self.counted = frozenset(table["again"]["counted"])
        self.attempts = frozenset(table["again"]["attempts"])
        support = table["support"]
        self.holds = inflected(support["holds"])
        self.gathers = inflected(support["gathers"])
        self.happens = inflected(support["happens"])
        self.grants = frozenset(support["grants"])
        self.takes = frozenset(support["takes"])
        self.held = frozenset(support["held"])
        self.place = frozenset(support["place"])
        self.series = frozenset(table["series"]["words"])
        self.meanwhile = frozenset(table["meanwhile"]["words"])
        self.committee_words = frozenset(table["committee"]["words"])
        self.separate_words = frozenset(table["separate"]["words"])
        self.attending = frozenset(table["attending"]["participles"])
        self.beside = frozenset(table["attending"]["beside"])
        self.sayings = frozenset(table["saying"]["nouns"])
        self.reporting = frozenset(table["saying"]["verbs"])
        self.again_words = frozenset(table["again"]["words"])
        self.call_verbs = frozenset(table["call"]["verbs"])
        self.call_words = frozenset(table["call"]["words"])
        self.planned_verbs = inflected(table["planned"]["verbs"])
        self.fixed_words = frozenset(table["planned"]["fixed"])
        self.planned_words = frozenset(table["planned"]["words"])
        self.wished_verbs = inflected(table["planned"]["weak_verbs"])
        self.cancelled_verbs = inflected(table["cancelled"]["verbs"])
        self.cancelled_phrases = tuple(table["cancelled"]["phrases"])
        self.postponed_verbs = inflected(table["postponed"]["verbs"])
        self.postponed_phrases = tuple(table["postponed"]["phrases"])
        self.denied_verbs = inflected(table["denied"]["verbs"])
        self.denied_words = frozenset(table["denied"]["words"])
        self.past_words = frozenset(table["past"]["words"])

    def is_noun(self, token: Token, line: Line) -> bool:
        """Whether a token of a line is a noun that names an engagement; what stands for a mention is none."""
        return token.lower_ in self.nouns and token.i not in line.mention_of

    def _add_verb(self, entry: dict[str, Any]) -> None:
        for lemma in entry["lemmas"]:
            frame = VerbFrame(
                lemma=lemma,
                kind=entry["kind"],
                particle=entry.get("particle"),
                object=entry.get("object"),
                with_=tuple(entry.get("with", ())),
                to=tuple(entry.get("to", ())),
                mutual=entry.get("mutual", False),
                human=entry.get("human", False),
                weak=entry.get("weak", False),
                people=entry.get("people", False),
                presence=entry.get("presence", False),
            )
            for form in inflected([lemma]) | forms_of(lemma, entry):
                self.verbs[form] = (*self.verbs.get(form, ()), frame)


def forms_of(lemma: str, entry: Mapping[str, Any]) -> frozenset[str]:
    """Irregular forms of a lemma: those that begin like it; what begins like none ("went") belongs to the first one."""
    initials = {other[0] for other in entry["lemmas"]}
    is_first = lemma == entry["lemmas"][0]
    return frozenset(
        form for form in entry.get("forms", ()) if form[0] == lemma[0] or (is_first and form[0] not in initials)
    )


def inflected(lemmas: Iterable[str]) -> frozenset[str]:
    """The regular inflections of verbs, together with the given forms.

    >>> sorted(inflected(["carry"]))
    ['carried', 'carries', 'carry', 'carrying']
    """
    forms: set[str] = set()
    for lemma in lemmas:
        forms.add(lemma)
        if lemma.endswith("e"):
            forms.update((lemma + "s", lemma + "d", lemma[:-1] + "ing"))
        elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            forms.update((lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"))
        elif lemma.endswith(("s", "x", "ch", "sh")):
            forms.update((lemma + "es", lemma + "ed", lemma + "ing"))
        else:
            forms.update((lemma + "s", lemma + "ed", lemma + "ing"))
    return frozenset(forms)
