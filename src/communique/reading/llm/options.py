"""How a served language model is reached and what it may take; the key is never a part of it."""

from __future__ import annotations

from dataclasses import dataclass

ENDPOINT_VARIABLE = "COMMUNIQUE_LLM_ENDPOINT"
MODEL_VARIABLE = "COMMUNIQUE_LLM_MODEL"
KEY_VARIABLE = "COMMUNIQUE_LLM_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmOptions:
    """Plain values, so that they can travel to other processes. The key stays in the environment.

    Attributes:
        endpoint: Address of an OpenAI-compatible server, "…/v1".
        model: The model's name on that server.
        timeout: Seconds without a sign of the server after which a request is given up.
        retries: How often a request is tried again after a time-out, a lost connection, a limit or a server's error.
        backoff: Seconds before the first new try; doubled each time, unless the server says how long to wait.
        concurrency: Documents that are read at the same time.
        portion: Characters of an article that one request carries. 12,000 are some 3,000 tokens, and leave a small
            model with a window of 8,000 tokens room for instructions and answer.
        input_price: Price of a million tokens sent; None when unknown.
        output_price: Price of a million tokens received.
    """

    endpoint: str
    model: str
    timeout: float = 120.0
    retries: int = 4
    backoff: float = 1.0
    concurrency: int = 4
    portion: int = 12_000
    input_price: float | None = None
    output_price: float | None = None
