"""Signal processing on arrays: loudness, limiting, resampling, trimming, tones."""
