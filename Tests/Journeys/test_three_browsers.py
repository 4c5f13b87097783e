"""The main promise, seen by three people at once: the customer, the adviser, and the team leader with the board."""

import re

from playwright.sync_api import Page, expect

from desks import CustomerPage, expect_said
from test_every_page import look_at


class BoardPage:
    """The team leader's board, which moves by itself."""

    def __init__(self, page: Page):
        self.page = page
        # The first rendering of the live stream says the time to the second; the page as it was sent does not.
        expect(page.locator("#board-at")).to_have_text(re.compile(r"At \d\d:\d\d:\d\d"))

    def figure(self, name: str) -> int:
        return int(self.page.locator(f'[data-figure="{name}"]').inner_text().replace(",", ""))

    def figures(self) -> dict[str, int]:
        return {name: self.figure(name) for name in ("waiting", "available", "offered", "answered", "abandoned")}

    def expect(self, before: dict[str, int], **changes: int):
        """Each figure becomes what it was before and so many more, without the page being loaded anew."""
        for name, change in changes.items():
            expect(self.page.locator(f'[data-figure="{name}"]')).to_have_text(str(before[name] + change))

    def advisers(self, status: str) -> int:
        return int(self.page.locator(f'#by-status tr[data-key="{status}"] td').inner_text())

    def expect_advisers(self, status: str, count: int):
        expect(self.page.locator(f'#by-status tr[data-key="{status}"] td')).to_have_text(str(count))


def test_customer_adviser_and_board_in_three_browsers(page, desk, sign_in):
    amina = desk("amina.yusuf")
    leader = sign_in("carys.morgan", browser="leader")
    leader.goto("/board")
    board = BoardPage(leader)
    # Were the page ever loaded anew, this would be gone.
    leader.evaluate("window.isTheSame = true")
    at_rest = board.figures()
    assert at_rest["waiting"] == 0

    amina.be("Available")
    board.expect(at_rest, available=1)
    amina.be("Training")
    board.expect(at_rest, available=0)
    wrong = look_at(leader, "the board at rest")

    sioned = CustomerPage.begin(page("customer"), "Sioned Board", "Who sees me wait?", "cymraeg")
    board.expect(at_rest, waiting=1, answered=0)
    line = leader.locator("#lines-queues tr", has_text="Cymraeg")
    expect(line).to_be_visible()
    wrong += look_at(leader, "the board with a customer waiting") + look_at(sioned.page, "the chat, waiting")

    amina.be("Available")
    expect(amina.offer("Sioned Board")).to_contain_text("Who sees me wait?")
    amina.accept("Sioned Board")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")
    board.expect(at_rest, waiting=0, offered=1, answered=1, abandoned=0)
    busy = board.advisers("busy")
    assert busy >= 1
    amina.say("Sioned Board", "Everybody does.")
    sioned.say("Good to know")
    expect_said(sioned.page.locator("#chat-log"), "Who sees me wait?", "Everybody does.", "Good to know")
    expect_said(amina.panel("Sioned Board").locator(".log"), "Everybody does.", "Good to know")
    wrong += look_at(leader, "the board with a chat") + look_at(amina.page, "the desk") + look_at(sioned.page, "the chat")

    sioned.end()
    expect(sioned.page.locator("#after-title")).to_be_visible()
    board.expect_advisers("busy", busy - 1)
    board.expect_advisers("wrapUp", 1)
    board.expect(at_rest, available=0)
    amina.wrap_up("Sioned Board")
    board.expect_advisers("wrapUp", 0)
    board.expect(at_rest, available=1, offered=1, answered=1)
    expect(leader.locator("#level-value")).to_contain_text("%")
    wrong += look_at(leader, "the board afterwards") + look_at(sioned.page, "the chat, ended")

    assert leader.locator("#board-chart").bounding_box()["height"] < 500, "the chart does not grow with each message"
    assert leader.evaluate("window.isTheSame") is True, "the board moved by itself"
    assert not wrong, "\n".join(wrong)
