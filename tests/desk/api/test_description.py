"""What the description says is what holds: schemathesis asks every operation, and finds no server error."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.desk.api.test_tokens import make_token

# Whether what does not fit is refused, the tests of each operation say: a list passes over what it does not know.
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

schema = schemathesis.openapi.from_wsgi("/api/1/openapi.json", WSGIHandler())
# Takes three quarters of a minute for each list to think of boundary values, at collection already.
schema.config.phases.coverage.enabled = False


@pytest.fixture
def token(writing: Client) -> str:
    """A token that may do everything."""
    return make_token(writing, "administrator")


@schema.parametrize()
@settings(max_examples=30, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_as_described(case: Case, token: str) -> None:
    answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
    case.validate_response(answer, checks=CHECKS)
