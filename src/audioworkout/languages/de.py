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
    "amount": "{amount}.",
    "amount.sides": "{amount} pro Seite.",
    "amount.sides.leg": "{amount} pro Bein.",
    "amount.sides.arm": "{amount} pro Arm.",
    "sets.each": "{sets}, {amount} pro Seite.",
    "sets.each.leg": "{sets}, {amount} pro Bein.",
    "sets.each.arm": "{sets}, {amount} pro Arm.",
    "alternating": "Im Wechsel, {side} zuerst.",
    "side_first": "{side} zuerst.",
    "side_now": "{side}.",
    "finisher": "Bei der letzten Wiederholung {pulses}.",
    "kit": "Du brauchst {kit}.",
    "load": "Nimm {load}.",
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
    "chapter.round": "Runde {n}/{m}",
    # Amounts
    "range": "{low} bis {high}",
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
FEMININE = frozenset({"reps", "exercises", "minutes", "seconds"})


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
