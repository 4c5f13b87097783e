"""What an adviser sees at a glance: several chats at once, what is unread, who the customer is, what can be said at once."""

import re

from playwright.sync_api import expect

from desks import expect_said
from people import Adviser


def test_several_chats_side_by_side_with_what_is_unread_and_who_the_customer_is(desk, by_api):
    amina = desk("amina.yusuf")
    amina.be("Available")
    before = by_api.customer(name="Sioned Known", reference="REF-77", message="Where is my refund?")
    amina.accept("Sioned Known")
    amina.say("Sioned Known", "It is on its way")
    amina.end("Sioned Known")
    amina.wrap_up("Sioned Known")

    first = by_api.customer(name="Sioned Known", reference="REF-77", message="It has not come")
    offer = amina.offer("Sioned Known")
    expect(offer).to_contain_text("1 earlier")
    expect(offer.locator(".offer-left")).to_have_text(re.compile(r"^0?:?0?\d+(:\d\d)?$"))
    amina.accept("Sioned Known")
    second = by_api.customer(name="Sioned Second")
    amina.accept("Sioned Second")
    expect(amina.page.locator("#chats-count")).to_have_text("2 of 3")

    # Both are on the page at once; what comes in the one that is not looked at is counted.
    expect(amina.panel("Sioned Known")).to_be_visible()
    expect(amina.panel("Sioned Second")).to_be_visible()
    first.say("Are you there?")
    first.say("Hello?")
    known = amina.page.locator("#chats li", has_text="Sioned Known")
    expect(known.locator(".chat-unread")).to_have_text("2 unread")
    expect_said(amina.panel("Sioned Known").locator(".log"), "It has not come", "Are you there?", "Hello?")
    amina.page.keyboard.press("Alt+1")
    expect(known.locator(".chat-unread")).to_be_hidden()

    # Who it is, and what was before, as far as she may read it.
    amina.page.keyboard.press("Alt+i")
    details = amina.panel("Sioned Known").locator(".panel-details")
    expect(details).to_contain_text("REF-77")
    earlier = details.locator(".earlier a")
    expect(earlier).to_have_count(1)
    with amina.page.context.expect_page() as opened:
        earlier.click()
    expect(opened.value.locator("#content")).to_contain_text("Where is my refund?")
    assert str(before.id) in opened.value.url
    opened.value.close()

    for one in (first, second):
        one.end()
    for name in ("Sioned Known", "Sioned Second"):
        amina.wrap_up(name)


def test_a_ready_reply_is_found_by_its_words_and_knows_the_names(desk, server, customer):
    planner = Adviser(server.url, server.sign_ins("planner")[0]["username"])
    reply = planner.http.post("/ready-replies", json={
        "title": "Warm welcome", "text": "Croeso {customer}, {adviser} from {queue} here."})
    assert reply.status_code == 201, reply.text
    try:
        amina = desk("amina.yusuf")
        amina.be("Available")
        sioned = customer("Sioned Reply", "Good morning")
        panel = amina.accept("Sioned Reply")
        panel.get_by_label("Message to Sioned Reply").press("/")
        dialog = amina.page.locator("#replies-dialog")
        dialog.locator("#replies-search").press_sequentially("warm")
        expect(dialog.get_by_role("option")).to_have_count(1)
        amina.page.keyboard.press("Enter")
        words = "Croeso Sioned Reply, Amina Yusuf from Cymraeg here."
        expect(panel.get_by_label("Message to Sioned Reply")).to_have_value(words)
        amina.page.keyboard.press("Enter")
        expect_said(sioned.page.locator("#chat-log"), "Good morning", words)
        sioned.end()
        amina.wrap_up("Sioned Reply")
    finally:
        assert planner.http.delete(f"/ready-replies/{reply.json()['id']}").status_code == 204
