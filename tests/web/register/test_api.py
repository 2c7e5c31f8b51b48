"""The API says what the pages say, as its OpenAPI file says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from clustermark.register.entries import Certificate, read_register
from clustermark.register.rows import Scope
from clustermark.register.statistics import Statistic, ordinal
from clustermark.web.accounts.people import today
from clustermark.web.register.api import api
from clustermark.web.register.domain.importing import enter_register
from clustermark.web.register.models import Award

STATES = ("decided",)

ROOT = Path(__file__).parents[3]
SYNTHETIC = ROOT / "examples" / "register" / "synthetic-2017.json"


def test_the_stored_description_is_the_one_that_is_served() -> None:
    stored = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert stored == json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
    assert sorted(stored["paths"]) == [
        "/api/certificates",
        "/api/certificates/{number}",
        "/api/statistics/{key}",
        "/api/verify",
    ]


def test_a_certificate(award: Award) -> None:
    answer = Client().get(f"/api/certificates/{award.number}")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["state"] == "valid"
    assert [act["kind"] for act in told["acts"]] == ["issue"]
    assert "reason" not in told["acts"][0]
    assert told["notice"]["en"].startswith("Not endorsed")
    assert Certificate.model_validate_json(json.dumps(told["certificate"])).number == award.number
    again = Client().get(
        f"/api/certificates/{award.number}", headers={"if-none-match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert Client().get("/api/certificates/nobody").status_code == 404


@pytest.mark.django_db
def test_the_register_as_in_2017() -> None:
    register = read_register(SYNTHETIC.read_bytes(), file=SYNTHETIC.name)
    enter_register(register=register, file=SYNTHETIC.name)
    case = json.loads((SYNTHETIC.parent / "synthetic-2017-case.json").read_text(encoding="utf-8"))
    own = next(
        item for item in register.certificates if item.holder == case["cluster"] and item.level == "silver"
    )
    place = f"/api/statistics/ordinal?number={own.number}&within=sector&as_of=2017-11-30"
    told = Client().get(place).json()
    assert told["statistic"]["value"] == 9
    assert Client().get(place.replace("sector", "country")).json()["statistic"]["value"] == 1
    wanted = ordinal(
        register,
        own.number,
        as_of=today(),
        scope=Scope(level="silver", country="RU"),
    )
    now = Client().get(f"/api/statistics/ordinal?number={own.number}").json()["statistic"]
    assert Statistic.model_validate_json(json.dumps(now)) == wanted
    listed = Client().get("/api/certificates?country=RU&state=any").json()
    assert listed["count"] == sum(item.country == "RU" for item in register.certificates)
    assert listed["register"]["licence"] == "CC-BY-4.0"


@pytest.mark.django_db
def test_bad_questions_are_refused_in_words() -> None:
    for place in (
        "/api/certificates?country=Russia",
        "/api/certificates?on=yesterday",
        "/api/certificates?page=0",
        "/api/statistics/nothing",
        "/api/statistics/in_force?by=colour",
    ):
        assert Client().get(place).status_code == 422, place
    assert Client().get("/api/statistics/ordinal?number=nobody").status_code == 404
    assert Client().post("/api/verify").status_code == 422
    assert Client().get("/api/docs").status_code == 404
