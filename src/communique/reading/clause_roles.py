"""Roles that a clause gives instead of a title: "the council led by A", "B's C" in a list, "D (Interior)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.model.vocabulary import RoleStanding
from communique.reading.analysis import Line, Mention
from communique.reading.knowledge import Knowledge
from communique.reading.plural_titles import PluralTitles
from communique.reading.titles import Post

_BEEN = frozenset("been was were is are being be".split())
_AUXILIARY = frozenset("has have had".split())
_ADVERBS = frozenset("now also currently today officially formally himself herself later then".split())
_HOLDING: dict[str, RoleStanding] = {
    "is": "current",
    "becomes": "current",
    "became": "current",
    "has become": "current",
    "remains": "current",
    "serves": "current",
    "has been": "current",
    "takes over": "current",
    "took over": "current",
    "has taken over": "current",
    "takes office": "current",
    "was": "former",
    "had been": "former",
    "served": "former",
}
"""What stands between a name and the post of its bearer, with the standing that it gives."""
_TAKING_UP = ("took up", "takes up", "has taken up", "took office", "takes office", "assumed", "assumes")
_LONGEST_COPULA, _LONGEST_TAKING_UP = 5, 10  # words
_CLAUSAL = frozenset("said says told announced added".split())
_LISTING = frozenset([",", ";", "and", "&"])


class ClauseRoles:
    """Adds the posts of a line that no title before or after a name says."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.plurals = PluralTitles(knowledge)

    def add(self, line: Line, source: str) -> None:
        """Adds posts to the person mentions of a line; its mentions are complete and in order."""
        self.plurals.share(line, source)
        people = [m for m in line.mentions if m.kind == "person"]
        self._appoint(line, people)
        self._become(line, people)
        previous: Mention | None = None
        for mention in people:
            self._lead(line, mention, source)
            self._take_country(line, mention, previous)
            self._read_bracket(line, mention, source)
            previous = mention

    def _appoint(self, line: Line, people: Sequence[Mention]) -> None:
        """As in "appointed NAME, a jurist, as POST" and "NAME was picked by the king as the new POST"."""
        words = line.labelled.words
        claimed = {post.first for mention in people for post in mention.posts}
        for post in line.posts:
            before = post.first - 1
            if post.is_rank or post.first in claimed or before < 1 or words[before].low != "as":
                continue
            verb = next((i for i in range(before - 1, -1, -1) if words[i].low in self.knowledge.appointing), None)
            if verb is None or any(words[i].low in _CLAUSAL for i in range(verb, before)):
                continue
            is_passive = verb > 0 and words[verb - 1].low in _BEEN
            chosen = [m for m in people if m.last <= verb][-1:] if is_passive else []
            chosen = chosen or [m for m in people if verb < m.first and m.last <= before][:1]
            for mention in chosen:
                mention.posts.append(post)

    def _become(self, line: Line, people: Sequence[Mention]) -> None:
        """As in "NAME becomes POST", "NAME was named POST", "NAME has been POST since May"."""
        words = line.labelled.words
        claimed = {post.first for mention in people for post in mention.posts}
        for post in line.posts:
            is_owner = post.last < len(words) and words[post.last].low == "'s"
            if post.is_rank or is_owner or post.first in claimed:
                continue
            mention = next((m for m in reversed(people) if m.last < post.first), None)
            if mention is None or post.first - mention.last > _LONGEST_TAKING_UP:
                continue
            between = [word.low for word in words[mention.last : post.first]]
            if len(between) > _LONGEST_COPULA and between[-1] != "as":
                continue
            if between[-1] == "as":
                between.pop()
            standing = self._copula(between)
            if standing is not None and any(m.first == post.last for m in people):
                continue  # "X was General Y's guest", "X is Minister Y"
            if standing is not None:
                mention.posts.append(replace(post, standing=standing if post.standing == "current" else post.standing))
                claimed.add(post.first)

    def _copula(self, between: Sequence[str]) -> RoleStanding | None:
        """The standing that the words between a name and a post give; None when they do not join the two."""
        phrase = " ".join(word for word in between if word not in _ADVERBS)
        if phrase.startswith(_TAKING_UP):
            return "current"
        if phrase in _HOLDING:
            return _HOLDING[phrase]
        *been, verb = phrase.split() or [""]
        is_passive = bool(been) and all(word in _BEEN or word in _AUXILIARY for word in been)
        return "current" if is_passive and verb in self.knowledge.appointing else None

    def _lead(self, line: Line, mention: Mention, source: str) -> None:
        """As in "the Council of Elders headed by NAME" makes NAME its head."""
        words = line.labelled.words
        by = mention.first - 1
        if by < 2 or words[by].low != "by":
            return
        title = self.knowledge.holding_participles.get(words[by - 1].low)
        if title is None or any(not post.is_rank for post in mention.posts):
            return
        end = by - 1
        if words[end - 1].text == ",":
            end -= 1
        body = next((m for m in line.mentions if m.kind == "organization" and m.last == end), None)
        if body:
            start, name = body.first, body.name
        else:
            start = self._body_start(line, end)
            name = line.labelled.text(start, end, source) if start < end else ""
        if name and words[end - 1].low not in self.knowledge.delegation_nouns:
            mention.posts.append(
                Post(title, name, body.country if body else None, "current", False, start, end, False, title.lower())
            )

    def _body_start(self, line: Line, end: int) -> int:
        """Where "parallel government" begins that ends before word ``end``; ``end`` when no body is named there."""
        words = line.labelled.words
        if words[end - 1].low not in self.knowledge.institution_nouns:
            return end
        start = end - 1
        while (
            start
            and end - start < 4
            and words[start - 1].is_word
            and words[start - 1].low not in self.knowledge.function_words
        ):
            start -= 1
        return start if start and words[start - 1].low in ("the", "a", "an", "its", "their") else end - 1

    def _take_country(self, line: Line, mention: Mention, previous: Mention | None) -> None:
        """As in "Italy's NAME", and in a list after "Prime Minister OTHER of …" the same post for Italy."""
        words = line.labelled.words
        if mention.first < 2 or words[mention.first - 1].low != "'s":
            return
        label = line.labelled.ending(mention.first - 1, "country")
        if label is None:
            return
        mention.country = label.value
        if previous is None or any(not post.is_rank for post in mention.posts):
            return
        if any(words[i].low not in _LISTING for i in range(previous.last, label.first)):
            return
        for post in previous.posts:
            if not post.is_rank and post.country:
                name = self.knowledge.country_name(label.value)
                mention.posts.append(replace(post, country=label.value, organization=name))

    def _read_bracket(self, line: Line, mention: Mention, source: str) -> None:
        """As in "NAME (Interior)" is a minister, "NAME (Norway)" belongs to a country."""
        words = line.labelled.words
        i = mention.name_last
        if i + 2 >= len(words) or words[i].text != "(":
            return
        close = next((k for k in range(i + 1, min(i + 6, len(words))) if words[k].text == ")"), None)
        if close is None or close == i + 1:
            return
        label = line.labelled.starting(i + 1, "country")
        if label and label.last == close:
            mention.country = mention.country or label.value
        elif (
            mention.country
            and not mention.posts
            and all(words[k].low in self.knowledge.fields or words[k].low in ("and", "of") for k in range(i + 1, close))
        ):
            portfolio = line.labelled.text(i + 1, close, source)
            country = self.knowledge.country_name(mention.country)
            mention.posts.append(
                Post(
                    f"Minister of {portfolio}",
                    country,
                    mention.country,
                    "current",
                    False,
                    i + 1,
                    close,
                    False,
                    "minister",
                )
            )
