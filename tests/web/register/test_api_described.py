"""The description of the API holds: a validator reads it, and whatever is asked by it is answered as it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from clustermark.web.register.models import Award

STATES = ("decided",)
EXAMPLES = 15
"""Questions an operation; the same in every run."""


def test_a_validator_accepts_the_description(db: None) -> None:
    described = Client().get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(described).iter_errors()] == []
    # and the validator is one that finds faults
    described["paths"]["/api/certificates"]["get"]["parameters"][0]["in"] = "nowhere"
    assert list(OpenAPIV31SpecValidator(described).iter_errors())


OPERATIONS = ["certificates", "certificate", "statistic", "verify"]


@pytest.fixture
def connected() -> Iterator[None]:
    """The connection of the test stays open though a server closes it after a request, as with Django's own client."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_asked_is_answered_as_described(operation: str, award: Award) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    operations = {one.definition.raw["operationId"]: one for one in found}
    assert sorted(operations) == sorted(OPERATIONS)

    # inside, so that Hypothesis does not write the whole sample out when an example fails
    @given(data=st.data())
    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
    def answered(data: st.DataObject) -> None:
        for mode in GenerationMode:
            case = data.draw(operations[operation].as_strategy(generation_mode=mode))
            case.call_and_validate()

    answered()
