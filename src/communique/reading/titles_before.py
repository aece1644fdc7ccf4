"""Titles before a name: "the commander of the battalion, lieutenant colonel NAME"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.reading.analysis import Mention
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.names import NameSpan
from communique.reading.post_bodies import with_body
from communique.reading.titles import Post

_JOINERS = frozenset("and & / cum".split())
_REIGNING = frozenset("king queen crown".split())
_COMPLEMENTS = frozenset("of for in on at to with against".split())
_CLAUSAL = frozenset("who which that is was are were has had have will would as by after before when while".split())
_TAILS = frozenset("'s the abroad general designate".split())  # what may follow a post besides a complement
_BREAKS = frozenset(',;:–—-"“”')
_POSSESSIVE = frozenset(("'s", "'", "’"))
_NEW = frozenset("visiting new newly-appointed newly-elected".split())
_STYLES = frozenset(("majesty",))
_DASHES = frozenset("–—-:")
_CHOSEN = frozenset("backed recognised recognized supported mandated sworn".split())
_LONGEST_COMPLEMENT, _LONGEST_CHOICE = 7, 12  # words between a post and the comma before the name
_CHOOSING = frozenset("by in from".split())


class TitlesBefore:
    """Takes the titles that stand before the names of a sentence.

    Args:
        line: The sentence.
        posts: Its posts and ranks.
        names: Its names, left to right.
        knowledge: Verbs, institution nouns and words of appointment.
        source: The document's text.
    """

    def __init__(
        self,
        line: LabelledSentence,
        posts: Sequence[Post],
        names: Sequence[NameSpan],
        knowledge: Knowledge,
        source: str,
    ) -> None:
        self.line, self.posts, self.names, self.knowledge, self.source = line, posts, names, knowledge, source

    def take(self, mention: Mention, floor: int, claimed: set[int]) -> None:
        """Gives a name the titles before it, nearest first, and widens the mention to hold them.

        Args:
            mention: The name; its posts and its first word are set.
            floor: Index after the block before, which is not reached over.
            claimed: First words of the posts that somebody has; those that are taken are added.
        """
        words = self.line.words
        position = mention.first
        while position > floor:
            post = self._post_ending(position, claimed)
            if post and self._is_style(post):
                post = None
            label = self.line.ending(position, "honorific") if post is None else None
            if label and label.first >= floor:
                position = label.first
                if position > floor and words[position - 1].low == "the":
                    position -= 1
                mention.first = position
                continue
            brackets = post is None and words[position - 1].text == ")"
            if brackets and (label := self.line.ending(position - 1, "honorific")):
                position = label.first - 1
                continue
            if post is None and (begins := self._after_origin(position, floor)) != position:
                position = begins  # "its head, the Kenyan general NAME", "its adviser, retired General NAME"
                mention.first = position
            if post is None and words[position - 1].text == "," and position - 1 > floor:
                is_titled = position < mention.name_first and all(p.is_rank for p in mention.posts)
                comma = self._post_ending(position - 1, claimed) or self._stretched(
                    position - 1, floor, claimed, is_titled=is_titled
                )
                if comma and not comma.is_rank and comma.first >= floor and self._leads_up(comma, mention, floor):
                    post = comma
            if post is None and words[position - 1].text in _DASHES and position - 1 > floor == 0:
                listed = self._post_ending(position - 1, claimed)
                if listed and not any(word.is_word for word in words[: listed.first]):
                    post = listed  # "Chief of Army Staff – Brigadier General NAME"
            if post is None and words[position - 1].text == "(" and position - 1 > floor and self._is_closed(mention):
                post = self._post_ending(position - 1, claimed)  # "the head of delegation (NAME)"
                floor = post.first if post else floor
            if post is None and mention.posts and words[position - 1].low in _JOINERS and position - 1 > floor:
                post = self._post_ending(position - 1, claimed)
                if post and (post.is_rank or self._is_other(post, mention)):
                    post = None
            if post is None or post.first < floor:
                break
            mention.posts.insert(0, post)
            claimed.add(post.first)
            position = post.first
            mention.first = position
        if (
            position > floor
            and words[position - 1].low in ("the", "a", "an", "his", "her", "its", "their")
            and mention.first != mention.name_first
        ):
            mention.first = position - 1

    def _after_origin(self, position: int, floor: int) -> int:
        """Where "the Kenyan" or "retired" begins before a rank or a name, if a comma and a post stand before it."""
        words = self.line.words
        begins = position
        while label := self.line.ending(begins, "demonym", "standing"):
            begins = label.first
        if begins == position:
            return position
        begins -= words[begins - 1].low in ("the", "a", "an") if begins else 0
        is_apart = begins - 1 > floor and words[begins - 1].text == ","
        return begins if is_apart and any(floor <= p.first < begins - 1 for p in self.posts) else position

    def _is_closed(self, mention: Mention) -> bool:
        """Whether a bracket closes directly behind the name."""
        return mention.name_last < len(self.line.words) and self.line.words[mention.name_last].text == ")"

    def _is_other(self, post: Post, mention: Mention) -> bool:
        """Whether "the Secretary and Minister NAME" are two people: both titles are bare single words."""
        return post.definite and not any(" " in p.title or p.organization for p in (post, mention.posts[0]))

    def _is_style(self, post: Post) -> bool:
        """Whether a bare "Prince" or "Sheikh" before a name is courtesy; kings and crown princes hold a post."""
        label = self.line.ending(post.last, "honorific")
        bare = post.organization is None and post.country is None
        is_reigning = bool(_REIGNING.intersection(post.title.lower().split()))
        return bare and label is not None and label.first <= post.first + post.definite and not is_reigning

    def _is_definite(self, post: Post) -> bool:
        """Whether a post has a determiner or an owner: "the consul", "Nigeria's consul"."""
        words = self.line.words
        if post.first > 1 and words[post.first - 1].low in _NEW and words[post.first - 2].low in DETERMINERS:
            return True
        return post.definite or any(word.low == "'s" for word in words[post.first : post.last])

    def _stretched(self, end: int, floor: int, claimed: set[int], *, is_titled: bool) -> Post | None:
        """A definite post with a plain complement before the comma: "the adviser in charge of cooperation, …".

        Args:
            end: Index of the comma.
            floor: Where the block before ends.
            claimed: First words of the posts that somebody has.
            is_titled: Whether a rank or a courtesy title stands behind the comma: then the complement may be anything.
        """
        words = self.line.words
        post = next((p for p in reversed(self.posts) if floor <= p.first and p.last < end), None)
        if post is None or post.is_rank or not self._is_definite(post) or post.first in claimed:
            return None
        if any(post.last <= name.first < end for name in self.names):
            return None
        between = words[post.last : end]
        if between[0].low in self.knowledge.appointing | _CHOSEN and len(between) > 1 and between[1].low in _CHOOSING:
            return post if len(between) <= _LONGEST_CHOICE else None  # "the Chief of Staff appointed by the council, …"
        if len(between) > _LONGEST_COMPLEMENT or any(
            w.low in self.knowledge.human_verbs or w.low in _CLAUSAL or w.text in _BREAKS for w in between
        ):
            return None
        if post.organization and between[0].low not in _COMPLEMENTS and (body := self._body(post, end)):
            return replace(post, organization=body, last=end)
        if between[0].low not in _COMPLEMENTS and " of " not in post.title:
            return post if is_titled and (between[0].low in _TAILS or not between[0].is_word) else None
        if not all(w.is_word or w.low == "'s" for w in between):
            return post if is_titled else None
        tail = self.line.text(post.last, end, self.source)
        if between[-1].low in self.knowledge.institution_nouns and between[0].low == "of" and post.organization is None:
            start = post.last + 1 + (between[1].low in ("the", "a", "an", "his", "her", "its"))
            return replace(post, organization=self.line.text(start, end, self.source), last=end)
        return with_body(replace(post, title=f"{post.title} {tail}", last=end), self.knowledge)

    def _body(self, post: Post, end: int) -> str | None:
        """The body that goes on behind a post up to the comma: "of the Kazakh" + "airborne troops"."""
        words = self.line.words
        tail = words[post.last : end]
        if not all((w.is_word and w.text.islower()) or w.text in _POSSESSIVE for w in tail):
            return None
        if any(w.low in self.knowledge.function_words for w in tail):
            return None
        found = (i + 1 for i in range(post.first, post.last) if words[i].low == "of")
        starts = [i + (words[i].low in ("the", "a", "an", "his", "her", "its")) for i in found if i < post.last]
        named = [i for i in starts if post.organization and post.organization.startswith(words[i].text)]
        return self.line.text([*starts, *named][-1], end, self.source) if starts else None

    def _leads_up(self, post: Post, mention: Mention, floor: int) -> bool:
        """Whether "POST, Name" is a title before its name, not an apposition to somebody named earlier."""
        before = self.line.words[post.first - 1].text if post.first > floor else ""
        if before.lower() in _STYLES:
            return False  # "on behalf of His Majesty the King, Prince NAME"
        if before not in (",", "(") or floor == 0:
            return True
        return bool(mention.posts) or post.definite

    def _post_ending(self, position: int, claimed: set[int]) -> Post | None:
        return next((p for p in self.posts if p.last == position and p.first not in claimed), None)
