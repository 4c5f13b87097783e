"""Every page of the product, for every role, in light and dark, at 320 px: WCAG 2.2 A and AA by axe, no sideways scroll."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from people import Customer

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What may differ on a narrow screen; the rest has been looked at on a wide one.
NARROW = {"runOnly": {"type": "rule", "values": ["scrollable-region-focusable", "target-size", "aria-hidden-focus"]}}
PEOPLE = {
    "adviser": "amina.yusuf", "team leader": "carys.morgan", "planner": "dana.okafor", "analyst": "emre.aydin",
    "workplace officer": "fiona.campbell", "administrator": "gwen.hughes", "auditor": "hamid.rahimi",
}
# Pages that no link in the navigation leads to.
MORE = {
    "adviser": ["/desk", "/account"], "planner": ["/queues/new", "/queues/1"], "administrator": ["/staff/1"],
    "team leader": ["/contacts/1"], "auditor": ["/contacts/1"],
}


def violations(page, where: str, rules=RULES) -> list[str]:
    """What axe finds on the page as it stands."""
    return [
        f"{where}: {found['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:160]}"
        for found in Axe().run(page, options=rules).response["violations"] for node in found["nodes"][:3]]


def look_at(page, where: str):
    """What is wrong with the page as it stands, in light and dark and on a small screen."""
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        # Colours glide from light to dark: what is half way is nobody's choice.
        page.evaluate("""async () => {
            await new Promise(requestAnimationFrame);
            await Promise.allSettled(document.getAnimations().map(one => one.finished));
        }""")
        wrong += violations(page, f"{where} ({scheme})")
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        wrong.append(f"{where}: {width} px wide on a screen of 320")
    # What stands beside something else on a wide screen scrolls by itself, or lies below, on a narrow one.
    wrong += violations(page, f"{where} (320 px)", NARROW)
    page.set_viewport_size(size)
    return wrong


@pytest.mark.parametrize("role", PEOPLE)
def test_pages_of_staff(role, sign_in, desk):
    page = sign_in(PEOPLE[role])
    links = page.locator(".band-nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    wrong = []
    for address in dict.fromkeys([*links, *MORE.get(role, []), "/account", "/no-such-page"]):
        answer = page.goto(address)
        if answer.status >= 500 or (answer.status >= 400 and address in links):
            wrong.append(f"{address}: {answer.status}")
            continue
        if address == "/desk":
            expect(page.locator("#desk")).to_be_visible()
        wrong += look_at(page, f"{role} {address}")
    assert not wrong, "\n".join(wrong)


def test_pages_of_customers(page, customer, desk):
    wrong = []
    visitor = page("customer")
    for address in ("/", "/chat/cymraeg", "/sign-in", "/no-such-page"):
        visitor.goto(address)
        wrong += look_at(visitor, address)

    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Seen", "How does this look?")
    wrong += look_at(sioned.page, "the chat, waiting")
    expect(amina.offer("Sioned Seen")).to_be_visible()
    wrong += look_at(amina.page, "the desk with an offer")
    amina.accept("Sioned Seen")
    amina.say("Sioned Seen", "Like this.")
    expect(sioned.page.locator("#chat-log")).to_contain_text("Like this.")
    wrong += look_at(sioned.page, "the chat, answered")
    wrong += look_at(amina.page, "the desk with a chat")
    for name in ("Transfer", "End"):
        amina.panel("Sioned Seen").get_by_role("button", name=name, exact=True).click()
        wrong += look_at(amina.page, f"the desk's dialog {name}")
        amina.page.keyboard.press("Escape")
    wide = amina.page.viewport_size
    amina.page.set_viewport_size({"width": 320, "height": 640})
    amina.panel("Sioned Seen").get_by_role("button", name="Details").click()
    wrong += look_at(amina.page, "the desk with the customer's details")
    amina.panel("Sioned Seen").get_by_role("button", name="Details").click()
    amina.page.set_viewport_size(wide)
    amina.page.get_by_role("button", name="Keys and sound").click()
    wrong += look_at(amina.page, "the desk's keys")
    amina.page.keyboard.press("Escape")
    amina.end("Sioned Seen")
    expect(amina.panel("Sioned Seen").locator("form.wrap-up")).to_be_visible()
    wrong += look_at(amina.page, "the desk in wrap-up")
    expect(sioned.page.locator("#after-title")).to_be_visible()
    wrong += look_at(sioned.page, "the chat, ended")
    amina.wrap_up("Sioned Seen")
    assert not wrong, "\n".join(wrong)


def test_a_closed_queue_and_a_form_with_mistakes(page, sign_in, server, closed):
    visitor = page("customer", java_script_enabled=True)
    closed("vat", "Our office is moving to Newcastle this week. We are back on Monday; your papers are safe with us.")
    visitor.goto("/chat/vat")
    wrong = look_at(visitor, "a closed queue")
    planner = sign_in("dana.okafor", browser="planner")
    for address in ("/queues", "/calendar"):
        planner.goto(address)
        wrong += look_at(planner, f"{address} with a closure")
    planner.goto("/queues")
    planner.get_by_role("link", name="VAT").click()
    wrong += look_at(planner, "the page of a closed queue")
    visitor.goto("/chat/cymraeg")
    visitor.evaluate("document.querySelector('#start-form').noValidate = true")
    visitor.goto("/sign-in")
    visitor.locator("#username").fill("nobody")
    visitor.locator("#password").fill("wrong-password-here")
    visitor.get_by_role("button", name="Sign in").click()
    expect(visitor.get_by_role("alert")).to_be_visible()
    wrong += look_at(visitor, "a refused sign-in")
    assert not wrong, "\n".join(wrong)


def test_the_copy_of_a_chat(page, server):
    one = Customer(server.url, name="Sioned Copy")
    visitor = page("customer")
    visitor.context.add_cookies([{"name": f"chat-{one.id}", "value": one.token, "url": server.url}])
    visitor.goto(f"/chats/{one.id}/transcript")
    wrong = look_at(visitor, "the copy")
    visitor.goto(f"/chats/{one.id}/ending")
    wrong += look_at(visitor, "ending without JavaScript")
    one.end()
    assert not wrong, "\n".join(wrong)
