"""The two pages on which the work happens, in the words of those who use them."""

from playwright.sync_api import Locator, Page, expect


class DeskPage:
    """The adviser's page."""

    def __init__(self, page: Page):
        self.page = page
        expect(page.locator("#desk")).to_be_visible()

    def be(self, status: str):
        self.page.get_by_role("group", name="Status").get_by_role("button", name=status).click()
        expect(self.page.locator(f"button[value={status.lower()}]")).to_have_attribute("aria-pressed", "true")

    def offer(self, customer: str) -> Locator:
        return self.page.locator(".offer", has_text=customer)

    def accept(self, customer: str) -> Locator:
        self.offer(customer).get_by_role("button", name="Accept").click()
        return self.panel(customer)

    def panel(self, customer: str) -> Locator:
        return self.page.get_by_role("article", name=customer, exact=True)

    def say(self, customer: str, text: str):
        composer = self.panel(customer).get_by_label(f"Message to {customer}")
        composer.fill(text)
        self.panel(customer).get_by_role("button", name="Send").click()
        expect(composer).to_have_value("")

    def end(self, customer: str):
        self.panel(customer).get_by_role("button", name="End", exact=True).click()
        self.page.locator("#end-dialog").get_by_role("button", name="End chat").click()

    def wrap_up(self, customer: str, code: str | None = None):
        form = self.panel(customer).locator("form.wrap-up")
        expect(form).to_be_visible()
        form.locator("select").select_option(**({"label": code} if code else {"index": 1}))
        form.get_by_role("button", name="Finish").click()
        expect(self.panel(customer)).to_have_count(0)


class CustomerPage:
    """The customer's page."""

    def __init__(self, page: Page, name: str):
        self.page, self.name = page, name

    @classmethod
    def begin(cls, page: Page, name: str, message: str, queue: str) -> "CustomerPage":
        page.goto(f"/chat/{queue}")
        page.locator("#name").fill(name)
        page.locator("#message").fill(message)
        page.get_by_role("button", name="Start the chat").click()
        expect(page.locator("#chat-log").get_by_text(message)).to_be_visible()
        return cls(page, name)

    @property
    def state(self) -> Locator:
        return self.page.locator("#chat-state")

    def say(self, text: str):
        self.page.locator("#text").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def end(self):
        self.page.locator("#chat-end").click()
        self.page.locator("#chat-ending").get_by_role("button", name="End chat").click()


def said(log: Locator) -> list[str]:
    """What stands in a conversation, in order, without what is still on its way."""
    return log.locator("li.message[data-number] .message-text").all_inner_texts()


def expect_said(log: Locator, *texts: str):
    """Waits until a conversation holds these messages, each once, in this order, among the others."""
    for text in texts:
        expect(log.locator("li.message[data-number]", has_text=text)).to_have_count(1)
    found = said(log)
    places = [next(place for place, one in enumerate(found) if text in one) for text in texts]
    assert places == sorted(places), f"Not in order: {found}"
