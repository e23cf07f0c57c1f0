"""Voice-guided audio workouts: from exercise definitions to one MP3 that coaches every count."""

__version__ = "0.1.0"
