"""Finding triggers: which words of a sentence tell an engagement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.discourse import Discourse
from communique.reading.frames import Frames
from communique.reading.grammar import (
    agents,
    children,
    is_passive,
    is_verb,
    objects,
    patients,
    subjects,
    verb_above,
)
from communique.reading.knowledge import Knowledge
from communique.reading.noun_triggers import NounTriggers
from communique.reading.parties import without
from communique.reading.triggers import Trigger
from communique.reading.verb_triggers import VerbTriggers

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_NOMINAL = ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT", "appos")
_PREPOSITIONAL = ("prep", "conj", "dep", "ROOT")


class TriggerFinder:
    """Finds triggers and fills their sides from the grammar around them.

    Args:
        frames: The words that tell engagements.
        knowledge: The lexicon compiled for reading.
    """

    def __init__(self, frames: Frames, knowledge: Knowledge) -> None:
        self.frames = frames
        self.verbs = VerbTriggers(frames, knowledge)
        self.nouns = NounTriggers(frames, knowledge)

    def find(self, line: Line, discourse: Discourse, last: Trigger | None = None) -> Iterator[Trigger]:
        """The triggers of one parsed line, left to right.

        Args:
            line: The line.
            discourse: What has been mentioned before it.
            last: The last trigger before it that is a noun: what "a second one" leaves unsaid.
        """
        assert line.doc is not None
        found = False
        for trigger in self._told(line, discourse, last):
            found = True
            yield trigger
        if not found and (unsaid := self._unsaid(line, discourse, last)) is not None:
            yield unsaid

    def _told(self, line: Line, discourse: Discourse, last: Trigger | None) -> Iterator[Trigger]:
        """The triggers that a line has words for."""
        joined = dict(self._joined(line))
        for token in line.tokens:
            mention = line.mention_of.get(token.i)
            low = joined.get(token.i, token.lower_)
            trigger: Trigger | None = None
            if mention is not None:
                if mention.kind == "organization":
                    trigger = self._named(mention, token, line, discourse)
            elif low in self.frames.verbs and self._may_be_verb(token):
                trigger = self._told_by_verb(token, line, discourse)
            elif low in self.frames.nouns and (not is_verb(token) or token.tag_ == "VBG" or token.i in joined):
                trigger = self.nouns.read(self.frames.nouns[low], token, line, discourse)
            elif last is not None and self._is_counted(token):
                trigger = self.nouns.read(self.frames.nouns_of[last.kind], token, line, discourse)
            if trigger is not None:
                if trigger.is_noun:
                    last = trigger
                yield trigger

    def _unsaid(self, line: Line, discourse: Discourse, last: Trigger | None) -> Trigger | None:
        """What may tell an engagement in a line without a word for one."""
        return (
            self._by_telephone(line, discourse)
            or self._event(line, discourse, last)
            or self._first_with(line, discourse, last)
        )

    def _by_telephone(self, line: Line, discourse: Discourse) -> Trigger | None:
        """A call of which only the means is told: "X assured Y over the TELEPHONE that …"."""
        means = (t for t in line.tokens if t.lower_ in self.frames.call_words and t.dep_ == "pobj")
        frame = self.frames.nouns_of["call"]
        return next((t for t in (self.nouns.read(frame, token, line, discourse) for token in means) if t), None)

    def _event(self, line: Line, discourse: Discourse, last: Trigger | None) -> Trigger | None:
        """Whatever is held or takes place: "the REGATTA took place off Y", "'STEPPE EAGLE' is to be held in Y"."""
        people = {i for i, mention in line.mention_of.items() if mention.kind == "person"}
        events = (e for token in line.tokens for e in self._events(token) if e.i not in people)
        frame = self.frames.nouns_of[last.kind if last is not None else "conference"]
        return next((t for t in (self.nouns.read(frame, token, line, discourse) for token in events) if t), None)

    def _events(self, token: Token) -> list[Token]:
        """The subjects of a verb that says they are events: "is to be HELD", "TOOK place"."""
        if token.lower_ in self.frames.place and any(o.lower_ == "place" for o in objects(token, "dobj")):
            return subjects(token)
        return patients(token) if token.lower_ in self.frames.held and is_passive(token) else []

    def _first_with(self, line: Line, discourse: Discourse, last: Trigger | None) -> Trigger | None:
        """The first "with" that leads to somebody.

        Agendas and lists leave the word out ("X with Y about Z", "and, straight after, with the Commissioner"), and an
        engagement may be told by any verb ("X walked along the river with Y").
        """
        for token in line.tokens:
            if token.lower_ != "with" or token.dep_ not in _PREPOSITIONAL:
                continue
            other = discourse.parties(objects(token, "pobj"), line)
            if not any(party.referent.type != "country" for party in other):
                continue
            verb = verb_above(token)
            trigger = Trigger(line, token, verb, last.kind if last is not None else "meeting", weak=True)
            trigger.one = discourse.parties(agents(verb), line) if verb is not None else []
            trigger.other = without(other, trigger.one)
            trigger.is_complete = False
            return trigger
        return None

    def _is_occasion(self, token: Token) -> bool:
        """Whether a council stands for its session: "on the sidelines of", or in an entry without a verb."""
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "at") and token.head.head.lower_ in self.frames.series:
            return True
        return not any(is_verb(other) for other in token.doc)

    def _may_be_verb(self, token: Token) -> bool:
        """Whether a token is a verb: by its tag, or by a place where the tagger mistakes verbs for nouns."""
        if is_verb(token):
            return token.dep_ not in ("aux", "auxpass")
        is_above = token.dep_ == "ROOT" and token.lower_ not in self.frames.nouns and not children(token, "det", "poss")
        return is_above or (token.i > 0 and token.nbor(-1).tag_ == "MD")

    def _is_counted(self, token: Token) -> bool:
        """Whether "one", "the second", "another attempt" leaves unsaid what it counts."""
        if token.lower_ in self.frames.attempts:
            return any(c.lower_ in self.frames.again_words for c in children(token, "amod"))
        return (
            token.lower_ in self.frames.counted
            and token.dep_ in _NOMINAL
            and not children(token, "nummod", "amod", "compound")
        )

    def _joined(self, line: Line) -> Iterator[tuple[int, str]]:
        """The heads of words with hyphens that tell engagements ("sit-down"), which the parser sees in pieces."""
        tokens = line.tokens
        for k, token in enumerate(tokens):
            if token.text != "-" or not 0 < k < len(tokens) - 1 or (k > 1 and tokens[k - 2].text == "-"):
                continue
            pieces = [tokens[k - 1], tokens[k + 1]]
            while (after := pieces[-1].i + 1) + 1 < len(tokens) and tokens[after].text == "-":
                pieces.append(tokens[after + 1])
            word = "-".join(piece.lower_ for piece in pieces)
            if word in self.frames.nouns:
                inside = range(pieces[0].i, pieces[-1].i + 1)
                head = next((piece for piece in pieces if piece.head.i not in inside), pieces[-1])
                yield head.i, word

    def _told_by_verb(self, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """What a verb tells: of the frames that fit, the first one with all its parties, else the first one."""
        readings = [self.verbs.read(frame, token, line, discourse) for frame in self.frames.verbs[token.lower_]]
        found = [trigger for trigger in readings if trigger is not None]
        return next((trigger for trigger in found if trigger.is_complete), found[0] if found else None)

    def _named(self, mention: Mention, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """An event with a name of its own: "the Ukraine Recovery Conference", "Exercise Blue Fathom"."""
        words = mention.name.lower().split()
        inner = words[: words.index("of")] if "of" in words else words
        heads = (inner[-1], words[0], words[-1]) if inner else ()
        frame = next((self.frames.nouns[head] for head in heads if head in self.frames.nouns), None)
        if frame is None and not self.frames.committee_words.isdisjoint(heads) and self._is_occasion(token):
            frame = self.frames.nouns_of["committee_session"]
        if frame is None or len(words) < 2:
            return None
        trigger = self.nouns.read(frame, token, line, discourse)
        if trigger is not None:
            trigger.named = True
        return trigger
