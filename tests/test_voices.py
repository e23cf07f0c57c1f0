"""Every engine that works here keeps the same promises; what an engine does wrong is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pytest

from audioworkout.disk_cache import DiskCache, MemoryCache
from audioworkout.dsp.tones import TONES
from audioworkout.errors import UnknownNameError, UsageError, VoiceError
from audioworkout.languages import LANGUAGES, load_language
from audioworkout.model.request import Speech
from audioworkout.model.script import SOUND_NAMES, Line
from audioworkout.model.timeline import LEAD, Clip, Clips, PlayableClip
from audioworkout.ruler import ruler_ms
from audioworkout.units import SAMPLES_PER_MS
from audioworkout.voices import engines, espeak, natural, piper, system
from audioworkout.voices.clips import BUCKET, clip_names, speak_lines, speak_or_fall_back
from audioworkout.voices.process import Driver
from audioworkout.voices.ruler import SOUND_LENGTHS, Ruler
from audioworkout.voices.voice import Raw, Voice
from mixes import timeline, write_mix
from tiny_piper import write_voice

FAKES = Path(__file__).parent / "fixtures" / "drivers"
LINES = (
    Line("Next: Wall Sit, for 45s."),
    Line("one", quick=True),
    Line("one"),
    Line("Breathe out as you lift."),
    Line("seventeen", quick=True),
)


def fake(patience: float = 20.0) -> Driver:
    return Driver("fake", "fake_driver", patience=patience)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FAKES))


def told(warnings: list[str]) -> Callable[[str], None]:
    return warnings.append


def no_warning(message: str) -> None:
    pytest.fail(f"unexpected warning: {message}")


OPENERS: dict[str, Callable[[Speech], Voice]] = {
    "espeak-ng": lambda speech: espeak.open_voice(speech, no_warning),
    "natural": lambda speech: natural.open_voice(speech, no_warning),
    "piper": lambda speech: piper.open_voice(speech, no_warning),
    "ruler": lambda speech: Ruler(speech.rate, speech.language),
    "system": lambda speech: system.open_voice(speech, no_warning, fake()),
}


@pytest.fixture(params=OPENERS)
def opened(request: pytest.FixtureRequest, fakes: None, tmp_path: Path) -> Callable[..., Voice]:
    if request.param == "piper":
        pytest.importorskip("piper", reason="piper-tts has no wheel for this computer")
        write_voice(tmp_path)
    if request.param == "natural" and not natural.is_installed() and not os.environ.get("CI"):
        pytest.skip("onnxruntime has no wheel for this computer")
    return lambda **speech: OPENERS[request.param](Speech(**speech, own=str(tmp_path)))


@pytest.fixture
def samples() -> Callable[[Clip], list[int]]:
    return lambda clip: memoryview(clip.pcm).cast("h").tolist()


# --- what every engine promises ---------------------------------------------------------------


def test_every_line_is_spoken_once(opened: Callable[..., Voice]) -> None:
    voice = opened()
    spoken = list(voice.speak(LINES))
    assert sorted(line for line, _ in spoken) == sorted(LINES)
    for _, raw in spoken:
        assert raw.rate >= 8_000
        assert len(raw.pcm) > raw.rate // 10
    assert voice.label.endswith(" 150 wpm")


def test_quick_lines_are_shorter(opened: Callable[..., Voice]) -> None:
    clips = speak_lines(LINES, opened(), MemoryCache())
    slow, quick = clips[Line("one")].length, clips[Line("one", quick=True)].length
    assert 0.8 < quick / slow < 0.99


def test_a_number_of_a_list_is_another_sound_and_a_soft_one_the_same(
    opened: Callable[..., Voice],
) -> None:
    falls, listed = Line("seven", True), Line("seven", True, listed=True)
    soft = listed._replace(soft=True)
    voice, cache = opened(), MemoryCache()
    names = clip_names([falls, listed, soft], voice)
    assert names[soft] == names[listed] != names[falls]
    clips = speak_lines([falls, listed, soft], voice, cache)
    assert clips[soft].digest == clips[listed].digest


def test_a_faster_rate_is_shorter_and_another_fingerprint(opened: Callable[..., Voice]) -> None:
    normal, fast = opened(), opened(rate=200)
    line = LINES[0]
    assert normal.fingerprint(line) == opened().fingerprint(line) != fast.fingerprint(line)
    lengths = [speak_lines([line], voice, MemoryCache())[line].length for voice in (normal, fast)]
    assert 0.65 < lengths[1] / lengths[0] < 0.85


def test_clips_begin_and_end_where_they_say(
    opened: Callable[..., Voice], samples: Callable[[Clip], list[int]]
) -> None:
    for clip in speak_lines(LINES, opened(), MemoryCache()).values():
        heard = samples(clip)
        threshold = max(map(abs, heard)) * 10 ** (-30 / 20)
        assert next(at for at, value in enumerate(heard) if abs(value) > threshold) == clip.lead
        assert LEAD * SAMPLES_PER_MS <= clip.lead <= 60 * SAMPLES_PER_MS
        assert clip.length == -(-(len(heard) - clip.lead) // SAMPLES_PER_MS)
        assert 25_000 < max(map(abs, heard)) <= 29_205
        assert -40 < clip.loudness < 0


def test_the_same_lines_in_a_fresh_engine_give_the_same_bytes(opened: Callable[..., Voice]) -> None:
    first, second = (speak_lines(LINES, opened(), MemoryCache()) for _ in range(2))
    assert first == second


@pytest.mark.skipif(sys.platform != "linux", reason="espeak-ng tells no more of itself there")
@pytest.mark.parametrize("engine", ["espeak", "natural"])
def test_what_else_is_spoken_changes_nothing(engine: str) -> None:
    """Or a clip that was lost, or a line that is new, would move what was kept before."""
    voice = engines.open_requested_voice(Speech(engine=engine))
    whole = dict(voice.speak(LINES))
    assert dict(voice.speak(LINES[::-1])) == whole
    for line in LINES:
        assert dict(voice.speak([line])) == {line: whole[line]}


def test_a_voice_that_breathes_breathes_the_same_at_another_time() -> None:
    """espeak-ng begins its breath by the second of the day unless it is told otherwise."""
    breathing = Speech(engine="espeak", voice="en-us+f3")
    clips = []
    for _ in range(2):
        clips.append(speak_lines(LINES[:2], engines.open_requested_voice(breathing), MemoryCache()))
        time.sleep(1.1)
    assert clips[0] == clips[1]


HOSTILE = [
    "R & B < 3 > 2",
    "</speak><break time='9s'/>go",
    "line\none\rtwo\ttabs\0nul\x1besc\x7f",
    "a\ud800b lone surrogate",
    "emoji 💪🏽 1️⃣ 🏳️‍🌈 here",
    "\u202eright to left\u202c and \u200bzero width",
    "Ünïcödé ﬁne — “quotes” … naïve façade",
    "日本語 と 한국어 und Ελληνικά one",
    "' \" ` $(rm -rf /) ; | && %s %n \\x00 ok",
    "[[h@'loU]] brackets",
    "9" * 60,
    "a" * 150,
    "word " * 30,
    "1e309 -0.0 1,000,000 3.14159 0x1F ½",
]


def test_hostile_texts_are_spoken_or_refused_in_words(opened: Callable[..., Voice]) -> None:
    lines = [Line(text) for text in HOSTILE]
    clips = speak_lines(lines, opened(), MemoryCache())
    assert clips.keys() == set(lines)
    assert all(clip.length > 50 for clip in clips.values())


@pytest.mark.parametrize("text", ["", "   ", "…!?", "💪", "\0\n", "---"])
def test_what_cannot_be_said_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="nothing can be said"):
        speak_lines([Line("ok"), Line(text)], Ruler(), MemoryCache())


def test_texts_that_sound_alike_are_spoken_once() -> None:
    class Counting(Ruler):
        asked: tuple[Line, ...] = ()

        def speak(self, lines):
            Counting.asked = tuple(lines)
            return super().speak(lines)

    lines = [Line("rest 45s"), Line("rest 45 s"), Line("rest 45 seconds")]
    done: list[tuple[int, int]] = []
    clips = speak_lines(lines, Counting(), MemoryCache(), lambda *at: done.append(at))
    assert Counting.asked == (Line("rest 45 seconds"),)
    assert clips.keys() == set(lines)
    assert done == [(1, 3), (2, 3), (3, 3)]


# --- keeping ----------------------------------------------------------------------------------


def seen(clips: Mapping[Line, PlayableClip]) -> dict[Line, tuple[object, ...]]:
    """All there is to be seen of clips, whether they are kept ones or not."""
    return {
        line: (clip.pcm, clip.length, clip.loudness, clip.samples, clip.digest)
        for line, clip in clips.items()
    }


def test_what_is_kept_is_not_spoken_again(tmp_path: Path) -> None:
    class Mute(Ruler):
        def speak(self, lines):
            pytest.fail(f"spoken again: {lines}")

    clips = speak_lines(LINES, Ruler(), DiskCache(tmp_path))
    assert seen(speak_lines(LINES, Mute(), DiskCache(tmp_path))) == seen(clips)
    names = {path.name for path in (tmp_path / BUCKET).iterdir()}
    assert names == set(clip_names(LINES, Ruler()).values())
    assert any(name.startswith("next-wall-sit-for-45s-") for name in names)


def test_the_language_and_the_rate_are_part_of_the_name() -> None:
    names = [
        clip_names([Line("30s")], voice)[Line("30s")]
        for voice in (Ruler(), Ruler(language="de"), Ruler(160))
    ]
    assert len(set(names)) == 3


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
def test_a_damaged_clip_is_made_again_in_silence(tmp_path: Path, damage: str) -> None:
    store = DiskCache(tmp_path)
    clips = speak_lines(LINES, Ruler(), store)
    path = tmp_path / BUCKET / clip_names(LINES, Ruler())[LINES[0]]
    whole = path.read_bytes()
    if damage == "other":
        store.put(BUCKET, path.name, b"RIFF, but no clip of ours")
    else:
        changed = {"flip": whole[:999] + b"!!" + whole[1001:], "cut": whole[:-99], "empty": b""}
        path.write_bytes(changed[damage])
    assert seen(speak_lines(LINES, Ruler(), store)) == seen(clips)
    assert path.read_bytes() == whole


def test_nothing_is_read_of_kept_clips_until_they_are_mixed(tmp_path: Path) -> None:
    class Peeked(DiskCache):
        def get(self, bucket, name):
            pytest.fail(f"read: {name}")

    clips = speak_lines(LINES, Ruler(), DiskCache(tmp_path))
    again = speak_lines(LINES, Ruler(), Peeked(tmp_path))
    assert [again[line].length for line in LINES] == [clips[line].length for line in LINES]


@pytest.mark.parametrize("rate", [148, 152])
def test_a_clip_lost_after_it_was_measured_is_spoken_again(tmp_path: Path, rate: int) -> None:
    class Unsteady(Ruler):
        def fingerprint(self, line: Line) -> str:
            return "the same though it takes longer or less long"

    store, line = DiskCache(tmp_path), LINES[0]
    before = speak_lines([line], Unsteady(), store)[line]
    cache = speak_lines([line], Unsteady(rate), store)[line]
    store.clear()
    assert len(cache.pcm) == 2 * cache.samples == len(before.pcm)
    assert cache.pcm[:100_000] == before.pcm[:100_000]
    assert speak_lines([line], Ruler(rate), MemoryCache())[line].samples != cache.samples
    assert not cache.faithful


def test_what_is_made_of_a_clip_that_sounds_otherwise_is_not_kept(tmp_path: Path) -> None:
    class Unsteady(Ruler):
        def fingerprint(self, line: Line) -> str:
            return "the same"

    store, line = DiskCache(tmp_path), LINES[0]
    speak_lines([line], Unsteady(), store)
    for rate, faithful in ((150, True), (152, False)):
        clips = Clips(speak_lines([line], Unsteady(rate), store), {})
        score = timeline(9_000, (2_000, line), clips=clips)
        for path in (tmp_path / "clips").iterdir():
            path.write_bytes(path.read_bytes()[:-1])
        cache = MemoryCache()
        write_mix(tmp_path / "a.mp3", score, clips, cache=cache)
        assert any(bucket == "islands" and "island" in name for bucket, name in cache.entries) == (
            faithful
        )


def test_an_island_with_one_such_clip_among_others_is_not_kept(tmp_path: Path) -> None:
    class Unsteady(Ruler):
        def fingerprint(self, line: Line) -> str:
            return "the same"

    store, (one, two) = DiskCache(tmp_path), LINES[:2]
    speak_lines([one, two], Unsteady(), store)
    voice = Unsteady(152)
    clips = Clips(speak_lines([one, two], voice, store), {})
    score = timeline(9_000, (2_000, one), (2_010 + clips.line(one), two), clips=clips)
    lost = tmp_path / "clips" / clip_names([two], voice)[two]
    lost.write_bytes(lost.read_bytes()[:-1])
    cache = MemoryCache()
    write_mix(tmp_path / "a.mp3", score, clips, cache=cache)
    islands = [name for bucket, name in cache.entries if bucket == "islands"]
    assert [name.split("-")[0] for name in islands] == ["quiet"]


BUILD = """
import sys
from pathlib import Path
from audioworkout.disk_cache import DiskCache
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices.clips import speak_lines
from audioworkout.voices.engines import open_requested_voice
cache = DiskCache(Path(sys.argv[1]))
lines = [Line(f"{n} to go") for n in range(20)]
clips = speak_lines(lines, open_requested_voice(Speech(engine=sys.argv[2])), cache)
assert len(clips) == 20 and cache.problem is None
loaded = sys.modules.keys() & {
    "numpy", "pyttsx3", "espeakng_loader", "hibari", "onnxruntime", "subprocess", "tempfile"
}
print(sorted(loaded))
"""


@pytest.mark.parametrize("engine", ["espeak", "natural"])
def test_two_builds_at_once_and_a_warm_one_that_loads_no_engine(
    tmp_path: Path, engine: str
) -> None:
    def build() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", BUILD, str(tmp_path / "cache"), engine]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    both = [build(), build()]
    assert [program.wait(timeout=300) for program in both] == [0, 0]
    for program in both:
        assert program.communicate()[0].strip() == "['numpy', 'subprocess', 'tempfile']"
    warm = build()
    assert warm.communicate(timeout=60)[0].strip() == "[]"


# --- espeak-ng --------------------------------------------------------------------------------


def test_the_pins_are_what_is_installed() -> None:
    assert version("pyttsx3") == espeak.PYTTSX3
    assert version("espeakng-loader") == espeak.LOADER


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        (Speech(), "espeak-ng en-us 150 wpm"),
        (Speech(language="de", rate=165), "espeak-ng de 165 wpm"),
        (Speech(language="de-AT"), "espeak-ng de 150 wpm"),
        (Speech(language="pt-BR"), "espeak-ng pt-br 150 wpm"),
        (Speech(language="nl"), "espeak-ng nl 150 wpm"),
        (Speech(voice="en-gb"), "espeak-ng en-gb 150 wpm"),
        (Speech(voice="fr"), "espeak-ng fr-fr 150 wpm"),
        (Speech(voice="EN-US+M3"), "espeak-ng en-us+m3 150 wpm"),
        (Speech(voice="gmw/en-GB-scotland"), "espeak-ng en-gb-scotland 150 wpm"),
        (Speech(voice="Spanish (Latin America)"), "espeak-ng es-419 150 wpm"),
    ],
)
def test_voices_answer_to_their_names(asked: Speech, label: str) -> None:
    voice = engines.open_requested_voice(asked, no_warning)
    assert voice.label == label
    line = Line("12")
    assert speak_lines([line], voice, MemoryCache())[line].length > 100


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        (Speech(voice="en-uss"), "'en-uss'", "`en-us`"),
        (Speech(voice="Germann"), "'Germann'", "`German`"),
        (Speech(voice="en-us+m33"), "'m33'", "`m3`"),
        (Speech(language="tlh"), "language 'tlh'", "audioworkout voices"),
        (Speech(engine="espeek"), "engine 'espeek'", "`espeak-ng`"),
        (
            Speech(engine="festival"),
            "engine 'festival'",
            "espeak-ng, system, piper, recorded, ruler",
        ),
    ],
)
def test_unknown_names_are_told_with_the_nearest(asked: Speech, message: str, hint: str) -> None:
    with pytest.raises(UnknownNameError, match=message) as caught:
        engines.open_requested_voice(asked, no_warning)
    assert hint in caught.value.hint


@pytest.mark.parametrize("rate", [79, 401])
def test_a_rate_beyond_the_library_is_refused(rate: int) -> None:
    with pytest.raises(UsageError, match=f"{rate} words a minute"):
        engines.open_requested_voice(Speech(rate=rate))


def test_defaults_are_what_the_data_folder_says() -> None:
    voices = {voice.name: voice for voice in espeak.list_voices()}
    for language in LANGUAGES:
        name, _ = load_language(language).ESPEAK_VOICE
        assert language in voices[name].languages
    assert len(voices) > 130
    assert "xex" not in voices  # its dictionary is missing: it would be silent


def test_variants_sound_different() -> None:
    pcm = {
        next(engines.open_requested_voice(Speech(voice=name)).speak([Line("hello")]))[1].pcm
        for name in ("en-us", "en-us+f2", "en-gb", "de")
    }
    assert len(pcm) == 4


def loader_package(folder: Path, body: str) -> None:
    package = folder / "espeakng_loader"
    package.mkdir()
    (package / "__init__.py").write_text(body)
    sys.modules.pop("espeakng_loader", None)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("raise ImportError('no wheel for musl')", "no wheel for musl"),
        ("get_library_path = get_data_path = lambda: '/nowhere/lib.so'", "lib.so"),
        ("import os\nos.abort()", "crashed"),
    ],
)
def test_a_library_that_does_not_load_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, message: str
) -> None:
    loader_package(tmp_path, body)
    monkeypatch.syspath_prepend(str(tmp_path))
    voice = engines.open_requested_voice(Speech())
    with pytest.raises(VoiceError, match=message) as caught:
        speak_lines(LINES, voice, MemoryCache())
    assert "reinstall" in caught.value.hint
    assert espeak.list_voices() == ()
    with pytest.raises(VoiceError, match="not there"):
        engines.open_requested_voice(Speech(voice="Scottish"))


def test_data_at_the_end_of_a_long_path_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import espeakng_loader

    deep = tmp_path / ("long" * 25) / ("longer" * 15)
    deep.mkdir(parents=True)
    data = deep / "espeak-ng-data"
    data.symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    assert len(str(data)) > 160
    library = espeakng_loader.get_library_path()
    loader_package(
        tmp_path,
        f"get_library_path = lambda: {library!r}\nget_data_path = lambda: {str(data)!r}",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert len(list(engines.open_requested_voice(Speech()).speak(LINES))) == len(LINES)


# --- the system's own voices ------------------------------------------------------------------


def fake_voice(patience: float = 20.0, **speech: str) -> Voice:
    return system.open_voice(Speech(**speech), no_warning, fake(patience))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"language": "de"}, "Anna"),  # the user's own
        ({"language": "en"}, "Samantha"),  # not the first in the list
        ({"voice": "albert"}, "Albert"),
        ({"voice": "fake.samantha"}, "Samantha"),
    ],
)
def test_a_system_voice_is_chosen(fakes: None, asked: dict[str, str], name: str) -> None:
    assert fake_voice(**asked).label == f"system {name} 150 wpm"


def test_an_unknown_system_voice_is_told_with_the_nearest(fakes: None) -> None:
    with pytest.raises(UnknownNameError) as caught:
        fake_voice(voice="Samanta")
    assert "`Samantha`" in caught.value.hint


def test_system_voices_are_listed(fakes: None) -> None:
    listed = system.list_voices(driver=fake())
    assert [voice.name for voice in listed][:3] == ["Albert", "Samantha", "Anna"]
    assert listed[2].languages == ("de-DE",)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("hang", "no answer for 1.5 seconds"),
        ("crash", "crashed"),
        ("exit", "crashed"),
        ("refuse", "no audio device"),
        ("silent", "gave no sound for 'silent one'"),
        ("nothing", "no sound that can be read"),
        ("rubbish", "no sound that can be read"),
    ],
)
def test_a_failing_system_voice_gives_way_to_the_bundled_one(
    fakes: None, how: str, message: str
) -> None:
    lines = [Line("all is well"), Line(f"{how} one")]
    voice = fake_voice(patience=1.5 if how == "hang" else 20.0)
    spare = system.open_spare(Speech(engine="system"), no_warning)
    warnings: list[str] = []
    who, clips = speak_or_fall_back(lines, voice, lambda: spare, MemoryCache(), warn=told(warnings))
    assert who is spare
    assert clips == speak_lines(lines, spare, MemoryCache())
    assert len(warnings) == 1
    assert message in warnings[0]
    assert warnings[0].endswith("; espeak-ng en-us 150 wpm speaks instead")


def test_a_good_voice_needs_no_spare(fakes: None) -> None:
    voice = fake_voice()
    assert speak_or_fall_back(LINES, voice, lambda: None, MemoryCache())[0] is voice


def test_without_a_spare_the_failure_stands(fakes: None) -> None:
    for spare in (None, fake_voice()):
        with pytest.raises(VoiceError, match="no audio device") as caught:
            speak_or_fall_back(
                [Line("refuse")], fake_voice(), lambda spare=spare: spare, MemoryCache()
            )
        assert "--engine espeak-ng" in caught.value.hint


@pytest.mark.parametrize("speech", [Speech(language="ja"), Speech(engine="system", language="fr")])
def test_a_system_without_the_language_gives_way_at_once(fakes: None, speech: Speech) -> None:
    warnings: list[str] = []
    voice = system.open_voice(speech, told(warnings), fake())
    assert voice.label.startswith("espeak-ng ")
    assert "no voice that speaks" in warnings[0]


def test_a_system_engine_that_does_not_start_gives_way_at_once() -> None:
    warnings: list[str] = []
    voice = system.open_voice(Speech(), told(warnings), Driver("nowhere", "no_such_module"))
    assert voice.label == "espeak-ng en-us 150 wpm"
    assert "no_such_module" in warnings[0]


def test_aiff_files_are_read(fakes: None) -> None:
    (_, aiff), (_, wave) = fake_voice().speak([Line("aiff"), Line("wave")])
    assert aiff == wave
    assert aiff.rate == 22_050


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="has voices of its own")
def test_here_the_system_has_no_voices() -> None:
    with pytest.raises(UnknownNameError, match="no engine `system`"):
        engines.open_requested_voice(Speech(engine="system"))
    assert system.list_voices() == ()


def test_what_drivers_print_goes_nowhere(fakes: None, capfd: pytest.CaptureFixture[str]) -> None:
    speak_lines(LINES, fake_voice(), MemoryCache())
    speak_lines(LINES, engines.open_requested_voice(Speech()), MemoryCache())
    assert capfd.readouterr() == ("", "")


def test_a_voice_left_in_the_middle_is_gone_at_once(fakes: None) -> None:
    speaking: Iterator[tuple[Line, Raw]] = fake_voice().speak([Line("well"), Line("hang on")])
    next(speaking)
    began = time.monotonic()
    speaking.close()  # type: ignore[attr-defined]  # every engine here is a generator
    assert time.monotonic() - began < 10


# --- engines by name --------------------------------------------------------------------------


def test_the_default_engine_is_listed_first() -> None:
    listed = dict(engines.list_all_voices())
    assert next(iter(listed)) == engines.default_engine()
    assert "ruler" in listed
    assert "en-us" in [voice.name for voice in listed[engines.default_engine()]]


def test_engines_of_other_packages_are_found_and_their_faults_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "parrot-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parrot\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[audioworkout.voices]\nparrot = audioworkout.voices.ruler\nbroken = no_such_module\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert engines.open_requested_voice(Speech(engine="Parrot")).label == Ruler().label
    warnings: list[str] = []
    listed = dict(engines.list_all_voices(warn=told(warnings)))
    assert "parrot" in listed
    assert "broken" not in listed
    assert [warning.partition(":")[0] for warning in warnings] == [
        "the speech engine 'broken' cannot be loaded"
    ]
    assert engines.open_requested_voice(Speech(engine="broken"), warnings.append).label.startswith(
        "espeak"
    )
    assert "'broken' cannot be loaded: ModuleNotFoundError" in warnings[1]


@pytest.mark.parametrize(
    ("speech", "spare"),
    [
        (Speech(), sys.platform in ("darwin", "win32")),
        (Speech(engine="espeak"), False),
        (Speech(engine="ruler"), False),
        (Speech(engine="system", voice="Alex"), True),
        (Speech(engine="espeak", counts="system:Alex"), True),
        (Speech(voice="voices/anna.onnx"), True),
        (Speech(engine="parrot"), True),
    ],
)
def test_who_has_a_spare(speech: Speech, spare: bool) -> None:
    assert (engines.open_spare_voice(speech) is not None) is spare


# --- the ruler --------------------------------------------------------------------------------


def test_the_ruler_hums_as_long_as_it_measures() -> None:
    ruler = Ruler(140)
    clips = speak_lines(LINES, ruler, MemoryCache())
    for line in LINES[1:]:
        assert clips[line].length == ruler.line(line)
    assert ruler.line(Line("one")) == ruler_ms("one", 140)
    assert ruler.line(Line("one", quick=True)) == ruler_ms("one", 154)
    assert all(ruler.sound(name) > 0 for name in SOUND_NAMES)


def test_the_rulers_sounds_last_as_long_as_the_real_ones() -> None:
    real = {name: max(n.at + n.lasts for n in tone.notes) for name, tone in TONES.items()}
    assert real == SOUND_LENGTHS


SENTENCES = [
    "Next: Fire Hydrants. Twelve to fifteen on each side, left first.",
    "Hands under your shoulders, knees under your hips.",
    "Hold at the top for ten pulses.",
    "Rest, forty-five seconds.",
    "Lie on your right side, legs straight and stacked.",
    "Three more if you can.",
    "That was the last one. Well done.",
    "Keep your back flat.",
    "Switch sides.",
]


def test_the_ruler_is_an_upper_bound_of_the_bundled_voice() -> None:
    lines = [Line(text) for text in SENTENCES] + [Line(str(n), quick=True) for n in range(1, 31)]
    spoken = speak_lines(lines, engines.open_requested_voice(Speech()), MemoryCache())
    ratios = sorted(Ruler().line(line) / clip.length for line, clip in spoken.items())
    assert ratios[0] > 0.94
    assert ratios[2] >= 0.99
    sentences = sorted(Ruler().line(line) / spoken[line].length for line in lines[: len(SENTENCES)])
    assert 1.05 < sentences[len(sentences) // 2] < 1.25
