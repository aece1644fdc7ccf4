"""Mentions: everything in a sentence that names somebody, an institution, a country, a place or a day."""

from __future__ import annotations

from collections.abc import Sequence

from communique.reading.analysis import Line, Mention
from communique.reading.blocks import BlockBuilder
from communique.reading.clause_roles import ClauseRoles
from communique.reading.institutions import InstitutionFinder
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import DETERMINERS, LabelledSentence
from communique.reading.name_forms import fold
from communique.reading.name_lists import certain_names, known_parts
from communique.reading.names import NameFinder, NameSpan
from communique.reading.post_acronyms import add_introduced_posts
from communique.reading.titles import TitleParser


class MentionFinder:
    """Finds the mentions of a whole document: names first, so that bare family names are known everywhere."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.titles = TitleParser(knowledge)
        self.names = NameFinder(knowledge)
        self.institutions = InstitutionFinder(knowledge, self.names)
        self.clauses = ClauseRoles(knowledge)
        self.blocks = BlockBuilder(knowledge)

    def find(self, sentences: Sequence[tuple[LabelledSentence, bool]], text: str) -> list[Line]:
        """Lines with their mentions.

        Args:
            sentences: Labelled sentences of the document, each with whether it is the title.
            text: The document's text.
        """
        lines = [
            Line(labelled, self.titles.parse(labelled, text), is_title=is_title) for labelled, is_title in sentences
        ]
        add_introduced_posts(lines)
        spans = [[] if line.is_title else self.names.find(line.labelled, line.posts, text) for line in lines]
        spans = certain_names(lines, spans)
        known = known_parts(span for found in spans for span in found)
        for line, found in zip(lines, spans, strict=True):
            names = self._with_known(line, found, known, text)
            line.mentions = self.blocks.build(line.labelled, line.posts, names, text)
            self._add_others(line, text)
            line.mentions.sort(key=lambda m: m.first)
            self.clauses.add(line, text)
        return lines

    def _with_known(self, line: Line, found: list[NameSpan], known: set[tuple[str, ...]], text: str) -> list[NameSpan]:
        """Adds bare family names of people named elsewhere in the document."""
        names = list(found)
        taken = {i for span in names for i in range(span.first, span.last)}
        words = line.labelled.words
        for first, last in self.names.runs(line.labelled):
            i = first
            while i < last:
                if i in taken:
                    i += 1
                    continue
                for j in range(min(last, i + 4), i, -1):
                    if any(k in taken for k in range(i, j)):
                        continue
                    parts = fold(" ".join(w.text for w in words[i:j]))
                    if parts in known and not self._is_title_word(line, i, j):
                        titled = any(p.last == i for p in line.posts)
                        names.append(NameSpan(i, j, line.labelled.text(i, j, text), titled))
                        taken.update(range(i, j))
                        i = j - 1
                        break
                i += 1
        return names

    def _is_title_word(self, line: Line, i: int, j: int) -> bool:
        if j - i > 1:
            return False
        return any(p.first <= i < p.last for p in line.posts) or bool(line.labelled.starting(i, "country", "demonym"))

    # ---- institutions, countries, posts, places -------------------------------------------------------------------
    def _add_others(self, line: Line, text: str) -> None:
        taken = [False] * len(line.labelled.words)
        for mention in line.mentions:
            taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
        claimed = {p.first for m in line.mentions for p in m.posts}
        for post in line.posts:
            if post.first not in claimed and not any(taken[post.first : post.last]):
                line.mentions.append(Mention("post", post.first, post.last, post.title, [post], country=post.country))
                taken[post.first : post.last] = [True] * (post.last - post.first)
        for first, last in self.institutions.find(line.labelled):
            start = first + (line.labelled.words[first].low in DETERMINERS)
            if start < last and not any(taken[first:last]):
                name = line.labelled.text(start, last, text)
                owner = line.labelled.starting(start, "country", "demonym")
                line.mentions.append(
                    Mention(
                        "organization",
                        first,
                        last,
                        name,
                        name_first=start,
                        name_last=last,
                        country=owner.value if owner else None,
                    )
                )
                taken[first:last] = [True] * (last - first)
        for label in line.labelled.labels:
            if label.kind == "country" and not any(taken[label.first : label.last]):
                first = label.first
                if first and line.labelled.words[first - 1].low == "the" and not taken[first - 1]:
                    first -= 1
                name = line.labelled.text(label.first, label.last, text)
                line.mentions.append(
                    Mention(
                        "country",
                        first,
                        label.last,
                        name,
                        name_first=label.first,
                        name_last=label.last,
                        country=label.value,
                    )
                )
                taken[first : label.last] = [True] * (label.last - first)
        for first, last, kind in line.labelled.entities:
            if kind in ("GPE", "LOC", "FAC") and not any(taken[first:last]):
                start = first + (line.labelled.words[first].low in DETERMINERS)
                if start < last:
                    line.mentions.append(
                        Mention(
                            "place",
                            first,
                            last,
                            line.labelled.text(start, last, text),
                            name_first=start,
                            name_last=last,
                        )
                    )
                    taken[first:last] = [True] * (last - first)
