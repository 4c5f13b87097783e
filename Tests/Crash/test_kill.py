"""kill -9 at random moments under load: nothing acknowledged is lost or doubled, and work goes on at once."""

import os
import random
import sqlite3
import time

import httpx

from load import Load, clear
from program import until

CRASHES = int(os.environ.get("TOUCHDOWN_TEST_CRASHES", "10"))
SEED = int(os.environ.get("TOUCHDOWN_TEST_SEED", "1"))


def test_nothing_acknowledged_is_lost_and_nobody_is_stuck(server, capsys):
    chance = random.Random(SEED)
    advisers = [one["username"] for one in server.sign_ins("adviser")[2:20]]
    load = Load(server.url, advisers, customers=30, seed=SEED)
    load.start()
    pauses = []
    try:
        until(lambda: load.offered_at, 20, "the first offer")
        for _ in range(CRASHES):
            time.sleep(chance.uniform(0.3, 2.0))  # The moment is the point of this test: it is chosen by chance.
            server.kill()
            server.start()
            began = time.monotonic()
            until(lambda: load.offered_at > began, 10, "an offer after the restart")
            pauses.append(load.offered_at - began)
    finally:
        load.stop()
    assert not load.wrong, load.wrong[:5]
    with capsys.disabled():
        report(load, pauses)
    assert max(pauses) < 3, pauses
    expect_every_kind_of_write(load)
    expect_promises_kept(server, load)
    expect_deeds_done(server, load)
    clear(server.url, advisers)
    expect_rest(server, load)


def report(load: Load, pauses: list[float]):
    """What was done and what was hit, to be read also when all is well."""
    messages = sum(len(chat.messages) for chat in load.promised.values())
    print(f"\n{CRASHES} crashes, {len(load.promised)} chats, {messages} messages acknowledged; "
          f"first offer after a restart within {max(pauses):.2f} s")
    for what, count in sorted(load.answered.items()):
        print(f"  {what:44}{count:7} answered {load.cut[what]:5} cut off by a kill")


def expect_every_kind_of_write(load: Load):
    """The load is worth its name: people did everything that they can do."""
    done = load.done
    for name, deeds in vars(done).items():
        assert deeds, f"nobody has {name}"
    assert sum(load.cut.values()) >= CRASHES, "kills hit hardly anything"


def expect_deeds_done(server, load: Load):
    """What advisers did besides talking is there as it was acknowledged."""
    done = load.done
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as database:
        ask = lambda sql: database.execute(sql).fetchall()
        outcomes = dict(ask("SELECT id, outcome FROM offer"))
        for outcome, offers in (("accepted", done.accepted), ("refused", done.refused)):
            wrong = {offer: outcomes.get(offer) for offer in offers if outcomes.get(offer) != outcome}
            assert not wrong, f"{outcome}, but {wrong}"
        codes = dict(ask("SELECT id, wrap_up_code FROM contact WHERE state = 'ended'"))
        assert not [contact for contact in done.wrapped_up if codes.get(contact) != "answered"]
        ratings = dict(ask("SELECT contact_id, rating FROM chat"))
        assert not {contact: stars for contact, stars in done.rated.items() if ratings.get(contact) != stars}
        events = {}
        for contact, kind, count in ask("SELECT contact_id, kind, COUNT(*) FROM contact_event GROUP BY contact_id, kind"):
            events[contact, kind] = count
        for contact, count in done.transferred.items():
            assert events.get((contact, "transferred"), 0) >= count, f"{contact} was handed on {count} times"
        assert not [contact for contact in done.asked_for_help if (contact, "help_asked") not in events]


def expect_promises_kept(server, load: Load):
    for chat in load.promised.values():
        http = httpx.Client(base_url=f"{server.url}/api/v1", headers={"authorization": f"Bearer {chat.token}"})
        found = http.get(f"/chats/{chat.id}/messages").raise_for_status().json()["messages"]
        assert [one["number"] for one in found] == list(range(1, len(found) + 1)), f"gaps in {chat.id}"
        by_id = [one["clientId"] for one in found if one.get("clientId")]
        assert len(by_id) == len(set(by_id)), f"doubled in {chat.id}"
        numbers = {one.get("clientId"): one["number"] for one in found}
        texts = {one["number"]: one["text"] for one in found}
        for client_id, number in chat.messages.items():
            assert numbers.get(client_id) == number, f"{client_id} of chat {chat.id} was {number}, is {numbers.get(client_id)}"
            assert texts[number] == chat.texts[client_id]
        if chat.is_ended:
            assert http.get(f"/chats/{chat.id}").json()["status"] == "ended", f"{chat.id} is not over any more"
    expect_same_number_again(server, load)


def expect_same_number_again(server, load: Load):
    """A message that is sent again, long after, gets the number it had."""
    for chat in list(load.promised.values())[::7]:
        client_id = chat.begun
        answer = httpx.post(
            f"{server.url}/api/v1/chats/{chat.id}/messages", json={"text": chat.texts[client_id], "clientId": client_id},
            headers={"authorization": f"Bearer {chat.token}"})
        assert answer.status_code == 200, answer.text
        assert answer.json()["number"] == chat.messages[client_id]


def expect_rest(server, load: Load):
    """Every contact has ended, once; no desk and no offer is left over."""
    with sqlite3.connect(f"file:{server.database}?mode=ro", uri=True) as database:
        ask = lambda sql: database.execute(sql).fetchall()
        assert ask("SELECT id, state FROM contact WHERE state <> 'ended'") == []
        assert ask("SELECT id FROM offer WHERE outcome IS NULL") == []
        assert ask("SELECT adviser_id, status FROM desk WHERE status <> 'offline'") == []
        twice = ask("""
            SELECT contact_id, COUNT(*) FROM contact_event WHERE kind IN ('handled', 'abandoned', 'turned_away') AND cause IS NOT 'transfer'
            GROUP BY contact_id HAVING COUNT(*) > 1
            """)
        assert twice == []
        begun = ask("SELECT start_id, COUNT(*) FROM chat WHERE start_id IS NOT NULL GROUP BY start_id HAVING COUNT(*) > 1")
        assert begun == [], "a chat was begun twice"
        assert ask("PRAGMA integrity_check") == [("ok",)]
