"""Lines that drop, pages that are refreshed, second tabs: nothing lost, nothing doubled, the state shown is true."""

from playwright.sync_api import expect

from desks import DeskPage, expect_said


def test_a_refresh_in_the_middle_finds_everything_again_on_both_sides(customer, desk):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Refresh", "First words")
    amina.accept("Sioned Refresh")
    amina.say("Sioned Refresh", "Second words")
    expect_said(sioned.page.locator("#chat-log"), "First words", "Second words")
    sioned.page.locator("#text").fill("A draft, not sent")

    sioned.page.reload()
    amina.page.reload()

    expect_said(sioned.page.locator("#chat-log"), "First words", "Second words")
    expect(sioned.page.locator("#text")).to_have_value("A draft, not sent")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")
    expect_said(amina.panel("Sioned Refresh").locator(".log"), "First words", "Second words")
    sioned.say("Third words")
    expect_said(amina.panel("Sioned Refresh").locator(".log"), "First words", "Second words", "Third words")
    amina.end("Sioned Refresh")
    amina.page.reload()
    amina.wrap_up("Sioned Refresh")


def test_what_is_written_while_the_line_is_down_arrives_once(customer, desk):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Offline", "Before")
    panel = amina.accept("Sioned Offline")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")

    sioned.page.context.set_offline(True)
    sioned.say("Written in a tunnel")
    sioned.say("And one more")
    amina.say("Sioned Offline", "Said to nobody yet")
    sioned.page.context.set_offline(False)

    log, hers = sioned.page.locator("#chat-log"), panel.locator(".log")
    for words in ("Before", "Said to nobody yet", "Written in a tunnel", "And one more"):
        expect(log.locator("li.message[data-number]", has_text=words)).to_have_count(1)
    expect_said(hers, "Before", "Said to nobody yet", "Written in a tunnel", "And one more")
    expect(sioned.page.locator("#chat-line")).to_be_hidden()

    amina.page.context.set_offline(True)
    amina.say("Sioned Offline", "Written at home without a line")
    sioned.say("Are you there?")
    amina.page.context.set_offline(False)
    expect_said(log, "Are you there?", "Written at home without a line")
    expect(hers.locator("li.message[data-number]", has_text="Are you there?")).to_have_count(1)
    expect(hers.locator("li.message[data-number]", has_text="Written at home")).to_have_count(1)


def test_the_server_starts_again_under_the_pages_and_nothing_is_lost(customer, desk, server):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Restart", "Before the restart")
    panel = amina.accept("Sioned Restart")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")

    server.kill()
    sioned.say("Said while it was away")
    server.start()

    expect_said(panel.locator(".log"), "Before the restart", "Said while it was away")
    amina.say("Sioned Restart", "Here again")
    expect_said(sioned.page.locator("#chat-log"), "Before the restart", "Said while it was away", "Here again")


def test_a_second_tab_of_the_desk_shows_the_same(customer, desk):
    amina = desk("amina.yusuf")
    tab = DeskPage(new_tab(amina))
    amina.be("Available")
    expect(tab.page.locator("button[value=available]")).to_have_attribute("aria-pressed", "true")
    sioned = customer("Sioned Tabs", "Seen twice?")
    expect(tab.offer("Sioned Tabs")).to_be_visible()
    amina.accept("Sioned Tabs")
    expect(tab.offer("Sioned Tabs")).to_have_count(0)
    tab.say("Sioned Tabs", "From the second tab")
    for one in (amina, tab):
        expect_said(one.panel("Sioned Tabs").locator(".log"), "Seen twice?", "From the second tab")
    expect_said(sioned.page.locator("#chat-log"), "Seen twice?", "From the second tab")
    tab.end("Sioned Tabs")
    amina.wrap_up("Sioned Tabs")
    expect(tab.panel("Sioned Tabs")).to_have_count(0)


def new_tab(desk: DeskPage):
    page = desk.page.context.new_page()
    page.goto("/desk")
    return page
