"""Work and help by keyboard alone: every stop is seen, nothing traps, the cursor is where the work goes on."""

import pytest
from playwright.sync_api import Page, expect

STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const isOutlined = (one) => { const style = getComputedStyle(one); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; };
    const box = at.getBoundingClientRect();
    const wears = [at, at.matches(".star input") ? at.nextElementSibling : null, at.closest(".subject")].filter(Boolean);
    at.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length + 1);
    return {
        what: `${at.localName} ${(at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent).trim().slice(0, 30)}`,
        number: Number(at.dataset.stop), isSeen: wears.some(isOutlined),
        isInView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def stops(page: Page, most: int = 150) -> list[dict]:
    """Goes through the page with Tab until it begins again, and says where it came by."""
    # The first stop of every page; from there on all is done by Tab.
    page.locator(".skip").focus()
    page.evaluate(STOP)
    found: list[dict] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["number"] < found[-1]["number"]):
            break
        found.append(stop)
    else:
        raise AssertionError(f"No end after {most} stops: {found[-5:]}")
    unseen = [stop["what"] for stop in found if not (stop["isSeen"] and stop["isInView"])]
    assert not unseen, f"Focus is not to be seen at: {unseen}"
    return found


def expect_all_reached(page: Page, found: list[dict]):
    """Whatever can be operated was a stop; of a group of radio buttons one is enough."""
    controls = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input:not([type=radio]), select, textarea, summary")]
        .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.disabled && one.tabIndex >= 0 && !("stop" in one.dataset))
        .map((one) => one.outerHTML.slice(0, 120))""")
    assert not controls, f"Not reached with Tab: {controls}"
    assert found


@pytest.mark.parametrize("address", ["/", "/chat/cymraeg", "/sign-in"])
def test_pages_of_customers_by_keyboard(page, address):
    visitor = page("customer")
    visitor.goto(address)
    expect_all_reached(visitor, stops(visitor))


@pytest.mark.parametrize("name, address", [
    ("carys.morgan", "/board"), ("carys.morgan", "/contacts/1"), ("dana.okafor", "/queues/1"), ("gwen.hughes", "/account")])
def test_pages_of_staff_by_keyboard(sign_in, name, address):
    page = sign_in(name)
    page.goto(address)
    page.wait_for_load_state("load")
    expect_all_reached(page, stops(page))


def test_a_chat_from_offer_to_wrap_up_without_a_mouse(desk, customer):
    amina = desk("amina.yusuf")
    amina.be("Available")
    first = customer("Sioned One", "Only keys?")
    expect(amina.offer("Sioned One")).to_be_visible()
    amina.page.keyboard.press("Alt+a")
    # The cursor is where the answer is written.
    expect(amina.panel("Sioned One").get_by_label("Message to Sioned One")).to_be_focused()
    amina.page.keyboard.type("Only keys.")

    # What is half written keeps the cursor when another chat is accepted.
    customer("Sioned Two", "And I?")
    expect(amina.offer("Sioned Two")).to_be_visible()
    amina.page.keyboard.press("Alt+a")
    expect(amina.panel("Sioned Two")).to_be_visible()
    expect(amina.panel("Sioned One").get_by_label("Message to Sioned One")).to_be_focused()
    amina.page.keyboard.press("Enter")
    expect(first.page.locator("#chat-log")).to_contain_text("Only keys.")
    expect_all_reached(amina.page, stops(amina.page))

    amina.page.keyboard.press("Alt+1")
    amina.page.keyboard.press("/")
    expect(amina.page.locator("#replies-search")).to_be_focused()
    amina.page.keyboard.press("Escape")
    expect(amina.page.locator("dialog[open]")).to_have_count(0)
    first.end()
    expect(first.page.locator("#after-title")).to_be_focused()
    expect(amina.panel("Sioned One").locator(".wrap-up select")).to_be_focused()
    amina.page.keyboard.press("ArrowDown")
    amina.wrap_up("Sioned One")
