"""A server that misbehaves: what is tried again, what costs a document, and what ends the run."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from tests.reading.llm.sample import answer, new_reader, report
from tests.reading.llm.served import HANG, Play, Served, completion, failing, serve

from communique.errors import AnswerError, EndpointError
from communique.reading.llm import KEY_VARIABLE, LlmOptions, LlmReader
from communique.reading.llm import client as client_module

KEY = "sk-very-secret-17"

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    return


def test_the_request_says_what_it_must_and_nothing_of_others() -> None:
    with serve(completion(answer())) as server:
        new_reader(server.url).read(report())
    (request,), (headers,) = server.requests, server.headers
    assert request["model"] == "tiny"
    assert request["temperature"] == 0
    assert request["response_format"]["json_schema"]["strict"] is True
    assert headers["authorization"] == f"Bearer {KEY}"
    assert "somebody-else" not in str(headers)


@pytest.mark.parametrize(
    "trouble",
    [
        failing(429, **{"Retry-After": "0.05"}),
        failing(500),
        failing(503),
        failing(429),
        failing(408),
        Served(status=HANG),
    ],
    ids=["limit", "500", "503", "limit without a time", "408", "hang"],
)
def test_passing_trouble_is_tried_again(trouble: Served) -> None:
    with serve(trouble, completion(answer())) as server:
        reader = new_reader(server.url, timeout=0.5)
        assert len(reader.read(report()).engagements) == 2
    assert reader.usage.retries == 1
    assert reader.usage.requests == 1


def test_the_server_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(client_module.Pace, "hold", lambda self, seconds: waits.append(seconds))
    with serve(
        failing(429, **{"Retry-After": "7"}), failing(500), failing(429, **{"Retry-After": "Mon"}), completion(answer())
    ) as server:
        new_reader(server.url, retries=3, backoff=0.5).read(report())
    assert waits == [7.0, 1.0, 2.0]


def test_nobody_waits_longer_than_the_longest_wait() -> None:
    pace = client_module.Pace()
    pace.hold(1e9)
    assert pace.rest() <= client_module.LONGEST_WAIT


@pytest.mark.parametrize("trouble", [failing(500), failing(429), Served(status=HANG)], ids=["500", "limit", "hang"])
def test_lasting_trouble_costs_the_document(trouble: Served) -> None:
    with serve(trouble) as server:
        with pytest.raises(AnswerError, match="3 tries"):
            new_reader(server.url, timeout=0.2).read(report())
        assert len(server.requests) == 3


@pytest.mark.parametrize(("form", "status"), [("json_schema", 400), ("json_object", 422), ("json_schema", 422)])
def test_a_server_without_schema_is_asked_in_a_simpler_form(form: str, status: int) -> None:
    refused = {"json_schema", form}

    def play(request: dict[str, object]) -> Served:
        asked = request.get("response_format")
        is_refused = isinstance(asked, dict) and asked["type"] in refused
        return failing(status, "response_format is not supported") if is_refused else completion(answer())

    with serve(play) as server:
        reader = new_reader(server.url)
        for _ in range(2):
            assert len(reader.read(report()).engagements) == 2
    # The second document is asked for at once in the form that was taken; without a schema the words describe it.
    assert len(server.requests) == 2 + len(refused)
    assert '"additionalProperties":false' in server.requests[-1]["messages"][0]["content"]


@pytest.mark.parametrize("setting", ["temperature", "max_tokens"])
def test_a_model_that_does_not_take_a_setting_is_asked_without(setting: str) -> None:
    def play(request: dict[str, object]) -> Served:
        return failing(400, f"unsupported parameter: {setting}") if setting in request else completion(answer())

    with serve(play) as server:
        assert new_reader(server.url).read(report()).people
    assert "response_format" in server.requests[-1]
    assert {"temperature", "max_tokens"} - {setting} <= server.requests[-1].keys()


def test_what_is_refused_for_another_reason_is_asked_strictly_the_next_time() -> None:
    plays = iter([failing(400, "try later"), completion(answer()), completion(answer())])
    with serve(lambda request: next(plays)) as server:
        reader = new_reader(server.url)
        for _ in range(2):
            assert reader.read(report()).engagements
    assert [request["response_format"]["type"] for request in server.requests] == [
        "json_schema",
        "json_object",
        "json_schema",
    ]


def test_a_gateway_that_will_not_pass_one_document_on_costs_that_document() -> None:
    plays = iter([completion(answer()), failing(403, "blocked by the gateway"), completion(answer())])
    with serve(lambda request: next(plays)) as server:
        reader = new_reader(server.url)
        assert reader.read(report()).engagements
        with pytest.raises(AnswerError, match="403"):
            reader.read(report())
        assert reader.read(report()).engagements


def test_a_request_that_is_never_taken_costs_the_document() -> None:
    play = failing(400, f"context too long for {KEY}")
    with serve(play) as server, pytest.raises(AnswerError, match="context too long") as caught:
        new_reader(server.url).read(report())
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(("status", "hint"), [(401, KEY_VARIABLE), (403, KEY_VARIABLE), (404, "--model")])
def test_what_every_document_would_meet_ends_the_run(status: int, hint: str) -> None:
    with serve(failing(status, f"bad key {KEY}")) as server, pytest.raises(EndpointError, match=hint) as caught:
        new_reader(server.url).read(report())
    assert KEY not in str(caught.value)
    assert len(server.requests) == 1


def test_an_address_where_nobody_answers_ends_the_run() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    reader = new_reader(url)
    with pytest.raises(EndpointError, match="Nobody answers"):
        reader.read(report())


def test_an_address_that_is_none_is_told_at_once() -> None:
    with pytest.raises(EndpointError, match="COMMUNIQUE_LLM_ENDPOINT"):
        LlmReader(LlmOptions(endpoint="localhost:80", model="tiny"))


def test_broken_json_is_asked_for_again_once() -> None:
    with serve(completion('{"people": ['), completion(answer())) as server:
        reader = new_reader(server.url)
        assert len(reader.read(report()).engagements) == 2
    assert reader.usage.reasks == 1
    assert [message["role"] for message in server.requests[1]["messages"]] == ["system", "user", "assistant", "user"]


EMPTY = Served(body={"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []})


@pytest.mark.parametrize(
    "play",
    [completion("Sorry, no JSON."), completion(""), completion(None), EMPTY],
    ids=["prose", "blank", "null", "no choice"],
)
def test_an_answer_that_stays_unusable_costs_the_document(play: Served | Play) -> None:
    with serve(play) as server:
        with pytest.raises(AnswerError, match="asked twice"):
            new_reader(server.url).read(report())
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "play", [completion(None, refusal="I would rather not."), completion("", finish="content_filter")]
)
def test_a_refusal_costs_the_document_and_is_not_argued_with(play: Served) -> None:
    with serve(play) as server:
        with pytest.raises(AnswerError, match="refused"):
            new_reader(server.url).read(report())
        assert len(server.requests) == 1


@pytest.mark.parametrize("body", ["<html>It works!</html>", {"hello": "world"}], ids=["page", "other JSON"])
def test_something_else_at_the_address_is_told(body: object) -> None:
    with serve(Served(body=body)) as server, pytest.raises(AnswerError, match="no OpenAI-compatible server"):
        new_reader(server.url).read(report())


def body_with(**parts: object) -> Served:
    """A completion of which some parts are not what they should be; ``message`` replaces that of the only choice."""
    body = json.loads(json.dumps(completion(answer()).body))
    if "message" in parts:
        body["choices"][0]["message"] = parts.pop("message")
    return Served(body=body | parts)


@pytest.mark.parametrize(
    "play",
    [
        body_with(choices="none"), body_with(choices={}), body_with(choices=[None]), body_with(choices=["text"]),
        body_with(message="text"), body_with(message={"content": ["text"]}), body_with(message={"content": 5}),
    ],
)  # fmt: skip
def test_a_malformed_completion_costs_the_document(play: Served) -> None:
    with serve(play) as server, pytest.raises(AnswerError):
        new_reader(server.url).read(report())


@pytest.mark.parametrize("usage", ["much", {"prompt_tokens": "many", "completion_tokens": -3}, {"prompt_tokens": 1.5}])
def test_tokens_that_are_no_numbers_cost_nothing(usage: object) -> None:
    with serve(body_with(usage=usage)) as server:
        reader = new_reader(server.url)
        assert reader.read(report()).people
    assert (reader.usage.requests, reader.usage.sent, reader.usage.received) == (1, 0, 0)


def test_what_is_no_json_at_all_is_tried_again() -> None:
    broken = Served(body="<html>", headers={"Content-Type": "application/json"})
    with serve(broken, completion(answer())) as server:
        reader = new_reader(server.url)
        assert reader.read(report()).people
    assert reader.usage.retries == 1
