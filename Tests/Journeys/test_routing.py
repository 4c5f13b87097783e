"""Whom a contact is put to, and what happens when she does not take it."""

import re

from playwright.sync_api import expect

from desks import expect_said


def test_a_transfer_with_a_note_reaches_the_other_adviser_with_everything_said(customer, desk):
    amina, bram = desk("amina.yusuf"), desk("bram.de.vries", browser="other")
    amina.be("Available")
    sioned = customer("Sioned Moves", "This is about VAT")
    amina.accept("Sioned Moves")
    bram.be("Available")
    amina.panel("Sioned Moves").get_by_role("button", name="Transfer").click()
    dialog = amina.page.locator("#transfer-dialog")
    dialog.get_by_label("To an adviser").check()
    dialog.locator("#transfer-search").press_sequentially("Bram")
    dialog.get_by_role("option", name="Bram de Vries").click()
    dialog.locator("#transfer-note").fill("Has paid already")
    dialog.get_by_role("button", name="Transfer").click()

    expect(bram.offer("Sioned Moves")).to_contain_text("Has paid already")
    panel = bram.accept("Sioned Moves")
    expect(amina.panel("Sioned Moves")).to_have_count(0)
    expect(sioned.state).to_have_text("You are talking to Bram de Vries.")
    expect_said(panel.locator(".log"), "This is about VAT", "Amina Yusuf has passed you on to a colleague.")
    bram.say("Sioned Moves", "I see you have paid")
    expect_said(sioned.page.locator("#chat-log"), "This is about VAT", "I see you have paid")
    bram.end("Sioned Moves")
    bram.wrap_up("Sioned Moves")


def test_signing_out_elsewhere_with_a_chat_open_asks_first(customer, desk):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Signout", "Are you still there?")
    amina.accept("Sioned Signout")
    amina.page.goto("/account")
    amina.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(amina.page.get_by_role("heading", name="Sign out?")).to_be_visible()
    expect(amina.page.locator("main")).to_contain_text("You still have 1 conversation")
    amina.page.get_by_role("link", name="Stay").click()
    expect(amina.panel("Sioned Signout")).to_be_visible()

    amina.page.get_by_role("button", name="Sign out", exact=True).click()
    amina.page.locator("#leave-dialog").get_by_role("button", name="Sign out anyhow").click()
    expect(amina.page).to_have_url(re.compile("/sign-in"))
    expect(sioned.page.locator("#chat-log")).to_contain_text("Your adviser cannot go on.")


def test_an_offer_that_is_missed_goes_on_and_the_adviser_comes_back_when_she_says_so(customer, desk):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Waits", "Is anybody there?")
    expect(amina.offer("Sioned Waits")).to_be_visible()

    expect(amina.page.locator("#desk-alert")).to_be_visible(timeout=40_000)  # An offer lasts 20 seconds.
    expect(amina.offer("Sioned Waits")).to_have_count(0)
    expect(sioned.state).to_contain_text("You are next.")

    amina.page.locator("#desk-back").click()
    expect(amina.offer("Sioned Waits")).to_be_visible()
    amina.accept("Sioned Waits")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")


def test_a_refused_offer_goes_to_somebody_else(customer, desk):
    amina, bram = desk("amina.yusuf"), desk("bram.de.vries", browser="other")
    amina.be("Available")
    customer("Sioned Refused", "Who has time?")
    expect(amina.offer("Sioned Refused")).to_be_visible()
    bram.be("Available")
    amina.offer("Sioned Refused").locator("button[name=refuse]").click()
    amina.page.locator("#refuse-dialog").get_by_role("button", name="I need a moment").click()
    expect(bram.offer("Sioned Refused")).to_be_visible()
    expect(amina.offer("Sioned Refused")).to_have_count(0)
    bram.accept("Sioned Refused")


def test_by_keyboard_alone_on_both_sides(page, desk):
    amina = desk("amina.yusuf")
    available = amina.page.locator("button[value=available]")
    available.focus()
    amina.page.keyboard.press("Enter")
    expect(available).to_have_attribute("aria-pressed", "true")

    sioned = page("customer")
    sioned.goto("/chat/cymraeg")
    sioned.keyboard.press("Tab")
    expect(sioned.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(sioned, "#name")
    sioned.keyboard.type("Sioned Keys")
    tab_to(sioned, "#message")
    sioned.keyboard.type("Without a mouse")
    tab_to(sioned, "#start-form button[type=submit]")
    sioned.keyboard.press("Enter")
    expect(sioned.locator("#chat-log")).to_contain_text("Without a mouse")

    expect(amina.offer("Sioned Keys")).to_be_visible()
    amina.page.keyboard.press("Alt+a")
    expect(amina.panel("Sioned Keys")).to_be_visible()
    amina.page.keyboard.press("Alt+1")
    expect(amina.panel("Sioned Keys").get_by_label("Message to Sioned Keys")).to_be_focused()
    amina.page.keyboard.type("Typed and sent")
    amina.page.keyboard.press("Enter")
    expect_said(sioned.locator("#chat-log"), "Without a mouse", "Typed and sent")
    tab_to(sioned, "#text", back=True)
    sioned.keyboard.type("Thanks")
    sioned.keyboard.press("Enter")
    expect_said(amina.panel("Sioned Keys").locator(".log"), "Typed and sent", "Thanks")


def tab_to(page, selector: str, back: bool = False):
    """Presses Tab until this has the focus; what Tab does not reach fails."""
    for _ in range(40):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never reaches {selector}")
