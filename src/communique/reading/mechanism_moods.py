"""Mechanism moods: who vouches for a change of state, and whether it has come, is to come, or is only wished for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import MechanismStatus
from communique.reading.grammar import children, is_negated, is_passive, is_verb, prepositional
from communique.reading.mechanism_words import MechanismWords

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_FUTURE = frozenset("will shall would 'll ’ll wo 'd ’d".split())
_MAYBE = frozenset("may might could can".split())
_COPULAS = frozenset("is are was were be been being".split())
_UNCERTAIN = frozenset("if whether unless lest once until till".split())
_CLASSES = ("void", "call", "agree", "promise", "announce", "affirm")
_NOUNS = {
    "agreement": "agree",
    "decision": "agree",
    "accord": "agree",
    "understanding": "agree",
    "consensus": "agree",
    "green": "agree",
    "plan": "announce",
    "plans": "announce",
    "intention": "announce",
    "promise": "promise",
    "pledge": "promise",
    "commitment": "promise",
    "assurances": "promise",
    "assurance": "promise",
}
_LONGEST_CHAIN = 6


@dataclass(slots=True)
class Mood:
    """How a change of state is told.

    Attributes:
        actor: The verb whose subject vouches for it.
        governor: Class of the verb above: call, agree, promise, announce, affirm; None when nobody is quoted.
        is_ahead: Whether it is still to come.
        is_obliged: Whether it must or should come.
        is_void: Whether it is only possible, conditional, wished for or denied.
        is_purpose: Whether it is only what something else is done for.
    """

    actor: Token
    governor: str | None = None
    is_ahead: bool = False
    is_obliged: bool = False
    is_void: bool = False
    is_purpose: bool = False

    def settle(self, status: MechanismStatus, *, is_known: bool) -> MechanismStatus | None:
        """The state that results.

        Args:
            status: The state that the predicate tells by itself.
            is_known: Whether the mechanism exists already for what the words tell.
        """
        if self.is_void:
            return None
        if self.governor == "call":
            return "called_for" if status not in ("suspended", "failed", "completed") else None
        if status in ("called_for", "reaffirmed"):
            return status
        if self.is_obliged:
            return "reaffirmed" if is_known else "called_for"
        is_bright = status in ("announced", "agreed", "operating")
        if self.governor == "agree":
            return "agreed" if is_bright else status
        if self.governor == "promise" or (self.governor == "affirm" and self.is_ahead):
            return ("reaffirmed" if is_known else "agreed") if is_bright else None
        if self.is_ahead:
            if not is_bright:
                return None
            return "announced" if self.governor == "announce" or not is_known else "reaffirmed"
        return status


class MoodReader:
    """Reads moods from auxiliaries and from the verbs and nouns above a verb."""

    def __init__(self, words: MechanismWords) -> None:
        self.words = words

    def read(self, verb: Token, *, is_relative: bool = False) -> Mood:
        """The mood of a verb.

        Args:
            verb: The verb.
            is_relative: Whether it stands in a clause behind the phrase: then nothing above it counts.
        """
        mood = Mood(verb)
        self._read_auxiliaries(verb, mood)
        if not is_relative:
            self._climb(verb, mood)
        elif "to" in {c.lower_ for c in children(verb, "aux")}:
            mood.is_ahead = True
        return mood

    def _read_auxiliaries(self, verb: Token, mood: Mood) -> None:
        auxiliaries = {c.lower_ for c in children(verb, "aux", "auxpass")}
        mood.is_void |= bool(auxiliaries & _MAYBE)
        mood.is_ahead |= bool(auxiliaries & _FUTURE)
        if "should" in auxiliaries:
            if is_passive(verb):
                mood.governor = "call"
            else:
                mood.is_ahead = True
        mood.is_obliged |= "must" in auxiliaries
        mood.is_void |= any(m.lower_ in _UNCERTAIN for m in children(verb, "mark", "advmod"))

    def _climb(self, verb: Token, mood: Mood) -> None:
        """Follows the verbs above until one vouches for it."""
        bare = "to" in {c.lower_ for c in children(verb, "aux")}
        token = verb
        for _ in range(_LONGEST_CHAIN):
            above, label = token.head, token.dep_
            if above.i == token.i or label in ("relcl", "parataxis", "ROOT"):
                break
            if label == "conj" and is_verb(above):
                token = above
                continue
            if label == "advcl" and bare and above.lower_ in self.words.governors["call"]:
                mood.governor, mood.actor, bare = "call", above, False  # "appealed for it to be restored"
                break
            if label == "advcl":
                mood.is_void |= any(m.lower_ in _UNCERTAIN for m in children(token, "mark", "advmod"))
                break
            if label in ("pcomp", "prep"):
                mood.is_void |= above.lower_ in ("without", "of", "about", "before")
                break
            if above.text in self.words.days:  # "resolved on Monday to open …", joined to the day
                above = next((a for a in above.ancestors if is_verb(a)), above)
            if not is_verb(above):
                if above.lower_ in self.words.ahead:
                    mood.is_ahead, bare, token = True, False, above
                    continue
                mood.governor = mood.governor or self._noun_class(above)
                bare = bare and mood.governor is None
                break
            if self._step(above, token, mood):
                return
            bare = bare and not mood.is_ahead
            token = above
        self._close(verb, mood, is_bare=bare)

    def _step(self, above: Token, token: Token, mood: Mood) -> bool:
        """Takes in one verb above; returns whether it settles the mood."""
        low = above.lower_
        if (
            low in self.words.ahead
            and (is_passive(above) or low in ("going", "due", "about"))
            and token.dep_ == "xcomp"
        ):
            mood.is_ahead = True
            return False
        if low in _COPULAS:
            mood.is_ahead |= token.dep_ == "xcomp" and token.tag_ == "VB"
            return False
        if low in self.words.hearsay and is_passive(above) and token.dep_ == "xcomp":
            mood.is_void |= mood.is_ahead
            return False
        name = next((n for n in _CLASSES if low in self.words.governors[n]), None)
        if low == "called" and not prepositional(above, "for", "on", "upon") and token.dep_ != "xcomp":
            name = None  # "it is called …"
        if name is None:
            if token.dep_ == "ccomp" and mood.is_ahead and mood.governor is None:
                mood.actor = above
            return False
        mood.actor = above
        if name == "void" or is_negated(above):
            mood.is_void = True
        else:
            mood.governor = name
            mood.is_ahead |= token.dep_ == "xcomp" and name in ("affirm", "announce")
        self._read_above(above, mood)
        return True

    def _read_above(self, verb: Token, mood: Mood) -> None:
        """Takes in how the verb above is told: who is to agree has not agreed, who may call for it has not called."""
        if mood.governor == "affirm":
            return
        auxiliaries = {c.lower_ for c in children(verb, "aux")}
        mood.is_void |= bool(auxiliaries & (_MAYBE | _FUTURE)) or (
            "to" in auxiliaries and verb.dep_ == "xcomp" and not is_verb(verb.head)
        )

    def _noun_class(self, noun: Token) -> str | None:
        if noun.lower_ in self.words.calls:
            return "call"
        return _NOUNS.get(noun.lower_)

    def _close(self, verb: Token, mood: Mood, *, is_bare: bool) -> None:
        if is_bare and not mood.is_ahead and mood.governor is None:
            mood.is_purpose = True  # "to open the centre"
