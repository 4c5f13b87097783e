"""Customers and advisers, as they work through the API."""

import itertools
import uuid

import httpx

from program import PASSWORD


def new_id() -> str:
    return str(uuid.uuid4())


class Adviser:
    """An adviser at a desk."""

    def __init__(self, url: str, username: str):
        self.username = username
        self.http = httpx.Client(base_url=f"{url}/api/v1", timeout=20)
        answer = self.http.post("/sessions", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        self.token = answer.json()["token"]
        self.id = answer.json()["person"]["id"]
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def be(self, status: str, place: str = "home", **more) -> dict:
        answer = self.http.put("/desk/status", json={"status": status, "place": place, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def desk(self) -> dict:
        return self.http.get("/desk").raise_for_status().json()

    def accept(self, offer: int) -> httpx.Response:
        return self.http.post(f"/offers/{offer}/acceptance", json={})

    def say(self, contact: int, text: str, client_id: str | None = None) -> httpx.Response:
        return self.http.post(f"/chats/{contact}/messages", json={"text": text, "clientId": client_id or new_id()})

    def wrap_up(self, contact: int, code: str = "answered") -> httpx.Response:
        return self.http.post(f"/contacts/{contact}/wrap-up", json={"code": code, "note": ""})

    def leave(self):
        """Ends what is at the desk and goes."""
        for contact in self.desk()["contacts"]:
            self.http.post(f"/chats/{contact['id']}/ending", json={})
        for contact in self.desk()["contacts"]:
            self.wrap_up(contact["id"])
        self.be("offline")


class Customer:
    """A customer with one chat."""

    numbers = itertools.count(1)

    def __init__(
        self, url: str, queue: str = "cymraeg", name: str | None = None, client_id: str | None = None,
        message: str = "Hello?", reference: str | None = None,
    ):
        self.name = name or f"Customer {next(self.numbers)}"
        self.http = httpx.Client(base_url=f"{url}/api/v1", timeout=20)
        answer = self.http.post(
            "/chats", json={
                "queue": queue, "name": self.name, "message": message, "reference": reference, "clientId": client_id or new_id()})
        assert answer.status_code == 201, answer.text
        self.id, self.token = answer.json()["id"], answer.json()["token"]
        self.http.headers["authorization"] = f"Bearer {self.token}"

    def say(self, text: str, client_id: str | None = None) -> httpx.Response:
        return self.http.post(f"/chats/{self.id}/messages", json={"text": text, "clientId": client_id or new_id()})

    def chat(self) -> dict:
        return self.http.get(f"/chats/{self.id}").raise_for_status().json()

    def messages(self) -> list[dict]:
        return self.http.get(f"/chats/{self.id}/messages").raise_for_status().json()["messages"]

    def end(self) -> httpx.Response:
        return self.http.post(f"/chats/{self.id}/ending", json={})
