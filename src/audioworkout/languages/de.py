"""German: informal address, everything put into a blank in a case that needs no ending.

Amounts stand in the nominative, kit in the accusative (after `Leg bereit` and `Du brauchst`), sides
without an article. Names of exercises follow a colon or `Es folgt`, never a preposition.
"""

from __future__ import annotations

from collections.abc import Sequence

PHRASES: dict[str, str] = {
    # First words
    "intro.title": "{title}.",
    "intro.length": "Etwa {minutes}.",
    "intro.kit": "Leg bereit: {kit}.",
    "intro.no_kit": "Du brauchst keine Geräte.",
    "intro.stop": "Hör auf, wenn etwas wehtut.",
    "intro.pause": "Halte die Wiedergabe an, wenn du länger brauchst.",
    "intro.first": "Erste Übung: {name}.",
    # What comes next
    "next": "Es folgt {name}.",
    "sets": "{sets}, {amount}.",
    "sets.list": "{sets}: {list}.",
    "sets.ladder": "{sets}, von {low} bis {high}.",
    "sets.pyramid": "{sets}, von {low} bis {high} und zurück.",
    "sets.many": "{sets}, der erste: {amount}.",
    "sets.parts": "{sets} in Teilen: {list}.",
    "parts": "In {n} Teilen: {list}.",
    "parts.lighter": "Dropsatz: {list}.",
    "amount": "{amount}.",
    "alternating": "Im Wechsel, {side} zuerst.",
    "side_first": "{side} zuerst.",
    "side_now": "{side}.",
    "side_only": "Nur {side}.",
    "every": "Intervall: {duration}.",
    "window": "Du hast {duration}.",
    "finisher": "Bei der letzten Wiederholung {pulses}.",
    "kit": "Du brauchst {kit}.",
    "load": "Nimm {load}.",
    "load.at": "Mit {load}.",
    "effort.rpe": "Anstrengung {n} von zehn.",
    "effort.rir.none": "Bis nichts mehr geht.",
    "effort.rir.one": "Eine im Tank lassen.",
    "effort.rir.other": "{n} im Tank lassen.",
    "effort.percent": "{n} Prozent.",
    "effort.zone": "Zone {n}.",
    "effort.rate": "Frequenz {n}.",
    "effort.pace": "{duration} auf {distance}.",
    "effort.pace.km": "{duration} pro Kilometer.",
    "effort.pace.mi": "{duration} pro Meile.",
    "effort.easy": "Locker.",
    "effort.moderate": "Mittel.",
    "effort.hard": "Hart.",
    "effort.light": "Leicht.",
    "effort.heavy": "Schwer.",
    "effort.slow": "Langsam.",
    "effort.fast": "Schnell.",
    "effort.steady": "Gleichmäßig.",
    "effort.relaxed": "Entspannt.",
    "effort.gentle": "Sanft.",
    "effort.brisk": "Zügig.",
    "effort.sprint": "Im Sprint.",
    "effort.free": "Im Freistil.",
    "effort.kick": "Nur die Beine.",
    "effort.ramp": "Immer schneller.",
    "effort.bodyweight": "Mit dem eigenen Gewicht.",
    "effort.explosive": "Explosiv.",
    "effort.controlled": "Kontrolliert.",
    "effort.all-out": "Alles geben.",
    "round": "Runde {n} von {m}.",
    "round.last": "Letzte Runde.",
    "minute": "Minute {n} von {m}.",
    "minute.last": "Letzte Minute.",
    "position.standing": "Im Stehen.",
    "position.squat": "In der halben Kniebeuge.",
    "position.kneeling": "Im Kniestand.",
    "position.hands-and-knees": "Im Vierfüßlerstand.",
    "position.plank": "Im Stütz.",
    "position.back": "In Rückenlage.",
    "position.front": "In Bauchlage.",
    "position.side": "In Seitenlage.",
    "position.sitting": "Setz dich hin.",
    "position.hanging": "Häng dich an die Stange.",
    # Pauses
    "ready": "Mach dich bereit.",
    "rest": "Pause, {duration}.",
    "rest.short": "Pause.",
    "set": "Satz {n} von {m}.",
    "set.short": "Satz {n}.",
    "set.last": "Letzter Satz, {n} von {m}.",
    "set.now": "Satz {n}, {amount}.",
    "set.now.last": "Letzter Satz, {amount}.",
    "part": "Teil {n}, {amount}.",
    "part.last": "Letzter Teil, {amount}.",
    "part.next": "Teil {n}",
    "drop": "Runter auf {load}: {amount}.",
    "drop.lighter": "Weniger Gewicht: {amount}.",
    "drop.less": "weniger Gewicht",
    "rack": "Ablegen. {duration}.",
    "rack.short": "Ablegen.",
    "next_in": "Weiter in {duration}.",
    "time": "Zeit.",
    "again": "{name}.",
    "again.side": "{name}, {side}.",
    "again.set": "{name}, Satz {n}.",
    "switch": "Seitenwechsel. {side}.",
    "switch.short": "{side}.",
    "switch.shortest": "{way}.",
    "switch.over": "Dreh dich um. {side}.",
    # During work
    "go": "Los",
    "last_three": "Noch drei",
    "bonus": "Noch {n}, wenn es geht",
    "bonus.short": "Noch {n}",
    "hold_next": "Die nächste oben halten",
    "hold_next.short": "Oben halten",
    "hold_next.shortest": "Halten",
    "bonus.seconds.one": "noch eine Sekunde, wenn es geht",
    "bonus.seconds.other": "noch {n} Sekunden, wenn es geht",
    "bonus.seconds.short": "Noch {n}",
    "lower": "Und senken",
    "half": "Halbzeit",
    "ten_seconds": "Zehn Sekunden",
    "turn": "Umdrehen",
    "about_half": "Etwa die Hälfte",
    "half_minute": "Halbe Minute",
    "last_ones": "Die letzten",
    "open.max.go": "So viele es gehen; hör auf, wenn sie langsam werden",
    "open.more.go": "Und mehr, wenn es geht",
    "open.total.go": "{amount}, in beliebig vielen Teilen",
    "open.go": "{amount}",
    "breath.in": "Ein",
    "breath.out": "Aus",
    "breath.hold": "Halten",
    "last_breath": "Der letzte",
    "then": "{duration}, dann {name}",
    # Blocks, and work that runs on
    "rounds.one": "{n} Runde",
    "rounds.other": "{n} Runden",
    "block.rounds": "{rounds}.",
    "block.every": "Intervall: {duration}.",
    "block.minute": "Mit jeder Minute beginnt die nächste.",
    "block.amrap": "AMRAP",
    "block.for_time": "Auf Zeit",
    "amrap": "{duration}, so viele Runden wie möglich, in deinem Tempo.",
    "for_time": "Auf Zeit, höchstens {duration}.",
    "own_pace.go": "In deinem Tempo",
    "done_early": "Früher fertig? Spring zum nächsten Kapitel.",
    "tasks.each": "Von jedem {amounts}: {names}.",
    "tasks.rounds": "{rounds}: {tasks}.",
    "task": "{name}, {amount}",
    "task.reps": "{n} mal {name}",
    "task.rest": "Pause, {duration}",
    "left": "Noch {duration}.",
    "elapsed": "{duration} vorbei.",
    "time.amrap": "Zeit. Merk dir deine Zahl.",
    "then.soon": "Dann {name}.",
    "then.after": "Danach {name}, {amount}.",
    "round.next": "Runde {n}",
    "set.next": "Satz {n}",
    "done_to_go": "{done} geschafft, noch {left}.",
    "all_done": "Alle {done} geschafft.",
    "last_one": "Das letzte Mal.",
    # Last words
    "outro.done": "Fertig.",
    "outro.length": "Das war {title}, {minutes}.",
    "outro.work": "Geschafft: {work}.",
    "outro.well": "Gut gemacht. Geh noch etwas umher und komm zu Atem.",
    # Chapters
    "chapter.intro": "Einführung",
    "chapter.outro": "Abschluss",
    "chapter.left": "links",
    "chapter.right": "rechts",
    "chapter.set": "Satz {n}/{m}",
    "chapter.part": "Teil {n}/{m}",
    "chapter.round": "Runde {n}/{m}",
    # Amounts
    "range": "{low} bis {high}",
    "each": "{amount} pro Seite",
    "each.leg": "{amount} pro Bein",
    "each.arm": "{amount} pro Arm",
    "in_all": "insgesamt {amount}",
    "by_side": "{left} links, {right} rechts",
    "with_load": "{load}: {amount}",
    "pause.top": "{amount}, {duration} oben halten",
    "pause.bottom": "{amount}, {duration} unten halten",
    "tempo": "{amount}: {tempo}",
    "tempo.down": "{n} runter",
    "tempo.hold": "{n} halten",
    "tempo.up": "{n} hoch",
    "phase.in": "{n} ein",
    "phase.hold": "{n} halten",
    "phase.out": "{n} aus",
    "open.max": "so viele es gehen",
    "open.at_least": "{reps}, und mehr, wenn es geht",
    "open.pace": "{amount} in deinem Tempo",
    "breaths.one": "ein Atemzug",
    "breaths.other": "{n} Atemzüge",
    "calories.one": "eine Kalorie",
    "calories.other": "{n} Kalorien",
    "reps.one": "eine Wiederholung",
    "reps.other": "{n} Wiederholungen",
    "steps.one": "ein Schritt",
    "steps.other": "{n} Schritte",
    "pulses.one": "einmal nachfedern",
    "pulses.other": "{n}mal nachfedern",
    "sets.one": "ein Satz",
    "sets.other": "{n} Sätze",
    "exercises.one": "eine Übung",
    "exercises.other": "{n} Übungen",
    "minutes.one": "eine Minute",
    "minutes.other": "{n} Minuten",
    "seconds.one": "eine Sekunde",
    "seconds.other": "{n} Sekunden",
    "distance.ft.one": "ein Fuß",
    "distance.ft.other": "{n} Fuß",
    "distance.m.one": "ein Meter",
    "distance.m.other": "{n} Meter",
    "distance.km.one": "ein Kilometer",
    "distance.km.other": "{n} Kilometer",
    "distance.mi.one": "eine Meile",
    "distance.mi.other": "{n} Meilen",
    "distance.yd.one": "ein Yard",
    "distance.yd.other": "{n} Yards",
    "duration": "{minutes} und {seconds}",
    "hold": "{duration} halten",
    "timed": "{duration}",
    "carry.back": "{distance} hin und zurück",
    "carry.one_way": "{distance}",
    "laps.one": "einmal durch den Raum",
    "laps.other": "{n} Mal durch den Raum",
    "weight.kg.one": "ein Kilo",
    "weight.kg.other": "{n} Kilo",
    "weight.lb.one": "ein Pfund",
    "weight.lb.other": "{n} Pfund",
    "weight.added": "{weight} extra",
    "load.each": "{count} mal {weight}",
    "load.kit": "{kit}, {weight}",
    # Sides
    "side.left": "links",
    "side.right": "rechts",
    "side.left.leg": "linkes Bein",
    "side.right.leg": "rechtes Bein",
    "side.left.arm": "linker Arm",
    "side.right.arm": "rechter Arm",
    "side.left.side": "linke Seite",
    "side.right.side": "rechte Seite",
    # Things to have at hand
    "kit_optional": "nach Wunsch {kit}",
    "kit.mat.one": "eine Matte",
    "kit.mat.other": "{n} Matten",
    "kit.dumbbell.one": "eine Kurzhantel",
    "kit.dumbbell.other": "{n} Kurzhanteln",
    "kit.kettlebell.one": "eine Kugelhantel",
    "kit.kettlebell.other": "{n} Kugelhanteln",
    "kit.loop-band.one": "ein Miniband",
    "kit.loop-band.other": "{n} Minibänder",
    "kit.band.one": "ein langes Gummiband",
    "kit.band.other": "{n} lange Gummibänder",
    "kit.step.one": "eine Stufe",
    "kit.step.other": "{n} Stufen",
    "kit.chair.one": "einen Stuhl",
    "kit.chair.other": "{n} Stühle",
    "kit.wall.one": "eine freie Wand",
    "kit.wall.other": "{n} freie Wände",
    "kit.towel.one": "ein Handtuch",
    "kit.towel.other": "{n} Handtücher",
    "kit.pull-up-bar.one": "eine Klimmzugstange",
    "kit.pull-up-bar.other": "{n} Klimmzugstangen",
    "kit.table.one": "einen stabilen Tisch",
    "kit.table.other": "{n} stabile Tische",
    "kit.rope.one": "ein Springseil",
    "kit.rope.other": "{n} Springseile",
    "kit.backpack.one": "einen vollen Rucksack",
    "kit.backpack.other": "{n} volle Rucksäcke",
    "kit.bottle.one": "eine volle Flasche",
    "kit.bottle.other": "{n} volle Flaschen",
    "kit.barbell.one": "eine Langhantel",
    "kit.barbell.other": "{n} Langhanteln",
    "kit.bar.one": "eine Stange",
    "kit.bar.other": "{n} Stangen",
    "kit.plate.one": "eine Hantelscheibe",
    "kit.plate.other": "{n} Hantelscheiben",
    "kit.bag.one": "eine volle Tasche",
    "kit.bag.other": "{n} volle Taschen",
    "kit.sandbag.one": "einen Sandsack",
    "kit.sandbag.other": "{n} Sandsäcke",
    "kit.vest.one": "eine Gewichtsweste",
    "kit.vest.other": "{n} Gewichtswesten",
    "kit.ball.one": "einen Medizinball",
    "kit.ball.other": "{n} Medizinbälle",
    "kit.bench.one": "eine Hantelbank",
    "kit.bench.other": "{n} Hantelbänke",
    "kit.machine.one": "das Gerät",
    "kit.machine.other": "{n} Geräte",
    "kit.cable.one": "den Seilzug",
    "kit.cable.other": "{n} Seilzüge",
    "kit.medicine-ball.one": "einen Medizinball",
    "kit.medicine-ball.other": "{n} Medizinbälle",
    "kit.box.one": "eine stabile Kiste",
    "kit.box.other": "{n} stabile Kisten",
    "kit.dip-bars.one": "einen Barren",
    "kit.dip-bars.other": "{n} Barren",
    "kit.rings.one": "Turnringe",
    "kit.rings.other": "{n} Paar Turnringe",
    "kit.trx.one": "einen Schlingentrainer",
    "kit.trx.other": "{n} Schlingentrainer",
    "kit.sliders.one": "Gleitscheiben",
    "kit.sliders.other": "{n} Paar Gleitscheiben",
    "kit.foam-roller.one": "eine Faszienrolle",
    "kit.foam-roller.other": "{n} Faszienrollen",
    "kit.climbing-rope.one": "ein Kletterseil",
    "kit.climbing-rope.other": "{n} Kletterseile",
    "kit.battle-rope.one": "ein Schwungseil",
    "kit.battle-rope.other": "{n} Schwungseile",
    "kit.sled.one": "einen Schlitten",
    "kit.sled.other": "{n} Schlitten",
    "kit.bike.one": "ein Fahrrad",
    "kit.bike.other": "{n} Fahrräder",
    "kit.air-bike.one": "ein Fahrrad mit Luftwiderstand",
    "kit.air-bike.other": "{n} Fahrräder mit Luftwiderstand",
    "kit.rowing-machine.one": "ein Rudergerät",
    "kit.rowing-machine.other": "{n} Rudergeräte",
    "kit.treadmill.one": "ein Laufband",
    "kit.treadmill.other": "{n} Laufbänder",
    "kit.pool.one": "ein Schwimmbecken",
    "kit.pool.other": "{n} Schwimmbecken",
}

# fmt: off
ONES = (
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn",
    "neunzehn",
)
TENS = (
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
)
# fmt: on
DECIMAL = ","
FEMININE = frozenset(
    {"reps", "exercises", "minutes", "seconds", "calories", "distance.mi", "rounds"}
)


def number(n: int) -> str:
    """Number words for 0 to 999.

    >>> number(17), number(45), number(100), number(212)
    ('siebzehn', 'fünfundvierzig', 'einhundert', 'zweihundertzwölf')
    """
    if n < 20:
        return ONES[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return (f"{_digit_in_word(ones)}und" if ones else "") + TENS[tens]
    hundreds, rest = divmod(n, 100)
    return f"{_digit_in_word(hundreds)}hundert" + (number(rest) if rest else "")


def _digit_in_word(digit: int) -> str:
    """A digit within a longer word: `ein`, not `eins`."""
    return "ein" if digit == 1 else ONES[digit]


def counted(n: int, noun: str) -> str:
    """Number words before a noun; one takes its gender.

    >>> counted(1, "reps"), counted(1, "sets"), counted(21, "reps"), counted(101, "reps")
    ('eine', 'ein', 'einundzwanzig', 'einhundertein')
    """
    if n % 100 != 1:
        return number(n)
    one = number(n).removesuffix("s")
    return f"{one}e" if n == 1 and noun in FEMININE else one


def singular(n: float) -> bool:
    """Whether an amount is followed by the singular."""
    return n == 1


def listed(words: Sequence[str]) -> str:
    """Words as a list.

    >>> listed(["eine Matte", "einen Stuhl", "ein Handtuch"])
    'eine Matte, einen Stuhl und ein Handtuch'
    """
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def plural(name: str, n: int) -> str:
    """The name of an exercise behind a number: as it is."""
    return name
