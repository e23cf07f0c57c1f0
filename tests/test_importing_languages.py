"""Pages in German, Spanish, French and English: each kind of line in several spellings."""

from __future__ import annotations

import pytest

from audioworkout.importing import ImportOptions, Source, import_document, read_document
from audioworkout.reading import Folders
from audioworkout.reading.catalogue import Catalogue

CATALOGUES: dict[str, Catalogue] = {}


def import_text(text: str, language: str) -> list[str]:
    """The items of a text, each as the file has it: `Squats: 3x12`."""
    imported = import_document(
        read_document(Source("text.md", text.encode())),
        Folders(),
        ImportOptions(language=language),
        CATALOGUES,
    )
    return [
        f"{row.name}: {row.understood}".replace(" x ", "x")
        for file in imported.files
        for row in file.rows
    ]


PAGES = {
    "weights behind a name": [
        ("de", "- Bankdrücken Langhantel: 5x5\n- Wadenheben mit einer Kettlebell: 3x12\n"),
        ["Bankdrücken: 5x5", "Wadenheben: 3x12"],
    ],
    "weights behind a name that two words join": [
        ("es", "- Sentadilla búlgara con mancuernas o pesa: 4x8\n- Dominadas: 3x6\n"),
        ["Sentadilla búlgara: 4x8", "Dominadas: 3x6"],
    ],
    "two ways of one exercise": [
        ("es", "- Dominadas asistidas o completas: 3x6\n- Flexiones: 3x12\n"),
        ["Dominadas asistidas o completas: 3x6", "Flexiones: 3x12"],
    ],
}


@pytest.mark.parametrize(("page", "items"), PAGES.values(), ids=list(PAGES))
def test_a_page_is_read_in_its_language(page: tuple[str, str], items: list[str]):
    language, text = page
    assert import_text(text, language) == items
