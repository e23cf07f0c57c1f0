"""Sound files read and written: clips, songs, what engines leave; ffmpeg where it is there."""
