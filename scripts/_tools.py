"""Installs programs that some tests need: a browser and decoders.

None is needed to make or play a workout. Tests that need a missing one are skipped with a reason;
under continuous integration nothing may be skipped, so they are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = {
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "ffmpeg": "ffmpeg",
    "ffprobe": "ffmpeg",
    "mpg123": "mpg123",
}
"""The Debian package of every program."""


def missing() -> list[str]:
    """The packages of missing programs."""
    return sorted({package for name, package in PACKAGES.items() if not shutil.which(name)})


def provide() -> None:
    """Install missing programs under CI; elsewhere print which are missing."""
    packages = missing()
    if not packages:
        return
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    if not os.environ.get("CI"):
        print(f"Some tests will be skipped: they need {', '.join(packages)}.", flush=True)
        print(f"  On Debian or Ubuntu: {' '.join(install[:2] + packages)}", flush=True)
        return
    print(f"Installing {', '.join(packages)} for the tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["apt-get", "update", "-q"], install):
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            last = "\n".join((done.stdout + done.stderr).splitlines()[-5:])
            print(f"{' '.join(words)} failed; tests that need them will fail:\n{last}", flush=True)
            return
