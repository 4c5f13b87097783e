"""What journeys start from: one server, browsers, and people who leave nothing behind."""

import os
import shutil
import sqlite3

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from desks import CustomerPage, DeskPage
from people import Adviser, Customer
from program import PASSWORD, Server

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def server():
    server = Server().start()
    yield server
    faults = server.faults()
    server.away()
    assert not faults, faults


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        assert path, "There is no Chromium: apt install chromium"
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browsers: dict[str, Browser] = {}

        def browser(name: str) -> Browser:
            if name not in browsers:
                browsers[name] = playwright.chromium.launch(
                    executable_path=path, args=[*sandbox, "--disable-dev-shm-usage"])
            return browsers[name]

        yield browser
        for one in browsers.values():
            one.close()


@pytest.fixture
def page(chromium, server):
    """Makes pages: `page("customer")` is a new visitor in the browser of that name."""
    contexts, complaints = [], []

    def new(browser: str = "customer", **options) -> Page:
        context = chromium(browser).new_context(**{"base_url": server.url, "viewport": {"width": 1280, "height": 800}} | options)
        contexts.append(context)
        context.on("page", lambda page: page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}")))
        context.on("console", lambda line: complaints.append(f"{line.text}")
                   if line.type == "error" and "Content Security Policy" in line.text else None)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def sign_in(page):
    """Signs a person in by the form, in a browser of her own."""

    def sign_in(username: str, browser: str = "adviser", **options) -> Page:
        visitor = page(browser, **options)
        visitor.goto("/sign-in")
        visitor.locator("#username").fill(username)
        visitor.locator("#password").fill(PASSWORD)
        visitor.get_by_role("button", name="Sign in").click()
        expect(visitor).not_to_have_url(f"{visitor.url.split('/sign-in')[0]}/sign-in")
        return visitor

    return sign_in


@pytest.fixture
def desk(sign_in, server):
    """Opens a desk for an adviser; afterwards it is empty and offline again."""
    names = []

    def desk(username: str = "amina.yusuf", **options) -> DeskPage:
        names.append(username)
        opened = sign_in(username, **options)
        opened.goto("/desk")
        return DeskPage(opened)

    yield desk
    for name in names:
        Adviser(server.url, name).leave()


@pytest.fixture
def customer(page):
    """A customer who starts a chat by the form."""

    def customer(name: str = "Sioned Price", message: str = "How do I pay?", queue: str = "cymraeg", **options) -> CustomerPage:
        return CustomerPage.begin(page("customer", **options), name, message, queue)

    return customer


@pytest.fixture
def by_api(server):
    """Customers and advisers without a browser, who leave when the test is over."""
    advisers: list[Adviser] = []
    customers: list[Customer] = []

    class ByAPI:
        def adviser(self, username: str) -> Adviser:
            advisers.append(Adviser(server.url, username))
            return advisers[-1]

        def customer(self, **more) -> Customer:
            customers.append(Customer(server.url, **more))
            return customers[-1]

    yield ByAPI()
    for one in customers:
        one.end()
    for one in advisers:
        one.leave()


@pytest.fixture(autouse=True)
def nobody_waits(server):
    """Whoever still waits when a journey is over is let go, so that the next one starts in an empty queue."""
    yield
    with sqlite3.connect(server.database, timeout=20) as database:
        left = database.execute("SELECT id FROM contact WHERE state IN ('waiting', 'offered')").fetchall()
    if not left:
        return
    leader = Adviser(server.url, "amina.yusuf")
    leader.be("available")
    for _ in range(200):
        desk = leader.desk()
        for offer in desk["offers"]:
            leader.accept(offer["id"])
        for contact in leader.desk()["contacts"]:
            leader.http.post(f"/chats/{contact['id']}/ending", json={})
            leader.wrap_up(contact["id"])
        queues = httpx.get(f"{server.url}/api/v1/queues").json()["queues"]
        if sum(queue["waiting"] for queue in queues) == 0:
            break
    leader.leave()


@pytest.fixture
def closed(server):
    """Closes queues until a morning far away, and opens them again afterwards."""

    def run(sql: str, *values):
        with sqlite3.connect(server.database, timeout=20) as database:
            database.execute(sql, values)

    def closed(queue: str, message: str = "We are moving house."):
        run("""
            INSERT INTO closure (queue_id, starts_at, ends_at, message)
            SELECT id, '2020-01-01T00:00:00.000Z', '2099-01-02T09:00:00.000Z', ? FROM queue WHERE key = ?
            """, message, queue)

    yield closed
    run("DELETE FROM closure WHERE ends_at = '2099-01-02T09:00:00.000Z'")
