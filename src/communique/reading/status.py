"""Status: whether an engagement was held, is planned or was called off, and whether it is only background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import EngagementStatus
from communique.reading.frames import Frames
from communique.reading.grammar import chain, children, is_negated, is_verb, modality
from communique.reading.triggers import Trigger

if TYPE_CHECKING:
    from communique.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Standing:
    """What the words around a trigger say of its reality.

    Attributes:
        status: held, planned, cancelled.
        denied: Whether it is denied, only wished for, or did not happen.
        background: Whether it is told only as the past.
        moved: Whether it was put off to another day.
    """

    status: EngagementStatus
    denied: bool
    background: bool
    moved: bool = False


class StatusJudge:
    """Judges triggers by tense, auxiliaries and the cue words of `frames.toml`."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames

    def judge(self, trigger: Trigger) -> Standing:
        """The standing of one trigger."""
        verb = trigger.verb
        words = {c.lower_ for c in trigger.token.children if c.dep_ in ("amod", "det", "advmod", "compound")}
        sentence = trigger.line.doc.text.lower() if trigger.line.doc is not None else ""
        if verb is not None and self._is_cancelled(trigger, verb, sentence):
            return Standing("cancelled", False, False)
        if verb is not None and self._is_postponed(trigger, verb, sentence):
            return Standing("planned", False, False, moved=True)
        if words & self.frames.denied_words and trigger.is_noun:
            return Standing("held", True, False)
        if verb is None:
            fixed = {c.lower_ for c in trigger.token.children if c.dep_ in ("acl", "amod")} & self.frames.fixed_words
            return Standing(
                "planned" if fixed or words & self.frames.planned_words else "held",
                False,
                self._is_past(trigger, None, words),
            )
        if is_negated(verb):
            called_off = (
                trigger.is_noun
                and verb.lower_ in self.frames.happens
                and verb.lower_ not in ("is", "was", "are", "were", "be")
            )
            return Standing("cancelled", False, False) if called_off else Standing("held", True, False)
        if modality(verb) == "counterfactual":
            if self._mentions(sentence, self.frames.postponed_verbs, self.frames.postponed_phrases):
                return Standing("planned", False, False, moved=True)
            if self._mentions(sentence, self.frames.cancelled_verbs, self.frames.cancelled_phrases):
                return Standing("cancelled", False, False)
        if self._is_disowned(verb):
            return Standing("held", True, False)
        status = self._tense(trigger, verb, words)
        if status is None:
            return Standing("held", True, False)
        return Standing(status, False, status == "held" and self._is_past(trigger, verb, words))

    def _mentions(self, sentence: str, verbs: frozenset[str], phrases: tuple[str, ...]) -> bool:
        return any(phrase in sentence for phrase in phrases) or bool(set(sentence.split()) & verbs)

    def _is_disowned(self, verb: Token) -> bool:
        """Whether it stands below a denial: "denied reports that she had met"."""
        token = verb
        for _ in range(5):
            if token.dep_ not in ("ccomp", "xcomp", "acl", "dobj", "pobj", "prep", "pcomp") or token.head.i == token.i:
                return False
            if token.dep_ == "ccomp" and token.i < token.head.i:
                return False
            token = token.head
            if is_verb(token) and token.lower_ in self.frames.denied_verbs:
                return True
        return False

    def _is_cancelled(self, trigger: Trigger, verb: Token, sentence: str) -> bool:
        if verb.lower_ in self.frames.cancelled_verbs and verb.i != trigger.token.i and trigger.is_noun:
            return True
        return (
            trigger.is_noun
            and any(p in sentence for p in self.frames.cancelled_phrases)
            and self._near_phrase(verb, self.frames.cancelled_phrases)
        )

    def _is_postponed(self, trigger: Trigger, verb: Token, sentence: str) -> bool:
        if not trigger.is_noun:
            return False
        if verb.lower_ in self.frames.postponed_verbs and verb.i != trigger.token.i:
            return True
        return any(p in sentence for p in self.frames.postponed_phrases) and self._near_phrase(
            verb, self.frames.postponed_phrases
        )

    def _near_phrase(self, verb: Token, phrases: tuple[str, ...]) -> bool:
        follow = " ".join(t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i + 4])
        return any(phrase in follow for phrase in phrases)

    def _tense(self, trigger: Trigger, verb: Token, words: set[str]) -> EngagementStatus | None:
        """held, planned, or None when it is not told as real."""
        planned_word = bool(words & self.frames.planned_words) and trigger.is_noun
        if self._is_fixed(verb):
            return "planned"
        for k, link in enumerate(chain(verb)):
            mode = modality(link) if is_verb(link) else "none"
            if k and is_negated(link):
                return None
            if mode == "future":
                return "planned"
            if mode == "maybe":
                return None
            if k:
                low = link.lower_
                if low in self.frames.denied_verbs:
                    return None
                if low in self.frames.wished_verbs:
                    return None
                if low in self.frames.planned_verbs or any(
                    c.lower_ in self.frames.planned_verbs for c in children(link, "acomp", "advmod", "oprd")
                ):
                    return "planned"
        mode = modality(verb)
        if mode == "counterfactual":
            return None
        if mode == "infinitive":
            head = verb.head
            if head.lower_ in self.frames.planned_verbs or head.lower_ in ("is", "are", "due", "set"):
                return "planned"
            if verb.dep_ in ("advcl", "relcl", "acl", "ROOT"):
                return "planned" if verb.dep_ != "advcl" or self._has_motion(head) else None
            return None if verb.dep_ == "xcomp" and head.lower_ in self.frames.wished_verbs else "held"
        if mode == "progressive":
            return "held"
        return "planned" if planned_word and mode != "past" else "held"

    def _is_fixed(self, verb: Token) -> bool:
        """Whether a meeting or a guest is said to be on the calendar: "is set for Sunday", not "had been planned"."""
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.lower_}
        if not auxiliaries & {"is", "are", "been", "'s"} or "had" in auxiliaries:
            return False
        return verb.lower_ in self.frames.fixed_words or any(
            c.lower_ in self.frames.fixed_words for c in children(verb, "acomp", "oprd", "attr")
        )

    def _has_motion(self, head: Token) -> bool:
        return head.lower_ in self.frames.holds

    def _is_past(self, trigger: Trigger, verb: Token | None, words: set[str]) -> bool:
        if words & self.frames.past_words and trigger.is_noun:
            return True
        if verb is None:
            return False
        return any(
            c.lower_ in ("last", "previously", "once") and c.dep_ == "advmod" and c.i < verb.i for c in verb.children
        )
