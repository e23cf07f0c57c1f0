"""English."""

from __future__ import annotations

from collections.abc import Sequence

PHRASES: dict[str, str] = {
    # First words
    "intro.title": "{title}.",
    "intro.length": "About {minutes}.",
    "intro.kit": "Have ready: {kit}.",
    "intro.no_kit": "You need no equipment.",
    "intro.stop": "Stop if anything hurts.",
    "intro.pause": "Pause the player whenever you need longer.",
    "intro.first": "We begin with {name}.",
    # What comes next
    "next": "Next, {name}.",
    "sets": "{sets}, {amount}.",
    "sets.list": "{sets}: {list}.",
    "sets.ladder": "{sets}, from {low} to {high}.",
    "sets.pyramid": "{sets}, from {low} to {high} and back.",
    "sets.many": "{sets}, the first {amount}.",
    "sets.parts": "{sets} in parts: {list}.",
    "parts": "In {n} parts: {list}.",
    "parts.lighter": "Drop set: {list}.",
    "amount": "{amount}.",
    "alternating": "Alternate, {side} first.",
    "side_first": "{side} first.",
    "side_now": "{side}.",
    "side_only": "{side} only.",
    "every": "One every {duration}.",
    "window": "You have {duration}.",
    "finisher": "On the last rep, {pulses}.",
    "kit": "You need {kit}.",
    "load": "With {load}.",
    "load.at": "At {load}.",
    "effort.rpe": "Effort {n} of ten.",
    "effort.rir.none": "Nothing left in the tank.",
    "effort.rir.one": "One left in the tank.",
    "effort.rir.other": "{n} left in the tank.",
    "effort.percent": "{n} percent.",
    "effort.zone": "Zone {n}.",
    "effort.rate": "Rate {n}.",
    "effort.pace": "{duration} for {distance}.",
    "effort.pace.km": "{duration} a kilometre.",
    "effort.pace.mi": "{duration} a mile.",
    "effort.easy": "Easy.",
    "effort.moderate": "Moderate.",
    "effort.hard": "Hard.",
    "effort.light": "Light.",
    "effort.heavy": "Heavy.",
    "effort.slow": "Slowly.",
    "effort.fast": "Fast.",
    "effort.steady": "Steady.",
    "effort.relaxed": "Relaxed.",
    "effort.gentle": "Gently.",
    "effort.brisk": "Briskly.",
    "effort.sprint": "Sprint.",
    "effort.free": "Freestyle.",
    "effort.kick": "Legs only.",
    "effort.ramp": "Faster and faster.",
    "effort.bodyweight": "With your own weight.",
    "effort.explosive": "Explosively.",
    "effort.controlled": "Under control.",
    "effort.all-out": "All out.",
    "round": "Round {n} of {m}.",
    "round.last": "Last round.",
    "minute": "Minute {n} of {m}.",
    "minute.last": "Last minute.",
    "position.standing": "Standing.",
    "position.squat": "In a shallow squat.",
    "position.kneeling": "Kneeling.",
    "position.hands-and-knees": "On hands and knees.",
    "position.plank": "In a plank.",
    "position.back": "Lie on your back.",
    "position.front": "Lie on your front.",
    "position.side": "Lie on your side.",
    "position.sitting": "Sit down.",
    "position.hanging": "Hang from the bar.",
    # Pauses
    "ready": "Get ready.",
    "rest": "Rest, {duration}.",
    "rest.short": "Rest.",
    "set": "Set {n} of {m}.",
    "set.short": "Set {n}.",
    "set.last": "Last set, {n} of {m}.",
    "set.now": "Set {n}, {amount}.",
    "set.now.last": "Last set, {amount}.",
    "part": "Part {n}, {amount}.",
    "part.last": "Last part, {amount}.",
    "part.next": "part {n}",
    "drop": "Drop to {load}: {amount}.",
    "drop.lighter": "Take less weight: {amount}.",
    "drop.less": "less weight",
    "rack": "Rack. {duration}.",
    "rack.short": "Rack.",
    "next_in": "Next one in {duration}.",
    "time": "Time.",
    "again": "{name}.",
    "again.side": "{name}, {side}.",
    "again.set": "{name}, set {n}.",
    "switch": "Switch sides. {side}.",
    "switch.short": "{side}.",
    "switch.shortest": "{way}.",
    "switch.over": "Turn over. {side}.",
    # During work
    "go": "Go",
    "last_three": "Last three",
    "bonus": "{n} more if you can",
    "bonus.short": "{n} more",
    "hold_next": "Next rep, hold at the top",
    "hold_next.short": "Hold at the top",
    "hold_next.shortest": "Hold high",
    "bonus.seconds.one": "one more second if you can",
    "bonus.seconds.other": "{n} more seconds if you can",
    "bonus.seconds.short": "{n} more",
    "lower": "And lower",
    "half": "Half way",
    "ten_seconds": "Ten seconds",
    "turn": "Turn around",
    "about_half": "About half",
    "half_minute": "Half a minute",
    "last_ones": "Last ones",
    "open.max.go": "As many as you can; stop when they slow",
    "open.more.go": "And more if you can",
    "open.total.go": "{amount}, in as many parts as you like",
    "open.go": "{amount}",
    "breath.in": "In",
    "breath.out": "Out",
    "breath.hold": "Hold",
    "last_breath": "Last one",
    "then": "{duration}, then {name}",
    # Blocks, and work that runs on
    "rounds.one": "one round",
    "rounds.other": "{n} rounds",
    "block.rounds": "{rounds}.",
    "block.every": "A new round every {duration}.",
    "block.minute": "A new one with every minute.",
    "block.amrap": "AMRAP",
    "block.for_time": "For Time",
    "amrap": "{duration}, as many rounds as you can, at your own pace.",
    "for_time": "For time, {duration} at most.",
    "own_pace.go": "At your own pace",
    "done_early": "Done early? Skip to the next chapter.",
    "tasks.each": "{amounts} of each: {names}.",
    "tasks.rounds": "{rounds}: {tasks}.",
    "task": "{name}, {amount}",
    "task.reps": "{n} {name}",
    "task.rest": "rest {duration}",
    "left": "{duration} to go.",
    "elapsed": "{duration} gone.",
    "time.amrap": "Time. Keep your number.",
    "then.soon": "Then {name}.",
    "then.after": "Then {name}, {amount}.",
    "round.next": "round {n}",
    "set.next": "set {n}",
    "done_to_go": "{done} done, {left} to go.",
    "all_done": "All {done} done.",
    "last_one": "The last one.",
    # Last words
    "outro.done": "Done.",
    "outro.length": "That was {title}, {minutes}.",
    "outro.work": "You did {work}.",
    "outro.well": "Well done. Walk around and let your breath settle.",
    # Chapters
    "chapter.intro": "Introduction",
    "chapter.outro": "Finish",
    "chapter.left": "left",
    "chapter.right": "right",
    "chapter.set": "set {n}/{m}",
    "chapter.part": "part {n}/{m}",
    "chapter.round": "round {n}/{m}",
    # Amounts
    "range": "{low} to {high}",
    "each": "{amount} on each side",
    "each.leg": "{amount} with each leg",
    "each.arm": "{amount} with each arm",
    "in_all": "{amount} in all",
    "by_side": "{left} on the left, {right} on the right",
    "with_load": "{load}: {amount}",
    "pause.top": "{amount}, {duration} at the top",
    "pause.bottom": "{amount}, {duration} at the bottom",
    "tempo": "{amount}: {tempo}",
    "tempo.down": "{n} down",
    "tempo.hold": "hold {n}",
    "tempo.up": "{n} up",
    "phase.in": "in {n}",
    "phase.hold": "hold {n}",
    "phase.out": "out {n}",
    "open.max": "as many as you can",
    "open.at_least": "{reps}, and more if you can",
    "open.pace": "{amount} at your own pace",
    "breaths.one": "one breath",
    "breaths.other": "{n} breaths",
    "calories.one": "one calorie",
    "calories.other": "{n} calories",
    "reps.one": "one rep",
    "reps.other": "{n} reps",
    "steps.one": "one step",
    "steps.other": "{n} steps",
    "pulses.one": "one pulse",
    "pulses.other": "{n} pulses",
    "sets.one": "one set",
    "sets.other": "{n} sets",
    "exercises.one": "one exercise",
    "exercises.other": "{n} exercises",
    "minutes.one": "one minute",
    "minutes.other": "{n} minutes",
    "seconds.one": "one second",
    "seconds.other": "{n} seconds",
    "distance.ft.one": "one foot",
    "distance.ft.other": "{n} feet",
    "distance.m.one": "one metre",
    "distance.m.other": "{n} metres",
    "distance.km.one": "one kilometre",
    "distance.km.other": "{n} kilometres",
    "distance.mi.one": "one mile",
    "distance.mi.other": "{n} miles",
    "distance.yd.one": "one yard",
    "distance.yd.other": "{n} yards",
    "duration": "{minutes}, {seconds}",
    "hold": "hold for {duration}",
    "timed": "{duration}",
    "carry.back": "{distance} out and back",
    "carry.one_way": "{distance}",
    "laps.one": "once across the room",
    "laps.other": "{n} times across the room",
    "weight.kg.one": "one kilo",
    "weight.kg.other": "{n} kilos",
    "weight.lb.one": "one pound",
    "weight.lb.other": "{n} pounds",
    "weight.added": "{weight} added",
    "load.each": "{count} times {weight}",
    "load.kit": "{kit} of {weight}",
    # Sides
    "side.left": "left",
    "side.right": "right",
    "side.left.leg": "left leg",
    "side.right.leg": "right leg",
    "side.left.arm": "left arm",
    "side.right.arm": "right arm",
    "side.left.side": "left side",
    "side.right.side": "right side",
    # Things to have at hand
    "kit_optional": "{kit} if you like",
    "kit.mat.one": "a mat",
    "kit.mat.other": "{n} mats",
    "kit.dumbbell.one": "one dumbbell",
    "kit.dumbbell.other": "{n} dumbbells",
    "kit.kettlebell.one": "a kettlebell",
    "kit.kettlebell.other": "{n} kettlebells",
    "kit.loop-band.one": "a looped band",
    "kit.loop-band.other": "{n} looped bands",
    "kit.band.one": "a long band",
    "kit.band.other": "{n} long bands",
    "kit.step.one": "a step",
    "kit.step.other": "{n} steps",
    "kit.chair.one": "a chair",
    "kit.chair.other": "{n} chairs",
    "kit.wall.one": "a free wall",
    "kit.wall.other": "{n} free walls",
    "kit.towel.one": "a towel",
    "kit.towel.other": "{n} towels",
    "kit.pull-up-bar.one": "a pull-up bar",
    "kit.pull-up-bar.other": "{n} pull-up bars",
    "kit.table.one": "a sturdy table",
    "kit.table.other": "{n} sturdy tables",
    "kit.rope.one": "a skipping rope",
    "kit.rope.other": "{n} skipping ropes",
    "kit.backpack.one": "a loaded backpack",
    "kit.backpack.other": "{n} loaded backpacks",
    "kit.bottle.one": "a full bottle",
    "kit.bottle.other": "{n} full bottles",
    "kit.barbell.one": "a barbell",
    "kit.barbell.other": "{n} barbells",
    "kit.bar.one": "a bar",
    "kit.bar.other": "{n} bars",
    "kit.plate.one": "a weight plate",
    "kit.plate.other": "{n} weight plates",
    "kit.bag.one": "a loaded bag",
    "kit.bag.other": "{n} loaded bags",
    "kit.sandbag.one": "a sandbag",
    "kit.sandbag.other": "{n} sandbags",
    "kit.vest.one": "a weight vest",
    "kit.vest.other": "{n} weight vests",
    "kit.ball.one": "a medicine ball",
    "kit.ball.other": "{n} medicine balls",
}

# fmt: off
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
DECIMAL = "."


def number(n: int) -> str:
    """Number words for 0 to 999.

    >>> number(17), number(45), number(100), number(212)
    ('seventeen', 'forty-five', 'one hundred', 'two hundred and twelve')
    """
    if n < 20:
        return ONES[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    hundreds, rest = divmod(n, 100)
    return f"{ONES[hundreds]} hundred" + (f" and {number(rest)}" if rest else "")


def counted(n: int, noun: str) -> str:
    """Number words before a noun: the same for all of them."""
    return number(n)


def singular(n: float) -> bool:
    """Whether an amount is followed by the singular."""
    return n == 1


def listed(words: Sequence[str]) -> str:
    """Words as a list.

    >>> listed(["a mat", "a step", "a towel"])
    'a mat, a step and a towel'
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def plural(name: str, n: int) -> str:
    """The name of an exercise behind a number.

    >>> plural("Push-Up", 10), plural("Crunch", 5), plural("Burpees", 3), plural("Squat", 1)
    ('Push-Ups', 'Crunches', 'Burpees', 'Squat')
    """
    if n == 1 or (name.endswith("s") and not name.endswith("ss")):
        return name
    return f"{name}es" if name.endswith(("ss", "ch", "sh", "x")) else f"{name}s"
