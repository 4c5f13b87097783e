"""The main promise in a second engine: what customers have on an iPhone, and some advisers on a Mac."""

import pytest

from people import Customer
from program import PASSWORD, until
from webkit import WebKit


@pytest.fixture
def webkit(server):
    browser = WebKit(server.url)
    yield browser
    browser.away()


def test_a_customer_in_webkit(webkit, by_api):
    amina = by_api.adviser("amina.yusuf")
    amina.be("available")
    webkit.go("/chat/cymraeg")
    webkit.write("#name", "Sioned Webkit")
    webkit.write("#message", "Does this engine work?")
    webkit.click("#start-form button[type=submit]")
    webkit.wait_for("#chat-log .message-text", "Does this engine work?")

    offer = until(lambda: next(iter(amina.desk()["offers"]), None), what="the offer")
    contact = offer["contact"]
    amina.accept(offer["id"])
    webkit.wait_for("#chat-state", "You are talking to Amina Yusuf.")
    amina.say(contact, "It does.")
    webkit.wait_for("#chat-log .message-text", "It does.")
    webkit.reload()
    webkit.write("#text", "Also after a refresh.")
    webkit.click("#chat-form button[type=submit]")
    webkit.wait("document.querySelectorAll('#chat-log li[data-number]').length === 3", "the third message with its number")
    amina.say(contact, "Live again.")
    webkit.wait_for("#chat-log .message-text", "Live again.")
    assert webkit.texts("#chat-log .message-text") == [
        "Does this engine work?", "It does.", "Also after a refresh.", "Live again."]

    webkit.click("#chat-end")
    webkit.click("#chat-ending button[value=end]")
    webkit.wait_for("#after-title")
    webkit.run("document.getElementById('stars-5').click()")
    webkit.click("#chat-rating button[type=submit]")
    webkit.wait_for("#chat-rated", "Thank you for your rating.")


def test_a_desk_in_webkit(webkit, by_api):
    webkit.go("/sign-in")
    webkit.write("#username", "amina.yusuf")
    webkit.write("#password", PASSWORD)
    webkit.click(".sign-in button[type=submit]")
    webkit.wait_for("#desk")
    by_api.adviser("amina.yusuf").be("offline")
    webkit.click("button[value=available]")
    webkit.wait_for("[aria-pressed=true]", "Available")

    sioned: Customer = by_api.customer(name="Sioned Desk")
    webkit.wait_for(".offer", "Sioned Desk")
    webkit.click(".offer [name=accept]")
    webkit.wait_for(".panel h2", "Sioned Desk")
    webkit.write(".panel .composer textarea", "Good morning.")
    webkit.click(".panel .composer button[type=submit]")
    until(lambda: any(one["text"] == "Good morning." for one in sioned.messages()), what="the adviser's message")
    webkit.reload()
    webkit.wait_for(".panel .message-text", "Good morning.")
    sioned.say("Still there?")
    webkit.wait_for(".panel .message-text", "Still there?")
    assert webkit.texts(".panel .message-text") == ["Hello?", "Good morning.", "Still there?"]

    sioned.end()
    webkit.wait_for(".wrap-up select")
    webkit.run("document.querySelector('.wrap-up select').selectedIndex = 1")
    webkit.click(".wrap-up button[type=submit]")
    webkit.wait("!document.querySelector('.panel')", "the end of the wrap-up")
