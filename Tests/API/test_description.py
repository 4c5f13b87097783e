"""What the description promises is what the server does, with data good and bad."""

import re

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from description import described
from people import Adviser

EXAMPLES = 20

# A stream does not end, so its answer cannot be read whole: test_live looks at those.
schema = schemathesis.openapi.from_dict(described()).exclude(path_regex="/live$|/sessions$|openapi.json$")
signing_in = schemathesis.openapi.from_dict(described()).include(path_regex="/sessions$")
steadily = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


def ask(case, server, who):
    """Asks as somebody, about something that is really there when the number made up is a good one."""
    for name, value in (case.path_parameters or {}).items():
        if isinstance(value, int) and value >= 1 and value % 4:
            case.path_parameters[name] = who.ready(name, case.operation.path) or value
    if case.meta.generation.mode.is_positive and isinstance(case.body, dict):
        known_words(case, who)
    headers = who.headers
    if case.operation.path.endswith("/sessions/current") and case.method == "DELETE" and hasattr(who, "adviser"):
        headers = {"authorization": f"Bearer {Adviser(server.url, 'bram.de.vries').token}"}
    excluded = [ignored_auth]
    if case.operation.path.endswith("/account/password"):
        # Which password is the present one, and which new one is too common, no schema can say.
        excluded.append(positive_data_acceptance)
    case.call_and_validate(base_url=server.url, headers=headers, excluded_checks=excluded)


def known_words(case, who):
    """Words that must be on a list of the desk's are, where the data is meant to be good."""
    if case.operation.path.endswith("/wrap-up"):
        case.body["code"] = "answered"
    if case.operation.path.endswith("/desk/status"):
        case.body["reason"] = who.adviser.desk()["breakReasons"][0] if case.body["status"] == "break" else None


@schema.parametrize()
@steadily
def test_as_staff(case, server, staff):
    ask(case, server, staff)


@schema.include(path_regex="/chats|/queues").parametrize()
@steadily
def test_as_a_customer(case, server, visitor):
    ask(case, server, visitor)


def test_the_whole_is_served(http):
    answer = http.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/openapi+json")
    assert answer.json() == described()
    assert answer.json()["openapi"] == "3.1.0"


def test_without_a_token_staff_addresses_ask_for_one_and_chats_are_not_there(http):
    for path, item in described()["paths"].items():
        for method in {"get", "put", "post", "delete"} & item.keys():
            needs = item[method]["security"]
            address = filled(path, item.get("parameters", []) + item[method].get("parameters", []))
            if needs:
                answer = http.request(method, address, json={"text": "?", "number": 1, "stars": 5} if method != "get" else None)
                is_chat = any("chatToken" in one for one in needs)
                assert answer.status_code == (404 if is_chat else 401), f"{method} {path}: {answer.text}"


def filled(path: str, parameters: list[dict]) -> str:
    """The path with something in each of its places that could be there, as its parameters are described."""
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace("{%s}" % parameter["name"], example(parameter["schema"]))
    assert "{" not in path, f"{path} has a place that is not described"
    return path


def example(schema: dict) -> str:
    if "enum" in schema:
        return str(schema["enum"][0])
    if schema["type"] == "integer":
        return str(schema.get("minimum", 1))
    if schema.get("format") == "date":
        return "2026-12-25"
    found = "answered"
    assert re.search(schema.get("pattern", ""), found), f"Nothing known fits {schema}"
    return found


# Last, because too many wrong passwords are answered with 429 from then on.
@signing_in.parametrize()
@steadily
def test_signing_in(case, server):
    case.call_and_validate(base_url=server.url)
