"""Commitment content: the words of a sentence that say what was agreed or promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from communique.reading.commitment_frames import CommitmentFrame, Demand
from communique.reading.grammar import children, is_passive, is_verb, modality

if TYPE_CHECKING:
    from communique.reading.tokens import Parse, Token

ContentForm = Literal["infinitive", "gerund", "clause", "noun"]
_COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl", "relcl", "dep")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a commitment in one sentence.

    Attributes:
        head: The verb or noun at its top.
        form: Which kind of phrase it is.
        first: Index of its first token in the surrogate sentence.
        last: Index after its last token.
    """

    head: Token
    form: ContentForm
    first: int
    last: int

    @property
    def tokens(self) -> range:
        """Indices of its tokens."""
        return range(self.first, self.last)


def contents(trigger: Token, frame: CommitmentFrame) -> Iterator[tuple[Content, Demand]]:
    """The phrases around a trigger that its frame takes as content, each with what is demanded of it."""
    for child in trigger.children:
        if frame.infinitive and _is_infinitive(child, trigger):
            yield _content(child, "infinitive", trigger), frame.infinitive
        elif "for" in frame.prepositions and child.dep_ in _COMPLEMENTS and _is_for_clause(child):
            yield _content(child, "infinitive", trigger), frame.prepositions["for"]
        elif frame.clause and child.dep_ in ("ccomp", "acl", "relcl") and is_verb(child) and _is_clause(child):
            yield _content(child, "clause", trigger), frame.clause
        elif child.dep_ in ("prep", "dative") and child.lower_ in frame.prepositions:
            yield from _prepositional(child, trigger, frame.prepositions[child.lower_])
        elif frame.object and child.dep_ in ("dobj", "nsubjpass", "oprd") and child.dep_ != "expl":
            yield _content(child, "noun", trigger), frame.object
    if frame.object and not frame.main:
        noun = _described(trigger)
        if noun is not None:
            yield Content(noun, "noun", *_noun_range(noun, trigger)), frame.object


def _described(verb: Token) -> Token | None:
    """The noun that a participle or a relative clause describes ("the pact signed with …", "inked by X, the pact …").

    It must be the subject of its sentence, or the clause must name its agent: others are told in passing.
    """
    pronouns = [c for c in children(verb, "dobj", "nsubjpass") if c.lower_ in ("which", "that")]
    relative = verb.dep_ == "relcl" and bool(pronouns)
    if relative or (verb.dep_ == "acl" and is_passive(verb)):
        noun = verb.head
        return noun if noun.dep_ in ("nsubj", "nsubjpass", "ROOT") or children(verb, "agent") else None
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return next(iter(children(verb.head, "nsubj", "nsubjpass")), None)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.dep_ == "advcl" and verb.head.tag_ == "VBN":
        return next(iter(children(verb.head.head, "nsubj", "nsubjpass")), None)
    return None


def _prepositional(prep: Token, trigger: Token, demand: Demand) -> Iterator[tuple[Content, Demand]]:
    for child in prep.children:
        if child.dep_ == "pcomp" and is_verb(child):
            yield _content(child, "gerund", trigger), demand
        elif child.dep_ == "pobj":
            yield _content(child, "gerund" if child.tag_ == "VBG" else "noun", trigger), demand
        elif child.dep_ == "conj" and child.lower_ == prep.lower_:
            yield from _prepositional(child, trigger, demand)


def _is_infinitive(child: Token, trigger: Token) -> bool:
    return (
        child.i > trigger.i
        and child.dep_ in _COMPLEMENTS
        and is_verb(child)
        and modality(child) == "infinitive"
        and not [s for s in children(child, "nsubj", "nsubjpass") if s.lower_ not in ("who", "which", "that")]
    )


def _is_for_clause(verb: Token) -> bool:
    """Whether a verb stands in a clause like "(called) for a mission to be sent"."""
    return any(m.lower_ == "for" for m in children(verb, "mark", "prep", "aux")) and modality(verb) == "infinitive"


def _is_clause(verb: Token) -> bool:
    """Whether a verb has a subject of its own, and is not a relative clause."""
    return any(s.lower_ not in ("which", "who") for s in children(verb, "nsubj", "nsubjpass", "expl", "attr")) and (
        verb.dep_ == "ccomp" or any(m.lower_ == "that" for m in children(verb, "mark"))
    )


def _content(head: Token, form: ContentForm, trigger: Token) -> Content:
    indices = sorted(t.i for t in head.subtree if (t.i > trigger.i) == (head.i > trigger.i))
    return Content(head, form, *_trimmed(head, indices[0], indices[-1] + 1, form))


def split(content: Content, trigger: Token) -> list[Content]:
    """The points of a content that repeats its "to" or "that" ("to open an office and to send …", "that …; that …").

    The words decide, not the parse, which is at a loss after semicolons; the last point must follow "and" or ";".
    """
    doc = content.head.doc
    if content.first < trigger.i:
        return [content]
    ends = [i for i in range(content.first + 1, len(doc)) if doc[i].text == ";" and _marker(doc, i + 1)]
    limit = len(doc) if ends else content.last
    cuts = [i for i in range(content.first + 1, limit) if _is_cut(doc, i, content)]
    if not cuts or doc[cuts[-1] - 1].lower_ == ",":
        return [content]
    bounds = [content.first, *(i + 1 for i in cuts), limit]
    out = []
    for k, (first, last) in enumerate(pairwise(bounds)):
        stop = cuts[k] if k < len(cuts) else last
        head = content.head if k == 0 else _top(doc[first:stop])
        form = content.form if k == 0 else "clause" if doc[first - 1].lower_ == "that" else "infinitive"
        out.append(Content(head, form, *_trimmed(head, first, max(stop, head.i + 1), form)))
    return out


def _marker(doc: Parse, i: int) -> bool:
    while i < len(doc) and doc[i].lower_ in ("and", ","):
        i += 1
    return i < len(doc) and doc[i].lower_ in ("to", "that")


def _is_cut(doc: Parse, i: int, content: Content) -> bool:
    low, before = doc[i].lower_, doc[i - 1].lower_
    if before not in ("and", ",", ";") or i + 1 >= len(doc):
        return False
    if low == "that":
        return content.form == "clause" and doc[i].dep_ != "det"
    return low == "to" and (
        doc[i + 1].tag_ == "VB" or (doc[i + 1].tag_ == "RB" and doc[min(i + 2, len(doc) - 1)].tag_ == "VB")
    )


def _top(tokens: Sequence[Token]) -> Token:
    """The verb at the top of a stretch, else its topmost token."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head.i == t.i or t.head.i not in inside]
    return next((t for t in tops if is_verb(t)), next((t for t in tokens if is_verb(t)), tokens[0]))


def _noun_range(noun: Token, trigger: Token) -> tuple[int, int]:
    barred = {t.i for t in trigger.subtree}
    kept = [t.i for t in noun.subtree if t.i not in barred and t.i < trigger.i] or [noun.i]
    return _trimmed(noun, kept[0], kept[-1] + 1, "noun")


def _trimmed(head: Token, first: int, last: int, form: ContentForm) -> tuple[int, int]:
    doc = head.doc
    opening = ("to", "that", "for") if form in ("infinitive", "clause") else ("a", "an", "the")
    while first < head.i and (doc[first].is_punct or doc[first].lower_ in opening):
        first += 1
    while last - 1 > head.i and (doc[last - 1].is_punct or doc[last - 1].lower_ in ("and", "or", "but")):
        last -= 1
    return first, last
