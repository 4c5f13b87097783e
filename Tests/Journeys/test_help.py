"""An adviser asks for help, and a team leader stands beside the chat without the customer knowing."""

import os
import re

from playwright.sync_api import expect

from desks import expect_said
from test_every_page import look_at


def picture(page, name: str):
    """Pictures to look at, for whoever names a folder for them."""
    if folder := os.environ.get("TOUCHDOWN_PICTURES"):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=width == 320)
        page.set_viewport_size({"width": 1280, "height": 800})


def test_a_team_leader_joins_and_only_advisers_read_the_notes(desk, customer, sign_in):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Stuck", "Is my letter right?")
    panel = amina.accept("Sioned Stuck")
    panel.get_by_role("button", name="Ask for help").click()

    carys = sign_in("carys.morgan", browser="leader")
    carys.goto("/board")
    wrong = look_at(carys, "the board with a call for help")
    picture(carys, "board")
    carys.locator("#help-list a", has_text="Amina Yusuf").click()
    expect(carys.get_by_role("heading", name="Help asked")).to_be_visible()
    wrong += look_at(carys, "a contact with a call for help")
    picture(carys, "contact")
    carys.get_by_role("button", name="Join the chat").click()
    expect(carys.get_by_role("heading", name="Beside Amina Yusuf")).to_be_visible()
    expect(panel.locator(".panel-helpers")).to_have_text("Carys Morgan can read along.")

    sioned.say("It says 2019")
    amina.say("Sioned Stuck", "One moment please.")
    expect_said(carys.locator("#joining-log"), "Is my letter right?", "It says 2019", "One moment please.")
    carys.locator("#text").fill("That is an old form: send them the new one.")
    carys.get_by_role("button", name="Write the note").click()
    expect(carys.locator("#joining-notes")).to_contain_text("That is an old form")
    expect(panel.locator(".panel-notes")).to_contain_text("Carys Morgan")
    expect(panel.locator(".panel-notes")).to_contain_text("That is an old form")
    wrong += look_at(carys, "beside a chat") + look_at(amina.page, "the desk with a note")
    picture(carys, "beside")
    picture(amina.page, "desk")
    sioned.say("Thank you")
    expect_said(panel.locator(".log"), "Thank you")
    assert "old form" not in sioned.page.content()
    sioned.page.reload()
    expect_said(sioned.page.locator("#chat-log"), "Thank you")
    assert "old form" not in sioned.page.content() and "Carys" not in sioned.page.content()

    panel.get_by_role("button", name="Cancel help").click()
    expect(panel.get_by_role("button", name="Ask for help")).to_be_visible()
    expect(carys.locator("#joining-line")).to_contain_text("Help is no longer asked for")
    expect(carys.locator("#joining-form")).to_be_hidden()
    wrong += look_at(carys, "beside a chat that goes on alone")
    amina.end("Sioned Stuck")
    amina.wrap_up("Sioned Stuck")
    carys.get_by_role("link", name=re.compile(r"^Contact \d+$")).click()
    expect(carys.get_by_text("Carys Morgan noted:")).to_be_visible()
    assert not wrong, "\n".join(wrong)
