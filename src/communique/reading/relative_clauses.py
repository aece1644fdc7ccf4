"""Relative clauses that say what somebody is: "who serves as POST", "who heads the INSTITUTION"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.owned_posts import is_owner, owned_post
from communique.reading.titles import Post

_JOINERS = frozenset("and & cum".split())
CLAUSAL = frozenset("who currently now formerly previously once until then".split())
"""What a clause or an apposition begins with that says what somebody is or was."""
_ADVERBS = frozenset("also currently now has had previously formerly once until since".split())
_PAST = frozenset("had previously formerly once until then".split())
_FROM = frozenset("since until last".split())
_WHEN = frozenset("in on last this".split())
_STILL = frozenset("recently still also".split())
_CLOSING = frozenset(", . ; ) – — until under from in and".split())
_CLAIMED = frozenset("self-styled self-proclaimed so-called".split())
_PASSED = frozenset("over the his her its their up".split()) | _CLAIMED
_POSSESSIVE = frozenset(("'s", "'", "’"))
_PORTFOLIOS = frozenset("portfolio portfolios".split())
_SIDED = ("-based", "-backed", "-led", "-controlled", "-aligned", "-appointed")
_BEING = frozenset("is was serves served acts doubles been becomes became".split())


class RelativeClause:
    """Reads the clause after a name.

    Args:
        line: The sentence.
        posts: Its posts.
        knowledge: Verbs that say which post somebody holds.
        source: The document's text.
    """

    def __init__(self, line: LabelledSentence, posts: Sequence[Post], knowledge: Knowledge, source: str) -> None:
        self.line, self.posts, self.knowledge, self.source = line, posts, knowledge, source

    def held_posts(self, start: int, *, is_opening: bool = False) -> list[Post]:
        """The posts that the clause beginning with "who" at word ``start`` gives, or that stand behind "formerly".

        Args:
            start: Index of "who", "now", "formerly".
            is_opening: Whether the sentence begins with the person.
        """
        words = self.line.words
        if words[start].low != "who" and (apposed := self._apposed(start, is_opening=is_opening)):
            return apposed
        if left := self._left(start + 1):
            return left
        i = start + 1
        while i < min(len(words), start + 5) and (words[i].low in _ADVERBS or words[i - 1].low in _FROM):
            i += 1  # "who since August commands"
        if i >= len(words):
            return []
        told = {word.low for word in words[start:i]}
        if words[i].low not in _BEING:
            held = self._portfolio(i) or self._commanded(i)
            return _former(held) if told & _PAST else held
        held = self._named(i + 1)
        is_past = bool(told & _PAST) or (words[i].low == "served" and "has" not in told)
        return _former(held) if is_past or self._ends(held) else held

    def _apposed(self, start: int, *, is_opening: bool) -> list[Post]:
        """The posts behind "formerly", "until recently", "now"; none where "then" goes on to whom one meets next."""
        words = self.line.words
        i = start + 1
        while i < len(words) and words[i].low in _STILL:
            i += 1
        posts = self._named(i)
        if not posts or (posts[-1].last < len(words) and words[posts[-1].last].low not in _CLOSING):
            return []
        if words[start].low == "then" and posts[0].definite and not is_opening:
            return []
        return _former(posts) if words[start].low in _PAST else posts

    def _left(self, start: int) -> list[Post]:
        """The posts of "who stepped down (in May) as POST"."""
        words = self.line.words
        i = start
        while i < min(len(words), start + 3) and (words[i].low in _ADVERBS or words[i].low in _BEING):
            i += 1
        two = " ".join(word.low for word in words[i : i + 2])
        length = 2 if two in self.knowledge.leaving else 1
        if i + length >= len(words) or (length == 1 and words[i].low not in self.knowledge.leaving):
            return []
        i += length
        if words[i].low in _WHEN:
            i = next((k for k in range(i + 1, min(len(words), i + 4)) if words[k].low == "as"), i)
        return _former(self._named(i + 1)) if words[i].low == "as" else []

    def _ends(self, held: Sequence[Post]) -> bool:
        """Whether it is told until when a post was held: "who was defence minister until June"."""
        words = self.line.words
        return any(post.last < len(words) and words[post.last].low == "until" for post in held)

    def _portfolio(self, i: int) -> list[Post]:
        """The post of "took over the Tunisian defence portfolio": minister of what stands before "portfolio"."""
        words = self.line.words
        end = next((k for k in range(i + 1, min(len(words), i + 8)) if words[k].low in _PORTFOLIOS), None)
        if end is None:
            return []
        first = end
        while first > i and all(part in self.knowledge.fields for part in words[first - 1].low.split("-")):
            first -= 1
        label = self.line.ending(first, "demonym", "country")
        country = label.value if label else None
        name = self.knowledge.country_name(country) if country else None
        title = f"{self.line.text(first, end, self.source)} minister" if first < end else ""
        return [Post(title, name, country, "current", False, first, end + 1, False, "minister")] if title else []

    def _commanded(self, i: int) -> list[Post]:
        """The posts that verbs joined by "and" give: "commands the fleet and sits on the committee"."""
        words, held = self.line.words, list[Post]()
        while i + 1 < len(words):
            two = f"{words[i].low} {words[i + 1].low}"
            length = 2 if two in self.knowledge.holding_verbs else 1
            title = self.knowledge.holding_verbs.get(two if length > 1 else words[i].low)
            post = self._held(title, i + length) if title and i + length < len(words) else None
            if post is None:
                break
            held.append(post)
            if post.last >= len(words) or words[post.last].low not in _JOINERS:
                break
            i = post.last + 1
        return held

    def _named(self, i: int) -> list[Post]:
        """Posts named after "serves as", joined by "and"."""
        words, named = self.line.words, []
        while i < len(words) and words[i].low in ("as", "also", "both", "currently"):
            i += 1
        while post := next((p for p in self.posts if p.first == i), None):
            if is_owner(post, self.line):
                post = owned_post(post, self.posts, self.line, self.source)
            if post is None:
                break
            named.append(post)
            if post.last >= len(words) or words[post.last].low not in _JOINERS:
                break
            i = post.last + 1
        return named

    def _held(self, title: str, i: int) -> Post | None:
        """The post that somebody holds who heads or commands what is named at word ``i``."""
        words = self.line.words
        first = i
        while i < len(words) and (words[i].low in _PASSED or words[i].low.endswith(_SIDED)):
            i += 1
        last = self._body_end(i)
        if last is None:
            return None
        text = self.line.text(i, last, self.source)
        if words[last - 1].low in self.knowledge.institution_nouns or words[i].is_capitalized:
            return Post(title, text, None, "current", False, first, last, False, title.lower())
        return Post(f"{title} of {text}", None, None, "current", False, first, last, False, title.lower())

    def _body_end(self, start: int) -> int | None:
        """The index after a body's name: capitalized and field words, up to an institution noun."""
        words = self.line.words
        i = start
        while (
            i < len(words)
            and (words[i].is_word or words[i].low in _POSSESSIVE)
            and (self._is_body_word(i) or self._leads_to_body(i))
        ):
            i += 1
        while i > start and (words[i - 1].low in ("of", "for", "and", "the", "in") or words[i - 1].low in _POSSESSIVE):
            i -= 1
        return i if i > start else None

    def _is_body_word(self, i: int) -> bool:
        word = self.line.words[i]
        linking = word.low in ("of", "for", "and", "the") or word.low in _POSSESSIVE
        return (
            word.is_capitalized
            or linking
            or word.low in self.knowledge.fields
            or word.low in self.knowledge.institution_nouns
        )

    def _leads_to_body(self, i: int) -> bool:
        """Whether a plain word leads to an institution noun: "parallel government", "western military region"."""
        words = self.line.words
        if words[i].low in self.knowledge.function_words or i + 1 >= len(words):
            return False
        if words[i + 1].text in _POSSESSIVE and words[i].low.endswith("s"):
            return i + 2 < len(words) and words[i + 2].low in self.knowledge.institution_nouns
        if words[i + 1].low in self.knowledge.fields and i + 2 < len(words):
            i += 1
        return words[i + 1].low in self.knowledge.institution_nouns or words[i + 1].text.isupper()


def _former(posts: Sequence[Post]) -> list[Post]:
    return [replace(post, standing="former") for post in posts]
