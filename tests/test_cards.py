"""Cards: small pictures, drawn once, readable whatever the words."""

from __future__ import annotations

import io
import subprocess
import sys
from statistics import mean

import pytest
from PIL import Image

from audioworkout.cards import BUCKET, SIZE, cache_key, draw_card, draw_cards
from audioworkout.cards.drawing import (
    ACCENT,
    FAINT_INK,
    INK,
    PAPER,
    RHYTHM,
    SHEET,
    SHEET_MARGIN,
    draw_card_image,
)
from audioworkout.cards.sheet import Sheet
from audioworkout.disk_cache import MemoryCache
from audioworkout.views.card_content import CardContent

SIDE = CardContent(
    "work",
    "Step Up to Reverse Lunge",
    "10/10",
    "8",
    "reps",
    "+ 10 pulses",
    set=1,
    sets=3,
    note="Set 1 of 3",
    side="left",
    sides=("Left", "Right"),
)
HARD = [
    SIDE,
    SIDE._replace(name="Donaudampfschifffahrtsgesellschaftskapitän", side="right"),
    SIDE._replace(name="A long name of many words that goes on and on beyond any sense " * 3),
    SIDE._replace(name="", unit="Wiederholungen", amount="2 × 100", sides=None, side=None),
    SIDE._replace(name="Приседания", sets=50, set=49, note="Round 49 of 50"),
    CardContent("frame", "Introduction", amount="26 s"),
    CardContent("cover", "Lower body", amount="28", unit="minutes", more="10 exercises"),
    SIDE._replace(name="Fire Hydrants", amount="100–120", more="+ 100 pulses"),
]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def near(pixel, color, by=40) -> bool:
    wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return all(abs(one - two) <= by for one, two in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("face", HARD, ids=range(len(HARD)))
def test_every_face_is_a_small_jpeg_with_a_quiet_edge(face):
    data = draw_card_image(face, SIZE)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("JPEG", (SIZE, SIZE))
    assert len(data) < 30_000
    edge = SIZE * (SHEET_MARGIN - 12) // 600
    above_the_foot = opened(data).crop((SIZE - edge, 20, SIZE, SIZE * 3 // 4))
    colors = above_the_foot.getcolors(SIZE * SIZE) or []
    assert all(near(pixel, PAPER) for _, pixel in colors), "something is written over the edge"


def test_sixty_pictures_take_at_most_a_megabyte_and_a_half():
    real = [SIDE, HARD[-1], SIDE._replace(name="Squat", side=None, sides=None)]
    assert 60 * mean(len(draw_card_image(face, SIZE)) for face in real) < 1_500_000


def test_the_side_to_work_is_the_bright_one():
    corner = SIZE - 6
    for side, lit, dim in (("left", 6, corner), ("right", corner, 6)):
        image = opened(draw_card_image(SIDE._replace(side=side), SIZE))
        assert near(image.getpixel((lit, corner)), ACCENT["work"])
        assert not near(image.getpixel((dim, corner)), ACCENT["work"])
    both = opened(draw_card_image(SIDE._replace(side=None), SIZE))
    assert all(near(both.getpixel((x, corner)), ACCENT["work"]) for x in (6, corner))


def test_a_cover_has_the_rhythm_of_its_workout_at_the_foot():
    rhythm = (("intro", 100), ("work", 500), ("rest", 900), ("work", 1_000))
    image = opened(draw_card_image(CardContent("cover", "Lower body", rhythm=rhythm), SIZE))
    colors = [image.getpixel((SIZE * at // 100, SIZE - 6)) for at in (5, 30, 70, 95)]
    wanted = (FAINT_INK, RHYTHM["work"], RHYTHM["rest"], RHYTHM["work"])
    assert all(near(*both) for both in zip(colors, wanted, strict=True))


def test_a_number_of_sets_is_left_out_where_it_would_run_into_the_words():
    many = SIDE._replace(sets=50, set=49)
    for note, is_told in (("Set 49", True), ("Round 49 of 50", False)):
        face = many._replace(note=note)
        assert (
            draw_card_image(face, SIZE) != draw_card_image(face._replace(sets=None, set=None), SIZE)
        ) is is_told


def test_letters_with_marks_are_in_the_font():
    sheet = Sheet(SHEET, SHEET, SIZE / SHEET, PAPER)
    missing = bytes(sheet.bold_font(40).getmask("\uffff"))
    for name in ("InterDisplay-Bold", "Inter-Medium"):
        font = sheet.bold_font(40, name)
        for letter in "äöüßéèêçñ¿¡œÄÖÜ…·×←→’łøåЖΩ":
            assert bytes(font.getmask(letter)) != missing, letter


def test_a_name_is_written_as_large_as_it_fits():
    def height(name: str) -> int:
        image = opened(draw_card_image(CardContent("work", name), SIZE))
        box = image.point(lambda value: 255 * (value > 200)).convert("L").getbbox()
        assert box is not None
        return box[3] - box[1]

    assert height("Squat") > 50
    assert height("Step Up to Reverse Lunge with a Band") > height("Squat")


def test_equal_faces_are_drawn_once_and_kept():
    cache = MemoryCache()
    first = draw_cards([SIDE, HARD[5], SIDE], cache)
    assert first[0] is first[2]
    assert len(cache.entries) == 2
    assert draw_cards([SIDE, HARD[5], SIDE], cache) == first
    assert cache_key(SIDE, 512) != cache_key(SIDE, 600) != cache_key(HARD[5], 600)


@pytest.mark.parametrize("damage", [b"", b"GIF89a", b"\xff\xd8\xff cut off"])
def test_a_damaged_card_is_drawn_again(damage):
    cache = MemoryCache()
    whole = draw_card(SIDE, cache)
    cache.put(BUCKET, cache_key(SIDE, SIZE), damage)
    assert draw_card(SIDE, cache) == whole


def test_a_build_in_which_everything_is_kept_does_not_load_pillow():
    code = (
        "import sys; from audioworkout.cards import BUCKET, SIZE, cache_key, draw_card;"
        "from audioworkout.disk_cache import MemoryCache;"
        "from audioworkout.views.card_content import CardContent;"
        "cache = MemoryCache(); content = CardContent('cover', 'T');"
        "cache.put(BUCKET, cache_key(content, SIZE), b'\\xff\\xd8\\xff..\\xff\\xd9');"
        "draw_card(content, cache);"
        "print([name for name in ('PIL', 'numpy') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_ink_and_accents_stand_out_from_the_paper():
    """WCAG 2.1: large letters need a contrast of 3, others of 4.5."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for color in (INK, *ACCENT.values()):
        assert (luminance(color) + 0.05) / (luminance(PAPER) + 0.05) > 7
