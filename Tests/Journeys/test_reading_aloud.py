"""What a screen reader hears of a chat: each message once, with who said it, and nothing of how it came there."""

from playwright.sync_api import expect

# Notes what is put into a live region, as a screen reader would be told: whole new elements, and texts that change.
NOTE = """
([log]) => {
    window.heard = [];
    const words = (node) => node.nodeType === Node.TEXT_NODE ? node.data
        : node.getAttribute("aria-hidden") === "true" || node.hidden ? ""
        : [...node.childNodes].map(words).join(" ");
    const note = (text) => text.trim() && window.heard.push(text.replace(/\\s+/g, " ").trim());
    new MutationObserver((changes) => {
        if (document.querySelector(log).getAttribute("aria-live") !== "polite") return;
        const added = changes.flatMap((change) => [...change.addedNodes]);
        for (const node of added) {
            if (node.parentElement?.closest("[aria-hidden=true]") || !node.isConnected) continue;
            if (!added.some((other) => other !== node && other.contains(node))) note(words(node));
        }
        for (const { type, target } of changes) if (type === "characterData") note(target.data);
    }).observe(document.querySelector(log), { childList: true, characterData: true, subtree: true });
}
"""


def hear(page, log: str):
    expect(page.locator(log)).to_have_attribute("aria-live", "polite")
    page.evaluate(NOTE, [log])


def expect_heard(page, *lines: tuple[str, str]):
    """Each line, its author and its words, was read exactly once, in this order, and nothing else was."""
    page.wait_for_function("count => window.heard.length >= count", arg=len(lines))
    heard = page.evaluate("window.heard")
    assert len(heard) == len(lines), heard
    for (author, words), said in zip(lines, heard):
        assert said.startswith(author) and said.endswith(words), heard


def test_each_message_is_read_once_with_its_author(desk, customer):
    amina = desk("amina.yusuf")
    amina.be("Available")
    sioned = customer("Sioned Ear", "Who speaks?")
    amina.accept("Sioned Ear")
    log = amina.panel("Sioned Ear").locator(".log")
    hear(sioned.page, "#chat-log")
    expect(log).to_have_attribute("aria-live", "polite")
    hear(amina.page, ".panel .log")

    amina.say("Sioned Ear", "Amina speaks.")
    expect(sioned.page.locator("#chat-log")).to_contain_text("Amina speaks.")
    sioned.say("And now Sioned.")
    expect(log).to_contain_text("And now Sioned.")
    amina.say("Sioned Ear", "Amina again.")
    amina.say("Sioned Ear", "And again.")
    expect(sioned.page.locator("#chat-log li[data-number]")).to_have_count(5)
    expect(log.locator("li[data-number]")).to_have_count(5)

    expect_heard(
        sioned.page, ("Amina Yusuf", "Amina speaks."), ("You", "And now Sioned."), ("Amina Yusuf", "Amina again."),
        ("Amina Yusuf", "And again."))
    expect_heard(
        amina.page, ("You", "Amina speaks."), ("Sioned Ear", "And now Sioned."), ("You", "Amina again."),
        ("You", "And again."))
    amina.end("Sioned Ear")
    amina.wrap_up("Sioned Ear")


def test_the_live_region_in_the_accessibility_tree(customer):
    sioned = customer("Sioned Tree", "How am I told?")
    expect(sioned.page.locator("#chat-log")).to_have_attribute("aria-live", "polite")
    session = sioned.page.context.new_cdp_session(sioned.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    log = next(node for node in nodes if node.get("role", {}).get("value") == "log")
    properties = {one["name"]: one["value"].get("value") for one in log["properties"]}
    assert log["name"]["value"] == "Messages"
    assert properties["live"] == "polite" and not properties.get("atomic"), properties
    by_id = {node["nodeId"]: node for node in nodes}

    def words(node) -> list[str]:
        if node.get("role", {}).get("value") == "StaticText":
            return [node["name"]["value"]]
        return [word for child in node.get("childIds", []) for word in words(by_id[child])]

    said = words(log)
    assert said[0] == "You" and said[-1] == "How am I told?", said
