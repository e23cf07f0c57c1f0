"""A person's folder: what is built, kept and rebuilt; its feed and calendar as others read them."""

import itertools
import re
import shlex
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import feedparser
import ics
import pytest
import soundfile
import vobject
from ical.calendar_stream import IcsCalendarStream

from audioworkout.api import build_workout, make_studio
from audioworkout.cli.main import run_program
from audioworkout.disk_cache import MemoryCache
from audioworkout.errors import OutputError
from audioworkout.programmes import folder as folders
from audioworkout.programmes.course import Course, read_course
from audioworkout.programmes.folder import build_folder
from audioworkout.programmes.folder_plan import plan_folder
from audioworkout.programmes.model import Member
from audioworkout.sharing.manifest import read_manifest
from audioworkout.sharing.site import Site
from audioworkout.sharing.workouts import WorkoutFolder
from audioworkout.tagging.labels import read_timeline

MONDAY = date(2026, 1, 5)
PROGRAMME = """\
programme: Two lifts
every: [mon, wed, fri]
weeks: 3
days: {A: [back squat], B: [plank]}
routine: {get_ready: 4s, coaching: "off", exercises: ["{day}"]}
tracks:
  back squat: {line: "1x2 {kg}kg", start: "{member.squat}", step: 2.5kg, fail: {after: 3, to: 90%}}
  plank: {line: "{s}s", start: 4, step: 1}
member: {squat: 20kg}
"""
FILES = [f"w0{week}d0{day}.mp3" for week in (1, 2) for day in (1, 2, 3)]


@pytest.fixture
def programme(tmp_path):
    path = tmp_path / "lifts.yaml"
    path.write_text(PROGRAMME, "utf-8")
    return path


@pytest.fixture
def course(programme):
    return Course(str(programme), Member(MONDAY, "Anneliese"), engine="ruler")


@pytest.fixture
def cli(tmp_path, programme, common, monkeypatch, capsys):
    """Run `audioworkout programme ...` with folders of its own; gives status and both outputs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CACHE", str(common.cache.folder))
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))

    def run(*words):
        try:
            status = run_program(["programme", *map(str, words)])
        except SystemExit as end:
            status = end.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    """What is spoken and encoded once for all tests of this module."""
    return make_studio(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def build(common):
    def run(course, folder, today=MONDAY, studio=common):
        return build_folder(folder, course, today, studio)

    return run


def files_of(folder):
    return sorted(path.name for path in folder.glob("*.mp3"))


def test_what_is_due_in_the_next_two_weeks_is_built_and_then_kept(build, course, tmp_path):
    made = build(course, tmp_path / "anna")
    assert list(made.built) == FILES == files_of(tmp_path / "anna")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "anna").iterdir()}
    again = build(course, tmp_path / "anna")
    assert (again.built, list(again.kept)) == ((), FILES)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "anna").iterdir()} == before


def test_another_day_brings_the_next_sessions_and_keeps_the_past(build, course, tmp_path):
    build(course, tmp_path / "anna")
    later = build(course, tmp_path / "anna", MONDAY + timedelta(7))
    assert list(later.built) == ["w03d01.mp3", "w03d02.mp3", "w03d03.mp3"]
    assert set(FILES) < set(files_of(tmp_path / "anna"))


def test_weeks_that_are_asked_for_are_built(build, course, tmp_path):
    build(replace(course, weeks=(3, 3)), tmp_path / "anna")
    assert files_of(tmp_path / "anna") == ["w03d01.mp3", "w03d02.mp3", "w03d03.mp3"]


def test_a_programme_that_begins_later_has_its_first_weeks(build, course, tmp_path):
    late = replace(course, member=replace(course.member, start=MONDAY + timedelta(70)))
    assert list(build(late, tmp_path / "anna").built) == FILES


def test_a_damaged_file_is_built_anew(build, course, tmp_path):
    build(course, tmp_path / "anna")
    path = tmp_path / "anna/w01d02.mp3"
    path.write_bytes(path.read_bytes()[:-300])
    assert list(build(course, tmp_path / "anna").built) == ["w01d02.mp3"]


def test_a_file_is_what_a_build_of_the_same_routine_gives(build, course, tmp_path):
    """Whether what all share was stored before, by others, makes no difference to one byte."""
    studio = make_studio(cache=tmp_path / "cache")
    course = replace(course, weeks_ahead=1)
    build(replace(course, member=Member(MONDAY, "Bob")), tmp_path / "bob", studio=studio)
    build(course, tmp_path / "anna", studio=studio)
    due = plan_folder(tmp_path / "new", course, MONDAY, studio).due[2]
    build_workout(due.request, tmp_path / "alone.mp3", day=MONDAY)
    assert (tmp_path / "alone.mp3").read_bytes() == (tmp_path / "anna" / due.file).read_bytes()


def frames_between(path):
    """The frames after the first words and before the last: bytes, and the timeline."""
    with path.open("rb") as file:
        timeline = read_timeline(file)
        sound = file.read()
    inside = [span for span in timeline.spans if span.kind not in ("intro", "outro")]
    first, last = (at * 288 // 24 for at in (inside[0].start_ms, inside[-1].end_ms))
    return sound[288 + first : 288 + last // 288 * 288], timeline


def test_the_body_is_the_same_for_everybody_and_the_file_exact_to_the_sample(
    build, course, tmp_path
):
    names = ("Bob", "Anneliese Katharina Wilhelmina von Hohenfels zu Rabenstein")
    course = replace(course, engine="espeak")
    found = []
    for name in names:
        studio = make_studio(cache=tmp_path / "cache")
        member = Member(MONDAY, name)
        build(replace(course, member=member, weeks_ahead=1), tmp_path / name, studio=studio)
        found.append(frames_between(tmp_path / name / "w01d03.mp3"))
        timeline = found[-1][1]
        assert soundfile.info(tmp_path / name / "w01d03.mp3").frames == timeline.duration_ms * 48
        assert timeline.chapters[-1].end_ms == timeline.duration_ms
    (first, one), (second, other) = found
    # Before "get ready" and after "go" of the last words only the noise of the pause may differ.
    assert first[9 * 288 : -9 * 288] == second[9 * 288 : -9 * 288]
    assert len(first) > 100_000
    assert other.spans[0].end_ms > one.spans[0].end_ms
    assert {timeline.spans[0].end_ms % 3_000 for timeline in (one, other)} == {0}


def test_only_what_a_report_changes_is_rebuilt(cli, tmp_path):
    anna = tmp_path / "anna"
    words = ("--start", "2026-01-05", "--today", "2026-01-05", "--engine", "ruler", "-o", anna)
    assert cli("build", "lifts.yaml", *words)[:2] == (0, f"{anna}\n")
    before = {path.name: path.stat().st_mtime_ns for path in anna.glob("*.mp3")}
    status, _, err = cli(
        "done", anna, "w1d1", "--failed", "back squat", "--felt", "9", "--today", "2026-01-05"
    )
    assert status == 0
    after = {path.name: path.stat().st_mtime_ns for path in anna.glob("*.mp3")}
    changed = [name for name, at in after.items() if before.get(name) != at]
    # The squat stays where it was: on both days that it comes again. What comes next is told by
    # names and not by weights, so the other days stay as they are.
    assert sorted(changed) == ["w01d03.mp3", "w02d02.mp3"]
    assert "2 built, 3 kept" in err
    assert (anna / "done.csv").read_text() == (
        "date,session,result,pain,felt,best,failed\n2026-01-05,w1d1,failed,,9,,back squat\n"
    )
    assert cli("done", anna, "w1d1", "--today", "2026-01-05")[0] == 0
    assert (anna / "done.csv").read_text().splitlines()[1:] == ["2026-01-05,w1d1,done,,,,"]


def test_the_feed_as_a_parser_reads_it(build, course, tmp_path):
    build(replace(course, url="https://example.org/x7/"), tmp_path / "anna")
    feed = feedparser.parse((tmp_path / "anna/feed.xml").read_bytes())
    assert not feed.bozo
    assert (feed.feed.title, len(feed.entries)) == ("Two lifts", 6)
    newest = feed.entries[0]
    assert (newest.title, newest.published) == (
        "Two lifts, week 2, day 3",
        "Fri, 16 Jan 2026 00:00:00 GMT",
    )
    assert (newest.itunes_season, newest.itunes_episode) == ("2", "6")
    assert newest.enclosures[0].href == "https://example.org/x7/w02d03.mp3"
    size = (tmp_path / "anna/w02d03.mp3").stat().st_size
    assert int(newest.enclosures[0].length) == size
    assert len({each.id for each in feed.entries}) == 6


def read_by_ics(text):
    return {each.uid: (each.begin.date(), each.name) for each in ics.Calendar(text).events}


def read_by_vobject(text):
    events = vobject.readOne(text).vevent_list
    return {each.uid.value: (each.dtstart.value, each.summary.value) for each in events}


def read_by_ical(text):
    events = IcsCalendarStream.calendar_from_ics(text).events
    return {each.uid: (each.dtstart, each.summary) for each in events}


def test_the_calendar_as_three_parsers_read_it(build, course, tmp_path):
    """None of them shares code with the library that writes it."""
    build(course, tmp_path / "anna")
    text = (tmp_path / "anna/programme.ics").read_bytes().decode()
    read = [parse(text) for parse in (read_by_ics, read_by_vobject, read_by_ical)]
    assert read[0] == read[1] == read[2]
    assert sorted(read[0].values())[0] == (MONDAY, "Two lifts, week 1, day 1")
    assert len(read[0]) == 9
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_session_that_moves_is_the_same_event(build, cli, course, tmp_path):
    build(course, tmp_path / "anna")
    path = tmp_path / "anna/programme.ics"
    before = read_by_vobject(path.read_bytes().decode())
    assert cli("done", "anna", "w1d1", "--today", "2026-01-09")[0] == 0
    text = path.read_bytes().decode()
    after = read_by_vobject(text)
    assert after.keys() == before.keys()
    moved = [uid for uid in after if after[uid] != before[uid]]
    assert len(moved) == 9
    events = vobject.readOne(text).vevent_list
    assert {each.sequence.value for each in events} == {"1"}
    days = sorted(day for day, _ in after.values())
    assert days[:3] == [date(2026, 1, 9), date(2026, 1, 12), date(2026, 1, 14)]


def test_a_name_is_in_the_persons_folder_alone(build, course, tmp_path):
    studio = make_studio(cache=tmp_path / "cache")
    build(replace(course, engine="espeak", weeks_ahead=1), tmp_path / "p", studio=studio)
    common = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert any("two-lifts" in path.name for path in common)
    for path in common:
        assert "anneliese" not in path.name.lower()
        assert b"anneliese" not in path.read_bytes().lower()
    own = [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "p").rglob("*")]
    assert not [name for name in own if "anneliese" in name.lower()]
    for name in ("feed.xml", "programme.ics", "done.csv"):
        assert "Anneliese" not in (tmp_path / "p" / name).read_text("utf-8")


def test_serve_shows_each_session_from_its_day_on(build, course, tmp_path):
    build(course, tmp_path / "anna")
    shelf = WorkoutFolder(tmp_path / "anna", lambda: MONDAY + timedelta(3))
    site = Site(shelf, lambda face, size: b"", "Two lifts")
    feed = feedparser.parse(site.resource("feed.xml", "http://x/").open().read())
    told = [(each.title, each.itunes_season, each.itunes_episode) for each in feed.entries]
    assert told == [("Two lifts, week 1, day 2", "1", "2"), ("Two lifts, week 1, day 1", "1", "1")]
    written = feedparser.parse((tmp_path / "anna/feed.xml").read_bytes())
    guids = {each.title: each.id for each in written.entries}
    assert all(guids[each.title] == each.id for each in feed.entries)
    assert site.resource("w01d03.mp3", "http://x/") is None
    calendar = site.resource("programme.ics", "http://x/")
    assert calendar.open().read() == (tmp_path / "anna/programme.ics").read_bytes()
    assert b"programme.ics" in site.resource("", "http://x/").open().read()


def test_what_was_built_before_a_failure_is_kept(build, course, tmp_path, monkeypatch):
    real, turns = folders.build_session, itertools.count()

    def fill_the_disk(plan, due, studio):
        if next(turns) == 2:
            raise OutputError("could not write: no space left", "The disk is full: make room.")
        return real(plan, due, studio)

    monkeypatch.setattr(folders, "build_session", fill_the_disk)
    with pytest.raises(OutputError):
        build(course, tmp_path / "anna")
    assert [each.file for each in read_manifest(tmp_path / "anna").sessions] == FILES[:2]
    assert list(build(course, tmp_path / "anna").built) == FILES[2:]


def test_a_folder_tells_its_course(build, course, tmp_path):
    whole = replace(course, bitrate=64, weeks=(1, 1), url="https://example.org/")
    whole = replace(whole, member=replace(course.member, level="beginner", values={"squat": "30"}))
    build(whole, tmp_path / "anna")
    assert read_course(tmp_path / "anna") == whole


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "audioworkout/programme"}'])
def test_a_damaged_manifest_is_none(text, tmp_path):
    (tmp_path / "manifest.json").write_text(text)
    assert read_manifest(tmp_path) is None


def test_a_manifest_names_no_file_outside(build, course, tmp_path):
    build(course, tmp_path / "anna")
    path = tmp_path / "anna/manifest.json"
    path.write_text(path.read_text().replace("w01d01.mp3", "../secret.mp3"))
    assert read_manifest(tmp_path / "anna") is None


def test_a_bad_line_of_the_log_is_told_at_its_place(build, cli, course, tmp_path):
    build(course, tmp_path / "anna")
    (tmp_path / "anna/done.csv").write_text("date,session,result\n2026-01-05,w9d9,done\n")
    status, _, err = cli("done", "anna", "w1d2")
    assert status == 2
    assert re.search(r"done\.csv:2:12: error: there is no session `w9d9`", err)


@pytest.mark.parametrize(
    ("words", "told", "helps"),
    [
        (["build", "lifts.yaml"], "needs a folder", "-o"),
        (["build", "lifts.yaml", "-o", "x", "--weeks", "0"], "--weeks cannot be '0'", "1-2"),
        (["build", "lifts.yaml", "-o", "x", "--today", "5.1."], "--today cannot be", "2026-01-31"),
        (["build", "lifts.yaml", "-o", "x", "--url", "here"], "--url cannot be", "https://"),
        (["build", "lifts.yaml", "w1d1", "-o", "x"], "extra argument(s) (w1d1)", "--help"),
        (["build", "liftz.yaml", "-o", "x"], "liftz.yaml", ""),
        (["build", "lifts.yaml", "-o", "x", "--weeks", "9"], "has no week 9", "3 weeks"),
        (["build", "lifts.yaml", "-o", "x", "--level", "hard"], "`hard` is not one of", ""),
        (["build", "lifts.yaml", "-o", "x", "--equipment", "foo"], "called `foo`", "barbell"),
        (["done"], "Missing argument 'FOLDER'", "`programme build`"),
        (["done", "nowhere", "w1d1"], "no programme in nowhere", "programme build"),
        (["done", "anna"], "which session was it", "w1d1 to w3d3"),
        (["done", "anna", "w1d4"], "there is no session w1d4", "w1d1"),
        (["done", "anna", "w1d1", "--failed", "squats"], "no squats that could", "back squat"),
        (["done", "anna", "w1d1", "--failed", "all", "--skipped"], "cannot have failed", "out"),
        (["done", "anna", "w1d1", "--pain", "11"], "11", "--pain"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_word_is_told_with_what_would_work(
    build, cli, course, tmp_path, words, told, helps
):
    if "anna" in words:
        build(replace(course, weeks=(1, 1)), tmp_path / "anna")
    status, out, err = cli(*words)
    assert (status, out) == (2, "")
    assert told in err
    assert helps in err
    assert not Path("x").exists()


def test_a_folder_of_another_programme_is_left_alone(build, cli, course, tmp_path):
    build(replace(course, weeks=(1, 1)), tmp_path / "anna")
    status, _, err = cli("build", "couch-to-5k", "-o", "anna")
    assert status == 2
    assert "holds another programme" in err


def test_check_takes_several_names_and_files(cli, tmp_path):
    (tmp_path / "bad.yaml").write_text("programme: X\nevery: 1d\nweeks: 1\nplan: {1: plak 10s}\n")
    status, out, _ = cli("check", "lifts.yaml", "bad.yaml")
    assert (status, out.count("bad.yaml:4:11: error")) == (2, 1)
    assert cli("check", "lifts.yaml", "lifts.yaml")[:2] == (0, "")


def test_the_example_of_the_document_is_what_happens(cli, tmp_path):
    document = (Path(__file__).parent.parent / "docs/programmes.md").read_text("utf-8")
    (example,) = re.findall(r"<!-- example: folder -->\n```console\n(.*?)```", document, re.DOTALL)
    (tmp_path / "config").mkdir()
    (tmp_path / "config/settings.yaml").write_text("engine: ruler\n")
    for call in example.split("$ audioworkout programme ")[1:]:
        line, *told = call.splitlines()
        status, out, err = cli(*shlex.split(line))
        assert (status, out.strip()) == (0, told[-1])
        lines = iter(err.splitlines())
        assert all(each in lines for each in told[:-1])


def test_memory_serves_as_a_cache_of_what_is_common(build, course, tmp_path):
    studio = replace(make_studio(), cache=MemoryCache())
    made = build(replace(course, weeks_ahead=1), tmp_path / "anna", studio=studio)
    assert list(made.built) == FILES[:3]
