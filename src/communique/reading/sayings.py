"""Sayings: the words of a line that tell that somebody said something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.model.vocabulary import StatementAct
from communique.reading.acts import SayingVerb, SpeechActs
from communique.reading.analysis import Line
from communique.reading.grammar import children, is_negated, is_passive, is_verb, modality, patients
from communique.reading.quotes import Quotation

if TYPE_CHECKING:
    from communique.reading.tokens import Token


# How often such words were a statement on all ten development folders (43 of 48, 68 of 99, 27 of 48).
_CARRIED = 0.9
_QUOTED = 0.68
_TOLD = 0.55


@dataclass(slots=True)
class Saying:
    """A word of saying.

    Attributes:
        token: The verb (or the noun, for "a call from X for …").
        act: Its act; None when what was said must tell.
        confidence: How often such a word was a statement where we measured.
        noun: The noun that it carries ("expressed CONCERN").
        is_quoted: Whether quotation marks stand in its part of the sentence.
        rule: The rule that found it: "verb", "carried", "noun", "speech".
    """

    token: Token
    act: StatementAct | None
    confidence: float
    noun: Token | None = None
    is_quoted: bool = False
    rule: str = "verb"


def sayings_of(line: Line, acts: SpeechActs, quoted: Sequence[Quotation]) -> list[Saying]:
    """The words of saying of a parsed line outside quotations, left to right.

    A plain "said" that only reports what another word of saying tells ("he urged calm, his office said") is left out.
    """
    assert line.doc is not None
    found = []
    for token in line.tokens:
        if token.lower_ not in acts.words or token.i in line.mention_of:
            continue
        if any(q.holds(line.anchors[token.i][0]) for q in quoted):
            continue
        saying = _verb(token, line, acts, quoted) if is_verb(token) else _noun(token, acts)
        if saying is not None:
            found.append(saying)
    return [s for s in found if s.act is not None or not _reports(s, found)]


def _noun(token: Token, acts: SpeechActs) -> Saying | None:
    frame = acts.calls.get(token.lower_)
    if frame is None:
        return None
    has_owner = bool(children(token, "poss")) or any(
        c.dep_ == "prep" and c.lower_ in ("from", "by") for c in token.children
    )
    follows = {c.lower_ for c in token.children if c.dep_ == "prep"}
    follows |= {a.lower_ for c in children(token, "acl", "relcl", "advcl") for a in children(c, "aux")}
    if has_owner and follows & set(frame.needs):
        return Saying(token, frame.act, frame.confidence, rule="noun")
    return None


def _verb(token: Token, line: Line, acts: SpeechActs, quoted: Sequence[Quotation]) -> Saying | None:
    low = token.lower_
    if is_negated(token) or (token.i and token.nbor(-1).lower_ == "nor"):
        return None
    if modality(token) in ("future", "maybe") or not _is_told(token, acts):
        return None
    has_quote = _has_quote(token, line, quoted)
    for noun in patients(token):
        act = acts.carried(low, noun.lower_)
        if act:
            return Saying(token, act, _CARRIED, noun, has_quote, "carried")
    for verb in acts.verbs.get(low, ()):
        if any(_meets(need, token, line, acts, has_quote) for need in verb.needs) and not _is_called(verb, token):
            return Saying(token, verb.act, verb.confidence, None, has_quote)
    speech = acts.speech.get(low)
    if speech is None:
        return None
    if speech.judging:
        is_judgement = bool(children(token, "oprd", "ccomp", "xcomp")) or any(c.lower_ == "as" for c in token.children)
        is_judgement = is_judgement and not any(c.lower_ == "what" for c in token.children)
        return Saying(token, None, _TOLD, None, has_quote, "speech") if is_judgement else None
    if has_quote or (not speech.quoted and has_clause(token)):
        return Saying(token, None, _QUOTED if has_quote else _TOLD, None, has_quote, "speech")
    return None


def _is_called(verb: SayingVerb, token: Token) -> bool:
    """Whether a verb with a preposition stands in the passive: "a meeting called by the mayor"."""
    return is_passive(token) and "for" in verb.needs and "object" not in verb.needs


def _is_told(token: Token, acts: SpeechActs) -> bool:
    """Whether a verb form tells a fact: finite, a participle, or the purpose of something done.

    "Went on to thank", "came to thank" and "is said to have thanked" do; "wants to thank", "expected to thank" do not.
    """
    if modality(token) != "infinitive":
        return True
    above = token.head
    if token.dep_ == "conj" and is_verb(above):
        return _is_told(above, acts)
    if token.dep_ == "xcomp":
        return above.lower_ in acts.lasting or any(c.lower_ == "have" for c in children(token, "aux"))
    return token.dep_ in ("advcl", "acl") and not (is_verb(above) and above.lower_ in acts.words)


def _meets(need: str, token: Token, line: Line, acts: SpeechActs, has_quote: bool) -> bool:
    if need == "object":
        return bool(children(token, "dobj", "dative")) or (is_passive(token) and token.dep_ != "acl")
    if need == "abstract":
        return any(not _is_people(o, line, acts) for o in patients(token))
    if need == "clause":
        return has_clause(token)
    if need == "quote":
        return has_quote
    if need.endswith(" to"):
        preposition = need.removesuffix(" to")
        return any(c.lower_ == preposition and c.dep_ in ("prep", "prt") for c in token.children) and any(
            t.lower_ == "to" and t.dep_ == "aux" for t in token.subtree
        )
    return any(c.lower_ == need and c.dep_ in ("prep", "prt", "dative", "advmod", "dobj") for c in token.children)


def _is_people(token: Token, line: Line, acts: SpeechActs) -> bool:
    mention = line.mention_of.get(token.i)
    if mention is not None:
        return mention.kind in ("person", "post")
    return token.tag_.startswith("PRP") or token.lower_ in acts.people


def _has_quote(token: Token, line: Line, quoted: Sequence[Quotation]) -> bool:
    if not quoted:
        return False
    start, end = clause_span(token, line, ())
    return any(q.start < end + 2 and q.end > start - 2 for q in quoted)


def _reports(saying: Saying, sayings: Iterable[Saying]) -> bool:
    below = {t.i for c in children(saying.token, "ccomp", "xcomp", "parataxis") for t in c.subtree}
    return any(other.token.i in below for other in sayings if other is not saying)


def has_clause(verb: Token) -> bool:
    """Whether a clause depends on a verb, or the verb stands inside one ("the talks, he said, were frank")."""
    return (
        verb.dep_ == "parataxis"
        or bool(children(verb, "ccomp", "xcomp"))
        or any(c.dep_ == "prep" and c.lower_ == "that" for c in verb.children)
    )


def clause_span(verb: Token, line: Line, others: Iterable[int]) -> tuple[int, int]:
    """Half-open offsets of a verb's clause, without the clauses of other words of saying below it.

    Args:
        verb: The word of saying.
        line: Its line.
        others: Token indexes of the other words of saying.
    """
    dropped: set[int] = set()
    for token in verb.subtree:
        if token.i != verb.i and token.i in others and token.dep_ not in ("nsubj", "dobj", "pobj"):
            dropped.update(t.i for t in token.subtree)
    kept = [t for t in verb.subtree if t.i not in dropped]
    while len(kept) > 1 and (kept[-1].is_punct or kept[-1].dep_ == "cc"):
        kept.pop()
    while len(kept) > 1 and (kept[0].dep_ == "cc" or kept[0].text in (",", ";")):
        kept.pop(0)
    return line.anchors[kept[0].i][0], line.anchors[kept[-1].i][1]
