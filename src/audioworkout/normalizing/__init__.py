"""Normalizes text for speech engines."""
