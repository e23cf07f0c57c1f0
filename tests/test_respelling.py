"""English loan words are said by espeak-ng as people in gyms say them, by its own phonemes."""

from __future__ import annotations

import ctypes

import espeakng_loader
import pytest

from audioworkout.languages import load_language
from audioworkout.model.request import Speech
from audioworkout.model.script import Line
from audioworkout.voices import espeak
from audioworkout.voices.respelling import LOAN_WORDS, respell_loan_words

AUDIO_RETRIEVAL, IPA, UTF_8 = 1, 2, 1


@pytest.fixture(scope="module")
def library() -> ctypes.CDLL:
    """The library that speaks, with its data loaded; it has one state for the whole process."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    assert library.espeak_Initialize(AUDIO_RETRIEVAL, 0, data, 0) > 0
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library


def phonemes(library: ctypes.CDLL, text: str, language: str) -> str:
    """The IPA of a short text, without its marks of stress and of changes of language."""
    _, voice = load_language(language).ESPEAK_VOICE
    assert library.espeak_SetVoiceByName(voice.encode()) == 0
    rest = ctypes.c_char_p(text.encode("utf-8"))
    told: bytes = library.espeak_TextToPhonemes(ctypes.byref(rest), UTF_8, IPA)
    return told.decode("utf-8").replace("ˈ", "").replace("ˌ", "")


@pytest.mark.parametrize(
    ("language", "word", "before", "after"),
    [
        ("de", "Burpees", "bʊɐpeːs", "bœɾpɪs"),
        ("de", "Hammercurls", "hamɜkʊɐls", "hamɜkœɾls"),
        ("de", "Sit-ups", "ziːtuːps", "zɪtaps"),
        ("de", "Squats", "skvɑːts", "skvɔts"),
        ("de", "Thruster", "tɾʊstɜ", "tɾastɜ"),
        ("es", "burpee", "buɾpee", "buɾpi"),
        ("es", "face pull", "faθe puʎ", "feɪs pul"),
        ("es", "jumping jacks", "xumpiŋ xaks", "ʝampiŋ ʝaks"),
        ("fr", "squat", "skwa", "skwat"),
        ("fr", "split squat", "spli skwa", "split skwat"),
        ("fr", "dips", "dip", "dips"),
        ("fr", "jacks", "ʒak", "dʒaks"),
    ],
)
def test_loan_words_are_said_as_people_say_them(
    library: ctypes.CDLL, language: str, word: str, before: str, after: str
) -> None:
    assert phonemes(library, word, language) == before
    assert phonemes(library, respell_loan_words(word, language), language) == after


@pytest.mark.parametrize("language", LOAN_WORDS)
def test_every_spelling_of_a_loan_word_changes_its_sound(
    library: ctypes.CDLL, language: str
) -> None:
    def heard(text: str) -> str:
        return phonemes(library, text, language)

    assert not [word for word, spelt in LOAN_WORDS[language].items() if heard(word) == heard(spelt)]


def test_other_words_and_other_languages_stay_as_they_are() -> None:
    assert respell_loan_words("Réveille un muscle, puis Muscle-up", "fr") == (
        "Réveille un muscle, puis meussele-up"
    )
    assert respell_loan_words("Zwanzig Squats", "en") == "Zwanzig Squats"


def test_lines_come_back_as_they_were_asked_for() -> None:
    voice = espeak.open_voice(Speech(voice="fr+f2"), pytest.fail)
    lines = [Line("Squat."), Line("squatte."), Line("Fente.")]
    spoken = dict(voice.speak(lines))
    assert set(spoken) == set(lines)
    english = espeak.open_voice(Speech(), pytest.fail)
    assert voice.fingerprint(lines[0]) != voice.fingerprint(lines[2])
    assert english.fingerprint(lines[0]) == english.fingerprint(lines[2])
