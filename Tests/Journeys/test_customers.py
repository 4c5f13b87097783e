"""Customers with less: no JavaScript, a small screen, the wrong time of day."""

from playwright.sync_api import expect

from people import Adviser
from program import until


def test_a_chat_without_javascript(page, by_api):
    amina = by_api.adviser("amina.yusuf")
    amina.be("available")
    sioned = page("customer", java_script_enabled=False)
    sioned.goto("/chat/cymraeg")
    sioned.locator("#name").fill("Sioned Plain")
    sioned.locator("#message").fill("Only forms here")
    sioned.get_by_role("button", name="Start the chat").click()
    expect(sioned.locator("#chat-log")).to_contain_text("Only forms here")

    offer = until(lambda: amina.desk()["offers"], what="an offer")[0]
    assert amina.accept(offer["id"]).status_code == 200
    assert amina.say(offer["contact"], "We can do that").status_code == 201
    sioned.reload()
    expect(sioned.locator("#chat-log")).to_contain_text("We can do that")
    expect(sioned.locator("#chat-state")).to_have_text("You are talking to Amina Yusuf.")

    sioned.get_by_role("link", name="Write a message").click()
    sioned.locator("#text").fill("Good")
    sioned.get_by_role("button", name="Send", exact=True).click()
    expect(sioned.locator("#chat-log li", has_text="Good")).to_have_count(1)
    sioned.get_by_role("link", name="End chat").click()
    sioned.get_by_role("button", name="End chat").click()
    sioned.get_by_label("5 very good").check()
    sioned.get_by_role("button", name="Send rating").click()
    expect(sioned.locator("#chat-rated")).to_be_visible()
    sioned.goto(sioned.get_by_role("link", name="Save a copy").get_attribute("href"))
    expect(sioned.locator(".said")).to_contain_text("We can do that")


def test_a_form_with_mistakes_says_which_and_keeps_what_was_written(page):
    sioned = page("customer", java_script_enabled=False)
    sioned.goto("/chat/cymraeg")
    sioned.locator("#message").fill("A long question")
    sioned.locator("#start-form").evaluate("form => form.noValidate = true")
    sioned.get_by_role("button", name="Start the chat").click()
    expect(sioned.get_by_role("alert")).to_contain_text("Enter your name.")
    expect(sioned.locator("#message")).to_have_value("A long question")
    expect(sioned).to_have_title("Error: Chat: Cymraeg – Revenue Demo")


def test_out_of_hours_says_when_it_opens(page, closed):
    closed("vat")
    sioned = page("customer")
    sioned.goto("/")
    expect(sioned.locator(".subject", has_text="VAT")).to_contain_text("Closed")
    sioned.get_by_role("link", name="VAT").click()
    expect(sioned.get_by_text("Closed now")).to_be_visible()
    expect(sioned.locator("#content")).to_contain_text("We open on Friday 2 January 2099 at 9am.")
    expect(sioned.locator("#content")).to_contain_text("We are moving house.")
    expect(sioned.locator("form#start-form")).to_have_count(0)


def test_a_customer_who_leaves_the_queue_frees_her_place(customer, by_api):
    sioned = customer("Sioned Leaves", "I have no time")
    expect(sioned.state).to_contain_text("You are next.")
    sioned.end()
    expect(sioned.page.locator("#after-title")).to_be_visible()
    expect(sioned.state).to_have_text("You ended this chat.")


def test_a_customer_who_has_closed_the_page_is_led_back(customer):
    sioned = customer("Sioned Back", "Where was I?")
    address = sioned.page.url
    sioned.page.goto("/")
    open_chats = sioned.page.get_by_role("region", name="You have a chat here already")
    open_chats.get_by_role("link", name="Go back to").click()
    expect(sioned.page).to_have_url(address)
    expect(sioned.page.locator("#chat-log")).to_contain_text("Where was I?")
    sioned.page.get_by_role("link", name="End chat").or_(sioned.page.locator("#chat-end")).first.click()
    sioned.page.get_by_role("dialog").get_by_role("button", name="End chat").click()
    expect(sioned.page.locator("#after-title")).to_be_visible()
    sioned.page.goto("/")
    expect(open_chats).to_have_count(0)


def test_somebody_elses_chat_cannot_be_opened(customer, page):
    sioned = customer("Sioned Private", "My secret question")
    address = sioned.page.url
    if "/chats/" not in address:
        address = f"/chats/{sioned.page.locator('#chat').get_attribute('data-chat')}"
    stranger = page("stranger")
    answer = stranger.goto(address)
    assert answer.status == 404
    expect(stranger.locator("body")).not_to_contain_text("My secret question")
