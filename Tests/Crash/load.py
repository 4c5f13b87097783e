"""Customers and advisers who work without pause, and remember what the server has promised them."""

import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from people import Adviser, new_id
from program import PASSWORD

QUEUES = ["paye", "self-assessment", "vat", "child-benefit", "job-retention-scheme"]

# Long numbers in what is said are masked, as they should be: here words have letters alone.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def words(client_id: str) -> str:
    return f"said {client_id.translate(LETTERS)}"


@dataclass
class Promised:
    """One chat as its customer knows it: what was acknowledged, by client id."""

    id: int
    token: str
    begun: str
    messages: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    is_ended: bool = False


@dataclass
class Done:
    """What advisers and customers did besides talking, as far as it was acknowledged."""

    accepted: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    wrapped_up: set[int] = field(default_factory=set)
    transferred: Counter = field(default_factory=Counter)
    asked_for_help: set[int] = field(default_factory=set)
    rated: dict[int, int] = field(default_factory=dict)


def kind(method: str, path: str) -> str:
    """What sort of request this is: `POST offers/…/acceptance`."""
    return f"{method} {re.sub(r'[0-9]+', '…', path).strip('/')}"


class Load:
    """The people, each a thread, and the facts the server has acknowledged to them."""

    def __init__(self, url: str, usernames: list[str], customers: int, seed: int):
        self.url, self.seed = url, seed
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.promised: dict[int, Promised] = {}
        self.offered_at = 0.0
        self.wrong: list[str] = []
        self.done = Done()
        # How many writes of each kind were answered, and how many were cut off by a kill.
        self.answered, self.cut = Counter(), Counter()
        self.usernames = usernames
        self.threads = [threading.Thread(target=self._adviser, args=(name,)) for name in usernames]
        self.threads += [threading.Thread(target=self._customers, args=(n,)) for n in range(customers)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        assert not [one for one in self.threads if one.is_alive()], "Somebody did not go home."

    def _ask(self, http: httpx.Client, method: str, path: str, **more) -> httpx.Response | None:
        """Asks once. None stands for an answer that never came."""
        try:
            answer = http.request(method, self.url + "/api/v1" + path, **more)
        except httpx.TransportError as error:
            # Whom the server refuses while it is away was not cut off in the middle.
            if method != "GET" and not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
                with self.lock:
                    self.cut[kind(method, path)] += 1
            self.stopping.wait(0.05)
            return None
        if method != "GET" and answer.is_success:
            with self.lock:
                self.answered[kind(method, path)] += 1
        if answer.status_code >= 500 and answer.status_code not in (503, 507):
            with self.lock:
                self.wrong.append(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    # Customers: one chat after the other.

    def _customers(self, number: int):
        chance = random.Random(self.seed * 1_000 + number)
        while not self.stopping.is_set():
            with httpx.Client(timeout=5) as http:
                self._visit(http, chance)

    def _visit(self, http: httpx.Client, chance: random.Random):
        begun = new_id()
        body = {"queue": chance.choice(QUEUES), "name": "Load", "message": words(begun), "clientId": begun}
        answer = None
        while not self.stopping.is_set() and (answer is None or answer.status_code != 201):
            answer = self._ask(http, "POST", "/chats", json=body)
        if answer is None or answer.status_code != 201:
            return
        chat = Promised(answer.json()["id"], answer.json()["token"], begun)
        chat.messages[begun], chat.texts[begun] = 1, body["message"]
        with self.lock:
            self.promised[chat.id] = chat
        http.headers["authorization"] = f"Bearer {chat.token}"
        for _ in range(chance.randint(3, 12)):
            if self.stopping.is_set() or not self._say(http, chat):
                return
            self.stopping.wait(chance.random() * 0.05)
        if chance.random() < 0.6:
            answer = self._ask(http, "POST", f"/chats/{chat.id}/ending", json={})
            chat.is_ended = answer is not None and answer.status_code == 200
            stars = chance.randint(1, 5)
            answer = self._ask(http, "PUT", f"/chats/{chat.id}/rating", json={"stars": stars})
            if answer is not None and answer.status_code == 200:
                self.done.rated[chat.id] = stars

    def _say(self, http: httpx.Client, chat: Promised) -> bool:
        """Says something until it is acknowledged. False when the chat is over."""
        client_id = new_id()
        body = {"text": words(client_id), "clientId": client_id}
        while not self.stopping.is_set():
            answer = self._ask(http, "POST", f"/chats/{chat.id}/messages", json=body)
            if answer is not None and answer.status_code in (200, 201):
                chat.messages[client_id], chat.texts[client_id] = answer.json()["number"], body["text"]
                return True
            if answer is not None and answer.status_code == 409:
                return False
        return False

    # Advisers: accept or refuse, answer, hand on, end, wrap up, go on a break, sign out and in again.

    def _adviser(self, username: str):
        chance = random.Random(f"{self.seed}{username}")
        token = None
        with httpx.Client(timeout=5) as http:
            while not self.stopping.is_set():
                if token is None:
                    answer = self._ask(http, "POST", "/sessions", json={"username": username, "password": PASSWORD})
                    if answer is None or answer.status_code != 201:
                        continue
                    token = answer.json()["token"]
                    http.headers["authorization"] = f"Bearer {token}"
                    self._ask(http, "PUT", "/desk/status", json={"status": "available", "place": "home"})
                self._work(http, chance)
                if chance.random() < 0.01:
                    self._ask(http, "DELETE", "/sessions/current")
                    token = None
                self.stopping.wait(0.03)

    def _did(self, http: httpx.Client, path: str, **body) -> bool:
        answer = self._ask(http, "POST", path, json=body)
        return answer is not None and answer.status_code == 200

    def _work(self, http: httpx.Client, chance: random.Random):
        answer = self._ask(http, "GET", "/desk")
        if answer is None or answer.status_code != 200:
            return
        desk = answer.json()
        if desk["status"] != "available":
            self._ask(http, "PUT", "/desk/status", json={"status": "available", "place": chance.choice(["home", "office"])})
        elif chance.random() < 0.02:
            self._ask(http, "PUT", "/desk/status", json={"status": "training", "place": "home"})
        for offer in desk["offers"]:
            with self.lock:
                self.offered_at = time.monotonic()
            if chance.random() < 0.1:
                if self._did(http, f"/offers/{offer['id']}/refusal", reason="By chance"):
                    self.done.refused.add(offer["id"])
            elif self._did(http, f"/offers/{offer['id']}/acceptance"):
                self.done.accepted.add(offer["id"])
        for contact in desk["contacts"]:
            if contact["state"] == "wrapUp":
                if self._did(http, f"/contacts/{contact['id']}/wrap-up", code="answered", note="By load"):
                    self.done.wrapped_up.add(contact["id"])
            else:
                self._talk(http, chance, contact["id"])

    def _talk(self, http: httpx.Client, chance: random.Random, contact: int):
        what = chance.random()
        if what < 0.12:
            self._did(http, f"/chats/{contact}/ending")
        elif what < 0.18:
            if self._did(http, f"/contacts/{contact}/transfer", queue=chance.choice(QUEUES), note="By load"):
                with self.lock:
                    self.done.transferred[contact] += 1
        elif what < 0.22:
            if self._did(http, f"/contacts/{contact}/help"):
                self.done.asked_for_help.add(contact)
        else:
            client_id = new_id()
            answer = self._ask(
                http, "POST", f"/chats/{contact}/messages", json={"text": words(client_id), "clientId": client_id})
            chat = self.promised.get(contact)
            if chat and answer is not None and answer.status_code == 201:
                chat.messages[client_id], chat.texts[client_id] = answer.json()["number"], words(client_id)


def clear(url: str, usernames: list[str], seconds: float = 60):
    """Advisers finish everything there is and go home; fails when somebody is stuck."""
    advisers = [Adviser(url, name) for name in usernames]
    for one in advisers:
        one.be("available")
    end = time.monotonic() + seconds
    left = 1
    while left:
        assert time.monotonic() < end, f"{left} contacts are stuck."
        for one in advisers:
            desk = one.desk()
            if desk["status"] not in ("available",):
                one.be("available")
            for offer in desk["offers"]:
                one.accept(offer["id"])
            for contact in desk["contacts"]:
                if contact["state"] == "active":
                    one.http.post(f"/chats/{contact['id']}/ending", json={})
                else:
                    one.wrap_up(contact["id"])
        waiting = httpx.get(f"{url}/api/v1/queues").raise_for_status().json()["queues"]
        left = sum(one["waiting"] for one in waiting) + sum(len(one.desk()["contacts"] + one.desk()["offers"]) for one in advisers)
    for one in advisers:
        assert one.be("offline")["status"] == "offline"
