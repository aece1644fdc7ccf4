"""Commitment frames: words that make a commitment and what they demand, from `lexicon/commitments.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from communique.lexicon import Lexicon
from communique.model.vocabulary import CommitmentAct
from communique.reading.frames import inflected

Demand = Literal["any", "plan", "gerund", "step", "body", "text"]


@dataclass(frozen=True, slots=True)
class CommitmentFrame:
    """A verb or a noun that makes a commitment; see the header of `commitments.toml` for the fields.

    Attributes:
        word: The lemma of the verb, or the form of the noun.
        act: What kind of commitment it makes.
        infinitive: What is demanded of an infinitive; None when none is read. The same for clause and object.
        clause: See infinitive.
        object: See infinitive.
        prepositions: Preposition → what is demanded of its phrase.
        addressee: Prepositions that lead to whom it is addressed.
        joint: Whether "with" and "between" bring in further parties.
        list_: Whether it can open a list of points ("the parties AGREED:").
        main: Whether it counts in main clauses alone.
        verbs: For nouns: forms of the verbs that must carry it; empty when any may.
        confidence: Share of right readings on the development texts.
    """

    word: str
    act: CommitmentAct
    infinitive: Demand | None
    clause: Demand | None
    object: Demand | None
    prepositions: Mapping[str, Demand]
    addressee: frozenset[str]
    joint: bool
    list_: bool
    main: bool
    verbs: frozenset[str]
    confidence: float


class CommitmentFrames:
    """The commitment frames of a lexicon, by word form, and its word classes."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("commitments")
        self.verbs: dict[str, tuple[CommitmentFrame, ...]] = {}
        for entry in table["verb"]:
            for lemma in entry["lemmas"]:
                own = [form for form in entry.get("forms", ()) if form[0] == lemma[0]]
                self._add(self.verbs, inflected([lemma, *own]), lemma, entry)
        self.nouns: dict[str, tuple[CommitmentFrame, ...]] = {}
        for entry in table["noun"]:
            for word in entry["words"]:
                self._add(self.nouns, [word], word, entry)
        dates = lexicon.table("dates")
        self.numbers: dict[str, int] = dates["numbers"]
        self.days = frozenset({*dates["weekdays"], *dates["months"]})
        content = table["content"]
        self.hollow = frozenset(content["hollow"])
        self.steps = inflected(content["steps"])
        self.makes = inflected(content["makes"])
        self.events = inflected(content["events"])
        self.bodies = frozenset(content["bodies"])
        self.texts = frozenset(content["texts"])
        self.goods = frozenset(content["goods"])
        self.measures = frozenset(content["measures"])
        self.units = frozenset(content["units"])
        self.deadlines = frozenset(content["deadlines"])
        self.says = inflected(table["future"]["says"])
        self.future_steps = inflected(table["future"]["steps"])
        self.deliveries = inflected(table["future"]["deliveries"])
        self.void_verbs = inflected(table["void"]["verbs"])
        self.void_marks = frozenset(table["void"]["marks"])
        self.headings = frozenset(table["lists"]["headings"])
        self.openers = frozenset(table["lists"]["openers"])
        self.idle = frozenset(table["lists"]["idle"])
        self.silent = frozenset(table["parties"]["silent"])
        self.states = frozenset(table["parties"]["states"])
        self.together = frozenset(table["parties"]["together"])
        self.speakers = frozenset(table["parties"]["speakers"])

    @staticmethod
    def _add(
        store: dict[str, tuple[CommitmentFrame, ...]], forms: Iterable[str], word: str, entry: dict[str, Any]
    ) -> None:
        frame = CommitmentFrame(
            word=word,
            act=entry["act"],
            infinitive=entry.get("infinitive"),
            clause=entry.get("clause"),
            object=entry.get("object"),
            prepositions=entry.get("prepositions", {}),
            addressee=frozenset(entry.get("addressee", ())),
            joint=entry.get("joint", False),
            list_=entry.get("list", False),
            main=entry.get("main", False),
            verbs=inflected(entry.get("verbs", ())),
            confidence=entry["confidence"],
        )
        for form in forms:
            store[form] = (*store.get(form, ()), frame)
