"""Finding triggers: which words of a sentence tell an engagement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.discourse import Discourse
from communique.reading.frames import Frames
from communique.reading.grammar import is_verb
from communique.reading.knowledge import Knowledge
from communique.reading.noun_triggers import NounTriggers
from communique.reading.triggers import Trigger
from communique.reading.verb_triggers import VerbTriggers

if TYPE_CHECKING:
    from spacy.tokens import Token


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

    def find(self, line: Line, discourse: Discourse) -> Iterator[Trigger]:
        """The triggers of one parsed line, left to right."""
        assert line.doc is not None
        for token in line.tokens:
            mention = line.mention_of.get(token.i)
            trigger: Trigger | None = None
            if mention is not None:
                if mention.kind == "organization":
                    trigger = self._named(mention, token, line, discourse)
            elif is_verb(token) and token.dep_ not in ("aux", "auxpass") and token.lower_ in self.frames.verbs:
                trigger = self._told_by_verb(token, line, discourse)
            elif token.lower_ in self.frames.nouns and (not is_verb(token) or token.tag_ == "VBG"):
                trigger = self.nouns.read(self.frames.nouns[token.lower_], token, line, discourse)
            if trigger is not None:
                yield trigger

    def _told_by_verb(self, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """What a verb tells: of the frames that fit, the first one with all its parties, else the first one."""
        readings = [self.verbs.read(frame, token, line, discourse) for frame in self.frames.verbs[token.lower_]]
        found = [trigger for trigger in readings if trigger is not None]
        return next((trigger for trigger in found if trigger.is_complete), found[0] if found else None)

    def _named(self, mention: Mention, token: Token, line: Line, discourse: Discourse) -> Trigger | None:
        """An event with a name of its own: "the Ukraine Recovery Conference", "Exercise Blue Fathom"."""
        words = mention.name.lower().split()
        head = words[0] if words[0] == "exercise" and words[-1] not in self.frames.nouns else words[-1]
        frame = self.frames.nouns.get(head)
        if frame is None or len(words) < 2:
            return None
        trigger = self.nouns.read(frame, token, line, discourse)
        if trigger is not None:
            trigger.named = True
        return trigger
