"""Speech acts: which words tell that something was said, from `lexicon/statements.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from communique.lexicon import Lexicon
from communique.model.vocabulary import StatementAct
from communique.reading.frames import inflected

_ANY = ("object", "clause", "quote")


@dataclass(frozen=True, slots=True)
class SayingVerb:
    """A verb that is a statement by itself; see the header of `statements.toml` for the fields."""

    lemma: str
    act: StatementAct
    needs: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb that tells that something was said, but not what kind of saying it was."""

    quoted: bool
    judging: bool


class SpeechActs:
    """The statement verbs, expressions and cues of a lexicon, by word form."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("statements")
        self.verbs: dict[str, tuple[SayingVerb, ...]] = {}
        for entry in table["verb"]:
            self._add_verb(entry)
        self.speech: dict[str, SpeechVerb] = {}
        for entry in table["speech"]:
            verb = SpeechVerb(entry.get("quoted", False), entry.get("judging", False))
            for form in inflected([*entry["lemmas"], *entry.get("forms", ())]):
                self.speech.setdefault(form, verb)
        self.nouns: dict[str, StatementAct] = {n: e["act"] for e in table["expression"] for n in e["nouns"]}
        self.calls = {n: SayingVerb(n, e["act"], tuple(e["needs"]), 0.6) for e in table["noun"] for n in e["nouns"]}
        carriers = table["carriers"]
        self.repeating = inflected(carriers["repeating"])
        self.carriers = inflected(carriers["verbs"]) | self.repeating
        self.kept = frozenset(carriers["kept"])
        self.cues = [(e["act"], phrase_pattern(e["phrases"]), e.get("faint", False)) for e in table["cue"]]
        speakers = table["speakers"]
        self.speaker_nouns = frozenset(speakers["nouns"])
        self.bare_posts = frozenset(speakers["posts"])
        self.texts = frozenset(speakers["texts"])
        self.sides = frozenset(speakers["sides"])
        self.quoting = inflected(speakers["quoting"])
        self.never = frozenset(speakers["never"])
        self.people = frozenset(speakers["people"])
        self.lasting = inflected(carriers["lasting"])
        self.words = frozenset(self.verbs) | frozenset(self.speech) | self.carriers | frozenset(self.calls)

    def _add_verb(self, entry: dict[str, Any]) -> None:
        for lemma in entry["lemmas"]:
            verb = SayingVerb(
                lemma=lemma,
                act=entry["act"],
                needs=tuple(entry.get("needs", _ANY)),
                confidence=entry.get("confidence", 0.8),
            )
            own = [form for form in entry.get("forms", ()) if form[0] == lemma[0]]
            for form in inflected([lemma, *own]):
                self.verbs[form] = (*self.verbs.get(form, ()), verb)

    def carried(self, verb: str, noun: str) -> StatementAct | None:
        """The act of a carrying verb with its noun ("expressed concern"); None when they make no statement."""
        act = self.nouns.get(noun)
        if act is None or verb not in self.carriers:
            return None
        return "affirmed" if verb in self.repeating and noun not in self.kept else act

    def act_of(self, said: str) -> tuple[StatementAct, bool]:
        """The act that what was said speaks for, and whether that alone makes a statement of it."""
        for act, pattern, faint in self.cues:
            if pattern.search(said):
                return act, not faint
        return "other", False


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, in any case."""
    alternatives = "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
