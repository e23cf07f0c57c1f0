"""Finds the folders of settings and cache on this computer."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from audioworkout.model.cache import Cache
    from audioworkout.reading import Folders


class UserPaths(NamedTuple):
    """The user's folders, which need not exist."""

    config: Path
    """Settings, routines and exercises of the user."""
    cache: Path
    """Clips and encoded sound, which can be removed at any time."""


def find_user_paths() -> UserPaths:
    """Find the user's folders on this computer."""
    return user_paths_for(os.environ, sys.platform, home_folder())


def reading_folders(cache: Cache | None = None) -> Folders:
    """The folders of routines, exercises and settings, and the cache of parsed files."""
    from audioworkout.reading import Folders

    return Folders(user=find_user_paths().config, cache=cache)


def home_folder() -> Path:
    """The home folder; a path that cannot be written if there is none (some containers)."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def user_paths_for(environ: Mapping[str, str], platform: str, home: Path) -> UserPaths:
    """The folders by the conventions of a platform (a value of `sys.platform`).

    AUDIOWORKOUT_CONFIG and AUDIOWORKOUT_CACHE win. On Linux and similar systems XDG_CONFIG_HOME and
    XDG_CACHE_HOME follow, if they are absolute (XDG Base Directory Specification 0.8).
    """
    config, cache = _platform_folder(environ, platform, home)
    return UserPaths(
        Path(environ.get("AUDIOWORKOUT_CONFIG") or config),
        Path(environ.get("AUDIOWORKOUT_CACHE") or cache),
    )


def _platform_folder(environ: Mapping[str, str], platform: str, home: Path) -> tuple[Path, Path]:
    if platform == "win32":
        roaming = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        local = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return roaming / "audioworkout", local / "audioworkout" / "Cache"
    if platform == "darwin":
        library = home / "Library"
        return library / "Application Support" / "audioworkout", library / "Caches" / "audioworkout"
    return (
        _absolute_variable(environ, "XDG_CONFIG_HOME", home / ".config") / "audioworkout",
        _absolute_variable(environ, "XDG_CACHE_HOME", home / ".cache") / "audioworkout",
    )


def _absolute_variable(environ: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(environ.get(name, ""))
    return folder if folder.is_absolute() else default
