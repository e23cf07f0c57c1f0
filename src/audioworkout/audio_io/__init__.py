"""Reads and writes sound files: clips, songs, files of speech engines."""
