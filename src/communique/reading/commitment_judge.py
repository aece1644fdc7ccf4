"""Commitment judge: whether a content is concrete enough to count, and which body or text it sets up or uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.reading.analysis import Line
from communique.reading.commitment_content import Content
from communique.reading.commitment_frames import CommitmentFrames, Demand
from communique.reading.grammar import children, is_negated, is_verb, modality

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_PLAN_AUXILIARIES = frozenset(["will", "would", "shall", "should", "must", "'ll", "’ll"])


class ContentJudge:
    """Decides whether a content meets a demand, by the word classes of the lexicon."""

    def __init__(self, frames: CommitmentFrames) -> None:
        self.frames = frames
        self.countable = frames.bodies | frames.goods | frames.measures | frames.texts

    def meets(self, content: Content, demand: Demand, line: Line) -> bool:
        """Whether the content is as concrete as demanded; see the header of `commitments.toml`."""
        head = content.head
        if self.is_date(head, line) or (content.form == "noun" and is_negated(head)):
            return False
        if demand == "text":
            return self.is_text(head, line)
        if content.form == "noun" and head.lower_ in self.frames.hollow:
            return False
        if demand == "any":
            return content.form != "clause" or self._is_plan(head) or self.is_step(content, line)
        if demand == "plan":
            return self._is_plan(head) or (content.form != "clause" and self.is_step(content, line))
        if demand == "gerund":
            return content.form in ("gerund", "infinitive") or self.is_step(content, line)
        if demand == "body":
            return self._is_body(content, line)
        return self.is_step(content, line) and (content.form != "clause" or self._is_plan(head))

    def is_step(self, content: Content, line: Line) -> bool:
        """A verb of action with something that can be counted, or a noun of a body, thing or measure."""
        head = content.head
        if content.form == "clause" and head.lower_ not in self.frames.events and self.is_measured(content, line):
            return True
        if is_verb(head) and content.form != "noun":
            if head.lower_ not in self.frames.steps:
                return False
            return self.is_measured(content, line) or any(
                self.words_of(head.doc[i], line) & self.countable for i in content.tokens
            )
        if self.words_of(head, line) & self.countable or self._of(head, line):
            return True
        return head.like_num or self.is_measured(content, line)

    def is_measured(self, content: Content, line: Line) -> bool:
        """Whether the content holds a number of something, or a deadline."""
        for i in content.tokens:
            token = content.head.doc[i]
            if token.like_num and token.lower_ not in ("one", "two", "first", "second") and i not in line.mention_of:
                return True
            if token.lower_ in self.frames.deadlines and any(
                self.is_date(t, line) or t.lower_ in self.frames.units for t in token.subtree
            ):
                return True
        return False

    def is_text(self, noun: Token, line: Line) -> bool:
        """Whether a noun, or what it is a batch of, is a text."""
        heads = [noun, *children(noun, "conj", "appos", "acl")]
        heads += [
            p
            for h in list(heads)
            for prep in children(h, "prep")
            if prep.lower_ == "of"
            for p in children(prep, "pobj")
        ]
        return any(self.words_of(head, line) & self.frames.texts for head in heads)

    def _is_plan(self, verb: Token) -> bool:
        auxiliaries = {c.lower_ for c in children(verb, "aux", "auxpass")}
        if auxiliaries & _PLAN_AUXILIARIES:
            return True
        if "be" in auxiliaries and not auxiliaries & {"to", "may", "might", "could", "can"}:
            return True
        if verb.lower_ in ("is", "are", "was", "were"):
            return any(modality(c) == "infinitive" for c in children(verb, "xcomp"))
        return verb.tag_ == "VB" and not auxiliaries

    def _is_body(self, content: Content, line: Line) -> bool:
        head = content.head
        if content.form == "noun":
            pointing = any(c.lower_ in ("the", "this", "that") for c in children(head, "det"))
            return not pointing and bool(self.words_of(head, line) & self.frames.bodies)
        objects = children(head, "dobj", "nsubjpass")
        return head.lower_ in self.frames.makes and any(
            self.words_of(o, line) & (self.frames.bodies | self.frames.measures) for o in objects
        )

    def _of(self, noun: Token, line: Line) -> bool:
        inner = [p for prep in children(noun, "prep") if prep.lower_ == "of" for p in children(prep, "pobj")]
        return any(self.words_of(p, line) & self.countable for p in inner if noun.lower_ not in self.frames.hollow)

    def words_of(self, token: Token, line: Line) -> set[str]:
        """The word of a token, or the words of the name that it stands for."""
        mention = line.mention_of.get(token.i)
        return {token.lower_} if mention is None else set(mention.name.lower().split())

    def mechanism(self, content: Content, line: Line) -> Token | None:
        """The noun of the body or text that the content sets up or uses: the one nearest to its top."""
        best: tuple[int, int] | None = None
        for i in content.tokens:
            token = content.head.doc[i]
            mention = line.mention_of.get(i)
            if token.dep_ in ("compound", "poss", "amod") or (mention and mention.kind not in ("organization",)):
                continue
            if self.words_of(token, line) & self.frames.bodies:
                depth = sum(1 for a in token.ancestors if content.first <= a.i < content.last)
                if best is None or (depth, i) < best:
                    best = (depth, i)
        return content.head.doc[best[1]] if best else None

    def is_date(self, token: Token, line: Line) -> bool:
        """Whether a token stands for a date: a date mention, a weekday, or a month ("3 November", "Friday")."""
        mention = line.mention_of.get(token.i)
        if mention is not None:
            return mention.kind == "date"
        return token.text in self.frames.days and token.tag_ != "MD"
