"""Lines that break off in the middle of what is sent: nothing is stored, and it is no fault of the server's."""

import re
import socket

from program import until

BEGINNING = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: 6000\r\n\r\n"
    '{{"queue": "cymraeg", "name": "Half'
)


def test_half_a_body_is_no_fault_and_stores_nothing(server, http):
    before = waiting(http)
    counted = broken_off(http)
    for path, kind in (("/api/v1/chats", "application/json"), ("/chat/cymraeg", "application/x-www-form-urlencoded")):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(BEGINNING.format(path=path, kind=kind).encode())
    until(lambda: broken_off(http) == counted + 10, what="the answers to what broke off")
    assert not server.faults()
    assert waiting(http) == before


def broken_off(http) -> int:
    """How many requests were refused as ones that nobody could understand."""
    counts = re.findall(r'http_requests_total{method="POST",route="[^"]*",status="400"} (\d+)', http.get("/metrics").text)
    return sum(map(int, counts))


def waiting(http) -> int:
    return sum(queue["waiting"] for queue in http.get("/api/v1/queues").json()["queues"])
