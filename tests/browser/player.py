"""The page as a test sees it: open it with a sound, look at it, do what a person does."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any, Literal

from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from audioworkout.model.timeline import Timeline
from audioworkout.views.page import render_page

RECORDER = """
window.handlers = {};
const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
navigator.mediaSession.setActionHandler = (action, handler) => {
  set(action, handler);
  window.handlers[action] = handler;
};
window.awake = [];
if (navigator.wakeLock) {
  navigator.wakeLock.request = async (type) => {
    window.awake.push(type);
    return { released: false, release() { window.awake.push("released"); } };
  };
}
window.alert = () => console.error("alert");
"""
"""Runs before the page's script: remembers what it asks of the system."""

SAMPLES_A_SECOND = 3_000
"""The lowest rate Chromium plays, so that a workout of silence is a small file."""


def silence(path: Path, ms: int) -> None:
    """A sound of this length in which one can seek."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(SAMPLES_A_SECOND)
        sound.writeframes(b"\x80" * (SAMPLES_A_SECOND * ms // 1_000))


class Player:
    """One browser with one page at a time."""

    def __init__(self, chrome: Chrome, folder: Path) -> None:
        self.chrome = chrome
        self.folder = folder
        added = self._do("Page.addScriptToEvaluateOnNewDocument", source=RECORDER)
        self._recorder = added["identifier"]

    def _do(self, command: str, **settings: object) -> dict[str, Any]:
        return self.chrome.execute_cdp_cmd(command, settings)

    def complaints(self) -> list[str]:
        """What the browser has written on the console since it was last asked."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def forgive(self) -> None:
        """Forget what was written on the console: here it was to be."""
        self.complaints()

    def close(self) -> None:
        self._do("Page.removeScriptToEvaluateOnNewDocument", identifier=self._recorder)
        self._do("Emulation.clearDeviceMetricsOverride")
        self.emulate()
        self.chrome.get("about:blank")

    def look(self, width: int, height: int) -> None:
        """Show the page in a window of this size (CSS pixels)."""
        self._do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 800,
        )

    def emulate(
        self,
        scheme: Literal["light", "dark"] = "light",
        motion: Literal["reduce", "no-preference"] = "no-preference",
        medium: str = "",
    ) -> None:
        """What a person prefers, and the medium (`print`)."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": motion},
        ]
        self._do("Emulation.setEmulatedMedia", media=medium, features=features)

    def open(self, timeline: Timeline, fragment: str = "") -> None:
        """Lay page and sound side by side on the disk and open the page."""
        silence(self.folder / "a.wav", timeline.duration_ms)
        self.open_text(render_page(timeline, "a.wav"), fragment)
        self.wait("return document.getElementById('audio').readyState >= 1")

    def open_text(self, text: str, fragment: str = "") -> None:
        path = self.folder / "page.html"
        path.write_text(text, encoding="utf-8")
        self.chrome.get(path.as_uri() + fragment)

    def run(self, script: str, *values: object) -> Any:
        return self.chrome.execute_script(script, *values)

    def wait(self, script: str, *values: object) -> Any:
        return WebDriverWait(self.chrome, 10, 0.02).until(lambda _: self.run(script, *values))

    def text(self, name: str) -> str:
        """The text of an element by its id."""
        return self.run("return document.getElementById(arguments[0]).textContent", name)

    def click(self, selector: str) -> None:
        self.chrome.find_element(By.CSS_SELECTOR, selector).click()

    def press(self, *keys: str) -> None:
        """Press keys together, the last one to be released first."""
        chain = ActionChains(self.chrome, duration=0)
        for key in keys[:-1]:
            chain.key_down(key)
        chain.send_keys(keys[-1])
        for key in keys[:-1]:
            chain.key_up(key)
        chain.perform()

    def seek(self, ms: int) -> None:
        """Go to a moment as the lock screen would, and wait until it is shown."""
        self.run("window.handlers.seekto({seekTime: arguments[0]})", ms / 1_000)
        self.wait("return !document.getElementById('audio').seeking")

    @property
    def now(self) -> int:
        """Where the sound is (ms)."""
        return round(self.run("return document.getElementById('audio').currentTime") * 1_000)

    @property
    def playing(self) -> bool:
        return not self.run("return document.getElementById('audio').paused")

    @property
    def sideways(self) -> int:
        """How far the page can be scrolled sideways (px)."""
        return self.run("return document.documentElement.scrollWidth - innerWidth")


SHIFT, LEFT, RIGHT, SPACE = Keys.SHIFT, Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.SPACE
