"""Where this computer keeps settings and caches: the only look at the environment for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from audioworkout.model.kept import Kept
    from audioworkout.reading import Folders


class Places(NamedTuple):
    """The user's folders; neither need exist."""

    config: Path
    """Settings, routines and exercises of the user's own."""
    cache: Path
    """Clips and encoded sound, which can be removed at any time."""


def places() -> Places:
    """The folders of whoever runs this, on this computer."""
    return places_in(os.environ, sys.platform, home())


def folders(kept: Kept | None = None) -> Folders:
    """Where reading looks for routines, exercises and settings, and for what it read before."""
    from audioworkout.reading import Folders

    return Folders(user=places().config, kept=kept)


def home() -> Path:
    """The home folder; one that nothing can be written to where there is none (some containers)."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def places_in(environ: Mapping[str, str], platform: str, home: Path) -> Places:
    """The folders by the customs of a platform (`sys.platform`'s names).

    AUDIOWORKOUT_CONFIG and AUDIOWORKOUT_CACHE come before all; on Linux and the like follow
    XDG_CONFIG_HOME and XDG_CACHE_HOME, which count only where they are absolute (XDG Base
    Directory Specification 0.8).
    """
    config, cache = _customary(environ, platform, home)
    return Places(
        Path(environ.get("AUDIOWORKOUT_CONFIG") or config),
        Path(environ.get("AUDIOWORKOUT_CACHE") or cache),
    )


def _customary(environ: Mapping[str, str], platform: str, home: Path) -> tuple[Path, Path]:
    if platform == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return roaming / "audioworkout", local / "audioworkout" / "Cache"
    if platform == "darwin":
        library = home / "Library"
        return library / "Application Support" / "audioworkout", library / "Caches" / "audioworkout"
    return (
        _absolute(environ, "XDG_CONFIG_HOME", home / ".config") / "audioworkout",
        _absolute(environ, "XDG_CACHE_HOME", home / ".cache") / "audioworkout",
    )


def _absolute(environ: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(environ.get(name, ""))
    return folder if folder.is_absolute() else default
