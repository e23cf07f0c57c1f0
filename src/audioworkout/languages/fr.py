"""French: informal address; no template ends in `de`, `le` or `que` before a blank.

So nothing is ever elided. Numbers agree with their noun (`vingt et une secondes`), and amounts
below two are singular (`zéro seconde`, `1,5 kilo`): their `.one` forms keep the number.
"""

from __future__ import annotations

from collections.abc import Sequence

PHRASES: dict[str, str] = {
    # First words
    "intro.title": "{title}.",
    "intro.length": "Environ {minutes}.",
    "intro.kit": "Prépare {kit}.",
    "intro.no_kit": "Aucun matériel nécessaire.",
    "intro.stop": "Arrête si tu as mal.",
    "intro.pause": "Mets sur pause si tu as besoin de temps.",
    "intro.first": "Premier exercice, {name}.",
    # What comes next
    "next": "Ensuite {name}.",
    "next.at": "Ensuite {name}, {at}.",
    "place": "{n} sur {m}.",
    "place.last": "Dernier exercice.",
    "at.standing": "debout",
    "at.squat": "en légère flexion",
    "at.kneeling": "à genoux",
    "at.hands-and-knees": "à quatre pattes",
    "at.plank": "en planche",
    "at.back": "sur le dos",
    "at.front": "sur le ventre",
    "at.side": "sur le côté",
    "at.sitting": "en position assise",
    "at.hanging": "à la barre",
    "sets": "{sets}, {amount}.",
    "sets.list": "{sets} : {list}.",
    "sets.ladder": "{sets}, {low} à {high}.",
    "sets.pyramid": "{sets}, {low} à {high}, puis retour.",
    "sets.many": "{sets}, la première : {amount}.",
    "sets.parts": "{sets} en parties : {list}.",
    "parts": "En {n} parties : {list}.",
    "parts.lighter": "Série dégressive : {list}.",
    "amount": "{amount}.",
    "alternating": "Alterne, {side} d'abord.",
    "side_first": "{side} d'abord.",
    "side_now": "{side}.",
    "side_only": "{side} seulement.",
    "every": "Intervalle : {duration}.",
    "window": "Tu as {duration}.",
    "finisher": "À la dernière répétition, {pulses}.",
    "kit": "Il te faut {kit}.",
    "load": "Avec {load}.",
    "load.at": "Avec {load}.",
    "effort.rpe": "Effort {n} sur dix.",
    "effort.rir.none": "Jusqu'au bout.",
    "effort.rir.one": "Garde {n} répétition en réserve.",
    "effort.rir.other": "Garde {n} répétitions en réserve.",
    "effort.percent": "{n} pour cent.",
    "effort.zone": "Zone {n}.",
    "effort.rate": "Cadence {n}.",
    "effort.pace": "{duration} pour {distance}.",
    "effort.pace.km": "{duration} au kilomètre.",
    "effort.pace.mi": "{duration} au mile.",
    "effort.easy": "Facile.",
    "effort.moderate": "Modéré.",
    "effort.hard": "Dur.",
    "effort.light": "Léger.",
    "effort.heavy": "Lourd.",
    "effort.slow": "Lentement.",
    "effort.fast": "Vite.",
    "effort.steady": "Régulier.",
    "effort.relaxed": "Détendu.",
    "effort.gentle": "En douceur.",
    "effort.brisk": "D'un bon pas.",
    "effort.sprint": "Au sprint.",
    "effort.free": "En nage libre.",
    "effort.kick": "Jambes seules.",
    "effort.ramp": "De plus en plus vite.",
    "effort.bodyweight": "Au poids du corps.",
    "effort.explosive": "Explosif.",
    "effort.controlled": "Avec contrôle.",
    "effort.all-out": "À fond.",
    "round": "Tour {n} sur {m}.",
    "round.last": "Dernier tour.",
    "minute": "Minute {n} sur {m}.",
    "minute.last": "Dernière minute.",
    "position.standing": "Lève-toi.",
    "position.squat": "Fléchis un peu les jambes.",
    "position.kneeling": "Mets-toi à genoux.",
    "position.hands-and-knees": "Mets-toi à quatre pattes.",
    "position.plank": "Mets-toi en planche.",
    "position.back": "Allonge-toi sur le dos.",
    "position.front": "Allonge-toi sur le ventre.",
    "position.side": "Allonge-toi sur le côté.",
    "position.side.limb": "Allonge-toi, {under} au sol, {top} en haut.",
    "position.sitting": "Assieds-toi.",
    "position.hanging": "Suspends-toi à la barre.",
    "demand.top": "Tiens {duration} en haut.",
    "demand.bottom": "Tiens {duration} en bas.",
    "demand.tempo": "{tempo}.",
    # Pauses
    "ready": "Prépare-toi.",
    "rest": "Repos, {duration}.",
    "rest.short": "Repos.",
    "rest.left": "Encore {duration}.",
    "rest.left.2": "Il te reste {duration}.",
    "rest.left.3": "Il y a encore {duration}.",
    "sip": "Bois une gorgée d'eau.",
    "sip.2": "Une gorgée d'eau maintenant.",
    "sip.3": "Bois un peu d'eau.",
    "sip.4": "C'est le moment de boire.",
    "recover": "Secoue les bras et les jambes.",
    "recover.2": "Laisse ton souffle se calmer.",
    "recover.3": "Relâche les épaules.",
    "recover.4": "Expire lentement.",
    "recover.5": "Respire une fois à fond.",
    "recover.6": "Détends les mains et la mâchoire.",
    "half_workout": "La moitié de la séance est faite. Encore {minutes}.",
    "feel.weight": "Prends un poids que tu pourrais soulever {n} fois.",
    "feel.reps.one": "Effort {n} sur dix : une de plus devrait encore passer.",
    "feel.reps.other": "Effort {n} sur dix : {m} de plus devraient encore passer.",
    "feel.interval": "Aussi fort que tu peux tenir {duration}.",
    "feel.steady": "À une allure où tu pourrais encore parler.",
    "feel.stretch": "Étire jusqu'à le sentir, jamais jusqu'à la douleur.",
    "set": "Série {n} sur {m}.",
    "set.short": "Série {n}.",
    "set.last": "Dernière série, {n} sur {m}.",
    "set.last.day": "La dernière série du jour.",
    "set.now": "Série {n}, {amount}.",
    "set.now.last": "Dernière série, {amount}.",
    "part": "Partie {n}, {amount}.",
    "part.last": "Dernière partie, {amount}.",
    "part.next": "partie {n}",
    "drop": "Descends à {load} : {amount}.",
    "drop.lighter": "Moins lourd : {amount}.",
    "drop.less": "moins lourd",
    "rack": "Repose la charge. {duration}.",
    "rack.short": "Repose la charge.",
    "next_in": "La suivante dans {duration}.",
    "time": "Temps.",
    "again": "{name}.",
    "again.side": "{name}, {side}.",
    "again.set": "{name}, série {n}.",
    "switch": "Change de côté. {side}.",
    "switch.short": "{side}.",
    "switch.shortest": "{way}.",
    "switch.over": "Retourne-toi. {side}.",
    "switch.lie": "Tourne-toi, {under} au sol, {top} en haut.",
    # During work
    "go": "Allez",
    "last_three": "Plus que trois",
    "last_three.2": "Les trois dernières",
    "last_three.3": "Encore trois",
    "last_three.4": "Il en reste trois",
    "bonus": "Encore {n} si tu peux",
    "bonus.2": "Encore {n}, en forme",
    "bonus.3": "Encore {n} si tu te sens bien",
    "bonus.4": "{n} de plus si tu veux",
    "bonus.short": "Encore {n}",
    "hold_next": "Reste en haut à la prochaine",
    "hold_next.short": "Reste en haut",
    "hold_next.shortest": "Tiens",
    "bonus.seconds.one": "encore une seconde si tu peux",
    "bonus.seconds.other": "encore {n} secondes si tu peux",
    "bonus.seconds.short": "Encore {n}",
    "lower": "Descends",
    "half": "La moitié",
    "half.2": "Mi-temps",
    "half.3": "La moitié est faite",
    "half.4": "Encore la moitié",
    "ten_seconds": "Dix secondes",
    "turn": "Demi-tour",
    "about_half": "Environ la moitié",
    "half_minute": "Une demi-minute",
    "last_ones": "Les dernières",
    "open.max.go": "Autant que possible ; arrête quand elles ralentissent",
    "open.more.go": "Et plus si tu peux",
    "open.total.go": "{amount}, en autant de fois qu'il faut",
    "open.go": "{amount}",
    "breath.in": "Inspire",
    "breath.out": "Expire",
    "breath.hold": "Bloque",
    "last_breath": "La dernière",
    "breathe": "Continue à respirer.",
    "breathe.2": "Ne bloque pas ta respiration.",
    "breathe.3": "Laisse filer ton souffle.",
    "breathe.4": "Expire à fond.",
    "easier": "Plus facile : {cue}",
    "cheer": "Continue comme ça.",
    "cheer.2": "Bon travail.",
    "cheer.3": "Tu peux le faire.",
    "cheer.4": "Ne lâche rien.",
    "cheer.5": "Tiens bon.",
    "cheer.6": "Voilà, comme ça.",
    "calm.last": "Encore une respiration",
    "calm.last.2": "Reste une respiration de plus",
    "calm.last.3": "Une dernière respiration lente",
    "then": "{duration}, puis {name}",
    # Blocks, and work that runs on
    "rounds.one": "{n} tour",
    "rounds.other": "{n} tours",
    "block.rounds": "{rounds}.",
    "block.every": "Intervalle : {duration}.",
    "block.minute": "À chaque minute commence la suivante.",
    "block.amrap": "AMRAP",
    "block.for_time": "Contre la montre",
    "amrap": "{duration}, autant de tours que possible, à ton rythme.",
    "for_time": "Contre la montre, {duration} au maximum.",
    "own_pace.go": "À ton rythme",
    "done_early": "Déjà fini ? Passe au chapitre suivant.",
    "tasks.each": "{amounts} de chaque : {names}.",
    "tasks.rounds": "{rounds} : {tasks}.",
    "task": "{name}, {amount}",
    "task.reps": "{name}, {n}",
    "task.rest": "repos, {duration}",
    "left": "Encore {duration}.",
    "elapsed": "Déjà {duration}.",
    "time.amrap": "Temps. Retiens ton nombre.",
    "then.soon": "Puis {name}.",
    "then.after": "Ensuite {name}, {amount}.",
    "round.next": "tour {n}",
    "set.next": "série {n}",
    "done_to_go": "{done} de faits, encore {left}.",
    "all_done": "Les {done} sont faits.",
    "last_one": "La dernière fois.",
    # Last words
    "outro.done": "C'est fini.",
    "outro.length": "C'était {title}, {minutes}.",
    "outro.work": "Tu as fait {work}.",
    "outro.well": "Bravo. Marche un peu et reprends ton souffle.",
    "outro.well.2": "Bon travail. Marche jusqu'à ce que ton souffle se calme.",
    "outro.well.3": "Tu y es. Bouge doucement encore une minute.",
    "outro.well.4": "Belle séance. Bois un peu et marche.",
    "outro.plain": "Marche un peu et reprends ton souffle.",
    "outro.calm": "Reste aussi longtemps que tu veux, puis lève-toi doucement.",
    # Programmes: first and last words of a session
    "programme.hello": "{name}, {programme}.",
    "programme.day": "Semaine {week}, jour {day}.",
    "programme.title": "{programme}, semaine {week}, jour {day}",
    "programme.new": "Nouveau aujourd'hui : {list}.",
    "programme.new.item": "{name}, {amount}",
    "programme.again": "La même chose que la dernière fois. Refais-la.",
    "programme.back": "Aujourd'hui, un pas en arrière pour mieux repartir.",
    "programme.held": "{list} : comme la dernière fois. On recommence.",
    "programme.lowered": "{list} : plus léger aujourd'hui, pour mieux repartir.",
    "programme.deload": "Cette semaine est plus légère, et c'est voulu.",
    "programme.test": "Aujourd'hui, c'est un test. Arrête-toi quand ta technique se dégrade.",
    "programme.best": "Note ton meilleur résultat.",
    "programme.pain": "Note ta douleur, de zéro à dix.",
    "programme.felt": "Note l'effort ressenti, de un à dix.",
    "programme.next": "La suite, {when} : semaine {week}, jour {day}.",
    "programme.next.list": "La suite, {when} : semaine {week}, jour {day}, avec {list}.",
    "programme.finished": "C'était la dernière séance : {programme}.",
    "programme.well": "Bravo, {name}.",
    "programme.on.mon": "lundi",
    "programme.on.tue": "mardi",
    "programme.on.wed": "mercredi",
    "programme.on.thu": "jeudi",
    "programme.on.fri": "vendredi",
    "programme.on.sat": "samedi",
    "programme.on.sun": "dimanche",
    # Chapters
    "chapter.intro": "Introduction",
    "chapter.outro": "Fin",
    "chapter.left": "gauche",
    "chapter.right": "droite",
    "chapter.set": "série {n}/{m}",
    "chapter.part": "partie {n}/{m}",
    "chapter.round": "tour {n}/{m}",
    # Amounts
    "range": "{low} à {high}",
    "each": "{amount} de chaque côté",
    "each.leg": "{amount} par jambe",
    "each.arm": "{amount} par bras",
    "in_all": "{amount} en tout",
    "by_side": "{left} à gauche, {right} à droite",
    "with_load": "{load} : {amount}",
    "pause.top": "{amount}, {duration} en haut",
    "pause.bottom": "{amount}, {duration} en bas",
    "tempo": "{amount} : {tempo}",
    "tempo.down": "{n} en descendant",
    "tempo.hold": "tiens {n}",
    "tempo.up": "{n} en montant",
    "phase.in": "inspire {n}",
    "phase.hold": "bloque {n}",
    "phase.out": "expire {n}",
    "open.max": "autant que possible",
    "open.at_least": "{reps}, et plus si tu peux",
    "open.pace": "{amount} à ton rythme",
    "breaths.one": "{n} respiration",
    "breaths.other": "{n} respirations",
    "calories.one": "{n} calorie",
    "calories.other": "{n} calories",
    "reps.one": "{n} répétition",
    "reps.other": "{n} répétitions",
    "steps.one": "{n} pas",
    "steps.other": "{n} pas",
    "pulses.one": "{n} pulsation",
    "pulses.other": "{n} pulsations",
    "sets.one": "{n} série",
    "sets.other": "{n} séries",
    "exercises.one": "{n} exercice",
    "exercises.other": "{n} exercices",
    "minutes.one": "{n} minute",
    "minutes.other": "{n} minutes",
    "seconds.one": "{n} seconde",
    "seconds.other": "{n} secondes",
    "distance.ft.one": "{n} pied",
    "distance.ft.other": "{n} pieds",
    "distance.m.one": "{n} mètre",
    "distance.m.other": "{n} mètres",
    "distance.km.one": "{n} kilomètre",
    "distance.km.other": "{n} kilomètres",
    "distance.mi.one": "{n} mile",
    "distance.mi.other": "{n} miles",
    "distance.yd.one": "{n} yard",
    "distance.yd.other": "{n} yards",
    "duration": "{minutes} et {seconds}",
    "hold": "tiens {duration}",
    "timed": "{duration}",
    "carry.back": "{distance} à l'aller et au retour",
    "carry.one_way": "{distance}",
    "laps.one": "{n} traversée de la pièce",
    "laps.other": "{n} traversées de la pièce",
    "weight.kg.one": "{n} kilo",
    "weight.kg.other": "{n} kilos",
    "weight.lb.one": "{n} livre",
    "weight.lb.other": "{n} livres",
    "weight.added": "{weight} en plus",
    "load.each": "{count} fois {weight}",
    "load.kit": "{kit}, {weight}",
    # Sides
    "side.left": "gauche",
    "side.right": "droite",
    "side.left.leg": "jambe gauche",
    "side.right.leg": "jambe droite",
    "side.left.arm": "bras gauche",
    "side.right.arm": "bras droit",
    "side.left.side": "côté gauche",
    "side.right.side": "côté droit",
    # Things to have at hand
    "kit_optional": "{kit} si tu veux",
    "kit.mat.one": "un tapis",
    "kit.mat.other": "{n} tapis",
    "kit.water.one": "de l'eau",
    "kit.water.other": "{n} bouteilles d'eau",
    "kit.dumbbell.one": "un haltère",
    "kit.dumbbell.other": "{n} haltères",
    "kit.kettlebell.one": "une kettlebell",
    "kit.kettlebell.other": "{n} kettlebells",
    "kit.loop-band.one": "une mini-bande élastique",
    "kit.loop-band.other": "{n} mini-bandes élastiques",
    "kit.band.one": "un long élastique",
    "kit.band.other": "{n} longs élastiques",
    "kit.step.one": "une marche",
    "kit.step.other": "{n} marches",
    "kit.chair.one": "une chaise",
    "kit.chair.other": "{n} chaises",
    "kit.wall.one": "un mur libre",
    "kit.wall.other": "{n} murs libres",
    "kit.towel.one": "une serviette",
    "kit.towel.other": "{n} serviettes",
    "kit.pull-up-bar.one": "une barre de traction",
    "kit.pull-up-bar.other": "{n} barres de traction",
    "kit.table.one": "une table solide",
    "kit.table.other": "{n} tables solides",
    "kit.rope.one": "une corde à sauter",
    "kit.rope.other": "{n} cordes à sauter",
    "kit.backpack.one": "un sac à dos chargé",
    "kit.backpack.other": "{n} sacs à dos chargés",
    "kit.bottle.one": "une bouteille pleine",
    "kit.bottle.other": "{n} bouteilles pleines",
    "kit.barbell.one": "une barre chargée",
    "kit.barbell.other": "{n} barres chargées",
    "kit.bar.one": "une barre",
    "kit.bar.other": "{n} barres",
    "kit.plate.one": "un disque",
    "kit.plate.other": "{n} disques",
    "kit.bag.one": "un sac chargé",
    "kit.bag.other": "{n} sacs chargés",
    "kit.sandbag.one": "un sac de sable",
    "kit.sandbag.other": "{n} sacs de sable",
    "kit.vest.one": "un gilet lesté",
    "kit.vest.other": "{n} gilets lestés",
    "kit.ball.one": "un médecine-ball",
    "kit.ball.other": "{n} médecine-balls",
    "kit.bench.one": "un banc",
    "kit.bench.other": "{n} bancs",
    "kit.machine.one": "la machine",
    "kit.machine.other": "{n} machines",
    "kit.cable.one": "la poulie",
    "kit.cable.other": "{n} poulies",
    "kit.medicine-ball.one": "un médecine-ball",
    "kit.medicine-ball.other": "{n} médecine-balls",
    "kit.box.one": "une caisse solide",
    "kit.box.other": "{n} caisses solides",
    "kit.dip-bars.one": "des barres parallèles",
    "kit.dip-bars.other": "{n} paires de barres parallèles",
    "kit.rings.one": "des anneaux",
    "kit.rings.other": "{n} paires d'anneaux",
    "kit.trx.one": "des sangles de suspension",
    "kit.trx.other": "{n} jeux de sangles de suspension",
    "kit.sliders.one": "des disques glissants",
    "kit.sliders.other": "{n} paires de disques glissants",
    "kit.foam-roller.one": "un rouleau de massage",
    "kit.foam-roller.other": "{n} rouleaux de massage",
    "kit.climbing-rope.one": "une corde à grimper",
    "kit.climbing-rope.other": "{n} cordes à grimper",
    "kit.battle-rope.one": "une corde ondulatoire",
    "kit.battle-rope.other": "{n} cordes ondulatoires",
    "kit.sled.one": "un traîneau",
    "kit.sled.other": "{n} traîneaux",
    "kit.bike.one": "un vélo",
    "kit.bike.other": "{n} vélos",
    "kit.air-bike.one": "un vélo à résistance d'air",
    "kit.air-bike.other": "{n} vélos à résistance d'air",
    "kit.rowing-machine.one": "un rameur",
    "kit.rowing-machine.other": "{n} rameurs",
    "kit.treadmill.one": "un tapis de course",
    "kit.treadmill.other": "{n} tapis de course",
    "kit.pool.one": "une piscine",
    "kit.pool.other": "{n} piscines",
}

# fmt: off
ONES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
# fmt: on
DECIMAL = ","
FEMININE = frozenset(
    {
        *("reps", "pulses", "sets", "minutes", "seconds", "laps", "weight.lb"),
        *("breaths", "calories"),
    }
)


def number(n: int) -> str:
    """Number words for 0 to 999.

    >>> number(17), number(71), number(80), number(95), number(200), number(212)
    ('dix-sept', 'soixante et onze', 'quatre-vingts', 'quatre-vingt-quinze', 'deux cents', \
'deux cent douze')
    """
    if n < 20:
        return ONES[n]
    if n < 80:
        tens = min(n // 10, 6)
        return _join_tens(TENS[tens], n - 10 * tens)
    if n < 100:
        return f"quatre-vingt-{ONES[n - 80]}" if n > 80 else "quatre-vingts"
    hundreds, rest = divmod(n, 100)
    cent = "cent" if hundreds == 1 else f"{ONES[hundreds]} cent"
    if not rest:
        return cent if hundreds == 1 else f"{cent}s"
    return f"{cent} {number(rest)}"


def _join_tens(tens: str, rest: int) -> str:
    """Twenty to seventy-nine: `vingt et un`, `vingt-deux`, `soixante et onze`."""
    if not rest:
        return tens
    return f"{tens} et {ONES[rest]}" if rest in (1, 11) else f"{tens}-{ONES[rest]}"


def counted(n: int, noun: str) -> str:
    """Number words before a noun, with its gender.

    >>> counted(1, "reps"), counted(21, "seconds"), counted(21, "steps"), counted(81, "reps")
    ('une', 'vingt et une', 'vingt et un', 'quatre-vingt-une')
    """
    words = number(n)
    return f"{words}e" if noun in FEMININE and words.endswith("un") else words


def singular(n: float) -> bool:
    """Whether an amount is followed by the singular: in French everything below two is."""
    return n < 2


def listed(words: Sequence[str]) -> str:
    """Words as a list.

    >>> listed(["un tapis", "une chaise", "une serviette"])
    'un tapis, une chaise et une serviette'
    """
    return " et ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def plural(name: str, n: int) -> str:
    """The name of an exercise behind a number: as it is."""
    return name


DISCLAIMER = "Arrête si tu as mal. Ceci n'est pas un avis médical."
"""The warning that stands in the tag of a file."""

ID3_CODE = b"fra"
"""The language in ID3 frames (ISO 639-2)."""

ESPEAK_VOICE = ("fr-fr", "roa/fr")
"""Name and identifier of the default voice of espeak-ng, known without looking at its data."""
