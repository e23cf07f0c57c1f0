# ruff: noqa: E501
"""Programmes: read with all that can be wrong, folded with a log, expanded into routines."""

import pickle
import re
from datetime import date, timedelta

import jsonschema
import pytest
import yaml

from audioworkout.cli.main import run_program
from audioworkout.model.request import Flags, RoutineText
from audioworkout.programmes.checking import check_programme
from audioworkout.programmes.expansion import expand_programme, read_session
from audioworkout.programmes.log import format_log, read_training_log
from audioworkout.programmes.model import LogEntry, Member, Schedule
from audioworkout.programmes.reading import programme_files, read_programme
from audioworkout.programmes.schedule import plan_sessions
from audioworkout.programmes.schema import make_programme_schema
from audioworkout.reading import Folders, RoutineError, read_routine
from audioworkout.voices.ruler import Ruler

MONDAY = date(2026, 1, 5)
ANNA = Member(MONDAY, "Anna")
BUILT_IN = tuple(programme_files(Folders()))
HEAD = "programme: Test\nevery: [mon, wed, fri]\nweeks: 4\n"
SQUAT = (
    "tracks: {back squat: {line: '5x5 {kg}kg', start: 20, step: 2.5, fail: {after: 3, to: 90%}}}"
)


def programme_of(text):
    return read_programme(RoutineText(text, "test"))


def log_of(*entries):
    return [LogEntry(MONDAY + timedelta(day), *others) for day, *others in entries]


def values_of(programme, log=(), today=None, track="back squat"):
    sessions = plan_sessions(programme, ANNA, log, today)
    return [float(each.values[track]) for each in sessions if track in each.values]


def findings_of(text):
    found = check_programme(RoutineText(text, "test"), Folders()).findings
    return [(one.line, one.column, one.message, one.hint) for one in found if one.fatal]


@pytest.mark.parametrize("key", BUILT_IN)
def test_every_session_of_a_built_in_programme_is_well(key):
    checked = check_programme(key, Folders(), lambda speech: Ruler(speech.rate))
    assert checked.findings == ()
    assert pickle.loads(pickle.dumps(checked.sessions)) == checked.sessions


@pytest.mark.parametrize("key", BUILT_IN)
def test_the_yaml_of_a_session_is_the_same_workout(key):
    for each in expand_programme(read_programme(key), ANNA)[::7]:
        again = read_routine(RoutineText(each.text, each.source.key), Flags(), Folders())
        assert again.routine == read_session(each, Folders()).routine


@pytest.mark.parametrize("key", BUILT_IN)
def test_the_schema_takes_what_is_built_in(key):
    data = yaml.load(programme_files(Folders())[key].read_text("utf-8"), yaml.BaseLoader)
    jsonschema.validate(data, make_programme_schema())


def test_a_schema_refuses_a_key_that_is_none():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(
            {"programme": "X", "every": "1d", "wekks": "3"}, make_programme_schema()
        )


def test_there_are_seven_with_the_sessions_they_promise():
    counts = {key: len(read_programme(key).positions) for key in BUILT_IN}
    assert counts == {
        "couch-to-5k": 27,
        "first-pull-up": 30,
        "first-push-up": 24,
        "five-by-five": 36,
        "hip-dips": 18,
        "knee": 42,
        "thirty-day-plank": 30,
    }


def test_sessions_fall_on_their_days():
    assert Schedule((0, 2, 4)).first_day(date(2026, 1, 6)) == date(2026, 1, 7)
    assert Schedule((0, 2, 4)).next_day(date(2026, 1, 9)) == date(2026, 1, 12)
    assert [one.label for one in Schedule(interval=2).positions(1)] == [
        "w1d1",
        "w1d2",
        "w1d3",
        "w1d4",
    ]


def test_without_a_log_every_session_counts_as_done():
    assert values_of(programme_of(HEAD + SQUAT))[:4] == [20, 22.5, 25, 27.5]


def test_a_value_stays_at_its_limit_and_rises_after_so_many_sessions():
    text = (
        HEAD + "tracks: {plank: {line: '{s}s', start: 20, step: 5, every: 3 sessions, until: 30}}"
    )
    assert values_of(programme_of(text), track="plank") == [20] * 3 + [25] * 3 + [30] * 6


def test_a_failed_value_stays_and_falls_after_the_third_failure():
    failed = [(0, "w1d1", "failed"), (2, "w1d2", "failed")]
    programme = programme_of(HEAD + SQUAT.replace("start: 20", "start: 60"))
    assert values_of(programme, log_of(*failed))[:4] == [60, 60, 60, 62.5]
    assert values_of(programme, log_of(*failed, (4, "w1d3", "failed")))[3] == 52.5
    held = plan_sessions(programme, ANNA, log_of(*failed))[2]
    assert (held.held, held.lowered) == (("back squat",), ())


def test_only_the_track_that_failed_stays():
    both = "tracks: {squat: {line: '5x5 {kg}kg', start: 20, step: 5}, plank: {line: '{s}s', start: 10, step: 5}}"
    log = [LogEntry(MONDAY, "w1d1", "failed", failed=("squat",))]
    session = plan_sessions(programme_of(HEAD + both), ANNA, log)[1]
    assert {name: float(value) for name, value in session.values.items()} == {
        "squat": 20,
        "plank": 15,
    }


def test_a_deload_is_lighter_and_rises_nothing():
    text = HEAD + SQUAT + "\ndeload: {week: 2, load: 70%, sets: -2}\n"
    programme = programme_of(text)
    assert values_of(programme)[2:7] == [25, 17.5, 17.5, 17.5, 27.5]
    week_two = expand_programme(programme, ANNA)[3]
    assert "3x5 17.5kg" in week_two.text
    assert week_two.words.opening[-1] == "This week is lighter on purpose."


def test_a_test_replaces_the_line_and_asks_for_the_best():
    text = HEAD + SQUAT + "\ntest: {week: 4, day: last, line: 'max {kg}kg'}\n"
    last = expand_programme(programme_of(text), ANNA)[-1]
    assert "max 47.5kg" in last.text
    assert last.words.opening[-1] == "Today is a test. Stop when your form does."
    assert last.words.closing[0] == "Write down your best."
    assert last.words.closing[-2:] == ("That was the last session of Test.", "Well done, Anna.")


def knee_log(*pains):
    return [
        LogEntry(MONDAY + timedelta(n), f"w1d{n + 1}", pain=pain) for n, pain in enumerate(pains)
    ]


@pytest.mark.parametrize(
    ("pains", "seconds", "said"),
    [
        ((), 10, ()),
        ((2, 2, 2), 15, ()),
        ((2, 2, None), 10, ("The same as last time. Take it again.",)),
        ((2, 2, 2, 5), 15, ("The same as last time. Take it again.",)),
        ((2, 2, 2, 5, 5), 10, ("A step back today, to build on.",)),
    ],
)
def test_a_gate_opens_for_a_low_report_only(pains, seconds, said):
    session = expand_programme(read_programme("knee"), ANNA, knee_log(*pains))[len(pains)]
    assert session.session.values["wall sit"] == seconds
    assert session.words.opening[2:][: len(said)] == said


def test_days_missed_bring_the_last_week_or_the_one_before():
    programme = read_programme("couch-to-5k")
    log = log_of((14, "w3d1"), (16, "w3d2"))
    due = MONDAY + timedelta(18)

    def next_after(days):
        sessions = plan_sessions(programme, ANNA, log, due + timedelta(days))
        return next(each for each in sessions if each.date >= due + timedelta(days))

    assert next_after(0).label == "w3d3"
    assert next_after(7).label == "w3d3"
    assert (next_after(8).label, next_after(8).back) == ("w3d1", True)
    assert next_after(15).label == "w2d1"


def test_what_failed_of_a_plan_is_done_again():
    log = log_of((0, "w1d1", "failed"))
    sessions = plan_sessions(read_programme("couch-to-5k"), ANNA, log)
    assert (sessions[0].label, sessions[0].date, sessions[0].again) == (
        "w1d1",
        MONDAY + timedelta(2),
        True,
    )


def test_first_and_last_words_name_who_where_and_what_comes_next():
    session = expand_programme(read_programme("couch-to-5k"), ANNA)[3]
    assert session.words.opening == (
        "Anna, Couch to 5K.",
        "Week two, day one.",
        "New today: Run, one minute, thirty seconds; Walk, two minutes.",
    )
    assert session.words.closing == ("Next comes week two, day two, on Wednesday.",)
    assert "Anna" not in session.body
    assert session.file_name == "w02d01.mp3"


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("de", "Woche zwei, Tag eins."),
        ("es", "Semana dos, día uno."),
        ("fr", "Semaine deux, jour un."),
    ],
)
def test_the_words_are_in_the_language_of_the_member(language, day):
    member = Member(MONDAY, "Anna", language)
    session = expand_programme(read_programme("couch-to-5k"), member)[3]
    assert session.words.opening[1] == day
    assert read_session(session, Folders()).routine.language == language


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Atme aus."), ("fr", "Breathe out."), (None, "Breathe out.")]
)
def test_a_text_may_be_written_in_several_languages(language, said):
    text = SQUAT + "\nroutine: {exercises: ['{tracks}', say: {en: Breathe out., de: Atme aus.}]}\n"
    session = expand_programme(programme_of(HEAD + text), Member(MONDAY, language=language))[0]
    assert f"say: {said}" in session.text


def test_what_is_new_is_told_in_the_order_in_which_it_is_done():
    session = expand_programme(read_programme("couch-to-5k"), ANNA)[15]
    assert session.words.opening[-1] == (
        "New today: Run, five minutes; Run, eight minutes; Walk, three minutes."
    )


def test_no_other_sentence_than_the_first_and_the_last_has_the_name():
    programme = read_programme("couch-to-5k")
    named, unnamed = (expand_programme(programme, Member(MONDAY, one)) for one in ("j. r", ""))
    for one, other in zip(named, unnamed, strict=True):
        assert one.words.opening[1:] == other.words.opening[1:]
        assert one.words.closing[: len(other.words.closing)] == other.words.closing
    assert named[0].words.opening[0] == "J. R, Couch to 5K."
    assert len(named[-1].words.closing) == len(unnamed[-1].words.closing) + 1


def test_two_people_at_the_same_stage_share_the_body():
    programme = read_programme("couch-to-5k")
    one, two = (expand_programme(programme, Member(MONDAY, name)) for name in ("Anna", "Ben"))
    assert [each.body for each in one] == [each.body for each in two]
    assert one[0].text != two[0].text


def test_values_of_a_member_come_before_the_programmes_own():
    member = Member(MONDAY, values={"squat": "62.5 kg"})
    first = expand_programme(read_programme("five-by-five"), member)[0]
    assert "back squat: 5x5 62.5kg rest 3 min" in first.text
    with pytest.raises(RoutineError, match="`many` is no number"):
        expand_programme(read_programme("five-by-five"), Member(MONDAY, values={"squat": "many"}))


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("programe: X\nevery: 1d\nweeks: 1\n" + SQUAT, 1, 1, "`programe` is no key of a programme", "did you mean `programme`?"),
        ("programme: X\nevery: [mon, wde]\nweeks: 1\n" + SQUAT, 2, 14, "`wde` is no day of the week", "`wed`"),
        (HEAD + "tracks: {squat: {line: 5x5, start: 20}}", 4, 24, "has no blank", "{kg}"),
        (HEAD + "tracks: {squat: {line: '5x5 {kgg}kg', start: 20}}", 4, 24, "no blank", ""),
        (HEAD + "tracks: {squt: {line: '5x5 {kg}kg', start: 20}}", 4, 10, "there is no exercise `squt`", "squat"),
        (HEAD + "tracks: {squat: {line: '5y5 {kg}kg', start: 20}}", 4, 24, "", ""),
        (HEAD + SQUAT + "\ndeload: {week: 9, load: 70%}", 5, 16, "there is no week 9", ""),
        (HEAD + "plan: {1: plank 20s, 3: plank 30s, 4: plank 30s}", 4, 7, "no row for week `2`", "2: ..."),
        (HEAD + "plan: {1-4: [plank 20s, plank 30s]}", 4, 8, "2 rows for 3 days", ""),
        (HEAD + SQUAT + "\nroutine: {exercises: ['{plan}']}", 5, 23, "nothing that `{plan}` stands for", "plan:"),
        (HEAD, 1, 1, "nothing in it changes", "tracks:"),
        (HEAD + "plan: {1-4: plank 20s}\ngate: {ask: pain, at_most: 3}", 5, 7, "changes tracks", ""),
        (HEAD + SQUAT + "\ngate: {ask: felt, at_most: 0}", 5, 7, "the gate never opens", "at_most: 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(text, line, column, message, hint):
    found = findings_of(text)
    assert any(
        at == line and (col == column or not column) and message in told and hint in help_
        for at, col, told, help_ in found
    ), found


def test_a_value_that_nobody_says_is_a_doubt():
    text = HEAD + "tracks: {squat: {line: '5x5 {kg}kg', start: '{member.squat}'}}"
    (found,) = check_programme(RoutineText(text, "test"), Folders()).findings
    assert (found.fatal, found.hint) == (False, "write `member: {squat: 20}`")
    with pytest.raises(RoutineError, match=re.escape("no blank `{member.squat}`")):
        expand_programme(programme_of(text), ANNA)


def test_a_log_reads_back_and_tells_what_is_wrong(tmp_path):
    programme = read_programme("knee")
    path = tmp_path / "done.csv"
    entries = (
        LogEntry(MONDAY, "w1d1", pain=2, felt=7),
        LogEntry(MONDAY, "w1d2", "failed", best="100 kg", failed=("wall sit",)),
    )
    path.write_text(format_log(entries))
    assert read_training_log(path, programme) == entries
    path.write_text("date,session,result,pain\n2026-1-5,w1d9,well,11\n")
    with pytest.raises(RoutineError) as caught:
        read_training_log(path, programme)
    assert [(one.line, one.column) for one in caught.value.findings] == [
        (2, 1),
        (2, 10),
        (2, 15),
        (2, 20),
    ]


def test_the_commands(tmp_path, capsys):
    assert run_program(["programme", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("couch-to-5k")
    words = ["couch-to-5k", "--start", "2026-01-05", "--name", "Anna"]
    assert run_program(["programme", "show", *words]) == 0
    assert capsys.readouterr().out.startswith("w1d1  2026-01-05")
    assert run_program(["programme", "expand", words[0], "w2d1", *words[1:]]) == 0
    assert "Anna, Couch to 5K." in capsys.readouterr().out
    assert run_program(["programme", "check", "knee"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run_program(["programme", "expand", "knee", "w9d1"]) == 2
    assert run_program(["programme", "show", "kne"]) == 2
    assert "knee" in capsys.readouterr().err
    assert run_program(["programme", "show"]) == 2
    assert run_program(["programme", "show", "knee", "--start", "tomorrow"]) == 2
