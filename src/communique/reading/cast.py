"""Cast: whom a document names, and where, as the story goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from communique.reading.analysis import Line, Mention, MentionKind
from communique.reading.discourse import Discourse
from communique.reading.grammar import is_subject, is_verb
from communique.reading.knowledge import Knowledge
from communique.reading.parties import Party, country_party

if TYPE_CHECKING:
    from communique.reading.tokens import Token

ActorKind = MentionKind | Literal["word", "title"]

_JOINTS = frozenset(("-", "–", "and", ",", "/"))
_CAN_ACT = ("person", "organization", "country", "post", "place")
# "Adviser TO PRESIDENT Y": the words that lead to a principal, and the titles that principals have.
_WHOSE = frozenset(("of", "to"))
_HEADS = frozenset(
    """president premier chancellor king queen emir sultan prince minister secretary-general chairman chairwoman chair
    governor commander-in-chief""".split()
)
# "A message FROM X", "a call from X FOR calm": X is heard from, and not there.
_MESSAGES = frozenset(
    "message messages letter letters greetings condolences instructions orders appeal appeals".split()
)
_CALLS = frozenset(("call", "calls"))
_STAND_INS = frozenset(
    """he she him her his they them their who whom we i it both each side sides counterpart counterparts
    delegation""".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Actor:
    """Words of a sentence that stand for somebody.

    Attributes:
        token: The head of the noun phrase.
        kind: The kind of mention; "word" for pronouns and common nouns.
        parties: Whom the words stand for, delegations by their members.
        keys: Their identities.
    """

    token: Token
    kind: ActorKind
    parties: tuple[Party, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where somebody is spoken of: the line, whether as a subject, and whether without a name."""

    line: int
    is_subject: bool
    kind: ActorKind


@dataclass(slots=True, eq=False)
class Member:
    """Somebody of the cast, and all appearances in order of the text."""

    party: Party
    appearances: list[Appearance] = field(default_factory=list)


class Cast:
    """Everybody whom a document speaks of; one for each document.

    Attributes:
        members: Identity → member, in order of first appearance.
        actors: Line index → the actors of the line, left to right.
    """

    def __init__(self) -> None:
        self.members: dict[str, Member] = {}
        self.actors: dict[int, list[Actor]] = {}

    def enter_title(self, line: Line) -> None:
        """Notes whom the title names."""
        for mention in line.mentions:
            for referent in mention.referents:
                self._note(Party(referent, (line.start, line.end)), Appearance(line.index, False, "title"))

    def enter(self, line: Line, discourse: Discourse) -> None:
        """Notes whom a line speaks of, as the document stands before the line."""
        self.actors[line.index] = found = list(_actors(line, discourse))
        for actor in found:
            appearance = Appearance(line.index, is_subject(actor.token), actor.kind)
            for party in actor.parties:
                self._note(party, appearance)

    def add(self, parties: Iterable[Party]) -> None:
        """Takes in parties that grammar has found otherwise."""
        for party in parties:
            for member in party.resolved():
                self.members.setdefault(member.key, Member(member))

    def _note(self, party: Party, appearance: Appearance) -> None:
        self.members.setdefault(party.key, Member(party)).appearances.append(appearance)


def _actors(line: Line, discourse: Discourse) -> Iterator[Actor]:
    for token in line.tokens:
        mention = line.mention_of.get(token.i)
        if codes := _paired_adjectives(token, mention, discourse.knowledge):
            paired = [country_party(code, discourse.knowledge, line.anchors[token.i]) for code in codes]
            yield Actor(token, "word", tuple(paired), frozenset(party.key for party in paired))
            continue
        if not _may_act(token, line, discourse):
            continue
        if mention is not None and (_is_principal(mention, token, line) or _is_sender(mention, token, line)):
            continue
        parties = {p.key: p for q in discourse.parties([token], line) for p in q.resolved()}
        if mention is not None and not parties:
            parties = {p.key: p for p in _as_country(mention, line, token, discourse)}
        if parties:
            yield Actor(
                token, mention.kind if mention is not None else "word", tuple(parties.values()), frozenset(parties)
            )


def _may_act(token: Token, line: Line, discourse: Discourse) -> bool:
    mention = line.mention_of.get(token.i)
    if mention is not None:
        return mention.kind in _CAN_ACT
    low = token.lower_
    if low not in _STAND_INS and is_verb(token):
        return False  # "who heads the mission"
    if discourse.callings.may_call(token, line) or discourse.nouns.is_national(token):
        return True
    words = discourse.words
    return low in _STAND_INS or low in words.groups or low in words.delegations or low in words.bodies


def _paired_adjectives(token: Token, mention: Mention | None, knowledge: Knowledge) -> list[str]:
    """The countries of adjectives that stand side by side: "Kuwaiti-Omani" as one mention, "Czech and Armenian"."""
    if mention is not None:
        codes = list(map(knowledge.demonym_country, mention.name.split("-")))
        return [code for code in codes if code] if len(codes) > 1 and all(codes) else []
    code = knowledge.demonym_country(token.text)
    if code is None:
        return []
    around = [token.doc[i] for i in (token.i - 2, token.i + 2) if 0 <= i < len(token.doc)]
    joints = [token.doc[(token.i + other.i) // 2].lower_ for other in around]
    beside = [other for other, joint in zip(around, joints, strict=True) if joint in _JOINTS]
    return [code] if any(knowledge.demonym_country(other.text) not in (None, code) for other in beside) else []


def _is_principal(mention: Mention, token: Token, line: Line) -> bool:
    """Whether somebody is named only to say whose man another is: "X, adviser to President Y", "X, envoy of Y"."""
    if mention.kind != "person":
        return False
    above = token.head
    if token.dep_ == "pobj" and above.lower_ in _WHOSE:
        holder = line.mention_of.get(above.head.i)
        return holder is not None and holder.kind == "person"
    title = [word.low for word in line.labelled.words[mention.first : mention.name_first]]
    joints = [k for k, word in enumerate(title) if word in _WHOSE and k]
    if not joints or _HEADS.isdisjoint(title[joints[-1] + 1 :]):
        return False
    people = [m for m in line.mentions if m.kind == "person" and m is not mention]
    return any(other.last == mention.first - 1 or mention.last + 1 == other.first for other in people)


def _is_sender(mention: Mention, token: Token, line: Line) -> bool:
    """Whether somebody is named only as the one from whom a message comes."""
    if mention.kind != "person" or token.i < 2 or line.tokens[token.i - 1].lower_ != "from":
        return False
    sent = line.tokens[token.i - 2].lower_
    behind = [other.lower_ for other in line.tokens[token.i + 1 : token.i + 3]]
    return sent in _MESSAGES or (sent in _CALLS and "for" in behind)


def _as_country(mention: Mention, line: Line, token: Token, discourse: Discourse) -> Iterator[Party]:
    """The country that a place is, as a party: whether it acts is for others to judge."""
    code = mention.country
    if mention.kind == "place" and code and mention.name == discourse.knowledge.country_name(code):
        yield country_party(code, discourse.knowledge, line.anchors[token.i])
