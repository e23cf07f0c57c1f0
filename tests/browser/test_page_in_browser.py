"""The page in a real browser: it plays, follows, obeys, and everybody can use it."""

from __future__ import annotations

import io
import random
from importlib.resources import files

import lameenc
import pytest
from selenium.webdriver import Keys

from audioworkout.compiler import compile_routine
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import BreathPhases, Breaths, Hold, Open, Prescription
from audioworkout.model.routine import Work
from audioworkout.model.timeline import Span, Spoken, Timeline
from audioworkout.views.page import render_page, write_page_with_sound
from browser.player import LEFT, RIGHT, SHIFT, SPACE, Player
from samples import ALL, HYDRANT, PLANK, SQUAT, Letters, routine

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> & <!--"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3

LABELS = {
    "intro": "Introduction",
    "prepare": "Get ready",
    "work": "Work",
    "pulses": "Pulses",
    "rest": "Rest · Next",
    "switch": "Change sides",
    "outro": "Finish",
}
STATES = {"work": "work", "pulses": "work", "rest": "rest", "intro": "quiet", "outro": "quiet"}


def laid_out(*items, **fields) -> Timeline:
    return lay_out(
        compile_routine(routine(*items, **fields), load_phrases("en")), Letters(), "ruler"
    )


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    return laid_out(*ALL)


def span_of(timeline: Timeline, kind: str, place: int = 0) -> Span:
    return [span for span in timeline.spans if span.kind == kind][place]


# -- following ------------------------------------------------------------------------------------


def expected(timeline: Timeline, at: int) -> dict[str, str]:
    """What is to be seen at a moment, read off the timeline by another way than the page's."""
    span = next(span for span in timeline.spans if span.start_ms <= at < span.end_ms)
    last_beeps = span.kind == "rest" and span.end_ms - at <= 3_000
    heard = [
        event.number
        for event in timeline.events
        if isinstance(event, Spoken)
        and event.role in ("count", "pulse")
        and span.start_ms <= event.start_ms <= at
    ]
    left = -(-(span.end_ms - at) // 1_000)
    if span.count:
        number = str(heard[-1] if heard else 0)
    else:
        clock = left >= 60 or span.end_ms - span.start_ms > 99_000
        number = f"{left // 60}:{left % 60:02}" if clock else str(left)
    return {
        "label": "Get ready" if last_beeps else LABELS[span.kind],
        "name": span.context.name or timeline.title,
        "number": number,
        "elapsed": f"{at // 60_000}:{at // 1_000 % 60:02}",
    }


@pytest.mark.parametrize("seed", range(3))
def test_shows_what_is_heard_at_random_times(player: Player, timeline: Timeline, seed: int) -> None:
    player.open(timeline)
    rng = random.Random(seed)
    anywhere = rng.sample(range(0, timeline.duration_ms, 10), 10)
    first = [e.start_ms for e in timeline.events if isinstance(e, Spoken) and e.number == 1]
    beside = [at + rng.choice([-1, 0, 1]) for at in rng.sample(first, 5)]
    for at in anywhere + beside:
        player.seek(at)
        wanted = expected(timeline, at)
        assert {name: player.text(name) for name in wanted} == wanted, at


def test_tells_set_side_and_amount(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.seek(span_of(timeline, "work").start_ms + 500)
    assert player.text("details") == "Set 1 of 2 · 75 ft out and back"
    player.seek(span_of(timeline, "work", 2).start_ms + 500)
    assert (player.text("side"), player.text("details")) == ("Left", "12–15 reps")
    assert player.text("of") == "of 12–15"
    assert player.text("after") == "10 pulses"


def test_the_number_changes_when_it_is_heard(player: Player, timeline: Timeline) -> None:
    counts = [e for e in timeline.events if isinstance(e, Spoken) and e.role == "count"]
    player.open(timeline)
    player.seek(counts[2].start_ms - 300)
    assert player.text("number") == "2"
    player.run(
        "window.changed = [];"
        "new MutationObserver(() => changed.push(document.getElementById('audio').currentTime))"
        ".observe(document.getElementById('number'), {childList: true})"
    )
    player.click("#play")
    heard = player.wait("return changed[0]")
    player.click("#play")
    assert player.text("number") == "3"
    assert counts[2].start_ms <= heard * 1_000 + 1 <= counts[2].start_ms + 500


def test_words_are_captions_while_they_are_said(player: Player, timeline: Timeline) -> None:
    cue = next(e for e in timeline.events if isinstance(e, Spoken) and e.role == "form")
    player.open(timeline)
    player.seek(cue.start_ms + 1)
    assert player.text("caption") == cue.line.text
    assert player.text("caption")
    player.seek(cue.end_ms + 10_000)
    assert player.text("caption") != cue.line.text


def test_sides_take_turns_within_a_set(player: Player, timeline: Timeline) -> None:
    steps = next(span for span in timeline.spans if span.mode == "steps")
    player.open(timeline)
    for at, side in ((100, "Right"), (1_100, "Left"), (2_100, "Right")):
        player.seek(steps.start_ms + at)
        assert player.text("side") == side


def test_state_gives_the_colour(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    for span in timeline.spans[:8]:
        player.seek(span.start_ms)
        assert player.run("return document.body.dataset.state") == STATES.get(span.kind, "ready")
    rest = span_of(timeline, "rest")
    player.seek(rest.end_ms - 3_000)
    assert player.run("return document.body.dataset.state") == "ready"


# -- obeying --------------------------------------------------------------------------------------


def test_plays_and_pauses(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.click("#play")
    player.wait("return document.getElementById('audio').currentTime > 0.2")
    assert player.playing
    assert player.run("return play.ariaLabel") == "Pause"
    assert player.run("return navigator.mediaSession.playbackState") == "playing"
    player.click("#play")
    assert not player.playing
    player.wait("return play.ariaLabel == 'Play'")
    assert player.run("return awake") == ["screen", "released"]


def test_keys(player: Player, timeline: Timeline) -> None:
    marks = timeline.chapters
    player.open(timeline)
    player.press(RIGHT)
    player.press(RIGHT)
    assert player.now == 20_000
    player.press(LEFT)
    assert player.now == 10_000
    player.press(SHIFT, RIGHT)
    assert player.now == marks[1].start_ms
    player.press(SHIFT, LEFT)
    assert player.now == 0
    player.press(LEFT)
    assert player.now == 0
    player.press(SPACE)
    assert player.playing
    player.press(SPACE)
    assert not player.playing


def test_the_space_bar_presses_the_button_that_has_the_focus(
    player: Player, timeline: Timeline
) -> None:
    player.open(timeline)
    player.run("forward.focus()")
    player.press(SPACE)
    assert (player.now, player.playing) == (10_000, False)


def test_buttons_move_by_ten_seconds_and_by_chapter(player: Player, timeline: Timeline) -> None:
    marks = timeline.chapters
    player.open(timeline)
    player.click("#next")
    player.click("#next")
    assert player.now == marks[2].start_ms
    player.click("#forward")
    assert player.now == marks[2].start_ms + 10_000
    player.click("#previous")
    assert player.now == marks[2].start_ms, "first back to the start of this one"
    player.click("#previous")
    assert player.now == marks[1].start_ms
    player.click("#back")
    assert player.now == marks[1].start_ms - 10_000


def test_the_last_chapter_has_no_next(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.seek(timeline.chapters[-1].start_ms + 50)
    player.click("#next")
    assert player.now == timeline.chapters[-1].start_ms + 50


def test_the_slider_moves_and_tells_where_it_is(player: Player, timeline: Timeline) -> None:
    work = span_of(timeline, "work")
    player.open(timeline)
    player.run(
        "scrub.value = arguments[0]; scrub.dispatchEvent(new Event('input'));"
        "scrub.dispatchEvent(new Event('change'))",
        work.start_ms,
    )
    assert player.now == work.start_ms
    assert player.run("return scrub.ariaValueText") == "0:28, Work, March"


def test_a_tap_in_the_plan_goes_there(player: Player, timeline: Timeline) -> None:
    number = next(n for n, mark in enumerate(timeline.chapters) if mark.context.side == "right")
    player.look(360, 740)
    player.open(timeline)
    chosen = f"[data-chapter='{number}']:not([data-group])"
    player.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", chosen)
    player.click(chosen)
    assert player.now == timeline.chapters[number].start_ms
    current = player.run("return document.querySelector('[aria-current]').textContent")
    assert current == "Hydrant, Right"
    player.press(SPACE)
    assert player.playing, "after a tap the space bar plays"


def test_lock_screen_shows_the_exercise_and_moves(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.seek(span_of(timeline, "work", 2).start_ms)
    shown = player.run(
        "const {title, artist, album, artwork} = navigator.mediaSession.metadata;"
        "return [title, artist, album, artwork[0].src.slice(0, 22)]"
    )
    assert shown == ["Hydrant · Left", "Work · 12–15 reps", "Test", "data:image/png;base64,"]
    player.run("handlers.nexttrack()")
    assert player.now == timeline.chapters[4].start_ms
    player.run("handlers.previoustrack()")
    player.run("handlers.seekforward({})")
    player.run("handlers.seekbackward({seekOffset: 4})")
    assert player.now == timeline.chapters[3].start_ms + 6_000
    player.run("handlers.play()")
    player.wait("return navigator.mediaSession.playbackState == 'playing'")
    player.run("handlers.pause()")
    player.wait("return navigator.mediaSession.playbackState == 'paused'")


def test_goes_on_where_it_was_after_a_reload(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.seek(125_000)
    player.wait("return location.hash == '#t=125'")
    player.chrome.refresh()
    player.wait("return document.getElementById('audio').currentTime == 125")
    assert player.text("elapsed") == "2:05"


# -- the file itself ------------------------------------------------------------------------------


def mp3(ms: int) -> bytes:
    """A little MP3 of quiet."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(16_000)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(bytes(32 * ms)) + encoder.flush())


def test_a_page_that_carries_its_sound_plays_and_seeks(player: Player) -> None:
    short = laid_out(PLANK._replace(prescription=Prescription(Hold(5_000, 5_000))))
    sound = player.folder / "a.mp3"
    sound.write_bytes(mp3(short.duration_ms))
    out = io.StringIO()
    write_page_with_sound(out, short, sound)
    sound.unlink()
    player.open_text(out.getvalue(), "#t=7")
    player.wait("return document.getElementById('audio').src.startsWith('blob:')")
    player.wait("return document.getElementById('audio').readyState >= 1")
    assert player.now == 7_000
    player.seek(span_of(short, "work").start_ms)
    assert player.text("number") == "5"
    player.click("#play")
    player.wait("return document.getElementById('number').textContent == '4'")


def test_a_sound_that_is_not_there_is_told(player: Player, timeline: Timeline) -> None:
    player.open_text(render_page(timeline, "gone.mp3"))
    player.wait("return document.getElementById('trouble').textContent")
    assert player.text("trouble").endswith("gone.mp3")
    player.forgive()


def test_hostile_words_are_shown_and_never_run(player: Player) -> None:
    player.open(laid_out(SQUAT._replace(name=HOSTILE), title=HOSTILE))
    assert player.chrome.title == HOSTILE
    assert player.text("name") == HOSTILE
    assert player.run("return document.images.length + document.scripts.length") == 3, (
        "the plot, the score, the script"
    )


def test_without_javascript_there_is_a_player_and_the_plan(
    player: Player, timeline: Timeline
) -> None:
    player.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        player.open_text(render_page(timeline, "a.mp3"))
    finally:
        player.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    visible = "return document.querySelector(arguments[0]).checkVisibility()"
    assert player.run(visible, "audio[controls]")
    assert not player.run(visible, ".controls")
    assert "Hydrant" in player.run("return document.querySelector('.plan').innerText")
    player.forgive()  # there is no a.mp3


def test_printed_it_is_the_plan(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.emulate(medium="print")
    visible = "return document.querySelector(arguments[0]).checkVisibility()"
    seen = [name for name in (".now", ".player", ".plan", ".top") if player.run(visible, name)]
    assert seen == [".plan", ".top"]


# -- everybody ------------------------------------------------------------------------------------


def test_says_changes_to_a_screen_reader_but_not_every_count(
    player: Player, timeline: Timeline
) -> None:
    work = span_of(timeline, "work", 2)
    player.open(timeline)
    assert player.text("status") == ""
    player.run(
        "window.told = [];"
        "new MutationObserver(() => told.push(document.getElementById('status').textContent))"
        ".observe(document.getElementById('status'), {childList: true})"
    )
    for at in range(work.start_ms - 500, work.end_ms, 3_000):
        player.seek(at)
    assert player.run("return told") == [
        "Rest, Hydrant, Left, 12–15 reps",
        "Work, Hydrant, Left, 12–15 reps",
    ]


@pytest.mark.parametrize("size", [(320, 640), (360, 740), (740, 360), (1280, 800), (320, 256)])
@pytest.mark.parametrize("name", ["Hydrant", LONG, HOSTILE])
def test_nothing_stands_beyond_the_side(player: Player, size: tuple[int, int], name: str) -> None:
    timeline = laid_out(HYDRANT._replace(name=name), title=name)
    player.look(*size)
    player.open(timeline)
    for span in timeline.spans:
        player.seek(span.start_ms + 100)
        assert player.sideways == 0, span.kind


@pytest.mark.parametrize(
    "size", [(320, 568), (360, 560), (375, 667), (360, 740), (740, 360), (1280, 800)]
)
def test_all_that_is_happening_can_be_seen_at_once(
    player: Player, timeline: Timeline, size: tuple[int, int]
) -> None:
    player.look(*size)
    player.open(timeline)
    tops = []
    for span in timeline.spans[:9]:
        player.seek(span.start_ms + 100)
        head, dial, foot, bar, play = player.run(
            "return ['.head', '.dial', '.foot', '.player', '#play'].map((name) =>"
            " document.querySelector(name).getBoundingClientRect().toJSON())"
        )
        assert min(head["top"], dial["top"]) >= 0
        assert max(head["bottom"], dial["bottom"], foot["bottom"]) <= bar["top"]
        assert head["bottom"] <= max(dial["top"], foot["top"])
        assert bar["bottom"] <= size[1]
        assert play["bottom"] <= size[1]
        tops.append(dial["top"])
    assert max(tops) - min(tops) < 2, "the dial never moves"


def test_at_a_desk_the_plan_scrolls_and_the_page_does_not(player: Player) -> None:
    player.look(1280, 560)
    player.open(laid_out(*reversed(ALL)))  # its sets and sides stand below the window's end
    below = "return document.documentElement.scrollHeight - innerHeight"
    assert player.run(below) == 0
    player.run("document.querySelector('summary').focus()")
    assert player.run("return [scrollY, document.querySelector('.plan').scrollTop > 0]") == [
        0,
        True,
    ]


def test_the_plan_ends_with_the_picture_of_the_workout(player: Player, timeline: Timeline) -> None:
    player.look(360, 740)
    player.open(timeline)
    wide, high, natural = player.run(
        "const i = document.images[0]; return [i.clientWidth, i.clientHeight, i.naturalWidth]"
    )
    assert natural == 1_000
    assert 200 < wide < 360
    assert high > 100


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_top_line_of_a_phone_is_whole(
    player: Player, timeline: Timeline, language: str
) -> None:
    player.look(320, 640)
    player.open(timeline._replace(language=language))
    player.seek(span_of(timeline, "work").start_ms + 2_500)
    shown = player.run(
        "return [...document.querySelectorAll('.top h1, .top p')]"
        ".map(one => [one.clientWidth > 1, one.scrollWidth <= one.clientWidth])"
    )
    assert all(whole for wide, whole in shown if wide)
    assert player.run("return document.querySelector('.top p').clientHeight") < 30
    assert player.sideways == 0


@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    player: Player, timeline: Timeline, scheme: str, size: tuple[int, int]
) -> None:
    player.emulate(scheme, motion="reduce")
    player.look(*size)
    player.open(timeline)
    player.run(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for kind in ("intro", "prepare", "work", "rest", "pulses", "switch"):
        player.seek(span_of(timeline, kind).start_ms + 2_500)
        found = player.chrome.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then(arguments[0])"
        )
        told = [
            (one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]
        ]
        assert told == [], kind


def test_reduced_motion_is_respected(player: Player, timeline: Timeline) -> None:
    player.emulate(motion="reduce")
    player.open(timeline)
    assert player.run("return getComputedStyle(document.body).transitionDuration") == "0s"
    pulses = span_of(timeline, "pulses")
    player.seek(pulses.start_ms + 900)
    player.click("#play")
    player.wait("return document.getElementById('number').textContent == '2'")
    assert player.run("return document.getAnimations().length") == 0


def test_focus_can_be_seen(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    for name in ("play", "next"):
        player.run("document.getElementById(arguments[0]).focus({focusVisible: true})", name)
        style = player.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"
    player.run("scrub.focus({focusVisible: true})")
    assert player.run("return getComputedStyle(scrub.parentElement).outlineStyle") == "solid"


# -- before, after, and from afar -----------------------------------------------------------------


def is_shown(player: Player, name: str) -> bool:
    return bool(
        player.run(
            "const place = document.getElementById(arguments[0]);"
            "return place.getClientRects().length"
            " && getComputedStyle(place).visibility !== 'hidden'",
            name,
        )
    )


def test_it_opens_with_title_length_kit_and_a_start(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    assert is_shown(player, "start")
    assert not is_shown(player, "number")
    text = player.text("start")
    assert timeline.title in text
    assert all(thing in text for thing in timeline.kit)
    height = player.run("return document.getElementById('begin').getBoundingClientRect().height")
    assert height >= 44
    player.click("#begin")
    player.wait("return !document.getElementById('audio').paused")
    assert not is_shown(player, "start")
    assert is_shown(player, "number")


def test_the_end_tells_what_was_done(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    player.seek(timeline.duration_ms - 300)
    assert not is_shown(player, "end")
    player.click("#play")
    player.wait("return document.getElementById('audio').ended")
    player.wait("return !document.getElementById('end').hidden")
    assert f"{len({m.context.exercise for m in timeline.chapters} - {None})} exercises" in (
        player.text("end")
    )
    player.click("#again")
    player.wait("return document.getElementById('end').hidden")


def test_it_tells_which_exercise_and_what_remains(player: Player, timeline: Timeline) -> None:
    player.open(timeline)
    span = span_of(timeline, "work", 1)
    player.seek(span.start_ms + 100)
    assert player.text("progress").startswith("Exercise 1 of ")
    assert player.text("progress").endswith(player.text("remaining"))


@pytest.mark.parametrize("size", [(390, 844), (1_280, 800), (844, 390)])
def test_full_screen_is_dial_and_name_alone(player: Player, timeline: Timeline, size) -> None:
    player.open(timeline)
    player.look(*size)
    player.seek(span_of(timeline, "work").start_ms + 500)
    player.run("document.documentElement.requestFullscreen = undefined")
    player.click("#wide")
    assert [is_shown(player, name) for name in ("number", "name", "play")] == [True, True, False]
    assert player.sideways <= 0
    dial = player.run("return document.querySelector('.dial').getBoundingClientRect().height")
    assert dial >= 0.55 * min(size)
    player.press(Keys.ESCAPE)
    assert is_shown(player, "play")


@pytest.mark.parametrize("size", [(390, 844), (320, 568)])
def test_everything_to_be_tapped_is_large_enough(player: Player, timeline: Timeline, size) -> None:
    player.open(timeline)
    player.look(*size)
    small = player.run(
        "return [...document.querySelectorAll('button, .to-plan')].filter((b) => {"
        "const box = b.getBoundingClientRect(); return box.height && box.height < 43.5;"
        "}).map((b) => b.id || b.textContent)"
    )
    assert small == []


def test_open_work_says_whose_pace_it_is(player: Player) -> None:
    work = PLANK, Prescription(Open(60_000))
    timeline = laid_out(*ALL[:1], Work(*work))
    player.open(timeline)
    span = next(one for one in timeline.spans if one.mode == "open")
    player.seek(span.start_ms + 1_000)
    assert (player.text("of"), player.run("return document.body.dataset.mode")) == (
        "at your own pace",
        "open",
    )


def test_the_ring_breathes(player: Player) -> None:
    timeline = laid_out(
        Work(PLANK, Prescription(Breaths(4, 4, 16_000, BreathPhases(*[4_000] * 4))))
    )
    player.open(timeline)
    span = span_of(timeline, "work")
    sizes = []
    for into in (0, 4_000, 6_000, 12_000, 15_000):
        player.seek(span.start_ms + into)
        sizes.append(float(player.run("return document.body.style.getPropertyValue('--breath')")))
    assert sizes == pytest.approx([0.86, 1, 1, 0.86, 0.86], abs=0.01)
