"""Pronouns: whom "he", "her", "we" stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line
from communique.reading.grammar import children, objects, subjects
from communique.reading.memory import Memory, foremost, people_in
from communique.reading.parties import Party
from communique.reading.reference_words import ReferenceWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token


_ALONE = frozenset(("i", "me", "my"))  # nobody writes so but whom a report quotes
_NEAR = 6  # sentences back in which a woman is looked for before others


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
        barred = barred_keys(token, line)
        is_quoted = line.quotes(line.anchors[token.i][0])
        fits = [s for s in people_in(line) if self.agrees(s.party, feminine=feminine) and s.is_quoted == is_quoted]
        before = [s for s in fits if s.token < token.i and s.party.key not in barred]
        if before:
            chosen = [s for s in before if s.is_subject] or before
            return [chosen[-1 if token.dep_ == "poss" else 0].party]
        if token.dep_ == "poss" and (after := [s for s in fits if s.token > token.i and s.is_subject]):
            return [after[0].party]
        past = [s for s in self.memory.salient if self.agrees(s.party, feminine=feminine) and s.party.key not in barred]
        if feminine:  # most of those whose names tell nothing are men
            last = past[-1].line if past else 0
            past = [s for s in past if s.line > last - _NEAR and self._is_woman(s.party)] or past
        return [Party(foremost(past).party.referent, line.anchors[token.i])] if past else []

    def first(self, token: Token, line: Line) -> list[Party]:
        """Whom "I" or "we" stands for: in a quotation who is quoted, else the document's own voice."""
        anchor = line.anchors[token.i]
        is_quoted = line.quotes(anchor[0])
        speaking = [s for s in people_in(line) if s.is_subject and not (is_quoted and s.is_quoted)]
        if speaking:
            return [Party(speaking[-1].party.referent, anchor)]
        if self.memory.voice is not None and (is_quoted or token.lower_ in _ALONE):
            return [Party(self.memory.voice, anchor)]
        return self.memory.protagonist(anchor)

    def _is_woman(self, party: Party) -> bool:
        return self.agrees(party, feminine=True) and not self.agrees(party, feminine=False)

    def agrees(self, party: Party, *, feminine: bool) -> bool:
        """Whether nothing known of a person contradicts "he" or "she"."""
        candidate = self.memory.candidate(party)
        if candidate is None:
            return True
        cues = {(m.honorific or "").lower() for _, m in candidate.mentions} | {post.head for post in candidate.posts}
        if cues & self.words.feminine:
            return feminine
        if cues & self.words.masculine:
            return not feminine
        others = self.words.masculine_names if feminine else self.words.feminine_names
        endings = self.words.masculine_endings if feminine else self.words.feminine_endings
        return candidate.parts[0] not in others and not candidate.parts[-1].endswith(endings)


def barred_keys(token: Token, line: Line) -> set[str]:
    """Whom a pronoun cannot mean: the subject of its verb ("X met him"), what a preposition joins ("to X he said")."""
    if token.dep_ == "nsubj":
        others = [m for prep in children(token.head, "prep", "dative") for m in objects(prep, "pobj")]
    elif token.dep_ in ("dobj", "pobj", "dative"):
        verb = token.head
        while verb.dep_ in ("prep", "agent", "pcomp") and verb.head.i != verb.i:
            verb = verb.head
        others = subjects(verb)
    else:
        return set()
    mentions = [line.mention_of.get(other.i) for other in others]
    return {m.referents[0].key for m in mentions if m and m.referents}
