"""Spanish: informal address, words that are understood on both sides of the Atlantic.

Sides stand without an article, so that no template need know whether a leg or an arm follows.
Numbers agree with their noun: `veintiuna repeticiones`, `veintiún segundos`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PHRASES: dict[str, str] = {
    # First words
    "intro.title": "{title}.",
    "intro.length": "Alrededor de {minutes}.",
    "intro.kit": "Ten a mano: {kit}.",
    "intro.no_kit": "No necesitas material.",
    "intro.stop": "Para si algo te duele.",
    "intro.pause": "Pausa el audio si necesitas más tiempo.",
    "intro.first": "Primer ejercicio: {name}.",
    # What comes next
    "next": "Ahora toca {name}.",
    "next.at": "Ahora toca {name}, {at}.",
    "place": "{n} de {m}.",
    "place.last": "Último ejercicio.",
    "at.standing": "de pie",
    "at.squat": "en media sentadilla",
    "at.kneeling": "de rodillas",
    "at.hands-and-knees": "a cuatro apoyos",
    "at.plank": "en plancha",
    "at.back": "boca arriba",
    "at.front": "boca abajo",
    "at.side": "de lado",
    "at.sitting": "en posición sentada",
    "at.hanging": "en la barra",
    "sets": "{sets}, {amount}.",
    "sets.list": "{sets}: {list}.",
    "sets.ladder": "{sets}, de {low} a {high}.",
    "sets.pyramid": "{sets}, de {low} a {high} y de vuelta.",
    "sets.many": "{sets}, la primera: {amount}.",
    "sets.parts": "{sets} por partes: {list}.",
    "parts": "En {n} partes: {list}.",
    "parts.lighter": "Serie descendente: {list}.",
    "amount": "{amount}.",
    "alternating": "Alterna, {side} primero.",
    "side_first": "{side} primero.",
    "side_now": "{side}.",
    "side_only": "Solo {side}.",
    "every": "Salida cada {duration}.",
    "window": "Tienes {duration}.",
    "finisher": "En la última repetición, {pulses}.",
    "kit": "Necesitas {kit}.",
    "load": "Con {load}.",
    "load.at": "Con {load}.",
    "effort.rpe": "Esfuerzo {n} de diez.",
    "effort.rir.none": "Hasta no poder más.",
    "effort.rir.one": "Deja una en reserva.",
    "effort.rir.other": "Deja {n} en reserva.",
    "effort.percent": "{n} por ciento.",
    "effort.zone": "Zona {n}.",
    "effort.rate": "Ritmo {n}.",
    "effort.pace": "{duration} por {distance}.",
    "effort.pace.km": "{duration} por kilómetro.",
    "effort.pace.mi": "{duration} por milla.",
    "effort.easy": "Suave.",
    "effort.moderate": "Medio.",
    "effort.hard": "Fuerte.",
    "effort.light": "Ligero.",
    "effort.heavy": "Pesado.",
    "effort.slow": "Despacio.",
    "effort.fast": "Rápido.",
    "effort.steady": "Constante.",
    "effort.relaxed": "Sin tensión.",
    "effort.gentle": "Con suavidad.",
    "effort.brisk": "A buen paso.",
    "effort.sprint": "Al máximo.",
    "effort.free": "Estilo libre.",
    "effort.kick": "Solo piernas.",
    "effort.ramp": "Cada vez más rápido.",
    "effort.bodyweight": "Con tu propio peso.",
    "effort.explosive": "Explosivo.",
    "effort.controlled": "Con control.",
    "effort.all-out": "A tope.",
    "round": "Ronda {n} de {m}.",
    "round.last": "Última ronda.",
    "minute": "Minuto {n} de {m}.",
    "minute.last": "Último minuto.",
    "position.standing": "Ponte de pie.",
    "position.squat": "Baja a media sentadilla.",
    "position.kneeling": "Ponte de rodillas.",
    "position.hands-and-knees": "Ponte a cuatro apoyos.",
    "position.plank": "Ponte en plancha.",
    "position.back": "Túmbate boca arriba.",
    "position.front": "Túmbate boca abajo.",
    "position.side": "Túmbate de lado.",
    "position.side.limb": "Túmbate sobre el {under}, {top} arriba.",
    "position.sitting": "Siéntate.",
    "position.hanging": "Cuélgate de la barra.",
    "demand.top": "Mantén {duration} arriba.",
    "demand.bottom": "Mantén {duration} abajo.",
    "demand.tempo": "{tempo}.",
    # Pauses
    "ready": "Prepárate.",
    "rest": "Descansa {duration}.",
    "rest.short": "Descansa.",
    "rest.left": "Quedan {duration}.",
    "rest.left.2": "Aún {duration}.",
    "rest.left.3": "Otros {duration}.",
    "sip": "Bebe un sorbo de agua.",
    "sip.2": "Un sorbo de agua ahora.",
    "sip.3": "Bebe un poco de agua.",
    "sip.4": "Es momento de beber.",
    "recover": "Sacude brazos y piernas.",
    "recover.2": "Deja que se calme el aliento.",
    "recover.3": "Afloja los hombros.",
    "recover.4": "Suelta el aire despacio.",
    "recover.5": "Respira hondo una vez.",
    "recover.6": "Relaja las manos y la mandíbula.",
    "half_workout": "Llevas la mitad del entrenamiento. Aún {minutes}.",
    "feel.weight": "Elige un peso que podrías levantar {n} veces.",
    "feel.reps.one": "Esfuerzo {n} de diez: una más aún debería salir.",
    "feel.reps.other": "Esfuerzo {n} de diez: {m} más aún deberían salir.",
    "feel.interval": "Tan fuerte como puedas aguantar {duration}.",
    "feel.steady": "A un ritmo en el que aún podrías hablar.",
    "feel.stretch": "Estira hasta sentirlo, nunca hasta que duela.",
    "set": "Serie {n} de {m}.",
    "set.short": "Serie {n}.",
    "set.last": "Última serie, {n} de {m}.",
    "set.last.day": "La última serie de hoy.",
    "set.now": "Serie {n}, {amount}.",
    "set.now.last": "Última serie, {amount}.",
    "part": "Parte {n}, {amount}.",
    "part.last": "Última parte, {amount}.",
    "part.next": "parte {n}",
    "drop": "Baja a {load}: {amount}.",
    "drop.lighter": "Menos peso: {amount}.",
    "drop.less": "menos peso",
    "rack": "Deja el peso. {duration}.",
    "rack.short": "Deja el peso.",
    "next_in": "La siguiente en {duration}.",
    "time": "Tiempo.",
    "again": "{name}.",
    "again.side": "{name}, {side}.",
    "again.set": "{name}, serie {n}.",
    "switch": "Cambia de lado. {side}.",
    "switch.short": "{side}.",
    "switch.shortest": "{way}.",
    "switch.over": "Date la vuelta. {side}.",
    "switch.lie": "Date la vuelta sobre el {under}, {top} arriba.",
    # During work
    "go": "Ya",
    "last_three": "Quedan tres",
    "last_three.2": "Las tres últimas",
    "last_three.3": "Solo tres más",
    "last_three.4": "Tres más",
    "bonus": "{n} más si puedes",
    "bonus.2": "{n} más con buena forma",
    "bonus.3": "{n} más si te sientes bien",
    "bonus.4": "{n} extra si quieres",
    "bonus.short": "{n} más",
    "hold_next": "En la próxima mantén arriba",
    "hold_next.short": "Mantén arriba",
    "hold_next.shortest": "Mantén",
    "bonus.seconds.one": "un segundo más si puedes",
    "bonus.seconds.other": "{n} segundos más si puedes",
    "bonus.seconds.short": "{n} más",
    "lower": "Y baja",
    "half": "Vas por la mitad",
    "half.2": "La mitad",
    "half.3": "Mitad hecha",
    "half.4": "Queda la mitad",
    "ten_seconds": "Diez segundos",
    "turn": "Da la vuelta",
    "about_half": "Más o menos la mitad",
    "half_minute": "Medio minuto",
    "last_ones": "Las últimas",
    "open.max.go": "Todas las que puedas; para cuando se frenen",
    "open.more.go": "Y más si puedes",
    "open.total.go": "{amount}, en las partes que quieras",
    "open.go": "{amount}",
    "breath.in": "Toma",
    "breath.out": "Suelta",
    "breath.hold": "Mantén",
    "last_breath": "La última",
    "breathe": "Sigue respirando.",
    "breathe.2": "No aguantes el aire.",
    "breathe.3": "Deja fluir el aire.",
    "breathe.4": "Suelta todo el aire.",
    "easier": "Más fácil: {cue}",
    "cheer": "Sigue así.",
    "cheer.2": "Buen trabajo.",
    "cheer.3": "Tú puedes.",
    "cheer.4": "No aflojes.",
    "cheer.5": "Aguanta.",
    "cheer.6": "Así, muy bien.",
    "calm.last": "Una respiración más",
    "calm.last.2": "Quédate una respiración más",
    "calm.last.3": "Una última respiración lenta",
    "then": "{duration}, luego {name}",
    # Blocks, and work that runs on
    "rounds.one": "{n} ronda",
    "rounds.other": "{n} rondas",
    "block.rounds": "{rounds}.",
    "block.every": "Una ronda nueva cada {duration}.",
    "block.minute": "Con cada minuto empieza la siguiente.",
    "block.amrap": "AMRAP",
    "block.for_time": "Por tiempo",
    "amrap": "{duration}, todas las rondas que puedas, a tu ritmo.",
    "for_time": "Por tiempo, {duration} como máximo.",
    "own_pace.go": "A tu ritmo",
    "done_early": "¿Ya has acabado? Salta al capítulo siguiente.",
    "tasks.each": "{amounts} de cada uno: {names}.",
    "tasks.rounds": "{rounds}: {tasks}.",
    "task": "{name}, {amount}",
    "task.reps": "{name}, {n}",
    "task.rest": "descanso de {duration}",
    "left": "Aún {duration}.",
    "elapsed": "Van {duration}.",
    "time.amrap": "Tiempo. Recuerda tu número.",
    "then.soon": "Luego {name}.",
    "then.after": "Después {name}, {amount}.",
    "round.next": "ronda {n}",
    "set.next": "serie {n}",
    "done_to_go": "Llevas {done}; por delante, {left}.",
    "all_done": "Ya están los {done}.",
    "last_one": "La última vez.",
    # Last words
    "outro.done": "Hecho.",
    "outro.length": "Has completado {title}, {minutes}.",
    "outro.work": "Has hecho {work}.",
    "outro.well": "Buen trabajo. Camina un poco y recupera el aliento.",
    "outro.well.2": "Bien hecho. Camina hasta que se calme el aliento.",
    "outro.well.3": "Lo has logrado. Muévete suave un minuto más.",
    "outro.well.4": "Con fuerza hasta el final. Bebe algo y camina.",
    "outro.plain": "Camina un poco y recupera el aliento.",
    "outro.calm": "Quédate el tiempo que quieras y levántate despacio.",
    # Programmes: first and last words of a session
    "programme.hello": "{name}, {programme}.",
    "programme.day": "Semana {week}, día {day}.",
    "programme.title": "{programme}, semana {week}, día {day}",
    "programme.new": "Nuevo hoy: {list}.",
    "programme.new.item": "{name}, {amount}",
    "programme.again": "Lo mismo que la última vez. Repítelo.",
    "programme.back": "Hoy un paso atrás, para seguir con buena base.",
    "programme.held": "{list}: lo mismo que la última vez. Repítelo.",
    "programme.lowered": "{list}: hoy más ligero, para seguir con buena base.",
    "programme.deload": "Esta semana es más ligera a propósito.",
    "programme.test": "Hoy toca una prueba. Para cuando pierdas la técnica.",
    "programme.best": "Apunta tu mejor resultado.",
    "programme.pain": "Apunta cuánto te ha dolido, de cero a diez.",
    "programme.felt": "Apunta cuánto te ha costado, de uno a diez.",
    "programme.next": "Lo siguiente, {when}: semana {week}, día {day}.",
    "programme.next.list": "Lo siguiente, {when}: semana {week}, día {day}, con {list}.",
    "programme.finished": "Esta ha sido la última sesión de {programme}.",
    "programme.well": "Bien hecho, {name}.",
    "programme.on.mon": "el lunes",
    "programme.on.tue": "el martes",
    "programme.on.wed": "el miércoles",
    "programme.on.thu": "el jueves",
    "programme.on.fri": "el viernes",
    "programme.on.sat": "el sábado",
    "programme.on.sun": "el domingo",
    # Chapters
    "chapter.intro": "Introducción",
    "chapter.outro": "Final",
    "chapter.left": "izq.",
    "chapter.right": "der.",
    "chapter.set": "serie {n}/{m}",
    "chapter.part": "parte {n}/{m}",
    "chapter.round": "ronda {n}/{m}",
    # Amounts
    "range": "de {low} a {high}",
    "each": "{amount} por lado",
    "each.leg": "{amount} por pierna",
    "each.arm": "{amount} por brazo",
    "in_all": "{amount} en total",
    "by_side": "{left} a la izquierda, {right} a la derecha",
    "with_load": "{load}: {amount}",
    "pause.top": "{amount}, {duration} arriba",
    "pause.bottom": "{amount}, {duration} abajo",
    "tempo": "{amount}: {tempo}",
    "tempo.down": "{n} al bajar",
    "tempo.hold": "mantén {n}",
    "tempo.up": "{n} al subir",
    "phase.in": "toma {n}",
    "phase.hold": "mantén {n}",
    "phase.out": "suelta {n}",
    "open.max": "todas las que puedas",
    "open.at_least": "{reps}, y más si puedes",
    "open.pace": "{amount} a tu ritmo",
    "breaths.one": "una respiración",
    "breaths.other": "{n} respiraciones",
    "calories.one": "una caloría",
    "calories.other": "{n} calorías",
    "reps.one": "una repetición",
    "reps.other": "{n} repeticiones",
    "steps.one": "un paso",
    "steps.other": "{n} pasos",
    "pulses.one": "un pulso",
    "pulses.other": "{n} pulsos",
    "sets.one": "una serie",
    "sets.other": "{n} series",
    "exercises.one": "un ejercicio",
    "exercises.other": "{n} ejercicios",
    "minutes.one": "un minuto",
    "minutes.other": "{n} minutos",
    "seconds.one": "un segundo",
    "seconds.other": "{n} segundos",
    "distance.ft.one": "un pie",
    "distance.ft.other": "{n} pies",
    "distance.m.one": "un metro",
    "distance.m.other": "{n} metros",
    "distance.km.one": "un kilómetro",
    "distance.km.other": "{n} kilómetros",
    "distance.mi.one": "una milla",
    "distance.mi.other": "{n} millas",
    "distance.yd.one": "una yarda",
    "distance.yd.other": "{n} yardas",
    "duration": "{minutes} y {seconds}",
    "hold": "mantén {duration}",
    "timed": "{duration}",
    "carry.back": "{distance} de ida y de vuelta",
    "carry.one_way": "{distance}",
    "laps.one": "una vez de un lado al otro de la sala",
    "laps.other": "{n} veces de un lado al otro de la sala",
    "weight.kg.one": "un kilo",
    "weight.kg.other": "{n} kilos",
    "weight.lb.one": "una libra",
    "weight.lb.other": "{n} libras",
    "weight.added": "{weight} más",
    "load.each": "{count} de {weight}",
    "load.kit": "{kit} de {weight}",
    # Sides
    "side.left": "izquierda",
    "side.right": "derecha",
    "side.left.leg": "pierna izquierda",
    "side.right.leg": "pierna derecha",
    "side.left.arm": "brazo izquierdo",
    "side.right.arm": "brazo derecho",
    "side.left.side": "lado izquierdo",
    "side.right.side": "lado derecho",
    # Things to have at hand
    "kit_optional": "{kit} si quieres",
    "kit.mat.one": "una esterilla",
    "kit.mat.other": "{n} esterillas",
    "kit.water.one": "agua",
    "kit.water.other": "{n} botellas de agua",
    "kit.dumbbell.one": "una mancuerna",
    "kit.dumbbell.other": "{n} mancuernas",
    "kit.kettlebell.one": "una pesa rusa",
    "kit.kettlebell.other": "{n} pesas rusas",
    "kit.loop-band.one": "una minibanda",
    "kit.loop-band.other": "{n} minibandas",
    "kit.band.one": "una banda elástica larga",
    "kit.band.other": "{n} bandas elásticas largas",
    "kit.step.one": "un escalón",
    "kit.step.other": "{n} escalones",
    "kit.chair.one": "una silla",
    "kit.chair.other": "{n} sillas",
    "kit.wall.one": "una pared libre",
    "kit.wall.other": "{n} paredes libres",
    "kit.towel.one": "una toalla",
    "kit.towel.other": "{n} toallas",
    "kit.pull-up-bar.one": "una barra de dominadas",
    "kit.pull-up-bar.other": "{n} barras de dominadas",
    "kit.table.one": "una mesa firme",
    "kit.table.other": "{n} mesas firmes",
    "kit.rope.one": "una cuerda de saltar",
    "kit.rope.other": "{n} cuerdas de saltar",
    "kit.backpack.one": "una mochila cargada",
    "kit.backpack.other": "{n} mochilas cargadas",
    "kit.bottle.one": "una botella llena",
    "kit.bottle.other": "{n} botellas llenas",
    "kit.barbell.one": "una barra con discos",
    "kit.barbell.other": "{n} barras con discos",
    "kit.bar.one": "una barra",
    "kit.bar.other": "{n} barras",
    "kit.plate.one": "un disco",
    "kit.plate.other": "{n} discos",
    "kit.bag.one": "una bolsa cargada",
    "kit.bag.other": "{n} bolsas cargadas",
    "kit.sandbag.one": "un saco de arena",
    "kit.sandbag.other": "{n} sacos de arena",
    "kit.vest.one": "un chaleco lastrado",
    "kit.vest.other": "{n} chalecos lastrados",
    "kit.ball.one": "un balón medicinal",
    "kit.ball.other": "{n} balones medicinales",
    "kit.bench.one": "un banco",
    "kit.bench.other": "{n} bancos",
    "kit.machine.one": "la máquina",
    "kit.machine.other": "{n} máquinas",
    "kit.cable.one": "la polea",
    "kit.cable.other": "{n} poleas",
    "kit.medicine-ball.one": "un balón medicinal",
    "kit.medicine-ball.other": "{n} balones medicinales",
    "kit.box.one": "un cajón firme",
    "kit.box.other": "{n} cajones firmes",
    "kit.dip-bars.one": "unas barras paralelas",
    "kit.dip-bars.other": "{n} pares de barras paralelas",
    "kit.rings.one": "unas anillas",
    "kit.rings.other": "{n} pares de anillas",
    "kit.trx.one": "un entrenador de suspensión",
    "kit.trx.other": "{n} entrenadores de suspensión",
    "kit.sliders.one": "unos discos deslizantes",
    "kit.sliders.other": "{n} pares de discos deslizantes",
    "kit.foam-roller.one": "un rodillo de espuma",
    "kit.foam-roller.other": "{n} rodillos de espuma",
    "kit.climbing-rope.one": "una cuerda de trepar",
    "kit.climbing-rope.other": "{n} cuerdas de trepar",
    "kit.battle-rope.one": "una cuerda de batir",
    "kit.battle-rope.other": "{n} cuerdas de batir",
    "kit.sled.one": "un trineo",
    "kit.sled.other": "{n} trineos",
    "kit.bike.one": "una bicicleta",
    "kit.bike.other": "{n} bicicletas",
    "kit.air-bike.one": "una bicicleta de aire",
    "kit.air-bike.other": "{n} bicicletas de aire",
    "kit.rowing-machine.one": "una máquina de remo",
    "kit.rowing-machine.other": "{n} máquinas de remo",
    "kit.treadmill.one": "una cinta de correr",
    "kit.treadmill.other": "{n} cintas de correr",
    "kit.pool.one": "una piscina",
    "kit.pool.other": "{n} piscinas",
}

# fmt: off
ONES = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho",
    "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
    "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)
TENS = (
    "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
)
HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)
# fmt: on
DECIMAL = ","
FEMININE = frozenset(
    {
        *("reps", "sets", "laps", "weight.lb", "breaths", "calories", "rounds"),
        *("distance.mi", "distance.yd"),
    }
)
_SOUND_OF_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)


def number(n: int) -> str:
    """Number words for 0 to 999.

    >>> number(17), number(45), number(100), number(212)
    ('diecisiete', 'cuarenta y cinco', 'cien', 'doscientos doce')
    """
    if n < 30:
        return ONES[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return TENS[tens] + (f" y {ONES[ones]}" if ones else "")
    hundreds, rest = divmod(n, 100)
    if n == 100:
        return "cien"
    return HUNDREDS[hundreds] + (f" {number(rest)}" if rest else "")


def counted(n: int, noun: str) -> str:
    """Number words before a noun, with its gender.

    >>> counted(1, "reps"), counted(21, "reps"), counted(21, "seconds"), counted(231, "reps")
    ('una', 'veintiuna', 'veintiún', 'doscientas treinta y una')
    """
    words = number(n)
    feminine = noun in FEMININE
    if feminine:
        words = words.replace("ientos", "ientas")
    if not words.endswith("uno"):
        return words
    if feminine:
        return f"{words[:-1]}a"
    return f"{words.removesuffix('uno')}ún" if words.endswith("tiuno") else words[:-1]


def singular(n: float) -> bool:
    """Whether an amount is followed by the singular."""
    return n == 1


def listed(words: Sequence[str]) -> str:
    """Words as a list; `y` becomes `e` before the sound of an i.

    >>> listed(["una silla", "una toalla", "un escalón"]), listed(["Fuerza", "Intervalos"])
    ('una silla, una toalla y un escalón', 'Fuerza e Intervalos')
    """
    conjunction = " e " if _SOUND_OF_I.match(words[-1]) else " y "
    return conjunction.join(filter(None, (", ".join(words[:-1]), words[-1])))


def plural(name: str, n: int) -> str:
    """The name of an exercise behind a number: as it is."""
    return name


DISCLAIMER = "Para si algo te duele. Esto no es un consejo médico."
"""The warning that stands in the tag of a file."""

ID3_CODE = b"spa"
"""The language in ID3 frames (ISO 639-2)."""

ESPEAK_VOICE = ("es", "roa/es")
"""Name and identifier of the default voice of espeak-ng, known without looking at its data."""
