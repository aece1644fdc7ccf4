"""Grammar: who does what in a parsed surrogate sentence.

All functions take spaCy tokens of a surrogate sentence; the labels are those of ClearNLP dependencies that the English
models use (nsubj, nsubjpass, dobj, agent, prep, pobj, conj, relcl, acl, advcl, xcomp …).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_RELATIVES = frozenset("who which that whom whose".split())
_NEGATIONS = frozenset("not n't n’t never no neither nor without".split())
_FUTURE_MODALS = frozenset("will shall 'll ’ll wo".split())
_MAYBE_MODALS = frozenset("may might could would should can".split())


def children(token: Token, *labels: str) -> list[Token]:
    """Children of a token with one of the dependency labels."""
    return [child for child in token.children if child.dep_ in labels]


def objects(token: Token, *labels: str) -> list[Token]:
    """Children of a token with one of the dependency labels, each with what is coordinated with it."""
    return [member for child in children(token, *labels) for member in conjuncts(child)]


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in order ("X, Y and Z")."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and _is_list(token, child)):
            out += conjuncts(child)
    return out


def _is_list(token: Token, child: Token) -> bool:
    """Whether an "apposition" is really the next member of a list: the parser takes "X, Y, and Z" so at times."""
    return any(grand.dep_ in ("conj", "cc") for grand in child.children) or any(
        other.dep_ == "cc" and other.i > child.i for other in token.children
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not children(verb, "aux")


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the noun phrases that are the surface subject of a verb, inherited where it has none of its own."""
    own = children(verb, "nsubj", "nsubjpass", "csubj")
    real = [token for token in own if token.lower_ not in _RELATIVES]
    if real:
        return [member for token in real for member in conjuncts(token)]
    if depth > 5:
        return []
    head = verb.head
    if own and verb.dep_ == "relcl":
        return [head]
    if own and own[0].lower_ in _RELATIVES:
        noun = _antecedent(verb)
        return [noun] if noun is not None else []
    if verb.dep_ in ("acl", "relcl"):
        return [head]
    if verb.dep_ == "conj" and head.i != verb.i:
        if is_verb(head):
            return subjects(head, depth + 1)
        return [head] if head.dep_ in ("pobj", "dobj", "nsubj") else []
    if verb.dep_ in ("xcomp", "advcl", "pcomp", "ccomp", "parataxis", "dep"):
        return _controllers(verb, depth)
    return []


def _controllers(verb: Token, depth: int) -> list[Token]:
    """The subject that a verb takes from what governs it ("wants to meet", "asked him to meet", "plans to meet")."""
    governor = verb.head
    while governor.dep_ in ("prep", "pcomp") and governor.head.i != governor.i:
        governor = governor.head
    if is_verb(governor):
        controlled = [c for c in children(governor, "dobj") if verb.dep_ == "xcomp"]
        if controlled:
            return conjuncts(controlled[0])
        return subjects(governor, depth + 1)
    if governor.dep_ in ("pobj", "dobj", "nsubj", "attr", "ROOT") or verb.dep_ == "pcomp":
        return noun_agents(governor, depth + 1)
    return []


def noun_agents(noun: Token, depth: int = 0) -> list[Token]:
    """Who is behind a noun ("his decision to visit"): its possessor, or the subject of the verb above it."""
    owner = children(noun, "poss")
    if owner:
        return conjuncts(owner[0])
    verb = governing_verb(noun)
    return subjects(verb, depth + 1) if verb is not None and depth < 5 else []


def _antecedent(verb: Token) -> Token | None:
    token = verb
    while token.dep_ not in ("relcl", "acl") and token.head.i != token.i:
        token = token.head
    return token.head if token.dep_ in ("relcl", "acl") else None


def is_own_subject(token: Token) -> bool:
    """Whether a token heads the subject of a verb."""
    return token.dep_ in ("nsubj", "nsubjpass")


def is_subject(token: Token) -> bool:
    """Whether a token heads the subject of a verb, or is coordinated with the head of one."""
    return is_own_subject(token) or (token.dep_ == "conj" and is_own_subject(token.head))


def is_subjectless(verb: Token) -> bool:
    """Whether the subject is left out, as agendas and notes do ("Tue: receives the envoy")."""
    return (
        verb.dep_ == "ROOT"
        and verb.tag_ in ("VBZ", "VBD", "VBN", "VB")
        and not children(verb, "nsubj", "nsubjpass", "expl", "auxpass", "aux")
    )


def agents(verb: Token) -> list[Token]:
    """Who does it: the subject of an active verb, the by-phrase of a passive one."""
    if is_passive(verb):
        return [m for agent in children(verb, "agent") for m in objects(agent, "pobj")]
    return subjects(verb)


def patients(verb: Token) -> list[Token]:
    """To whom it is done: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        if verb.dep_ == "acl" and not children(verb, "nsubjpass"):
            return [verb.head]
        return subjects(verb)
    return objects(verb, "dobj", "dative", "oprd")


def prepositional(token: Token, *prepositions: str) -> list[Token]:
    """Heads of the noun phrases that hang on a token by one of the prepositions, chains of them included."""
    out: list[Token] = []
    preps = [p for first in children(token, "prep", "agent", "dative") for p in (first, *children(first, "conj"))]
    for prep in preps:
        if prep.lower_ in prepositions:
            out += objects(prep, "pobj")
            for inner in children(prep, "prep"):
                if inner.lower_ in prepositions or prep.lower_ in ("together", "along", "alongside"):
                    out += objects(inner, "pobj")
    return out


def governing_verb(noun: Token) -> Token | None:
    """The verb of which a noun is the object, the subject or a prepositional complement."""
    token = noun
    while token.dep_ in ("conj", "appos") and token.head.i != token.i and not is_verb(token.head):
        token = token.head
    if token.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "npadvmod"):
        return token.head if is_verb(token.head) else None
    if token.dep_ == "pobj":
        prep = token.head
        while prep.dep_ in ("prep", "pcomp") and prep.head.dep_ == "prep":
            prep = prep.head
        above = prep.head
        return above if is_verb(above) else None
    return None


def is_verb(token: Token) -> bool:
    """Whether the tagger takes the token for a verb form."""
    return token.tag_.startswith(("VB", "MD"))


def verb_above(token: Token) -> Token | None:
    """The closest verb above a token."""
    head = token
    while head.head.i != head.i:
        head = head.head
        if is_verb(head):
            return head
    return None


def chain(verb: Token) -> Iterator[Token]:
    """A verb and the verbs that govern it ("was expected to meet": meet, expected)."""
    token = verb
    seen = 0
    while True:
        yield token
        seen += 1
        if token.dep_ in ("xcomp", "ccomp") and is_verb(token.head) and token.i > token.head.i and seen < 5:
            token = token.head
        elif token.dep_ in ("xcomp", "acl") and token.head.i != token.i and seen < 5 and not is_verb(token.head):
            token = token.head
            yield token
            return
        else:
            return


def is_negated(verb: Token) -> bool:
    """Whether the verb, or an auxiliary or the subject of it, is negated."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("neg", "advmod", "preconj")):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            d.lower_ in ("no", "neither", "none") for d in (child, *children(child, "det"))
        ):
            return True
    return False


def modality(verb: Token) -> str:
    """How a verb is told by its tense and auxiliaries.

    Returns:
        "future" (will meet), "maybe" (may meet), "infinitive" (to meet), "counterfactual" (to have met), "pluperfect"
        (had met), "past" (met, has met), "progressive" (is meeting), "present" (meets) or "none".
    """
    auxiliaries = [child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(a in _FUTURE_MODALS for a in auxiliaries):
        return "future"
    if any(a in _MAYBE_MODALS for a in auxiliaries):
        return "maybe"
    if "to" in auxiliaries:
        return "counterfactual" if "have" in auxiliaries and verb.dep_ not in ("xcomp", "ccomp") else "infinitive"
    if "had" in auxiliaries:
        return "pluperfect"
    if "going" in auxiliaries:
        return "future"
    if verb.tag_ in ("VBD", "VBN"):
        return "past"
    if any(a in ("was", "were", "has", "have", "been") for a in auxiliaries):
        return "past"
    if verb.tag_ == "VBG" and any(a in ("is", "are", "'s", "’s") for a in auxiliaries):
        return "progressive"
    return "present" if verb.tag_ in ("VBP", "VBZ") else "none"
