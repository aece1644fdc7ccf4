"""The reader that asks a served language model: same documents, same readouts, same contract as the local one."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from communique.errors import AnswerError
from communique.lexicon import Lexicon
from communique.model import Document, DocumentHead, Dropped, Readout
from communique.reading.llm.almanac import Almanac
from communique.reading.llm.answer import Answer, read_answer
from communique.reading.llm.cast import Cast
from communique.reading.llm.circumstances import CircumstanceReader
from communique.reading.llm.client import Chat, Message
from communique.reading.llm.facts import Facts
from communique.reading.llm.options import LlmOptions
from communique.reading.llm.prompt import ask_again, build_messages, halve, split_portions
from communique.reading.llm.usage import Usage
from communique.reading.quote_finder import QuoteFinder


class AnswerCut(AnswerError):
    """The model's answer ran into a limit of length."""


class LlmReader:
    """Reads documents by asking a served model, several at a time.

    Args:
        options: Which server and model, and how.
        lexicon: Language knowledge for dates and places; the packaged one by default.

    Raises:
        LexiconError: If the lexicon cannot be used.
        EndpointError: If the package ``openai`` is missing or the address is none.
    """

    def __init__(self, options: LlmOptions, *, lexicon: Lexicon | None = None) -> None:
        self.options = options
        self.usage = Usage()
        self._almanac = Almanac(lexicon or Lexicon())
        self._chat = Chat(options, self.usage)
        # What came of the documents read last. Whoever meets an error in a batch asks for each document alone, to find
        # the one that is to blame; answers that were paid for are not asked for twice.
        self._kept: dict[tuple[str, str], Readout | Exception] = {}

    def read(self, document: Document) -> Readout:
        """Reads one document.

        Raises:
            AnswerError: If the model gives no usable answer about it.
            EndpointError: If the model cannot be asked at all.
        """
        outcome = self._kept.pop(_key(document), None) or self._attempt(document)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def read_many(self, documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[Readout]:
        """Reads documents in order, ``concurrency`` of them at the same time.

        Raises:
            AnswerError, EndpointError: As ``read``, when the document's turn comes.
        """
        stream = iter(documents)
        while batch := list(islice(stream, batch_size)):
            with ThreadPoolExecutor(self.options.concurrency) as pool:
                outcomes = list(pool.map(self._attempt, batch))
            self._kept = dict(zip(map(_key, batch), outcomes, strict=True))
            for outcome in outcomes:
                if isinstance(outcome, Exception):
                    raise outcome
                yield outcome
            self._kept = {}

    def _attempt(self, document: Document) -> Readout | Exception:
        try:
            return self._read(document)
        except Exception as error:  # told when the document's turn comes
            return error

    def _read(self, document: Document) -> Readout:
        dropped: Counter[str] = Counter()
        facts = self._new_facts(document, dropped)
        waiting = deque(split_portions(document, self.options.portion))
        while waiting:
            portion = waiting.popleft()
            messages = build_messages(document, portion, facts.cast.people, facts.engagements)
            try:
                facts.add(self._ask(messages, dropped))
            except AnswerCut:
                halves = halve(document, portion)
                if len(halves) == 1:
                    raise
                waiting.extendleft(reversed(halves))
        readout = Readout(
            reader=f"llm/{self.options.model}",
            document=DocumentHead.of(document),
            people=tuple(sorted(facts.cast.people, key=lambda person: person.evidence[0].start)),
            organizations=tuple(sorted(facts.cast.organizations, key=lambda body: body.evidence[0].start)),
            engagements=tuple(facts.engagements),
            commitments=tuple(facts.commitments),
            statements=tuple(facts.statements),
            dropped=tuple(Dropped(kind=kind, count=count) for kind, count in sorted(dropped.items())),
        )
        readout.check(document.text)
        self.usage.note_dropped(readout.dropped)
        return readout

    def _new_facts(self, document: Document, dropped: Counter[str]) -> Facts:
        finder = QuoteFinder(document.text, document.body)
        return Facts(
            finder=finder,
            cast=Cast(finder, self._almanac, dropped),
            circumstances=CircumstanceReader(self._almanac, document, finder, dropped),
            dropped=dropped,
        )

    def _ask(self, messages: list[Message], dropped: Counter[str]) -> Answer:
        """The model's answer; one that cannot be used is asked for once more."""
        for attempt in range(2):
            reply = self._chat.ask(messages)
            try:
                lost: Counter[str] = Counter()
                answer = read_answer(reply.text, lost)
            except ValueError as error:
                if reply.is_cut:
                    raise AnswerCut(
                        "The model's answer was cut off. Let the server answer with more tokens, or lower --portion."
                    ) from None
                complaint = str(error)
            else:
                dropped.update(lost)
                return answer
            if attempt == 0:
                self.usage.note_reask()
                messages = ask_again(messages, reply.text, f"Your answer could not be used: {complaint}")
        raise AnswerError(f"The model's answer could not be used, asked twice: {complaint}")


def _key(document: Document) -> tuple[str, str]:
    return document.id, document.uri
