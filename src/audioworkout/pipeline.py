"""The six steps in order: read, compile, voice, lay out, mix and encode.

The second thing to read (the first is a printed script). Nothing here knows of flags' spelling,
screens or the environment; every step is a call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audioworkout.compiler import compile_routine
from audioworkout.errors import UsageError
from audioworkout.languages import load_phrases
from audioworkout.layout import lay_out
from audioworkout.model.cache import Cache
from audioworkout.model.request import Flags, Request, Sound
from audioworkout.model.script import Line
from audioworkout.model.timeline import Clips, PlayableClip, Timeline
from audioworkout.preparing import prepare_routine
from audioworkout.reading import Folders, voice_error
from audioworkout.sounds import load_sounds
from audioworkout.voices import clips, engines
from audioworkout.voices.voice import Voice

if TYPE_CHECKING:
    from audioworkout.encoding import BuildResult
    from audioworkout.mixing.stereo import Music

Progress = Callable[[str, int, int], None]
"""Told a stage, how many of its pieces are done, and how many they are."""
Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Performance:
    """A request made ready: every event with its moment, and the sound of each."""

    request: Request
    timeline: Timeline
    clips: Clips
    music: tuple[Path, ...] = ()
    """Files of music to play beneath."""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where workouts are made: what is kept, where the person's own files are, whom to tell."""

    store: Cache
    folders: Folders
    progress: Progress
    warn: Warn

    def read(self, routine: str, flags: Flags, stdin: str | None = None) -> Request:
        """What was asked for, checked: a built-in routine, a file, or `-` for `stdin`.

        Raises:
            UsageError: Something in the file or the flags is wrong; all of it is told at once.
        """
        return prepare_routine(routine, flags, self.folders, stdin)

    def perform(self, request: Request) -> Performance:
        """Compile, speak what was never spoken before, and lay out.

        Raises:
            UsageError: The voice, a sound or the music does not exist.
            VoiceError: The engine failed.
        """
        routine, sound = request.routine, request.sound
        music = self._files_of_music(sound)
        script = compile_routine(routine, load_phrases(routine.language, request.phrases))
        spoken, voice = self._speak(request, script.lines)
        sounds = load_sounds(Path(sound.sounds) if sound.sounds else None)
        all_clips = Clips(spoken, sounds)
        timeline = lay_out(script, all_clips, voice)
        return Performance(request, timeline, all_clips, music)

    def music(self, performance: Performance) -> Music | None:
        """What plays beneath, and how loud when; None where there is nothing to play.

        Raises:
            UsageError: No file can be used as music.
        """
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
            self.store,
            self.warn,
            lambda done, total: self.progress("Listening to music", done, total),
        )
        return Music(bed, music_curve(timeline, sound))

    def build(
        self,
        performance: Performance,
        target: Path,
        tag: Callable[[], bytes],
        music: Music | None,
    ) -> BuildResult:
        """Write the MP3, whole or not at all; the tag is asked for at the last moment.

        Raises:
            BuildError: The encoder or the disk failed; an older file is untouched.
        """
        from audioworkout.encoding import write_mp3

        return write_mp3(
            target,
            performance.timeline,
            performance.clips,
            performance.request.sound,
            cache=self.store,
            volume=performance.request.speech.volume,
            tag=tag,
            music=music,
            progress=lambda done, total: self.progress("Encoding", done, total),
        )

    @staticmethod
    def _files_of_music(sound: Sound) -> tuple[Path, ...]:
        if not sound.music:
            return ()
        from audioworkout.mixing.music_files import find_music

        return find_music(Path(sound.music))

    def _voice(self, request: Request) -> Voice:
        """Who speaks.

        Raises:
            UsageError: There is no such voice; it is told where a file names it.
        """
        try:
            return engines.open_voice(request.speech, self.warn)
        except UsageError as error:
            placed = voice_error(request, engines.open_voice)
            if placed is None:
                raise
            raise placed from error

    def _speak(
        self, request: Request, lines: tuple[Line, ...]
    ) -> tuple[dict[Line, PlayableClip], str]:
        """Every line as a clip, and who spoke them; the spare voice where the first one fails."""
        voice, spoken = clips.voice_or_spare(
            lines,
            self._voice(request),
            engines.open_spare(request.speech, self.warn),
            self.store,
            lambda done, total: self.progress("Speaking", done, total),
            self.warn,
        )
        return spoken, voice.label
