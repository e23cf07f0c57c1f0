"""The documents know every command and option, and their links lead somewhere."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from typer.main import get_command

from audioworkout.cli.app import make_app
from audioworkout.model.request import Flags
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sounds/*.md")])
CLI = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
COMMANDS = dict(get_command(make_app()).commands)
COMMANDS |= {
    f"{name} {action}": command
    for name, group in COMMANDS.items()
    for action, command in getattr(group, "commands", {}).items()
}

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def section_of(command):
    return CLI.partition(f"### audioworkout {command}\n")[2].partition("\n### ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_reference(name):
    section = section_of(name)
    told = section + (section_of("build") if "as for `build`" in section else "")
    options = {option for each in COMMANDS[name].params for option in each.opts}
    missing = {option for option in options if option.startswith("-")} - set(
        re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told)
    )
    assert section, f"docs/cli.md does not tell of {name}: run cog -r docs/cli.md"
    assert not missing


def anchor(heading):
    """How a heading is linked to: lower case, spaces as hyphens, no other signs."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def links(document):
    text = _FENCED.sub("", document.read_text(encoding="utf-8"))
    return [one or other for one, other in _LINK.findall(text)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    for link in links(document):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, place = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{link} is not there"
        if place:
            text = _FENCED.sub("", target.read_text(encoding="utf-8"))
            assert place in map(anchor, _HEADING.findall(text)), f"{link}: no such heading"


def test_files_named_in_how_it_works_exist():
    text = (ROOT / "docs/how-it-works.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.py|[a-z_]+\.py)`", text)
    missing = [
        each
        for each in named
        if not (ROOT / each).exists() and not (ROOT / "src/audioworkout" / each).exists()
    ]
    assert len(named) > 15
    assert not missing


def test_links_are_found():
    assert sum(len(links(document)) for document in DOCUMENTS) > 5


def test_the_exercises_that_the_readme_chooses_are_in_hip_dips():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    chosen = re.findall(r'`--(?:only|skip|from) "?([^"`]+)"?`', text)
    assert len(chosen) >= 3
    for name in chosen:
        assert prepare_routine("hip-dips", Flags(only=(name,)), Folders()).routine.items


def test_the_picture_in_the_readme_is_of_the_routine_as_it_is(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    readme = import_module("readme")
    picture = readme.PICTURE.read_text(encoding="utf-8")
    assert picture == readme.draw_plot(), "run .venv/bin/python scripts/readme.py"
