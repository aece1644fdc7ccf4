"""Commitments: what was agreed, pledged, announced, signed or called for, read line by line.

Three readings, in this order: lists of decisions ("The parties agreed:" and its points), verbs and nouns that make a
commitment ("agreed to …", "a promise of …"), and plain sentences about the future ("will provide eight boats").
The words, and how concrete a content each of them demands, stand in `lexicon/commitments.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from communique.lexicon import Lexicon
from communique.model.vocabulary import CommitmentAct
from communique.reading.analysis import Line
from communique.reading.commitment_content import Content, contents, split
from communique.reading.commitment_drafts import CommitmentDraft, Scene, commitment_records
from communique.reading.commitment_frames import CommitmentFrame, CommitmentFrames
from communique.reading.commitment_futures import FutureReader
from communique.reading.commitment_judge import ContentJudge
from communique.reading.commitment_lists import ListReader, OpenList, bullet_end, is_bare_bullet
from communique.reading.commitment_parties import PartyFinder
from communique.reading.discourse import Discourse
from communique.reading.grammar import (
    agents,
    chain,
    children,
    governing_verb,
    is_negated,
    is_verb,
    modality,
    prepositional,
)
from communique.reading.parties import Party
from communique.reading.records import Record

if TYPE_CHECKING:
    from communique.reading.tokens import Token

# Drafts up to this confidence give way to the reading of their line as the item of a list.
_WEAK = 0.5
# Shares of right readings on the development texts (folders a, c, e, g, i), rounded down to a tenth.
_LIST_CONFIDENCE = 0.7
_FUTURE_CONFIDENCE = 0.8


class CommitmentFinder:
    """Finds commitments by the frames of `lexicon/commitments.toml`; lines of a document must come in order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.frames = CommitmentFrames(lexicon)
        self.judge = ContentJudge(self.frames)
        self.parties = PartyFinder(self.frames)
        self.futures = FutureReader(self.frames, self.judge, self.parties)
        self.lists = ListReader(self.frames)
        self._open: OpenList | None = None

    def read_line(self, line: Line, discourse: Discourse, record: Record | None) -> list[CommitmentDraft]:
        """The commitments of one line.

        Args:
            line: A parsed line.
            discourse: What was mentioned before it.
            record: The engagement told last; its parties commit themselves when nobody else is named.
        """
        assert line.doc is not None
        scene = Scene(line, discourse, record)
        opened = self._open if self._open is not None and self._open.discourse is discourse else None
        if opened is not None and is_bare_bullet(line.labelled.words):
            opened.marked = True
            return []
        opening = self.lists.opens(line)
        if opening is not None:
            return self._open_list(opening, scene)
        drafts = self._read_sentence(scene) if line.doc[-1].text != "?" else []
        return drafts if opened is None else self._go_on(opened, drafts, scene)

    # ---- lists -------------------------------------------------------------------------------------------------------
    def _open_list(self, opening: tuple[int, CommitmentAct], scene: Scene) -> list[CommitmentDraft]:
        line = scene.line
        assert line.doc is not None
        start, act = opening
        verbs = [t for t in line.tokens if is_verb(t) and t.lower_ in self.frames.verbs]
        parties = self.parties.named(agents(verbs[0]), scene) if verbs else []
        self._open = OpenList(scene.discourse, act, parties, line.labelled.sentence.block, strict=not verbs)
        drafts = self._items(start, self._open, scene)
        self._open.loose = not drafts
        return drafts

    def _go_on(self, opened: OpenList, drafts: list[CommitmentDraft], scene: Scene) -> list[CommitmentDraft]:
        words = scene.line.labelled.words
        block = scene.line.labelled.sentence.block
        start = self.lists.item(scene.line, opened)
        opened.marked = False
        if start is None:
            self._open = opened if block == opened.block else None
            return drafts
        opened.block = block
        opened.loose = opened.loose and bullet_end(words) is None
        if any(draft.confidence > _WEAK for draft in drafts) or self.lists.is_idle(words[start:]):
            return drafts
        return self._items(start, opened, scene)

    def _items(self, start: int, opened: OpenList, scene: Scene) -> list[CommitmentDraft]:
        line = scene.line
        assert line.doc is not None
        words = line.labelled.words
        out = []
        for first, last in self.lists.split_items(words, start):
            begin, end = words[first].start, words[last - 1].end
            tokens = [t for t in line.tokens if begin <= line.anchors[t.i][0] and line.anchors[t.i][1] <= end]
            if not tokens or (opened.strict and not self.lists.is_step(words[first:last])):
                continue
            inside = {t.i for t in tokens}
            top = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
            content = Content(top, "clause", tokens[0].i, tokens[-1].i + 1)
            parties = opened.parties or self.parties.default(scene)
            out.append(self._draft(opened.act, parties, content, scene, _LIST_CONFIDENCE))
        return out

    # ---- sentences --------------------------------------------------------------------------------------------------
    def _read_sentence(self, scene: Scene) -> list[CommitmentDraft]:
        line = scene.line
        assert line.doc is not None
        drafts: list[CommitmentDraft] = []
        claimed: set[int] = set()
        for token in line.tokens:
            if token.i not in line.mention_of and token.i not in claimed:
                for draft in self._read_token(token, scene):
                    drafts.append(draft)
                    claimed |= draft.claimed
        signed = any(draft.act == "signed" for draft in drafts)
        for token in line.tokens:
            if token.i in claimed or token.i in line.mention_of or not is_verb(token):
                continue
            future = self.futures.read(token, scene)
            if future is not None and not (signed and future[0] == "agreed"):
                drafts.append(self._draft(*future, scene, _FUTURE_CONFIDENCE))
                claimed |= drafts[-1].claimed
        return drafts

    def _read_token(self, token: Token, scene: Scene) -> Iterator[CommitmentDraft]:
        low = token.lower_
        if low in self.frames.verbs and is_verb(token) and self._is_real(token):
            for frame in self.frames.verbs[low]:
                if frame.main and token.dep_ in ("acl", "relcl", "amod"):
                    continue
                found = list(self._drafts(token, token, frame, scene))
                yield from found
                if found:
                    return
        elif low in self.frames.nouns and (not is_verb(token) or token.tag_ == "VBG"):
            for frame in self.frames.nouns[low]:
                verb = governing_verb(token)
                if self._is_carried(token, verb, frame):
                    yield from self._drafts(token, verb, frame, scene)

    def _is_carried(self, noun: Token, verb: Token | None, frame: CommitmentFrame) -> bool:
        if any(c.lower_ in ("no", "any") for c in children(noun, "det")):
            return False
        if verb is None:
            return not frame.verbs
        return self._is_real(verb) and (not frame.verbs or verb.lower_ in frame.verbs)

    def _is_real(self, verb: Token) -> bool:
        """Whether something is told as done: not negated, not wished, not only possible, not still to come."""
        if is_negated(verb) or any(m.lower_ in self.frames.void_marks for m in children(verb, "mark")):
            return False
        mode = modality(verb)
        perfect = any(c.lower_ == "have" for c in children(verb, "aux"))
        if mode in ("maybe", "future") or (mode == "infinitive" and not perfect):
            return False
        above = list(chain(verb))[1:]
        return not any(is_negated(link) or link.lower_ in self.frames.void_verbs for link in above)

    def _drafts(
        self, trigger: Token, verb: Token | None, frame: CommitmentFrame, scene: Scene
    ) -> Iterator[CommitmentDraft]:
        found = list(contents(trigger, frame))
        if not found and verb is not None and trigger is not verb and trigger.dep_ in ("dobj", "nsubjpass"):
            found = list(contents(verb, frame))
        parties: list[Party] | None = None
        for content, demand in found:
            if not self.judge.meets(content, demand, scene.line):
                continue
            if parties is None:
                parties = self.parties.around(trigger, verb, frame, content, scene)
            target = self._target(trigger, frame, scene)
            for point in split(content, trigger):
                draft = self._draft(frame.act, parties, point, scene, frame.confidence)
                draft.target = target
                yield draft

    def _draft(
        self, act: CommitmentAct, parties: Sequence[Party], content: Content, scene: Scene, confidence: float
    ) -> CommitmentDraft:
        line = scene.line
        mechanism = self.judge.mechanism(content, line)
        return CommitmentDraft(
            act=act,
            parties=list(parties),
            what=(line.anchors[content.first][0], line.anchors[content.last - 1][1]),
            lines=[line],
            mechanism=_bare(scene.discourse.phrase(mechanism, line)) if mechanism is not None else None,
            record=scene.record,
            confidence=confidence,
            topic=content.head.lower_,
            definite=any(c.lower_ in ("the", "this", "that") for c in children(content.head, "det")),
            claimed=set(content.tokens),
        )

    def _target(self, trigger: Token, frame: CommitmentFrame, scene: Scene) -> str | None:
        heads = prepositional(trigger, *frame.addressee) if frame.addressee else []
        heads += children(trigger, "dative") if frame.act == "pledged" else []
        heads += children(trigger, "dobj") if frame.act == "called_for" and frame.infinitive else []
        found = scene.discourse.parties(heads, scene.line)
        return found[0].referent.name if found else None


def _bare(phrase: str) -> str:
    """A noun phrase without signs and articles before it."""
    words = phrase.split()
    while len(words) > 1 and (not words[0][0].isalnum() or words[0].lower() in ("a", "an", "the")):
        words.pop(0)
    return " ".join(words)


__all__ = ["CommitmentDraft", "CommitmentFinder", "commitment_records"]
