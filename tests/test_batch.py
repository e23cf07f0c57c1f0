"""Programmes for many people: the table, what is shared, what fails, and what is told of it."""

import csv
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from distributed import Client, KilledWorker, LocalCluster

from audioworkout.batch import report, running, tasks
from audioworkout.batch.members import read_members
from audioworkout.batch.planning import BatchWishes, plan_batch
from audioworkout.batch.running import run_batch
from audioworkout.batch.tasks import SharedFolders
from audioworkout.cli.main import run_program
from audioworkout.errors import OutputError, VoiceError
from audioworkout.programmes.course import Course
from audioworkout.programmes.folder import build_common
from audioworkout.programmes.folder_plan import plan_folder
from audioworkout.programmes.model import Member
from audioworkout.reading import RoutineError
from audioworkout.sharing.manifest import read_manifest
from audioworkout.voices import clips
from audioworkout.voices.ruler import Ruler
from test_folder import PROGRAMME

MONDAY = date(2026, 1, 5)
HEAD = "id,name,programme,start,member.squat\n"
ROWS = """\
17,Anneliese,lifts.yaml,2026-01-05,
18,Bartholomew,lifts.yaml,2026-01-05,
19,Anneliese,lifts.yaml,2026-01-05,40kg
"""
NAMES = ("anneliese", "bartholomew")


@pytest.fixture(scope="module")
def client():
    """Dask within this process: what a test puts in a function's place is what runs."""
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    )
    with cluster, Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def common(tmp_path_factory):
    """What is read, spoken and encoded once for all tests of this module."""
    folder = tmp_path_factory.mktemp("common")
    (folder / "lifts.yaml").write_text(PROGRAMME, "utf-8")
    course = Course(str(folder / "lifts.yaml"), Member(MONDAY), engine="ruler")
    studio = SharedFolders(folder / ".cache", None).studio()
    for due in plan_folder(folder / "nobody", course, MONDAY, studio).due:
        build_common(due.request, studio)
    return folder / ".cache"


@pytest.fixture
def club(tmp_path, common, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOWORKOUT_CONFIG", str(tmp_path / "config"))
    (tmp_path / "lifts.yaml").write_text(PROGRAMME, "utf-8")
    (tmp_path / "members.csv").write_text(HEAD + ROWS, "utf-8")
    shutil.copytree(common, tmp_path / "club/.cache")
    return tmp_path / "club"


@pytest.fixture
def batch(club, client, monkeypatch, capsys):
    """Run `audioworkout batch members.csv` on the client; gives status and both outputs."""

    @contextmanager
    def open_client(scheduler, workers):
        yield client

    monkeypatch.setattr(running, "open_client", open_client)

    def run(*words, today="2026-01-05"):
        options = ("--today", today, "--engine", "ruler", "--weeks-ahead", "1")
        try:
            status = run_program(["batch", "members.csv", "-o", str(club), *options, *words])
        except SystemExit as end:
            status = end.code
        return status, *capsys.readouterr()

    return run


def told(club):
    with (club / "report.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[:3]) for row in list(csv.reader(file))[1:]]


def folder_of(club, person):
    return club / "people" / report.read_addresses(club)[person]


SESSIONS = ("w1d1", "w1d2", "w1d3")
ALL_BUILT = [(person, label, "built") for person in ("17", "18", "19") for label in SESSIONS]


def test_everybody_is_served_and_then_kept(batch, club):
    status, out, err = batch()
    assert (status, out) == (0, f"{club / 'report.csv'}\n")
    assert told(club) == ALL_BUILT
    assert "9 built, 0 kept, 0 failed" in err
    assert batch()[0] == 0
    assert {row[2] for row in told(club)} == {"kept"}
    for person in ("17", "18", "19"):
        folder = folder_of(club, person)
        names = {"programme.ics", "feed.xml", "done.csv", "manifest.json", "w01d03.mp3"}
        assert names <= {path.name for path in folder.iterdir()}


def test_what_is_shared_is_spoken_and_encoded_once(batch, club, monkeypatch):
    spoken, bodies = [], []
    speak, encode = Ruler.speak, tasks.build_common

    def listen(self, lines):
        spoken.extend(lines)
        return speak(self, lines)

    def count(request, studio):
        bodies.append(request)
        return encode(request, studio)

    monkeypatch.setattr(Ruler, "speak", listen)
    monkeypatch.setattr(tasks, "build_common", count)
    assert batch()[0] == 0
    assert [line.text for line in spoken].count("Anneliese, Two lifts.") == 1
    # Three sessions for 17 and 18, of which the plank is that of 19 too; only the weights differ.
    assert len(bodies) == 5
    files = [folder_of(club, person) / "w01d02.mp3" for person in ("17", "19")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_bad_row_is_told_at_its_place_and_all_others_are_served(batch, club, tmp_path):
    bad = "20,Ida,liftz.yaml,2026-01-05,\n21,Jan,lifts.yaml,5/1/2026,\n"
    bad += "17,Kim,lifts.yaml,2026-01-05,\n22,Lea,lifts.yaml,2026-01-05,heavy\n"
    worse = "23,Max,couch-to-5kk,2026-01-05,\n"
    (tmp_path / "members.csv").write_text(HEAD + ROWS + bad + worse, "utf-8")
    status, _, err = batch()
    assert status == 1
    assert told(club)[:9] == ALL_BUILT
    assert [row for row in told(club) if row[1] == ""] == [
        (person, "", "failed") for person in ("20", "21", "17", "22", "23")
    ]
    assert "members.csv:6:19: error: `5/1/2026` is no date" in err
    assert "write it as `2026-01-31`" in err
    assert "members.csv:7:1: error: the id `17` is that of line 2 too" in err
    assert re.search(r"members\.csv:8:30: error: `heavy` is no number", err)
    assert "members.csv:9:8" in err
    assert "did you mean `couch-to-5k`?" in err
    assert "5 of 14 failed, see report.csv" in err
    text = (club / "report.csv").read_text("utf-8")
    assert "members.csv:6:19: `5/1/2026` is no date,write it as `2026-01-31`" in text
    assert not re.search("Ida|Jan|Kim|Lea|Max", err + text)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("id,name\n", "members.csv:1:1: error: the column `programme` is missing", "start"),
        (HEAD.replace("name", "nmae"), "members.csv:1:4: error: there is no column `nmae`", "name"),
        ("id,id,programme,start\n", "the column `id` is there twice", "leave one"),
        (HEAD.replace("member.", ""), "there is no column `squat`", "`member.squat`"),
        ("", "members.csv:1:1: error: there is no table in it", "id, programme, start"),
    ],
)
def test_a_table_that_is_none_is_told(batch, club, tmp_path, text, message, hint):
    (tmp_path / "members.csv").write_text(text, "utf-8")
    status, out, err = batch()
    assert (status, out) == (2, "")
    assert message in err
    assert hint in err
    assert not (club / "report.csv").exists()


def test_tables_of_other_programs_are_read(tmp_path):
    path = tmp_path / "m.csv"
    text = 'ID;Name;Programme;Start\r\n7;"Ann; the first";knee;2026-01-05\r\n\r\n8;Bo;knee;x\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    listed = read_members(path)
    assert [(row.id, row.member.name, row.line) for row in listed.rows] == [
        ("7", "Ann; the first", 2)
    ]
    assert [(one.line, one.column) for one in listed.findings] == [(4, 11)]


def test_what_spreadsheets_make_of_a_table_is_read(tmp_path):
    path = tmp_path / "m.csv"
    french = "sep=;\r\nID;Programme;Start;Name;;\r\n1;knee;05/01/2026;Zoé;;\r\n;;;;;\r\n"
    french += "2;knee;1.2.2026;Jörg;x;\r\n"
    path.write_bytes(french.encode("cp1252"))
    listed = read_members(path)
    (row,) = listed.rows
    assert (row.member.name, row.member.start, row.line) == ("Zoé", MONDAY, 3)
    assert [(one.line, one.column, one.fatal) for one in listed.findings] == [
        (1, 1, False),
        (5, 1, True),
    ]
    assert "Windows-1252" in listed.findings[0].message
    assert "6 cells and the first line 4" in listed.findings[1].message
    path.write_bytes("id\tprogramme\tstart\tname\r1\tknee\t5.1.2026\tZoé".encode("utf-16"))
    assert [row.member.name for row in read_members(path).rows] == ["Zoé"]
    path.write_bytes(b'id,programme,start\n1,knee,2026-01-05\n2,"knee,2026-01-05\n3,knee,\x81\n')
    with pytest.raises(RoutineError, match="UTF-8"):
        read_members(path)
    path.write_bytes(path.read_bytes().replace(b"\x81", b""))
    listed = read_members(path)
    assert [(one.line, one.column) for one in listed.findings] == [(3, 3), (3, 1)]
    assert "quotation mark" in listed.findings[0].hint


def test_a_voice_that_fails_on_one_name_fails_that_person_alone(batch, club, monkeypatch):
    speak = clips.speak_lines

    def stumble(lines, *others):
        found = {}
        for line in lines:
            if "Bartholomew" in line.text:
                raise VoiceError(f"no sound for {line.text!r}")
            found |= speak([line], *others)
        return found

    monkeypatch.setattr(tasks.clips, "speak_lines", stumble)
    status, _, err = batch()
    assert status == 1
    assert [row for row in told(club) if row[2] == "failed"] == [
        ("18", label, "failed") for label in SESSIONS
    ]
    text = (club / "report.csv").read_text("utf-8")
    assert "cannot speak a sentence with the name" in text
    assert "Bartholomew" not in text + err


def test_a_full_disk_is_told_and_a_second_run_goes_on(batch, club, monkeypatch):
    build, written = tasks.build_session, []

    def fill_the_disk(plan, due, studio):
        if len(written) >= 4:
            raise OutputError("could not write: No space left on device", "The disk is full.")
        written.append(due.file)
        return build(plan, due, studio)

    monkeypatch.setattr(tasks, "build_session", fill_the_disk)
    assert batch()[0] == 1
    results = [row[2] for row in told(club)]
    assert (results.count("built"), results.count("failed")) == (4, 5)
    assert "No space left on device,The disk is full." in (club / "report.csv").read_text()
    monkeypatch.setattr(tasks, "build_session", build)
    status, _, err = batch("--retry-failed")
    assert status == 0
    assert "5 built" in err
    assert {row[2] for row in told(club)} <= {"built", "kept"}
    assert len(told(club)) == 9


def test_workers_that_die_of_a_job_are_told(batch, club, monkeypatch):
    def die(job):
        raise KilledWorker("join", SimpleNamespace(address="tcp://127.0.0.1:1"), 3)

    monkeypatch.setattr(running, "join_sessions", die)
    assert batch()[0] == 1
    assert told(club) == [(person, label, "failed") for person, label, _ in ALL_BUILT]
    assert "workers died of it" in (club / "report.csv").read_text()


def test_only_some_are_served_and_the_others_stay_in_the_report(batch, club):
    batch("--only", "18")
    assert told(club) == [("18", label, "built") for label in SESSIONS]
    batch("--only", "17", "--only", "19")
    assert told(club) == ALL_BUILT
    status, _, err = batch("--only", "12")
    assert status == 2
    assert "nobody has the id 12" in err


def test_no_name_is_outside_of_a_persons_folder(batch, club, tmp_path):
    (tmp_path / "members.csv").write_text((HEAD + ROWS).replace(",40kg", ",xx"), "utf-8")
    _, out, err = batch()
    assert not re.search("|".join(NAMES), (out + err).lower())
    for path in club.rglob("*"):
        inside = path.relative_to(club)
        assert not re.search("|".join(NAMES), str(inside).lower())
        if path.is_file() and inside.parts[0] != "people":
            assert not re.search("|".join(NAMES).encode(), path.read_bytes().lower())
    assert re.fullmatch(r"[\w-]{24}", folder_of(club, "17").name)


def test_a_job_tells_a_scheduler_nothing(club):
    shared = SharedFolders(club / ".cache", None)
    rows = read_members(Path("members.csv")).rows
    tokens = {row.id: f"token{row.id}" for row in rows}
    wishes = BatchWishes(club, MONDAY, engine="ruler", weeks_ahead=1)
    planned = plan_batch(rows, tokens, wishes, shared, "members.csv")
    jobs = [
        *planned.voice_jobs(shared),
        *planned.body_jobs(shared, {}).values(),
        *(planned.join_job(person, shared, {}, {}) for person in planned.people),
    ]
    assert len(jobs) == 1 + 5 + 3
    assert not re.search("|".join(NAMES), " ".join(map(repr, jobs)).lower())


def test_a_person_is_forgotten(batch, club):
    batch()
    own = folder_of(club, "17")
    status, out, err = batch("--forget", "17")
    assert (status, out) == (0, f"{own}\n")
    assert "Remove the row" in err
    assert not own.exists()
    assert "17" not in report.read_addresses(club)
    assert {row[0] for row in told(club)} == {"18", "19"}
    status, _, err = batch("--forget", "177")
    assert status == 2
    assert "nobody with the id 177" in err


def test_what_a_person_reported_is_followed(batch, club):
    batch()
    log = folder_of(club, "18") / "done.csv"
    log.write_text("date,session,result,failed\n2026-01-05,w1d1,failed,back squat\n")
    assert batch(today="2026-01-06")[0] == 0
    assert ("18", "w1d3", "built") in told(club)
    assert ("17", "w1d3", "kept") in told(club)


def test_the_feed_of_each_has_the_address_of_its_folder(batch, club):
    batch("--url", "https://example.org/t")
    own = folder_of(club, "17")
    text = (own / "feed.xml").read_text("utf-8")
    assert f"https://example.org/t/{own.name}/w01d01.mp3" in text
    rows = (club / "addresses.csv").read_text().splitlines()
    assert rows[1] == f"17,{own.name},https://example.org/t/{own.name}/feed.xml"
    if sys.platform != "win32":
        assert (club / "addresses.csv").stat().st_mode & 0o077 == 0


def test_of_whom_nothing_is_due_is_told(batch, club, tmp_path):
    late = ROWS.replace("18,Bartholomew,lifts.yaml,2026", "18,Bartholomew,lifts.yaml,2020")
    (tmp_path / "members.csv").write_text(HEAD + late, "utf-8")
    status, _, err = batch()
    assert status == 0
    assert "members.csv:3:27: warning: nothing is due: the last session is that of 2020-01-" in err
    assert {person for person, *_ in told(club)} == {"17", "19"}


def test_options_that_do_not_go_together_are_told(batch):
    assert "needs a folder" in run_words("batch", "members.csv")[1]
    assert "needs a table" in run_words("batch", "-o", "x")[1]
    words = ("batch", "members.csv", "-o", "x", "--scheduler", "tcp://x:1", "--workers", "2")
    assert "--workers belongs" in run_words(*words)[1]


def run_words(*words):
    done = subprocess.run(
        [sys.executable, "-m", "audioworkout", *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_without_dask_it_is_told_what_to_install(club, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run_program(["batch", "members.csv", "-o", "x"]) == 2
    assert "audioworkout[batch]" in capsys.readouterr().err


def test_no_scheduler_at_an_address_is_told(club, monkeypatch, capsys):
    monkeypatch.setattr(running, "CONNECT_SECONDS", 0.2)
    words = ["batch", "members.csv", "-o", "x", "--scheduler", "tcp://127.0.0.1:9"]
    assert run_program(words) == 1
    assert "`dask scheduler` starts one" in capsys.readouterr().err


def test_a_worker_that_is_killed_loses_nothing(club, tmp_path):
    """Of a cluster as `batch` starts it; when the first person is served its process is killed."""
    shared = SharedFolders(club / ".cache", None)
    rows = read_members(Path("members.csv")).rows
    tokens = report.give_addresses(club, [row.id for row in rows])
    wishes = BatchWishes(club, MONDAY, engine="ruler", weeks_ahead=1)
    planned = plan_batch(rows, tokens, wishes, shared, "members.csv")
    served = []
    with running.open_client(None, 1) as client:
        for person, results in run_batch(planned, shared, client):
            if not served:
                (process,) = client.run(os.getpid).values()
                os.kill(process, 9)
            served.append((person.row.id, [each.result for each in results]))
    assert sorted(served) == [(person, ["built"] * 3) for person in ("17", "18", "19")]
    for token in tokens.values():
        assert len(read_manifest(club / "people" / token).sessions) == 3


def test_a_running_scheduler_is_used_by_its_address(club, tmp_path, capsys):
    """`dask scheduler` and `dask worker` as the documents have it."""
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    own = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *own], **quiet
    )
    worker = subprocess.Popen([*dask, "worker", "--nthreads", "1", "--no-nanny", *own], **quiet)
    try:
        end = time.monotonic() + 30
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.05)
        address = re.search(r"tcp://127\.0\.0\.1:\d+", file.read_text())[0]
        words = ["--scheduler", address, "--engine", "ruler", "--weeks-ahead", "1"]
        words += ["--today", "2026-01-05", "-o", str(club), "--only", "18"]
        assert run_program(["batch", "members.csv", *words]) == 0
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait(20)
    assert told(club) == [("18", label, "built") for label in SESSIONS]


def test_the_example_of_the_document_is_what_happens(batch, club, tmp_path):
    document = (Path(__file__).parent.parent / "docs/batch.md").read_text("utf-8")
    (example,) = re.findall(r"<!-- example: batch -->\n```console\n(.*?)```", document, re.DOTALL)
    table, run, written = (part.splitlines() for part in example.split("$ ")[1:])
    (tmp_path / "members.csv").write_text("\n".join(table[1:]) + "\n", "utf-8")
    assert run[0].startswith("audioworkout batch members.csv")
    status, out, err = batch()
    assert status == 1
    shown = f"{err}\n{Path(out.strip()).relative_to(tmp_path)}".splitlines()
    assert [line for line in run[1:] if line not in shown] == []
    seconds = re.compile(r",(built|kept),[\d.]+,")
    assert [seconds.sub(r",\1,", line) for line in written[1:]] == [
        seconds.sub(r",\1,", line) for line in (club / "report.csv").read_text().splitlines()
    ]
