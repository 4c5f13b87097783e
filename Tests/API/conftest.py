"""What the API is tested with: one server, and somebody of each kind who asks it."""

import httpx
import pytest

from people import Adviser, Customer
from program import Server, until


@pytest.fixture(scope="session")
def server():
    server = Server().start()
    yield server
    faults = server.faults()
    server.away()
    assert not faults, faults


class Staff:
    """An adviser who always has a chat at her desk, one that can be accepted and one to wrap up."""

    def __init__(self, url: str):
        self.url, self.adviser = url, Adviser(url, "amina.yusuf")

    @property
    def headers(self) -> dict:
        return {"authorization": f"Bearer {self.adviser.token}"}

    def ready(self, name: str, path: str) -> int | None:
        """The number of an offer, chat or contact that is really there."""
        wanted = "wrapUp" if path.endswith("wrap-up") else "active"
        desk = self.adviser.be("available")
        if name == "offer":
            return self.offer()["id"]
        if name not in ("chat", "contact"):
            return None
        for contact in desk["contacts"]:
            if contact["state"] == wanted:
                return contact["id"]
        offer = self.offer()
        assert self.adviser.accept(offer["id"]).status_code == 200
        if wanted == "wrapUp":
            self.adviser.http.post(f"/chats/{offer['contact']}/ending", json={})
        return offer["contact"]

    def offer(self) -> dict:
        desk = self.adviser.desk()
        while len(desk["contacts"]) >= 3:
            contact = desk["contacts"][0]
            self.adviser.http.post(f"/chats/{contact['id']}/ending", json={})
            self.adviser.wrap_up(contact["id"])
            desk = self.adviser.desk()
        if not desk["offers"]:
            Customer(self.url)
        return until(lambda: self.adviser.desk()["offers"], what="an offer")[0]


class Visitor:
    """A customer with a chat that nobody has answered yet, or for a rating one that is over."""

    def __init__(self, url: str):
        self.url = url
        self.customer = Customer(url)

    @property
    def headers(self) -> dict:
        return {"authorization": f"Bearer {self.customer.token}"}

    def ready(self, name: str, path: str) -> int | None:
        if name != "chat":
            return None
        if self.customer.chat()["status"] == "ended":
            self.customer = Customer(self.url)
        if path.endswith("rating"):
            self.customer.end()
        return self.customer.id


@pytest.fixture(scope="session")
def staff(server):
    return Staff(server.url)


@pytest.fixture(scope="session")
def visitor(server):
    return Visitor(server.url)


@pytest.fixture(scope="session")
def http(server):
    with httpx.Client(base_url=server.url, timeout=20) as client:
        yield client
