"""The main promise: what a customer writes reaches an adviser, and the answer comes back."""

from playwright.sync_api import expect

from desks import expect_said


def test_a_chat_from_the_first_question_to_the_rating(customer, desk):
    amina = desk("amina.yusuf")
    amina.be("Available")

    sioned = customer("Sioned Price", "How do I pay in two parts?")
    expect(amina.offer("Sioned Price")).to_contain_text("How do I pay in two parts?")
    panel = amina.accept("Sioned Price")
    expect(sioned.state).to_have_text("You are talking to Amina Yusuf.")

    amina.say("Sioned Price", "Good morning. Let me look.")
    expect_said(sioned.page.locator("#chat-log"), "How do I pay in two parts?", "Good morning. Let me look.")
    sioned.say("Thank you very much")
    expect_said(panel.locator(".log"), "How do I pay in two parts?", "Good morning. Let me look.", "Thank you very much")

    sioned.page.locator("#text").press_sequentially("I wonder")
    expect(panel.locator(".typing")).to_have_text("Sioned Price is writing")
    panel.get_by_label("Message to Sioned Price").press_sequentially("One")
    expect(sioned.page.locator("#chat-typing")).to_have_text("Amina Yusuf is writing")

    amina.end("Sioned Price")
    expect(sioned.page.locator("#after-title")).to_be_visible()
    sioned.page.get_by_label("4 good").check()
    sioned.page.get_by_role("button", name="Send rating").click()
    expect(sioned.page.locator("#chat-rated")).to_have_text("Thank you for your rating.")
    amina.wrap_up("Sioned Price")
