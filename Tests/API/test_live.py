"""Live views: what the description says of them, read as they come."""

import json

import time

import httpx
import pytest

from people import Adviser, Customer
from program import until


def events(url: str, token: str, count: int, **headers) -> list[tuple[str, str | None, dict]]:
    """The first events of a stream: name, id, data."""
    found, name, event_id = [], None, None
    with httpx.stream("GET", url, headers={"authorization": f"Bearer {token}"} | headers, timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream"
        for line in answer.iter_lines():
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("id: "):
                event_id = line[4:]
            elif line.startswith("data: "):
                found.append((name, event_id, json.loads(line[6:])))
                name = event_id = None
                if len(found) == count:
                    break
    return found


def test_a_chats_stream_tells_messages_by_number_and_goes_on_after_the_last_one(server):
    customer = Customer(server.url)
    customer.say("Two")
    live = f"{server.url}/api/v1/chats/{customer.id}/live"
    first = events(live, customer.token, 3)
    assert [(name, number) for name, number, _ in first] == [("message", "1"), ("message", "2"), ("chat", None)]
    later = events(live, customer.token, 1, **{"last-event-id": "2"})
    assert [name for name, _, _ in later] == ["chat"], "what was seen is not told again"
    customer.end()
    ended = events(live, customer.token, 10)
    assert ended[-1][0] == "chat" and ended[-1][2]["status"] == "ended", "the stream ends after the last word"


def test_a_desks_stream_tells_the_desk_first(server):
    adviser = Adviser(server.url, "bram.de.vries")
    name, _, desk = events(f"{server.url}/api/v1/desk/live", adviser.token, 1)[0]
    assert name == "desk"
    assert desk["adviser"]["id"] == adviser.id


@pytest.mark.parametrize("role, path", [("adviser", "desk/live"), ("team_leader", "board/live"), ("team_leader", "chats/{chat}/live")])
def test_a_stream_ends_with_its_session(server, role, path):
    person = Adviser(server.url, server.sign_ins(role)[-1]["username"])
    address = f"{server.url}/api/v1/{path.format(chat=Customer(server.url).id)}"
    with httpx.stream("GET", address, headers={"authorization": f"Bearer {person.token}"}, timeout=25) as answer:
        assert answer.status_code == 200
        lines = answer.iter_lines()
        next(lines)
        assert person.http.delete("/sessions/current").status_code == 204
        start = time.monotonic()
        for _ in lines:
            assert time.monotonic() - start < 20, "it goes on after the sign-out"


def test_a_chats_stream_ends_for_the_adviser_who_handed_it_on(server):
    # Other tests leave customers waiting in Welsh, and Amina at work: this adviser is offered this customer alone.
    skills = {one["username"]: set(one["skills"]) for one in server.sign_ins("adviser")}
    queues = {"VAT": "vat", "Child Benefit": "child-benefit", "PAYE": "paye"}
    username, skill = next(
        (name, skill) for name, known in skills.items() if "Welsh" not in known
        for skill in known & queues.keys() - skills["amina.yusuf"])
    adviser, customer = Adviser(server.url, username), Customer(server.url, queues[skill])
    adviser.be("available")
    offer = until(lambda: [one for one in adviser.desk()["offers"] if one["contact"] == customer.id], what="an offer")[0]
    assert adviser.accept(offer["id"]).status_code == 200
    address = f"{server.url}/api/v1/chats/{customer.id}/live"
    with httpx.stream("GET", address, headers={"authorization": f"Bearer {adviser.token}"}, timeout=25) as answer:
        lines = answer.iter_lines()
        next(lines)
        adviser.be("training")
        assert adviser.http.post(f"/contacts/{customer.id}/transfer", json={"queue": "cymraeg"}).status_code == 200
        start = time.monotonic()
        for _ in lines:
            assert time.monotonic() - start < 20, "it goes on after the transfer"
    customer.end()


def test_streams_are_for_those_they_concern(server):
    mine, hers = Customer(server.url), Customer(server.url)
    refused = httpx.get(f"{server.url}/api/v1/chats/{hers.id}/live", headers={"authorization": f"Bearer {mine.token}"})
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"
    assert httpx.get(f"{server.url}/api/v1/desk/live").status_code == 401
