"""Articles, leaflets and whiteboards become routine files; each rule is tested by its example."""

import pytest

from audioworkout.importing.facts import all_facts, read_facts
from audioworkout.importing.rules import LANGUAGES, load_kinds, load_language

EXAMPLES = [("en", kind.example) for kind in load_kinds()] + [
    (code, example) for code in LANGUAGES for example in load_language(code).examples
]


@pytest.mark.parametrize(
    ("code", "example"), EXAMPLES, ids=[f"{code} {one.text}" for code, one in EXAMPLES]
)
def test_every_rule_finds_what_its_example_means(code, example):
    told = read_facts(example.text, load_language(code))
    found = [f"{fact.field}={fact.value}" for fact in all_facts(told)]
    assert sorted(" ".join(found).split()) == sorted(example.means.split())
