"""A real browser on the finished demo site, served from a sub-folder as a portal would serve it."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support import mkdocs_build

from generator import headers
from generator.demo import district

FOLDER = "/portal/targets/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo of 12 departments and 6 years; returns the folder of the site."""
    work = tmp_path_factory.mktemp("browser") / FOLDER.strip("/")
    district.write_demo(work / "content")
    with (work / "content/site.yaml").open("a", encoding="utf-8") as site_file:
        site_file.write(f"网址: https://www.example.org{FOLDER}\n")
    built = mkdocs_build(work / "content", work)
    headers.write(built)
    return built


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site below FOLDER, with the security policy that was written for it."""

    def end_headers(self) -> None:
        name, _, policy = (Path(self.directory) / "_headers").read_text().splitlines()[1].strip().partition(": ")
        self.send_header(name, policy)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(FOLDER) if path.startswith(FOLDER) else "nowhere"
        return super().translate_path("/" + below)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site; gives the address of its home page, which ends in a slash."""
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the demo site; returns the address of its home page."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def real_address(real_site: Path) -> Iterator[str]:
    """Serve the site of the real content; returns the address of its home page."""
    with served(real_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "No Chromium found: apt-get install chromium."
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=flags)


Open = Callable[..., Page]
# What the security policy forbids is an error on the console, and so a fault.
NOTE_VIOLATIONS = """addEventListener("securitypolicyviolation",
    (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));"""


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Return a function that opens a page below the site; a fault of any opened page fails the test.

    A fault is an error on the console (what breaks the security policy is one), an exception of a script, a request to
    another host or one that fails.
    """
    faults: list[str] = []
    contexts = []

    def open_it(path: str = "", width: int = 1280, scheme: str = "light", javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=javascript,
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(NOTE_VIOLATIONS)
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: faults.append(f"script: {e}"))
        page.on("request", lambda r: _watch(r.url, faults))
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.goto(path if "://" in path else address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def _watch(url: str, faults: list[str]) -> None:
    if not re.match(rf"http://127\.0\.0\.1:\d+{FOLDER}|data:|file:", url):
        faults.append(f"request leaves: {url}")
