"""Plain sentences about the future that commit somebody: "Norway will put 14 million into the network"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.model.vocabulary import CommitmentAct
from communique.reading.analysis import Line
from communique.reading.commitment_content import Content
from communique.reading.commitment_drafts import Scene
from communique.reading.commitment_frames import CommitmentFrames
from communique.reading.commitment_judge import ContentJudge
from communique.reading.commitment_parties import PartyFinder
from communique.reading.grammar import agents, children, is_negated, is_passive, prepositional, subjects
from communique.reading.parties import Party

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_FUTURE = frozenset(["will", "shall", "'ll", "’ll", "would"])


class FutureReader:
    """Reads sentences with "will", "is to" and "said … would" whose content is concrete."""

    def __init__(self, frames: CommitmentFrames, judge: ContentJudge, finder: PartyFinder) -> None:
        self.frames = frames
        self.judge = judge
        self.finder = finder

    def read(self, verb: Token, scene: Scene) -> tuple[CommitmentAct, list[Party], Content] | None:
        """The commitment of a clause about the future, or None.

        Args:
            verb: The main verb ("provide" in "is to provide").
            scene: Where the line stands.
        """
        clause = self._clause(verb)
        if clause is None or is_negated(verb):
            return None
        says = clause.head if clause.dep_ == "ccomp" and clause.head.lower_ in self.frames.says else None
        if says is None and any(c.lower_ == "would" for c in children(verb, "aux")):
            return None
        if any(m.lower_ in self.frames.void_marks for m in children(clause, "mark")):
            return None
        content = _clause_content(verb, clause)
        agreed = self._is_agreed(clause, says)
        if not self._is_concrete(content, scene.line) and not (agreed and self.judge.is_step(content, scene.line)):
            return None
        first_person = any(t.lower_ in self.frames.speakers for t in subjects(clause))
        act: CommitmentAct = "pledged" if first_person else "agreed" if agreed else "announced"
        return act, self._parties(verb, clause, says, scene), content

    def _clause(self, verb: Token) -> Token | None:
        """The head of a clause about the future: the verb itself, or the "is" of "is to"."""
        auxiliaries = {c.lower_ for c in children(verb, "aux")}
        if "to" in auxiliaries and verb.dep_ == "xcomp" and verb.head.lower_ in ("is", "are", "going"):
            clause = verb.head
        elif auxiliaries & _FUTURE:
            clause = verb
        else:
            return None
        relative = clause.dep_ == "relcl" and any(s.lower_ in ("which", "that") for s in children(clause, "nsubj"))
        return None if relative else clause

    def _parties(self, verb: Token, clause: Token, says: Token | None, scene: Scene) -> list[Party]:
        """Who says it, else who will do it; a body that is only made by it is no party."""
        speakers = self.finder.named(subjects(says), scene) if says is not None else []
        doers = agents(verb) if clause is verb else subjects(clause)
        made = self.frames.bodies
        mentions = scene.line.mention_of
        known = [t for t in doers if t.i in mentions or not self.judge.words_of(t, scene.line) & made]
        return speakers or self.finder.named(known, scene) or self.finder.default(scene)

    def _is_agreed(self, clause: Token, says: Token | None) -> bool:
        """Whether a sentence tells what was agreed: "Under the accord, …", "the two sides will …"."""
        if any(t.lower_ in self.frames.texts for t in prepositional(clause, "under")):
            return True
        actors = [t for t in subjects(clause) if t.dep_ == "nsubj"]
        return says is None and bool(actors) and all(t.lower_ in self.frames.together for t in actors)

    def _is_concrete(self, content: Content, line: Line) -> bool:
        """A verb of giving or making with a body, things or a number; or a new body with a date."""
        head = content.head
        top = [t for o in children(head, "nsubj", "nsubjpass") for t in (o, *children(o, "conj"))]
        top += subjects(head) if head.dep_ == "xcomp" else []
        objects = [t for o in children(head, "dobj") for t in (o, *children(o, "conj"))]
        if head.lower_ in self.frames.deliveries and (objects or is_passive(head)):
            return True
        if head.lower_ in self.frames.future_steps:
            words = {w for o in (*objects, *top) for w in self.judge.words_of(o, line)}
            if words & (self.frames.bodies | self.frames.goods):
                return True
            return any(t.tag_ == "CD" for o in objects or top for t in (o, *o.children))
        fresh = [t for t in top if t.i not in line.mention_of and any(c.lower_ in ("a", "an") for c in t.children)]
        return any(t.lower_ in self.frames.bodies for t in fresh) and self.judge.is_measured(content, line)


def _clause_content(verb: Token, clause: Token) -> Content:
    indices = sorted(t.i for t in clause.subtree)
    first, last = indices[0], indices[-1] + 1
    doc = verb.doc
    while first < verb.i and (doc[first].is_punct or doc[first].lower_ in ("that", "and")):
        first += 1
    while last - 1 > verb.i and doc[last - 1].is_punct:
        last -= 1
    return Content(verb, "clause", first, last)
