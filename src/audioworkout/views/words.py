"""Words that are seen and not spoken: the labels of the page and the plot, in four languages.

What is spoken comes from `phrases`; a view knows only the timeline, and labels it in its language.
"""

from __future__ import annotations

from collections.abc import Mapping

from audioworkout.units import MINUTE, SECOND, Ms, short_clock

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "intro": "Introduction",
        "prepare": "Get ready",
        "work": "Work",
        "pulses": "Pulses",
        "rest": "Rest",
        "switch": "Change sides",
        "outro": "Finish",
        "left": "Left",
        "right": "Right",
        "set_alone": "Set {n}",
        "set": "Set {n} of {m}",
        "round": "Round {n}",
        "rounds": "Round {n} of {m}",
        "of": "of {n}",
        "reps.one": "{n} rep",
        "reps.other": "{n} reps",
        "steps.one": "{n} step",
        "steps.other": "{n} steps",
        "pulses.one": "{n} pulse",
        "pulses.other": "{n} pulses",
        "exercises.one": "{n} exercise",
        "exercises.other": "{n} exercises",
        "hold": "hold {n}",
        "for": "{n}",
        "carry": "carry {n}",
        "seconds": "seconds",
        "minutes": "minutes",
        "next": "Next",
        "after": "After that",
        "then": "{a}, then {b}",
        "plan": "Plan",
        "now": "Now",
        "play": "Play",
        "pause": "Pause",
        "back": "Back ten seconds",
        "forward": "Forward ten seconds",
        "previous_chapter": "Previous chapter",
        "next_chapter": "Next chapter",
        "player": "Player",
        "position": "Position in the workout",
        "keys": "Keys",
        "key_space": "Space",
        "key_shift": "Shift",
        "no_script": "Without JavaScript this page plays the sound and shows the plan.",
        "no_sound": "The sound cannot be played. It should be here:",
        "cues": "Words",
        "counts": "Counts",
        "sounds": "Sounds",
        "loudness": "Loudness",
    },
    "de": {
        "intro": "Einführung",
        "prepare": "Bereitmachen",
        "work": "Arbeit",
        "pulses": "Pulse",
        "rest": "Pause",
        "switch": "Seitenwechsel",
        "outro": "Schluss",
        "left": "Links",
        "right": "Rechts",
        "set_alone": "Satz {n}",
        "set": "Satz {n} von {m}",
        "round": "Runde {n}",
        "rounds": "Runde {n} von {m}",
        "of": "von {n}",
        "reps.one": "{n} Wiederholung",
        "reps.other": "{n} Wiederholungen",
        "steps.one": "{n} Schritt",
        "steps.other": "{n} Schritte",
        "pulses.one": "{n} Puls",
        "pulses.other": "{n} Pulse",
        "exercises.one": "{n} Übung",
        "exercises.other": "{n} Übungen",
        "hold": "halten {n}",
        "for": "{n}",
        "carry": "tragen {n}",
        "seconds": "Sekunden",
        "minutes": "Minuten",
        "next": "Als Nächstes",
        "after": "Danach",
        "then": "{a}, dann {b}",
        "plan": "Plan",
        "now": "Jetzt",
        "play": "Abspielen",
        "pause": "Anhalten",
        "back": "Zehn Sekunden zurück",
        "forward": "Zehn Sekunden vor",
        "previous_chapter": "Voriges Kapitel",
        "next_chapter": "Nächstes Kapitel",
        "player": "Wiedergabe",
        "position": "Stelle im Training",
        "keys": "Tasten",
        "key_space": "Leertaste",
        "key_shift": "Umschalt",
        "no_script": "Ohne JavaScript spielt diese Seite den Ton und zeigt den Plan.",
        "no_sound": "Der Ton lässt sich nicht abspielen. Er sollte hier liegen:",
        "cues": "Worte",
        "counts": "Zählen",
        "sounds": "Töne",
        "loudness": "Lautheit",
    },
    "es": {
        "intro": "Introducción",
        "prepare": "Prepárate",
        "work": "Trabajo",
        "pulses": "Pulsos",
        "rest": "Descanso",
        "switch": "Cambio de lado",
        "outro": "Final",
        "left": "Izquierda",
        "right": "Derecha",
        "set_alone": "Serie {n}",
        "set": "Serie {n} de {m}",
        "round": "Ronda {n}",
        "rounds": "Ronda {n} de {m}",
        "of": "de {n}",
        "reps.one": "{n} repetición",
        "reps.other": "{n} repeticiones",
        "steps.one": "{n} paso",
        "steps.other": "{n} pasos",
        "pulses.one": "{n} pulso",
        "pulses.other": "{n} pulsos",
        "exercises.one": "{n} ejercicio",
        "exercises.other": "{n} ejercicios",
        "hold": "mantener {n}",
        "for": "{n}",
        "carry": "llevar {n}",
        "seconds": "segundos",
        "minutes": "minutos",
        "next": "A continuación",
        "after": "Después",
        "then": "{a}, luego {b}",
        "plan": "Plan",
        "now": "Ahora",
        "play": "Reproducir",
        "pause": "Pausar",
        "back": "Diez segundos atrás",
        "forward": "Diez segundos adelante",
        "previous_chapter": "Capítulo anterior",
        "next_chapter": "Capítulo siguiente",
        "player": "Reproductor",
        "position": "Momento del entrenamiento",
        "keys": "Teclas",
        "key_space": "Espacio",
        "key_shift": "Mayús",
        "no_script": "Sin JavaScript, esta página reproduce el sonido y muestra el plan.",
        "no_sound": "No se puede reproducir el sonido. Debería estar aquí:",
        "cues": "Palabras",
        "counts": "Conteo",
        "sounds": "Sonidos",
        "loudness": "Sonoridad",
    },
    "fr": {
        "intro": "Introduction",
        "prepare": "Préparez-vous",
        "work": "Travail",
        "pulses": "Pulsations",
        "rest": "Repos",
        "switch": "Changement de côté",
        "outro": "Fin",
        "left": "Gauche",
        "right": "Droite",
        "set_alone": "Série {n}",
        "set": "Série {n} sur {m}",
        "round": "Tour {n}",
        "rounds": "Tour {n} sur {m}",
        "of": "sur {n}",
        "reps.one": "{n} répétition",
        "reps.other": "{n} répétitions",
        "steps.one": "{n} pas",
        "steps.other": "{n} pas",
        "pulses.one": "{n} pulsation",
        "pulses.other": "{n} pulsations",
        "exercises.one": "{n} exercice",
        "exercises.other": "{n} exercices",
        "hold": "tenir {n}",
        "for": "{n}",
        "carry": "porter {n}",
        "seconds": "secondes",
        "minutes": "minutes",
        "next": "Ensuite",
        "after": "Après",
        "then": "{a}, puis {b}",
        "plan": "Programme",
        "now": "Maintenant",
        "play": "Lire",
        "pause": "Suspendre",
        "back": "Reculer de dix secondes",
        "forward": "Avancer de dix secondes",
        "previous_chapter": "Chapitre précédent",
        "next_chapter": "Chapitre suivant",
        "player": "Lecteur",
        "position": "Moment de la séance",
        "keys": "Touches",
        "key_space": "Espace",
        "key_shift": "Maj",
        "no_script": "Sans JavaScript, cette page joue le son et montre le programme.",
        "no_sound": "Le son ne peut pas être lu. Il devrait se trouver ici :",
        "cues": "Paroles",
        "counts": "Comptes",
        "sounds": "Sons",
        "loudness": "Sonie",
    },
}
"""By language code and key; every language has the same keys with the same blanks."""

FALLBACK = "en"


def language_for(language: str) -> str:
    """The code of the language labels come in: an unknown one is English, a region is left out.

    >>> language_for("de-AT"), language_for("eo")
    ('de', 'en')
    """
    code = language.replace("_", "-").split("-")[0].lower()
    return code if code in WORDS else FALLBACK


def words_for(language: str) -> Mapping[str, str]:
    """The labels of a language."""
    return WORDS[language_for(language)]


def counted(words: Mapping[str, str], key: str, n: int) -> str:
    """`n` of something in figures.

    >>> counted(WORDS["en"], "reps", 1), counted(WORDS["de"], "steps", 20)
    ('1 rep', '20 Schritte')
    """
    return words[f"{key}.{'one' if n == 1 else 'other'}"].format(n=n)


def length(ms: Ms) -> str:
    """A length for reading at a glance.

    >>> length(45_000), length(75_000), length(60_000), length(500)
    ('45 s', '1:15', '1:00', '1 s')
    """
    if ms < MINUTE:
        return f"{max(1, (ms + SECOND // 2) // SECOND)} s"
    return short_clock(ms)
