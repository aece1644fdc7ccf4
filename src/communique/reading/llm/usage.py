"""What reading with a served model took: requests, tokens, cost, and facts dropped because nothing proves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from communique.model import Dropped
from communique.reading.llm.options import LlmOptions

MILLION = 1_000_000


@dataclass(slots=True)
class Usage:
    """Running totals of one reader; safe to write from several threads.

    Attributes:
        requests: Requests that were answered.
        retries: Requests that were sent again.
        reasks: Answers that could not be used, and were asked for again.
        sent: Tokens sent, as the server counts them; 0 where it does not.
        received: Tokens received.
        dropped: Kind of fact → how many were dropped.
    """

    requests: int = 0
    retries: int = 0
    reasks: int = 0
    sent: int = 0
    received: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def note_answer(self, sent: int, received: int) -> None:
        """Counts an answer and its tokens."""
        with self._lock:
            self.requests += 1
            self.sent += sent
            self.received += received

    def note_retry(self) -> None:
        """Counts a request that is sent again."""
        with self._lock:
            self.retries += 1

    def note_reask(self) -> None:
        """Counts an answer that could not be used."""
        with self._lock:
            self.reasks += 1

    def note_dropped(self, dropped: Iterable[Dropped]) -> None:
        """Adds what one document lost."""
        with self._lock:
            for entry in dropped:
                self.dropped[entry.kind] += entry.count

    def cost(self, options: LlmOptions) -> float | None:
        """The price of the tokens so far; None where no price was given."""
        if options.input_price is None and options.output_price is None:
            return None
        return (self.sent * (options.input_price or 0) + self.received * (options.output_price or 0)) / MILLION

    def describe(self, options: LlmOptions) -> str:
        """A few lines for the end of a run."""
        parts = [f"requests {self.requests:,}", f"tokens sent {self.sent:,}", f"received {self.received:,}"]
        cost = self.cost(options)
        parts.append("cost unknown (no price given)" if cost is None else f"cost {cost:,.4f}")
        lines = [f"llm/{options.model}: {', '.join(parts)}"]
        if self.retries or self.reasks:
            lines.append(f"  sent again {self.retries:,}, asked again for a usable answer {self.reasks:,}")
        if self.dropped:
            kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.dropped.items()))
            lines.append(f"  dropped, because the text does not prove them: {kinds}")
        return "\n".join(lines)
