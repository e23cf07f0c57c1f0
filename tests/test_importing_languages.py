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
        ("de", "- Wadenheben Langhantel: 5x5\n- Wadenheben mit einer Kettlebell: 3x12\n"),
        ["Wadenheben Langhantel: 5x5", "Wadenheben: 3x12"],
    ],
    "weights behind a name that two words join": [
        ("es", "- Sentadilla búlgara con mancuernas o pesa: 4x8\n- Dominadas: 3x6\n"),
        ["Sentadilla búlgara: 4x8", "Dominadas: 3x6"],
    ],
    "two ways of one exercise": [
        ("es", "- Dominadas asistidas o completas: 3x6\n- Flexiones: 3x12\n"),
        ["Dominadas asistidas o completas: 3x6", "Flexiones: 3x12"],
    ],
    "the amount in a line of its own below a marked name": [
        ("es", "- Kettlebell swing\n  3 x 10\n- Box squat (alto)\n  2 x 8-10\n"),
        ["Kettlebell swing: 3x10", "Box squat: 2x8-10"],
    ],
    "the amount in a heading below that of the name": [
        (
            "es",
            "# Flexiones\n## 2 series de 10 repeticiones\nAbajo.\n\n# Fondos\n## 3 series de 8\n",
        ),
        ["Flexiones: 2x10", "Fondos: 3x8"],
    ],
    "English names on a page in another language": [
        ("fr", "- Clamshell : 2 x 12\n- Monster walk : 3 x 10\n- Pallof press : 3 x 8\n"),
        ["Clamshell: 2x12", "Monster walk: 3x10", "Pallof press: 3x8"],
    ],
    "steps of a description": [
        (
            "fr",
            "### Genou à la poitrine\n1. Amenez un genou vers la poitrine\n2. Tirez le genou plus "
            "près\n3. Maintenez 20 secondes\n\n### Pont fessier\n1. Relâchez les bras\n"
            "2. Maintenez 10 secondes\n",
        ),
        ["Genou à la poitrine: hold 20s", "Pont fessier: hold 10s"],
    ],
    "a week's table without amounts": [
        (
            "es",
            "| Día | Actividad |\n|---|---|\n| Lunes | Bicicleta |\n| Martes | Movilidad |\n\n"
            "- Sentadillas: 3x12\n- Flexiones: 3x10\n",
        ),
        ["Sentadillas: 3x12", "Flexiones: 3x10"],
    ],
    "a guideline in brackets": [
        (
            "de",
            "1. Ausfallschritte\nWiederholungen: zwischen acht und 15 (in der Regel zehn)\n\n"
            "2. Kniebeugen\nWiederholungen: 12-15\n",
        ),
        ["Ausfallschritte: 8-15", "Kniebeugen: 12-15"],
    ],
    "levels": [
        (
            "de",
            "Crunches\nEinsteiger: 2 Sätze à 10\nFortgeschrittene: 3 Sätze à 15\n"
            "Profis: 4 Sätze à 20\n\nPlank: 3 x 30 Sekunden halten\n",
        ),
        ["Crunches: 3x15", "Plank: 3x30s hold"],
    ],
    "rounds of one exercise, below its name": [
        ("de", "1. Beinheben\n10 Wiederholungen je Bein, 3 Durchgänge\n\n2. Zehenstand\n20-mal\n"),
        ["Beinheben: 3x10 per leg", "Zehenstand: 20"],
    ],
    "rounds of a time, below its name": [
        ("es", "- **Plancha**:\n  - 3 rondas de 20-30 segundos.\n- **Fondos**:\n  - 3x12\n"),
        ["Plancha: 3x hold 20-30s", "Fondos: 3x12"],
    ],
    "stations": [
        (
            "de",
            "Belastung 40 Sekunden, Pause 20 Sekunden, 3 Durchgänge.\n\nStation 1: Seilspringen\n"
            "Station 2: Bergsteiger\n",
        ),
        ["Seilspringen: for 40s", "Bergsteiger: for 40s"],
    ],
    "a block that is called by what it is for": [
        ("de", "### Block A: Rücken & Haltung (20 Min)\n- Rudern: 3x12\n- Klimmzüge: 3x6\n"),
        ["Rudern: 3x12", "Klimmzüge: 3x6"],
    ],
    "names within sentences, the noun in front": [
        (
            "fr",
            "On effectue 15 extensions de chevilles et 20 squats, puis dix pompes inclinées. Puis "
            "on tient la planche pendant 15 secondes.\n",
        ),
        ["extensions de chevilles: 15", "squats: 20", "pompes inclinées: 10", "planche: hold 15s"],
    ],
    "numbers in words within sentences": [
        (
            "de",
            "Ich mache 20 Hampelmänner. Danach folgen 15 Kniebeugen und zwölf Liegestütze. "
            "Zum Schluss 30 Crunches.\n",
        ),
        ["Hampelmänner: 20", "Kniebeugen: 15", "Liegestütze: 12", "Crunches: 30"],
    ],
    "from one to two minutes": [
        (
            "fr",
            "Posture de l'enfant\nRestez-y une à deux minutes.\n\nPont fessier\n12 répétitions.\n",
        ),
        ["Posture de l'enfant: hold 1-2 min", "Pont fessier: 12"],
    ],
    "the minutes of a section": [
        (
            "es",
            "## Calentamiento (5-10 minutos):\n- Círculos de cadera\n- Zancadas: 2x8\n\n"
            "## Entrenamiento:\n- Sentadillas: 3x12\n- Fondos: 3x8\n",
        ),
        [
            "Círculos de cadera: its usual amount",
            "Zancadas: 2x8",
            "Sentadillas: 3x12",
            "Fondos: 3x8",
        ],
    ],
    "a part that a heading sets beside the workout": [
        (
            "fr",
            "## Séance\n1. Pompes : 8-12 reps\n2. Squats : 15 reps\n\n## Variantes autorisées\n"
            "- Pompes inclinées\n- Gainage (2 x 30 s)\n\n## Pourquoi\n- Fentes : 3 x 10\n",
        ),
        ["Pompes: 8-12 reps", "Squats: 15 reps"],
    ],
    "a heading with minutes above the headings of its exercises": [
        (
            "es",
            "### Movilidad Espinal (5 minutos)\n\n**Gato-Vaca**\n- 10 repeticiones\n\n"
            "**Puente de glúteos**\n- 12 repeticiones\n",
        ),
        ["Gato-Vaca: 10", "Puente de glúteos: 12"],
    ],
    "what is counted behind the label of what is done": [
        (
            "de",
            "1. Fußkreisen\n   - **Durchführung:** 10 Kreise pro Fuß.\n\n"
            "2. Schulterheben\n   - **Durchführung:** 12 Wiederholungen.\n",
        ),
        ["Fußkreisen: 10 per leg", "Schulterheben: 12"],
    ],
}


@pytest.mark.parametrize(("page", "items"), PAGES.values(), ids=list(PAGES))
def test_a_page_is_read_in_its_language(page: tuple[str, str], items: list[str]):
    language, text = page
    assert import_text(text, language) == items
