"""Trees of YAML files that are kept: the same as those parsed, and nothing wrong among them."""

import subprocess
import sys
from pathlib import Path

import pytest

from audioworkout.disk_cache import MemoryCache
from audioworkout.model.request import Flags
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, RoutineError, yaml_text
from audioworkout.reading.parse_cache import cached_tree
from audioworkout.reading.source import read_file, read_text
from checks import check_file

HERE = Path(__file__).parent
BUILT_IN = sorted((HERE.parent / "src/audioworkout").glob("*/*.yaml"))
TRICKY = """\
title: "Quoted: 'twice'"
define: &own
  wall angel: {default: 8-10, form: [One., "Two ✓", null, ~, '']}
again: *own
merged:
  <<: *own
  empty: []
  nothing: {}
  folded: >-
    One
    sentence.
"""


def forbid_parsing(monkeypatch):
    monkeypatch.setattr(yaml_text, "parse_yaml", lambda page, text: pytest.fail("parsed again"))


def test_a_kept_tree_is_the_one_that_was_parsed(monkeypatch):
    cache = MemoryCache()
    pages = [read_file(path) for path in BUILT_IN] + [read_text("tricky.yaml", TRICKY)]
    parsed = [yaml_text.parse_yaml(*page) for page in pages]
    assert [cached_tree(*page, cache) for page in pages] == parsed
    assert len(cache.entries) == len(pages) > 160
    forbid_parsing(monkeypatch)
    assert [cached_tree(*page, cache) for page in pages] == parsed


def test_the_same_text_in_another_file_is_of_that_file(monkeypatch):
    cache = MemoryCache()
    cached_tree(*read_text("one.yaml", TRICKY), cache)
    forbid_parsing(monkeypatch)
    page, text = read_text("two.yaml", TRICKY)
    assert cached_tree(page, text, cache).get("title").page is page


def test_another_text_is_parsed():
    cache = MemoryCache()
    texts = [TRICKY, TRICKY + "more: 1\n", TRICKY.replace("One", "Won")]
    found = [cached_tree(*read_text("a.yaml", text), cache) for text in texts]
    assert found == [yaml_text.parse_yaml(*read_text("a.yaml", text)) for text in texts]


def test_what_says_nothing_or_is_wrong_is_not_kept():
    cache = MemoryCache()
    assert cached_tree(*read_text("a.yaml", "# nothing\n"), cache) is None
    for _ in range(2):
        with pytest.raises(RoutineError, match="a second time"):
            cached_tree(*read_text("a.yaml", "a: 1\na: 2\n"), cache)
    assert not cache.entries


@pytest.mark.parametrize("other", [b"", b"[", b"1", b"[]", b'["map",1,1,1,[]]', b'["map",1,1,1,7]'])
def test_something_else_in_its_place_is_parsed_again(other):
    cache = MemoryCache()
    page, text = read_text("a.yaml", TRICKY)
    parsed = cached_tree(page, text, cache)
    cache.entries = dict.fromkeys(cache.entries, other)
    assert cached_tree(page, text, cache) == parsed


def test_a_workout_is_the_same_from_kept_trees():
    folders = Folders(cache=MemoryCache())
    plain = prepare_routine("hip-dips", Flags(), Folders())
    assert [prepare_routine("hip-dips", Flags(), folders) for _ in range(2)] == [plain, plain]


@pytest.mark.parametrize(
    "path", sorted((HERE / "wrong").glob("*.yaml")), ids=lambda path: path.stem
)
def test_what_is_wrong_is_told_the_same_every_time(path):
    folders = Folders(cache=MemoryCache())
    told = check_file(str(path), Folders())
    assert [check_file(str(path), folders) for _ in range(2)] == [told, told]


def test_the_parser_is_not_loaded_for_what_is_kept(tmp_path):
    code = (
        "import sys; from pathlib import Path; "
        "from audioworkout.preparing import prepare_routine;"
        "from audioworkout.reading import Folders;"
        "from audioworkout.model.request import Flags;"
        "from audioworkout.disk_cache import DiskCache;"
        "prepare_routine('hip-dips', Flags(), Folders(cache=DiskCache(Path(sys.argv[1]))));"
        "print('yaml' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "kept")]
    assert [subprocess.check_output(command, text=True) for _ in range(2)] == ["True\n", "False\n"]
