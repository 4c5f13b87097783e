"""The real program, started on a body of its own and ended by its process id."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "calm-river-47-lamps"


def program() -> Path:
    """What is tested: what bin/test has built, otherwise the debug build."""
    return Path(os.environ.get("TOUCHDOWN_TEST_PROGRAM") or ROOT / ".build/debug/touchdown")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(fact, seconds: float = 10.0, what: str = "it"):
    """Waits for a fact: calls until the answer is true, and gives it."""
    end = time.monotonic() + seconds
    while True:
        answer = fact()
        if answer:
            return answer
        assert time.monotonic() < end, f"{what} did not come about within {seconds} s"
        time.sleep(0.02)


class Server:
    """One server. `demo` makes its body on the first start and finds it there on the next."""

    def __init__(self, folder: Path | None = None, staff: int = 60, history: int = 200, port: int | None = None):
        self.own = folder is None
        self.folder = Path(folder or tempfile.mkdtemp(prefix="touchdown-test-"))
        self.port = port or free_port()
        self.staff, self.history = staff, history
        self.process: subprocess.Popen | None = None
        self.log = self.folder / "server.log" if self.own else Path(tempfile.mkstemp(prefix="touchdown-log-")[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "demo.sqlite"

    def start(self, within: float = 60.0) -> "Server":
        """Starts the demo, and waits until it answers."""
        return self.run(
            ["demo", "--quiet", "--port", str(self.port), "--data", str(self.folder), "--staff", str(self.staff),
             "--history", str(self.history), "--sign-ins", str(self.folder / "sign-ins.json")], {}, within)

    def serve(self, settings: dict[str, str], within: float = 60.0) -> "Server":
        """Serves the body that is there already, with settings."""
        own = {"TOUCHDOWN_DATABASE_URL": f"sqlite:{self.database}", "TOUCHDOWN_LOG_LEVEL": "warning"}
        return self.run(["serve", "--port", str(self.port)], own | settings, within)

    def run(self, arguments: list[str], settings: dict[str, str], within: float) -> "Server":
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TOUCHDOWN_")} | settings
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(program()), *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env=environment)
        until(self.answers, within, f"the server's first answer ({self.log})")
        return self

    def answers(self) -> bool:
        assert self.process.poll() is None, f"The server ended: {self.log.read_text(errors='replace')[-2000:]}"
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self):
        """kill -9: what a power cut looks like from inside."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("The server did not stop within 20 s of being asked to.") from None

    def away(self):
        """Ends the server and forgets its body."""
        try:
            self.stop()
        finally:
            if self.own:
                shutil.rmtree(self.folder, ignore_errors=True)

    def sign_ins(self, role: str) -> list[dict]:
        return [one for one in json.loads((self.folder / "sign-ins.json").read_text()) if one["role"] == role]

    def faults(self) -> list[str]:
        """Lines of the log that say something went wrong inside."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if '"error"' in line and "Fault" in line]
