"""Preparation: documents cut into sentences, labelled, with names found and every sentence parsed.

Works on a batch of documents at once, because the model is fastest when it sees many sentences together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, groupby
from typing import TYPE_CHECKING

from communique.model import Document, Organization
from communique.reading.analysis import Analysis
from communique.reading.counterparts import resolve_counterparts
from communique.reading.knowledge import Knowledge
from communique.reading.labelled import LabelledSentence
from communique.reading.language import load_pipeline, parse_sentences, tag_names
from communique.reading.mentions import MentionFinder
from communique.reading.organizations import OrganizationBuilder
from communique.reading.people import Candidate, PeopleBuilder
from communique.reading.successions import Successions
from communique.reading.surrogate import build_surrogate
from communique.reading.tokens import Parse
from communique.reading.words import Sentence, Word, sentence_spans, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

TITLE = -1  # the block number of the title's sentence


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be read.

    Attributes:
        analysis: Its parsed lines.
        people: The people that they name.
        organizations: The institutions that they name, as records of the readout.
        expansions: Short form → full name of institutions.
    """

    analysis: Analysis
    people: list[Candidate]
    organizations: tuple[Organization, ...]
    expansions: Mapping[str, str]


class Preparer:
    """Prepares batches of documents.

    Args:
        knowledge: The lexicon compiled for reading.

    Raises:
        ModelError: If the language model is missing or not the pinned one.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.nlp = load_pipeline()
        self.mentions = MentionFinder(knowledge)

    def prepare(self, documents: Sequence[Document]) -> list[Prepared]:
        """Prepares a batch, in order."""
        sentences = self._label(documents)
        analyses = [
            Analysis(document, self.mentions.find(labelled, document.text))
            for document, labelled in zip(documents, sentences, strict=True)
        ]
        prepared = [self._join(analysis) for analysis in analyses]
        self._parse(analyses)
        return prepared

    def _join(self, analysis: Analysis) -> Prepared:
        people = PeopleBuilder().join(analysis.lines)
        resolve_counterparts(people, analysis.lines, self.knowledge)
        Successions(people, analysis.lines, self.knowledge).resolve()
        builder = OrganizationBuilder(self.knowledge)
        told = [line for line in analysis.lines if not analysis.is_dateline(line)]
        organizations = builder.join(told, analysis.text)
        return Prepared(analysis, people, organizations, builder.expansions)

    def _label(self, documents: Sequence[Document]) -> list[list[tuple[LabelledSentence, bool]]]:
        pieces = [
            (n, block, start, end, tuple(words(document.text, start, end, self.knowledge.affixes)))
            for n, document in enumerate(documents)
            for block, start, end in _pieces(document)
        ]
        may_name = [self._may_name(tokens) for *_, tokens in pieces]
        named = (documents[n].text[start:end] for n, _, start, end, _ in compress(pieces, may_name))
        docs = tag_names(self.nlp, (self.nlp.make_doc(sentence) for sentence in named))
        labels = [self.knowledge.table.find(tokens) for *_, tokens in pieces]
        for _, own in groupby(zip(pieces, labels, strict=True), key=lambda pair: pair[0][0]):
            self.knowledge.shared_demonyms.settle([(piece[-1], found) for piece, found in own])
        labelled: list[list[tuple[LabelledSentence, bool]]] = [[] for _ in documents]
        for (n, block, start, end, tokens), found, is_tagged in zip(pieces, labels, may_name, strict=True):
            sentence = Sentence(len(labelled[n]), block, start, end, tokens)
            entities = list(_entities(next(docs), tokens, start)) if is_tagged else []
            labelled[n].append((LabelledSentence(sentence, found, entities), block == TITLE))
        return labelled

    def _may_name(self, tokens: Sequence[Word]) -> bool:
        """Whether a sentence has a capitalized word besides an opening "The" or "He": others the model need not see."""
        capitalized = (k for k, word in enumerate(tokens) if word.is_word and word.is_capitalized)
        return any(k or tokens[0].low not in self.knowledge.function_words for k in capitalized)

    def _parse(self, analyses: Sequence[Analysis]) -> None:
        lines = [(line, analysis.text) for analysis in analyses for line in analysis.lines if not line.is_title]
        parsed = parse_sentences(self.nlp, [build_surrogate(line, self.nlp, text) for line, text in lines])
        for (line, _), doc in zip(lines, parsed, strict=True):
            line.doc = Parse.of(doc)
            line.tokens = list(line.doc)


def _pieces(document: Document) -> Iterator[tuple[int, int, int]]:
    """Block number, start and end of every sentence of the title and the body; none of what is not English."""
    if document.language not in (None, "en"):
        return
    for number, block in enumerate(document.blocks):
        if block.kind in ("body", "dateline", "title"):
            for start, end in sentence_spans(document.text, block.start, block.end):
                yield TITLE if block.kind == "title" else number, start, end


def _entities(doc: Doc, tokens: Sequence[Word], offset: int) -> Iterator[tuple[int, int, str]]:
    """The model's spans in terms of our words: first word, last word + 1, label."""
    for entity in doc.ents:
        start, end = offset + entity.start_char, offset + entity.end_char
        covered = [i for i, word in enumerate(tokens) if word.start < end and word.end > start]
        if covered:
            yield covered[0], covered[-1] + 1, entity.label_
