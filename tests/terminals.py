"""The program in a pseudo-terminal: what a person sees, colours and all."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import NamedTuple


class Seen(NamedTuple):
    """What came of a command: its status, and all that the terminal was sent."""

    status: int
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines that were printed; of one that was drawn again and again, the last state."""
        return [line.split("\r")[-1] for line in self.text.splitlines()]


def run_in_terminal(columns: int, *words: str, **environ: str) -> Seen:
    """Run the program in a terminal of so many columns, with these variables besides."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    inherited = {name: os.environ[name] for name in os.environ if name not in _LEFT_OUT}
    process = subprocess.Popen(
        [sys.executable, "-m", "audioworkout", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**inherited, "TERM": "xterm", **environ},
    )
    os.close(slave)
    sent = b""
    try:
        while data := os.read(master, 65_536):
            sent += data
    except OSError:  # nobody writes to it any more
        pass
    finally:
        os.close(master)
    return Seen(process.wait(timeout=60), sent.decode().replace("\r\n", "\n"))


_LEFT_OUT = frozenset({"NO_COLOR", "COLUMNS", "LINES"})
