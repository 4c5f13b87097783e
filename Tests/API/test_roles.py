"""What is answered to those who plan, lead, administer and audit is what the description says."""

import json

import pytest
import schemathesis

from description import described
from people import Adviser, Customer

schema = schemathesis.openapi.from_dict(described())

ANSWERS = [
    ("planner", "/planning/queues", "/planning/queues"), ("planner", "/queues/{queue}", "/queues/1"),
    ("planner", "/queues/{queue}/changes", "/queues/1/changes"), ("planner", "/calendar", "/calendar"),
    ("planner", "/ready-replies", "/ready-replies"), ("planner", "/wrap-up-codes", "/wrap-up-codes"),
    ("planner", "/skills", "/skills"), ("planner", "/board", "/board"),
    ("planner", "/reports", "/reports?by=week"), ("planner", "/service-levels", "/service-levels?queue=vat"),
    ("team_leader", "/contacts", "/contacts?limit=3"), ("team_leader", "/contacts", "/contacts?state=waiting"),
    ("team_leader", "/contacts/{contact}", "/contacts/1"), ("team_leader", "/staff", "/staff?search=a&limit=2"),
    ("administrator", "/customers", "/customers"), ("administrator", "/customers", "/customers?reference=1"),
    ("administrator", "/staff/{person}", "/staff/2"),
    ("administrator", "/staff/{person}/export", "/staff/2/export?purpose=Request+17"),
    ("auditor", "/audit", "/audit?limit=5"), ("auditor", "/audit", "/audit?act=staff+copied"),
]


@pytest.fixture(scope="module")
def people(server):
    """Somebody of each role, and something for each to find."""
    planner = Adviser(server.url, server.sign_ins("planner")[0]["username"])
    assert planner.http.post("/closures", json={"message": "Closed", "until": "2199-01-01T00:00", "queue": 3}).status_code == 201
    assert planner.http.post("/ready-replies", json={"title": "Hello", "text": "Hello.", "queue": 1}).status_code == 201
    assert planner.http.put("/bank-holidays/2199-12-25", json={"name": "Christmas Day"}).status_code == 200
    assert planner.http.put("/wrap-up-codes/answered", json={"title": "Answered", "position": 1}).json()["position"] == 1
    Customer(server.url)
    others = {role: Adviser(server.url, server.sign_ins(role)[0]["username"]) for role in ("team_leader", "administrator", "auditor")}
    return {"planner": planner} | others


@pytest.mark.parametrize("role, path, address", ANSWERS)
def test_an_answer_is_as_described(people, role, path, address):
    answer = people[role].http.get(address)
    assert answer.status_code == 200, answer.text
    schema[f"/api/v1{path}"]["GET"].validate_response(answer)


@pytest.mark.parametrize("role, address", [("auditor", "/audit?limit=2"), ("team_leader", "/staff?limit=2"), ("team_leader", "/contacts?limit=2")])
def test_the_next_page_is_an_address_of_the_api(people, server, role, address):
    first = people[role].http.get(address).json()
    assert first["next"].startswith(f"/api/v1{address.split('?')[0]}?")
    second = people[role].http.get(f"{server.url}{first['next']}")
    assert second.status_code == 200
    assert json.dumps(second.json()) != json.dumps(first)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", None])
def test_a_body_of_another_type_is_refused_as_such(server, people, kind):
    for path, item in described()["paths"].items():
        for method in {"put", "post"} & item.keys():
            if "requestBody" not in item[method] or "/staff" in path:
                continue
            assert "415" in item[method]["responses"], f"{method} {path}"
            address = path.replace("{day}", "2026-12-25").replace("{code}", "answered")
            if "{" in address:
                continue
            for person in people.values():
                headers = {"content-type": kind} if kind else {}
                answer = person.http.request(method, f"{server.url}{address}", content=b"x=1", headers=headers)
                assert answer.status_code in (403, 415), f"{method} {path}: {answer.text}"
                assert answer.headers["content-type"] == "application/problem+json"
