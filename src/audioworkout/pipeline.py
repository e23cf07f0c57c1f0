"""The seven steps in order: read, adapt, compile, voice, lay out, mix, encode.

Read this module second (first a printed script). It knows nothing of the spelling of flags, of
screens or of the environment. Every kind of output goes through the same steps: MP3, other sound
files, single tracks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audioworkout.compiler import compile_routine
from audioworkout.errors import UsageError
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.cache import Cache
from audioworkout.model.callbacks import Progress, StepProgress, Warn
from audioworkout.model.request import Flags, Request, Sound, Source
from audioworkout.model.script import Script
from audioworkout.model.timeline import Clips, Timeline
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, voice_error
from audioworkout.sounds import load_sounds
from audioworkout.voices import clips, engines
from audioworkout.voices.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audioworkout.encoding import BuildResult, Track
    from audioworkout.mixing.mix import Mix
    from audioworkout.mixing.stereo import Music

NO_NATURAL = "The natural voice has no package for this computer: another speaks (docs/voices.md)."


class Performance(NamedTuple):
    """A request with every event at its moment, and the sound of each."""

    request: Request
    timeline: Timeline
    clips: Clips
    music: tuple[Path, ...] = ()
    """Files of background music."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What the steps need besides the request: cache, user's folders, and callbacks."""

    cache: Cache
    folders: Folders
    progress: Progress
    warn: Warn
    note: Callable[[str], None] = lambda text: None
    """Tells what is only worth knowing."""

    def prepare(self, routine: Source, flags: Flags, stdin: str | None = None) -> Request:
        """Read and adapt: what will be done, checked.

        Args:
            routine: A built-in routine, a file, a text, or `-` for `stdin`.
            flags: The options as typed.
            stdin: The content of standard input.

        Raises:
            UsageError: Holds everything that is wrong in the file and the flags.
        """
        return prepare_routine(routine, flags, self.folders, stdin)

    def perform(self, request: Request) -> Performance:
        """Compile, voice and lay out: when everything sounds.

        Raises:
            UsageError: The voice, a sound or the music does not exist.
            VoiceError: The engine failed.
        """
        music = self._find_music(request.sound)
        routine = request.routine
        voice = self.open_voice(request)
        with clips.preload_voice(voice, self.cache):
            script = compile_routine(routine, load_phrases(routine.language, request.phrases))
            spoken, label = self._voice(request, voice, script)
        timeline = lay_out(script, spoken, label)
        return Performance(request, timeline, spoken, music)

    def mix(self, performance: Performance, *, lossy: bool = True) -> Mix:
        """Bring speech, sound cues and music to their levels; `lossy` if the file is an MP3.

        Raises:
            UsageError: No file can be used as music.
        """
        from audioworkout.mixing.mix import make_mix

        request = performance.request
        return make_mix(
            performance.timeline,
            performance.clips,
            request.sound,
            cache=self.cache,
            volume=request.speech.volume,
            music=self._open_music(performance),
            lossy=lossy,
            own_words=bool(request.routine.opening),
        )

    def encode_mp3(self, mix: Mix, target: Path, tag: Callable[[], bytes]) -> BuildResult:
        """Write the MP3, whole or not at all; `tag` is called just before writing.

        Raises:
            BuildError: The encoder or the disk failed; an older file is untouched.
        """
        from audioworkout.encoding import write_mp3

        progress = self._progress_of("Encoding")
        return write_mp3(target, mix, cache=self.cache, tag=tag, progress=progress)

    def encode_sound(self, mix: Mix, target: Path, texts: Mapping[str, str]) -> BuildResult:
        """Write a sound file of another format, chosen by the suffix of its name.

        Raises:
            BuildError: The encoder or the disk failed; an older file is untouched.
        """
        from audioworkout.encoding.sound_formats import write_sound

        return write_sound(target, mix, texts, self._progress_of("Encoding"))

    def encode_tracks(self, mix: Mix, tracks: Sequence[Track]) -> list[BuildResult]:
        """Write sections of the mix as MP3 files that play one after the other.

        Raises:
            BuildError: The encoder or the disk failed.
        """
        from audioworkout.encoding import write_tracks

        progress = self._progress_of("Writing tracks")
        return write_tracks(tracks, mix, cache=self.cache, progress=progress)

    def _progress_of(self, stage: str) -> StepProgress:
        return lambda done, total: self.progress(stage, done, total)

    @staticmethod
    def _find_music(sound: Sound) -> tuple[Path, ...]:
        if not sound.music:
            return ()
        from audioworkout.mixing.music_files import find_music

        return find_music(Path(sound.music))

    def _open_music(self, performance: Performance) -> Music | None:
        """Background music and its level over time; None without music."""
        if not performance.music:
            return None
        from audioworkout.mixing.ducking import music_curve
        from audioworkout.mixing.songs import open_bed
        from audioworkout.mixing.stereo import Music

        timeline, sound = performance.timeline, performance.request.sound
        bed = open_bed(
            performance.music,
            sound,
            timeline.duration_ms,
            self.cache,
            self.warn,
            self._progress_of("Listening to music"),
        )
        return Music(bed, music_curve(timeline, sound))

    def open_voice(self, request: Request) -> Voice:
        """Who speaks.

        Raises:
            UsageError: There is no such voice; reported at the place where a file names it.
        """
        if engines.lacks_natural(request.speech):
            self.note(NO_NATURAL)
        try:
            return engines.open_requested_voice(request.speech, self.warn)
        except UsageError as error:
            placed = voice_error(request, engines.open_requested_voice)
            if placed is None:
                raise
            raise placed from error

    def _voice(self, request: Request, voice: Voice, script: Script) -> tuple[Clips, str]:
        """Every line and sound as a clip, and who spoke: the spare where the first voice fails."""
        own = request.sound.sounds
        voice, spoken = clips.speak_or_fall_back(
            script.lines,
            voice,
            lambda: engines.open_spare_voice(request.speech, self.warn),
            self.cache,
            self._progress_of("Speaking"),
            self.warn,
        )
        calm = request.routine.how.mood == "calm"
        return Clips(spoken, load_sounds(Path(own) if own else None, calm=calm)), voice.label
