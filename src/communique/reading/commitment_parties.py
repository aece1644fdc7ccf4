"""Commitment parties: who agreed, pledged, announced, signed or called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.reading.analysis import Referent
from communique.reading.commitment_content import Content
from communique.reading.commitment_drafts import Scene
from communique.reading.commitment_frames import CommitmentFrame, CommitmentFrames
from communique.reading.grammar import agents, children, prepositional, subjects
from communique.reading.parties import Party

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_LOOSE_MODIFIERS = frozenset(["two", "three", "four", "both"])
_MODIFIERS = ("amod", "compound", "nmod", "poss", "prep", "acl", "relcl")


class PartyFinder:
    """Finds the parties of a commitment: those that the sentence names, else those of the engagement told last."""

    def __init__(self, frames: CommitmentFrames) -> None:
        self.frames = frames

    def around(
        self, trigger: Token, verb: Token | None, frame: CommitmentFrame, content: Content, scene: Scene
    ) -> list[Party]:
        """The parties around a trigger.

        Args:
            trigger: The verb or noun of the frame.
            verb: The trigger itself, or the verb that carries the noun ("REACHED an agreement").
            frame: The trigger's frame.
            content: What was agreed; a text may name its parties ("an accord between X and Y").
            scene: Where the line stands.
        """
        doers = [t for t in agents(verb) if t.i != trigger.i or trigger is verb] if verb is not None else []
        found = self.named(doers, scene)
        if not found and trigger is not verb:
            owners = [t for owner in children(trigger, "poss") for t in (owner, *children(owner, "conj"))]
            found = self.named([*owners, *prepositional(trigger, "by", "from")], scene)
        if frame.joint:
            inside = [content.head.doc[i] for i in content.tokens] if content.form == "noun" else []
            places = [verb, trigger, *inside]
            more = [t for p in places if p is not None for t in prepositional(p, "between", "with", "among")]
            joined = [p for t in more for p in self._joined(t, scene)]
            found += [p for p in joined if all(p.key != q.key for q in found)]
        return found or self.default(scene)

    def _joined(self, head: Token, scene: Scene) -> list[Party]:
        """Whom "with …" and "between …" add: names, and common nouns that stand for somebody known."""
        if scene.line.mention_of.get(head.i) or children(head, "appos"):
            return self.named([head], scene)
        return [p for p in scene.discourse.parties([head], scene.line) if p.referent.type == "person"]

    def named(self, heads: Iterable[Token], scene: Scene) -> list[Party]:
        """Whom the heads of noun phrases stand for; common nouns that nobody knows stand for themselves."""
        out: list[Party] = []
        for head in heads:
            if head.lower_ in self.frames.silent:
                continue
            found = self._party(head, scene)
            out += [p for p in found if all(p.key != q.key for q in out)]
        return out

    def _party(self, head: Token, scene: Scene) -> list[Party]:
        line, discourse = scene.line, scene.discourse
        if head.lower_ in self.frames.speakers:
            return self._speaker(head, scene)
        mention = line.mention_of.get(head.i)
        if mention is None or mention.kind == "post":
            named = [a for a in children(head, "appos") if (m := line.mention_of.get(a.i)) and m.referents]
            if named:
                return discourse.parties(named, line)
        means_states = head.lower_ in self.frames.states
        if mention is None and means_states and self._stands_for_all(head, []):
            return self.default(scene) or discourse.parties([head], line)
        found = discourse.parties([head], line)
        if mention is None and self._stands_for_all(head, found):
            return self.default(scene, people=not means_states) or found
        if not found and head.tag_[:2] == "NN":
            return [Party(Referent(None, discourse.phrase(head, line), "group"), line.anchors[head.i])]
        return found

    def _stands_for_all(self, head: Token, found: Sequence[Party]) -> bool:
        """Whether a bare plural points to all parties: "the parties", "the two officers", "each family"."""
        if head.lower_ not in self.frames.together and head.tag_ != "NNS":
            return any(c.lower_ == "each" for c in children(head, "det"))
        if found and (len(found) > 1 or found[0].referent.type != "group" or found[0].members):
            return False
        return not any(c.lower_ not in _LOOSE_MODIFIERS for c in children(head, *_MODIFIERS))

    def _speaker(self, pronoun: Token, scene: Scene) -> list[Party]:
        """Who says "we" and "I": the subject of a verb of saying in the line, else the person mentioned last."""
        for token in pronoun.doc:
            if token.lower_ in self.frames.says and token.i != pronoun.head.i:
                heads = [t for t in subjects(token) if t.lower_ not in self.frames.speakers]
                found = scene.discourse.parties(heads, scene.line)
                if people := [p for p in found if p.referent.type in ("person", "group")]:
                    return people
        return [s.party for s in scene.discourse.memory.salient[-1:]]

    def default(self, scene: Scene, *, people: bool = False) -> list[Party]:
        """The parties of the engagement told last.

        Args:
            scene: Where the line stands.
            people: Whether words point to the people themselves ("the two ministers agreed"); otherwise states
                stand for those who speak for them ("it was agreed", "the two sides").
        """
        record, discourse = scene.record, scene.discourse
        parties = (
            record.parties if record is not None and len(record.parties) > 1 else list(discourse.memory.last_parties)
        )
        if not people and (states := self._states(parties, scene)):
            return states
        mine = self._distinct(parties or (record.parties if record is not None else []), scene)
        if len(mine) > 1:
            return mine
        seen = {s.party.key: s.party for s in discourse.memory.salient[-4:]}
        return list(seen.values())[-2:] if len(seen) > 1 else mine

    def _states(self, parties: Sequence[Party], scene: Scene) -> list[Party]:
        """The states for which the parties speak, when there are at least two and most parties speak for one."""
        out: dict[str, Party] = {}
        unknown = 0
        for party in (m for p in parties for m in p.resolved()):
            code = self._state(party, scene)
            if code is None:
                unknown += 1
                continue
            name = scene.discourse.knowledge.country_name(code)
            out.setdefault(code, Party(Referent(None, name, "country", code), party.anchor))
        return list(out.values()) if len(out) > 1 and unknown <= len(out) else []

    def _state(self, party: Party, scene: Scene) -> str | None:
        """The state for which a party speaks: its own, or the one that a person's posts name."""
        person = scene.discourse.memory.candidate(party)
        if person is None:
            return party.referent.country
        for post in person.posts:
            if post.country:
                return post.country
            for word in f"{post.title} {post.organization or ''}".split():
                if word[0].isupper() and (code := scene.discourse.knowledge.demonym_country(word)):
                    return code
        return None

    def _distinct(self, parties: Iterable[Party], scene: Scene) -> list[Party]:
        """Delegations by their members, and no country beside a person who speaks for it."""
        members = [m for party in parties for m in party.resolved()]
        people = [scene.discourse.memory.candidate(p) for p in members if p.referent.type == "person"]
        spoken = {post.country for person in people if person is not None for post in person.posts}
        return [p for p in members if p.referent.type != "country" or p.referent.country not in spoken]
