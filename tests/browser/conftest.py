"""A real Chromium for the tests of the page, driven through chromedriver.

Debian and Ubuntu have both as `chromium` and `chromium-driver`. Where they are missing the tests
are skipped, except under continuous integration, where that would be a hole nobody sees.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from browser.player import Player

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--autoplay-policy=no-user-gesture-required --hide-scrollbars --mute-audio"
)


def _found() -> tuple[str, str]:
    """Paths of the browser and its driver; skips where one is missing, or fails under CI."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    missing = "chromium and chromedriver are not installed (Debian: chromium chromium-driver)"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    browser, driver = _found()
    options = ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options, Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def player(chrome: Chrome, tmp_path: Path) -> Iterator[Player]:
    """The page in the browser; whatever it wrote on the console fails the test."""
    player = Player(chrome, tmp_path)
    player.look(1280, 800)
    yield player
    complaints = player.complaints()
    player.close()
    assert complaints == []
