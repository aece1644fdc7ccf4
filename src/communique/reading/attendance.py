"""Attendance: sentences that only say who else was there, and belong to the engagement told before.

"Also present were X and Y." · "The talks were attended by Z." · "Opposite them sat the interior minister."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from communique.lexicon import Lexicon
from communique.reading.analysis import Line
from communique.reading.discourse import Discourse
from communique.reading.frames import inflected
from communique.reading.grammar import agents, children, conjuncts, is_negated, is_passive, patients
from communique.reading.parties import Party
from communique.reading.records import Record

if TYPE_CHECKING:
    from communique.reading.tokens import Token

REACH = 3  # sentences after an engagement in which its attendance is told
# Where a word such as "present" stands when it says that somebody was: the parser is of several minds.
_PREDICATES = frozenset("acomp advmod ROOT amod attr nsubj npadvmod advcl dep".split())


class AttendanceReader:
    """Adds those who were present to the engagement told last."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("frames")["attendance"]
        self.verbs = inflected(table["verbs"])
        self.beside = inflected(table["beside"])
        self.adjectives = frozenset(table["adjectives"])

    def read_line(self, line: Line, discourse: Discourse, records: Sequence[Record]) -> None:
        """Adds the people whom ``line`` shows as present, when it tells no engagement of its own."""
        if not records or line.doc is None:
            return
        record = records[-1]
        told = record.lines[-1]
        if told is line or line.index - told.index > REACH or record.kind == "visit":
            return
        heads = [head for token in line.tokens for head in self._present(token)]
        known = record.keys
        for party in discourse.parties(heads, line):
            if party.key not in known and _is_named(party):
                record.sides.append([party])
                known.add(party.key)
                if line not in record.lines:
                    record.lines.append(line)

    def _present(self, token: Token) -> Iterator[Token]:
        """Heads of the noun phrases that a word shows as present."""
        low = token.lower_
        if low in self.adjectives and token.dep_ in _PREDICATES:
            verb = token.head if token.dep_ != "ROOT" else token
            for child in children(verb, "nsubj", "nsubjpass", "attr", "dobj"):
                if child.i != token.i:
                    yield from conjuncts(child)
        elif low in self.verbs and token.tag_[:2] == "VB" and not is_negated(token):
            yield from agents(token)
            if low in self.beside and not is_passive(token):
                yield from patients(token)


def _is_named(party: Party) -> bool:
    return party.referent.type == "person" or (party.referent.type == "organization" and party.referent.ref is not None)
