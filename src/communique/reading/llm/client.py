"""Asks a served language model, and bears with it: limits, time-outs, lost connections, servers that know no schema."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from communique.errors import AnswerError, EndpointError
from communique.reading.llm.answer import answer_schema
from communique.reading.llm.options import ENDPOINT_VARIABLE, KEY_VARIABLE, LlmOptions
from communique.reading.llm.usage import Usage

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

# Longest wait for a server, in seconds, whatever it asks for: a wrong "Retry-After" must not stop a run for a day.
LONGEST_WAIT = 120.0
# Servers at home ask for no key, the client does.
NO_KEY = "none"
# How much of a server's complaint is told on.
COMPLAINT_LENGTH = 200

# How a model is to answer: what it holds likeliest, and not for ever. Some models do not take one of them.
SETTINGS: Mapping[str, Any] = {"temperature": 0, "max_tokens": 32_768}
# Words of a complaint about the form in which an answer is asked for.
ABOUT_FORM = ("response_format", "schema", "json", "format")

Message = dict[Literal["role", "content"], str]
Form = Literal["schema", "object", "text"]
FORMS: tuple[Form, ...] = ("schema", "object", "text")
"""Ways to ask for JSON, the strictest first; a server that refuses one is asked for the next."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said.

    Attributes:
        text: Its words.
        is_cut: Whether it ran into a limit of length.
    """

    text: str
    is_cut: bool


class Pace:
    """Keeps all threads waiting together when a server asks for patience."""

    def __init__(self) -> None:
        self._resume = 0.0
        self._lock = Lock()

    def hold(self, seconds: float) -> None:
        """Lets nobody go on for so many seconds, LONGEST_WAIT at most."""
        with self._lock:
            self._resume = max(self._resume, time.monotonic() + min(max(seconds, 0.0), LONGEST_WAIT))

    def rest(self) -> float:
        """Seconds that are still to be waited."""
        return max(0.0, self._resume - time.monotonic())

    def wait(self) -> None:
        """Waits as long as anybody has to."""
        while rest := self.rest():
            time.sleep(rest)


class Chat:
    """A conversation partner; safe to use from several threads.

    Args:
        options: Which server and model, and how much patience.
        usage: Where requests and tokens are counted.

    Raises:
        EndpointError: If the package ``openai`` is missing or the address is none.
    """

    def __init__(self, options: LlmOptions, usage: Usage) -> None:
        self._options = options
        self._usage = usage
        self._pace = Pace()
        self._key = os.environ.get(KEY_VARIABLE) or NO_KEY
        self._client = _open_client(options, self._key)
        self._form: Form = FORMS[0]
        self._settings: Mapping[str, Any] = SETTINGS

    def ask(self, messages: Sequence[Message]) -> Reply:
        """Sends messages and gives the model's reply.

        Raises:
            AnswerError: If there is no reply to these messages.
            EndpointError: If there will be none to any.
        """
        complaint, is_about_form = "", False
        for form in FORMS[FORMS.index(self._form) :]:
            completion, complaint = self._try_form(messages, form)
            if completion is not None:
                if is_about_form:
                    self._form = form  # from now on; what was refused for another reason is asked strictly again
                return self._reply(completion)
            is_about_form = is_about_form or any(word in complaint.lower() for word in ABOUT_FORM)
        raise AnswerError(f"The server does not take the request: {complaint}")

    def _try_form(self, messages: Sequence[Message], form: Form) -> tuple[ChatCompletion | None, str]:
        """The completion, or the complaint of a server that does not take requests of this form."""
        import openai

        settings = self._settings  # as they are sent: another thread may give them up meanwhile
        try:
            return self._send(messages, form, settings), ""
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            complaint = self._quote(error)
        refused = [name for name in settings if name in complaint]
        if refused:
            self._settings = {name: value for name, value in settings.items() if name not in refused}
            return self._try_form(messages, form)
        return None, complaint

    def _send(self, messages: Sequence[Message], form: Form, settings: Mapping[str, Any]) -> ChatCompletion:
        """Sends a request as often as patience lasts; raises openai's errors for requests that are not understood."""
        import openai

        for attempt in range(self._options.retries + 1):
            self._pace.wait()
            try:
                return self._client.chat.completions.create(
                    model=self._options.model,
                    messages=_told(messages, form),  # type: ignore[arg-type]  # plain dictionaries of the same shape
                    **_response_format(form),
                    **settings,
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                raise
            except openai.APIStatusError as error:
                # Gateways answer 403 for a single document that they will not pass on; a key was right once, and is.
                if error.status_code in (401, 404) or (error.status_code == 403 and not self._usage.requests):
                    raise EndpointError(self._refusal(error.status_code)) from None
                if error.status_code not in (408, 409, 429) and error.status_code < 500:
                    raise AnswerError(f"The server answered {error.status_code}: {self._quote(error)}") from None
                trouble = f"The server answered {error.status_code}: {self._quote(error)}"
                wait = _retry_after(error.response.headers.get("retry-after"))
                is_silent = False
            except json.JSONDecodeError as error:
                trouble, wait, is_silent = f"The server sent no JSON ({error}).", None, False
            except openai.APIError as error:  # time-outs and lost connections
                trouble, wait = self._quote(error), None
                is_silent = not isinstance(error, openai.APITimeoutError)
            if attempt < self._options.retries:
                self._usage.note_retry()
                self._pace.hold(self._options.backoff * 2**attempt if wait is None else wait)
        raise self._give_up(trouble, is_silent) from None

    def _give_up(self, trouble: str, is_silent: bool) -> AnswerError | EndpointError:
        """The error for a request that was tried often enough: the document's, unless nothing was ever answered."""
        times = f"{self._options.retries + 1} tries"
        if self._usage.requests or not is_silent:
            return AnswerError(f"No answer after {times}; at last: {trouble} Try again later, or with more --timeout.")
        return EndpointError(f"Nobody answers at {self._options.endpoint!r} ({times}). Check --endpoint.")

    def _reply(self, completion: ChatCompletion) -> Reply:
        """What a completion says; it is as the server sent it, whatever the client's types promise."""
        usage = getattr(completion, "usage", None)
        self._usage.note_answer(*(_tokens(usage, name) for name in ("prompt_tokens", "completion_tokens")))
        choices = getattr(completion, "choices", None)
        if not isinstance(choices, list):
            raise AnswerError(
                f"What answers at {self._options.endpoint!r} is no OpenAI-compatible server. "
                "Does --endpoint end in /v1?"
            )
        message = getattr(choices[0], "message", None) if choices else None
        if message is None:
            return Reply("", is_cut=False)
        reason = getattr(choices[0], "finish_reason", None)
        if getattr(message, "refusal", None) or reason == "content_filter":
            raise AnswerError("The model refused to read this document. Read it with the local reader.")
        content = getattr(message, "content", None)
        return Reply(content if isinstance(content, str) else "", is_cut=reason == "length")

    def _refusal(self, status: int) -> str:
        """Why the server will take no request at all; its own words are left out, since they may hold the key."""
        if status == 404:
            return (
                f"The server at {self._options.endpoint!r} does not know the model {self._options.model!r} or the "
                "address (404). Check --model, and that --endpoint ends in /v1."
            )
        return f"The server at {self._options.endpoint!r} refuses the key ({status}). Set {KEY_VARIABLE}."

    def _quote(self, error: openai.APIError) -> str:
        """What the server said, shortened, without the key."""
        said = str(error.message) if self._key == NO_KEY else str(error.message).replace(self._key, "***")
        return " ".join(said.split())[:COMPLAINT_LENGTH]


def _tokens(usage: object, name: str) -> int:
    """A number of tokens as the server counts them; 0 where it does not, or counts nonsense."""
    number = getattr(usage, name, None)
    return number if type(number) is int and number > 0 else 0


def _open_client(options: LlmOptions, key: str) -> openai.OpenAI:
    try:
        import openai
    except ImportError as error:
        raise EndpointError("--reader llm needs the package openai: pip install 'communique[llm]'.") from error
    if not options.endpoint.startswith(("http://", "https://")):
        raise EndpointError(
            f"{options.endpoint!r} is no address. Give --endpoint or {ENDPOINT_VARIABLE} like http://127.0.0.1:8080/v1."
        )
    client = openai.OpenAI(base_url=options.endpoint, api_key=key, timeout=options.timeout, max_retries=0)
    # The client takes these from variables meant for another service; they are nobody's business here.
    client.organization = client.project = None
    return client


def _response_format(form: Form) -> dict[str, Any]:
    if form == "text":
        return {}
    if form == "object":
        return {"response_format": {"type": "json_object"}}
    schema = {"name": "readout", "strict": True, "schema": answer_schema()}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _told(messages: Sequence[Message], form: Form) -> list[Message]:
    """The messages; a server that is not given the schema with the request is told it in the first of them."""
    if form == "schema":
        return list(messages)
    first, *others = messages
    schema = json.dumps(answer_schema(), separators=(",", ":"))
    return [{**first, "content": f"{first['content']}\nThe object has this JSON schema:\n{schema}\n"}, *others]


def _retry_after(given: str | None) -> float | None:
    """Seconds; None where the header is missing or a date, which depends on two clocks."""
    try:
        seconds = float(given or "")
    except ValueError:
        return None
    return seconds if seconds >= 0 else None
