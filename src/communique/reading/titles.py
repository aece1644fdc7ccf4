"""Titles: the posts and ranks in a sentence, parsed outwards from their head nouns.

A title is a head noun ("commander", "minister", "chargé d'affaires") with what stands before it (country, institution,
field, "deputy", "acting") and after it ("of the Presidential Guard", "to Libya", "for Migration"). The parse decides
which of these words belong to the post's name and which name the institution or country that the post belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.model.vocabulary import RoleStanding
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.phrases import Label
from communique.reading.post_bodies import with_body
from communique.reading.title_edges import BRANCHES, TitleEdges
from communique.reading.title_left import PORTFOLIO, SERVICES, TitleLeft
from communique.reading.title_phrase import AREAS, STAFFS
from communique.reading.title_right import TitleRight

__all__ = ["DETERMINERS", "LabelledSentence", "Post", "TitleParser"]

_KINDS = frozenset(("rank", "head", "abbreviation", "small rank"))
_VERB_CUES = frozenset("to will would could should can may might must not who and then".split())
_POSTS_TOO = frozenset("inspector commissioner superintendent commandant director commander controller".split())
_IN_NAMES = frozenset("of for the and general".split())
_AMBIGUOUS_AS_VERB = frozenset("head chair chairs heads pilot guard man champion voice lead judge".split())


@dataclass(frozen=True, slots=True)
class Post:
    """One post or rank inside a title.

    Attributes:
        title: Its name without the institution: "Deputy Commander".
        organization: Words that name the institution or country it belongs to; None when not said.
        country: ISO code when the organization is a country, or stands beside the institution.
        standing: current, acting, former, incoming.
        is_rank: Whether it is a rank rather than a post.
        first: Index of its first word in the sentence.
        last: Index after its last word.
        definite: Whether "the" or a possessive stands before it, so that it can stand for a person.
        head: The head noun, lower case.
    """

    title: str
    organization: str | None
    country: str | None
    standing: RoleStanding
    is_rank: bool
    first: int
    last: int
    definite: bool = False
    head: str = ""


class TitleParser:
    """Finds posts and ranks in labelled sentences."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.edges = TitleEdges(knowledge)

    def parse(self, line: LabelledSentence, source: str) -> list[Post]:
        """All posts and ranks of a sentence, left to right, not overlapping."""
        posts: list[Post] = []
        taken = 0
        heads = sorted(
            (self.edges.before_rank(line, label) for label in line.labels if label.kind in _KINDS),
            key=lambda label: (label.first, -label.last),
        )
        for label in heads:
            if label.first < taken or self._is_name_part(line, label) or self.edges.is_no_title(line, label):
                continue
            if label.kind == "small rank":
                if not self._is_small_rank(line, label):
                    continue
                post = self._rank(line, label, taken, source)
            elif label.kind == "rank" and self._is_rank(line, label):
                post = self._rank(line, label, taken, source)
            elif (
                (label.kind == "rank" and not line.starting(label.first, "head"))
                or self._is_verb(line, label)
                or self._is_modifier(line, label)
                or self._is_field(line, label)
            ):
                continue
            else:
                post = self._post(line, label, taken, source)
            posts.append(post)
            taken = post.last
        return posts

    def _is_name_part(self, line: LabelledSentence, label: Label) -> bool:
        """As in "Maj Gen Mukhtar Salem": behind a rank or another title, a word that is also a name is one."""
        words = line.words
        if label.last - label.first > 1 or words[label.first].low not in self.knowledge.names_too:
            return False
        if label.last >= len(words) or not (words[label.last].is_capitalized and words[label.first].is_capitalized):
            return False
        before = line.ending(label.first, "rank", "honorific", "head")
        if line.ending(label.first, "modifier"):
            return False
        if before and before.kind == "head" and line.starting(label.first, "honorific"):
            return False  # "Guardian of the Shrines King Farid"
        return before is not None and words[before.first].is_capitalized and not line.starting(label.first, "rank")

    # ---- ranks -------------------------------------------------------------------------------------------------
    def _is_rank(self, line: LabelledSentence, label: Label) -> bool:
        """A rank stands before a name ("General Novak"), capitalized; "commander of …" is a post."""
        if not line.words[label.first].is_capitalized:
            return False
        if label.last >= len(line.words):
            return not line.starting(label.first, "head")
        following = line.words[label.last]
        if self.edges.after_branches(line, label) > label.last:
            return True
        if following.low in self.knowledge.institution_nouns or following.low in STAFFS:
            return False
        if (
            line.starting(label.first, "head")
            and following.low in self.knowledge.fields
            and not line.starting(label.last, "rank")
        ):
            return False
        commanding = line.words[label.first].low in _POSTS_TOO
        is_owned = line.ending(label.first, "organization") or (
            label.first and line.words[label.first - 1].is_capitalized and line.words[label.first - 1].low in SERVICES
        )
        if line.starting(label.first, "head") and commanding and is_owned:
            return False
        if line.starting(label.first, "head") and (following.text == "(" or line.starting(label.last, "rank")):
            return False
        if self._commands(line, label):
            return False
        titled = line.starting(label.last, "head", "abbreviation") and not line.starting(label.last, "rank")
        if titled and following.low not in self.knowledge.names_too:
            return False
        return (following.is_capitalized and not line.starting(label.last, "organization")) or not line.starting(
            label.first, "head"
        )

    def _is_small_rank(self, line: LabelledSentence, label: Label) -> bool:
        """As in "the lieutenant colonel Ivo Novak": in small letters only before what can be nothing but a name."""
        if line.words[label.first].is_capitalized or line.starting(label.first, "head"):
            return False
        if label.last >= len(line.words) or line.ending(label.first, "modifier", "head"):
            return False
        following = line.words[label.last]
        entity = line.entity_at(label.last)
        is_named = entity is not None and entity[2] == "PERSON" and entity[0] <= label.last
        return is_named and following.is_capitalized and not line.starting(label.last, "rank", "head", "organization")

    def _head(self, line: LabelledSentence, label: Label, head_text: str) -> str:
        if label.kind == "abbreviation":
            return head_text.lower()
        return str(label.value) if label.value in self.knowledge.equals else line.words[label.last - 1].low

    def _commands(self, line: LabelledSentence, label: Label) -> bool:
        """Whether a word that is a rank and a post stands before what is commanded: "Commander Coastal Region"."""
        if not line.starting(label.first, "head"):
            return False
        for i in range(label.last, min(label.last + 4, len(line.words))):
            word = line.words[i]
            entity = line.entity_at(i)
            if not (word.is_word and word.is_capitalized) or (entity and entity[2] == "PERSON"):
                return False
            if word.low in self.knowledge.institution_nouns or word.low in AREAS:
                return True
        return False

    def _rank(self, line: LabelledSentence, label: Label, taken: int, source: str) -> Post:
        first = label.first
        while first > taken and line.words[first - 1].text in BRANCHES:
            first -= 1
        definite = first > taken and line.words[first - 1].low in DETERMINERS
        last = self.edges.after_marks(line, self.edges.after_branches(line, label))
        return Post(
            str(label.value), None, None, "current", True, first - definite, last, definite, str(label.value).lower()
        )

    # ---- posts -------------------------------------------------------------------------------------------------
    def _is_verb(self, line: LabelledSentence, label: Label) -> bool:
        word = line.words[label.first]
        if label.last - label.first > 1 or word.low not in _AMBIGUOUS_AS_VERB or word.is_capitalized:
            return False
        before = line.words[label.first - 1].low if label.first else ""
        after = line.words[label.last].low if label.last < len(line.words) else ""
        return (before in _VERB_CUES or after in DETERMINERS) and after != "of"

    def _is_modifier(self, line: LabelledSentence, label: Label) -> bool:
        """As in "Deputy" before another head ("Deputy PM", "Deputy Foreign Minister") only modifies it."""
        if label.last - label.first > 1 or not line.starting(label.first, "modifier"):
            return False
        i = label.last
        while i < len(line.words) and i < label.last + 4:
            if line.starting(i, "head", "abbreviation"):
                return True
            if line.words[i].low not in self.knowledge.fields and not line.starting(i, "modifier"):
                return False
            i += 1
        return False

    def _is_field(self, line: LabelledSentence, label: Label) -> bool:
        """As in "Justice Minister" and "Minister of Defence and Justice": what a post deals with."""
        if label.last - label.first > 1 or line.words[label.first].low not in self.knowledge.fields:
            return False
        following = line.starting(label.last, "head", "heads")
        return following is not None and line.words[label.last].low in PORTFOLIO

    def _owned(self, organization: str, country: str) -> str:
        """The institution with the country before its post: "Moldova's President of Parliament"."""
        words = {word.lower() for word in organization.split()}
        everywhere = self.knowledge.institution_nouns | self.knowledge.fields | _IN_NAMES
        return f"{organization} of {self.knowledge.country_name(country)}" if words <= everywhere else organization

    def _post(self, line: LabelledSentence, label: Label, taken: int, source: str) -> Post:
        left = TitleLeft(line, label, taken, source, self.knowledge)
        left.expand()
        right = TitleRight(line, label, source, self.knowledge)
        right.expand()
        fixed_title, fixed_organization = label.value if label.kind == "abbreviation" else (None, None)
        head_text = fixed_title or line.text(label.first, label.last, source)
        if left.organization and right.organization and right.organization.islower():
            right.title.append(f"of {right.organization}")  # "AFRICOM's director of strategy, engagement and programs"
            right.organization = None
        title = " ".join(part for part in (*left.title, head_text, *right.title) if part).replace(" ,", ",")
        organization = right.organization or left.organization or fixed_organization
        country = right.country or left.country
        is_named = right.organization and right.country and not right.is_cut
        if organization and country and not is_named and not fixed_organization:
            organization = self._owned(organization, country)
        if organization is None and country:
            organization = self.knowledge.country_name(country)
        post = Post(
            title=title,
            organization=organization,
            country=country,
            standing=right.standing or left.standing,
            is_rank=False,
            first=left.first,
            last=right.last,
            definite=left.definite,
            head=self._head(line, label, str(head_text)),
        )
        return with_body(post, self.knowledge)
