"""Pronouns: whom "he", "her", "we" stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line
from communique.reading.grammar import subjects
from communique.reading.memory import Memory, foremost, people_in
from communique.reading.parties import Party
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from spacy.tokens import Token


class Pronouns:
    """Finds whom pronouns of persons stand for.

    Args:
        words: The words of reference.
        memory: What has been mentioned.
    """

    def __init__(self, words: ReferenceWords, memory: Memory) -> None:
        self.words = words
        self.memory = memory

    def third(self, token: Token, line: Line) -> list[Party]:
        """Whom "he" or "her" stands for: somebody named in the sentence, else whoever was foremost last."""
        feminine = token.lower_ in self.words.she
        barred = _barred(token, line)
        fits = [s for s in people_in(line) if self._agrees(s.party, feminine=feminine)]
        before = [s for s in fits if s.token < token.i and s.party.key not in barred]
        if before:
            chosen = [s for s in before if s.is_subject] or before
            return [chosen[-1 if token.dep_ == "poss" else 0].party]
        if token.dep_ == "poss" and (after := [s for s in fits if s.token > token.i and s.is_subject]):
            return [after[0].party]
        past = [
            s for s in self.memory.salient if self._agrees(s.party, feminine=feminine) and s.party.key not in barred
        ]
        return [Party(foremost(past).party.referent, line.anchors[token.i])] if past else []

    def first(self, token: Token, line: Line) -> list[Party]:
        """Whom "I" or "we" stands for: in a quotation who is quoted, else the document's own voice."""
        anchor = line.anchors[token.i]
        quoted = [s for s in people_in(line) if s.is_subject]
        if quoted:
            return [Party(quoted[-1].party.referent, anchor)]
        return self.memory.protagonist(anchor)

    def _agrees(self, party: Party, *, feminine: bool) -> bool:
        candidate = self.memory.candidates.get(party.referent.ref or "")
        if candidate is None:
            return True
        cues = {(m.honorific or "").lower() for _, m in candidate.mentions} | {post.head for post in candidate.posts}
        if cues & self.words.feminine:
            return feminine
        if cues & self.words.masculine:
            return not feminine
        return True


def _barred(token: Token, line: Line) -> set[str]:
    """Whom an object cannot stand for: the subject of its own verb ("X met him")."""
    if token.dep_ not in ("dobj", "pobj", "dative"):
        return set()
    verb = token.head
    while verb.dep_ in ("prep", "agent", "pcomp") and verb.head.i != verb.i:
        verb = verb.head
    mentions = [line.mention_of.get(subject.i) for subject in subjects(verb)]
    return {m.referents[0].ref or m.referents[0].name.lower() for m in mentions if m and m.referents}
