"""A second engine: WebKit, as in Safari and every browser on an iPhone, steered by WebDriver on a screen of its own."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import httpx

from program import free_port, until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # The name WebDriver gives to a reference to an element.


def needed(name: str, package: str) -> str:
    found = shutil.which(name)
    assert found, f"There is no {name}: apt install {package}"
    return found


class WebKit:
    """One window of WebKit, with a screen that nobody sees."""

    def __init__(self, base: str):
        self.base = base
        screen, driver = needed("Xvfb", "xvfb"), needed("WebKitWebDriver", "webkit2gtk-driver")
        browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
        assert browsers, "There is no MiniBrowser: apt install webkit2gtk-driver"
        # Xvfb chooses a free screen itself and writes its number.
        reading, writing = os.pipe()
        self.screen = subprocess.Popen(
            [screen, "-displayfd", str(writing), "-screen", "0", "1400x1000x24"], pass_fds=[writing],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert re.fullmatch(r"\d+", number), "Xvfb did not start"
        port = free_port()
        self.driver = subprocess.Popen(
            [driver, f"--port={port}"], env=os.environ | {"DISPLAY": f":{number}"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        until(self.answers, 20, "WebKitWebDriver")
        options = {"binary": str(browsers[-1]), "args": ["--automation"]}
        self.session = ""
        session = self.ask("POST", "/session", capabilities={"alwaysMatch": {"webkitgtk:browserOptions": options}})
        self.session = f"/session/{session['sessionId']}"
        self.ask("POST", "/window/rect", width=1280, height=860)

    def answers(self) -> bool:
        assert self.driver.poll() is None, "WebKitWebDriver ended"
        try:
            return self.http.get("/status").status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, method: str, path: str, **body):
        answer = self.http.request(method, self.session + path, json=body if method == "POST" else None).json()["value"]
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def go(self, path: str):
        self.ask("POST", "/url", url=self.base + path)

    def reload(self):
        self.ask("POST", "/refresh")

    def run(self, script: str, *values):
        """Runs a script in the page and gives what it returns."""
        return self.ask("POST", "/execute/sync", script=script, args=list(values))

    def find(self, css: str) -> str:
        return self.ask("POST", "/element", using="css selector", value=css)[ELEMENT]

    def click(self, css: str):
        self.ask("POST", f"/element/{self.find(css)}/click")

    def write(self, css: str, text: str):
        self.ask("POST", f"/element/{self.find(css)}/value", text=text)

    def texts(self, css: str) -> list[str]:
        return self.run("return [...document.querySelectorAll(arguments[0])].map(one => one.textContent.trim())", css)

    def wait(self, script: str, what: str, seconds: float = 20):
        """Waits until an expression of the page is true."""
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({script})"):
            assert time.monotonic() < end, f"{what} did not come about within {seconds} s"
            time.sleep(0.05)

    def wait_for(self, css: str, text: str = ""):
        wanted = f"one => one.offsetParent && one.textContent.includes({text!r})"
        self.wait(f"[...document.querySelectorAll({css!r})].some({wanted})", f"{css} with {text!r}")

    def away(self):
        try:
            if self.session:
                self.http.delete(self.session)
        finally:
            for process in (self.driver, self.screen):
                process.terminate()
                process.wait(20)
