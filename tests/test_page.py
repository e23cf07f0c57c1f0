"""The page: what it shows when, that what a routine says stays text, and that nothing is fetched.

How it behaves in a browser is tested in tests/browser.
"""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import json
import re
import string
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioworkout.compiler import compile_routine
from audioworkout.errors import BuildError
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.routine import How
from audioworkout.model.timeline import Spoken, Timeline
from audioworkout.views import page
from audioworkout.views.page import render_page, write_page_with_sound
from audioworkout.views.page.outline import group_by_exercise
from audioworkout.views.page.score import Scene, make_score
from audioworkout.views.screen_words import words_for
from samples import ALL, HYDRANT, LUNGE, MARCH, PLANK, SQUAT, WALK, Letters, circuit, routine

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & <!-- \u2028"


def laid_out(*items, **fields) -> Timeline:
    return lay_out(
        compile_routine(routine(*items, **fields), load_phrases("en")), Letters(), "ruler"
    )


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return laid_out(*ALL)


def scene(timeline: Timeline, kind: str, place: int = 0) -> Scene:
    return [one for one in make_score(timeline).scenes if one.kind == kind][place]


class Parsed(HTMLParser):
    """Elements with their attributes, and the text in each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data) -> None:
        self.texts.setdefault(self.elements[-1][0] if self.elements else "", []).append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def embedded(text: str) -> dict:
    """The score as the page's script reads it."""
    return json.loads(re.search(r'id="score">(.*?)</script>', text).group(1))


# -- what is shown when ---------------------------------------------------------------------------


def test_there_is_a_scene_for_every_span(timeline: Timeline) -> None:
    scenes = make_score(timeline).scenes
    assert [(s.kind, s.start_ms, s.end_ms) for s in scenes] == [
        (span.kind, span.start_ms, span.end_ms) for span in timeline.spans
    ]
    for one in scenes:
        mark = timeline.chapters[one.chapter]
        assert mark.start_ms <= one.start_ms < mark.end_ms


def test_numbers_are_shown_when_they_are_heard(timeline: Timeline) -> None:
    heard = [
        (event.start_ms, event.number)
        for event in timeline.events
        if isinstance(event, Spoken) and event.role in ("count", "pulse")
    ]
    shown = [(beat.heard_ms, beat.number) for s in make_score(timeline).scenes for beat in s.beats]
    assert shown == heard


def test_reps_begin_on_the_grid_and_before_their_number() -> None:
    work = scene(laid_out(SQUAT), "work")
    assert [beat.begins_ms - work.start_ms for beat in work.beats] == list(range(0, 40_000, 4_000))
    assert all(beat.begins_ms < beat.heard_ms for beat in work.beats)
    assert (work.first, work.of, work.details) == (0, "of 8–10", ("Set 1 of 3", "8–10 reps"))


def test_alternating_sides_change_with_every_beat_and_count_for_each() -> None:
    work = scene(laid_out(WALK), "work")
    assert [beat.side for beat in work.beats] == ["Right", "Left"] * 10
    assert (work.beats[-1].number, work.of, work.side) == (10, "of 10", "")


def test_pulses_count_every_pulse_though_not_all_are_said() -> None:
    quick = HYDRANT.prescription.finisher._replace(pulses=20, every=500)
    timeline = laid_out(
        HYDRANT._replace(prescription=HYDRANT.prescription._replace(finisher=quick))
    )
    said = [e for e in timeline.events if isinstance(e, Spoken) and e.role == "pulse"]
    pulses = scene(timeline, "pulses")
    assert len(said) < len(pulses.beats)
    assert [beat.number for beat in pulses.beats] == list(range(1, 21))


@pytest.mark.parametrize("kind", ["work", "pulses"])
def test_counting_down_begins_at_the_top_and_says_no_total(kind: str) -> None:
    one = scene(laid_out(HYDRANT, how=How(count="down")), kind)
    numbers = [beat.number for beat in one.beats]
    assert numbers == list(range(len(numbers), 0, -1))
    assert (one.first, one.of) == (len(numbers), "")


@pytest.mark.parametrize("tick", [True, False])
def test_without_spoken_counts_a_rep_is_shown_when_it_begins(tick: bool) -> None:
    work = scene(laid_out(SQUAT, how=How(count="off", tick=tick)), "work")
    assert [beat.heard_ms - work.start_ms for beat in work.beats] == list(range(0, 40_000, 4_000))
    assert [beat.number for beat in work.beats] == list(range(1, 11))


def test_without_spoken_counts_ticks_tell_the_sides() -> None:
    work = scene(laid_out(LUNGE, how=How(count="off")), "work")
    assert [(beat.number, beat.side) for beat in work.beats[:3]] == [
        (1, "Right"),
        (1, "Left"),
        (2, "Right"),
    ]


def test_a_rest_shows_what_it_leads_to_and_when_the_beeps_begin() -> None:
    rest = scene(laid_out(PLANK, HYDRANT), "rest")
    assert (rest.name, rest.side, rest.details) == ("Hydrant", "Left", ("12–15 reps",))
    assert rest.end_ms - rest.ready_ms == 3_000
    assert rest.after == "10 pulses"


def test_what_comes_next_is_told() -> None:
    timeline = laid_out(HYDRANT, SQUAT)
    assert scene(timeline, "intro").after == "Get ready 10 s, then Hydrant, left"
    assert scene(timeline, "work").after == "10 pulses"
    assert scene(timeline, "pulses").after == "Change sides 8 s, then Hydrant, right"
    assert scene(timeline, "pulses", 1).after.endswith("then Squat")
    assert scene(timeline, "work", 2).after == "Rest 45 s, then Squat, set 2 of 3"
    assert scene(timeline, "work", 4).after == "Finish"
    assert scene(timeline, "outro").after == ""


def test_timed_work_tells_its_length_and_has_no_beats() -> None:
    timeline = laid_out(PLANK, MARCH)
    assert scene(timeline, "work").details == ("hold 40 s",)
    assert scene(timeline, "work", 1).details == ("Set 1 of 2", "75 ft out and back")
    assert not scene(timeline, "work").beats


def test_rounds_are_told() -> None:
    timeline = laid_out(circuit(PLANK, LUNGE, rounds=3))
    assert scene(timeline, "work", 3).details[0] == "Round 2 of 3"
    assert [piece.name for piece in group_by_exercise(timeline)][1:-1] == ["Plank", "Lunge"] * 3


def test_captions_are_the_words_but_not_the_numbers(timeline: Timeline) -> None:
    captions = make_score(timeline).captions
    assert [caption.text for caption in captions] == [
        event.line.text
        for event in timeline.events
        if isinstance(event, Spoken) and event.number is None
    ]
    assert all(one.end_ms <= two.start_ms for one, two in itertools.pairwise(captions))


def test_plan_has_a_button_for_every_chapter(timeline: Timeline) -> None:
    text = render_page(timeline, "a.mp3")
    buttons = [a for a in Parsed(text).of("button") if "data-chapter" in a]
    single = [int(a["data-chapter"]) for a in buttons if "data-group" not in a]
    assert single == list(range(len(timeline.chapters)))
    assert len(embedded(text)["chapters"]) == len(timeline.chapters)


# -- the file -------------------------------------------------------------------------------------


def test_the_page_runs_nothing_but_its_own_script_and_style(timeline: Timeline) -> None:
    text = render_page(timeline, "a.mp3")
    policy = next(a["content"] for a in Parsed(text).of("meta") if "http-equiv" in a)
    for tag, pattern in (("style", "<style>(.*?)</style>"), ("script", '"module">(.*?)</script>')):
        content = re.search(pattern, text, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("audio", "media"),
    [
        ("workout.mp3", "media-src 'self' file:;"),
        ("data:audio/mpeg;base64,AA==", "media-src data: blob:; connect-src data:;"),
        ("https://example.org/a.mp3", "media-src https:;"),
    ],
)
def test_the_page_may_play_its_sound_and_no_other(
    timeline: Timeline, audio: str, media: str
) -> None:
    parsed = Parsed(render_page(timeline, audio))
    assert media in next(a["content"] for a in parsed.of("meta") if "http-equiv" in a)
    assert [a["src"] for a in parsed.of("audio")] == [audio]


def test_nothing_else_is_fetched_and_nothing_runs_from_an_attribute(timeline: Timeline) -> None:
    for tag, attributes in Parsed(render_page(timeline, "a.mp3")).elements:
        assert not {"style", "srcset", "action"} & attributes.keys()
        for source in (attributes.get("src"), attributes.get("href")):
            inside = source is None or source.startswith(("#", "data:image/svg+xml"))
            assert inside or tag == "audio"
        assert not [name for name in attributes if name.startswith("on")]


def test_hostile_words_stay_text() -> None:
    nasty = laid_out(SQUAT._replace(name=HOSTILE), title=HOSTILE)
    text = render_page(nasty, 'a"><script>.mp3')
    parsed, plain = Parsed(text), Parsed(render_page(laid_out(SQUAT), "a.mp3"))
    assert [tag for tag, _ in parsed.elements] == [tag for tag, _ in plain.elements]
    assert HOSTILE in parsed.texts["title"]
    assert embedded(text)["title"] == HOSTILE
    assert "<!--" not in text


@given(st.text(max_size=30))
def test_any_title_arrives_in_the_script_unchanged(title: str) -> None:
    text = render_page(SMALL._replace(title=title), "a.mp3")
    assert embedded(text)["title"] == title
    text.encode("utf-8")


SMALL = Timeline("t", "t", "en", "", 1_000, (), (), ())
"""Without spans and chapters: the least a page can be of."""


def test_what_fails_where_a_page_is_written_is_no_fault_of_its_sound(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"sound")

    class Full(io.StringIO):
        def write(self, text: str) -> int:
            if len(text) < 100:  # the sound, after all that stands before it
                raise OSError(28, "No space left on device")
            return super().write(text)

    with pytest.raises(OSError, match="No space"):
        write_page_with_sound(Full(), SMALL, tmp_path / "a.mp3")


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5, 6, 7, 12, 40])
def test_written_page_is_the_rendered_one_with_its_sound_inside(
    length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "ENCODED_SIZE", 6)
    sound = tmp_path / "a.mp3"
    sound.write_bytes(bytes(range(length)))
    out = io.StringIO()
    write_page_with_sound(out, SMALL, sound)
    url = "data:audio/mpeg;base64," + base64.b64encode(bytes(range(length))).decode()
    assert out.getvalue() == render_page(SMALL, url)


def test_sound_is_written_in_blocks(tmp_path: Path, timeline: Timeline) -> None:
    sound = tmp_path / "a.mp3"
    sound.write_bytes(bytes(1_000_000))
    pieces_written: list[str] = []
    out = io.StringIO()
    out.write = pieces_written.append
    write_page_with_sound(out, timeline, sound)
    assert len(pieces_written) > 5
    assert max(map(len, pieces_written[1:-1])) == page.ENCODED_SIZE * 4 // 3


def test_a_missing_sound_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"cannot read .*gone\.mp3: No such file") as caught:
        write_page_with_sound(io.StringIO(), SMALL, tmp_path / "gone.mp3")
    assert caught.value.hint


# -- words and colours ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_label_with_the_same_blanks(language: str) -> None:
    def blanks(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    ours, english = words_for(language), words_for("en")
    assert ours.keys() == english.keys()
    for key in ours:
        assert ours[key].strip() == ours[key] != ""
        assert blanks(ours[key]) == blanks(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_the_language_of_the_routine(language: str, timeline: Timeline) -> None:
    text = render_page(timeline._replace(language=language), "a.mp3")
    assert f'<html lang="{language}">' in text
    assert words_for(language)["rest"] in {one["label"] for one in embedded(text)["scenes"]}
    assert not re.search(r"\$w_|\$[a-z]+<", text)


def test_the_script_has_every_label_it_asks_for(timeline: Timeline) -> None:
    script = files(page).joinpath("page.js").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bwords\.(\w+)", script))
    assert asked == embedded(render_page(timeline, "a.mp3"))["words"].keys()


def test_the_script_finds_every_element_it_asks_for(timeline: Timeline) -> None:
    script = files(page).joinpath("page.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'\bat\("([\w-]+)"\)', script))
    there = {a.get("id") for _, a in Parsed(render_page(timeline, "a.mp3")).elements}
    assert asked <= there


def palettes() -> list[dict[str, str]]:
    """The colours of the light and the dark scheme."""
    css = files(page).joinpath("page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?--ink.*?)\}", css, re.DOTALL)[:2]
    return [dict(re.findall(r"--([\w-]+): (#\w{6})", colours)) for colours in (light, dark)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("state", ["work", "rest", "ready", "quiet"])
def test_text_can_be_read_on_the_wash_of_every_state(colours, state: str) -> None:
    wash = colours[f"{state}-wash"]
    for name in ("ink", "soft", state, "work"):  # trouble is told in the colour of work
        assert contrast(colours[name], wash) >= 4.5, name
    assert contrast(colours["ink"], colours["card"]) >= 4.5
