"""A demo hospital served by the real program, and a real browser in front of it."""
import fcntl
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

from pages import crawl, preview

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("YAGURA_PROGRAM", str(ROOT / ".build/debug/yagura"))
DATA = pathlib.Path(os.environ.get("YAGURA_TEST_DATA", ROOT.parent / "shared/data"))


def ledger_file(name):
    """One of a hospital's own untidy files; they lie outside the repository."""
    path = DATA / "ledgers/hospital-a" / name
    if not path.exists() and os.environ.get("YAGURA_REQUIRE_DATA") != "1":
        pytest.skip(f"{path} is not there")
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One `yagura serve`, ended by its own process id."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = open(f"{folder}.log", "wb")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", str(folder), "--port", str(self.port), *arguments],
            stdout=self.log, stderr=self.log)
        for _ in range(300):
            if self.process.poll() is not None:
                raise RuntimeError(f"serve ended with {self.process.returncode}: {open(self.log.name).read()}")
            try:
                with urllib.request.urlopen(self.address + "/health", timeout=1) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("serve did not become ready")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def demo_folder(folders, name):
    """The demo hospital in a folder of its own: a copy of what the first who asked has made, whichever worker that was."""
    base = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    made = base / "made"
    with open(base / "made.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = base / "begun"
            subprocess.run([PROGRAM, "demo", "--data", str(begun), "--seed", "1"], check=True, capture_output=True)
            begun.rename(made)
    return pathlib.Path(shutil.copytree(made, folders.mktemp(name) / "data"))


def demo_server(folders, name):
    """A demo hospital of its own, for those who change what others look at."""
    folder = demo_folder(folders, name)
    server = Server(folder)
    server.sign_in = json.loads((folder / "demo.json").read_text())
    return server


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo hospital; answers the server and the sign-in."""
    server = demo_server(tmp_path_factory, "demo")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    """A demo hospital of a file's own, for tests that write, lock accounts or change passwords."""
    server = demo_server(tmp_path_factory, "hospital")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # The one without a window of its own does the same with a quarter less work.
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_context(browser, width=1280, height=800, **options):
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP", timezone_id="Asia/Tokyo", **options)
    context.set_default_timeout(15_000)
    return context


def fill_sign_in(page, user, password):
    page.fill("input[name=userName]", user)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def sign_in(page, server, user=None, password=None):
    page.goto(server.address + "/sign-in")
    fill_sign_in(page, user or server.sign_in["user"], password or server.sign_in["password"])
    # A language once chosen is the account's; each test begins in Japanese.
    if page.locator("html").get_attribute("lang") != "ja":
        page.goto(server.address + "/language/ja")


def set_language(page, server, language):
    """As the link in the head does; it is kept with the account."""
    page.goto(f"{server.address}/language/{language}")


def signed_in(browser, server):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, server)
    yield page
    context.close()


@pytest.fixture
def page(browser, demo):
    yield from signed_in(browser, demo)


@pytest.fixture
def desk(browser, hospital):
    """The administrator's page in the hospital of the file."""
    yield from signed_in(browser, hospital)


@pytest.fixture(scope="session")
def addresses(browser, demo):
    """One address for each shape of page of the demo hospital."""
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, demo)
    found = crawl(page, demo, ["/", preview(page, demo)])
    context.close()
    return found
