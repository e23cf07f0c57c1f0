"""What a coach says when: the rules of docs/coaching.md, on timelines by the ruler."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import audioworkout
from audioworkout.compiler import compile_routine, rules
from audioworkout.compiler.coach import SETUP
from audioworkout.languages import LANGUAGES, load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.exercise import Amount, Exercise, Hold, Kit, Reps, Sides, Timed
from audioworkout.model.request import Flags
from audioworkout.model.routine import Block, How, Routine, Work
from audioworkout.model.script import BETWEEN, Passage, Say, Script
from audioworkout.model.timeline import Span, Spoken, Timeline
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders
from audioworkout.ruler import ruler_ms
from audioworkout.views import render_view
from samples import ALL, HYDRANT, JACKS, PLANK, SQUAT, Letters, routine

BUILT_IN = sorted(
    path.stem for path in (Path(audioworkout.__file__).parent / "routines").glob("*.yaml")
)
WORKOUT = (SQUAT, PLANK, HYDRANT, JACKS)


def laid_out(a_routine: Routine, language: str = "en") -> Timeline:
    return lay_out(compile_routine(a_routine, load_phrases(language)), Letters(), "ruler")


def spoken(timeline: Timeline, source: str = "") -> list[Spoken]:
    """What is said, or what of it a phrase or pool says."""
    said = [event for event in timeline.events if isinstance(event, Spoken)]
    return [event for event in said if event.source.startswith(source)]


def rests_of(timeline: Timeline) -> list[Span]:
    return [span for span in timeline.spans if span.kind == "rest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rest_is_silent_for_more_than_20_s(language: str) -> None:
    timeline = laid_out(routine(*WORKOUT), language)
    for rest in rests_of(timeline):
        inside = [e for e in timeline.events if rest.start_ms <= e.start_ms < rest.end_ms]
        for one, two in pairwise(inside):
            assert two.start_ms - one.end_ms <= rules.MOST_SILENCE, (one, two)


def test_brief_coaching_keeps_silence_in_a_rest_and_gives_the_warnings() -> None:
    timeline = laid_out(routine(*WORKOUT, how=How(coaching="brief")))
    assert not spoken(timeline, "rest.left") + spoken(timeline, "recover")
    for key in ("intro.stop", "intro.pause"):
        (warning,) = spoken(timeline, key)
        assert rests_of(timeline)[0].start_ms < warning.start_ms < rests_of(timeline)[0].end_ms


def test_without_a_rest_the_warnings_are_first_words() -> None:
    (stop,) = spoken(laid_out(routine(JACKS)), "intro.stop")
    assert stop.role == "intro"


def test_an_order_that_costs_strength_comes_eight_seconds_before_go() -> None:
    timeline = laid_out(routine(SQUAT, PLANK))
    (order,) = spoken(timeline, "position.plank")
    go = next(s.start_ms for s in timeline.spans if s.kind == "work" and s.mode == "hold")
    assert go - order.start_ms == rules.STRENUOUS_DUE


def test_safety_comes_before_the_set_up() -> None:
    careful = SQUAT._replace(cues=SQUAT.cues._replace(safety="Check the floor."))
    timeline = laid_out(routine(JACKS, careful))
    (safety,) = spoken(timeline, "cue.safety")
    after = [one for one in spoken(timeline, "cue.setup") if one.start_ms > safety.start_ms]
    assert [one.line.text for one in after] == list(SQUAT.cues.setup)


def test_no_cue_or_wording_of_a_pool_is_said_twice_within_five_minutes() -> None:
    timeline = laid_out(routine(*ALL, *ALL))
    for kind in ("cue.form", "cue.motivate", "cheer", "sip", "recover"):
        last: dict[str, int] = {}
        for one in spoken(timeline, kind):
            text = one.line.text
            before = last.get(text, -rules.NOT_AGAIN_WITHIN)
            # A cue counts as said when its passage begins.
            assert one.start_ms - before > rules.NOT_AGAIN_WITHIN * 2 // 3, one
            last[text] = one.start_ms


def test_the_seed_chooses_the_words_and_never_the_length() -> None:
    scripts = [laid_out(routine(*WORKOUT, how=How(seed=seed))) for seed in (1, 2, 1)]
    assert scripts[0] == scripts[2]
    assert scripts[0].events != scripts[1].events
    assert scripts[0].duration_ms == scripts[1].duration_ms


def test_how_far_the_workout_is() -> None:
    timeline = laid_out(routine(SQUAT, PLANK, HYDRANT, JACKS, PLANK, SQUAT))
    assert [one.line.text for one in spoken(timeline, "place")][:2] == [
        "Two of four.",
        "Three of four.",
    ]
    (half,) = spoken(timeline, "half_workout")
    assert 0.4 < half.start_ms / timeline.duration_ms < 0.7
    assert len(spoken(timeline, "set.last.day")) == 1


def test_easier_after_a_third_of_the_first_set_and_breath_once_a_set() -> None:
    cues = SQUAT.cues._replace(
        easier_cue="Half way down is fine.", breathing=("Breathe out going up.", "In going down.")
    )
    timeline = laid_out(routine(SQUAT._replace(cues=cues)))
    first = next(span for span in timeline.spans if span.kind == "work")
    (easier,) = spoken(timeline, "easier")
    third = (first.end_ms - first.start_ms) * rules.EASIER_AFTER_PERCENT // 100
    assert first.start_ms + third <= easier.start_ms < first.end_ms
    sets = [span for span in timeline.spans if span.kind == "work"]
    breaths = spoken(timeline, "cue.breathing") + spoken(timeline, "breathe")
    for one in sets:
        assert len([b for b in breaths if one.start_ms <= b.start_ms < one.end_ms]) == 1


def words_of(passage: Passage) -> list[Say]:
    return [item for slot in passage.slots for item in slot.items if isinstance(item, Say)]


def texts_of(script: Script) -> list[str]:
    passages = [passage for chapter in script.chapters for passage in chapter.passages]
    return [say.text for passage in passages for say in words_of(passage)]


def load_built_in(key: str, language: str) -> Script:
    asked = prepare_routine(key, Flags(language=language), Folders()).routine
    return compile_routine(asked, load_phrases(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", BUILT_IN)
def test_half_of_a_longer_pause_is_words_at_most(key: str, language: str) -> None:
    """What may be left out gives way; what is needed may take more."""
    for chapter in load_built_in(key, language).chapters:
        for passage in chapter.passages:
            long = passage.kind in ("rest", "switch") and passage.lasts >= rules.SPLIT_FROM
            said = words_of(passage)
            spoken = sum(ruler_ms(say.text, say.line.rate(150)) for say in said)
            if long and spoken > passage.lasts // 2:
                kinds = {rule.name for say in said if (rule := rules.rule_of(say.source))}
                assert not kinds & {rule.name for rule in rules.RULES if rule.gives_way}
                assert not [say for say in said if say.yields > SETUP or say.shorter]


def test_built_in_routines_leave_half_of_their_rests_silent() -> None:
    """Their rests are long enough, but for those that a clock gives and those of Core in Ten."""
    full = set()
    for key in BUILT_IN:
        for chapter in load_built_in(key, "en").chapters:
            for passage in chapter.passages:
                spoken = sum(ruler_ms(say.text, say.line.rate(150)) for say in words_of(passage))
                long = passage.kind == "rest" and passage.lasts >= rules.SPLIT_FROM
                full |= {key} if long and spoken > passage.lasts // 2 else set()
    assert full == {"bodyweight-emom", "core-ten"}


@pytest.mark.parametrize("key", BUILT_IN)
def test_how_hard_it_should_feel_is_told_in_every_built_in_routine(key: str) -> None:
    said = [
        say
        for chapter in load_built_in(key, "en").chapters
        for passage in chapter.passages
        for say in words_of(passage)
    ]
    assert [say for say in said if say.source.startswith("feel.")]


def test_parts_of_the_workout_are_told_and_places_count_the_main_part() -> None:
    items = tuple(Work(one, one.prescription) for one in (SQUAT, PLANK, HYDRANT))
    jacks = (work_of(JACKS, Timed(30_000, 30_000)),)
    timeline = laid_out(Routine("x", "X", items, warm_up=jacks, cool_down=jacks))
    texts = [one.line.text for one in spoken(timeline)]
    assert "We warm up with Jumping Jacks." in texts
    assert texts.index("Warm-up done.") < texts.index("One of three.")
    assert texts.index("Last exercise.") < texts.index("Now cool down.")


def test_the_order_over_the_bar_comes_right_before_go() -> None:
    script = load_built_in("first-pull-up", "en")
    timeline = lay_out(script, Letters(), "ruler")
    over_bar = [one for one in spoken(timeline) if one.line.text.startswith("Step up, chin")]
    starts = [span.start_ms for span in timeline.spans if span.kind == "work"]
    for order in over_bar:
        assert min(at for at in starts if at > order.start_ms) - order.start_ms < 9_000
    assert len(over_bar) == 3


def test_the_first_demand_of_an_exercise_is_heard() -> None:
    assert "Your foot never touches down." in texts_of(load_built_in("hip-dips", "en"))


def test_the_last_number_leaves_room_for_the_first_pulse() -> None:
    timeline = lay_out(load_built_in("hip-dips", "en"), Letters(), "ruler")
    pulses = [one for one in spoken(timeline, "pulse") if one.number == 1]
    for pulse in pulses:
        ends = [one.end_ms for one in spoken(timeline, "count")]
        assert pulse.start_ms - max(at for at in ends if at <= pulse.start_ms) >= BETWEEN
    assert pulses


def test_a_longer_stretch_of_the_same_is_told_as_more() -> None:
    texts = texts_of(load_built_in("couch-to-run", "en"))
    assert texts.count("Ten seconds, then four minutes more") == 1
    assert texts.count("Ten seconds, then Walk, one minute, thirty seconds") == 1


def test_counts_have_the_shape_of_a_list() -> None:
    reps = Work(SQUAT, SQUAT.prescription._replace(amount=Reps(8, 8), sets=1))
    shaped = [one.line for one in spoken(laid_out(routine(reps)), "count")]
    assert [line.listed for line in shaped] == [True] * 7 + [False]
    assert [line.soft for line in shaped] == [False, *[True] * 4, False, False, False]
    flat = spoken(laid_out(routine(reps, how=How(count_shape=False))), "count")
    assert not [one for one in flat if one.line.listed or one.line.soft]


def test_a_side_called_in_place_of_a_number_keeps_its_tone() -> None:
    sides = Sides("alternating")
    lunge = Work(HYDRANT, HYDRANT.prescription._replace(amount=Reps(3, 3), sides=sides))
    counts = [one.line for one in spoken(laid_out(routine(lunge)), "count")]
    assert [line.listed for line in counts] == [False, True, False, True, False, False]


def test_moods() -> None:
    plain = laid_out(routine(*WORKOUT, how=How(mood="plain")))
    calm = laid_out(routine(*WORKOUT, how=How(mood="calm")))
    for quiet in (plain, calm):
        assert not spoken(quiet, "cue.motivate") + spoken(quiet, "cheer")
    assert not [one for one in spoken(calm) if one.role == "countdown"]
    assert len(spoken(calm, "outro.calm")) == 1


def test_how_hard_it_should_feel_follows_the_level() -> None:
    strong = SQUAT._replace(category="legs")
    for level, text in (
        ("beginner", "Effort six of ten: three more should still be possible."),
        ("advanced", "Effort eight of ten: one more should still be possible."),
    ):
        how = How(level=level)  # type: ignore[arg-type] # text
        (feel,) = spoken(laid_out(routine(JACKS, strong, how=how)), "feel.")
        assert feel.line.text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_its_rule(language: str) -> None:
    reps = Work(SQUAT, SQUAT.prescription._replace(amount=Reps(5, 5), sets=2))
    held = Work(PLANK, PLANK.prescription._replace(amount=Hold(15_000, 15_000)))
    for one in spoken(laid_out(routine(*ALL, reps, held), language)):
        assert rules.rule_of(one.source), one


def test_a_script_tells_why_each_line_is_said() -> None:
    told = render_view(laid_out(routine(SQUAT, PLANK)), "why")
    assert "Get into a plank.  [position: position.plank]" in told
    assert f"water: {rules.rule_of('sip').text}" not in told  # type: ignore[union-attr] # known


def test_every_rule_says_something_that_exists() -> None:
    phrases = load_phrases("en").templates
    own = {"count", "pulse", "countdown", "say", "note", "effort", "tasks"}
    for rule in rules.RULES:
        for source in rule.sources:
            known = any(key.startswith(source) for key in phrases)
            assert known or source in own or source.startswith("cue."), source


def test_what_is_easier_is_told_as_such_and_never_as_an_order() -> None:
    cues = SQUAT.cues._replace(easier_cue="Put the weights down.")
    timeline = laid_out(routine(SQUAT._replace(cues=cues)))
    told = [one.line.text for one in spoken(timeline) if "Put the weights down" in one.line.text]
    assert told == ["Easier: Put the weights down."]


def test_kit_is_fetched_before_its_safety_is_told() -> None:
    cues = PLANK.cues._replace(safety="Check the mat.")
    careful = PLANK._replace(cues=cues, kit=(Kit("mat"),))
    sources = [one.source for one in spoken(laid_out(routine(SQUAT, careful)))]
    assert sources.index("kit") < sources.index("cue.safety")


def test_a_block_of_one_exercise_is_named_before_its_rounds() -> None:
    tabata = Block("tabata", (work_of(JACKS, Timed(20_000, 20_000)),), 8, work=20_000, rest=10_000)
    items = (work_of(SQUAT, SQUAT.prescription.amount), tabata)
    sources = [one.source for one in spoken(laid_out(Routine("x", "X", items)))]
    assert sources.index("next") < sources.index("block.rounds.on_off")


def work_of(exercise: Exercise, amount: Amount) -> Work:
    return Work(exercise, exercise.prescription._replace(amount=amount))


def test_after_hanging_or_squatting_nobody_is_told_to_stand_up() -> None:
    hanging = PLANK._replace(position="hanging")
    assert not spoken(laid_out(routine(hanging, SQUAT)), "position.standing")
    assert spoken(laid_out(routine(PLANK, SQUAT)), "position.standing")


def test_a_short_pause_describes_the_movement() -> None:
    """In the Seven-Minute Circuit no exercise is told by a form cue alone."""
    timeline = lay_out(load_built_in("seven-minute-circuit", "en"), Letters(), "ruler")
    exercises = {span.context.exercise for span in timeline.spans if span.kind == "rest"}
    described = {one.context.exercise for one in spoken(timeline, "cue.setup")}
    assert exercises <= described
    texts = [one.line.text for one in spoken(timeline, "cue.setup")]
    assert "Turn one elbow to the opposite knee, the other leg long." in texts
    assert "Turn from your ribs." not in texts


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Next, Hanging Knee Raise."),
        ("de", "Als Nächstes: Knieheben im Hang."),
        ("fr", "Ensuite, Relevé de genoux suspendu."),
    ],
)
def test_a_name_that_tells_its_position_is_enough(language: str, told: str) -> None:
    assert told in texts_of(load_built_in("first-pull-up", language))
