"""The words of a pause by their place in it: the first, the last, and what may stand between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from audioworkout.compiler import announce, effort, introduce, rules, tasks
from audioworkout.compiler.arc import Moment
from audioworkout.compiler.bouts import BlockRound, Bout
from audioworkout.compiler.changes import runs_on
from audioworkout.compiler.coach import AGAIN, FORM, REST, Coach
from audioworkout.compiler.fill import RestFiller
from audioworkout.compiler.plan import Interval
from audioworkout.model.exercise import MID_SET_WORDS, Amount, Hold, Open, Timed
from audioworkout.model.routine import Block
from audioworkout.model.script import Gap, Role, Say
from audioworkout.units import MINUTE, SECOND, Ms

AGAIN_WORDS = 5
"""What comes next is repeated in at most so many words; a longer name alone."""

BRIEF_PAUSE: Ms = 15 * SECOND
"""In a shorter pause an exercise is described in one sentence, which comes before all but names."""

KEPT_QUIET: Ms = 4 * SECOND
"""Part of a pause that is kept for its tone, the beeps and the quiet between sentences."""

Words = tuple[Say | Gap, ...]


class PauseWords(NamedTuple):
    """The words of a pause, in order; any part may be empty."""

    opening: Words = ()
    order: Words = ()
    """The order to get into position."""
    setup: Words = ()
    cue: Words = ()
    again: Words = ()
    """What comes next, once more."""
    strenuous: bool = False
    """The order is to be given as late as possible."""
    fillers: tuple[RestFiller, ...] = ()
    """What may stand between the first and the last words, the most important first."""
    warnings: Words = ()
    """The two warnings, in the pause that has them: in the middle if there is room."""

    @property
    def in_order(self) -> list[Say | Gap]:
        """All words in the order of a pause without parts."""
        how = (*self.setup, *self.order) if self.strenuous else (*self.order, *self.setup)
        return [*self.opening, *self.warnings, *how, *self.cue, Gap(0, 1), *self.again]

    def with_less(self) -> tuple[PauseWords, Say] | None:
        """The same with less to say, and what was left out or shortened; None if nothing can be.

        First to go is what may be left out, most willing first (`Say.yields`): words that cheer,
        form, what was said before. Then sentences are said shorter. What is needed stays: safety,
        names, amounts, changes, and how an exercise is done.
        """
        says = [item for item in self.in_order if isinstance(item, Say)]
        rank = max((say.yields for say in says), default=0)
        if rank >= AGAIN:
            say = next(say for say in reversed(says) if say.yields == rank)
            return self._with_word(say, ()), say
        for say in reversed(says):
            if say.shorter:
                text, *shorter = say.shorter
                return self._with_word(say, (say._replace(text=text, shorter=tuple(shorter)),)), say
        return None

    def _with_word(self, old: Say, new: Words) -> PauseWords:
        """The same with a word replaced by others, wherever it stands."""

        def swap_word(words: Words) -> Words:
            return tuple(two for one in words for two in (new if one is old else (one,)))

        opening, order, setup, cue, again = map(swap_word, self[:5])
        return self._replace(opening=opening, order=order, setup=setup, cue=cue, again=again)


def pause_words(
    coach: Coach, interval: Interval, before: Bout | None, then: Sequence[Bout], moment: Moment
) -> PauseWords:
    """The words of the pause before a bout; arguments as of `pauses.compile_pause`."""
    words = _words_of_kind(coach, interval, before, then, moment)
    return words._replace(warnings=tuple(warnings(coach, "rest"))) if moment.warns else words


def _words_of_kind(
    coach: Coach, interval: Interval, before: Bout | None, then: Sequence[Bout], moment: Moment
) -> PauseWords:
    bout = interval.bout
    notes = [Say(text, "announce", source="say") for text in interval.notes]
    if before is None:
        return _get_ready(coach, bout, notes)
    over = _time_is_up(coach, before)
    if runs_on(interval):  # it was announced in the work before
        name = coach.say("again", "announce", yields=AGAIN, name=coach.said(bout))
        return PauseWords((*over, *notes, name))
    if interval.kind == "switch":
        said = (*over, *_side_change(coach, bout), *notes)
        return PauseWords((*said, *_cue_with_room(coach, bout, interval.pause, said)))
    start = [*over, _rest(coach, interval), *_stage(coach, bout, before), *notes]
    if before.exercise == bout.exercise and (bout.set > 1 or bout.part > 1):
        return _another_set(coach, interval, start, then, moment)
    if _is_same_again(bout, before):
        return _another_round(coach, interval, before, start, moment)
    if bout.tasks or interval.known:
        return _known_exercise(coach, interval, before, start, then, moment)
    return _new_exercise(coach, interval, before, start, then, moment)


def _stage(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    """That the warm-up is over, or that the cool-down begins."""
    if bout.stage == before.stage or not coach.talks:
        return []
    key = "stage.cool_down" if bout.stage == "cool-down" else "stage.main"
    return [coach.say(key, "announce", yields=AGAIN)]


def _get_ready(coach: Coach, bout: Bout, notes: Sequence[Say]) -> PauseWords:
    """Before the first exercise: the order that costs strength, one cue, its name."""
    order: list[Say] = []
    if introduce.is_strenuous(bout) and not bout.tasks:
        order = [introduce.strenuous_order(coach, bout)]
    cue: list[Say] = []
    if coach.explains and not bout.tasks:
        cue = introduce.last_cue(coach, bout)
    ready = coach.say("ready", "announce")
    again = tuple(_repeat_next(coach, bout))
    return PauseWords((ready, *notes), tuple(order), (), tuple(cue), again)


def _another_set(
    coach: Coach, interval: Interval, start: list[Say], then: Sequence[Bout], moment: Moment
) -> PauseWords:
    """Another set of the same: its number, its side, and company in the rest."""
    bout = interval.bout
    said = announce.next_set(coach, bout)
    if moment.last_set and coach.explains and not bout.side and bout.part < 2:
        said[0] = _last_set_of_all(coach, said[0])
    said += introduce.running_on(coach, then, "announce")
    order, cue = _position_or_cue(coach, interval)
    return PauseWords(
        (*start, *said),
        tuple(order),
        (),
        tuple(cue),
        tuple(_repeat_next(coach, bout)),
        True,
        _fillers(coach, interval, moment, another_set=True),
    )


def _position_or_cue(coach: Coach, interval: Interval) -> tuple[list[Say], list[Say]]:
    """Before the same once more: in a longer pause the order into a strenuous position, else a cue.

    Within a set neither is said.
    """
    bout = interval.bout
    if bout.part > 1:
        return [], []
    if interval.pause < rules.SPLIT_FROM:
        return [], _set_cue(coach, bout)
    return (introduce.order_again(coach, bout) if introduce.is_strenuous(bout) else []), []


def _last_set_of_all(coach: Coach, said: Say) -> Say:
    """'The last set of the day.' in place of 'Last set, three of three.'."""
    if said.source != "set.last":
        return said
    return coach.say("set.last.day", "announce", short=("set.last.day",))


def _set_cue(coach: Coach, bout: Bout) -> list[Say]:
    """One cue between two sets: form, and before the last one motivation."""
    words = bout.exercise.cues
    if not coach.explains:
        return []
    if bout.set == bout.sets and coach.cheers:
        return coach.cue("motivate", coach.wordings.shuffle(words.motivate))
    return coach.cue("form", coach.wordings.shuffle(words.form))


def _cue_with_room(coach: Coach, bout: Bout, pause: Ms, said: Sequence[Say]) -> list[Say]:
    """A form cue, where the pause has room for it after what else is said."""
    room = pause - KEPT_QUIET - coach.lasts(said)
    form = [text for text in bout.exercise.cues.form if coach.lasts([Say(text, "form")]) <= room]
    return coach.cue("form", form) if coach.explains else []


def _is_same_again(bout: Bout, before: Bout) -> bool:
    """Whether the next round of a block is what was just done: the intervals of a Tabata."""
    if bout.tasks or before.tasks or bout.exercise.key != before.exercise.key:
        return False
    in_round = bool(bout.turns) and bool(before.turns) and bout.turns[0][0] is before.turns[0][0]
    return in_round and bout.prescription == before.prescription and bout.side == before.side


def _another_round(
    coach: Coach, interval: Interval, before: Bout, start: list[Say], moment: Moment
) -> PauseWords:
    """The same once more in the next round: only the round is new, and a cue to do it better."""
    order, cue = _position_or_cue(coach, interval)
    opening = (*start, *_round_words(coach, interval.bout, before))
    again = _repeat_next(coach, interval.bout) if interval.pause >= rules.SPLIT_FROM else []
    fillers = _fillers(coach, interval, moment, another_set=True)
    return PauseWords(opening, tuple(order), (), tuple(cue), tuple(again), True, fillers)


def _known_exercise(
    coach: Coach,
    interval: Interval,
    before: Bout,
    start: list[Say],
    then: Sequence[Bout],
    moment: Moment,
) -> PauseWords:
    """An exercise that was done before, or a stretch of tasks: name, amount, side, kit."""
    bout = interval.bout
    own_pace = bool(bout.tasks) and bout.turns[-1].block.own_pace
    named = [] if own_pace else [introduce.name_next(coach, bout, before)]
    if moment.last_exercise and coach.explains:
        named.append(coach.say("place.last", "announce", yields=AGAIN))
    said = [*start, *_order_rounds(coach, bout, before, named)]
    if bout.tasks and not interval.known:
        said += introduce.introduce(coach, bout, before, interval.fetch, "announce").named
    else:
        amount_words = tasks.introduction if bout.tasks else announce.prescription_again
        said += amount_words(coach, bout, "announce")
        said += introduce.kit_words(coach, bout, interval.fetch, "announce")
    order: list[Say] = []
    if not bout.tasks:
        order = introduce.position_order(coach, bout, before, "announce")
        order = order or _position_or_cue(coach, interval)[0]
    said += introduce.running_on(coach, then, "announce")
    return PauseWords(
        tuple(said),
        tuple(order),
        (),
        (),
        tuple(_repeat_next(coach, bout)),
        introduce.is_strenuous(bout),
        _fillers(coach, interval, moment, another_set=True),
    )


def _new_exercise(
    coach: Coach,
    interval: Interval,
    before: Bout,
    start: list[Say],
    then: Sequence[Bout],
    moment: Moment,
) -> PauseWords:
    """A new exercise: at once its name, place and amount, just before it how it is done."""
    bout = interval.bout
    new = introduce.introduce(coach, bout, before, interval.fetch, "announce")
    name, again = introduce.name_next(coach, bout, before), tuple(_repeat_next(coach, bout))
    if interval.pause < rules.REST_TOLD_FROM and new.order:  # which follows at once
        name = coach.say("next", "announce", name=coach.said(bout))
    words = (*start, name, *new.named, *new.order, *new.setup)
    tight = interval.pause < rules.SPLIT_FROM and coach.lasts(words) > interval.pause - KEPT_QUIET
    if (interval.pause < BRIEF_PAUSE or tight) and new.setup:
        again = ()
        start = [one for one in start if one.source != "rest.short"]
        named = [one for one in _known_amount(new.named, bout, before) if one.source != "kit"]
        needed = coach.lasts((*start, name, *named, *new.order))
        brief = introduce.brief_setup(coach, bout, interval.pause - KEPT_QUIET - needed)
        new = new._replace(named=tuple(named), setup=tuple(brief), cue=())
    place = _place(coach, moment)
    if interval.pause < rules.REST_TOLD_FROM and not moment.last_exercise:
        place = []
    said = _order_rounds(coach, bout, before, [name, *place])
    run_on = introduce.running_on(coach, then, "announce")
    return PauseWords(
        (*start, *said, *without_told(new.named, said), *run_on),
        new.order,
        new.setup,
        new.cue,
        again,
        introduce.is_strenuous(bout),
        _fillers(coach, interval, moment, another_set=False),
    )


def _known_amount(named: Sequence[Say], bout: Bout, before: Bout) -> list[Say]:
    """Leave out the length where it is that of the exercise before: in a circuit by the clock."""
    now, last = bout.prescription.amount, before.prescription.amount
    same = bool(bout.turns) and _is_as_long(now, last)
    return [one for one in named if not same or one.source != "amount"]


def _is_as_long(now: Amount, last: Amount) -> bool:
    """Whether both are timed or held, and as long."""
    if isinstance(now, Hold | Timed) and isinstance(last, Hold | Timed):
        return now.high == last.high
    return False


def _place(coach: Coach, moment: Moment) -> list[Say]:
    """Which exercise of how many it is."""
    if not coach.explains or not moment.place:
        return []
    if moment.last_exercise:
        return [coach.say("place.last", "announce", yields=AGAIN)]
    n, m = coach.phrases.number(moment.place), coach.phrases.number(moment.places)
    return [coach.say("place", "announce", yields=AGAIN, n=n, m=m)]


# -- the middle of a rest ------------------------------------------------------------------------


def _fillers(
    coach: Coach, interval: Interval, moment: Moment, *, another_set: bool
) -> tuple[RestFiller, ...]:
    """What may stand in the middle of a rest, the most important first."""
    bout, words = interval.bout, interval.bout.exercise.cues
    fillers: list[RestFiller] = []
    if moment.left:
        minutes = coach.phrases.about_minutes(moment.left)
        half = coach.say("half_workout", "rest", yields=AGAIN, minutes=minutes)
        fillers.append(RestFiller(lambda: [half]))
    if not another_set:
        fillers.append(RestFiller(lambda: effort.feel(coach, bout)))
    if moment.water:
        fillers.append(RestFiller(lambda: coach.vary_if_fresh("sip", "rest", yields=FORM)))
    if another_set and not bout.tasks:
        if bout.set == 2 and coach.how.level != "advanced" and words.easier_cue:
            fillers.append(RestFiller(lambda: easier_way(coach, bout)))
        fillers.append(RestFiller(lambda: _set_cue(coach, bout)))
    fillers += [
        RestFiller(lambda: coach.vary_if_fresh("recover", "rest", yields=FORM), due=False)
    ] * 2
    if another_set and not bout.tasks:
        long = [text for text in words.form if len(text.split()) > MID_SET_WORDS]
        fillers.append(RestFiller(lambda: coach.cue("form", [*long, *words.form]), due=False))
    return tuple(fillers)


def easier_way(coach: Coach, bout: Bout) -> list[Say]:
    """The easier way, in a sentence that tells that it is one; nothing if it was told lately."""
    cue = bout.exercise.cues.easier_cue
    if not coach.wordings.is_fresh(cue, coach.now, rules.WHOLE_WORKOUT):
        return []
    coach.wordings.said[cue] = coach.now
    return [coach.say("easier", "form", yields=FORM, cue=cue)]


def warnings(coach: Coach, role: Role) -> list[Say]:
    """The two warnings that everybody hears once."""
    return [coach.say("intro.stop", role), coach.say("intro.pause", role, yields=REST)]


# -- rests and sides -----------------------------------------------------------------------------


def _time_is_up(coach: Coach, before: Bout) -> list[Say]:
    """Announce the end of open work, which nobody counted."""
    if not isinstance(before.prescription.amount, Open):
        return []
    return [time_is_up(coach, before, "rest")]


def time_is_up(coach: Coach, bout: Bout, role: Role) -> Say:
    """The end of open work."""
    score = bool(bout.tasks) and bout.turns[-1].block.kind == "amrap"
    return coach.say("time.amrap" if score else "time", role, yields=REST if role == "rest" else 0)


def _rest(coach: Coach, interval: Interval) -> Say:
    """That there is a rest, and how long; within a set with a barbell, to put it back."""
    if interval.bout.part > 1 and any(kit.key == "barbell" for kit in interval.bout.kit):
        duration = _capitalize(coach.phrases.duration(interval.pause))
        return coach.say("rack", "rest", yields=REST, short=("rack.short",), duration=duration)
    return rest_of(coach, interval.pause)


def rest_of(coach: Coach, lasts: Ms) -> Say:
    """That there is a rest, and how long it is where that is long enough to matter."""
    if lasts < rules.REST_TOLD_FROM:
        return coach.say("rest.short", "rest", yields=AGAIN)
    duration = coach.phrases.duration(lasts)
    return coach.say("rest", "rest", yields=REST, short=("rest.short",), duration=duration)


def _side_change(coach: Coach, bout: Bout) -> list[Say]:
    """The change to the other side, with its own amount where it has one."""
    exercise = bout.exercise
    said = [_capitalize(coach.side(bout)), coach.phrases.say(f"side.{bout.side}")]
    if bout.prescription.by_side:
        amount = bout.prescription.amount
        said[0] += f", {coach.phrases.amount(amount)}"
        said[1] += f", {coach.phrases.brief_amount(amount)}"
    side, way = said
    blanks = {"side": side, "way": way}
    short = ("switch.short", "switch.shortest")
    if exercise.position != "side":
        return [coach.fill("switch", "switch", blanks, short=short)]
    over = coach.fill("switch.over", "switch", blanks, short=short)
    if exercise.limb == "side" or bout.prescription.by_side:
        return [over]
    lie = coach.fill("switch.lie", "switch", introduce.lying_blanks(coach, bout))
    return [lie._replace(shorter=(over.text, *over.shorter))]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _repeat_next(coach: Coach, bout: Bout) -> list[Say]:
    """Repeat what comes next in few words, right before the beeps; tasks in full."""
    if bout.tasks:
        return [tasks.told_at_once(coach, bout, "announce")]
    name = bout.exercise.said
    whole = _repeat_in_full(coach, bout, name)
    if len(whole.text.split()) <= AGAIN_WORDS:
        return [whole]
    return [coach.say("again", "announce", yields=AGAIN, name=name)]


def _repeat_in_full(coach: Coach, bout: Bout, name: str) -> Say:
    if bout.side:
        return coach.say("again.side", "announce", yields=AGAIN, name=name, side=coach.side(bout))
    if bout.sets > 1 and bout.part < 2:
        number = coach.phrases.number(bout.set)
        short = ("again",)
        return coach.say("again.set", "announce", yields=AGAIN, short=short, name=name, n=number)
    return coach.say("again", "announce", yields=AGAIN, name=name)


# -- rounds --------------------------------------------------------------------------------------


def _order_rounds(coach: Coach, bout: Bout, before: Bout, named: list[Say]) -> list[Say]:
    """What comes next and which round it begins; of a block of one exercise, first its name."""
    rounds = _round_words(coach, bout, before)
    alone = bool(bout.turns) and not bout.tasks and len(bout.turns[-1].block.items) == 1
    return [*named, *rounds] if alone else [*rounds, *named]


def _round_words(coach: Coach, bout: Bout, before: Bout) -> list[Say]:
    """Which round begins of the outermost block that changes; how many, where it is the first."""
    for turn, last in zip_longest(bout.turns, before.turns):
        if turn is None:
            break
        if last is not None and turn.block is last.block and turn.round == last.round:
            continue
        if turn.rounds > 1 and turn.block.kind != "superset":
            entered = turn.round == 1
            return (
                _say_round_count(coach, turn, "announce") if entered else [_say_round(coach, turn)]
            )
    if not bout.turns and (bout.rounds or 1) > 1 and bout.round != before.round:
        return [_round_of(coach, "round", bout.round or 1, bout.rounds or 1)]
    return []


def without_told(named: Sequence[Say], rounds: Sequence[Say]) -> list[Say]:
    """What is said of an exercise, without its amount where the rounds tell how long it is."""
    told = any(say.source == "block.rounds.on_off" for say in rounds)
    return [say for say in named if not (told and say.source == "amount")]


def rounds_told(coach: Coach, bout: Bout, role: Role) -> list[Say]:
    """How many rounds the outermost block has in which a workout begins."""
    turns = [t for t in bout.turns if t.rounds > 1 and t.block.kind != "superset"]
    return _say_round_count(coach, turns[0], role) if turns else []


def _say_round_count(coach: Coach, turn: BlockRound, role: Role) -> list[Say]:
    """How many rounds a block has, and by which clock."""
    every = turn.block.every
    noun = "minutes" if every == MINUTE else "rounds"
    rounds = coach.phrases.many(noun, turn.rounds)
    said = [_say_rounds(coach, turn.block, rounds, role)]
    if every == MINUTE:
        said.append(coach.say("block.minute", role, yields=AGAIN))
    elif every is not None:
        duration = coach.phrases.duration(every)
        said.append(coach.say("block.every", role, yields=AGAIN, duration=duration))
    return said


def _say_rounds(coach: Coach, block: Block, rounds: str, role: Role) -> Say:
    """How many rounds: with what each asks for, where that is one thing for all exercises."""
    phrases = coach.phrases
    if amounts := tasks.amounts_by_round(block):
        listed = phrases.listed(list(map(phrases.number, amounts)))
        return coach.say("block.rounds.each", role, yields=REST, rounds=rounds, amounts=listed)
    if block.work and block.rest and block.clocked and len(block.items) == 1:
        work, rest = phrases.duration(block.work), phrases.duration(block.rest)
        return coach.say(
            "block.rounds.on_off", role, yields=REST, rounds=rounds, work=work, rest=rest
        )
    return coach.say("block.rounds", role, yields=REST, rounds=rounds)


def _say_round(coach: Coach, turn: BlockRound) -> Say:
    key = "minute" if turn.block.every == MINUTE else "round"
    return _round_of(coach, key, turn.round, turn.rounds)


def _round_of(coach: Coach, key: str, number: int, of: int) -> Say:
    key += ".last" if number == of else ""
    n, m = coach.phrases.number(number), coach.phrases.number(of)
    return coach.say(key, "announce", yields=REST, n=n, m=m)
