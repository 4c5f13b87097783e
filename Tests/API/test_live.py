"""Live views: what the description says of them, read as they come."""

import json

import httpx

from people import Adviser, Customer


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


def test_streams_are_for_those_they_concern(server):
    mine, hers = Customer(server.url), Customer(server.url)
    refused = httpx.get(f"{server.url}/api/v1/chats/{hers.id}/live", headers={"authorization": f"Bearer {mine.token}"})
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"
    assert httpx.get(f"{server.url}/api/v1/desk/live").status_code == 401
