"""audio_io."""
