"""Downloads a voice's file when the user asks for it: the only use of the network for voices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from audioworkout.errors import BuildError, OutputError
from audioworkout.files import replace_file
from audioworkout.model.callbacks import StepProgress

NETWORK_TIMEOUT = 30.0
"""Longest wait for data from the network (s)."""
RECEIVE_SIZE = 1 << 16


def fetch_file(
    url: str, target: Path, size: int, sha256: str, progress: StepProgress = lambda done, of: None
) -> None:
    """Download a file to `target`, which appears only if its size (bytes) and SHA-256 are right.

    Raises:
        BuildError: There is no network, the server does not have the file, or it has another one.
        OutputError: The file cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replace_file(target) as file:
            file.writelines(_blocks(url, size, sha256, progress))
    except OSError as error:
        raise OutputError(f"could not write {target}: {error.strerror or error}") from error


def _blocks(url: str, size: int, sha256: str, progress: StepProgress) -> Iterator[bytes]:
    import urllib.error
    import urllib.request
    from http.client import HTTPException

    digest, done = hashlib.sha256(), 0
    try:
        with urllib.request.urlopen(url, timeout=NETWORK_TIMEOUT) as answer:
            while block := answer.read(RECEIVE_SIZE):
                done += len(block)
                if done > size:
                    break
                digest.update(block)
                progress(done, size)
                yield block
    except urllib.error.HTTPError as error:
        raise BuildError(
            f"{url} is not there: {error.code} {error.reason}",
            "A newer audioworkout may know where it is now.",
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise BuildError(
            f"{url} cannot be reached: {reason}",
            "Is there a network? The voices that are here already need none.",
        ) from error
    if digest.hexdigest() != sha256 or done != size:
        raise BuildError(
            f"what came from {url} is not the file that was tested ({done} of {size} bytes)",
            "It is not used. Try again; if that does not help, a newer audioworkout may.",
        )
