"""Speakers: who stands behind a word of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.reading.acts import SpeechActs
from communique.reading.analysis import Line, Referent
from communique.reading.discourse import Discourse
from communique.reading.grammar import agents, children, conjuncts, is_verb, noun_agents, prepositional
from communique.reading.memory import people_in
from communique.reading.parties import Party
from communique.reading.quotes import Quotation
from communique.reading.sayings import Saying

if TYPE_CHECKING:
    from communique.reading.tokens import Token

_PLURAL = frozenset(("they", "both", "all", "each"))
_INDEFINITE = frozenset(("a", "an"))
_ARTICLES = frozenset(("the", "these", "those"))
_PAIR = 2
_HIS = frozenset(("his", "her"))
_VOICES = frozenset(("office",))
"""Who speaks for "him" or "her": "his office said"."""
_SENT = frozenset(("envoy",))
_MAY_BE_SENT = frozenset(("head", "representative", "special representative", "coordinator", "mediator"))
_PRONOUNS = frozenset(("he", "she", "it", "they"))


class SpeakerFinder:
    """Finds whom words of saying belong to, line by line."""

    def __init__(self, acts: SpeechActs) -> None:
        self.acts = acts
        self.last_body: Party | None = None
        self._last: Party | None = None
        self._last_line = -1

    def find(self, saying: Saying, line: Line, discourse: Discourse, quoted: Sequence[Quotation] = ()) -> list[Party]:
        """Who says it: two people one by one, "both sides" as one; none when nobody speaks."""
        verb = saying.token
        if not is_verb(verb):
            tokens = [m for owner in children(verb, "poss") for m in conjuncts(owner)] or prepositional(
                verb, "from", "by"
            )
        else:
            tokens = _behind(verb, line) or self._quoted(verb) or _left_to(verb) or self._reporter(agents(verb), verb)
            tokens = [t for t in tokens if not _is_quoted(t, line, quoted)]
            tokens = [t for t in tokens if not _is_dateline(t, line, tokens)] or _beside(verb, line)
            tokens = [voice for t in tokens for voice in (_representatives(t, line) or [t])]
            if not tokens and saying.noun is not None:
                tokens = noun_agents(saying.noun)
        out: list[Party] = []
        for token in tokens:
            for party in self._parties(token, line, discourse):
                if all(party.key != known.key for known in out):
                    out.append(party)
        if out:
            self.last_body = next((p for p in out if p.referent.type != "person"), None)
            self._note(tokens, out, line)
            if len(out) == 1:
                discourse.hear(out[0])
        return out

    def _note(self, tokens: Sequence[Token], speakers: list[Party], line: Line) -> None:
        """Notes somebody who speaks alone: "he" in the next sentence goes on."""
        is_post = any(m.kind == "post" for t in tokens if (m := line.mention_of.get(t.i)))
        is_somebody = speakers[0].referent.type == "person" or is_post
        self._last = speakers[0] if len(speakers) == 1 and is_somebody else None
        self._last_line = line.index

    def _going_on(self, token: Token, line: Line, discourse: Discourse) -> list[Party]:
        """Who spoke in the sentence before, when "he" in this one can only be the same."""
        is_named = any(s.token < token.i and not s.is_quoted for s in people_in(line))
        if self._last is None or is_named or self._last_line not in (line.index, line.index - 1):
            return []
        return [Party(self._last.referent, line.anchors[token.i])] if discourse.may_mean(token, self._last) else []

    def _quoted(self, verb: Token) -> list[Token]:
        """Whom somebody else quotes: "the agency quoted X as saying", "as thanking Y and urging"."""
        while verb.dep_ == "conj" and verb.tag_ == "VBG":
            verb = verb.head
        above = verb.head.head
        is_as = verb.dep_ == "pcomp" and verb.head.lower_ == "as"
        return children(above, "dobj") if is_as and above.lower_ in self.acts.quoting else []

    def _reporter(self, tokens: list[Token], verb: Token) -> list[Token]:
        """Who reports what another is said to say.

        For "X said it regretted" and "X said her institution regretted": X, whom the pronoun takes up; for "X said Y
        could not, and urged": X.
        """
        clause = verb
        if verb.dep_ == "conj" and not children(verb, "nsubj", "nsubjpass"):
            clause = verb.head
            above = clause.head
            is_past = verb.tag_ == "VBD" and (clause.tag_ != "VBD" or bool(children(clause, "aux")))
            is_told = clause.dep_ in ("ccomp", "xcomp") and above.lower_ in self.acts.speech and above.tag_ == "VBD"
            if is_told and is_past:
                return agents(above) or tokens
            if clause.dep_ == "ccomp" and (quoted := self._quoted(above)):
                return quoted
        if len(tokens) == 1 and clause.dep_ == "ccomp" and _takes_up(tokens[0]):
            above = clause.head
            if above.lower_ in self.acts.speech and (speaking := agents(above)):
                return speaking
        return tokens

    def _parties(self, token: Token, line: Line, discourse: Discourse) -> list[Party]:
        low = token.lower_
        mention = line.mention_of.get(token.i)
        is_unnamed = mention is None or mention.kind == "post"
        if is_unnamed and (named := _named_below(token, line)):
            return discourse.parties(named, line)[:1]
        is_person_word = mention is not None or low in self.acts.speaker_nouns
        if is_unnamed and is_person_word and _is_indefinite(token, line):
            return [self._anonymous(token, line, discourse)]
        if mention is not None:
            return self._mentioned(token, line, discourse)[:1] if mention.kind != "date" else []
        if token.text[0].isupper() and any(c.lower_ == "the" for c in token.children):
            return discourse.parties([token], line)[:1]
        if low in self.acts.texts:
            return self._issuers(token, line, discourse)
        if low in _VOICES and (owners := [c for c in children(token, "poss") if c.lower_ in _HIS]):
            return self._parties(owners[0], line, discourse)
        if low in self.acts.never and low != "it":
            return []
        if low in ("he", "she") and (same := self._going_on(token, line, discourse)):
            return same
        found = discourse.parties([token], line)
        if low == "it" and self.last_body is not None:
            return [self.last_body]
        if low in self.acts.sides or low in _PLURAL or len(found) > 1:
            return self._several(token, found, line, discourse)
        if not found and low in self.acts.speaker_nouns:
            return [self._anonymous(token, line, discourse)]
        return found[:1]

    def _anonymous(self, token: Token, line: Line, discourse: Discourse) -> Party:
        """Who is not named, by the text's own words: "a Western diplomat"."""
        words = discourse.phrase(token, line).split()
        name = " ".join(words[1:] if len(words) > 1 and words[0].lower() in _INDEFINITE else words)
        name += _for_whom(token, line) if len(words) == 1 else ""
        return Party(Referent(None, name, "group"), line.anchors[token.i])

    def _mentioned(self, token: Token, line: Line, discourse: Discourse) -> list[Party]:
        """Whom a mention stands for; "the envoy" without a known holder is who was last a subject, if he may be one."""
        found = discourse.parties([token], line)
        mention = line.mention_of[token.i]
        if mention.kind == "place":  # "Ankara rejected": a government by its seat, in the words of the text
            return [Party(replace(p.referent, name=mention.name), p.anchor) for p in found]
        is_open = bool(found) and found[0].referent.ref is None and mention.kind == "post"
        if not is_open or mention.country or mention.posts[0].organization:
            return found
        if mention.posts[0].head not in self.acts.bare_posts:
            return found
        if (
            any(c.dep_ not in ("det", "punct") and c.i < token.i for c in token.children)
            or not discourse.memory.salient
        ):
            return found
        last = [s for s in discourse.memory.salient if s.line == discourse.memory.salient[-1].line]
        chosen = [s for s in last if s.is_subject] or last
        candidate = discourse.memory.candidate(chosen[0].party)
        heads = {post.head for post in candidate.posts} if candidate is not None else set()
        if heads and not (mention.posts[0].head in _SENT and heads <= _MAY_BE_SENT):
            return found  # somebody of whom another post is told: the holder of this one has no name here
        return [Party(chosen[0].party.referent, found[0].anchor)]

    def _issuers(self, token: Token, line: Line, discourse: Discourse) -> list[Party]:
        """Who issued a text: "the ministry's statement", "a statement by the army"."""
        heads = [m for owner in children(token, "poss", "compound", "nmod") for m in conjuncts(owner)]
        heads += prepositional(token, "by", "from", "of")
        heads += [p for child in children(token, "acl") if is_verb(child) for p in prepositional(child, "by")]
        return [
            p for head in heads if head.lower_ not in self.acts.texts for p in self._parties(head, line, discourse)
        ][:1]

    def _several(self, token: Token, found: list[Party], line: Line, discourse: Discourse) -> list[Party]:
        """Each of two people for "both leaders"; "both sides" and larger rounds stay one speaker."""
        people = [p for party in found for p in party.resolved() if p.referent.type == "person"]
        is_sides = token.lower_ in self.acts.sides
        if not is_sides and len(people) == 2:
            return people
        if not is_sides and len(found) == 1:
            return found
        if token.lower_ in _PLURAL:
            name = "both sides" if len(found) <= _PAIR else "all sides"
        else:
            name = _round(token, len(found), discourse.phrase(token, line), is_sides=is_sides)
        return [Party(Referent(None, name, "group"), line.anchors[token.i])]


def _left_to(verb: Token) -> list[Token]:
    """Who has to say it: "it was left to X to thank the crews and to dismiss the report"."""
    while verb.dep_ == "conj":
        verb = verb.head
    above = verb.head
    is_to = any(child.lower_ == "to" for child in children(verb, "aux"))
    is_it = any(child.lower_ == "it" for child in children(above, "nsubj", "nsubjpass"))
    return prepositional(above, "to") if is_to and is_it and above.lower_ in ("left", "fell", "falls") else []


def _is_quoted(token: Token, line: Line, quoted: Sequence[Quotation]) -> bool:
    return any(q.holds(line.anchors[token.i][0]) for q in quoted)


def _is_indefinite(token: Token, line: Line) -> bool:
    mention = line.mention_of.get(token.i)
    if mention is not None and line.labelled.words[mention.first].low in _INDEFINITE:
        return True
    return any(c.dep_ == "det" and c.lower_ in _INDEFINITE for c in token.children)


def _named_below(token: Token, line: Line) -> list[Token]:
    """A person in apposition: "a spokesman for the army, X", "X, chief economist at the bank"."""
    return _people(children(token, "appos", "nmod", "compound"), line)


def _people(tokens: Sequence[Token], line: Line) -> list[Token]:
    """Those of some tokens that name people."""
    return [t for t in tokens if t.i in line.mention_of and line.mention_of[t.i].kind == "person"]


def _representatives(token: Token, line: Line) -> list[Token]:
    """The person who speaks in another's place: "the governor, who was represented by X, noted"."""
    clauses = [c for c in children(token, "relcl", "acl") if c.lower_ == "represented"]
    return _people([t for clause in clauses for t in prepositional(clause, "by")], line)


def _round(token: Token, number: int, noun: str, *, is_sides: bool) -> str:
    """What several speakers are called: "both sides", else as in the text: "three ministers", "all parties"."""
    before = [t.lower_ for t in children(token, "nummod", "predet", "det") if t.lower_ not in _ARTICLES]
    if is_sides and (before in (["two"], ["both"]) or (not before and number <= _PAIR)):
        return f"both {noun}"
    return " ".join((*before, noun))


def _for_whom(token: Token, line: Line) -> str:
    """For whom somebody speaks who is not named: " for minister X"; empty when it is not told."""
    for preposition in children(token, "prep"):
        whom = next((c for c in children(preposition, "pobj") if c.i in line.mention_of), None)
        if whom is not None and preposition.i == token.i + 1:
            start, end = line.anchors[preposition.i][0], line.anchors[whom.i][1]
            words = [word.text for word in line.labelled.words if start <= word.start and word.end <= end]
            return f" {' '.join(words)}"
    return ""


def _takes_up(token: Token) -> bool:
    """Whether a subject takes up somebody named before: "it", "her institution"."""
    owned = any(c.tag_ == "PRP$" for c in children(token, "poss"))
    return token.lower_ in _PRONOUNS or owned


def _behind(verb: Token, line: Line) -> list[Token]:
    """Who stands behind a verb that has no subject before it: "…, has announced General X"."""
    is_inverted = verb.dep_ == "conj" and verb.tag_ == "VBN" and not children(verb, "nsubj", "nsubjpass", "cc")
    if not is_inverted or not any(c.lower_ in ("has", "have", "had") for c in children(verb, "aux")):
        return []
    return _people(children(verb, "dobj"), line)


def _is_dateline(token: Token, line: Line, tokens: Sequence[Token]) -> bool:
    """Whether the parser took a dateline's place for a second subject."""
    mention = line.mention_of.get(token.i)
    return len(tokens) > 1 and token.i <= 1 and mention is not None and mention.kind == "place"


def _beside(verb: Token, line: Line) -> list[Token]:
    """The mention next to a verb of saying without a subject: what the parser leaves loose around quotations."""
    doc = verb.doc
    loose = [c.i for c in verb.children if c.dep_ in ("npadvmod", "dep") and c.i < verb.i]
    left = range(verb.i - 1, max(-1, verb.i - 4), -1)
    right = range(verb.i + 1, min(len(doc), verb.i + 3))
    for i in (*loose, *left, *right):
        mention = line.mention_of.get(i)
        if mention is not None and mention.kind in ("person", "post", "organization"):
            return [doc[i]]
    return []
