"""The chat on other sites: one line of script, on sites that are on the list and on no other."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from program import Server, free_port


class Site:
    """Another organisation's site, with our line of script in its page."""

    def __init__(self, script: str):
        page = f"<!doctype html><html lang=en><title>Another site</title><h1>Another site</h1><script src={script} data-queue=cymraeg async></script>"

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # To browsers another site than the server's, not only another port: cookies stay away from the frame.
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def sites():
    """A site that is on the list and one that is not, before a server of their own."""
    port = free_port()
    script = f"http://127.0.0.1:{port}/assets/now/chat/embed.js"
    allowed, stranger = Site(script), Site(script)
    server = Server(staff=20, history=0, port=port).start()
    server.stop()
    server.serve({"TOUCHDOWN_CHAT_EMBEDDING_ORIGINS": allowed.url})
    yield allowed, stranger
    allowed.server.shutdown()
    stranger.server.shutdown()
    server.away()


def test_a_site_on_the_list_shows_the_chat_in_a_frame(page, sites):
    allowed, _ = sites
    visitor = page("customer")
    visitor.goto(allowed.url)
    visitor.get_by_role("button", name="Chat with us").click()
    chat = visitor.frame_locator("iframe")
    chat.locator("#name").fill("Sioned Elsewhere")
    chat.locator("#message").fill("From another site")
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.locator("#chat-log")).to_contain_text("From another site")
    chat.locator("#text").fill("And more")
    chat.get_by_role("button", name="Send", exact=True).click()
    expect(chat.locator("#chat-log li.message[data-number]", has_text="And more")).to_have_count(1)
    visitor.reload()
    visitor.get_by_role("button", name="Chat with us").click()
    expect(chat.locator("#chat-log")).to_contain_text("And more")


def test_any_other_site_is_refused_by_the_browser(chromium, sites):
    _, stranger = sites
    context = chromium("customer").new_context()
    refused = []
    context.on("console", lambda line: refused.append(line.text))
    visitor = context.new_page()
    visitor.goto(stranger.url)
    visitor.get_by_role("button", name="Chat with us").click()
    expect(visitor.frame_locator("iframe").locator("#name")).to_have_count(0)
    visitor.wait_for_function("() => document.querySelector('iframe')")
    for _ in range(100):
        if any("frame-ancestors" in line for line in refused):
            break
        visitor.wait_for_timeout(50)
    assert any("frame-ancestors" in line for line in refused), refused
    context.close()
