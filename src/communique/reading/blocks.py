"""Person blocks: a name together with the titles that stand around it."""

from __future__ import annotations

from collections.abc import Sequence

from communique.reading.analysis import Mention
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.names import NameSpan
from communique.reading.owned_posts import is_owner, owned_post
from communique.reading.relative_clauses import CLAUSAL, RelativeClause
from communique.reading.titles import Post
from communique.reading.titles_before import TitlesBefore

_JOINERS = frozenset("and & cum".split())
_OPENERS = frozenset([",", "(", "–", "—", "-", ":"])


class BlockBuilder:
    """Joins names with the posts and ranks before and after them.

    The order of decisions: what stands directly before a name belongs to it; what stands in apposition after a name
    belongs to that name, unless it leads up to the next name.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def build(
        self, line: LabelledSentence, posts: Sequence[Post], names: Sequence[NameSpan], source: str
    ) -> list[Mention]:
        """One mention a name, left to right, with its posts; `first` and `last` span the whole block."""
        self.line, self.posts, self.names, self.source = line, posts, sorted(names, key=lambda n: n.first), source
        before = TitlesBefore(line, posts, self.names, self.knowledge, source)
        claimed: set[int] = set()
        mentions: list[Mention] = []
        for k, name in enumerate(self.names):
            floor = mentions[-1].last if mentions else 0
            mention = Mention("person", name.first, name.last, name.text, name_first=name.first, name_last=name.last)
            mention.honorific = name.honorific
            before.take(mention, floor, claimed)
            self._take_after(mention, k, claimed)
            mentions.append(mention)
        return mentions

    # ---- after the name ------------------------------------------------------------------------------------------
    def _take_after(self, mention: Mention, k: int, claimed: set[int]) -> None:
        words = self.line.words
        position = self._after_letters(mention.name_last)
        if position >= len(words):
            return
        opener = words[position].text
        if opener in _OPENERS and position + 1 < len(words):
            start = self._after_age(position + 1)
            post = self._post_starting(start, claimed) or self._described(start, claimed)
            if post is None and words[start].low in CLAUSAL:
                self._relative(mention, start, claimed)
                return
            if post and is_owner(post, self.line):
                kinship = self._after_kinship(post)
                post = owned_post(post, self.posts, self.line, self.source)
                if post is None:
                    self._relative(mention, kinship, claimed)
            if post and not self._belongs_to_next(post, mention, k) and not self._is_subject(post, opener):
                self._apposition(mention, post, k, claimed, bracket=opener == "(")
                self._relative(mention, post.last, claimed)
        elif self._is_appointed(mention) and (
            post := self._post_starting(position + (words[position].low == "as"), claimed)
        ):
            self._apposition(mention, post, k, claimed, bracket=False)
        elif words[position].low == "of" and position + 1 < len(words):
            label = self.line.starting(position + 1, "country")
            if label:
                mention.country = label.value

    def _after_age(self, start: int) -> int:
        """Passes over an age and the comma behind it: "NAME, 58, who chairs …"."""
        words = self.line.words
        is_age = start + 1 < len(words) and words[start].text.isdigit() and words[start + 1].text == ","
        return start + 2 if is_age and start + 2 < len(words) else start

    def _relative(self, mention: Mention, start: int, claimed: set[int]) -> None:
        """Takes the posts that a clause gives which begins at ``start``, if one does: "who heads the agency"."""
        words = self.line.words
        if start >= len(words) or words[start].low not in CLAUSAL:
            return
        clause = RelativeClause(self.line, self.posts, self.knowledge, self.source)
        held = [p for p in clause.held_posts(start, is_opening=mention.first == 0) if p.first not in claimed]
        mention.posts += held
        claimed.update(p.first for p in held)

    def _after_kinship(self, post: Post) -> int:
        """Where a clause may begin behind "the President's brother,"."""
        words = self.line.words
        comma = next((i for i in range(post.last, min(len(words), post.last + 4)) if words[i].text == ","), len(words))
        return comma + 1

    def _described(self, start: int, claimed: set[int]) -> Post | None:
        """A post behind an age or a judgement: "NAME, the 37-year-old head of …"."""
        words = self.line.words
        if words[start].low not in ("the", "a", "an"):
            return None
        for i in range(start + 1, min(start + 3, len(words))):
            word = words[i]
            if word.is_capitalized or word.text in ",;()" or word.low in self.knowledge.function_words:
                return None
            if post := self._post_starting(i + 1, claimed):
                return post
        return None

    def _after_letters(self, position: int) -> int:
        """Passes over letters behind a name (", NI (M), HJ"), up to the comma before what follows."""
        words = self.line.words
        while position + 1 < len(words) and words[position].text == ",":
            label = self.line.starting(position + 1, "postnominal")
            if label is None or self.line.starting(position + 1, "head", "abbreviation", "organization"):
                break
            position = label.last
        return position

    def _is_subject(self, post: Post, opener: str) -> bool:
        """As in "…, the minister said": a bare title that goes on with a verb is no apposition."""
        words = self.line.words
        if opener != "," or not post.definite or post.organization or len(post.title.split()) > 1:
            return False
        return (
            post.last < len(words)
            and words[post.last].is_word
            and words[post.last].low not in ("of", "for", "at", "in", "who")
        )

    def _is_appointed(self, mention: Mention) -> bool:
        """Whether a verb of appointment stands within a few words before the name."""
        words = self.line.words[max(0, mention.first - 6) : mention.first]
        is_appointee = not words or words[-1].low != "by"
        return is_appointee and any(word.low in self.knowledge.appointing for word in words)

    def _apposition(self, mention: Mention, post: Post, k: int, claimed: set[int], *, bracket: bool) -> None:
        words = self.line.words
        position = self._claim(mention, post, claimed)
        while position + 1 < len(words) and (words[position].low in _JOINERS or words[position].text == ","):
            start = position + 1
            if words[position].text == "," and words[start].low in _JOINERS:
                start += 1
            following = self._post_starting(start, claimed)
            if following is None or self._belongs_to_next(following, mention, k, joined=True):
                break
            if following.definite and not post.definite:
                break  # "NAME, commander of the fleet, and the governor"
            position = self._claim(mention, following, claimed)
        if bracket and position < len(words) and words[position].text == ")":
            position += 1
        mention.last = position
        if (
            not bracket
            and position < len(words)
            and words[position].text == ","
            and not self._list_goes_on(position + 1)
        ):
            mention.last = position + 1

    def _list_goes_on(self, position: int) -> bool:
        words = self.line.words
        if position >= len(words) or words[position].low in ("and", "as", "while", "along", "together", "but", "or"):
            return True
        if any(n.first == position for n in self.names) or any(p.first == position for p in self.posts):
            return True
        return words[position].is_capitalized

    def _claim(self, mention: Mention, post: Post, claimed: set[int]) -> int:
        mention.posts.append(post)
        claimed.add(post.first)
        mention.last = post.last
        return post.last

    def _post_starting(self, position: int, claimed: set[int]) -> Post | None:
        return next((p for p in self.posts if p.first == position and p.first not in claimed), None)

    def _belongs_to_next(self, post: Post, mention: Mention, k: int, *, joined: bool = False) -> bool:
        """Whether a post after a name is the title before the next name."""
        if k + 1 >= len(self.names):
            return False
        nxt = self.names[k + 1]
        words = self.line.words
        position = post.last
        crossed_comma = False
        own_post = False
        while position < nxt.first:
            other = next((p for p in self.posts if p.first == position), None)
            own_post = own_post or (crossed_comma and other is not None and not other.is_rank)
            label = self.line.starting(position, "honorific")
            if other:
                position = other.last
            elif label:
                position = label.last
            elif words[position].text == "," and not crossed_comma:
                crossed_comma, position = True, position + 1
            else:
                return False
        if not crossed_comma or post.is_rank or (joined and post.definite):
            return True
        has_title = any(not p.is_rank for p in mention.posts) and not joined
        if own_post and not has_title:
            return False
        follows = nxt.last < len(words) and words[nxt.last].text in (",", "(") and self._post_at(nxt.last + 1)
        titled_next = any(p.last == nxt.first for p in self.posts)
        return (has_title or (post.definite and titled_next)) and not (follows and not titled_next)

    def _post_at(self, position: int) -> bool:
        return any(p.first == position for p in self.posts)
